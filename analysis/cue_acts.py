"""The speech act that a reporting cue carries: *denied*, *accused*, *issued a stark warning*."""

from __future__ import annotations

from analysis.acts import content_act
from analysis.conduct_acts import threat_in
from analysis.lexicon import Hit
from analysis.passages import NEGATIONS, Passage
from analysis.pointing import completed, meant, praised_before, refers_back
from analysis.request_acts import request
from analysis.scene import Scene
from analysis.sides import foes
from analysis.speech_acts import Act, spoken_by, with_rest
from analysis.targets import addressees, culprits, threatened, wrongdoers
from analysis.told_acts import warned_off_in
from analysis.verbal_acts import YIELDING, act_of_family, deny, refuse

# Families a reporting cue can carry, the more particular first.
_FAMILIES = (
    "decline", "threat", "accuse", "condemn", "deny", "refuse", "support", "warn", "request",
    "vow", "agree", "concern", "consult", "sanction",
)  # fmt: skip
_ANNOUNCING = frozenset(
    """announce announced announces announcing announcement unveil unveiled unveils unveiling
    impose imposed imposing declare declared declaring ordered""".split()
)
_ADMITTING = frozenset(
    """admit admits admitted admitting acknowledge acknowledges acknowledged acknowledging confess
    confesses confessed conceded concedes""".split()
)
_COMPLAINING = frozenset("complain complains complained complaining grumbled grumbles".split())
_CHALLENGING = frozenset("challenge challenges challenged challenging dare dares dared".split())
_WANTING = frozenset("wants want wanted told tells telling insisted insists insisting".split())
_CONDITIONAL = frozenset("would will could may might if".split())
_REPORTING = frozenset("report reports reported reporting".split())
_SPEAKING = frozenset("comment say answer confirm discuss elaborate speculate reply".split())
_ABOUT = frozenset("against about on over at to towards concerning regarding".split())
_FINITE = frozenset("had will would can could did may might and or but in at of on must".split())
_ENVOYS = frozenset("ambassador ambassadors envoy envoys diplomats consul mission staff".split())
_OWN_OBJECT = frozenset("its his her their our my itself".split())


def cue_act(scene: Scene, cue: Passage, negated: bool = False) -> Act | None:
    """Act that the cue carries, with the content as its object.

    Parameters
    ----------
    scene : Scene
    cue : Passage
        The reporting words.
    negated : bool
        Whether a negation stands before the cue.

    Returns
    -------
    Act or None
        None if the cue is neutral and the content decides.
    """
    if not cue.words:
        return None
    shown = f"cue ‘{cue.text.strip()}’"
    lowers = {word.lower for word in cue.words}
    hit = _deciding(cue)
    if lowers & _ADMITTING:
        return _admitted(scene, shown)
    if scene.speaker == "other" and lowers & _REPORTING:
        named = {one.party: "none" for one in scene.others()}
        return Act("COMMENT", "report", named, None, f"{shown}: reported by an observer", "ACCUSE")
    if hit is not None and hit.family == "refuse" and _only_silent(scene):
        return _declined(scene, shown)
    if hit is None:
        if lowers & _WANTING and _wants_of(scene):
            return request(scene, None, shown)
        if not negated and _cuts_off(scene, cue):
            return _cut_off(scene, shown, lowers)
        if lowers & _COMPLAINING and culprits(scene, None):
            return _blamed(scene, shown, "condemn")
        if lowers & NEGATIONS and lowers & YIELDING:
            return refuse(scene, None, shown)
        if lowers & _ANNOUNCING:
            return _announced(scene, shown)
        if not negated and _judges(cue):
            return _judged(scene, shown)
        return None
    if negated or (cue.is_negated(hit) and hit.family != "decline"):
        return _negated(scene, hit, shown)
    if lowers & _CHALLENGING and scene.content.has({"to"}):
        return request(scene, None, shown)
    answer = _ANSWERS.get(hit.family)
    if answer is not None:
        return answer(scene, shown)
    return act_of_family(scene, None, shown, hit.family)


