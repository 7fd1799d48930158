"""Run the whole way from documents to tables: what each notebook's first cell calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.documents import Document, load_article, load_corpus
from analysis.parties import Parties
from analysis.readings import Reading, read_document
from analysis.records import Stance, Statement
from analysis.statements import link_repetitions
from analysis.streaming import statements_of
from analysis.tables import stance_table, statement_table

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
FIGURES = ROOT / "figures"


@dataclass(frozen=True, slots=True)
class Analysis:
    """Documents, and all that was read in them.

    Attributes
    ----------
    documents : tuple of Document
    parties : Parties
    records : tuple of Statement
    stances : tuple of Stance
    statements : DataFrame
        The statement table (`analysis.tables.statement_table`).
    stance : DataFrame
        The stance table with date and speaker (`analysis.tables.stance_table`).
    """

    documents: tuple[Document, ...]
    parties: Parties
    records: tuple[Statement, ...]
    stances: tuple[Stance, ...]
    statements: pd.DataFrame
    stance: pd.DataFrame

    def document(self, document_id: str) -> Document:
        """Return the document of an id.

        Raises
        ------
        KeyError
            If there is none.
        """
        for document in self.documents:
            if document.id == document_id:
                return document
        raise KeyError(f"no document {document_id!r}; there are {[d.id for d in self.documents]}")

    def alone(self, document_id: str) -> Analysis:
        """Return the analysis of one document by itself: repetitions of others do not count.

        Raises
        ------
        KeyError
            If there is no such document.
        """
        mine = [replace(s, repeats="") for s in self.records if s.document_id == document_id]
        stances = [stance for stance in self.stances if stance.document_id == document_id]
        return _analysis([self.document(document_id)], self.parties, mine, stances)


def read_statements(document: Document, parties: Parties) -> list[Statement]:
    """Extract the statements of one document and resolve their speakers.

    A pure function of the document's text and date and of the gazetteer.
    """
    return statements_of(document, parties)


def analyse(
    documents: Sequence[Document],
    parties: Parties | None = None,
    readings: Sequence[Reading] | None = None,
) -> Analysis:
    """Extract statements, speakers, parties, repetitions and stances.

    Parameters
    ----------
    documents : sequence of Document
        Oldest first: a quotation is traced to the earliest document that has it.
    parties : Parties, optional
        The gazetteer; ``data/parties.toml`` if left out.
    readings : sequence of Reading, optional
        What was read in each document, where that is known already.

    Returns
    -------
    Analysis
    """
    parties = parties or Parties.from_toml()
    if readings is None:
        readings = [read_document(document, parties) for document in documents]
    statements = [s for reading in readings for s in reading.statements]
    stances = [stance for reading in readings for stance in reading.stances]
    return _analysis(documents, parties, statements, stances)


def _analysis(
    documents: Sequence[Document],
    parties: Parties,
    statements: Sequence[Statement],
    stances: Sequence[Stance],
) -> Analysis:
    """Link repetitions and lay out the tables."""
    records = link_repetitions(statements)
    table = statement_table(records)
    return Analysis(
        tuple(documents),
        parties,
        tuple(records),
        tuple(stances),
        table,
        stance_table(stances, table),
    )


def analyse_article(path: str | Path = DATA / "article.txt") -> Analysis:
    """Analyse one article, the seed article by default.

    Parameters
    ----------
    path : str or Path
        A text file, with its metadata in a TOML file of the same name beside it.
    """
    return analyse([load_article(path)])


def analyse_corpus(
    folder: str | Path = DATA / "corpus", article: str | Path | None = DATA / "article.txt"
) -> Analysis:
    """Analyse a folder of documents, with the article among them.

    Parameters
    ----------
    folder : str or Path
    article : str or Path or None
        None to leave the article out.
    """
    documents = list(load_corpus(folder))
    if article is not None:
        documents.append(load_article(article))
    documents.sort(key=lambda document: (document.date, document.id))
    return analyse(documents)
