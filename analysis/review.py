"""The rows most worth a human look, and why."""

from __future__ import annotations

import pandas as pd

DOUBTFUL = 0.7


def review_queue(statements: pd.DataFrame, most: int = 15) -> pd.DataFrame:
    """List the statements to check first.

    Parameters
    ----------
    statements : DataFrame
        A statement table.
    most : int
        How many rows at most.

    Returns
    -------
    DataFrame
        ``statement_id``, ``reason``, ``content_confidence``, ``source_confidence``, ``source``,
        ``speaker``, ``party``, ``content``; the least sure first, unresolved speakers before.
    """
    sure = statements["content_confidence"].fillna(1.0) * statements["source_confidence"].fillna(
        1.0
    )
    reasons = [_reason(row) for row in statements.itertuples()]
    frame = statements.assign(reason=reasons, sure=sure)
    frame = frame[frame["reason"] != ""].assign(
        unresolved=lambda f: f["speaker"].astype(str) == "unresolved"
    )
    frame = frame.sort_values(["unresolved", "sure"], ascending=[False, True], kind="stable")
    columns = [
        "statement_id", "reason", "content_confidence", "source_confidence", "source", "speaker",
        "party", "content",
    ]  # fmt: skip
    return frame[columns].head(most).reset_index(drop=True)


def _reason(row: object) -> str:
    """Say what is doubtful about a statement, or ""."""
    reasons = []
    if row.speaker == "unresolved":
        reasons.append(f"speaker not resolved ({str(row.rule).rsplit('; ', 1)[-1]})")
    elif row.party == "unresolved":
        reasons.append("party not known: add the speaker to the gazetteer")
    if pd.isna(row.source_confidence):
        reasons.append("no source named")
    elif row.source_confidence < DOUBTFUL:
        reasons.append("source doubtful")
    if not pd.isna(row.content_confidence) and row.content_confidence < DOUBTFUL:
        reasons.append("may be no statement, or its words may go on elsewhere")
    return "; ".join(reasons)