def _wants_of(scene: Scene) -> bool:
    """Whether the content opens with what another party is to do: “X to stop”, “that X stop”."""
    content = scene.content
    first = [one for one in scene.others() if one.part == "bare" and one.left <= 1]
    if not first or first[0].last >= len(content.words):
        return False
    following = content.words[first[0].last].lower
    if content.words[0].lower == "that":
        bare_verb = following.isalpha() and not following.endswith(("s", "ed", "'s"))
        return bare_verb and following not in _FINITE
    return following == "to"


def _foreign(scene: Scene) -> list[str]:
    """Parties that the content names, by an adjective too."""
    named = [one.party for one in scene.content.who if one.party not in scene.own]
    return list(dict.fromkeys(named))


def _cuts_off(scene: Scene, cue: Passage) -> bool:
    """Whether the cue is a verb of cutting off, and its object a thing of another party."""
    first = scene.content.words[0].lower if scene.content.words else ""
    if not cue.find("cut_off") or not _foreign(scene) or first in {"that", "how", "when"}:
        return False
    recalls = cue.words[-1].lower.startswith("recall")
    return not recalls or scene.content.has(_ENVOYS)


def _cut_off(scene: Scene, shown: str, lowers: set[str]) -> Act:
    """Ties cut, goods barred, an envoy recalled; announced for later it is a threat."""
    act = "THREATEN" if lowers & _CONDITIONAL else "SANCTION"
    names = threatened(scene, None) or _foreign(scene)[:1]
    return Act(act, None, with_rest(scene, names), None, shown)


def _admitted(scene: Scene, shown: str) -> Act:
    """What is admitted is one's own conduct: told, but nobody is blamed."""
    found = content_act(scene)
    if found.act in {"AID", "AGREE"} or (found.act == "ACCUSE" and found.mode == "allege"):
        named = {one.party: "none" for one in scene.others()}
        return Act("COMMENT", "report", named, None, f"{shown}; own conduct admitted")
    return found


def _only_silent(scene: Scene) -> bool:
    """Whether what is refused is to speak: *declined* “to comment”."""
    words = [word.lower for word in scene.content.words[:2]]
    return len(words) == 2 and words[0] == "to" and words[1] in _SPEAKING


def carries_act(cue: Passage) -> bool:
    """Whether the cue says more than *said*."""
    return _deciding(cue) is not None


def _deciding(cue: Passage) -> Hit | None:
    found = [hit for family in _FAMILIES for hit in cue.hits.get(family, ())]
    if not found:
        return None
    rank = {family: number for number, family in enumerate(_FAMILIES)}
    return max(found, key=lambda hit: (hit.last - hit.first, -rank[hit.family]))


def _negated(scene: Scene, hit: Hit, shown: str) -> Act:
    named = {one.party: "none" for one in scene.others()}
    if hit.family in {"support", "agree", "consult", "request"}:
        return Act("REJECT", "refuse", named, None, f"{shown}, negated")
    return Act("COMMENT", "report", named, None, f"{shown}, negated")


def _declined(scene: Scene, shown: str) -> Act:
    named = {one.party: "none" for one in scene.others()}
    return Act("COMMENT", "decline", named, None, shown)


def _blamed(scene: Scene, shown: str, family: str) -> Act:
    names = culprits(scene, None)
    where = "; target named in the content"
    if not names and (refers_back(scene) or scene.whole):
        named = {one.party for one in scene.others()}
        names = [name for name in meant(scene) if name not in named or refers_back(scene)]
        where = "; target meant by the words before"
    mode = "allege" if family == "accuse" else "disapprove"
    if not names:
        where = "; nobody named as the doer"
        # Only a place or a victim is named: whom it is against cannot be told.
        unsure = {one.party: None for one in scene.others() if one.part == "in"}
        return Act("ACCUSE", mode, {**_discussed(scene), **unsure}, None, shown + where)
    names = list(dict.fromkeys([*completed(scene, names), *wrongdoers(scene)]))
    return Act("ACCUSE", mode, with_rest(scene, names), None, shown + where)


