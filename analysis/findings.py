"""Sentences that state numbers: each is computed from the tables when a notebook runs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
from IPython.display import Markdown

from analysis.agreement import Comparison
from analysis.captions import base_of, counted, listed, period, share, the
from analysis.counts import NO_PARTY, stances_by_party
from analysis.documents import Document
from analysis.pipeline import FIGURES, Analysis
from analysis.tables import by_party, overview

_TIED = {"accuses": "accusing", "denies": "denying to", "supports": "supporting"}


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
    """State how many statements have no speech act, and how many targets no answer."""
    stance = analysis.stance
    missing = stance.loc[stance["act"].isna(), "statement_id"].nunique()
    total = stance["statement_id"].nunique()
    acts = f"Each of the {total} statements was given a speech act."
    if missing:
        acts = f"{_percent_of(missing, total)} statements were given no speech act."
    sides = stance.loc[stance["target"] != "", "stance"]
    unanswered = int(sides.isna().sum())
    if not unanswered:
        return Markdown(acts)
    return Markdown(
        f"{acts} For {_percent_of(unanswered, len(sides))} pairs of statement and target the "
        f"engine has no answer on the side: their marks are hatched."
    )


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
        f"the errors of the first run, and the learned models of acts and stances were set with "
        f"this annotation in view, so what is reached now is an upper bound. **On further "
        f"articles of the news it learned from:** {share(news.precision)} of the statements found "
        f"are right in content and source, and {share(news.recall)} of those an annotator marked "
        f"are found."
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
        f"{period(statements['date'])}: {counted(len(statements), 'statement')}, most of them of "
        f"{counted(len(named), 'named party', 'named parties')}; "
        f"{int(parties.get('other', 0))} are of others, such as news media, and of "
        f"{int(parties.get('unresolved', 0))} the party could not be told. "
        f"A joint statement counts for each of its parties."
    )


def gaps(comparison: Comparison) -> Markdown:
    """State what the comparison with gold missed and invented."""
    required = [g for g in comparison.gold if not g.optional]
    return Markdown(
        f"Of {len(required)} statements in the annotation {len(comparison.missed)} were missed; "
        f"{len(comparison.invented)} of {len(comparison.statements)} statements reported are not "
        f"in it. Of those reported, {len(comparison.pairs)} are in the annotation, "
        f"{sum(g.optional for g, _ in comparison.pairs)} of them as optional ones, which are not "
        f"asked for."
    )


def distinctive(keyness: pd.DataFrame, party: str, statements: pd.DataFrame) -> Markdown:
    """State which terms are significant for a party and on what they rest, or why none is."""
    reason = keyness.attrs.get("not_enough_text")
    if reason:
        return Markdown(f"**{party}: not enough text.** {reason}")
    more = keyness[keyness["significant"] & (keyness["log_odds"] > 0)]
    terms = [
        f"“{row.term}” ({row.count_party} to {row.count_rest}; "
        f"{base_of([row.statement_ids], statements)})"
        for row in more.itertuples()
    ]
    if not terms:
        return Markdown(
            f"**{party}:** of {len(keyness)} terms tested none is significantly more frequent "
            f"than in the rest."
        )
    return Markdown(
        f"**{party}:** of {len(keyness)} terms tested {len(terms)} "
        f"{'is' if len(terms) == 1 else 'are'} significantly more frequent than in the rest (uses "
        f"by {party} to uses by the others; what the uses by {party} rest on): "
        f"{listed(terms, most=10)}. The test permutes statements, and statements of one document "
        f"are not independent: the fewer the documents, the less a term says of the party."
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


def direction_of_errors(confusion: pd.DataFrame) -> Markdown:
    """State whether the engine misses a side more often than it invents it.

    Parameters
    ----------
    confusion : DataFrame
        From `analysis.evaluation.stance_confusion`.
    """
    cells = confusion.set_index("annotation")
    if not cells.to_numpy().sum():
        return Markdown("There is no annotation of this text to compare with.")
    lines = []
    for side, name in (("against", "blame"), ("favor", "support")):
        answers = cells[f"engine: {side}"]
        both, annotated, found = answers[side], cells.loc[side].sum(), answers.sum()
        verdict = f"misses {name} as often as it invents it"
        if found != annotated:
            more, less = ("misses", "invents") if found < annotated else ("invents", "misses")
            verdict = f"{more} {name} more often than it {less} it"
        lines.append(
            f"**The engine {verdict}:** it misses {annotated - both} of "
            f"{counted(int(annotated), 'pair')} of statement and target that are {side} in the "
            f"annotation, and {found - both} of the {found} it reports are not."
        )
    return Markdown(" ".join(lines))


def unseen_writers(own: pd.DataFrame) -> Markdown:
    """State the F1 of sides on folds of writers the models had not seen.

    Parameters
    ----------
    own : DataFrame
        From `analysis.act_evaluation.own_table`.
    """
    scores = own.attrs["stance"]
    classes = [f"{side} {scores[f'F1 {side}']:.2f}" for side in ("against", "none", "favor")]
    return Markdown(
        f"On folds of unseen writers ({counted(int(own['sentences'].sum()), 'sentence')}) the mean "
        f"F1 of the three sides is **{scores['macro F1']:.2f}** ({listed(classes)})."
    )


def surely_against(shares: pd.DataFrame) -> Markdown:
    """State which shares against lie surely on one side of one half, and how many are open.

    Parameters
    ----------
    shares : DataFrame
        The data of `analysis.charts.plot_shares_against`.
    """
    sure = shares[shares["share"].notna()]
    if sure.empty:
        return Markdown("No pair of party and target has enough statements to have a share.")
    told = []
    for side, words in (("against", "surely mostly against"), ("not against", "surely mostly not")):
        pairs = [f"{r.party} on {the(r.target)}" for r in sure[sure["mostly"] == side].itertuples()]
        told.append(f"{words}: {len(pairs)}" + (f" ({listed(pairs)})" if pairs else ""))
    return Markdown(
        f"Of {counted(len(sure), 'pair')} of party and target with enough statements, "
        f"{'; '.join(told)}; **open, since the interval holds one half: "
        f"{int((sure['mostly'] == 'open').sum())}**."
    )


def denials_beside_accusations(stances: pd.DataFrame, annotation: pd.DataFrame) -> Markdown:
    """State how many statements of each party accuse and deny, and who denies more often.

    Parameters
    ----------
    stances, annotation : DataFrame
        Stance tables of the engine and of a person for the same documents; the second may be empty.
    """
    counts, gold = (_accusing_and_denying(table) for table in (stances, annotation))
    counts = counts[counts["deny"] > 0]
    if counts.empty:
        return Markdown("Nobody denies anything here.")
    cells = []
    for r in counts.itertuples():
        beside = f" ({' and '.join(map(str, gold.loc[r.Index]))})" if r.Index in gold.index else ""
        cells.append(f"{r.Index} {r.accuse} and {r.deny}{beside}")
    more = list(counts.index[counts["deny"] > counts["accuse"]])
    verdict = "No party denies more often than it accuses."
    if more:
        verdict = f"More often denying than accusing: {listed(more)}."
    brackets = " (in brackets by the annotation)" if len(gold) else ""
    return Markdown(
        f"Accusations and denials, in statements{brackets}: {'; '.join(cells)}. **{verdict}**"
    )


def _accusing_and_denying(stances: pd.DataFrame) -> pd.DataFrame:
    """Count the statements of each party that accuse and that deny; most accusations first."""
    rows = stances_by_party(stances)
    rows = rows[~rows["party"].isin(NO_PARTY)]
    kinds = {"accuse": rows["act"] == "ACCUSE", "deny": rows["mode"] == "deny"}
    found = {
        name: rows[of_kind].groupby("party")["statement_id"].nunique()
        for name, of_kind in kinds.items()
    }
    table = pd.DataFrame(found).fillna(0).astype(int)
    return table.sort_values("accuse", ascending=False, kind="stable")


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
    differ = "differs" if len(pairs) == 1 else "differ"
    return Markdown(f"{tested}, {len(pairs)} {differ}: {listed(pairs)}.{_not_held(found)}")


def _not_held(found: pd.DataFrame) -> str:
    """Say which differences the same test does not find in the annotation."""
    if "holds" not in found:
        return ""
    failing = [
        f"{r.party} on {the(r.target)} ({r.against_gold} of {r.n_gold} against; on all others "
        f"{r.against_others_gold} of {r.n_others_gold})"
        for r in found[~found["holds"]].itertuples()
    ]
    if not failing:
        return " By the annotation they differ too."
    return f" By the annotation there is no such difference for {listed(failing)}."


def beside_annotation(ties: pd.DataFrame) -> Markdown:
    """Name the cells of the chart of accusations in which the annotation has no tie.

    Parameters
    ----------
    ties : DataFrame
        The data of `analysis.charts.plot_who_accuses_whom`, drawn with an annotation.
    """
    if "annotated" not in ties:
        return Markdown("There is no annotation of these documents to compare with.")
    drawn = ties[ties["pairs"] > 0]
    alone = drawn[drawn["annotated"] == 0].sort_values("pairs", ascending=False, kind="stable")
    cells = [f"{r.row} {_TIED[r.tie]} {the(r.column)} ({r.pairs})" for r in alone.itertuples()]
    if not cells:
        return Markdown("In every bar drawn the annotation has statements too.")
    return Markdown(
        f"In {len(alone)} of {counted(len(drawn), 'bar')} the annotation has none, so they "
        f"are most likely errors of the engine: {listed(cells)}."
    )


def sides_changed(both: pd.DataFrame) -> Markdown:
    """State which parties stand on both sides of a target, by engine and by annotation."""
    gold = both[(both["against_gold"] > 0) & (both["favor_gold"] > 0)]
    wrong = both.drop(gold.index)
    real = [
        f"{r.party} on {the(r.target)} ({r.against_gold} against, {r.favor_gold} in favor)"
        for r in gold.itertuples()
    ]
    errors = [
        f"{r.party} on {the(r.target)} ({r.against} against, {r.favor} in favor; the annotation "
        f"has {r.against_gold} and {r.favor_gold})"
        for r in wrong.itertuples()
    ]
    text = "By the annotation, "
    text += f"statements on both sides are made by {listed(real)}" if real else "no party is on "
    text += "." if real else "both sides of a target."
    if errors:
        text += (
            f" **{counted(len(errors), 'pair')} of party and target only seem to be on both sides, "
            f"by errors of the engine:** {listed(errors)}."
        )
    return Markdown(text)


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
    near = int((pairs["paired_by"] == "nearness").sum())
    answered, whole = int(counts["answered"].sum()), int(counts["accusations"].sum())
    return Markdown(
        f"{counted(len(pairs), 'denial')} (one for each party addressed): {same} with an "
        f"accusation in the same document, {earlier} with one in an earlier document, "
        f"{len(pairs) - same - earlier} without. {answered} of {counted(whole, 'accusation')} have "
        f"a denial paired with them (several denials may share one); {near} of the "
        f"{counted(same + earlier, 'pair')} rest on nearness, so read this as a list to check, not "
        f"as a rate."
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
