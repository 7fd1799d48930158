"""Chart of the stance table: who takes which side towards whom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.captions import counted, listed, scope, source_of, subtitle
from analysis.counts import grouped, party_order, stance_rows
from analysis.exports import Chart
from analysis.style import (
    QUIET,
    STANCE_LOOKS,
    drawing,
    finish,
    message_figure,
    new_figure,
    text_width,
    wrap,
)

_MOST = {"column": (8, 3), "page": (9, 6), "slide": (9, 6)}
_SIDES = ("against", "none", "favor", "")


def plot_stance_by_party_and_target(
    stances: pd.DataFrame,
    *,
    parties: Sequence[str] | None = None,
    targets: Sequence[str] | None = None,
    width: str = "page",
    source: str | None = None,
) -> Chart:
    """Draw the stance of each party towards each target, one mark per statement.

    Left of a cell's line stand the statements against the target, right of it those in favor,
    below it those that take no side (hollow) and those without an answer (hatched). Marks have
    one size in the whole figure, so areas compare; five or more of a kind carry their number.

    Parameters
    ----------
    stances : pandas.DataFrame
        The stance table; `date` may be merged in.
    parties, targets : sequence of str, optional
        Which rows and columns, in this order; the others are pooled. By default those with
        most statements.
    width : {"page", "column", "slide"}
    source : str, optional
        Footer; by default the documents the table rests on.

    Returns
    -------
    Chart
        Data: one row per mark: statement_id, statement_ids, party, target, stance (against,
        none, favor, or missing), row, column (as drawn), x, y (centre of the mark).
    """
    every = stance_rows(stances)
    rows = every[every["target"] != ""].drop_duplicates(
        ["statement_id", "party", "target", "stance"], ignore_index=True
    )
    name, source = "stance_by_party_and_target", source or source_of(every)
    key = "left: against; right: in favor; below: no side (hollow), no answer (hatched)"
    measure = subtitle(f"One mark per statement and target ({key})", every["date"])
    columns = ["statement_id", "statement_ids", "party", "target", "stance", "row", "column"]
    columns += ["x", "y"]
    if rows.empty:
        words = f"No statement {scope(every)} names a target"
        message = "The stance table has no row with a target."
        figure = message_figure(
            message, words, measure, source, every["statement_id"].nunique(), width
        )
        alt = f"No chart: {words[0].lower() + words[1:]}."
        return Chart(figure, pd.DataFrame(columns=columns), alt, name)
    most_parties, most_targets = _MOST[width]
    rows["stance"] = rows["stance"].where(rows["stance"].isin(_SIDES), "")
    rows["row"], names = _pooled(rows["party"], parties, most_parties, "further parties")
    rows["column"], heads = _pooled(rows["target"], targets, most_targets, "further targets")
    with drawing(width) as (inches, points):
        labels = [wrap(n, inches * 0.2, points, "bold") for n in names]
        side = max(text_width(part, points, "bold") for n in labels for part in n.split("\n"))
        grid = _grid(rows, (inches - side - 4 * points / 72) / len(heads), points)
        rows = _placed(rows, names, heads, grid)
        top = [wrap(h, grid.cell * 0.96, points) for h in heads]
        lines = max(head.count("\n") + 1 for head in top)
        figure = new_figure(inches, grid.tall * len(names) + (0.8 + 1.25 * lines) * points / 72)
        axes = figure.add_subplot()
        for row in rows.itertuples():
            axes.add_patch(_stance_mark(row, grid))
        _cell_numbers(axes, rows, grid, points)
        for i in range(len(heads)):
            axes.axvline(i, color="#9a9a9a", linewidth=0.7, zorder=0)
            if i:
                axes.axvline(i - 0.5, color="#ececec", linewidth=0.7, zorder=0)
        for i in range(1, len(names)):
            axes.axhline(i - 0.5, color="#ececec", linewidth=0.7, zorder=0)
        axes.set_xlim(-0.5, len(heads) - 0.5)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.xaxis.tick_top()
        axes.set_xticks(range(len(heads)), top)
        axes.set_yticks(range(len(names)), labels)
        for tick in axes.get_yticklabels():
            tick.set_weight("bold")
        for spine in axes.spines.values():
            spine.set_visible(False)
        title, finding = _strongest_side(rows)
        without = every.loc[every["target"] == ""].groupby("statement_id").ngroups
        n = f"{counted(len(rows), 'mark')} from "
        n += counted(rows["statement_id"].nunique(), "statement")
        n += f"; {counted(without, 'statement')} without target not drawn" if without else ""
        finish(figure, title, measure, source, n)
    rows["statement_ids"] = [[i] for i in rows["statement_id"]]
    rows["stance"] = rows["stance"].replace("", "missing")
    alt = (
        f"Grid of marks. Rows: who speaks ({listed(names, 6)}); columns: about whom "
        f"({listed(heads, 6)}); {key}. {title}. {finding}"
    )
    return Chart(figure, rows[columns], alt, name)


class _Grid(NamedTuple):
    """Sizes in inches of a cell and what stands in it.

    A mark is `size` square. Above, marks are piled `high` on both sides of the cell's line;
    below, those without a side stand in rows of `across`.
    """

    cell: float
    size: float
    high: int
    across: int
    upper: float
    lower: float
    gap: float

    @property
    def tall(self) -> float:
        """Height of a row of cells."""
        return self.upper + self.lower + 2 * self.gap


def _pooled(
    values: pd.Series, wanted: Sequence[str] | None, most: int, rest: str
) -> tuple[pd.Series, list[str]]:
    """Return the values, those beyond the most frequent pooled, and the names in order."""
    order = party_order(values)
    names = [v for v in wanted if v in order] if wanted is not None else order
    # one name beyond the limit needs no pool: it takes the pool's place
    if len(names) > most + 1 or len(names) < len(order):
        names = names[:most]
    pool = [v for v in order if v not in names]
    if not pool:
        return values, names
    label = f"{len(pool)} {rest}" if len(pool) > 1 else pool[0]
    return values.where(values.isin(names), label), [*names, label]


def _grid(rows: pd.DataFrame, cell: float, points: float) -> _Grid:
    sides = rows[rows["stance"].isin(["against", "favor"])]
    below = rows[~rows["stance"].isin(["against", "favor"])]
    widest = max(sides.groupby(["row", "column", "stance"]).size(), default=0)
    deepest = max(below.groupby(["row", "column"]).size(), default=0)
    number = text_width("000", points * 0.85)
    best = points * 0.85 / 72
    high, size = 1, best
    for high in range(1, 7):
        size = min(best, (cell / 2 - number) / (max(math.ceil(widest / high), 1) + 0.15))
        # a higher pile keeps the marks large where a cell holds many of them
        if size >= best * (0.9 if high < 3 else 0.6):
            break
    across = max(int((cell - 1.3 * number) / size), 1)
    gap = 0.5 * points / 72
    lower = math.ceil(deepest / across) * size
    return _Grid(cell, size, high, across, high * size, lower + (gap * 0.6 if lower else 0), gap)


def _placed(rows: pd.DataFrame, names: list[str], heads: list[str], grid: _Grid) -> pd.DataFrame:
    """Give every mark its place: x in columns, y in rows."""
    rank = [_SIDES.index(s) for s in rows["stance"]]
    keys = ["row", "column", "rank", "statement_id", "target", "party"]
    rows = rows.assign(rank=rank).sort_values(keys, ignore_index=True)
    step = grid.size / grid.cell
    below = ~rows["stance"].isin(["against", "favor"])
    deep = rows[below].groupby(["row", "column"]).size()
    seen: dict[tuple[str, str, str], int] = {}
    xs, ys = [], []
    for row, column, stance in zip(rows["row"], rows["column"], rows["stance"], strict=True):
        lane = stance if stance in ("against", "favor") else "below"
        k = seen.setdefault((row, column, lane), 0)
        seen[row, column, lane] += 1
        if lane == "below":
            wide = min(int(deep[row, column]), grid.across)
            offset = (k % grid.across - (wide - 1) / 2) * step
            down = grid.upper + 0.6 * grid.gap + (k // grid.across + 0.5) * grid.size
        else:
            offset = (k // grid.high + 0.65) * (-step if lane == "against" else step)
            # piles grow from the bottom, so that a single mark stands near the lower lane
            down = (grid.high - k % grid.high - 0.5) * grid.size
        xs.append(heads.index(column) + offset)
        ys.append(names.index(row) - 0.5 + (grid.gap + down) / grid.tall)
    return rows.assign(x=xs, y=ys).drop(columns="rank")


def _stance_mark(row: object, grid: _Grid) -> Rectangle:
    wide, tall = 0.84 * grid.size / grid.cell, 0.84 * grid.size / grid.tall
    look = STANCE_LOOKS[row.stance or "missing"]
    filled = row.stance in ("against", "favor")
    corner = (row.x - wide / 2, row.y - tall / 2)
    return Rectangle(corner, wide, tall, linewidth=0.0 if filled else 0.7, **look)


def _cell_numbers(axes: Axes, rows: pd.DataFrame, grid: _Grid, points: float) -> None:
    """Print the number beside five or more marks of one side; below, from five on."""
    lanes = rows["stance"].where(rows["stance"].isin(["against", "favor"]), "below")
    for (_, _, lane), group in rows.groupby(["row", "column", lanes], sort=True):
        if len(group) < 5:
            continue
        left = lane == "against"
        edge = group["x"].min() if left else group["x"].max()
        away = (0.5 * grid.size + 0.12 * points / 72) / grid.cell * (-1 if left else 1)
        y = (group["y"].min() + group["y"].max()) / 2
        place = {"ha": "right" if left else "left", "va": "center"}
        colour = STANCE_LOOKS[lane]["edgecolor"] if lane != "below" else QUIET
        axes.text(edge + away, y, str(len(group)), size=points * 0.85, color=colour, **place)


def _strongest_side(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the pair of party and target with most statements on one side, in words."""
    sided = rows[rows["stance"].isin(["against", "favor"])]
    if sided.empty:
        return (
            f"No statement {scope(rows)} takes a side",
            f"{counted(len(rows), 'mark')}, none with a side.",
        )
    cells = grouped(sided, ["party", "target", "stance"])
    cells = cells.sort_values(
        ["statements", "party", "target", "stance"], ascending=[False, True, True, True]
    )
    best = cells.iloc[0]
    pair = rows[(rows["party"] == best["party"]) & (rows["target"] == best["target"])]
    whole = pair["statement_id"].nunique()
    side = {"against": "against it", "favor": "in its favor"}[best["stance"]]
    title = (
        f"{best['statements']} of {whole} {best['party']} statements about {best['target']} "
        f"{scope(rows)} {'is' if best['statements'] == 1 else 'are'} {side}"
    )
    unanswered = int((rows["stance"] == "").sum())
    finding = (
        f"{(sided['stance'] == 'against').sum()} marks against, "
        f"{(sided['stance'] == 'favor').sum()} in favor, "
        f"{(rows['stance'] == 'none').sum()} no side, {unanswered} without an answer."
    )
    return title, finding
