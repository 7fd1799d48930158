"""Keyness: formulas against hand-made tables, and findings that hold when labels mean nothing."""

import json
from itertools import cycle
from math import log, log2, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control, hypergeom
from synthetic_statements import PLANTED, SIZES, synthetic_statements
from threadpoolctl import threadpool_limits

from analysis.keyness import (
    COLUMNS,
    keyness,
    keyness_by_party,
    log_likelihood,
    log_odds_ratio,
    log_ratio,
)
from analysis.permutation import attainable, permutation_p

GOLD = Path(__file__).resolve().parents[1] / "data" / "gold" / "corpus"


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Many small products: the threads of the linear algebra library would only wait."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def synthetic():
    return synthetic_statements(np.random.default_rng(3), base_rate=0.15)


@pytest.fixture(scope="module")
def gold_statements():
    """The annotated statements of the corpus, as a statement table."""
    rows = [
        {
            "statement_id": f"{path.stem}:{statement['statement_id']}",
            "party": statement["party"],
            "content_repaired": statement["content"],
        }
        for path in sorted(GOLD.glob("*.json"))
        for statement in json.loads(path.read_text(encoding="utf-8"))["statements"]
    ]
    return pd.DataFrame(rows)


# --- formulas


def test_g2_equals_the_table_worked_by_hand():
    # Of 1,000 words on one side 30 are the term, of 3,000 on the other 10.
    observed = [30, 970, 10, 2990]
    expected = [1000 * 40 / 4000, 1000 * 3960 / 4000, 3000 * 40 / 4000, 3000 * 3960 / 4000]
    by_hand = 2 * sum(o * log(o / e) for o, e in zip(observed, expected, strict=True))
    assert by_hand == pytest.approx(44.4857, abs=5e-5)
    g2 = log_likelihood(np.array([30.0]), np.array([10.0]), 1000, 3000)
    assert g2[0] == pytest.approx(by_hand)


def test_g2_of_equal_rates_is_zero_and_a_term_never_said_counts_as_zero():
    assert log_likelihood(np.array([5.0]), np.array([10.0]), 100, 200)[0] == pytest.approx(0)
    never = log_likelihood(np.array([0.0]), np.array([8.0]), 100, 100)[0]
    assert never == pytest.approx(2 * (8 * log(2) + 100 * log(1 / 0.96) + 92 * log(0.92 / 0.96)))


def test_log_odds_equals_the_formula_worked_by_hand():
    # 12 of 200 words against 6 of 400; the prior expects 5 uses in 100 words.
    delta = log((12 + 5) / (200 + 100 - 12 - 5)) - log((6 + 5) / (400 + 100 - 6 - 5))
    z = delta / sqrt(1 / (12 + 5) + 1 / (6 + 5))
    assert (delta, z) == pytest.approx((0.98223, 2.53838), abs=5e-6)
    result = log_odds_ratio(np.array([12.0]), np.array([6.0]), 200, 400, np.array([5.0]), 100)
    assert [float(v[0]) for v in result] == pytest.approx([delta, z])


def test_log_ratio_of_twice_the_rate_is_about_one():
    ratio = log_ratio(np.array([400.0]), np.array([200.0]), 1000, 1000)[0]
    assert ratio == pytest.approx(log2(400.5 / 200.5))


def test_reported_columns_are_the_formulas_applied_to_the_counts(synthetic):
    result = keyness(synthetic, "Arland", n_bootstrap=0)
    n_a, n_b = result.attrs["words_party"], result.attrs["words_rest"]
    a, b = result["count_party"].to_numpy(float), result["count_rest"].to_numpy(float)
    alpha = 500 * (a + b) / (n_a + n_b)
    log_odds, z = log_odds_ratio(a, b, n_a, n_b, alpha, 500)
    assert result["log_odds"].to_numpy() == pytest.approx(log_odds)
    assert result["z"].to_numpy() == pytest.approx(z)
    assert result["g2"].to_numpy() == pytest.approx(log_likelihood(a, b, n_a, n_b))
    assert result["per_1000_rest"].to_numpy() == pytest.approx(1000 * b / n_b)
    assert result["p_adjusted"].to_numpy() == pytest.approx(false_discovery_control(result["p"]))
    assert result["significant"].equals(result["p_adjusted"] <= 0.05)


def test_counts_and_statement_ids_are_those_of_the_table(synthetic):
    result = keyness(synthetic, "Borduria", n_bootstrap=0)
    text = synthetic.set_index("statement_id")["content_repaired"]
    for row in result.itertuples():
        ids = row.statement_ids.split("; ") if row.statement_ids else []
        assert len(ids) == row.statements_party
        assert sum(text[i].split().count(row.term) for i in ids) == row.count_party
        rest = row.statement_ids_rest.split("; ") if row.statement_ids_rest else []
        assert sum(text[i].split().count(row.term) for i in rest) == row.count_rest


