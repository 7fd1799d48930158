"""Apply the corrections a person made in ``statements.csv`` to an analysis.

`read_corrections` finds what was changed, `apply_corrections` puts it into the records, `correct`
does both. Where a document's text has changed a statement is found again (``reanchoring``). Every
correction is applied or listed as a conflict; none is guessed or lost. A correction changes what
the person changed and nothing else, but for two things: a speaker of the gazetteer brings the party
along where the party was left as it was, and what a new row leaves empty the engine fills in.
Corrected values have confidence 1 and the rule “corrected by hand”.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.agreement import letters
from analysis.corrections_cells import Value
from analysis.corrections_changes import (
    Correction,
    Corrections,
    CorrectionsError,
    conflict,
    read_corrections,
)
from analysis.corrections_places import added_statement, document_of, place_of
from analysis.corrections_sheet import ORIGINAL, act_cell, merged, target_cell, write_sheet
from analysis.documents import Document
from analysis.memory import UNRESOLVED
from analysis.parties import Parties
from analysis.pipeline import Analysis
from analysis.reanchoring import Lost, Placed, alike
from analysis.records import Stance, Statement
from analysis.stance import stance_rows
from analysis.statements import link_repetitions
from analysis.tables import stance_table, statement_table

__all__ = [
    "Corrected",
    "Corrections",
    "CorrectionsError",
    "apply_corrections",
    "correct",
    "read_corrections",
    "write_sheet",
]

BY_HAND = "corrected by hand"
_OTHER = (
    "the engine finds something else there now",
    "make the correction anew in the new statements.csv",
)
_NONE = (
    "the engine finds no statement there any more",
    "mark the row add to keep it as a statement of its own",
)
_APPLIED = ["line", "action", "document_id", "statement_id", "content", "changed", "found"]
_CONFLICTS = "line action document_id statement_id content reason remedy".split()


@dataclass(frozen=True, slots=True)
class Corrected:
    """An analysis with a person's corrections in it.

    Attributes
    ----------
    analysis : Analysis
        With the corrections; the same object that was given where nothing is corrected.
    applied : DataFrame
        ``line`` of the edited file (0: a row taken out), ``action``, ``document_id``,
        ``statement_id``, ``content``, ``changed`` (old → new, in words), ``found`` (how the
        statement was found).
    conflicts : DataFrame
        ``line``, ``action``, ``document_id``, ``statement_id``, ``content``, ``reason``,
        ``remedy``: what was not applied.
    deleted : tuple of Statement
    """

    analysis: Analysis
    applied: pd.DataFrame
    conflicts: pd.DataFrame
    deleted: tuple[Statement, ...] = ()


def correct(
    analysis: Analysis, edited: str | Path, original: str | Path | None = None
) -> Corrected:
    """Read an edited ``statements.csv`` and apply it.

    Parameters
    ----------
    analysis : Analysis
        Of the same articles, as the engine gives it.
    edited : str or Path
    original : str or Path, optional
        The engine's own table of that run. By default ``statements.original.csv`` beside the
        edited file, or the analysis where there is none.

    Returns
    -------
    Corrected

    Raises
    ------
    CorrectionsError
        As `read_corrections` does.
    """
    edited = Path(edited)
    if original is None and not edited.with_name(f"{ORIGINAL}.csv").exists():
        corrections = read_corrections(edited, analysis, analysis.parties)
    else:
        corrections = read_corrections(edited, original, analysis.parties)
    return apply_corrections(analysis, corrections)


def apply_corrections(analysis: Analysis, corrections: Corrections) -> Corrected:
    """Put corrections into an analysis.

    Applied to its own result it changes nothing further.

    Parameters
    ----------
    analysis : Analysis
    corrections : Corrections

    Returns
    -------
    Corrected
    """
    work = _Work(analysis)
    for correction in corrections.items:
        work.take(correction)
    conflicts = sorted(
        [*corrections.conflicts, *work.conflicts], key=lambda row: (row["line"] == 0, row["line"])
    )
    return Corrected(
        work.result(),
        pd.DataFrame(work.applied, columns=_APPLIED),
        pd.DataFrame(conflicts, columns=_CONFLICTS),
        tuple(work.deleted),
    )


class _Work:
    """An analysis while corrections are put into it."""

    def __init__(self, analysis: Analysis) -> None:
        self.before, self.parties = analysis, analysis.parties
        self.records: dict[str, list[Statement]] = {d.id: [] for d in analysis.documents}
        for statement in analysis.records:
            self.records[statement.document_id].append(statement)
        self.stances: dict[str, list[Stance]] = defaultdict(list)
        for stance in analysis.stances:
            self.stances[stance.statement_id].append(stance)
        self.taken: dict[str, Correction] = {}
        self.deleted: list[Statement] = []
        self.applied: list[dict] = []
        self.conflicts: list[dict] = []
        self.changed = False

    def take(self, correction: Correction) -> None:
        """Apply one correction or list it as a conflict."""
        document = document_of(correction.anchor, self.before.documents)
        place = document if isinstance(document, Lost) else place_of(correction.anchor, document)
        if isinstance(place, Lost):
            self.refuse(correction, place)
        elif correction.action == "add":
            self.add(correction, document, place)
        else:
            self.change(correction, document, place)

    def change(self, correction: Correction, document: Document, place: Placed) -> None:
        found = self.find(correction, document, place)
        if isinstance(found, Lost):
            self.refuse(correction, found)
            return
        if found is None:  # deleted before
            self.list(correction, document.id, correction.statement_id, "no longer there", place)
            return
        other = self.taken.get(found.statement_id)
        if other is not None:
            if (other.action, other.new) != (correction.action, correction.new):
                where = f"line {other.line}" if other.line else "a row taken out"
                reason = f"the statement it fits now is corrected otherwise ({where})"
                self.refuse(correction, Lost(reason, "keep one of the two rows"))
                return
        self.taken[found.statement_id] = correction
        if correction.action == "delete":
            self.records[document.id].remove(found)
            self.stances.pop(found.statement_id, None)
            self.deleted.append(found)
            self.changed = True
            self.list(correction, document.id, found.statement_id, "deleted", place)
            return
        changes = self.set(found, document, correction)
        if changes or correction.compared:
            said = "; ".join(changes) or "already so"
            self.list(correction, document.id, found.statement_id, said, place)

    def add(self, correction: Correction, document: Document, place: Placed) -> None:
        """Add a statement; where it is already there, correct that one."""
        added = f"{document.id}:h"
        number = 1 + sum(s.statement_id.startswith(added) for s in self.records[document.id])
        made = added_statement(
            correction.anchor, place.spans, document, self.parties, f"h{number:03d}"
        )
        if isinstance(made, Lost):
            self.refuse(correction, made)
            return
        there = letters(made.content_spans, document.raw)
        for statement in self.records[document.id]:
            same = letters(statement.content_spans, document.raw) == there
            if same and (statement.source_span == made.source_span or not made.source):
                changes = self.set(statement, document, correction)
                said = "; ".join(changes) or "already there"
                self.list(correction, document.id, statement.statement_id, said, place)
                return
        made = replace(
            made,
            rule=BY_HAND,
            content_confidence=1.0,
            source_confidence=1.0 if made.source_span else None,
        )
        made = _with_speaker(made, correction.new, self.parties)
        self.records[document.id] = merged(self.records[document.id], [made])
        self.stances[made.statement_id] = stance_rows([made], document, self.parties)
        self.set(made, document, correction)
        self.changed = True
        self.list(correction, document.id, made.statement_id, "added", place)

    def find(
        self, correction: Correction, document: Document, place: Placed
    ) -> Statement | Lost | None:
        """Statement of the engine that stands at a place."""
        asked = letters(place.spans, document.raw)
        near = []
        for statement in self.records[document.id]:
            have = letters(statement.content_spans, document.raw)
            common = len(asked & have)
            if common and 2 * common >= len(asked) and 2 * common >= len(have):
                near.append((2 * common / (len(asked) + len(have)), statement))
        sources = [(n, s) for n, s in near if alike(s.source, correction.anchor.source)]
        cues = [(n, s) for n, s in sources if alike(s.cue, correction.anchor.cue)]
        if correction.action == "delete" and not cues:
            return None if not sources else Lost(*_OTHER)
        left = cues or sources
        best = [s for share, s in left if share == max(share for share, _ in left)]
        if len(best) == 1:
            return best[0]
        return Lost(*(_OTHER if near else _NONE))

    def set(self, statement: Statement, document: Document, correction: Correction) -> list[str]:
        """Give a statement its corrected values; return what that changed, in words."""
        rows = self.stances[statement.statement_id]
        new = _with_speaker(statement, correction.new, self.parties)
        new_rows = [replace(row, party=new.party) for row in rows]
        new_rows = _with_stances(new_rows, new, correction.new)
        pairs = [
            ("speaker", statement.speaker, new.speaker),
            ("party", statement.party, new.party),
            ("act", act_cell(rows), act_cell(new_rows)),
            ("targets", target_cell(rows), target_cell(new_rows)),
        ]
        said = [f"{field}: {old or '–'} → {now or '–'}" for field, old, now in pairs if old != now]
        if said:
            self.changed = True
            at = self.records[document.id].index(statement)
            self.records[document.id][at] = new
            self.stances[new.statement_id] = new_rows
        return said

    def list(
        self, correction: Correction, document_id: str, name: str, said: str, place: Placed
    ) -> None:
        self.applied.append(
            {
                "line": correction.line,
                "action": correction.action,
                "document_id": document_id,
                "statement_id": name,
                "content": correction.anchor.content,
                "changed": said,
                "found": place.how,
            }
        )

    def refuse(self, correction: Correction, lost: Lost) -> None:
        self.conflicts.append(
            conflict(
                correction.line,
                correction.action,
                correction.anchor,
                correction.statement_id,
                lost.reason,
                lost.remedy,
            )
        )

    def result(self) -> Analysis:
        if not self.changed:
            return self.before
        records = [s for d in self.before.documents for s in self.records[d.id]]
        records = link_repetitions([replace(s, repeats="") for s in records])
        stances = [row for s in records for row in self.stances[s.statement_id]]
        statements = statement_table(records)
        return replace(
            self.before,
            records=tuple(records),
            stances=tuple(stances),
            statements=statements,
            stance=stance_table(stances, statements),
        )


def _with_speaker(statement: Statement, values: Mapping[str, Value], parties: Parties) -> Statement:
    speaker, party = (values.get(n, getattr(statement, n)) for n in ("speaker", "party"))
    if (speaker, party) == (statement.speaker, statement.party):
        return statement
    kind = statement.speaker_kind
    if speaker != statement.speaker:
        known = [parties.lookup(name, statement.date) for name in speaker.split("; ")]
        if all(known):
            kind = known[0].kind
            if "party" not in values:
                party = "; ".join(dict.fromkeys(entity.party for entity in known))
        elif speaker == UNRESOLVED or kind == UNRESOLVED:
            kind = UNRESOLVED if speaker == UNRESOLVED else "person"
    rule = statement.rule if _by_hand(statement) else f"{statement.rule}; {BY_HAND}"
    return replace(
        statement,
        speaker=speaker,
        speaker_kind=kind,
        party=party,
        rule=rule,
        speaker_confidence=1.0,
    )


def _with_stances(
    rows: list[Stance], statement: Statement, values: Mapping[str, Value]
) -> list[Stance]:
    """Stance rows with the act and the targets of a correction."""
    if "targets" in values:
        old = {row.target: row for row in reversed(rows)}
        acts = {row.act for row in rows}
        blank = Stance(
            statement.statement_id,
            statement.document_id,
            statement.party,
            "",
            act=acts.pop() if len(acts) == 1 else None,
            mode=rows[0].mode if rows else None,
            stance="none",
        )
        rows = [
            row
            if (row := old.get(target)) is not None and row.stance == side
            else _by_person(old.get(target, blank), target=target, stance=side)
            for target, side in (values["targets"] or {"": "none"}).items()
        ]
    if "act" in values:
        act = values["act"]
        new = [act.get(row.target, row.act) if isinstance(act, dict) else act for row in rows]
        rows = [
            row if row.act == one else _by_person(row, act=one, mode=None)
            for row, one in zip(rows, new, strict=True)
        ]
    return rows


def _by_person(row: Stance, **changes: str | None) -> Stance:
    sure = {"act": "act_confidence", "stance": "stance_confidence"}
    confidence = {sure[name]: 1.0 for name in changes if name in sure}
    return replace(row, **changes, **confidence, evidence_span=None, rule=BY_HAND)


def _by_hand(statement: Statement) -> bool:
    return statement.rule.endswith(BY_HAND)
