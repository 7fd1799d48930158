"""Find the mention that begins at a place: behind an inverted cue, "according to" or "by"."""

from __future__ import annotations

from typing import NamedTuple

from analysis.cues import AUXILIARIES, cue_forms
from analysis.name_lists import coordinates_names, names_follow
from analysis.source_words import (
    ADVERBS,
    DETERMINERS,
    PARENTHETICAL_OPENERS,
    ROLE_NOUNS,
    STOPS,
    TEMPORAL,
    TITLE_PREPOSITIONS,
)
from analysis.tokens import Token

_PARTICLES = frozenset("al bin bint da de del den der di du el ibn la le ten van von".split())


class Subject(NamedTuple):
    """The tokens ``first:last`` (end exclusive) of a source mention, and how it was found."""

    first: int
    last: int
    rule: str


def mention_after(tokens: list[Token], start: int, ceiling: int) -> Subject | None:
    """Find the mention that begins at ``start``: after an inverted cue or "according to".

    Parameters
    ----------
    tokens : list of Token
    start : int
        Index of the first token after the cue.
    ceiling : int
        Index the mention may not reach beyond.
    """
    if start >= ceiling or not tokens[start].is_word:
        return None
    opener = tokens[start]
    if opener.lower in {"he", "she", "they", "it", "i", "we"}:
        return Subject(start, start + 1, "pronoun after the cue")
    last = _right_edge(tokens, start, ceiling)
    if last == start:
        return None
    last = _apposition_after(tokens, start, last, ceiling)
    return Subject(start, last, "source after the cue")


def _right_edge(tokens: list[Token], start: int, ceiling: int) -> int:
    forms = cue_forms()
    at, role_seen, relative = start, False, False
    while at < ceiling:
        token = tokens[at]
        lower = token.lower
        if token.text == "," and names_follow(tokens, at, ceiling):
            at += 1
            continue
        if token.is_quotation or (not token.is_word and token.text not in {".", "&", "-", "@"}):
            break
        if token.text == "." and (at == start or not _is_initial(tokens[at - 1])):
            break
        if relative:
            at += 1
            continue
        if lower in {"who", "whose"}:
            relative = True
            at += 1
            continue
        if at > start and (lower in STOPS or lower in {"which", "is", "was", "are", "were"}):
            if lower != "and" or not coordinates_names(tokens, at, ceiling, start):
                break
        if at > start and lower in TITLE_PREPOSITIONS:
            following = tokens[at + 1] if at + 1 < ceiling else None
            if following is None or following.lower in TEMPORAL or following.text.isdigit():
                break
            if lower in {"in", "on", "from", "with", "at"} and not (
                lower in {"with", "at", "from"} and role_seen and not tokens[at - 1].is_capital
            ):
                break
            if lower in {"to", "for"} and not role_seen:
                break
            if (
                lower == "of"
                and tokens[at - 1].is_capital
                and not role_seen
                and (not following.is_capital and following.lower not in DETERMINERS)
            ):
                break
            if following.lower in {"a", "an"} and lower in {"in", "at"}:
                break
        elif at > start and lower in PARENTHETICAL_OPENERS and lower not in {"late"}:
            break
        if at > start and (lower in TEMPORAL or (lower in ADVERBS and lower != "first")):
            break
        if (
            at > start
            and not token.is_capital
            and lower in forms
            and lower not in ROLE_NOUNS
            and (lower.endswith(("ing", "ed")) or lower in AUXILIARIES or lower in {"said", "told"})
        ):
            break
        if at > start and lower in AUXILIARIES:
            break
        if (
            at > start
            and lower in {"the", "a", "an"}
            and (tokens[at - 1].is_capital or tokens[at - 1].lower in ROLE_NOUNS)
        ):
            break  # "told Roe the lock was safe"
        if lower in {"he", "she", "they", "i", "we"} and at > start:
            break
        role_seen = role_seen or lower in ROLE_NOUNS or (token.is_capital and lower in ROLE_NOUNS)
        at += 1
    return at


def _is_initial(token: Token) -> bool:
    return len(token.text) <= 3 and token.is_capital


def _apposition_after(tokens: list[Token], start: int, last: int, ceiling: int) -> int:
    """Extend "said Jane Roe" over ", a spokeswoman for the ministry," to its comma."""
    if last >= ceiling or tokens[last].text != ",":
        return last
    if any(t.lower in ROLE_NOUNS for t in tokens[start:last]) and tokens[last + 1 :][:1]:
        # "said the minister, Jane Roe": a bare name in apposition
        after = last + 1
        while after < ceiling and (
            tokens[after].is_capital or (after > last + 1 and tokens[after].lower in _PARTICLES)
        ):
            after += 1
        closes = after >= ceiling or tokens[after].text in {".", ",", ";", ":"}
        if after > last + 1 and closes:
            return after
    if last + 1 >= ceiling:
        return last
    opener = tokens[last + 1]
    role_opening = opener.lower in DETERMINERS or opener.lower in ROLE_NOUNS or opener.is_capital
    if not role_opening:
        return last
    end = _right_edge(tokens, last + 1, ceiling)
    has_role = any(t.lower.removesuffix("'s") in ROLE_NOUNS for t in tokens[last + 1 : end])
    closes = end >= ceiling or tokens[end].text in {".", ",", ";", "—"} or tokens[end].is_quotation
    return end if has_role and closes else last
