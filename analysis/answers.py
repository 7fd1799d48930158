"""Pair each denial with the accusation it answers, and list accusations nobody answers."""

from __future__ import annotations

import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

from analysis.tables import by_party

_COLUMNS = [
    "denial_id", "denial_date", "denied_by", "denial", "claim_id", "claim_date", "claimed_by",
    "claim", "found", "likeness", "statement_ids",
]  # fmt: skip


def claims_and_denials(statements: pd.DataFrame, stance: pd.DataFrame) -> pd.DataFrame:
    """Pair denials with accusations.

    A denial (REJECT, deny) by A addressed to B is paired with an accusation (ACCUSE) of A by B: in
    the same document if there is one, else in an earlier document or one of the same day. Among
    several, the one most alike in wording (cosine of TF-IDF) is taken, the later one of equals.

    Parameters
    ----------
    statements, stance : DataFrame
        A statement table and its stance table with dates.

    Returns
    -------
    DataFrame
        One row per denial and party addressed, oldest first: ``denial_id``, ``denial_date``,
        ``denied_by`` (speaker), ``denial``; ``claim_id``, ``claim_date``, ``claimed_by``,
        ``claim`` (missing where none is found); ``found`` (same document, earlier document, no
        accusation found); ``likeness`` (0 to 1); ``statement_ids``.
    """
    rows = by_party(stance[stance["stance"] == "against"])
    denials = rows[(rows["act"] == "REJECT") & (rows["mode"] == "deny")]
    claims = rows[rows["act"] == "ACCUSE"]
    words = dict(zip(statements["statement_id"], statements["content_repaired"], strict=True))
    alike = _likeness(words)
    found = []
    for denial in denials.itertuples():
        fits = claims[(claims["party"] == denial.target) & (claims["target"] == denial.party)]
        here = fits[fits["document_id"] == denial.document_id]
        earlier = fits[(fits["date"] <= denial.date) & (fits["document_id"] != denial.document_id)]
        place, pool = ("same document", here) if len(here) else ("earlier document", earlier)
        claim, best = None, -1.0
        for row in pool.itertuples():
            likeness = alike(denial.statement_id, row.statement_id)
            if likeness >= best:
                claim, best = row, likeness
        found.append(
            {
                "denial_id": denial.statement_id,
                "denial_date": denial.date,
                "denied_by": denial.speaker,
                "denial": words[denial.statement_id],
                "claim_id": claim.statement_id if claim else None,
                "claim_date": claim.date if claim else None,
                "claimed_by": claim.speaker if claim else None,
                "claim": words[claim.statement_id] if claim else None,
                "found": place if claim else "no accusation found",
                "likeness": best if claim else float("nan"),
                "statement_ids": [denial.statement_id, *([claim.statement_id] if claim else [])],
            }
        )
    frame = pd.DataFrame(found, columns=_COLUMNS)
    return frame.sort_values(["denial_date", "denial_id"], kind="stable", ignore_index=True)


def unanswered(stance: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Count the accusations between parties, and how many have a denial paired with them.

    Returns
    -------
    DataFrame
        ``accuser``, ``accused``, ``accusations``, ``answered``; most accusations first.
    """
    rows = by_party(stance[(stance["act"] == "ACCUSE") & (stance["stance"] == "against")])
    answered = set(pairs["claim_id"].dropna())
    table = (
        rows.assign(answered=rows["statement_id"].isin(answered))
        .groupby(["party", "target"], as_index=False)
        .agg(accusations=("statement_id", "size"), answered=("answered", "sum"))
        .rename(columns={"party": "accuser", "target": "accused"})
    )
    return table.sort_values("accusations", ascending=False, kind="stable", ignore_index=True)


def _likeness(words: dict[str, str]):  # noqa: ANN202 (a function of two ids)
    """Return a function that compares the wording of two statements."""
    ids = {name: row for row, name in enumerate(words)}
    texts = list(words.values())
    if not any(text.strip() for text in texts):
        return lambda a, b: 0.0
    matrix = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)

    def alike(a: str, b: str) -> float:
        return round(float(matrix[ids[a]].multiply(matrix[ids[b]]).sum()), 3)

    return alike
