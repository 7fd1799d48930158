"""Charts of trust: how right the surest statements are, and how calibrated probabilities."""

from __future__ import annotations

import pandas as pd

from analysis.captions import share
from analysis.exports import Chart
from analysis.style import INK, QUIET, drawing, finish, new_figure

_BLUE, _ORANGE = "#1845fb", "#e76300"
_SOURCE = (
    "data/evaluation.json, news articles of 2015 and 2016 that nobody read while rules and engine "
    "were made; the engine was scored on them several times on the way"
)


def plot_coverage(coverage: pd.DataFrame, *, width: str = "page", source: str = _SOURCE) -> Chart:
    """Draw precision against the share of the surest quoted statements that is kept.

    Parameters
    ----------
    coverage : pandas.DataFrame
        From `analysis.unseen.coverage_table`: surest, n, joint_right, precision, low, high.
    width : {"page", "column", "slide"}
    source : str
        Footer.

    Returns
    -------
    Chart
        Data: the table.
    """
    data = coverage.sort_values("surest").reset_index(drop=True)
    whole, most = data.iloc[-1], data[data["surest"] == 80].iloc[0]
    title = (
        f"Of the surest 80 % of quoted statements {share(most['precision'])} are right, "
        f"of all {share(whole['precision'])}"
    )
    sub = (
        "Quoted statements only, on unseen news: share with content and source right, by share "
        "kept, surest first; bars: 95 % Jeffreys intervals"
    )
    with drawing(width) as (inches, points):
        figure = new_figure(inches, inches * 0.42)
        axes = figure.add_subplot()
        axes.vlines(data["surest"], data["low"], data["high"], color=INK, linewidth=1.1)
        axes.plot(data["surest"], data["precision"], "o", color=_BLUE, markersize=points * 0.7)
        for row in data.itertuples():
            axes.annotate(
                f"n = {row.n}",
                (row.surest, row.low),
                xytext=(0, -4),
                textcoords="offset points",
                ha="center",
                va="top",
                color=QUIET,
                fontsize=points * 0.85,
            )
        axes.set_xticks(range(10, 101, 10), [f"{n} %" for n in range(10, 101, 10)])
        axes.set_ylim(0.5, 1.01)
        axes.set_yticks([0.5, 0.75, 1], ["50 %", "75 %", "100 %"])
        axes.set_xlabel("share of quoted statements kept, surest first")
        axes.grid(axis="y")
        finish(figure, title, sub, source, f"{int(whole['n'])} quoted statements")
    alt = (
        f"Dot plot with intervals. Horizontal axis: share of quoted statements kept, surest first; "
        f"vertical axis: share right, from 50 %. {title}."
    )
    return Chart(figure, data, alt, "coverage")


def plot_calibration(
    calibration: pd.DataFrame,
    *,
    measured_on: str = "unseen news",
    width: str = "page",
    source: str = _SOURCE,
) -> Chart:
    """Draw the share right against the probability given, by decile.

    Parameters
    ----------
    calibration : pandas.DataFrame
        From `analysis.unseen.calibration_table` or `analysis.speaker_training.calibration_table`;
        one panel for each of its two models.
    measured_on : str
        What was answered, for the subtitle.
    width : {"page", "column", "slide"}
    source : str
        Footer.

    Returns
    -------
    Chart
        Data: the table.
    """
    data = calibration.reset_index(drop=True)
    error = calibration.attrs["error"]
    title = _calibrated(data, max(error.values()))
    sub = (
        f"Share right by the probability given, in deciles, on {measured_on}; grey line: what a "
        "calibrated probability gives; bars: 95 % Jeffreys intervals (a probability holds where "
        "its bar meets the line); n: answers"
    )
    with drawing(width) as (inches, points):
        stacked = width == "column"
        figure = new_figure(inches, inches * (1.3 if stacked else 0.5))
        panels = figure.subplots(*((2, 1) if stacked else (1, 2)), sharey=True)
        looks = zip(panels, dict.fromkeys(data["model"]), (_BLUE, _ORANGE), strict=True)
        for axes, model, colour in looks:
            rows = data[data["model"] == model]
            axes.plot([0, 1], [0, 1], color="#b0b0b0", linewidth=1, zorder=1)
            axes.vlines(rows["predicted"], rows["low"], rows["high"], color=INK, linewidth=1)
            axes.plot(rows["predicted"], rows["right"], "o", color=colour, markersize=points * 0.6)
            named = model.replace("_", " ")
            heading = f"{named}: {int(rows['n'].sum())} statements, error {error[model]:.3f}"
            axes.set_title(heading, loc="left", fontsize=points, color=colour, fontweight="bold")
            axes.set_xlim(-0.02, 1.02)
            axes.set_ylim(-0.2, 1.02)
            for row in rows.itertuples():
                text = {"ha": "center", "va": "center", "color": QUIET, "size": points * 0.8}
                axes.text(row.predicted, -0.12, str(row.n), **text)
            ticks = [0, 0.25, 0.5, 0.75, 1]
            axes.set_xticks(ticks, ["0", ".25", ".5", ".75", "1"])
            axes.set_yticks(ticks, ["0", "25 %", "50 %", "75 %", "100 %"])
            axes.set_yticks([-0.12], ["n"], minor=True)
            axes.tick_params(axis="y", which="minor", length=0)
            if not stacked or axes is panels[-1]:
                axes.set_xlabel("probability given")
            axes.grid(axis="y")
        finish(figure, title, sub, source, f"{int(data['n'].sum())} answers")
    alt = (
        f"Two dot plots with intervals, {' and '.join(error).replace('_', ' ')}. "
        "Horizontal axis: probability given; "
        f"vertical axis: share right; n below each mark. {title}."
    )
    return Chart(figure, data, alt, "calibration")


def _calibrated(data: pd.DataFrame, error: float) -> str:
    """Say from which decile on every interval includes the probability given."""
    held = (data["low"] <= data["predicted"]) & (data["predicted"] <= data["high"])
    wrong = data.loc[~held, "from"]
    if wrong.empty:
        return "All the probabilities given hold"
    higher = data.loc[data["from"] > wrong.max(), "from"]
    if higher.empty:
        return f"The probabilities given are off by at most {100 * error:.1f} points on average"
    below = data.loc[data["from"] < higher.min(), "n"].sum() / data["n"].sum()
    least = f"{higher.min():.1f}".removeprefix("0")
    return f"Probabilities from {least} up hold; {share(below)} of the answers lie below"
