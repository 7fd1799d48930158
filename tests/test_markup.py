"""The marked article shows the text and nothing in the text can act as markup."""

import re
from dataclasses import replace
from html import unescape

from analysis.documents import Document
from analysis.findings import headline
from analysis.markup import marked_document
from analysis.pipeline import read_statements


def visible(html):
    body = html[html.index("<div") :]
    body = re.sub(r"<sup.*?</sup>|<ins.*?</ins>", "", body)
    return unescape(re.sub(r"<[^>]*>", "", body))


def test_the_marked_article_shows_every_character_of_the_file(article):
    document = article.documents[0]
    assert visible(marked_document(document, article.records)) == document.raw


def test_markup_in_a_text_is_shown_and_not_obeyed(fictional):
    text = "<script>alert(1)</script> “<b>It holds</b>,” said Tomas Hellgar & friends."
    document = Document.from_text(text, id="d", language_check=False)
    html = marked_document(document, read_statements(document, fictional))
    assert "<script" not in html
    assert "<b>It" not in html
    assert visible(html) == text


def test_a_speaker_with_markup_for_a_name_is_text_in_a_finding(article):
    table = article.statements.assign(speaker="<img src=x onerror=alert(1)>")
    finding = headline(replace(article, statements=table)).data
    assert "<img" not in finding
    assert "<img src=x onerror=alert(1)> alone has" in unescape(finding)
