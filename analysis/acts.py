"""The speech act that the content of a statement performs, where its cue only says *said*.

Each rule reads the content and gives an `Act` or passes; the first that answers decides. The order
goes from the most particular (a declined comment, a denial) to the least (a neutral report).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from analysis.lexicon import Hit
from analysis.passages import NEGATIONS, Passage
from analysis.targets import (
    Scene,
    Subject,
    accusers,
    addressees,
    culprits,
    meant,
    reciprocal,
    refers_back,
    subject_of,
    threatened,
)

_FUTURE = frozenset("will would shall 'll we'll they'll i'll going".split())
_INTENT = _FUTURE | {"continue", "continues", "ready", "prepared", "committed", "determined"}
_MODAL_NOT = frozenset("won't wouldn't cannot can't couldn't not never no".split())
_YIELDING = frozenset(
    """accept negotiate talk agree allow permit let comply concede yield bow recognise recognize
    withdraw surrender participate join discuss attend compromise cooperate consider obey give
    heed engage sign meet retreat""".split()
)
_NEEDING = frozenset("need needs want wants require requires seek seeks asking ask asks".split())
_DEEDS = ("transfer", "violence", "wrongdoing", "deceit", "receive", "sanction", "training")
_MAKES_ARMS = frozenset(
    """build builds building built develop develops developing developed produce produces
    producing produced launch launching manufacture manufacturing assemble""".split()
)


class Act(NamedTuple):
    """What a statement does, to whom, and the words that decided.

    Attributes
    ----------
    act, mode : str or None
    targets : dict of str to (str or None)
        Party to ``against``, ``none``, ``favor``, or None for an abstention.
    hit : Hit or None
        Deciding words of the content; None if the cue or the context decided.
    rule : str
    also : str
        A second act that could be defended, or ``""``.
    """

    act: str | None
    mode: str | None
    targets: dict[str, str | None]
    hit: Hit | None
    rule: str
    also: str = ""


def against(names: list[str]) -> dict[str, str | None]:
    """Stance rows of a hostile act."""
    return dict.fromkeys(names, "against")


def for_them(names: list[str]) -> dict[str, str | None]:
    """Stance rows of a friendly act."""
    return dict.fromkeys(names, "favor")


def content_act(scene: Scene) -> Act:
    """Act of a statement by its content alone.

    Parameters
    ----------
    scene : Scene

    Returns
    -------
    Act
        COMMENT report if no rule answers.
    """
    for rule in _RULES:
        found = rule(scene)
        if found is not None:
            return found
    return Act("COMMENT", "report", {}, None, "no words of judgement, demand or deed")


def _words(scene: Scene, hit: Hit) -> str:
    return f"“{scene.content.phrase(hit.first, hit.last)}”"


def _spoken_by(scene: Scene, hit: Hit) -> Subject:
    return subject_of(scene, hit.first)


def _sentence_has(content: Passage, hit: Hit, words: frozenset[str]) -> bool:
    first = hit.first
    while first and content.words[first - 1].lower not in {".", "!", "?"}:
        first -= 1
    return content.has(words, first, hit.first)


def _in_clause(content: Passage, hit: Hit, words: frozenset[str], back: int = 8) -> int:
    """Word number of one of some words before the hit in its clause, or -1."""
    for at in range(hit.first - 1, max(-1, hit.first - 1 - back), -1):
        if content.clause[at] != content.clause[hit.first]:
            return -1
        if content.words[at].lower in words:
            return at
    return -1


# ------------------------------------------------------------------ answers to accusations


def _decline(scene: Scene) -> Act | None:
    for hit in scene.content.find("decline"):
        if _spoken_by(scene, hit).kind != "other":
            return Act("COMMENT", "decline", {}, hit, f"comment declined: {_words(scene, hit)}")
    return None


def _disbelief(scene: Scene) -> Act | None:
    content = scene.content
    for hit in content.find("disbelief"):
        subject = _spoken_by(scene, hit)
        denials = [d for d in content.find("deny") if d.first != hit.first]
        names: list[str] = []
        for denial in denials:
            names = names or culprits(scene, denial)
            spoken = subject_of(scene, denial.first)
            names = [w.party for w in spoken.who if w.party not in scene.own] or names
        names = names or ([] if subject.kind == "own" else culprits(scene, hit))
        names = names or addressees(scene, None)[:1] or meant(scene)
        if names:
            rule = f"disbelief: {_words(scene, hit)}"
            return Act(
                "ACCUSE", "allege", against(names), hit, rule, "REJECT" if denials else ""
            )
    return None


def _denial(scene: Scene) -> Act | None:
    content = scene.content
    for hit in content.find("deny"):
        if hit.kind == "verb" and not content.is_negated(hit):
            if _spoken_by(scene, hit).kind == "own":
                return deny(scene, hit, f"own denial: {_words(scene, hit)}")
    nouns = [h for h in content.find("accusation_noun") if not _owned_by_self(scene, h)]
    for hit in content.find("falsehood"):
        if content.is_negated(hit) and not content.words[hit.first].lower == "no":
            continue
        words = content.phrase(hit.first, hit.last).lower()
        if nouns or words.startswith("no ") or _is_plainly_denied(scene, hit):
            return deny(scene, hit, f"accusation called {_words(scene, hit)}")
    for hit in content.find(*_DEEDS):
        if not content.is_negated(hit) or _in_clause(content, hit, _FUTURE) >= 0:
            continue
        if hit.family == "receive" and not content.find("arms"):
            continue
        if _spoken_by(scene, hit).kind == "own" and not _is_needless(content, hit):
            return deny(scene, hit, f"own deed denied: “not … {content.words[hit.first].lower}”")
    return None


def _owned_by_self(scene: Scene, hit: Hit) -> bool:
    before = scene.content.words[hit.first - 1].lower if hit.first else ""
    return before in {"our", "my"}


def _is_plainly_denied(scene: Scene, hit: Hit) -> bool:
    """“This is not true”: nothing but a pointing word, *is* and the verdict."""
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


def _refusal(scene: Scene) -> Act | None:
    content = scene.content
    for hit in content.find("refuse"):
        if hit.kind == "noun" or content.is_negated(hit):
            continue
        if _spoken_by(scene, hit).kind == "own":
            return refuse(scene, hit, f"own refusal: {_words(scene, hit)}")
    for at, word in enumerate(content.words):
        if word.lower not in _YIELDING:
            continue
        hit = Hit(at, at + 1, "refuse", "verb")
        negation = _in_clause(content, hit, _MODAL_NOT, 4)
        if negation < 0 or subject_of(scene, at).kind != "own":
            continue
        if _in_clause(content, hit, _FUTURE | _MODAL_NOT - {"not", "never", "no"}, 5) >= 0:
            return refuse(scene, hit, f"own refusal: “not … {word.lower}”")
    return None


def refuse(scene: Scene, hit: Hit | None, rule: str) -> Act:
    """A refusal: against whoever asked or offered."""
    others = scene.others()
    begin = hit.first if hit is not None else -1
    after = [one for one in others if one.first > begin]
    asked = [one for one in after if one.owns or one.part in {"by", "from"}] or [
        one for one in after if one.part in {"with", "bare", "to", "of", "on", "against"}
    ]
    names = [w.party for w in asked if w.together == asked[0].together] if asked else []
    targets: dict[str, str | None] = {w.party: "none" for w in others}
    targets.update(against(names))
    return Act("REJECT", "refuse", targets, hit, rule)


# ------------------------------------------------------------------ performed by saying it

_PERFORMED = (
    "accuse", "condemn", "request", "support", "threat", "agree", "warn",
)  # fmt: skip


def _performed(scene: Scene) -> Act | None:
    """“We condemn”, “we are asking X to …”: the speaker performs the act by saying so."""
    content = scene.content
    for hit in content.find(*_PERFORMED):
        if hit.kind == "noun" or content.is_negated(hit):
            continue
        subject = _spoken_by(scene, hit)
        if subject.kind != "own" or subject.at < 0 or content.is_passive(hit):
            continue
        if hit.first - subject.at > 6:
            continue
        act = act_of_family(scene, hit, f"own words {_words(scene, hit)}")
        if act is not None:
            return act
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
        names = addressees(scene, hit)
        if not names:
            return None
        return Act("SUPPORT", None, with_rest(scene, names, "favor"), hit, rule)
    if family == "threat":
        return Act("THREATEN", None, with_rest(scene, threatened(scene, hit)), hit, rule)
    if family == "agree":
        names = addressees(scene, hit)
        return Act("AGREE", None, with_rest(scene, names, "favor"), hit, rule)
    return None


def with_rest(scene: Scene, names: list[str], side: str = "against") -> dict[str, str | None]:
    """Targets with a side, and the other parties discussed with none."""
    rest = {
        one.party: "none" for one in scene.others() if one.part not in {"in", "at", "into", "near"}
    }
    rest.update(dict.fromkeys(names, side))
    return rest


def request(scene: Scene, hit: Hit | None, rule: str) -> Act:
    """A request: to meet, for help, or to change; only the last is against its addressee."""
    content = scene.content
    begin = 0 if hit is None else hit.last
    near = [h for h in content.find("meet_request") if h.first - begin <= 5]
    help_ = [h for h in content.find("assist_request") if h.first - begin <= 6]
    change = content.has({"to"}, begin, begin + 8) and not content.has({"for"}, begin, begin + 5)
    names = addressees(scene, hit)
    if near and not change:
        return Act("REQUEST", "meet", dict.fromkeys(names, "none"), hit, rule + ", to meet")
    if help_ and not change:
        return Act("REQUEST", "assist", dict.fromkeys(names, "none"), hit, rule + ", for help")
    return Act("REQUEST", "change", with_rest(scene, names[:2]), hit, rule + ", to change")


# ------------------------------------------------------------------ sanctions, threats, demands


def _sanction(scene: Scene) -> Act | None:
    content = scene.content
    considered = [h for h in content.find("consider")]
    for hit in content.find("sanction"):
        if content.is_negated(hit) or _spoken_by(scene, hit).kind == "other":
            continue
        names = with_rest(scene, threatened(scene, hit))
        for sign in considered:
            weak = content.words[sign.first].lower in {"further", "additional", "more", "if"}
            same = content.clause[sign.first] == content.clause[hit.first]
            if same and not weak:
                rule = f"sanctions only considered: {_words(scene, sign)}"
                return Act("THREATEN", None, names, hit, rule, "SANCTION")
        if _in_clause(content, hit, _FUTURE) >= 0 and hit.kind == "verb":
            return Act("THREATEN", None, names, hit, f"sanctions to come: {_words(scene, hit)}")
        done = [h for h in content.find("sanction_done") if abs(h.first - hit.first) <= 8]
        if (hit.kind == "verb" and _spoken_by(scene, hit).kind == "own") or done:
            return Act("SANCTION", None, names, hit, f"sanctions announced: {_words(scene, hit)}")
    return None


def _pledge(scene: Scene) -> Act | None:
    content = scene.content
    for hit in content.find("support", "aid", "transfer", "assist_request"):
        if content.is_negated(hit) or _spoken_by(scene, hit).kind != "own":
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
        if _in_clause(content, hit, _INTENT) >= 0:
            return Act("AGREE", None, targets, hit, f"pledge: {_words(scene, hit)}")
        if hit.family in {"aid", "transfer"} and hit.kind == "verb":
            return Act("AID", None, targets, hit, f"own help told: {_words(scene, hit)}")
    return None


def threat_in(scene: Scene) -> Act | None:
    """A threat in the content: consequences named, or a hostile act of one's own to come."""
    content = scene.content
    for hit in content.find("consequence"):
        subject = _spoken_by(scene, hit)
        words = content.phrase(hit.first, hit.last).lower()
        if content.is_negated(hit) or (subject.kind == "own" and words.startswith(("will", "face"))):
            continue
        back = [] if scene.others() else meant(scene, hit.first)
        names = threatened(scene, hit) or back or meant(scene)
        if names:
            return Act(
                "THREATEN", None, with_rest(scene, names), hit, f"consequences: {words}"
            )
    for hit in content.find("hostile"):
        at = _in_clause(content, hit, _FUTURE | {"ready", "prepared", "hesitate"})
        if at < 0 or content.is_negated(hit) or _spoken_by(scene, hit).kind != "own":
            continue
        names = threatened(scene, hit) or meant(scene, hit.first)
        if names:
            rule = f"own future act: {content.words[at].lower} … {_words(scene, hit)}"
            return Act("THREATEN", None, with_rest(scene, names), hit, rule)
    return None


