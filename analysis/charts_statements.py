"""Charts of the statement table: who says how much, and where in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.captions import (
    counted,
    listed,
    per_party,
    scope,
    share,
    source_of,
    subtitle,
    the,
)
from analysis.counts import flat_ids, grouped, party_order, statements_by_party
from analysis.exports import Chart
from analysis.style import (
    drawing,
    finish,
    message_figure,
    new_figure,
    palette,
    tint,
    wrap,
)

_MOST_ROWS = 26
_MOST_LANES = 4
_FILL = {"direct": "full", "mixed": "left", "indirect": "none"}


def plot_who_says_how_much(
    statements: pd.DataFrame,
    *,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw statements and words by party and speaker, as bars from zero.

    Parameters
    ----------
    statements : pandas.DataFrame
        The statement table.
    width : {"page", "column", "slide"}
    main : sequence of str, optional
        Parties of your own that take the main colours; see :func:`analysis.style.palette`.
    source : str, optional
        Footer; by default the documents the table rests on.

    Returns
    -------
    Chart
        Data: level (party, speaker, further speakers), party, speaker, statements, words,
        statement_ids; one row per row of bars. Speakers are named as long as there is room,
        those with most statements first; the rest of a party stands in one row.
    """
    rows = statements_by_party(statements)
    data = _amounts(rows)
    measure = subtitle("Statements and words in them, by party and speaker", rows["date"])
    source = source or source_of(rows)
    name = "who_says_how_much"
    if data.empty:
        words = "No statements, so nobody to compare"
        figure = message_figure("The statement table is empty.", words, measure, source, 0, width)
        return Chart(figure, data, f"No chart: {words[0].lower() + words[1:]}.", name)
    parties = data[data["level"] == "party"].set_index("party")
    total = rows["statement_id"].nunique()
    leader, most = parties.index[0], int(parties["statements"].iloc[0])
    joint = [p for p in parties.index if parties["statements"][p] == most]
    if len(parties) == 1:
        title = f"All statements {scope(rows)} are by {leader} speakers"
    elif len(joint) > 1:
        names = [the(p, start=not i) for i, p in enumerate(joint)]
        title = f"{listed(names, 3)} make {counted(most, 'statement')} each {scope(rows)}"
    else:
        title = f"{leader} speakers make {most} of the {total} statements {scope(rows)}"
    look = palette(parties.index, main)
    with drawing(width) as (inches, points):
        room = inches * (0.42 if width == "column" else 0.3)
        labels = [_speaker_label(row, room, points) for row in data.itertuples()]
        lines = np.array([label.count("\n") + 1 for label in labels], dtype=float)
        gaps = np.array([0.45 if level == "party" else 0.0 for level in data["level"]])
        places = np.cumsum(lines + gaps + 0.35) - lines / 2
        figure = new_figure(inches, (places[-1] + 1.2) * points * 1.25 / 72 + 0.3)
        panels = figure.subplots(1, 2, sharey=True)
        for axes, column in zip(panels, ("statements", "words"), strict=True):
            colours = [
                tint(look[row.party].colour, 1 if row.level == "party" else 0.45)
                for row in data.itertuples()
            ]
            axes.barh(places, data[column], height=0.95, color=colours)
            for place, value, level in zip(places, data[column], data["level"], strict=True):
                weight = "bold" if level == "party" else "normal"
                axes.text(value, place, f" {value:,}", va="center", weight=weight)
            axes.set_xlim(0, max(data[column].max(), 1) * 1.22)
            axes.set_ylim(places[-1] + 0.9, places[0] - 0.9)
            axes.set_title(column.capitalize())
            axes.set_xticks([])
            axes.spines["bottom"].set_visible(False)
            axes.set_label(column)
        panels[0].set_yticks(places, labels)
        for tick, level in zip(panels[0].get_yticklabels(), data["level"], strict=True):
            tick.set_weight("bold" if level == "party" else "normal")
        n = per_party(rows, list(parties.index))
        finish(figure, title, measure, source, n)
    words = parties["words"]
    loud = words.idxmax()
    alt = (
        f"Bar chart. Rows: parties and, within them, speakers; bars from zero: number of "
        f"statements (left) and of words in them (right). {title}. "
        f"Most words: {loud}, {words.max():,} of {words.sum():,} ({share(_part(words))})."
    )
    return Chart(figure, data, alt, name)


def _part(values: pd.Series) -> float:
    return float(values.max() / values.sum()) if values.sum() else 0.0


