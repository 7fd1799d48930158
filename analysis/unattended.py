"""Run the notebook for a person's own article without a browser, and show how far it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO, TextIO

from tqdm import tqdm

from analysis.bundle import BUNDLE, REPORT
from analysis.corrections_file import read_rows
from analysis.corrections_sheet import KEYS
from analysis.ledger import HIDDEN, RunError, open_folder
from analysis.material import read_material
from analysis.notebooks import NOTEBOOKS, NotebookError, code_cells, executed
from analysis.parallel import read_documents
from analysis.readings import Shelf
from analysis.writing import write_whole

NOTEBOOK = NOTEBOOKS / "06_your_article.ipynb"
# Errors of a cell that name what a person can mend.
_OF_THE_INPUT = {"CorrectionsError", "DocumentError", "ExportError", "PartiesError", "RunError"}


def run_unattended(
    article: str,
    corpus: str = "",
    gazetteer: str = "",
    corrections: str = "",
    first_date: str = "",
    last_date: str = "",
    output_folder: str | Path = "output",
    text_column: str = "",
    jobs: int = 1,
    messages: TextIO | None = None,
) -> list[Path]:
    """Read the documents, execute the notebook, and write it beside its results.

    Every file is written whole or not at all. What was read in each document is kept in the
    folder at once, so that a run that was interrupted goes on where it stopped.

    Parameters
    ----------
    article, corpus, gazetteer, corrections, first_date, last_date, output_folder, text_column
        See `analysis.runs.start_run`; paths as seen from the working folder.
    jobs : int
        How many documents to read at a time.
    messages : text file, optional
        Where progress is shown; nowhere if left out.

    Returns
    -------
    list of Path
        The files to open first.

    Raises
    ------
    DocumentError, PartiesError, CorrectionsError, RunError
        If the material cannot be read or the folder not be written to.
    NotebookError
        If the notebook does not run clean on it; it is not written then.
    """
    if article == "-":
        article = _kept(sys.stdin.buffer, Path(output_folder))
    material = read_material(article, corpus, gazetteer, first_date, last_date, text_column)
    if corrections:
        read_rows(corrections, KEYS)  # an unusable file is told at once, not by the notebook
    folder = open_folder(output_folder)
    shelf = Shelf(folder / HIDDEN / "readings")
    look = {"file": messages, "disable": messages is None, "ncols": 79}
    with tqdm(total=len(material.documents), desc="Documents", **look) as bar:
        read_documents(
            material.documents, material.parties, material.gazetteer, shelf, jobs, bar.update
        )
    del material  # the notebook has a process of its own
    paths = {"article": article, "corpus": corpus, "gazetteer": gazetteer}
    paths["corrections"] = corrections
    parameters = {name: _seen_from(folder, path) for name, path in paths.items()}
    parameters |= {"first_date": first_date, "last_date": last_date, "output_folder": "."}
    parameters["text_column"] = text_column
    with tqdm(total=code_cells(NOTEBOOK), desc="Notebook ", **look) as bar:
        try:
            content = executed(NOTEBOOK, parameters, folder, timeout=None, step=bar.update)
        except NotebookError as error:
            if error.kind in _OF_THE_INPUT:
                raise RunError(error.reason) from None
            raise
    place = folder / NOTEBOOK.name
    write_whole(place, content)
    return [folder / REPORT, folder / BUNDLE, place]


def _kept(stream: BinaryIO, folder: Path) -> str:
    """Keep what comes in on standard input: the notebook reads it from a file."""
    path = open_folder(folder) / "texts" / "standard_input"
    write_whole(path, stream.read())
    return str(path)


def _seen_from(folder: Path, path: str) -> str:
    """A path as seen from a folder, so that results and material can be moved together."""
    if not path:
        return ""
    try:
        return Path(os.path.relpath(Path(path).resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return Path(path).resolve().as_posix()
