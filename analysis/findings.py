"""Sentences that state numbers: each is computed from the tables when a notebook runs."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from IPython.display import Markdown

from analysis.agreement import Comparison
from analysis.captions import counted, listed, period, share
from analysis.documents import Document
from analysis.pipeline import FIGURES, Analysis
from analysis.tables import overview


def _percent_of(part: int, whole: int) -> str:
    return f"{part} of {whole} ({share(part / whole)})" if whole else f"{part} of {whole}"


def headline(analysis: Analysis) -> Markdown:
    """State who speaks most in one article, and how."""
    table = overview(analysis.statements)
    total = int(table["statements"].sum())
    first = table.iloc[0]
    others = [f"{row.party} {row.statements}" for row in table.iloc[1:].itertuples()]
    quoted = int((analysis.statements["kind"] != "indirect").sum())
    return Markdown(
        f"**In this article {first.party} speaks most:** {first.statements} of {total} statements "
        f"({share(first.statements / total)}) and {first.words} of {int(table['words'].sum())} "
        f"words, against {listed(others)}. {_percent_of(quoted, total)} statements hold quoted "
        f"words; the rest are reported without quotation marks."
    )


def sides(analysis: Analysis, where: str = "In this article") -> Markdown:
    """State whom each party's statements are against, with counts."""
    stance = analysis.stance
    against = stance[stance["stance"] == "against"]
    counts = against.groupby(["party", "target"], observed=True)["statement_id"].nunique()
    pieces = []
    for party in overview(analysis.statements)["party"].head(4):
        if party not in counts.index.get_level_values(0):
            continue
        mine = counts[party].sort_values(ascending=False, kind="stable").head(3)
        ties = listed([f"{target} ({n})" for target, n in mine.items()])
        pieces.append(f"{party}: {ties}")
    abstained = int(stance["act"].isna().sum())
    return Markdown(
        f"**{where}, whom statements are against** (number of statements): {'; '.join(pieces)}. "
        f"The engine gives no speech act to {_percent_of(abstained, len(stance))} rows."
    )


def reliability(tables: dict[str, pd.DataFrame]) -> Markdown:
    """State how far the engine agrees with the hand annotation, set by set."""
    lines = []
    for name, table in tables.items():
        rows = table.set_index("measure")
        parts = [
            f"{measure} {row.found}/{row.of} ({share(row.value)})"
            for measure, row in rows.iterrows()
        ]
        lines.append(f"- **{name}**: " + "; ".join(parts))
    return Markdown("\n".join(lines))


def raw_account(document: Document) -> Markdown:
    """State how every character of the raw file is accounted for."""
    furniture = sum(region.end - region.start for region in document.furniture)
    repaired = sum(repair.end - repair.start for repair in document.repairs)
    total = len(document.raw)
    return Markdown(
        f"Of {total:,} characters, {furniture:,} are page furniture in "
        f"{counted(len(document.furniture), 'place')}, {repaired:,} were repaired in "
        f"{counted(len(document.repairs), 'place')}, and {total - furniture - repaired:,} are read "
        f"as they stand, in {counted(len(document.paragraphs), 'paragraph')}."
    )


def corpus_account(analysis: Analysis) -> Markdown:
    """State what the corpus holds: documents, period, statements, parties."""
    statements = analysis.statements
    return Markdown(
        f"{counted(len(analysis.documents), 'document')}, {period(statements['date'])}: "
        f"{counted(len(statements), 'statement')} of "
        f"{counted(statements['party'].nunique(), 'party', 'parties')} "
        f"and {counted(statements['speaker'].nunique(), 'speaker')}; "
        f"{int((statements['party'] == 'unresolved').sum())} statements have no resolved party."
    )


def gaps(comparison: Comparison) -> Markdown:
    """State what the comparison with gold missed and invented."""
    required = [g for g in comparison.gold if not g.optional]
    return Markdown(
        f"Of {len(required)} statements in the annotation {len(comparison.missed)} were missed; "
        f"{len(comparison.invented)} of {len(comparison.statements)} statements reported are not "
        f"in it."
    )


def distinctive(keyness: pd.DataFrame, party: str) -> Markdown:
    """State which terms are significant for a party, or why that cannot be said."""
    reason = keyness.attrs.get("not_enough_text")
    if reason:
        return Markdown(f"**{party}: not enough text.** {reason}")
    more = keyness[keyness["significant"] & (keyness["log_odds"] > 0)]
    terms = [f"“{row.term}” ({row.count_party}:{row.count_rest})" for row in more.itertuples()]
    if not terms:
        return Markdown(
            f"**{party}:** of {len(keyness)} terms tested none is significantly more frequent "
            f"than in the rest."
        )
    return Markdown(
        f"**{party}:** {len(terms)} of {len(keyness)} terms tested are significantly more frequent "
        f"than in the rest (counts {party}:rest): {listed(terms, most=10)}."
    )


def against_baseline(agreed: pd.DataFrame, baseline: pd.DataFrame) -> Markdown:
    """State the stance F1 beside that of answering "against" for every party named."""
    ours = agreed.set_index("measure").loc["stance towards a target, F1"]
    theirs = baseline.iloc[0]
    return Markdown(
        f"Stance towards a target, F1: **{ours.value:.2f}** (95 % interval {ours.low:.2f} to "
        f"{ours.high:.2f}); answering “against” for every party named gives {theirs.value:.2f}."
    )


def stable(variants: pd.DataFrame, order: Sequence[str]) -> Markdown:
    """State whether the ranking of parties holds under every variant."""
    ranks = {
        name: tuple(rows.sort_values("value", ascending=False, kind="stable")["party"])
        for name, rows in variants.groupby("variant", sort=False)
    }
    first = next(iter(ranks.values()))
    changed = [name for name, rank in ranks.items() if rank != first]
    spread = variants.groupby("party", sort=False)["value"].agg(["min", "max"])
    ranges = listed(
        [f"{p} {share(spread.loc[p, 'min'])} to {share(spread.loc[p, 'max'])}" for p in order]
    )
    verdict = (
        f"The order of the parties changes {listed([f'“{c}”' for c in changed])}."
        if changed
        else "The order of the parties holds under every variant."
    )
    return Markdown(f"{verdict} Over the variants the shares run: {ranges}.")


def files_written(prefix: str) -> Markdown:
    """List the figures and tables of a notebook, by the number their names begin with."""
    names: dict[str, list[str]] = {}
    for path in sorted(FIGURES.glob(f"{prefix}*")):
        stem, _, ending = path.name.partition(".")
        names.setdefault(stem, []).append(ending)
    lines = [f"- `figures/{stem}`: {', '.join(endings)}" for stem, endings in names.items()]
    return Markdown("\n".join(lines))
