"""Sentence shapes in which content and source stand where no verb's frame puts them."""

import pytest

from analysis.documents import Document
from analysis.paragraphs import find_paragraphs
from analysis.proposals import propose
from analysis.statements import find_drafts


def by(reader, text, section="body"):
    """Statements of one paragraph as (content, source), in words."""
    return [
        (" … ".join(text[a:b] for a, b in d.content), text[slice(*d.source)] if d.source else "")
        for d in reader(text, [(0, len(text), 1, section)])
    ]


FIRM = [
    ("Leonie Hask put the number of dead at nine.", "the number of dead at nine", "Leonie Hask"),
    ("The wait, Hask let it be known, is over.", "The wait … is over", "Hask"),
    ("Hask left no doubt that the dam would hold.", "the dam would hold", "Hask"),
    ("Hask admitted as much.", "as much", "Hask"),
    ("In Hask's telling, the dam held.", "the dam held", "Hask's"),
    ("By the ministry's count, nine people died.", "nine people died", "the ministry's"),
    ("Hask was blunt: the dam would break.", "the dam would break", "Hask"),
    ("Her message to the islands was simple: stay at home.", "stay at home", "Her"),
    ("Leonie Hask: “unfounded”.", "“unfounded”", "Leonie Hask"),
    ("“The dam is old” – Leonie Hask", "“The dam is old”", "Leonie Hask"),
    ("Hask is of the view that the dam is old.", "the dam is old", "Hask"),
    ("Hask used the word “piracy”.", "“piracy”", "Hask"),
    ("“Late” is what Hask called it.", "“Late”", "Hask"),
    ("“Late,” Hask called it.", "“Late,”", "Hask"),
    ("It was Leonie Hask who warned that the dam was old.", "the dam was old", "Leonie Hask"),
    ("As Hask sees it, the dam is old.", "the dam is old", "Hask"),
    ("The word from Lysk was that the dam had held.", "the dam had held", "Lysk"),
    ("“Rotten” was Hask's verdict.", "“Rotten”", "Hask's"),
]


@pytest.mark.parametrize(("text", "content", "source"), FIRM)
def test_a_shape_with_one_reading_is_kept_as_the_rules_read_it(text, content, source):
    assert by(propose, text) == [(content, source)]
    assert by(find_drafts, text) == [(content, source)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hask said on Friday, and Tomas Hellgar repeated on Saturday, that the dam was old.",
            [("the dam was old", "Hask"), ("the dam was old", "Tomas Hellgar")],
        ),
        (
            "Hask said the dam would hold, and Hellgar that it would not.",
            [("the dam would hold", "Hask"), ("it would not", "Hellgar")],
        ),
        (
            "The film, described as “late” by Hask and as “long” by Hellgar, opens in May.",
            [("“late”", "Hask"), ("“long”", "Hellgar")],
        ),
    ],
)
def test_two_who_share_words_or_a_verb_have_a_statement_each(text, expected):
    assert by(find_drafts, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hask closed the lock after what Hellgar called “a farce” in the hall.",
            ("“a farce” in the hall", "Hellgar"),
        ),
        (
            "Harbour Wire has seen the film, which Hask had called a fake.",
            ("the film … a fake", "Hask"),
        ),
        ("The lock was closed, a step that Hask welcomed.", ("a step", "Hask")),
        ("Lysk spoke of spies, a charge that Hask rejected within hours.", ("a charge", "Hask")),
        ("Lysk spoke of spies, a report Hask denied at once.", ("a report", "Hask")),
        ("Lysk spoke of spies, claims which Hask dismissed on Tuesday.", ("claims", "Hask")),
        (
            "Lysk spoke of spies, a charge which Hask dismissed as nonsense.",
            ("a charge … nonsense", "Hask"),
        ),
        ("The charges, which Hask denies, were made in May.", ("The charges", "Hask")),
        ("Lysk had told it all, an account disputed by Hask.", ("an account", "Hask")),
        ("Lysk said it would stay, a pledge Hask repeated in May.", ("a pledge", "Hask")),
        ("Lysk was angry, with Hask calling it “theft”.", ("it “theft”", "Hask")),
        ("Lysk denied it, with Hask saying that no mine was laid.", ("no mine was laid", "Hask")),
        ("Lysk spoke of spies, a charge that was rejected by Hask.", ("a charge", "Hask")),
    ],
)
def test_a_judgement_in_a_clause_that_depends_is_the_judge_s(text, expected):
    assert expected in by(find_drafts, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Harbour Wire, citing officials, said the dam was old.",
            [("the dam was old", "Harbour Wire")],
        ),
        (
            "The dam was old, Harbour Wire said, citing two people familiar with it.",
            [("The dam was old", "Harbour Wire")],
        ),
        (
            "Harbour Wire quoted Leonie Hask as saying that the dam was old.",
            [("the dam was old", "Leonie Hask")],
        ),
        (
            "Harbour Wire quoted two officials in Lysk as saying the dam was old.",
            [("the dam was old", "two officials in Lysk")],
        ),
        ("The dam is old, Harbour Wire quoted Hask as saying.", [("The dam is old", "Hask")]),
        (
            "Hask was quoted by Harbour Wire as saying the dam was old.",
            [("the dam was old", "Hask")],
        ),
        ("Leonie Hask offered help.", []),
        ("Marland offered its help, and Hask promised grain.", [("grain", "Hask")]),
        ("Kesmouth denied within hours.", []),
        ("Hask would not say whether the fleet had sailed.", []),
        (
            "Hask, who asked not to be named, said the dam was old.",
            [("the dam was old", "Hask, who asked not to be named")],
        ),
        (
            "Hask said that while it rained, the dam had held.",
            [("while it rained, the dam had held", "Hask")],
        ),
    ],
)
def test_whoever_is_cited_help_and_a_time_are_nobody_s_words(text, expected):
    assert by(find_drafts, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Assembly said it was “worried” by the raid and asked Lysk to explain it.",
            ["it was “worried” by the raid", "Lysk to explain it"],
        ),
        (
            "Hask said the talks were over and told Lysk to withdraw its ships.",
            ["the talks were over", "to withdraw its ships"],
        ),
        (
            "Hask said that the ministry was “surprised” and demanded an apology.",
            ["the ministry was “surprised”", "an apology"],
        ),
        ("Hask said he had met Orme and asked her to go.", ["he had met Orme and asked her to go"]),
    ],
)
def test_a_demand_beside_a_state_is_a_statement_of_its_own(text, expected):
    assert [content for content, _ in by(find_drafts, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lysk's claim that the strait was mined was rejected by Hask as a tale.",
            [
                ("Lysk's claim that the strait was mined … as a tale", "Hask"),
                ("the strait was mined", "Lysk's"),
            ],
        ),
        (
            "Lysk's warning that ships would be sunk was dismissed by Hask.",
            [
                ("Lysk's warning that ships would be sunk", "Hask"),
                ("ships would be sunk", "Lysk's"),
            ],
        ),
        (
            "Lysk's claim that the ships were old was “absurd”, Hask said.",
            [("Lysk's claim that the ships were old was “absurd”", "Hask")],
        ),
    ],
)
def test_a_claim_ends_before_the_verb_of_its_sentence(text, expected):
    assert by(find_drafts, text) == expected


