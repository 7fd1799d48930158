"""Sentences that state numbers: each is computed from the tables when a notebook runs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis.agreement import Comparison
from analysis.captions import counted, listed, period, share, the
from analysis.documents import Document
from analysis.pipeline import FIGURES, Analysis
from analysis.tables import by_party, overview


def _percent_of(part: int, whole: int) -> str:
    return f"{part} of {whole} ({share(part / whole)})" if whole else f"{part} of {whole}"


def headline(analysis: Analysis) -> Markdown:
    """State who speaks most in one article, and how."""
    table = overview(analysis.statements)
    if table.empty:
        return Markdown("No statement was found in this article.")
    total = int(table["statements"].sum())
    first = table.iloc[0]
    others = [f"{row.party} {row.statements}" for row in table.iloc[1:].itertuples()]
    quoted = int((analysis.statements["kind"] != "indirect").sum())
    people = overview(analysis.statements, ["speaker"]).sort_values("words", ascending=False)
    speaker, words = people.iloc[0]["speaker"], int(people.iloc[0]["words"])
    total_words = int(table["words"].sum())
    return Markdown(
        f"**In this article the {first.party} side speaks most:** {first.statements} of {total} "
        f"statements ({share(first.statements / total)}) and {first.words} of "
        f"{int(table['words'].sum())} words in statements, quoted and paraphrased; then "
        f"{listed(others)} statements. {escape(speaker, quote=False)} alone has "
        f"{_percent_of(words, total_words)} words. {_percent_of(quoted, total)} statements hold "
        "quoted words."
    )


def answered(analysis: Analysis) -> Markdown:
    """State how many statements the engine gave no speech act."""
    missing = analysis.stance.loc[analysis.stance["act"].isna(), "statement_id"].nunique()
    total = analysis.stance["statement_id"].nunique()
    if not missing:
        return Markdown(f"Each of the {total} statements was given a speech act.")
    return Markdown(f"{_percent_of(missing, total)} statements were given no speech act.")


def reliability(first: pd.DataFrame, now: pd.DataFrame, unseen: pd.DataFrame) -> Markdown:
    """State how far to trust the engine: first run, now, and on unseen news."""
    before, after = first.set_index("measure")["value"], now.set_index("measure")["value"]
    news = unseen.set_index("class").loc["all"]
    pairs = [
        f"{words} {before[measure]:.2f}, now {after[measure]:.2f}"
        for words, measure in (
            ("statements F1", "statements F1"),
            ("party right", "party right, of those found"),
            ("speech act right", "speech act right, of those found"),
            ("stance F1", "stance towards a target, F1"),
        )
    ]
    return Markdown(
        f"**On the corpus, first run and now:** {'; '.join(pairs)}. The rules were corrected on "
        f"the errors of the first run, so what they reach now is an upper bound. **On news they "
        f"were not written for:** {share(news.precision)} of the statements found are right in "
        f"content and source, and {share(news.recall)} of those an annotator marked are found."
    )


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
    parties = by_party(statements)["party"].value_counts()
    named = [p for p in parties.index if p not in {"other", "unresolved"}]
    return Markdown(
        f"{counted(len(analysis.documents), 'document')} (the article among them), "
        f"{period(statements['date'])}: {counted(len(statements), 'statement')} of "
        f"{counted(len(named), 'named party', 'named parties')}; "
        f"{int(parties.get('other', 0))} of others, such as news media, and "
        f"{int(parties.get('unresolved', 0))} whose party could not be told. "
        f"A joint statement counts for each of its parties."
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
    terms = [f"“{row.term}” ({row.count_party} to {row.count_rest})" for row in more.itertuples()]
    if not terms:
        return Markdown(
            f"**{party}:** of {len(keyness)} terms tested none is significantly more frequent "
            f"than in the rest."
        )
    return Markdown(
        f"**{party}:** {len(terms)} of {len(keyness)} terms tested are significantly more "
        f"frequent than in the rest (uses by {party} to uses by the others): "
        f"{listed(terms, most=10)}."
    )


def against_baseline(agreed: pd.DataFrame, baseline: pd.DataFrame) -> Markdown:
    """State the stance F1 beside that of answering "against" for every party named."""
    measure = "stance towards a target, F1"
    if agreed.empty or agreed.set_index("measure")["value"].isna().get(measure, True):
        return Markdown("There is no annotation of this text to compare with.")
    ours = agreed.set_index("measure").loc[measure]
    theirs = baseline.iloc[0]
    return Markdown(
        f"Stance towards a target, F1: **{ours.value:.2f}** (95 % interval {ours.low:.2f} to "
        f"{ours.high:.2f}); answering “against” for every party named gives {theirs.value:.2f}."
    )


def beyond_chance(acts: pd.DataFrame, stances: pd.DataFrame) -> Markdown:
    """State agreement with the annotation beyond chance, for speech acts and for stance."""
    lines = []
    for words, unit, table in (
        ("Speech acts", ("statement",), acts),
        ("Stance", ("statement and target pair",), stances),
    ):
        whole = table.set_index("class").loc["all"]
        if not whole.annotation:
            return Markdown("There is no annotation of this text to compare with.")
        units = counted(int(whole.annotation), *unit)
        lines.append(
            f"{words} ({units}): the same in {share(whole.both / whole.annotation)}, "
            f"Cohen’s kappa **{whole.kappa:.2f}**, Krippendorff’s alpha **{whole.alpha:.2f}**"
        )
    return Markdown(f"{'. '.join(lines)}. 1 is perfect agreement, 0 what chance would give.")


def by_target(contrasts: pd.DataFrame) -> Markdown:
    """State which parties speak differently of a target than of all others."""
    if contrasts.empty:
        return Markdown("No party has enough statements about two targets to compare them.")
    found = contrasts[contrasts["finding"]]
    pairs = [
        f"{r.party} on {the(r.target)} ({share(r.against / r.n)} against; on all others "
        f"{share(r.against_others / r.n_others)})"
        for r in found.itertuples()
    ]
    tested = f"Of {counted(len(contrasts), 'pair')} of party and target tested"
    if not pairs:
        return Markdown(f"{tested}, none differs from what the party says about all others.")
    return Markdown(f"{tested}, {len(pairs)} differ: {listed(pairs)}.")


def over_time(shifts: pd.DataFrame) -> Markdown:
    """State whether the share against changed between two periods."""
    if shifts.empty:
        return Markdown("No pair of party and target has enough statements in both periods.")
    found = [
        f"{r.party} on {the(r.target)} (from {share(r.against_before / r.n_before)} to "
        f"{share(r.against_after / r.n_after)} against)"
        for r in shifts[shifts["finding"]].itertuples()
    ]
    tested = f"Of {counted(len(shifts), 'pair')} of party and target with enough statements"
    if not found:
        first = shifts.iloc[0]
        return Markdown(
            f"{tested}, **none changes beyond chance**; nearest to it is {first.party} on "
            f"{the(first.target)} ({share(first.against_before / first.n_before)} of "
            f"{first.n_before}, then {share(first.against_after / first.n_after)} of "
            f"{first.n_after}; p = {first.p:.2f})."
        )
    return Markdown(f"{tested}, {len(found)} change beyond chance: {listed(found)}.")


def answers_given(pairs: pd.DataFrame, counts: pd.DataFrame) -> Markdown:
    """State how many denials have their accusation, and how many accusations an answer."""
    if pairs.empty:
        return Markdown("Nobody denies anything here.")
    places = pairs["found"].value_counts()
    same, earlier = int(places.get("same document", 0)), int(places.get("earlier document", 0))
    alike = int((pairs["paired_by"] == "wording").sum())
    answered, whole = int(counts["answered"].sum()), int(counts["accusations"].sum())
    return Markdown(
        f"{counted(len(pairs), 'denial')} (one for each party addressed): {same} with an "
        f"accusation in the same document, {earlier} with one in an earlier document, "
        f"{len(pairs) - same - earlier} without. {alike} of the pairs were made by wording, the "
        f"others by nearness alone and are to be checked. **Of {whole} accusations "
        f"{answered} ({share(answered / whole if whole else 0)}) have a denial paired with them.**"
    )


def stable(variants: pd.DataFrame, order: Sequence[str]) -> Markdown:
    """State whether the ranking of parties holds under every variant."""
    if variants.empty:
        return Markdown("There is no statement to rank the parties by.")
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
