"""The engine's doubt about its labels: how probable each label of a row is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

STANCES = ("against", "none", "favor")


def label_chances(
    labels: Sequence[str | None] | pd.Series,
    confidence: Sequence[float | None] | pd.Series,
    names: Sequence[str] = STANCES,
) -> pd.DataFrame:
    """Return the probability of each label of each row.

    The confidence of a row is taken as the probability of its label. What is left of one is split
    over the other labels in proportion to how often these occur among the rows, each counted
    once more (so that no label is impossible). A row without confidence is taken as certain.

    Parameters
    ----------
    labels : sequence of str, one per row
        Missing (or "") where the engine abstains.
    confidence : sequence of float, one per row
        Calibrated probabilities; missing where the engine gives none.
    names : sequence of str
        The labels there are.

    Returns
    -------
    DataFrame
        One column per name, one row per row given; rows sum to 1, and are missing where the
        label is.
    """
    given = pd.Series(list(labels), dtype=object)
    sure = pd.to_numeric(pd.Series(list(confidence), dtype=object), errors="coerce").fillna(1.0)
    seen = np.array([1 + int((given == name).sum()) for name in names], dtype=float)
    table = np.full((len(given), len(names)), np.nan)
    for column, name in enumerate(names):
        rows = np.flatnonzero(given == name)
        others = np.where(np.arange(len(names)) == column, 0.0, seen)
        # a label without others to be taken for is certain
        chance = (
            sure.to_numpy(dtype=float)[rows].clip(0, 1) if len(names) > 1 else np.ones(len(rows))
        )
        table[rows] = (1 - chance)[:, None] * (others / max(others.sum(), 1))
        table[rows, column] = chance
    return pd.DataFrame(table, columns=list(names))
