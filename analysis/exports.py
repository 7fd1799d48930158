r"""Write charts and tables to files: whole or not at all, and the same bytes each time.

A chart becomes five files of one name: PNG (300 dpi), SVG, PDF, the CSV of the numbers behind
it, and its description in words (``.alt.txt``). CSV files are made for spreadsheets: UTF-8
with a byte order mark (curly quotes survive), ``\n`` line ends, floats rounded, lists joined
by ``"; "``, spans as ``[start, end]``. **A text cell that a spreadsheet could run as a formula
(it begins with** ``= + - @``, **a full-width form of these, a tab or a line break) gets a leading
apostrophe**; numbers stay numbers. A text that begins with apostrophes before such a mark gets one
more, so that :func:`read_table` gives every text back as it was.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import math
import numbers
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib.style
import pandas as pd
from matplotlib.figure import Figure

from analysis.style import STYLE_SHEET
from analysis.writing import write_files

if TYPE_CHECKING:
    from IPython.display import Image

#: Where figures go unless told otherwise: the folder ``figures`` of the project.
FIGURES = Path(__file__).resolve().parent.parent / "figures"

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\Z")


class ExportError(OSError):
    """A file could not be written; the message names the folder and the remedy."""


@dataclass(frozen=True, eq=False, repr=False)
class Chart:
    """A figure with the numbers it draws and its description in words.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
    data : pandas.DataFrame
        What is drawn, one row per mark; ``statement_ids`` leads back to the statements.
    alt : str
        Chart type, axes, main pattern and one number, for those who cannot see the figure.
    name : str
        Name of the files.
    """

    figure: Figure
    data: pd.DataFrame
    alt: str
    name: str

    def __repr__(self) -> str:
        """Say what it is, without addresses."""
        return f"Chart({self.name!r}, {len(self.data)} rows)"

    def show(self, dpi: int = 100) -> Image:
        """Return the figure as an image for a notebook, with its description as alt text."""
        from IPython.display import Image

        return Image(data=_image(self.figure, "png", self.alt, dpi=dpi), alt=self.alt)

    def export(self, folder: str | Path | None = None, name: str | None = None) -> list[Path]:
        """Write the five files; see :func:`export_figure`."""
        return export_figure(self.figure, name or self.name, self.data, self.alt, folder)


def export_figure(
    fig: Figure, name: str, data: pd.DataFrame, alt: str, folder: str | Path | None = None
) -> list[Path]:
    """Write a figure as PNG, SVG and PDF, with its data as CSV and its description as text.

    Everything is made in memory first, then written beside its destination and moved into
    place, so that a failure leaves the former files as they were.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    name : str
        File name without ending: letters, digits, ``_``, ``-`` and ``.``.
    data : pandas.DataFrame
        The numbers the figure draws.
    alt : str
        Description in words.
    folder : path, optional
        By default ``figures/`` of the project; made if missing.

    Returns
    -------
    list of pathlib.Path
        The five files written: png, svg, pdf, csv, alt.txt.

    Raises
    ------
    ExportError
        If the folder cannot be written to; nothing half-written is left behind.
    ValueError
        If the name is not a plain file name or the description is empty.
    """
    if not alt.strip():
        raise ValueError(f"figure {name!r} needs a description in words (alt)")
    files = {
        "png": _image(fig, "png", alt, dpi=300),
        "svg": _image(fig, "svg", alt),
        "pdf": _image(fig, "pdf", alt),
        "csv": csv_bytes(data),
        "alt.txt": (alt.strip() + "\n").encode("utf-8", "backslashreplace"),
    }
    return _write(files, name, folder)


def export_table(frame: pd.DataFrame, name: str, folder: str | Path | None = None) -> Path:
    """Write a table as ``name.csv``; the rules are those of the module.

    Parameters
    ----------
    frame : pandas.DataFrame
        Written without its index.
    name : str
        File name without ending.
    folder : path, optional
        By default ``figures/`` of the project.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    ExportError
        If the folder cannot be written to.
    """
    return _write({"csv": csv_bytes(frame)}, name, folder)[0]


def export_files(
    files: Mapping[str, bytes], name: str, folder: str | Path | None = None
) -> list[Path]:
    """Write files of one name, all of them or none.

    Parameters
    ----------
    files : mapping of str to bytes
        Content by ending.
    name : str
        File name without ending.
    folder : path, optional
        By default ``figures/`` of the project.

    Returns
    -------
    list of pathlib.Path

    Raises
    ------
    ExportError
        If the folder cannot be written to.
    """
    return _write(files, name, folder)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as the bytes of a CSV file that a spreadsheet opens safely."""
    buffer = io.BytesIO(codecs.BOM_UTF8)
    buffer.seek(0, io.SEEK_END)

    def write(cells: Iterable[str]) -> None:
        line = ",".join(map(_quoted, cells)) + "\n"
        buffer.write(line.encode("utf-8", "backslashreplace"))

    write(_guarded(str(column)) for column in frame.columns)
    # itertuples keeps each column's type: an integer stays an integer beside a float
    for row in frame.itertuples(index=False, name=None):
        write(map(cell_text, row))
    return buffer.getvalue()


