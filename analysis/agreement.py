"""Compare statements and stances with a hand annotation, and list what was missed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.documents import Document
from analysis.intervals import jeffreys_interval
from analysis.records import Span, Stance, Statement

SIDES = frozenset({"against", "favor"})


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One hand-annotated statement, as ``data/gold`` holds it (see ``data/README.md``)."""

    document_id: str
    statement_id: str
    content_spans: tuple[Span, ...]
    content: str
    fragment_spans: tuple[Span, ...]
    source: str
    cue: str
    speaker: str
    party: str
    act: str
    acts: frozenset[str]
    targets: dict[str, str]
    optional: bool
    note: str
    mode: str = ""


@dataclass(slots=True)
class Comparison:
    """Statements beside gold: which pairs match, what was missed, what was invented.

    Attributes
    ----------
    pairs : list of (GoldStatement, Statement)
        One to one; contents cover at least half of each other's letters.
    missed : list of GoldStatement
        Obligatory gold statements without a partner.
    invented : list of Statement
        Statements without a partner, obligatory or optional.
    """

    pairs: list[tuple[GoldStatement, Statement]] = field(default_factory=list)
    missed: list[GoldStatement] = field(default_factory=list)
    invented: list[Statement] = field(default_factory=list)
    gold: list[GoldStatement] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


def read_gold(path: str | Path, document_id: str) -> list[GoldStatement]:
    """Read the statements of one gold file.

    Parameters
    ----------
    path : str or Path
        A JSON file of ``data/gold``.
    document_id : str
        Id of the document it annotates.
    """
    rows = json.loads(Path(path).read_text(encoding="utf-8"))["statements"]
    return [
        GoldStatement(
            document_id,
            row["statement_id"],
            tuple((a, b) for a, b in row["content_spans"]),
            row["content"],
            tuple((a, b) for a, b in row["fragment_spans"]),
            row["source"],
            row["cue"],
            row["speaker"],
            row["party"],
            row["act"],
            frozenset([row["act"], *row["act_also"]]),
            dict(row["targets"]),
            bool(row["optional"]),
            row.get("note", ""),
            row.get("mode") or "",
        )
        for row in rows
    ]


def letters(spans: Iterable[Span], raw: str) -> frozenset[int]:
    """Offsets of the letters and digits that spans cover: marks and spaces do not count."""
    return frozenset(i for a, b in spans for i in range(a, b) if raw[i].isalnum())


def compare(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    gold: Sequence[GoldStatement],
) -> Comparison:
    """Pair statements with gold statements, best overlap first.

    Two contents pair if each covers at least half of the other's letters (the relaxed measure
    of PolNeAR evaluations); overlap is ranked by the Dice coefficient.
    """
    result = Comparison(gold=list(gold), statements=list(statements))
    for document in documents:
        mine = [s for s in statements if s.document_id == document.id]
        theirs = [g for g in gold if g.document_id == document.id]
        found = {s.statement_id: letters(s.content_spans, document.raw) for s in mine}
        asked = [letters(g.content_spans, document.raw) for g in theirs]
        ranked = []
        for g, wanted in enumerate(asked):
            for s, statement in enumerate(mine):
                have = found[statement.statement_id]
                common = len(wanted & have)
                if common and 2 * common >= len(wanted) and 2 * common >= len(have):
                    ranked.append((-2 * common / (len(wanted) + len(have)), g, s))
        gold_taken: set[int] = set()
        mine_taken: set[int] = set()
        for _, g, s in sorted(ranked):
            if g not in gold_taken and s not in mine_taken:
                gold_taken.add(g)
                mine_taken.add(s)
                result.pairs.append((theirs[g], mine[s]))
        result.missed += [g for i, g in enumerate(theirs) if i not in gold_taken and not g.optional]
        result.invented += [s for i, s in enumerate(mine) if i not in mine_taken]
    return result


