"""Tables with a text in each row: CSV, TSV, JSON Lines and Parquet, read row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, NamedTuple

from analysis import formats
from analysis.files import File
from analysis.json_lines import read_objects
from analysis.limits import Budget, allowed_size, expands, too_large
from analysis.reading import (
    DocumentError,
    Extract,
    Unreadable,
    find_encoding,
    unknown_encoding,
)
from analysis.table_columns import Columns, choose_columns

_SAMPLE_BYTES = 2**20
_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 2**18
_SEPARATORS = (",", ";", "\t", "|")
_LONGEST_NAME = 100
# Few rows at a time: one row may hold ten million characters, and a text that the file holds
# once may come back in every row.
_BATCH = 8
_QUOTING = (
    "Put texts that hold quotation marks or line ends in quotes, and double the marks in them"
)


class Row(NamedTuple):
    """One row: its number from 1 (of the line in JSON Lines), where it is, and its cells."""

    number: int
    where: str
    cells: dict[str, Any]


def read_table(
    file: File, form: str, text_column: str | None, budget: Budget
) -> Iterator[tuple[str, int, Extract] | Unreadable]:
    """The texts of a table.

    Parameters
    ----------
    file : File
    form : {formats.CSV, formats.JSONL, formats.PARQUET}
    text_column : str, optional
        Found if not given (``table_columns.choose_columns``).
    budget : Budget

    Yields
    ------
    (str, int, Extract) or Unreadable
        What to call the row, its number and its text with what the other columns say; or a row
        that cannot be read.

    Raises
    ------
    DocumentError
        If the table as a whole cannot be read, or its text column is not clear.
    """
    readers = {
        formats.CSV: _csv_rows,
        formats.JSONL: _json_rows,
        formats.PARQUET: _parquet_rows,
    }
    rows = readers[form](file, budget)
    first = _first_rows(rows)
    sample = [row.cells for row in first if isinstance(row, Row)]
    if not sample and first:
        yield from first  # every line is bad: each says why
        return
    if not sample:
        raise DocumentError(file.name, "has no rows", "Save one text per row in it")
    names = list(dict.fromkeys(chain.from_iterable(sample)))
    columns = choose_columns(names, sample, text_column, file.name)
    for row in chain(first, rows):
        budget.enter()
        if isinstance(row, Unreadable):
            yield row
            continue
        text = row.cells.get(columns.text)
        if not isinstance(text, str) or not text.strip():
            yield Unreadable(
                row.where,
                f"has no text in the column {columns.text!r}",
                "Fill it in, or remove the row",
            )
        else:
            yield row.where, row.number, _extract(row.cells, columns)


def _first_rows(rows: Iterator[Row | Unreadable]) -> list[Row | Unreadable]:
    """As many rows as tell the columns apart, and no more than memory bears."""
    first: list[Row | Unreadable] = []
    characters = 0
    for row in islice(rows, _SAMPLE_ROWS):
        first.append(row)
        if isinstance(row, Row):
            characters += sum(len(v) for v in row.cells.values() if isinstance(v, str))
        if characters > _SAMPLE_CHARACTERS:
            break
    return first


def _extract(cells: Mapping[str, Any], columns: Columns) -> Extract:
    meta = {
        name: str(value)
        for name, value in cells.items()
        if name not in columns and isinstance(value, str | int | float) and value != ""
    }
    return Extract(
        cells[columns.text],
        id=_cell(cells, columns.id),
        title=" ".join(_cell(cells, columns.title).split()),
        date=cells.get(columns.date) or "",
        language=_cell(cells, columns.language),
        meta=meta,
    )


def _cell(cells: Mapping[str, Any], name: str) -> str:
    value = cells.get(name)
    return "" if value is None else str(value).strip()


def _csv_rows(file: File, budget: Budget) -> Iterator[Row | Unreadable]:
    limits = budget.limits
    with file.open(limits.table_bytes) as stream:
        sample = stream.read(_SAMPLE_BYTES)
    formats.require_format(sample, formats.CSV, file.name)
    if len(sample) == _SAMPLE_BYTES:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    encoding = find_encoding(sample)
    if encoding is None:
        raise unknown_encoding(file.name)
    separator = _separator(sample.decode(encoding), file.name)
    with file.open(limits.table_bytes) as stream:
        text = io.TextIOWrapper(stream, encoding, newline="")
        lines = _limited_lines(text.readline, limits.characters, file.name)
        reader = csv.reader(lines, delimiter=separator, strict=True)
        try:
            yield from _csv_cells(reader, limits.characters, file.name)
        except UnicodeError:
            where = f"{file.name}, from line {reader.line_num + 1} on"
            yield Unreadable(where, f"is not {encoding} text", "Save the table as UTF-8")


def _csv_cells(reader: Any, longest: int, name: str) -> Iterator[Row | Unreadable]:
    head: list[str] = []
    number = 0
    while True:
        line = reader.line_num + 1
        # The limit of the csv module holds for the whole program: it is set for one row only.
        before = csv.field_size_limit(longest)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            # What follows cannot be told apart any more.
            where, reason = f"{name}, from line {line} on", f"has broken quoting ({error})"
            yield Unreadable(where, reason, _QUOTING)
            return
        finally:
            csv.field_size_limit(before)
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if not head:
            head = _column_names(cells, name)
            continue
        number += 1
        where = f"{name}, line {line}"
        if len(cells) != len(head):
            reason = f"has {len(cells)} cells where the first line has {len(head)}"
            yield Unreadable(where, reason, _QUOTING)
        else:
            yield Row(number, where, dict(zip(head, cells, strict=True)))


def _separator(sample: str, name: str) -> str:
    """The mark between the cells: the one that gives the first line the most columns."""
    if name.lower().endswith(".tsv"):
        return "\t"
    first = next((line for line in sample.removeprefix("\ufeff").splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark))))


def _column_names(cells: list[str], name: str) -> list[str]:
    """The names in the first line, which must be names and not a text."""
    names = [cell.removeprefix("\ufeff").strip() for cell in cells]
    if any(len(cell) > _LONGEST_NAME for cell in names):
        raise DocumentError(
            name, "has no line of column names", "Put a line such as id,date,title,text first"
        )
    names = [cell or f"column {i}" for i, cell in enumerate(names, 1)]
    twice = next((cell for cell in names if names.count(cell) > 1), None)
    if twice:
        raise DocumentError(name, f"has two columns named {twice!r}", "Give each its own name")
    return names


def _json_rows(file: File, budget: Budget) -> Iterator[Row | Unreadable]:
    limits = budget.limits
    with file.open(limits.table_bytes) as stream:
        head = stream.read(1024)
    formats.require_format(head, formats.JSONL, file.name)
    with file.open(limits.table_bytes) as stream:
        # A character takes up to twelve bytes where JSON escapes it.
        lines = _limited_lines(stream.readline, 12 * limits.characters, file.name)
        for number, record in read_objects(lines):
            where = f"{file.name}, line {number}"
            if isinstance(record, str):
                yield Unreadable(where, f"is {record}", "Write one JSON object per line, as UTF-8")
            else:
                yield Row(number, where, record)


def _limited_lines(readline: Callable[[int], Any], longest: int, name: str) -> Iterator[Any]:
    """Lines of a file; one that is longer than any document may be ends the reading."""
    while line := readline(longest + 1):
        if len(line) > longest:
            raise DocumentError(
                name, f"has a line of more than {longest} characters", "Save one text per row in it"
            )
        yield line


def _parquet_rows(file: File, budget: Budget) -> Iterator[Row | Unreadable]:
    limits = budget.limits
    import pyarrow
    from pyarrow.parquet import ParquetFile

    with file.random_access(limits) as stream:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        formats.require_format(stream.read(1024), formats.PARQUET, file.name)
        try:
            table = ParquetFile(stream, pre_buffer=False)
            groups = map(table.metadata.row_group, range(table.metadata.num_row_groups))
            unpacked = sum(group.total_byte_size for group in groups)
            if unpacked > limits.table_bytes:
                raise too_large(file.name, limits.table_bytes)
            if unpacked > allowed_size(size, limits):
                raise DocumentError(file.name, *expands(limits))
            number = 0
            for batch in table.iter_batches(batch_size=_BATCH, use_threads=False):
                for i in range(batch.num_rows):
                    number += 1
                    cells = zip(batch.schema.names, batch.columns, strict=True)
                    values = {name: column[i].as_py() for name, column in cells}
                    budget.take(sum(len(v) for v in values.values() if isinstance(v, str)))
                    yield Row(number, f"{file.name}, row {number}", values)
        except DocumentError:
            raise
        except (pyarrow.ArrowException, OSError, ValueError):
            raise DocumentError(
                file.name, "is a damaged Parquet table", "Save or download it again"
            ) from None