def test_swapping_the_sides_turns_the_signs(synthetic):
    one = keyness(synthetic, "Arland", against="Borduria").set_index("term").sort_index()
    two = keyness(synthetic, "Borduria", against="Arland").set_index("term").sort_index()
    assert list(one.index) == list(two.index)
    for column in ("log_odds", "z", "log_ratio"):
        assert one[column].to_numpy() == pytest.approx(-two[column].to_numpy())
    for column in ("g2", "p", "p_adjusted"):
        assert one[column].to_numpy() == pytest.approx(two[column].to_numpy())
    assert one["count_party"].tolist() == two["count_rest"].tolist()


def test_intervals_hold_the_estimate_and_widen_with_the_level(synthetic):
    narrow = keyness(synthetic, "Arland", level=0.5)
    wide = keyness(synthetic, "Arland", level=0.95)
    both = (wide["count_party"] > 1) & (wide["count_rest"] > 1)
    inside = (wide["low"] <= wide["log_odds"]) & (wide["log_odds"] <= wide["high"])
    assert inside[both].mean() > 0.98
    assert ((wide["high"] - wide["low"]) > (narrow["high"] - narrow["low"])).mean() > 0.98
    assert (wide["log_ratio_low"] <= wide["log_ratio_high"]).all()


def test_rows_run_from_the_partys_terms_to_those_it_avoids(synthetic):
    assert keyness(synthetic, "Arland")["z"].round(9).is_monotonic_decreasing
    by_p = keyness(synthetic, "Arland", measure="p")
    assert by_p["p"].is_monotonic_increasing
    assert by_p["term"].iloc[0] == PLANTED


def test_reruns_are_identical_and_the_seed_matters(synthetic):
    first, second = keyness(synthetic, "Arland"), keyness(synthetic, "Arland")
    pd.testing.assert_frame_equal(first, second, check_exact=True)
    assert not keyness(synthetic, "Arland", seed=1)["p"].equals(first["p"])


def test_order_of_the_statements_changes_no_count_or_measure(synthetic):
    shuffled = synthetic.sample(frac=1, random_state=5)
    columns = ["term", "count_party", "statements_rest", "log_odds", "z", "g2"]
    pd.testing.assert_frame_equal(
        keyness(shuffled, "Arland")[columns], keyness(synthetic, "Arland")[columns]
    )


# --- the test itself


def test_permutation_p_equals_the_exact_test_where_one_exists():
    """One use in each of K statements of equal length: the hypergeometric distribution."""
    n, n_party, k, both = 30, 12, 8, 6
    counts = np.zeros((n, 1))
    counts[:both] = 1
    counts[n_party : n_party + k - both] = 1
    side = np.arange(n) < n_party
    x = np.arange(k + 1)
    mass = hypergeom.pmf(x, n, n_party, k)
    centre = k * n_party / n
    exact = mass[np.abs(x - centre) >= abs(both - centre) - 1e-9].sum()
    p = permutation_p(counts, np.full(n, 10), side, 40_000, seed=2)[0]
    assert p == pytest.approx(exact, rel=0.1)


def test_one_statement_that_repeats_a_word_is_one_surprise():
    words = np.full(40, 20)
    side = np.arange(40) < 15
    burst, spread = np.zeros((40, 1)), np.zeros((40, 1))
    burst[0], spread[:12] = 12, 1
    assert permutation_p(burst, words, side, 2000, 0)[0] > 0.2
    assert permutation_p(spread, words, side, 2000, 0)[0] < 0.01


def test_longer_statements_are_expected_to_say_more():
    """The same rate per word in statements three times as long is no difference."""
    rng = np.random.default_rng(8)
    side = np.arange(120) < 40
    words = np.where(side, 45, 15)
    p = permutation_p(rng.poisson(words[:, None] * 0.01, (120, 200)), words, side, 2000, 0)
    assert (p <= 0.05).mean() < 0.1


def test_terms_that_could_never_be_significant_are_not_tested():
    # Sixty terms of two statements: both on the side of 10 has a chance of 90 / 9900 = .009, and
    # with so many terms to test that is not enough; three statements (.0007) are.
    statements = np.array([2] * 60 + [3, 20, 30])
    chosen = attainable(statements, n_party=10, n_rest=90, alpha=0.05)
    assert chosen.tolist() == [False] * 60 + [True] * 3
    assert attainable(np.array([2]), n_party=10, n_rest=90, alpha=0.05).all()
    assert not attainable(np.array([2, 2]), n_party=10, n_rest=10, alpha=0.05).any()


def test_shuffled_labels_give_findings_at_the_nominal_rate():
    plain = synthetic_statements(np.random.default_rng(4))
    assert share_with_findings(plain, cycle(SIZES)) <= 0.08


def test_shuffled_labels_of_the_annotated_corpus_give_findings_at_the_nominal_rate(gold_statements):
    largest = gold_statements["party"].value_counts().index[:5]
    assert share_with_findings(gold_statements, cycle(largest)) <= 0.08


def share_with_findings(statements, parties, permutations=200):
    rng = np.random.default_rng(11)
    found = []
    for party, _ in zip(parties, range(permutations), strict=False):
        shuffled = rng.permutation(statements["party"].to_numpy(dtype=object))
        result = keyness(
            statements.assign(party=shuffled), party, n_bootstrap=0, n_permutations=1999
        )
        assert not result.attrs["not_enough_text"]
        found.append(bool(result["significant"].any()))
    print(f"{sum(found)} of {len(found)} permutations with any significant term")
    return np.mean(found)


