"""Does a party take sides by target? A test that permutes the targets within each document."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, hypergeom

from analysis.counts import stances_by_party

#: A party with fewer answered statements about a target, or about all others, is not tested.
FEWEST = 5


def stance_contrasts(stances: pd.DataFrame, level: float = 0.05) -> pd.DataFrame:
    """Test, per party and target, whether the share against differs from that to other targets.

    The targets of a party's stances are permuted within each document, so that neither the event
    a document reports nor its author can pass for a difference between targets; the p-value is
    exact and two-sided (the sum of hypergeometric counts, one per document). Over all
    tests the false discovery rate is kept at `level` (Benjamini and Hochberg 1995).

    Parameters
    ----------
    stances : DataFrame
        The stance table. Rows without target or answer, and those about the speaker's own party,
        are left out.
    level : float

    Returns
    -------
    DataFrame
        ``party``, ``target``, ``against``, ``n`` (statements about the target),
        ``against_others``, ``n_others`` (about all other targets), ``difference`` (of the two
        shares), ``p``, ``q`` (adjusted), ``finding`` (bool: q at most `level`),
        ``statement_ids``; smallest p first.
    """
    rows = stances_by_party(stances)
    named = (rows["target"] != "") & (rows["target"] != rows["party"])
    rows = rows[named & (rows["stance"] != "")]
    found = []
    for party, own in rows.groupby("party", sort=True):
        against = (own["stance"] == "against").to_numpy()
        documents = pd.factorize(own["document_id"])[0]
        for target in sorted(set(own["target"])):
            about = (own["target"] == target).to_numpy()
            n, rest = int(about.sum()), int((~about).sum())
            if n < FEWEST or rest < FEWEST:
                continue
            k, other = int(against[about].sum()), int(against[~about].sum())
            p = stratified_p(against, about, documents)
            ids = list(own.loc[about, "statement_id"])
            found.append((party, target, k, n, other, rest, k / n - other / rest, p, ids))
    columns = ["party", "target", "against", "n", "against_others", "n_others", "difference", "p"]
    table = pd.DataFrame(found, columns=[*columns, "statement_ids"])
    q = false_discovery_control(table["p"]) if len(table) else []
    table.insert(len(columns), "q", np.asarray(q, dtype=float))
    table.insert(len(columns) + 1, "finding", table["q"] <= level)
    return table.sort_values(["p", "party", "target"], ignore_index=True)


def stratified_p(hits: np.ndarray, side: np.ndarray, strata: np.ndarray) -> float:
    """Return the exact two-sided p-value of a permutation within strata.

    Under permutation the number of hits on the side is a sum of independent hypergeometric
    counts. Values no more probable than the observed one count as extreme (as in Fisher's exact
    test).

    Parameters
    ----------
    hits, side : ndarray of bool, shape (n,)
    strata : ndarray of int, shape (n,)
        From 0 on.

    Returns
    -------
    float
    """
    chance = np.ones(1)
    for stratum in range(int(strata.max()) + 1):
        own = strata == stratum
        n, k, m = int(own.sum()), int(hits[own].sum()), int(side[own].sum())
        chance = np.convolve(chance, hypergeom.pmf(np.arange(m + 1), n, k, m))
    observed = chance[int(hits[side].sum())]
    return float(min(1.0, chance[chance <= observed * (1 + 1e-9)].sum()))
