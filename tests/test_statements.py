"""Statements are found with exact offsets, whatever the layout and the marks."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.agreement import agreement
from analysis.documents import Document
from analysis.evaluation import compare_with_gold
from analysis.pipeline import read_statements
from analysis.repetitions import link_repetitions
from analysis.statements import extract_statements

ROOT = Path(__file__).resolve().parent.parent


def read(text, parties, date="2031-05-04"):
    document = Document.from_text(text, id="d", date=date, language_check=False)
    return read_statements(document, parties)


def contents(text, parties):
    return [s.content for s in read(text, parties)]


def slices_back(document, statement):
    raw = document.raw
    pieces = [raw[a:b] for a, b in statement.content_spans]
    assert " … ".join(pieces) == statement.content
    assert tuple(raw[a:b] for a, b in statement.fragment_spans) == statement.fragments
    for span, words in (
        (statement.source_span, statement.source),
        (statement.cue_span, statement.cue),
    ):
        assert (raw[span[0] : span[1]] if span else "") == words


def test_every_span_of_the_article_and_the_corpus_slices_back(article, corpus):
    for analysis in (article, corpus):
        for statement in analysis.records:
            slices_back(analysis.document(statement.document_id), statement)


SENTENCES = st.lists(
    st.sampled_from(
        [
            "“The lock is broken,” said Tomas Hellgar.",
            "Leonie Hask denied that the tug was Kestrian.",
            "According to the ministry, nobody was hurt.",
            'The chancellor called it "a bill".',
            "He added that the “second lock” would follow.",
            "• Read also: The salt tax explained",
            "ZORVOGRAD, 4 May – The envoy, who had come late, urged Marland to wait.",
            "“Not yet",
            "nobody”, she said, “knows",
            "It rained.",
        ]
    ),
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(SENTENCES, st.sampled_from([" ", "\n\n", "\n", "\r\n\r\n"]), st.text("“”\"' ", max_size=3))
def test_spans_of_generated_texts_slice_back(sentences, joint, noise):
    document = Document.from_text(noise + joint.join(sentences), id="g", language_check=False)
    for statement in extract_statements(document):
        slices_back(document, statement)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_raises(text):
    document = Document.from_text(text, id="g", language_check=False)
    for statement in extract_statements(document):
        slices_back(document, statement)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The lock is broken,” said Tomas Hellgar.", ["“The lock is broken,”"]),
        (
            "“The lock,” Hellgar said, “is broken.” He left.",
            ["“The lock,” … “is broken.”"],
        ),
        ("The ministry said that nobody was hurt.", ["nobody was hurt"]),
        ("Nobody, the envoy added, was hurt.", ["Nobody … was hurt"]),
        ("Hask denied sending the tug, without naming it.", ["sending the tug"]),
        ("Hask accused Zorvia of “old tricks”.", ["Zorvia of “old tricks”"]),
        ("The minister told reporters that the dam would hold.", ["the dam would hold"]),
        (
            "Hask condemned the raid and called for a truce.",
            ["the raid", "a truce"],
        ),
        ("The raid was condemned by Leonie Hask.", ["The raid"]),
        ("The White Tower is alarmed by the “old pact”.", ["the “old pact”"]),
        ("Leonie Hask issued a stark warning against “old tricks”.", ["against “old tricks”"]),
        ("Hask praised the pact, noting that it had held.", ["the pact", "it had held"]),
        (
            "Repeating fresh claims that the tug had sunk, Hask said it was late.",
            ["the tug had sunk", "it was late"],
        ),
        ("It rained on Monday and the ships stayed in port.", []),
        ("The so-called “salt tax” rose in May.", []),
    ],
)
def test_content_is_what_is_reported_and_no_more(text, expected, fictional):
    assert contents(text, fictional) == expected


def test_a_quotation_over_two_paragraphs_is_one_statement(fictional):
    text = (
        "“The lock is broken,” said Tomas Hellgar. “It was broken before.\n\n“And nobody has paid.”"
    )
    (statement,) = read(text, fictional)
    assert statement.kind == "direct"
    assert len(statement.content_spans) == 3
    assert statement.speaker == "Tomas Hellgar"


def test_a_quotation_in_page_furniture_is_no_statement(article):
    document = article.documents[0]
    for statement in article.records:
        for start, end in statement.content_spans:
            assert not any(r.start < end and start < r.end for r in document.furniture)


def test_the_article_agrees_with_its_annotation(article):
    compared = compare_with_gold(article)
    table = agreement(compared, article.stances).set_index("measure")
    assert table.loc["statements found", "found"] >= 22
    assert table.loc["quoted fragments found at their places", "found"] == 25
    assert table.loc["quoted fragments with the right speaker", "found"] >= 24
    assert table.loc["quoted fragments with the right party", "found"] >= 24
    assert table.loc["party right, of those found", "found"] >= 21
    assert len(compared.invented) <= 3
    assert table.loc["speech act right, of those found", "value"] >= 0.80
    assert table.loc["stance towards a target, F1", "value"] >= 0.75
    assert table.loc["no side taken where the annotation has none", "found"] >= 5


def test_the_corpus_agrees_with_its_annotation(corpus):
    table = agreement(compare_with_gold(corpus)).set_index("measure")
    assert table.loc["statements F1", "value"] >= 0.88
    assert table.loc["party right, of those found", "value"] >= 0.95
    assert table.loc["speaker right, of those found", "value"] >= 0.93


def test_a_repeated_quotation_is_linked_to_its_first_appearance(fictional):
    first = read("“The lock is broken for good,” said Tomas Hellgar.", fictional)
    later = read("“The lock is broken for good”, Hellgar said again.", fictional)
    later = [
        s.__class__(**{**_fields(s), "statement_id": "e:s001", "document_id": "e"}) for s in later
    ]
    linked = link_repetitions([*first, *later])
    assert [s.repeats for s in linked] == ["", first[0].statement_id]


@pytest.mark.parametrize(
    ("first", "later", "linked"),
    [
        (("the lock is broken", "Zorvia"), ("that the lock is broken", "Zorvia"), True),
        (("that the lock is broken", "Zorvia"), ("the lock is broken", "Zorvia"), True),
        (("is broken", "Zorvia"), ("the lock is broken", "Zorvia"), False),
        (("the lock is broken", "Zorvia"), ("the lock is broken", "Marland"), False),
        (
            ("the lock is broken for good", "Zorvia"),
            ("we know the lock is broken for good", "Marland"),
            True,
        ),
        (("the lock is broken", "Zorvia"), ("the lock was broken", "Zorvia"), False),
    ],
)
def test_a_part_of_a_quotation_repeats_it_and_other_parties_need_more_words(
    fictional, first, later, linked
):
    (plain,) = read("“The lock is broken,” said Tomas Hellgar.", fictional)
    statements = [
        replace(
            plain,
            statement_id=f"d:s{i}",
            fragments=(words,),
            fragment_spans=((100 * i, 100 * i + len(words)),),
            party=party,
        )
        for i, (words, party) in enumerate((first, later))
    ]
    found = link_repetitions(statements)
    assert [s.repeats for s in found] == ["", "d:s0" if linked else ""]


@pytest.mark.parametrize(
    ("document", "start", "linked"),
    [("d", 0, False), ("d", 9, False), ("d", 50, True), ("e", 0, True)],
)
def test_the_same_characters_read_twice_are_no_repetition(fictional, document, start, linked):
    (plain,) = read("“The lock is broken,” said Tomas Hellgar.", fictional)
    first, second = (
        replace(
            plain,
            document_id=name,
            statement_id=f"{name}:s{i}",
            fragments=("the lock is broken",),
            fragment_spans=((begin, begin + 18),),
        )
        for i, (name, begin) in enumerate([("d", 0), (document, start)])
    )
    found = link_repetitions([first, second])
    assert [s.repeats for s in found] == ["", first.statement_id if linked else ""]


def _fields(statement):
    return {name: getattr(statement, name) for name in statement.__slots__}


def test_damage_in_one_paragraph_changes_no_statement_of_another(fictional):
    good = [
        "“The lock is broken,” said Tomas Hellgar.",
        "Leonie Hask denied that the tug was “Kestrian”.",
        "“Nobody has paid,” the envoy said, “and nobody will.”",
    ]
    text = "\n\n".join(good)
    reference = {(s.paragraph, s.content) for s in read(text, fictional)}
    assert {paragraph for paragraph, _ in reference} == {1, 2, 3}
    for place, mark in enumerate(text):
        if mark not in "“”":
            continue
        hit = 1 + text.count("\n\n", 0, place)
        untouched = {row for row in reference if row[0] != hit}
        for other in ("", "”", "“", '"'):
            damaged = text[:place] + other + text[place + 1 :]
            found = {(s.paragraph, s.content) for s in read(damaged, fictional)}
            assert untouched <= found, (place, other)


def test_statements_of_unseen_news_beat_the_baseline(unseen_news):
    import sys

    sys.path.insert(0, str(unseen_news))
    try:
        import score
    finally:
        sys.path.pop(0)
    articles = score.read_articles(unseen_news / "dev.articles.jsonl")
    predicted = {}
    for name, text in articles.items():
        document = Document.from_text(text, id=name, language_check=False)
        predicted[name] = [
            {
                "content": [list(span) for span in s.content_spans],
                "source": list(s.source_span) if s.source_span else None,
                "cue": list(s.cue_span) if s.cue_span else None,
            }
            for s in extract_statements(document)
        ]
    report = score.score(articles, score.read_rows(unseen_news / "dev.gold.jsonl"), predicted)
    assert report["quoted"]["joint"]["f1"] >= 0.519  # the regular-expression baseline and .10
    json.dumps(report)
