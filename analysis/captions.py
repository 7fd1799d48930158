"""The words round a chart: scope, period, source and counts, computed from its table."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.counts import NO_PARTY, documents_of, flat_ids, party_order

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
#: What a figure calls the parties it pools, where there is no room to count them.
POOLED = "others"
_LAST = {"other": "others", "unresolved": "unresolved"}


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


def dated(measure: str, dates: Iterable[str] = ()) -> str:
    """Return period, then measure and key: a date after a key reads as if it belonged to it."""
    when = period(dates)
    return f"{when}. {measure}" if when else measure


def source_of(table: pd.DataFrame) -> str:
    """Return the document, or the number of documents, that a table rests on."""
    documents = documents_of(table)
    if len(documents) > 1:
        return f"{len(documents)} documents"
    name = documents[0] if documents else ""
    return f"one document ({name})" if name else "one article"


def per_party(rows: pd.DataFrame, parties: Sequence[str] | None = None, most: int = 4) -> str:
    """Return ``27 statements (16 US, 7 Russia, 4 of 3 further parties)``.

    Parameters
    ----------
    rows : pandas.DataFrame
        `statement_id` and `party`, one row per statement and party. A statement of several
        parties counts for each party named, and once for the further ones together.
    parties : sequence of str, optional
        The parties in order; by default the most frequent first.
    most : int
        How many parties are named; one more is named rather than called further.
    """
    once = rows.drop_duplicates(["statement_id", "party"])
    names = list(parties) if parties is not None else party_order(once["party"])
    whole = once["statement_id"].nunique()
    text = counted(whole, "statement")
    if len(names) < 2:
        return text
    shown = names if len(names) <= most + 1 else names[:most]
    numbers = [int((once["party"] == party).sum()) for party in shown]
    parts = [f"{number} {party}" for number, party in zip(numbers, shown, strict=True)]
    if len(shown) < len(names):
        rest = once.loc[~once["party"].isin(shown), "statement_id"].nunique()
        numbers.append(rest)
        parts.append(f"{rest} of {further_parties(names[len(shown) :])}")
    text += f" ({', '.join(parts)})"
    if whole < sum(numbers):
        text += "; a joint statement counts for each of its parties"
    return text


def further_parties(names: Iterable[str], noun: str = "party", plural: str = "parties") -> str:
    """Return ``7 further parties, others and unresolved``: how every figure names those it pools.

    What is no party is not counted as one.
    """
    pool = set(names)
    number = len(pool - set(NO_PARTY))
    words = [counted(number, f"further {noun}", f"further {plural}")] if number else []
    return listed([*words, *(_LAST[name] for name in NO_PARTY if name in pool)])


def pooled(names: Iterable[str], noun: str = "party", plural: str = "parties") -> str:
    """Return ``5 parties and those of no named party``: whom a figure pools as others."""
    pool = set(names)
    number = len(pool - set(NO_PARTY))
    words = [counted(number, noun, plural)] if number else []
    return listed([*words, *(["those of no named party"] if pool & set(NO_PARTY) else [])])


def base_of(ids: Iterable[object], statements: pd.DataFrame, days: bool = True) -> str:
    """Return ``3 documents of 2 days``: what statements rest on, by their ids."""
    rows = statements[statements["statement_id"].isin(flat_ids(ids))]
    text = counted(rows["document_id"].nunique(), "document")
    dated = rows.loc[rows["date"] != "", "date"].nunique() if days else 0
    return f"{text} of {counted(dated, 'day')}" if dated and text != "1 document" else text


def the(party: str, start: bool = False) -> str:
    """Return a party's name as a sentence takes it: ``the US``, ``the West``, ``Russia``.

    Abbreviations of two capital letters and points of the compass take the article; names
    read as a word or with a number (NATO, E3) do not.
    """
    spelt = len(party) == 2 and party.isalpha() and party.isupper()
    if spelt or party in ("North", "South", "East", "West"):
        return f"{'The' if start else 'the'} {party}"
    return party
