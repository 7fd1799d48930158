"""Run the notebook for a person's own article without a browser, and show how far it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO, TextIO

from tqdm import tqdm

from analysis.apart import EndedError, Tell, apart
from analysis.bundle import BUNDLE, REPORT
from analysis.ledger import HIDDEN, RunError, open_folder
from analysis.notebooks import NOTEBOOKS, NotebookError, code_cells, executed
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
    split_date: str = "",
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
    split_date : str
        See `analysis.runs.start_run`.

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
    folder = Path(output_folder)
    look = {"file": messages, "disable": messages is None, "ncols": 79}
    material = {
        "article": article,
        "corpus": corpus,
        "gazetteer": gazetteer,
        "first_date": first_date,
        "last_date": last_date,
        "text_column": text_column,
    }
    what = {"material": material, "corrections": corrections, "folder": folder, "jobs": jobs}
    bars: list[tqdm] = []

    def heard(told: int) -> None:
        """How many documents there are comes first, and 0 after each."""
        if told:
            bars.append(tqdm(total=told, desc="Documents", **look))
        else:
            bars[0].update()

    try:  # the notebook has another process: what is read here would stand beside it in memory
        apart(_read, what, heard)
    except EndedError as error:
        raise RunError(
            f"The documents are not all read ({error}). Run the same command again: it goes on "
            "where it stopped; with fewer --jobs it needs less memory."
        ) from None
    finally:
        for bar in bars:
            bar.close()
    paths = {"article": article, "corpus": corpus, "gazetteer": gazetteer}
    paths["corrections"] = corrections
    parameters = {name: _seen_from(folder, path) for name, path in paths.items()}
    parameters |= {"first_date": first_date, "last_date": last_date, "output_folder": "."}
    parameters |= {"text_column": text_column, "split_date": split_date}
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


def _read(material: dict[str, str], corrections: str, folder: Path, jobs: int, tell: Tell) -> None:
    """Read the documents onto the shelf; tell how many there are, then 0 after each."""
    from analysis.material import read_material  # nothing of this is needed after it
    from analysis.parallel import read_documents
    from analysis.readings import Shelf

    found = read_material(**material)
    if corrections:
        _require_rows(corrections)
    shelf = Shelf(open_folder(folder) / HIDDEN / "readings")
    tell(len(found.documents))
    read_documents(found.documents, found.parties, found.gazetteer, shelf, jobs, lambda: tell(0))


def _require_rows(corrections: str) -> None:
    """Tell of an unusable file at once: the notebook would tell of it later."""
    from analysis.corrections_file import read_rows  # with pandas, which else is not needed here
    from analysis.corrections_sheet import KEYS

    read_rows(corrections, KEYS)


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
