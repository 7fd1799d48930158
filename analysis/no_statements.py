"""Say which words beside a cue are nobody's words: a time, a source that is cited, help offered."""

from __future__ import annotations

from analysis.adverbials import tells_only_when
from analysis.cues import cue_forms
from analysis.source_words import NEAREST, ROLE_NOUNS
from analysis.tokens import Token

_CITES = frozenset({"cite", "quote"})
_SAYING = frozenset("saying telling writing warning adding".split())
_OPEN = frozenset("who which that whom familiar close briefed as".split())
_GIVEN = frozenset(
    """help aid assistance money shelter food water comment details evidence proof
    refreshments""".split()
)
_REACH = 9  # tokens from "quoted" to "as saying"


def hands_on(tokens: list[Token], cue: int) -> bool:
    """Whether a verb of citing leaves the words to another: "quoted Roe as saying …".

    Parameters
    ----------
    tokens : list of Token
    cue : int
        Where the verb stands.
    """
    if _lemma(tokens[cue]) not in _CITES:
        return False
    for index in range(cue + 1, min(cue + _REACH, len(tokens) - 1)):
        if not tokens[index].is_word:
            return False
        if tokens[index].lower == "as":
            return tokens[index + 1].lower in _SAYING
    return False


def is_nobodys(tokens: list[Token], cue: int, content: tuple[int, int]) -> bool:
    """Whether words beside a cue are no content: when, whom one cites, help that is offered.

    Parameters
    ----------
    tokens : list of Token
    cue : int
        Where the verb stands.
    content : (int, int)
        Token range, end exclusive.
    """
    words = tokens[slice(*content)]
    if tells_only_when(words):
        return True
    if any(t.is_quotation for t in words) or content[0] < cue:
        return False
    lemma = _lemma(tokens[cue])
    if lemma in _CITES:
        head = _head(words)
        return head is not None and (head.is_capital or head.lower in ROLE_NOUNS)
    if lemma == "offer":
        head = _head(words)
        return head is not None and head.lower in _GIVEN
    return False


def _lemma(token: Token) -> str:
    entry = cue_forms().get(token.lower)
    return entry.lemma if entry else ""


def _head(words: list[Token]) -> Token | None:
    """Last word of a noun phrase before what depends on it: "two *people* familiar with …"."""
    head = None
    for token in words:
        if not token.is_word or token.lower in NEAREST | _OPEN:
            break
        head = token
    return head
