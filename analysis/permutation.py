"""A permutation test of terms: the labels of whole statements are shuffled, never words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.stats import hypergeom

_DRAWS_AT_ONCE = 250_000  # cells of the permutation matrix held in memory


def permutation_p(
    counts: np.ndarray | sparse.spmatrix,
    words: np.ndarray,
    side: np.ndarray,
    n_permutations: int,
    seed: int,
) -> np.ndarray:
    """Return two-sided permutation p-values of terms, statements being the units.

    For each statement, its uses of the term less those expected from its length at the common
    rate; the statistic is the absolute sum of these residuals over the party's statements. The
    labels of statements are permuted, never single words, so a term that one statement repeats
    is one surprise and not several; longer statements are expected to contain more. The observed
    labelling counts as one of the permutations (Phipson and Smyth 2010).

    Parameters
    ----------
    counts : ndarray or sparse matrix of shape (n_statements, n_terms)
    words : ndarray of shape (n_statements,)
    side : ndarray of bool, shape (n_statements,)
        True for statements of the party.
    n_permutations, seed : int

    Returns
    -------
    ndarray of shape (n_terms,)
    """
    uses = sparse.csr_matrix(counts)
    common = np.asarray(uses.sum(axis=0)).ravel() / words.sum()
    # Both sides give the same sum but for its sign: drawing the smaller makes p symmetric.
    smaller = side if 2 * side.sum() <= len(side) else ~side
    observed = _residuals(smaller[None].astype(float), uses, words, common)[0]
    observed -= 1e-9 * (1 + observed)  # sums that are equal but for rounding are equal
    beyond = np.zeros(uses.shape[1], dtype=int)
    for drawn in _permuted(len(side), int(smaller.sum()), n_permutations, seed):
        beyond += (_residuals(drawn, uses, words, common) >= observed).sum(axis=0)
    return (1 + beyond) / (1 + n_permutations)


def _residuals(
    drawn: np.ndarray, uses: sparse.csr_matrix, words: np.ndarray, common: np.ndarray
) -> np.ndarray:
    """Uses of each term in the statements drawn less those expected from their length, unsigned.

    Few statements have a term: the product with the sparse counts takes little time and memory.
    """
    return np.abs((uses.T @ drawn.T).T - np.outer(drawn @ words, common))


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
