"""A variant leaves out the rows it names and no others."""

import pytest

from analysis.review import DOUBTFUL
from analysis.sensitivity import (
    share_against,
    share_of_statements,
    stance_variants_of,
    variants_of,
)


def test_each_variant_leaves_out_exactly_what_it_says(corpus):
    table = corpus.statements
    variants = variants_of(table)
    everything = set(table["statement_id"])

    def dropped(name):
        return everything - set(variants[name]["statement_id"])

    assert dropped("all statements") == set()
    assert dropped("without indirect statements") == set(
        table.loc[table["kind"] == "indirect", "statement_id"]
    )
    assert dropped("without the headline") == set(
        table.loc[table["section"] == "headline", "statement_id"]
    )
    assert dropped("without unresolved speakers") == set(
        table.loc[table["party"] == "unresolved", "statement_id"]
    )
    longest = table["fragments"].map(lambda f: max((len(x.split()) for x in f), default=0))
    assert dropped("without scare quotes") == set(
        table.loc[(longest > 0) & (longest < 4), "statement_id"]
    )
    sure = table["content_confidence"].fillna(1) * table["source_confidence"].fillna(1)
    assert dropped("without low-confidence rows") == set(table.loc[sure < DOUBTFUL, "statement_id"])


def test_stances_are_left_out_with_their_statement_and_denials_by_their_act(corpus):
    stance = corpus.stance
    variants = dict(stance_variants_of(corpus.statements, stance))
    assert variants["all statements"].equals(stance)
    denies = stance["act"].eq("REJECT") & stance["mode"].eq("deny").fillna(False)
    assert denies.any()
    assert variants["without denials"].equals(stance[~denies])
    kept = set(variants_of(corpus.statements)["without scare quotes"]["statement_id"])
    assert set(variants["without scare quotes"]["statement_id"]) <= kept


def test_rows_of_which_the_engine_is_not_sure_can_be_left_out(corpus):
    sure = [0.4 if i % 3 else 0.95 for i in range(len(corpus.stance))]
    stance = corpus.stance.assign(stance_confidence=sure)
    kept = dict(stance_variants_of(corpus.statements, stance))["without low-confidence rows"]
    assert len(kept)
    assert set(kept["stance_confidence"]) == {0.95}


def test_shares_are_of_the_variant(article):
    shares = share_of_statements(article.statements, ["US", "UK", "Russia"])
    for _, rows in shares.groupby("variant"):
        assert rows["value"].sum() == pytest.approx(1)
    assert (shares["low"] <= shares["value"]).all()


def test_share_against_counts_answers_only(corpus):
    rows = share_against(corpus.statements, corpus.stance, [("US", "Russia")])
    first = rows.iloc[0]
    about = corpus.stance[(corpus.stance["party"] == "US") & (corpus.stance["target"] == "Russia")]
    assert first["n"] == about["stance"].notna().sum()
    assert first["k"] == (about["stance"] == "against").sum()
