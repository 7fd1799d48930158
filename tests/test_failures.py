"""The examples of failure are of the project's own making, and what the engine reads is live."""

import shutil

import pytest

from analysis.documents import Document
from analysis.failures import EXAMPLES, failure_examples
from analysis.parties import Parties
from analysis.pipeline import read_statements


@pytest.fixture(scope="module")
def examples():
    return failure_examples()


def test_every_way_of_failing_has_examples(examples):
    by_failure = examples.groupby("failure")["same"].value_counts().unstack(fill_value=0)
    assert set(by_failure.index) >= {"missed", "invented", "wrong extent", "wrong speaker"}
    wrong = by_failure.drop(index="rightly left open", errors="ignore")
    assert (wrong["no"] >= 1).all(), "an example that no longer fails shows no failure"
    assert len(examples) >= 12


def test_what_the_engine_reads_is_what_it_reads_now(examples):
    parties = Parties.from_toml(EXAMPLES / "parties.toml")
    for row in examples.itertuples():
        document = Document.from_text(row.sentence, id="x", language_check=False)
        found = read_statements(document, parties)
        contents = [statement.content_repaired for statement in found]
        assert all(content in row.the_engine_reads for content in contents)
        assert bool(contents) == (row.the_engine_reads != "no statement")


def test_nobody_real_is_quoted(examples):
    known = Parties.from_toml()
    assert not [s for s in examples["sentence"] if known.find(s)]


def test_a_sentence_that_is_read_right_is_said_to_be_right(tmp_path):
    shutil.copy(EXAMPLES / "parties.toml", tmp_path)
    entry = (
        '[[example]]\nfailure = "none"\nphenomenon = "plain"\n'
        'text = "Marland said the gates would hold."\nreads = [["{}", "the gates would hold"]]\n'
    )
    both = entry.format("Marland") + entry.format("Zorvia")
    (tmp_path / "failures.toml").write_text(both, "utf-8")
    assert list(failure_examples(tmp_path)["same"]) == ["yes", "no"]


def test_an_example_with_a_missing_key_is_named(tmp_path):
    shutil.copy(EXAMPLES / "parties.toml", tmp_path)
    (tmp_path / "failures.toml").write_text('[[example]]\ntext = "Marland spoke."\n', "utf-8")
    with pytest.raises(ValueError, match=r"failures\.toml, example 1: give"):
        failure_examples(tmp_path)
