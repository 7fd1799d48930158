"""Words, phrases, counts and TF-IDF by party."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer

from analysis.terms import PartyTfidf, term_counts_by_party, tfidf_by_party, without_repeats
from analysis.vocabulary import STOP_WORDS, TermAnalyzer, occurrences


def table(*rows):
    """Statements as (party, content), ids s0, s1, …, two to a document."""
    return pd.DataFrame(
        {
            "document_id": [f"d{i // 2}" for i in range(len(rows))],
            "statement_id": [f"d{i // 2}:s{i}" for i in range(len(rows))],
            "party": [row[0] for row in rows],
            "content_repaired": [row[1] for row in rows],
            "repeats": [row[2] if len(row) > 2 else "" for row in rows],
        }
    )


SAMPLE = table(
    ("Arland", "The drones cross the border, drones at night"),
    ("Arland", "drones and missiles"),
    ("Borduria", "We sent no missiles"),
    ("Borduria", "Peace talks, peace talks now"),
    ("Borduria", "Arland’s drones threaten peace talks"),
)


# --- what a term is


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Tehran’s drones", ["tehran", "drones"]),
        ("TEHRAN'S large-scale attacks", ["tehran", "large-scale", "attacks"]),
        ("large‑scale", ["large-scale"]),  # a hyphen that does not break is a hyphen
        ("SU-35s and the 924th, in 2022", ["su-35s", "924th"]),
        ("It’s ours, we’ll see what they don’t", []),
        ("US sanctions hit us", ["u.s.", "sanctions", "hit"]),
        ("U.S. sanctions, U.N. vote", ["u.s.", "sanctions", "un", "vote"]),
        ("O’Brien spoke", ["o'brien", "spoke"]),
        ("air defence system on fire", ["air", "defence", "system", "fire"]),
        ("_emphasis_ stays", ["emphasis", "stays"]),
    ],
)
def test_words_counted(text, terms):
    assert TermAnalyzer(ngram_range=(1, 1))(text) == terms


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("“killer” drones", ["killer drones"]),  # quotation marks do not part a phrase
        ("drones, missiles", []),  # a comma does
        ("drones in Corvia", []),  # so does a function word: the phrase is not in the text
        ("two drones … missiles fell", ["missiles fell"]),
        ("drones 35 missiles", []),
        ("joint drone production", ["joint drone", "drone production"]),
    ],
)
def test_phrases_are_neighbours_in_the_text(text, phrases):
    assert TermAnalyzer(ngram_range=(2, 2))(text) == phrases


def test_longer_phrases():
    assert TermAnalyzer(ngram_range=(3, 3))("joint drone production line, closed") == [
        "joint drone production",
        "drone production line",
    ]


def test_names_can_be_left_out_as_words_and_as_phrases():
    analyzer = TermAnalyzer(exclude=["Arland", "Grand Duchy of Borduria"])
    text = "Arland’s drones and the grand duchy of Borduria missiles; a grand tour"
    assert analyzer(text) == ["drones", "missiles", "grand", "tour", "grand tour"]


def test_mentions_of_a_gazetteer_can_be_left_out():
    class Mentions:
        def find(self, text):
            start = text.find("Arland")
            return [] if start < 0 else [type("Mention", (), {"start": start, "end": start + 6})]

    assert TermAnalyzer(exclude=Mentions())("drones Arland missiles") == ["drones", "missiles"]


def test_a_string_is_not_a_list_of_words():
    with pytest.raises(ValueError, match="exclude"):
        TermAnalyzer(exclude="Arland")
    with pytest.raises(ValueError, match="stop_words"):
        TermAnalyzer(stop_words="french")


@settings(deadline=None)
@given(st.text(alphabet="ab cd-’'.“”,5_US’s\n", max_size=60), st.integers(1, 3))
def test_every_term_is_found_as_often_as_it_is_counted(text, longest):
    terms = TermAnalyzer((1, longest), stop_words=None)(text)
    for term in set(terms):
        assert len(occurrences(text, term)) == terms.count(term)


# --- counts


def test_raw_counts_add_up_to_all_uses():
    counts = term_counts_by_party(SAMPLE, ngram_range=(1, 1))
    analyzer = TermAnalyzer((1, 1))
    for party, group in SAMPLE.groupby("party"):
        uses = sum(len(analyzer(text)) for text in group["content_repaired"])
        assert counts.loc[counts["party"] == party, "count"].sum() == uses


def test_counts_name_their_statements_and_documents():
    counts = term_counts_by_party(SAMPLE).set_index(["party", "term"])
    row = counts.loc[("Arland", "drones")]
    assert (row["count"], row["statements"], row["documents"]) == (3, 2, 1)
    assert row["statement_ids"] == "d0:s0; d0:s1"
    assert row["per_1000"] == pytest.approx(1000 * 3 / 11)
    assert counts.loc[("Borduria", "peace talks"), "count"] == 3
    assert counts.loc[("Borduria", "peace talks"), "documents"] == 2


def test_a_statement_of_two_parties_counts_for_each():
    counts = term_counts_by_party(table(("Arland; Corvia", "joint statement")))
    assert set(counts["party"]) == {"Arland", "Corvia"}
    assert (counts["count"] == 1).all()


def test_repeated_quotations_count_once_or_each():
    rows = table(
        ("Arland", "peace now"),
        ("Arland", "peace now, they said at length", "d0:s0"),
        ("Arland", "peace", "d0:s1"),
        ("Borduria", "peace now", "d0:s0"),  # another party saying it is another use
    )
    once = term_counts_by_party(rows).set_index(["party", "term"])["count"]
    each = term_counts_by_party(rows, count_repeats="each").set_index(["party", "term"])["count"]
    assert (once["Arland", "peace"], each["Arland", "peace"]) == (1, 3)
    assert once["Borduria", "peace"] == 1
    assert list(without_repeats(rows)["statement_id"]) == ["d0:s1", "d1:s3"]  # the fullest stays


def test_repeats_of_a_statement_outside_the_table_still_count_once():
    rows = table(("Arland", "peace now", "x:s9"), ("Arland", "peace now", "x:s9"))
    assert list(without_repeats(rows)["statement_id"]) == ["d0:s0"]


# --- weights


def by_hand(statements, idf_texts, party):
    """ln-scaled counts of a party times smoothed idf of single statements, to unit length."""
    analyzer = TermAnalyzer((1, 2))
    uses = pd.Series(
        [t for text in statements.loc[statements["party"] == party, "content_repaired"]
         for t in analyzer(text)]
    ).value_counts()  # fmt: skip
    n = len(idf_texts)
    df = pd.Series({t: sum(t in analyzer(text) for text in idf_texts) for t in uses.index})
    weights = (1 + np.log(uses)) * (np.log((1 + n) / (1 + df)) + 1)
    return weights / np.sqrt((weights**2).sum())


def test_weights_equal_the_formula():
    weights = tfidf_by_party(SAMPLE, min_statements=1)
    for party in ("Arland", "Borduria"):
        rows = weights[weights["party"] == party].set_index("term")["weight"]
        expected = by_hand(SAMPLE, list(SAMPLE["content_repaired"]), party)
        pd.testing.assert_series_equal(
            rows.sort_index(), expected.sort_index(), check_names=False, check_index_type=False
        )


def test_the_reference_sets_the_idf_each_statement_once():
    reference = pd.concat(
        [SAMPLE, table(*[("Corvia", "drones again")] * 3).assign(statement_id=list("xyz"))]
    )
    weights = tfidf_by_party(SAMPLE, reference=reference, min_statements=1)
    rows = weights[weights["party"] == "Arland"].set_index("term")["weight"]
    expected = by_hand(SAMPLE, list(reference["content_repaired"]), "Arland")
    assert rows.sort_index().to_numpy() == pytest.approx(expected.sort_index().to_numpy())
    assert "again" not in set(weights["term"])  # the reference weighs, it does not speak


def test_weights_are_those_of_plain_scikit_learn():
    texts = SAMPLE["content_repaired"].tolist()
    plain = CountVectorizer(analyzer=TermAnalyzer())
    weighting = TfidfTransformer(sublinear_tf=True).fit(plain.fit_transform(texts))
    joined = [" … ".join(SAMPLE.loc[SAMPLE["party"] == p, "content_repaired"])
              for p in ("Borduria", "Arland")]  # fmt: skip
    expected = weighting.transform(plain.transform(joined))
    model = PartyTfidf().fit(texts)
    assert np.allclose(model.transform(joined).toarray(), expected.toarray())
    ours = tfidf_by_party(SAMPLE, parties=["Borduria", "Arland"], min_statements=1)
    assert sorted(ours["weight"]) == pytest.approx(sorted(expected.data))


def test_rank_follows_weight_and_restarts_with_each_party():
    weights = tfidf_by_party(SAMPLE, min_statements=1)
    assert list(dict.fromkeys(weights["party"])) == ["Borduria", "Arland"]  # most statements first
    for _, rows in weights.groupby("party", sort=False):
        assert list(rows["rank"]) == list(range(1, len(rows) + 1))
        assert rows["weight"].round(9).is_monotonic_decreasing


def test_terms_of_too_few_statements_are_left_out_and_named_as_the_reason():
    weights = tfidf_by_party(SAMPLE.iloc[:3])
    assert (weights["statements"] >= 2).all()
    assert set(weights["party"]) == {"Arland"}
    assert weights.attrs["not_enough_text"] == {"Borduria": "1 statement; no term in 2 of them"}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("Arland", "")],
        [("Arland", "the of and")],
        [("unresolved", "drones fall"), (None, "drones fall")],
        [("Arland", None)],
    ],
)
def test_nothing_to_weigh_is_an_empty_table_with_a_reason(rows):
    for result in (tfidf_by_party(table(*rows)), term_counts_by_party(table(*rows))):
        assert result.empty
        assert {"party", "term", "count", "statements", "documents"} <= set(result)
        assert all(result.attrs["not_enough_text"].values())
        assert result.attrs["not_enough_text"]


def test_a_party_asked_for_that_does_not_speak():
    weights = tfidf_by_party(SAMPLE, parties=["Arland", "Nowhere"])
    assert weights.attrs["not_enough_text"] == {"Nowhere": "0 statements"}


def test_one_party_alone_is_weighed():
    weights = tfidf_by_party(SAMPLE[SAMPLE["party"] == "Arland"])
    assert list(weights["term"]) == ["drones"]


def test_pandas_types_of_the_statement_table_change_nothing():
    typed = SAMPLE.astype({"content_repaired": "string", "party": "category", "repeats": "string"})
    typed.loc[0, "repeats"] = pd.NA
    pd.testing.assert_frame_equal(tfidf_by_party(typed), tfidf_by_party(SAMPLE))


def test_the_input_is_not_changed_and_reruns_are_identical():
    before = SAMPLE.copy(deep=True)
    first, second = tfidf_by_party(SAMPLE), tfidf_by_party(SAMPLE)
    pd.testing.assert_frame_equal(first, second, check_exact=True)
    pd.testing.assert_frame_equal(SAMPLE, before)


# --- scikit-learn's conventions


def test_estimator_can_be_cloned_and_keeps_its_parameters():
    model = PartyTfidf(ngram_range=(1, 3), exclude=("arland",), sublinear_tf=False, norm=None)
    copy = clone(model)
    assert copy is not model
    assert copy.get_params() == model.get_params()
    assert copy.set_params(norm="l1").norm == "l1"
    texts = SAMPLE["content_repaired"]
    assert not hasattr(model, "idf_")
    assert model.fit(texts) is model
    assert (model.fit_transform(texts) != model.transform(texts)).nnz == 0
    assert len(model.get_feature_names_out()) == len(model.idf_) == model.transform(texts).shape[1]


def test_unfitted_estimator_says_so():
    with pytest.raises(Exception, match="not fitted"):
        PartyTfidf().transform(["drones"])


def test_one_article_does_not_define_its_own_rarity():
    """With two parties as the documents of the idf, every shared word weighs the same."""
    parties = [" ".join(g["content_repaired"]) for _, g in SAMPLE.groupby("party")]
    coarse = TfidfVectorizer(analyzer=TermAnalyzer((1, 1))).fit(parties)
    fine = PartyTfidf((1, 1)).fit(SAMPLE["content_repaired"])

    def idf(names, values):
        found = dict(zip(names, values, strict=True))
        return found["drones"], found["missiles"]

    coarse_idf = idf(coarse.get_feature_names_out(), coarse.idf_)
    drones, missiles = idf(fine.get_feature_names_out(), fine.idf_)
    assert coarse_idf[0] == coarse_idf[1]
    assert drones < missiles  # in three statements against two


def test_stop_words_hold_no_word_of_news_about_war():
    assert not {"fire", "system", "side", "bill", "serious"} & STOP_WORDS
    assert {"the", "does", "don't", "we'll"} <= STOP_WORDS