def _demand(scene: Scene) -> Act | None:
    content = scene.content
    for hit in content.find("obligation"):
        subject = _spoken_by(scene, hit)
        if subject.kind in {"own", "none"} or _owned_by_clause(scene, hit):
            continue
        names = [w.party for w in subject.who if w.party not in scene.own]
        if not names and subject.kind == "pronoun":
            names = meant(scene, hit.first)
        if names:
            rule = f"obligation: {_words(scene, hit)}"
            return Act("REQUEST", "change", with_rest(scene, names), hit, rule)
    for hit in content.find("imperative"):
        opens = hit.first == 0 or content.words[hit.first - 1].lower in {".", "!", "?", ";"}
        if opens and scene.quoted[hit.first]:
            names = threatened(scene, hit) or meant(scene)
            if names:
                rule = f"imperative: {_words(scene, hit)}"
                return Act("REQUEST", "change", against(names), hit, rule)
    return None


def _owned_by_clause(scene: Scene, hit: Hit) -> bool:
    return _in_clause(scene.content, hit, frozenset({"if", "should", "we", "i"})) >= 0


def _assist(scene: Scene) -> Act | None:
    content = scene.content
    for hit in content.find("assist_request"):
        at = _in_clause(content, hit, _NEEDING, 6)
        if at < 0 or subject_of(scene, at).kind != "own":
            continue
        if content.has(NEGATIONS, max(0, at - 3), hit.first):
            continue
        names = addressees(scene, hit)
        targets = dict.fromkeys(names, "none")
        return Act("REQUEST", "assist", targets, hit, f"own need: {_words(scene, hit)}")
    return None


