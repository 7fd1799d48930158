"""Answer JSON lines with JSON lines: statements of articles, speech acts of marked sentences.

Kept light: no table, chart or learning library is imported, so that a stream of articles needs
little memory and starts at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, TextIO

from analysis.documents import Document, DocumentError
from analysis.json_lines import read_objects
from analysis.parties import Parties
from analysis.reading import iso_date
from analysis.records import Span, Statement
from analysis.speakers import resolve_speakers
from analysis.statements import extract_statements

_INFINITE = (float("inf"), float("-inf"))  # 1e999 in JSON; it cannot be written back

Record = dict[str, Any]
Answer = Callable[[Record, Parties], Record]


class RecordError(ValueError):
    """A line that is no record; the message says what is wrong with it."""


def statements_of(document: Document, parties: Parties) -> list[Statement]:
    """Extract the statements of a document, with their speakers."""
    return resolve_speakers(extract_statements(document), document, parties)


def answer_statements(record: Record, parties: Parties) -> Record:
    """Find the attributions of one article.

    Parameters
    ----------
    record : dict
        ``id`` and ``text``; ``date`` (ISO) if known.
    parties : Parties

    Returns
    -------
    dict
        ``id`` and ``attributions``: a list in reading order of ``content``, ``source``, ``cue``
        (lists of ``[start, end]`` in Unicode code points of ``text``; ``source`` and ``cue`` may
        be None), ``fragment_spans``, ``kind``, ``section``, ``speaker``, ``party``, ``via`` and
        ``rule``. Where a relative pronoun stands for the source, ``source`` lists its antecedent,
        then the pronoun.

    Raises
    ------
    RecordError
        If a key is missing or of the wrong type.
    DocumentError
        If the text is not English or the date is no ISO date.
    """
    text = _text(record, "text")
    name = str(record["id"])
    document = Document.from_text(text, id=name, date=iso_date(record.get("date"), name))
    found = statements_of(document, parties)
    return {"id": record["id"], "attributions": [_attribution(s) for s in found]}


def marked(record: Record) -> Record:
    """Check a sentence with a marked source and target, for ``analysis.actors.answer_record``.

    Parameters
    ----------
    record : dict
        ``id``, ``text``, and ``source`` and ``target``, each ``{"text", "start", "end"}`` (offsets
        in Unicode code points) or None.

    Returns
    -------
    dict
        The record as it is.

    Raises
    ------
    RecordError
        If a key is missing or of the wrong type, or a span is not within the text.
    """
    text = _text(record, "text")
    for key in ("source", "target"):
        if key not in record:
            raise RecordError(f'"{key}" is missing')
        mention = record[key]
        if mention is None:
            continue
        if not isinstance(mention, dict) or not isinstance(mention.get("text"), str):
            raise RecordError(f'"{key}" is not {{"text", "start", "end"}}')
        start, end = mention.get("start"), mention.get("end")
        if not (_is_offset(start) and _is_offset(end) and 0 <= start <= end <= len(text)):
            raise RecordError(f'"{key}" has no "start" and "end" within the text')
    return record


def _attribution(statement: Statement) -> Record:
    source = [span for span in (statement.source_span, statement.relative_span) if span]
    return {
        "content": _pairs(statement.content_spans),
        "source": _pairs(source) or None,
        "cue": _pairs([statement.cue_span]) if statement.cue_span else None,
        "fragment_spans": _pairs(statement.fragment_spans),
        "kind": statement.kind,
        "section": statement.section,
        "speaker": statement.speaker,
        "party": statement.party,
        "via": list(statement.via),
        "rule": statement.rule,
    }


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(record: Record, key: str) -> str:
    if key not in record:
        raise RecordError(f'"{key}" is missing')
    if not isinstance(record[key], str):
        raise RecordError(f'"{key}" is not text')
    return record[key]


def _one_line(message: str) -> str:
    """Put a message that names an id or a date on one line."""
    return " ".join(message.split())


def read_records(lines: Iterable[bytes]) -> Iterator[tuple[int, Record | RecordError]]:
    """Read JSON lines.

    Parameters
    ----------
    lines : iterable of bytes
        UTF-8; blank lines are passed over.

    Yields
    ------
    (int, dict or RecordError)
        The number of the line, from 1, and its record, or what is wrong with it.
    """
    for number, record in read_objects(lines):
        if isinstance(record, str):
            yield number, RecordError(record)
        elif "id" not in record:
            yield number, RecordError('"id" is missing')
        elif not isinstance(record["id"], str | int | float) or record["id"] in _INFINITE:
            yield number, RecordError('"id" is not text')
        else:
            yield number, record


def answer_lines(
    lines: Iterable[bytes],
    answer: Answer,
    parties: Parties,
    out: BinaryIO,
    messages: TextIO,
    *,
    empty: Record,
) -> int:
    """Answer each line as it comes.

    Parameters
    ----------
    lines : iterable of bytes
    answer : callable
        Takes a record and the parties, gives the answer, such as ``answer_statements``.
    parties : Parties
    out : binary file
        One JSON line per record, flushed one by one, in the order of the input.
    messages : text file
        One message per bad line, with its number.
    empty : dict
        What stands in the answer to a bad line whose id is known, beside ``id`` and ``error``.

    Returns
    -------
    int
        The number of bad lines.
    """
    bad = 0
    for number, record in read_records(lines):
        if isinstance(record, RecordError):
            bad += 1
            print(f"line {number}: {record}", file=messages, flush=True)
            continue
        try:
            reply = answer(record, parties)
        except Exception as error:  # one article must not cost the others
            known = isinstance(error, RecordError | DocumentError)
            reason = str(error) if known else f"cannot be read ({type(error).__name__}: {error})"
            reason = _one_line(reason)
            bad += 1
            print(f"line {number}: {reason}", file=messages, flush=True)
            reply = {"id": record["id"], **empty, "error": reason}
        out.write(json_line(reply))
        out.flush()
    return bad


def json_line(reply: Record) -> bytes:
    """Write a record as one JSON line."""
    try:
        return (json.dumps(reply, ensure_ascii=False) + "\n").encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair in the text
        return (json.dumps(reply) + "\n").encode("ascii")
