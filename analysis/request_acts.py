"""Requests: to change, for help, to meet, for an inquiry, for closer ties."""

from __future__ import annotations

from analysis.lexicon import Hit
from analysis.passages import Passage
from analysis.scene import Scene
from analysis.sides import foes
from analysis.speech_acts import Act, with_rest
from analysis.targets import addressees, threatened

_NO_VERBS = frozenset("a an the its their talks negotiations this these his her".split())
_HELP = frozenset(
    """help lend assist provide supply donate mediate evacuate rescue back aid share send join host
    train repair store sell guarantee vouch double finance fund support protect defend treat
    equip arm""".split()
)


def request(scene: Scene, hit: Hit | None, rule: str) -> Act:
    """A request: to meet, for help, or to change; only the last is against its addressee."""
    content = scene.content
    begin = 0 if hit is None else hit.last
    names = addressees(scene, hit)
    quiet = {one.party: "none" for one in scene.others()}
    punished = [h for h in content.find("sanction") if h.kind != "verb" and h.first >= begin]
    if punished and not content.is_negated(punished[0]):
        aimed = threatened(scene, punished[0])
        return Act("REQUEST", "change", with_rest(scene, aimed), hit, rule + ", for sanctions")
    if any(h.first - begin <= 6 and _asks_to_do(content, begin) for h in content.find("talking")):
        if len(names) > 1:
            return Act("REQUEST", "meet", dict.fromkeys(names, "none"), hit, rule + ", to talk")
    change = _asks_to_do(content, begin) or _asks_to_end(content, begin)
    if change and _asks_to_help(content, begin):
        return Act("REQUEST", "assist", quiet, hit, rule + ", for help")
    inquiries = [h for h in content.find("inquiry_noun") if h.first - begin <= 8]
    reach = 16 if hit is None and not change else 5
    near = [h for h in content.find("meet_request") if h.first - begin <= reach]
    help_ = [h for h in content.find("assist_request") if h.first - begin <= 6]
    ties = [h for h in content.find("partnership") if h.kind == "noun" and h.first - begin <= 6]
    if inquiries and (not change or _sends(content, begin)):
        return Act("REQUEST", "assist", quiet, hit, rule + ", for an inquiry or helpers")
    if ties and not change:
        partner = [o.party for o in scene.others() if o.part == "with"]
        if partner and partner[0] not in foes(scene):
            targets = with_rest(scene, partner[:1], "favor")
            return Act("AGREE", None, targets, hit, rule + ", for closer ties", "REQUEST")
    if near and not change:
        return Act("REQUEST", "meet", quiet, hit, rule + ", to meet")
    if help_ and not change:
        return Act("REQUEST", "assist", dict.fromkeys(names, "none"), hit, rule + ", for help")
    return Act("REQUEST", "change", with_rest(scene, names[:2]), hit, rule + ", to change")


def _asks_to_end(content: Passage, begin: int) -> bool:
    """Whether an end is asked for: *that X cease its support*."""
    return any(hit.first - begin <= 6 for hit in content.find("imperative"))


def _asks_to_help(content: Passage, begin: int) -> bool:
    """Whether what is asked for is help: *to lend it two tugs*."""
    for at in range(begin, min(begin + 8, len(content.words) - 1)):
        if content.words[at].lower == "to":
            return content.words[at + 1].lower in _HELP
    return False


def _sends(content: Passage, begin: int) -> bool:
    """Whether somebody is asked to send helpers."""
    return content.has({"send", "dispatch", "provide"}, begin, begin + 10)


def _asks_to_do(content: Passage, begin: int) -> bool:
    """Whether an infinitive follows soon: *to stop*, not *to a meeting*."""
    for at in range(begin, min(begin + 8, len(content.words) - 1)):
        lower = content.words[at].lower
        if lower == "for" and at - begin < 3:
            return False
        if lower == "to":
            return content.words[at + 1].lower not in _NO_VERBS
    return False