def agreement(
    comparison: Comparison, stances: Sequence[Stance] = (), level: float = 0.95
) -> pd.DataFrame:
    """Measure agreement with gold.

    Parameters
    ----------
    comparison : Comparison
        From `compare`.
    stances : sequence of Stance
        Of the same statements; stance measures are left out without them.
    level : float
        Level of the Jeffreys intervals.

    Returns
    -------
    DataFrame
        One row per measure: ``measure``, ``found``, ``of``, ``value`` (found / of; for F1 the
        harmonic mean), ``low``, ``high`` (Jeffreys interval; for F1 that of the equivalent
        share 2·hits / (gold + system)), ``statement_ids`` (of the statements counted as found).
    """
    required = [g for g in comparison.gold if not g.optional]
    pairs = [(g, s) for g, s in comparison.pairs if not g.optional]
    rows = [
        _share("statements found", [s.statement_id for _, s in pairs], len(required), level),
        _share(
            "statements found that are in the annotation",
            [s.statement_id for _, s in comparison.pairs],
            len(comparison.statements),
            level,
        ),
        _f1(
            "statements F1",
            len(pairs),
            len(required),
            len(pairs) + len(comparison.invented),
            [s.statement_id for _, s in pairs],
            level,
        ),
    ]
    rows += _fragment_rows(comparison, level)
    for name in ("speaker", "party"):
        right = [s.statement_id for g, s in pairs if getattr(g, name) == getattr(s, name)]
        rows.append(_share(f"{name} right, of those found", right, len(pairs), level))
    if stances:
        rows += _stance_rows(pairs, stances, level)
    return pd.DataFrame(rows)


def _fragment_rows(comparison: Comparison, level: float) -> list[dict]:
    wanted = {
        (g.document_id, span): g
        for g in comparison.gold
        if not g.optional
        for span in g.fragment_spans
    }
    have = {(s.document_id, span): s for s in comparison.statements for span in s.fragment_spans}
    found = [key for key in wanted if key in have]
    rows = [
        _share(
            "quoted fragments found at their places",
            [have[key].statement_id for key in found],
            len(wanted),
            level,
        )
    ]
    for name in ("speaker", "party"):
        right = [
            have[key].statement_id
            for key in found
            if getattr(have[key], name) == getattr(wanted[key], name)
        ]
        rows.append(_share(f"quoted fragments with the right {name}", right, len(wanted), level))
    return rows


def stance_pairs(
    pairs: Sequence[tuple[GoldStatement, Statement]], stances: Sequence[Stance]
) -> pd.DataFrame:
    """Gold and system stance of every (statement, target) pair that either has.

    Returns
    -------
    DataFrame
        ``document_id``, ``statement_id``, ``target``, ``gold`` and ``system`` (against, none,
        favor; a target that is not discussed counts as none), ``right``.
    """
    by_statement: dict[str, dict[str, str | None]] = {}
    for stance in stances:
        if stance.target:
            by_statement.setdefault(stance.statement_id, {})[stance.target] = stance.stance
    rows = []
    for g, s in pairs:
        mine = by_statement.get(s.statement_id, {})
        for target in sorted({*g.targets, *mine}):
            gold, system = g.targets.get(target, "none"), mine.get(target, "none") or "abstained"
            rows.append((s.document_id, s.statement_id, target, gold, system, gold == system))
    columns = ["document_id", "statement_id", "target", "gold", "system", "right"]
    return pd.DataFrame(rows, columns=columns)


def _stance_rows(
    pairs: Sequence[tuple[GoldStatement, Statement]], stances: Sequence[Stance], level: float
) -> list[dict]:
    act = {}
    for stance in stances:
        act.setdefault(stance.statement_id, stance.act)
    right = [s.statement_id for g, s in pairs if act.get(s.statement_id) in g.acts]
    table = stance_pairs(pairs, stances)
    hit = table[table["right"] & table["gold"].isin(SIDES)]
    neutral = {
        (g.document_id, s.statement_id, t)
        for g, s in pairs
        for t, side in g.targets.items()
        if side == "none"
    }
    kept = [key[1] for key in neutral if _row(table, key) in {"none", "abstained"}]
    return [
        _share("speech act right, of those found", right, len(pairs), level),
        _f1(
            "stance towards a target, F1",
            len(hit),
            int(table["gold"].isin(SIDES).sum()),
            int(table["system"].isin(SIDES).sum()),
            list(hit["statement_id"]),
            level,
        ),
        _share("no side taken where the annotation has none", sorted(kept), len(neutral), level),
    ]


