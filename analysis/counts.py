"""The counts behind the charts: statements per party, speaker, month and document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from analysis.label_chances import label_chances
from analysis.vocabulary import word_count

#: Named last wherever parties are in order: they are no party.
NO_PARTY = ("other", "unresolved")


def party_order(parties: Iterable[str]) -> list[str]:
    """Return the parties named, most frequent first, `other` and `unresolved` last."""
    counts = pd.Series(list(parties), dtype=object).value_counts()
    return sorted(counts.index, key=lambda p: (p in NO_PARTY, -int(counts[p]), p))


def statements_by_party(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statement table as plain text columns, one row per statement and party.

    Parameters
    ----------
    statements : pandas.DataFrame
        The statement table. Missing columns that a chart can do without are filled.

    Returns
    -------
    pandas.DataFrame
        statement_id, document_id, date, section, kind, speaker, party (str, "" where missing;
        party ``unresolved`` where missing), start, end (int, raw offsets of the content; -1
        where unknown), words (int). A statement of several parties (``A; B``) has a row for
        each.
    """
    table = pd.DataFrame(index=range(len(statements)))
    for column in ("statement_id", "document_id", "date", "section", "kind", "speaker"):
        table[column] = _texts(statements, column)
    table["party"] = _parties(statements)
    spans = list(statements.get("content_spans", [()] * len(statements)))
    table["start"] = [_edge(s, 0, min) for s in spans]
    table["end"] = [_edge(s, 1, max) for s in spans]
    repaired, raw = _texts(statements, "content_repaired"), _texts(statements, "content")
    table["words"] = [word_count(a or b) for a, b in zip(repaired, raw, strict=True)]
    return table.explode("party", ignore_index=True)


def stances_by_party(stances: pd.DataFrame) -> pd.DataFrame:
    """Return the stance table as plain text columns, one row per party that speaks.

    Parameters
    ----------
    stances : pandas.DataFrame
        The stance table; `date` may have been merged in.

    Returns
    -------
    pandas.DataFrame
        statement_id, document_id, date, party, target, act, mode, stance (str, "" where the
        engine abstains or there is none); against_chance (float, probability that the stance is
        against; missing where the engine abstains), act_confidence (float, missing where the
        engine gives none).
    """
    table = pd.DataFrame(index=range(len(stances)))
    for column in ("statement_id", "document_id", "date", "target", "act", "mode", "stance"):
        table[column] = _texts(stances, column)
    sure = stances.get("stance_confidence", [None] * len(stances))
    table["against_chance"] = label_chances(table["stance"], sure)["against"]
    sure = stances.get("act_confidence", [None] * len(stances))
    table["act_confidence"] = pd.to_numeric(pd.Series(list(sure), dtype=object), errors="coerce")
    table["party"] = _parties(stances)
    return table.explode("party", ignore_index=True)


def grouped(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count the statements of each group and name them.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, then statements (int) and statement_ids (list of str).
    """
    found: dict[tuple[Any, ...], list[str]] = {}
    columns = [rows[column] for column in by]
    for *key, identity in zip(*columns, rows["statement_id"], strict=True):
        ids = found.setdefault(tuple(key), [])
        if identity not in ids:
            ids.append(identity)
    table = pd.DataFrame(list(found), columns=list(by))
    table["statements"] = [len(ids) for ids in found.values()]
    table["statement_ids"] = list(found.values())
    return table


def documents_of(table: pd.DataFrame) -> list[str]:
    """Return the ids of the documents a table rests on.

    They stand in `document_id`, else before the colon of the statement ids.
    """
    if "document_id" in table:
        names = {d for d in _texts(table, "document_id") if d}
        if names:
            return sorted(names)
    if "statement_id" in table:
        ids = _texts(table, "statement_id")
    elif "statement_ids" in table:
        ids = [str(i) for listed in table["statement_ids"] for i in _ids(listed)]
    else:
        ids = []
    return sorted({i.rpartition(":")[0] for i in ids})


def months_between(months: Iterable[str]) -> list[str]:
    """Return every month (``YYYY-MM``) from the first to the last one given."""
    known = sorted({m for m in months if re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", m)})
    if not known:
        return []
    return [str(p) for p in pd.period_range(known[0], known[-1], freq="M")]


def flat_ids(listed: Iterable[Any]) -> list[str]:
    """Return the statement ids of several lists, each id once, in order."""
    return list(dict.fromkeys(str(i) for ids in listed for i in _ids(ids)))


def _ids(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return list(value) if isinstance(value, Iterable) else []


def _texts(table: pd.DataFrame, column: str) -> list[str]:
    if column not in table:
        return [""] * len(table)
    codes, found = pd.factorize(table[column])  # a text that recurs is kept once
    texts = [*map(str, found), ""]
    return [texts[code] for code in codes]  # -1, the last, where a value is missing


def _parties(table: pd.DataFrame) -> pd.Series:
    names = [[p.strip() for p in text.split(";")] for text in _texts(table, "party")]
    return pd.Series([[p or "unresolved" for p in n] for n in names], dtype=object)


def _edge(spans: Any, side: int, choose: Any) -> int:
    try:
        return int(choose(span[side] for span in spans))
    except (TypeError, ValueError, IndexError):
        return -1
