"""The map between the repaired text of a document and the raw file it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

Edit = tuple[int, int, str]


class OffsetMap:
    """A raw text, a list of edits, the text they give, and the way between the two.

    Parameters
    ----------
    raw : str
    edits : sequence of (start, end, replacement)
        Raw offsets, end exclusive; sorted, not overlapping, none of them empty in ``raw``.

    Attributes
    ----------
    text : str
        ``raw`` with every edit applied.
    kept : tuple of (int, int)
        The raw spans that stand in ``text`` unchanged. With the edits they cover ``raw``.
    """

    def __init__(self, raw: str, edits: Sequence[Edit] = ()) -> None:
        for before, after in pairwise(edits):
            if after[0] < before[1]:
                raise ValueError(f"edits overlap: {before[:2]} and {after[:2]}")
        # A piece is (raw start, raw end, text start, text end, kept unchanged?).
        pieces: list[tuple[int, int, int, int, bool]] = []
        parts: list[str] = []
        raw_at = text_at = 0
        for start, end, replacement in edits:
            if not 0 <= start < end <= len(raw):
                raise ValueError(f"edit {start, end} is empty or outside the text")
            if raw_at < start:
                pieces.append((raw_at, start, text_at, text_at + start - raw_at, True))
                parts.append(raw[raw_at:start])
                text_at += start - raw_at
            pieces.append((start, end, text_at, text_at + len(replacement), False))
            parts.append(replacement)
            text_at += len(replacement)
            raw_at = end
        if raw_at < len(raw):
            pieces.append((raw_at, len(raw), text_at, text_at + len(raw) - raw_at, True))
            parts.append(raw[raw_at:])
        self.text = "".join(parts)
        self.kept = tuple((p[0], p[1]) for p in pieces if p[4])
        self._raw_length = len(raw)
        self._pieces = pieces
        self._raw_starts = [p[0] for p in pieces]
        self._visible = [p for p in pieces if p[2] < p[3]]
        self._text_starts = [p[2] for p in self._visible]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of a span of the text.

        Parameters
        ----------
        start, end : int
            Offsets into ``text``, end exclusive.

        Returns
        -------
        (int, int)
            From the first raw character of the first character to the last of the last; a
            replacement the span touches counts whole. An empty span stays empty.
        """
        length = len(self.text)
        start, end = max(0, min(start, length)), max(0, min(end, length))
        if end <= start:
            if start == length:
                last = self._visible[-1][1] if self._visible else self._raw_length
                return last, last
            first = self._raw_of(start)[0]
            return first, first
        return self._raw_of(start)[0], self._raw_of(end - 1)[1]

    def text_span(self, start: int, end: int) -> tuple[int, int]:
        """Text offsets of a raw span, clipped to what stands in the text.

        Parameters
        ----------
        start, end : int
            Offsets into ``raw``, end exclusive.

        Returns
        -------
        (int, int)
            Empty where nothing of the raw span was kept.
        """
        start = max(0, min(start, self._raw_length))
        end = max(start, min(end, self._raw_length))
        if start == self._raw_length:
            return len(self.text), len(self.text)
        raw_start, _, text_start, _, kept = self._piece_at(start)
        first = text_start + (start - raw_start if kept else 0)
        if end == start:
            return first, first
        raw_start, _, text_start, text_end, kept = self._piece_at(end - 1)
        last = text_start + (end - raw_start) if kept else text_end
        return first, max(first, last)

    def _raw_of(self, at: int) -> tuple[int, int]:
        raw_start, raw_end, text_start, _, kept = self._visible[
            bisect_right(self._text_starts, at) - 1
        ]
        if not kept:
            return raw_start, raw_end
        return raw_start + at - text_start, raw_start + at - text_start + 1

    def _piece_at(self, raw_offset: int) -> tuple[int, int, int, int, bool]:
        return self._pieces[bisect_right(self._raw_starts, raw_offset) - 1]
