"""A denial is paired with the accusation it answers."""

import pandas as pd

from analysis.answers import claims_and_denials, unanswered, unanswered_claims
from analysis.pipeline import Analysis


def tables(rows):
    statements, stance = [], []
    for number, (document, date, party, target, act, words) in enumerate(rows, start=1):
        name = f"{document}:s{number:03d}"
        statements.append({"statement_id": name, "content_repaired": words, "source": "a speaker"})
        stance.append(
            {
                "statement_id": name,
                "document_id": document,
                "date": date,
                "party": party,
                "speaker": f"{party} speaker",
                "target": target,
                "act": act,
                "mode": "deny" if act == "REJECT" else "allege",
                "stance": "against",
            }
        )
    return pd.DataFrame(statements), pd.DataFrame(stance)


ROWS = [
    ("a", "2031-05-01", "Kestria", "Zorvia", "ACCUSE", "Zorvia laid mines off the coast"),
    ("a", "2031-05-01", "Marland", "Zorvia", "ACCUSE", "Zorvia laid mines off the coast"),
    ("b", "2031-05-04", "Kestria", "Zorvia", "ACCUSE", "Zorvia hides the sunken tug"),
    ("b", "2031-05-04", "Zorvia", "Kestria", "REJECT", "laying mines off the coast"),
    ("c", "2031-05-09", "Zorvia", "Marland", "REJECT", "laying mines"),
    ("c", "2031-05-09", "Zorvia", "Ostany", "REJECT", "any raid"),
    ("d", "2031-06-01", "Ostany", "Zorvia", "ACCUSE", "Zorvia raided the fair"),
]


def test_the_same_document_comes_first_then_earlier_ones_of_the_party_addressed():
    pairs = claims_and_denials(*tables(ROWS)).set_index("denial_id")
    assert pairs.loc["b:s004", "claim_id"] == "b:s003"
    assert pairs.loc["b:s004", "found"] == "same document"
    assert pairs.loc["c:s005", "claim_id"] == "a:s002"
    assert pairs.loc["c:s005", "found"] == "earlier document"


def test_a_later_accusation_is_not_what_a_denial_answers():
    pairs = claims_and_denials(*tables(ROWS)).set_index("denial_id")
    assert pairs.loc["c:s006", "found"] == "no accusation found"
    assert pd.isna(pairs.loc["c:s006", "claim_id"])


def test_among_several_the_one_most_alike_is_taken():
    rows = [*ROWS[:3], ("e", "2031-07-01", "Zorvia", "Kestria", "REJECT", "that it laid mines")]
    pairs = claims_and_denials(*tables(rows))
    assert list(pairs["claim_id"]) == ["a:s001"]


GROUPS = {"The Pact": frozenset({"Kestria", "Marland"})}


def test_a_denial_to_an_alliance_answers_a_member_and_the_addressee_itself_comes_first():
    rows = [*ROWS[:2], ("b", "2031-05-04", "Zorvia", "The Pact", "REJECT", "the mines")]
    pairs = claims_and_denials(*tables(rows), groups=GROUPS)
    assert pairs["claim_party"].isin(GROUPS["The Pact"]).all()
    own = ("a", "2031-05-01", "The Pact", "Zorvia", "ACCUSE", "Zorvia is a danger")
    pairs = claims_and_denials(*tables([*rows, own]), groups=GROUPS)
    assert list(pairs["claim_party"]) == ["The Pact"]
    assert claims_and_denials(*tables(rows), groups={})["claim_id"].isna().all()


def test_where_no_wording_is_alike_the_nearest_accusation_before_is_taken():
    rows = [
        ("a", "2031-05-01", "Kestria", "Zorvia", "ACCUSE", "Zorvia laid mines"),
        ("a", "2031-05-01", "Kestria", "Zorvia", "ACCUSE", "they stole our boats"),
        ("a", "2031-05-01", "Zorvia", "Kestria", "REJECT", "what was said"),
        ("a", "2031-05-01", "Kestria", "Zorvia", "ACCUSE", "Zorvia is cruel"),
    ]
    pair = claims_and_denials(*tables(rows), groups={}).iloc[0]
    assert (pair["claim_id"], pair["paired_by"]) == ("a:s002", "nearness")


def test_claim_and_denial_stand_side_by_side_with_dates_and_sources():
    pair = claims_and_denials(*tables(ROWS)).set_index("denial_id").loc["c:s005"]
    assert (pair["claim_date"], pair["denial_date"]) == ("2031-05-01", "2031-05-09")
    assert (pair["claim_by"], pair["denial_by"]) == ("Marland speaker", "Zorvia speaker")
    assert (pair["claim_party"], pair["denial_to"]) == ("Marland", "Marland")
    assert pair["claim_source"] == pair["denial_source"] == "a speaker"
    assert pair["claim_words"].startswith("Zorvia laid mines")


def test_every_accusation_is_answered_or_listed_as_unanswered():
    statements, stance = tables(ROWS)
    pairs = claims_and_denials(statements, stance)
    listed = unanswered_claims(statements, stance, pairs)
    assert list(listed["claim_id"]) == ["a:s001", "d:s007"]
    later = dict(zip(listed["claim_id"], listed["later_denials"], strict=True))
    # Zorvia denies to Kestria later, though another accusation is more alike or nearer
    assert later == {"a:s001": 1, "d:s007": 0}


def test_of_the_corpus_no_accusation_is_lost(corpus: Analysis):
    pairs = claims_and_denials(corpus.statements, corpus.stance)
    counts = unanswered(corpus.stance, pairs)
    listed = unanswered_claims(corpus.statements, corpus.stance, pairs)
    assert len(listed) == (counts["accusations"] - counts["answered"]).sum()


def test_accusations_without_an_answer_are_counted():
    statements, stance = tables(ROWS)
    table = unanswered(stance, claims_and_denials(statements, stance))
    counts = {(r.accuser, r.accused): (r.accusations, r.answered) for r in table.itertuples()}
    assert counts["Kestria", "Zorvia"] == (2, 1)
    assert counts["Ostany", "Zorvia"] == (1, 0)


def test_every_denial_of_the_corpus_is_listed(corpus: Analysis):
    pairs = claims_and_denials(corpus.statements, corpus.stance)
    denials = corpus.stance[
        (corpus.stance["act"] == "REJECT")
        & (corpus.stance["mode"] == "deny")
        & (corpus.stance["stance"] == "against")
    ]
    assert set(pairs["denial_id"]) == set(denials["statement_id"])
    ids = set(corpus.statements["statement_id"])
    assert all(set(found) <= ids for found in pairs["statement_ids"])
    assert (pairs.dropna(subset="claim_date").eval("claim_date <= denial_date")).all()


def test_a_table_without_denials_gives_an_empty_one():
    assert claims_and_denials(*tables(ROWS[:3])).empty
