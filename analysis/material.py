"""What a run reads: one article, the corpus round it, the gazetteer, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.documents import Document, DocumentError
from analysis.intake import Intake, read_sources
from analysis.parties import DEFAULT_PATH, Parties
from analysis.reading import Unreadable, iso_date

_DATE = "Give it one in front matter or beside it, or run without dates"


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
    left_out : tuple of Unreadable
        Files and documents that are not analysed, each with the reason and the remedy.
    """

    article: Document
    documents: tuple[Document, ...]
    parties: Parties
    gazetteer: bytes
    left_out: tuple[Unreadable, ...] = ()

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
    text_column: str = "",
) -> Material:
    """Read the article, the corpus and the gazetteer.

    Parameters
    ----------
    article : str or Path
        A file with one document, of any format that `analysis.intake` reads.
    corpus : str or Path
        A folder, archive or table of documents, or ``""`` for the article alone. A copy of the
        article in it is passed over.
    gazetteer : str or Path
        A TOML file, or ``""`` for the project's own.
    first_date, last_date : str
        ISO dates, or ``""``: only documents of the corpus from these days and between them. The
        article is always read.
    text_column : str
        Column of tables that holds the texts, or ``""``: found.

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
    main = _read_article(article, text_column)
    found, left_out = _read_corpus(corpus, text_column) if corpus else ([], [])
    others = [document for document in found if document.digest != main.digest]
    inside, outside = _in_period(others, first, last)
    for document in inside:
        if document.id == main.id:
            raise DocumentError(
                corpus,
                f"holds another document with the id of the article ({main.id})",
                "Give one of the files another name",
            )
    documents = sorted([main, *inside], key=lambda document: (document.date, document.id))
    return Material(main, tuple(documents), parties, place.read_bytes(), (*left_out, *outside))


def _read_article(article: str | Path, text_column: str) -> Document:
    intake = read_sources([article], text_column=text_column or None)
    if len(intake.documents) == 1:
        return intake.documents[0]
    _require_documents(article, intake)
    raise DocumentError(
        article,
        f"holds {len(intake.documents)} documents",
        "Name one of them as the article, and the whole as the corpus",
    )


def _read_corpus(corpus: str | Path, text_column: str) -> tuple[list[Document], list[Unreadable]]:
    intake = read_sources([corpus], text_column=text_column or None)
    _require_documents(corpus, intake)
    return intake.documents, intake.unreadable


def _require_documents(path: str | Path, intake: Intake) -> None:
    """Raise for the first file that cannot be read, where none can."""
    if intake.documents:
        return
    for problem in intake.unreadable:
        raise DocumentError(problem.file, problem.reason, problem.remedy)
    raise DocumentError(path, "holds no document", "Put one file per document in it")


def _in_period(
    documents: Iterable[Document], first: str, last: str
) -> tuple[list[Document], list[Unreadable]]:
    """Part the documents of a period from the others; without dates all are inside."""
    inside: list[Document] = []
    outside: list[Unreadable] = []
    for document in documents:
        if not (first or last):
            inside.append(document)
        elif not document.date:
            outside.append(Unreadable(document.id, "has no date", _DATE))
        elif document.date < first or (last and document.date > last):
            outside.append(Unreadable(document.id, f"is of {document.date}, outside the period"))
        else:
            inside.append(document)
    return inside, outside
