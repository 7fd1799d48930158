"""The annotation stands beside the engine's counts, for the documents it knows and no others."""

from dataclasses import replace

import pandas as pd

from analysis.agreement import Comparison
from analysis.annotated import annotated_stance, claims_beside_annotation
from analysis.evaluation import compare_with_gold


def test_the_table_holds_what_a_person_annotated(corpus):
    table = annotated_stance(corpus)
    gold = [g for g in compare_with_gold(corpus).gold if not g.optional]
    assert table["statement_id"].nunique() == len(gold), "ids are unique over documents"
    sides = sum(side == "against" for g in gold for side in g.targets.values())
    assert (table["stance"] == "against").sum() == sides
    denials = table[(table["act"] == "REJECT") & (table["mode"] == "deny")]
    assert len(denials), "the mode tells denials from refusals"
    assert set(table["date"]) == {d.date for d in corpus.documents}


def test_a_document_without_annotation_leaves_no_table(corpus):
    first = corpus.documents[0]
    other = replace(first, id="of-my-own")
    mixed = replace(corpus, documents=(*corpus.documents[1:], other))
    assert annotated_stance(mixed).empty


def test_each_accusation_says_whether_the_annotation_has_it(corpus):
    comparison = compare_with_gold(corpus)
    gold, found = next(
        (g, s)
        for g, s in comparison.pairs
        if "ACCUSE" in g.acts and "against" in g.targets.values()
    )
    accused = next(t for t, side in gold.targets.items() if side == "against")
    rows = [
        (found.statement_id, accused),
        (found.statement_id, "Zorvia"),
        ("nowhere:s001", "Zorvia"),
    ]
    claims = pd.DataFrame(rows, columns=["claim_id", "accused"])
    table = claims_beside_annotation(claims, comparison)
    assert list(table["annotation"]) == ["the same", "no accusation", "no such statement"]
    nothing = claims_beside_annotation(claims, Comparison())
    assert set(nothing["annotation"]) == {"no such statement"}
