"""Acts about conduct: threats, sanctions, pledges, and the blame or praise of what is done."""

from __future__ import annotations

from analysis.lexicon import Hit
from analysis.passages import NEGATIONS
from analysis.pointing import completed, meant, reciprocal, refers_back, takes_up
from analysis.scene import Scene, Subject, subject_of
from analysis.sides import foes, suppliers
from analysis.speech_acts import (
    FUTURE,
    Act,
    against,
    in_clause,
    shown,
    spoken_by,
    with_rest,
)
from analysis.targets import culprits, threatened, wrongdoers

_WRONGS = (
    "transfer", "violence", "deceit", "wrongdoing", "receive", "training", "partnership", "abettor",
)  # fmt: skip
_DETERMINED = FUTURE | {"must", "need", "have", "ready", "prepared", "hesitate", "determined"}
_HARM = frozenset(
    """burn burnt flames perish wrecked blown destroyed sunk hit down target targets aim turned
    reduced""".split()
)
_THREATENING = frozenset("burn destroyed sunk home alive target targets forced compelled".split())
_NEEDS = frozenset("need needs needed needing require requires required depend rely".split())
_DATING = frozenset("before since during until till than after ahead".split())
_MAKES_ARMS = frozenset(
    """build builds building built develop develops developing developed produce produces
    producing produced launch launching manufacture manufacturing assemble""".split()
)


def sanction_in(scene: Scene) -> Act | None:
    """Sanctions: announced as done, or (a threat) to come or only considered."""
    content = scene.content
    considered = content.find("consider")
    for hit in content.find("sanction"):
        subject = spoken_by(scene, hit)
        if subject.kind == "other" and in_clause(content, hit, FUTURE) >= 0:
            named = [w.party for w in subject.who if w.party not in scene.own]
            if not content.is_negated(hit):
                rule = f"sanctions to come: {shown(scene, hit)}"
                return Act("THREATEN", None, with_rest(scene, named), hit, rule)
        if content.is_negated(hit) or subject.kind == "other":
            continue
        names = with_rest(scene, threatened(scene, hit))
        for sign in considered:
            weak = content.words[sign.first].lower in {"further", "additional", "more", "if"}
            same = content.clause[sign.first] == content.clause[hit.first]
            if same and not weak:
                rule = f"sanctions only considered: {shown(scene, sign)}"
                return Act("THREATEN", None, names, hit, rule, "SANCTION")
        if in_clause(content, hit, FUTURE) >= 0 and hit.kind == "verb":
            return Act("THREATEN", None, names, hit, f"sanctions to come: {shown(scene, hit)}")
        done = [
            h
            for h in content.find("sanction_done")
            if abs(h.first - hit.first) <= 8
            and (h.first != hit.first or h.last > hit.last or _is_full_verb(hit))
        ]
        if (hit.kind == "verb" and spoken_by(scene, hit).kind == "own") or done:
            aimed = names if "against" in names.values() else with_rest(scene, meant(scene))
            return Act("SANCTION", None, aimed, hit, f"sanctions announced: {shown(scene, hit)}")
    return None


def _is_full_verb(hit: Hit) -> bool:
    """Whether a sanction is told by verb and object (*freeze the assets*), not by one noun."""
    return hit.kind == "verb" and hit.last - hit.first > 1


def threat_in(scene: Scene) -> Act | None:
    """A threat in the content: consequences named, or a hostile act of one's own to come."""
    content = scene.content
    for hit in content.find("consequence"):
        subject = spoken_by(scene, hit)
        words = content.phrase(hit.first, hit.last).lower()
        if content.is_negated(hit):
            continue
        if subject.kind == "own" and words.startswith(("will", "face")):
            continue
        back = [] if scene.others() else meant(scene, hit.first)
        if _HARM & set(words.split()):
            # Harm to arms threatens who sends them and who gets them.
            named = [one.party for one in content.who if one.party not in scene.own]
            names = list(dict.fromkeys([*named, *([] if len(named) > 1 else suppliers(scene))]))
        else:
            names = threatened(scene, hit) or back or meant(scene)
        names = names or meant(scene) or foes(scene)[:1]
        if names or _THREATENING & set(words.split()):
            return Act("THREATEN", None, with_rest(scene, names), hit, f"consequences: {words}")
    for hit in content.find("hostile"):
        at = in_clause(content, hit, _DETERMINED, 14)
        if at < 0 or content.is_negated(hit) or spoken_by(scene, hit).kind != "own":
            continue
        names = threatened(scene, hit) or meant(scene, hit.first)
        names = completed(scene, names)
        if names:
            rule = f"own future act: {content.words[at].lower} … {shown(scene, hit)}"
            return Act("THREATEN", None, with_rest(scene, names), hit, rule)
    return None


