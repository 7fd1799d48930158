"""How likely a speaker is right, from the way it was found.

Every way of finding a speaker (a name of the gazetteer, a pronoun, an office told by the context,
an abstention …) has been wrong at its own rate on passages whose speakers are known. A logistic
model over that way, and over what stands around the statement, gives the probability. Its weights
lie beside this file, ``python -m analysis train-speakers`` trains them, and
``attribution_model.md`` says on what and how well they hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from analysis.confidence import Weights
from analysis.records import Statement

WEIGHTS = Path(__file__).with_name("speaker_weights.json")
MODEL = "speaker"
LOOKS_BACK = 6  # how many of the statements before are rivals of a speaker
# Way of finding a speaker, and how the rule of the row tells it; the first that fits stands.
WAYS = (
    ("two fit equally", r" could be |; surname of .+ or |surname several persons have$"),
    ("nobody named", r"(?:; no source named|speaker not named|nobody it could be"
     r"|whose country is not known|somebody not known|holder is not known)$"),
    ("private person", r"private persons, who speak for no state$"),
    ("quotation goes on", r"the quotation before it goes on$"),
    ("name known", r"(?:; in the gazetteer|the person named|several persons named)$"),
    ("name of country or body", r"a name of the gazetteer$"),
    ("surname", r"(?:surname in the gazetteer|named earlier in the document"
     r"|surname only one person has)$"),
    ("name not in the gazetteer", r"named; party (?:unknown|from the description)$"
     r"|outlet by its description$"),
    ("office holder", r"the holders? of the posts? at that date$"),
    ("office by context", r"(?:by the context|to a body the document names|an office spoken of"
     r"|leader of that country at that date|; by the office of .+)$"),
    ("title named before", r"(?:title of somebody named before|that country who has spoken"
     r"|one of the two named together|of that country named before)$"),
    ("title named after", r"title of somebody named after it$"),
    ("speaker before", r"(?:is|are) the speaker before$|the speaker before"),
    ("unnamed person", r"unnamed person (?:as|who spoke) before$"
     r"|speaks for the (?:body that spoke|country spoken of) before$"
     r"|unnamed (?:aide|colleague): the country speaks$"),
    ("pronoun and a name", r"; “[^”]*” (?:is|are) (?:the|named).+$"
     r"|whose gender is not known$|the country speaks$"),
    ("several named", r"several (?:speakers|parties) named$|joint statement of the members of .+$"
     r"|together(?:, a group)?$"),
    ("body by context", r"(?:named before|of the (?:place|person before|country named)"
     r"|body called so|announced in the capital)$"),
    ("description", r"(?:country or body named|institution named|person spoken for"
     r"|speaks for .+|a news outlet or an expert speaks for itself)$"),
)  # fmt: skip
_WAYS = tuple((way, re.compile(pattern)) for way, pattern in WAYS)


def way_of(rule: str) -> str:
    """Name the way a speaker was found, from the rule of its row.

    Parameters
    ----------
    rule : str
        As `analysis.speakers.resolve_speakers` writes it.

    Returns
    -------
    str
        One of `WAYS`, or ``other``.
    """
    rule = f"; {rule}"
    return next((way for way, pattern in _WAYS if pattern.search(rule)), "other")


def speaker_features(statement: Statement, before: Sequence[Statement] = ()) -> list[str]:
    """Describe how a speaker was found by what can be seen of it.

    Parameters
    ----------
    statement : Statement
        With its speaker.
    before : sequence of Statement
        Statements of the document before it, the latest last.

    Returns
    -------
    list of str
        Names of the features that hold.
    """
    way = way_of(statement.rule)
    near = [s for s in before[-LOOKS_BACK:] if s.speaker_kind == "person"]
    rivals = len({s.speaker for s in near} - {statement.speaker})
    leaning = way in {"speaker before", "pronoun and a name", "title named before", "surname"}
    sure = statement.source_confidence
    level = "none" if sure is None else "low" if sure < 0.7 else "middle" if sure < 0.9 else "high"
    named = [
        f"way={way}",
        f"source sure={level}",
        f"unresolved={statement.speaker == 'unresolved'}",
        f"section={statement.section}",
        f"kind={statement.kind}",
    ]
    if leaning:
        named.append(f"rivals={min(rivals, 2)}")
        last = next((s for s in reversed(before) if s.speaker == statement.speaker), None)
        away = statement.paragraph - last.paragraph if last else 9
        named.append("speaker far" if away > 1 else "speaker near")
    return named


def with_confidence(statement: Statement, before: Sequence[Statement]) -> Statement:
    """Give a statement the probability that its speaker is right.

    Parameters
    ----------
    statement : Statement
    before : sequence of Statement
        Statements of the document before it, the latest last.

    Returns
    -------
    Statement
        The same with ``speaker_confidence``; empty where no weights are stored.
    """
    weights = stored()
    if not weights.models:
        return statement
    names = speaker_features(statement, before)
    return replace(statement, speaker_confidence=weights.probability(MODEL, names))


@lru_cache(maxsize=1)
def stored() -> Weights:
    """The weights that lie beside this file; no model where none has been trained."""
    if not WEIGHTS.exists():
        return Weights({})
    return Weights(json.loads(WEIGHTS.read_text(encoding="utf-8")))
