"""Pair quotation marks within a paragraph, however they are damaged.

A mark is judged by its shape and by its neighbours (space before, letter after), never by
counting from the start of the text: so an unclosed or turned mark can spoil its own
quotation, but never the ones after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile("[\"“”„‟«»＂]|``|''|‘‘|’’|[‘’']")
_OPENING = {"“", "„", "«", "``", "‘‘", "‘"}
_CLOSING = {"”", "»", "''", "’’", "’"}
_DOUBLE = {"“", "”", "„", "‟", "«", "»", '"', "＂", "``", "''", "‘‘", "’’"}
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)(?<!\bSen)(?<!\bGen)[.!?](?=\s+[A-Z“\"]|\s*$)"
)
# ", he said" or ", said the minister": where an unclosed quotation gives way to its cue;
# another mark may stand where the closing one should.
_HANDOVER = re.compile(
    r",[^\w\s]?\s+(?:(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he \w+|[A-Z]\w+(?: [A-Z]\w+)*) )?"
    r"(?:said|says|added|told|wrote|warned|noted|replied|insisted|explained|continued)\b"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: with its marks ``start:end``, without them ``inner_start:inner_end``."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    double: bool


def quotations(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """Find the quotations of one paragraph.

    Parameters
    ----------
    text : str
        The text of the document.
    start, end : int
        Offsets of the paragraph in ``text``, in code points.

    Returns
    -------
    list of Quotation
        In reading order, not overlapping. A quotation whose closing mark is missing ends at
        its sentence, or where its cue takes over, and has ``closed`` False; one that runs to
        the end of the paragraph without a full sentence break does the same.
    """
    end = len(text) if end is None else end
    found: list[Quotation] = []
    opened: tuple[int, int, str] | None = None
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        double = mark in _DOUBLE
        role = _role(text, match.start(), match.end(), start, end, mark, opened)
        if role == "neither" or (opened and opened[2] in _DOUBLE and not double):
            continue
        if role == "open":
            if opened and (not double or opened[2] in _DOUBLE):
                if mark == opened[2] or double:
                    _leave_open(text, opened, match.start(), found)
                    opened = (match.start(), match.end(), mark)
                continue
            opened = (match.start(), match.end(), mark)
        elif opened and (opened[2] in _DOUBLE) == double:
            if text[opened[1] : match.start()].strip():
                found.append(
                    Quotation(
                        opened[0], match.end(), opened[1], match.start(), True, opened[2] in _DOUBLE
                    )
                )
            opened = None
    if opened:
        _leave_open(text, opened, end, found)
    return found


def _role(
    text: str,
    at: int,
    after: int,
    start: int,
    end: int,
    mark: str,
    opened: tuple[int, int, str] | None,
) -> str:
    """Say whether a mark opens, closes, or is an apostrophe."""
    before = text[at - 1] if at > start else " "
    behind = text[after] if after < end else " "
    left_free = before.isspace() or before in "([{—–-/“\"'‘:,"
    right_free = behind.isspace() or behind in ")]}—–-.,;:!?…/”\"'’"
    if mark in {"'", "’", "‘"}:
        return _single_role(before, behind, left_free, right_free, mark, opened)
    if not opened and before.isalpha() and behind.islower():
        return "neither"  # within a word
    if mark in _OPENING:
        # A turned opening mark stands where only a closing one can.
        behind_word = not before.isspace() and before not in "([{—–-"
        return "close" if opened and right_free and behind_word else "open"
    if mark in _CLOSING:
        if not opened and left_free and not right_free:
            return "open"
        return "close" if opened else "neither"
    if opened and opened[2] in _DOUBLE:
        return "open" if left_free and not right_free and before.isspace() else "close"
    return "open" if not right_free or left_free else "neither"


def _single_role(
    before: str,
    behind: str,
    left_free: bool,
    right_free: bool,
    mark: str,
    opened: tuple[int, int, str] | None,
) -> str:
    if mark != "’" and left_free and behind.isalpha() and opened is None:
        return "open"
    if (
        opened
        and opened[2] in {"'", "‘"}
        and right_free
        and (before.isalnum() or before in ".,!?…")
    ):
        return "close"
    return "neither"


def _leave_open(
    text: str, opened: tuple[int, int, str], limit: int, found: list[Quotation]
) -> None:
    """End a quotation that nothing closes: at its cue, else at its sentence, else at the limit."""
    if opened[2] not in _DOUBLE:  # an unclosed single mark is an apostrophe
        return
    before = text[opened[0] - 1 : opened[0]]
    if before.isalnum() or before in _CLOSING:  # it hangs on a word or a mark: a stray one
        return
    stop = min(limit, opened[1] + 2000)  # bounded, so that many unclosed marks stay linear
    handover = _HANDOVER.search(text, opened[1], stop)
    sentence = _SENTENCE_END.search(text, opened[1], stop)
    if handover and (not sentence or handover.start() < sentence.start()):
        close = handover.start() + 1
    elif limit == stop and text[opened[1] : stop].rstrip().endswith((".", "!", "?")):
        close = opened[1] + len(text[opened[1] : stop].rstrip())
    else:
        close = sentence.end() if sentence else stop
    if text[opened[1] : close].strip():
        found.append(Quotation(opened[0], close, opened[1], close, False, True))