def self_in(scene: Scene) -> Act | None:
    """A boast or self-defence: favor towards the speaker’s own party, nobody else."""
    content = scene.content
    speaker = scene.speaker
    for at, word in enumerate(content.words):
        need = word.lower in _NEEDS
        if need and subject_of(scene, at).kind in {"own"}:
            if content.has(NEGATIONS, max(0, at - 3), min(len(content.words), at + 2)):
                hit = Hit(at, at + 1, "self_praise", "verb")
                return _boast(scene, hit, speaker, "own independence")
    rivals = content.find("consequence", "blame", "falsehood")
    for hit in content.find("self_praise"):
        subject = spoken_by(scene, hit)
        begins_own = content.words[hit.first].lower in {"our"} and scene.quoted[hit.first]
        if not (subject.kind == "own" or begins_own):
            continue
        if any(other.first <= hit.first < other.last for other in rivals):
            continue
        if scene.others() and scene.others()[0].part == "bare" and content.find("blame"):
            continue
        if content.is_negated(hit) and content.words[hit.first].lower not in NEGATIONS:
            continue
        return _boast(scene, hit, speaker, "said of oneself")
    for hit in content.find("on_course"):
        if not scene.others() and not content.is_negated(hit) and speaker:
            return _boast(scene, hit, speaker, "own plans going well")
    return None


def _boast(scene: Scene, hit: Hit, speaker: str, what: str) -> Act:
    targets = {one.party: "none" for one in scene.others()}
    targets[speaker] = "favor"
    return Act("COMMENT", "self", targets, hit, f"{what}: {shown(scene, hit)}", "REJECT")


def blame_in(scene: Scene) -> Act | None:
    """Judging words: against those whose conduct they are said of, named or meant."""
    content = scene.content
    names: list[str] = []
    first: Hit | None = None
    meaning = ""
    for hit in content.find("blame"):
        if content.is_negated(hit) and content.words[hit.first].lower not in {"does", "no"}:
            continue
        subject = spoken_by(scene, hit)
        if subject.kind == "own" and not scene.others():
            continue
        found = culprits(scene, hit)
        if not found and _of_own_thing(scene, hit):
            continue
        spared = _forsaken(scene, hit)
        if spared:
            targets = with_rest(scene, spared, "favor")
            return Act("SUPPORT", None, targets, hit, f"not to be left alone: {shown(scene, hit)}")
        pointing = refers_back(scene) or takes_up(scene)
        if subject.kind == "pronoun" or (pointing and not found):
            back = meant(scene, hit.first)
            if back:
                acting = {one.party for one in scene.others() if one.owns or one.part == "by"}
                found = back + [name for name in found if name in acting]
                meaning = "; meant by the words before"
        if found and first is None:
            first = hit
        names.extend(found)
    if first is None:
        return _judged_nobody(scene)
    rule = f"judging words {shown(scene, first)}{meaning}"
    names = completed(scene, list(dict.fromkeys(names)))
    targets = with_rest(scene, list(dict.fromkeys([*names, *wrongdoers(scene)])))
    return Act("ACCUSE", "disapprove", targets, first, rule)


def _judged_nobody(scene: Scene) -> Act | None:
    """A judgement in quotation marks whose object is not named: an accusation all the same."""
    for hit in scene.content.find("blame"):
        judged = scene.quoted[hit.first] and not scene.content.is_negated(hit)
        if judged and not scene.others() and spoken_by(scene, hit).kind != "own":
            if not _of_own_thing(scene, hit):
                rule = f"judging words {shown(scene, hit)}; nobody named"
                return Act("ACCUSE", "disapprove", against(meant(scene)), hit, rule)
    return None


def _of_own_thing(scene: Scene, hit: Hit) -> bool:
    """Whether it is a thing of the speaker's own that others judge: “they call our arms bad”."""
    content = scene.content
    same = [o for o in content.who if content.clause[o.first] == content.clause[hit.first]]
    return any(one.party in scene.own and one.first < hit.first for one in same)


def _forsaken(scene: Scene, hit: Hit) -> list[str]:
    """Whom it would be wrong to leave alone: “it would be shameful to abandon X”."""
    content = scene.content
    for verb in content.find("forsake"):
        if 0 < verb.first - hit.last <= 2 and content.words[verb.first - 1].lower == "to":
            return [o.party for o in scene.others() if 0 <= o.left - verb.last <= 1][:1]
    return []


