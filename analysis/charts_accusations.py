"""Chart of who accuses whom: a table of speakers and targets, bars in its cells."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation

from analysis.captions import POOLED, counted, dated, listed, pooled, scope, source_of, the
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
#: Height of a bar with the number over it, of the bar, and of the gap between rows, in lines.
_LINE, _BAR, _GAP = 1.62, 0.45, 0.7
#: Where a cell's bars begin, and how long the longest is, in columns.
_START, _LONGEST = 0.05, 0.88


def plot_who_accuses_whom(
    stances: pd.DataFrame,
    *,
    annotation: pd.DataFrame | None = None,
    width: str = "page",
    source: str | None = None,
) -> Chart:
    """Draw accusations, denials and support between parties as a table of bars.

    Rows are speakers, columns targets, both in one order: the most active first. A cell holds
    a bar for each kind of tie, always at the same height, its number over it; bars have one
    scale in the whole figure, the longest fills its cell. A tie is what
    :func:`analysis.charts_network.plot_accusation_network` draws as an arrow.

    Parameters
    ----------
    stances : pandas.DataFrame
        The stance table; `date` may be merged in.
    annotation : pandas.DataFrame, optional
        The stance table a person gives to the same documents; where it has rows, its count stands
        in brackets beside that of the engine.
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
        statement_ids; one row per bar. With an annotation also annotated (its pairs, after
        pairs), and rows of no bar where it alone has some.
    """
    rows = stances_by_party(stances)
    name, source = "who_accuses_whom", source or source_of(rows)
    ties = accusation_ties(rows)
    columns = ["row", "column", "tie", "pairs", "x", "y", "width", "statement_ids"]
    found = ties
    if annotation is not None and len(annotation) and len(ties):
        ties = _with_annotation(ties, accusation_ties(stances_by_party(annotation)))
        columns.insert(4, "annotated")
    kinds = [kind for kind in TIES if (ties["tie"] == kind).any()]
    meanings = listed([TIES[kind].meaning for kind in kinds])
    measure = f"Statements by speaker (rows) and target (columns): {meanings}"
    measure += "; in brackets: by the annotation" if "annotated" in ties else ""
    if ties.empty:
        words = f"Nobody accuses, denies or supports {scope(rows)}"
        message = "No statement with one of these acts names a target."
        number = rows["statement_id"].nunique()
        measure = dated("Statements by speaker and target", rows["date"])
        figure = message_figure(message, words, measure, source, number, width)
        alt = f"No chart: {words[0].lower() + words[1:]}."
        return Chart(figure, pd.DataFrame(columns=columns), alt, name)
    data, names, heads, pools = _cells(ties, *for_width(width, _MOST))
    data = _placed(data, names, heads, kinds)
    with drawing(width) as (inches, points):
        room = inches * (0.2 if width == "column" else 0.16)
        labels = [wrap(label, room, points, "bold") for label in names]
        side = max(text_width(t, points, "bold") for label in labels for t in label.split("\n"))
        cell = (inches - side - 3 * points / 72) / len(heads)
        top = [wrap(head, cell * 0.92, points, "bold") for head in heads]
        lines = max(head.count("\n") + 1 for head in top)
        step = len(kinds) * _LINE + _GAP
        tall = len(names) * step
        figure = new_figure(inches, (tall + 1.25 * lines + 2.4) * points / 72)
        axes = figure.add_subplot()
        _draw_cells(axes, data, points)
        for i in range(len(heads) + 1):
            axes.axvline(i, color="#dddddd", linewidth=0.7, zorder=0)
        for i in range(1, len(names)):
            axes.hlines(i * step, 0, len(heads), color="#dddddd", linewidth=0.7, zorder=0)
        axes.set_xlim(0, len(heads))
        axes.set_ylim(tall, 0)
        axes.xaxis.tick_top()
        axes.set_xticks([i + 0.5 for i in range(len(heads))], top)
        _add_key(axes, kinds, (1.25 * lines + 0.7) * points / 72)
        axes.set_yticks([(i + 0.5) * step for i in range(len(names))], labels)
        for tick in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
            tick.set_weight("bold")
        for spine in axes.spines.values():
            spine.set_visible(False)
        title, sums = _most_accused(found, scope(rows))
        n = f"{counted(int(ties['statements'].sum()), 'pair')} of statement and target"
        n += f": {sums}"
        n += f"; {POOLED}: {pools}" if pools else ""
        n += f"; {OTHER_NOTE}" if {"other"} & {*names, *heads} else ""
        finish(figure, title, dated(measure, rows["date"]), source, n)
    alt = (
        f"Table of bars. Rows: who speaks ({listed(names, 8)}); columns: about whom "
        f"({listed(heads, 8)}); in each cell the number of {meanings}. {title}. In all: {sums}."
    )
    return Chart(figure, data[columns], alt, name)


def _with_annotation(ties: pd.DataFrame, annotated: pd.DataFrame) -> pd.DataFrame:
    """Return the ties of engine and annotation, with the number of each, 0 where it has none."""
    keys = ["party", "target", "tie"]
    numbers = annotated[[*keys, "statements"]].rename(columns={"statements": "annotated"})
    both = ties.merge(numbers, on=keys, how="outer")
    for column in ("statements", "annotated"):
        both[column] = both[column].fillna(0).astype(int)
    both["statement_ids"] = [i if isinstance(i, list) else [] for i in both["statement_ids"]]
    return both


def _number(row: object) -> str:
    """Return what is printed over a bar."""
    annotated = getattr(row, "annotated", None)
    return str(row.pairs) + ("" if annotated is None else f" ({annotated})")


def _cells(
    ties: pd.DataFrame, most_rows: int, most_columns: int
) -> tuple[pd.DataFrame, list[str], list[str], str]:
    """Return the ties by row and column, the names of both, most active first, and the pooled."""
    activity = [p for r in ties.itertuples() for p in (r.party, r.target) * max(r.statements, 1)]
    order = party_order(activity)
    rows, names, speakers = _pooled(ties["party"], order, most_rows)
    columns, heads, targets = _pooled(ties["target"], order, most_columns)
    pools = [f"{pooled(speakers)} (rows)"] if speakers else []
    pools += [f"{pooled(targets)} (columns)"] if targets else []
    cells = ties.assign(row=rows, column=columns).groupby(["row", "column", "tie"], sort=True)
    sums = {"pairs": ("statements", "sum"), "statement_ids": ("statement_ids", flat_ids)}
    if "annotated" in ties:
        sums["annotated"] = ("annotated", "sum")
    data = cells.agg(**sums)
    return data.reset_index(), names, heads, ", ".join(pools)


def _pooled(
    values: pd.Series, order: list[str], most: int
) -> tuple[pd.Series, list[str], list[str]]:
    """Return the values, those beyond the most active pooled, their names, and who is pooled."""
    present = set(values)
    names = [party for party in order if party in present]
    if len(names) <= most:
        return values, names, []
    kept = names[: most - 1]
    return values.where(values.isin(kept), POOLED), [*kept, POOLED], names[len(kept) :]


def _placed(
    data: pd.DataFrame, names: list[str], heads: list[str], kinds: list[str]
) -> pd.DataFrame:
    step = len(kinds) * _LINE + _GAP
    place = {"row": names, "column": heads, "tie": kinds}
    ranks = {key: [order.index(v) for v in data[key]] for key, order in place.items()}
    data = data.assign(
        x=[i + _START for i in ranks["column"]],
        y=[
            r * step + _GAP / 2 + (k + 1) * _LINE - _BAR / 2
            for r, k in zip(ranks["row"], ranks["tie"], strict=True)
        ],
        width=_LONGEST * data["pairs"] / data["pairs"].max(),
    )
    return data.sort_values(["y", "x"], ignore_index=True)


def _draw_cells(axes: Axes, data: pd.DataFrame, points: float) -> None:
    for kind, own in data[data["pairs"] > 0].groupby("tie", sort=False):
        look = {"left": own["x"], "height": _BAR, "color": TIES[kind].colour, "linewidth": 0}
        for bar in axes.barh(own["y"], own["width"], **look):
            bar.set_label(kind)
    for row in data.itertuples():
        axes.text(
            *(row.x, row.y - _BAR / 2 - 0.52, _number(row)),
            va="center",
            size=points * 0.85,
            color=TIES[row.tie].colour,
        )


def _add_key(axes: Axes, kinds: list[str], above: float) -> None:
    """Name the kinds in their colours, so many inches over the table."""
    handles = [Patch(color=TIES[kind].colour, label=TIES[kind].noun) for kind in kinds]
    raised = ScaledTranslation(0, above, axes.figure.dpi_scale_trans)
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        bbox_transform=axes.transAxes + raised,
        borderaxespad=0,
        borderpad=0,
        ncols=len(kinds),
        handlelength=1.0,
        handleheight=0.5,
        labelcolor="linecolor",
        frameon=False,
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
