"""Read "according to Roe", "in the view of Roe", "For Roe, …": a source that no verb brings in."""

from __future__ import annotations

from analysis.contents import trim
from analysis.cued import Attribution
from analysis.source_words import DETERMINERS, PRONOUNS, ROLE_NOUNS
from analysis.sources import Subject, mention_after
from analysis.tokens import Token

_VIEWS = frozenset("words view opinion eyes account telling judgment judgement reading".split())


def according_phrases(tokens: list[Token]) -> list[tuple[int, int, int]]:
    """Every "according to X": (cue start, mention start, mention end)."""
    phrases = []
    for index, token in enumerate(tokens[:-2]):
        start = None
        if token.lower == "according" and tokens[index + 1].lower == "to":
            start = index + 2
        elif token.text in {"For", "Per"} and index == 0 and _opens_view(tokens):
            start = 1
        elif token.lower == "in" and index + 4 < len(tokens):
            words = [t.lower for t in tokens[index : index + 4]]
            if words[1] == "the" and words[2] in _VIEWS and words[3] == "of":
                start = index + 4
        if start is None:
            continue
        mention = mention_after(tokens, start, len(tokens))
        if mention and _could_tell(tokens, mention):
            phrases.append((index, mention.first, _whole_source(tokens, index, mention.last)))
    return phrases


def _could_tell(tokens: list[Token], mention: Subject) -> bool:
    """Whether a mention is a source and no measure: "paid according to rank"."""
    word = tokens[mention.first].lower
    bare = mention.last == mention.first + 1 and not tokens[mention.first].is_capital
    return not bare or word.endswith("s") or word in ROLE_NOUNS | PRONOUNS


def _whole_source(tokens: list[Token], cue: int, last: int) -> int:
    """End of a source with all that belongs to it: "a note from Roe that nobody has seen"."""
    if last + 1 >= len(tokens):
        return last
    end = next((i for i in range(last, len(tokens)) if not tokens[i].is_word), len(tokens))
    if cue == 0:  # "According to the ministry in Paris, …"
        if tokens[last].text == "," and tokens[last + 1].lower in {"who", "which", "whose"}:
            return next((i for i in range(last + 2, len(tokens)) if tokens[i].text == ","), last)
        placed = tokens[last].lower == "in" and end - last <= 3
        return end if placed and end < len(tokens) and tokens[end].text == "," else last
    opens = {
        "that",
        "who",
        "which",
        "seen",
        "obtained",
        "published",
        "released",
        "from",
        "of",
        "by",
    }
    return end if tokens[last].lower in opens and end >= len(tokens) - 1 else last


def _opens_view(tokens: list[Token]) -> bool:
    """Whether "For Roe, the truce is “a bill”" gives somebody's view."""
    mention = mention_after(tokens, 1, len(tokens))
    if mention is None or mention.last + 1 >= len(tokens) or tokens[mention.last].text != ",":
        return False
    named = tokens[1].is_capital or tokens[0].text == "Per"
    quoted = any(t.is_quotation for t in tokens[mention.last :]) or tokens[0].text == "Per"
    return named and quoted and tokens[1].lower not in {"its", "his", "her", "their"}


def place_according(
    tokens: list[Token], phrase: tuple[int, int, int], found: list[Attribution]
) -> None:
    """Make "according to X" a link in a chain, or an attribution of its own."""
    cue, first, last = phrase
    for item in found:
        low, high = min(s for s, _ in item.content), max(e for _, e in item.content)
        if item.source and item.source[0] < cue < low:  # "Roe, according to X, said that …"
            low = cue
        if low - 1 <= last + 1 and cue <= high + 1:
            if item.source == (first, last) and item.cue and item.cue[0] == cue:
                return
            if item.source != (first, last):
                item.via.append((first, last))
            return
    content = []
    low, high = _clause(tokens, cue, last)
    if cue > low:
        left = trim(tokens, low, cue)
        if left:
            content.append(left)
    right = trim(tokens, last, high)
    if right and content and tokens[right[0]].lower in DETERMINERS and content[0][1] > 8:
        right = None if not any(t.is_quotation for t in tokens[right[0] : right[1]]) else right
    if right and (not content or right[1] - right[0] > 2):
        content.append(right)
    quoted = any(t.is_quotation for s, e in content for t in tokens[s:e])
    if quoted or sum(e - s for s, e in content) >= 2:
        end = cue + 2 if tokens[cue].lower == "according" else first
        words = " ".join(t.text for t in tokens[cue:end])
        found.append(Attribution(content, (first, last), (cue, end), f"“{words}” names the source"))


def _clause(tokens: list[Token], cue: int, last: int) -> tuple[int, int]:
    """Where the clause around a phrase begins and ends: semicolons part it from others."""
    low = next((i + 1 for i in range(cue - 1, -1, -1) if tokens[i].text == ";"), 0)
    high = next((i for i in range(last, len(tokens)) if tokens[i].text == ";"), len(tokens))
    return low, high
