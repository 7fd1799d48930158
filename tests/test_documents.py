"""A document: its text without furniture, its sections, and the way back to the raw file."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.documents import Document, DocumentError, load_article, load_corpus
from analysis.offsets import OffsetMap

DATA = Path(__file__).resolve().parent.parent / "data"
GOLD = json.loads((DATA / "gold" / "article.json").read_text(encoding="utf-8"))

# Pieces of pages: story, furniture, damage, markup, marks without a partner.
PIECES = st.sampled_from(
    [
        "Velland warned Oster.",
        "“We will not move”, the minister said.",
        "• Read also: A bridge is closed",
        "Related:\nOne thing\nAnother thing",
        "Share:\n\nFacebook\nTwitter",
        "Leave a Reply\n\nYour email address will not be published.",
        "We use cookies on this site.",
        "a warning once morest the plan",
        "which ” would end” the talks",
        "he said. .",
        "in the north. “in large numbers”.",
        "itâ€™s cafÃ©",
        "new\u00adspaper",
        "<script>alert('x')</script>",
        "Q: Why?",
        "\ufeff",
        "“",
        "”",
        "---\nid: x\n---\n",
    ]
)
GAPS = st.sampled_from(["\n\n", "\n", "\r\n\r\n", "\r", " ", "", "\u2028", "\n \t\n"])
PAGES = st.lists(st.tuples(PIECES, GAPS), max_size=12).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)
ANYTHING = st.one_of(PAGES, st.text(max_size=300))


def read(raw: str, **metadata) -> Document:
    return Document.from_text(raw, language_check=False, **metadata)


def sections(document: Document) -> list[tuple[str, str]]:
    return [(p.section, document.text[p.start : p.end]) for p in document.paragraphs]


def kinds(raw: str) -> list[str]:
    return [r.kind for r in read(raw).furniture]


class TestSeedArticle:
    article = load_article(DATA / "article.txt")

    def test_raw_is_the_file_byte_for_byte(self):
        assert self.article.raw.encode() == (DATA / "article.txt").read_bytes()

    def test_metadata_come_from_the_file_beside_it(self):
        assert self.article.id == "article"
        assert self.article.date == "2022-12-09"
        assert self.article.title.startswith("The White House is alarmed")
        assert "not covered" in self.article.meta["origin"]

    def test_every_furniture_region_of_the_gold_is_found_and_no_other(self):
        found = [(r.kind, (r.start, r.end)) for r in self.article.furniture]
        assert found == [(g["kind"], tuple(g["span"])) for g in GOLD["furniture"]]

    def test_no_quoted_fragment_of_the_gold_is_furniture(self):
        fragments = [tuple(s) for g in GOLD["statements"] for s in g.get("fragment_spans", [])]
        assert fragments
        for start, end in fragments:
            assert not any(start < r.end and r.start < end for r in self.article.furniture)
            assert self.article.text_span(start, end) != (start, start)

    def test_headline_and_subheading(self):
        assert self.article.paragraphs[0].section == "headline"
        found = [p for p in self.article.paragraphs if p.section == "subheading"]
        spans = [list(self.article.raw_span(p.start, p.end)) for p in found]
        assert spans == GOLD["subheadings"]

    def test_without_metadata_the_headline_is_still_one(self):
        document = Document.from_text(self.article.raw)
        assert document.paragraphs[0].section == "headline"
        assert document.title == self.article.title


class TestOffsets:
    @given(ANYTHING)
    def test_body_furniture_and_repairs_account_for_every_character(self, raw):
        document = read(raw)
        parts = [(a, b) for a, b in document.body]
        parts += [(r.start, r.end) for r in document.furniture]
        parts += [(r.start, r.end) for r in document.repairs]
        parts.sort()
        assert all(a < b for a, b in parts)
        assert [b for _, b in parts[:-1]] == [a for a, _ in parts[1:]]
        if raw:
            assert parts[0][0] == 0
            assert parts[-1][1] == len(raw)

    @given(ANYTHING, st.data())
    def test_a_span_without_repair_reads_the_same_in_raw_and_text(self, raw, data):
        document = read(raw)
        if not document.body:
            return
        first, last = data.draw(st.sampled_from(document.body))
        start = data.draw(st.integers(first, last - 1))
        end = data.draw(st.integers(start + 1, last))
        a, b = document.text_span(start, end)
        assert document.text[a:b] == raw[start:end]
        assert document.raw_span(a, b) == (start, end)

    @given(ANYTHING, st.data())
    def test_text_to_raw_and_back_covers_the_span_and_at_most_whole_repairs(self, raw, data):
        document = read(raw)
        if not document.text:
            return
        start = data.draw(st.integers(0, len(document.text) - 1))
        end = data.draw(st.integers(start + 1, len(document.text)))
        raw_start, raw_end = document.raw_span(start, end)
        back = document.text_span(raw_start, raw_end)
        assert back[0] <= start
        assert end <= back[1]
        if not any(r.start < raw_end and raw_start < r.end for r in document.repairs):
            assert back == (start, end)

    @given(ANYTHING)
    def test_paragraphs_are_in_order_and_hold_all_words(self, raw):
        document = read(raw)
        at = 0
        outside = ""
        for number, paragraph in enumerate(document.paragraphs, 1):
            assert paragraph.number == number
            assert at <= paragraph.start < paragraph.end
            outside += document.text[at : paragraph.start]
            at = paragraph.end
        assert not (outside + document.text[at:]).strip()

    def test_a_span_that_touches_a_repair_takes_it_whole(self):
        document = read("a warning once morest the plan")
        at = document.text.index("against")
        assert document.raw_span(at + 2, at + 4) == (10, 21)
        assert document.text_span(12, 13) == (at, at + 7)

    def test_a_cut_span_is_empty_in_the_text(self):
        document = read("One story line.\n\nShare this story\n\nAnother line.")
        (region,) = document.furniture
        start, end = document.text_span(region.start, region.end)
        assert start == end

    def test_edits_that_overlap_are_refused(self):
        with pytest.raises(ValueError, match="overlap"):
            OffsetMap("abcdef", [(0, 3, "x"), (2, 4, "y")])


class TestFurniture:
    @pytest.mark.parametrize(
        ("line", "kind"),
        [
            ("• Read also: A bridge is closed in Oster", "related link"),
            ("Related: How treaties are made", "related link"),
            ("See also – The week in pictures", "related link"),
            ("More on this: Votes in the council", "related link"),
            ("READ MORE: Storm reaches the coast", "related link"),
            ("You may also like: Ten bridges", "related link"),
            ("Read the full story here.", "related link"),
            ("Share this article on Facebook", "share buttons"),
            ("Facebook | X | Telegram | Copy the link", "share buttons"),
            ("Follow us on Twitter and Instagram", "share buttons"),
            ("Leave a comment", "comment form"),
            ("Required fields are marked *", "comment form"),
            ("Be the first to comment!", "comment form"),
            ("This website uses cookies to improve your visit. Accept all", "cookie notice"),
            ("Subscribe to our newsletter", "newsletter line"),
            ("Get the day's news delivered to your inbox", "newsletter line"),
            ("Advertisement", "advertisement"),
            ("Article continues below", "advertisement"),
            ("© 2022 The Oster Herald. All rights reserved.", "copyright line"),
            ("Photo: Ana Belmont / Reuters", "photo credit"),
            ("By Ana Belmont and Tom Hale", "byline"),
            ("(Reporting by Ana Belmont; Editing by Tom Hale.)", "byline"),
            ("Published 9 December 2022, 14:05 GMT", "time stamp"),
            ("Skip to content", "page navigation"),
            ("Tags: Oster, Velland, drones", "page navigation"),
        ],
    )
    def test_a_line_around_the_story_is_named(self, line, kind):
        raw = f"A storm is near\n\nVelland waits.\n\n{line}\n\nOster waits too."
        document = read(raw)
        assert [(r.kind, raw[r.start : r.end]) for r in document.furniture] == [(kind, line)]
        assert line not in document.text

    @pytest.mark.parametrize(
        "line",
        [
            "Share prices fell in Oster on Monday.",
            "Sharing the burden is fair, the minister said.",
            "Related talks were held in Oster.",
            "“Read more of our letters,” the envoy told reporters.",
            "Read more closely, the treaty leaves room for doubt.",
            "Comments by the minister caused anger.",
            "Facebook and Twitter were blocked in Velland.",
            "Facebook",
            "The ministry said it would subscribe to the plan.",
            "He urged readers to sign up for the newsletter.",
            "The firm said that it uses cookies and that our data are safe.",
            "Copyright law divides the parliament.",
            "Video from Oster shows burning depots.",
            "By Monday the bridge was open.",
            "Tell us the truth, families demand",
            "The list may not be published before May.",
            "“Leave a reply”, the note said.",
            "No comment.",
            "Close to 300 drones were sent.",
            "Help us, the mayor pleaded.",
        ],
    )
    def test_a_line_of_the_story_is_kept(self, line):
        assert kinds(f"A storm is near\n\nVelland waits.\n\n{line}\n\nOster waits too.") == []

    def test_share_buttons_are_one_region_over_blank_lines(self):
        raw = "Velland waits.\n\nShare:\n\nFacebook\nTwitter\nWhatsApp\n\nOster waits."
        (region,) = read(raw).furniture
        assert raw[region.start : region.end] == "Share:\n\nFacebook\nTwitter\nWhatsApp"

    def test_site_names_without_a_heading_are_buttons(self):
        assert kinds("Velland waits.\n\nFacebook\nTwitter\nEmail\n\nOster waits.") == [
            "share buttons"
        ]

    def test_a_comment_form_takes_its_fields(self):
        raw = "Velland waits.\n\nLeave a Reply\n\nName *\n\nEmail *\n\nWebsite\n\nPost Comment"
        (region,) = read(raw).furniture
        assert (region.kind, raw[region.end :]) == ("comment form", "")

    def test_each_related_link_is_its_own_region(self):
        raw = "Velland waits.\n\n• Read also: One\n\n• Read also: Two\n\nOster waits."
        assert kinds(raw) == ["related link", "related link"]

    def test_a_heading_takes_the_links_under_it(self):
        raw = "Velland waits.\n\nRelated articles\n• Storm near\n• Bridge shut\n\nOster waits."
        document = read(raw)
        assert "Storm" not in document.text
        assert "Oster waits." in document.text

    def test_a_heading_without_links_leaves_the_story(self):
        raw = "Velland waits.\n\nRelated articles\n\nOster waits for the storm to pass."
        assert "Oster waits" in read(raw).text

    def test_old_line_ends_make_no_difference(self):
        raw = "Velland waits.\n\nShare:\n\nFacebook\nTwitter\n\nOster waits."
        for end in ("\r\n", "\r"):
            other = raw.replace("\n", end)
            assert kinds(other) == ["share buttons"]
            assert len(read(other).paragraphs) == 2


class TestSections:
    def test_the_title_of_the_metadata_is_the_headline(self):
        document = read("Oster says no.\n\nThe minister spoke.", title="Oster says no")
        assert document.paragraphs[0].section == "headline"

    def test_a_first_paragraph_that_is_a_sentence_is_body(self):
        document = read("The minister of Oster spoke on Monday.\n\nHe left.")
        assert [s for s, _ in sections(document)] == ["body", "body"]

    def test_a_line_alone_is_no_headline(self):
        assert read("Oster says no").paragraphs[0].section == "body"

    def test_a_headline_in_title_case_may_end_with_a_full_stop(self):
        document = read("Minister Says Talks With Velland Failed.\n\nHe left.")
        assert document.paragraphs[0].section == "headline"

    def test_subheadings(self):
        raw = "Storm near\n\nVelland waits.\n\nWhat comes next?\n\nThe north\n\nOster waits."
        assert [s for s, _ in sections(read(raw))] == [
            "headline",
            "body",
            "subheading",
            "subheading",
            "body",
        ]

    def test_a_short_quotation_is_no_subheading(self):
        raw = "Storm near\n\nHe spoke.\n\n“We will wait,” said Ana Belmont\n\nOster waits."
        assert sections(read(raw))[2][0] == "body"

    def test_transcript_lines(self):
        raw = "Briefing\n\nQ: Will you go?\nMR. HALE: We will.\nQ: When?\nMR. HALE: Soon."
        assert [s for s, _ in sections(read(raw))] == ["headline"] + ["transcript line"] * 4

    def test_a_dateline_is_no_transcript_line(self):
        raw = "Storm near\n\nOSTER: The minister spoke on Monday.\n\nHe left."
        assert sections(read(raw))[1][0] == "body"

    def test_a_caption(self):
        raw = "Storm near\n\nFile photo: The minister waves at a rally in Oster.\n\nHe left."
        assert sections(read(raw))[1][0] == "caption"


class TestParagraphs:
    def test_blank_lines_separate_wrapped_paragraphs(self):
        first = "The minister of Oster spoke for a long time on Monday about the plan to\nclose it."
        raw = f"{first}\n \t\nHe left."
        assert [t for _, t in sections(read(raw))] == [first, "He left."]

    def test_without_blank_lines_each_line_is_one(self):
        raw = "Storm near\nThe minister of Oster spoke.\nHe left at once, and nobody knew why."
        assert len(read(raw).paragraphs) == 3

    def test_lines_wrapped_by_an_editor_are_one_paragraph(self):
        words = "the minister of Oster spoke for a long time about the plan to close it " * 6
        lines = re.findall(r".{50,72} ", words)
        assert len(read("\n".join(line.strip() for line in lines) + ".").paragraphs) == 1

    def test_paragraph_at(self):
        document = read("One line here.\n\nTwo lines here.")
        assert document.paragraph_at(3).number == 1
        assert document.paragraph_at(document.text.index("Two")).number == 2


FRONT = """---
id: {id}
date: 2022-11-0{day}
title: "Oster: no deal"
form: wire story
parties: [UK, Iran]
note: Written for this test.
---

