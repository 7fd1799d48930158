"""Chart over time: statements per month and party, and the documents they stand in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.captions import (
    POOLED,
    counted,
    listed,
    month,
    per_party,
    pooled,
    scope,
    source_of,
    subtitle,
)
from analysis.counts import (
    flat_ids,
    grouped,
    months_between,
    party_order,
    statements_by_party,
)
from analysis.exports import Chart
from analysis.shares import FEW
from analysis.style import (
    GREY,
    PartyStyle,
    drawing,
    finish,
    message_figure,
    new_figure,
    palette,
    tint,
)

#: Where there are more parties than rows, those with fewer statements share one row.
_FEWEST, _MOST_ROWS = 10, 6
_NOTE = "counts follow the choice of documents, not the course of the world"


def plot_statements_over_time(
    statements: pd.DataFrame,
    *,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw statements per month and party as bars from zero, with documents per month below.

    All rows have one scale. Bars of one to four statements are pale. Where there are more than
    six parties, those with fewer than ten statements share one row.

    Parameters
    ----------
    statements : pandas.DataFrame
        The statement table; statements without a date are counted in the footer.
    width, main, source
        As in :func:`analysis.charts_statements.plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: row (a party, ``others``, or ``documents``), month (YYYY-MM), count, sparse
        (bool), drawn (bool; parties of the row ``others`` are in the data, not drawn one by
        one), statement_ids; every month from the first to the last, zeros included.
    """
    every = statements_by_party(statements)
    every["month"] = every["date"].str[:7] if len(every) else []
    months = months_between(every["month"])
    rows = every[every["month"].isin(months)]
    name, source = "statements_over_time", source or source_of(every)
    measure = subtitle("Statements per month and party", every["date"])
    measure += f"; one scale for all rows; {_NOTE}"
    columns = ["row", "month", "count", "sparse", "drawn", "statement_ids"]
    if rows.empty:
        words, message = "No dated statements", "The statement table gives no dates."
        number = every["statement_id"].nunique()
        figure = message_figure(message, words, measure, source, number, width)
        return Chart(figure, pd.DataFrame(columns=columns), f"No chart: {words.lower()}.", name)
    parties = party_order(rows.drop_duplicates(["statement_id", "party"])["party"])
    sizes = rows.groupby("party")["statement_id"].nunique()
    few = [p for p in parties if sizes[p] < _FEWEST] if len(parties) > _MOST_ROWS else []
    few = few if len(few) > 1 else []
    named = [p for p in parties if p not in few]
    totals = rows.groupby("month")["statement_id"].nunique().reindex(months, fill_value=0)
    pieces = [rows.assign(row=rows["party"]), rows[rows["party"].isin(few)].assign(row=POOLED)]
    counts = grouped(pd.concat(pieces), ["row", "month"])
    cells = counts.set_index(["row", "month"])["statement_ids"]
    found = []
    for row in [*named, *([POOLED] if few else []), *few]:
        for when in months:
            ids = cells.get((row, when), [])
            sparse = 0 < len(ids) < FEW
            found.append((row, when, len(ids), sparse, row not in few, ids))
    for when in months:
        own = rows[rows["month"] == when]
        ids = flat_ids([own["statement_id"]])
        found.append(("documents", when, own["document_id"].nunique(), False, True, ids))
    data = pd.DataFrame(found, columns=columns)
    shown = data[data["drawn"]]
    if shown["sparse"].any():
        measure += f"; pale: fewer than {FEW} statements"
    if few:
        measure += f"; {POOLED}: {pooled(few)}, with fewer than {_FEWEST} statements each"
    peak, most, total = totals.idxmax(), int(totals.max()), rows["statement_id"].nunique()
    if len(months) == 1:
        title = f"All {counted(total, 'dated statement')} {scope(rows)} are from {month(peak)}"
    else:
        title = f"{month(peak)} has most statements {scope(rows)}: {most} of {total}"
    look = palette(named, main)
    with drawing(width) as (inches, points):
        names = list(dict.fromkeys(shown["row"]))
        figure = new_figure(inches, (len(names) * 3.7 + 3.4) * points / 72)
        panels = figure.subplots(len(names), 1, sharex=True, squeeze=False)[:, 0]
        extent = int(shown["count"].max())
        for axes, row in zip(panels, names, strict=True):
            own = shown[shown["row"] == row]
            style = look.get(row, PartyStyle(GREY if row == POOLED else "#9a9a9a", "o"))
            _month_bars(axes, own, style, extent, points * (0.85 if len(months) <= 24 else 0))
            label = f"{row}\n{own['count'].sum()}" if row != "documents" else row
            axes.set_yticks([extent * 0.5], [label])
            axes.set_label(row)
            axes.get_yticklabels()[0].set(color=style.colour, weight="bold", linespacing=1.1)
        month_ticks(panels[-1], months, letter=width == "column" or len(months) > 18)
        n = per_party(rows, [*named, *few], most=len(named))
        undated = every["statement_id"].nunique() - total
        n += f"; {counted(undated, 'statement')} without date not drawn" if undated else ""
        finish(figure, title, measure, source, n)
    thin = int(shown["sparse"].sum())
    alt = (
        f"Bar charts, one row per party ({listed(names[:-1], 6)}) and one for documents. "
        f"Horizontal axis: months; bars from zero: number of statements. {title}. "
        f"{counted(thin, 'bar')} of fewer than {FEW} statements (pale)."
    )
    return Chart(figure, data, alt, name)


def _month_bars(
    axes: Axes, own: pd.DataFrame, style: PartyStyle, extent: int, points: float
) -> None:
    places = np.arange(len(own))
    faces = [tint(style.colour, 0.35 if sparse else 1) for sparse in own["sparse"]]
    axes.bar(places, own["count"], width=0.8, color=faces)
    if points:
        for place, value in zip(places, own["count"], strict=True):
            if value:
                text = {"ha": "center", "va": "bottom", "size": points}
                axes.annotate(
                    *(str(value), (place, value)), (0, 1), textcoords="offset points", **text
                )
    axes.set_ylim(0, max(extent, 1) * 1.45)
    axes.spines["left"].set_visible(False)


def month_ticks(axes: Axes, months: Sequence[str], letter: bool) -> None:
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
