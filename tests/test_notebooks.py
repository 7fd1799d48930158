"""The stored notebooks are evidence: clean, whole, in order, and backed by complete figures."""

import json
import re
import statistics
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from analysis import notebooks

ROOT = Path(__file__).resolve().parent.parent
PATHS = notebooks.find_notebooks()
FIGURES = ROOT / "figures"
MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:home|root|work|tmp|Users|var|private)/|[A-Z]:\\\\?Users|file://"
)

each_notebook = pytest.mark.parametrize(
    "path",
    PATHS or [pytest.param(None, marks=pytest.mark.skip(reason="there are no notebooks yet"))],
    ids=lambda path: path.name if path else "none",
)


def cells(path, kind=None):
    found = nbformat.read(path, as_version=4).cells
    return [cell for cell in found if kind in {None, cell.cell_type}]


def code_lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


@each_notebook
class TestStoredNotebook:
    def test_is_valid_and_named_by_number(self, path):
        nbformat.validate(json.loads(path.read_text("utf-8")))
        assert re.fullmatch(r"\d\d_[a-z0-9_]+\.ipynb", path.name)

    def test_was_executed_once_from_top_to_bottom(self, path):
        counts = [cell.execution_count for cell in cells(path, "code")]
        assert counts == list(range(1, len(counts) + 1))

    def test_no_cell_failed_or_wrote_to_standard_error(self, path):
        outputs = [output for cell in cells(path, "code") for output in cell.outputs]
        assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]

    def test_no_path_of_a_machine_is_stored(self, path):
        for cell in cells(path):
            texts = [cell.source]
            for output in cell.get("outputs", []):
                data = {k: v for k, v in output.get("data", {}).items() if k != "image/png"}
                texts.append(output.get("text", "") + json.dumps(data, ensure_ascii=False))
            assert not MACHINE_PATH.search("\n".join(texts))

    def test_nothing_that_changes_between_runs_is_stored(self, path):
        for cell in cells(path, "code"):
            for output in cell.outputs:
                assert "image/svg+xml" not in output.get("data", {})
                shown = output.get("text", "") + json.dumps(
                    output.get("data", {}).get("text/plain")
                )
                assert not re.search(r" at 0x[0-9a-f]{6,}", shown)

    def test_metadata_are_the_same_on_every_machine(self, path):
        stored = nbformat.read(path, as_version=4)
        before = json.dumps(stored, sort_keys=True)
        assert json.dumps(notebooks.cleaned(stored), sort_keys=True) == before
        assert "version" not in stored.metadata.language_info

    def test_cells_are_short_and_define_nothing(self, path):
        code = cells(path, "code")
        assert max(len(code_lines(cell)) for cell in code) <= 15
        assert statistics.median(len(code_lines(cell)) for cell in code) <= 3
        defining = re.compile(r"^\s*(?:async\s+def|def|class)\s", re.MULTILINE)
        assert not [cell.source for cell in code if defining.search(cell.source)]

    def test_no_cell_is_empty_or_kept_from_comparison(self, path):
        code = cells(path, "code")
        assert all(cell.source.strip() for cell in code)
        assert not [c for c in code if {"nbval-skip", "nbval-ignore-output"} & set(tags(c))]
        assert not [c for c in code if re.search(r"NBVAL_(SKIP|IGNORE_OUTPUT)", c.source)]

    def test_opens_with_its_question(self, path):
        first = cells(path)[0]
        assert first.cell_type == "markdown"
        assert first.source.startswith("# ")
        assert "?" in first.source

    def test_closes_with_finding_caveat_files_and_next_notebook(self, path):
        assert cells(path)[-1].cell_type == "markdown"
        text = "\n".join(cell.source for cell in cells(path, "markdown"))
        closing = text[text.rindex("\n## ") :].lower()
        for word in ("finding", "caveat", "files", "next"):
            assert word in closing

    def test_has_one_title_and_no_skipped_heading_level(self, path):
        text = "\n".join(cell.source for cell in cells(path, "markdown"))
        levels = [len(hashes) for hashes in re.findall(r"^(#+) ", text, re.MULTILINE)]
        assert levels.count(1) == 1
        steps = pairwise(levels)
        assert all(after <= before + 1 for before, after in steps)

    def test_links_to_files_that_exist(self, path):
        text = "\n".join(cell.source for cell in cells(path, "markdown"))
        targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
        assert [t for t in targets if not (path.parent / t).exists()] == []


def tags(cell):
    return cell.metadata.get("tags", [])


def figure_names():
    endings = (".alt.txt", ".png", ".svg", ".pdf")
    return sorted(
        {
            path.name.removesuffix(ending)
            for path in FIGURES.iterdir()
            for ending in endings
            if path.name.endswith(ending)
        }
    )


@pytest.mark.parametrize(
    "name",
    figure_names() or [pytest.param("", marks=pytest.mark.skip(reason="there are no figures yet"))],
)
def test_every_figure_has_its_images_its_numbers_and_its_description(name):
    for ending in ("png", "svg", "pdf", "csv", "alt.txt"):
        assert (FIGURES / f"{name}.{ending}").stat().st_size > 0
    assert len((FIGURES / f"{name}.alt.txt").read_text("utf-8").split()) >= 8
    assert len((FIGURES / f"{name}.csv").read_text("utf-8-sig").splitlines()) >= 2


