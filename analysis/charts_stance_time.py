"""Chart of stance over time: per month, how a party's statements about a target side."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.captions import (
    counted,
    further_parties,
    listed,
    per_party,
    scope,
    source_of,
    subtitle,
    the,
)
from analysis.charts_time import month_ticks
from analysis.counts import months_between, party_order, stances_by_party
from analysis.exports import Chart
from analysis.shares import FEW, interval_words, share_against
from analysis.style import (
    INK,
    QUIET,
    STANCE_LOOKS,
    PartyStyle,
    drawing,
    finish,
    message_figure,
    new_figure,
    palette,
    wrap,
)

#: A party with fewer statements about the target has no row of its own.
_FEWEST = 3
_MOST_ROWS = 5
#: Where single statements stand, below the axis of shares, and what the axis calls it.
_ANSWERS = ("against", "none", "favor")
_LEVELS = {"against": -0.35, "none": -0.65, "favor": -0.95, "missing": -1.25}
#: How far above a mark its cross stands, in units of the axis.
_CROSS_ABOVE = 0.14
_LEVEL_NAMES = {"none": "no side", "favor": "in favor", "missing": "no answer"}


def plot_stance_over_time(
    stances: pd.DataFrame,
    *,
    target: str | None = None,
    parties: Sequence[str] | None = None,
    statements: pd.DataFrame | None = None,
    shifts: pd.DataFrame | None = None,
    differing: AbstractSet[tuple[str, str]] = frozenset(),
    width: str = "page",
    main: Sequence[str] | None = None,
    source: str | None = None,
) -> Chart:
    """Draw, per month, the share of a party's statements about a target that are against it.

    Months with five statements or more with an answer show the share and its 95 % interval
    (`analysis.shares.share_against`). The others show each statement as a small mark on a level
    of its own, below: against, no side, in favor, and no answer where there is none.

    Parameters
    ----------
    stances : pandas.DataFrame
        The stance table with `date`, or `statements` to take the dates from.
    target : str, optional
        Whom the statements are about; by default the target most often discussed.
    parties : sequence of str, optional
        Which parties; by default the five with most statements about the target, of those
        with three or more. The others count in the title and are named in the footer.
    statements : pandas.DataFrame, optional
        The statement table, for the dates.
    shifts : pandas.DataFrame, optional
        From `analysis.contrasts.stance_shifts`: the title says whether the stance on the target
        changes beyond chance.
    differing : set of (str, str)
        Statement and target of stances that the annotation does not share
        (`analysis.evaluation.differing_stances`); single marks of them have a cross above. An
        abstention is no error.
    width, main, source
        As in :func:`analysis.charts_statements.plot_who_says_how_much`.

    Returns
    -------
    Chart
        Data: party, target, month, drawn (share, or statement), stance (of a single
        statement), differs (bool, of a single statement), against, n, share, low, high, x, y,
        method (of the interval), statement_ids; one row per mark.
    """
    every = stances_by_party(_dated(stances, statements))
    every["month"] = every["date"].str[:7] if len(every) else []
    months = months_between(every["month"])
    about = every[every["month"].isin(months) & (every["target"] != "")]
    about = about[about["target"] != about["party"]]
    name, source = "stance_over_time", source or source_of(every)
    columns = [
        "party",
        "target",
        "month",
        "drawn",
        "stance",
        "differs",
        "against",
        "n",
        "share",
        "low",
    ]
    columns += ["high", "x", "y", "method", "statement_ids"]
    if target is None and len(about):
        target = party_order(about["target"])[0]
    about = about[about["target"] == (target or "")]
    about = about.drop_duplicates(["statement_id", "party", "stance"])
    about = about.sort_values(["month", "stance", "statement_id"], ignore_index=True)
    if about.empty:
        words = f"No dated statement {scope(every)} is about {the(target or 'a target')}"
        message = "The stance table gives no dates or no such target."
        number = every["statement_id"].nunique()
        sub = "Stance per month"
        figure = message_figure(message, words, sub, source, number, width)
        alt = f"No chart: {words[0].lower() + words[1:]}."
        return Chart(figure, pd.DataFrame(columns=columns), alt, name)
    counts = about.groupby("party")["statement_id"].nunique()
    order = party_order(about.drop_duplicates(["statement_id", "party"])["party"])
    if parties is not None:
        shown = [p for p in parties if p in order] or order[:1]
    else:
        shown = [p for p in order if counts[p] >= _FEWEST][:_MOST_ROWS] or order[:1]
    data = _stance_marks(about[about["party"].isin(shown)], shown, months, target)
    data["differs"] = [
        stance in _ANSWERS and (ids[0], target) in differing
        for stance, ids in zip(data["stance"], data["statement_ids"], strict=True)
    ]
    data = data[columns]
    measure = subtitle(f"Statements about {the(target)} per month", every["date"])
    measure += f"; {_key(data, target)}"
    answered = about[about["stance"] != ""]
    against = answered.loc[answered["stance"] == "against", "statement_id"].nunique()
    title = f"{against} of {counted(answered['statement_id'].nunique(), 'statement')} "
    title += f"about {the(target)} {scope(every)} {'is' if against == 1 else 'are'} against it"
    if shifts is not None:
        title = f"Stance on {the(target)}: {_change(shifts[shifts['target'] == target])} "
        title += f"({against} of {answered['statement_id'].nunique()} against)"
    look = palette(shown, main)
    with drawing(width) as (inches, points):
        owns = [data[data["party"] == party] for party in shown]
        extents = [_extent(own) for own in owns]
        heights = [high - low for low, high in extents]
        # one unit of the axis is four lines and a bit, so that the levels have a line each
        tall = sum(heights) * 4.3 + len(shown) * 1.9 + 2.6
        figure = new_figure(inches, tall * points / 72)
        panels = figure.subplots(
            len(shown), 1, sharex=True, squeeze=False, height_ratios=[h + 0.01 for h in heights]
        )[:, 0]
        for axes, party, own, extent in zip(panels, shown, owns, extents, strict=True):
            _stance_panel(axes, own, extent, look[party], points)
            count = f"{party} · {counted(int(counts[party]), 'statement')}"
            heading = wrap(count, inches * 0.8, points, "bold")
            axes.set_title(heading, color=look[party].colour)
            axes.set_label(party)
        month_ticks(panels[-1], months, letter=width == "column" or len(months) > 18)
        drawn = about[about["party"].isin(shown)]
        n = f"drawn: {per_party(drawn, shown, most=len(shown))}"
        rest = [p for p in order if p not in shown]
        number = about["statement_id"].nunique() - drawn["statement_id"].nunique()
        if number:
            n += f"; not drawn: {counted(number, 'statement')} of {further_parties(rest)}"
        unanswered = about.loc[about["stance"] == "", "statement_id"].nunique()
        n += f"; {unanswered} of all without an answer" if unanswered else ""
        finish(figure, title, measure, source, n)
    sure = int((data["drawn"] == "share").sum())
    alt = (
        f"Dot plots, one row per party ({listed(shown)}). Horizontal axis: months; vertical axis: "
        f"share of statements about {the(target)} that are against it, 0 to 100 %, with "
        f"intervals, and below it single statements by side. {title}. {counted(sure, 'month')} "
        f"of a party with {FEW} statements or more."
    )
    return Chart(figure, data, alt, name)


def _change(shifts: pd.DataFrame) -> str:
    """Say whether the share against changed for any party that could be tested."""
    if shifts.empty:
        return "too few statements to test a change"
    changed = sorted(shifts.loc[shifts["finding"], "party"])
    if not changed:
        return "no change beyond chance where tested"
    return f"{listed(changed)} {'change' if len(changed) > 1 else 'changes'} beyond chance"


def _key(data: pd.DataFrame, target: str) -> str:
    """Name the marks that are drawn, and no others."""
    kinds = []
    if (data["drawn"] == "share").any():
        kinds.append(
            f"in months of {FEW} statements or more, share against {the(target)} with n and "
            f"{interval_words(data['method'])}"
        )
    singles = set(data.loc[data["drawn"] == "statement", "stance"])
    if singles:
        kinds.append(("else " if kinds else "") + "one mark per statement")
    if "none" in singles:
        kinds.append("hollow: no side")
    if "missing" in singles:
        kinds.append("hatched: no answer")
    if data["differs"].any():
        error = "cross above: an error of the engine by the annotation"
        kinds.append(error + (" (none at no answer)" if "missing" in singles else ""))
    return "; ".join(kinds)


def _dated(stances: pd.DataFrame, statements: pd.DataFrame | None) -> pd.DataFrame:
    if statements is None or "date" in stances or stances.empty:
        return stances
    dates = dict(zip(statements["statement_id"], statements["date"], strict=True))
    return stances.assign(date=stances["statement_id"].map(dates))


def _stance_marks(
    about: pd.DataFrame, parties: Sequence[str], months: Sequence[str], target: str
) -> pd.DataFrame:
    """Return one row per mark, with its place."""
    found: list[dict[str, object]] = []
    groups = dict(list(about.groupby(["party", "month"])))
    for party in parties:
        for i, when in enumerate(months):
            group = groups.get((party, when))
            if group is None:
                continue
            base = {"party": party, "target": target, "month": when}
            answered = group[group["stance"] != ""]
            singles = group[group["stance"] == ""]
            if len(answered) >= FEW:
                got = share_against(group)
                ids = list(answered["statement_id"])
                found.append(
                    {**base, "drawn": "share", "stance": "", "against": got.k, "n": got.n}
                    | {"share": got.share, "low": got.low, "high": got.high, "x": float(i)}
                    | {"y": got.share, "method": got.method, "statement_ids": ids}
                )
            else:
                singles = group
            found += [base | mark for mark in _single_marks(singles, i)]
    return pd.DataFrame(found)


def _single_marks(group: pd.DataFrame, i: int) -> list[dict[str, object]]:
    """Set the statements of a month side by side on their levels."""
    sides = [s if s in _LEVELS else "missing" for s in group["stance"]]
    seen = dict.fromkeys(sides, 0)
    marks = []
    for identity, side in zip(group["statement_id"], sides, strict=True):
        number = sides.count(side)
        x = i + (seen[side] - (number - 1) / 2) * min(0.24, 0.8 / number)
        seen[side] += 1
        marks.append(
            {"drawn": "statement", "stance": side, "against": np.nan, "n": 1, "share": np.nan}
            | {"low": np.nan, "high": np.nan, "x": round(x, 4), "y": _LEVELS[side]}
            | {"method": "", "statement_ids": [identity]}
        )
    return marks


def _levels_of(own: pd.DataFrame) -> list[str]:
    """Return the levels a party's row needs: the three sides if one occurs, and no answer."""
    singles = set(own.loc[own["drawn"] == "statement", "stance"])
    sides = list(_ANSWERS) if singles - {"missing"} else []
    return [*sides, *(["missing"] if "missing" in singles else [])]


