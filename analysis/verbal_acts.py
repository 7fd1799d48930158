"""Acts done by speaking: denials, refusals, requests, and what is performed by saying it."""

from __future__ import annotations

from analysis.lexicon import Hit
from analysis.passages import NEGATIONS, Passage
from analysis.pointing import accusers, meant, praised_before, refers_back
from analysis.request_acts import request
from analysis.scene import Scene, Subject, subject_of
from analysis.sides import foes
from analysis.speech_acts import (
    FUTURE,
    NEEDING,
    Act,
    against,
    in_clause,
    shown,
    spoken_by,
    with_rest,
)
from analysis.targets import addressees, culprits, threatened

_MODAL_NOT = frozenset("won't wouldn't cannot can't couldn't not never no".split())
YIELDING = frozenset(
    """accept negotiate talk agree allow permit let comply concede yield bow recognise recognize
    withdraw surrender participate join discuss attend compromise cooperate consider obey give
    heed engage sign meet retreat""".split()
)
_NO_OBJECTS = frozenset("of for is are was were will would has have".split())
_FEELING = frozenset(
    """our my its his her full strong deep deepest sincere heartfelt warm high warmest highest
    renewed serious grave great profound utmost unwavering continued firm""".split()
)
_SAYING = frozenset(
    """say says said insists insisted wants wanted demands demanded argues argued believes believed
    thinks thought maintains claims claimed""".split()
)
_BETTER = frozenset("in so as closer stronger better more".split())
_PARTICIPLES = ("ed", "en", "nt", "ld", "ne", "de")
_DEEDS = ("transfer", "violence", "wrongdoing", "deceit", "receive", "sanction", "training")


def decline_in(scene: Scene) -> Act | None:
    """A comment declined."""
    for hit in scene.content.find("decline"):
        if spoken_by(scene, hit).kind != "other":
            return Act("COMMENT", "decline", {}, hit, f"comment declined: {shown(scene, hit)}")
    return None


def disbelief_in(scene: Scene) -> Act | None:
    """Another party is not believed; a denial of it in the content is what is answered."""
    content = scene.content
    for hit in content.find("disbelief"):
        subject = spoken_by(scene, hit)
        denials = [d for d in content.find("deny") if d.first != hit.first]
        names: list[str] = []
        for denial in denials:
            names = names or culprits(scene, denial)
            spoken = subject_of(scene, denial.first)
            names = [w.party for w in spoken.who if w.party not in scene.own] or names
        names = names or ([] if subject.kind == "own" else culprits(scene, hit))
        names = names or addressees(scene, None)[:1] or meant(scene)
        if names:
            rule = f"disbelief: {shown(scene, hit)}"
            return Act("ACCUSE", "allege", against(names), hit, rule, "REJECT" if denials else "")
    return None


def denial_in(scene: Scene) -> Act | None:
    """A denial: by a denying verb, by calling an accusation false, or of a deed of one’s own."""
    content = scene.content
    for hit in content.find("deny"):
        if hit.kind == "verb" and not content.is_negated(hit):
            answered = content.is_passive(hit) and content.find("accusation_noun")
            if spoken_by(scene, hit).kind == "own" or answered:
                return deny(scene, hit, f"own denial: {shown(scene, hit)}")
    nouns = [h for h in content.find("accusation_noun") if not _owned_by_self(scene, h)]
    for hit in content.find("falsehood"):
        if content.is_negated(hit) and content.words[hit.first].lower != "no":
            continue
        words = content.phrase(hit.first, hit.last).lower()
        if words.startswith("no ") and _about_others(scene, hit):
            continue
        if nouns or words.startswith("no ") or _is_plainly_denied(scene, hit):
            return deny(scene, hit, f"accusation called {shown(scene, hit)}")
    for at, word in enumerate(content.words[:-1]):
        if word.lower == "never" and content.words[at + 1].lower.endswith(_PARTICIPLES):
            hit = Hit(at, at + 2, "deny", "phrase")
            if content.words[at + 1].lower == "been" and content.has(_BETTER, at + 2, at + 3):
                continue
            if subject_of(scene, at).kind == "own":
                return deny(scene, hit, f"own deed denied: {shown(scene, hit)}")
    for hit in content.find(*_DEEDS):
        if not content.is_negated(hit) or in_clause(content, hit, FUTURE) >= 0:
            continue
        if hit.family == "receive" and not content.find("arms"):
            continue
        spoken = spoken_by(scene, hit).kind
        if (spoken == "own" or (spoken == "noun" and content.is_passive(hit))) and not _is_needless(
            content, hit
        ):
            return deny(scene, hit, f"own deed denied: “not … {content.words[hit.first].lower}”")
    return None


