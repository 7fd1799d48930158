"""Charts over time: statements per month and party, and stance per month."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.captions import counted, listed, month, per_party, scope, source_of, subtitle
from analysis.counts import (
    flat_ids,
    grouped,
    months_between,
    party_order,
    stances_by_party,
    statements_by_party,
)
from analysis.exports import Chart
from analysis.intervals import jeffreys_interval
from analysis.style import (
    FAVOR,
    GREY,
    QUIET,
    PartyStyle,
    drawing,
    finish,
    message_figure,
    new_figure,
    palette,
    wrap,
)

#: A month, or a month of one party, with fewer statements counts as sparse.
FEW = 5
_NOTE = "counts follow the choice of documents, not the course of the world"


def plot_statements_over_time(
    statements: pd.DataFrame,
    *,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw statements per month and party as bars from zero, with documents per month below.

    Bars of a month with fewer than five statements in all are hollow.

    Parameters
    ----------
    statements : pandas.DataFrame
        The statement table; statements without a date are counted in the footer.
    width, main, source
        As in :func:`analysis.charts_statements.plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: row (a party, or ``documents``), month (YYYY-MM), count, sparse (bool),
        statement_ids; every month from the first to the last, zeros included.
    """
    every = statements_by_party(statements)
    every["month"] = every["date"].str[:7] if len(every) else []
    months = months_between(every["month"])
    rows = every[every["month"].isin(months)]
    name, source = "statements_over_time", source or source_of(every)
    measure = subtitle("Statements per month and party", every["date"])
    measure += f"; {_NOTE}; hollow: months with fewer than {FEW} statements"
    columns = ["row", "month", "count", "sparse", "statement_ids"]
    if rows.empty:
        words, message = "No dated statements", "The statement table gives no dates."
        number = every["statement_id"].nunique()
        figure = message_figure(message, words, measure, source, number, width)
        return Chart(figure, pd.DataFrame(columns=columns), f"No chart: {words.lower()}.", name)
    parties = party_order(rows["party"])
    totals = rows.groupby("month")["statement_id"].nunique().reindex(months, fill_value=0)
    cells = grouped(rows, ["party", "month"]).set_index(["party", "month"])["statement_ids"]
    found = []
    for party in parties:
        for when in months:
            ids = cells.get((party, when), [])
            found.append((party, when, len(ids), bool(totals[when] < FEW), ids))
    for when in months:
        own = rows[rows["month"] == when]
        ids = flat_ids([own["statement_id"]])
        documents = own["document_id"].nunique()
        found.append(("documents", when, documents, bool(totals[when] < FEW), ids))
    data = pd.DataFrame(found, columns=columns)
    peak, most, total = totals.idxmax(), int(totals.max()), rows["statement_id"].nunique()
    if len(months) == 1:
        title = f"All {counted(total, 'dated statement')} {scope(rows)} are from {month(peak)}"
    else:
        title = f"{month(peak)} has most statements {scope(rows)}: {most} of {total}"
    look = palette(parties, main)
    with drawing(width) as (inches, points):
        names = [*parties, "documents"]
        figure = new_figure(inches, (len(names) * 3.2 + 3.4) * points / 72)
        panels = figure.subplots(len(names), 1, sharex=True, squeeze=False)[:, 0]
        tallest = int(data.loc[data["row"] != "documents", "count"].max())
        for axes, row in zip(panels, names, strict=True):
            own = data[data["row"] == row]
            extent = tallest if row != "documents" else int(own["count"].max())
            style = look.get(row, PartyStyle("#9a9a9a", "o"))
            _month_bars(axes, own, style, extent, points * (0.85 if len(months) <= 24 else 0))
            label = f"{row}\n{own['count'].sum()}" if row in look else "documents"
            axes.set_yticks([extent * 0.5], [label])
            axes.set_label(row)
            axes.get_yticklabels()[0].set(color=style.colour, weight="bold", linespacing=1.1)
        _month_ticks(panels[-1], months, letter=width == "column" or len(months) > 18)
        n = per_party(grouped(rows, ["party"]).set_index("party")["statements"][parties], total)
        undated = every["statement_id"].nunique() - total
        n += f"; {counted(undated, 'statement')} without date not drawn" if undated else ""
        finish(figure, title, measure, source, n)
    alt = (
        f"Bar charts, one row per party ({listed(parties, 6)}) and one for documents. Horizontal "
        f"axis: months; bars from zero: number of statements. {title}. "
        f"{counted(int((totals < FEW).sum()), 'month')} with fewer than {FEW} statements (hollow)."
    )
    return Chart(figure, data, alt, name)