def deed_in(scene: Scene) -> Act | None:
    """A deed of another party that is told as a wrong: arming, violence, deceit, breach."""
    content = scene.content
    arms = content.find("arms")
    for hit in [hit for family in _WRONGS for hit in content.find(family)]:
        if content.is_negated(hit) or _reported_speech(scene, hit):
            continue
        if hit.family in {"transfer", "receive"} and not arms:
            continue
        if _is_thing(scene, hit) or _only_dates(scene, hit) or _quarrel(scene, hit):
            continue
        if hit.family == "training" and not content.find("forces", "arms"):
            continue
        if hit.family == "partnership" and not (arms and _armed(scene)):
            continue
        subject = spoken_by(scene, hit)
        passive = content.is_passive(hit)
        if subject.kind == "own" and not passive and hit.family != "violence":
            at = content.words[subject.at].lower if subject.at >= 0 else ""
            if at not in {"it", "they", "he", "she"} or hit.family != "deceit":
                continue
            # Nobody says of himself that he lies.
            subject = Subject("pronoun", (), subject.at)
        names = [name for name in culprits(scene, hit) if name not in scene.friends]
        if hit.family in {"violence", "wrongdoing"} and subject.kind == "own" and not passive:
            names = [w.party for w in scene.others() if w.owns or w.part == "by"]
        if not names and subject.kind == "pronoun":
            names = meant(scene, hit.first)
        if names and hit.family == "receive" and {w.party for w in scene.others()} <= set(names):
            # The giver is not named: it is who was blamed before.
            names = [*names, *meant(scene)]
        if names:
            rule = f"deed told of another party: {shown(scene, hit)}"
            names = completed(scene, list(dict.fromkeys([*_main_foe(scene, names), *names])))
            targets = with_rest(scene, list(dict.fromkeys([*names, *wrongdoers(scene)])))
            return Act("ACCUSE", "allege", targets, hit, rule, "COMMENT")
    return None


def _main_foe(scene: Scene, known: list[str]) -> list[str]:
    """The party opposed in the document that opens the sentence, beside the doer of its deed."""
    content = scene.content
    first = [one for one in scene.others() if one.part == "bare" and one.left == 0]
    if not first or first[0].party in known or content.is_negated_at(first[0].last):
        return []
    if first[0].party not in foes(scene):
        return []
    return [first[0].party]


def _quarrel(scene: Scene, hit: Hit) -> bool:
    """Whether one other party threatens another: their quarrel, not the speaker's."""
    threatens = scene.content.words[hit.first].lower.startswith("threaten")
    return threatens and any(0 <= one.left - hit.last <= 1 for one in scene.others())


def _is_thing(scene: Scene, hit: Hit) -> bool:
    """Whether *arms* is the noun: no party stands just before it."""
    word = scene.content.words[hit.first].lower
    return word == "arms" and not any(one.last == hit.first for one in scene.others())


def _only_dates(scene: Scene, hit: Hit) -> bool:
    """Whether a noun only tells when something was: *before the war*, *since the raid*."""
    before = {word.lower for word in scene.content.words[max(0, hit.first - 3) : hit.first]}
    return hit.kind == "noun" and bool(before & _DATING)


def _armed(scene: Scene) -> bool:
    return bool(scene.content.find("arms")) or scene.content.has(_MAKES_ARMS)


def _reported_speech(scene: Scene, hit: Hit) -> bool:
    """Whether the clause only reports what another party says or denies."""
    content = scene.content
    for speech in content.find("deny", "accuse", "condemn"):
        if speech.kind != "verb" or speech.first > hit.first:
            continue
        if spoken_by(scene, speech).kind in {"other", "noun"}:
            return True
    return False


def goes_on_in(scene: Scene) -> Act | None:
    """No word decides, but the statement goes on with what the speaker's side said before."""
    content, mine = scene.content, scene.mine()
    if not mine:
        return None
    last = mine[-1]
    opener = " ".join(word.lower for word in content.words[:2])
    listing = opener in {"these are", "they are", "they include", "these include", "it targets"}
    if last.act == "SANCTION" and (listing or content.words[0].lower == "they"):
        return Act("SANCTION", None, against(last.opposed), None, "goes on with the sanctions")
    if last.act == "ACCUSE" and reciprocal(scene) and not scene.others():
        names = meant(scene) or list(last.stances)
        return Act("ACCUSE", "allege", against(names), None, "both sides of what was said before")
    return None


def topic_in(scene: Scene) -> Act | None:
    """The reporter's topic phrase names sanctions: “Regarding the new sanctions against X, …”."""
    outside = scene.outside()
    if outside is None:
        return None
    for hit in outside.find("sanction"):
        before = [word.lower for word in outside.words[max(0, hit.first - 4) : hit.first]]
        if {"regarding", "concerning", "on", "about", "of"} & set(before):
            names = [
                one.party
                for one in outside.who
                if one.part in {"against", "on"} and one.party not in scene.own
            ]
            if names:
                return Act(
                    "SANCTION", None, with_rest(scene, names), None,
                    f"topic “{outside.phrase(hit.first, hit.last)}”",
                )  # fmt: skip
    return None