def _about_others(scene: Scene, hit: Hit) -> bool:
    """“No evidence that X did it” clears or doubts X; it denies nothing of one's own."""
    content = scene.content
    that = content.words[hit.last].lower if hit.last < len(content.words) else ""
    mine = any(one.party in scene.own for one in content.who)
    return that == "that" and bool(scene.others()) and not mine


def _owned_by_self(scene: Scene, hit: Hit) -> bool:
    before = scene.content.words[hit.first - 1].lower if hit.first else ""
    return before in {"our", "my"}


def _is_plainly_denied(scene: Scene, hit: Hit) -> bool:
    """Whether the clause is a pointing word, *is* and the verdict: “this is not true”."""
    content = scene.content
    begin = hit.first
    while begin and content.clause[begin - 1] == content.clause[hit.first]:
        begin -= 1
    head = [word.lower for word in content.words[begin : hit.first]]
    return 1 < len(head) <= 6 and head[0] in {"this", "that", "it", "these", "those", "all"}


def _is_needless(content: Passage, hit: Hit) -> bool:
    return content.has({"need", "needs", "needing"}, max(0, hit.first - 5), hit.first)


def deny(scene: Scene, hit: Hit | None, rule: str) -> Act:
    """A denial: against the accuser; the alleged partner is only named."""
    found = accusers(scene)
    targets = {one.party: "none" for one in scene.others()}
    targets.update(against(found))
    whom = f", accuser {', '.join(found)}" if found else ", accuser not recovered"
    return Act("REJECT", "deny", targets, hit, rule + whom)


def refusal_in(scene: Scene) -> Act | None:
    """A refusal of one’s own: by a refusing verb, or *will not* before a verb of yielding."""
    content = scene.content
    for hit in content.find("refuse"):
        if hit.kind == "noun" or content.is_negated(hit) or _of_violence(content, hit):
            continue
        turned_down = content.is_passive(hit) and not _has_agent(scene, hit)
        if spoken_by(scene, hit).kind == "own" or turned_down:
            return refuse(scene, hit, f"own refusal: {shown(scene, hit)}")
    for at, word in enumerate(content.words):
        if word.lower not in YIELDING:
            continue
        hit = Hit(at, at + 1, "refuse", "verb")
        negation = in_clause(content, hit, _MODAL_NOT, 4)
        if negation < 0 or subject_of(scene, at).kind != "own":
            continue
        if in_clause(content, hit, FUTURE | _MODAL_NOT - {"not", "never", "no"}, 5) >= 0:
            return refuse(scene, hit, f"own refusal: “not … {word.lower}”")
    return None


def _has_agent(scene: Scene, hit: Hit) -> bool:
    """Whether a passive names who does it."""
    return scene.content.has({"by"}, hit.last, hit.last + 2)


def _of_violence(content: Passage, hit: Hit) -> bool:
    """Whether it is no refusal: *we shoot down drones*, *we are opposed to war*."""
    return any(deed.first in {hit.first, hit.last} for deed in content.find("violence"))


def refuse(scene: Scene, hit: Hit | None, rule: str) -> Act:
    """A refusal: against whoever asked or offered."""
    others = scene.others()
    begin = hit.first if hit is not None else -1
    after = [one for one in others if one.first > begin]
    asked = [one for one in after if one.owns or one.part in {"by", "from"}] or [
        one for one in after if one.part in {"with", "bare", "to", "of", "on", "against"}
    ]
    names = [w.party for w in asked if w.together == asked[0].together] if asked else []
    if not names and not others and scene.whole:
        names = foes(scene)[:1]
    targets: dict[str, str | None] = {w.party: "none" for w in others}
    targets.update(against(names))
    return Act("REJECT", "refuse", targets, hit, rule)


