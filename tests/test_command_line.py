"""The command line as a reader meets it: what goes in, what comes out, and what it says."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "data" / "article.txt"
SAID = "Anna Roe said: “The talks have failed.” The weather in the valley was fine on Friday."
GERMAN = (
    "Der Minister sagte am Freitag, die Verhandlungen seien gescheitert und man werde nun mit den "
    "Nachbarn über einen neuen Vertrag sprechen, weil der alte nicht mehr gilt und keiner ihn will."
)


def run(*arguments, stdin=""):
    """Run one command; return its status, output and messages."""
    data = stdin if isinstance(stdin, bytes) else stdin.encode("utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)],
        input=data,
        capture_output=True,
        cwd=ROOT,
        timeout=120,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


def answers(text):
    return [json.loads(line) for line in text.splitlines()]


def slices(text, spans):
    return [text[start:end] for start, end in spans]


class TestStatementsOfAStream:
    def test_spans_are_code_points_of_the_given_text(self):
        text = "\U0001f33e\U0001f33e In the valley.\r\n\r\n" + SAID
        status, out, messages = run("statements", "-", stdin=lines({"id": "a", "text": text}))
        assert (status, messages) == (0, "")
        (answer,) = answers(out)
        assert answer["id"] == "a"
        (said,) = answer["attributions"]
        assert slices(text, said["content"]) == ["“The talks have failed.”"]
        assert slices(text, said["source"]) == ["Anna Roe"]
        assert slices(text, said["cue"]) == ["said"]
        assert slices(text, said["fragment_spans"]) == ["The talks have failed."]
        assert said["kind"] == "direct"
        assert said["section"] == "body"
        assert said["speaker"] == "Anna Roe"
        assert {"party", "via", "rule"} <= said.keys()

    def test_a_quotation_without_source_has_null_for_it(self):
        text = "It was dark. “We shall never give up this valley or its people.”"
        _, out, _ = run("statements", "-", stdin=lines({"id": 7, "text": text}))
        (answer,) = answers(out)
        assert answer["id"] == 7
        assert [a["source"] for a in answer["attributions"]] == [None]

    def test_every_record_is_answered_in_order_blank_lines_passed_over(self):
        records = [{"id": f"d{n}", "text": SAID * (n % 3)} for n in range(7)]
        stdin = "\ufeff" + "\n\n".join(lines(r) for r in records)
        status, out, messages = run("statements", "-", stdin=stdin)
        assert (status, messages) == (0, "")
        assert [a["id"] for a in answers(out)] == [r["id"] for r in records]

    def test_a_bad_line_is_named_by_number_and_the_others_are_answered(self):
        good = lines({"id": "good", "text": SAID}).encode()
        bad = [
            b'{"id": "cut", "te\n',
            b"\xff\xfe\n",
            b"[1, 2]\n",
            b'{"text": "no id"}\n',
            b'{"id": "no text"}\n',
            b'{"id": "number", "text": 3}\n',
            b'{"id": "date", "text": "Fine.", "date": "some day"}\n',
            lines({"id": "foreign", "text": GERMAN}).encode(),
            b"[" * 100_000 + b"\n",
        ]
        stdin = good + b"".join(b + good for b in bad)
        status, out, messages = run("statements", "-", stdin=stdin)
        assert status == 1
        told = [message.split(":")[0] for message in messages.splitlines()]
        assert told == [f"line {2 * n}" for n in range(1, len(bad) + 1)]
        assert "Traceback" not in messages
        found = answers(out)
        assert sum(bool(a["attributions"]) for a in found) == len(bad) + 1
        failed = [a for a in found if "error" in a]
        assert [a["id"] for a in failed] == ["no text", "number", "date", "foreign"]
        assert all(a["attributions"] == [] for a in failed)

    def test_text_in_another_language_is_refused_by_name(self):
        _, _, messages = run("statements", "-", stdin=lines({"id": "f", "text": GERMAN}))
        assert "German" in messages

    def test_half_a_surrogate_pair_does_not_stop_the_stream(self):
        text = SAID.replace("Roe", "Ro\ud800e")
        status, out, _ = run("statements", "-", stdin=lines({"id": "\ud800", "text": text}))
        assert status == 0
        assert answers(out)[0]["attributions"]

    def test_each_answer_comes_before_the_next_line_is_read(self):
        process = subprocess.Popen(
            [sys.executable, "-m", "analysis", "statements", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        for name in ("first", "second"):
            process.stdin.write(lines({"id": name, "text": SAID}).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        out, messages = process.communicate(timeout=60)
        assert (process.returncode, out, messages) == (0, b"", b"")

    @pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
    def test_an_interrupt_ends_it_without_a_traceback(self):
        process = subprocess.Popen(
            [sys.executable, "-m", "analysis", "statements", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        process.stdin.write(lines({"id": "a", "text": SAID}).encode())
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, messages = process.communicate(timeout=60)
        assert (process.returncode, messages) == (130, b"")

    def test_a_closed_pipe_ends_it_quietly(self):
        process = subprocess.Popen(
            [sys.executable, "-m", "analysis", "statements", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        process.stdin.write(lines({"id": "a", "text": SAID}).encode())
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(lines({"id": "b", "text": SAID}).encode() * 3)
        process.stdin.close()
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == b""

    def test_no_heavy_library_is_imported(self):
        heavy = {"pandas", "sklearn", "matplotlib", "numpy", "scipy", "IPython"}
        code = (
            "import sys; from analysis.__main__ import main; status = main(['statements', '-']);"
            f"print(status, sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
        )
        text = ARTICLE.read_text("utf-8")
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=lines({"id": "a", "text": text}).encode(),
            capture_output=True,
            cwd=ROOT,
        )
        assert done.stderr.decode().strip() == "0 []"
        assert len(json.loads(done.stdout)["attributions"]) > 10

    def test_gazetteer_and_date_decide_who_speaks_and_for_whom(self, tmp_path):
        parties = tmp_path / "parties.toml"
        parties.write_text(
            '[party.Zorvia]\ncountry = "Zorvia"\nadjectives = ["Zorvian"]\n'
            '[person."Ana Pell"]\nparty = "Zorvia"\n'
            'posts = [{title = "foreign minister", of = "Zorvia", to = 2020-12-31}]\n'
            '[person."Bo Quill"]\nparty = "Zorvia"\n'
            'posts = [{title = "foreign minister", of = "Zorvia", from = 2021-01-01}]\n'
        )
        text = "The Zorvian foreign minister said: “The talks have failed.”"
        records = [{"id": d, "text": text, "date": d} for d in ("2020-05-01", "2022-05-01")]
        status, out, _ = run("statements", "-", "--parties", parties, stdin=lines(*records))
        assert status == 0
        found = [a["attributions"][0] for a in answers(out)]
        assert [f["speaker"] for f in found] == ["Ana Pell", "Bo Quill"]
        assert [f["party"] for f in found] == ["Zorvia", "Zorvia"]


class TestStatementsOfFiles:
    def test_the_table_is_csv_with_every_statement_of_the_file(self):
        status, out, messages = run("statements", ARTICLE)
        assert (status, messages) == (0, "")
        rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
        raw = ARTICLE.read_bytes().decode("utf-8")
        assert len(rows) > 10
        for row in rows:
            spans = json.loads(row["content_spans"])
            assert " … ".join(slices(raw, spans)) == row["content"].removeprefix("'")

    def test_json_lines_hold_the_same_statements(self):
        _, table, _ = run("statements", ARTICLE)
        status, out, _ = run("statements", ARTICLE, "--format", "jsonl")
        assert status == 0
        rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
        found = answers(out)
        assert [a["statement_id"] for a in found] == [r["statement_id"] for r in rows]
        assert set(found[0]) == set(rows[0])

    def test_a_cell_a_spreadsheet_could_run_is_disarmed(self, tmp_path):
        article = tmp_path / "sums.txt"
        article.write_text("Anna Roe said: “=1+1 is the sum of all our fears.”\n")
        _, out, _ = run("statements", article)
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert any("=1+1" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@"))]

    def test_a_folder_is_a_corpus_sorted_by_date(self, tmp_path):
        for name, date in (("a", "2022-03-01"), ("b", "2022-01-01")):
            (tmp_path / f"{name}.txt").write_text(f"---\nid: {name}\ndate: {date}\n---\n{SAID}\n")
        _, out, _ = run("statements", tmp_path, "--format", "jsonl")
        assert [a["document_id"] for a in answers(out)] == ["b", "a"]

    def test_a_repeated_quotation_is_linked_across_files(self, tmp_path):
        for name in ("a", "b"):
            (tmp_path / f"{name}.txt").write_text(SAID)
        files = [tmp_path / "a.txt", tmp_path / "b.txt"]
        _, out, _ = run("statements", *files, "--format", "jsonl")
        first, second = answers(out)
        assert second["repeats"] == first["statement_id"]

    def test_an_unreadable_file_is_listed_and_the_rest_is_analysed(self, tmp_path):
        status, out, messages = run("statements", ARTICLE, tmp_path / "missing.txt")
        assert (status, out) == (1, run("statements", ARTICLE)[1])
        assert len(messages.splitlines()) == 1
        assert "missing.txt: no such file. Check" in messages

    def test_the_text_column_of_a_table_can_be_named(self, tmp_path):
        table = tmp_path / "speeches.csv"
        table.write_text(f'id,first,second\na,{SAID},"{SAID.replace("Roe", "Moe")}"\n')
        status, out, messages = run("statements", table, "--format", "jsonl")
        assert (status, out) == (2, "")
        assert "id, first, second" in messages
        status, out, messages = run(
            "statements", table, "--format", "jsonl", "--text-column", "second"
        )
        assert (status, messages) == (0, "")
        assert [a["speaker"] for a in answers(out)] == ["Anna Moe"]

    @pytest.mark.parametrize(
        ("name", "content", "word"),
        [
            ("empty.txt", b"", "empty"),
            ("scan.txt", b"%PDF-1.7 ...", "PDF"),
            ("german.txt", GERMAN.encode(), "German"),
        ],
    )
    def test_a_file_that_is_no_article_is_named_with_the_reason(
        self, tmp_path, name, content, word
    ):
        (tmp_path / name).write_bytes(content)
        status, out, messages = run("statements", tmp_path / name)
        assert (status, out) == (2, "")
        assert name in messages
        assert word in messages

    def test_two_files_of_one_name_are_told_apart_by_their_folders(self, tmp_path):
        for folder in ("x", "y"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "talks.txt").write_text(SAID)
        files = [tmp_path / folder / "talks.txt" for folder in ("x", "y")]
        status, out, messages = run("statements", *files, "--format", "jsonl")
        assert (status, messages) == (0, "")
        assert [a["document_id"] for a in answers(out)] == ["talks", "y/talks"]

    def test_two_files_that_state_one_id_are_not_both_read(self, tmp_path):
        for name in ("x", "y"):
            (tmp_path / f"{name}.txt").write_text(f"---\nid: talks\n---\n{SAID}\n")
        status, out, messages = run("statements", tmp_path, "--format", "jsonl")
        assert status == 1
        assert [a["document_id"] for a in answers(out)] == ["talks"]
        assert "same id" in messages

    def test_a_broken_gazetteer_is_named(self, tmp_path):
        (tmp_path / "parties.toml").write_text("parties = [\n")
        status, out, messages = run("statements", ARTICLE, "--parties", tmp_path / "parties.toml")
        assert (status, out) == (2, "")
        assert len(messages.splitlines()) == 1
        assert "parties.toml" in messages

    @pytest.mark.parametrize(
        "arguments",
        [
            ["-", "a.txt"],
            ["-", "--format", "csv"],
            ["-", "--text-column", "a"],
            [],
            ["a.txt", "--format", "xls"],
        ],
        ids=" ".join,
    )
    def test_options_that_do_not_go_together_are_refused(self, arguments):
        status, out, messages = run("statements", *arguments)
        assert (status, out) == (2, "")
        assert "usage" in messages


MARKED = {
    "id": "r1",
    "text": "Zorvia condemned Belgravia on Friday.",
    "source": {"text": "Zorvia", "start": 0, "end": 6},
    "target": {"text": "Belgravia", "start": 17, "end": 26},
}


class TestStance:
    def test_each_record_gets_a_label_and_a_stance(self):
        status, out, messages = run("stance", "-", stdin=lines(MARKED))
        assert (status, messages) == (0, "")
        (answer,) = answers(out)
        assert answer["id"] == "r1"
        assert answer["label"] == "ACCUSE"
        assert answer["stance"] == "against"

    def test_marks_may_be_missing_but_must_lie_within_the_text(self):
        unmarked = MARKED | {"source": None, "target": None}
        outside = MARKED | {"id": "r2", "target": {"text": "B", "start": 30, "end": 99}}
        status, out, messages = run("stance", "-", stdin=lines(unmarked, outside))
        assert status == 1
        assert messages.startswith("line 2: ")
        good, bad = answers(out)
        assert "error" not in good
        assert (bad["label"], bad["stance"]) == (None, None)
        assert "target" in bad["error"]


def test_without_a_command_the_usage_is_shown():
    status, out, messages = run()
    assert (status, out) == (2, "")
    assert "statements" in run("--help")[1]
    assert "usage" in messages
