"""Intervals of shares: against scipy, by coverage, over documents, and with labels in doubt."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.intervals import (
    MIN_DOCUMENTS,
    count_interval,
    jeffreys_interval,
    share_interval,
)
from analysis.label_chances import label_chances


def test_ends_are_quantiles_of_the_posterior():
    low, high = jeffreys_interval(7, 20)
    posterior = stats.beta(7.5, 13.5)
    assert (low, high) == pytest.approx((posterior.ppf(0.025), posterior.ppf(0.975)))


def test_nothing_and_everything_reach_the_ends_of_the_scale():
    assert jeffreys_interval(0, 5)[0] == 0
    assert jeffreys_interval(5, 5)[1] == 1
    assert np.isnan(jeffreys_interval(0, 0)).all()


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from([0.5, 0.8, 0.95]))
def test_symmetric_and_holding_the_share(k, n, level):
    k = min(k, n)
    low, high = jeffreys_interval(k, n, level)
    other = jeffreys_interval(n - k, n, level)
    assert low <= k / n <= high
    assert (low, high) == pytest.approx((1 - other[1], 1 - other[0]))


def test_arrays_broadcast():
    low, high = jeffreys_interval([0, 1, 2], 2)
    assert low.shape == high.shape == (3,)
    assert low[1] == pytest.approx(jeffreys_interval(1, 2)[0])


@pytest.mark.parametrize(("k", "n", "level"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0)])
def test_impossible_input_is_refused(k, n, level):
    with pytest.raises(ValueError, match="must lie between"):
        jeffreys_interval(k, n, level)


def coverage(n, share):
    """Exact chance that the 95 % interval of n trials holds the true share."""
    k = np.arange(n + 1)
    low, high = jeffreys_interval(k, n)
    return stats.binom.pmf(k, n, share)[(low <= share) & (share <= high)].sum()


def test_coverage_is_near_nominal_on_few_statements():
    shares = np.linspace(0.05, 0.95, 181)
    for n in (5, 10, 20, 50):
        held = np.array([coverage(n, share) for share in shares])
        least = shares[held.argmin()]
        print(f"n = {n}: coverage {held.mean():.3f} on average, {held.min():.3f} at {least:.3f}")
        assert 0.94 <= held.mean() <= 0.97
    # The percentile bootstrap holds the share .9 at n = 5 in 41 % of samples.
    assert coverage(5, 0.9) > 0.9


def test_whole_documents_are_drawn():
    """Ten documents of ten equal statements carry ten observations, not a hundred."""
    hits = np.repeat([True, False] * 5, 10)
    documents = np.repeat(list("abcdefghij"), 10)
    share = share_interval(hits, documents)
    low, high = jeffreys_interval(50, 100)
    assert (share.share, share.k, share.n, share.documents) == (0.5, 50, 100, 10)
    assert share.high - share.low > 2.5 * (high - low)
    assert "10 documents" in share.method


def test_the_interval_holds_the_share_though_documents_differ():
    """A percentile bootstrap alone, and statements taken as independent, both hold it less."""
    rng = np.random.default_rng(3)
    held = independent = 0
    for run in range(300):
        sizes = rng.integers(1, 6, 20)
        chance = rng.beta(0.9 * 4, 0.1 * 4, 20)  # documents differ: intraclass correlation .2
        documents = np.repeat(np.arange(20).astype(str), sizes)
        hits = rng.random(sizes.sum()) < np.repeat(chance, sizes)
        share = share_interval(hits, documents, n_draws=400, seed=run)
        low, high = jeffreys_interval(share.k, share.n)
        held += share.low <= 0.9 <= share.high
        independent += low <= 0.9 <= high
    print(f"held in {held}, by statements taken as independent in {independent} of 300")
    assert held >= 0.9 * 300
    assert held > independent


def test_labels_in_doubt_widen_the_interval_and_calibrated_doubt_keeps_coverage():
    rng = np.random.default_rng(5)
    held = plain = wider = 0
    for run in range(300):
        truth = rng.random(25) < 0.8
        sure = rng.uniform(0.55, 1, 25)
        # a label is right with the probability that it states
        label = np.where(rng.random(25) < sure, truth, ~truth)
        names = np.where(label, "against", "none")
        # what this engine knows: the prior of the two labels, and its own confidence
        prior = np.where(label, 0.8, 0.2)
        right = prior * sure / (prior * sure + (1 - prior) * (1 - sure))
        chances = label_chances(names, right, ("against", "none"))["against"]
        share = share_interval(label, ["a"] * 25, chances, n_draws=400, seed=run)
        low, high = jeffreys_interval(share.k, share.n)
        wider += share.high - share.low > high - low
        held += share.low <= 0.8 <= share.high
        plain += low <= 0.8 <= high
    print(f"held with doubt in {held}, without in {plain} of 300")
    assert held >= 0.93 * 300
    assert held > plain
    assert wider > 0.9 * 300


def test_sure_labels_change_nothing():
    hits, documents = [True, True, False, True, False], list("abcde")
    assert share_interval(hits, documents, [1, 1, 0, np.nan, np.nan]) == share_interval(
        hits, documents
    )


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=30))
def test_the_interval_holds_the_share_that_is_counted(rows):
    hits, chances = zip(*rows, strict=True)
    share = share_interval(hits, ["a"] * len(hits), chances, n_draws=50)
    assert 0 <= share.low <= share.share <= share.high <= 1


def test_seeded_and_blind_to_the_order_of_statements():
    rng = np.random.default_rng(0)
    hits, documents = rng.random(200) < 0.3, rng.integers(0, 25, 200).astype(str)
    chances = np.where(hits, 0.9, 0.2) + 0.1 * rng.random(200)
    shuffled = rng.permutation(200)
    first = share_interval(hits, documents, chances, seed=4)
    assert share_interval(hits, documents, chances, seed=4) == first
    again = share_interval(hits[shuffled], documents[shuffled], chances[shuffled], seed=4)
    assert again == first


@pytest.mark.parametrize("hits", [[True] * 40, [False] * 40])
def test_all_or_none_has_an_interval_with_width(hits):
    share = share_interval(hits, [str(i % 20) for i in range(40)])
    assert (share.low, share.high) == jeffreys_interval(sum(hits), 40)


def test_few_documents_are_not_drawn_and_the_method_says_so():
    documents = [str(i % (MIN_DOCUMENTS - 1)) for i in range(40)]
    share = share_interval([True, False] * 20, documents)
    assert share.method == "Jeffreys"
    assert (share.low, share.high) == jeffreys_interval(20, 40)
    assert np.isnan(share_interval([], []).share)


@pytest.mark.parametrize(
    ("documents", "chances", "message"),
    [
        (["a", "b"], None, "document ids"),
        (["a"], [0.1, 0.2], "chances"),
        (["a"], [1.2], "between 0 and 1"),
    ],
)
def test_input_that_does_not_fit_is_refused(documents, chances, message):
    with pytest.raises(ValueError, match=message):
        share_interval([True], documents, chances)


def test_what_a_label_leaves_is_split_by_how_often_the_others_occur():
    labels = ["against"] * 5 + ["none"] * 3 + ["favor", None]
    chances = label_chances(labels, [0.7] * 8 + [None, 0.9])
    assert list(chances.iloc[0]) == pytest.approx([0.7, 0.3 * 4 / 6, 0.3 * 2 / 6])
    assert list(chances.iloc[8]) == [0, 0, 1]
    assert chances.iloc[9].isna().all()
    assert chances.iloc[:9].sum(axis=1).to_numpy() == pytest.approx(np.ones(9))


@given(st.lists(st.floats(0, 1), max_size=12))
def test_the_interval_of_a_count_is_that_of_drawn_labels(chances):
    low, high = count_interval(chances)
    drawn = (np.random.default_rng(0).random((4000, len(chances))) < chances).sum(axis=1)
    assert 0 <= low <= high <= len(chances)
    assert ((low <= drawn) & (drawn <= high)).mean() >= 0.93


def test_a_count_of_sure_labels_is_no_interval():
    assert count_interval([1, 1, 0, 1]) == (3, 3)
    assert count_interval([0.5] * 10) == tuple(
        int(stats.binom(10, 0.5).ppf(q)) for q in (0.025, 0.975)
    )