_PERFORMED = ("accuse", "condemn", "request", "support", "threat", "agree", "warn")


def performed_in(scene: Scene) -> Act | None:
    """“We condemn”, “we are asking X to …”: the speaker performs the act by saying so."""
    content = scene.content
    for hit in content.find(*_PERFORMED):
        if hit.kind == "noun" or content.is_negated(hit):
            continue
        subject = spoken_by(scene, hit)
        if _is_called_upon(scene, hit, subject):
            names = [one.party for one in subject.who if one.party not in scene.own]
            act, mode, side = _CALLED[hit.family]
            rule = f"passive without a doer: {shown(scene, hit)}"
            return Act(act, mode, with_rest(scene, names, side), hit, rule)
        if subject.kind != "own" or subject.at < 0 or content.is_passive(hit):
            continue
        if hit.first - subject.at > 6 or in_clause(content, hit, FUTURE | {"to"}, 2) >= 0:
            continue
        act = act_of_family(scene, hit, f"own words {shown(scene, hit)}")
        if act is not None:
            return act
    return None


_CALLED = {
    "accuse": ("ACCUSE", "allege", "against"), "condemn": ("ACCUSE", "disapprove", "against"),
    "request": ("REQUEST", "change", "against"), "support": ("SUPPORT", None, "favor"),
}  # fmt: skip


def _is_called_upon(scene: Scene, hit: Hit, subject: Subject) -> bool:
    """“X is urged to stop”: who urges is not named, and it goes on now."""
    content = scene.content
    now = content.has({"is", "are", "be"}, max(0, hit.first - 2), hit.first)
    passive = content.is_passive(hit) and not _has_agent(scene, hit)
    return hit.family in _CALLED and passive and now and subject.kind == "other"


def own_feeling_in(scene: Scene) -> Act | None:
    """“Our solidarity with X”, “our condemnation of X”: the noun performs the act."""
    content = scene.content
    for hit in content.find("support", "condemn", "accuse"):
        before = content.words[hit.first - 1].lower if hit.first else ""
        if hit.kind != "noun" or (hit.first and before not in _FEELING):
            continue
        after = [o for o in scene.others() if 0 <= o.left - hit.last <= 2 and o.part != "bare"]
        if after and not content.is_negated(hit):
            side = "favor" if hit.family == "support" else "against"
            act = ("SUPPORT", None) if side == "favor" else ("ACCUSE", "disapprove")
            targets = with_rest(scene, [after[0].party], side)
            return Act(*act, targets, hit, f"own feeling: {shown(scene, hit)}")
    return None


def told_accusation_in(scene: Scene) -> Act | None:
    """“X is responsible for …”: an accusation with the accused as its subject."""
    content = scene.content
    for hit in content.find("accuse"):
        if hit.kind != "phrase" or content.is_negated(hit):
            continue
        names = [w.party for w in spoken_by(scene, hit).who if w.party not in scene.own]
        if names:
            targets = with_rest(scene, names)
            return Act("ACCUSE", "allege", targets, hit, f"blame told: {shown(scene, hit)}")
    return None


def act_of_family(scene: Scene, hit: Hit | None, rule: str, family: str = "") -> Act | None:
    """Act of a speech family and its targets in the content.

    Parameters
    ----------
    scene : Scene
    hit : Hit or None
        Deciding words in the content; None if the cue decides.
    rule : str
    family : str
        Family of the cue, if ``hit`` is None.
    """
    family = family or hit.family
    content = scene.content
    if family in {"accuse", "condemn", "warn", "concern"}:
        names = culprits(scene, None) if hit is None else addressees(scene, hit)
        back = not names and refers_back(scene)
        names = names or (meant(scene) if back else [])
        mode = "allege" if family == "accuse" else "disapprove"
        if names or family == "accuse":
            named = "; meant by the words before" if back else "; target named in the content"
            return Act("ACCUSE", mode, with_rest(scene, names), hit, rule + named)
        return None
    if family == "request":
        return request(scene, hit, rule)
    if family == "support":
        names = addressees(scene, hit) or praised_before(scene)
        if not names:
            return None
        return Act("SUPPORT", None, with_rest(scene, names, "favor"), hit, rule)
    if family == "threat":
        return Act("THREATEN", None, with_rest(scene, threatened(scene, hit)), hit, rule)
    if family == "agree":
        names = addressees(scene, hit)
        between = [one for one in scene.others() if one.part == "between"]
        names = list(dict.fromkeys([one.party for one in between])) or names
        if not names and hit is not None and content.words[hit.last - 1].lower == "with":
            spoke = [said.party for said in scene.earlier if not scene.speaks(said)]
            names = spoke[-1].split("; ") if spoke else []
        return Act("AGREE", None, with_rest(scene, names, "favor"), hit, rule)
    return None


