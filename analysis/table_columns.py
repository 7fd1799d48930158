"""Which column of a table holds the texts, and which their titles, dates and ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.reading import DocumentError

_TEXT = (
    "text body content article articles full_text fulltext article_text article_body body_text"
    " main_text story transcript speech document raw_text post message statement".split()
)
_NAMES = {
    "title": "title headline heading article_title".split(),
    "date": "date published publication_date pub_date pubdate published_at publish_date"
    " date_published datetime created_at timestamp day".split(),
    "id": "id doc_id document_id article_id docid identifier uid uuid guid".split(),
    "language": "language lang".split(),
}
# A column is taken without being named if its texts are this long, on the average, and twice
# as long as those of any other column.
_LONG = 80
_CLEARLY = 2.0


class Columns(NamedTuple):
    """Names of the columns; ``""`` for one that is not there."""

    text: str
    title: str
    date: str
    id: str
    language: str


def choose_columns(
    names: Sequence[str], sample: Sequence[Mapping], text_column: str | None, file: str
) -> Columns:
    """Choose the columns of a table.

    A column the reader names is taken. Else one with a well-known name (``text``, ``body``,
    ``content``, ``article`` …), else the one with the longest texts. Title, date, id and language
    are found by well-known names.

    Parameters
    ----------
    names : sequence of str
        All columns, in order.
    sample : sequence of mappings
        The first rows.
    text_column : str, optional
        The reader's choice.
    file : str
        What to call the table in a message.

    Raises
    ------
    DocumentError
        If there is no such column, or more than one may be meant; lists the columns.
    """
    if text_column is not None:
        text = _named(names, text_column)
        if text is None:
            raise DocumentError(
                file,
                f"has no column {text_column!r}",
                f"Name one of its columns as text column: {_listed(names)}",
            )
    else:
        text = _longest(names, sample, file)
    others = [name for name in names if name != text]
    found = {key: _first(others, known) for key, known in _NAMES.items()}
    return Columns(text, **found)


def _named(names: Sequence[str], wanted: str) -> str | None:
    if wanted in names:
        return wanted
    alike = [name for name in names if name.strip().casefold() == wanted.strip().casefold()]
    return alike[0] if len(alike) == 1 else None


def _longest(names: Sequence[str], sample: Sequence[Mapping], file: str) -> str:
    lengths = {name: _mean_length(sample, name) for name in names}
    strings = {name: length for name, length in lengths.items() if length is not None}
    known = {name: length for name, length in strings.items() if _plain(name) in _TEXT}
    if len(known) == 1:
        return next(iter(known))
    candidates = known or strings
    ranked = sorted(candidates, key=lambda name: -candidates[name])
    if not ranked or (not known and candidates[ranked[0]] < _LONG):
        raise DocumentError(
            file,
            "has no column that is clearly one of texts",
            f"Name one of its columns as text column: {_listed(names)}",
        )
    if len(ranked) > 1 and candidates[ranked[0]] < _CLEARLY * candidates[ranked[1]]:
        raise DocumentError(
            file,
            f"has several columns that may hold the texts ({ranked[0]}, {ranked[1]})",
            f"Name one of its columns as text column: {_listed(names)}",
        )
    return ranked[0]


def _mean_length(sample: Sequence[Mapping], name: str) -> float | None:
    """Mean number of characters of a column of text; None for other columns."""
    values = [row[name] for row in sample if row.get(name) not in (None, "")]
    if not all(isinstance(value, str) for value in values) or not values:
        return None
    return sum(map(len, values)) / len(values)


def _first(names: Sequence[str], known: Sequence[str]) -> str:
    plain = {_plain(name): name for name in reversed(names)}
    return next((plain[name] for name in known if name in plain), "")


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name if name.isprintable() else ascii(name) for name in names[:30])
    return shown + (" …" if len(names) > 30 else "")
