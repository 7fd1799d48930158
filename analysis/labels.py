"""Read a source from its place in the layout: labels of transcript lines and of headlines."""

from __future__ import annotations

from analysis.cues import AUXILIARIES, SPEECH_NOUNS
from analysis.drafts import Draft
from analysis.source_words import DETERMINERS, ROLE_NOUNS
from analysis.sources import names_a_source, subject_before
from analysis.tokens import Sentence, Token

_BULLETS = frozenset("-–—•*·▪►")
_LINKS = frozenset("on in at to about after over".split())


def transcript_label(text: str, start: int, end: int, number: int, section: str) -> Draft | None:
    """Read a transcript line: "ROE: The talks have failed."."""
    colon = text.find(":", start, min(end, start + 80))
    if text[start + 1 : start + 2] == ".":  # "A. It was a Tuesday."
        colon = start + 1
    if colon < 0:
        return None
    content = colon + 1
    while content < end and text[content].isspace():
        content += 1
    if content >= end:
        return None
    return Draft(
        [(content, end)],
        (start, colon),
        (colon, colon + 1),
        number,
        section,
        "label of a transcript line",
    )


def dateline(tokens: list[Token]) -> int:
    """Count the tokens of a dateline: "LONDON, 3 May – ", "Zora, May 3 (Agency) --"."""
    for index, token in enumerate(tokens[:14]):
        if token.text in {"–", "—", "-"}:
            words = [t for t in tokens[:index] if t.is_word]
            if not words or not words[0].is_capital:
                return 0
            place = words[0].text.isupper() and len(words[0].text) > 2
            dated = index > 1 and tokens[index - 1].text == ")"
            double = index + 1 < len(tokens) and tokens[index + 1].text == token.text
            return index + 1 + double if place or dated else 0
        if token.is_quotation or (token.is_word and token.lower in AUXILIARIES):
            return 0
    return 0


def bullet(tokens: list[Token]) -> int:
    """Count the tokens that open an item of a list: "• ", "2. ", "(a) "."""
    if len(tokens) < 3:
        return 0
    if tokens[0].text in _BULLETS:
        return 1
    numbered = tokens[0].text.isdigit() and tokens[1].text in {".", ")"}
    return 2 if numbered else 0


def headline_label(sentence: Sentence) -> Draft | None:
    """Read "Roe: talks have failed", "Talks have failed: ministry" and "“…”: Roe on the talks".

    Parameters
    ----------
    sentence : Sentence
        Of a headline, subheading or caption.

    Returns
    -------
    Draft or None
        None where no sign parts a source from what it says.
    """
    tokens = sentence.tokens
    signs = [i for i, t in enumerate(tokens) if t.text in {":", "–", "—"}]
    if len(signs) != 1 or not 0 < signs[0] < len(tokens) - 1:
        return None
    sign = signs[0]
    final = len(tokens) - (tokens[-1].text == ".")
    colon = tokens[sign].text == ":"
    if colon and sign <= 4 and sign < len(tokens) - 2 and _is_label(tokens, 0, sign):
        return _label(sentence, (sign + 1, final), (0, sign), sign, "name before a colon")
    last = next((i for i in range(sign + 1, final) if tokens[i].lower in _LINKS), final)
    if last < final and not tokens[sign - 1].is_quotation:
        return None
    if (
        last - sign <= 5
        and sign >= 2 - tokens[0].is_quotation
        and _is_label(tokens, sign + 1, last)
    ):
        words = "name behind a colon" if colon else "name behind a dash"
        draft = _label(sentence, (0, sign), (sign + 1, last), sign, words)
        draft.firm = True
        return draft
    return None


def _is_label(tokens: list[Token], first: int, last: int) -> bool:
    """Whether nothing but a name or a post stands in a range of tokens."""
    words = tokens[first:last]
    return (
        first < last
        and names_a_source(tokens, first, last)
        and all(
            t.is_capital or t.lower in ROLE_NOUNS or t.lower in DETERMINERS | {"of", "'s"}
            for t in words
        )
    )


def _label(
    sentence: Sentence, content: tuple[int, int], source: tuple[int, int], sign: int, words: str
) -> Draft:
    tokens = sentence.tokens
    spans = [(tokens[a].start, tokens[b - 1].end) for a, b in (content, source, (sign, sign + 1))]
    return Draft(
        spans[:1],
        spans[1],
        spans[2],
        sentence.paragraph,
        sentence.section,
        f"{words} in a headline",
    )


def announced_by(before: Sentence, quotation: Sentence) -> Draft | None:
    """Read "Roe opened with a warning. “This house has one roof.”": the noun announces it.

    Parameters
    ----------
    before : Sentence
        The sentence before.
    quotation : Sentence
        One that is nothing but a quotation.

    Returns
    -------
    Draft or None
        None where the sentence before does not end in such a noun, or has no subject.
    """
    tokens = before.tokens
    noun = next((i for i in range(len(tokens) - 1, 0, -1) if tokens[i].is_word), 0)
    if tokens[noun].lower not in SPEECH_NOUNS or tokens[noun - 1].lower.endswith("'s"):
        return None
    for verb in range(1, noun):
        if tokens[verb].lower.endswith("ed") or tokens[verb].lower in {"had", "gave", "came"}:
            subject = subject_before(tokens, verb)
            if subject and names_a_source(tokens, subject.first, subject.last):
                return Draft(
                    [(quotation.start, quotation.end)],
                    (tokens[subject.first].start, tokens[subject.last - 1].end),
                    (tokens[noun].start, tokens[noun].end),
                    quotation.paragraph,
                    quotation.section,
                    "quotation behind a noun of speech",
                    firm=True,
                )
    return None
