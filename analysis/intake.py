"""Read whatever a reader brings: files, folders, archives and tables of articles, in any format.

What cannot be read is listed with its reason and remedy, and the rest is read. Nothing is fetched
from a network, run, or unpacked to disk.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.documents import Document, document_of
from analysis.limits import Limits
from analysis.reading import Unreadable
from analysis.texts import SourceText, iterate_texts
from analysis.writing import write_files

__all__ = ["Intake", "Limits", "Unreadable", "iterate_sources", "read_sources", "write_texts"]

# Names that no Windows program can open.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.I)
_SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}\Z")


@dataclass(frozen=True, slots=True)
class Intake:
    """What was read, and what was not.

    Attributes
    ----------
    documents : list of Document
        Sorted by date, then id.
    unreadable : list of Unreadable
        ``file``, ``reason`` and ``remedy`` of each file, entry or row that was left out.
    """

    documents: list[Document]
    unreadable: list[Unreadable]


def iterate_sources(
    paths: Iterable[str | Path],
    *,
    text_column: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Document | Unreadable]:
    """Read sources one document at a time, with the memory of one.

    Parameters
    ----------
    paths : iterable of str or Path
        Files (``.txt``, ``.md``, ``.html``, ``.docx``, ``.pdf``, ``.csv``, ``.tsv``, ``.jsonl``,
        ``.parquet``, ``.zip``), folders of these with their subfolders, and ``-`` for standard
        input. A file with another ending is read as what its content is.
    text_column : str, optional
        Column of tables that holds the texts; found if not given.
    limits : Limits, optional

    Yields
    ------
    Document or Unreadable
        In the order of the paths, and of the names in folders and archives. The id of a document
        is what it states (front matter, ``.toml`` beside it, id column), else its path within
        the folder or archive without the ending, for a row of a table ``file#row``; a document
        whose id is taken gets a longer path, or is unreadable if it states that id.
    """
    for found in iterate_texts(paths, text_column, limits):
        yield document_of(found) if isinstance(found, SourceText) else found


def read_sources(
    paths: Iterable[str | Path],
    *,
    text_column: str | None = None,
    limits: Limits | None = None,
) -> Intake:
    """Read all documents of some sources; see :func:`iterate_sources`.

    Returns
    -------
    Intake
    """
    intake = Intake([], [])
    for found in iterate_sources(paths, text_column=text_column, limits=limits):
        if isinstance(found, Document):
            intake.documents.append(found)
        else:
            intake.unreadable.append(found)
    intake.documents.sort(key=lambda document: (document.date, document.id))
    return intake


def write_texts(documents: Iterable[Document], folder: str | Path) -> dict[str, Path]:
    """Keep the text that offsets count in, of each document that was taken out of another format.

    Parameters
    ----------
    documents : iterable of Document
        Plain text files are passed over: they are their own text.
    folder : str or Path
        Made if missing.

    Returns
    -------
    dict
        The file of each document's text, by id. A file holds exactly the characters of
        ``Document.raw``, as UTF-8.

    Raises
    ------
    OSError
        If the folder cannot be written to.
    """
    kept = [(d.id, d.raw) for d in documents if d.meta.get("read_as")]
    files = {file_name(id): raw.encode("utf-8", "surrogatepass") for id, raw in kept}
    written = write_files(Path(folder), files) if files else []
    return dict(zip((id for id, _ in kept), written, strict=True))


def file_name(document_id: str) -> str:
    """A file name for a document id, whatever stands in it; different ids get different names."""
    if _SAFE_NAME.match(document_id) and not _RESERVED.match(document_id):
        return f"{document_id}.txt"
    safe = re.sub(r"[^A-Za-z0-9_-]+", "_", document_id).strip("_")[:80] or "document"
    digest = hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{safe}.{digest}.txt"
