"""Agreement with gold counts what it says."""

import dataclasses

import pytest

from analysis.agreement import (
    GoldStatement,
    against_everybody,
    agreement,
    compare,
    invented_table,
    missed_table,
    stance_pairs,
    wrong_speaker_table,
)
from analysis.documents import Document
from analysis.evaluation import (
    agreement_of,
    baseline_of,
    compare_with_gold,
    error_examples,
    error_kinds,
    first_run,
    stance_errors,
)
from analysis.records import Stance, Statement

RAW = "Hask denied the raid. Velik said it rained. Orme praised the dam."


def gold(number, words, speaker, *, optional=False, targets=None, act="REJECT"):
    start = RAW.index(words)
    return GoldStatement(
        "d", f"S{number}", ((start, start + len(words)),), words, (), speaker, "", speaker,
        "Zorvia", act, frozenset([act]), targets or {}, optional, "",
    )  # fmt: skip


def found(number, words, speaker):
    start = RAW.index(words)
    return Statement(
        "d", f"d:s{number}", "", 1, "body", "indirect", ((start, start + len(words)),), words,
        words, speaker=speaker, speaker_kind="person", party="Zorvia",
    )  # fmt: skip


@pytest.fixture
def compared():
    document = Document.from_text(RAW, id="d", language_check=False)
    return compare(
        [document],
        [found(1, "the raid", "Hask"), found(2, "rained", "Orme"), found(3, "Orme", "Orme")],
        [
            gold(1, "the raid", "Hask", targets={"Kestria": "against", "Marland": "none"}),
            gold(2, "it rained", "Velik", act="COMMENT"),
            gold(3, "the dam", "Orme", act="SUPPORT", targets={"Kestria": "favor"}),
        ],
    )


def test_contents_pair_when_half_of_each_is_covered(compared):
    assert [(g.statement_id, s.statement_id) for g, s in compared.pairs] == [
        ("S1", "d:s1"),
        ("S2", "d:s2"),
    ]
    assert [g.statement_id for g in compared.missed] == ["S3"]
    assert [s.statement_id for s in compared.invented] == ["d:s3"]


def test_measures_are_shares_of_what_they_name(compared):
    stances = [
        Stance("d:s1", "d", "Zorvia", "Kestria", "REJECT", "deny", "against"),
        Stance("d:s1", "d", "Zorvia", "Marland", "REJECT", "deny", "against"),
        Stance("d:s2", "d", "Zorvia", "", "ACCUSE", "allege", None),
    ]
    table = agreement(compared, stances).set_index("measure")
    assert table.loc["statements found", "value"] == pytest.approx(2 / 3)
    assert table.loc["statements F1", "value"] == pytest.approx(2 * 2 / (3 + 3))
    assert table.loc["speaker right, of those found", "value"] == pytest.approx(1 / 2)
    assert table.loc["speech act right, of those found", "value"] == pytest.approx(1 / 2)
    assert table.loc["stance towards a target, F1", "value"] == pytest.approx(2 * 1 / (1 + 2))
    assert table.loc["no side taken where gold has none", "value"] == 0
    asked = table[table["of"] > 0]
    assert (asked["low"] <= asked["value"] + 1e-9).all()
    assert (asked["high"] >= asked["value"] - 1e-9).all()


def test_optional_statements_are_neither_missed_nor_invented():
    document = Document.from_text(RAW, id="d", language_check=False)
    result = compare(
        [document],
        [found(1, "the raid", "Hask")],
        [gold(1, "the raid", "Hask", optional=True), gold(2, "rained", "Velik", optional=True)],
    )
    assert result.missed == []
    assert result.invented == []


def test_what_was_missed_invented_or_misattributed_is_listed(compared):
    assert list(missed_table(compared)["content"]) == ["the dam"]
    assert list(invented_table(compared)["content"]) == ["Orme"]
    assert list(wrong_speaker_table(compared)["gold_speaker"]) == ["Velik"]


def test_the_baseline_answers_against_for_every_party_named(compared):
    row = against_everybody(compared, {"d:s1": ["Kestria", "Marland"]}).iloc[0]
    assert row["value"] == pytest.approx(2 * 1 / (1 + 2))


def test_a_missing_row_and_no_side_are_the_same(compared):
    table = stance_pairs(compared.pairs, [])
    assert set(table["system"]) == {"none"}


def test_the_engine_beats_the_baseline_on_the_article(article):
    table = agreement_of(article).set_index("measure")
    baseline = baseline_of(article, compare_with_gold(article)).iloc[0]["value"]
    assert table.loc["stance towards a target, F1", "value"] > baseline


def test_the_first_run_stays_as_it_was(corpus):
    table = agreement_of(first_run(corpus)).set_index("measure")
    assert table.loc["statements found", "found"] == 269
    assert table.loc["party right, of those found", "found"] == 248


def test_errors_of_stance_are_told_apart_by_kind(compared, article):
    stances = (
        Stance("d:s1", "d", "Zorvia", "Kestria", "REJECT", "deny", "favor", rule="praise"),
        Stance("d:s1", "d", "Zorvia", "Marland", "REJECT", "deny", "against", rule="praise"),
        Stance("d:s2", "d", "Zorvia", "Kestria", "ACCUSE", "allege", None, rule="none"),
    )
    records = tuple(statement for _, statement in compared.pairs)
    analysis = dataclasses.replace(article, records=records, stances=stances)
    errors = stance_errors(compared, analysis)
    kinds = dict(zip(errors["target"] + " " + errors["statement_id"], errors["error"], strict=True))
    assert kinds == {
        "Kestria d:s1": "the wrong side",
        "Marland d:s1": "a side invented",
        "Kestria d:s2": "no answer",
    }
    assert error_kinds(errors)["pairs"].sum() == 3
    lines = error_examples(errors, most=1).set_index("error")
    assert lines.loc["the wrong side", "annotation"] == "Kestria: against"
    assert lines.loc["the wrong side", "engine"] == "Kestria: favor"


def test_every_error_of_the_corpus_is_counted_once(corpus):
    compared = compare_with_gold(corpus)
    errors = stance_errors(compared, corpus)
    pairs = stance_pairs([(g, s) for g, s in compared.pairs if not g.optional], corpus.stances)
    assert len(errors) == (~pairs["right"]).sum() == error_kinds(errors)["pairs"].sum()
    assert not (errors["annotation"] == errors["engine"]).any()
