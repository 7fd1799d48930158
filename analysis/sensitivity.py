"""Recompute a result with and without the rows one may doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from analysis.counts import stances_by_party
from analysis.intervals import Share, share_interval
from analysis.review import DOUBTFUL
from analysis.shares import share_against as against_of
from analysis.terms import parties_of, without_repeats

SCARE_QUOTE_WORDS = 4
_READ = "statement_id document_id party target stance stance_confidence".split()
Keep = Callable[[pd.DataFrame], pd.DataFrame]


def _longest_fragment(fragments: list[str]) -> int:
    return max((len(fragment.split()) for fragment in fragments), default=0)


def _without_scare_quotes(frame: pd.DataFrame) -> pd.DataFrame:
    words = frame["fragments"].map(_longest_fragment)
    return frame[(words == 0) | (words >= SCARE_QUOTE_WORDS)]


def _without_low_confidence(frame: pd.DataFrame) -> pd.DataFrame:
    sure = frame["content_confidence"].fillna(1.0) * frame["source_confidence"].fillna(1.0)
    return frame[sure >= DOUBTFUL]


VARIANTS: dict[str, Keep] = {
    "all statements": lambda frame: frame,
    "without indirect statements": lambda frame: frame[frame["kind"] != "indirect"],
    "without scare quotes": _without_scare_quotes,
    "without the headline": lambda frame: frame[frame["section"] != "headline"],
    "without unresolved speakers": lambda frame: frame[frame["party"] != "unresolved"],
    "repeated quotations once": without_repeats,
    "without low-confidence rows": _without_low_confidence,
}
#: What the variants leave out of the stance table, beyond the stances of statements left out.
STANCE_VARIANTS: dict[str, Keep] = {
    "without denials": lambda rows: rows[
        ~(rows["act"].eq("REJECT") & rows["mode"].eq("deny")).fillna(False)
    ],
    "without low-confidence rows": lambda rows: rows[
        rows["stance_confidence"].fillna(1.0) >= DOUBTFUL
    ],
}


def variants_of(statements: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the statement table under each variant, the whole table first.

    Scare quotes are statements whose longest quoted fragment has fewer than four words; a
    low-confidence row is one whose content and source are both right with a probability under
    ``review.DOUBTFUL``.
    """
    return {name: keep(statements) for name, keep in VARIANTS.items()}


def stance_variants_of(
    statements: pd.DataFrame, stance: pd.DataFrame
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the stance table under each variant, the whole table first.

    The variants are those of `variants_of`, and one without denials; low confidence is that of
    the statement or of its stance.
    """
    for name in [*VARIANTS, *(name for name in STANCE_VARIANTS if name not in VARIANTS)]:
        kept = VARIANTS[name](statements) if name in VARIANTS else statements
        rows = stance[stance["statement_id"].isin(kept["statement_id"])]
        yield name, STANCE_VARIANTS[name](rows) if name in STANCE_VARIANTS else rows


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
        ``variant``, ``party``, ``value`` (share, 0 to 1; a joint statement counts for each of
        its parties), ``low``, ``high`` (95 % interval of `analysis.intervals.share_interval`),
        ``k`` (statements of the party), ``n`` (all statements), ``method`` (of the interval),
        ``statement_ids``.
    """
    rows = []
    for variant, frame in variants_of(statements).items():
        said = [parties_of(cell) for cell in frame["party"].tolist()]
        for party in parties:
            mine = pd.Series([party in names for names in said], index=frame.index, dtype=bool)
            got = share_interval(mine, frame["document_id"])
            rows.append(_row(variant, party, got, list(frame.loc[mine, "statement_id"])))
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
        party's statements about the target that have an answer. The interval also holds the
        engine's doubt about its labels.
    """
    rows = []
    for variant, frame in stance_variants_of(statements, stance[[*_READ, "act", "mode"]]):
        table = stances_by_party(frame[_READ])
        for party, target in ties:
            own = table[(table["party"] == party) & (table["target"] == target)]
            ids = list(own.loc[own["stance"] == "against", "statement_id"])
            rows.append(_row(variant, f"{party} on {target}", against_of(own), ids))
    return pd.DataFrame(rows)


def _row(variant: str, party: str, got: Share, ids: list[str]) -> dict:
    return {
        "variant": variant,
        "party": party,
        "value": got.share,
        "low": got.low if got.n else 0.0,
        "high": got.high if got.n else 1.0,
        "k": got.k,
        "n": got.n,
        "method": got.method,
        "statement_ids": ids,
    }
