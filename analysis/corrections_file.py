"""Read a table that was edited in a spreadsheet, whatever the spreadsheet did to the file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.files import file_errors
from analysis.reading import DocumentError, decode

SEPARATORS = (",", ";", "\t", "|")
_BROKEN = re.compile(r"#(?:NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!|#+)|Err:\d+")
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n＝＋－＠])")
_MOJIBAKE = re.compile("â€|Ã.|Â[«» ]")


class CorrectionsError(ValueError):
    """An edited table that cannot be used: file, line and remedy in one message."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an edited table.

    Attributes
    ----------
    line : int
        Line of the file the row begins on, from 1.
    cells : dict of str to str
        Column name (lower case) to the cell, white space at its ends and the guard against
        formulas removed.
    """

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell, or ``""`` where the file lacks the column."""
        return self.cells.get(column, "")


def read_rows(path: str | Path, keys: Collection[str]) -> list[Row]:
    """Read the rows of a table that a person has edited.

    The encoding (UTF-8, UTF-16, Windows), the separator (comma, semicolon, tab, bar), line ends,
    order of columns and rows, further columns, empty rows and text that was opened in the wrong
    encoding make no difference.

    Parameters
    ----------
    path : str or Path
    keys : collection of str
        Columns without which the table means nothing.

    Returns
    -------
    list of Row

    Raises
    ------
    CorrectionsError
        If the file is missing, no table, or lacks one of the columns; if a row has more cells
        than the first line, or a cell holds the error of a formula.
    """
    path = Path(path)
    text = _characters(path)
    names, separator, skipped = _header(path, text, keys)
    rows: list[Row] = []
    for line, cells in _records(path, text, separator):
        if line <= skipped or not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(names) :]):
            raise CorrectionsError(
                f"{path}, line {line}: more cells than columns. Put a cell that holds "
                f"“{separator}” in quotation marks, or save the table from a spreadsheet again."
            )
        found = {name: _cell(cell) for name, cell in zip(names, cells, strict=False) if name}
        for name, cell in found.items():
            if _BROKEN.fullmatch(cell):
                raise CorrectionsError(
                    f"{path}, line {line}: {name} holds “{cell}”, the spreadsheet's sign for a "
                    "formula that failed. Write the text that belongs there, as text."
                )
        rows.append(Row(line, found))
    return rows


def _characters(path: Path) -> str:
    try:
        if path.is_file() and path.read_bytes()[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
            raise CorrectionsError(
                f"{path} is a workbook, not a CSV file. Open it in the spreadsheet and save it as "
                "“CSV UTF-8”."
            )
        with file_errors(str(path)):
            data = path.read_bytes()
        text = decode(data, str(path))
    except DocumentError as error:
        reason = str(error).split(". ")[0].rstrip(".")
        raise CorrectionsError(f"{reason}. Give the statements.csv that was edited.") from None
    if not _MOJIBAKE.search(text):
        return text
    from ftfy import fix_encoding

    return fix_encoding(text)


def _header(path: Path, text: str, keys: Collection[str]) -> tuple[list[str], str, int]:
    """Names of the columns, the separator, and the last line before the rows."""
    best: list[str] = []
    for separator in SEPARATORS:
        for line, cells in _records(path, text, separator):
            names = [_cell(cell).lower().strip(" \"'*") for cell in cells]
            if names[0].startswith("sep=") or not any(names):
                continue  # a line by which a spreadsheet notes its separator
            if set(keys) <= set(names):
                twice = {name for name in names if name and names.count(name) > 1}
                if twice:
                    raise CorrectionsError(
                        f"{path}, line {line}: column “{min(twice)}” is there twice. Remove one."
                    )
                return names, separator, line
            best = max(best, names, key=lambda some: len(set(keys) & set(some)))
            break
    missing = ", ".join(key for key in keys if key not in best)
    raise CorrectionsError(
        f"{path}, line 1: no column {missing}. The keys of the table are {', '.join(keys)}; take "
        "them from the statements.csv that was written, or undo their removal."
    )


def _records(path: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Line on which each record begins, and its cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise CorrectionsError(
            f"{path}, line {begins}: {error}. Save the table from a spreadsheet again."
        ) from None


def _cell(cell: str) -> str:
    cell = _GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell
    return cell.replace("\u00a0", " ").strip()