def _month_bars(
    axes: Axes, own: pd.DataFrame, style: PartyStyle, extent: int, points: float
) -> None:
    places = np.arange(len(own))
    faces = ["white" if sparse else style.colour for sparse in own["sparse"]]
    axes.bar(places, own["count"], width=0.8, color=faces, edgecolor=style.colour, linewidth=0.8)
    if points:
        for place, value in zip(places, own["count"], strict=True):
            if value:
                text = {"ha": "center", "va": "bottom", "size": points}
                axes.annotate(
                    *(str(value), (place, value)), (0, 1), textcoords="offset points", **text
                )
    axes.set_ylim(0, max(extent, 1) * 1.45)
    axes.spines["left"].set_visible(False)


def _month_ticks(axes: Axes, months: Sequence[str], letter: bool) -> None:
    """Name the months below the axis, the year below the first and each January."""
    labels = []
    for i, name in enumerate(months):
        text = month(name, short=True)[: 1 if letter else 3]
        labels.append(f"{text}\n{name[:4]}" if i == 0 or name.endswith("-01") else text)
    if len(months) > 30:
        labels = [
            t.split("\n")[-1] if name.endswith("-01") else ""
            for t, name in zip(labels, months, strict=True)
        ]
    axes.set_xticks(range(len(months)), labels)
    axes.set_xlim(-0.6, max(len(months) - 0.4, 5.0))


