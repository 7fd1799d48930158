"""Whom a statement can mean that names no other party: who spoke or was spoken of before it."""

from __future__ import annotations

from collections.abc import Iterable

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
        before``, as ``named before`` by the statement before, or else ``told before`` by the
        reporter; each only where it is the one party there. Empty if another party is named, or if
        no word points back.
    """
    content = scene.content
    if any(one.party not in scene.own for one in [*content.who, *reporting.who]):
        return {}
    if not content.has(_POINTING):
        return {}
    beside = scene.outside()
    groups = [("beside", [one.party for one in beside.who] if beside else [])]
    if scene.earlier:
        said = scene.earlier[-1]
        groups += [("speaker before", sorted(said.speakers)), ("named before", list(said.stances))]
    found = _only_ones(groups, scene)
    if not found and (told := scene.reported_before()):
        found = _only_ones([("told before", [one.party for one in told.who])], scene)
    return found


def _only_ones(groups: Iterable[tuple[str, Iterable[str]]], scene: Scene) -> dict[str, str]:
    """Of each group the one party that is neither the speaker's own nor unknown, if it is one."""
    found: dict[str, str] = {}
    for place, names in groups:
        others = {name for name in names if name not in scene.own and name not in _UNKNOWN}
        if len(others) == 1 and len(found) < MOST:
            found.setdefault(others.pop(), place)
    return found
