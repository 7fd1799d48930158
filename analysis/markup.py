"""Show a document as HTML with its statements marked in party colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from analysis.documents import Document
from analysis.records import Statement
from analysis.style import palette

_BLOCK = (
    '<div style="max-width:46em;font-family:Georgia,serif;font-size:15px;line-height:1.6;'
    'white-space:pre-wrap">{body}</div>'
)
_HEADINGS = {"headline": "font-size:20px;font-weight:bold", "subheading": "font-weight:bold"}
_KEY = (
    '<p style="font-family:sans-serif;font-size:12px">{parties} &nbsp; solid underline: quoted; '
    "dotted: reported; <b>bold</b>: who speaks; <i>italic</i>: the cue; "
    '<span style="color:#8a8a8a">grey</span>: page furniture; '
    "<s>struck</s>: damage, repaired as shown behind it</p>"
)


def marked_document(
    document: Document, statements: Iterable[Statement], main: Sequence[str] | None = None
) -> str:
    """Write a document as HTML with its statements, sources, cues and repairs marked.

    Parameters
    ----------
    document : Document
    statements : iterable of Statement
        Those of other documents are passed over.
    main : sequence of str, optional
        Parties that take the strong colours; see `analysis.style.palette`.

    Returns
    -------
    str
        HTML. Every character of the text is escaped, so that nothing in an article can act as
        markup; colours are those of the charts, and each statement carries its number,
        speaker and party as text too.
    """
    mine = sorted(
        (s for s in statements if s.document_id == document.id), key=lambda s: s.content_spans[0]
    )
    looks = palette(dict.fromkeys(s.party for s in mine), main)
    styles: list[list[str]] = [[] for _ in range(len(document.raw))]
    labels: dict[int, str] = {}
    for number, statement in enumerate(mine, start=1):
        colour = looks[statement.party].colour
        for span in statement.content_spans:
            _paint(styles, span, f"border-bottom:1.5px dotted {colour}")
        for span in statement.fragment_spans:
            _paint(styles, span, f"border-bottom:3px solid {colour}")
        if statement.source_span:
            _paint(styles, statement.source_span, f"font-weight:bold;color:{colour}")
        if statement.cue_span:
            _paint(styles, statement.cue_span, "font-style:italic")
        label = f"{number} {statement.speaker} · {statement.party} · {statement.kind}"
        labels[statement.content_spans[0][0]] = (
            f'<sup style="font-family:sans-serif;font-size:10px;white-space:nowrap;color:{colour}">'
            f"[{escape(label)}]</sup>"
        )
    for paragraph in document.paragraphs:
        if paragraph.section in _HEADINGS:
            span = document.raw_span(paragraph.start, paragraph.end)
            _paint(styles, span, _HEADINGS[paragraph.section])
    for region in document.furniture:
        _paint(styles, (region.start, region.end), "color:#8a8a8a")
    repaired = {}
    for repair in document.repairs:
        _paint(styles, (repair.start, repair.end), "text-decoration:line-through;color:#8a8a8a")
        repaired[repair.end] = f'<ins style="font-size:12px">{escape(repair.text or "∅")}</ins>'
    body = _runs(document.raw, styles, labels, repaired)
    key = " &nbsp; ".join(
        f'<span style="border-bottom:3px solid {looks[p].colour}">{escape(p)}</span>' for p in looks
    )
    return _KEY.format(parties=key) + _BLOCK.format(body=body)


def _paint(styles: list[list[str]], span: tuple[int, int], style: str) -> None:
    for offset in range(*span):
        styles[offset].append(style)


def _runs(
    raw: str, styles: list[list[str]], labels: dict[int, str], repaired: dict[int, str]
) -> str:
    """Join equal styles into runs of text."""
    pieces, start = [], 0
    for offset in range(len(raw) + 1):
        cut = offset == len(raw) or offset in labels or offset in repaired
        if offset > start and (cut or styles[offset] != styles[start]):
            text = escape(raw[start:offset])
            style = ";".join(styles[start])
            pieces.append(f'<span style="{style}">{text}</span>' if style else text)
            start = offset
        pieces += [extra[offset] for extra in (repaired, labels) if offset in extra]
    return "".join(pieces)
