"""Chart of the speech acts of each party, in the groups that PLOVER gives them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.captions import (
    POOLED,
    counted,
    dated,
    listed,
    per_party,
    scope,
    source_of,
)
from analysis.counts import flat_ids, grouped, party_order, stances_by_party
from analysis.exports import Chart
from analysis.intervals import count_interval
from analysis.label_chances import label_chances
from analysis.style import (
    GREY,
    INK,
    QUIET,
    PartyStyle,
    drawing,
    finish,
    for_width,
    message_figure,
    new_figure,
    palette,
    tint,
    wrap,
)

#: Quad classes of PLOVER; a request is kept apart from hostile acts, COMMENT has no class.
ACT_GROUPS: dict[str, tuple[str, ...]] = {
    "Verbal conflict": ("ACCUSE", "REJECT", "THREATEN"),
    "Material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
    "Request, not hostile in itself": ("REQUEST",),
    "Comment, no class": ("COMMENT",),
    "Verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "Material cooperation": ("COOPERATE", "AID", "RETREAT"),
    "Other": (),
    "No answer": ("",),
}
_DOING = {
    **{"ACCUSE": "accusing", "REJECT": "denying or refusing", "THREATEN": "threatening"},
    **{"PROTEST": "protesting", "SANCTION": "sanctioning", "MOBILIZE": "mobilizing"},
    **{"COERCE": "coercing", "ASSAULT": "assaulting", "REQUEST": "requesting"},
    **{"COMMENT": "commenting", "AGREE": "agreeing", "CONSULT": "consulting"},
    **{"SUPPORT": "supporting", "CONCEDE": "conceding", "COOPERATE": "cooperating"},
    **{"AID": "giving aid", "RETREAT": "retreating"},
}
_GROUP_OF = {act: group for group, acts in ACT_GROUPS.items() for act in acts}
_RAISED = 0.06  # bars stand a little higher than their row, the lines of doubt below them
_PANELS = {"column": 3, "page": 5, "slide": 5}


def plot_acts_by_party(
    stances: pd.DataFrame,
    *,
    parties: Sequence[str] | None = None,
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw how many statements of each party perform which speech act, as bars from zero.

    Where the engine says how sure it is of an act, a line below the bar shows the 95 % interval of
    the count if every act were drawn by its probability.

    Acts stand in the groups of PLOVER (its quad classes). Requests have a group of their own and
    hollow bars: to ask is not to attack. Statements for which the engine gives no act are hatched,
    not dropped.

    Parameters
    ----------
    stances : pandas.DataFrame
        The stance table; `date` may be merged in. A statement with one act towards several
        targets counts once.
    parties : sequence of str, optional
        Which parties, in this order; by default those with most statements. The others are
        pooled in a last panel.
    width, main, source
        As in :func:`analysis.charts_statements.plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: panel, group, act, statements, low, high (int, the interval of the count),
        statement_ids; one row per bar, zeros included.
    """
    rows = stances_by_party(stances)
    name, source = "acts_by_party", source or source_of(rows)
    measure = "Number of statements by speech act, in groups after PLOVER; after each party: its "
    measure = dated(f"{measure}statements", rows["date"])
    columns = ["panel", "group", "act", "statements", "low", "high", "statement_ids"]
    if rows.empty:
        words, message = "No speech acts to compare", "The stance table is empty."
        figure = message_figure(message, words, measure, source, 0, width)
        return Chart(figure, pd.DataFrame(columns=columns), f"No chart: {words.lower()}.", name)
    rows["panel"], panels = _panels(rows, parties, for_width(width, _PANELS))
    rows["group"] = [_GROUP_OF.get(act, "Other") for act in rows["act"]]
    kinds = grouped(rows, ["group", "act"])
    kinds["place"] = [list(ACT_GROUPS).index(group) for group in kinds["group"]]
    kinds = kinds.sort_values(
        ["place", "statements", "act"], ascending=[True, False, True], ignore_index=True
    )
    found = {
        (panel, act): ids
        for panel, act, ids in grouped(rows, ["panel", "act"])[
            ["panel", "act", "statement_ids"]
        ].itertuples(index=False)
    }
    ranges = _ranges(rows, list(kinds["act"]))
    data = pd.DataFrame(
        [
            (
                panel,
                kind.group,
                kind.act,
                len(ids),
                *_holding(len(ids), ranges[panel, kind.act]),
                ids,
            )
            for panel in panels
            for kind in kinds.itertuples()
            for ids in [found.get((panel, kind.act), [])]
        ],
        columns=columns,
    )
    if (data["low"] < data["high"]).any():
        measure += "; line: range of the count (95 %) if the engine’s doubt about each act is "
        measure += "taken in"
    total = rows["statement_id"].nunique()
    named = kinds[kinds["act"] != ""].sort_values(
        ["statements", "act"], ascending=[False, True], kind="stable"
    )
    if named.empty:
        title = f"No statement {scope(rows)} has a speech act"
    else:
        most = named.iloc[0]
        words = _DOING.get(most["act"], most["act"].lower())
        title = f"Most common act {scope(rows)}: {words}, "
        title += f"in {most['statements']} of {counted(total, 'statement')}"
    look = palette([p for p in panels if p in set(rows["party"])], main)
    with drawing(width) as (inches, points):
        labels, places, heads = _act_rows(kinds)
        extent = int(data["high"].max())
        figure = new_figure(inches, (places[-1] + 1.6) * points * 1.45 / 72 + 4.2 * points / 72)
        axes_row = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
        for axes, panel in zip(axes_row, panels, strict=True):
            own = data[data["panel"] == panel]
            style = look.get(panel, PartyStyle(GREY, "o"))
            _act_panel(axes, own, places, style, extent)
            count = rows.loc[rows["panel"] == panel, "statement_id"].nunique()
            room = inches * (0.52 if width == "column" else 0.62) / len(panels)
            axes.set_title(
                wrap(f"{panel} · {count}", room, points, "bold"), color=style.colour, pad=points
            )
            axes.set_label(panel)
            axes.set_ylim(places[-1] + 0.8, -0.6)
        axes_row[0].set_yticks([*heads.values(), *places], [*heads, *labels])
        for tick in axes_row[0].get_yticklabels()[: len(heads)]:
            tick.set_weight("bold")
        named = [p for p in panels if p != POOLED]
        rest = [p for p in party_order(rows["party"]) if p not in named]
        n = per_party(rows, [*named, *rest], most=len(named))
        double = int(kinds["statements"].sum()) - total
        n += f"; {counted(double, 'second act')} counted as well" if double > 0 else ""
        finish(figure, title, measure, source, n)
    requests = flat_ids(kinds.loc[kinds["act"] == "REQUEST", "statement_ids"])
    alt = (
        f"Bar charts, one panel per party ({listed(panels, 6)}). Rows: speech acts, grouped by "
        f"class; bars from zero: number of statements. {title}. Requests, kept apart from "
        f"hostile acts: {len(requests)}."
    )
    return Chart(figure, data, alt, name)


