"""Chart of the stance table: who takes which side towards whom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from analysis.captions import POOLED, counted, dated, listed, pooled, scope, source_of, the
from analysis.counts import grouped, party_order, stances_by_party
from analysis.exports import Chart
from analysis.style import (
    QUIET,
    STANCE_LOOKS,
    drawing,
    finish,
    for_width,
    message_figure,
    new_figure,
    text_width,
    wrap,
)

_MOST = {"column": (8, 3), "page": (8, 7), "slide": (8, 7)}
_MANY = 3000  # marks
_COUNTED = 5  # so many marks of a kind carry their number
_SIDES = ("against", "none", "favor", "")
_SIDED = ("against", "favor")


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
    one size in the whole figure, so areas compare; five or more of a side, or of no side, carry
    their number.

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
    every = stances_by_party(stances)
    rows = every[every["target"] != ""].drop_duplicates(
        ["statement_id", "party", "target", "stance"], ignore_index=True
    )
    name, source = "stance_by_party_and_target", source or source_of(every)
    measure = "Rows: who speaks; columns: about whom; one mark per statement and target"
    columns = ["statement_id", "statement_ids", "party", "target", "stance", "row", "column"]
    columns += ["x", "y"]
    if rows.empty:
        words = f"No statement {scope(every)} names a target"
        message = "The stance table has no row with a target."
        figure = message_figure(
            *(message, words, dated(measure, every["date"]), source),
            *(every["statement_id"].nunique(), width),
        )
        alt = f"No chart: {words[0].lower() + words[1:]}."
        return Chart(figure, pd.DataFrame(columns=columns), alt, name)
    most_parties, most_targets = for_width(width, _MOST)
    rows["stance"] = rows["stance"].where(rows["stance"].isin(_SIDES), "")
    rows["row"], names, speakers = _pooled(rows["party"], parties, most_parties)
    rows["column"], heads, aims = _pooled(rows["target"], targets, most_targets)
    with drawing(width) as (inches, points):
        labels = [wrap(n, inches * 0.2, points, "bold") for n in names]
        side = max(text_width(part, points, "bold") for n in labels for part in n.split("\n"))
        cell = (inches - side - 4 * points / 72) / len(heads)
        words = _side_words(cell, points)
        grid = _grid(rows, cell, words, points)
        bands = _bands(rows, names, grid, points)
        rows = _placed(rows, heads, bands, grid)
        top = [wrap(h, grid.cell * 0.96, points, "bold") for h in heads]
        lines = max(head.count("\n") + 1 for head in top) + 1.0
        key = _key(set(rows["stance"]), words)
        tall = bands[names[-1]].bottom
        figure = new_figure(inches, tall + (0.8 + 1.25 * lines) * points / 72)
        axes = figure.add_subplot()
        _draw_marks(axes, rows, grid)
        _cell_numbers(axes, rows, grid, points)
        for i in range(len(heads)):
            # the line parts the sides and ends above those without a side
            tops, grounds = zip(*((b.top, b.ground) for b in bands.values()), strict=True)
            axes.vlines([i] * len(tops), tops, grounds, color="#9a9a9a", linewidth=0.7, zorder=0)
            if i:
                axes.axvline(i + grid.edges[0], color="#ececec", linewidth=0.7, zorder=0)
        for band in list(bands.values())[1:]:
            axes.axhline(band.top, color="#ececec", linewidth=0.7, zorder=0)
        axes.set_xlim(grid.edges[0], len(heads) - 1 + grid.edges[1])
        axes.set_ylim(tall, 0)
        axes.xaxis.tick_top()
        axes.set_xticks([i + sum(grid.edges) / 2 for i in range(len(heads))], top)
        axes.tick_params(axis="x", pad=points * 1.35)
        _name_sides(axes, words, grid, points)
        axes.set_yticks([(b.top + b.bottom) / 2 for b in bands.values()], labels)
        for tick in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
            tick.set_weight("bold")
        for spine in axes.spines.values():
            spine.set_visible(False)
        title, finding = _strongest_side(rows)
        without = every.loc[every["target"] == ""].groupby("statement_id").ngroups
        n = f"{counted(len(rows), 'mark')} from "
        n += counted(rows["statement_id"].nunique(), "statement")
        n += f"; {counted(without, 'statement')} without target not drawn" if without else ""
        pools = [f"{pooled(speakers)} (rows)"] if speakers else []
        pools += [f"{pooled(aims, 'target', 'targets')} (columns)"] if aims else []
        n += f"; {POOLED}: {', '.join(pools)}" if pools else ""
        finish(figure, title, dated(f"{measure}; {key}", every["date"]), source, n)
    rows["statement_ids"] = [[i] for i in rows["statement_id"]]
    rows["stance"] = rows["stance"].replace("", "missing")
    alt = (
        f"Grid of marks. Rows: who speaks ({listed(names, 6)}); columns: about whom "
        f"({listed(heads, 6)}); {key}. {title}. {finding}"
    )
    return Chart(figure, rows[columns], alt, name)


def _side_words(cell: float, points: float) -> tuple[str, str]:
    """Return what stands over the two sides of a column: signs, where words have no room."""
    for words in (("against", "in favor"), ("against", "favor")):
        if text_width(f"{'  '.join(words)}  ", points * 0.75) <= 0.75 * cell:
            return words
    return "−", "+"


def _name_sides(axes: Axes, words: tuple[str, str], grid: _Grid, points: float) -> None:
    """Print the two sides under each column head, as near to the column's line on both sides."""
    left, right = (text_width(word, points * 0.75) for word in words)
    gap = text_width(" ", points * 0.75)
    offsets = (-gap - left / 2, gap + right / 2)
    places, labels = [], []
    for i in range(len(axes.get_xticks())):
        places += [i + offset / grid.cell for offset in offsets]
        labels += words
    axes.set_xticks(places, labels, minor=True, size=points * 0.75)
    axes.tick_params(axis="x", which="minor", length=0, pad=points * 0.35)
    for tick, word in zip(axes.get_xticklabels(minor=True), labels, strict=True):
        tick.set_color(STANCE_LOOKS["against" if word == words[0] else "favor"]["facecolor"])
        tick.set_verticalalignment("baseline")


