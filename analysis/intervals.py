"""Intervals for shares of statements that hold on few statements and on clustered ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

MIN_DOCUMENTS = 10
_CELLS_AT_ONCE = 1_000_000  # labels drawn and held in memory together


def jeffreys_interval(
    k: ArrayLike, n: ArrayLike, level: float = 0.95
) -> tuple[np.ndarray | float, np.ndarray | float]:
    """Return the Jeffreys interval of a share ``k / n``.

    The equal-tailed interval of the Beta(k + 1/2, n - k + 1/2) posterior, with the lower end 0
    at ``k = 0`` and the upper end 1 at ``k = n`` (Brown, Cai and DasGupta 2001, "Interval
    estimation for a binomial proportion", Statistical Science 16, section 4.1). It takes the
    ``n`` trials as independent; for statements of a few documents see `bootstrap_documents`.

    Parameters
    ----------
    k, n : int or array of int
        Hits and trials, ``0 <= k <= n``; arrays are broadcast.
    level : float
        Between 0 and 1.

    Returns
    -------
    low, high : float or ndarray
        NaN where ``n`` is 0.

    Raises
    ------
    ValueError
        If ``k`` or ``level`` is out of range.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    k, n = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    if np.any((k < 0) | (k > n)):
        raise ValueError("hits must lie between 0 and the number of trials")
    tail = (1 - level) / 2
    low = np.where(k == 0, 0.0, stats.beta.ppf(tail, k + 0.5, n - k + 0.5))
    high = np.where(k == n, 1.0, stats.beta.ppf(1 - tail, k + 0.5, n - k + 0.5))
    low, high = np.where(n == 0, np.nan, low), np.where(n == 0, np.nan, high)
    return (float(low), float(high)) if low.ndim == 0 else (low, high)


class Share(NamedTuple):
    """A share of statements with its interval.

    Attributes
    ----------
    share, low, high : float
        NaN where there is nothing to divide.
    k, n : int
        Statements that count, and all of them.
    documents : int
        Documents the statements come from.
    method : str
        How the interval was made, in words.
    """

    share: float
    low: float
    high: float
    k: int
    n: int
    documents: int
    method: str


def share_interval(
    hits: Sequence[bool] | pd.Series,
    documents: Sequence[str] | pd.Series,
    chances: ArrayLike | None = None,
    level: float = 0.95,
    n_draws: int = 2000,
    seed: int = 0,
) -> Share:
    """Return the share of statements that are hits, with an interval that holds three doubts.

    *Few statements*: the Jeffreys interval. *Statements of one document share its event, speakers
    and author*: from ``MIN_DOCUMENTS`` documents on, whole documents are also drawn with
    replacement, and the interval reaches as far as the wider of the two (the percentile
    bootstrap alone is too narrow on few documents). *The engine may be wrong about a statement*:
    with `chances`, labels are drawn from their probabilities, in each draw the share is drawn
    from its posterior, or documents are drawn, with these labels, and the interval is taken over
    all draws (multiple imputation; Rubin 1987); it is widened to hold the share that is counted.

    Parameters
    ----------
    hits : sequence of bool, one per statement
    documents : sequence of str, one per statement
        Document id of each statement.
    chances : array of float, one per statement, optional
        Probability that the statement is a hit; NaN where the label is taken as certain.
    level : float
    n_draws, seed : int

    Returns
    -------
    Share

    Raises
    ------
    ValueError
        If the lengths differ or a chance is no probability.
    """
    hit = np.asarray(hits, dtype=bool)
    codes, ids = pd.factorize(np.asarray(documents, dtype=object))
    if len(hit) != len(codes):
        raise ValueError(f"{len(hit)} hits, but {len(codes)} document ids")
    chance = _chances(hit, chances)
    k, n, m = int(hit.sum()), len(hit), len(ids)
    if n == 0:
        return Share(np.nan, np.nan, np.nan, 0, 0, 0, "no statements")
    low, high = jeffreys_interval(k, n, level)
    doubtful = bool(np.any((chance > 0) & (chance < 1)))
    method = "Jeffreys"
    if doubtful or m >= MIN_DOCUMENTS:
        drawn = _drawn(codes, hit, chance, n_draws, seed)
        tails = [50 * (1 - level), 50 * (1 + level)]
    if doubtful:
        ends = np.percentile(drawn["share"], tails)
        # as at the ends of the Jeffreys interval: none and all cannot be ruled out
        low = min(0.0 if k == 0 and (drawn["hits"] == 0).any() else ends[0], k / n)
        high = max(1.0 if k == n and (drawn["hits"] == n).any() else ends[1], k / n)
        method = f"labels drawn {n_draws} times by their probability, {method}"
    if m >= MIN_DOCUMENTS:
        ends = np.percentile(drawn["resampled"], tails)
        low, high = min(low, ends[0]), max(high, ends[1])
        method += f" and bootstrap over {m} documents, the wider"
    return Share(k / n, float(low), float(high), k, n, m, method)


def count_interval(chances: ArrayLike, level: float = 0.95) -> tuple[int, int]:
    """Return how many of some statements have a label, if each has it with its own probability.

    The central interval of the distribution that drawing every label by its probability gives
    (Poisson binomial), computed exactly. It holds doubt about the labels and no other.

    Parameters
    ----------
    chances : array of float, one per statement
    level : float

    Returns
    -------
    low, high : int
    """
    distribution = np.ones(1)
    for chance in np.sort(np.asarray(chances, dtype=float)):
        distribution = np.convolve(distribution, [1 - chance, chance])
    below, tail = np.cumsum(distribution), (1 - level) / 2
    ends = np.searchsorted(below, [tail, 1 - tail - 1e-12])
    return int(ends[0]), int(min(ends[1], len(distribution) - 1))


def _drawn(
    codes: np.ndarray, hit: np.ndarray, chance: np.ndarray, n_draws: int, seed: int
) -> dict[str, np.ndarray]:
    """Draw labels, then the share from its posterior, and the share of resampled documents."""
    # Ordered by content, so that the order in which statements are listed changes nothing.
    order = _blind_order(codes, hit, chance)
    chance, codes = chance[order], codes[order]
    first = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
    sizes = np.diff(np.r_[first, len(codes)])
    rng, m, n = np.random.default_rng(seed), len(first), len(codes)

    def draw(rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        labels = rng.random((rows, n)) < chance
        hits = labels.sum(axis=1)
        per_document = np.add.reduceat(labels, first, axis=1, dtype=np.int32)
        times = rng.multinomial(m, np.full(m, 1 / m), size=rows)
        share = rng.beta(hits + 0.5, n - hits + 0.5)
        return hits, share, np.einsum("ij,ij->i", times, per_document) / (times @ sizes)

    at_once = max(1, _CELLS_AT_ONCE // n)
    pieces = [draw(min(at_once, n_draws - done)) for done in range(0, n_draws, at_once)]
    drawn = map(np.concatenate, zip(*pieces, strict=True))
    return dict(zip(("hits", "share", "resampled"), drawn, strict=True))


def _chances(hit: np.ndarray, chances: ArrayLike | None) -> np.ndarray:
    if chances is None:
        return hit.astype(float)
    given = np.asarray(chances, dtype=float)
    if len(given) != len(hit):
        raise ValueError(f"{len(hit)} hits, but {len(given)} chances")
    if np.any((given < 0) | (given > 1)):
        raise ValueError("chances must lie between 0 and 1")
    return np.where(np.isnan(given), hit, given)


def _blind_order(codes: np.ndarray, hit: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Order statements by what their documents hold, not by name or place; documents whole."""
    content: dict[int, list[tuple[float, bool]]] = {}
    for i in np.lexsort((chance, hit, codes)):
        content.setdefault(int(codes[i]), []).append((float(chance[i]), bool(hit[i])))
    ranks = {code: rank for rank, code in enumerate(sorted(content, key=content.__getitem__))}
    return np.lexsort((chance, hit, [ranks[int(code)] for code in codes]))
