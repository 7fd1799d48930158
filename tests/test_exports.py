"""Exports: whole or not at all, the same bytes each time, safe to open in a spreadsheet."""

import csv
import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from analysis import exports
from analysis.exports import Chart, ExportError, cell_text, csv_bytes, export_figure, export_table
from analysis.style import drawing, finish, new_figure

ENDINGS = ["png", "svg", "pdf", "csv", "alt.txt"]
FORMULAS = "=+-@\t\r\n＝＋－＠"

# Drawn in a process of its own: nothing may depend on hash seed, memory addresses or the clock.
EXPORT_TWICE = """
import sys
import pandas as pd
from analysis.charts import plot_acts_by_party, plot_who_speaks_when
rows = [("d:s%d" % i, "d", p, [[10 * i, 10 * i + 8]], k) for i, (p, k) in enumerate(
    [("Alba", "direct"), ("Borduria", "mixed"), ("Alba", "indirect")])]
table = pd.DataFrame(
    rows, columns=["statement_id", "document_id", "party", "content_spans", "kind"])
plot_who_speaks_when(table).export(sys.argv[1])
acts = {"act": ["ACCUSE", None, "REQUEST"], "stance": ["against", None, "none"]}
plot_acts_by_party(table.assign(target="Syldavia", **acts)).export(sys.argv[1])
"""


def small_figure() -> Figure:
    with drawing("column") as (inches, _):
        figure = new_figure(inches, 1.0)
        axes = figure.add_subplot()
        axes.barh([0, 1], [3, 1], hatch=["", "////"], color="white", edgecolor="black")
        return finish(figure, "A says “more” than B", "Statements", "a test", 4)


DATA = pd.DataFrame({"party": ["A", "B"], "statements": [3, 1], "statement_ids": [["s1"], []]})


def digests(folder: Path) -> dict[str, str]:
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.iterdir())}


def read(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_a_figure_becomes_five_files_and_nothing_else(tmp_path):
    written = export_figure(small_figure(), "bars", DATA, "Bar chart. A 3, B 1.", tmp_path / "new")
    assert [p.name for p in written] == [f"bars.{e}" for e in ENDINGS]
    assert sorted(os.listdir(tmp_path / "new")) == sorted(p.name for p in written)
    assert (tmp_path / "new" / "bars.alt.txt").read_text("utf-8") == "Bar chart. A 3, B 1.\n"
    assert (tmp_path / "new" / "bars.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "new" / "bars.pdf").read_bytes().startswith(b"%PDF")


def test_svg_keeps_its_text_and_pdf_its_fonts(tmp_path):
    export_figure(small_figure(), "bars", DATA, "Bars.", tmp_path)
    assert "A says “more” than B" in (tmp_path / "bars.svg").read_text("utf-8")
    assert b"/Type3" not in (tmp_path / "bars.pdf").read_bytes()


def test_files_carry_no_date_and_no_version(tmp_path):
    export_figure(small_figure(), "bars", DATA, "Bars.", tmp_path)
    for ending in ("png", "svg", "pdf"):
        content = (tmp_path / f"bars.{ending}").read_bytes()
        for trace in (b"CreationDate", b"dc:date", b"Matplotlib v", b"matplotlib.org", b"Producer"):
            assert trace not in content, (ending, trace)


def test_a_second_export_is_byte_identical(tmp_path):
    export_figure(small_figure(), "bars", DATA, "Bars.", tmp_path)
    first = digests(tmp_path)
    export_figure(small_figure(), "bars", DATA, "Bars.", tmp_path)
    assert digests(tmp_path) == first


def test_another_process_writes_the_same_bytes(tmp_path):
    seen = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-W", "error", "-c", EXPORT_TWICE, str(folder)],
            check=True,
            env=environment,
            cwd=Path(exports.__file__).parents[1],
        )
        seen.append(digests(folder))
    assert seen[0] == seen[1]
    assert len(seen[0]) == 10


def test_settings_of_the_session_change_nothing(tmp_path):
    import matplotlib

    export_figure(small_figure(), "bars", DATA, "Bars.", tmp_path)
    first = digests(tmp_path)
    with matplotlib.rc_context({"font.size": 20, "svg.fonttype": "path", "savefig.dpi": 50}):
        export_figure(small_figure(), "bars", DATA, "Bars.", tmp_path)
    assert digests(tmp_path) == first


def test_drawing_and_exporting_leave_no_figure_in_pyplot(tmp_path):
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    Chart(small_figure(), DATA, "Bars.", "bars").export(tmp_path)
    assert plt.get_fignums() == before


def test_a_folder_that_cannot_be_written_gives_one_clear_error(tmp_path):
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("x")
    with pytest.raises(ExportError) as caught:
        export_table(DATA, "table", blocked)
    assert str(blocked) in str(caught.value)
    assert "choose another folder" in str(caught.value)


def test_a_failure_half_way_leaves_the_former_files_and_no_scraps(tmp_path, monkeypatch):
    export_figure(small_figure(), "bars", DATA, "Bars.", tmp_path)
    first = digests(tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ExportError, match="No space left on device"):
        export_figure(small_figure(), "bars", DATA.iloc[:1], "Other bars.", tmp_path)
    assert digests(tmp_path) == first


def test_a_figure_that_cannot_be_drawn_writes_nothing(tmp_path):
    figure = small_figure()
    figure.text(0.5, 0.5, "$\\nonsense{$", parse_math=True)
    with pytest.raises(ValueError, match="nonsense"):
        export_figure(figure, "bars", DATA, "Bars.", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "with space", "a\n"])
