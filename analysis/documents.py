"""Read an article or a corpus: text without page furniture, repaired, mapped to its file."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analysis.furniture import Region, find_furniture
from analysis.limits import Limits
from analysis.offsets import OffsetMap
from analysis.paragraphs import Paragraph, find_paragraphs
from analysis.reading import (
    DocumentError,
    Unreadable,
    front_matter_end,
    read_front_matter,
    require_english,
)
from analysis.repairs import Repair, find_repairs
from analysis.texts import SourceText, iterate_texts, read_one_text

__all__ = [
    "Corpus",
    "Document",
    "DocumentError",
    "Limits",
    "Paragraph",
    "Region",
    "Repair",
    "Unreadable",
    "document_of",
    "load_article",
    "load_corpus",
]


@dataclass(frozen=True, eq=False)
class Document:
    """One document: its raw characters, its repaired text, and the way between the two.

    ``text`` is ``raw`` without the ``furniture`` and with the ``repairs`` applied. Body,
    furniture and repairs together account for every character of ``raw``.

    Attributes
    ----------
    id : str
    raw : str
        The whole file decoded, line ends as they are; of other formats than plain text what
        was taken out of the file (``meta["read_as"]`` then names the format).
    text : str
    date : str
        ISO date, or ``""``.
    title : str
        From the metadata, else the headline, else ``""``.
    language : str
    meta : Mapping
        What else the metadata says (form, parties, sources, note, origin …).
    furniture : tuple of Region
        Raw offsets.
    repairs : tuple of Repair
        Raw offsets.
    paragraphs : tuple of Paragraph
        Offsets into ``text``.
    """

    id: str
    raw: str = field(repr=False)
    text: str = field(repr=False)
    date: str = ""
    title: str = ""
    language: str = "en"
    meta: Any = field(default_factory=dict, repr=False)
    furniture: tuple[Region, ...] = field(default=(), repr=False)
    repairs: tuple[Repair, ...] = field(default=(), repr=False)
    paragraphs: tuple[Paragraph, ...] = field(default=(), repr=False)
    _offsets: OffsetMap = field(default=None, repr=False)

    @classmethod
    def from_text(
        cls,
        raw: str,
        *,
        id: str = "document",
        date: str = "",
        title: str = "",
        meta: dict | None = None,
        language_check: bool = True,
    ) -> Document:
        """Build a document from characters in memory.

        Parameters
        ----------
        raw : str
            The document, with or without front matter.
        id, date, title : str
            Metadata; they go before what the front matter says.
        meta : dict, optional
            Further metadata.
        language_check : bool
            Refuse a text that is clearly not English.

        Returns
        -------
        Document

        Raises
        ------
        DocumentError
            With ``language_check``, if the text is not English.
        """
        start = front_matter_end(raw)
        meta = dict(meta or {})
        if start:
            try:
                start, found = read_front_matter(raw, id)
            except DocumentError:
                start, found = 0, {}
            stated = {key: found.pop(key, "") for key in ("id", "date", "title")}
            stated = {key: value for key, value in stated.items() if isinstance(value, str)}
            title = title or stated.get("title", "")
            date = date or stated.get("date", "")
            id = stated.get("id", "") if id == "document" and stated.get("id") else id
            meta = {**found, **meta}
        furniture = find_furniture(raw, start)
        if start:
            front = raw[:start]
            furniture.insert(0, Region(0, len(front.rstrip()), "front matter"))
        cuts = [(r.start, r.end) for r in furniture]
        repairs = find_repairs(raw, cuts)
        edits = sorted([(a, b, "") for a, b in cuts] + [(r.start, r.end, r.text) for r in repairs])
        offsets = OffsetMap(raw, edits)
        text = offsets.text
        if language_check:
            require_english(text, id)
        paragraphs = find_paragraphs(text, title)
        if not title and paragraphs and paragraphs[0].section == "headline":
            title = " ".join(text[paragraphs[0].start : paragraphs[0].end].split())
        return cls(
            id=id,
            raw=raw,
            text=text,
            date=date,
            title=title,
            language=str(meta.pop("language", "") or "en"),
            meta=MappingProxyType(meta),
            furniture=tuple(furniture),
            repairs=tuple(repairs),
            paragraphs=paragraphs,
            _offsets=offsets,
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the raw text (as UTF-8), in hexadecimal."""
        return hashlib.sha256(self.raw.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def body(self) -> tuple[tuple[int, int], ...]:
        """Raw spans that stand in the text unchanged."""
        return self._offsets.kept

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of a span of ``text``; a repair the span touches counts whole."""
        return self._offsets.raw_span(start, end)

    def text_span(self, start: int, end: int) -> tuple[int, int]:
        """Text offsets of a span of ``raw``, clipped to what stands in the text."""
        return self._offsets.text_span(start, end)

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph that holds an offset of ``text``, or the last one before it."""
        index = bisect_right(self._starts, offset) - 1
        return self.paragraphs[index] if index >= 0 else None

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.paragraphs]


class Corpus(list[Document]):
    """The documents of a folder, with what could not be read.

    Attributes
    ----------
    problems : list of Unreadable
    """

    def __init__(self, documents: list[Document], problems: list[Unreadable]) -> None:
        super().__init__(documents)
        self.problems = problems


def document_of(text: SourceText) -> Document:
    """The document of a text that was read from a file."""
    return Document.from_text(
        text.raw,
        id=text.id,
        date=text.date,
        title=text.title,
        meta=text.meta,
        language_check=False,
    )


def load_article(
    path: str | Path, *, encoding: str | None = None, limits: Limits | None = None
) -> Document:
    """Read one article and the metadata beside it.

    Parameters
    ----------
    path : str or Path
        A text file, or a file of another format that ``analysis.formats`` lists. Metadata (id,
        title, date, language, origin) are read from the ``.toml`` file of the same name beside
        it, else from front matter or from the file itself.
    encoding : str, optional
        Of a text file; found from the bytes if not given.
    limits : Limits, optional

    Returns
    -------
    Document
        Without metadata the id is the name of the file.

    Raises
    ------
    DocumentError
        If the file cannot be read as one English text.
    """
    return document_of(read_one_text(Path(path), encoding, limits))


def load_corpus(
    folder: str | Path,
    on_error: str = "raise",
    *,
    text_column: str | None = None,
    limits: Limits | None = None,
) -> Corpus:
    """Read every document of a folder and its subfolders, of a zip file or of a table.

    Parameters
    ----------
    folder : str or Path
    on_error : {"raise", "list"}
        Stop at a file that cannot be read, or go on and list it in ``problems``.
    text_column : str, optional
        Of tables; found if not given.
    limits : Limits, optional

    Returns
    -------
    Corpus
        A list of documents sorted by date, then id; ``problems`` names what was left out.

    Raises
    ------
    DocumentError
        If the folder is missing; with ``on_error="raise"`` also if it holds no document, for
        the first file that cannot be read, and for an id that two files share.
    """
    if on_error not in {"raise", "list"}:
        raise ValueError(f"on_error is 'raise' or 'list', not {on_error!r}")
    if not Path(folder).exists():
        raise DocumentError(folder, ": no such folder", "Check the path")
    documents: list[Document] = []
    problems: list[Unreadable] = []
    for found in iterate_texts([folder], text_column, limits):
        if isinstance(found, SourceText):
            documents.append(document_of(found))
        elif on_error == "raise":
            raise DocumentError(found.file, found.reason, found.remedy)
        else:
            problems.append(found)
    return Corpus(sorted(documents, key=lambda d: (d.date, d.id)), problems)
