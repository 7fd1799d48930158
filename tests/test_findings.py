"""Sentences with numbers say what the tables say, also where there is nothing to say."""

import pandas as pd

from analysis import findings
from analysis.answers import claims_and_denials, unanswered
from analysis.contrasts import stance_contrasts, stance_shifts
from analysis.reliability import reliability


def named(table):
    return table.rename(columns={"first": "annotation", "second": "engine"})


def test_agreement_beyond_chance_names_its_units():
    acts = named(reliability(["ACCUSE"] * 3 + ["REJECT"], ["ACCUSE"] * 3 + ["REJECT"]))
    stances = named(reliability(["against", "none"], ["none", "against"]))
    text = findings.beyond_chance(acts, stances).data
    assert "Speech acts (4 statements): the same in 100 %, Cohen’s kappa **1.00**" in text
    assert "Stance (2 statement and target pairs): the same in 0 %" in text
    nothing = named(reliability([], []))
    assert "no annotation" in findings.beyond_chance(nothing, nothing).data


def test_differences_between_targets_are_listed_or_denied(corpus):
    table = stance_contrasts(corpus.stance)
    text = findings.by_target(table).data
    assert text.startswith(f"Of {len(table)} pairs of party and target tested")
    assert text.count("% against") == table["finding"].sum()
    assert "none differs" in findings.by_target(table.assign(finding=False)).data
    assert "enough statements" in findings.by_target(table.head(0)).data


def test_a_change_is_told_or_the_nearest_to_one(corpus):
    table = stance_shifts(corpus.stance, "2023-01-01", n_permutations=99)
    none = findings.over_time(table.assign(finding=False)).data
    assert f"p = {table['p'].iloc[0]:.2f}" in none
    some = findings.over_time(table.assign(finding=True)).data
    assert f"{len(table)} change beyond chance" in some
    assert "enough statements in both" in findings.over_time(table.head(0)).data


def test_denials_and_accusations_are_counted(corpus):
    pairs = claims_and_denials(corpus.statements, corpus.stance)
    counts = unanswered(corpus.stance, pairs)
    text = findings.answers_given(pairs, counts).data
    assert text.startswith(f"{len(pairs)} denials")
    assert f"{pairs['claim_id'].isna().sum()} without" in text
    assert f"Of {counts['accusations'].sum()} accusations {counts['answered'].sum()} (" in text
    assert findings.answers_given(pd.DataFrame(), counts).data == "Nobody denies anything here."