def write(path, *sources):
    """Write a notebook with one code cell per source."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    notebook.metadata["language_info"] = {"name": "python", "version": "3.0.0"}
    notebook.metadata["vscode"] = {"interpreter": "x"}
    nbformat.write(notebook, path)
    return path


class TestRunning:
    def test_stores_outputs_in_order_and_nothing_of_the_machine(self, tmp_path, capsys):
        path = write(
            tmp_path / "01_sum.ipynb",
            "print('a')\nprint('b')",
            "import os, sys\n[os.environ['PYTHONHASHSEED'], os.path.basename(os.getcwd())]",
            "import analysis\n1 + 1",
        )
        notebooks.run_notebooks([path])
        first = path.read_bytes()
        stored = nbformat.reads(first.decode(), as_version=4)
        assert [cell.execution_count for cell in stored.cells] == [1, 2, 3]
        assert stored.cells[0].outputs[0].text == "a\nb\n"
        assert stored.cells[1].outputs[0].data["text/plain"] == f"['0', {tmp_path.name!r}]"
        assert stored.cells[2].outputs[0].data["text/plain"] == "2"
        assert set(stored.metadata) == {"kernelspec", "language_info"}
        assert "version" not in stored.metadata.language_info
        assert all(cell.metadata == {} for cell in stored.cells)
        notebooks.run_notebooks([path])
        assert path.read_bytes() == first
        shown = capsys.readouterr().out
        assert re.search(r"^\[1/1\] 01_sum\.ipynb +\d+\.\d s$", shown, re.MULTILINE)
        assert "(unchanged)" in shown
        assert [p.name for p in tmp_path.iterdir()] == ["01_sum.ipynb"]

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            ("1 / 0", "code cell 2: ZeroDivisionError"),
            ("import sys\nprint('careful', file=sys.stderr)", "code cell 2 .*careful"),
        ],
        ids=["error", "standard error"],
    )
    def test_a_notebook_that_does_not_run_clean_stays_as_it_was(self, tmp_path, source, message):
        path = write(tmp_path / "01_bad.ipynb", "'fine'", source, "'never'")
        before = path.read_bytes()
        with pytest.raises(notebooks.NotebookError, match=message):
            notebooks.run_notebooks([path])
        assert path.read_bytes() == before

    def test_what_is_no_notebook_is_named(self, tmp_path):
        path = tmp_path / "01_notes.ipynb"
        with pytest.raises(notebooks.NotebookError, match="no such notebook"):
            notebooks.find_notebooks([path])
        path.write_text("{}")
        with pytest.raises(notebooks.NotebookError, match="is no notebook"):
            notebooks.run_notebooks([path])

    def test_tags_stay_and_traces_of_editors_go(self):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
        notebook.cells[0].metadata = {"tags": ["parameters"], "execution": {}, "scrolled": True}
        cleaned = notebooks.cleaned(notebook)
        assert cleaned.cells[0].metadata == {"tags": ["parameters"]}


class TestChecking:
    @pytest.fixture
    def checkout(self, tmp_path):
        """A notebook that draws one figure; both stored as they come out."""
        (tmp_path / "figures").mkdir()
        source = "with open('../figures/sum.csv', 'w') as file:\n    file.write('n\\n{}\\n')"
        (tmp_path / "notebooks").mkdir()
        path = write(tmp_path / "notebooks" / "01_sum.ipynb", source.format(2), "1 + 1")
        notebooks.run_notebooks([path])
        return path, tmp_path / "figures"

    def test_passes_what_is_stored_and_tells_of_a_figure_nobody_draws(self, checkout):
        path, figures = checkout
        (figures / "old.csv").write_text("n\n1\n")
        assert notebooks.check_notebooks([path], figures=figures, complete=False) == []
        problems = notebooks.check_notebooks([path], figures=figures)
        assert problems[0] == "figures/old.csv is written by no notebook."

    def test_tells_of_other_outputs_and_other_figures_and_keeps_the_stored_ones(self, checkout):
        path, figures = checkout
        path.write_text(path.read_text().replace('"2"', '"3"'))
        (figures / "sum.csv").write_text("n\n3\n")
        stored = path.read_bytes()
        for _ in range(2):  # a second look must not pass because of the first
            problems = notebooks.check_notebooks([path], figures=figures)
            assert problems[0].startswith("The outputs")
            assert problems[1] == "figures/sum.csv is not what the notebook writes."
        assert (figures / "sum.csv").read_text() == "n\n3\n"
        assert path.read_bytes() == stored

    def test_a_figure_that_is_not_stored_is_told_and_not_left_behind(self, checkout):
        path, figures = checkout
        (figures / "sum.csv").unlink()
        problems = notebooks.check_notebooks([path], figures=figures)
        assert problems[0] == "figures/sum.csv is written by a notebook but not stored."
        assert list(figures.iterdir()) == []
