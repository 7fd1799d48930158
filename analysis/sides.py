"""Who stands against whom in a document, as its other statements tell."""

from __future__ import annotations

from analysis.scene import Said, Scene

_HOSTILE = frozenset({"ACCUSE", "SANCTION", "THREATEN"})
_HELPING = frozenset({"AGREE", "AID"})


def foes(scene: Scene) -> list[str]:
    """Parties the speaker's side opposes in the document, or that oppose it, nearest first.

    A party that the speaker's side praises or helps is none.
    """
    if scene.whole not in scene.opposed:
        scene.opposed[scene.whole] = _foes(scene)
    return scene.opposed[scene.whole]


def _foes(scene: Scene) -> list[str]:
    mine = [said for said in reversed(scene.earlier) if scene.speaks(said)]
    mine += [said for said in scene.later if scene.speaks(said)]
    found = [name for said in mine for name in said.opposed]
    before, after = accusers_of(scene)
    allied = []
    if scene.friends:
        known = [*reversed(scene.earlier), *scene.later]
        allied = [said for said in known if said.act in _HOSTILE]
        allied = [said for said in allied if scene.friends & said.speakers]
    after += [name for said in allied for name in said.opposed]
    backed = {name for said in mine for name in said.favoured}
    kept = [name for name in dict.fromkeys([*found, *before, *after]) if name not in backed]
    return [name for name in kept if name not in scene.own and name not in scene.friends]


def accusers_of(scene: Scene) -> tuple[list[str], list[str]]:
    """The party that accused the speaker's side last before, and all that do so later."""
    before: list[str] = []
    for said in reversed(scene.earlier):
        before = _speakers_against(scene, said)
        if before:
            break
    after = [name for said in scene.later for name in _speakers_against(scene, said)]
    return before, list(dict.fromkeys(after))


def _speakers_against(scene: Scene, said: Said) -> list[str]:
    if said.act not in _HOSTILE or scene.own.isdisjoint(said.opposed):
        return []
    return [
        name
        for name in said.party.split("; ")
        if name not in scene.own and name not in {"other", "unresolved", ""}
    ]


def partners_of(scene: Scene, party: str) -> list[str]:
    """Parties the document names together with one that is blamed, the nearest statement first."""
    found: list[str] = []
    for said in [*reversed(scene.earlier), *scene.later]:
        if party in said.stances:
            found += [name for name in said.stances if name != party]
    hostile = foes(scene)
    return [name for name in dict.fromkeys(found) if name in hostile]


def suppliers(scene: Scene) -> list[str]:
    """Who promised or gave help, and to whom, in the nearest such statement of another party."""
    for said in [*reversed(scene.earlier), *scene.later]:
        if said.act in _HELPING and not scene.speaks(said) and said.favoured:
            speakers = [name for name in said.party.split("; ") if name not in scene.own]
            return list(dict.fromkeys([*speakers, *said.favoured]))
    return []
