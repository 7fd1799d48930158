"""The table a person corrects: one row per statement, written beside a copy of the engine's own.

``statements.csv`` is made for reading and editing: what may be changed is ``mark`` (``delete``, or
``add`` for a new row), ``speaker``, ``party``, ``act`` and ``targets``; ``note`` is the reader's
own. The columns behind ``note`` are keys. ``targets`` holds the stance towards each party spoken
about (``A=against; B=none``), so that a statement stays one row whatever a spreadsheet sorts.
``statements.original.csv`` is what the engine found; a correction is a difference between the two.
"""

from __future__ import annotations

import filecmp
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from analysis.exports import csv_bytes, export_files
from analysis.pipeline import Analysis
from analysis.reanchoring import surroundings
from analysis.records import Span, Stance, Statement

NAME = "statements"
ORIGINAL = "statements.original"
KEYS = ("document_id", "document_hash", "content", "content_spans")
FIELDS = ("speaker", "party", "act", "targets")
COLUMNS = (
    "mark", "document_id", "statement_id", "date", "section", "kind", "source", "cue", "content",
    *FIELDS, "note", "before", "after", "document_hash", "content_spans", "source_span",
    "cue_span",
)  # fmt: skip
ABSTAINED = "?"  # the engine gives no answer
_SPAN = re.compile(r"(\d+)\D+(\d+)")


def correction_sheet(analysis: Analysis, deleted: Iterable[Statement] = ()) -> pd.DataFrame:
    """Lay out an analysis for correction.

    Parameters
    ----------
    analysis : Analysis
    deleted : iterable of Statement
        Statements a correction has removed; they stay in the table, marked ``delete``.

    Returns
    -------
    DataFrame
        One row per statement in reading order, all columns ``string``, in the order of `COLUMNS`:
        ``mark``; where it stands; ``source``, ``cue``, ``content`` as written; ``speaker``,
        ``party``, ``act`` (one, or ``party=act; …`` where they differ by target), ``targets``
        (``party=stance; …``, ``?`` for no answer); ``note``; ``before`` and ``after`` (words on
        either side); ``document_hash`` and the raw offsets of content, source and cue.
    """
    deleted = list(deleted)
    gone = {statement.statement_id for statement in deleted}
    stances: dict[str, list[Stance]] = {}
    for stance in analysis.stances:
        stances.setdefault(stance.statement_id, []).append(stance)
    records: dict[str, list[Statement]] = {}
    for statement in analysis.records:
        records.setdefault(statement.document_id, []).append(statement)
    cells: dict[str, list[str]] = {name: [] for name in COLUMNS}
    for document in analysis.documents:
        taken_out = [s for s in deleted if s.document_id == document.id]
        for one in merged(records.get(document.id, []), taken_out):
            before, after = surroundings(document.raw, one.content_spans)
            found = stances.get(one.statement_id, [])
            added = one.statement_id.startswith(f"{document.id}:h")
            row = {
                "mark": "delete" if one.statement_id in gone else "add" if added else "",
                **{name: getattr(one, name) for name in COLUMNS[1:11]},
                "act": act_cell(found),
                "targets": target_cell(found),
                "note": "",
                "before": before,
                "after": after,
                "document_hash": hash_cell(document.digest),
                "content_spans": span_cell(one.content_spans),
                "source_span": span_cell([one.source_span] if one.source_span else []),
                "cue_span": span_cell([one.cue_span] if one.cue_span else []),
            }
            for name, column in cells.items():
                column.append(row[name])
    return pd.DataFrame(cells, dtype="string")


def write_sheet(
    folder: str | Path,
    engine: Analysis,
    corrected: Analysis | None = None,
    deleted: Sequence[Statement] = (),
) -> list[Path]:
    """Write the table to correct, and beside it what the engine found.

    A ``statements.csv`` that somebody has edited is never lost: it is kept beside as
    ``statements.kept-1.csv`` (or the next free number) before it is replaced.

    Parameters
    ----------
    folder : str or Path
    engine : Analysis
        Before corrections.
    corrected : Analysis, optional
        After them; the table then holds the corrections already, and can be edited further.
    deleted : sequence of Statement
        Those the corrections removed.

    Returns
    -------
    list of Path
        The files written; a kept one last.

    Raises
    ------
    ExportError
        If the folder cannot be written to.
    """
    folder = Path(folder)
    edited, original = folder / f"{NAME}.csv", folder / f"{ORIGINAL}.csv"
    kept = None
    if edited.exists() and not (original.exists() and filecmp.cmp(edited, original, shallow=False)):
        number = 1
        while (kept := folder / f"{NAME}.kept-{number}.csv").exists():
            number += 1
        shutil.copy2(edited, kept)
    found = csv_bytes(correction_sheet(engine))
    sheet = csv_bytes(correction_sheet(corrected, deleted)) if corrected else found
    written = [
        *export_files({"csv": sheet}, NAME, folder),
        *export_files({"csv": found}, ORIGINAL, folder),
    ]
    if kept and filecmp.cmp(kept, edited, shallow=False):
        kept.unlink()
        kept = None
    return [*written, kept] if kept else written


def merged(statements: Sequence[Statement], further: Iterable[Statement]) -> list[Statement]:
    """Statements of a document with further ones among them, where their content begins.

    Parameters
    ----------
    statements : sequence of Statement
        They keep their order.
    further : iterable of Statement
    """
    found = list(statements)
    for one in further:
        later = (n for n, s in enumerate(found) if s.content_spans[0] > one.content_spans[0])
        found.insert(next(later, len(found)), one)
    return found


def hash_cell(digest: str) -> str:
    """Return the beginning of a text's hash; letters before it, or a sheet takes it for a number.

    Parameters
    ----------
    digest : str
        Hexadecimal.
    """
    return f"sha256-{digest[:16]}"


def span_cell(spans: Sequence[Span]) -> str:
    """Spans as ``[[start, end], …]``, or ``""``."""
    return str([list(span) for span in spans]) if spans else ""


def read_spans(cell: str) -> tuple[Span, ...]:
    """Spans of a cell; whatever stands between the numbers."""
    return tuple((int(a), int(b)) for a, b in _SPAN.findall(cell))


def target_cell(stances: Iterable[Stance]) -> str:
    """Stances of one statement as ``party=stance; …``."""
    return "; ".join(f"{s.target}={s.stance or ABSTAINED}" for s in stances if s.target)


def act_cell(stances: Iterable[Stance]) -> str:
    """Speech act of one statement; ``party=act; …`` where it is not the same for all targets."""
    found = [(s.target, s.act or ABSTAINED) for s in stances]
    if len({act for _, act in found}) == 1:
        return found[0][1]
    return "; ".join(f"{target}={act}" for target, act in found if target)
