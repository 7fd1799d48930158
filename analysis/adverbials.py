"""Walk over the adverbials between a subject and its verb, or behind a cue."""

from __future__ import annotations

from analysis.cues import AUXILIARIES
from analysis.source_words import ADVERBS, CALENDAR, PHRASE_NOUNS, TEMPORAL
from analysis.tokens import Token


def is_adverbial(token: Token) -> bool:
    """Whether a token may stand between a subject and its verb."""
    lower = token.lower
    if token.is_capital and lower in TEMPORAL and lower not in CALENDAR:
        return False  # a person called Day
    if lower == "long" and not token.is_capital:  # "has long argued"
        return True
    return (
        lower in ADVERBS
        or lower in TEMPORAL
        or (lower.endswith("ly") and len(lower) > 4 and not token.is_capital)
    )


def skip_adverbials_left(tokens: list[Token], at: int, floor: int) -> int:
    """Walk left over adverbs, auxiliaries, "on Friday", "in a statement", "in turn"."""
    right = at
    while right > floor:
        token = tokens[right - 1]
        if is_adverbial(token) and not (token.lower == "may" and token.is_capital is False):
            right -= 1
            continue
        if token.lower in AUXILIARIES:
            right -= 1
            continue
        auxiliary = right - 2 >= floor and tokens[right - 2].lower in AUXILIARIES
        if auxiliary and token.lower in {"all", "both", "each"}:  # "have both said"
            right -= 1
            continue
        back = _adverbial_phrase(tokens, right, floor)
        if back is None:
            if right < at and tokens[right - 1].lower in {
                "on",
                "in",
                "at",
                "last",
                "late",
                "early",
            }:
                right -= 1
                continue
            break
        right = back
    return right


_UNITS = frozenset(
    "moment second day week month year hour minute morning evening night afternoon".split()
)


_MANNER = frozenset(
    """spirit journalists vein breath tone words particular public press council parliament commons
    court congress assembly""".split()
)


def _adverbial_phrase(tokens: list[Token], right: int, floor: int) -> int | None:
    """Start of a phrase such as "in a statement" or "for its part" that ends at ``right``."""
    for length in range(2, 7):
        first = right - length
        if first <= floor:
            return None
        if tokens[first].lower in {"in", "on", "for", "at", "during", "to", "via", "by", "through"}:
            last = tokens[right - 1].lower
            if last in PHRASE_NOUNS or last in TEMPORAL or last.isdigit():
                return first
            return None
        if tokens[first].text in ",;:“”" or tokens[first].is_quotation:
            return None
    return None


def skip_adverbials_right(tokens: list[Token], at: int) -> int:
    """Walk right over "on Friday", "in a statement", "again" behind a cue."""
    while at < len(tokens):
        token = tokens[at]
        if token.is_word and is_adverbial(token) and token.lower not in {"never", "not", "only"}:
            at += 1
            continue
        end = _phrase_end(tokens, at)
        if end is None:
            return at
        at = end
    return at


def _phrase_end(tokens: list[Token], at: int) -> int | None:
    """End of an adverbial phrase such as "in the same spirit" that begins at ``at``."""
    if tokens[at].lower in {"a", "an", "one", "two", "three", "the", "that"} or (
        tokens[at].lower.isdigit()
    ):
        return span_of_time(tokens, at)
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if tokens[at].lower in {"last", "next", "this", "earlier"} and following in TEMPORAL:
        return at + 2
    if tokens[at].lower not in {"in", "on", "at", "during", "to", "via", "from", "after", "late"}:
        return None
    if tokens[at].lower == "to":  # "to reporters", not "to comment on"
        words = [t.lower for t in tokens[at + 1 : at + 4]]
        if not words or (words[0] not in {"the", "a", "reporters", "journalists", "his", "her"}):
            return None
    for index in range(at + 1, min(at + 6, len(tokens))):
        token = tokens[index]
        if not token.is_word or token.lower == "of":
            return None
        if (
            token.lower in TEMPORAL
            and index + 1 < len(tokens)
            and (tokens[index + 1].lower in PHRASE_NOUNS)
        ):
            return index + 2
        if token.lower in TEMPORAL:
            return _rest_of_date(tokens, index + 1)
        behind = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        if token.lower in PHRASE_NOUNS or token.lower in _MANNER:
            return index + 1 + (behind in PHRASE_NOUNS)
    return None


def span_of_time(tokens: list[Token], at: int) -> int | None:
    """End of "a day later", "the same day", "two weeks ago"."""
    words = [t.lower for t in tokens[at : at + 4]]
    for index, word in enumerate(words[1:], start=1):
        if word.rstrip("s") not in _UNITS:
            continue
        if "same" in words[:index]:
            return at + index + 1
        if index + 1 < len(words) and words[index + 1] in {"later", "earlier", "before", "ago"}:
            return at + index + 2
    return None


def _rest_of_date(tokens: list[Token], at: int) -> int:
    """End of a date that goes on: "Wednesday 9 November", "Monday, 15 May 2023"."""
    end = at
    if end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].lower.isdigit():
        end += 1
    while end < len(tokens) and (
        tokens[end].lower.isdigit() or (tokens[end].is_capital and tokens[end].lower in CALENDAR)
    ):
        end += 1
    return end