# ------------------------------------------------------------------ about oneself and others


def _self(scene: Scene) -> Act | None:
    content = scene.content
    speaker = scene.speaker
    for at, word in enumerate(content.words):
        need = word.lower in {"need", "needs", "needing", "require", "requires", "depend", "rely"}
        if need and subject_of(scene, at).kind in {"own"}:
            if content.has(NEGATIONS, max(0, at - 3), min(len(content.words), at + 2)):
                hit = Hit(at, at + 1, "self_praise", "verb")
                return _boast(scene, hit, speaker, "own independence")
    for hit in content.find("self_praise"):
        subject = _spoken_by(scene, hit)
        begins_own = content.words[hit.first].lower in {"our"} and scene.quoted[hit.first]
        if not (subject.kind == "own" or begins_own):
            continue
        if content.is_negated(hit) and content.words[hit.first].lower not in NEGATIONS:
            continue
        return _boast(scene, hit, speaker, "said of oneself")
    return None


def _boast(scene: Scene, hit: Hit, speaker: str, what: str) -> Act:
    targets = {one.party: "none" for one in scene.others()}
    targets[speaker] = "favor"
    return Act("COMMENT", "self", targets, hit, f"{what}: {_words(scene, hit)}", "REJECT")


def _blame(scene: Scene) -> Act | None:
    content = scene.content
    for hit in content.find("blame"):
        if content.is_negated(hit) and content.words[hit.first].lower not in {"does", "no"}:
            continue
        if _spoken_by(scene, hit).kind == "own" and not scene.others():
            continue
        return _judge(scene, hit)
    return None


