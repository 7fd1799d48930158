"""Acts told without a word that performs them: who gives, meets, refuses, threatens or is hit.

These rules come last: they read the plain course of events in a content that no cue, judgement or
deed of the other rules has decided.
"""

from __future__ import annotations

from analysis.lexicon import Hit
from analysis.passages import NEGATIONS, Who
from analysis.pointing import meant, refers_back
from analysis.scene import Scene, subject_of
from analysis.sides import foes
from analysis.speech_acts import FUTURE, Act, in_clause, shown, spoken_by, with_rest
from analysis.verbal_acts import deny

_COMING = FUTURE | {"would", "intends", "intend", "plans", "plan", "ready", "way", "promise"}
_WILLED = frozenset(
    """will would shall agreed agree signed sign launch launched start begin build open deepen widen
    expand strengthen continue resume intends intend plans ready want wants joint jointly
    together""".split()
)
_HOSTILE = ("violence", "fight", "coerce", "wrongdoing", "deceit")
_STUDIED = frozenset("study studi exami weigh revie asses evalu".split())
_SPOKEN = ("accuse", "condemn", "deny", "refuse", "threat", "request", "sanction")
_CONDITION = frozenset("if unless should until once any next further".split())
_GIVING = frozenset("to for".split())
_PLACES = frozenset("in at near inside into".split())


def _named(scene: Scene) -> list[Who]:
    """Other parties of the content; those that only an adjective names, if there are no others."""
    found = [one for one in scene.others() if one.part not in _PLACES]
    return found or [
        one for one in scene.content.who
        if one.party not in scene.own and one.part == "origin"
    ]  # fmt: skip


def _alone(scene: Scene) -> Who | None:
    """The other party, if there is only one."""
    named = _named(scene)
    return named[0] if len({one.party for one in named}) == 1 else None


def _with_own(scene: Scene, one: Who) -> bool:
    """Whether a party and the speaker's own are named as a pair."""
    pair = [w for w in scene.content.who if w.party in scene.own and w.together == one.together]
    return bool(pair) or one.part in {"with", "alongside"}


def _act(scene: Scene, act: str, mode: str | None, one: Who, side: str, hit: Hit, what: str) -> Act:
    targets = with_rest(scene, [one.party], side)
    return Act(act, mode, targets, hit, f"{what}: {shown(scene, hit)}")


def no_part_in(scene: Scene) -> Act | None:
    """The speaker's side had no part in it: *nothing to do with*, *were not there*."""
    for hit in scene.content.find("no_part"):
        if spoken_by(scene, hit).kind != "other":
            return deny(scene, hit, f"own part denied: {shown(scene, hit)}")
    return None


def under_study_in(scene: Scene) -> Act | None:
    """What the speaker's side still studies: no side is taken yet."""
    content = scene.content
    if content.find("sanction", "hostile", "consequence", "blame", *_HOSTILE):
        return None
    for hit in content.find("consider"):
        studied = hit.kind == "verb" and content.words[hit.first].lower[:5] in _STUDIED
        if studied and spoken_by(scene, hit).kind != "other":
            named = {one.party: "none" for one in scene.others()}
            return Act("COMMENT", "report", named, hit, f"under study: {shown(scene, hit)}")
    return None


def nothing_agreed_in(scene: Scene) -> Act | None:
    """What another party wants is refused: *not acceptable*, *no talks with X*."""
    one = _alone(scene)
    for hit in scene.content.find("no_deal") if one is not None else []:
        if spoken_by(scene, hit).kind != "other" or scene.content.find("proposal_noun", "refuse"):
            return _act(scene, "REJECT", "refuse", one, "against", hit, "nothing agreed")
    return None


def called_upon_in(scene: Scene) -> Act | None:
    """A party is told what it owes: *the onus is on X*, *high time that X …*."""
    one = _alone(scene)
    for hit in scene.content.find("duty") if one is not None else []:
        if not scene.content.is_negated(hit) and spoken_by(scene, hit).kind != "own":
            return _act(scene, "REQUEST", "change", one, "against", hit, "told what it owes")
    return None


def not_forsaken_in(scene: Scene) -> Act | None:
    """Another party will not be left alone."""
    content = scene.content
    one = _alone(scene)
    for hit in content.find("forsake") if one is not None else []:
        if content.is_negated(hit) and spoken_by(scene, hit).kind != "other":
            return _act(scene, "AGREE", None, one, "favor", hit, "will not be left alone")
    return None


def helped_in(scene: Scene) -> Act | None:
    """Goods or help that go to another party, and nobody else gives them."""
    content = scene.content
    one = _alone(scene)
    if one is None or one.party in foes(scene) or content.find("arms_race", *_HOSTILE, *_SPOKEN):
        return None
    for hit in content.find("bound_for", "goods", "assist_request", "aid", "helping"):
        near = 0 <= one.left - hit.last <= 3 or hit.family == "helping"
        if content.is_negated(hit) or not near:
            continue
        if hit.kind != "phrase" and spoken_by(scene, hit).kind == "other":
            continue
        if hit.family in {"goods", "assist_request", "aid"} and one.part not in _GIVING:
            continue
        if hit.family == "assist_request" and subject_of(scene, hit.first).kind == "own":
            continue
        return _act(scene, "AGREE", None, one, "favor", hit, "help that goes to another party")
    return None