def demand_in(scene: Scene) -> Act | None:
    """A demand: *must*, *should*, *needs to* of another party, or an imperative."""
    content = scene.content
    for hit in content.find("obligation"):
        subject = spoken_by(scene, hit)
        if content.words[hit.last - 1].lower == "for":
            subject = Subject("other", tuple(o for o in scene.others() if o.part == "for"))
        if subject.kind in {"own", "none"} or _owned_by_clause(scene, hit):
            continue
        if _said_by_other(scene, hit):
            continue
        names = [w.party for w in subject.who if w.party not in scene.own]
        if not names and subject.kind == "pronoun":
            names = meant(scene, hit.first)
        if names:
            rule = f"obligation: {shown(scene, hit)}"
            return Act("REQUEST", "change", with_rest(scene, names), hit, rule)
    return _commanded(scene) or _must_end(scene)


def _said_by_other(scene: Scene, hit: Hit) -> bool:
    """Whether the demand is one that the content reports of another party."""
    for at in range(1, hit.first):
        if scene.content.words[at].lower in _SAYING:
            if any(0 <= at - one.last <= 1 for one in scene.others()):
                return True
    return False


def _commanded(scene: Scene) -> Act | None:
    """An imperative in quotation marks: “Stop the raids”, “if you have proof, show it”."""
    content = scene.content
    for hit in content.find("imperative"):
        before = content.words[hit.first - 1].lower if hit.first else "."
        clause = content.words[0].lower == "if" and before == ","
        if not (before in {".", "!", "?", ";"} or clause) or not scene.quoted[hit.first]:
            continue
        if hit.last < len(content.words) and content.words[hit.last].lower in _NO_OBJECTS:
            continue
        blamed = [one for one in scene.others() if one.owns or one.part == "by"]
        names = [one.party for one in blamed] or meant(scene) or foes(scene)[:1]
        if scene.speaker in {"other", ""}:
            names = [one.party for one in blamed]
        return Act("REQUEST", "change", against(names), hit, f"imperative: {shown(scene, hit)}")
    return None


def _must_end(scene: Scene) -> Act | None:
    """A demand that names nobody: “attacks must stop”, “the time to end this is now”."""
    content = scene.content
    for hit in content.find("obligation"):
        words = content.phrase(hit.first, hit.last).lower()
        open_ = scene.quoted[hit.first] and not content.is_negated(hit) and not scene.others()
        if not open_ or spoken_by(scene, hit).kind in {"own", "other", "pronoun"}:
            continue
        after = content.words[hit.last].lower if hit.last < len(content.words) else ""
        if words.startswith(("must", "time", "is time")) or (words, after) == ("should", "be"):
            return Act("REQUEST", "change", {}, hit, f"obligation of nobody named: “{words}”")
    return None


def _owned_by_clause(scene: Scene, hit: Hit) -> bool:
    return in_clause(scene.content, hit, frozenset({"if", "should", "we", "i"})) >= 0


def assist_in(scene: Scene) -> Act | None:
    """A need of one’s own for help or arms."""
    content = scene.content
    for hit in content.find("assist_request"):
        at = in_clause(content, hit, NEEDING, 6)
        if at < 0 or subject_of(scene, at).kind != "own":
            continue
        if content.has(NEGATIONS, max(0, at - 3), hit.first):
            continue
        names = addressees(scene, hit)
        targets = dict.fromkeys(names, "none")
        return Act("REQUEST", "assist", targets, hit, f"own need: {shown(scene, hit)}")
    return None
