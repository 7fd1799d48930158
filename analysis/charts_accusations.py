"""Chart of who accuses whom: a table of speakers and targets, small bars in its cells."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.captions import counted, further_parties, listed, scope, source_of, subtitle, the
from analysis.charts_network import OTHER_NOTE, TIES, accusation_ties
from analysis.counts import flat_ids, party_order, stances_by_party
from analysis.exports import Chart
from analysis.style import (
    drawing,
    finish,
    for_width,
    message_figure,
    new_figure,
    text_width,
    wrap,
)

_MOST = {"column": (8, 4), "page": (8, 8), "slide": (8, 8)}
#: Face and edge of the bars; fill tells the kinds apart as well as colour and place do.
_LOOKS = {
    "accuses": {"facecolor": TIES["accuses"].colour, "edgecolor": TIES["accuses"].colour},
    "denies": {"facecolor": "white", "edgecolor": TIES["denies"].colour},
    "supports": {
        "facecolor": "white",
        "edgecolor": TIES["supports"].colour,
        "hatch": "//////",
    },
}
#: Height of a bar's line and of the gap between rows, in lines of text.
_LINE, _GAP = 1.12, 0.75


def plot_who_accuses_whom(
    stances: pd.DataFrame,
    *,
    width: str = "page",
    source: str | None = None,
) -> Chart:
    """Draw accusations, denials and support between parties as a table of small bars.

    Rows are speakers, columns targets, both in one order: the most active first. A cell holds
    a bar for each kind of tie, always at the same height, its number beside it; bars have one
    scale in the whole figure. A tie is what :func:`analysis.charts_network
    .plot_accusation_network` draws as an arrow.

    Parameters
    ----------
    stances : pandas.DataFrame
        The stance table; `date` may be merged in.
    width : {"page", "column", "slide"}
        At most eight rows and eight columns (four in one column of text); the other parties
        are pooled.
    source : str, optional
        Footer; by default the documents the table rests on.

    Returns
    -------
    Chart
        Data: row (a speaking party, or the further ones), column (a target), tie (accuses,
        denies, supports), pairs (of statement and target), x, y (left end and middle of the
        bar: in columns, and in lines from the top), width (of the bar, in columns),
        statement_ids; one row per bar.
    """
    rows = stances_by_party(stances)
    name, source = "who_accuses_whom", source or source_of(rows)
    ties = accusation_ties(rows)
    columns = ["row", "column", "tie", "pairs", "x", "y", "width", "statement_ids"]
    kinds = [kind for kind in TIES if (ties["tie"] == kind).any()]
    meanings = listed([TIES[kind].meaning for kind in kinds])
    measure = f"Statements by speaker (rows) and target (columns): {meanings}"
    if ties.empty:
        words = f"Nobody accuses, denies or supports {scope(rows)}"
        message = "No statement with one of these acts names a target."
        number = rows["statement_id"].nunique()
        measure = subtitle("Statements by speaker and target", rows["date"])
        figure = message_figure(message, words, measure, source, number, width)
        alt = f"No chart: {words[0].lower() + words[1:]}."
        return Chart(figure, pd.DataFrame(columns=columns), alt, name)
    data, names, heads = _cells(ties, *for_width(width, _MOST))
    with drawing(width) as (inches, points):
        room = inches * (0.2 if width == "column" else 0.16)
        labels = [wrap(label, room, points, "bold") for label in names]
        side = max(text_width(t, points, "bold") for label in labels for t in label.split("\n"))
        words = max(text_width(f" {TIES[kind].noun}", points * 0.85) for kind in kinds)
        cell = (inches - side - words - 3 * points / 72) / len(heads)
        number = text_width(f" {data['pairs'].max()} ", points * 0.85) / cell
        data = _placed(data, names, heads, kinds, max(0.9 - number, 0.1))
        top = [wrap(head, cell * 0.92, points, "bold") for head in heads]
        lines = max(head.count("\n") + 1 for head in top)
        tall = len(names) * (len(kinds) * _LINE + _GAP)
        figure = new_figure(inches, (tall + 1.25 * lines + 0.6) * points / 72)
        axes = figure.add_subplot()
        _draw_cells(axes, data, points)
        for i, kind in enumerate(kinds):
            place = (len(heads), _GAP / 2 + (i + 0.5) * _LINE, f" {TIES[kind].noun}")
            text = {"va": "center", "size": points * 0.85, "color": TIES[kind].colour}
            axes.text(*place, **text)
        for i in range(len(heads) + 1):
            axes.axvline(i, color="#dddddd", linewidth=0.7, zorder=0)
        for i in range(1, len(names)):
            level = i * (len(kinds) * _LINE + _GAP)
            axes.hlines(level, 0, len(heads), color="#dddddd", linewidth=0.7, zorder=0)
        axes.set_xlim(0, len(heads) + words / cell)
        axes.set_ylim(tall, 0)
        axes.xaxis.tick_top()
        axes.set_xticks([i + 0.5 for i in range(len(heads))], top)
        step = len(kinds) * _LINE + _GAP
        axes.set_yticks([(i + 0.5) * step for i in range(len(names))], labels)
        for tick in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
            tick.set_weight("bold")
        for spine in axes.spines.values():
            spine.set_visible(False)
        title, sums = _most_accused(ties, scope(rows))
        n = f"{counted(int(ties['statements'].sum()), 'pair')} of statement and target"
        n += f": {sums}"
        n += f"; {OTHER_NOTE}" if {"other"} & {*names, *heads} else ""
        finish(figure, title, subtitle(measure, rows["date"]), source, n)
    alt = (
        f"Table of small bars. Rows: who speaks ({listed(names, 8)}); columns: about whom "
        f"({listed(heads, 8)}); in each cell the number of {meanings}. {title}. In all: {sums}."
    )
    return Chart(figure, data[columns], alt, name)


def _cells(
    ties: pd.DataFrame, most_rows: int, most_columns: int
) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Return the ties by row and column, with the names of both, most active first."""
    activity = [p for r in ties.itertuples() for p in (r.party, r.target) * r.statements]
    order = party_order(activity)
    rows, names = _pooled(ties["party"], order, most_rows)
    columns, heads = _pooled(ties["target"], order, most_columns)
    cells = ties.assign(row=rows, column=columns).groupby(["row", "column", "tie"], sort=True)
    data = cells.agg(pairs=("statements", "sum"), statement_ids=("statement_ids", flat_ids))
    return data.reset_index(), names, heads


