"""Friendly acts: help promised or given, praise, valued ties, a cause backed, meetings."""

from __future__ import annotations

from analysis.pointing import takes_up
from analysis.scene import Scene, subject_of
from analysis.sides import foes
from analysis.speech_acts import (
    FUTURE,
    INTENT,
    NEEDING,
    Act,
    in_clause,
    shown,
    spoken_by,
    with_rest,
)
from analysis.targets import addressees

_READY = frozenset("ready signed sign concluded finalised finalized soon".split())
_GIVERS = frozenset({"from", "without", "than", "unlike", "like"})
_TO_COME = frozenset("will would shall to".split())


def pledge_in(scene: Scene) -> Act | None:
    """Help for another party: promised (AGREE) or told as given (AID)."""
    content = scene.content
    for hit in content.find("partnership"):
        wish = in_clause(content, hit, INTENT | NEEDING, 5)
        near = [o for o in scene.others() if o.part == "with" and 0 <= o.left - hit.last <= 2]
        if content.find("consequence"):
            break
        if wish >= 0 and near and subject_of(scene, wish).kind == "own":
            if not content.is_negated(hit):
                targets = with_rest(scene, [near[0].party], "favor")
                return Act("AGREE", None, targets, hit, f"wish to work with: {shown(scene, hit)}")
    for hit in content.find("support", "aid", "transfer", "assist_request"):
        if content.is_negated(hit) or spoken_by(scene, hit).kind != "own":
            continue
        helps = hit.family != "assist_request" or content.words[hit.first].lower in {
            "help", "support", "aid", "assist", "back", "protection",
        }  # fmt: skip
        givers = {one.party for one in scene.others() if one.part in _GIVERS}
        names = [name for name in addressees(scene, hit) if name not in givers]
        if not names or not helps:
            continue
        if hit.family == "assist_request" and content.words[hit.first - 1].lower == "for":
            continue
        targets = with_rest(scene, names[:1], "favor")
        if in_clause(content, hit, INTENT) >= 0 or content.has({"to"}, hit.first - 2, hit.first):
            return Act("AGREE", None, targets, hit, f"pledge: {shown(scene, hit)}")
        if hit.family in {"aid", "transfer"} and hit.kind == "verb":
            return Act("AID", None, targets, hit, f"own help told: {shown(scene, hit)}")
    return None


def praise_in(scene: Scene) -> Act | None:
    """Praise of another party."""
    content = scene.content
    for hit in content.find("praise"):
        subject = spoken_by(scene, hit)
        if content.is_negated(hit) or subject.kind != "other":
            continue
        names = [w.party for w in subject.who if w.party not in scene.own]
        return Act(
            "SUPPORT", None, with_rest(scene, names, "favor"), hit,
            f"praise: {shown(scene, hit)}",
        )  # fmt: skip
    return None


def consult_in(scene: Scene) -> Act | None:
    """A meeting or call of one’s own; one to come is an agreement to meet."""
    content = scene.content
    for hit in content.find("consult"):
        subject = spoken_by(scene, hit)
        if content.is_negated(hit) or subject.kind == "other":
            continue
        names = addressees(scene, hit)
        if names and (hit.kind == "verb" or subject.kind == "own"):
            targets = with_rest(scene, names[:1], "favor")
            if in_clause(content, hit, FUTURE) >= 0:
                return Act("AGREE", None, targets, hit, f"meeting to come: {shown(scene, hit)}")
            return Act("CONSULT", None, targets, hit, f"meeting told: {shown(scene, hit)}")
    return None


def valued_ties_in(scene: Scene) -> Act | None:
    """Ties with a partner called close, fruitful or important, or an agreement with it near."""
    content = scene.content
    if content.find("blame", "falsehood"):
        return None
    topic = scene.outside() if takes_up(scene) and content.find("worth") else None
    for hit in topic.find("partnership") if topic is not None else []:
        near = [o for o in topic.who if o.part == "with" and 0 <= o.left - hit.last <= 2]
        names = [o.party for o in near if o.party not in scene.own]
        if names and names[0] not in foes(scene):
            targets = with_rest(scene, names, "favor")
            return Act("SUPPORT", None, targets, None, "valued ties, named in the sentence")
    for hit in content.find("partnership", "agree"):
        near = [o for o in scene.others() if o.part == "with" and 0 <= o.left - hit.last <= 2]
        if hit.kind == "verb" or content.is_negated(hit) or not near:
            continue
        names = [near[0].party]
        if near[0].party in foes(scene) or spoken_by(scene, hit).kind == "other":
            continue
        targets = with_rest(scene, names, "favor")
        if content.has(_READY):
            return Act("AGREE", None, targets, hit, f"agreement near: {shown(scene, hit)}")
        for worth in content.find("worth"):
            if not content.is_negated(worth):
                return Act("SUPPORT", None, targets, hit, f"valued ties: {shown(scene, worth)}")
    return None


def backing_in(scene: Scene) -> Act | None:
    """The victory, freedom or self-defence of another party made one's own cause."""
    content = scene.content
    for hit in content.find("cause_noun"):
        backed = [word for word in content.find("backing") if not content.is_negated(word)]
        if not backed or content.is_negated(hit):
            continue
        owners = [
            one
            for one in content.who
            if one.party not in scene.own
            and (0 <= hit.first - one.last <= 1 or (one.left in {hit.last, hit.last + 1}))
        ]
        if owners and owners[0].party not in foes(scene):
            targets = with_rest(scene, [owners[0].party], "favor")
            return Act("SUPPORT", None, targets, hit, f"cause backed: {shown(scene, hit)}")
    return None


def training_in(scene: Scene) -> Act | None:
    """Own training of another party's forces, or arms that are to go to it."""
    content = scene.content
    hostile = foes(scene)
    for hit in content.find("training"):
        if content.is_negated(hit) or hit.kind != "verb" or spoken_by(scene, hit).kind != "own":
            continue
        after = [
            one
            for one in content.who
            if one.first >= hit.last and one.party not in scene.own and one.party not in hostile
        ]
        if after and content.find("forces", "entity_noun"):
            targets = with_rest(scene, [after[0].party], "favor")
            return Act("AID", None, targets, hit, f"own training: {shown(scene, hit)}", "AGREE")
    for hit in content.find("arms"):
        at = hit.last
        end = min(len(content.words), at + 10)
        for number in range(at, end - 1):
            going = content.words[number].lower in {
                "go",
                "sent",
                "delivered",
                "supplied",
                "shipped",
            }
            if not going or not content.has(_TO_COME, max(0, number - 3), number):
                continue
            near = [o for o in scene.others() if o.part in {"to", "for"} and o.first - number <= 4]
            near = [o for o in near if o.first > number and o.party not in hostile]
            subject = subject_of(scene, number)
            if near and subject.kind in {"noun", "own", "none"} and not content.is_negated(hit):
                targets = with_rest(scene, [near[0].party], "favor")
                return Act("AGREE", None, targets, hit, f"arms to come: {shown(scene, hit)}", "AID")
    return None