def _ranges(rows: pd.DataFrame, acts: list[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the interval of each panel's count of each act; abstentions stay as they are."""
    once = rows.drop_duplicates(["statement_id", "panel", "act"])
    given = [act for act in acts if act]
    chances = label_chances(once["act"], once["act_confidence"], given)
    found = {}
    for panel, own in chances.groupby(once["panel"].to_numpy()):
        for act in given:
            found[panel, act] = count_interval(own[act].dropna())
        silent = int(own.isna().all(axis=1).sum())
        found[panel, ""] = (silent, silent)
    return found


def _holding(count: int, ends: tuple[int, int]) -> tuple[int, int]:
    """Widen an interval to hold the count."""
    return min(count, ends[0]), max(count, ends[1])


def _panels(
    rows: pd.DataFrame, parties: Sequence[str] | None, most: int
) -> tuple[pd.Series, list[str]]:
    order = party_order(rows.drop_duplicates(["statement_id", "party"])["party"])
    names = [p for p in parties if p in order] if parties is not None else order
    if len(names) > most or len(names) < len(order):
        names = names[: most - 1] if len(names) >= most else names
    pool = [p for p in order if p not in names]
    if not pool:
        return rows["party"], names
    label = POOLED if len(pool) > 1 else pool[0]
    return rows["party"].where(rows["party"].isin(names), label), [*names, label]


def _act_rows(kinds: pd.DataFrame) -> tuple[list[str], np.ndarray, dict[str, float]]:
    """Return the label and place of each act, and the place of each group's heading."""
    heads: dict[str, float] = {}
    labels, places, place = [], [], -1.0
    for group, act in zip(kinds["group"], kinds["act"], strict=True):
        if group not in heads:
            place += 1.0 + (0.35 if heads else 0.0)
            heads[group] = place
        place += 1.0
        places.append(place)
        labels.append(act.lower() or "no act given")
    return labels, np.array(places), heads


def _act_panel(
    axes: Axes, own: pd.DataFrame, places: np.ndarray, style: PartyStyle, extent: int
) -> None:
    faces, hatches = [], []
    for group in own["group"]:
        hollow = group in ("Request, not hostile in itself", "No answer")
        pale = group in ("Comment, no class", "Other")
        faces.append("white" if hollow else tint(style.colour, 0.45 if pale else 1.0))
        hatches.append("//////" if group == "No answer" else "")
    axes.barh(
        places - _RAISED,
        own["statements"],
        height=0.62,
        color=faces,
        edgecolor=style.colour,
        linewidth=0.8,
        hatch=hatches,
    )
    doubt = (own["low"] < own["high"]).to_numpy()
    ends = (own["low"][doubt], own["high"][doubt])
    below = places[doubt] + 0.38
    axes.hlines(below, *ends, color=INK, linewidth=1.0, zorder=4).set_label("doubt")
    for place, value in zip(places - _RAISED, own["statements"], strict=True):
        axes.text(value, place, f" {value}", va="center", color="#1a1a1a" if value else "#a0a0a0")
    axes.set_xlim(0, max(extent, 1) * 1.35)
    axes.xaxis.set_major_locator(MaxNLocator(2, integer=True))
    axes.tick_params(axis="x", labelsize="small", labelcolor=QUIET)