@pytest.mark.parametrize("reader", [propose, find_drafts])
def test_a_clause_with_the_speaker_s_own_pronoun_is_all_that_was_said(reader):
    text = "The guard was late; she did not mind, she said."
    assert by(reader, text) == [("she did not mind", "she")]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Hask said the dues would go, a promise made in May.", "the dues would go"),
        ("Hask warned that the ice was thin, and left without a word.", "the ice was thin"),
        ("Hask denies the raid but regrets it.", "the raid"),
        ("Hask blamed Lysk for the raid but stopped short of a ban.", "Lysk for the raid"),
        ("Hask warned that ships would sink, prompting a row in Lysk.", "ships would sink"),
        ("Hask said it was “over”, contradicting her own office.", "it was “over”"),
        ("Hask has said she will not resign, most recently in May.", "she will not resign"),
        ("Hask told the Herald she had “no idea” who wrote it.", "she had “no idea” who wrote it"),
        ("Hask thanked Lysk for its ships and said more were needed.", "more were needed"),
        ("It was not clear, Hask said, who had fired.", "It was not clear … who had fired"),
        ("Hask, having said last week that all was well, on Monday resigned.", "all was well"),
        ("The dam, insisted Hask, was safe.", "The dam … was safe"),
        ("The dam was old, Hask complained, and the lock was rusty.", None),
    ],
)
def test_content_ends_where_the_reporter_takes_over(text, content):
    found = [words for words, _ in by(propose, text)]
    assert (content or "The dam was old … and the lock was rusty") in found


@pytest.mark.parametrize(
    ("headline", "content", "source"),
    [
        ("Hask: dam to be mended", "dam to be mended", "Hask"),
        ("Dam to be mended – Foreign Office", "Dam to be mended", "Foreign Office"),
        ("“Not an inch of sand”: Hask on the delta", "“Not an inch of sand”", "Hask"),
    ],
)
def test_a_headline_names_its_source_before_or_behind_a_sign(headline, content, source):
    assert by(propose, headline, "headline") == [(content, source)]


def test_questions_and_answers_with_full_stops_are_lines_of_a_transcript():
    text = "Q. Was it a drill?\n\nA. It was a Tuesday."
    assert [p.section for p in find_paragraphs(text)] == ["transcript line"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It held.\n\n“It will hold,” Hask said.", [["“It held.", "“It will hold,”"]]),
        ("Hask said: “It held.\n\n“It will hold.”", [["“It held.", "“It will hold.”"]]),
        ("Hask said: “It held.”\n\n“It will hold.”", [["“It held.”", "“It will hold.”"]]),
        ("Hask said: “It held.”\n\n“It will hold.", [["“It held.”"], ["“It will hold."]]),
    ],
)
def test_a_quotation_runs_over_paragraphs_while_it_is_open_or_both_are_whole(text, expected):
    document = Document.from_text(text, id="d", language_check=False)
    paragraphs = [(p.start, p.end, p.number, p.section) for p in document.paragraphs]
    found = propose(document.text, paragraphs)
    assert [[document.text[a:b] for a, b in d.content] for d in found] == expected
