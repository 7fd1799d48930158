"""The speech act that the content of a statement performs, where its cue only says *said*.

Each rule reads the content and gives an `Act` or passes; the first that answers decides. The order
goes from the most particular (a declined comment, a denial) to the least (a neutral report).
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.conduct_acts import (
    blame_in,
    deed_in,
    goes_on_in,
    sanction_in,
    self_in,
    threat_in,
    topic_in,
)
from analysis.friendly_acts import (
    backing_in,
    consult_in,
    pledge_in,
    praise_in,
    training_in,
    valued_ties_in,
)
from analysis.scene import Scene
from analysis.speech_acts import Act
from analysis.told_acts import (
    called_upon_in,
    cleared_in,
    cut_off_in,
    helped_in,
    met_in,
    no_part_in,
    not_forsaken_in,
    nothing_agreed_in,
    praise_told_in,
    suffered_in,
    under_study_in,
    warned_off_in,
    wrong_told_in,
)
from analysis.unsaid_acts import contradiction_in, foe_conduct_in, open_question_in, taken_up_in
from analysis.verbal_acts import (
    assist_in,
    decline_in,
    demand_in,
    denial_in,
    disbelief_in,
    own_feeling_in,
    performed_in,
    refusal_in,
    told_accusation_in,
)

_TOWARDS = frozenset("to at against on with towards toward for over".split())
_ADDRESSED = {
    ("ACCUSE", "allege"): "against", ("ACCUSE", "disapprove"): "against",
    ("REQUEST", "change"): "against", ("REQUEST", "assist"): "none", ("REQUEST", "meet"): "none",
    ("REJECT", "refuse"): "against", ("THREATEN", None): "against", ("SANCTION", None): "against",
    ("SUPPORT", None): "favor", ("AGREE", None): "favor", ("AID", None): "favor",
    ("CONSULT", None): "favor",
}  # fmt: skip

_RULES: tuple[Callable[[Scene], Act | None], ...] = (
    decline_in,
    open_question_in,
    under_study_in,
    disbelief_in,
    denial_in,
    goes_on_in,
    topic_in,
    own_feeling_in,
    valued_ties_in,
    self_in,
    refusal_in,
    sanction_in,
    pledge_in,
    threat_in,
    performed_in,
    told_accusation_in,
    demand_in,
    assist_in,
    blame_in,
    deed_in,
    praise_in,
    consult_in,
    training_in,
    backing_in,
    contradiction_in,
    foe_conduct_in,
    taken_up_in,
    no_part_in,
    cleared_in,
    not_forsaken_in,
    nothing_agreed_in,
    suffered_in,
    warned_off_in,
    cut_off_in,
    called_upon_in,
    wrong_told_in,
    praise_told_in,
    met_in,
    helped_in,
)


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
            return _unless_praised(scene, found)
    named = {one.party: "none" for one in scene.others() if one.part not in {"in", "at", "near"}}
    return Act("COMMENT", "report", named, None, "no words of judgement, demand or deed")


def _unless_praised(scene: Scene, found: Act) -> Act:
    """Abstain on a party that one content both blames and praises."""
    if found.act != "ACCUSE" or found.mode != "disapprove":
        return found
    praised = praise_in(scene)
    both = [
        name
        for name, stance in (praised.targets if praised else {}).items()
        if stance == "favor" and found.targets.get(name) == "against"
    ]
    if not both:
        return found
    targets = {**found.targets, **dict.fromkeys(both)}
    return found._replace(targets=targets, rule=f"{found.rule}; praised as well: no side told")


def addressed(scene: Scene, act: Act) -> Act:
    """Give an act without a target the one that the rest of its sentence names.

    Parameters
    ----------
    scene : Scene
    act : Act

    Returns
    -------
    Act
        With the party of “in a rebuke to X”, “his appeal to X”, if the content names nobody.
    """
    side = _ADDRESSED.get((act.act, act.mode))
    outside = scene.outside() if side and not scene.others() else None
    if outside is None or any(act.targets.values()):
        return act
    for one in outside.who:
        if one.party not in scene.own and one.part in _TOWARDS:
            rule = f"{act.rule}; target beside the content"
            return act._replace(targets={**act.targets, one.party: side}, rule=rule)
    return act
