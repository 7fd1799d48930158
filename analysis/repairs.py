"""Repair damaged text: encoding damage, substituted words, turned marks, stray full stops."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from analysis.offsets import OffsetMap
from analysis.paragraphs import split_paragraphs
from analysis.substitutions import find_substitutions

_Edit = tuple[int, int, str, str]

# First bytes of UTF-8 sequences as a table of eight bits shows them.
_MOJIBAKE_HINT = re.compile(r"[ÂÃÄÅâÐÑÎÏÙØ×à\x80-\x9f¬√‚ï\u0302\u0303]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_ACCENT_THEN_SPACE = re.compile(r"Ã {1,2}(?!\w?[\u0300-\u036f])")
_LEFTOVER = re.compile(r"[ÂÃ€ƒ\x80-\x9f\ufffd]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]+")

_TURNED_HINT = re.compile(r"(?:^|[\s(])”|\S“(?:\s|[.,;:!?)]|$)", re.MULTILINE)
_MARK = re.compile(r"[“”„«»]")

_STOP_AFTER_END = re.compile(r"(?<=[.!?”\"])[ \t\u00a0]+\.(?=\s|$)(?![ \t\u00a0]*\.)")
_STOP_BEFORE_QUOTE = re.compile(r"(?<=[^\W\d_])\.[ \t\u00a0][“\"](?=[a-z])")
_LAST_WORD = re.compile(r"(?P<before>.?)\b(?P<word>[^\W\d_]+)$", re.DOTALL)
_QUOTE_REST = re.compile(
    r"[^“”\"\r\n]{1,300}(?P<close>[”\"])(?P<after>[.,;:)]|\s+[a-z]|\s*$|\s*[\r\n])"
)
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st gen sen gov rep col lt sgt maj capt cpl adm amb rev hon pres supt inc ltd"
    " corp co bros jr sr vs etc no nos vol pp jan feb mar apr jun jul aug sep sept oct nov dec mon"
    " tue wed thu fri sat sun approx est dept dist fig al cf eg ie ave blvd rd mt ft".split()
)


@dataclass(frozen=True, slots=True)
class Repair:
    """A place where the text differs from the raw file: raw offsets, new text, reason."""

    start: int
    end: int
    text: str
    kind: str


def find_repairs(raw: str, cuts: Iterable[tuple[int, int]] = ()) -> list[Repair]:
    """Repairs of a document, in order, not overlapping.

    Parameters
    ----------
    raw : str
        The document as read.
    cuts : iterable of (int, int)
        Raw spans that are no text (furniture): neither read nor repaired. Sorted.

    Returns
    -------
    list of Repair
        ``kind`` is ``mojibake``, ``invisible character``, ``word substitution``,
        ``quotation mark turned`` or ``stray full stop``.
    """
    cuts = list(cuts)
    removed = [(a, b, "") for a, b in cuts]
    characters = _outside(_character_edits(raw), cuts)
    # Words and marks are judged in the text as it reads once its characters are right.
    first = OffsetMap(raw, sorted(removed + [e[:3] for e in characters]))
    found: list[_Edit] = []
    for start, end, text, kind in _reading_edits(first.text):
        raw_start, raw_end = first.raw_span(start, end)
        merged = [e for e in characters if raw_start <= e[0] and e[1] <= raw_end]
        if merged:
            # One repair for both: the span may begin or end within a replacement.
            left, right = first.text_span(raw_start, raw_end)
            text = first.text[left:start] + text + first.text[end:right]
            characters = [e for e in characters if e not in merged]
        found.append((raw_start, raw_end, text, kind))
    found = _outside(found, cuts)
    repairs: list[Repair] = []
    for start, end, text, kind in sorted(characters + found):
        if (not repairs or start >= repairs[-1].end) and raw[start:end] != text:
            repairs.append(Repair(start, end, text, kind))
    return repairs


def _outside(edits: list[_Edit], cuts: list[tuple[int, int]]) -> list[_Edit]:
    """The edits that touch no cut; both sorted."""
    kept = []
    at = 0
    for edit in sorted(edits):
        while at < len(cuts) and cuts[at][1] <= edit[0]:
            at += 1
        if at == len(cuts) or edit[1] <= cuts[at][0]:
            kept.append(edit)
    return kept


def _character_edits(raw: str) -> list[_Edit]:
    if raw.isascii():
        return []
    edits = [(m.start(), m.end(), "", "invisible character") for m in _INVISIBLE.finditer(raw)]
    if not _MOJIBAKE_HINT.search(raw):
        return edits
    from ftfy import fix_encoding

    done = 0
    for run in _NOT_ASCII.finditer(raw):
        if run.start() < done or not _MOJIBAKE_HINT.search(run.group()):
            continue
        start, end = _word_around(raw, *run.span())
        done = end
        # Letters and accents apart are put together first: damage is seen letter by letter.
        piece = normalize("NFC", raw[start:end])
        fixed = fix_encoding(piece)
        if fixed == piece or _LEFTOVER.search(fixed):
            continue
        # Only the part that changed, so that neighbouring marks keep their offsets.
        piece = raw[start:end]
        left = _common_prefix(piece, fixed)
        right = _common_prefix(piece[left:][::-1], fixed[left:][::-1])
        edits.append((start + left, end - right, fixed[left : len(fixed) - right], "mojibake"))
    edits = [e for e in edits if e[0] < e[1]]
    kept: list[_Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def _word_around(raw: str, start: int, end: int) -> tuple[int, int]:
    """A run of characters with the letters around it, at most twenty on a side."""
    first = start
    while first > max(0, start - 20) and raw[first - 1].isalnum():
        first -= 1
    last = end
    while last < min(len(raw), end + 20) and (raw[last].isalnum() or raw[last] > "\x7f"):
        last += 1
    if accent := _ACCENT_THEN_SPACE.match(raw, last - 1):
        last = accent.end()  # "Ã " is "à", its second byte become a space
    return first, last


def _common_prefix(one: str, other: str) -> int:
    n = 0
    while n < min(len(one), len(other)) and one[n] == other[n]:
        n += 1
    return n


def _reading_edits(text: str) -> list[_Edit]:
    edits = [(a, b, word, "word substitution") for a, b, word in find_substitutions(text)]
    edits += _stray_stops(text)
    if _TURNED_HINT.search(text):
        for start, end in split_paragraphs(text):
            edits += _turned_marks(text, start, end)
    edits.sort()
    return [e for i, e in enumerate(edits) if i == 0 or e[0] >= edits[i - 1][1]]


def _stray_stops(text: str) -> list[_Edit]:
    """Full stops that end nothing: a second one, or one before a fragment of the sentence."""
    edits = []
    for found in _STOP_AFTER_END.finditer(text):
        start = found.start()
        # ". . ." is an ellipsis.
        if text[start - 1] == "." and text[max(0, start - 3) : start - 1].rstrip().endswith("."):
            continue
        edits.append((start, found.end(), "", "stray full stop"))
    for found in _STOP_BEFORE_QUOTE.finditer(text):
        stop = found.start()
        last = _LAST_WORD.search(text[max(0, stop - 30) : stop])
        if last is None or last["before"] in {".", "@", "/"}:
            continue
        if len(last["word"]) < 3 or last["word"].lower() in _ABBREVIATIONS:
            continue
        # The fragment ends inside the sentence it belongs to: its own last character is a
        # letter and the full stop stands outside, or the sentence goes on in lower case.
        rest = _QUOTE_REST.match(text, found.end())
        if rest and text[rest.start("close") - 1].isalnum():
            edits.append((stop, stop + 1, "", "stray full stop"))
    return edits


def _turned_marks(text: str, start: int, end: int) -> list[_Edit]:
    """Curly marks that face the wrong way, by what is open and where they stand."""
    marks = list(_MARK.finditer(text, start, end))
    if any(m.group() in "„«»" for m in marks):
        return []  # other conventions, in which “ or ” may well close or open
    edits = []
    is_open = False
    for i, mark in enumerate(marks):
        at = mark.start()
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if mark.group() == "”" and not is_open and before in " \t\u00a0\r\n(":
            rest = text[at + 1 : at + 3]
            spaced = after in " \t\u00a0" and rest[1:].isalnum()
            closes_later = i + 1 < len(marks) and (
                marks[i + 1].group() == "”" or _closes(text, marks[i + 1].start(), end)
            )
            if closes_later and (spaced or after.isalnum()):
                edits.append((at, at + 1 + spaced, "“", "quotation mark turned"))
                is_open = True
                continue
        if mark.group() == "“" and is_open and _closes(text, at, end):
            edits.append((at, at + 1, "”", "quotation mark turned"))
            is_open = False
            continue
        is_open = mark.group() == "“"
    return edits


def _closes(text: str, at: int, end: int) -> bool:
    """Whether a mark stands where a closing mark stands: after a word, before a space."""
    before = text[at - 1]
    after = text[at + 1] if at + 1 < end else " "
    return not before.isspace() and before not in "(—–-" and not after.isalnum()
