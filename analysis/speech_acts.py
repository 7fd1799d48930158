"""The record of a speech act found by a rule, and small readings that the rules share."""

from __future__ import annotations

from typing import NamedTuple

from analysis.lexicon import Hit
from analysis.passages import Passage
from analysis.scene import Scene, Subject, subject_of

FUTURE = frozenset("will would shall 'll we'll they'll i'll going".split())
INTENT = FUTURE | {"continue", "continues", "ready", "prepared", "committed", "determined"}
NEEDING = frozenset("need needs want wants require requires seek seeks asking ask asks".split())


class Act(NamedTuple):
    """What a statement does, to whom, and the words that decided.

    Attributes
    ----------
    act, mode : str or None
    targets : dict of str to (str or None)
        Party to ``against``, ``none``, ``favor``, or None for an abstention.
    hit : Hit or None
        Deciding words of the content; None if the cue or the context decided.
    rule : str
    also : str
        A second act that could be defended, or ``""``.
    """

    act: str | None
    mode: str | None
    targets: dict[str, str | None]
    hit: Hit | None
    rule: str
    also: str = ""


def against(names: list[str]) -> dict[str, str | None]:
    """Stance rows of a hostile act."""
    return dict.fromkeys(names, "against")


def shown(scene: Scene, hit: Hit) -> str:
    """The deciding words as the text has them, in marks."""
    return f"“{scene.content.phrase(hit.first, hit.last)}”"


def spoken_by(scene: Scene, hit: Hit) -> Subject:
    """Subject of the deciding words."""
    return subject_of(scene, hit.first)


def in_clause(content: Passage, hit: Hit, words: frozenset[str], back: int = 8) -> int:
    """Word number of one of some words before the hit in its clause, or -1."""
    for at in range(hit.first - 1, max(-1, hit.first - 1 - back), -1):
        if content.clause[at] != content.clause[hit.first]:
            return -1
        if content.words[at].lower in words:
            return at
    return -1


def with_rest(scene: Scene, names: list[str], side: str = "against") -> dict[str, str | None]:
    """Targets with a side, and the other parties discussed with none."""
    rest = {
        one.party: "none" for one in scene.others() if one.part not in {"in", "at", "into", "near"}
    }
    rest.update(dict.fromkeys(names, side))
    return rest
