"""Chart of who accuses, denies and supports whom: a signed and directed network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from analysis.captions import counted, dated, listed, scope, source_of, the
from analysis.counts import grouped, party_order, stances_by_party
from analysis.exports import Chart
from analysis.style import (
    AGAINST,
    FAVOR,
    PartyStyle,
    drawing,
    finish,
    for_width,
    message_figure,
    new_figure,
    palette,
)


class Tie(NamedTuple):
    """How one kind of tie is named and drawn."""

    noun: str
    meaning: str
    colour: str
    line: str
    dashes: object


#: Line style carries the kind of tie as well as colour does.
TIES = {
    "accuses": Tie(
        *("accusations", "accusations with stance against", AGAINST),
        *("solid", "solid"),
    ),
    "denies": Tie(
        *("denials", "denials with stance against", "#333333"),
        *("dashed", (0, (4, 2))),
    ),
    "supports": Tie(
        *("support", "support with stance in favor", FAVOR),
        *("dotted", (0, (1, 1.2))),
    ),
}
#: How far the first, second and third tie from one party to another bend.
_BENDS = (0.13, 0.30, 0.45)
#: Arrows at most; one threshold holds for all kinds, so that their numbers compare.
_MOST_TIES = {"column": 12, "page": 20, "slide": 20}
#: How far an arrow ends from its party, and how much farther one that ends beside another.
_SHORT, _STAGGER = 0.1, 0.1
#: Ends nearer to each other than this angle (radians) are staggered.
_BESIDE = 0.4
#: How far from its party's mark a name reaches, in radii of the circle.
_NAME = (0.15, 0.25, 0.35)
#: From this height on, names stand over or under their party, where arrows leave room.
_UPRIGHT = 0.8


#: What `other` is, for the footer of a figure that draws it.
OTHER_NOTE = "other: parties without an entry of their own, among them newspapers"


def plot_accusation_network(
    stances: pd.DataFrame,
    *,
    least: int | None = None,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw who accuses whom, who denies to whom, and who supports whom, as arrows.

    A tie is a statement with act ACCUSE and stance against the target (accuses), REJECT in the
    mode deny and stance against the target (denies, to the accuser), or SUPPORT and stance in
    favor of the target (supports). Arrows are as wide as the number of statements; the number
    stands on the arrow. Parties stand on a circle, the most active at the top, the others where
    few arrows cross.

    Parameters
    ----------
    stances : pandas.DataFrame
        The stance table; `date` may be merged in.
    least : int, optional
        Smallest number of statements an arrow is drawn for, of whatever kind; by default as small
        as leaves at most 20 arrows (twelve in one column), equal ones all drawn. Ties not drawn are
        counted in the footer and stand in the data.
    width, main, source
        As in :func:`analysis.charts_statements.plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: party, target, tie (accuses, denies, supports), statements, drawn (bool),
        line_width (points, as drawn), statement_ids.
    """
    rows = stances_by_party(stances)
    name, source = "accusation_network", source or source_of(rows)
    data = accusation_ties(rows)
    if data.empty:
        words = f"Nobody accuses, denies or supports {scope(rows)}"
        message = "No statement with one of these acts names a target."
        number = rows["statement_id"].nunique()
        measure = dated("Arrows from speaker to target", rows["date"])
        figure = message_figure(message, words, measure, source, number, width)
        return Chart(figure, data, f"No chart: {words[0].lower() + words[1:]}.", name)
    most = for_width(width, _MOST_TIES)
    between = data["party"] != data["target"]
    least = least or _smallest_drawn(data.loc[between, "statements"], most)
    data["drawn"] = between & (data["statements"] >= least)
    shown = data[data["drawn"]]
    kinds = [kind for kind in TIES if (shown["tie"] == kind).any()]
    meanings = listed([TIES[kind].meaning for kind in kinds])
    measure = f"Arrows from speaker to target: {meanings}; width and number: statements"
    if least > 1:
        measure += f"; drawn: ties of {least} statements or more"
    key = "; ".join(f"{TIES[kind].line}: {TIES[kind].meaning}" for kind in kinds)
    title = _most_frequent(data, scope(rows))
    parties = party_order([p for r in shown.itertuples() for p in (r.party, r.target)])
    look = palette(parties, main)
    with drawing(width) as (inches, points):
        scale = min(6.0, 1.1 * points) / max(int(data["statements"].max()), 9)
        data["line_width"] = (0.5 + data["statements"] * scale).where(data["drawn"], 0.0)
        figure = new_figure(inches, inches * (0.9 if width == "column" else 0.62))
        axes = figure.add_subplot()
        ties = [(r.party, r.target) for r in shown.itertuples()]
        places = _circle(_uncrossed(parties, ties), wide=1.0 if width == "column" else 1.5)
        _draw_network(axes, data[data["drawn"]], places, look, points)
        samples = [
            Line2D([], [], color=t.colour, linestyle=t.dashes, linewidth=1.8, label=t.noun)
            for t in (TIES[kind] for kind in kinds)
        ]
        columns = 1 if width == "column" else len(samples)
        if samples:
            axes.legend(
                handles=samples, loc="lower center", ncols=columns, handlelength=3.2, frameon=False
            )
            axes.set_ylim(axes.get_ylim()[0] - 0.2 * math.ceil(len(samples) / columns), None)
        n = f"{counted(int(shown['statements'].sum()), 'statement and target pair')} drawn"
        weaker, own = (int((~data["drawn"] & side).sum()) for side in (between, ~between))
        n += f"; {counted(weaker, 'weaker tie')} not drawn (in the data file)" if weaker else ""
        n += f"; {counted(own, 'tie')} of a party with itself not drawn" if own else ""
        n += f"; {OTHER_NOTE}" if "other" in parties else ""
        finish(figure, title, dated(measure, rows["date"]), source, n)
    sums = data.groupby("tie")["statements"].sum()
    alt = (
        f"Network of {counted(len(parties), 'party', 'parties')} on a circle; {key}. {title}. "
        f"In all: {listed([f'{sums[t]} {t}' for t in TIES if t in sums])}."
    )
    return Chart(figure, data, alt, name)


