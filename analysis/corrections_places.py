"""Where a correction belongs: its document, its place in the text, the statement of a new row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from analysis.corrections_changes import Anchor
from analysis.corrections_sheet import hash_cell
from analysis.documents import Document
from analysis.drafts import Draft
from analysis.parties import Parties
from analysis.reanchoring import SEPARATOR, Lost, Placed, alike, find_passage, reanchor
from analysis.records import Span, Statement
from analysis.speakers import resolve_speakers
from analysis.statements import statement_of

SAME_TEXT = "same text, same place"
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet


def document_of(anchor: Anchor, documents: Sequence[Document]) -> Document | Lost:
    """Document a row is about: by the hash of its text, else by its id.

    Parameters
    ----------
    anchor : Anchor
    documents : sequence of Document

    Returns
    -------
    Document or Lost
    """
    same = [d for d in documents if hash_cell(d.digest) == anchor.document_hash]
    named = [d for d in same or documents if d.id == anchor.document_id]
    if not named and not same:
        days = _days(anchor.document_id)
        named = [d for d in documents if d.id in days]
    found = named or same
    if not found and not anchor.document_id and len(documents) == 1:
        found = list(documents)
    if len(found) == 1:
        return found[0]
    if found:
        return Lost(
            f"{len(found)} documents of the analysis have this text",
            "write the id of the one that is meant into document_id",
        )
    return Lost(
        f"no document “{anchor.document_id}” in the analysis",
        "read its article too, or correct document_id",
    )


def _days(cell: str) -> set[str]:
    """ISO dates that a spreadsheet may have turned into a cell: 09/12/2022, 44904."""
    if re.fullmatch(r"\d{5}(?:[.,]0+)?", cell):
        return {(_SERIAL_ZERO + timedelta(days=int(cell[:5]))).isoformat()}
    numbers = re.fullmatch(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})", cell)
    if not numbers:
        return set()
    a, b, c = map(int, numbers.groups())
    days = set()
    for year, month, day in ((c, b, a), (c, a, b), (a, b, c)):
        try:
            days.add(date(year + 2000 if year < 100 else year, month, day).isoformat())
        except ValueError:
            continue
    return days


def place_of(anchor: Anchor, document: Document) -> Placed | Lost:
    """Where in a document the content of a row stands.

    Parameters
    ----------
    anchor : Anchor
    document : Document

    Returns
    -------
    Placed or Lost
    """
    raw, spans = document.raw, anchor.content_spans
    if spans and hash_cell(document.digest) == anchor.document_hash:
        if alike(SEPARATOR.join(raw[a:b] for a, b in spans), anchor.content):
            return Placed(spans, SAME_TEXT)
        return Lost(
            "content and content_spans of the row do not belong together",
            "take both from the statements.csv that was written; sort whole rows, not one column",
        )
    if spans:
        return reanchor(raw, anchor.content, len(spans), anchor.before, anchor.after)
    places = find_passage(raw, anchor.content)
    if len(places) > 1 and anchor.source:
        places = [p for p in places if _mentions(document, anchor.source, p)] or places
    if len(places) == 1:
        return Placed(places[0], "words found once")
    if places:
        return Lost(
            f"its words stand {len(places)} times in the document",
            "copy more of the sentence into content, or name the source that stands beside it",
        )
    return Lost(
        "its words are not in the document",
        "copy content from the article, character by character; parts are joined by “ … ”",
    )


def added_statement(
    anchor: Anchor, spans: Sequence[Span], document: Document, parties: Parties, name: str
) -> Statement | Lost:
    """Make the statement of a new row, with speaker and party as the engine reads its source.

    Parameters
    ----------
    anchor : Anchor
    spans : sequence of (int, int)
        Raw offsets of the content.
    document : Document
    parties : Parties
    name : str
        Last part of its id.

    Returns
    -------
    Statement or Lost
    """
    content = [document.text_span(*span) for span in spans]
    if not all(any(c.isalnum() for c in document.text[a:b]) for a, b in content):
        return Lost(
            "its words are page furniture (a link, a caption of the page), which is not analysed",
            "take the row out, or remove what is around the words in the article's file",
        )
    mentions: list[Span | None] = []
    for what, words, old in (
        ("source", anchor.source, anchor.source_span),
        ("cue", anchor.cue, anchor.cue_span),
    ):
        found = _mention(document, words, old, spans, anchor) if words else None
        if isinstance(found, Lost):
            return Lost(f"{what} “{words}” {found.reason}", found.remedy)
        mentions.append(document.text_span(*found) if found else None)
    paragraph = document.paragraph_at(content[0][0])
    number, section = (paragraph.number, paragraph.section) if paragraph else (1, "body")
    draft = Draft(content, *mentions, paragraph=number, section=section, rule="")
    return resolve_speakers([statement_of(document, draft, name)], document, parties)[0]


def _mention(
    document: Document, words: str, old: Sequence[Span], spans: Sequence[Span], anchor: Anchor
) -> Span | Lost:
    """Where a source or cue stands: once in the paragraph of the content, or once at all."""
    if old and hash_cell(document.digest) == anchor.document_hash:
        if alike(document.raw[slice(*old[0])], words):
            return old[0]
    near = _mentions(document, words, spans)
    found = near or [place[0] for place in find_passage(document.raw, words, 1)]
    if len(found) == 1:
        return found[0]
    if found:
        return Lost(
            f"stands {len(found)} times near the content",
            "copy more of the words around it, or leave it empty and fill in the speaker",
        )
    return Lost("is not in the document", "copy it from the article, or leave it empty")


def _mentions(document: Document, words: str, spans: Sequence[Span]) -> list[Span]:
    """Places of some words in the paragraphs of a content, outside it."""
    start = document.text_span(*spans[0])[0]
    paragraph = document.paragraph_at(start)
    if paragraph is None:
        return []
    first, last = document.raw_span(paragraph.start, paragraph.end)
    last = max(last, spans[-1][1])
    return [
        place[0]
        for place in find_passage(document.raw, words, 1)
        if first <= place[0][0] < last
        and all(place[0][1] <= a or b <= place[0][0] for a, b in spans)
    ]