def _judge(scene: Scene, hit: Hit) -> Act | None:
    """A judging word: against those whose conduct it is said of, named or meant."""
    named = culprits(scene, hit)
    subject = _spoken_by(scene, hit)
    back = subject.kind == "pronoun" or (refers_back(scene) and not named)
    names = list(dict.fromkeys([*named, *(meant(scene, hit.first) if back and not named else [])]))
    if not names:
        return None
    rule = f"judging words {_words(scene, hit)}" + ("" if named else "; meant by the words before")
    return Act("ACCUSE", "disapprove", with_rest(scene, names), hit, rule)


def _deed(scene: Scene) -> Act | None:
    """A deed of another party that is told as a wrong: arming, violence, deceit, breach."""
    content = scene.content
    arms = content.find("arms")
    for hit in content.find("transfer", "receive", "violence", "deceit", "wrongdoing", "partnership"):
        if content.is_negated(hit) or _reported_speech(scene, hit):
            continue
        if hit.family in {"transfer", "receive"} and not arms:
            continue
        if hit.family == "partnership" and not (arms and _armed(scene)):
            continue
        subject = _spoken_by(scene, hit)
        passive = content.is_passive(hit)
        if subject.kind == "own" and not passive and hit.family != "violence":
            continue
        names = [name for name in culprits(scene, hit) if name not in scene.friends]
        if hit.family in {"violence", "wrongdoing"} and subject.kind == "own" and not passive:
            names = [w.party for w in scene.others() if w.owns or w.part == "by"]
        if not names and subject.kind == "pronoun":
            names = meant(scene, hit.first)
        if names:
            rule = f"deed told of another party: {_words(scene, hit)}"
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
        if _spoken_by(scene, speech).kind in {"other", "noun"}:
            return True
    return False


def _praise(scene: Scene) -> Act | None:
    content = scene.content
    for hit in content.find("praise"):
        subject = _spoken_by(scene, hit)
        if content.is_negated(hit) or subject.kind != "other":
            continue
        names = [w.party for w in subject.who if w.party not in scene.own]
        return Act(
            "SUPPORT", None, with_rest(scene, names, "favor"), hit,
            f"praise: {_words(scene, hit)}",
        )  # fmt: skip
    return None


def _consult(scene: Scene) -> Act | None:
    content = scene.content
    for hit in content.find("consult"):
        subject = _spoken_by(scene, hit)
        if content.is_negated(hit) or subject.kind == "other":
            continue
        names = addressees(scene, hit)
        if names and (hit.kind == "verb" or subject.kind == "own"):
            targets = with_rest(scene, names[:1], "favor")
            return Act("CONSULT", None, targets, hit, f"meeting told: {_words(scene, hit)}")
    return None


def _goes_on(scene: Scene) -> Act | None:
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


def _topic(scene: Scene) -> Act | None:
    """The reporter's topic phrase names sanctions: “Regarding the new sanctions against X, …”."""
    outside = scene.outside
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


_RULES: tuple[Callable[[Scene], Act | None], ...] = (
    _decline, _disbelief, _denial, _goes_on, _topic, _self, _refusal, _performed, _sanction,
    _pledge, threat_in, _demand, _assist, _blame, _deed, _praise, _consult,
)  # fmt: skip
