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
_WITHHELD = frozenset("say specify elaborate disclose reveal mention comment".split())
_OPEN_QUESTION = frozenset("whether if who how why when where what which".split())
_NAMING = frozenset("named identified quoted".split())
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


def is_unsaid(tokens: list[Token], cue: int) -> bool:
    """Whether a verb tells what nobody said: "would not say whether the bay was mined"."""
    behind = tokens[cue + 1].lower if cue + 1 < len(tokens) else ""
    denied = {t.lower for t in tokens[max(0, cue - 2) : cue]}
    return (
        tokens[cue].lower in _WITHHELD
        and any(word == "not" or word.endswith(("n't", "n’t")) for word in denied)
        and behind in _OPEN_QUESTION
    )


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
    opening = [t.lower for t in words[:4] if t.lower not in {"not", "further"}]
    if opening[:2] == ["to", "be"] and set(opening) & _NAMING:  # "asked not to be named"
        return True
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
