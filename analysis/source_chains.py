"""Count statements at the level a reader asks for: who talks to the reporter, or whose words it is.

"Citing military intelligence, the minister said …" has a speaker, the minister, and an origin,
military intelligence. An outlet that passes words on, and a letter or report they stand in, are
links of the chain and no origin.
"""

from __future__ import annotations

import re

import pandas as pd

from analysis.citations import KINDRED
from analysis.memory import UNRESOLVED, roles_of
from analysis.names import WRITINGS, person_name
from analysis.parties import Parties

LEVELS = ("speaker", "origin")
_OWN = re.compile(r"(?:its|his|her|their|our)\s+(?P<what>.+)", re.I)


def counted_at(
    statements: pd.DataFrame, level: str = "speaker", parties: Parties | None = None
) -> pd.DataFrame:
    """Give each statement the source that it is to be counted for.

    Parameters
    ----------
    statements : DataFrame
        A statement table (`analysis.tables.statement_table`).
    level : str
        ``speaker``: who talks to the reporter, as the table has it. ``origin``: the innermost
        source of the chain in ``via``, where there is one.
    parties : Parties, optional
        The gazetteer; ``data/parties.toml`` if left out.

    Returns
    -------
    DataFrame
        The same rows and columns, with ``speaker``, ``speaker_kind`` and ``party`` of that level;
        ``unresolved`` where the chain ends in somebody not known ("officials"). The speaker's
        confidence is kept only where the speaker is.

    Raises
    ------
    ValueError
        If there is no such level.
    """
    if level not in LEVELS:
        raise ValueError(f"no level {level!r}; count at one of {', '.join(LEVELS)}")
    if level == "speaker":
        return statements.copy()
    parties = parties or Parties.from_toml()
    rows = [
        origin_of(row.via, row.speaker, row.speaker_kind, row.party, parties, row.date)
        for row in statements.itertuples()
    ]
    frame = statements.copy()
    changed = [row[0] != speaker for row, speaker in zip(rows, frame["speaker"], strict=True)]
    for number, column in enumerate(("speaker", "speaker_kind", "party")):
        values = [row[number] for row in rows]
        kind = "category" if column == "party" else "string"
        frame[column] = pd.Series(values, index=frame.index, dtype="string").astype(kind)
    frame.loc[changed, "speaker_confidence"] = None
    return frame


def levels_compared(statements: pd.DataFrame, parties: Parties | None = None) -> pd.DataFrame:
    """Count statements by party at both levels.

    Parameters
    ----------
    statements : DataFrame
        A statement table.
    parties : Parties, optional
        The gazetteer; ``data/parties.toml`` if left out.

    Returns
    -------
    DataFrame
        One row per party, most statements first: ``party``, one column of counts per level of
        ``LEVELS``, ``difference`` (origin less speaker), ``statement_ids`` (those whose party
        is another at the level ``origin``).
    """
    origin = counted_at(statements, "origin", parties)
    before, after = statements["party"].astype("string"), origin["party"].astype("string")
    moved = before != after
    rows = []
    for party in sorted(set(before) | set(after)):
        held = moved & ((before == party) | (after == party))
        first, last = int((before == party).sum()), int((after == party).sum())
        ids = "; ".join(statements.loc[held, "statement_id"])
        rows.append((party, first, last, last - first, ids))
    columns = ["party", *LEVELS, "difference", "statement_ids"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["speaker", "party"], ascending=[False, True], ignore_index=True)


def origin_of(
    via: list[str] | tuple[str, ...],
    speaker: str,
    kind: str,
    party: str,
    parties: Parties,
    on: str = "",
) -> tuple[str, str, str]:
    """Innermost source of a chain.

    Parameters
    ----------
    via : sequence of str
        Further sources as written, the innermost last.
    speaker, kind, party : str
        Of the statement.
    parties : Parties
    on : str
        ISO date of the document.

    Returns
    -------
    (str, str, str)
        Speaker, kind and party of the origin; those of the statement where nobody in the chain
        but an outlet or a writing stands behind it.
    """
    for phrase in reversed(via):
        found = _source(phrase, party, parties, on)
        if found is not None:
            return found
    return speaker, kind, party


def _source(phrase: str, party: str, parties: Parties, on: str) -> tuple[str, str, str] | None:
    """Who a link of the chain is; None for an outlet, or a writing without an author."""
    own = _OWN.match(phrase)
    if own:
        country = parties.speaker_of(party)
        if country is not None and roles_of(own["what"]) - KINDRED:
            named = parties.attribute_phrase(f"{country.name}'s {own['what']}", on).entity
            named = named or country
            return named.name, named.kind, named.party
        return UNRESOLVED, UNRESOLVED, UNRESOLVED
    person = person_name(phrase, parties, on)
    if person is not None and person.known:
        return person.name, person.kind, person.party
    found = parties.attribute_phrase(phrase, on)
    if found.entity is not None and found.entity.kind == "institution" and found.party == "other":
        return None
    if found.entity is not None:
        return found.entity.name, found.entity.kind, found.entity.party
    written = {word.strip(".,").lower() for word in phrase.split()} & WRITINGS
    if found.party == "other" or (written and found.party == UNRESOLVED):
        return None
    country = parties.speaker_of(found.party)
    if country is not None:
        return country.name, country.kind, country.party
    if person is not None:
        return person.name, person.kind, found.party
    return UNRESOLVED, UNRESOLVED, UNRESOLVED
