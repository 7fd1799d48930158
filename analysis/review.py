"""The rows most worth a human look, and why."""

from __future__ import annotations

import pandas as pd

from analysis.speaker_confidence import way_of

DOUBTFUL = 0.7
DOUBTFUL_SPEAKER = 0.9  # speakers are surer than spans: about one row in ten lies below
_PROBABILITIES = ("content_confidence", "source_confidence", "speaker_confidence")
_WHY = {
    "quotation goes on": "taken over from the quotation before",
    "name of country or body": "a country or institution may stand for somebody else",
    "surname": "known by the surname alone",
    "name not in the gazetteer": "the gazetteer does not know the name",
    "office holder": "by the office held at that date",
    "office by context": "the office says of no country, the context does",
    "title named before": "a title, taken for somebody named before",
    "title named after": "a title, taken for somebody named after it",
    "speaker before": "a pronoun, taken for the speaker before",
    "pronoun and a name": "a pronoun, taken for somebody named near it",
    "unnamed person": "nobody named: taken for the one who spoke before, or for the country",
    "several named": "several seem to speak together",
    "body by context": "an institution told by the context alone",
    "description": "nobody named: the country or institution speaks",
    "private person": "private persons speak for no state",
}


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
        ``statement_id``, ``reason``, ``content_confidence``, ``source_confidence``,
        ``speaker_confidence``, ``source``, ``speaker``, ``party``, ``content``; the least sure
        first, unresolved speakers before.
    """
    sure = statements[list(_PROBABILITIES)].fillna(1.0).prod(axis=1)
    reasons = [_reason(row) for row in statements.itertuples()]
    frame = statements.assign(reason=reasons, sure=sure)
    frame = frame[frame["reason"] != ""].assign(
        unresolved=lambda f: f["speaker"].astype(str) == "unresolved"
    )
    frame = frame.sort_values(["unresolved", "sure"], ascending=[False, True], kind="stable")
    columns = [
        "statement_id", "reason", *_PROBABILITIES, "source", "speaker", "party", "content",
    ]  # fmt: skip
    return frame[columns].head(most).reset_index(drop=True)


def _reason(row: object) -> str:
    """Say what is doubtful about a statement, or ""."""
    reasons = []
    if row.speaker == "unresolved":
        reasons.append(f"speaker not resolved ({str(row.rule).rsplit('; ', 1)[-1]})")
    elif row.party == "unresolved":
        reasons.append("party not known: add the speaker to the gazetteer")
    elif not pd.isna(row.speaker_confidence) and row.speaker_confidence < DOUBTFUL_SPEAKER:
        why = _WHY.get(way_of(str(row.rule)))
        reasons.append(f"speaker doubtful ({why})" if why else "speaker doubtful")
    if pd.isna(row.source_confidence):
        reasons.append("no source named")
    elif row.source_confidence < DOUBTFUL:
        reasons.append("source doubtful")
    if not pd.isna(row.content_confidence) and row.content_confidence < DOUBTFUL:
        reasons.append("may be no statement, or its words may go on elsewhere")
    return "; ".join(reasons)
