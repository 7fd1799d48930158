"""Kappa and alpha, against published worked examples."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evaluation import act_agreement, compare_with_gold, stance_agreement
from analysis.reliability import cohen_kappa, krippendorff_alpha, reliability


def coders(*rows):
    return [[None if value == "." else value for value in row.split()] for row in rows]


# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", sections A, B and C.
PUBLISHED = [
    (coders("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
    (coders("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
    (
        coders(
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ),
        0.743,
    ),
]


@pytest.mark.parametrize(("ratings", "alpha"), PUBLISHED)
def test_alpha_of_the_published_examples(ratings, alpha):
    assert krippendorff_alpha(ratings) == pytest.approx(alpha, abs=0.0005)


def test_kappa_of_a_worked_example():
    """Agreement .7, by chance .5: kappa is .4 (20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no)."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2)


@given(LABELS)
def test_alpha_of_two_coders_is_scotts_pi_corrected_for_few_units(pairs):
    """Two coders without gaps: 1 - (2n - 1) / 2n · (1 - pi) (Krippendorff 2011)."""
    one, two = zip(*pairs, strict=True)
    pooled = pd.Series([*one, *two]).value_counts(normalize=True)
    chance = float((pooled**2).sum())
    alpha = krippendorff_alpha([one, two])
    if chance == 1:
        assert np.isnan(alpha)
        return
    pi = (np.mean(np.array(one) == np.array(two)) - chance) / (1 - chance)
    n = 2 * len(pairs)
    assert alpha == pytest.approx(1 - (n - 1) / n * (1 - pi))


def test_a_unit_with_one_value_counts_for_nothing():
    ratings = coders("a b a b", "a b b b")
    more = [[*ratings[0], "a", None], [*ratings[1], None, "b"]]
    assert krippendorff_alpha(more) == pytest.approx(krippendorff_alpha(ratings))


def test_nothing_to_compare_is_not_a_number():
    assert np.isnan(krippendorff_alpha([[], []]))
    assert np.isnan(krippendorff_alpha([["a", "a"], ["a", "a"]]))
    assert np.isnan(cohen_kappa([], []))
    assert np.isnan(cohen_kappa(["a", "a"], ["a", "a"]))
    with pytest.raises(ValueError, match="every unit"):
        krippendorff_alpha([["a"], ["a", "b"]])


def test_each_class_is_held_against_the_rest():
    first = ["against"] * 6 + ["none"] * 3 + ["favor"]
    second = ["against"] * 5 + ["none"] * 4 + ["favor"]
    table = reliability(first, second).set_index("class")
    assert list(table.index) == ["all", "against", "none", "favor"]
    assert tuple(table.loc["against", ["first", "second", "both"]]) == (6, 5, 5)
    assert table.loc["against", "precision"] == 1
    assert table.loc["none", "precision"] == pytest.approx(3 / 4)
    assert table.loc["favor", "kappa"] == 1
    assert table.loc["all", "f1"] == pytest.approx(table["f1"].iloc[1:].mean())
    assert 0 < table.loc["all", "alpha"] < 1


def test_agreement_with_gold_counts_the_pairs_of_the_comparison(article):
    compared = compare_with_gold(article)
    found = [g for g, _ in compared.pairs if not g.optional]
    acts = act_agreement(compared, article).set_index("class")
    assert acts.loc["all", "annotation"] == len(found)
    stances = stance_agreement(compared, article).set_index("class")
    assert set(stances.index) >= {"all", "against", "none"}
    sides = sum(t == "against" for g in found for t in g.targets.values())
    assert stances.loc["against", "annotation"] == sides
    assert stances["kappa"].dropna().between(-1, 1).all()
