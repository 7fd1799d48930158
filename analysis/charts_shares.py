"""Chart of the shares against: how much of what a party says about a target is against it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.captions import counted, dated, listed, scope, source_of
from analysis.counts import stances_by_party
from analysis.exports import Chart
from analysis.shares import FEW, interval_words, shares_against, with_annotation
from analysis.style import (
    STANCE_LOOKS,
    PartyStyle,
    drawing,
    finish,
    for_width,
    message_figure,
    new_figure,
    palette,
    shorten_to,
)

_MOST_ROWS = {"column": 12, "page": 16, "slide": 16}


def plot_shares_against(
    stances: pd.DataFrame,
    *,
    annotation: pd.DataFrame | None = None,
    most: int | None = None,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw, per party and target, the share of statements that are against, with its interval.

    Pairs of fewer than five answered statements have no share: each statement is a mark, filled
    at 100 % where it is against, hollow at 0 % where it is not. Where statements have no answer,
    a hatched band shows how far the share could lie, were they known.

    Parameters
    ----------
    stances : pandas.DataFrame
        The stance table; `date` may be merged in.
    annotation : pandas.DataFrame, optional
        The stance table a person gives to the same documents; where it has rows, its counts stand
        in brackets beside those of the engine.
    most : int, optional
        How many pairs of party and target are drawn, those with most statements first; by
        default sixteen (twelve in one column). The others stand in the data.
    width, main, source
        As in :func:`analysis.charts_statements.plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: that of `analysis.shares.shares_against`, with drawn (bool), row (from the top) and
        mostly (``against``, ``not against`` or ``open``: where the interval lies); with an
        annotation also against_gold and n_gold.
    """
    rows = stances_by_party(stances)
    name, source = "shares_against", source or source_of(rows)
    data = shares_against(stances)
    measure = "Share of a party’s statements about a target that are against it"
    if data.empty:
        words = f"No statement {scope(rows)} names a target"
        number = rows["statement_id"].nunique()
        figure = message_figure(
            *("The stance table has no row with a target.", words),
            *(dated(measure, rows["date"]), source, number, width),
        )
        return Chart(figure, data, f"No chart: {words[0].lower() + words[1:]}.", name)
    beside = annotation is not None and len(annotation) > 0
    if beside:
        data = with_annotation(data, annotation)
    data = _ordered(data, most or for_width(width, _MOST_ROWS))
    shown = data[data["drawn"]]
    sure = data[data["share"].notna()]
    title = _finding(sure, scope(rows))
    key = [interval_words(sure["method"])] if len(sure) else []
    if shown["share"].isna().any():
        key.append(f"under {FEW} statements: one mark each, hollow: not against")
    if (shown["no_answer"] > 0).any():
        key.append("hatched: where the share could lie, were all answers known")
    if len(sure):
        key.append("mostly: interval beyond one half")
    if beside:
        key.append("in brackets: by the annotation")
    measure = dated("; ".join([measure, *key]), rows["date"])
    look = palette(set(shown["party"]), main)
    with drawing(width) as (inches, points):
        figure = new_figure(inches, (len(shown) + 2.2) * points * 1.45 / 72)
        axes = figure.add_subplot()
        room = inches * (0.33 if width == "column" else 0.25)
        labels = [shorten_to(f"{r.party} on {r.target}", room, points) for r in shown.itertuples()]
        for row in shown.itertuples():
            _draw_row(axes, row, rows, look[row.party], points)
            counts = f"{row.against} of {row.n}" if row.n else "no answer"
            counts += f" + {row.no_answer}" if row.n and row.no_answer else ""
            counts += f" ({row.against_gold} of {row.n_gold})" if beside else ""
            text = {"va": "center", "size": points * 0.85, "color": look[row.party].colour}
            axes.text(1.04, row.row, counts, **text)
        axes.set_yticks(list(shown["row"]), labels)
        for tick, party in zip(axes.get_yticklabels(), shown["party"], strict=True):
            tick.set_color(look[party].colour)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        room = {"column": 1.42, "page": 1.24, "slide": 1.24}[width]
        axes.set_xlim(-0.03, room + (0.5 if width == "column" else 0.18) * beside)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
        axes.vlines([0, 0.25, 0.75, 1], *axes.get_ylim(), color="#e4e4e4", linewidth=0.7, zorder=0)
        axes.vlines([0.5], *axes.get_ylim(), color="#9a9a9a", linewidth=0.9, zorder=0)
        axes.spines["left"].set_visible(False)
        n = counted(rows.loc[rows["target"] != "", "statement_id"].nunique(), "statement")
        n += " with a target; at the right: against, of those with an answer"
        n += ", + without one" if (shown["no_answer"] > 0).any() else ""
        hidden = data[~data["drawn"]]
        if len(hidden):
            n += f"; {counted(len(hidden), 'smaller pair')} not drawn (in the data file)"
            more = int(hidden["share"].notna().sum())
            n += f", {more} of them with a share" if more else ""
        finish(figure, title, measure, source, n)
    best = data.iloc[0]
    pairs = [f"{r.party} on {r.target}" for r in shown.itertuples()]
    alt = (
        f"Dot plot with intervals. Rows: pairs of party and target ({listed(pairs, 6)}); "
        f"horizontal axis: share of statements against the target, 0 to 100 %. {title}. "
        f"First row: {best['party']} on {best['target']}, {best['against']} of {best['n']}."
    )
    return Chart(figure, data, alt, name)


