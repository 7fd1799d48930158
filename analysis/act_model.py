"""Read the learned weights of acts and stances, and give calibrated probabilities.

Three multinomial logistic regressions: ``between`` (PLOVER category or COMMENT, of a sentence with
two marked actors), ``act`` (the same, of a statement) and ``stance`` (against, none, favor). They
were trained by ``make train-stance``; ``data/stance_model.md`` is their card.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from analysis.footprint import settle

WEIGHTS = Path(__file__).with_name("stance_weights.json")


class Model:
    """One multinomial logistic regression over named features.

    Parameters
    ----------
    stored : dict
        ``classes``; ``base`` (a weight per class); ``words`` (feature name to its inverse document
        frequency and a weight per class, in hundredths); ``cues`` (likewise, without frequency);
        ``scale`` (length of the vector of word features); ``trust`` (offset and slope that turn
        the log-odds of what the engine answers of a statement into those of its being right);
        ``told`` (the same for a side that the rules told by words and that stands).

    Attributes
    ----------
    calibrated : bool
        Whether the model knows how far its answers can be trusted.
    """

    def __init__(self, stored: dict) -> None:
        self.classes: list[str] = stored["classes"]
        self._base = np.array(stored["base"])
        self._scale = stored["scale"]
        self.calibrated = "trust" in stored
        self._trust = stored.get("trust", (0.0, 1.0))
        self._told = stored.get("told", self._trust)
        names = [*stored["words"], *stored["cues"]]
        self._row = {name: number for number, name in enumerate(names)}
        size = len(self.classes)
        words = np.array([*stored["words"].values()]).reshape(-1, size + 1) / 100
        cues = np.array([*stored["cues"].values()]).reshape(-1, size) / 100
        self._weights = np.vstack([words[:, 1:], cues])
        self._idf = np.ascontiguousarray(words[:, 0])
        self._known = len(words)

    def probabilities(self, words: Iterable[str], cues: Iterable[str]) -> np.ndarray:
        """Probability of each class.

        Parameters
        ----------
        words, cues : iterable of str
            From `analysis.act_features`.

        Returns
        -------
        numpy.ndarray
            In the order of ``classes``.
        """
        place = self._row.get
        known = [row for row in map(place, words) if row is not None]
        size = len(known)
        known += [row for row in map(place, cues) if row is not None]
        rows = np.array(known, dtype=np.intp)
        idf, weights = self._idf.take(rows[:size]), self._weights.take(rows, axis=0)
        length = max(1.0, idf.dot(idf) ** 0.5)
        told = (self._scale / length) * idf.dot(weights[:size])
        total = self._base + told + weights[size:].sum(0)
        odds = np.exp(total - total.max())
        return odds / odds.sum()

    def shares(self, words: Iterable[str], cues: Iterable[str]) -> dict[str, float]:
        """Probability by class."""
        found = self.probabilities(words, cues).tolist()
        return dict(zip(self.classes, found, strict=True))

    def trusted(self, share: float, told: bool = False) -> float:
        """Calibrated probability that an answer with this share is right, to three decimals."""
        share = min(0.999, max(0.001, share))
        offset, slope = self._told if told else self._trust
        odds = math.exp(offset + slope * math.log(share / (1 - share)))
        return round(min(0.999, max(0.001, odds / (1 + odds))), 3)

    def reasons(self, label: str, words: Iterable[str], cues: Iterable[str]) -> list[str]:
        """The features that speak most for a class against the others, the strongest first."""
        place = self.classes.index(label)
        names = [name for name in [*words, *cues] if name in self._row]
        if not names:
            return []
        rows = np.array([self._row[name] for name in names])
        known = rows < self._known
        idf = self._idf[rows[known]]
        factors = np.ones(len(rows))
        factors[known] = idf * (self._scale / max(1.0, idf.dot(idf) ** 0.5))
        weights = self._weights[rows]
        leads = factors * (weights[:, place] - weights.mean(axis=1))
        found = sorted(zip((-leads).tolist(), names, strict=True))
        return [name for lead, name in found if lead < 0]


@lru_cache(maxsize=2)
def stored_models(path: Path = WEIGHTS) -> dict[str, Model]:
    """The models that lie beside this file, by name; none where none have been trained."""
    if not path.exists():
        return {}
    models = {name: Model(one) for name, one in json.loads(path.read_text("utf-8")).items()}
    settle()
    return models


def surest(model: Model, shares: Sequence[float]) -> tuple[str, float]:
    """The likeliest class and its probability."""
    best = int(np.argmax(shares))
    return model.classes[best], float(shares[best])
