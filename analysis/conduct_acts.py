"""Acts about conduct: threats, sanctions, pledges, and the blame or praise of what is done."""

from __future__ import annotations

from analysis.lexicon import Hit
from analysis.passages import NEGATIONS
from analysis.scene import Scene, subject_of
from analysis.speech_acts import (
    FUTURE,
    INTENT,
    NEEDING,
    Act,
    against,
    in_clause,
    shown,
    spoken_by,
    with_rest,
)
from analysis.targets import (
    addressees,
    culprits,
    meant,
    reciprocal,
    refers_back,
    threatened,
)

_WRONGS = ("transfer", "violence", "deceit", "wrongdoing", "receive", "training", "partnership")
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
        done = [h for h in content.find("sanction_done") if abs(h.first - hit.first) <= 8]
        if (hit.kind == "verb" and spoken_by(scene, hit).kind == "own") or done:
            return Act("SANCTION", None, names, hit, f"sanctions announced: {shown(scene, hit)}")
    return None


def pledge_in(scene: Scene) -> Act | None:
    """Help for another party: promised (AGREE) or told as given (AID)."""
    content = scene.content
    for hit in content.find("partnership"):
        wish = in_clause(content, hit, INTENT | NEEDING, 5)
        near = [o for o in scene.others() if o.part == "with" and 0 <= o.left - hit.last <= 2]
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
        names = addressees(scene, hit)
        if not names or not helps:
            continue
        if hit.family == "assist_request" and content.words[hit.first - 1].lower == "for":
            continue
        targets = with_rest(scene, names[:1], "favor")
        if in_clause(content, hit, INTENT) >= 0:
            return Act("AGREE", None, targets, hit, f"pledge: {shown(scene, hit)}")
        if hit.family in {"aid", "transfer"} and hit.kind == "verb":
            return Act("AID", None, targets, hit, f"own help told: {shown(scene, hit)}")
    return None


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
        names = threatened(scene, hit) or back or meant(scene)
        if names:
            return Act("THREATEN", None, with_rest(scene, names), hit, f"consequences: {words}")
    for hit in content.find("hostile"):
        at = in_clause(content, hit, FUTURE | {"ready", "prepared", "hesitate"})
        if at < 0 or content.is_negated(hit) or spoken_by(scene, hit).kind != "own":
            continue
        names = threatened(scene, hit) or meant(scene, hit.first)
        if names:
            rule = f"own future act: {content.words[at].lower} … {shown(scene, hit)}"
            return Act("THREATEN", None, with_rest(scene, names), hit, rule)
    return None


def self_in(scene: Scene) -> Act | None:
    """A boast or self-defence: favor towards the speaker’s own party, nobody else."""
    content = scene.content
    speaker = scene.speaker
    for at, word in enumerate(content.words):
        need = word.lower in {"need", "needs", "needing", "require", "requires", "depend", "rely"}
        if need and subject_of(scene, at).kind in {"own"}:
            if content.has(NEGATIONS, max(0, at - 3), min(len(content.words), at + 2)):
                hit = Hit(at, at + 1, "self_praise", "verb")
                return _boast(scene, hit, speaker, "own independence")
    for hit in content.find("self_praise"):
        subject = spoken_by(scene, hit)
        begins_own = content.words[hit.first].lower in {"our"} and scene.quoted[hit.first]
        if not (subject.kind == "own" or begins_own):
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
        if subject.kind == "pronoun" or (refers_back(scene) and not found):
            back = meant(scene, hit.first)
            if back:
                acting = {one.party for one in scene.others() if one.owns or one.part == "by"}
                found = back + [name for name in found if name in acting]
                meaning = "; meant by the words before"
        if found and first is None:
            first = hit
        names.extend(found)
    if first is None:
        return None
    rule = f"judging words {shown(scene, first)}{meaning}"
    targets = with_rest(scene, list(dict.fromkeys(names)))
    return Act("ACCUSE", "disapprove", targets, first, rule)


def deed_in(scene: Scene) -> Act | None:
    """A deed of another party that is told as a wrong: arming, violence, deceit, breach."""
    content = scene.content
    arms = content.find("arms")
    for hit in [hit for family in _WRONGS for hit in content.find(family)]:
        if content.is_negated(hit) or _reported_speech(scene, hit):
            continue
        if hit.family in {"transfer", "receive"} and not arms:
            continue
        if hit.family == "training" and not content.find("forces", "arms"):
            continue
        if hit.family == "partnership" and not (arms and _armed(scene)):
            continue
        subject = spoken_by(scene, hit)
        passive = content.is_passive(hit)
        if subject.kind == "own" and not passive and hit.family != "violence":
            continue
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
            targets = with_rest(scene, list(dict.fromkeys(names)))
            return Act("ACCUSE", "allege", targets, hit, rule, "COMMENT")
    return None


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
        names = list(last.stances)
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
