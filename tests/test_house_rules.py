"""The rooms of the package keep their order, their size and their names."""

import ast
import csv
import json
import re
from pathlib import Path

import pytest

from analysis.parties import Parties

ROOT = Path(__file__).resolve().parent.parent
ROOMS = sorted((ROOT / "analysis").glob("*.py"))


def prose(path):
    """The text of a page, or of the markdown cells of a notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = [c for c in json.loads(text)["cells"] if c["cell_type"] == "markdown"]
        return "\n".join("".join(cell["source"]) for cell in cells)
    return text


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def imports(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "analysis":
            found |= {alias.name for alias in node.names}
    return found


def test_imports_run_one_way():
    graph = {path.stem: imports(path) for path in ROOMS}
    done, path = set(), []

    def visit(room):
        assert room not in path, f"a circle: {' → '.join([*path[path.index(room) :], room])}"
        if room in done or room not in graph:
            return
        path.append(room)
        for other in sorted(graph[room]):
            visit(other)
        path.pop()
        done.add(room)

    for room in graph:
        visit(room)


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.stem)
def test_a_room_states_its_purpose_and_stays_one_room(path):
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), "no docstring"
    assert source.count("\n") <= 450
    assert path.stem not in {"utils", "helpers", "misc", "common", "process"}


def test_no_name_of_a_person_stands_in_code():
    people = {e.name for e in Parties.from_toml().entities if e.kind == "person"}
    surnames = {name.split()[-1] for name in people} - {"Price", "Wood", "Austin", "Cohen"}
    for path in ROOMS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = set(re.findall(r"\b[A-Z][\w-]+", node.value))
                assert not words & surnames - {"Hague"}, (path.name, words & surnames)


def test_statements_are_read_without_pandas():
    graph = {path.stem: imports(path) for path in ROOMS}
    reach, queue = set(), ["streaming", "speakers", "statements"]
    while queue:
        room = queue.pop()
        if room in reach:
            continue
        reach.add(room)
        queue += graph.get(room, ())
    for room in reach:
        source = (ROOT / "analysis" / f"{room}.py").read_text(encoding="utf-8")
        assert not re.search(r"^(?:import|from) (?:pandas|sklearn|matplotlib)", source, re.M), room


@pytest.mark.parametrize("page", ["README.md", "data/README.md"])
def test_documents_counted_in_prose_are_those_of_the_corpus(page):
    documents = len(list((ROOT / "data" / "corpus").glob("*.txt")))
    text = prose(ROOT / page)
    found = re.findall(r"\b(\d+) (?:\w+ )?documents \((\d+) with the article\)", text)
    assert found
    assert {(int(alone), int(both)) for alone, both in found} == {(documents, documents + 1)}


def test_sources_and_sentences_counted_in_prose_are_those_of_the_files():
    text = prose(ROOT / "data" / "README.md")
    assert f"the {len(rows(ROOT / 'data' / 'sources.csv'))} publications" in text
    coded = rows(ROOT / "data" / "stance_sentences.csv")
    writers = {row["writer"] for row in coded}
    assert f"{len(coded):,} sentences of {len(writers)} writers" in text


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_no_notebook_types_how_many_documents_were_read(path):
    assert not re.findall(r"\b\d+ (?:\w+ )?documents\b", prose(path))