def met_in(scene: Scene) -> Act | None:
    """The speaker's side and another party met, talked, or work together."""
    content = scene.content
    one = _alone(scene)
    if one is None or content.find(*_SPOKEN, "violence", "open_question"):
        return None
    for hit in content.find("consult", "contact"):
        mine = spoken_by(scene, hit).kind != "other" or _with_own(scene, one)
        if content.is_negated(hit) or one.part in _PLACES or not mine:
            continue
        if hit.kind == "noun" and not _with_own(scene, one):
            continue
        soon = in_clause(content, hit, _COMING) >= 0
        act = "AGREE" if soon else "CONSULT"
        return _act(scene, act, None, one, "favor", hit, "met or to meet")
    for hit in content.find("agree", "partnership", "cooperate", "joint_work"):
        willed = hit.family == "agree" or content.has(_WILLED)
        if not content.is_negated(hit) and willed and _with_own(scene, one):
            return _act(scene, "AGREE", None, one, "favor", hit, "work together")
    return None


def warned_off_in(scene: Scene) -> Act | None:
    """What will be done to another party: *would be boarded*, *its assets will be seized*."""
    content = scene.content
    one = _alone(scene)
    if one is None:
        return None
    for hit in content.find("hostile", "violence", "coerce", "fight", "reprisal"):
        coming = in_clause(content, hit, FUTURE | {"would", "could", "ready"}) >= 0
        if content.is_negated(hit) or not (coming or hit.family == "reprisal"):
            continue
        passive = content.is_passive(hit) and not any(w.part == "by" for w in content.who)
        mine = spoken_by(scene, hit).kind == "own"
        if passive or mine or (hit.family == "reprisal" and hit.kind != "noun"):
            return _act(scene, "THREATEN", None, one, "against", hit, "reprisal to come")
        if hit.family == "reprisal":
            return _act(scene, "THREATEN", None, one, "against", hit, "reprisal in hand")
    return None


def cut_off_in(scene: Scene) -> Act | None:
    """Ties with another party cut, its goods barred, its people put on a list."""
    content = scene.content
    one = _alone(scene)
    for hit in content.find("cut_off", "sanction") if one is not None else []:
        subject = spoken_by(scene, hit)
        passive = subject.kind in {"other", "noun", "none"} and content.is_passive(hit)
        coming = in_clause(content, hit, FUTURE | {"would"} | _CONDITION) >= 0
        if content.is_negated(hit) or not (subject.kind == "own" or passive or hit.kind != "verb"):
            continue
        if subject.kind == "other" and not passive:
            continue
        act = "THREATEN" if coming else "SANCTION"
        return _act(scene, act, None, one, "against", hit, "cut off")
    return None


def suffered_in(scene: Scene) -> Act | None:
    """A deed whose doer the passive names: *shelled by X’s guns*, *torn up by X*."""
    content = scene.content
    doers = [one for one in content.who if one.party not in scene.own and _is_agent(scene, one)]
    for hit in content.find(*_HOSTILE, "ruin", "damage"):
        after = [one for one in doers if 0 < one.left - hit.last + 1 <= 3]
        if hit.kind == "verb" and after and not content.is_negated(hit):
            return _act(scene, "ACCUSE", "allege", after[0], "against", hit, "done by another")
    return None


def _is_agent(scene: Scene, one: Who) -> bool:
    before = scene.content.words[one.left - 1].lower if one.left else ""
    return before == "by" or one.part == "by"


def wrong_told_in(scene: Scene) -> Act | None:
    """Another party is the subject of ruin, or a hand behind a deed is told."""
    content = scene.content
    for hit in content.find("ruin", "hidden_hand"):
        if content.is_negated(hit) or content.find("deny") or hit.kind == "noun":
            continue
        if content.has({"other", "another"}) and content.has({"each", "one"}):
            continue  # a quarrel of two others
        subject = [w for w in spoken_by(scene, hit).who if w.party not in scene.own]
        one = subject[0] if subject else _alone(scene)
        back = [] if scene.others() or not refers_back(scene) else meant(scene)
        if back:
            rule = f"wrong told of those meant before: {shown(scene, hit)}"
            return Act("ACCUSE", "disapprove", with_rest(scene, back), hit, rule)
        if one is not None and spoken_by(scene, hit).kind != "own":
            mode = "allege" if hit.family == "hidden_hand" else "disapprove"
            return _act(scene, "ACCUSE", mode, one, "against", hit, "wrong told of another party")
    return None


def praise_told_in(scene: Scene) -> Act | None:
    """Good is told of another party: *has kept its word*, *nobody has done more than X*."""
    content = scene.content
    one = _alone(scene)
    if one is None or content.find("blame", "falsehood"):
        return None
    for hit in content.find("credit", "support"):
        negated = content.is_negated(hit)
        if spoken_by(scene, hit).kind == "own" and hit.family == "credit":
            continue
        if not negated and (hit.family == "credit" or hit.kind != "verb"):
            return _act(scene, "SUPPORT", None, one, "favor", hit, "good told of another party")
    return None


def cleared_in(scene: Scene) -> Act | None:
    """A wrong that another party did not do, told by the speaker: it is defended."""
    content = scene.content
    one = _alone(scene)
    for hit in content.find("clears") if one is not None else []:
        if not NEGATIONS & {content.words[max(0, hit.first - 1)].lower}:
            return _act(scene, "SUPPORT", None, one, "favor", hit, "another party defended")
    return None
