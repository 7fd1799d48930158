"""Whom a statement is asked about that names no other party, and which sides are not given up."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import learned_stance
from analysis.act_features import NAME, SOURCE, TARGET, clause_features, word_features
from analysis.act_model import stored_models
from analysis.coded_sentences import as_document, gazetteer
from analysis.recalled_parties import recalled
from analysis.stance import read_all, stance_rows

ROOMS = Path(learned_stance.__file__).parent


def last(*parts):
    """The reading of the last of some statements (party, cue, content)."""
    document, statements = as_document(parts)
    return read_all(statements, document, gazetteer())[-1][0]


def meant(*parts):
    reading = last(*parts)
    return recalled(reading.scene, reading.reporting)


CHARGE = ("Velmark", "said", "Caldria had mined the channel")


def test_a_word_that_points_back_recalls_who_spoke_before():
    assert meant(CHARGE, ("Caldria", "said", "they had made it all up")) == {
        "Velmark": "speaker before"
    }


def test_the_speakers_own_party_is_never_recalled():
    assert "Caldria" not in meant(CHARGE, ("Caldria", "said", "these charges were invented"))


def test_one_who_spoke_and_one_who_was_spoken_of_are_both_recalled():
    found = meant(CHARGE, ("Ossland", "said", "“They must stop this at once.”"))
    assert found == {"Velmark": "speaker before", "Caldria": "named before"}


@pytest.mark.parametrize(
    "content",
    ["Tamuria and these boats were harmless", "the harvest had been good", "prices rose in May"],
)
def test_nobody_is_recalled_where_another_is_named_or_no_word_points_back(content):
    assert meant(CHARGE, ("Ossland", "said", content)) == {}


def test_nobody_is_recalled_without_anything_before():
    assert meant(("Ossland", "said", "they must stop this at once")) == {}


def test_of_those_recalled_one_at_most_gets_a_side():
    parts = (CHARGE, ("Ossland", "said", "“They are criminals and this is a disgrace.”"))
    document, statements = as_document(parts)
    rows = stance_rows(statements, document, gazetteer())
    sided = [
        r for r in rows if r.statement_id == statements[-1].statement_id and r.stance != "none"
    ]
    assert len([row for row in sided if row.target]) <= 1


# Sides that the models may not give up.


@pytest.mark.parametrize(
    ("cue", "content", "side"),
    [
        ("condemned", "Velmark for the raid", "against"),
        ("said", "Velmark had raided the port", "none"),
    ],
)
def test_a_side_stands_against_the_model_where_the_reporting_verb_performs_it(
    cue, content, side, monkeypatch
):
    shares = {"against": 0.12, "none": 0.88, "favor": 0.0}
    monkeypatch.setattr(stored_models()["stance"], "shares", lambda *_: shares)
    document, statements = as_document([("Caldria", cue, content)])
    (row,) = stance_rows(statements, document, gazetteer())
    assert (row.target, row.stance) == ("Velmark", side)


@pytest.mark.parametrize("opening", learned_stance._BY_DOCUMENT)
def test_rules_that_rest_on_the_document_still_begin_so(opening):
    rooms = [path for path in ROOMS.glob("*.py") if path.name != "learned_stance.py"]
    assert any(f'"{opening}' in path.read_text("utf-8") for path in rooms)


# What is seen of clauses.


def test_words_of_the_targets_clause_are_told_from_those_of_others():
    told = ["the", "talks", "failed", ",", "but", TARGET, "bombed", "ports", ",", "said", NAME]
    names = clause_features(["said"], told)
    assert {"c^said", "u^bombe", "u^ports"} <= set(names)
    assert not {"t^talks", "u^said"} & set(names)


def test_what_follows_a_negation_is_told_and_each_name_stands_once():
    names = clause_features([], [TARGET, "did", "not", "shell", "the", "town", "not", "shell"])
    assert "n^shell" in names
    assert len(names) == len(set(names))
    words = word_features([SOURCE, "met", TARGET, "met"])
    assert len(words) == len(set(words))