def _ordered(data: pd.DataFrame, most: int) -> pd.DataFrame:
    """Choose the pairs to draw; pairs with a share by share, then the others, by number."""
    data = data.assign(drawn=data.index < most)
    mostly = pd.Series("open", index=data.index, dtype=object)
    mostly[data["low"] > 0.5] = "against"
    mostly[data["high"] < 0.5] = "not against"
    data["mostly"] = mostly.where(data["share"].notna(), "")
    data["single"], data["less"] = data["share"].isna(), -data["share"].fillna(0.0)
    keys = ["drawn", "single", "less", "n", "party", "target"]
    data = data.sort_values(keys, ascending=[False, True, True, False, True, True])
    data = data.drop(columns=["single", "less"]).reset_index(drop=True)
    data["row"] = pd.Series(range(len(data)), dtype="Int64").where(data["drawn"])
    columns = [c for c in data.columns if c != "statement_ids"]
    return data[[*columns, "statement_ids"]]


def _finding(sure: pd.DataFrame, where: str) -> str:
    """Say how many pairs lie wholly on one side of one half."""
    if sure.empty:
        return f"No pair of party and target has {FEW} statements {where}"
    against, other = ((sure["mostly"] == side).sum() for side in ("against", "not against"))
    title = f"{against} of {counted(len(sure), 'pair')} {where} "
    title += f"{'is' if against == 1 else 'are'} surely mostly against the target"
    return title + (f", {other} mostly not" if other else "")


def _draw_row(
    axes: Axes, row: object, rows: pd.DataFrame, style: PartyStyle, points: float
) -> None:
    if row.no_answer:
        band = Rectangle(
            (row.least, row.row - 0.3),
            *(row.most - row.least, 0.6),
            linewidth=0.6,
            zorder=1,
            **STANCE_LOOKS["missing"],
        )
        band.set_label(f"no answer {row.party} on {row.target}")
        axes.add_patch(band)
    label = f"{row.party} on {row.target}"
    if not pd.isna(row.share):
        axes.hlines([row.row], row.low, row.high, color=style.colour, linewidth=1.3, zorder=2)
        size = {"s": points**2 * 0.55, "zorder": 3}
        axes.scatter([row.share], [row.row], c=style.colour, marker=style.marker, **size).set_label(
            label
        )
        return
    own = rows[(rows["party"] == row.party) & (rows["target"] == row.target)]
    sides = sorted(own.loc[own["stance"] != "", "stance"] == "against", reverse=True)
    against = sum(sides)
    # side by side, inwards from the end of the scale at which they stand
    places = [1 - 0.025 * i for i in range(against)]
    places += [0.025 * i for i in range(len(sides) - against)]
    faces = [style.colour if side else "white" for side in sides]
    axes.scatter(
        *(places, [row.row] * len(places)),
        s=points**2 * 0.22,
        c=faces,
        edgecolors=style.colour,
        linewidths=0.8,
        zorder=3,
    ).set_label(label)
