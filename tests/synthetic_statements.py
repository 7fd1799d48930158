"""A made-up statement table: unequal parties, words by frequency, bursts within a statement."""

from __future__ import annotations

import numpy as np
import pandas as pd

SIZES = {"Arland": 80, "Borduria": 55, "Corvia": 40, "Drakma": 28, "Elbonia": 17}
PLANTED = "zeppelin"


def synthetic_statements(rng, base_rate=None, planted_for="Arland", times=3.0):
    """Return 220 statements of about 20 words; nobody's words differ but for what is planted.

    About half of the words are function words. Word frequencies fall like a power of the rank,
    and a statement draws its own frequencies (Dirichlet), so that words cluster in statements.
    ``PLANTED`` is put into a share ``base_rate`` of the statements, and into ``times`` as many of
    the party ``planted_for``.
    """
    party = np.repeat(list(SIZES), list(SIZES.values()))
    n, n_words = len(party), 1500
    frequency = 1 / (np.arange(n_words) + 9) ** 0.95
    frequency /= frequency.sum()
    vocabulary = np.array([f"w{chr(97 + i % 26)}{i // 26}" for i in range(n_words)], dtype=object)
    share = np.where(party == planted_for, times, 1.0) * (base_rate or 0)
    texts = []
    for length, chance in zip(np.maximum(6, rng.poisson(20, n)), share, strict=True):
        own = rng.gamma(60 * frequency) + 1e-12
        words = vocabulary[np.searchsorted(np.cumsum(own) / own.sum(), rng.random(length // 2))]
        words = words.tolist()
        words += ["the"] * (length - len(words))
        if rng.random() < chance:
            words[0] = PLANTED
        texts.append(" ".join(rng.permutation(words)))
    return pd.DataFrame(
        {
            "document_id": [f"d{i // 8:02d}" for i in range(n)],
            "statement_id": [f"d{i // 8:02d}:s{i:03d}" for i in range(n)],
            "party": party,
            "speaker": party,
            "content_repaired": texts,
            "repeats": "",
        }
    )