def _judges(cue: Passage) -> bool:
    """Whether the cue is a verb with a judging word and a noun of speech: *a scathing letter*."""
    nouns = {hit.first for hit in cue.find("utterance_noun")}
    return any(
        nouns & {hit.last, hit.last + 1} and not cue.is_negated(hit) for hit in cue.find("judging")
    )


def _judged(scene: Scene, shown: str) -> Act:
    """*Issued a scathing statement*: blame, unless the words that follow tell the act."""
    first = scene.content.words[0].lower if scene.content.words else ""
    found = content_act(scene)
    topic = first in _ABOUT and not scene.quoted[0]
    if (topic or found.act == "COMMENT") and culprits(scene, None):
        return _blamed(scene, shown, "condemn")
    return found


def _accused(scene: Scene, shown: str) -> Act:
    return _blamed(scene, shown, "accuse")


def _condemned(scene: Scene, shown: str) -> Act:
    found = _blamed(scene, shown, "condemn")
    soft = "concern" in shown or "worried" in shown or "regret" in shown
    if soft and "against" not in found.targets.values():
        return Act("COMMENT", "report", found.targets, None, found.rule)
    return found


def _denied(scene: Scene, shown: str) -> Act:
    content = scene.content
    if content.find("proposal_noun") and not (
        content.find("accusation_noun", "falsehood", "accuse") or "deni" in shown
    ):
        return refuse(scene, None, shown)
    found = deny(scene, None, shown)
    if "deni" not in shown and "against" not in found.targets.values():
        # "dismissed the findings of X": whose words they are is the one answered.
        authors = [one for one in scene.others() if one.owns or one.part in {"of", "by", "from"}]
        found.targets.update({one.party: "against" for one in authors[:1]})
    return found


def _refused(scene: Scene, shown: str) -> Act:
    accused = scene.content.find("falsehood") or [
        hit
        for hit in scene.content.find("accusation_noun", "accuse", "condemn")
        if hit.kind == "noun"
    ]
    asked = [hit for hit in scene.content.find("proposal_noun") if hit.first <= 3]
    if accused and not asked:
        return deny(scene, None, f"{shown}; accusation named in the content")
    return refuse(scene, None, shown)


def _supported(scene: Scene, shown: str) -> Act:
    content = scene.content
    first = content.words[0].lower if content.words else ""
    own_first = content.who and content.who[0].party in scene.own and content.who[0].first <= 2
    if first in _OWN_OBJECT or own_first:
        named: dict[str, str | None] = {one.party: "none" for one in scene.others()}
        named[scene.speaker] = "favor"
        return Act("COMMENT", "self", named, None, f"{shown}; said of oneself")
    names = addressees(scene, None) or praised_before(scene)
    return Act("SUPPORT", None, with_rest(scene, names, "favor"), None, shown)


def _warned(scene: Scene, shown: str) -> Act:
    threat = threat_in(scene)
    if threat is not None:
        return threat._replace(rule=f"{shown}; {threat.rule}")
    content = scene.content
    first = content.words[0].lower if content.words else ""
    sanctions = [hit for hit in content.find("sanction") if hit.kind != "verb" or not hit.first]
    if sanctions and sanctions[0].first <= 4:
        targets = with_rest(scene, threatened(scene, sanctions[0]))
        return Act("THREATEN", None, targets, sanctions[0], f"{shown}; sanctions to come")
    reprisal = warned_off_in(scene)
    if reprisal is not None:
        return reprisal._replace(rule=f"{shown}; {reprisal.rule}")
    if "against" in shown or first in {"against", "of", "about"} or "warning" in shown:
        names = culprits(scene, None)
        if names:
            rule = f"{shown}; target named in the content"
            return Act("ACCUSE", "disapprove", with_rest(scene, names), None, rule, "THREATEN")
    found = content_act(scene)
    if found.act == "SANCTION":
        return found._replace(act="THREATEN", rule=f"{shown}; {found.rule}", also="SANCTION")
    if found.act == "COMMENT" and content.has({"to"}) and scene.others():
        names = addressees(scene, None)
        if scene.others()[0].first <= 2 and first not in {"of", "that"}:
            return Act("REQUEST", "change", with_rest(scene, names), None, shown, "THREATEN")
    return found._replace(rule=f"{shown}; {found.rule}")


