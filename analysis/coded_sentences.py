"""Own sentences coded by the codebook: what the stance engine learns from and is tested on.

The actors are fictional, each file has a gazetteer of its own. A row holds the party that speaks,
cue and content (and an earlier statement, if one is needed to understand it), the act and mode,
and the stance towards each party discussed.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from analysis.documents import Document
from analysis.parties import Parties
from analysis.records import Statement
from analysis.speakers import resolve_speakers
from analysis.statements import extract_statements

DATA = Path(__file__).resolve().parent.parent / "data"
SENTENCES = DATA / "stance_sentences.csv"
GAZETTEER = DATA / "stance_parties.toml"


class Coded(NamedTuple):
    """A sentence in its document with its codes.

    Attributes
    ----------
    writer, phenomenon : str
    document : Document
    statements : list of Statement
        Of the document; the last one is coded.
    act, mode : str
    stances : dict of str to str
        Party to ``against``, ``none`` or ``favor``.
    """

    writer: str
    phenomenon: str
    document: Document
    statements: list[Statement]
    act: str
    mode: str
    stances: dict[str, str]


def read_sentences(path: Path = SENTENCES) -> list[Coded]:
    """Read coded sentences.

    Parameters
    ----------
    path : Path
        A CSV file with the columns ``writer``, ``phenomenon``, ``party``, ``cue``, ``content``,
        ``act``, ``mode``, ``targets`` (``Party stance; Party stance``) and, where an earlier
        statement is
        needed, ``before_party``, ``before_cue``, ``before_content``.

    Returns
    -------
    list of Coded
    """
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            parts = [(row["party"], row["cue"], row["content"])]
            if row.get("before_party"):
                parts.insert(0, tuple(row[f"before_{key}"] for key in ("party", "cue", "content")))
            stances = dict(pair.rsplit(" ", 1) for pair in row["targets"].split("; ") if pair)
            names = row["writer"], row["phenomenon"]
            found.append(Coded(*names, *as_document(parts), row["act"], row["mode"], stances))
    return found


def gazetteer(path: Path = GAZETTEER) -> Parties:
    """Read the gazetteer of the coded sentences."""
    return Parties.from_toml(path)


def as_document(parts: Sequence[tuple[str, ...]]) -> tuple[Document, list[Statement]]:
    """Build a document of sentences “The minister CUE CONTENT REST.”, and its statements.

    Parameters
    ----------
    parts : sequence of (party, cue, content[, rest])

    Returns
    -------
    (Document, list of Statement)
    """
    text, places = "", []
    for party, cue, content, *rest in parts:
        start = len(text) + len(f"The minister {cue} ")
        places.append((party, cue, content, start))
        text += f"The minister {cue} {content}{''.join(rest)}. "
    document = Document.from_text(text, language_check=False)
    return document, [
        _statement(number, *place, document) for number, place in enumerate(places, 1)
    ]


def _statement(
    number: int, party: str, cue: str, content: str, start: int, document: Document
) -> Statement:
    direct = content.startswith("“") and content.endswith("”")
    kind = "direct" if direct else "mixed" if "“" in content else "indirect"
    source = start - len(cue) - 1 - len("The minister ")
    return Statement(
        document_id=document.id,
        statement_id=f"{document.id}:s{number:03}",
        date="",
        paragraph=1,
        section="body",
        kind=kind,
        content_spans=((start, start + len(content)),),
        content=content,
        content_repaired=content,
        source_span=(source, source + len("The minister")),
        source="The minister",
        cue_span=(start - len(cue) - 1, start - 1),
        cue=cue,
        speaker="the minister",
        party=party,
    )


class Marked(NamedTuple):
    """A text with one coded statement, and the stance towards one party marked in it.

    Attributes
    ----------
    phenomenon : str
    document : Document
    statements : list of Statement
        As the engine finds them; the coded one has the coder's content and party.
    statement_id : str
        Of the coded one.
    target, act, stance : str
    """

    phenomenon: str
    document: Document
    statements: list[Statement]
    statement_id: str
    target: str
    act: str
    stance: str


def read_marked(path: Path, parties: Parties) -> list[Marked]:
    """Read texts with one coded statement each.

    Parameters
    ----------
    path : Path
        A CSV file with the columns ``id``, ``phenomenon``, ``speaker_party``, ``text``,
        ``content`` (a slice of ``text``), ``target``, ``act``, ``stance``.
    parties : Parties
        Gazetteer of the texts.

    Returns
    -------
    list of Marked
        Cue and source are those that the engine finds; a content it does not find has none.
    """
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            document = Document.from_text(row["text"], id=row["id"], language_check=False)
            statements = resolve_speakers(extract_statements(document), document, parties)
            start = document.raw.index(row["content"])
            span = (start, start + len(row["content"]))
            place = _nearest(statements, span)
            base = statements[place] if place is not None else _unfound(document)
            coded = replace(
                base,
                content=row["content"],
                content_repaired=row["content"],
                content_spans=(span,),
                party=row["speaker_party"],
            )
            if place is None:
                statements = sorted([*statements, coded], key=lambda one: one.content_spans[0])
            else:
                statements[place] = coded
            found.append(
                Marked(
                    row["phenomenon"], document, statements, coded.statement_id,
                    row["target"], row["act"], row["stance"],
                )
            )  # fmt: skip
    return found


def _nearest(statements: Sequence[Statement], span: tuple[int, int]) -> int | None:
    """Number of the statement that shares most of its content with a span, if half of either."""
    best, most = None, 0
    for number, one in enumerate(statements):
        spans = one.content_spans
        common = sum(max(0, min(b, span[1]) - max(a, span[0])) for a, b in spans)
        size = min(span[1] - span[0], sum(b - a for a, b in spans))
        if 2 * common >= size and common > most:
            best, most = number, common
    return best


def _unfound(document: Document) -> Statement:
    return Statement(
        document_id=document.id,
        statement_id=f"{document.id}:coded",
        date="",
        paragraph=1,
        section="body",
        kind="indirect",
        content_spans=(),
        content="",
        content_repaired="",
    )
