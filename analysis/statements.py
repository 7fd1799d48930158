"""Extract the statements of a document: content, source, cue, fragments, kind.

Rules propose (``proposals``), a learned linker chooses (``linker``); here every span is carried
back to the raw file, and fragments and kind are read off.
"""

from __future__ import annotations

from analysis.documents import Document
from analysis.drafts import Draft
from analysis.linker import link
from analysis.marks import quotations
from analysis.proposals import propose
from analysis.records import Span, Statement
from analysis.tokens import sentences


def extract_statements(document: Document) -> list[Statement]:
    """Find the quoted and reported statements of a document.

    Parameters
    ----------
    document : Document
        Page furniture is no part of ``document.text`` and is not read.

    Returns
    -------
    list of Statement
        In reading order, with raw offsets; speaker and party still ``unresolved``
        (``resolve_speakers`` fills them in).
    """
    drafts = find_drafts(
        document.text, [(p.start, p.end, p.number, p.section) for p in document.paragraphs]
    )
    return [
        statement_of(document, draft, f"s{number:03d}")
        for number, draft in enumerate(drafts, start=1)
    ]


def find_drafts(text: str, paragraphs: list[tuple[int, int, int, str]]) -> list[Draft]:
    """Find statements in a text cut into paragraphs.

    Parameters
    ----------
    text : str
    paragraphs : list of (start, end, number, section)
        Offsets of each paragraph in ``text``.

    Returns
    -------
    list of Draft
        Offsets of ``text``, in reading order.
    """
    cut = [sentences(text, *paragraph) for paragraph in paragraphs]
    return link(text, paragraphs, cut, propose(text, paragraphs, cut))


def statement_of(document: Document, draft: Draft, name: str) -> Statement:
    """Carry a draft to raw offsets and read off its fragments and kind.

    Parameters
    ----------
    document : Document
    draft : Draft
    name : str
        Last part of the statement's id.
    """
    text, raw = document.text, document.raw
    content = sorted(set(draft.content))
    inner: list[Span] = []
    rest = 0
    for start, end in content:
        at = start
        for quotation in _fragments(text, start, end):
            inner.append((quotation.inner_start, quotation.inner_end))
            rest += _words(text[at : quotation.start])
            at = quotation.end
        rest += _words(text[at:end])
    kind = "indirect" if not inner else "mixed" if rest else "direct"
    spans = tuple(document.raw_span(a, b) for a, b in content)
    fragments = tuple(_raw_fragment(document, a, b) for a, b in inner)
    source = document.raw_span(*draft.source) if draft.source else None
    cue = document.raw_span(*draft.cue) if draft.cue else None
    return Statement(
        document_id=document.id,
        statement_id=f"{document.id}:{name}",
        date=document.date,
        paragraph=draft.paragraph,
        section=draft.section,
        kind=kind,
        content_spans=spans,
        content=" … ".join(raw[a:b] for a, b in spans),
        content_repaired=" … ".join(text[a:b] for a, b in content),
        fragment_spans=fragments,
        fragments=tuple(raw[a:b] for a, b in fragments),
        source_span=source,
        source=raw[source[0] : source[1]] if source else "",
        cue_span=cue,
        cue=raw[cue[0] : cue[1]] if cue else "",
        via=tuple(text[a:b] for a, b in draft.via),
        rule=draft.rule,
        content_confidence=draft.content_confidence,
        source_confidence=draft.source_confidence if source else None,
        relative_span=document.raw_span(*draft.relative) if draft.relative else None,
    )


def _raw_fragment(document: Document, start: int, end: int) -> Span:
    """Raw offsets of a fragment: all that stands between the marks.

    Where a turned mark was repaired together with the space behind it, that space is still
    between the marks of the raw text.
    """
    first, last = document.raw_span(start, end)
    if start:
        mark, behind = document.raw_span(start - 1, start)
        if behind == first and behind - mark > 1:
            first = mark + 1
    return first, last


def _fragments(text: str, start: int, end: int) -> list:
    found = quotations(text, start, end)
    double = [q for q in found if q.double]
    return double or found


def _words(piece: str) -> int:
    return sum(any(c.isalnum() for c in word) for word in piece.split())


__all__ = ["Draft", "extract_statements", "find_drafts", "statement_of"]
