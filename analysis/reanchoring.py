"""Find a passage again in a text that has changed, or say why it cannot be found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from analysis.records import Span

#: Least share of equal characters (`difflib.SequenceMatcher.ratio`) of a passage with changes.
CLOSE = 0.8
#: Least likeness of the characters before or after a passage: as `CLOSE`, on one side.
CONTEXT = 0.6
#: How much better than the next best a place must be.
MARGIN = 0.1
BREAK = "¶"
REACH = 60  # characters on either side that are compared
LINE = 10  # least characters of a line beside a passage that tell something
GAP = 600  # most characters between two parts of one content
SEPARATOR = " … "
_PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‘’‚‛ʼ`´", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"…": "..."}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", "")
)
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a passage stands: its raw spans, and in words how it was found."""

    spans: tuple[Span, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a passage has no place, and what the reader can do."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with plain marks and single spaces, and the raw offsets of its characters."""

    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def raw(self, start: int, end: int) -> Span:
        return self.starts[start], self.ends[end - 1]


def plain(text: str) -> str:
    """Characters with straight marks, plain dashes and single spaces: how texts are compared."""
    return _text(text).plain.strip()


def surroundings(raw: str, spans: Sequence[Span]) -> tuple[str, str]:
    """Return the words before and after a passage, on one line each.

    Parameters
    ----------
    raw : str
    spans : sequence of (int, int)
        Raw offsets of the parts of the passage.

    Returns
    -------
    (str, str)
        At most `REACH` characters each; ¶ is the end of a line.
    """
    start, end = spans[0][0], spans[-1][1]
    before, after = raw[max(0, start - 3 * REACH) : start], raw[end : end + 3 * REACH]
    return _line(before)[-REACH:].strip(), _line(after)[:REACH].strip()


def _line(text: str) -> str:
    return " ".join(re.sub(r"\s*[\r\n]\s*", f" {BREAK} ", text).split())


def find_passage(raw: str, content: str, parts: int | None = None) -> list[tuple[Span, ...]]:
    """Every place of the exact words of a passage, marks and white space aside.

    Parameters
    ----------
    raw : str
    content : str
        Parts are joined by " … ".
    parts : int, optional
        Number of parts, where known.

    Returns
    -------
    list of tuple of (int, int)
        Raw offsets of the parts, one tuple per place, in the order of the text.
    """
    text = _text(raw)
    pieces = _parts(content, parts)
    places = _places(text, [plain(content)]) if len(pieces) != parts else []
    return places or _places(text, pieces)


def reanchor(
    raw: str, content: str, parts: int, before: str = "", after: str = ""
) -> Placed | Lost:
    """Find a passage in a text that is not the one it was taken from.

    The exact words come first; they count where the characters before or after them are alike
    (`CONTEXT`, or `CLOSE` within its own line). Else the closest match (`CLOSE`), with the same
    condition. Two places that are equally good are no place.

    Parameters
    ----------
    raw : str
        The text as it is now.
    content : str
        The passage as it was; parts joined by " … ".
    parts : int
        Number of its parts.
    before, after : str
        Words on either side, as `surroundings` gives them; both empty if not known.

    Returns
    -------
    Placed or Lost
    """
    known = bool(before or after)
    exact = find_passage(raw, content, parts)
    if not known:
        if len(exact) == 1 and len(content.split()) >= 5:
            return Placed(exact[0], "same words")
        ranked = [(1.0, spans) for spans in exact]
    else:
        ranked = _alike(raw, [(1.0, spans) for spans in exact], before, after)
    if not ranked and known:
        ranked = _alike(raw, _closest(raw, content, parts, before, after), before, after)
    ranked.sort(key=lambda place: (-place[0], place[1]))
    if not ranked:
        if exact:
            return Lost(
                "its words stand in the text, but in other surroundings",
                "check the place, then delete this row and add the statement as a new row",
            )
        return Lost(
            "its words are no longer in the text, and nothing close enough is",
            "remove the row, or add the statement anew with the words the text has now",
        )
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
        return Lost(
            f"its words fit {len(ranked)} places of the text equally well",
            "delete this row and add the statement as a new row, with more of its words",
        )
    spans = ranked[0][1]
    if spans in exact:
        return Placed(spans, "same words")
    return Placed(spans, f"closest match ({_likeness(_joined(raw, spans), content):.2f})")


def _joined(raw: str, spans: Sequence[Span]) -> str:
    return SEPARATOR.join(raw[a:b] for a, b in spans)


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same passage, marks, white space and small changes aside."""
    return plain(one) == plain(other) or _likeness(one, other) >= CLOSE


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, plain(one), plain(other), autojunk=False).ratio()


@lru_cache(maxsize=8)
def _text(raw: str) -> _Text:
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in enumerate(raw):
        written = " " if character.isspace() else character.translate(_PLAIN)
        if written in {" ", "-"} and signs and signs[-1] == written:
            ends[-1] = at + 1
            continue
        for sign in written:
            signs.append(sign)
            starts.append(at)
            ends.append(at + 1)
    return _Text("".join(signs), tuple(starts), tuple(ends))


def _parts(content: str, parts: int | None) -> list[str]:
    pieces = [piece.strip() for piece in plain(content).split(" ... ")]
    whole = parts == 1 or (parts is not None and len(pieces) != parts)
    return [plain(content)] if whole else [piece for piece in pieces if piece]


def _places(text: _Text, pieces: Sequence[str]) -> list[tuple[Span, ...]]:
    found = []
    for first in _occurrences(text.plain, pieces[0], 0, len(text.plain)) if pieces else ():
        spans, at = [(first, first + len(pieces[0]))], first + len(pieces[0])
        for piece in pieces[1:]:
            begin = next(_occurrences(text.plain, piece, at, at + GAP + len(piece)), None)
            if begin is None:
                break
            at = begin + len(piece)
            spans.append((begin, at))
        else:
            found.append(tuple(text.raw(*span) for span in spans))
    return found


def _occurrences(text: str, words: str, start: int, stop: int) -> Iterator[int]:
    """Where whole words begin."""
    at = text.find(words, start, stop) if words else -1
    while at >= 0:
        end = at + len(words)
        inside = (at and text[at - 1].isalnum() and words[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and words[-1].isalnum()
        )
        if not inside:
            yield at
        at = text.find(words, at + 1, stop)


def _alike(
    raw: str, places: Sequence[tuple[float, tuple[Span, ...]]], before: str, after: str
) -> list[tuple[float, tuple[Span, ...]]]:
    """Places whose surroundings are those of old, rated by words and by both sides."""
    kept = []
    for score, spans in places:
        here = surroundings(raw, spans)
        sides = [
            _likeness(one.replace(BREAK, " "), other.replace(BREAK, " "))
            for one, other in zip((before, after), here, strict=True)
        ]
        # A neighbour may be new: the words of the line itself are enough.
        lines = (
            (before.rpartition(BREAK)[2], here[0].rpartition(BREAK)[2]),
            (after.partition(BREAK)[0], here[1].partition(BREAK)[0]),
        )
        same_line = any(len(one) >= LINE and _likeness(one, other) >= CLOSE for one, other in lines)
        if same_line or max(sides) >= CONTEXT:
            kept.append((score + sum(sides) / 2, spans))
    return kept


def _closest(
    raw: str, content: str, parts: int, before: str, after: str
) -> list[tuple[float, tuple[Span, ...]]]:
    """Places where most of the words stand, in order, with changes among them."""
    text = _text(raw)
    tokens = list(_TOKEN.finditer(text.plain))
    words = [token[0].lower() for token in tokens]
    pieces = [_words(piece) for piece in _parts(content, parts)]
    length = sum(map(len, pieces))
    left, right = _words(before), _words(after)
    asked = [*left, *(word for piece in pieces for word in piece), *right]
    found: list[tuple[float, tuple[Span, ...]]] = []
    for begin in _windows(words, [word for piece in pieces for word in piece]):
        first = max(0, begin - len(left) - 3)
        last = begin + length + len(right) + length // 3 + (GAP // 6) * (len(pieces) - 1) + 3
        here = words[first:last]
        codes = SequenceMatcher(None, asked, here, autojunk=False).get_opcodes()
        at, spans = len(left), []
        for piece in pieces:
            start, end = _start(codes, at), _end(codes, at + len(piece))
            at += len(piece)
            if start < end:
                one, other = tokens[first + start], tokens[first + end - 1]
                spans.append(text.raw(one.start(), other.end()))
        in_order = all(a[1] <= b[0] for a, b in pairwise(spans))
        if len(spans) != len(pieces) or not in_order:
            continue
        score = _likeness(_joined(raw, spans), content)
        apart = all(spans[0][0] >= p[-1][1] or spans[-1][1] <= p[0][0] for _, p in found)
        if score >= CLOSE and apart:
            found.append((score, tuple(spans)))
    return found


def _words(text: str) -> list[str]:
    return [word.lower() for word in _TOKEN.findall(plain(text)) if word != BREAK]


def _windows(words: Sequence[str], asked: Sequence[str], most: int = 5) -> list[int]:
    """Where stretches of the text begin that share at least half of the words asked for."""
    length, wanted = len(asked), Counter(asked)
    here: Counter[str] = Counter()
    shared, rated = 0, []
    for at, word in enumerate(words):
        here[word] += 1
        shared += here[word] <= wanted[word]
        if at >= length:
            gone = words[at - length]
            shared -= here[gone] <= wanted[gone]
            here[gone] -= 1
        if 2 * shared >= length:
            rated.append((-shared, max(0, at - length + 1)))
    chosen: list[int] = []
    for _, begin in sorted(rated):
        if all(abs(begin - other) > length // 2 for other in chosen):
            chosen.append(begin)
        if len(chosen) == most:
            break
    return chosen


_Codes = list[tuple[str, int, int, int, int]]


def _start(codes: _Codes, at: int) -> int:
    """Where word ``at`` of the old text begins in the new one; the last possible place."""
    for what, i1, i2, j1, j2 in codes:
        if i1 <= at < i2:
            return j1 + at - i1 if what == "equal" else j1 if i1 == at else min(j1 + at - i1, j2)
    return codes[-1][4] if codes else 0


def _end(codes: _Codes, at: int) -> int:
    """Where the words before word ``at`` of the old text end in the new one."""
    for what, i1, i2, j1, j2 in codes:
        if i1 < at <= i2:
            return j1 + at - i1 if what == "equal" else j2 if i2 == at else min(j1 + at - i1, j2)
    return 0
