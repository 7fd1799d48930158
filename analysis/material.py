"""What a run reads: one article, the corpus round it, the gazetteer, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.documents import Document, DocumentError, load_article, load_corpus
from analysis.parties import DEFAULT_PATH, Parties
from analysis.reading import iso_date

#: Name of a file, and why it is not among the documents.
LeftOut = tuple[str, str]


@dataclass(frozen=True)
class Material:
    """The documents of a run and the gazetteer they are read with.

    Attributes
    ----------
    article : Document
    documents : tuple of Document
        The corpus with the article among it, by date, then id; the article alone without a
        corpus.
    parties : Parties
    gazetteer : bytes
        The file the parties were read from.
    left_out : tuple of (str, str)
        Files and documents that are not analysed, each with the reason and the remedy.
    """

    article: Document
    documents: tuple[Document, ...]
    parties: Parties
    gazetteer: bytes
    left_out: tuple[LeftOut, ...] = ()

    @property
    def has_corpus(self) -> bool:
        """Whether there is more than the article."""
        return len(self.documents) > 1


def read_material(
    article: str | Path,
    corpus: str | Path = "",
    gazetteer: str | Path = "",
    first_date: str = "",
    last_date: str = "",
) -> Material:
    """Read the article, the corpus and the gazetteer.

    Parameters
    ----------
    article : str or Path
        A file with one document.
    corpus : str or Path
        A folder of documents, or ``""`` for the article alone. A copy of the article in it is
        passed over.
    gazetteer : str or Path
        A TOML file, or ``""`` for the project's own.
    first_date, last_date : str
        ISO dates, or ``""``: only documents of the corpus from these days and between them. The
        article is always read.

    Returns
    -------
    Material

    Raises
    ------
    DocumentError
        If the article or the corpus cannot be read, or a date is none.
    PartiesError
        If the gazetteer cannot be used.
    """
    first, last = iso_date(first_date, "The first date"), iso_date(last_date, "The last date")
    if first and last and first > last:
        raise DocumentError(f"The first date ({first}) is after the last ({last}). Turn them.")
    place = Path(gazetteer) if gazetteer else DEFAULT_PATH
    parties = Parties.from_toml(place)
    main = load_article(article)
    found, left_out = _read_corpus(Path(corpus)) if corpus else ([], [])
    others = [document for document in found if document.digest != main.digest]
    inside, outside = _in_period(others, first, last)
    for document in inside:
        if document.id == main.id:
            raise DocumentError(
                f"The article and a document of {corpus} have the same id ({main.id}). "
                "Give one of the files another name."
            )
    documents = sorted([main, *inside], key=lambda document: (document.date, document.id))
    return Material(main, tuple(documents), parties, place.read_bytes(), (*left_out, *outside))


def _read_corpus(folder: Path) -> tuple[list[Document], list[LeftOut]]:
    corpus = load_corpus(folder, on_error="list")
    left_out = [(problem.path.name, problem.reason) for problem in corpus.problems]
    if not corpus:
        raise DocumentError(
            f"{folder}: no document of it can be read. The first reason: {left_out[0][1]}"
        )
    return list(corpus), left_out


def _in_period(
    documents: Iterable[Document], first: str, last: str
) -> tuple[list[Document], list[LeftOut]]:
    """Part the documents of a period from the others; without dates all are inside."""
    inside: list[Document] = []
    outside: list[LeftOut] = []
    for document in documents:
        if not (first or last):
            inside.append(document)
        elif not document.date:
            outside.append((document.id, "It has no date. Give it one, or run without dates."))
        elif document.date < first or (last and document.date > last):
            outside.append((document.id, f"Its date, {document.date}, is outside the period."))
        else:
            inside.append(document)
    return inside, outside
