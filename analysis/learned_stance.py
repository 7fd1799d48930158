"""Weigh what the rules read of a statement against what was learned of its words.

The rules say act, targets and sides; two models say how likely each act, and each side towards each
target, is. Where the rules found no words that decide, or the models are sure of another answer,
the models' answer stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.act_features import (
    NAME,
    SOURCE,
    TARGET,
    cue_features,
    described,
    masked,
    word_features,
)
from analysis.act_model import Model
from analysis.actors import governing
from analysis.lexicon import Hit, Word
from analysis.passages import Passage, Who
from analysis.scene import Scene
from analysis.speech_acts import Act

_KIND = re.compile(r"[:;,“‘]")
_SELF = Word(SOURCE, 0, 0)
LEAD = 0.8  # by how much a model's answer must be likelier than the rules' to stand instead
LEAST_SURE = 0.08  # no side is told below this probability
NO_WORDS = "no words"  # how the rule begins that answers where no other does
LEARNED = "learned from the words"
_MODES = {"ACCUSE": "disapprove", "REJECT": "refuse", "REQUEST": "change", "COMMENT": "report"}


class View(NamedTuple):
    """A statement as the models see it, with one party as the target."""

    words: list[str]
    cues: list[str]


def view(scene: Scene, cue: Passage, act: Act, target: str) -> View:
    """Features of a statement towards one party.

    Parameters
    ----------
    scene : Scene
    cue : Passage
        The reporting words.
    act : Act
        What the rules read.
    target : str
        A party, or ``""`` for none.

    Returns
    -------
    View
    """
    content = scene.content
    offset = len(cue.words) + 1
    named: Who | None = None
    actors: dict[int, str] = {}
    for one in content.who:
        if one.party == target:
            sign = TARGET
            if named is None or (named.part == "origin" and one.part != "origin"):
                named = one
        else:
            sign = SOURCE if one.party in scene.own else NAME
        actors.update(dict.fromkeys(range(one.first, one.last), sign))
    tokens = [
        SOURCE, *masked(cue.text, cue.words, {}), *masked(content.text, content.words, actors),
    ]  # fmt: skip
    place = (named.first + offset, named.last + offset) if named else None
    hits = [_moved(hit, 1) for found in cue.hits.values() for hit in found]
    hits += [_moved(hit, offset) for found in content.hits.values() for hit in found]
    words = [_SELF, *cue.words, *content.words]
    candidates = governing(words, hits, (0, 1), place)
    names = cue_features(candidates, hits, (0, 1), place)
    return View(word_features(tokens), [*names, *_said(scene, act, target, named)])


def _moved(hit: Hit, by: int) -> Hit:
    return Hit(hit.first + by, hit.last + by, hit.family, hit.kind)


def _said(scene: Scene, act: Act, target: str, named: Who | None) -> list[str]:
    """What the rules answer for a party, and the part it plays."""
    side = act.targets.get(target, "not listed") or "unsure"
    kind = _KIND.split(act.rule)[0].strip()
    part = "own" if target in scene.own else named.part if named else "recovered"
    part += "'s" if named is not None and named.owns else ""
    others = min(3, len({one.party for one in scene.others()}))
    mode = f"{act.act} {act.mode or ''}".strip()
    return [
        "kind=statement",
        f"said={side}",
        f"said={mode}",
        f"said={mode}, {side}",
        f"said={kind}",
        f"said={kind}, {side}",
        f"part={part}",
        f"part={part}, {side}",
        f"part={part}, {mode}",
        f"kind={others} named, {side}",
        f"kind={'quoted' if scene.quoted and any(scene.quoted) else 'reported'}",
    ]


def part_of(scene: Scene, target: str) -> str:
    """How a target stands in the content, in words.

    Parameters
    ----------
    scene : Scene
    target : str

    Returns
    -------
    str
        Such as “target after ‘against’”.
    """
    named = [one for one in scene.content.who if one.party == target]
    if not named:
        return "target not named in the content: recovered from sentence or document"
    one = next((one for one in named if one.part != "origin"), named[0])
    if one.part == "origin":
        return "target named by an adjective"
    if one.owns:
        return "target as owner of the conduct"
    return "target without a preposition" if one.part == "bare" else f"target after ‘{one.part}’"


def main_target(act: Act) -> str:
    """The first party with a side, else the first one named, else none."""
    sided = [name for name, side in act.targets.items() if side in {"against", "favor"}]
    return (sided or list(act.targets) or [""])[0]


class Decided(NamedTuple):
    """An act with its sides, and how likely they are.

    Attributes
    ----------
    act : Act
    act_confidence : float or None
        Probability of the act; None without models.
    stance_confidence : dict of str to float
        Probability of the side towards each party.
    why : dict of str to str
        For each party, in words, what its side rests on.
    """

    act: Act
    act_confidence: float | None
    stance_confidence: dict[str, float]
    why: dict[str, str]


def decide(models: dict[str, Model], scene: Scene, cue: Passage, act: Act) -> Decided:
    """Weigh the rules' answer with the models.

    Parameters
    ----------
    models : dict of str to Model
        ``act`` and ``stance``; empty where none have been trained: then the rules stand.
    scene : Scene
    cue : Passage
    act : Act
        What the rules read.

    Returns
    -------
    Decided
    """
    if not models:
        return Decided(act, None, {}, {})
    first = main_target(act)
    seen = {first: view(scene, cue, act, first)}
    shares = models["act"].shares(*seen[first])
    if act.rule.startswith(NO_WORDS) and "rule=none" in seen[first].cues:
        changed = _without_words(shares, scene, act)
        if changed is not act:
            act, seen = changed, {}
    known = "YIELD" if act.act in {"CONCEDE", "RETREAT"} else act.act
    sides, sure, why = dict(act.targets), {}, {}
    for target, side in act.targets.items():
        if target in scene.own or not target or side is None:
            continue
        found = seen.get(target) or view(scene, cue, act, target)
        learned = act.rule.endswith(LEARNED)
        sides[target], sure[target], note = _side(models["stance"], found, side, learned)
        why[target] = "; ".join(filter(None, [part_of(scene, target), note]))
    confidence = models["act"].trusted(shares.get(known, 0.0))
    return Decided(act._replace(targets=sides), confidence, sure, why)


def _without_words(shares: dict[str, float], scene: Scene, act: Act) -> Act:
    """The likeliest act, where the rules know no word that tells it."""
    best = max(shares, key=shares.get)
    if best == "COMMENT" or shares[best] - shares["COMMENT"] < LEAD:
        return act
    named: dict[str, str | None] = {one.party: "none" for one in scene.others()}
    name = "CONCEDE" if best == "YIELD" else best
    return Act(name, _MODES.get(name), named, None, f"{name} {LEARNED}")


def _side(
    model: Model, seen: View, side: str, learned: bool
) -> tuple[str | None, float | None, str]:
    """Side towards a party, its probability, and what it rests on beside the act."""
    shares = model.shares(*seen)
    best = max(shares, key=shares.get)
    if learned and best != side and shares[best] - shares[side] >= LEAD:
        reasons = [described(name) for name in model.reasons(best, *seen)[:3]]
        return best, model.trusted(shares[best]), f"{best} from {', '.join(reasons)}"
    sure = model.trusted(shares[side])
    if sure < LEAST_SURE:
        return None, sure, "too unsure to tell the side"
    return side, sure, ""