def _extent(own: pd.DataFrame) -> tuple[float, float]:
    """Return bottom and top of a party's row."""
    edges = [_LEVELS[level] for level in _levels_of(own)]
    low, high = min(edges, default=0.0) - 0.15, max(edges, default=0.0) + 0.2
    return (low, 1.12) if (own["drawn"] == "share").any() else (low, high)


def _stance_panel(
    axes: Axes, own: pd.DataFrame, extent: tuple[float, float], style: PartyStyle, points: float
) -> None:
    shares = own[own["drawn"] == "share"]
    axes.vlines(shares["x"], shares["low"], shares["high"], color=style.colour, linewidth=1.3)
    axes.scatter(
        *(shares["x"], shares["y"]),
        s=points**2 * 0.6,
        c=style.colour,
        zorder=3,
    ).set_label("share")
    for row in shares.itertuples():
        text = {"size": points * 0.8, "color": QUIET, "va": "center"}
        axes.annotate(
            f"{row.n}", (row.x, row.y), (points * 0.62, 0), textcoords="offset points", **text
        )
    filled = {"c": style.colour, "marker": "o"}
    looks = {
        "against": filled,
        "none": {"facecolors": "white", "edgecolors": style.colour, "marker": "o"},
        "favor": filled,
        "missing": {**_HATCHED, "marker": "s"},
    }
    singles = own[own["drawn"] == "statement"]
    for stance, look in looks.items():
        marks = singles[singles["stance"] == stance]
        axes.scatter(
            *(marks["x"], marks["y"]), s=points**2 * 0.2, linewidths=0.8, zorder=3, **look
        ).set_label(stance)
    wrong = singles[singles["differs"]]
    axes.scatter(
        *(wrong["x"], wrong["y"] + _CROSS_ABOVE),
        s=points**2 * 0.12,
        c=INK,
        marker="x",
        linewidths=0.9,
        zorder=4,
    ).set_label("differs")
    ticks = {}
    if len(shares):
        ticks = {1.0: "100 % against", 0.5: "50 %", 0.0: "0 %"}
        axes.hlines([0, 0.5, 1], 0, 1, transform=axes.get_yaxis_transform(), zorder=0, **_GRID)
    for level in _levels_of(own):
        ticks[_LEVELS[level]] = _LEVEL_NAMES.get(level, level)
    axes.set_yticks(list(ticks), list(ticks.values()))
    axes.set_ylim(*extent)
    axes.spines["left"].set_visible(False)


_HATCHED = {f"{k}s": v for k, v in STANCE_LOOKS["missing"].items() if k != "hatch"}
_HATCHED["hatch"] = STANCE_LOOKS["missing"]["hatch"]
_GRID = {"color": "#e4e4e4", "linewidth": 0.7}
