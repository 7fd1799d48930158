"""Does a party take sides by target, and does this change? Permutation tests that heed texts."""

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
    return _adjusted(table, level)


def stance_shifts(
    stances: pd.DataFrame,
    split: str,
    level: float = 0.05,
    n_permutations: int = 4999,
    seed: int = 0,
) -> pd.DataFrame:
    """Test, per party and target, whether the share against differs before and from a date on.

    Whole documents are permuted between the two periods, since statements of one document are not
    independent; the p-value is two-sided, and the observed order counts as one of the
    permutations (Phipson and Smyth 2010). The false discovery rate is kept at `level`.

    Parameters
    ----------
    stances : DataFrame
        The stance table with ``date``.
    split : str
        ISO date: the first day of the second period.
    level : float
    n_permutations, seed : int

    Returns
    -------
    DataFrame
        ``party``, ``target``, ``against_before``, ``n_before``, ``against_after``, ``n_after``,
        ``documents``, ``difference`` (of the two shares), ``p``, ``q`` (adjusted), ``finding``
        (bool), ``statement_ids``; smallest p first. Only pairs with ``FEWEST`` answered
        statements in each period.
    """
    rows = stances_by_party(stances)
    named = (rows["target"] != "") & (rows["target"] != rows["party"])
    rows = rows[named & (rows["stance"] != "") & (rows["date"] != "")]
    found = []
    for (party, target), own in rows.groupby(["party", "target"], sort=True):
        against = own["stance"] == "against"
        per_document = pd.DataFrame(
            {"k": against, "n": 1, "document": own["document_id"], "after": own["date"] >= split}
        )
        sums = per_document.groupby("document").agg({"k": "sum", "n": "sum", "after": "first"})
        after = sums["after"].to_numpy(dtype=bool)
        k, n = sums["k"].to_numpy(dtype=float), sums["n"].to_numpy(dtype=float)
        if min(n[after].sum(), n[~after].sum()) < FEWEST:
            continue
        difference, p = _permuted_difference(k, n, after, n_permutations, seed)
        counts = [
            int(c) for c in (k[~after].sum(), n[~after].sum(), k[after].sum(), n[after].sum())
        ]
        found.append((party, target, *counts, len(n), difference, p, list(own["statement_id"])))
    columns = "party target against_before n_before against_after n_after documents difference p"
    table = pd.DataFrame(found, columns=[*columns.split(), "statement_ids"])
    return _adjusted(table, level)


def _permuted_difference(
    k: np.ndarray, n: np.ndarray, after: np.ndarray, n_permutations: int, seed: int
) -> tuple[float, float]:
    """Return the difference of shares, and its p-value over permutations of the documents."""
    order = np.lexsort((k, n, after))
    k, n, after = k[order], n[order], after[order]
    rng = np.random.default_rng(seed)
    drawn = rng.permuted(np.tile(after, (n_permutations, 1)), axis=1)
    # documents differ in length: a period is never without statements, since n is positive
    with_k, with_n = drawn @ k, drawn @ n
    differences = with_k / with_n - (k.sum() - with_k) / (n.sum() - with_n)
    observed = k[after].sum() / n[after].sum() - k[~after].sum() / n[~after].sum()
    beyond = (np.abs(differences) >= abs(observed) - 1e-9).sum()
    return float(observed), float((1 + beyond) / (1 + n_permutations))


def _adjusted(table: pd.DataFrame, level: float) -> pd.DataFrame:
    """Add q and finding before the statement ids; smallest p first."""
    q = false_discovery_control(table["p"]) if len(table) else []
    table.insert(table.shape[1] - 1, "q", np.asarray(q, dtype=float))
    table.insert(table.shape[1] - 1, "finding", table["q"] <= level)
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
