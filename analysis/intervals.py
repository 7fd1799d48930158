"""Intervals for shares of statements that hold on few statements and on clustered ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

MIN_DOCUMENTS = 10


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
        NaN where there is nothing to divide or too little for an interval.
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


def bootstrap_documents(
    hits: Sequence[bool] | pd.Series,
    documents: Sequence[str] | pd.Series,
    level: float = 0.95,
    n_resamples: int = 4999,
    seed: int = 0,
) -> Share:
    """Return the share of statements that are hits, with an interval over documents.

    Statements of one document share its event, speakers and author, so whole documents are drawn
    with replacement (percentile interval). Where the bootstrap cannot work, because every
    statement or none is a hit, or because there are fewer than ``MIN_DOCUMENTS`` documents, the
    Jeffreys interval over statements is given instead and ``method`` says so: it takes
    statements as independent, and may be too narrow.

    Parameters
    ----------
    hits : sequence of bool, one per statement
    documents : sequence of str, one per statement
        Document id of each statement.
    level : float
    n_resamples : int
    seed : int

    Returns
    -------
    Share
    """
    hit = np.asarray(hits, dtype=bool)
    codes, ids = pd.factorize(np.asarray(documents, dtype=object))
    if len(hit) != len(codes):
        raise ValueError(f"{len(hit)} hits, but {len(codes)} document ids")
    k, n, m = int(hit.sum()), len(hit), len(ids)
    if n == 0:
        return Share(np.nan, np.nan, np.nan, 0, 0, 0, "no statements")
    if m < MIN_DOCUMENTS or k in (0, n):
        low, high = jeffreys_interval(k, n, level)
        return Share(k / n, low, high, k, n, m, "Jeffreys, statements taken as independent")
    # Sorted by their counts: the order in which documents are listed then changes nothing.
    pairs = np.column_stack([np.bincount(codes, hit), np.bincount(codes)])
    pairs = pairs[np.lexsort(pairs.T)]
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(m, np.full(m, 1 / m), size=n_resamples) @ pairs
    tail = 50 * (1 - level)
    low, high = np.percentile(drawn[:, 0] / drawn[:, 1], [tail, 100 - tail])
    method = f"bootstrap over {m} documents, {n_resamples} resamples, seed {seed}"
    return Share(k / n, float(low), float(high), k, n, m, method)
