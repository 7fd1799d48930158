"""Intervals of shares: against scipy, by coverage, and over documents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.intervals import MIN_DOCUMENTS, bootstrap_documents, jeffreys_interval


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
    shares = np.linspace(0.02, 0.98, 97)
    for n in (5, 10, 20, 50):
        mean = np.mean([coverage(n, share) for share in shares])
        print(f"n = {n}: mean coverage {mean:.3f}")
        assert 0.93 <= mean <= 0.97
    # The percentile bootstrap holds the share .9 at n = 5 in 41 % of samples.
    assert coverage(5, 0.9) > 0.9


def test_whole_documents_are_drawn():
    """Ten documents of ten equal statements carry ten observations, not a hundred."""
    hits = np.repeat([True, False] * 5, 10)
    documents = np.repeat(list("abcdefghij"), 10)
    share = bootstrap_documents(hits, documents)
    low, high = jeffreys_interval(50, 100)
    assert (share.share, share.k, share.n, share.documents) == (0.5, 50, 100, 10)
    assert share.high - share.low > 2.5 * (high - low)
    assert "10 documents" in share.method


def test_seeded_and_blind_to_the_order_of_statements():
    rng = np.random.default_rng(0)
    hits, documents = rng.random(200) < 0.3, rng.integers(0, 25, 200).astype(str)
    shuffled = rng.permutation(200)
    first = bootstrap_documents(hits, documents, seed=4)
    assert bootstrap_documents(hits, documents, seed=4) == first
    assert bootstrap_documents(hits[shuffled], documents[shuffled], seed=4) == first


@pytest.mark.parametrize("hits", [[True] * 40, [False] * 40])
def test_all_or_none_falls_back_to_an_interval_with_width(hits):
    share = bootstrap_documents(hits, [str(i % 20) for i in range(40)])
    assert share.high > share.low
    assert "Jeffreys" in share.method


def test_few_documents_fall_back_and_say_so():
    documents = [str(i % (MIN_DOCUMENTS - 1)) for i in range(40)]
    share = bootstrap_documents([True, False] * 20, documents)
    assert "Jeffreys" in share.method
    assert (share.low, share.high) == jeffreys_interval(20, 40)
    assert np.isnan(bootstrap_documents([], []).share)


def test_hits_and_documents_must_match():
    with pytest.raises(ValueError, match="document ids"):
        bootstrap_documents([True], ["a", "b"])