def test_a_term_at_three_times_its_base_rate_is_found():
    found = []
    for seed in range(80):
        statements = synthetic_statements(np.random.default_rng(seed), base_rate=0.15)
        result = keyness(statements, "Arland", n_bootstrap=0, n_permutations=1999)
        row = result[result["term"] == PLANTED].iloc[0]
        found.append(bool(row["significant"] and row["log_odds"] > 0))
    print(f"{sum(found)} of {len(found)} planted terms found")
    assert np.mean(found) >= 0.8


def test_parties_side_by_side_are_corrected_together(synthetic):
    joint = keyness_by_party(synthetic, n_bootstrap=0)
    assert list(dict.fromkeys(joint["party"])) == list(SIZES)
    assert joint["p_adjusted"].to_numpy() == pytest.approx(false_discovery_control(joint["p"]))
    alone = keyness(synthetic, "Arland", n_bootstrap=0)
    assert joint["significant"].sum() <= len(joint)
    assert len(joint) > len(alone)
    assert joint[joint["significant"]][["party", "term"]].to_numpy().tolist()[0] == [
        "Arland",
        PLANTED,
    ]


# --- choices


def test_statements_of_both_sides_and_of_nobody_are_left_out(synthetic):
    marked = synthetic.copy()
    marked.loc[0, "party"] = "Arland; Borduria"
    marked.loc[1, "party"] = "unresolved"
    size = SIZES["Arland"]
    both = keyness(marked, "Arland", against="Borduria").attrs
    assert (both["statements_party"], both["statements_rest"]) == (size - 2, SIZES["Borduria"])
    rest = keyness(marked, "Arland").attrs
    assert (rest["statements_party"], rest["statements_rest"]) == (size - 1, 220 - size)
    all_of_them = keyness(marked, "Arland", include_unresolved=True).attrs
    assert all_of_them["statements_rest"] == 220 - size + 1


def test_repeated_quotations_count_once_or_each(synthetic):
    first = synthetic.loc[synthetic["content_repaired"].str.contains(PLANTED)].iloc[[0]]
    again = [
        first.assign(statement_id=f"again:{i}", repeats=first["statement_id"].iloc[0])
        for i in range(5)
    ]
    longer = pd.concat([synthetic, *again], ignore_index=True)

    def uses(count_repeats):
        result = keyness(longer, "Arland", count_repeats=count_repeats, n_bootstrap=0)
        return int(result.set_index("term").loc[PLANTED, "count_party"])

    assert uses("each") == uses("once") + 5


def test_the_prior_draws_terms_to_zero(synthetic):

    def by_term(**options):
        result = keyness(synthetic, "Arland", n_bootstrap=0, **options)
        return result.set_index("term").sort_index()

    weak, strong = by_term(prior_words=10), by_term(prior_words=5000)
    shrunk = strong["log_odds"].abs() < weak["log_odds"].abs()
    assert shrunk[weak["log_odds"].abs() > 0.2].all()
    assert not by_term(prior="flat")["z"].equals(by_term()["z"])
    # The table is part of its own reference, each statement once.
    pd.testing.assert_frame_equal(by_term(reference=synthetic), by_term())


def test_unknown_choices_are_refused(synthetic):
    with pytest.raises(ValueError, match="measure"):
        keyness(synthetic, "Arland", measure="chi2")
    with pytest.raises(ValueError, match="prior"):
        keyness(synthetic, "Arland", prior="none")


# --- not enough text


@pytest.mark.parametrize(
    ("rows", "party", "reason"),
    [
        (0, "Arland", "statements of Arland: 0"),
        (1, "Arland", "statements of Arland: 1"),
        (80, "Arland", "statements of others: 0"),  # one party alone
        (220, "Nowhere", "statements of Nowhere: 0"),
    ],
)
def test_too_little_text_is_an_empty_table_with_the_reason(synthetic, rows, party, reason):
    result = keyness(synthetic.iloc[:rows], party)
    assert result.empty
    assert list(result) == COLUMNS
    assert reason in result.attrs["not_enough_text"]


def test_few_words_or_no_term_that_could_be_significant():
    short = pd.DataFrame(
        {
            "statement_id": [f"s{i}" for i in range(16)],
            "party": ["Arland", "Borduria"] * 8,
            "content_repaired": ["drones"] * 16,
        }
    )
    assert "words of Arland: 8" in keyness(short, "Arland").attrs["not_enough_text"]
    everyone = short.assign(content_repaired="drones " + "the " * 10)
    assert "no term" in keyness(everyone, "Arland").attrs["not_enough_text"]
    assert keyness(everyone.assign(content_repaired="the " * 20), "Arland").empty


def test_every_party_too_small_gives_a_reason_for_each(synthetic):
    small = synthetic.groupby("party").head(2)
    result = keyness_by_party(small)
    assert result.empty
    assert set(result.attrs["not_enough_text"]) == set(SIZES)
