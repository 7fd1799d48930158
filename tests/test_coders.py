"""Two coders' tables are compared: agreement beyond chance, and every disagreement by name."""

import math
import subprocess
import sys

import pytest
from disputed import ARTICLE, DATE, load, save
from sklearn.metrics import cohen_kappa_score

from analysis.coders import compare_coders
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