def _row(table: pd.DataFrame, key: tuple[str, str, str]) -> str:
    found = table[(table["statement_id"] == key[1]) & (table["target"] == key[2])]
    return found["system"].iloc[0]


def against_everybody(
    comparison: Comparison, named: dict[str, Sequence[str]], level: float = 0.95
) -> pd.DataFrame:
    """The baseline that answers ``against`` for every party a statement names.

    Parameters
    ----------
    comparison : Comparison
    named : dict
        Statement id to the parties named in its content, the speaker's own left out.
    level : float

    Returns
    -------
    DataFrame
        One row, as `agreement` gives for the stance F1.
    """
    stances = [
        Stance(s.statement_id, s.document_id, s.party, target, None, None, "against")
        for s in comparison.statements
        for target in named.get(s.statement_id, ())
    ]
    pairs = [(g, s) for g, s in comparison.pairs if not g.optional]
    row = _stance_rows(pairs, stances, level)[1]
    row["measure"] = "baseline: against every party named, F1"
    return pd.DataFrame([row])


def _share(measure: str, ids: list[str], of: int, level: float) -> dict:
    low, high = jeffreys_interval(len(ids), of, level) if of else (float("nan"), float("nan"))
    value = len(ids) / of if of else float("nan")
    return {
        "measure": measure,
        "found": len(ids),
        "of": of,
        "value": value,
        "low": float(low),
        "high": float(high),
        "statement_ids": ids,
    }


def _f1(measure: str, hits: int, gold: int, system: int, ids: list[str], level: float) -> dict:
    total = gold + system
    low, high = jeffreys_interval(2 * hits, total, level) if total else (float("nan"),) * 2
    return {
        "measure": measure,
        "found": hits,
        "of": gold,
        "value": 2 * hits / total if total else float("nan"),
        "low": float(low),
        "high": float(high),
        "statement_ids": ids,
    }


def missed_table(comparison: Comparison) -> pd.DataFrame:
    """What gold has and the engine did not find.

    Returns
    -------
    DataFrame
        ``document_id``, ``gold_id``, ``speaker``, ``cue``, ``content``.
    """
    rows = [(g.document_id, g.statement_id, g.speaker, g.cue, g.content) for g in comparison.missed]
    return pd.DataFrame(rows, columns=["document_id", "gold_id", "speaker", "cue", "content"])


def invented_table(comparison: Comparison) -> pd.DataFrame:
    """What the engine reports and gold has not.

    Returns
    -------
    DataFrame
        ``document_id``, ``statement_id``, ``speaker``, ``cue``, ``content``, ``rule``.
    """
    rows = [
        (s.document_id, s.statement_id, s.speaker, s.cue, s.content, s.rule)
        for s in comparison.invented
    ]
    return pd.DataFrame(
        rows, columns=["document_id", "statement_id", "speaker", "cue", "content", "rule"]
    )


def wrong_speaker_table(comparison: Comparison) -> pd.DataFrame:
    """Statements found whose speaker or party differs from gold.

    Returns
    -------
    DataFrame
        ``statement_id``, ``source``, ``gold_speaker``, ``speaker``, ``gold_party``, ``party``,
        ``rule``.
    """
    rows = [
        (s.statement_id, s.source, g.speaker, s.speaker, g.party, s.party, s.rule)
        for g, s in comparison.pairs
        if not g.optional and (g.speaker, g.party) != (s.speaker, s.party)
    ]
    return pd.DataFrame(
        rows,
        columns=[
            "statement_id",
            "source",
            "gold_speaker",
            "speaker",
            "gold_party",
            "party",
            "rule",
        ],
    )
