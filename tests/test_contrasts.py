"""A difference between targets is found where there is one, and only there."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from analysis.contrasts import FEWEST, stance_contrasts, stance_shifts, stratified_p

PARTIES, TARGETS = ["Marland", "Zorvia", "Kestria"], ["Ostany", "Velmark", "Halland", "Torvia"]


def quarrels(rng, planted=0.0, documents=30):
    """Statements in documents that differ in tone; Marland is harder on Ostany by `planted`."""
    rows = []
    for document in range(documents):
        tone = rng.beta(2, 2)
        for party in PARTIES:
            for number in range(rng.integers(1, 6)):
                target = rng.choice(TARGETS)
                hard = planted if (party, target) == ("Marland", "Ostany") else 0.0
                stance = "against" if rng.random() < min(1, tone + hard) else "none"
                name = f"d{document}:{party}{number}"
                rows.append((name, f"d{document}", party, target, stance))
    return pd.DataFrame(rows, columns=["statement_id", "document_id", "party", "target", "stance"])


def permuted(table, rng):
    """The same table with the targets of each party shuffled within each document."""
    groups = table.groupby(["party", "document_id"])["target"]
    return table.assign(target=groups.transform(lambda own: rng.permutation(own.to_numpy())))


def test_permuted_targets_give_no_finding_beyond_the_nominal_rate():
    rng = np.random.default_rng(11)
    planted = quarrels(rng, planted=0.6)
    p_values, families = [], 0
    for _ in range(120):
        result = stance_contrasts(permuted(planted, rng))
        p_values += list(result["p"])
        families += bool(result["finding"].any())
    rate = np.mean(np.array(p_values) <= 0.05)
    print(f"{rate:.3f} of {len(p_values)} tests at .05; {families} of 120 tables with a finding")
    assert len(p_values) > 1000
    assert rate <= 0.05
    assert families <= 0.05 * 120 + 2 * np.sqrt(120 * 0.05 * 0.95)


def test_the_tone_of_documents_is_no_difference_between_targets():
    """Each document is about one target and has one tone: nothing tells the two apart."""
    rows = [
        (f"d{d}:{i}", f"d{d}", "Marland", TARGETS[d % 2], "none" if d % 2 else "against")
        for d in range(20)
        for i in range(4)
    ]
    columns = ["statement_id", "document_id", "party", "target", "stance"]
    assert not stance_contrasts(pd.DataFrame(rows, columns=columns))["finding"].any()


def test_a_planted_difference_is_found():
    rng = np.random.default_rng(12)
    found = false = 0
    for _ in range(25):
        result = stance_contrasts(quarrels(rng, planted=0.6, documents=60))
        is_planted = (result["party"] == "Marland") & (result["target"] == "Ostany")
        found += bool(result.loc[is_planted, "finding"].any())
        false += int(result.loc[result["party"] != "Marland", "finding"].sum())
    print(f"found in {found} of 25 tables; {false} findings where nothing was planted")
    assert found >= 23
    assert false <= 4


def test_one_stratum_is_fishers_exact_test():
    hits = np.array([True] * 7 + [False] * 3 + [True] * 2 + [False] * 9)
    side = np.array([True] * 10 + [False] * 11)
    exact = fisher_exact([[7, 3], [2, 9]]).pvalue
    assert stratified_p(hits, side, np.zeros(21, dtype=int)) == pytest.approx(exact)


def test_strata_without_choice_add_nothing():
    hits = np.array([True, False, True, False, True, True])
    side = np.array([True, False, True, False, True, True])
    strata = np.array([0, 0, 0, 0, 1, 1])
    alone = stratified_p(hits[:4], side[:4], strata[:4])
    assert stratified_p(hits, side, strata) == pytest.approx(alone)


def test_few_statements_are_not_tested_and_nothing_is_an_empty_table():
    rng = np.random.default_rng(1)
    result = stance_contrasts(quarrels(rng, documents=12))
    assert (result[["n", "n_others"]] >= FEWEST).all(axis=None)
    assert stance_contrasts(quarrels(rng).head(0)).empty


def test_counts_lead_back_to_the_stance_table(corpus):
    result = stance_contrasts(corpus.stance)
    assert len(result)
    for row in result.itertuples():
        about = corpus.stance[corpus.stance["statement_id"].isin(row.statement_ids)]
        about = about[(about["target"] == row.target) & about["stance"].notna()]
        assert row.n == len(about)
        assert row.against == (about["stance"] == "against").sum()


def dated(rng, turn=0.0, documents=40):
    """Marland speaks of Ostany and Velmark; on Ostany it hardens by `turn` half way."""
    table = quarrels(rng, documents=documents)
    number = table["document_id"].str[1:].astype(int)
    table["date"] = [f"2031-{1 + n * 12 // documents:02d}-01" for n in number]
    late = (table["date"] >= "2031-07-01") & (table["party"] == "Marland")
    late &= (table["target"] == "Ostany") & (rng.random(len(table)) < turn)
    table.loc[late, "stance"] = "against"
    return table


def test_a_change_over_time_is_found_where_it_is_planted_and_not_elsewhere():
    rng = np.random.default_rng(21)
    p_values, found = [], 0
    for _ in range(20):
        result = stance_shifts(
            dated(rng, turn=0.95, documents=80), "2031-07-01", n_permutations=999
        )
        planted = (result["party"] == "Marland") & (result["target"] == "Ostany")
        found += bool(result.loc[planted, "finding"].any())
        p_values += list(result.loc[~planted, "p"])
    rate = np.mean(np.array(p_values) <= 0.05)
    print(f"found in {found} of 20; {rate:.3f} of {len(p_values)} other tests at .05")
    assert found >= 16
    assert rate <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / len(p_values))


def test_one_changed_document_is_no_change_of_a_party():
    """Ten statements of one late document are one observation."""
    rows = [
        (f"d{d}:0", f"d{d}", "Marland", "Ostany", "none", f"2031-{d:02d}-01") for d in range(1, 8)
    ]
    rows += [(f"d9:{i}", "d9", "Marland", "Ostany", "against", "2031-09-01") for i in range(10)]
    columns = ["statement_id", "document_id", "party", "target", "stance", "date"]
    result = stance_shifts(pd.DataFrame(rows, columns=columns), "2031-07-01")
    assert list(result[["n_before", "n_after", "documents"]].iloc[0]) == [6, 11, 8]
    assert not result["finding"].any()
