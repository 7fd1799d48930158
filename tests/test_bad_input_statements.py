"""Bad and odd input past the reader: it ends, in linear time, with a message or an empty result.

Nothing is timed here. The large texts are those on which an engine that compares everything
with everything does not come to an end.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis import findings, streaming
from analysis.documents import Document
from analysis.evaluation import agreement_of, compare_with_gold
from analysis.markup import marked_document
from analysis.memory import REACH, Memory
from analysis.parties import Parties
from analysis.pipeline import ROOT, analyse, read_statements
from analysis.tokens import LONGEST, sentences

PARTIES = Parties.from_toml()
SYLLABLES = "bel mon ka ro vel to dan ri sen lo".split()
PAGE = "The rain fell on the town and all of the people in it were at home."


def document(text, **metadata):
    return Document.from_text(text, language_check=False, **metadata)


def surname(number):
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:05d}").capitalize()


def run(*arguments, stdin=b"", **options):
    return subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)],
        input=stdin,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        timeout=120,
        **({"stdout": subprocess.PIPE} | options),
    )


class TestLargeTexts:
    @pytest.mark.parametrize(
        "piece",
        ["Said ", "he left, saying ", "in the words of ", "Read also: ", "he said, ", "a ", ", "],
    )
    def test_a_text_without_sentences_is_read_in_pieces(self, piece):
        text = piece * (200_000 // len(piece))
        cut = sentences(text, 0, len(text), 1, "body")
        assert max(len(sentence.tokens) for sentence in cut) == LONGEST
        tokens = [token for sentence in cut for token in sentence.tokens]
        assert "".join(t.text for t in tokens) == "".join(text.split())
        read_statements(document(text[:20_000]), PARTIES)

    @pytest.mark.parametrize("mark", ["“", "”", '"', "‘", "«", "»", "„", "'", "``"])
    def test_ten_thousand_unclosed_marks(self, mark):
        text = "The minister of Oster said: " + f"{mark}no " * 10_000
        raw = document(text)
        for statement in read_statements(raw, PARTIES):
            assert all(0 <= a < b <= len(text) for a, b in statement.content_spans)

    def test_thousands_of_names_are_remembered_by_kind(self):
        names = [f"Anna {surname(i)}, an analyst, said the talks were over." for i in range(2_000)]
        memory = Memory(document("The Kremlin spoke. " + " ".join(names)), PARTIES)
        memory.read_to(len(memory.text))
        assert [one.name for one in memory.latest("institution")] == ["Kremlin"]
        people = memory.latest("person")
        assert [one.last for one in people] == sorted((one.last for one in people), reverse=True)
        assert len(people) == REACH
        both = memory.latest("institution", "person")
        assert [one.name for one in both] == [one.name for one in people]

    def test_ten_thousand_speakers_nobody_is_named_for(self):
        text = "The American said the talks were over. The ministers said so.\n\n" * 5_000
        assert len(read_statements(document(text), PARTIES)) == 10_000

    def test_ten_thousand_labels_of_a_transcript(self):
        text = "\n".join(f"{surname(i).upper()}: no" for i in range(10_000))
        labelled = document(text).paragraphs
        assert {one.section for one in labelled[1:]} == {"transcript line"}


class TestOddDocuments:
    @pytest.mark.parametrize("texts", [[], [PAGE], [PAGE, ""]])
    def test_documents_without_statements_give_empty_tables(self, texts):
        analysis = analyse([document(t, id=f"d{n}") for n, t in enumerate(texts)], PARTIES)
        assert (len(analysis.statements), len(analysis.stance)) == (0, 0)
        assert {"party", "kind", "content"} <= set(analysis.statements.columns)
        assert "No statement" in findings.headline(analysis).data
        for one in analysis.documents:
            assert marked_document(one, analysis.records)

    def test_statements_without_source_or_date_are_kept(self):
        text = "It was dark. “We shall never give up this valley or its people.”"
        analysis = analyse([document(text)], PARTIES)
        assert list(analysis.statements["party"]) == ["unresolved"]
        assert list(analysis.stance["date"]) == [""]

    def test_statements_of_other_documents_are_not_marked(self):
        long = document("It rained. " * 50 + "Iran said: “The talks have failed.”", id="long")
        short = document("Iran agreed.", id="short")
        analysis = analyse([long, short], PARTIES)
        assert "Iran agreed." in marked_document(short, analysis.records)

    def test_markup_in_a_text_stays_text(self):
        text = "<script>alert(1)</script> Iran said: “<b>The talks</b> & all have failed.”"
        page = document(text, id="<i>")
        shown = marked_document(page, read_statements(page, PARTIES))
        assert "<script" not in shown
        assert "<b>The" not in shown

    def test_another_article_under_the_id_of_an_annotated_one_has_no_annotation(self):
        other = analyse([document("Iran said: “The talks have failed.”", id="article")], PARTIES)
        assert compare_with_gold(other).gold == []
        told = findings.against_baseline(agreement_of(other), pd.DataFrame({"value": [0.5]}))
        assert "no annotation" in told.data

    def test_shares_of_no_statement_have_no_order(self):
        assert "no statement" in findings.stable(pd.DataFrame(), []).data


class TestStreams:
    def answers(self, *rows):
        done = run("statements", "-", stdin="".join(row + "\n" for row in rows).encode())
        return done.stdout.decode().splitlines(), done.stderr.decode().splitlines()

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
    def test_an_id_that_json_cannot_hold_is_refused(self, number):
        out, messages = self.answers(f'{{"id": {number}, "text": "Fine."}}')
        assert out == []
        assert [message.split(":")[0] for message in messages] == ["line 1"]

    def test_a_message_stays_on_one_line(self):
        _, messages = self.answers('{"id": "a\\nb\\r\\nc", "text": "Fine.", "date": "some day"}')
        assert len(messages) == 1
        assert messages[0].startswith(r"line 1: a\nb\r\nc: the date")

    def test_half_a_surrogate_pair_is_escaped(self):
        assert json.loads(streaming.json_line({"id": "\ud800"})) == {"id": "\ud800"}

    def test_half_a_surrogate_pair_in_the_metadata_of_a_file(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_text('---\nid: "a\\ud800"\n---\n\nAnna Roe said: “The talks have failed.”\n')
        for form in ("csv", "jsonl"):
            done = run("statements", path, "--format", form)
            assert (done.returncode, done.stderr) == (0, b"")
            assert b"The talks have failed" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [["statements", "data/article.txt"], ["statements", "-"]])
def test_a_full_disk_is_one_message(command):
    with open("/dev/full", "wb") as full:
        done = run(*command, stdin=b'{"id": 1, "text": "Fine."}\n', stdout=full)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert b"No space left" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_a_closed_stream_is_one_message(closed):
    line = f'"{sys.executable}" -m analysis statements - {closed}'
    done = subprocess.run(line, shell=True, capture_output=True, cwd=ROOT, timeout=60)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert b"closed" in done.stderr
