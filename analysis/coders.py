"""Compare the tables that two people corrected: how far they agree, and where they do not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from sklearn.metrics import cohen_kappa_score

from analysis.corrections_cells import Value, read_value
from analysis.corrections_changes import mark_of
from analysis.corrections_file import CorrectionsError, Row, read_rows
from analysis.corrections_sheet import FIELDS, KEYS
from analysis.intervals import jeffreys_interval
from analysis.parties import Parties
from analysis.reanchoring import alike
from analysis.reliability import krippendorff_alpha

NO_ANSWER = "no answer"
_AGREEMENT = "measure units agree share low high kappa alpha".split()
_DISAGREEMENTS = "document_id statement_id content field first second line_first line_second"
_PLACE = (*KEYS[:2], "content_spans", "source_span", "cue_span")


@dataclass(frozen=True, slots=True)
class CoderComparison:
    """Two coders side by side.

    Attributes
    ----------
    agreement : DataFrame
        One row per ``measure``: ``statement`` (whether a row stands, over all rows of either),
        ``speaker``, ``party``, ``act`` (over statements both have), ``stance`` (over the targets
        either names in them; one not named counts as ``none``). ``units``, ``agree``, ``share``
        with its Jeffreys interval ``low``, ``high``, ``kappa`` and Krippendorff's
        ``alpha`` (nominal); both are missing where the coders use one value only.
    disagreements : DataFrame
        ``document_id``, ``statement_id``, ``content``, ``field``, ``first`` and ``second`` (what
        each coder has), ``line_first``, ``line_second`` (0: no row).
    """

    agreement: pd.DataFrame
    disagreements: pd.DataFrame


def compare_coders(
    first: str | Path, second: str | Path, parties: Parties | None = None
) -> CoderComparison:
    """Compare two edited ``statements.csv`` of the same articles.

    Rows are paired by document, offsets, source and cue; those left over (rows that were added) by
    their content and source.

    Parameters
    ----------
    first, second : str or Path
        As edited.
    parties : Parties, optional
        The gazetteer, so that two spellings of a name agree; ``data/parties.toml`` if left out.

    Returns
    -------
    CoderComparison

    Raises
    ------
    CorrectionsError
        If a file cannot be used or holds a party, speech act or stance that does not exist.
    """
    parties = parties or Parties.from_toml()
    tables = [_coded(Path(path), parties) for path in (first, second)]
    pairs = _paired(*tables)
    units: dict[str, list[tuple[str, str]]] = {name: [] for name in ("statement", *FIELDS)}
    rows = []
    for a, b in pairs:
        found = [("statement", "statement", _stands(a), _stands(b))]
        if a and b and a.kept and b.kept:
            found += [(n, n, *(_text(one.cells[n]) for one in (a, b))) for n in FIELDS[:3]]
            both = [one.cells["targets"] for one in (a, b)]
            found += [
                ("targets", f"stance towards {target}", *(_side(one, target) for one in both))
                for target in dict.fromkeys([*both[0], *both[1]])
            ]
        for measure, field, *said in found:
            units[measure].append(tuple(said))
            if said[0] != said[1]:
                row = (a or b).row
                lines = [one.row.line if one else 0 for one in (a, b)]
                rows.append(
                    (row["document_id"], row["statement_id"], row["content"], field, *said, *lines)
                )
    units["stance"] = units.pop("targets")
    agreement = pd.DataFrame([_measures(*item) for item in units.items()], columns=_AGREEMENT)
    return CoderComparison(agreement, pd.DataFrame(rows, columns=_DISAGREEMENTS.split()))


@dataclass(frozen=True, slots=True)
class _Coded:
    """A row as one coder left it."""

    row: Row
    kept: bool
    cells: dict[str, Value]


def _coded(path: Path, parties: Parties) -> list[_Coded]:
    found = []
    for row in read_rows(path, KEYS):
        missing = [name for name in FIELDS if name not in row.cells]
        if missing:
            raise CorrectionsError(
                f"{path}, line 1: no column {', '.join(missing)}. Coders can only be compared "
                "where both files have it; put it back."
            )
        try:
            values = {name: read_value(name, row[name], parties) for name in FIELDS}
        except ValueError as error:
            raise CorrectionsError(f"{path}, line {row.line}: {error}") from None
        found.append(_Coded(row, mark_of(row, path) != "delete", values))
    return found


def _paired(
    first: Sequence[_Coded], second: Sequence[_Coded]
) -> list[tuple[_Coded | None, _Coded | None]]:
    """Rows of the first coder with those of the second, in the order of the first."""
    keyed = {_place(one): one for one in second if one.row["content_spans"]}
    partners = {id(one): keyed.pop(_place(one), None) for one in first}
    matched = {id(other) for other in partners.values() if other}
    left = [one for one in second if id(one) not in matched]
    for one in first:
        if partners[id(one)] is None:
            other = next((other for other in left if _same_words(one.row, other.row)), None)
            if other:
                partners[id(one)] = other
                left.remove(other)
    return [*((one, partners[id(one)]) for one in first), *((None, other) for other in left)]


def _place(one: _Coded) -> tuple[str, ...]:
    return tuple(one.row[name] for name in _PLACE)


def _same_words(one: Row, other: Row) -> bool:
    return one["document_id"] == other["document_id"] and all(
        alike(one[name], other[name]) for name in ("content", "source")
    )


def _stands(one: _Coded | None) -> str:
    return "statement" if one and one.kept else "none"


def _text(value: Value) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}={item or NO_ANSWER}" for name, item in sorted(value.items()))
    return value or NO_ANSWER


def _side(targets: Value, target: str) -> str:
    return targets.get(target, "none") or NO_ANSWER


def _measures(measure: str, units: list[tuple[str, str]]) -> tuple:
    agree, n = sum(a == b for a, b in units), len(units)
    low, high = jeffreys_interval(agree, n) if n else (math.nan, math.nan)
    several = len({value for unit in units for value in unit}) > 1
    kappa = float(cohen_kappa_score(*zip(*units, strict=True))) if several else math.nan
    share = agree / n if n else math.nan
    alpha = krippendorff_alpha(list(zip(*units, strict=True)))
    return measure, n, agree, share, low, high, kappa, alpha
