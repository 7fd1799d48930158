"""Suggest entries of the gazetteer for the speakers it does not know, ready to paste."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pandas as pd

from analysis.gazetteer import plain
from analysis.memory import UNRESOLVED
from analysis.parties import Parties

_COLUMNS = "speaker kind party statements entry sources statement_ids".split()
_TABLES = {"person": "person", "institution": "institution", "country": "country"}


def suggested_entries(statements: pd.DataFrame, parties: Parties | None = None) -> pd.DataFrame:
    """List the speakers a gazetteer does not know, with an entry to paste for each.

    Parameters
    ----------
    statements : DataFrame
        A statement table.
    parties : Parties, optional
        The gazetteer of the analysis; ``data/parties.toml`` if left out.

    Returns
    -------
    DataFrame
        Most statements first: ``speaker`` (as most often written), ``kind``, ``party`` (that of
        most of the statements, where the text told it; else ``other``), ``statements`` (how many),
        ``entry`` (lines of TOML: paste them at the end of the gazetteer and correct the party),
        ``sources`` (mentions as written, ten at most), ``statement_ids``.
    """
    parties = parties or Parties.from_toml()
    found: dict[str, list] = defaultdict(list)
    for row in statements.itertuples():
        own = str(row.party).split("; ")
        names = str(row.speaker).split("; ")
        for number, name in enumerate(names):
            if _key(name) not in {"", UNRESOLVED} and parties.lookup(name) is None:
                party = own[number] if len(own) == len(names) else own[0]
                found[_key(name)].append((name, party, row))
    rows = [_suggestion(mentions, parties) for mentions in found.values()]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.sort_values(
        ["statements", "speaker"], ascending=[False, True], kind="stable", ignore_index=True
    )


def all_entries(suggested: pd.DataFrame) -> str:
    """Entries of all rows in one piece, to paste at the end of a gazetteer.

    Parameters
    ----------
    suggested : DataFrame
        From `suggested_entries`.
    """
    return "\n".join(suggested["entry"])


def _key(name: str) -> str:
    """One key for the spellings that the gazetteer takes for one name."""
    key = plain(name)
    key = key[4:] if key[:4].lower() == "the " else key
    key = key.removesuffix("'s") if key.endswith("'s") else re.sub("s'$", "s", key)
    return key.lower() if len(key) > 3 else key


def _suggestion(mentions: list[tuple], parties: Parties) -> tuple:
    name = _most(name for name, _, _ in mentions)
    kind = _most(row.speaker_kind for _, _, row in mentions)
    told = [p for _, p, _ in mentions if p in parties.parties and p != "other"]
    party = _most(told) if told else "other"
    remark = "" if told else "  # whom does the speaker speak for?"
    table = _TABLES.get(kind, "person")
    entry = f"[{table}.{_quoted(name)}]\nparty = {_quoted(party)}{remark}\n"
    sources = list(dict.fromkeys(row.source for _, _, row in mentions if row.source))[:10]
    ids = [row.statement_id for _, _, row in mentions]
    return name, table, party, len(ids), entry, sources, ids


def _most(values: Iterable[str]) -> str:
    counts = Counter(str(value) for value in values)
    return min(counts, key=lambda value: (-counts[value], value))


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for the one character JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