Oster: no deal

The minister spoke to reporters in the capital of Oster on Monday.
"""


class TestCorpus:
    def test_documents_are_sorted_by_date_then_id(self, tmp_path):
        for name, day in (("b", 2), ("c", 1), ("a", 2)):
            (tmp_path / f"x{name}.txt").write_text(FRONT.format(id=name, day=day))
        corpus = load_corpus(tmp_path)
        assert [d.id for d in corpus] == ["c", "a", "b"]
        assert corpus.problems == []

    def test_front_matter_is_furniture_and_metadata(self, tmp_path):
        (tmp_path / "a.txt").write_text(FRONT.format(id="007", day=1))
        (document,) = load_corpus(tmp_path)
        assert document.id == "007"
        assert document.date == "2022-11-01"
        assert document.title == "Oster: no deal"
        assert document.meta["parties"] == ["UK", "Iran"]
        assert document.furniture[0].kind == "front matter"
        assert document.furniture[0].start == 0
        assert sections(document)[0] == ("headline", "Oster: no deal")
        assert "wire story" not in document.text

    def test_without_front_matter_the_id_is_the_file_name(self, tmp_path):
        (tmp_path / "storm.md").write_text("Storm near\n\nVelland waits.")
        (document,) = load_corpus(tmp_path)
        assert (document.id, document.date, document.title) == ("storm", "", "Storm near")

    def test_read_me_and_hidden_files_are_passed_over(self, tmp_path):
        (tmp_path / "a.txt").write_text(FRONT.format(id="a", day=1))
        (tmp_path / "README.md").write_text("About this folder.")
        (tmp_path / ".notes.txt").write_text("")
        assert [d.id for d in load_corpus(tmp_path)] == ["a"]

    def test_the_digest_tells_texts_apart(self):
        assert read("a").digest != read("b").digest
        assert len(read("a\ud800").digest) == 64

    def test_the_project_corpus_reads(self):
        corpus = load_corpus(DATA / "corpus")
        for document in corpus:
            assert document.date
            assert document.paragraphs[0].section == "headline", document.id
            assert not any("said" in document.raw[r.start : r.end] for r in document.furniture[1:])


@settings(max_examples=300)
@given(ANYTHING)
def test_any_text_makes_a_document(raw):
    document = read(raw)
    assert document.raw == raw


def test_metadata_given_go_before_front_matter():
    document = Document.from_text(FRONT.format(id="a", day=1), id="mine", date="2023-01-01")
    assert (document.id, document.date, document.title) == ("mine", "2023-01-01", "Oster: no deal")


def test_a_missing_article_is_named(tmp_path):
    with pytest.raises(DocumentError, match=r"nothing\.txt: no such file"):
        load_article(tmp_path / "nothing.txt")