def plot_stance_over_time(
    stances: pd.DataFrame,
    *,
    target: str | None = None,
    parties: Sequence[str] | None = None,
    statements: pd.DataFrame | None = None,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw, per month, the share of a party's statements about a target that are against it.

    Months with five statements or more with an answer show the share and its 95 % Jeffreys
    interval; the others show each statement as a small mark: against at the top, no side or
    in favor at the bottom. Statements without an answer stand below the axis as crosses.

    Parameters
    ----------
    stances : pandas.DataFrame
        The stance table with `date`, or `statements` to take the dates from.
    target : str, optional
        Whom the statements are about; by default the target most often discussed.
    parties : sequence of str, optional
        Which parties; by default the five with most statements about the target.
    statements : pandas.DataFrame, optional
        The statement table, for the dates.
    width, main, source
        As in :func:`analysis.charts_statements.plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: party, target, month, drawn (share, or statement), stance (of a single
        statement), against, n, share, low, high, x, y, statement_ids; one row per mark.
    """
    every = stances_by_party(_dated(stances, statements))
    every["month"] = every["date"].str[:7] if len(every) else []
    months = months_between(every["month"])
    about = every[every["month"].isin(months) & (every["target"] != "")]
    about = about[about["target"] != about["party"]]
    name, source = "stance_over_time", source or source_of(every)
    columns = ["party", "target", "month", "drawn", "stance", "against", "n", "share", "low"]
    columns += ["high", "x", "y", "statement_ids"]
    if target is None and len(about):
        target = party_order(about["target"])[0]
    about = about[about["target"] == (target or "")]
    about = about.drop_duplicates(["statement_id", "party", "stance"])
    about = about.sort_values(["month", "stance", "statement_id"], ignore_index=True)
    key = f"share against {target} with 95 % interval where n is {FEW} or more; else each "
    key += "statement: top against, bottom not; cross: no answer"
    measure = subtitle(f"Statements about {target} per month: {key}", every["date"])
    if about.empty:
        words = f"No dated statement {scope(every)} is about {target or 'a target'}"
        message = "The stance table gives no dates or no such target."
        number = every["statement_id"].nunique()
        sub = "Stance per month"
        figure = message_figure(message, words, sub, source, number, width)
        alt = f"No chart: {words[0].lower() + words[1:]}."
        return Chart(figure, pd.DataFrame(columns=columns), alt, name)
    order = party_order(about["party"])
    shown = [p for p in parties if p in order] if parties is not None else order[:5]
    data = _stance_marks(about[about["party"].isin(shown)], shown, months, target)[columns]
    look = palette(shown, main)
    with drawing(width) as (inches, points):
        figure = new_figure(inches, (len(shown) * 6.2 + 3.4) * points / 72)
        panels = figure.subplots(len(shown), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
        for axes, party in zip(panels, shown, strict=True):
            _stance_panel(axes, data[data["party"] == party], look[party], points)
            count = about.loc[about["party"] == party, "statement_id"].nunique()
            title = wrap(f"{party} · {counted(count, 'statement')}", inches * 0.8, points, "bold")
            axes.set_title(title, color=look[party].colour)
            axes.set_label(party)
        _month_ticks(panels[-1], months, letter=width == "column" or len(months) > 18)
        own = about[about["party"].isin(shown)]
        n = per_party(grouped(own, ["party"]).set_index("party")["statements"][shown])
        rest = len(order) - len(shown)
        n += f"; {counted(rest, 'further party', 'further parties')} not drawn" if rest else ""
        answered = own[own["stance"] != ""]
        against = answered.loc[answered["stance"] == "against", "statement_id"].nunique()
        title = f"{against} of {counted(answered['statement_id'].nunique(), 'statement')} "
        title += f"about {target} {scope(every)} {'is' if against == 1 else 'are'} against it"
        finish(figure, title, measure, source, n)
    sure = int((data["drawn"] == "share").sum())
    alt = (
        f"Dot plots with intervals, one row per party ({listed(shown)}). Horizontal axis: months; "
        f"vertical axis: share of statements about {target} that are against it, 0 to 100 %. "
        f"{title}. {counted(sure, 'month')} of a party with {FEW} statements or more."
    )
    return Chart(figure, data, alt, name)


def _dated(stances: pd.DataFrame, statements: pd.DataFrame | None) -> pd.DataFrame:
    if statements is None or "date" in stances or stances.empty:
        return stances
    dates = dict(zip(statements["statement_id"], statements["date"], strict=True))
    return stances.assign(date=stances["statement_id"].map(dates))


def _stance_marks(
    about: pd.DataFrame, parties: Sequence[str], months: Sequence[str], target: str
) -> pd.DataFrame:
    """Return one row per mark, with its place."""
    found: list[dict[str, object]] = []
    groups = dict(list(about.groupby(["party", "month"])))
    for party in parties:
        for i, when in enumerate(months):
            group = groups.get((party, when))
            if group is None:
                continue
            base = {"party": party, "target": target, "month": when}
            answered = group[group["stance"] != ""]
            n = len(answered)
            against = int((answered["stance"] == "against").sum())
            singles = group[group["stance"] == ""]
            if n >= FEW:
                low, high = jeffreys_interval(against, n)
                ids = list(answered["statement_id"])
                found.append(
                    {**base, "drawn": "share", "stance": "", "against": against, "n": n}
                    | {"share": against / n, "low": low, "high": high, "x": float(i)}
                    | {"y": against / n, "statement_ids": ids}
                )
            else:
                singles = group
            found += [base | mark for mark in _single_marks(singles, i)]
    return pd.DataFrame(found)


def _single_marks(group: pd.DataFrame, i: int) -> list[dict[str, object]]:
    """Set the statements of a month side by side: against at 1, the others at 0."""
    levels = [{"against": 1.0, "": -0.3}.get(stance, 0.0) for stance in group["stance"]]
    seen = dict.fromkeys(levels, 0)
    marks = []
    for identity, stance, level in zip(group["statement_id"], group["stance"], levels, strict=True):
        number = levels.count(level)
        x = i + (seen[level] - (number - 1) / 2) * min(0.24, 0.8 / number)
        seen[level] += 1
        marks.append(
            {"drawn": "statement", "stance": stance or "missing", "against": np.nan, "n": 1}
            | {"share": np.nan, "low": np.nan, "high": np.nan, "x": round(x, 4), "y": level}
            | {"statement_ids": [identity]}
        )
    return marks


def _stance_panel(axes: Axes, own: pd.DataFrame, style: PartyStyle, points: float) -> None:
    shares = own[own["drawn"] == "share"]
    axes.vlines(shares["x"], shares["low"], shares["high"], color=style.colour, linewidth=1.3)
    axes.scatter(
        *(shares["x"], shares["y"]),
        s=points**2 * 0.6,
        c=style.colour,
        marker=style.marker,
        zorder=3,
    ).set_label("share")
    for row in shares.itertuples():
        text = {"size": points * 0.8, "color": QUIET, "va": "center"}
        axes.annotate(
            f"{row.n}", (row.x, row.y), (points * 0.62, 0), textcoords="offset points", **text
        )
    looks = {
        "against": {"c": style.colour, "marker": "o"},
        "none": {"facecolors": "white", "edgecolors": style.colour, "marker": "o"},
        "favor": {"c": FAVOR, "marker": "^"},
        "missing": {"c": GREY, "marker": "x"},
    }
    singles = own[own["drawn"] == "statement"]
    for stance, look in looks.items():
        marks = singles[singles["stance"] == stance]
        axes.scatter(
            *(marks["x"], marks["y"]), s=points**2 * 0.16, linewidths=0.8, zorder=3, **look
        ).set_label(stance)
    axes.set_ylim(-0.5, 1.18)
    axes.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
