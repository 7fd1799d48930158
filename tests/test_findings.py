"""Sentences with numbers say what the tables say, also where there is nothing to say."""

from types import SimpleNamespace

import pandas as pd

from analysis import findings
from analysis.act_evaluation import own_table
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
    assert "annotation" not in text
    gold = dict.fromkeys(["against_gold", "n_gold", "against_others_gold", "n_others_gold"], 7)
    held = findings.by_target(table.assign(**gold, holds=True)).data
    assert held.endswith("By the annotation they differ too.")
    failed = findings.by_target(table.assign(**gold, holds=False)).data
    assert failed.count("(7 of 7 against; on all others 7 of 7)") == table["finding"].sum()
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
    assert f"{counts['answered'].sum()} of {counts['accusations'].sum()} accusations have" in text
    near = (pairs["paired_by"] == "nearness").sum()
    assert f"{near} of the {pairs['claim_id'].notna().sum()} pairs rest on nearness" in text
    assert "**" not in text, "a list to check is no finding"
    assert findings.answers_given(pd.DataFrame(), counts).data == "Nobody denies anything here."


def test_a_distinctive_term_is_told_with_the_documents_it_rests_on(corpus):
    ids = list(corpus.statements["statement_id"].iloc[[0, -1]])
    row = {"term": "grain", "count_party": 2, "count_rest": 0, "significant": True}
    table = pd.DataFrame([row | {"log_odds": 1.0, "statement_ids": "; ".join(ids)}])
    text = findings.distinctive(table, "Marland", corpus.statements).data
    assert "of 1 terms tested 1 is significantly" in text
    assert "“grain” (2 to 0; 2 documents of 2 days)" in text
    none = findings.distinctive(table.assign(significant=False), "Marland", corpus.statements)
    assert "none is significantly" in none.data


def test_sides_only_the_engine_sees_are_told_as_its_errors():
    both = pd.DataFrame(
        [("Marland", "Zorvia", 2, 1, 3, 1), ("Zorvia", "Marland", 1, 2, 0, 3)],
        columns=["party", "target", "against", "favor", "against_gold", "favor_gold"],
    )
    text = findings.sides_changed(both).data
    assert "made by Marland on Zorvia (3 against, 1 in favor)." in text
    assert "1 pair of party and target only seem" in text
    assert "Zorvia on Marland (1 against, 2 in favor; the annotation has 0 and 3)" in text
    none = findings.sides_changed(both.iloc[1:]).data
    assert "no party is on both sides of a target" in none


def test_bars_that_the_annotation_does_not_know_are_named():
    columns = ["row", "tie", "column", "pairs", "annotated"]
    rows = [
        ("Marland", "accuses", "Zorvia", 5, 4),
        ("Marland", "supports", "Zorvia", 2, 0),
        ("Zorvia", "denies", "US", 3, 0),
        ("Zorvia", "accuses", "US", 0, 2),
    ]
    table = pd.DataFrame(rows, columns=columns)
    text = findings.beside_annotation(table).data
    assert text.startswith("In 2 of 3 bars the annotation has none")
    assert text.endswith("Zorvia denying to the US (3) and Marland supporting Zorvia (2).")
    assert "In every bar" in findings.beside_annotation(table.head(1)).data
    assert "no annotation" in findings.beside_annotation(table.drop(columns="annotated")).data


def test_statements_without_act_and_targets_without_answer_are_counted():
    columns = ["statement_id", "target", "act", "stance"]
    rows = [
        ("s1", "Zorvia", "ACCUSE", "against"),
        ("s1", "Marland", "ACCUSE", None),
        ("s2", "", "COMMENT", None),
    ]
    table = pd.DataFrame(rows, columns=columns)
    text = findings.answered(SimpleNamespace(stance=table)).data
    assert text.startswith("Each of the 2 statements was given a speech act. For 1 of 2 (50 %)")
    whole = findings.answered(SimpleNamespace(stance=table.drop(1))).data
    assert whole == "Each of the 2 statements was given a speech act."
    unread = findings.answered(SimpleNamespace(stance=table.assign(act=None))).data
    assert unread.startswith("2 of 2 (100 %) statements were given no speech act.")


def test_the_direction_of_errors_is_told_for_both_sides():
    def told(*rows):
        table = pd.DataFrame(list(rows), index=["against", "none", "favor"]).astype(int)
        table.columns = [f"engine: {side}" for side in ("against", "none", "favor", "abstained")]
        return findings.direction_of_errors(table.reset_index(names="annotation")).data

    text = told((5, 3, 0, 1), (1, 9, 2, 0), (0, 0, 4, 0))
    assert "misses blame more often than it invents it:** it misses 4 of 9 pairs" in text
    assert "and 1 of the 6 it reports are not" in text
    assert "invents support more often than it misses it:** it misses 0 of 4 pairs" in text
    assert "misses blame as often as it invents it" in told(
        (5, 1, 0, 0), (1, 9, 0, 0), (0, 0, 4, 0)
    )
    assert "no annotation" in told(*[(0, 0, 0, 0)] * 3)


def test_what_is_reached_on_unseen_writers_is_that_of_the_stored_figures():
    own = own_table()
    text = findings.unseen_writers(own).data
    assert f"**{own.attrs['stance']['macro F1']:.2f}**" in text
    assert f"({own['sentences'].sum():,} sentences)" in text


def test_shares_are_surely_on_one_side_or_open():
    columns = ["party", "target", "share", "mostly"]
    rows = [
        ("Marland", "Zorvia", 0.9, "against"),
        ("Zorvia", "US", 0.7, "open"),
        ("Zorvia", "Marland", 0.5, "open"),
        ("Kestria", "Zorvia", float("nan"), ""),
    ]
    table = pd.DataFrame(rows, columns=columns)
    text = findings.surely_against(table).data
    assert text.startswith("Of 3 pairs")
    assert "surely mostly against: 1 (Marland on Zorvia); surely mostly not: 0;" in text
    assert text.endswith("the interval holds one half: 2**.")
    assert "No pair" in findings.surely_against(table.tail(1)).data


def test_who_denies_more_often_than_accuses_is_named_beside_the_annotation():
    columns = ["statement_id", "party", "act", "mode"]
    rows = [
        ("s1", "Marland", "ACCUSE", "allege"),
        ("s1", "Marland", "ACCUSE", "allege"),  # of a second target: the same statement
        ("s2", "Zorvia", "REJECT", "deny"),
        ("s3", "Marland; Zorvia", "ACCUSE", "disapprove"),
        ("s4", "Zorvia", "REJECT", "deny"),
        ("s5", "Marland", "REJECT", "refuse"),  # no denial
        ("s6", "Marland", "REJECT", "deny"),
    ]
    table = pd.DataFrame(rows, columns=columns)
    text = findings.denials_beside_accusations(table, table.head(3)).data
    assert "Marland 2 and 1 (1 and 0); Zorvia 1 and 2 (0 and 1)." in text
    assert text.endswith("**More often denying than accusing: Zorvia.**")
    few = findings.denials_beside_accusations(table.tail(4), table.head(0)).data
    assert "annotation" not in few
    assert few.endswith("**No party denies more often than it accuses.**")
    assert "Nobody denies" in findings.denials_beside_accusations(table.head(2), table).data
