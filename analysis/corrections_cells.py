"""Read one edited cell: a speaker, parties, a speech act, stances; or say what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from analysis.corrections_sheet import ABSTAINED
from analysis.memory import UNRESOLVED
from analysis.parties import Parties
from analysis.reanchoring import plain

Value = str | None | dict[str, str | None]

#: PLOVER's categories with the extension COMMENT, as the codebook has them.
ACTS = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "COMMENT",
)  # fmt: skip
STANCES = ("against", "none", "favor")
_SPELLINGS = {"favour": "favor", "mobilise": "MOBILIZE", "neutral": "none"}
_SPLIT = re.compile(r"\s*[;\n]\s*")
_PAIRS = re.compile(r"\s*[;\n]\s*|\s*,\s*(?=[^,;=]+=)")


def read_value(column: str, cell: str, parties: Parties) -> Value:
    """Read an edited cell.

    Parameters
    ----------
    column : {"speaker", "party", "act", "targets"}
    cell : str
    parties : Parties

    Returns
    -------
    str or None or dict
        Speaker: canonical names, joined by "; ", ``unresolved`` for an empty cell. Party: the
        same. Act: a category, None for an empty cell or ``?``, or party to category. Targets:
        party to stance, None for ``?``.

    Raises
    ------
    ValueError
        If there is no such party, speech act or stance; the message names those there are.
    """
    cell = cell.removeprefix("'")  # by which a spreadsheet marks a cell as text
    if column == "speaker":
        names = [name for name in _SPLIT.split(cell) if name]
        return "; ".join(_speaker(name, parties) for name in names) or UNRESOLVED
    if column == "party":
        names = [name for name in _SPLIT.split(cell) if name]
        return "; ".join(_party(name, parties, "party") for name in names) or UNRESOLVED
    if column == "act" and "=" not in cell:
        return _one_of(cell, ACTS, "speech act")
    allowed, what = (ACTS, "speech act") if column == "act" else (STANCES, "stance")
    pairs: dict[str, str | None] = {}
    for pair in _PAIRS.split(cell):
        name, sign, value = pair.rpartition("=")
        if not pair.strip():
            continue
        if not sign:
            raise ValueError(
                f"{column} “{pair}” has no {what}. Write party={what}, such as "
                f"{pair.strip()}={allowed[0]}; several are parted by semicolons."
            )
        party = _party(name.strip(), parties, column)
        if party in pairs:
            raise ValueError(f"{column} names {party} twice. Keep one of the two.")
        pairs[party] = _one_of(value, allowed, what)
    return pairs


def same_cell(one: str, other: str) -> bool:
    """Whether two cells say the same: kind of marks, white space and order of pairs aside."""
    return _set(one) == _set(other)


def _set(cell: str) -> list[str]:
    pairs = "=" in cell
    parts = [plain(part) for part in (_PAIRS if pairs else _SPLIT).split(cell.removeprefix("'"))]
    parts = [re.sub(r"\s*=\s*", "=", part) for part in parts if part]
    return sorted(parts) if pairs else parts


def _speaker(name: str, parties: Parties) -> str:
    known = parties.lookup(name)
    return known.name if known else name


def _party(name: str, parties: Parties, column: str) -> str:
    known = [*parties.parties, UNRESOLVED] if column == "party" else list(parties.parties)
    for party in known:
        if plain(party).lower() == plain(name).lower():
            return party
    entity = parties.lookup(name)  # United Kingdom for UK
    if entity is not None and entity.kind == "country" and entity.party != "other":
        return entity.party
    raise ValueError(f"no party “{name}” in {column}. {_use(name, known, 'a party')}")


def _one_of(cell: str, allowed: Iterable[str], what: str) -> str | None:
    word = cell.strip().lower()
    if word in {"", ABSTAINED}:
        return None
    word = _SPELLINGS.get(word, word)
    for value in allowed:
        if value.lower() == word.lower():
            return value
    raise ValueError(f"no {what} “{cell.strip()}”. {_use(cell.strip(), allowed, f'a {what}')}")


def _use(word: str, known: Iterable[str], what: str) -> str:
    known = list(known)
    near = get_close_matches(word.lower(), [name.lower() for name in known], 1)
    meant = [f"Did you mean {name}? " for name in known if near and name.lower() == near[0]]
    add = "; a new one goes into the gazetteer (--parties)" if what == "a party" else ""
    return f"{''.join(meant[:1])}Use {what} of these: {', '.join(known)}{add}."
