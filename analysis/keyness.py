"""Keyness: the terms that set the statements of one party apart from those of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import xlogy
from scipy.stats import false_discovery_control, hypergeom

from analysis.terms import (
    ID_SEPARATOR,
    UNRESOLVED,
    PartyTfidf,
    as_counted,
    fit_terms,
    members,
    parties_of,
    texts_of,
)
from analysis.vocabulary import word_count

# Below this a comparison is not begun. Above it, the terms that could not become significant
# wherever their statements fell are not tested, and where none is left the answer is the same.
MIN_STATEMENTS = 5
MIN_WORDS = 50

COLUMNS = [
    "party",
    "against",
    "term",
    "count_party",
    "count_rest",
    "statements_party",
    "statements_rest",
    "per_1000_party",
    "per_1000_rest",
    "log_odds",
    "low",
    "high",
    "z",
    "g2",
    "log_ratio",
    "log_ratio_low",
    "log_ratio_high",
    "p",
    "p_adjusted",
    "significant",
    "statement_ids",
    "statement_ids_rest",
]
_DRAWS_AT_ONCE = 4_000_000  # cells of the permutation matrix held in memory


def log_odds_ratio(
    a: np.ndarray, b: np.ndarray, n_a: float, n_b: float, alpha: np.ndarray, alpha_0: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the weighted log-odds ratio with a Dirichlet prior, and its z.

    Monroe, Colaresi and Quinn (2008), "Fightin' words", Political Analysis 16, equations 16, 20
    and 22. The z counts tokens as independent; it ranks terms and is no test here.

    Parameters
    ----------
    a, b : ndarray
        Uses of each term on the two sides.
    n_a, n_b : float
        Words of the two sides.
    alpha : ndarray
        Prior uses of each term, above 0.
    alpha_0 : float
        Prior words in all.
    """
    log_odds = np.log((a + alpha) / (n_a + alpha_0 - a - alpha)) - np.log(
        (b + alpha) / (n_b + alpha_0 - b - alpha)
    )
    return log_odds, log_odds / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))


def log_likelihood(a: np.ndarray, b: np.ndarray, n_a: float, n_b: float) -> np.ndarray:
    """Return the log-likelihood ratio G2 of each term, from its table of two rows and columns.

    Dunning (1993), "Accurate methods for the statistics of surprise and coincidence",
    Computational Linguistics 19: 2 times the sum of O ln(O / E) over the four cells (uses of the
    term and of other words, on either side). Parameters as in `log_odds_ratio`.
    """
    rate = (a + b) / (n_a + n_b)
    observed = (a, b, n_a - a, n_b - b)
    expected = (n_a * rate, n_b * rate, n_a * (1 - rate), n_b * (1 - rate))
    cells = [xlogy(o, np.where(o > 0, o, 1) / e) for o, e in zip(observed, expected, strict=True)]
    return 2 * sum(cells)


def log_ratio(a: np.ndarray, b: np.ndarray, n_a: np.ndarray, n_b: np.ndarray) -> np.ndarray:
    """Return the effect size: the binary logarithm of the ratio of rates (1 is twice as often).

    Half a use is added on each side, so that a term one side never says has a finite ratio.
    """
    return np.log2((a + 0.5) / n_a) - np.log2((b + 0.5) / n_b)


def permutation_p(
    counts: np.ndarray, words: np.ndarray, side: np.ndarray, n_permutations: int, seed: int
) -> np.ndarray:
    """Return two-sided permutation p-values of terms, statements being the units.

    For each statement, its uses of the term less those expected from its length at the common
    rate; the statistic is the absolute sum of these residuals over the party's statements. The
    labels of statements are permuted, never single words, so a term that one statement repeats
    is one surprise and not several; longer statements are expected to contain more. The observed
    labelling counts as one of the permutations (Phipson and Smyth 2010).

    Parameters
    ----------
    counts : ndarray of shape (n_statements, n_terms)
    words : ndarray of shape (n_statements,)
    side : ndarray of bool, shape (n_statements,)
        True for statements of the party.
    n_permutations, seed : int

    Returns
    -------
    ndarray of shape (n_terms,)
    """
    residuals = counts - np.outer(words / words.sum(), counts.sum(axis=0))
    # Both sides give the same sum but for its sign: drawing the smaller makes p symmetric.
    smaller = side if 2 * side.sum() <= len(side) else ~side
    observed = np.abs(residuals[smaller].sum(axis=0))
    observed -= 1e-9 * (1 + observed)  # sums that are equal but for rounding are equal
    beyond = np.zeros(counts.shape[1], dtype=int)
    for drawn in _permuted(len(side), int(smaller.sum()), n_permutations, seed):
        beyond += (np.abs(drawn @ residuals) >= observed).sum(axis=0)
    return (1 + beyond) / (1 + n_permutations)


def _permuted(n: int, k: int, n_permutations: int, seed: int) -> Iterator[np.ndarray]:
    """Rows with k ones among n, each as likely as any other, in pieces that fit in memory."""
    rng = np.random.default_rng(seed)
    at_once = max(1, _DRAWS_AT_ONCE // n)
    for done in range(0, n_permutations, at_once):
        keys = rng.random((min(at_once, n_permutations - done), n))
        yield (keys <= np.partition(keys, k - 1, axis=1)[:, k - 1 : k]).astype(float)


def attainable(statements: np.ndarray, n_party: int, n_rest: int, alpha: float) -> np.ndarray:
    """Tell which terms could become significant at all, wherever their statements fell.

    Tarone (1990), "A modified Bonferroni method for discrete data", Biometrics 46: a term in so
    few statements that even all of them on one side would not reach the level takes power from
    the others and can give nothing. The choice does not depend on who said it.

    Parameters
    ----------
    statements : ndarray of int, shape (n_terms,)
        Statements with the term, on both sides together.
    n_party, n_rest : int
    alpha : float

    Returns
    -------
    ndarray of bool, shape (n_terms,)
    """
    n = n_party + n_rest
    least = np.minimum(
        hypergeom.pmf(np.minimum(statements, n_party), n, n_party, statements),
        hypergeom.pmf(np.minimum(statements, n_rest), n, n_rest, statements),
    )
    ranked = np.sort(least)
    tests = np.arange(1, len(ranked) + 1)
    enough = tests[np.searchsorted(ranked, alpha / tests, side="right") <= tests]
    return least <= alpha / enough[0] if len(enough) else np.zeros(len(least), dtype=bool)


@dataclass(frozen=True)
class _Comparison:
    """Counts of a party's statements and of those it is compared with."""

    table: pd.DataFrame  # the statements of both sides, in table order
    counts: sparse.csr_matrix  # (n_statements, n_terms)
    terms: np.ndarray
    words: np.ndarray  # per statement
    side: np.ndarray  # True for the party
    prior: np.ndarray  # uses of each term in the reference corpus
    prior_words: int