def _amounts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per party and per named speaker, in the order drawn."""
    columns = ["level", "party", "speaker", "statements", "words", "statement_ids"]
    once = rows.drop_duplicates(["statement_id", "party"])
    by_speaker = grouped(once, ["party", "speaker"])
    by_speaker["words"] = [
        int(once.loc[(once["party"] == p) & (once["speaker"] == s), "words"].sum())
        for p, s in zip(by_speaker["party"], by_speaker["speaker"], strict=True)
    ]
    by_speaker = by_speaker.sort_values(
        ["statements", "words", "speaker"], ascending=[False, False, True], ignore_index=True
    )
    order = party_order(once["party"])
    named: set[int] = set()
    for i in by_speaker.index:
        if len(order) + _speaker_rows(by_speaker["party"], named | {i}) > _MOST_ROWS:
            break
        named.add(i)
    found: list[tuple[object, ...]] = []
    for party in order:
        own = by_speaker[by_speaker["party"] == party]
        found.append(("party", party, "", *_totals(own)))
        shown = own[[i in named for i in own.index]]
        for row in shown.itertuples():
            found.append(
                ("speaker", party, row.speaker, row.statements, row.words, row.statement_ids)
            )
        rest = own.drop(shown.index)
        if len(shown) and len(rest):
            label = counted(len(rest), "further speaker")
            found.append(("further speakers", party, label, *_totals(rest)))
    return pd.DataFrame(found, columns=columns)


def _speaker_rows(parties: pd.Series, named: set[int]) -> int:
    """Count the rows of the named speakers and of the rest of their parties."""
    shown = parties[list(named)]
    return len(named) + sum(
        int((parties == party).sum() > (shown == party).sum()) for party in set(shown)
    )


def _totals(rows: pd.DataFrame) -> tuple[int, int, list[str]]:
    return (
        int(rows["statements"].sum()),
        int(rows["words"].sum()),
        flat_ids(rows["statement_ids"]),
    )


def _speaker_label(row: object, room: float, points: float) -> str:
    if row.level == "party":
        return wrap(row.party, room, points, "bold")
    return wrap(row.speaker or "unresolved", room, points)


def plot_who_speaks_when(
    statements: pd.DataFrame,
    *,
    lengths: Mapping[str, int] | None = None,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw each statement as a mark at its place in the text.

    Rows are speakers, or parties where there are more than twelve speakers or several
    documents. Marks that would hide each other are stacked.

    Parameters
    ----------
    statements : pandas.DataFrame
        The statement table; statements without place are left out and counted in the footer.
    lengths : mapping of str to int, optional
        Length of each document in characters of the raw file, by document id. By default a
        document ends with its last statement.
    width, main, source
        As in :func:`plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: statement_id, statement_ids, document_id, row, party, speaker, kind, start
        (raw offset), position (0 to 1, share of the document), x, y (as drawn: x in
        characters for one document, else in per cent).
    """
    every = statements_by_party(statements)
    rows = every[every["start"] >= 0].reset_index(drop=True)
    name, source = "who_speaks_when", source or source_of(every)
    one = len(set(rows["document_id"])) <= 1
    known = set(rows["document_id"]) <= set(lengths or {})
    unit = "per cent of the document" if known else "per cent of the way to the last statement"
    unit = "characters from the start of the file" if one else unit
    marks = "filled: direct quotation; half: mixed; hollow: indirect"
    measure = subtitle(f"One mark per statement at its place in the text ({marks})", every["date"])
    measure += "; a mark is raised only to keep clear of the one beside it"
    columns = ["statement_id", "statement_ids", "document_id", "row", "party", "speaker"]
    columns += ["kind", "start", "position", "x", "y"]
    if rows.empty:
        words = "No statements with a place in the text"
        message = "The statement table is empty or gives no offsets (content_spans)."
        figure = message_figure(message, words, measure, source, 0, width)
        data = pd.DataFrame(columns=columns)
        return Chart(figure, data, f"No chart: {words[0].lower() + words[1:]}.", name)
    ends = rows.groupby("document_id")["end"].max().to_dict()
    ends.update({d: length for d, length in (lengths or {}).items() if d in ends})
    size = [max(ends[d], 1) for d in rows["document_id"]]
    rows["position"] = rows["start"] / size
    rows["x"] = rows["start"] if one else 100 * rows["position"]
    speakers = rows.drop_duplicates(["party", "speaker"])
    order = party_order(rows["party"])
    if one and len(speakers) <= 12:
        rows["row"] = [
            p if s in ("", p) else f"{s} · {p}"
            for s, p in zip(rows["speaker"], rows["party"], strict=True)
        ]
        names = party_order(rows["row"])
        owner = rows.drop_duplicates("row").set_index("row")["party"]
        names.sort(key=lambda row: order.index(owner[row]))
    else:
        rows["row"] = rows["party"]
        names = order
    with drawing(width) as (inches, points):
        wide = inches * (0.6 if width == "column" else 0.7)
        extent = max(size) if one else 100
        rows = _stacked(rows, names, extent, points * 0.85 / 72 / wide)
        depth = rows.groupby("row")["lane"].max()
        base, bases = 0.0, {}
        for row in names:
            base += min(depth[row], _MOST_LANES)
            bases[row] = base
            base += 1.6
        # beyond the most lanes they move together, so that one crowded place costs no page
        step = {row: min(1.0, _MOST_LANES / max(depth[row], 1)) for row in names}
        rows["y"] = [
            bases[row] - step[row] * lane
            for row, lane in zip(rows["row"], rows["lane"], strict=True)
        ]
        figure = new_figure(inches, base * points * 1.05 / 72 + 3.2 * points / 72)
        axes = figure.add_subplot()
        look = palette(order, main)
        for row in rows.itertuples():
            axes.add_line(_mark(row, look[row.party], points))
        axes.set_xlim(-0.02 * extent, extent * 1.02)
        axes.set_ylim(base - 0.8, -0.8)
        axes.hlines(list(bases.values()), 0, extent, color="#e4e4e4", linewidth=0.6, zorder=0)
        room = inches * (0.34 if width == "column" else 0.3)
        axes.set_yticks([bases[r] for r in names], [wrap(r, room, points) for r in names])
        axes.spines["left"].set_visible(False)
        _strip_ticks(axes, extent, one)
        axes.set_xlabel(f"Position: {unit}")
        title, alt_number = _halves(rows, one, known)
        n = per_party(rows, order)
        missing = every["statement_id"].nunique() - rows["statement_id"].nunique()
        n += f"; {counted(missing, 'statement')} without place not drawn" if missing else ""
        finish(figure, title, measure, source, n)
    rows["statement_ids"] = [[i] for i in rows["statement_id"]]
    alt = (
        f"Strip of marks. Rows: {'speakers' if names != order else 'parties'}; horizontal axis: "
        f"{unit}; {marks}. {title}. {alt_number}"
    )
    return Chart(figure, rows[columns], alt, name)


