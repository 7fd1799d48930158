"""Charts: what is drawn is what the data say, nobody has to guess, and nothing overlaps."""

import itertools
import json
import random
import warnings
from collections import Counter
from pathlib import Path

import matplotlib.style
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path as CurvePath
from matplotlib.text import Text

from analysis import charts, style
from analysis.captions import further_parties, per_party, the
from analysis.charts_acts import ACT_GROUPS
from analysis.counts import months_between, party_order, statements_by_party, word_count
from analysis.intervals import jeffreys_interval
from analysis.unseen import calibration_table, coverage_table

GOLD = Path(style.__file__).parents[1] / "data" / "gold" / "article.json"
LENGTHS = {"article": 4590}
WORDS = "missiles harvest frontier treaty grain railway the of and neutrality sanctions".split()


# --- tables -------------------------------------------------------------------------------


def stance_table(statements: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (s.statement_id, s.document_id, s.date, s.party, target, s.act, s.mode, stance)
        for s in statements.itertuples()
        for target, stance in (s.targets or {"": None}).items()
    ]
    columns = ["statement_id", "document_id", "date", "party", "target", "act", "mode", "stance"]
    return pd.DataFrame(rows, columns=columns)


def article() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The obligatory statements of the seed article, as annotated by hand."""
    gold = json.loads(GOLD.read_text("utf-8"))["statements"]
    table = pd.DataFrame([s for s in gold if not s["optional"]])
    table = table.assign(document_id="article", date="2022-12-10", repeats="")
    return table, stance_table(table)


def corpus(n: int = 230) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A made-up corpus: 12 parties, 13 months, quarrels in all directions."""
    draw = random.Random(7)
    parties = ["Alba", "Borduria", "Graustark", "Ruritania", "Syldavia", "Zenda"]
    parties += ["US", "UK", "Russia", "other", "unresolved", "Grand Fenwick and Allies"]
    months = [str(m) for m in pd.period_range("2031-03", periods=13, freq="M")]
    answers = [("ACCUSE", "allege", "against")] * 5 + [("REJECT", "deny", "against")] * 3
    answers += [("REQUEST", "change", "against")] * 2 + [("COMMENT", "report", "none")] * 3
    answers += [("SUPPORT", None, "favor")] * 2 + [("THREATEN", None, "against")]
    answers += [("AGREE", None, "favor"), (None, None, None)]
    rows = []
    for i in range(n):
        party = draw.choices(parties, range(24, 0, -2))[0]
        when = draw.choices(months, [2, 1, 3, 6, 8, 9, 12, 16, 9, 7, 0, 3, 1])[0]
        document = f"{when}-{draw.choice('ab')}"
        start = draw.randrange(5000)
        act, mode, stance = draw.choice(answers)
        targets = draw.sample([p for p in parties[:8] if p != party], draw.choice([1, 1, 2]))
        rows.append(
            {
                "document_id": document,
                "statement_id": f"{document}:s{i:03d}",
                "date": f"{when}-15",
                "kind": draw.choice(["direct", "mixed", "indirect"]),
                "content": " ".join(draw.choices(WORDS, k=draw.randrange(1, 40))),
                "content_spans": [[start, start + 80]],
                "fragments": [f"a phrase of {party}"],
                "speaker": f"{party} speaker {draw.choice('ABCDEF')}",
                "party": party,
                "act": act,
                "mode": mode,
                "targets": dict.fromkeys(targets, stance),
                "repeats": rows[-1]["statement_id"] if rows and draw.random() < 0.1 else "",
            }
        )
    table = pd.DataFrame(rows)
    return table, stance_table(table)


def weigh(statements: pd.DataFrame) -> pd.DataFrame:
    """A stand-in for the TF-IDF table: words with weights that fall with their counts."""
    rows = []
    for party, group in statements.groupby("party"):
        ids: dict[str, list[str]] = {}
        for identity, content in zip(group["statement_id"], group["content"], strict=True):
            for word in {w.strip("“”.,()’").lower() for w in content.split() if len(w) > 4}:
                ids.setdefault(f"{word} ${party[:2]}$", []).append(identity)
        best = sorted(ids, key=lambda w: (-len(ids[w]), w))[:15]
        rows += [
            (party, w, 0.9 / rank, rank, len(ids[w]), len(ids[w]), 1, "; ".join(ids[w]))
            for rank, w in enumerate(best, 1)
        ]
    columns = ["party", "term", "weight", "rank", "count", "statements", "documents"]
    return pd.DataFrame(rows, columns=[*columns, "statement_ids"])


