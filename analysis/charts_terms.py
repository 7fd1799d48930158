"""Charts of vocabulary: the terms of each party, and the terms that set one party apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.captions import (
    base_of,
    counted,
    listed,
    per_party,
    scope,
    source_of,
    subtitle,
    the,
)
from analysis.counts import flat_ids, grouped, party_order, statements_by_party
from analysis.exports import Chart
from analysis.style import (
    QUIET,
    PartyStyle,
    drawing,
    finish,
    for_width,
    message_figure,
    new_figure,
    palette,
    shorten,
    wrap,
)

_TEST = "a permutation test corrected for all terms"
_PANELS = {"column": 1, "page": 3, "slide": 3}


def plot_terms_by_party(
    tfidf: pd.DataFrame,
    *,
    k: int = 8,
    parties: Sequence[str] | None = None,
    statements: pd.DataFrame | None = None,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw the k heaviest TF-IDF terms of each party as aligned dot plots.

    Parameters
    ----------
    tfidf : pandas.DataFrame
        The TF-IDF table: party, term, weight, rank, count, statement_ids.
    k : int
        Terms per party.
    parties : sequence of str, optional
        Which parties, in this order; by default the six whose terms rest on most statements.
    statements : pandas.DataFrame, optional
        The statement table the terms come from: gives period and number of statements.
    width, main, source
        As in :func:`analysis.charts_statements.plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: the rows of `tfidf` that are drawn, in the order drawn.
    """
    rows = (
        statements_by_party(statements)
        if statements is not None
        else statements_by_party(pd.DataFrame())
    )
    base = rows if len(rows) else tfidf
    name, source = "terms_by_party", source or source_of(base)
    lacking = dict(tfidf.attrs.get("not_enough_text") or {})
    order = _chosen_parties(tfidf, parties, lacking)
    pieces = [_of_party(tfidf, p).sort_values("rank", kind="stable")[:k] for p in order]
    data = pd.concat(pieces, ignore_index=True) if pieces else tfidf.iloc[:0].copy()
    measure = subtitle("TF-IDF weight of terms; at right, how often each is used", rows["date"])
    measure += "; after each party: its statements" if len(rows) else ""
    known = {*(tfidf["party"].astype(str) if "party" in tfidf else ()), *lacking} - {"all parties"}
    if len(order) < len(known):
        measure += f"; {len(order)} of {len(known)} parties shown"
    totals = grouped(rows, ["party"]).set_index("party")["statements"]
    n = _rows_n(rows) if len(rows) else _terms_n(tfidf)
    if data.empty:
        title = "No terms to compare"
        message = "No party uses enough words for a term of its own."
        figure = message_figure(message, title, measure, source, n, width)
        return Chart(figure, data, f"No chart: no terms to compare. {message}", name)
    tops = [
        (p, piece["term"].iloc[0]) for p, piece in zip(order, pieces, strict=True) if len(piece)
    ]
    heads = [f"{p} “{shorten(t, 24)}”" for p, t in tops[:3]]
    title = f"Heaviest terms {scope(base)}: {', '.join(heads)}"
    look = palette(order, main)
    with drawing(width) as (inches, points):
        across = min(for_width(width, _PANELS), len(order))
        down = -(-len(order) // across)
        k = max(len(piece) for piece in pieces)
        tall = (k * 1.45 + 3.2) * points / 72
        figure = new_figure(inches, tall * down)
        panels = figure.subplots(down, across, squeeze=False).flat
        extent = float(data["weight"].max()) * 1.45 or 1.0
        letters = int(inches / across * 0.52 / (points * 0.0085))
        for axes, party in zip(panels, order, strict=False):
            own = data[data["party"].astype(str) == party]
            _term_panel(axes, own, look[party], extent, k, letters, points)
            if own.empty:
                reason = wrap(lacking.get(party, "no terms"), inches / across * 0.6, points)
                place = {"ha": "center", "va": "center", "transform": axes.transAxes}
                axes.text(0.5, 0.5, reason, color=QUIET, **place)
            axes.set_label(party)
            number = int(totals.get(party, 0))
            few = f" · {number}" if number else ""
            room = inches / across * 0.65
            axes.set_title(wrap(f"{party}{few}", room, points, "bold"), color=look[party].colour)
        for axes in figure.axes[len(order) :]:
            axes.set_axis_off()
        finish(figure, title, measure, source, n)
    best = data.loc[data["weight"].astype(float).idxmax()]
    alt = (
        f"Dot plots, one panel per party ({listed(order)}). Rows: terms, heaviest first; "
        f"horizontal axis: TF-IDF weight from zero. {title}. Largest weight: "
        f"“{best['term']}” ({best['party']}), {best['weight']:.2f}, used "
        f"{counted(int(best['count']), 'time')}."
    )
    return Chart(figure, data, alt, name)


def _chosen_parties(
    tfidf: pd.DataFrame, parties: Sequence[str] | None, lacking: Mapping[str, str], most: int = 6
) -> list[str]:
    """Return the parties to draw: those asked for, else those with most statements."""
    if tfidf.empty:
        return []
    if parties is not None:
        return list(dict.fromkeys(parties))
    size = {
        str(party): len(flat_ids(group["statement_ids"]))
        for party, group in tfidf.groupby("party", observed=True, sort=True)
    }
    by_size = party_order([p for p, number in size.items() for _ in range(number)])
    return [*by_size, *(p for p in sorted(lacking) if p not in size)][:most]


def _of_party(tfidf: pd.DataFrame, party: str) -> pd.DataFrame:
    return tfidf[tfidf["party"].astype(str) == party] if "party" in tfidf else tfidf


def _rows_n(rows: pd.DataFrame) -> str:
    return per_party(rows)


def _terms_n(tfidf: pd.DataFrame) -> str:
    ids = flat_ids(tfidf["statement_ids"]) if "statement_ids" in tfidf else []
    return f"terms of {counted(len(ids), 'statement')}"


def _term_panel(
    axes: Axes,
    own: pd.DataFrame,
    style: PartyStyle,
    extent: float,
    k: int,
    letters: int,
    points: float,
) -> None:
    places = np.arange(len(own))
    axes.hlines(places, 0, own["weight"], color=style.colour, linewidth=0.8, alpha=0.5)
    axes.scatter(own["weight"], places, s=points**2 * 0.42, c=style.colour, marker=style.marker)
    for place, count in zip(places, own["count"], strict=True):
        axes.text(extent * 1.04, place, f"×{int(count)}", ha="right", va="center", color=QUIET)
    axes.set_yticks(places, [shorten(t, letters) for t in own["term"]])
    axes.set_xlim(0, extent * 1.04)
    axes.set_ylim(k - 0.4, -0.6)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def plot_distinctive_terms(
    keyness: pd.DataFrame,
    *,
    party: str | None = None,
    rest: str | None = None,
    k: int = 12,
    measure: str = "log_odds",
    statements: pd.DataFrame | None = None,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw the terms that set one party apart from the rest, with their intervals.

    Filled marks are significant after correction for the number of terms tested; the others
    are hollow. Where the keyness table says that there is not enough text, so does the figure.

    Parameters
    ----------
    keyness : pandas.DataFrame
        The keyness table: party, against, term, count_party, count_rest, log_odds with low and
        high (or log_ratio with log_ratio_low and log_ratio_high), z, significant,
        statement_ids; ``attrs["not_enough_text"]``.
    party : str, optional
        The party compared; by default that of the table's first row.
    rest : str, optional
        What it is compared with, in words; by default `against` of the table's first row.
    k : int
        How many terms: the significant ones first, then by the absolute value of `measure`.
    measure : {"log_odds", "log_ratio"}
        Column to draw, with its interval.
    statements : pandas.DataFrame, optional
        The statement table the terms come from: gives period and number of statements.
    width, main, source
        As in :func:`analysis.charts_statements.plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: the rows of `keyness` that are drawn, from the party's terms to those of the
        rest, with x, x_low and x_high (as drawn: an infinite value stands at the edge).
    """
    attributes = keyness.attrs
    if "party" in keyness and len(keyness):
        party = party or str(keyness["party"].iloc[0])
        keyness = keyness[keyness["party"].astype(str) == party]
    if "against" in keyness and len(keyness):
        rest = rest or str(keyness["against"].iloc[0])
    party = party or str(attributes.get("party", "the party"))
    rest = rest or str(attributes.get("against", "the rest"))
    rows = (
        statements_by_party(statements)
        if statements is not None
        else statements_by_party(pd.DataFrame())
    )
    base = rows if len(rows) else keyness
    name, source = "distinctive_terms", source or source_of(base)
    words = measure.replace("_", "-")
    interval = "95 % bootstrap interval over statements"
    sub = f"Terms of {the(party)} against {the(rest)}: {words} with {interval}"
    sub = subtitle(sub, rows["date"])
    n = _rows_n(rows) if len(rows) else _terms_n(keyness)
    data = _most_distinctive(keyness, k, measure)
    lack = attributes.get("not_enough_text", False)
    if isinstance(lack, Mapping):
        lack = lack.get(party, False)
    if lack or data.empty:
        title = f"Not enough text to tell {the(party)} from {the(rest)} {scope(base)}"
        message = lack if isinstance(lack, str) else "Not enough text: no term can be tested."
        figure = message_figure(message, title, sub, source, n, width)
        return Chart(figure, data.iloc[:0], f"No chart: {title}. {message}", name)
    sure = data[data["significant"]]
    title = _setting_apart(sure, party, rest, scope(base), rows)
    marks = []
    if len(sure):
        marks.append(f"filled: significant ({len(sure)} of the {len(data)} shown) in {_TEST}")
    if len(sure) < len(data):
        clear = ~data["significant"] & ((data["x_low"] > 0) | (data["x_high"] < 0))
        marks.append("hollow: not significant" + ("" if len(sure) else f" in {_TEST}"))
        marks[-1] += "; an interval clear of zero is not enough" if clear.any() else ""
    sub += f"; {'; '.join(marks)}; at right: uses by {the(party)} and by {the(rest)}"
    style = palette([party], main)[party]
    with drawing(width) as (inches, points):
        figure = new_figure(inches, (len(data) * 1.6 + 5.5) * points / 72)
        axes = figure.add_subplot()
        _distinctive_panel(axes, data, style, points)
        axes.set_yticks(range(len(data)), [shorten(t, 30) for t in data["term"]])
        axes.set_xlabel(f"← used more by {rest}   ({words})   used more by {party} →")
        finish(figure, title, sub, source, n)
    first = data.iloc[0]
    alt = (
        f"Dot plot with intervals. Rows: {counted(len(data), 'term')}; horizontal axis: {words}, "
        f"{party} to the right of zero, {rest} to the left; filled marks are significant. "
        f"{title}. “{first['term']}”: {first['x']:.2f}, used "
        f"{counted(int(first['count_party']), 'time')} by {the(party)} and "
        f"{counted(int(first['count_rest']), 'time')} by {the(rest)}."
    )
    return Chart(figure, data, alt, name)


def _setting_apart(
    sure: pd.DataFrame, party: str, rest: str, where: str, rows: pd.DataFrame
) -> str:
    """Name up to three significant terms of the party, or else of the rest, and their base."""
    if sure.empty:
        return f"No term sets {the(party)} apart from {the(rest)} with certainty {where}"
    own, who, whom, side = sure[sure["x"] > 0], party, rest, "party"
    if own.empty:
        own, who, whom, side = sure, rest, party, "rest"
    own = own.assign(size=own["x"].abs()).sort_values(["size", "term"], ascending=[False, True])
    ids = own["statement_ids" if side == "party" else "statement_ids_rest"] if len(rows) else []
    bases = [f", {base_of([cell], rows, days=False)}" for cell in ids] or [""] * len(own)
    terms = [
        f"“{shorten(term, 30)}” ({counted(int(uses), 'use')}{base})"
        for term, uses, base in zip(own["term"], own[f"count_{side}"], bases, strict=True)
    ]
    verb = "set" if len(terms) > 1 else "sets"
    return f"{listed(terms, 3)} {verb} {the(who)} apart from {the(whom)} {where}"


def _most_distinctive(keyness: pd.DataFrame, k: int, measure: str) -> pd.DataFrame:
    if keyness.empty:
        return keyness.iloc[:0].copy()
    size = keyness[measure].astype(float).abs()
    sure = keyness["significant"].fillna(False).astype(bool)
    z = keyness["z"].astype(float).abs() if "z" in keyness else size
    ranks = pd.DataFrame({"sure": sure, "size": size.round(9), "z": z, "term": keyness["term"]})
    ranks = ranks.dropna(subset=["size"])
    ranks = ranks.sort_values(list(ranks), ascending=[False, False, False, True])
    data = keyness.loc[ranks.index[:k]].copy()
    values = data[measure].astype(float)
    finite = values[np.isfinite(values)].abs()
    edge = (float(finite.max()) if len(finite) else 0.0) + 1.0
    data["x"] = values.clip(-edge, edge)
    prefix = f"{measure}_" if f"{measure}_low" in data else ""
    for side in ("low", "high"):
        limit = data.get(prefix + side, values)
        data[f"x_{side}"] = limit.astype(float).fillna(data["x"]).clip(-2 * edge, 2 * edge)
    data["significant"] = data["significant"].fillna(False).astype(bool)
    return data.sort_values(["x", "term"], ascending=[False, True], ignore_index=True)


def _distinctive_panel(axes: Axes, data: pd.DataFrame, style: PartyStyle, points: float) -> None:
    places = np.arange(len(data))
    reach = max(float(data[["x", "x_low", "x_high"]].abs().max().max()), 0.1) * 1.08
    axes.axvline(0, color="#808080", linewidth=0.8)
    colours = [style.colour if x >= 0 else "#6a6a6a" for x in data["x"]]
    axes.hlines(places, data["x_low"], data["x_high"], color=colours, linewidth=1.0)
    faces = [c if s else "white" for c, s in zip(colours, data["significant"], strict=True)]
    axes.scatter(
        data["x"],
        places,
        s=points**2 * 0.5,
        c=faces,
        edgecolors=colours,
        linewidths=0.9,
        marker=style.marker,
        zorder=3,
    )
    axes.set_xlim(-reach, reach * 1.3)
    # the grid ends left of the counts
    axes.set_xticks([tick for tick in axes.get_xticks() if abs(tick) <= reach])
    for place, ours, theirs in zip(places, data["count_party"], data["count_rest"], strict=True):
        text = f"{int(ours)} : {int(theirs)}"
        axes.text(reach * 1.3, place, text, ha="right", va="center", color=QUIET)
    axes.set_ylim(len(data) - 0.4, -0.6)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
