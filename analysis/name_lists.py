"""Tell a comma or an “and” inside a name or a list of names from one between clauses."""

from __future__ import annotations

from analysis.source_words import DETERMINERS, ROLE_NOUNS
from analysis.tokens import Token


def lists_names(tokens: list[Token], comma: int, right: int, floor: int) -> bool:
    """Whether a comma stands inside "A, B and C", all of them names."""
    words = tokens[comma + 1 : right]
    if comma <= floor or not any(t.lower == "and" for t in words[1:7]):
        return False
    return (
        tokens[comma - 1].is_capital
        and words[0].is_capital
        and (
            comma - 1 == floor
            or not tokens[comma - 2].is_word
            or tokens[comma - 2].is_capital
            or tokens[comma - 2].lower in {"the", "of"}
        )
    )


def compares(tokens: list[Token], at: int, floor: int) -> bool:
    """Whether "than" belongs to "more than half"."""
    return (
        tokens[at].lower == "than"
        and at > floor
        and tokens[at - 1].lower in {"more", "less", "fewer", "rather"}
    )


def opening_bracket(tokens: list[Token], closing: int, floor: int) -> int | None:
    """Index of the bracket that opens a short insertion such as "(D-Md.)"."""
    for index in range(closing - 1, max(floor, closing - 8), -1):
        if tokens[index].text == "(":
            return index
    return None


def coordinates_names(tokens: list[Token], conjunction: int, right: int, floor: int) -> bool:
    """Whether "and" joins two names or two roles that speak together."""
    if conjunction <= floor or conjunction + 1 >= right:
        return False
    left, after = tokens[conjunction - 1], tokens[conjunction + 1]
    starts_name = after.is_capital or after.lower in DETERMINERS or after.lower in ROLE_NOUNS
    ends_name = left.is_capital or left.lower in ROLE_NOUNS
    return starts_name and ends_name


def names_follow(tokens: list[Token], comma: int, ceiling: int) -> bool:
    """Whether a comma stands inside "A, B and C", all of them capitals."""
    words = tokens[comma + 1 : min(comma + 6, ceiling)]
    joined = next((i for i, t in enumerate(words) if t.lower == "and"), 0)
    return (
        0 < joined < len(words) - 1
        and tokens[comma - 1].is_capital
        and all(t.is_capital for t in words[:joined])
        and words[joined + 1].is_capital
    )
