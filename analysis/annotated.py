"""The hand annotation as a stance table, to lay its counts beside those of the engine."""

from __future__ import annotations

import pandas as pd

from analysis.agreement import Comparison
from analysis.evaluation import compare_with_gold
from analysis.pipeline import Analysis

_COLUMNS = ["statement_id", "document_id", "date", "party", "target", "act", "mode", "stance"]


def annotated_stance(analysis: Analysis) -> pd.DataFrame:
    """Return the stance table that the annotation of the same documents gives.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    DataFrame
        ``statement_id`` (document and statement of the annotation), ``document_id``, ``date``,
        ``party``, ``target`` (``""`` for an act without one), ``act``, ``mode``, ``stance``: the
        columns of `analysis.tables.stance_table` that counts need. Statements the annotation leaves
        open (optional ones) are not in it. No rows where a document has no annotation: counts over
        different documents do not compare.
    """
    gold = compare_with_gold(analysis).gold
    dates = {d.id: d.date for d in analysis.documents}
    if {g.document_id for g in gold} != set(dates):
        gold = []
    rows = [
        (
            *(f"{g.document_id}:{g.statement_id}", g.document_id, dates[g.document_id]),
            *(g.party, target, g.act, g.mode, stance),
        )
        for g in gold
        if not g.optional
        for target, stance in (g.targets or {"": None}).items()
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def claims_beside_annotation(claims: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    """Say of each accusation whether the annotation has it too.

    Parameters
    ----------
    claims : DataFrame
        With ``claim_id`` and ``accused`` (`analysis.answers.unanswered_claims`).
    comparison : Comparison
        Of the same statements.

    Returns
    -------
    DataFrame
        With ``annotation`` after ``accused``: ``the same``; ``no accusation``, or not of this
        party; ``no such statement``.
    """
    partners = {statement.statement_id: gold for gold, statement in comparison.pairs}
    answers = []
    for name, accused in zip(claims["claim_id"], claims["accused"], strict=True):
        gold = partners.get(name)
        if gold is None:
            answers.append("no such statement")
        elif "ACCUSE" in gold.acts and gold.targets.get(accused) == "against":
            answers.append("the same")
        else:
            answers.append("no accusation")
    beside = claims.copy()
    beside.insert(beside.columns.get_loc("accused") + 1, "annotation", answers)
    return beside