def test_a_name_is_a_plain_file_name(tmp_path, name):
    with pytest.raises(ValueError, match="no file name"):
        export_table(DATA, name, tmp_path)


def test_a_figure_needs_a_description(tmp_path):
    with pytest.raises(ValueError, match="description"):
        export_figure(small_figure(), "bars", DATA, "  ", tmp_path)


def test_a_table_opens_in_a_spreadsheet_as_it_is(tmp_path):
    frame = pd.DataFrame(
        {
            "content": ["“killer” drones, he said", 'plain "marks"', "two\nlines"],
            "weight": [0.1 + 0.2, -1234.56789, np.nan],
            "count": pd.array([1, None, 3], dtype="Int64"),
            "statement_ids": [["a:s001", "a:s002"], [], ["b:s001"]],
            "content_spans": [[[34, 92], [100, 120]], [[3, 12]], []],
            "source_span": [(0, 15), None, [7, 9]],
            "significant": [True, False, True],
        }
    )
    path = export_table(frame, "terms", tmp_path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    rows = read(content)
    assert rows[0] == list(frame.columns)
    assert rows[1] == [
        *("“killer” drones, he said", "0.3", "1", "a:s001; a:s002"),
        *("[[34, 92], [100, 120]]", "[0, 15]", "True"),
    ]
    assert rows[2] == ['plain "marks"', "-1234.5679", "", "", "[[3, 12]]", "", "False"]
    assert rows[3][0] == "two\nlines"


@given(st.sampled_from(FORMULAS), st.text(max_size=20))
def test_no_text_cell_acts_as_a_formula(start, rest):
    for value in (start + rest, [start + rest, "b"], {start + rest: 1}):
        assert not cell_text(value).startswith(tuple(FORMULAS))
    head = read(csv_bytes(pd.DataFrame({start + rest: ["x"]})))[0][0]
    assert not head.startswith(tuple(FORMULAS))


@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_stay_numbers_to_four_places(number):
    back = float(cell_text(number))
    assert back == pytest.approx(number, rel=5.1e-4, abs=5.1e-5)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1))
def test_text_survives_but_for_the_apostrophe_of_a_formula(texts):
    rows = read(csv_bytes(pd.DataFrame({"content": pd.Series(texts, dtype=object)})))[1:]
    back = [row[0] if row else "" for row in rows]
    assert [b.removeprefix("'") if t.startswith(tuple(FORMULAS)) else b
            for t, b in zip(texts, back, strict=True)] == texts  # fmt: skip


def test_showing_a_chart_gives_an_image_with_its_description():
    chart = Chart(small_figure(), DATA, "Bar chart. A 3, B 1.", "bars")
    image = chart.show()
    assert image.data.startswith(b"\x89PNG")
    assert image.alt == "Bar chart. A 3, B 1."
    assert image.data == chart.show().data
    assert repr(chart) == "Chart('bars', 2 rows)"


@given(
    st.lists(
        st.one_of(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
            st.text(st.sampled_from("'" + FORMULAS), max_size=6),
        ),
        min_size=1,
    )
)
def test_reading_a_table_back_gives_every_text_as_it_was(texts):
    written = csv_bytes(pd.DataFrame({"content": pd.Series(texts, dtype=object), "n": 1}))
    back = exports.read_table(written)
    assert list(back["content"]) == texts
    assert list(back["n"]) == ["1"] * len(texts)


def test_a_long_text_comes_back_and_no_setting_of_the_program_is_changed(tmp_path):
    before = csv.field_size_limit()
    path = export_table(pd.DataFrame({"content": ["“a” " * 100_000]}), "long", tmp_path)
    assert list(exports.read_table(path)["content"]) == ["“a” " * 100_000]
    assert csv.field_size_limit() == before


def test_markup_in_a_description_cannot_act_in_the_figure(tmp_path):
    export_figure(small_figure(), "bars", DATA, "<script>alert(1)</script>", tmp_path)
    assert "<script>" not in (tmp_path / "bars.svg").read_text("utf-8")
