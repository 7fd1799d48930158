"""A person's own article: no code change, the seed's own results, and a run that can be resumed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from conftest import run_second_dispute

from analysis.documents import Document, DocumentError
from analysis.exports import csv_bytes, read_table
from analysis.ledger import RunError
from analysis.material import read_material
from analysis.notebooks import kernel_environment
from analysis.parallel import read_documents
from analysis.parties import Parties
from analysis.readings import Shelf, read_document, reading_key
from analysis.runs import start_run
from analysis.unattended import NOTEBOOK

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "figures"
SECOND = ROOT / "tests" / "passages" / "second_dispute"
# What the notebooks 02 to 05 show beyond a person's own material: agreement with annotations,
# results on other news, one word looked up in its places, a change at a date that is chosen.
OF_THE_SEED_ONLY = (
    "agreement", "unseen", "calibration", "errors", "failure", "concordance", "shifts",
)  # fmt: skip


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def counterpart(name):
    """What a figure of the notebooks is called in a run."""
    return name[3:] if not name.startswith("05_") else f"corpus_{name[3:]}"


def test_the_seed_gives_the_tables_and_figures_of_the_other_notebooks(seed_run):
    found = {path.name: path for path in [*seed_run.glob("figures/*"), *seed_run.glob("tables/*")]}
    stored = [
        path
        for path in sorted(FIGURES.glob("0[2-5]_*"))
        if not any(word in path.name for word in OF_THE_SEED_ONLY)
        and (path.suffix in {".csv", ".txt", ".graphml"} or sys.platform == "linux")
    ]
    assert len(stored) > 50
    for path in stored:
        assert counterpart(path.name) in found, f"{path.name} has no counterpart"
        assert found[counterpart(path.name)].read_bytes() == path.read_bytes(), path.name


def test_the_stored_notebook_runs_on_the_seed_from_one_tagged_cell():
    cells = [c for c in nbformat.read(NOTEBOOK, as_version=4).cells if c.cell_type == "code"]
    assert cells[0].metadata["tags"] == ["parameters"]
    assert not [c for c in cells[1:] if c.metadata.get("tags")]
    assert cells[0].source.splitlines()[0] == 'article = "../data/article.txt"'
    assert cells[0].source.splitlines()[1].startswith('corpus = "../data/corpus"')


class TestSecondDispute:
    def test_needs_no_change_of_code(self, second_run):
        parties = {p for p in Parties.from_toml(SECOND / "parties.toml").parties if p != "other"}
        table = (second_run / "tables" / "corpus_statements.csv").read_text("utf-8-sig")
        assert {p for p in parties if f",{p}," in table} >= {"Halvern", "Corsany", "Isles"}
        for name in ("article_stance", "corpus_acts", "corpus_stance_on_corsany"):
            for ending in ("png", "svg", "pdf", "csv", "alt.txt"):
                assert (second_run / "figures" / f"{name}.{ending}").stat().st_size

    def test_holders_of_an_office_are_told_apart_by_the_date(self, second_run):
        table = (
            (second_run / "tables" / "corpus_statements.csv").read_text("utf-8-sig").splitlines()
        )
        assert any("2034-03-08" in row and "Casimir Dray" in row for row in table)
        assert any("2034-03-13" in row and "Lisbet Orlow" in row for row in table)
        assert not any("2034-03-13" in row and "Casimir Dray" in row for row in table)

    def test_the_executed_notebook_names_the_material_as_seen_from_its_folder(self, second_run):
        cells = nbformat.read(second_run / NOTEBOOK.name, as_version=4).cells
        cell = next(c for c in cells if c.cell_type == "code")
        values = {}
        exec(cell.source, values)
        assert (second_run / values["article"]).resolve() == SECOND / "article.txt"
        assert values["output_folder"] == "."

    def test_nothing_of_the_seed_is_left_in_the_results(self, second_run):
        seed_parties = {"Russia", "Iran", "Kirby"}
        for path in [*second_run.glob("tables/*.csv"), *second_run.glob("figures/*.csv")]:
            assert not [p for p in seed_parties if p in path.read_text("utf-8-sig")], path.name


class TestResuming:
    def start(self, folder):
        arguments = [str(SECOND / "article.txt"), "--corpus", str(SECOND / "corpus")]
        arguments += ["--parties", str(SECOND / "parties.toml"), "--out", str(folder)]
        return subprocess.Popen(
            [sys.executable, "-m", "analysis", "run", *arguments],
            cwd=ROOT,
            env=kernel_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @pytest.mark.skipif(os.name == "nt", reason="no interrupt can be sent to a process there")
    def test_an_interrupted_run_goes_on_and_ends_with_the_same_bytes(self, second_run, tmp_path):
        folder = tmp_path / "results"
        folder.mkdir()
        for sign in (".run/readings/*.json", "figures/*.png"):
            run = self.start(folder)
            while not list(folder.glob(sign)) and run.poll() is None:
                time.sleep(0.01)
            run.send_signal(signal.SIGINT)
            _, messages = run.communicate(timeout=120)
            assert run.returncode == 130, messages
            assert "Traceback" not in messages
            assert not (folder / NOTEBOOK.name).exists()
            for path in folder.rglob("*.json"):
                json.loads(path.read_bytes())  # whole
        run_second_dispute(folder)
        theirs = contents(second_run)
        mine = contents(folder)
        notebook = mine.pop(NOTEBOOK.name), theirs.pop(NOTEBOOK.name)
        assert mine == theirs
        outputs = [
            [c.get("outputs") for c in nbformat.reads(n.decode(), as_version=4).cells]
            for n in notebook
        ]
        assert outputs[0] == outputs[1]

    def test_what_was_read_is_not_read_again(self, tmp_path, monkeypatch, fictional):
        documents = [Document.from_text(f"Zorvia denied it on day {n}.", id=str(n)) for n in "abc"]
        shelf = Shelf(tmp_path)
        read_documents(documents[:2], fictional, b"", shelf)
        asked = []

        def read(document, parties):
            asked.append(document.id)
            return read_document(document, parties)

        monkeypatch.setattr("analysis.parallel.read_document", read)
        read_documents(documents, fictional, b"", shelf)
        assert asked == ["c"]

    def test_a_broken_reading_is_read_again(self, tmp_path, fictional):
        documents = [Document.from_text("Zorvia denied the report.", id="a")]
        shelf = Shelf(tmp_path)
        (key,) = read_documents(documents, fictional, b"", shelf)
        whole = shelf.get(key)
        (tmp_path / f"{key}.json").write_text('{"statements": [{"doc')
        assert shelf.get(key) is None
        read_documents(documents, fictional, b"", shelf)
        assert shelf.get(key) == whole == read_document(documents[0], fictional)

    @pytest.mark.parametrize("what", ["text", "date", "id", "gazetteer"])
    def test_a_reading_is_kept_under_all_it_rests_on(self, what):
        given = {"text": "Zorvia denied it.", "date": "2031-05-01", "id": "a", "gazetteer": "x"}
        keys = set()
        for values in (given, given | {what: "2031-06-02"}):
            document = Document.from_text(
                values["text"], id=values["id"], date=values["date"], language_check=False
            )
            keys.add(reading_key(document, values["gazetteer"].encode()))
        assert len(keys) == 2


def test_several_jobs_give_the_readings_of_one_whatever_the_order_of_finishing(tmp_path, fictional):
    sentence = "“We deny it {},” Zorvia said. The minister accused Kestria of lying.\n\n"
    # the first is the longest, so that it is done after the others
    documents = [
        Document.from_text("".join(sentence.format(n * i) for i in range(n * n)), id=str(n))
        for n in (12, 3, 2, 1, 4, 5)
    ]
    shelves = [Shelf(tmp_path / str(jobs)) for jobs in (1, 2)]
    one, two = (
        read_documents(documents, fictional, b"", shelf, jobs)
        for jobs, shelf in enumerate(shelves, start=1)
    )
    assert one == two
    assert contents(shelves[0].folder) == contents(shelves[1].folder)


class TestMaterial:
    ARTICLE = SECOND / "article.txt"

    def read(self, **options):
        options = {"corpus": SECOND / "corpus", "gazetteer": SECOND / "parties.toml"} | options
        return read_material(options.pop("article", self.ARTICLE), **options)

    def test_documents_outside_the_period_or_without_date_are_listed_as_left_out(self):
        material = self.read(first_date="2034-03-01", last_date="2034-03-10")
        assert [d.id for d in material.documents] == ["2034-03-08-offer", "article"]
        reasons = {problem.file: problem.reason for problem in material.left_out}
        assert "outside the period" in reasons["2034-02-27-first-night"]
        assert "no date" in reasons["without-date"]

    def test_a_copy_of_the_article_in_the_corpus_counts_once(self, tmp_path):
        (tmp_path / "copy.txt").write_bytes(self.ARTICLE.read_bytes())
        (tmp_path / "other.txt").write_text("Halvern said on Friday that it would wait.")
        material = self.read(corpus=tmp_path)
        assert [d.id for d in material.documents] == ["other", "article"]

    def test_what_cannot_be_read_is_listed_and_the_rest_is_read(self, tmp_path):
        (tmp_path / "good.txt").write_text("Halvern said on Friday that it would wait.")
        (tmp_path / "empty.txt").write_text("")
        material = self.read(corpus=tmp_path)
        assert {d.id for d in material.documents} == {"good", "article"}
        (problem,) = material.left_out
        assert problem.file.endswith("empty.txt")
        assert problem.reason
        assert problem.remedy

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"article": "nowhere.txt"}, r"nowhere\.txt"),
            ({"corpus": "nowhere"}, "nowhere: no such file"),
            ({"gazetteer": "nowhere.toml"}, r"nowhere\.toml: no such file"),
            ({"gazetteer": SECOND / "article.txt"}, r"article\.txt: not valid TOML"),
            ({"first_date": "Friday"}, "date 'Friday' is not understood"),
            ({"first_date": "2034-03-02", "last_date": "2034-03-01"}, "is after the last"),
        ],
        ids=["article", "corpus", "gazetteer", "no gazetteer", "date", "dates turned"],
    )
    def test_what_is_wrong_is_named_in_one_line(self, options, message):
        with pytest.raises((DocumentError, ValueError), match=message) as error:
            self.read(**options)
        assert "\n" not in str(error.value)

    def test_an_empty_corpus_is_named(self, tmp_path):
        with pytest.raises(DocumentError, match="holds no"):
            self.read(corpus=tmp_path)
        (tmp_path / "empty.txt").write_text("")
        with pytest.raises(DocumentError, match=r"empty\.txt is empty"):
            self.read(corpus=tmp_path)

    def test_an_article_is_one_document(self):
        with pytest.raises(DocumentError, match="holds 4 documents"):
            self.read(article=SECOND / "corpus")


class TestCommand:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["nowhere.txt"], "nowhere.txt"),
            (["ARTICLE", "--corpus", "nowhere"], "nowhere: no such file"),
            (["ARTICLE", "--parties", "nowhere.toml"], "nowhere.toml: no such file"),
            (["ARTICLE", "--from", "yesterday"], "'yesterday' is not understood"),
            (["ARTICLE", "--jobs", "0"], "--jobs is 1 or more"),
        ],
        ids=["article", "corpus", "parties", "date", "jobs"],
    )
    def test_bad_input_gives_one_clear_error_and_writes_nothing(self, tmp_path, arguments, message):
        given = [str(SECOND / "article.txt") if a == "ARTICLE" else a for a in arguments]
        found = subprocess.run(
            [sys.executable, "-m", "analysis", "run", *given, "--out", str(tmp_path / "out")],
            cwd=ROOT,
            env=kernel_environment(),
            capture_output=True,
            text=True,
        )
        assert found.returncode == 2
        assert message in found.stderr
        assert "Traceback" not in found.stderr
        assert not (tmp_path / "out").exists()


class TestOutputFolder:
    def run(self, folder):
        return start_run(SECOND / "article.txt", "", SECOND / "parties.toml", output_folder=folder)

    def test_without_a_corpus_the_article_stands_alone(self, tmp_path):
        run = self.run(tmp_path)
        run.article.table(run.article.statements, "statements")
        shown = run.corpus.table(run.corpus.statements, "statements")
        assert "no corpus" in shown.data
        assert run.corpus.parties(3) == run.corpus.targets(3) == run.corpus.ties() == []
        run.finish()
        assert "tables/article_statements.csv" in run.ledger.files
        assert not [name for name in run.ledger.files if name.startswith("tables/corpus")]

    def test_a_table_that_was_edited_is_not_overwritten(self, tmp_path):
        run = self.run(tmp_path)
        run.article.table(run.article.statements, "statements")
        run.finish()
        self.run(tmp_path)  # as it was written: nothing is lost
        table = tmp_path / "tables" / "article_statements.csv"
        table.write_text(table.read_text("utf-8-sig").replace("Corsany", "Halvern"))
        with pytest.raises(RunError, match=r"article_statements\.csv was edited .*corrections"):
            self.run(tmp_path)

    def test_what_an_earlier_run_left_is_taken_away_unless_it_was_edited(self, tmp_path):
        run = self.run(tmp_path)
        for name in ("old", "statements"):
            run.article.table(run.article.statements, name)
        run.finish()
        (tmp_path / "tables" / "own.csv").write_text("mine")
        run = self.run(tmp_path)
        run.article.table(run.article.statements, "statements")
        run.finish()
        names = {path.name for path in (tmp_path / "tables").iterdir()}
        assert names == {"article_statements.csv", "own.csv"}

    def test_a_folder_that_cannot_be_written_to_is_named(self, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(RunError, match=r"cannot be written to .* Name another"):
            self.run(tmp_path / "file" / "out")


class TestCorrections:
    """An edited ``statements.csv`` is taken up by the next run, in the browser or without."""

    def run(self, folder, corrections=""):
        return start_run(
            SECOND / "article.txt",
            SECOND / "corpus",
            SECOND / "parties.toml",
            corrections,
            output_folder=folder,
        )

    def edited(self, folder, row, column, value):
        """Run once, change one cell of the table, and name it."""
        self.run(folder).finish()
        path = folder / "statements.csv"
        table = read_table(path)
        place = table.index[table["content"].str.contains(row, regex=False)][0]
        table.loc[place, column] = value
        path.write_bytes(csv_bytes(table))
        return path

    def speaker(self, run, words):
        table = run.corpus.statements
        (found,) = table.loc[table["content"].str.contains(words, regex=False), "speaker"]
        return found

    def test_reach_every_table_of_the_run_and_are_listed(self, tmp_path):
        words = "steps that cannot be taken back"
        path = self.edited(tmp_path, words, "speaker", "Ingram Dray")
        run = self.run(tmp_path, path)
        assert self.speaker(run, words) == "Ingram Dray"
        mine = run.article.statements
        mine = mine[mine["content"].str.contains(words)]
        assert list(mine["party"]) == ["Assembly"]
        run.corrections()
        assert "Ingram Dray" in " ".join(run.exhibits["corrections_applied"].frame["changed"])
        assert run.exhibits["corrections_in_conflict"].frame.empty

    def test_hold_in_run_after_run_on_the_same_file(self, tmp_path):
        words = "steps that cannot be taken back"
        path = self.edited(tmp_path, words, "speaker", "Ingram Dray")
        self.run(tmp_path, path).finish()
        again = self.run(tmp_path, path)
        again.finish()
        assert self.speaker(again, words) == "Ingram Dray"

    def test_are_not_lost_by_a_run_without_them(self, tmp_path):
        path = self.edited(tmp_path, "steps that cannot", "speaker", "Ingram Dray")
        work = path.read_bytes()
        self.run(tmp_path).finish()
        assert path.read_bytes() != work
        assert (tmp_path / "statements.kept-1.csv").read_bytes() == work

    def test_a_file_that_is_none_gives_one_clear_error_on_the_command_line(self, tmp_path):
        found = subprocess.run(
            [
                *(sys.executable, "-m", "analysis", "run", str(SECOND / "article.txt")),
                *("--corrections", "nowhere.csv", "--out", str(tmp_path)),
            ],
            cwd=ROOT,
            env=kernel_environment(),
            capture_output=True,
            text=True,
        )
        assert found.returncode == 2
        assert found.stderr.strip().splitlines()[-1].startswith("nowhere.csv")
        assert "Traceback" not in found.stderr


def test_an_article_in_another_format_keeps_the_text_that_offsets_count_in(tmp_path):
    page = tmp_path / "story.html"
    paragraphs = (SECOND / "article.txt").read_text("utf-8").split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page.write_text(f"<html><head><title>Cable</title></head><body><article>{body}</article>")
    folder = tmp_path / "results"
    run = start_run(page, "", SECOND / "parties.toml", output_folder=folder)
    (kept,) = (folder / "texts").iterdir()
    text = kept.read_text("utf-8")
    assert len(run.article.statements) > 10
    for row in run.article.statements.itertuples():
        assert " … ".join(text[start:end] for start, end in row.content_spans) == row.content


def test_speakers_the_gazetteer_does_not_know_come_with_entries_to_paste(tmp_path):
    run = start_run(SECOND / "article.txt", "", SECOND / "parties.toml", output_folder=tmp_path)
    shown = run.unknown_speakers().data
    assert '[person."Pell Arrowsmith"]' in shown
    longer = tmp_path / "parties.toml"
    entry = '[person."Pell Arrowsmith"]\nparty = "Halvern"\n'
    longer.write_text((SECOND / "parties.toml").read_text("utf-8") + entry)
    again = start_run(SECOND / "article.txt", "", longer, output_folder=tmp_path / "again")
    assert "Pell Arrowsmith" not in again.unknown_speakers().data


def test_an_article_on_standard_input_is_kept_and_analysed(tmp_path):
    words = (SECOND / "article.txt").read_bytes()
    folder = tmp_path / "results"
    found = subprocess.run(
        [
            *(sys.executable, "-m", "analysis", "run", "-"),
            *("--parties", str(SECOND / "parties.toml"), "--out", str(folder)),
        ],
        cwd=ROOT,
        env=kernel_environment(),
        input=words,
        capture_output=True,
    )
    assert found.returncode == 0, found.stderr
    assert (folder / "texts" / "standard_input").read_bytes() == words
    table = read_table(folder / "tables" / "article_statements.csv")
    assert "Odalys Brandt" in set(table["speaker"])
