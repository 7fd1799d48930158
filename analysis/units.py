"""Reading units: a sentence, with the quotations that stand alone beside it, word classes told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from analysis.cues import AUXILIARIES, NEGATIONS, REPORTING_ADJECTIVES, SPEECH_NOUNS, cue_forms
from analysis.records import Span
from analysis.source_words import (
    ADVERBS,
    CONTRACTED,
    DETERMINERS,
    PRONOUNS,
    ROLE_NOUNS,
    TEMPORAL,
)
from analysis.tokens import LONGEST, Sentence, Token

_PREPOSITIONS = frozenset(
    """of in on at for with about by from over against into during through under between among
    toward towards upon within across behind beyond near via despite regarding per like unlike
    amid around off onto outside inside along""".split()
)
_SUBORDINATORS = frozenset(
    """as while when if because although though since before after until unless whereas where
    whether once so than""".split()
)
_START, _END = attrgetter("start"), attrgetter("end")
_OBJECT_PRONOUNS = frozenset("him them me us himself herself themselves itself".split())


@dataclass(slots=True)
class Unit:
    """A stretch of tokens that is read as one, with a class for each token."""

    tokens: list[Token]
    classes: list[str]
    paragraph: int
    section: str

    def span(self, first: int, last: int) -> Span:
        """Offsets of the text that the tokens ``first:last`` cover."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def inside(self, spans: list[Span]) -> tuple[int, int] | None:
        """First and last token (end exclusive) that some spans cover by half, if any."""
        held = []
        for start, end in spans:
            first = bisect_right(self.tokens, start, key=_END)
            last = bisect_left(self.tokens, end, key=_START)
            for index in range(first, last):
                token = self.tokens[index]
                covered = min(end, token.end) - max(start, token.start)
                if 2 * covered >= token.end - token.start and token.text[0] not in ".,;:":
                    held.append(index)
        return (min(held), max(held) + 1) if held else None


def units(cut: list[Sentence]) -> list[Unit]:
    """Join the sentences of a paragraph into reading units.

    A sentence that is nothing but a quotation joins the sentence before it (or, at the start of
    a paragraph, the one behind it): who speaks it is decided together with that sentence.

    Parameters
    ----------
    cut : list of Sentence
        The sentences of one paragraph.

    Returns
    -------
    list of Unit
        Every token of the paragraph stands in exactly one unit.
    """
    groups: list[list[Token]] = []
    leading = False
    for sentence in cut:
        alone = is_quotation_only(sentence.tokens)
        joins = groups and (alone or leading) and len(groups[-1]) < LONGEST
        if joins:
            groups[-1] = [*groups[-1], *sentence.tokens]
        else:
            groups.append(sentence.tokens)
        leading = alone and (leading or (len(groups) == 1 and not joins))
    if not cut:
        return []
    return [
        Unit(tokens, [word_class(t) for t in tokens], cut[0].paragraph, cut[0].section)
        for tokens in groups
    ]


def is_quotation_only(tokens: list[Token]) -> bool:
    """Whether a sentence is nothing but a quotation."""
    return any(t.is_quotation for t in tokens) and not any(t.is_word for t in tokens)


def word_class(token: Token) -> str:
    """Class of a token: a sign itself, ``Q`` a quotation, else a light part of speech."""
    if token.quotation is not None:
        return "Q" if token.quotation.double else "q"
    return _class_of(token.text, token.lower)


@lru_cache(maxsize=50_000)
def _class_of(text: str, lower: str) -> str:
    if not text[0].isalnum():
        return text
    for words, name in _CLOSED:
        if lower in words:
            return name
    if text[0].isdigit():
        return "num"
    if text[0].isupper():
        return "Role" if lower in ROLE_NOUNS else "Cap"
    if lower in cue_forms():
        return "cue" + _ending(lower)
    if lower in ROLE_NOUNS:
        return "role"
    if lower in REPORTING_ADJECTIVES:
        return "feel"
    return _ending(lower) or "w"


def _ending(lower: str) -> str:
    if len(lower) > 4:
        for ending in ("ing", "ed", "ly", "ion", "ment"):
            if lower.endswith(ending):
                return ending
    if lower.endswith("s") and not lower.endswith("ss"):
        return "'s" if lower.endswith("'s") else "s"
    return ""


_CLOSED = (
    (frozenset({"that"}), "that"),
    (frozenset({"to"}), "to"),
    (frozenset({"and", "or", "but", "nor", "yet"}), "and"),
    (frozenset({"who", "which", "whose", "what", "why", "how", "whom"}), "wh"),
    (CONTRACTED, "pro'v"),
    (PRONOUNS, "pro"),
    (_OBJECT_PRONOUNS, "him"),
    (NEGATIONS - AUXILIARIES, "not"),
    (AUXILIARIES, "aux"),
    (_SUBORDINATORS, "sub"),
    (_PREPOSITIONS, "prep"),
    (DETERMINERS, "det"),
    (TEMPORAL, "day"),
    (ADVERBS, "adv"),
    (SPEECH_NOUNS - set(cue_forms()), "talk"),
)
