"""The rooms of the package keep their order, their size and their names."""

import ast
import re
from pathlib import Path

import pytest

from analysis.parties import Parties

ROOT = Path(__file__).resolve().parent.parent
ROOMS = sorted((ROOT / "analysis").glob("*.py"))


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