def keyness_table() -> pd.DataFrame:
    rows = [
        ("drones", 9, 0, 1.9, 0.8, 3.1, 4.0, True),
        ("“hundreds” of $ and $", 3, 2, 0.4, -0.5, 1.2, 1.1, False),
        ("not tested", 1, 1, 0.1, np.nan, np.nan, 0.2, None),
        ("only there", 0, 4, -np.inf, -np.inf, -0.4, -2.2, True),
    ]
    columns = ["term", "count_party", "count_rest", "log_odds", "low", "high", "z", "significant"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(party="US", against="all others", statement_ids=[["s1"]] * 4)


def agreement_table() -> pd.DataFrame:
    shares = [("fragments found", 25, 25), ("speaker right, of those found", 22, 25)]
    rows = [(m, k, n, k / n, *jeffreys_interval(k, n)) for m, k, n in shares]
    rows += [("stance F1", 30, 37, 0.88, 0.8, 0.93), ("act", 0, 0, np.nan, np.nan, np.nan)]
    return pd.DataFrame(rows, columns=["measure", "found", "of", "value", "low", "high"])


def variant_table() -> pd.DataFrame:
    counts = {"all statements": (16, 7, 2), "without indirect statements": (13, 5, 2)}
    counts["without scare quotes (fragments under four words)"] = (9, 5, 0)
    rows = [
        (variant, party, k / sum(ks), *jeffreys_interval(k, sum(ks)), sum(ks))
        for variant, ks in counts.items()
        for party, k in zip(("US", "Russia", "UK"), ks, strict=True)
    ]
    return pd.DataFrame(rows, columns=["variant", "party", "value", "low", "high", "n"])


def with_abstentions(stances: pd.DataFrame) -> pd.DataFrame:
    stances = stances.copy()
    stances.loc[[0, 5, 9], ["stance", "act"]] = None
    return stances


TABLES = {"article": article(), "corpus": corpus()}

#: Every chart with the table it takes: name -> (function, table, key words).
CHARTS = {
    "who_says_how_much": (charts.plot_who_says_how_much, "statements", {}),
    "who_speaks_when": (charts.plot_who_speaks_when, "statements", {"lengths": LENGTHS}),
    "repeats": (charts.plot_repeats, "statements", {}),
    "terms_by_party": (charts.plot_terms_by_party, "tfidf", {}),
    "distinctive_terms": (charts.plot_distinctive_terms, "keyness", {}),
    "stance_by_party_and_target": (charts.plot_stance_by_party_and_target, "stances", {}),
    "shares_against": (charts.plot_shares_against, "stances", {}),
    "acts_by_party": (charts.plot_acts_by_party, "stances", {}),
    "statements_over_time": (charts.plot_statements_over_time, "statements", {}),
    "stance_over_time": (charts.plot_stance_over_time, "stances", {}),
    "accusation_network": (charts.plot_accusation_network, "stances", {}),
    "who_accuses_whom": (charts.plot_who_accuses_whom, "stances", {}),
    "agreement_with_gold": (charts.plot_agreement, "agreement", {}),
    "sensitivity": (charts.plot_sensitivity, "variants", {}),
}


def table_for(name: str, size: str) -> pd.DataFrame:
    statements, stances = TABLES[size]
    return {
        "statements": statements,
        "stances": stances,
        "tfidf": weigh(statements),
        "keyness": keyness_table(),
        "agreement": agreement_table(),
        "variants": variant_table(),
    }[CHARTS[name][1]]


def draw(name: str, table: pd.DataFrame, **more) -> charts.Chart:
    function, _, words = CHARTS[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = function(table, **{**words, **more})
        with matplotlib.style.context(style.STYLE_SHEET, after_reset=True):
            chart.figure.canvas.draw()
    return chart


# --- reading a figure ---------------------------------------------------------------------


def texts_in_view(figure) -> list[Text]:
    """Every text a reader sees: tick labels outside the view are not drawn."""
    hidden = set()
    for axes in figure.axes:
        for axis, (low, high) in (
            (axes.xaxis, sorted(axes.get_xlim())),
            (axes.yaxis, sorted(axes.get_ylim())),
        ):
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not low <= tick.get_loc() <= high or not axes.axison:
                    hidden |= {tick.label1, tick.label2}
    found = figure.findobj(Text)
    return [t for t in found if t.get_visible() and t.get_text().strip() and t not in hidden]


def labelled(figure, label: str):
    """The axes a chart named."""
    (axes,) = [a for a in figure.axes if a.get_label() == label]
    return axes


def points_of(axes, *labels: str) -> list[tuple[float, float]]:
    return [
        (round(float(x), 6), round(float(y), 6))
        for c in axes.collections
        if hasattr(c, "get_offsets") and (not labels or c.get_label() in labels)
        for x, y in np.ma.filled(c.get_offsets(), np.nan)
    ]


def title_of(chart: charts.Chart) -> str:
    return chart.figure.texts[0].get_text().replace("\n", " ")


# --- every chart --------------------------------------------------------------------------

EVERY = list(CHARTS)
SETTINGS = [("article", "page"), ("corpus", "page"), ("corpus", "column"), ("corpus", "slide")]


@pytest.mark.parametrize(("size", "width"), SETTINGS)
@pytest.mark.parametrize("name", EVERY)
def test_no_text_is_clipped_and_no_two_texts_overlap(name, size, width):
    figure = draw(name, table_for(name, size), width=width).figure
    assert figure.get_size_inches()[0] == style.WIDTHS[width][0]
    check_texts(figure)


@pytest.mark.parametrize("width", style.WIDTHS)
def test_no_text_is_clipped_in_the_charts_of_trust(width):
    for chart in (
        charts.plot_coverage(coverage_table(), width=width),
        charts.plot_calibration(calibration_table(), width=width),
    ):
        with matplotlib.style.context(style.STYLE_SHEET, after_reset=True):
            chart.figure.canvas.draw()
        check_texts(chart.figure)


def check_texts(figure) -> None:
    """Hold every text against the figure's edges and against every other text."""
    with matplotlib.style.context(style.STYLE_SHEET, after_reset=True):
        renderer = figure.canvas.get_renderer()
        boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts_in_view(figure)]
    wide, tall = figure.bbox.width, figure.bbox.height
    for text, box in boxes:
        assert box.x0 >= -1, text
        assert box.y0 >= -1, text
        assert box.x1 <= wide + 1, text
        assert box.y1 <= tall + 1, text
    for (text, a), (other, b) in itertools.combinations(boxes, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert min(across, down) <= 1.5, (text, other)


@pytest.mark.parametrize("size", ["article", "corpus"])
@pytest.mark.parametrize("name", EVERY)
def test_every_chart_has_a_title_a_footer_and_a_description_with_a_number(name, size):
    chart = draw(name, table_for(name, size))
    title, subtitle, footer = (t.get_text() for t in chart.figure.texts)
    assert chart.name == name
    assert len(title.split()) <= 20
    assert subtitle
    assert footer.startswith("Source: ")
    assert footer.endswith(".")
    assert any(c.isdigit() for c in chart.alt) or name == "repeats"
    statement_based = CHARTS[name][1] in ("statements", "stances", "tfidf")
    if statement_based and size == "article":
        assert "this article" in title_of(chart)
    elif statement_based:
        assert "this article" not in title_of(chart)


@pytest.mark.parametrize("name", EVERY)
def test_an_empty_table_gives_a_figure_that_says_so(name):
    table = table_for(name, "article")
    for nothing in (table.iloc[:0], pd.DataFrame()):
        chart = draw(name, nothing)
        assert chart.data.empty
        assert chart.alt.startswith("No chart: ")
        assert not any(axes.axison for axes in chart.figure.axes)
        assert len(texts_in_view(chart.figure)) == 4


@pytest.mark.parametrize("name", EVERY)
def test_one_row_is_enough_to_draw_or_to_say_why_not(name):
    assert title_of(draw(name, table_for(name, "article").iloc[:1]))


# agreement and sensitivity are drawn in the order of their table
@pytest.mark.parametrize(
    "name", [n for n in EVERY if CHARTS[n][1] not in ("agreement", "variants")]
)
def test_the_order_of_the_rows_changes_nothing(name):
    table = table_for(name, "corpus")
    chart, mixed = draw(name, table), draw(name, table.sample(frac=1, random_state=3))
    assert title_of(chart) == title_of(mixed)
    drop = [c for c in ("statement_ids", "quotation", "x", "y") if c in chart.data]
    pd.testing.assert_frame_equal(
        chart.data.drop(columns=drop).sort_values(list(chart.data.columns.drop(drop))[:4])
        .reset_index(drop=True),
        mixed.data.drop(columns=drop).sort_values(list(chart.data.columns.drop(drop))[:4])
        .reset_index(drop=True),
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", [n for n in EVERY if CHARTS[n][1] in ("statements", "stances", "tfidf")]
)
def test_every_mark_traces_to_statements_of_the_table(name):
    known = set(TABLES["corpus"][0]["statement_id"])
    data = draw(name, table_for(name, "corpus")).data
    cited = [
        i
        for ids in data["statement_ids"]
        for i in (ids.split("; ") if isinstance(ids, str) else ids)
    ]
    assert cited
    assert set(cited) <= known


@pytest.mark.parametrize("name", ["who_says_how_much", "statements_over_time", "acts_by_party"])
def test_categories_and_missing_values_of_the_real_tables_are_understood(name):
    table = table_for(name, "article").copy()
    plain = draw(name, table)
    for column in ("party", "kind", "act", "target", "speaker"):
        if column in table:
            table[column] = table[column].astype("string").astype("category")
    pd.testing.assert_frame_equal(draw(name, table).data, plain.data)


# --- what is drawn is what the data say ----------------------------------------------------


@pytest.mark.parametrize("size", ["article", "corpus"])
def test_bars_of_who_says_how_much(size):
    chart = draw("who_says_how_much", table_for("who_says_how_much", size))
    for column in ("statements", "words"):
        axes = labelled(chart.figure, column)
        assert [p.get_width() for p in axes.patches] == list(chart.data[column])
        assert {p.get_x() for p in axes.patches} == {0}
        shown = [int(t.get_text().strip().replace(",", "")) for t in axes.texts]
        assert shown == list(chart.data[column])
    parties = chart.data[chart.data["level"] == "party"].set_index("party")
    table = TABLES[size][0]
    assert parties["statements"].to_dict() == table["party"].value_counts().to_dict()
    assert parties["words"].sum() == table["content"].map(word_count).sum()
    inner = chart.data[chart.data["level"] != "party"].groupby("party")["statements"].sum()
    assert all(parties.loc[p, "statements"] == n for p, n in inner.items())
    assert [len(ids) for ids in chart.data["statement_ids"]] == list(chart.data["statements"])


@pytest.mark.parametrize("size", ["article", "corpus"])
def test_marks_of_who_speaks_when(size):
    chart = draw("who_speaks_when", table_for("who_speaks_when", size))
    marks = [m for m in chart.figure.axes[0].lines if m.get_marker() not in ("None", "")]
    drawn = Counter((round(m.get_xdata()[0], 6), round(m.get_ydata()[0], 6)) for m in marks)
    data = chart.data
    assert drawn == Counter(zip(data["x"].round(6), data["y"].round(6), strict=True))
    assert set(data["statement_id"]) == set(TABLES[size][0]["statement_id"])
    assert len(drawn) == len(data), "no mark hides another"
    fills = {m.get_fillstyle() for m in marks}
    assert fills == {"full", "left", "none"}


def test_places_in_the_article_are_raw_offsets():
    chart = draw("who_speaks_when", table_for("who_speaks_when", "article"))
    starts = {s.statement_id: s.content_spans[0][0] for s in TABLES["article"][0].itertuples()}
    assert dict(zip(chart.data["statement_id"], chart.data["x"], strict=True)) == starts
    assert title_of(chart) == "6 of 7 statements by Russia stand in the second half of this article"


def test_bars_of_repeats_follow_the_chain_to_the_first_statement():
    table = article()[0].head(6)
    table["repeats"] = ["", "S01", "", "S02", "", "S05"]  # the last one repeats itself in a ring
    table.loc[4, "repeats"] = "S06"
    chart = draw("repeats", table)
    assert [p.get_width() for p in chart.figure.axes[0].patches] == [3, 2]
    assert chart.data["statement_ids"].iloc[0] == ["S01", "S02", "S04"]


@pytest.mark.parametrize("size", ["article", "corpus"])
def test_dots_of_terms_by_party(size):
    tfidf = table_for("terms_by_party", size)
    chart = draw("terms_by_party", tfidf, k=5, statements=TABLES[size][0])
    for party, own in chart.data.groupby("party", sort=False):
        axes = labelled(chart.figure, party)
        assert [x for x, _ in points_of(axes) if x] == list(own["weight"].round(6))
        counts = [t.get_text() for t in axes.texts]
        assert counts == [f"×{c}" for c in own["count"]]
        assert list(own["rank"]) == sorted(own["rank"])[:5]
    assert len({labelled(chart.figure, p).get_xlim() for p in chart.data["party"].unique()}) == 1


def test_a_party_without_terms_keeps_its_panel_and_says_why():
    tfidf = table_for("terms_by_party", "article")
    tfidf = tfidf[tfidf["party"] != "UK"]
    tfidf.attrs["not_enough_text"] = {"UK": "2 statements; no term in 2 of them"}
    texts = [t.get_text() for t in labelled(draw("terms_by_party", tfidf).figure, "UK").texts]
    assert " ".join(texts).replace("\n", " ") == "2 statements; no term in 2 of them"


def test_dots_of_distinctive_terms_and_hollow_where_not_significant():
    chart = draw("distinctive_terms", keyness_table())
    (dots,) = [c for c in chart.figure.axes[0].collections if isinstance(c, PathCollection)]
    assert [x for x, _ in dots.get_offsets()] == list(chart.data["x"])
    hollow = [tuple(f[:3]) == (1.0, 1.0, 1.0) for f in dots.get_facecolors()]
    assert hollow == [not s for s in chart.data["significant"]]
    lines = chart.figure.axes[0].collections[0].get_segments()
    assert [tuple(s[:, 0]) for s in lines] == [
        tuple(v) for v in chart.data[["x_low", "x_high"]].to_numpy()
    ]
    assert title_of(chart).startswith("“drones” (9 uses) sets the US apart from all others")


def test_too_little_text_is_said_in_words():
    table = keyness_table()
    table.attrs["not_enough_text"] = "UK: 2 statements, fewer than 5"
    chart = draw("distinctive_terms", table)
    assert "UK: 2 statements, fewer than 5" in [t.get_text() for t in texts_in_view(chart.figure)]
    assert title_of(chart).startswith("Not enough text")
    assert chart.data.empty


def without_sides(stances: pd.DataFrame) -> pd.DataFrame:
    """Most statements take no side: the lower lanes are full."""
    return stances.assign(stance=stances["stance"].where(stances.index % 4 == 0, "none"))


@pytest.mark.parametrize("change", [lambda stances: stances, without_sides])
@pytest.mark.parametrize("size", ["article", "corpus"])
def test_marks_of_the_stance_grid(size, change):
    chart = draw("stance_by_party_and_target", with_abstentions(change(TABLES[size][1])))
    marks = [p for p in chart.figure.axes[0].patches if isinstance(p, Rectangle)]
    data = chart.data
    centres = [(p.get_x() + p.get_width() / 2, p.get_y() + p.get_height() / 2) for p in marks]
    np.testing.assert_allclose(sorted(centres), sorted(data[["x", "y"]].to_numpy().tolist()))
    assert len({(round(x, 6), round(y, 6)) for x, y in centres}) == len(data)
    columns = list(dict.fromkeys(data.sort_values("x")["column"]))
    line = data["column"].map(
        {c: round(data.loc[data["column"] == c, "x"].mean()) for c in columns}
    )
    assert (data["x"] < line)[data["stance"] == "against"].all()
    assert (data["x"] > line)[data["stance"] == "favor"].all()
    low, high = chart.figure.axes[0].get_xlim()
    sides = [(p.get_x(), p.get_x() + p.get_width()) for p in marks]
    assert all(low <= left and right <= high for left, right in sides), "no mark is cut off"
    assert (data["stance"] == "missing").sum() > 0
    hatched = sum(p.get_hatch() is not None for p in marks)
    assert hatched == (data["stance"] == "missing").sum(), "abstentions are drawn, and hatched"


def test_very_many_marks_stand_where_single_ones_would(monkeypatch):
    table = with_abstentions(TABLES["corpus"][1])
    single = draw("stance_by_party_and_target", table)
    monkeypatch.setattr("analysis.charts_stance._MANY", 0)
    together = draw("stance_by_party_and_target", table)
    axes = together.figure.axes[0]
    assert not [p for p in axes.patches if isinstance(p, Rectangle)]
    groups = [c for c in axes.collections if isinstance(c, PolyCollection)]
    centres = [path.vertices[:4].mean(axis=0) for group in groups for path in group.get_paths()]
    places = single.data[["x", "y"]].to_numpy()
    np.testing.assert_allclose(sorted(map(tuple, centres)), sorted(map(tuple, places)))
    hatched = [group for group in groups if group.get_hatch()]
    assert sum(len(g.get_paths()) for g in hatched) == (single.data["stance"] == "missing").sum()
    assert axes.get_xlim() == single.figure.axes[0].get_xlim()
    assert axes.get_ylim() == single.figure.axes[0].get_ylim()


def test_numbers_in_the_stance_grid_are_the_marks_beside_them():
    chart = draw("stance_by_party_and_target", TABLES["article"][1])
    answered = chart.data[chart.data["stance"] != "missing"]
    counts = answered.groupby(["row", "column", "stance"]).size()
    printed = Counter(int(t.get_text()) for t in chart.figure.axes[0].texts)
    assert printed == Counter(int(c) for c in counts if c >= 5)
    assert title_of(chart) == "13 of 14 US statements about Russia in this article are against it"


def test_marks_without_an_answer_count_neither_beside_the_hollow_ones_nor_in_the_title():
    table = pd.DataFrame({"statement_id": [f"s{i:02d}" for i in range(20)], "party": "Alba"})
    table = table.assign(document_id="d", date="", target="Zenda", act="ACCUSE", mode=None)
    table["stance"] = ["against"] * 8 + ["none"] * 7 + [None] * 5
    chart = draw("stance_by_party_and_target", table)
    assert [t.get_text() for t in chart.figure.axes[0].texts] == ["8", "7"]
    assert title_of(chart).startswith("8 of 15 Alba statements about Zenda")


@pytest.mark.parametrize("width", style.WIDTHS)
@pytest.mark.parametrize("size", ["article", "corpus"])
def test_the_two_sides_are_named_at_the_line_that_parts_them(size, width):
    chart = draw("stance_by_party_and_target", TABLES[size][1], width=width)
    axes = chart.figure.axes[0]
    lines = axes.transData.transform([(i, 0) for i in range(len(axes.get_xticks()))])[:, 0]
    with matplotlib.style.context(style.STYLE_SHEET, after_reset=True):
        renderer = chart.figure.canvas.get_renderer()
        names = [t.get_window_extent(renderer) for t in axes.get_xticklabels(minor=True)]
    assert len(names) == 2 * len(lines)
    for line, left, right in zip(lines, names[::2], names[1::2], strict=True):
        assert 0 < line - left.x1 < 8
        assert line - left.x1 == pytest.approx(right.x0 - line, abs=2)
    low, high = axes.transData.transform([(x, 0) for x in axes.get_xlim()])[:, 0]
    marks = [p for p in axes.patches if isinstance(p, Rectangle)]
    edges = [p.get_window_extent(renderer) for p in marks]
    room = 0.2 * edges[0].width
    assert min(e.x0 for e in edges) > low + room, "no mark touches the edge"
    assert max(e.x1 for e in edges) < high - room, "no mark touches the edge"


@pytest.mark.parametrize(
    "name",
    [
        "stance_by_party_and_target",
        "shares_against",
        "accusation_network",
        "who_accuses_whom",
        "acts_by_party",
    ],
)
def test_the_period_opens_the_subtitle_and_belongs_to_no_mark(name):
    measure = draw(name, TABLES["article"][1]).figure.texts[1].get_text()
    assert measure.startswith("10 December 2022. ")
    assert measure.count("2022") == 1


def test_the_stance_grid_says_who_speaks_and_about_whom():
    measure = draw("stance_by_party_and_target", TABLES["article"][1]).figure.texts[1].get_text()
    assert "Rows: who speaks; columns: about whom" in measure.replace("\n", " ")


def test_those_who_are_no_party_are_not_counted_as_further_parties():
    assert (
        further_parties(["Alba", "other", "Zenda", "unresolved"])
        == "2 further parties, others and unresolved"
    )
    assert further_parties(["Alba", "other"], "target", "targets") == "1 further target and others"
    assert further_parties(["unresolved", "other"]) == "others and unresolved"


@pytest.mark.parametrize("size", ["article", "corpus"])
def test_bars_of_acts_by_party(size):
    stances = TABLES[size][1]
    chart = draw("acts_by_party", stances)
    for panel, own in chart.data.groupby("panel", sort=False):
        axes = labelled(chart.figure, panel)
        assert [p.get_width() for p in axes.patches] == list(own["statements"])
        for patch, group in zip(axes.patches, own["group"], strict=True):
            hollow = to_rgba(patch.get_facecolor()) == (1, 1, 1, 1)
            assert hollow == (group.startswith("Request") or group == "No answer")
            assert bool(patch.get_hatch()) == (group == "No answer")
    footer = chart.figure.texts[2].get_text().replace("\n", " ")
    for axes in chart.figure.axes:
        panel, number = " ".join(axes.get_title(loc="left").split()).split(" · ")
        assert f"{number} {panel}" in footer or (panel == "others" and f"{number} of " in footer)
    once = stances.assign(act=stances["act"].fillna("")).drop_duplicates(["statement_id", "act"])
    assert chart.data["statements"].sum() == len(once), "no statement is dropped"


def test_doubt_about_acts_is_a_line_below_the_bar():
    stances = TABLES["corpus"][1]
    chart = draw("acts_by_party", stances.assign(act_confidence=0.8))
    assert "line: range of the count (95 %)" in chart.figure.texts[1].get_text().replace("\n", " ")
    assert (chart.data["low"] <= chart.data["statements"]).all()
    assert (chart.data["statements"] <= chart.data["high"]).all()
    for panel, own in chart.data.groupby("panel"):
        axes = labelled(chart.figure, panel)
        (lines,) = [c for c in axes.collections if c.get_label() == "doubt"]
        drawn = [tuple(segment[:, 0]) for segment in lines.get_segments()]
        doubtful = own[own["low"] < own["high"]]
        assert drawn == list(zip(doubtful["low"], doubtful["high"], strict=True))
        feet = [p.get_y() + p.get_height() for p in axes.patches]
        below = [
            foot
            for foot, is_doubtful in zip(feet, own["low"] < own["high"], strict=True)
            if is_doubtful
        ]
        assert all(
            segment[0, 1] > foot for segment, foot in zip(lines.get_segments(), below, strict=True)
        )
    silent = chart.data[chart.data["act"] == ""]
    assert (silent["low"] == silent["high"]).all(), "an abstention is no label to doubt"
    sure = draw("acts_by_party", stances)
    assert (sure.data["low"] == sure.data["high"]).all()
    check_texts(chart.figure)


def test_a_request_stands_in_no_conflict_group():
    assert all("REQUEST" not in acts for g, acts in ACT_GROUPS.items() if "conflict" in g)


@pytest.mark.parametrize("size", ["article", "corpus"])
def test_bars_over_time(size):
    table = TABLES[size][0]
    chart = draw("statements_over_time", table)
    drawn = chart.data[chart.data["drawn"]]
    for row, own in drawn.groupby("row", sort=False):
        axes = labelled(chart.figure, row)
        assert [p.get_height() for p in axes.patches] == list(own["count"])
        assert {p.get_y() for p in axes.patches} == {0}
        shades = {
            p.get_facecolor(): bool(few) for p, few in zip(axes.patches, own["sparse"], strict=True)
        }
        assert list(shades.values()).count(True) == int(own["sparse"].any())
    heights = {axes.get_ylim() for axes in chart.figure.axes}
    assert len(heights) == 1, "bars of all rows are told by one scale"
    by_party = chart.data[chart.data["row"] != "documents"]
    assert (by_party["sparse"] == by_party["count"].between(1, 4)).all()
    measure = chart.figure.texts[1].get_text().replace("\n", " ")
    assert "choice of documents" in measure
    assert ("pale" in measure) == bool(drawn["sparse"].any())


def test_small_parties_share_a_row_and_stay_in_the_data():
    statements = TABLES["corpus"][0]
    data = draw("statements_over_time", statements).data
    sizes = statements["party"].value_counts()
    few = set(sizes.index[sizes < 10])
    assert few == set(data.loc[~data["drawn"], "row"])
    assert len(few) > 1
    others = data[data["row"] == "others"].set_index("month")["count"]
    alone = data[data["row"].isin(few)].groupby("month")["count"].sum()
    assert others.to_dict() == alone.to_dict()
    three = draw("statements_over_time", TABLES["article"][0]).data
    assert set(three["row"]) == {"US", "UK", "Russia", "documents"}, "with room, none is folded"


def test_no_pale_bar_is_explained_where_none_is_drawn():
    chart = draw("statements_over_time", article()[0].query("party == 'US'"))
    assert "pale" not in chart.figure.texts[1].get_text()


def test_stance_over_time_shows_shares_from_five_on_and_single_marks_below():
    chart = draw("stance_over_time", corpus(900)[1], target="Alba")
    data = chart.data
    assert set(data["drawn"]) == {"share", "statement"}
    assert (data.loc[data["drawn"] == "share", "n"] >= 5).all()
    for row in data[data["drawn"] == "share"].itertuples():
        # months have few documents, and these labels are certain
        assert (row.low, row.high) == jeffreys_interval(row.against, row.n)
        assert row.y == row.against / row.n
    for party, own in data.groupby("party", sort=False):
        axes = labelled(chart.figure, party)
        drawn = points_of(axes, "share", "against", "none", "favor", "missing")
        expected = zip(own["x"].round(6), own["y"].round(6), strict=True)
        assert Counter(drawn) == Counter(expected)
    single = data[data["drawn"] == "statement"]
    assert single.groupby("stance")["y"].unique().map(list).to_dict() == {
        "against": [-0.35], "favor": [-0.95], "missing": [-1.25], "none": [-0.65]
    }  # fmt: skip


def test_single_statements_stand_on_levels_with_a_name():
    chart = draw("stance_over_time", TABLES["corpus"][1], target="Alba")
    for party, own in chart.data.groupby("party"):
        axes = labelled(chart.figure, party)
        texts = [t.get_text() for t in axes.get_yticklabels()]
        names = dict(zip(axes.get_yticks(), texts, strict=True))
        words = {"none": "no side", "favor": "in favor", "missing": "no answer"}
        for mark in own[own["drawn"] == "statement"].itertuples():
            assert names[mark.y] == words.get(mark.stance, mark.stance)
    measure = chart.figure.texts[1].get_text()
    assert ("hatched" in measure) == bool((chart.data["stance"] == "missing").any())


def test_the_title_of_stance_over_time_counts_every_party():
    stances = TABLES["corpus"][1]
    chart = draw("stance_over_time", stances, target="Alba")
    about = stances[(stances["target"] == "Alba") & stances["stance"].notna()]
    against = (about["stance"] == "against").sum()
    assert title_of(chart).startswith(f"{against} of {len(about)} statements about Alba")
    drawn = set(chart.data["party"])
    rest = stances[(stances["target"] == "Alba") & ~stances["party"].isin(drawn)]
    assert len(rest) > 0
    footer = chart.figure.texts[2].get_text().replace("\n", " ")
    named = set(rest["party"]) - {"other", "unresolved"}
    assert f"not drawn: {len(rest)} statements of {len(named)} further" in footer


def test_the_title_of_stance_over_time_tells_a_change_and_no_change():
    stances = TABLES["corpus"][1]
    shifts = pd.DataFrame({"party": ["Zenda"], "target": ["Alba"], "finding": [True]})

    def title(table: pd.DataFrame) -> str:
        return title_of(draw("stance_over_time", stances, target="Alba", shifts=table))

    assert title(shifts).startswith("Stance on Alba: Zenda changes beyond chance (")
    assert "no change beyond chance where tested" in title(shifts.assign(finding=False))
    assert "too few statements to test a change" in title(shifts.assign(target="Zenda"))


def test_what_is_drawn_and_what_is_not_add_up_in_stance_over_time():
    stances = TABLES["corpus"][1]
    chart = draw("stance_over_time", stances, target="Alba")
    about = stances[stances["target"] == "Alba"]
    drawn = set(chart.data["party"])
    counts = about[about["party"].isin(drawn)].groupby("party")["statement_id"].nunique()
    footer = chart.figure.texts[2].get_text().replace("\n", " ")
    assert f"Drawn: {counts.sum()} statements (" in footer
    assert all(f"{n} {party}" in footer for party, n in counts.items())
    silent = about["stance"].isna().sum()
    assert silent > 0
    assert f"{silent} of all without an answer" in footer


def test_an_abstention_is_not_crossed_as_an_error():
    stances = TABLES["corpus"][1].copy()
    about = stances["target"] == "Alba"
    stances.loc[about & (stances.index % 3 == 0), "stance"] = None
    silent = stances[about & stances["stance"].isna()]
    wrong = {(identity, "Alba") for identity in silent["statement_id"]}
    chart = draw("stance_over_time", stances, target="Alba", differing=wrong)
    assert (chart.data["stance"] == "missing").any()
    assert not chart.data["differs"].any()
    assert not [p for axes in chart.figure.axes for p in points_of(axes, "differs")]


def test_single_marks_the_annotation_does_not_share_have_a_cross_above():
    stances = TABLES["corpus"][1]
    plain = draw("stance_over_time", stances, target="Alba")
    assert not plain.data["differs"].any()
    assert "cross" not in plain.figure.texts[1].get_text()
    single = plain.data[plain.data["stance"].isin(["against", "none", "favor"])].iloc[0]
    wrong = {(single["statement_ids"][0], "Alba")}
    chart = draw("stance_over_time", stances, target="Alba", differing=wrong)
    axes = labelled(chart.figure, single["party"])
    ((x, y),) = points_of(axes, "differs")
    assert x == pytest.approx(single["x"])
    marks = [c for c in axes.collections if c.get_label() in (single["stance"], "differs")]
    with matplotlib.style.context(style.STYLE_SHEET, after_reset=True):
        heights = {
            c.get_label(): c.get_transforms()[0][1, 1] * c.get_paths()[0].get_extents().height
            for c in marks
        }
    (_, up), (_, middle) = axes.transData.transform([(x, y), (x, single["y"])])
    assert up - middle > sum(heights.values()) / 2, "the mark stays readable"
    assert y < axes.get_ylim()[1]
    assert "cross above: an error" in chart.figure.texts[1].get_text().replace("\n", " ")


def test_dates_of_stances_may_come_from_the_statement_table():
    statements, stances = TABLES["corpus"]
    plain = draw("stance_over_time", stances)
    joined = draw("stance_over_time", stances.drop(columns="date"), statements=statements)
    pd.testing.assert_frame_equal(plain.data, joined.data)


@pytest.mark.parametrize("size", ["article", "corpus"])
def test_dots_of_shares_against_and_single_marks_under_five(size):
    stances = TABLES[size][1]
    chart = draw("shares_against", stances)
    axes = chart.figure.axes[0]
    shown = chart.data[chart.data["drawn"]]
    assert list(shown["row"]) == list(range(len(shown)))
    for row in shown.itertuples():
        drawn = points_of(axes, f"{row.party} on {row.target}")
        if row.n >= 5:
            assert drawn == [(round(row.share, 6), row.row)]
            assert row.low <= row.share <= row.high
        else:
            assert len(drawn) == row.n
            assert sum(x > 0.5 for x, _ in drawn) == row.against
            assert np.isnan([row.share, row.low, row.high]).all(), "no share of so few"
    hidden = chart.data[~chart.data["drawn"]]
    footer = chart.figure.texts[2].get_text().replace("\n", " ")
    shares = hidden["share"].notna().sum()
    assert (f"{shares} of them with a share" in footer) == (shares > 0)
    sums = chart.data[["n", "no_answer"]].sum().sum()
    others = stances[stances["target"].notna() & (stances["party"] != stances["target"])]
    assert sums == len(others), "nothing is dropped"


def test_abstentions_are_hatched_and_bound_the_share():
    stances = with_abstentions(TABLES["corpus"][1])
    chart = draw("shares_against", stances, most=200)
    bands = {
        p.get_label().removeprefix("no answer "): p
        for p in chart.figure.axes[0].patches
        if p.get_label().startswith("no answer ")
    }
    unknown = chart.data[chart.data["no_answer"] > 0]
    assert len(unknown)
    assert set(bands) == {f"{r.party} on {r.target}" for r in unknown.itertuples()}
    for row in unknown.itertuples():
        band = bands[f"{row.party} on {row.target}"]
        assert band.get_hatch()
        whole = row.n + row.no_answer
        ends = (row.against / whole, (row.against + row.no_answer) / whole)
        assert (band.get_x(), band.get_x() + band.get_width()) == pytest.approx(ends)
    assert "hatched" in chart.figure.texts[1].get_text()
    plain = draw("shares_against", TABLES["article"][1])
    assert "hatched" not in plain.figure.texts[1].get_text()


@pytest.mark.parametrize("name", ["shares_against", "stance_over_time"])
def test_doubt_about_labels_is_in_the_intervals_and_said(name):
    stances = corpus(900)[1]
    sure = draw(name, stances.assign(stance_confidence=1.0))
    doubt = draw(name, stances.assign(stance_confidence=0.7))
    keys = ["party", "target"] + (["month"] if name == "stance_over_time" else [])
    both = sure.data.dropna(subset="low").merge(doubt.data.dropna(subset="low"), on=keys)
    assert len(both) > 5
    wide = (both["high_y"] - both["low_y"]).mean()
    assert wide > 1.1 * (both["high_x"] - both["low_x"]).mean()
    assert (both["share_x"] == both["share_y"]).all(), "the share is what was counted"
    assert "doubt about labels" in doubt.figure.texts[1].get_text().replace("\n", " ")
    assert "doubt about labels" not in sure.figure.texts[1].get_text().replace("\n", " ")


@pytest.mark.parametrize("size", ["article", "corpus"])
def test_arrows_of_the_network(size):
    chart = draw("accusation_network", TABLES[size][1])
    arrows = [p for p in chart.figure.axes[0].patches if isinstance(p, FancyArrowPatch)]
    shown = chart.data[chart.data["drawn"]]
    named = {f"{r.party} {r.tie} {r.target}": r for r in shown.itertuples()}
    assert {a.get_label() for a in arrows} == set(named)
    for arrow in arrows:
        assert arrow.get_linewidth() == named[arrow.get_label()].line_width
    styles = {
        (named[a.get_label()].tie, a.get_linestyle(), to_rgba(a.get_edgecolor())) for a in arrows
    }
    assert len({s[1] for s in styles}) == len({s[0] for s in styles}), "not by colour alone"
    numbers = [t.get_text() for t in chart.figure.axes[0].texts if t.get_text().isdigit()]
    assert Counter(numbers) == Counter(str(n) for n in shown["statements"])
    ordered = shown.sort_values("statements")
    assert ordered["line_width"].is_monotonic_increasing


@pytest.mark.parametrize("size", ["article", "corpus"])
@pytest.mark.parametrize("width", style.WIDTHS)
def test_numbers_of_the_network_stand_on_no_other_arrow(width, size):
    chart = draw("accusation_network", TABLES[size][1], width=width)
    axes = chart.figure.axes[0]
    arrows = [p for p in axes.patches if isinstance(p, FancyArrowPatch)]
    numbers = [t for t in axes.texts if t.get_text().isdigit()]
    with matplotlib.style.context(style.STYLE_SHEET, after_reset=True):
        boxes = [t.get_window_extent(chart.figure.canvas.get_renderer()) for t in numbers]
    for arrow in arrows:
        shaft = CurvePath(arrow.get_path().to_polygons(closed_only=False)[0]).interpolated(40)
        line = axes.transData.transform(shaft.vertices)
        crossed = sum(box.count_contains(line) > 0 for box in boxes)
        assert crossed <= 1, arrow.get_label()


@pytest.mark.parametrize("size", ["article", "corpus"])
def test_the_network_explains_what_it_draws_and_nothing_else(size):
    chart = draw("accusation_network", TABLES[size][1])
    shown = chart.data[chart.data["drawn"]]
    measure = chart.figure.texts[1].get_text().replace("\n", " ")
    nouns = {"accuses": "accusations", "denies": "denials", "supports": "support"}
    legend = chart.figure.axes[0].get_legend()
    assert [t.get_text() for t in legend.get_texts()] == [
        noun for tie, noun in nouns.items() if tie in set(shown["tie"])
    ]
    assert len({line.get_color() for line in legend.get_lines()}) == shown["tie"].nunique()
    assert all((nouns[tie] in measure) == (tie in set(shown["tie"])) for tie in nouns)
    hidden = chart.data[~chart.data["drawn"] & (chart.data["party"] != chart.data["target"])]
    assert ("drawn: ties of" in measure) == bool(len(hidden))
    least = shown["statements"].min()
    assert (hidden["statements"] < least).all(), "one threshold for all kinds"
    if len(hidden):
        assert f"drawn: ties of {least} statements or more" in measure
        footer = chart.figure.texts[2].get_text().replace("\n", " ")
        assert f"{len(hidden)} weaker tie" in footer
    drawn = {*shown["party"], *shown["target"]}
    assert ("other: parties without" in chart.figure.texts[2].get_text()) == ("other" in drawn)


@pytest.mark.parametrize("width", ["page", "column"])
@pytest.mark.parametrize("size", ["article", "corpus"])
def test_bars_of_who_accuses_whom(size, width):
    stances = TABLES[size][1]
    chart = draw("who_accuses_whom", stances, width=width)
    axes = chart.figure.axes[0]
    data = chart.data
    drawn = sorted((p.get_x(), p.get_y() + p.get_height() / 2, p.get_width()) for p in axes.patches)
    np.testing.assert_allclose(drawn, sorted(data[["x", "y", "width"]].to_numpy().tolist()))
    scales = data["width"] / data["pairs"]
    assert scales.to_list() == pytest.approx([scales[0]] * len(scales)), "one scale"
    numbers = Counter(t.get_text().strip() for t in axes.texts if t.get_text().strip().isdigit())
    assert numbers == Counter(str(n) for n in data["pairs"])
    network = draw("accusation_network", stances).data
    sums = network.groupby("tie")["statements"].sum()
    assert data.groupby("tie")["pairs"].sum().to_dict() == sums.to_dict(), "none is dropped"
    assert data["row"].nunique() <= 8
    assert data["column"].nunique() <= (8 if width == "page" else 4)
    single = data[(data["row"] != "others") & (data["column"] != "others")]
    pooled = set(network["party"]) - set(data["row"]) | set(network["target"]) - set(data["column"])
    assert ("others: " in chart.figure.texts[2].get_text().replace("\n", " ")) == bool(pooled)
    assert all(not p.get_hatch() for p in axes.patches)
    faces = {t: to_hex(p.get_facecolor()) for p in axes.patches for t in [p.get_label()]}
    key = axes.get_legend()
    colours = [to_hex(t.get_color()) for t in key.get_texts()]
    assert sorted(colours) == sorted(faces.values()), "each kind is named in the colour of its bars"
    assert max(p.get_width() for p in axes.patches) > 0.8, "the longest bar fills its cell"
    ties = network.set_index(["party", "target", "tie"])["statements"]
    assert all(ties[r.row, r.column, r.tie] == r.pairs for r in single.itertuples())


def misread(stances: pd.DataFrame) -> pd.DataFrame:
    """The same table as another reader has it: some rows left out, some turned round."""
    other = stances[stances.index % 7 != 0].copy()
    turned = other["stance"].map({"against": "favor", "favor": "against"})
    other["stance"] = other["stance"].where(other.index % 3 != 0, turned)
    return other


@pytest.mark.parametrize("width", ["page", "column"])
@pytest.mark.parametrize("size", ["article", "corpus"])
def test_counts_of_the_annotation_stand_beside_those_of_the_engine(size, width):
    stances = TABLES[size][1]
    gold = misread(stances)
    chart = draw("who_accuses_whom", stances, width=width, annotation=gold)
    ties = draw("accusation_network", gold).data.groupby("tie")["statements"].sum()
    assert chart.data.groupby("tie")["annotated"].sum().to_dict() == ties.to_dict(), "none dropped"
    printed = Counter(t.get_text().strip() for t in chart.figure.axes[0].texts)
    wanted = Counter(f"{r.pairs} ({r.annotated})" for r in chart.data.itertuples())
    assert wanted <= printed
    assert len(chart.figure.axes[0].patches) == (chart.data["pairs"] > 0).sum()
    check_texts(chart.figure)
    shares = draw("shares_against", stances, width=width, annotation=gold)
    for row in shares.data[shares.data["drawn"]].itertuples():
        own = gold[(gold["party"] == row.party) & (gold["target"] == row.target)]
        answered = own[own["stance"].notna()]
        assert row.n_gold == len(answered)
        assert row.against_gold == (answered["stance"] == "against").sum()
        ending = f"({row.against_gold} of {row.n_gold})"
        assert any(t.get_text().endswith(ending) for t in shares.figure.axes[0].texts)
    check_texts(shares.figure)


@pytest.mark.parametrize("name", ["who_accuses_whom", "shares_against"])
def test_without_annotation_nothing_is_said_of_one(name):
    stances = TABLES["corpus"][1]
    for annotation in (None, stances.head(0)):
        chart = draw(name, stances, annotation=annotation)
        assert "annotation" not in chart.figure.texts[1].get_text()
        assert not {"annotated", "n_gold"} & set(chart.data)


def test_the_network_of_the_article_has_both_sides_of_the_quarrel():
    data = draw("accusation_network", TABLES["article"][1]).data
    ties = data.set_index(["party", "tie", "target"])["statements"].to_dict()
    assert ties["US", "accuses", "Russia"] == 9
    assert ties["Russia", "denies", "US"] == 3
    assert ("Russia", "denies", "Iran") not in ties, "a denial is not addressed to the partner"


def test_dots_of_agreement():
    table = agreement_table()
    chart = draw(
        "agreement_with_gold", table, thresholds={"fragments found": 0.95, "stance F1": 0.9}
    )
    axes = chart.figure.axes[0]
    drawn = [x for x, _ in points_of(axes, "value")]
    assert drawn == pytest.approx(list(table["value"].round(6)), nan_ok=True)
    (intervals,) = [c for c in axes.collections if c.get_label() == "interval"]
    assert [tuple(s[:, 0]) for s in intervals.get_segments()[:3]] == [
        tuple(v) for v in table[["low", "high"]].to_numpy()[:3]
    ]
    assert title_of(chart) == "1 of 2 measures reach their threshold in this article"
    texts = [t.get_text() for t in axes.texts]
    assert texts == ["25 of 25", "22 of 25", "0.88", "not measured"]
    assert "for F1, no proportion, an" in chart.figure.texts[1].get_text().replace("\n", " ")
    shares = draw("agreement_with_gold", table.iloc[:2])
    assert "F1" not in shares.figure.texts[1].get_text()


def test_dots_of_sensitivity():
    chart = draw("sensitivity", variant_table())
    for party, own in chart.data.groupby("party"):
        drawn = points_of(chart.figure.axes[0], party)
        assert drawn == list(zip(own["x"].round(6), own["y"].round(6), strict=True))
    first = chart.data[chart.data["variant"] == "all statements"]
    assert (first["change"] == 0).all()
    widest = 100 * chart.data["change"].abs().max()
    assert title_of(chart) == (
        "The order US, Russia and UK holds in this article whatever is counted"
    )
    measure = chart.figure.texts[1].get_text().replace("\n", " ")
    assert f"largest change: UK, -{round(widest)} points (without scare quotes)" in measure
    moved = variant_table()
    moved.loc[3, "value"] = 0.1
    assert title_of(draw("sensitivity", moved)) == (
        "US falls by 54 points without indirect statements; other shares move by 8 at most"
    )


def shares_on_targets(*values: float) -> pd.DataFrame:
    """Two shares under two choices of rows: A on B, C on D, then the same once more."""
    rows = [("all statements", "A on B"), ("all statements", "C on D")]
    rows += [("without denials", "A on B"), ("without denials", "C on D")]
    table = pd.DataFrame(rows, columns=["variant", "party"]).assign(value=values, n=90)
    return table.assign(low=table["value"] - 0.1, high=table["value"] + 0.1)


def test_shares_that_stay_over_one_half_are_said_to_and_no_others():
    chart = draw("sensitivity", shares_on_targets(0.75, 0.61, 0.69, 0.5))
    assert title_of(chart) == "No choice of rows brings a share under one half in this article"
    measure = chart.figure.texts[1].get_text().replace("\n", " ")
    assert "lowest: C on D, 50 % (without denials)" in measure
    assert "under one half" in chart.alt
    chart = draw("sensitivity", shares_on_targets(0.75, 0.61, 0.69, 0.49))
    assert "one half" not in title_of(chart)
    measure = chart.figure.texts[1].get_text().replace("\n", " ")
    assert "largest change" not in measure, "the title has it"


def test_a_change_is_the_difference_of_the_printed_values():
    # 12.4 and 9.4 points, but the reader sees 61 % and 74 %, 47 % and 57 %
    chart = draw("sensitivity", shares_on_targets(0.612, 0.474, 0.736, 0.568))
    assert (
        title_of(chart)
        == "A on B rises by 13 points without denials; other shares move by 10 at most"
    )
    shown = " ".join(t.get_text() for t in chart.figure.axes[0].texts)
    assert all(f"{value} %" in shown for value in (61, 74, 47, 57))


def test_a_variant_that_changes_nothing_is_named_but_not_drawn():
    table = variant_table()
    same = table[table["variant"] == "all statements"].assign(variant="without the moon")
    chart = draw("sensitivity", pd.concat([table, same]))
    hidden = chart.data[~chart.data["drawn"]]
    assert set(hidden["variant"]) == {"without the moon"}
    assert hidden[["x", "y"]].isna().all(axis=None)
    footer = chart.figure.texts[2].get_text().replace("\n", " ")
    assert "without the moon" in footer
    labels = [t.get_text() for t in chart.figure.axes[0].get_yticklabels()]
    assert "without the moon" not in " ".join(labels).replace("\n", " ")


def test_an_earlier_run_is_a_hollow_mark_with_its_name_once():
    table = agreement_table().assign(first_run=[0.8, np.nan, 0.9, np.nan])
    chart = draw("agreement_with_gold", table)
    axes = chart.figure.axes[0]
    (marks,) = [c for c in axes.collections if c.get_label() == "first run"]
    drawn = np.ma.filled(marks.get_offsets()[:, 0].astype(float), np.nan)
    np.testing.assert_allclose(drawn, table["first_run"])
    assert to_rgba(marks.get_facecolors()[0]) == (1, 1, 1, 1)
    assert [t.get_text() for t in axes.texts].count("first run") == 1
    check_texts(chart.figure)


def calibration(*bins: tuple[float, int, float, float]) -> pd.DataFrame:
    """Two models with the same bins of (from, n, predicted, right)."""
    table = pd.DataFrame(bins, columns=["from", "n", "predicted", "right"])
    table = table.assign(low=table["right"] - 0.1, high=table["right"] + 0.1)
    table = pd.concat([table.assign(model=m) for m in ("content", "source")], ignore_index=True)
    table.attrs["error"] = {"content": 0.03, "source": 0.02}
    return table


def test_the_title_of_calibration_sets_what_is_claimed_beside_what_is_right():
    chart = charts.plot_calibration(calibration((0.1, 20, 0.2, 0.4), (0.9, 90, 0.95, 0.97)))
    assert title_of(chart) == (
        "Answers given .9 or more: 97 % right (95 % claimed); "
        "given less than .5: 40 % right (20 % claimed)"
    )
    shown = [t.get_text() for axes in chart.figure.axes for t in axes.texts]
    assert shown == ["20", "90"] * 2
    assert "pale" not in chart.figure.texts[1].get_text()


def test_bins_of_few_answers_are_pale_and_prove_nothing():
    chart = charts.plot_calibration(calibration((0.1, 4, 0.2, 1.0), (0.9, 90, 0.95, 0.97)))
    assert "less than" not in title_of(chart)
    pale = [
        (line.get_xdata()[0], line.get_alpha())
        for line in chart.figure.axes[0].lines
        if line.get_marker() == "o"
    ]
    assert pale == [(0.95, 1.0), (0.2, 0.25)]
    assert "pale: bins under 10 answers" in " ".join(chart.figure.texts[1].get_text().split())
    few = charts.plot_calibration(calibration((0.9, 3, 0.95, 1.0)))
    assert title_of(few).startswith("Too few answers")


def test_the_title_of_repeats_counts_quotations_and_those_of_several_documents():
    table = article()[0].head(4).assign(repeats=["", "S01", "", "S03"])
    assert title_of(draw("repeats", table)) == "2 quotations return in this article"
    table["document_id"] = ["a", "b", "c", "c"]
    table["party"] = ["US", "UK", "US", "US"]
    chart = draw("repeats", table)
    assert title_of(chart) == ("2 quotations return in this corpus, 1 of them in another document")
    assert list(chart.data["parties"]) == ["US and UK", "US"]


def test_significant_terms_come_first_and_are_named():
    table = keyness_table().assign(significant=[False, True, True, False], z=[9.0, 1.0, 0.5, 3.0])
    chart = draw("distinctive_terms", table, k=2)
    assert set(chart.data["term"]) == {"“hundreds” of $ and $", "not tested"}
    assert "“not tested” (1 use) set the US apart" in title_of(chart)


def test_a_distinctive_term_names_its_documents_and_why_an_interval_is_not_enough():
    statements = TABLES["corpus"][0]
    ids = list(statements["statement_id"].iloc[[0, -1]])
    table = keyness_table().assign(statement_ids=[ids] * 4, low=0.2)
    chart = draw("distinctive_terms", table, statements=statements)
    two = statements[statements["statement_id"].isin(ids)]
    base = f"{two['document_id'].nunique()} documents"
    assert title_of(chart).startswith(f"“drones” (9 uses, {base}) sets")
    assert "clear of zero is not enough" in chart.figure.texts[1].get_text().replace("\n", " ")
    axes = chart.figure.axes[0]
    counts = [t.get_window_extent().x0 for t in axes.texts if " : " in t.get_text()]
    grid = [axes.transData.transform((tick, 0))[0] for tick in axes.get_xticks()]
    assert max(grid) < min(counts)


def test_joint_statements_are_counted_by_one_rule():
    rows = pd.DataFrame({"statement_id": list("aabbcdefg"), "party": list("ABCDAEFGH")})
    assert per_party(rows, most=2).startswith("7 statements (2 A, 1 B, 5 of 6 further parties)")
    assert per_party(rows, most=2).endswith("joint statement counts for each of its parties")
    assert per_party(rows[rows["party"] == "A"]) == "2 statements"


def test_others_and_the_unresolved_are_no_further_parties():
    assert further_parties(["B", "C", "other", "unresolved"]) == (
        "2 further parties, others and unresolved"
    )
    assert further_parties(["B", "unresolved"]) == "1 further party and unresolved"
    assert further_parties(["other"]) == "others"


@pytest.mark.parametrize(
    ("party", "expected"),
    [("US", "the US"), ("EU", "the EU"), ("NATO", "NATO"), ("E3", "E3"), ("Alba", "Alba")],
)
def test_abbreviations_take_the_article_and_words_do_not(party, expected):
    assert the(party) == expected
    assert the(party, start=True) == expected[0].upper() + expected[1:]


def test_checks_say_whether_they_rest_on_one_article_or_on_a_corpus():
    for name, table in (
        ("sensitivity", variant_table()),
        ("agreement_with_gold", agreement_table()),
    ):
        many = table.assign(statement_ids=[["a:s1", "b:s2"]] * len(table))
        assert "in this article" in title_of(draw(name, table))
        assert "in this corpus" in title_of(draw(name, many))


def test_a_joint_statement_counts_for_each_of_its_parties_and_says_so():
    table = article()[0]
    table.loc[0, "party"] = "US; UK"
    chart = draw("who_says_how_much", table)
    parties = chart.data[chart.data["level"] == "party"].set_index("party")["statements"]
    assert parties.to_dict() == {"US": 16, "Russia": 7, "UK": 3}
    footer = chart.figure.texts[2].get_text()
    assert "25 statements" in footer
    assert "joint statement" in footer


def test_dollar_signs_and_foreign_letters_are_drawn_as_they_are():
    table = article()[0]
    table.loc[0, "speaker"] = "A $5 and $x^2$ man 漢字\nof two lines"
    chart = draw("who_says_how_much", table)
    labels = [t.get_text().replace("\n", " ") for t in chart.figure.axes[0].get_yticklabels()]
    assert "A $5 and $x^2$ man □□ of two lines" in labels
    assert not any(t.get_parse_math() for t in chart.figure.findobj(Text))


def test_an_unknown_width_is_refused():
    with pytest.raises(ValueError, match="page"):
        charts.plot_acts_by_party(TABLES["article"][1], width="poster")


# --- palette ------------------------------------------------------------------------------

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colour) -> np.ndarray:
    c = np.array(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_main_colours_keep_apart_for_every_reader_and_in_greyscale(deficiency):
    matrix = np.array(DEFICIENCIES[deficiency])
    main = [style.PARTY_STYLES[p].colour for p in style.MAIN_PARTIES]
    for one, other in itertools.combinations(main, 2):
        a, b = (lab(matrix @ linear(c)) for c in (one, other))
        assert np.linalg.norm(a - b) > 50
        assert abs(lab(linear(one))[0] - lab(linear(other))[0]) > 17


def test_every_party_has_contrast_on_white_and_a_look_of_its_own():
    for name, look in style.PARTY_STYLES.items():
        luminance = linear(look.colour) @ [0.2126, 0.7152, 0.0722]
        assert 1.05 / (luminance + 0.05) >= 3, name
    assert len(set(style.PARTY_STYLES.values())) == len(style.PARTY_STYLES)
    colours = [s.colour for p, s in style.PARTY_STYLES.items() if p not in ("other", "unresolved")]
    assert len(set(colours)) == len(colours)
    nearest = min(
        np.linalg.norm(lab(linear(a)) - lab(linear(b)))
        for a, b in itertools.combinations(colours, 2)
    )
    assert nearest > 15


names = st.lists(
    st.text("ABCDEFGHIJ", min_size=2, max_size=6), min_size=1, max_size=10, unique=True
)


@given(names)
def test_a_party_outside_the_list_is_grey_with_a_marker_of_its_own(strangers):
    looks = style.palette([*strangers, "US", "other"])
    outside = [looks[p] for p in strangers if p not in style.PARTY_STYLES]
    assert all(look.colour == style.GREY for look in outside)
    assert len({look.marker for look in outside} | {looks["other"].marker}) == len(outside) + 1
    assert looks["US"] == style.PARTY_STYLES["US"]
    assert style.palette(reversed([*strangers, "US", "other"])) == looks


@given(names)
def test_parties_of_your_own_take_the_main_colours_in_their_order(own):
    looks = style.palette([*own, "US", "Iran"], main=own)
    colours = [looks[p].colour for p in own]
    assert colours[:3] == ["#1845fb", "#e76300", "#000000"][: len(own)]
    assert len(set(colours)) == len(own)
    if "US" not in own:
        assert looks["US"].colour == style.GREY, "blue is taken"
    assert looks == style.palette([*own, "US", "Iran"], main=own)


def test_charts_take_parties_of_your_own():
    table = TABLES["corpus"][0]
    chart = draw("statements_over_time", table, main=["Alba", "Zenda"])
    for party, colour in (("Alba", "#1845fb"), ("Zenda", "#e76300")):
        faces = {to_hex(p.get_facecolor()) for p in labelled(chart.figure, party).patches}
        assert faces <= {colour, to_hex(style.tint(colour, 0.35))}


# --- small parts --------------------------------------------------------------------------


@given(st.text(max_size=200), st.floats(0.5, 4))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text, inches):
    lines = style.wrap(text, inches, 8.5).split("\n")
    assert "".join(lines).replace(" ", "") == style.drawable(text).replace(" ", "")
    assert all(style.text_width(line, 8.5) <= inches for line in lines if len(line) > 1)


@given(st.lists(st.text("abcdef", min_size=1, max_size=9), min_size=1, max_size=30))
def test_a_broken_title_needs_no_more_lines_and_its_longest_is_as_short_as_can_be(words):
    def longest(text: str) -> float:
        return max(style.text_width(line, 11, "bold") for line in text.split("\n"))

    text = " ".join(words)
    plain, even = (f(text, 3, 11, "bold") for f in (style.wrap, style.wrap_evenly))
    assert even.split() == words, "no word is lost or broken"
    assert even.count("\n") == plain.count("\n")
    assert longest(even) <= longest(plain)
    if "\n" in even:
        narrower = style.wrap(text, longest(even) - 0.05, 11, "bold")
        assert narrower.count("\n") > even.count("\n") or narrower.split() != words


def test_a_title_leaves_no_fragment_on_its_last_line():
    title = "The harvest of the northern provinces was better than anybody had told the envoy"
    first, last = style.wrap(title, 6.4, 11, "bold").split("\n")
    assert last == "the envoy"
    first, last = style.wrap_evenly(title, 6.4, 11, "bold").split("\n")
    assert style.text_width(last, 11, "bold") > 0.75 * style.text_width(first, 11, "bold")


@given(st.lists(st.sampled_from(["A", "B", "C", "other", "unresolved"]), max_size=30))
def test_parties_stand_by_number_and_no_party_stands_last(parties):
    order = party_order(parties)
    assert set(order) == set(parties)
    real = [p for p in order if p not in ("other", "unresolved")]
    assert order[: len(real)] == real
    assert [parties.count(p) for p in real] == sorted(map(parties.count, real), reverse=True)


def test_every_month_between_is_named():
    assert months_between(["2031-11", "2032-02", "", "no date"]) == [
        *("2031-11", "2031-12", "2032-01", "2032-02")
    ]
    assert months_between(["", "2031-13"]) == []


def test_a_missing_party_is_unresolved_and_a_joint_one_has_two_rows():
    table = pd.DataFrame({"statement_id": ["a", "b"], "party": [None, "Alba; Zenda"]})
    assert list(statements_by_party(table)["party"]) == ["unresolved", "Alba", "Zenda"]