def read_table(source: str | Path | bytes) -> pd.DataFrame:
    """Read a CSV file that this room wrote, every cell as the text it was.

    Parameters
    ----------
    source : path or bytes

    Returns
    -------
    pandas.DataFrame
        All columns of type string; an empty cell is ``""``.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    text = data.decode("utf-8-sig")
    before = csv.field_size_limit(len(text) + 1)  # a limit of the whole program
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    finally:
        csv.field_size_limit(before)
    names, *body = [[_unguarded(cell) for cell in row or [""]] for row in rows]
    return pd.DataFrame(body, columns=names, dtype="string")


def cell_text(value: Any) -> str:
    """Return one cell as text: numbers rounded, lists joined, formulas disarmed."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, str):
        return _guarded(value)
    if isinstance(value, Mapping):
        return _guarded("; ".join(f"{key}: {_plain(item)}" for key, item in value.items()))
    if isinstance(value, set | frozenset):
        value = sorted(value)
    if isinstance(value, Sequence) or (hasattr(value, "tolist") and getattr(value, "ndim", 0)):
        items = list(value)
        if items and all(_is_span(item) for item in items):
            return json.dumps([[int(i) for i in item] for item in items])
        if _is_span(items):
            return json.dumps([int(i) for i in items])
        return _guarded("; ".join(_plain(item) for item in items))
    if isinstance(value, bool | numbers.Real):
        return _plain(value)
    return _guarded(str(value))


def _is_span(item: Any) -> bool:
    return (
        isinstance(item, list | tuple)
        and len(item) == 2
        and all(isinstance(i, numbers.Integral) and not isinstance(i, bool) for i in item)
    )


def _plain(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return str(value)
    if isinstance(value, numbers.Integral):
        return str(int(value))
    return _rounded(float(value))


def _rounded(number: float) -> str:
    """Four decimals, or four digits where the number is smaller; "" for nan."""
    if math.isnan(number):
        return ""
    if math.isinf(number):
        return "inf" if number > 0 else "-inf"
    if number and abs(number) < 0.1:
        return f"{number:.4g}"
    text = f"{number:.4f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


def _guarded(text: str) -> str:
    return "'" + text if _FORMULA.match(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _quoted(text: str) -> str:
    if any(mark in text for mark in ',"\n\r') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _image(figure: Figure, form: str, alt: str, dpi: int | None = None) -> bytes:
    """Return a figure as the bytes of an image file without date, version or random names."""
    metadata: dict[str, dict[str, str | None]] = {
        "png": {"Software": None, "Description": alt},
        "svg": {"Date": None, "Creator": None, "Description": alt},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Subject": alt},
    }
    buffer = io.BytesIO()
    with matplotlib.style.context(STYLE_SHEET, after_reset=True):
        figure.savefig(buffer, format=form, metadata=metadata[form], dpi=dpi or "figure")
    return buffer.getvalue()


def _write(files: Mapping[str, bytes], name: str, folder: str | Path | None) -> list[Path]:
    if not _NAME.match(name):
        raise ValueError(
            f"{name!r} is no file name: use letters, digits, '_', '-' and '.', without folder"
        )
    place = Path(folder) if folder is not None else FIGURES
    try:
        return write_files(
            place, {f"{name}.{ending}": content for ending, content in files.items()}
        )
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError(
            f"Cannot write {name!r} to the folder {place}: {reason}. Make the folder writable, "
            "close the file if another program has it open, or choose another folder (folder=…)."
        ) from error
