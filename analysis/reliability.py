"""Agreement beyond chance between coders: Cohen's kappa and Krippendorff's alpha, by class."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
from sklearn.metrics import cohen_kappa_score


def cohen_kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cohen's kappa of two coders (scikit-learn's).

    Parameters
    ----------
    first, second : sequence of str, one per unit

    Returns
    -------
    float
        1 for perfect agreement, 0 for chance; NaN where both give one and the same label to
        everything, or where there are no units.
    """
    first, second = list(first), list(second)
    if not first or len({*first, *second}) < 2:
        return float("nan")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # 0 / 0 gives NaN, which is the answer
        return float(cohen_kappa_score(first, second))


def krippendorff_alpha(ratings: Sequence[Sequence[str | None]]) -> float:
    """Return Krippendorff's alpha for nominal data.

    From the coincidence matrix of the values of each unit (Krippendorff 2011, "Computing
    Krippendorff's Alpha-Reliability", sections A to C; Content Analysis, chapter 12): one minus
    observed over expected disagreement. Any number of coders, missing values allowed.

    Parameters
    ----------
    ratings : sequence of shape (n_coders, n_units)
        One row per coder; None or NaN where a coder gives no value.

    Returns
    -------
    float
        1 for perfect agreement, 0 for chance; NaN where no unit has two values, or all values
        are the same.

    Raises
    ------
    ValueError
        If the rows differ in length.
    """
    if len({len(row) for row in ratings}) > 1:
        raise ValueError("each coder needs one value, or None, for every unit")
    disagreements, total = 0.0, Counter()
    for unit in zip(*ratings, strict=True):
        values = Counter(value for value in unit if not pd.isna(value))
        n = values.total()
        if n > 1:
            total += values
            disagreements += (n * n - sum(c * c for c in values.values())) / (n - 1)
    n = total.total()
    by_chance = (n * n - sum(c * c for c in total.values())) / (n - 1) if n > 1 else 0.0
    return 1 - disagreements / by_chance if by_chance else float("nan")


def reliability(
    first: Sequence[str], second: Sequence[str], classes: Sequence[str] | None = None
) -> pd.DataFrame:
    """Measure how two coders agree, over all classes and on each class against the rest.

    Parameters
    ----------
    first, second : sequence of str, one per unit
        A reference (the annotation) and what is compared with it (the engine).
    classes : sequence of str, optional
        In this order; by default those that occur, most frequent in `first` first.

    Returns
    -------
    DataFrame
        ``class`` ("all" first), ``first``, ``second`` (units each coder gives the class), ``both``
        (units where they agree on it), ``precision`` (both / second), ``recall`` (both / first),
        ``f1``, ``kappa``, ``alpha``. For "all", precision and recall are missing and ``f1`` is the
        mean over the classes that occur (macro F1).
    """
    one, two = np.array(list(first), dtype=object), np.array(list(second), dtype=object)
    if classes is None:
        seen = pd.Series([*one, *two], dtype=object).unique()
        classes = sorted(seen, key=lambda c: (-int((one == c).sum()), str(c)))
    rows = [_row(c, one == c, two == c) for c in classes]
    agreed = int((one == two).sum())
    scores = [row["f1"] for row in rows if not np.isnan(row["f1"])]
    whole = {
        **{"class": "all", "first": len(one), "second": len(two), "both": agreed},
        **{"precision": np.nan, "recall": np.nan},
        "f1": float(np.mean(scores)) if scores else np.nan,
        "kappa": cohen_kappa(one, two),
        "alpha": krippendorff_alpha([one, two]),
    }
    return pd.DataFrame([whole, *rows])


def _row(name: str, one: np.ndarray, two: np.ndarray) -> dict:
    both, in_one, in_two = int((one & two).sum()), int(one.sum()), int(two.sum())
    return {
        **{"class": name, "first": in_one, "second": in_two, "both": both},
        "precision": both / in_two if in_two else np.nan,
        "recall": both / in_one if in_one else np.nan,
        "f1": 2 * both / (in_one + in_two) if in_one + in_two else np.nan,
        "kappa": cohen_kappa(one.astype(str), two.astype(str)),
        "alpha": krippendorff_alpha([one.astype(str), two.astype(str)]),
    }
