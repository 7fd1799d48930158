"""Find what a person changed in a table of statements, by comparing it with the engine's own.

A correction is keyed by the hash of the document's text and the offsets of the statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.corrections_cells import Value, read_value, same_cell
from analysis.corrections_file import CorrectionsError, Row, read_rows
from analysis.corrections_sheet import (
    FIELDS,
    KEYS,
    ORIGINAL,
    correction_sheet,
    read_spans,
)
from analysis.parties import Parties
from analysis.pipeline import Analysis
from analysis.reanchoring import alike, plain
from analysis.records import Span

_MARKS = {
    "": "", "delete": "delete", "deleted": "delete", "del": "delete", "x": "delete",
    "remove": "delete", "add": "add", "added": "add", "new": "add",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a statement stood when the table was written.

    Attributes
    ----------
    document_id, document_hash : str
    content, source, cue : str
        As written.
    content_spans : tuple of (int, int)
        Raw offsets; empty for a new row.
    source_span, cue_span : tuple of (int, int)
        One span, or empty.
    before, after : str
        Words on either side of the content.
    """

    document_id: str
    document_hash: str
    content: str
    source: str = ""
    cue: str = ""
    content_spans: tuple[Span, ...] = ()
    source_span: tuple[Span, ...] = ()
    cue_span: tuple[Span, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def key(self) -> tuple:
        """What tells one statement from all others."""
        return self.document_hash, self.content_spans, self.source_span, self.cue_span


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing a person changed.

    Attributes
    ----------
    line : int
        Line of the edited file; 0 for a row that was taken out.
    action : str
        ``change``, ``delete`` or ``add``.
    anchor : Anchor
    new : dict
        ``speaker``, ``party``, ``act``, ``targets`` as far as they were changed (or, for a new
        row, filled in).
    statement_id : str
        As the table has it; not used to find the statement.
    compared : bool
        False where the engine's table of that time is missing: then the values are those of the
        row, changed or not.
    """

    line: int
    action: str
    anchor: Anchor
    new: Mapping[str, Value] = field(default_factory=dict)
    statement_id: str = ""
    compared: bool = True


@dataclass(frozen=True, slots=True)
class Corrections:
    """What an edited table changes.

    Attributes
    ----------
    path : str
        The edited file.
    items : tuple of Correction
        In the order of the file; rows taken out come last.
    conflicts : tuple of dict
        Changes that contradict themselves: rows of the conflict table (`conflict`).
    """

    path: str
    items: tuple[Correction, ...]
    conflicts: tuple[dict, ...] = ()


def read_corrections(
    edited: str | Path,
    original: str | Path | Analysis | None = None,
    parties: Parties | None = None,
) -> Corrections:
    """Find what a person changed in a table of statements.

    Parameters
    ----------
    edited : str or Path
        The ``statements.csv`` of a run, as edited.
    original : str, Path or Analysis, optional
        The engine's own table. By default ``statements.original.csv`` beside the edited file. An
        analysis stands in for it where there is none: then a row that differs from what the
        engine finds today counts as changed, and a row that is missing counts as deleted only
        where the text is the same.
    parties : Parties, optional
        The gazetteer; ``data/parties.toml`` if left out.

    Returns
    -------
    Corrections

    Raises
    ------
    CorrectionsError
        If one of the files cannot be used, or a changed cell holds a party, speech act or stance
        that does not exist; with file, line and remedy.
    """
    edited = Path(edited)
    parties = parties or Parties.from_toml()
    if original is None:
        original = edited.with_name(f"{ORIGINAL}.csv")
        if not original.exists():
            raise CorrectionsError(
                f"{edited}: {original.name} is not beside it. Put the one of the same run there, "
                "or compare with an analysis of the same articles."
            )
    rows = read_rows(edited, KEYS)
    if isinstance(original, Analysis):
        sheet = correction_sheet(original)
        before = [
            Row(0, dict(zip(sheet.columns, cells, strict=True)))
            for cells in sheet.itertuples(index=False, name=None)
        ]
    else:
        before = read_rows(original, KEYS)
    reader = _Reader(edited, parties, before, compared=not isinstance(original, Analysis))
    return reader.read(rows)


class _Reader:
    """Compares the rows of one edited table with those the engine wrote."""

    def __init__(
        self, path: Path, parties: Parties, original: Sequence[Row], compared: bool
    ) -> None:
        self.path, self.parties, self.compared = path, parties, compared
        self.original = {_anchor(row).key: row for row in original}
        self.items: list[Correction] = []
        self.conflicts: list[dict] = []

    def read(self, rows: Sequence[Row]) -> Corrections:
        seen: dict[tuple, list[Row]] = defaultdict(list)
        there = {key for row in rows if (key := _anchor(row).key) in self.original}
        for row in rows:
            mark = mark_of(row, self.path)
            anchor = _anchor(row)
            found = self.original.get(anchor.key)
            if found is None and mark != "add" and (found := self.without_key(row, there)):
                anchor = _anchor(found)
                there.add(anchor.key)
            if mark == "add" or (not mark and not anchor.content_spans):
                self.add(row, anchor, found)
            elif found is None and self.compared and mark != "delete":
                self.add(row, anchor, None)
            elif found is not None and not alike(found["content"], row["content"]):
                self.refuse(
                    row,
                    "content is not what the engine found there",
                    "put the old content back; to change where a statement begins or ends, mark "
                    "the row delete and add a row with the content you want. If only one column "
                    "was sorted, sort nothing and take the file as it was",
                )
            else:
                seen[anchor.key].append(row)
        for key, same in seen.items():
            self.compare(same, self.original.get(key))
        self.missing(there, {_anchor(row).document_hash for row in rows})
        order = sorted(self.items, key=lambda item: (item.line == 0, item.line))
        return Corrections(str(self.path), tuple(order), tuple(self.conflicts))

    def without_key(self, row: Row, there: Collection[tuple]) -> Row | None:
        """Row of the engine whose keys a spreadsheet has damaged: told by its id, or its words."""
        free = [one for key, one in self.original.items() if key not in there]
        if self.compared and row["statement_id"]:
            for one in free:
                if one["statement_id"] == row["statement_id"]:
                    return one
        same = [
            one
            for one in free
            if one["document_id"] == row["document_id"]
            and all(plain(one[name]) == plain(row[name]) for name in ("content", "source", "cue"))
        ]
        return same[0] if len(same) == 1 else None

    def add(self, row: Row, anchor: Anchor, found: Row | None) -> None:
        """Take up a new row; the keys of a copied row whose content is another are not its own."""
        if found is not None and not alike(found["content"], anchor.content):
            anchor = Anchor(
                anchor.document_id, anchor.document_hash, anchor.content, anchor.source, anchor.cue
            )
        if not anchor.content:
            self.refuse(row, "a new row has no content", "copy the words from the article")
            return
        values = {name: self.value(row, name) for name in FIELDS if row[name]}
        self.items.append(Correction(row.line, "add", anchor, values, row["statement_id"]))

    def compare(self, rows: Sequence[Row], found: Row | None) -> None:
        """See what was changed in the row of one statement."""
        row = rows[0]
        if any(
            not same_cell(row[name], other[name]) for other in rows for name in (*FIELDS, "mark")
        ):
            lines = ", ".join(str(other.line) for other in rows)
            self.refuse(
                row,
                f"lines {lines} are of one statement and differ",
                "keep one of them; a statement has one row, its targets stand in one cell",
            )
            return
        if mark_of(row, self.path) == "delete":
            action, values = "delete", {}
        else:
            changed = [
                name
                for name in FIELDS
                if name in row.cells and (found is None or not same_cell(row[name], found[name]))
            ]
            if not changed:
                return
            action, values = "change", {name: self.value(row, name) for name in changed}
        anchor, compared = _anchor(found or row), self.compared or found is not None
        self.items.append(
            Correction(row.line, action, anchor, values, row["statement_id"], compared)
        )

    def missing(self, there: Collection[tuple], present: Collection[str]) -> None:
        """Take rows that were taken out for deletions, unless a whole document is missing."""
        gone: dict[str, list[Row]] = defaultdict(list)
        for key, row in self.original.items():
            if key not in there:
                gone[key[0]].append(row)
        for document_hash, taken in gone.items():
            if document_hash in present or any(key[0] == document_hash for key in there):
                self.items += [
                    Correction(0, "delete", _anchor(row), {}, row["statement_id"]) for row in taken
                ]
            elif self.compared:
                self.refuse(
                    taken[0],
                    f"no row of this document is left ({len(taken)} taken out)",
                    "mark rows delete if all of them are to go; else put them back",
                )

    def value(self, row: Row, name: str) -> Value:
        """Value of a cell, checked against the gazetteer and the codebook."""
        try:
            return read_value(name, row[name], self.parties)
        except ValueError as error:
            raise CorrectionsError(f"{self.path}, line {row.line}: {error}") from None

    def refuse(self, row: Row, reason: str, remedy: str) -> None:
        self.conflicts.append(
            conflict(row.line, "", _anchor(row), row["statement_id"], reason, remedy)
        )


def mark_of(row: Row, path: Path) -> str:
    """Mark of a row: ``delete``, ``add`` or ``""``.

    Raises
    ------
    CorrectionsError
        If it is none of them.
    """
    try:
        return _MARKS[row["mark"].lower()]
    except KeyError:
        raise CorrectionsError(
            f"{path}, line {row.line}: mark “{row['mark']}” is not known. Write delete or add, or "
            "leave it empty."
        ) from None


def conflict(
    line: int, action: str, anchor: Anchor, statement_id: str, reason: str, remedy: str
) -> dict:
    """One row of the conflict table.

    Returns
    -------
    dict
        ``line``, ``action``, ``document_id``, ``statement_id``, ``content``, ``reason``,
        ``remedy``.
    """
    return {
        "line": line,
        "action": action,
        "document_id": anchor.document_id,
        "statement_id": statement_id,
        "content": anchor.content,
        "reason": reason,
        "remedy": remedy,
    }


def _anchor(row: Row) -> Anchor:
    return Anchor(
        row["document_id"],
        row["document_hash"].lower(),
        row["content"],
        row["source"],
        row["cue"],
        read_spans(row["content_spans"]),
        read_spans(row["source_span"]),
        read_spans(row["cue_span"]),
        row["before"],
        row["after"],
    )
