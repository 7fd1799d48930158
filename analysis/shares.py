"""Shares of a party's statements that are against a target, with everything that is in doubt."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.counts import stances_by_party
from analysis.intervals import Share, share_interval

#: Fewer answered statements are shown one by one: no share, no interval.
FEW = 5


def share_against(rows: pd.DataFrame) -> Share:
    """Return the share of answered statements that are against their target.

    Parameters
    ----------
    rows : DataFrame
        Rows of `analysis.counts.stances_by_party` about one target; those without an answer are
        left out.

    Returns
    -------
    Share
        The interval holds few statements, documents, and labels in doubt
        (`analysis.intervals.share_interval`).
    """
    answered = rows[rows["stance"] != ""]
    hits = answered["stance"] == "against"
    return share_interval(hits, answered["document_id"], answered["against_chance"])


def shares_against(stances: pd.DataFrame) -> pd.DataFrame:
    """Compute, per party and target, the share of statements that are against the target.

    Parameters
    ----------
    stances : DataFrame
        The stance table.

    Returns
    -------
    DataFrame
        ``party``, ``target``, ``against``, ``n`` (statements with an answer), ``no_answer``,
        ``share``, ``low``, ``high`` (95 % interval; these three missing under ``FEW``
        statements), ``least``, ``most`` (the share if no statement, or every statement, without
        an answer were against), ``method``, ``statement_ids``; most statements first. A party's
        statements about itself are left out.
    """
    rows = stances_by_party(stances)
    rows = rows[(rows["target"] != "") & (rows["target"] != rows["party"])]
    found = []
    for (party, target), own in rows.groupby(["party", "target"], sort=True):
        got = share_against(own)
        unknown = len(own) - got.n
        enough = got.n >= FEW
        found.append(
            {
                "party": party,
                "target": target,
                "against": got.k,
                "n": got.n,
                "no_answer": unknown,
                "share": got.share if enough else float("nan"),
                "low": got.low if enough else float("nan"),
                "high": got.high if enough else float("nan"),
                "least": got.k / len(own),
                "most": (got.k + unknown) / len(own),
                "method": got.method if enough else "single statements",
                "statement_ids": list(own["statement_id"]),
            }
        )
    columns = "party target against n no_answer share low high least most method".split()
    table = pd.DataFrame(found, columns=[*columns, "statement_ids"])
    return table.sort_values(
        ["n", "party", "target"], ascending=[False, True, True], ignore_index=True
    )


def interval_words(methods: Iterable[str]) -> str:
    """Say for a figure how its intervals were made."""
    methods = list(methods)
    words = "95 % intervals (Jeffreys"
    if any("bootstrap" in method for method in methods):
        words += ", or over documents where wider"
    if any("labels drawn" in method for method in methods):
        words += "; doubt about labels included"
    return f"{words})"
