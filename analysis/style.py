"""How every figure looks: one palette by party, one style sheet, one finishing function.

Figures are made without pyplot, so a notebook shows a figure once and none stays in memory.
A chart draws its axes at the height they need; :func:`finish` then adds room for title,
subtitle and footer, so that text is never squeezed and nothing is clipped.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

import matplotlib.style
from matplotlib import font_manager, rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.text import Text

T = TypeVar("T")

STYLE_SHEET = Path(__file__).with_name("quoted_parties.mplstyle")

#: Width in inches and size of body text in points, by name of width.
WIDTHS: Mapping[str, tuple[float, float]] = {
    "column": (3.5, 6.5),
    "page": (7.0, 8.5),
    "slide": (10.0, 12.0),
}

#: The parties that take the three main colours, which keep apart under every simulated
#: colour-vision deficiency and in greyscale.
MAIN_PARTIES = ("US", "UK", "Russia")
GREY = "#7f7f7f"
INK = "#1a1a1a"
QUIET = "#555555"


#: Sides are told apart by place and fill as well as by colour; none is a party's colour.
AGAINST, FAVOR = "#762a83", "#1b7837"
STANCE_LOOKS: Mapping[str, Mapping[str, object]] = {
    "against": {"facecolor": AGAINST, "edgecolor": AGAINST},
    "none": {"facecolor": "white", "edgecolor": "#555555"},
    "favor": {"facecolor": FAVOR, "edgecolor": FAVOR},
    "missing": {"facecolor": "white", "edgecolor": "#8a8a8a", "hatch": "//////"},
}


class PartyStyle(NamedTuple):
    """Colour and marker of one party."""

    colour: str
    marker: str


#: Further parties keep these colours; the marker tells apart what colour alone cannot.
PARTY_STYLES: Mapping[str, PartyStyle] = {
    "US": PartyStyle("#1845fb", "o"),
    "UK": PartyStyle("#000000", "s"),
    "Russia": PartyStyle("#e76300", "^"),
    "Iran": PartyStyle("#00805d", "D"),
    "Ukraine": PartyStyle("#a67c00", "v"),
    "UN": PartyStyle("#1f86c4", "P"),
    "France": PartyStyle("#8a3fc0", "<"),
    "Germany": PartyStyle("#7a4a1e", ">"),
    "E3": PartyStyle("#a4609a", "h"),
    "EU": PartyStyle("#0b6e7f", "p"),
    "China": PartyStyle("#b0103a", "*"),
    "NATO": PartyStyle("#566b1f", "X"),
    "West": PartyStyle("#d1478c", "d"),
    "other": PartyStyle(GREY, "o"),
    "unresolved": PartyStyle(GREY, "x"),
}

#: Markers of parties outside the list, in the order they are given out.
_FREE_MARKERS = ("H", "8", "D", "v", "P", "<", ">", "p", "*", "X", "d", "h", "s", "^")
_OWN_COLOURS = (
    *("#1845fb", "#e76300", "#000000"),
    *(s.colour for p, s in PARTY_STYLES.items() if p not in MAIN_PARTIES and s.colour != GREY),
)
_OWN_MARKERS = ("o", "^", "s", "D", "v", "P", "<", ">", "h", "p", "*", "X", "d")


def palette(parties: Iterable[str], main: Sequence[str] | None = None) -> dict[str, PartyStyle]:
    """Return colour and marker of each party.

    Parameters
    ----------
    parties : iterable of str
        The parties to be drawn.
    main : sequence of str, optional
        Parties of a study of your own, most important first: they take blue, orange, black
        and then the further colours, in this order. By default the three of
        :data:`MAIN_PARTIES` and the further ones of :data:`PARTY_STYLES` keep theirs.

    Returns
    -------
    dict of str to PartyStyle
        A party that is neither in `main` nor in the list is grey with a marker of its own
        (of its own as long as there are no more than fourteen of them).
    """
    wanted = sorted(set(parties))
    styles: dict[str, PartyStyle] = {}
    if main is None:
        styles.update({p: PARTY_STYLES[p] for p in wanted if p in PARTY_STYLES})
    else:
        own = list(dict.fromkeys(main))
        for i, party in enumerate(own):
            colour = _OWN_COLOURS[i] if i < len(_OWN_COLOURS) else GREY
            styles[party] = PartyStyle(colour, _OWN_MARKERS[i % len(_OWN_MARKERS)])
        taken = {style.colour for style in styles.values()}
        for party in wanted:
            known = PARTY_STYLES.get(party)
            if party not in styles and known and known.colour not in taken:
                styles[party] = known
    used = {style.marker for style in styles.values() if style.colour == GREY}
    free = [m for m in _FREE_MARKERS if m not in used]
    strangers = [p for p in wanted if p not in styles]
    for i, party in enumerate(strangers):
        styles[party] = PartyStyle(GREY, free[i % len(free)])
    return {party: styles[party] for party in wanted}


def for_width(width: str, choices: Mapping[str, T]) -> T:
    """Return the choice that holds for a width; an unknown width is a ValueError."""
    if width not in WIDTHS:
        raise ValueError(f"width is one of {', '.join(WIDTHS)}, not {width!r}")
    return choices[width]


@contextmanager
def drawing(width: str) -> Iterator[tuple[float, float]]:
    """Apply the style sheet, scaled to a width; yield inches and points of body text.

    Settings of the session are put aside, so that a figure looks the same everywhere.
    """
    inches, points = for_width(width, WIDTHS)
    with matplotlib.style.context(STYLE_SHEET, after_reset=True):
        scale = points / rcParams["font.size"]
        for key in _SCALED:
            rcParams[key] = rcParams[key] * scale
        yield inches, points


_SCALED = (
    *("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "ytick.labelsize"),
    *("axes.titlepad", "xtick.major.pad", "ytick.major.pad", "axes.linewidth"),
    *("grid.linewidth", "lines.linewidth", "lines.markersize", "patch.linewidth"),
)


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure of so many inches, known to no window and no pyplot."""
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure


@functools.cache
def _glyphs() -> frozenset[int]:
    path = font_manager.findfont("DejaVu Sans")
    return frozenset(font_manager.get_font(path).get_charmap())


def drawable(text: object) -> str:
    """Return text as the bundled font can draw it, on one line.

    White space is collapsed and a character the font lacks becomes □. A dollar sign needs no
    escape: mathematical text is switched off in the style sheet and by :func:`finish`.
    """
    flat = " ".join(str(text).split())
    return "".join(c if ord(c) in _glyphs() else "□" for c in flat)


@functools.lru_cache(maxsize=4096)
def text_width(text: str, points: float, weight: str = "normal") -> float:
    """Return the width of one line of text in inches."""
    font = font_manager.FontProperties(family="DejaVu Sans", size=points, weight=weight)
    # at the resolution the layout is made for: small sizes come out wider than at 300 dpi
    return RendererAgg(1, 1, 100).get_text_width_height_descent(text, font, False)[0] / 100


def wrap(text: str, inches: float, points: float, weight: str = "normal") -> str:
    """Break text into lines no wider than so many inches; a longer word is broken too."""
    lines: list[str] = []
    for paragraph in str(text).split("\n"):
        line = ""
        for word in drawable(paragraph).split(" "):
            candidate = f"{line} {word}" if line else word
            if text_width(candidate, points, weight) <= inches:
                line = candidate
                continue
            if line:
                lines.append(line)
            line = word
            while text_width(line, points, weight) > inches and len(line) > 1:
                cut = _longest_start(line, inches, points, weight)
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line)
    return "\n".join(lines)


def wrap_evenly(text: str, inches: float, points: float, weight: str = "normal") -> str:
    """Break text into as few lines as :func:`wrap` needs, as even in width as the words allow."""
    broken = wrap(text, inches, points, weight)
    lines, words = broken.count("\n"), broken.split()
    low, high = inches / (lines + 1), inches
    while lines and high - low > 0.02:
        middle = (low + high) / 2
        tried = wrap(text, middle, points, weight)
        # a narrower line must not cost another one, nor break a word
        if tried.count("\n") > lines or tried.split() != words:
            low = middle
        else:
            broken, high = tried, middle
    return broken


def _longest_start(word: str, inches: float, points: float, weight: str) -> int:
    low, high = 1, len(word) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(word[:middle], points, weight) <= inches:
            low = middle
        else:
            high = middle - 1
    return low