def _requested(scene: Scene, shown: str) -> Act:
    return request(scene, None, shown)


def _vowed(scene: Scene, shown: str) -> Act:
    content = scene.content
    hostile = content.find("hostile")
    friendly = [
        hit
        for hit in content.find(
            "support", "aid", "agree", "assist_request", "transfer", "partnership", "consult"
        )
        if not hostile or hit.first <= hostile[0].first
    ]  # fmt: skip
    if hostile and not friendly and not content.is_negated(hostile[0]):
        names = threatened(scene, hostile[0]) or (meant(scene) if refers_back(scene) else [])
        if names:
            names = completed(scene, names)
            return Act("THREATEN", None, with_rest(scene, names), None, f"{shown}; hostile act")
    names = addressees(scene, friendly[0] if friendly else None) or addressees(scene, None)
    if names and (friendly or not hostile):
        helped = friendly or names[0] not in foes(scene)
        side = "favor" if helped else "none"
        return Act("AGREE", None, with_rest(scene, names[:1], side), None, shown)
    found = content_act(scene)
    return found._replace(rule=f"{shown}; {found.rule}")


def _agreed(scene: Scene, shown: str) -> Act:
    return act_of_family(scene, None, shown, "agree")


def _met(scene: Scene, shown: str) -> Act:
    return Act("CONSULT", None, for_partner(scene), None, shown)


def _sanctioned(scene: Scene, shown: str) -> Act:
    coming = _CONDITIONAL & set(shown.strip("‘’").replace("‘", " ").lower().split())
    return Act(
        "THREATEN" if coming else "SANCTION",
        None,
        with_rest(scene, threatened(scene, None)),
        None,
        shown,
    )


def for_partner(scene: Scene) -> dict[str, str | None]:
    """Stance rows of a meeting: in favor of the first party named."""
    return with_rest(scene, addressees(scene, None)[:1], "favor")


_MATERIAL = (
    ("sanction", "SANCTION"), ("retreat", "RETREAT"), ("mobilize", "MOBILIZE"), ("aid", "AID"),
)  # fmt: skip


def _announced(scene: Scene, shown: str) -> Act | None:
    """What is announced as done is done: sanctions, a withdrawal, an aid package."""
    content = scene.content
    for family, act in _MATERIAL:
        for hit in content.find(family):
            if content.is_negated(hit) or hit.first > 8:
                continue
            words = f"{shown}; “{content.phrase(hit.first, hit.last)}”"
            if act == "SANCTION":
                names = threatened(scene, None) or meant(scene)
                return Act(act, None, with_rest(scene, names), hit, words)
            if act == "AID" and spoken_by(scene, hit).kind == "other":
                # Help between others is their conduct.
                return None
            side = "favor" if act == "AID" else "none"
            names = addressees(scene, hit)[:1]
            return Act(act, None, with_rest(scene, names, side), hit, words)
    return None


def _discussed(scene: Scene) -> dict[str, str | None]:
    return {one.party: "none" for one in scene.others()}


def is_negated_before(words: list[str]) -> bool:
    """Whether the words just before a cue negate it (*did not condemn*)."""
    return bool(NEGATIONS & set(words[-3:])) and "only" not in words[-3:]


_ANSWERS = {
    "decline": _declined, "accuse": _accused, "condemn": _condemned, "concern": _condemned,
    "deny": _denied, "refuse": _refused, "support": _supported, "warn": _warned,
    "request": _requested, "vow": _vowed, "agree": _agreed, "consult": _met,
    "sanction": _sanctioned,
}  # fmt: skip
