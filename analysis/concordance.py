"""Keyword in context: where a term stands in the statements, with party and speaker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.vocabulary import occurrences

COLUMNS = [
    "document_id",
    "statement_id",
    "party",
    "speaker",
    "left",
    "keyword",
    "right",
    "start",
    "end",
]


def concordance(
    statements: pd.DataFrame,
    documents: Mapping[str, Any] | Iterable[Any],
    term: str,
    window: int = 60,
) -> pd.DataFrame:
    """List each place where a term stands in the content of a statement, in its context.

    A term is found by the rules that count it (`analysis.vocabulary.TermAnalyzer`): whole words,
    any case, possessive ’s or not, “scale” not inside “large-scale”; white space and quotation
    marks may stand between the words of a phrase. A damaged word is found under its repaired
    form, and shown as it stands in the file.

    Parameters
    ----------
    statements : DataFrame
        Statement table; reads ``document_id, statement_id, party, speaker, content_spans``.
    documents : mapping of id to Document or str, or iterable of Document
        Where the text is. A plain ``str`` is a raw text without furniture and repairs.
    term : str
        A word or a phrase.
    window : int
        Characters of the file to show on each side, at most up to page furniture such as a share
        button. Line breaks and tabs are shown as spaces.

    Returns
    -------
    DataFrame
        One row per place, in the order of the table and of the text: ``document_id``,
        ``statement_id``, ``party``, ``speaker``, ``left`` (text before), ``keyword``, ``right``
        (text after), ``start``, ``end`` (offsets into the raw file; ``raw[start:end]`` is the
        keyword).

    Raises
    ------
    KeyError
        If a statement's document is not among ``documents``.
    ValueError
        If ``window`` is negative.
    """
    if window < 0:
        raise ValueError(f"window must be 0 or more, not {window}")
    if not isinstance(documents, Mapping):
        documents = {document.id: document for document in documents}
    rows = []
    for statement in statements.to_dict("records"):
        identifier = statement["document_id"]
        if identifier not in documents:
            raise KeyError(f"statement {statement['statement_id']}: no document {identifier!r}")
        document = documents[identifier]
        raw = document if isinstance(document, str) else document.raw
        places = {
            place for span in statement["content_spans"] for place in _places(document, span, term)
        }
        for start, end in sorted(places):
            top, bottom = _article_around(document, start, end, len(raw))
            rows.append(
                {
                    "document_id": identifier,
                    "statement_id": statement["statement_id"],
                    "party": statement["party"],
                    "speaker": statement.get("speaker", ""),
                    "left": _one_line(raw[max(top, start - window) : start]),
                    "keyword": raw[start:end],
                    "right": _one_line(raw[end : min(bottom, end + window)]),
                    "start": start,
                    "end": end,
                }
            )
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame if rows else frame.astype({"start": int, "end": int})


def _places(document: Any, span: tuple[int, int], term: str) -> list[tuple[int, int]]:
    """Raw offsets of the term within one raw span of a document."""
    if isinstance(document, str):
        start, end = span
        return [(start + a, start + b) for a, b in occurrences(document[start:end], term)]
    start, end = document.text_span(*span)
    found = occurrences(document.text[start:end], term)
    return [tuple(document.raw_span(start + a, start + b)) for a, b in found]


def _article_around(document: Any, start: int, end: int, length: int) -> tuple[int, int]:
    """Raw offsets between the page furniture before and after a place."""
    furniture = getattr(document, "furniture", ())
    top = max((region.end for region in furniture if region.end <= start), default=0)
    bottom = min((region.start for region in furniture if region.start >= end), default=length)
    return top, bottom


def _one_line(text: str) -> str:
    return "".join(" " if character.isspace() else character for character in text)
