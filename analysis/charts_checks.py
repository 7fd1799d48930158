"""Charts that check: agreement with the gold annotation, and how far a result moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.captions import counted, listed, scope, share
from analysis.counts import party_order
from analysis.exports import Chart
from analysis.shares import interval_words
from analysis.style import (
    INK,
    QUIET,
    PartyStyle,
    drawing,
    finish,
    message_figure,
    new_figure,
    palette,
    shorten_to,
    wrap,
)

_AGREEMENT_COLUMNS = ["measure", "found", "of", "value", "low", "high", "threshold"]


def plot_agreement(
    agreement: pd.DataFrame,
    *,
    thresholds: Mapping[str, float] | None = None,
    where: str | None = None,
    width: str = "page",
    source: str = "gold annotation by the project’s codebook",
) -> Chart:
    """Draw agreement with the gold annotation as dots with Jeffreys intervals.

    Parameters
    ----------
    agreement : pandas.DataFrame
        measure, found, of, value (0 to 1), low, high; `threshold` if there are any;
        `first_run`, the value of an earlier run, drawn as a hollow mark.
    thresholds : mapping of str to float, optional
        Threshold by measure; drawn as an upright stroke.
    where : str, optional
        What the table rests on, for the title (``in this article``, ``in this corpus``); by
        default read from `statement_ids`.
    width : {"page", "column", "slide"}
    source : str
        Footer.

    Returns
    -------
    Chart
        Data: the table with threshold and reached (bool, missing without threshold), and
        `statement_ids` if the table has them.
    """
    where = where or scope(agreement)
    data = agreement.reset_index(drop=True).copy()
    for column in _AGREEMENT_COLUMNS:
        if column not in data:
            data[column] = pd.Series(np.nan, index=data.index, dtype=float)
    if thresholds:
        given = data["measure"].map(dict(thresholds)).astype(float)
        data["threshold"] = given.fillna(data["threshold"].astype(float))
    earlier = "first_run" in data and data["first_run"].notna().any()
    for column in ("value", "low", "high", "threshold", *(("first_run",) if earlier else ())):
        data[column] = data[column].astype(float)
    name = "agreement_with_gold"
    sub = f"Agreement with the hand annotation {where}, with 95 % Jeffreys intervals"
    sub += _of_no_proportion(data)
    sub += "; hollow: first run" if earlier else ""
    drawn = data.dropna(subset=["value"])
    if drawn.empty:
        words = "No agreement to show"
        message = "There is no gold annotation for these documents."
        figure = message_figure(message, words, sub, source, "no measures", width)
        return Chart(figure, data, f"No chart: {words.lower()}.", name)
    reached = [
        pd.NA if np.isnan(limit) or np.isnan(value) else bool(value >= limit - 1e-9)
        for value, limit in zip(data["value"], data["threshold"], strict=True)
    ]
    data["reached"] = pd.array(reached, dtype="boolean")
    known = data["reached"].dropna()
    lowest = drawn.loc[drawn["value"].idxmin()]
    if len(known):
        title = (
            f"{int(known.sum())} of {counted(len(known), 'measure')} reach their threshold {where}"
        )
        sub += "; upright stroke: threshold"
    else:
        title = f"Weakest {where}: {lowest['measure']} {lowest['value']:.2f}"
        if earlier and not np.isnan(lowest["first_run"]):
            title += f", first run {lowest['first_run']:.2f}"
    with drawing(width) as (inches, points):
        labels = [wrap(m, inches * 0.33, points) for m in data["measure"]]
        lines = np.array([label.count("\n") + 1 for label in labels], dtype=float)
        places = np.cumsum(lines + 0.5) - lines / 2
        figure = new_figure(inches, (places[-1] + lines[-1] / 2 + 3.4) * points * 1.25 / 72)
        axes = figure.add_subplot()
        axes.hlines(places, data["low"], data["high"], color=INK, linewidth=1.1).set_label(
            "interval"
        )
        axes.scatter(*(data["value"], places), s=points**2 * 0.55, c="#1845fb", zorder=3).set_label(
            "value"
        )
        axes.vlines(
            *(data["threshold"], places - 0.55, places + 0.55), color="#e76300", linewidth=1.6
        ).set_label("threshold")
        if earlier:
            _first_runs(axes, data, places, points)
        edge = 1.5 if width == "column" else 1.26
        for place, row in zip(places, data.itertuples(), strict=True):
            axes.text(edge, place, _result(row), ha="right", va="center", color=QUIET)
        axes.set_yticks(places, labels)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", ".25", ".5", ".75", "1"])
        axes.set_xlim(-0.02, edge + 0.01)
        axes.set_ylim(places[-1] + lines[-1] / 2 + 0.4, places[0] - lines[0] / 2 - 0.4)
        axes.grid(axis="x")
        axes.spines["left"].set_visible(False)
        finish(figure, title, sub, source, counted(len(drawn), "measure"))
    alt = (
        f"Dot plot with intervals. Rows: measures of agreement; horizontal axis: share from 0 to "
        f"1. {title}."
    )
    if len(known):
        alt += f" Lowest: {lowest['measure']}, {lowest['value']:.2f}."
    return Chart(figure, data, alt, name)


def _first_runs(axes: Axes, data: pd.DataFrame, places: np.ndarray, points: float) -> None:
    """Draw the values of an earlier run as hollow marks and name the first of them."""
    look = {"facecolors": "white", "edgecolors": "#1845fb", "linewidths": 1.0, "zorder": 2.5}
    axes.scatter(data["first_run"], places, s=points**2 * 0.55, **look).set_label("first run")
    i = int(np.flatnonzero(data["first_run"].notna())[0])
    x, value = data["first_run"].iloc[i], data["value"].iloc[i]
    left = x >= 0.3 and not x > value
    axes.annotate(
        *("first run", (x, places[i])),
        xytext=((-1 if left else 1) * points * 0.6, 0),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
        size=points * 0.85,
        color=QUIET,
        bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"},
    )


def _is_proportion(row: object) -> bool:
    """Tell a share of cases from F1, whose value is not found / of."""
    counts = not pd.isna(row.of) and row.of
    return bool(counts) and abs(row.found / row.of - row.value) <= 0.005


def _of_no_proportion(data: pd.DataFrame) -> str:
    """Say how to read the intervals of measures that are no share of cases."""
    others = [row for row in data.itertuples() if not np.isnan(row.low) and not _is_proportion(row)]
    return " (for F1, no proportion, an approximation)" if others else ""


def _result(row: object) -> str:
    if np.isnan(row.value):
        return "not measured"
    return f"{int(row.found)} of {int(row.of)}" if _is_proportion(row) else f"{row.value:.2f}"


def plot_sensitivity(
    variants: pd.DataFrame,
    *,
    result: str = "share of statements",
    where: str | None = None,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str = "the statement table, counted anew in each variant",
) -> Chart:
    """Draw one result under several choices: with and without indirect statements, and so on.

    Parameters
    ----------
    variants : pandas.DataFrame
        variant, party, value (share, 0 to 1), low, high, n. The first variant is the one the
        others are compared with.
    result : str
        What the value is, in words.
    where : str, optional
        What the table rests on, for the title; by default read from `statement_ids`.
    width, main, source
        As in :func:`analysis.charts_statements.plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: the table with change (from the first variant), drawn (bool), x and y (as drawn).
        A variant with the same numbers as the first one is not drawn but named in the footer.
    """
    where = where or scope(variants)
    data = variants.reset_index(drop=True).copy()
    name = "sensitivity"
    sub = f"{result[:1].upper() + result[1:]} {where}, by choice of what counts"
    methods = data["method"].astype(str) if "method" in data else []
    sub += f"; {interval_words(methods)}"
    if data.empty or "value" not in data or data["value"].isna().all():
        words, message = "No variants to compare", "The table of variants is empty."
        figure = message_figure(message, words, sub, source, "no variants", width)
        return Chart(figure, data, f"No chart: {words.lower()}.", name)
    every = list(dict.fromkeys(data["variant"].astype(str)))
    same = _same_as_first(data, every)
    names = [variant for variant in every if variant not in same]
    sub += f"; dotted: {names[0]}"
    parties = party_order(data["party"].astype(str))
    first = data[data["variant"].astype(str) == names[0]]
    weight = dict(zip(first["party"].astype(str), first["value"].astype(float), strict=True))
    parties.sort(key=lambda p: (p in ("other", "unresolved"), -weight.get(p, 0.0), p))
    data["change"] = [
        float(v) - weight.get(str(p), np.nan)
        for v, p in zip(data["value"], data["party"], strict=True)
    ]
    data["drawn"] = data["variant"].astype(str).isin(names)
    data["x"] = data["value"].astype(float).where(data["drawn"])
    # each result has a heading and below it one line per variant, so that changes stand in line
    tall = len(names) + 1.6
    data["y"] = [
        parties.index(str(p)) * tall + 1 + names.index(str(v)) if str(v) in names else np.nan
        for v, p in zip(data["variant"], data["party"], strict=True)
    ]
    shown = data[data["drawn"]]
    title, detail = _finding(data, parties, result, where)
    sub += f"; {detail}" if detail else ""
    # "A on B" is a result of party A
    look = palette({p.split(" on ")[0] for p in parties}, main)
    look = {p: look[p.split(" on ")[0]] for p in parties}
    with drawing(width) as (inches, points):
        room = inches * (0.4 if width == "column" else 0.3)
        labels = [shorten_to(v, room, points) for v in names]
        figure = new_figure(inches, (len(parties) * tall + 2.2) * points * 1.3 / 72)
        axes = figure.add_subplot()
        for i, party in enumerate(parties):
            own = shown[shown["party"].astype(str) == party].sort_values("y")
            _variants_of_one(axes, own, look[party], party, points)
            axes.text(-0.02, i * tall, f"{party} ", color=look[party].colour, **_HEAD)
            if i:
                axes.axhline(i * tall - 0.8, color="#ececec", linewidth=0.7, zorder=0)
        ticks = [(i * tall + 1 + k, t) for i in range(len(parties)) for k, t in enumerate(labels)]
        axes.set_yticks(*map(list, zip(*ticks, strict=True)))
        axes.set_ylim(len(parties) * tall - 1.2, -0.8)
        axes.set_xlim(-0.02, 1.52 if width == "column" else 1.25)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
        axes.vlines([0, 0.25, 0.5, 0.75, 1], *axes.get_ylim(), **_GRID)
        axes.spines["left"].set_visible(False)
        n = f"{len(names)} of {counted(len(every), 'variant')} drawn"
        n += f"; the same numbers as “{names[0]}”: {listed(same)}" if same else ""
        finish(figure, title, sub, source, n)
    alt = (
        f"Dot plot with intervals. Groups of rows: {listed(parties)}; in each, one row for each "
        f"of {counted(len(names), 'variant')} of what counts; horizontal axis: {result}. "
        f"{title}."
    )
    alt += f" {detail[:1].upper() + detail[1:]}." if detail else ""
    return Chart(figure, data, alt, name)


def _finding(
    data: pd.DataFrame, parties: Sequence[str], result: str, where: str
) -> tuple[str, str]:
    """Say what holds whatever is counted, or else what moves most; then a detail, or none."""
    every = list(dict.fromkeys(data["variant"].astype(str)))
    if len(every) == 1:
        return f"One variant only: nothing to compare {where}", ""
    moved = _points_moved(data)
    if moved.isna().all() or not moved.abs().max():
        return f"No choice changes the {result} {where} by as much as 1 point", ""
    widest = data.loc[moved.abs() == moved.abs().max(), "change"].abs()
    row = data.loc[widest.idxmax()]
    party, size, choice = str(row["party"]), int(moved[row.name]), _choice(row["variant"])
    largest = f"largest change: {party}, {size:+d} points ({choice})"
    # shares of one whole have an order; "A on B" is a share of its own
    if not any(" on " in p for p in parties):
        values = data.pivot_table("value", "party", "variant", sort=False).loc[list(parties)]
        if len(parties) > 1 and (values.diff().iloc[1:] <= 0).all(axis=None):
            return f"The order {listed(parties)} holds {where} whatever is counted", largest
    elif data["value"].astype(float).min() >= 0.5:
        lowest = data.loc[data["value"].astype(float).idxmin()]
        detail = f"lowest: {lowest['party']}, {share(lowest['value'])} "
        detail += f"({_choice(lowest['variant'])}); {largest}"
        return f"No choice of rows brings a share under one half {where}", detail
    title = f"{party} {'rises' if size > 0 else 'falls'} by {counted(abs(size), 'point')} {choice}"
    others = moved[data["party"].astype(str) != party].abs()
    if others.notna().any():
        title += f"; other shares move by {int(others.max())} at most"
    return title, ""


def _points_moved(data: pd.DataFrame) -> pd.Series:
    """Return by how many points each value moves, as a reader of the printed ones subtracts."""
    printed = (100 * data["value"].astype(float)).round()
    before = (100 * (data["value"].astype(float) - data["change"])).round()
    return printed - before


def _choice(variant: object) -> str:
    """Return a variant as a sentence takes it, without its explanation in brackets."""
    name = str(variant).partition(" (")[0]
    return name if name.startswith(("without", "all ")) else f"with {name}"


_HEAD = {"ha": "right", "va": "center", "weight": "bold"}
_GRID = {"color": "#e4e4e4", "linewidth": 0.7, "zorder": 0}


def _variants_of_one(
    axes: Axes, own: pd.DataFrame, style: PartyStyle, label: str, points: float
) -> None:
    """Draw one result under every variant, with a line at its value in the first."""
    colour, marker = style
    low, high = own["low"].astype(float), own["high"].astype(float)
    axes.hlines(own["y"], low, high, color=colour)
    axes.scatter(
        *(own["x"], own["y"]), s=points**2 * 0.4, c=colour, marker=marker, zorder=3
    ).set_label(label)
    first = own.iloc[0]
    if not pd.isna(first["x"]):
        ends = (own["y"].min() - 0.4, own["y"].max() + 0.4)
        axes.vlines(first["x"], *ends, color=colour, linewidth=0.8, linestyle=(0, (1, 1.5)))
    for row in own.itertuples():
        value = "no statements" if pd.isna(row.x) else f"{100 * row.x:.0f} %, n = {int(row.n)}"
        text = {"va": "center", "size": points * 0.85, "color": colour}
        axes.text(1.03, row.y, value, **text)


def _same_as_first(data: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Return the variants with the same statements and numbers as the first one."""
    columns = [c for c in ("party", "value", "n", "statement_ids") if c in data]

    def kept(name: str) -> list[tuple[str, ...]]:
        own = data.loc[data["variant"].astype(str) == name, columns]
        return sorted(tuple(str(value) for value in row) for row in own.itertuples(index=False))

    first = kept(names[0])
    return [name for name in names[1:] if kept(name) == first]
