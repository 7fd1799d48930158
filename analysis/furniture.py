"""Page furniture: the regions of a page that are no part of its story."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.furniture_lines import (
    BULLETS,
    is_button,
    is_form_field,
    is_link,
    is_link_heading,
    is_site,
    line_kind,
)
from analysis.paragraphs import LINE


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of page furniture: raw offsets, end exclusive, and what it is."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    words: str
    gap: bool  # a blank line stands before it
    kind: str = ""


def find_furniture(raw: str, start: int = 0) -> list[Region]:
    """Furniture regions of a page from ``start`` on, in order, not overlapping.

    A region is whole lines (with their bullet, without the white space around them).
    Neighbouring lines of one block (share buttons, a comment form) are one region; each
    related link is its own.

    Parameters
    ----------
    raw : str
        The page as read.
    start : int
        Where to begin, in characters (after front matter).

    Returns
    -------
    list of Region
        ``kind`` is ``related link``, ``share buttons``, ``comment form``, ``cookie notice``,
        ``newsletter line``, ``advertisement``, ``copyright line``, ``photo credit``,
        ``byline``, ``time stamp`` or ``page navigation``.
    """
    lines = _lines(raw, start)
    for i, line in enumerate(lines):
        if i and _runs_on(lines[i - 1], line):
            # A wrapped line is what the line before it is, whatever it begins with.
            line.kind = lines[i - 1].kind
        else:
            line.kind = line_kind(line.words, i)
    _spread(lines)
    regions: list[Region] = []
    last: _Line | None = None
    for line in lines:
        if line.kind:
            if last is not None and last.kind == line.kind and _continues(line):
                regions[-1] = Region(regions[-1].start, line.end, line.kind)
            else:
                regions.append(Region(line.start, line.end, line.kind))
        last = line
    return regions


def _lines(raw: str, start: int) -> list[_Line]:
    lines = []
    end = start
    for found in LINE.finditer(raw, start):
        piece = found.group()
        words = piece.strip()
        if words:
            at = found.start() + len(piece) - len(piece.lstrip())
            between = raw[end:at]
            gap = between.count("\n") > 1 or between.count("\r") > 1 or "\u2029" in between
            lines.append(_Line(at, at + len(words), words, gap))
            end = at + len(words)
    return lines


def _continues(line: _Line) -> bool:
    """Whether a line belongs to the region of the same kind that ends before it."""
    return line.kind != "related link" or (not line.gap and not is_link(line.words))


def _runs_on(before: _Line, line: _Line) -> bool:
    """Whether a line is the rest of a sentence that an editor broke."""
    return (
        not line.gap
        and line.words[0].islower()
        and len(before.words) >= 40
        and before.words[-1] not in '.!?:;”"*'
    )


def _spread(lines: list[_Line]) -> None:
    """Let a heading claim the list under it, and a block its buttons and form fields."""
    list_open = False
    for i, line in enumerate(lines):
        if line.kind:
            list_open = line.kind == "related link" and is_link_heading(line.words)
            if list_open:
                _claim_the_rest(lines, i + 1)
            continue
        before = lines[i - 1].kind if i else ""
        in_block = (before == "share buttons" and is_button(line.words)) or (
            before == "comment form" and is_form_field(line.words)
        )
        if in_block:
            line.kind = before
        elif list_open and _is_list_item(line):
            line.kind = "related link"
        list_open = list_open and bool(line.kind)
    # Buttons without a heading: two or more names, one a line.
    i = 0
    while i < len(lines):
        j = i
        while j < len(lines) and not lines[j].kind and is_button(lines[j].words):
            j += 1
        if sum(is_site(line.words) for line in lines[i:j]) > 1:
            for line in lines[i:j]:
                line.kind = "share buttons"
        i = max(j, i + 1)


def _is_list_item(line: _Line) -> bool:
    if line.words[0] in BULLETS:
        return len(line.words) <= 200
    return not line.gap and _is_link_title(line.words)


def _is_link_title(words: str) -> bool:
    return len(words) <= 140 and words[-1] not in '.:;,”"'


def _claim_the_rest(lines: list[_Line], i: int) -> None:
    """Claim link titles under a heading if they run up to other furniture or the end.

    Elsewhere a short line after a blank one may well be a subheading of the story.
    """
    first = i
    while i < len(lines) and not lines[i].kind and i - first <= 10:
        if not _is_link_title(lines[i].words):
            return
        i += 1
    if i == len(lines) or lines[i].kind:
        for line in lines[first:i]:
            line.kind = "related link"
