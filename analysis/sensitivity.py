"""Recompute a result with and without the rows one may doubt."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.intervals import jeffreys_interval
from analysis.terms import without_repeats

SCARE_QUOTE_WORDS = 4
Keep = Callable[[pd.DataFrame], pd.DataFrame]


def _longest_fragment(fragments: list[str]) -> int:
    return max((len(fragment.split()) for fragment in fragments), default=0)


def _without_scare_quotes(frame: pd.DataFrame) -> pd.DataFrame:
    words = frame["fragments"].map(_longest_fragment)
    return frame[(words == 0) | (words >= SCARE_QUOTE_WORDS)]


VARIANTS: dict[str, Keep] = {
    "all statements": lambda frame: frame,
    "without indirect statements": lambda frame: frame[frame["kind"] != "indirect"],
    "without scare quotes": _without_scare_quotes,
    "without the headline": lambda frame: frame[frame["section"] != "headline"],
    "without unresolved speakers": lambda frame: frame[frame["party"] != "unresolved"],
    "repeated quotations once": without_repeats,
}


def variants_of(statements: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the statement table under each variant, the whole table first.

    Scare quotes are statements whose longest quoted fragment has fewer than four words.
    """
    return {name: keep(statements) for name, keep in VARIANTS.items()}


def share_of_statements(statements: pd.DataFrame, parties: list[str]) -> pd.DataFrame:
    """Compute each party's share of the statements under every variant.

    Parameters
    ----------
    statements : DataFrame
        A statement table.
    parties : list of str

    Returns
    -------
    DataFrame
        ``variant``, ``party``, ``value`` (share, 0 to 1), ``low``, ``high`` (95 % Jeffreys
        interval), ``k`` (statements of the party), ``n`` (all statements), ``statement_ids``.
    """
    rows = []
    for variant, frame in variants_of(statements).items():
        for party in parties:
            mine = frame[frame["party"] == party]
            rows.append(_row(variant, party, list(mine["statement_id"]), len(frame)))
    return pd.DataFrame(rows)


def share_against(
    statements: pd.DataFrame, stance: pd.DataFrame, ties: list[tuple[str, str]]
) -> pd.DataFrame:
    """Compute the share of a party's statements about a target that are against it.

    Parameters
    ----------
    statements, stance : DataFrame
        A statement table and its stance table.
    ties : list of (party, target)

    Returns
    -------
    DataFrame
        As `share_of_statements`; ``party`` reads ``"US on Russia"`` and ``n`` counts the
        party's statements about the target that have an answer.
    """
    rows = []
    for variant, frame in variants_of(statements).items():
        kept = stance[stance["statement_id"].isin(frame["statement_id"]) & stance["stance"].notna()]
        for party, target in ties:
            about = kept[(kept["party"] == party) & (kept["target"] == target)]
            against = about[about["stance"] == "against"]
            rows.append(
                _row(variant, f"{party} on {target}", list(against["statement_id"]), len(about))
            )
    return pd.DataFrame(rows)


def _row(variant: str, party: str, ids: list[str], n: int) -> dict:
    low, high = jeffreys_interval(len(ids), n) if n else (0.0, 1.0)
    return {
        "variant": variant,
        "party": party,
        "value": len(ids) / n if n else float("nan"),
        "low": float(low),
        "high": float(high),
        "k": len(ids),
        "n": n,
        "statement_ids": ids,
    }