def shorten(text: object, characters: int) -> str:
    """Return drawable text of at most so many characters, the end replaced by an ellipsis."""
    whole = drawable(text)
    return whole if len(whole) <= characters else whole[: characters - 1].rstrip() + "…"


def shorten_to(text: object, inches: float, points: float) -> str:
    """Return drawable text no wider than so many inches, the end replaced by an ellipsis."""
    whole = drawable(text)
    if text_width(whole, points) <= inches:
        return whole
    cut = _longest_start(whole, inches - text_width("…", points), points, "normal")
    return whole[:cut].rstrip() + "…"


def finish(figure: Figure, title: str, subtitle: str, source: str, n: str | int) -> Figure:
    """Add title, subtitle and footer, make room for them, and lay the figure out.

    Parameters
    ----------
    figure : Figure
        The axes, at the height they need; the figure grows by what the text needs.
    title : str
        The finding, in about ten words; no more than the data carries.
    subtitle : str
        Measure and period.
    source : str
        Where the data comes from.
    n : str or int
        What was counted, in words, or the number of statements.

    Returns
    -------
    Figure
        The same figure, its layout frozen.
    """
    width, height = figure.get_size_inches()
    points = rcParams["font.size"]
    pad = points / 72
    room = width - 2 * pad
    count = f"{n:,} statement{'s' * (n != 1)}" if isinstance(n, int) else n
    count = count[:1].upper() + count[1:]
    head = wrap_evenly(title, room, points * 1.3, "bold")
    sub = wrap(subtitle, room, points)
    foot = wrap(f"Source: {source}. {count}.", room, points * 0.85)
    line = 1.25 * points / 72
    head_height = line * 1.3 * (head.count("\n") + 1)
    sub_height = line * (sub.count("\n") + 1)
    foot_height = line * 0.85 * (foot.count("\n") + 1)
    top = pad * 0.8 + head_height + pad * 0.3 + sub_height + pad * 0.7
    bottom = pad * 0.6 + foot_height + pad * 0.8
    whole = top + height + bottom
    figure.set_size_inches(width, whole)
    left = pad / width
    y = 1 - pad * 0.8 / whole
    text = {"ha": "left", "linespacing": 1.15}
    figure.text(left, y, head, size=points * 1.3, weight="bold", va="top", color=INK, **text)
    y -= (head_height + pad * 0.3) / whole
    figure.text(left, y, sub, size=points, va="top", color="#444444", **text)
    rule = (bottom - pad * 0.2) / whole
    figure.add_artist(Line2D([left, 1 - left], [rule, rule], color="#b0b0b0", linewidth=0.6))
    y = (foot_height + pad * 0.6) / whole
    figure.text(left, y, foot, size=points * 0.85, va="top", color=QUIET, **text)
    for artist in figure.texts:
        artist.set_in_layout(False)
    engine = ConstrainedLayoutEngine(
        rect=(left, bottom / whole, 1 - 2 * left, height / whole),
        w_pad=0.02,
        h_pad=0.02,
        wspace=0.05,
        hspace=0.0,
    )
    figure.set_layout_engine(engine)
    engine.execute(figure)
    figure.set_layout_engine(None)  # with "none" each image would be drawn twice
    for axes in figure.axes:
        # The layout solver's sums differ in their last digits from run to run.
        axes.set_position([round(edge, 6) for edge in axes.get_position(original=True).bounds])
    for artist in figure.findobj(Text):
        artist.set_parse_math(False)
    return figure


def message_figure(
    message: str, title: str, subtitle: str, source: str, n: str | int, width: str
) -> Figure:
    """Return a figure that says in words why there is nothing to draw."""
    with drawing(width) as (inches, points):
        figure = new_figure(inches, points * 9 / 72)
        axes = figure.add_subplot()
        axes.set_axis_off()
        text = wrap(message, inches * 0.8, points * 1.1)
        axes.text(0.5, 0.5, text, ha="center", va="center", size=points * 1.1, color=QUIET)
        return finish(figure, title, subtitle, source, n)


def tint(colour: str, strength: float) -> tuple[float, float, float]:
    """Return a colour mixed with white; strength 1 leaves it as it is."""
    red, green, blue = to_rgb(colour)
    return tuple(1 - strength * (1 - part) for part in (red, green, blue))
