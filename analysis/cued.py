"""A reporting cue in its sentence, and the attribution read from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.cues import Cue
from analysis.sources import Subject


@dataclass(slots=True)
class Cued:
    """A cue in a sentence: token indices, who speaks, and where content may lie.

    ``first:last`` are the cue's tokens, ``clause_first`` the start of its clause (subject and
    auxiliaries included, where they stand before it), ``after`` the first token behind the cue
    and its particles, or behind an inverted subject.
    """

    first: int
    last: int
    clause_first: int
    after: int
    form: str
    cue: Cue | None
    subject: Subject | None
    inherits: bool = False
    inverted: bool = False
    participle: bool = False


@dataclass(slots=True)
class Attribution:
    """Content, source and cue as token ranges of one sentence, and the rule in words.

    ``firm`` says that the shape of the sentence leaves no other reading; at ``edge``, if given,
    the contents of other cues end, else where this attribution begins.
    """

    content: list[tuple[int, int]]
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    rule: str
    via: list[tuple[int, int]] = field(default_factory=list)
    inherits: bool = False
    firm: bool = False
    edge: int | None = None