def _key(stances: set[str], words: tuple[str, str]) -> str:
    """Name the marks that are drawn, and no others."""
    kinds = [] if words[1] != "+" else ["−: against, +: in favor"]
    if "none" in stances:
        kinds.append("hollow: no side")
    if "" in stances:
        kinds.append("hatched: no answer")
    return "; ".join(kinds) or "left against, right in favor"


class _Grid(NamedTuple):
    """Sizes in inches of a cell and what stands in it.

    A mark is `size` square. Above, marks are piled up to `high` on both sides of the cell's
    line, which stands at `line` (share of the cell); below, those without a side stand in rows
    of `across`. `number` and `line_height` are the room for a printed count.
    """

    cell: float
    size: float
    high: int
    line: float
    across: int
    number: float
    line_height: float

    @property
    def edges(self) -> tuple[float, float]:
        """Left and right edge of a cell, in columns from its line."""
        return -self.line, 1 - self.line


class _Band(NamedTuple):
    """Where a row of cells stands, in inches from the top: its top, piles, foot and bottom."""

    top: float
    ground: float
    foot: float
    bottom: float


def _pooled(
    values: pd.Series, wanted: Sequence[str] | None, most: int
) -> tuple[pd.Series, list[str], list[str]]:
    """Return the values, those beyond the most frequent pooled, their names, and who is pooled."""
    order = party_order(values)
    names = [v for v in wanted if v in order] if wanted is not None else order
    # one name beyond the limit needs no pool: it takes the pool's place
    if len(names) > most + 1 or len(names) < len(order):
        names = names[:most]
    pool = [v for v in order if v not in names]
    if len(pool) < 2:
        return values, [*names, *pool], []
    return values.where(values.isin(names), POOLED), [*names, POOLED], pool