def _strip_ticks(axes: Axes, extent: float, one: bool) -> None:
    if one:
        ticks = [0, extent / 2, extent]
        axes.set_xticks(ticks, ["0", f"{extent / 2:,.0f} (half)", f"{extent:,.0f}"])
    else:
        axes.set_xticks([0, 50, 100], ["0 %", "50 %", "100 %"])
    axes.axvline(extent / 2, color="#c0c0c0", linewidth=0.6, linestyle=(0, (3, 3)), zorder=0)


def _stacked(rows: pd.DataFrame, names: list[str], extent: float, size: float) -> pd.DataFrame:
    """Give each mark a lane so that no two in a lane are nearer than a mark is wide."""
    rows = rows.sort_values(["x", "statement_id"], ignore_index=True)
    lanes = np.zeros(len(rows), dtype=int)
    for row in names:
        last: list[float] = []
        for i in np.flatnonzero(rows["row"] == row):
            x = rows["x"].iloc[i]
            free = [k for k, end in enumerate(last) if x - end >= size * extent]
            lane = free[0] if free else len(last)
            last[lane : lane + 1] = [x]
            lanes[i] = lane
    rows["lane"] = lanes
    return rows


def _mark(row: object, style: object, points: float) -> Line2D:
    return Line2D(
        [row.x],
        [row.y],
        linestyle="none",
        marker="o" if style.marker == "x" else style.marker,
        fillstyle=_FILL.get(row.kind, "full"),
        markersize=points * 0.75,
        markerfacecolor=style.colour,
        markerfacecoloralt="white",
        markeredgecolor=style.colour,
        markeredgewidth=0.8,
    )


def _halves(rows: pd.DataFrame, one: bool, known: bool) -> tuple[str, str]:
    """Say which party stands most clearly in one half of the text."""
    best: tuple[float, str, int, int, str] | None = None
    text = "this article" if one else "the documents"
    text += "" if known else " (up to the last statement)"
    for party in party_order(rows["party"]):
        late = rows.loc[rows["party"] == party, "position"] >= 0.5
        n, second = len(late), int(late.sum())
        most = max(second, n - second)
        clear = (2 * most - n) / n**0.5
        if n > 1 and (best is None or clear > best[0]):
            best = (clear, party, most, n, "second" if second == most else "first")
    if best is None or best[0] < 1:
        speakers = [the(p, start=not i) for i, p in enumerate(party_order(rows["party"]))]
        title = f"{listed(speakers, 3)} speak in both halves of {text}"
        if len(rows) == 1:
            title = f"A single statement, at {share(rows['position'].iloc[0])} of {text}"
    elif best[2] == best[3]:
        title = f"All {best[3]} statements by {the(best[1])} stand in the {best[4]} half of {text}"
    else:
        title = (
            f"{best[2]} of {best[3]} statements by {the(best[1])} stand in the {best[4]} half "
            f"of {text}"
        )
    first = rows.sort_values("position").iloc[0]
    return title, f"The first mark is by {the(first['party'])}, at {share(first['position'])}."
