"""Weigh what the rules read of a statement against what was learned of its words.

The rules say act, targets and sides; two models, which see the rules' answer among their features,
say how likely each act, and each side towards each target, is. Where the models are surer by a lead
their answer stands: a small one where the rules know no word, a larger one where they tell a side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from analysis.act_features import (
    NAME,
    SOURCE,
    TARGET,
    clause_features,
    cue_features,
    described,
    masked,
    word_features,
)
from analysis.act_model import Model
from analysis.actors import governing
from analysis.lexicon import Hit, Word
from analysis.passages import Passage, Who
from analysis.recalled_parties import POINTERS, recalled
from analysis.scene import Scene
from analysis.speech_acts import Act

_KIND = re.compile(r"[:;,“‘]")
_SELF = Word(SOURCE, 0, 0)
# By how much a model's answer must be likelier than the rules' to stand instead. Chosen with folds
# of own writers and the gold annotation in view (the model card tells how); a side that words tell
# is given up last, since the own sentences hold more that is neutral than news does.
_LEAD_UNKNOWN = 0.1  # the rules know no word
_LEAD_NONE = 0.2  # they know words, and take no side
_LEAD_OTHER = 0.2  # they take one, the model the other
_LEAD_GIVEN_UP = 0.75  # they take one, the model none
_LEAD_RECALLED = 0.6  # a party that the statement does not name is said to be meant
_LEAD_ACT = 0.6  # they tell an act by a word
# Sides that are not given up: a reporting verb that performs the act tells them, or what the
# document said before, which the models do not see.
_PERFORMED = frozenset({"ACCUSE", "SANCTION", "THREATEN", "SUPPORT"})
_BY_DOCUMENT = (
    "conduct of a party opposed in the document", "goes on with", "takes up what was blamed before",
    "both sides of what was said before",
)  # fmt: skip
# No lead reaches it: a firm side is not given up, and where the rules take a side towards one
# party the models add none towards another.
_NEVER = 2.0
_Leads = tuple[float, float]  # for another side, and for none
_FRIENDLY = frozenset({"SUPPORT", "AGREE", "CONSULT", "AID", "COOPERATE", "YIELD"})
_SIDELESS = frozenset({"COMMENT", "REQUEST", "REJECT"})
_SIDES = frozenset({"against", "favor"})
LEAST_SURE = 0.08  # no side is told below this probability
NO_WORDS = "no words"  # how the rule begins that answers where no other does
_MODES = {"ACCUSE": "disapprove", "REJECT": "refuse", "REQUEST": "change", "COMMENT": "report"}


class View(NamedTuple):
    """A statement as the models see it, with one party as the target."""

    words: list[str]
    cues: list[str]


def view(scene: Scene, cue: Passage, act: Act, target: str, where: str = "recovered") -> View:
    """Features of a statement towards one party.

    Parameters
    ----------
    scene : Scene
    cue : Passage
        The reporting words, with the parties named in them.
    act : Act
        What the rules read.
    target : str
        A party, or ``""`` for none.
    where : str
        Where a party was named that the statement does not name.

    Returns
    -------
    View
    """
    content = scene.content
    named, actors = _actors(scene, content, target)
    mentioned, addressed = _actors(scene, cue, target)
    if named is None and mentioned is None:
        actors |= {at: TARGET for at, word in enumerate(content.words) if word.lower in POINTERS}
    reporting = masked(cue.text, cue.words, addressed)
    told = masked(content.text, content.words, actors)
    tokens = [*word_features([SOURCE, *reporting, *told]), *clause_features(reporting, told)]
    offset = len(cue.words) + 1
    place = (named.first + offset, named.last + offset) if named else None
    if named is None and mentioned is not None:
        named, place = mentioned, (mentioned.first + 1, mentioned.last + 1)
    hits = [_moved(hit, 1) for found in cue.hits.values() for hit in found]
    hits += [_moved(hit, offset) for found in content.hits.values() for hit in found]
    words = [_SELF, *cue.words, *content.words]
    candidates = governing(words, hits, (0, 1), place)
    names = cue_features(candidates, hits, (0, 1), place)
    return View(tokens, [*names, *_said(scene, act, target, named, where)])


def _actors(scene: Scene, passage: Passage, target: str) -> tuple[Who | None, dict[int, str]]:
    """Where a passage names the target best, and the sign of each word that names a party."""
    named: Who | None = None
    actors: dict[int, str] = {}
    for one in passage.who:
        if one.party == target:
            sign = TARGET
            if named is None or (named.part == "origin" and one.part != "origin"):
                named = one
        else:
            sign = SOURCE if one.party in scene.own else NAME
        actors.update(dict.fromkeys(range(one.first, one.last), sign))
    return named, actors


def _moved(hit: Hit, by: int) -> Hit:
    return Hit(hit.first + by, hit.last + by, hit.family, hit.kind)


def _said(scene: Scene, act: Act, target: str, named: Who | None, where: str) -> list[str]:
    """What the rules answer for a party, and the part it plays."""
    side = act.targets.get(target, "not listed") or "unsure"
    kind = _KIND.split(act.rule)[0].strip()
    part = "own" if target in scene.own else named.part if named else where
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
    views = parties_in_view(scene, cue)
    sided = bool(_SIDES & set(act.targets.values()))
    if sided:
        views = {name: where for name, where in views.items() if not where}
    asked = _asked(views, scene, act)
    known = not act.rule.startswith(NO_WORDS)
    firm = _is_firm(act)
    seen = {
        target: view(scene, cue, act, target, views.get(target) or "recovered")
        for target in {main_target(act): 0, **asked}
    }
    sides, sure, why = dict(act.targets), {}, {}
    for target, side in asked.items():
        leads = _side_lead(known, side, sided, firm, bool(views.get(target)))
        sides[target], sure[target], note = _side(
            models["stance"], seen[target], side, leads, told_by_words(act, target)
        )
        why[target] = "; ".join(filter(None, [part_of(scene, target), note]))
    meant = [n for n in asked if views.get(n) and n not in act.targets and sides[n] in _SIDES]
    for target in sorted(meant, key=lambda name: -(sure[name] or 0))[1:]:
        sides[target] = "none"  # of those that a word could point to it means one
    shares = models["act"].shares(*seen[main_target(act)])
    best, note = _act(models["act"], shares, seen[main_target(act)], act, sides, known)
    for target in [name for name in asked if name not in act.targets and sides[name] == "none"]:
        del sides[target], sure[target], why[target]
    if best != act.act:
        act = act._replace(act=best, mode=_mode(best, sides), hit=None, rule=note)
    confidence = models["act"].trusted(shares.get(_known(act.act), 0.0))
    return Decided(act._replace(targets=sides), confidence, sure, why)


def told_by_words(act: Act, target: str) -> bool:
    """Whether the rules tell a side towards a party, and know words for it."""
    return act.targets.get(target) in _SIDES and not act.rule.startswith(NO_WORDS)


def _is_firm(act: Act) -> bool:
    """Whether the sides that the rules tell rest on more than the models can see."""
    performed = act.rule.startswith("cue ") and act.act in _PERFORMED
    return performed or act.rule.startswith(_BY_DOCUMENT)


def _asked(views: Iterable[str], scene: Scene, act: Act) -> dict[str, str]:
    """The parties whose side the models are asked for, with the side that the rules told."""
    told = {name: side for name, side in act.targets.items() if name and side is not None}
    given_up = [name for name, side in act.targets.items() if side is None]
    asked = {**dict.fromkeys(views, "none"), **told}
    return {n: s for n, s in asked.items() if n not in scene.own and n not in given_up}


def parties_in_view(scene: Scene, cue: Passage) -> dict[str, str]:
    """The parties whose side is asked for, and where each was named if not in the statement."""
    named = [one.party for one in [*scene.content.who, *cue.who] if one.party not in scene.own]
    return dict.fromkeys(named, "") | recalled(scene, cue)


def _known(act: str | None) -> str:
    """An act under the name that it has in the models."""
    return "YIELD" if act in {"CONCEDE", "RETREAT"} else act or ""


def _act(
    model: Model,
    shares: dict[str, float],
    seen: View,
    act: Act,
    sides: dict[str, str | None],
    known: bool,
) -> tuple[str | None, str]:
    """The act that stands, and what speaks for it if it is not the one of the rules."""
    lead = _LEAD_ACT if known else _LEAD_UNKNOWN
    told = set(sides.values()) & _SIDES
    changed = told != set(act.targets.values()) & _SIDES
    own = _known(act.act)
    fitting = {
        n: share for n, share in shares.items() if _fits(n, told) or (n == own and not changed)
    }
    best = max(fitting, key=fitting.get)
    if best == own or (own in fitting and fitting[best] - fitting[own] < lead):
        return act.act, act.rule
    return "CONCEDE" if best == "YIELD" else best, f"{best}: {_spoken(model, best, seen)}"


def _fits(act: str, told: set[str]) -> bool:
    """Whether an act can go with the sides told: no praise of somebody it is against."""
    if not told:
        return act in _SIDELESS
    return act != "COMMENT" and (act in _FRIENDLY) == (told == {"favor"})


def _side_lead(known: bool, told: str, sided: bool, firm: bool, recalled: bool) -> _Leads:
    """How much likelier than what the rules told each other side must be."""
    if told == "none":
        taken = _NEVER if sided else _LEAD_RECALLED if recalled else _LEAD_NONE
        return (taken if known or recalled else _LEAD_UNKNOWN,) * 2
    return _LEAD_OTHER, _NEVER if firm else _LEAD_GIVEN_UP


def _mode(act: str, sides: dict[str, str | None]) -> str | None:
    if act == "REQUEST" and "against" not in sides.values():
        return "assist"
    return _MODES.get(act)


def _side(
    model: Model, seen: View, side: str, leads: _Leads, told: bool
) -> tuple[str | None, float | None, str]:
    """Side towards a party, its probability, and what it rests on beside the act."""
    shares = model.shares(*seen)
    best = max(shares, key=shares.get)
    taken, given_up = leads
    if best != side and shares[best] - shares[side] >= (given_up if best == "none" else taken):
        return best, model.trusted(shares[best]), f"{best}: {_spoken(model, best, seen)}"
    sure = model.trusted(shares[side], told)
    if sure < LEAST_SURE and model.calibrated:
        return None, sure, "too unsure to tell the side"
    return side, sure, ""


def _spoken(model: Model, label: str, seen: View) -> str:
    """The features that spoke most for an answer, words first."""
    words = model.reasons(label, seen.words, [])[:3] or model.reasons(label, *seen)[:3]
    return f"words that spoke most: {', '.join(described(name) for name in words)}"