def _pooled(values: pd.Series, order: list[str], most: int) -> tuple[pd.Series, list[str]]:
    present = set(values)
    names = [party for party in order if party in present]
    if len(names) <= most:
        return values, names
    kept = names[: most - 1]
    label = further_parties(names[len(kept) :])
    return values.where(values.isin(kept), label), [*kept, label]


def _placed(
    data: pd.DataFrame, names: list[str], heads: list[str], kinds: list[str], longest: float
) -> pd.DataFrame:
    step = len(kinds) * _LINE + _GAP
    place = {"row": names, "column": heads, "tie": kinds}
    ranks = {key: [order.index(v) for v in data[key]] for key, order in place.items()}
    data = data.assign(
        x=[i + 0.06 for i in ranks["column"]],
        y=[
            r * step + _GAP / 2 + (k + 0.5) * _LINE
            for r, k in zip(ranks["row"], ranks["tie"], strict=True)
        ],
        width=longest * data["pairs"] / data["pairs"].max(),
    )
    return data.sort_values(["y", "x"], ignore_index=True)


def _draw_cells(axes: Axes, data: pd.DataFrame, points: float) -> None:
    for kind, own in data.groupby("tie", sort=False):
        bars = axes.barh(
            own["y"], own["width"], left=own["x"], height=0.72, linewidth=0.7, **_LOOKS[kind]
        )
        for bar in bars:
            bar.set_label(kind)
    for row in data.itertuples():
        axes.text(
            *(row.x + row.width, row.y, f" {row.pairs}"),
            va="center",
            size=points * 0.85,
            color=TIES[row.tie].colour,
        )


def _most_accused(ties: pd.DataFrame, where: str) -> tuple[str, str]:
    """Say who is accused most often, and how many ties there are of each kind."""
    counts = ties.groupby("tie")["statements"].sum()
    nouns = {**{kind: tie.noun for kind, tie in TIES.items()}, "supports": "cases of support"}
    sums = listed([f"{counts[kind]} {nouns[kind]}" for kind in TIES if kind in counts])
    accusing = ties[ties["tie"] == "accuses"]
    if accusing.empty:
        return f"Nobody accuses anybody {where}", sums
    aimed = {t: int(own["statements"].sum()) for t, own in accusing.groupby("target")}
    most = max(aimed.values())
    targets = [the(t, start=not i) for i, t in enumerate(t for t in aimed if aimed[t] == most)]
    verb = "are" if len(targets) > 1 else "is"
    each = " each" if len(targets) > 1 else ""
    title = (
        f"{listed(targets, 2)} {verb} accused most often {where}: "
        f"in {most} of {sum(aimed.values())} accusations{each}"
    )
    return title, sums
