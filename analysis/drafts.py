"""A statement before it has a speaker, in offsets of the text that is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.records import Span


@dataclass(slots=True)
class Draft:
    """A statement in offsets of ``Document.text``, before it has a speaker.

    ``relative`` is the relative pronoun that stands for the source beside the cue ("the ministry,
    *which* denies …"); ``source`` is then its antecedent.
    ``firm`` says that the shape of the sentence leaves no other reading: it is kept as it is.
    """

    content: list[Span]
    source: Span | None
    cue: Span | None
    paragraph: int
    section: str
    rule: str
    via: list[Span] = field(default_factory=list)
    relative: Span | None = None
    content_confidence: float | None = None
    source_confidence: float | None = None
    firm: bool = False