def _most_frequent(data: pd.DataFrame, where: str) -> str:
    """Say which party accuses, denies or supports whom most often."""
    top = data.iloc[0]
    like = (data["party"] == top["party"]) & (data["tie"] == top["tie"])
    equal = data[like & (data["statements"] == top["statements"])]
    targets = listed([the(target) for target in equal["target"]], 2)
    if top["tie"] == "denies":
        targets = f"what {targets} {'say' if len(equal) > 1 else 'says'}"
    each = " each" if len(equal) > 1 else ""
    return (
        f"{the(top['party'], start=True)} {top['tie']} {targets} most often "
        f"{where}: {counted(top['statements'], 'statement')}{each}"
    )


def accusation_ties(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per speaker, target and kind of tie, most frequent first.

    Parameters
    ----------
    rows : pandas.DataFrame
        From :func:`analysis.counts.stances_by_party`.

    Returns
    -------
    pandas.DataFrame
        party, target, tie, statements, drawn, line_width (not yet chosen), statement_ids.
    """
    against, favor = rows["stance"] == "against", rows["stance"] == "favor"
    kinds = pd.Series("", index=rows.index, dtype=object)
    kinds[(rows["act"] == "ACCUSE") & against] = "accuses"
    kinds[(rows["act"] == "REJECT") & (rows["mode"] == "deny") & against] = "denies"
    kinds[(rows["act"] == "SUPPORT") & favor] = "supports"
    tied = rows.assign(tie=kinds)[(kinds != "") & (rows["target"] != "")]
    data = grouped(tied, ["party", "target", "tie"])
    data = data.sort_values(
        ["statements", "party", "target", "tie"],
        ascending=[False, True, True, True],
        ignore_index=True,
    )
    data["drawn"] = True
    data["line_width"] = 0.0
    columns = ["party", "target", "tie", "statements", "drawn", "line_width", "statement_ids"]
    return data[columns]


def _smallest_drawn(counts: pd.Series, most: int) -> int:
    """Return the smallest count that leaves no more than so many arrows, equal ones all drawn."""
    for least in range(1, int(max(counts, default=0)) + 1):
        if (counts >= least).sum() <= most:
            return least
    return int(max(counts, default=0)) or 1


def _uncrossed(parties: list[str], ties: list[tuple[str, str]]) -> list[str]:
    """Swap parties on the circle, the first stays, as long as fewer ties cross or are long.

    A tie that bends outwards through the one party between its ends is worse than a few crossed.
    """
    order, changed = list(parties), True

    def cost() -> tuple[int, int]:
        place = {party: i for i, party in enumerate(order)}
        chords = [sorted((place[a], place[b])) for a, b in ties]
        crossed = sum(a < c < b < d for a, b in chords for c, d in chords)
        through = sum((place[a] - place[b]) % len(order) == 2 for a, b in ties)
        return crossed + 4 * through, sum(min(b - a, len(order) - b + a) for a, b in chords)

    while changed:
        changed = False
        for i in range(1, len(order)):
            for k in range(i + 1, len(order)):
                before = cost()
                order[i], order[k] = order[k], order[i]
                if cost() < before:
                    changed = True
                else:
                    order[i], order[k] = order[k], order[i]
    return order


def _circle(parties: list[str], wide: float) -> dict[str, tuple[float, float]]:
    """Return a place for each party, from the top clockwise."""
    angles = [math.pi / 2 - 2 * math.pi * i / len(parties) for i in range(len(parties))]
    return {
        p: (round(wide * math.cos(a), 6), round(math.sin(a), 6))
        for p, a in zip(parties, angles, strict=True)
    }


def _draw_network(
    axes: Axes,
    ties: pd.DataFrame,
    places: dict[str, tuple[float, float]],
    look: dict[str, PartyStyle],
    points: float,
) -> None:
    axes.set_axis_off()
    axes.set_aspect("equal")
    beside = ties.groupby(["party", "target"]).cumcount()
    curves = [
        (start, _bending(start, end, nth), end)
        for row, nth in zip(ties.itertuples(), beside, strict=True)
        for start, end in [(places[row.party], places[row.target])]
    ]
    curves = _shortened(curves)
    # numbers keep away from the parties and from their names beside them
    taken = [
        *places.values(),
        *(
            (x + np.sign(x) * step, y)
            for x, y in places.values()
            if abs(y) < _UPRIGHT
            for step in _NAME
        ),
        *((x, y + np.sign(y) * 0.15) for x, y in places.values() if abs(y) >= _UPRIGHT),
    ]
    labels = _free_places(curves, taken)
    for row, curve, (x, y) in zip(ties.itertuples(), curves, labels, strict=True):
        tie = TIES[row.tie]
        arrow = FancyArrowPatch(
            path=Path(curve, [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
            arrowstyle="-|>",
            mutation_scale=points * 0.9 + row.line_width * 1.3,
            linewidth=row.line_width,
            linestyle=tie.dashes,
            color=tie.colour,
            zorder=1,
        )
        arrow.set_label(f"{row.party} {row.tie} {row.target}")
        axes.add_patch(arrow)
        axes.text(
            *(x, y, str(row.statements)),
            ha="center",
            va="center",
            size=points * 0.9,
            color=tie.colour,
            zorder=4,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"},
        )
    for party, (x, y) in places.items():
        style = look[party]
        axes.scatter([x], [y], s=points**2 * 2.2, c=style.colour, marker=style.marker, zorder=3)
        across = 0 if abs(y) >= _UPRIGHT else np.sign(x)
        axes.annotate(
            party,
            (x, y),
            xytext=(across * points * 1.5, 0 if across else np.sign(y) * points * 1.4),
            textcoords="offset points",
            ha={0: "center", 1: "left", -1: "right"}[int(across)],
            va="center" if across else ("bottom" if y > 0 else "top"),
            weight="bold",
            color=style.colour,
        )
    xs, ys = zip(*places.values(), strict=True)
    axes.set_xlim(min(xs) - 0.35, max(xs) + 0.35)
    axes.set_ylim(min(ys) - 0.3, max(ys) + 0.3)


def _bending(start: tuple[float, float], end: tuple[float, float], nth: int) -> tuple[float, float]:
    """Return the bending point of the first, second or third tie from one party to another."""
    a, b = np.array(start), np.array(end)
    along = b - a
    return tuple((a + b) / 2 + _BENDS[nth] * np.array([along[1], -along[0]]))


def _shortened(
    curves: list[tuple[tuple[float, float], ...]],
) -> list[list[tuple[float, float]]]:
    """Let arrows stop short of both parties, those that end beside another one farther off."""
    ends: dict[tuple[float, float], list[tuple[float, int, int]]] = {}
    for i, curve in enumerate(curves):
        for end in (0, 2):
            across, up = np.subtract(curve[1], curve[end])
            ends.setdefault(curve[end], []).append((math.atan2(up, across), i, end))
    short = {}
    for own in ends.values():
        before, far = -math.inf, False
        for angle, i, end in sorted(own):
            far = angle - before < _BESIDE and not far
            short[i, end] = _SHORT + _STAGGER * far
            before = angle

    def cut(i: int, end: int) -> tuple[float, float]:
        point, middle = np.array(curves[i][end]), np.array(curves[i][1])
        line = middle - point
        return tuple(point + line * short[i, end] / max(float(np.hypot(*line)), 1e-9))

    return [[cut(i, 0), curve[1], cut(i, 2)] for i, curve in enumerate(curves)]


def _free_places(
    curves: list[list[tuple[float, float]]], parties: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return a place on each curve for its number, away from other curves and numbers.

    Numbers with the least room choose first.
    """
    steps = np.linspace(0.0, 1.0, 81)
    drawn = [np.array([_on_curve(curve, t) for t in steps]) for curve in curves]
    clear = []
    for i, own in enumerate(drawn):
        # numbers stand on the middle part: at the ends, arrows meet
        spots = own[12:69]
        others = [np.array(parties), *(line for k, line in enumerate(drawn) if k != i)]
        clear.append(_distance(spots, np.concatenate(others)))
    order = sorted(range(len(curves)), key=lambda i: (round(float(clear[i].max()), 6), i))
    places: dict[int, tuple[float, float]] = {}
    for i in order:
        spots, room = drawn[i][12:69], clear[i]
        if places:
            # two numbers need twice the room that a number and a line need
            room = np.minimum(room, _distance(spots, np.array(list(places.values()))) / 2)
        middle = np.abs(np.arange(len(room)) - len(room) / 2) / len(room)
        best = int(np.argmax(np.round(np.minimum(room, 0.13) - 0.01 * middle, 6)))
        places[i] = (float(spots[best][0]), float(spots[best][1]))
    return [places[i] for i in range(len(curves))]


def _distance(spots: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return how far each spot is from the nearest of the points."""
    return np.hypot(*(spots[:, None, :] - points[None, :, :]).transpose(2, 0, 1)).min(axis=1)


def _on_curve(curve: list[tuple[float, float]], t: float) -> tuple[float, float]:
    (ax, ay), (bx, by), (cx, cy) = curve
    x = (1 - t) ** 2 * ax + 2 * t * (1 - t) * bx + t**2 * cx
    y = (1 - t) ** 2 * ay + 2 * t * (1 - t) * by + t**2 * cy
    return x, y
