"""Fit log-linear models: one weight by feature name, chosen among options or yes against no."""

from __future__ import annotations

from collections import Counter

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

LEAST_SEEN = 3


def fit(
    asked: list[tuple[list[list[str]], int]], strength: float = 3.0, yes_no: bool = False
) -> dict[str, float]:
    """Fit one model by maximum likelihood with an L2 penalty.

    Parameters
    ----------
    asked : list of (options, answer)
        Options are lists of feature names; the answer is the index of the right one (conditional
        logit, McFadden 1974).
    strength : float
        Weight of the penalty.
    yes_no : bool
        Whether each question has one option and the answer 1 or 0 (logistic regression).

    Returns
    -------
    dict of str to float
        Features seen at least `LEAST_SEEN` times with their weights; ``""`` is the intercept of a
        yes-no model.

    Raises
    ------
    ValueError
        If a yes-no model has one class only.
    """
    if not asked:
        return {"": 0.0}
    seen = Counter(name for options, _ in asked for option in options for name in option)
    place = {n: i for i, n in enumerate(sorted(n for n, k in seen.items() if k >= LEAST_SEEN))}
    columns: list[int] = []
    ends, starts = [0], []
    for options, _ in asked:
        starts.append(len(ends) - 1)
        for option in options:
            columns.extend(place[name] for name in option if name in place)
            ends.append(len(columns))
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(place)))
    turned = matrix.T.tocsr()
    answers = np.array([answer for _, answer in asked])
    if yes_no:
        if len(set(answers.tolist())) < 2:
            raise ValueError("one class only: nothing to learn")
        weights = _binary(matrix, turned, answers, strength)
        found = {"": float(weights[-1])}
    else:
        weights = _chosen(matrix, turned, np.array(starts), answers, strength)
        found = {}
    found.update({name: float(weights[index]) for name, index in place.items()})
    return found


def _binary(
    matrix: csr_matrix, turned: csr_matrix, answers: np.ndarray, strength: float
) -> np.ndarray:
    signs, size = answers * 2.0 - 1, matrix.shape[1]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = signs * (matrix @ weights[:size] + weights[size])
        total = np.logaddexp(0, -margin).sum() + strength / 2 * (weights[:size] @ weights[:size])
        slope = -signs / (1 + np.exp(np.clip(margin, -500, 500)))
        return total, np.append(turned @ slope + strength * weights[:size], slope.sum())

    return _minimum(loss, size + 1)


def _chosen(
    matrix: csr_matrix,
    turned: csr_matrix,
    starts: np.ndarray,
    answers: np.ndarray,
    strength: float,
) -> np.ndarray:
    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, matrix.shape[0])))
    right = starts + answers

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        top = np.maximum.reduceat(scores, starts)
        odds = np.exp(scores - top[group])
        total = np.add.reduceat(odds, starts)
        value = (np.log(total) + top - scores[right]).sum() + strength / 2 * (weights @ weights)
        shares = odds / total[group]
        shares[right] -= 1
        return value, turned @ shares + strength * weights

    return _minimum(loss, matrix.shape[1])


def _minimum(loss: object, size: int) -> np.ndarray:
    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return found.x
