"""Agreement with the hand annotation for one analysis: article, corpus, and the first run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from analysis.agreement import (
    Comparison,
    GoldStatement,
    against_everybody,
    agreement,
    compare,
    read_gold,
)
from analysis.pipeline import DATA, Analysis
from analysis.records import Stance, Statement

FIRST_RUN = DATA / "gold" / "first_run.json"
_SPANS = ("content_spans", "fragment_spans")


def gold_of(document_ids: Iterable[str]) -> list[GoldStatement]:
    """Read the gold of documents of the project; a document without gold is left out."""
    found: list[GoldStatement] = []
    for name in document_ids:
        for path in (DATA / "gold" / f"{name}.json", DATA / "gold" / "corpus" / f"{name}.json"):
            if path.exists():
                found += read_gold(path, name)
    return found


def compare_with_gold(analysis: Analysis, documents: Iterable[str] | None = None) -> Comparison:
    """Pair the statements of an analysis with the gold of its documents.

    Parameters
    ----------
    analysis : Analysis
    documents : iterable of str, optional
        Ids to compare; by default every document that has gold.
    """
    wanted = set(documents) if documents is not None else {d.id for d in analysis.documents}
    gold = gold_of(sorted(wanted))
    annotated = {g.document_id for g in gold}
    return compare(
        [d for d in analysis.documents if d.id in annotated],
        [s for s in analysis.records if s.document_id in annotated],
        gold,
    )


def agreement_of(analysis: Analysis, documents: Iterable[str] | None = None) -> pd.DataFrame:
    """Measure agreement with gold, statements and stances (`analysis.agreement.agreement`)."""
    return agreement(compare_with_gold(analysis, documents), analysis.stances)


def baseline_of(analysis: Analysis, comparison: Comparison) -> pd.DataFrame:
    """Score the answer ``against`` for every party a statement names, its own left out."""
    named = {}
    for statement in comparison.statements:
        own = set(statement.party.split("; "))
        found = analysis.parties.find(statement.content_repaired)
        parties = [m.party for m in found if m.party not in own | {"unresolved", "other"}]
        named[statement.statement_id] = list(dict.fromkeys(parties))
    return against_everybody(comparison, named)


def write_first_run(analysis: Analysis, path: Path = FIRST_RUN) -> None:
    """Keep what an engine first found in the corpus, before anybody looked at its output."""
    rows = {
        "statements": [asdict(s) for s in analysis.records],
        "stances": [asdict(s) for s in analysis.stances],
    }
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def first_run(analysis: Analysis, path: Path = FIRST_RUN) -> Analysis:
    """Return an analysis of the same documents with the statements of the first run."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    records = tuple(Statement(**_tuples(row)) for row in rows["statements"])
    stances = tuple(Stance(**_tuples(row)) for row in rows["stances"])
    return Analysis(
        analysis.documents, analysis.parties, records, stances, analysis.statements, analysis.stance
    )


def _tuples(row: dict) -> dict:
    return {
        key: tuple(tuple(v) if isinstance(v, list) else v for v in value)
        if isinstance(value, list)
        else value
        for key, value in row.items()
    }
