"""Own sentences coded by the codebook: what the stance engine learns from and is tested on.

The actors are fictional, each file has a gazetteer of its own. A row holds the party that speaks,
cue and content (and an earlier statement, if one is needed to understand it), the act and mode,
and the stance towards each party discussed.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.documents import Document
from analysis.parties import Parties
from analysis.records import Statement

DATA = Path(__file__).resolve().parent.parent / "data"
SENTENCES = DATA / "stance_sentences.csv"
GAZETTEER = DATA / "stance_parties.toml"


class Coded(NamedTuple):
    """A sentence in its document with its codes.

    Attributes
    ----------
    phenomenon : str
    document : Document
    statements : list of Statement
        Of the document; the last one is coded.
    act, mode : str
    stances : dict of str to str
        Party to ``against``, ``none`` or ``favor``.
    """

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
        A CSV file with the columns ``phenomenon``, ``party``, ``cue``, ``content``, ``act``,
        ``mode``, ``targets`` (``Party stance; Party stance``) and, where an earlier statement is
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
            found.append(
                Coded(row["phenomenon"], *as_document(parts), row["act"], row["mode"], stances)
            )
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
