"""Acts that no word of the content tells, only the sides the document has shown."""

from __future__ import annotations

from analysis.lexicon import Hit
from analysis.passages import NEGATIONS, Who
from analysis.pointing import accusers, authors, meant, points_to_pair, takes_up
from analysis.scene import Scene, subject_of
from analysis.sides import accusers_of, foes, partners_of
from analysis.speech_acts import Act, against, in_clause, shown, spoken_by, with_rest
from analysis.targets import parties_of

_DOERS = frozenset({"bare", "by", "between", "of", "from"})
_REPORTED = ("deny", "accuse", "condemn", "refuse")
_KIND = ("harmless", "praise", "concede", "retreat")
_CONTRARY = NEGATIONS | {"nothing", "neither", "nowhere"}
_ENDING = frozenset("stop stopped end ended cease ceased over".split())
_ORIGINS = frozenset("made built produced manufactured origin domestic domestically".split())


def open_question_in(scene: Scene) -> Act | None:
    """What the speaker leaves open blames nobody: *it is unclear whether*, *no sign that*."""
    content = scene.content
    for hit in content.find("open_question"):
        if content.find("blame", "disbelief"):
            continue
        named = {one.party: "none" for one in scene.others()}
        return Act("COMMENT", "report", named, hit, f"left open: {shown(scene, hit)}")
    return None


def contradiction_in(scene: Scene) -> Act | None:
    """The speaker's side was accused in the document and states the contrary.

    The contrary is a negation of something that is not another party's conduct, a claim not to
    know of it, a verdict on its proof, or that the thing is the speaker's own make.
    """
    content, mine = scene.content, scene.mine()
    answering = ("REJECT", "deny") in [(said.act, said.mode) for said in mine[-2:]]
    doubted = bool(content.find("falsehood")) and bool(authors(scene))
    if not (any(accusers_of(scene)) or answering or doubted):
        return None
    hit, what = _contrary(scene)
    if hit is None:
        return None
    found = accusers(scene)
    targets = {one.party: "none" for one in scene.others()}
    targets.update(against(found))
    return Act("REJECT", "deny", targets, hit, f"{what}: “{content.phrase(hit.first, hit.last)}”")


def _contrary(scene: Scene) -> tuple[Hit | None, str]:
    content = scene.content
    blamed = set(foes(scene))
    for hit in content.find("unaware"):
        words = {word.lower for word in content.words[hit.first : hit.last]}
        own = [one for one in content.who if one.party in scene.own and one.first >= hit.first]
        if words & _ORIGINS and not own and "domestic" not in words:
            continue
        if spoken_by(scene, hit).kind != "other":
            return hit, "accused before, states the contrary"
    for hit in content.find("falsehood"):
        if not content.is_negated(hit) or content.words[hit.first].lower in NEGATIONS:
            return hit, "accused before, doubts the proof"
    for number, one in enumerate(content.who):
        # “the drones are Sudrian”: the adjective of one's own side ends the clause.
        ends = one.last >= len(content.words) or content.words[one.last].lower in {".", ",", ";"}
        is_ = one.first and content.words[one.first - 1].lower in {"is", "are", "was", "were"}
        if one.party in scene.own and ends and is_:
            return Hit(
                one.first - 1, one.last, "unaware", "phrase"
            ), f"own make told ({number + 1})"
    for at, word in enumerate(content.words):
        if word.lower not in _CONTRARY or content.find("blame"):
            continue
        hit = Hit(at, min(at + 2, len(content.words)), "unaware", "phrase")
        if in_clause(content, hit, frozenset({"if", "must", "should", "will", "would"})) >= 0:
            continue
        subject = subject_of(scene, min(at + 1, len(content.words) - 1))
        if subject.kind != "other" or not {one.party for one in subject.who} & blamed:
            return hit, "accused before, negates"
    return None, ""


def foe_conduct_in(scene: Scene) -> Act | None:
    """A statement about the conduct of a party that the speaker opposes in the document."""
    content = scene.content
    hostile = foes(scene)
    if not hostile:
        return None
    leader = _actor(scene, hostile)
    if leader is None:
        return None
    for hit in content.find(*_REPORTED):
        if hit.kind == "verb" and hit.first > leader.first:
            return None
    for hit in content.find(*_KIND):
        if hit.kind != "noun" and hit.first >= leader.last and not content.is_negated(hit):
            return None
    group = [one for one in scene.others() if one.together == leader.together]
    names = parties_of(group or [leader], scene)
    if points_to_pair(scene):
        names += [one.party for one in scene.others() if one.party in hostile]
    hit = Hit(leader.first, leader.last, "foe", "phrase")
    rule = f"conduct of a party opposed in the document: {leader.party}"
    targets = with_rest(scene, list(dict.fromkeys(names)))
    return Act("ACCUSE", "allege", targets, hit, rule, "COMMENT")


def _actor(scene: Scene, hostile: list[str]) -> Who | None:
    """The first party in the place of a doer, if it is a foe."""
    content = scene.content
    weapons = {hit.first for hit in content.find("arms")}
    for one in content.who[:1]:
        # “Sudrian barges come at night”: what opens the sentence acts, unless it is a weapon.
        acts = one.part == "origin" and one.left == 0 and one.last not in weapons
        if acts and one.party in hostile:
            return one
    for one in scene.others():
        if not (one.part in _DOERS or one.owns):
            continue
        group = {w.party for w in scene.others() if w.together == one.together}
        if group & set(hostile):
            return one
        if one.part == "bare" and content.clause[one.first] == 0:
            return None
    return None


def taken_up_in(scene: Scene) -> Act | None:
    """No party is named, but the words take up the conduct that was blamed just before."""
    content = scene.content
    acting = [one for one in scene.others() if one.part not in {"in", "at", "inside", "near"}]
    if acting or not takes_up(scene):
        return None
    if content.has(NEGATIONS) and not content.has(_ENDING):
        return None
    if content.find(*_KIND):
        return None
    said = [one for one in scene.mine()[-2:] if one.opposed]
    last = said[-1].act if said else None
    if said and last not in {"ACCUSE", "SANCTION"}:
        return None
    names = meant(scene)
    if not names:
        return None
    if len(names) == 1 and points_to_pair(scene):
        names = [*names, *partners_of(scene, names[0])[:1]]
    rule = "takes up what was blamed before"
    return Act("ACCUSE", "allege", against(names), None, rule, "COMMENT")
