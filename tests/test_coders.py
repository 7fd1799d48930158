"""Two coders' tables are compared: agreement beyond chance, and every disagreement by name."""

import math
import subprocess
import sys

import pytest
from disputed import ARTICLE, DATE, load, save
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from analysis.coders import compare_coders, krippendorff_alpha
from analysis.corrections import CorrectionsError, write_sheet
from analysis.documents import Document
from analysis.pipeline import ROOT, analyse


@pytest.fixture(scope="module")
def table(fictional, tmp_path_factory):
    document = Document.from_text(ARTICLE, id="strait", date=DATE)
    folder = tmp_path_factory.mktemp("coders")
    return write_sheet(folder, analyse([document], fictional))[0]


def coded(table, tmp_path, edit=lambda rows: None, name="b.csv", **saving):
    rows = load(table)
    return save(tmp_path / name, edit(rows) or rows, **saving)


def measure(comparison, name):
    return comparison.agreement.set_index("measure").loc[name]


class TestAlpha:
    """The worked examples of Krippendorff (2011), with the values printed there."""

    def test_two_coders_of_two_values(self):
        meg, owen = "0100000010", "1110010000"
        assert krippendorff_alpha(zip(meg, owen, strict=True)) == pytest.approx(0.095, abs=5e-4)

    def test_two_coders_of_five_values(self):
        ben, gerry = "aabbdcccedda", "babbbcccedd" + "d"
        assert krippendorff_alpha(zip(ben, gerry, strict=True)) == pytest.approx(0.692, abs=5e-4)

    def test_four_coders_with_missing_values(self):
        coders = ["12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251."]
        units = [
            [None if value == "." else value for value in unit]
            for unit in zip(*(c.replace(" ", "") for c in coders), strict=True)
        ]
        assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2))
    def test_order_of_units_and_coders_and_names_of_values_make_no_difference(self, units):
        alpha = krippendorff_alpha(units)
        for other in (
            units[::-1],
            [(b, a) for a, b in units],
            [tuple(value.upper() for value in unit) for unit in units],
        ):
            assert krippendorff_alpha(other) == pytest.approx(alpha, nan_ok=True)

    def test_one_value_only_has_no_alpha(self):
        assert math.isnan(krippendorff_alpha([("a", "a"), ("a", "a")]))
        assert math.isnan(krippendorff_alpha([("a", None)]))


class TestCoders:
    def test_a_coder_agrees_with_herself_whatever_the_spreadsheet_did(
        self, table, tmp_path, fictional
    ):
        other = coded(table, tmp_path, lambda rows: rows[::-1], separator=";", encoding="utf-16")
        result = compare_coders(table, other, fictional)
        assert result.disagreements.empty
        assert (result.agreement["share"] == 1).all()
        assert (result.agreement.dropna()["kappa"] == 1).all()
        assert math.isnan(measure(result, "statement")["kappa"])

    def test_disagreements_are_listed_with_both_answers_and_lines(self, table, tmp_path, fictional):
        def edit(rows):
            rows[2].update(speaker="Pavel Drost", targets="Kestria=against; Ostany=favor")
            rows[6]["mark"] = "delete"
            rows[9]["act"] = "COMMENT"

        result = compare_coders(table, coded(table, tmp_path, edit), fictional)
        found = result.disagreements
        assert found[["field", "first", "second", "line_first"]].values.tolist() == [
            ["speaker", "Irina Sandou", "Pavel Drost", 4],
            ["stance towards Ostany", "none", "favor", 4],
            ["statement", "statement", "none", 8],
            ["act", "SUPPORT", "COMMENT", 11],
        ]
        assert (measure(result, "speaker")["units"], measure(result, "speaker")["agree"]) == (
            11,
            10,
        )
        assert measure(result, "statement")["agree"] == 11

    def test_kappa_is_that_of_the_labels(self, table, tmp_path, fictional):
        parties = ["Zorvia", "Kestria"]

        def edit(rows):
            for number, row in enumerate(rows):
                row["party"] = parties[number % 2]

        result = compare_coders(table, coded(table, tmp_path, edit), fictional)
        first = [row["party"] for row in load(table)]
        second = [parties[number % 2] for number in range(len(first))]
        assert measure(result, "party")["kappa"] == cohen_kappa_score(first, second)

    def test_rows_both_have_added_are_paired_by_their_words(self, table, tmp_path, fictional):
        new = {"mark": "add", "document_id": "strait", "content": "a charge", "party": "Zorvia"}
        one = coded(table, tmp_path, lambda rows: rows.append(new), "a.csv")
        two = coded(table, tmp_path, lambda rows: rows.append(new | {"party": "Kestria"}))
        found = compare_coders(one, two, fictional).disagreements
        assert found[["content", "field", "first", "second"]].values.tolist() == [
            ["a charge", "party", "Zorvia", "Kestria"]
        ]
        only = compare_coders(one, table, fictional).disagreements
        assert only[["content", "field", "first", "line_second"]].values.tolist() == [
            ["a charge", "statement", "statement", 0]
        ]

    def test_two_spellings_of_a_name_agree(self, table, tmp_path, fictional):
        other = coded(table, tmp_path, lambda rows: rows[2].update(speaker="Irena Sandou"))
        assert compare_coders(table, other, fictional).disagreements.empty

    def test_an_unknown_party_is_named_with_file_and_line(self, table, tmp_path, fictional):
        other = coded(table, tmp_path, lambda rows: rows[0].update(party="Zorvai"))
        with pytest.raises(CorrectionsError, match=r"b\.csv, line 2: no party “Zorvai”"):
            compare_coders(table, other, fictional)

    def test_a_column_that_one_file_lacks_is_named(self, table, tmp_path, fictional):
        columns = [name for name in load(table)[0] if name != "act"]
        with pytest.raises(CorrectionsError, match=r"b\.csv, line 1: no column act"):
            compare_coders(table, coded(table, tmp_path, columns=columns), fictional)


def test_the_command_prints_agreement_and_writes_the_disagreements(table, tmp_path):
    other = coded(table, tmp_path, lambda rows: rows[9].update(act="COMMENT"))
    command = [sys.executable, "-m", "analysis", "compare", table, other]
    command += ["--parties", ROOT / "tests" / "passages" / "parties.toml"]
    out = tmp_path / "disagreements.csv"
    done = subprocess.run(
        [*map(str, command), "--out", str(out)], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "kappa" in done.stdout
    assert "1 disagreement" in done.stdout
    (row,) = load(out)
    assert (row["field"], row["first"], row["second"]) == ("act", "SUPPORT", "COMMENT")

    odd = subprocess.run(
        [*map(str, command), "--out", "a b?.csv"], cwd=ROOT, capture_output=True, text=True
    )
    assert odd.returncode == 2
    assert "is no file name" in odd.stderr

    absent = subprocess.run(
        [*map(str, command[:4]), "absent.csv", str(other)], cwd=ROOT, capture_output=True, text=True
    )
    assert absent.returncode == 2
    assert absent.stderr.count("\n") == 1
    assert "absent.csv" in absent.stderr