def _grid(rows: pd.DataFrame, cell: float, words: tuple[str, str], points: float) -> _Grid:
    most = {}
    for side in _SIDED:
        most[side] = max(rows[rows["stance"] == side].groupby(["row", "column"]).size(), default=0)
    number = text_width("00 ", points * 0.85)
    # over a side stand its name and, over many marks, their number
    heads = {
        side: max(text_width(f"{word}  ", points * 0.75), number if most[side] >= _COUNTED else 0.0)
        for side, word in zip(_SIDED, words, strict=True)
    }
    room = cell - 0.1 * points / 72
    best = points * 0.85 / 72
    for high in range(1, 9):
        piles = {side: max(math.ceil(n / high), 1) + 0.3 for side, n in most.items()}
        # a side is as wide as its piles, or as the number over them
        beside = [(room - heads[b]) / piles[a] for a, b in (_SIDED, reversed(_SIDED))]
        size = min(best, room / sum(piles.values()), *beside)
        # a higher pile keeps the marks large where a cell holds many of them
        if size >= best * (0.9 if high < 3 else 0.7):
            break
    # the line stands where both sides fit; in the middle, as far as there is room
    needs = {side: max(piles[side] * size, heads[side]) for side in piles}
    line = min(max(cell / 2, needs["against"]), cell - needs["favor"]) / cell
    across = max(int((cell - number) / size - 0.6), 1)
    return _Grid(cell, size, high, line, across, number, 1.05 * points / 72)


def _bands(rows: pd.DataFrame, names: list[str], grid: _Grid, points: float) -> dict[str, _Band]:
    """Give each row of cells the height that its highest pile needs."""
    counts = rows.groupby(["row", "column", _lanes(rows)]).size()
    gap, top = 0.5 * points / 72, 0.0
    bands = {}
    for name in names:
        own = counts[name]
        sides = own[own.index.get_level_values(1) != "below"]
        below = own[own.index.get_level_values(1) == "below"]
        piles = max((_pile(int(n), grid) for n in sides), default=grid.size)
        feet = math.ceil(max(below, default=0) / grid.across) * grid.size
        ground = top + gap + max(piles, points / 72 - feet)
        foot = ground + (0.6 * gap if feet else 0.0)
        bands[name] = _Band(top, ground, foot, foot + feet + gap)
        top = bands[name].bottom
    return bands


def _pile(number: int, grid: _Grid) -> float:
    """Return how high so many marks of one side are piled, with the number over many of them."""
    high = min(grid.high, number) * grid.size
    return high + (grid.line_height if number >= _COUNTED else 0.0)


def _lanes(rows: pd.DataFrame) -> pd.Series:
    """Return the lane of a cell each mark stands in: against, favor or below."""
    return rows["stance"].where(rows["stance"].isin(_SIDED), "below").rename("lane")


