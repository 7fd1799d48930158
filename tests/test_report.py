"""The report and the bundle of a run: whole, offline, escaped, readable, and the same again."""

import base64
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest

from analysis.bundle import BUNDLE, REPORT, bundle, record_of
from analysis.documents import Document
from analysis.exhibits import Exhibit
from analysis.material import Material
from analysis.parties import DEFAULT_PATH, Parties
from analysis.pipeline import analyse
from analysis.report import report_html


class Page(HTMLParser):
    """What a reader and a browser meet in a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in {"meta", "link", "img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def all(self, *names):
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture(scope="module")
def page(second_run):
    return Page((second_run / REPORT).read_text("utf-8"))


def test_every_element_is_closed_where_it_belongs(page):
    assert page.open == []


def test_nothing_in_it_has_an_external_address(page):
    for _, attributes in page.tags:
        for name in ("src", "href", "action", "data", "poster", "srcset"):
            if name in attributes:
                assert attributes[name].startswith(("#", "data:")), attributes
        assert not re.search(r"url\(|@import", attributes.get("style") or "")
        assert not [name for name in attributes if name.startswith("on")]
    assert not page.all("script", "iframe", "object", "embed", "form", "base")


def test_its_figures_are_the_exported_ones(page, second_run):
    shown = [image["src"].partition("base64,")[2] for image in page.all("img")]
    exported = {path.read_bytes() for path in second_run.glob("figures/*.png")}
    assert {base64.b64decode(image) for image in shown} == exported
    assert len(shown) == len(exported)


def test_every_figure_is_told_in_words_and_shown_in_numbers(page, second_run):
    alts = {image["alt"] for image in page.all("img")}
    written = {p.read_text("utf-8").strip() for p in second_run.glob("figures/*.alt.txt")}
    assert alts == written
    assert len(page.all("details")) == len(page.all("img"))


def test_headings_go_down_one_level_at_a_time_and_chapters_can_be_reached(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    links = [link["href"].removeprefix("#") for link in page.all("a")]
    assert len(links) >= 8
    assert set(links) <= set(ids)


def test_tables_name_their_columns_for_a_screen_reader(page):
    assert page.all("caption")
    assert {head.get("scope") for head in page.all("th")} == {"col"}
    assert [a["lang"] for a in page.all("html")] == ["en"]


def test_numbers_are_those_of_the_tables(page, second_run):
    statements = pd.read_csv(second_run / "tables" / "corpus_statements.csv")
    unresolved = int((statements["party"] == "unresolved").sum())
    text = " ".join("".join(page.words).split())
    assert f"{len(statements)} statements in all, {unresolved} of them of no known party" in text


def hostile(words):
    """A run on an article that would act as markup if it were not escaped."""
    text = f"Halvern {words}\n\n“{words}” the minister said on Friday, and left the room."
    document = Document.from_text(text, id="a", title=words, language_check=False)
    analysis = analyse([document])
    gazetteer = DEFAULT_PATH.read_bytes()
    material = Material(document, (document,), Parties.from_toml(), gazetteer)
    return analysis, record_of(material, {"article": words})


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '<img src="http://example.org/x.png" onerror="alert(1)">',
        "</title></head><body onload=alert(1)>",
        "![x](http://example.org/x.png) **bold** `code`",
        "{title} {style} %s",
    ],
    ids=["script", "image", "head", "markdown", "format"],
)
def test_words_of_an_article_stay_words(words, tmp_path):
    analysis, record = hostile(words)
    table = Exhibit.of("article_statements", analysis.statements)
    report = report_html(analysis, analysis, [table], tmp_path, None, [words], record)
    page = Page("".join(report))
    assert page.open == []
    assert not page.all("script", "img")
    assert not [a for _, a in page.tags if [name for name in a if name.startswith("on")]]
    assert "".join(page.words).count(words.partition(" **")[0]) >= 3


def test_the_bundle_has_every_figure_every_table_and_what_they_rest_on(second_run):
    archive = zipfile.ZipFile(second_run / BUNDLE)
    names = set(archive.namelist())
    for folder in ("figures", "tables"):
        files = {f"{folder}/{path.name}" for path in (second_run / folder).iterdir()}
        assert files
        assert files <= names
        assert all(archive.read(name) == (second_run / name).read_bytes() for name in files)
    record = json.loads(archive.read("parameters.json"))
    assert record["parameters"]["article"].endswith("second_dispute/article.txt")
    assert len(record["documents"]) == 5
    assert {len(digest) for digest in record["documents"].values()} == {64}
    versions = archive.read("versions.txt").decode().splitlines()
    assert any(line.startswith("Python==3.") for line in versions)
    assert any(line.startswith("matplotlib==") for line in versions)
    report = (second_run / REPORT).read_text("utf-8")
    assert record["engine"] in report
    assert record["gazetteer"] in report


def test_the_bundle_has_the_same_bytes_again(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.csv").write_text("n\n1\n")
    one = b"".join(bundle(tmp_path, ["tables/a.csv"], {"parameters": {}}))
    (tmp_path / "tables" / "a.csv").touch()
    assert b"".join(bundle(tmp_path, ["tables/a.csv"], {"parameters": {}})) == one
    archive = zipfile.ZipFile(io.BytesIO(one))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert archive.testzip() is None
