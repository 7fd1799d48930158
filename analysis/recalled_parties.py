"""Whom a statement can mean that names no other party: who spoke or was spoken of before it."""

from __future__ import annotations

from analysis.passages import THIRD_PERSON, Passage
from analysis.scene import DEMONSTRATIVES, Scene

POINTERS = THIRD_PERSON | {"you", "your", "yours"}  # words that stand for a party
_POINTING = POINTERS | DEMONSTRATIVES | {"here", "then", "so"}
_UNKNOWN = frozenset({"", "other", "unresolved"})
MOST = 2  # parties recalled


def recalled(scene: Scene, reporting: Passage) -> dict[str, str]:
    """Parties that a statement may point to, the likeliest first.

    Parameters
    ----------
    scene : Scene
    reporting : Passage
        The reporting words, with the parties named in them.

    Returns
    -------
    dict of str to str
        Party to where it was named: ``beside`` the statement in its sentence, as ``speaker
        before``, as ``named before`` by the statement before, ``told before`` by the reporter; each
        only where it is the one party there. Empty if another party is named, or if no word points
        back.
    """
    content = scene.content
    if any(one.party not in scene.own for one in [*content.who, *reporting.who]):
        return {}
    if not content.has(_POINTING):
        return {}
    beside, told = scene.outside(), scene.reported_before()
    groups = [("beside", [one.party for one in beside.who] if beside else [])]
    if scene.earlier:
        said = scene.earlier[-1]
        groups += [("speaker before", sorted(said.speakers)), ("named before", list(said.stances))]
    groups.append(("told before", [one.party for one in told.who] if told else []))
    found: dict[str, str] = {}
    for place, names in groups:
        others = {name for name in names if name not in scene.own and name not in _UNKNOWN}
        if len(others) == 1 and len(found) < MOST:
            found.setdefault(others.pop(), place)
    return found