def _placed(
    rows: pd.DataFrame, heads: list[str], bands: dict[str, _Band], grid: _Grid
) -> pd.DataFrame:
    """Give every mark its place: x in columns, y in inches from the top."""
    rank = [_SIDES.index(s) for s in rows["stance"]]
    keys = ["row", "column", "rank", "statement_id", "target", "party"]
    rows = rows.assign(rank=rank).sort_values(keys, ignore_index=True)
    step = grid.size / grid.cell
    deep = rows[_lanes(rows) == "below"].groupby(["row", "column"]).size()
    hollow = rows[rows["stance"] == "none"].groupby(["row", "column"]).size()
    seen: dict[tuple[str, str, str], int] = {}
    xs, ys = [], []
    for row, column, stance in zip(rows["row"], rows["column"], rows["stance"], strict=True):
        lane = stance if stance in _SIDED else "below"
        k = seen.setdefault((row, column, lane), 0)
        seen[row, column, lane] += 1
        if lane == "below":
            wide = min(int(deep[row, column]), grid.across)
            # centred under the line, but inside the cell with room for the number
            number = grid.number if hollow.get((row, column), 0) >= _COUNTED else 0.0
            last = grid.edges[1] - number / grid.cell - (wide - 0.2) * step
            first = max(min(-(wide - 1) / 2 * step, last), grid.edges[0] + 0.8 * step)
            offset = first + (k % grid.across) * step
            y = bands[row].foot + (k // grid.across + 0.5) * grid.size
        else:
            offset = (k // grid.high + 0.65) * (-step if lane == "against" else step)
            y = bands[row].ground - (k % grid.high + 0.5) * grid.size
        xs.append(heads.index(column) + offset)
        ys.append(y)
    return rows.assign(x=xs, y=ys).drop(columns="rank")


def _draw_marks(axes: Axes, rows: pd.DataFrame, grid: _Grid) -> None:
    """Draw each statement; very many as one object for each stance, for the sake of memory."""
    wide, tall = 0.84 * grid.size / grid.cell, 0.84 * grid.size
    if len(rows) <= _MANY:
        for row in rows.itertuples():
            corner = (row.x - wide / 2, row.y - tall / 2)
            axes.add_patch(Rectangle(corner, wide, tall, **_look(row.stance)))
        return
    square = np.array([(-wide, -tall), (wide, -tall), (wide, tall), (-wide, tall)]) / 2
    for stance, own in rows.groupby("stance", sort=False):
        marks = own[["x", "y"]].to_numpy(float)[:, None] + square
        axes.add_collection(PolyCollection(marks, **_look(stance)), autolim=False)


def _look(stance: str) -> dict[str, object]:
    filled = stance in _SIDED
    return {"linewidth": 0.0 if filled else 0.7, **STANCE_LOOKS[stance or "missing"]}


def _cell_numbers(axes: Axes, rows: pd.DataFrame, grid: _Grid, points: float) -> None:
    """Print how many marks there are, from five on: over those of a side, else beside them.

    Marks without an answer stand behind those of no side and are not counted with them.
    """
    gap = 0.15 * points / 72
    for (_, _, lane), group in rows.groupby(["row", "column", _lanes(rows)], sort=True):
        number = int((group["stance"] != "").sum())
        if number < _COUNTED:
            continue
        text = {"s": str(number), "size": points * 0.85, "color": QUIET}
        if lane == "below":
            x = group["x"].max() + (0.5 * grid.size + gap) / grid.cell
            y = (group["y"].min() + group["y"].max()) / 2
            axes.text(x, y, ha="left", va="center", **text)
            continue
        # at the line, each number on its own side of it
        left = lane == "against"
        x = (group["x"].max() if left else group["x"].min()) + 0.42 * grid.size / grid.cell * (
            1 if left else -1
        )
        y = group["y"].min() - 0.5 * grid.size - 0.4 * grid.line_height
        text["color"] = STANCE_LOOKS[lane]["edgecolor"]
        axes.text(x, y, ha="right" if left else "left", va="center", **text)


def _strongest_side(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the pair of party and target with most statements on one side, in words.

    The share is one of the statements with an answer, as everywhere.
    """
    sided = rows[rows["stance"].isin(_SIDED)]
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
    whole = pair.loc[pair["stance"] != "", "statement_id"].nunique()
    side = {"against": "against it", "favor": "in its favor"}[best["stance"]]
    title = (
        f"{best['statements']} of {whole} {best['party']} statements about {the(best['target'])} "
        f"{scope(rows)} {'is' if best['statements'] == 1 else 'are'} {side}"
    )
    unanswered = int((rows["stance"] == "").sum())
    finding = (
        f"{(sided['stance'] == 'against').sum()} marks against, "
        f"{(sided['stance'] == 'favor').sum()} in favor, "
        f"{(rows['stance'] == 'none').sum()} no side, {unanswered} without an answer."
    )
    return title, finding
