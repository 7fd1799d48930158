"""The words round a chart: scope, period, source and counts, computed from its table."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.counts import documents_of

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return ``1 statement``, ``2 statements``, ``0 statements``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(items: Sequence[str], most: int = 0) -> str:
    """Return ``A, B and C``; beyond `most`, ``A, B and 3 more``."""
    names = list(items)
    if most and len(names) > most:
        names = [*names[:most], f"{len(names) - most} more"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def scope(table: pd.DataFrame) -> str:
    """Return ``in this article`` where a table rests on one document, else ``in this corpus``."""
    return "in this article" if len(documents_of(table)) <= 1 else "in this corpus"


def share(part: float) -> str:
    """Return a share as whole per cent."""
    return f"{100 * part:.0f} %"


def day(date: str) -> str:
    """Return ``9 December 2022`` for ``2022-12-09``; anything else as it is."""
    try:
        when = datetime.date.fromisoformat(date)
    except ValueError:
        return date
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(name: str, short: bool = False) -> str:
    """Return ``December 2022`` (``Dec``, if short) for ``2022-12``."""
    year, _, number = name.partition("-")
    word = _MONTHS[int(number) - 1]
    return word[:3] if short else f"{word} {year}"


def period(dates: Iterable[str]) -> str:
    """Return the day, month or months a table covers, or ``""`` where it has no dates."""
    known = sorted({str(d)[:10] for d in dates if str(d)[:4].isdigit() and len(str(d)) >= 10})
    if not known:
        return ""
    first, last = known[0], known[-1]
    if first == last:
        return day(first)
    if first[:7] == last[:7]:
        return month(first[:7])
    return f"{month(first[:7])} to {month(last[:7])}"


def subtitle(measure: str, dates: Iterable[str] = ()) -> str:
    """Return measure and period, with one full stop."""
    when = period(dates)
    return f"{measure}, {when}" if when else measure


def source_of(table: pd.DataFrame) -> str:
    """Return the document, or the number of documents, that a table rests on."""
    documents = documents_of(table)
    if len(documents) > 1:
        return f"{len(documents)} documents of the corpus"
    name = documents[0] if documents else ""
    return f"one document ({name})" if name else "one article"


def per_party(counts: pd.Series, total: int | None = None, most: int = 4) -> str:
    """Return ``25 statements (16 US, 7 Russia, 2 UK)`` from counts by party.

    `total` is given where a joint statement counts for several parties.
    """
    whole = int(counts.sum()) if total is None else total
    text = counted(whole, "statement")
    if len(counts) > 1:
        parts = [f"{int(number)} {party}" for party, number in counts.items()]
        if len(parts) > most:
            rest = int(counts.iloc[most:].sum())
            parts = [*parts[:most], f"{rest} of {counted(len(parts) - most, 'other')}"]
        text += f" ({', '.join(parts)})"
    if whole < counts.sum():
        text += "; a joint statement counts for each of its parties"
    return text
