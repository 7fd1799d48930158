"""Agreement with the hand annotation for one analysis: article, corpus, and the first run."""

from __future__ import annotations

import json
import re
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
    stance_pairs,
)
from analysis.pipeline import DATA, Analysis
from analysis.records import Stance, Statement
from analysis.reliability import reliability

FIRST_RUN = DATA / "gold" / "first_run.json"
_FOUND = re.compile("“[^”]*”|‘[^’]*’")  # the words that a rule names as found
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

    Returns
    -------
    Comparison
        Without the gold of documents whose text is not the annotated one.
    """
    wanted = set(documents) if documents is not None else {d.id for d in analysis.documents}
    raws = {d.id: d.raw for d in analysis.documents}
    gold = gold_of(sorted(wanted))
    # Another article under the id of an annotated one has no annotation.
    other = {g.document_id for g in gold if not _stands_in(raws.get(g.document_id, ""), g)}
    gold = [g for g in gold if g.document_id not in other]
    annotated = {g.document_id for g in gold}
    return compare(
        [d for d in analysis.documents if d.id in annotated],
        [s for s in analysis.records if s.document_id in annotated],
        gold,
    )


def _stands_in(raw: str, gold: GoldStatement) -> bool:
    return " … ".join(raw[a:b] for a, b in gold.content_spans) == gold.content


def agreement_of(analysis: Analysis, documents: Iterable[str] | None = None) -> pd.DataFrame:
    """Measure agreement with gold, statements and stances (`analysis.agreement.agreement`)."""
    return agreement(compare_with_gold(analysis, documents), analysis.stances)


def agreement_view(now: pd.DataFrame, first: pd.DataFrame | None = None) -> pd.DataFrame:
    """Prepare an agreement table for reading.

    Parameters
    ----------
    now : DataFrame
        From `agreement_of`.
    first : DataFrame, optional
        The same measures for the first run.

    Returns
    -------
    DataFrame
        ``measure``, ``first_run`` (if given), ``now``, ``counts`` (found of all; empty for F1,
        which is no share), ``interval`` (95 %).
    """
    shares = ~now["measure"].str.contains("F1")
    counts = [
        f"{k} of {n}" if s else "" for k, n, s in zip(now["found"], now["of"], shares, strict=True)
    ]
    view = pd.DataFrame(
        {
            "measure": now["measure"],
            "now": now["value"],
            "counts": counts,
            "interval": [
                f"{a:.2f} to {b:.2f}" for a, b in zip(now["low"], now["high"], strict=True)
            ],
        }
    )
    if first is not None:
        values = first.set_index("measure")["value"]
        view.insert(1, "first_run", view["measure"].map(values))
    return view


def stance_errors(comparison: Comparison, analysis: Analysis) -> pd.DataFrame:
    """List the (statement, target) pairs whose stance differs from the annotation.

    Returns
    -------
    DataFrame
        ``error`` (a side missed, a side invented, the wrong side, no answer), ``statement_id``,
        ``speaker``, ``target``, ``annotation``, ``engine``, ``content``, ``rule``; the most
        frequent kind of error first.
    """
    labels = stance_pairs([(g, s) for g, s in comparison.pairs if not g.optional], analysis.stances)
    wrong = labels[~labels["right"]].rename(columns={"gold": "annotation", "system": "engine"})
    rules = {(s.statement_id, s.target): s.rule for s in analysis.stances}
    first = {s.statement_id: s.rule for s in reversed(analysis.stances)}
    records = {s.statement_id: s for s in analysis.records}
    kinds = [_error(a, e) for a, e in zip(wrong["annotation"], wrong["engine"], strict=True)]
    table = wrong.assign(
        error=pd.Series(kinds, index=wrong.index, dtype=object),
        speaker=[records[i].speaker for i in wrong["statement_id"]],
        content=[records[i].content_repaired for i in wrong["statement_id"]],
        rule=[
            rules.get((i, t), first.get(i, ""))
            for i, t in zip(wrong["statement_id"], wrong["target"], strict=True)
        ],
    )
    often = table["error"].value_counts()
    order = sorted(often.index, key=lambda kind: (-int(often[kind]), kind))
    table["rank"] = [order.index(kind) for kind in table["error"]]
    columns = "error statement_id speaker target annotation engine content rule".split()
    return table.sort_values("rank", kind="stable", ignore_index=True)[columns]


def _error(annotation: str, engine: str) -> str:
    if engine == "abstained":
        return "no answer"
    if annotation == "none":
        return "a side invented"
    return "a side missed" if engine == "none" else "the wrong side"


def error_kinds(errors: pd.DataFrame) -> pd.DataFrame:
    """Count the errors by kind, with the targets and rules they fall on most.

    Parameters
    ----------
    errors : DataFrame
        From `stance_errors`.

    Returns
    -------
    DataFrame
        ``error``, ``pairs`` (of statement and target), ``statements``, ``most_often_about``
        (three targets with their numbers), ``most_frequent_rule`` (without the words it found, with
        its number).
    """
    rows = []
    for kind, own in errors.groupby("error", sort=False):
        targets = own["target"].value_counts()
        rules = own["rule"].astype(str).str.replace(_FOUND, "“…”", regex=True)
        rules = rules.str.split("[:;]").str[0].value_counts()
        about = sorted(targets.index, key=lambda t: (-int(targets[t]), t))[:3]
        rule = min(rules.index, key=lambda r: (-int(rules[r]), r))
        rows.append(
            {
                "error": kind,
                "pairs": len(own),
                "statements": own["statement_id"].nunique(),
                "most_often_about": ", ".join(f"{t} ({targets[t]})" for t in about),
                "most_frequent_rule": f"{rule} ({rules[rule]})",
            }
        )
    columns = ["error", "pairs", "statements", "most_often_about", "most_frequent_rule"]
    return pd.DataFrame(rows, columns=columns)


def error_examples(errors: pd.DataFrame, most: int = 6) -> pd.DataFrame:
    """Return the first errors of each kind, one line per statement.

    Parameters
    ----------
    errors : DataFrame
        From `stance_errors`.
    most : int
        How many of each kind.

    Returns
    -------
    DataFrame
        ``error``, ``statement_id``, ``speaker``, ``content``, ``annotation``, ``engine`` (each with
        its target: ``Iran: none``), ``rule``.
    """
    by_statement = errors.assign(
        annotation=errors["target"] + ": " + errors["annotation"],
        engine=errors["target"] + ": " + errors["engine"],
    )
    lines = by_statement.groupby(["error", "statement_id"], sort=False, as_index=False).agg(
        {
            **{"speaker": "first", "content": "first", "annotation": "; ".join},
            **{"engine": "; ".join, "rule": "first"},
        }
    )
    return lines.groupby("error", sort=False).head(most).reset_index(drop=True)


def stance_confusion(comparison: Comparison, analysis: Analysis) -> pd.DataFrame:
    """Count annotated against found stance over (statement, target) pairs.

    Returns
    -------
    DataFrame
        ``annotation`` and one column per answer of the engine.
    """
    labels = stance_pairs([(g, s) for g, s in comparison.pairs if not g.optional], analysis.stances)
    order = ["against", "none", "favor"]
    table = pd.crosstab(labels["gold"], labels["system"]).reindex(index=order, fill_value=0)
    columns = [*order, *[c for c in table.columns if c not in order]]
    table = table.reindex(columns=columns, fill_value=0)
    table.columns = [f"engine: {name}" for name in table.columns]
    return table.reset_index(names="annotation")


def act_agreement(comparison: Comparison, analysis: Analysis) -> pd.DataFrame:
    """Measure agreement on speech acts with the annotation, by class.

    The act of a statement is that of its first row; where the annotation lists a second act that
    is as defensible and the engine gives it, this act stands for both.

    Returns
    -------
    DataFrame
        As `analysis.reliability.reliability`, with ``annotation`` and ``engine`` for ``first`` and
        ``second``; an abstention of the engine is a class of its own, ``no answer``.
    """
    acts: dict[str, str] = {}
    for stance in analysis.stances:
        acts.setdefault(stance.statement_id, stance.act or "no answer")
    pairs = [(g, acts.get(s.statement_id, "no answer")) for g, s in comparison.pairs]
    pairs = [(g, act) for g, act in pairs if not g.optional]
    return _named(
        [act if act in gold.acts else gold.act for gold, act in pairs], [act for _, act in pairs]
    )


def stance_agreement(comparison: Comparison, analysis: Analysis) -> pd.DataFrame:
    """Measure agreement on stance with the annotation, by class, over statements and targets.

    Returns
    -------
    DataFrame
        As `act_agreement`. A party that one of the two does not discuss counts as ``none`` there,
        as the codebook has it.
    """
    labels = stance_pairs([(g, s) for g, s in comparison.pairs if not g.optional], analysis.stances)
    system = labels["system"].replace("abstained", "no answer")
    return _named(list(labels["gold"]), list(system))


def _named(gold: list[str], engine: list[str]) -> pd.DataFrame:
    table = reliability(gold, engine)
    return table.rename(columns={"first": "annotation", "second": "engine"})


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
