"""Show a table in a notebook so that it can be read: wrapped, left-aligned, nothing cut off."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
from IPython.display import HTML

_TABLE = "border-collapse:collapse;font-size:13px;line-height:1.35"
_HEAD = "text-align:{align};padding:3px 8px;border-bottom:1px solid #444;vertical-align:bottom"
_CELL = "text-align:{align};padding:3px 8px;border-bottom:1px solid #e3e3e3;vertical-align:top"
_WIDE = 60


def shown(
    frame: pd.DataFrame, columns: list[str] | None = None, most: int | None = None, note: str = ""
) -> HTML:
    """Write a table as HTML with every cell escaped and whole.

    Parameters
    ----------
    frame : DataFrame
        Its index is not shown.
    columns : list of str, optional
        Which columns, in this order; by default all but ``statement_ids``. ``statement_id`` of a
        single document is shown as the number of the statement.
    most : int, optional
        How many rows; how many there are in all is then said below.
    note : str
        A line below the table.

    Returns
    -------
    IPython.display.HTML
    """
    names = columns or [name for name in frame.columns if name != "statement_ids"]
    rows = frame if most is None else frame.head(most)
    looks = [_align(frame[name]) for name in names]
    single = "statement_id" in names and _one_document(frame["statement_id"])
    heads = "".join(
        f'<th style="{_HEAD.format(align=align)}">{escape(heading(name, single))}</th>'
        for name, align in zip(names, looks, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="{_style(align, text)}">{escape(text)}</td>'
            for align, text in zip(
                looks,
                (in_words(row[name], single and name == "statement_id") for name in names),
                strict=True,
            )
        )
        + "</tr>"
        for _, row in rows.iterrows()
    )
    counted = f"{len(rows)} of {len(frame)} rows. " if len(rows) < len(frame) else ""
    below = f"<p style='font-size:12px'>{escape(counted + note)}</p>" if counted or note else ""
    table = f'<table style="{_TABLE}"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    return HTML(table + below)


def _one_document(ids: pd.Series) -> bool:
    return len({str(one).rpartition(":")[0] for one in ids}) == 1


def heading(name: str, single: bool = False) -> str:
    """Name a column in words; statements of a single document have numbers."""
    if name == "statement_id":
        return "no." if single else "statement"
    return str(name).replace("_", " ")


def is_number(column: pd.Series) -> bool:
    """Whether a column holds numbers, which are aligned to the right."""
    return pd.api.types.is_numeric_dtype(column) and column.dtype != bool


def _align(column: pd.Series) -> str:
    return "right" if is_number(column) else "left"


def _style(align: str, text: str) -> str:
    look = _CELL.format(align=align)
    if len(text) > _WIDE:
        return f"{look};min-width:16em"
    return look if len(text) > 12 else f"{look};white-space:nowrap"


def in_words(value: Any, number: bool = False) -> str:
    """A cell in words: lists joined, missing values empty, shares with two decimals."""
    if isinstance(value, (list, tuple)):
        return "; ".join(in_words(item) for item in value)
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return ""
    if number:
        return str(int(str(value).rpartition(":s")[2]))
    if isinstance(value, float):
        return f"{value:.2f}"
    return " ".join(str(value).split())
