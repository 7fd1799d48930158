"""Who is named as what: the parties a statement blames, asks, threatens or praises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.lexicon import Hit
from analysis.passages import Passage, Who
from analysis.scene import Scene, subject_of

_RECIPROCAL = frozenset(
    """in return|each other|one another|mutual|both ways|together|partnership|relationship|alliance
    |two-way|between them""".replace("\n    ", "").split("|")
)
_VICTIM_OF = frozenset(
    """invasion bombing bombardment shelling occupation annexation killing murder execution
    massacre siege blockade assassination destruction plunder partition torture dismemberment
    abduction arming supplying equipping training funding isolation encirclement""".split()
)
_RECEIVING_PARTS = frozenset(
    "to for in at into inside near on upon over toward towards across through within".split()
)
_VICTIM_HEADS = (
    "violence", "wrongdoing", "threat", "hostile", "aggression_noun", "deceit", "blame",
)  # fmt: skip


def parties_of(group: Iterable[Who], scene: Scene) -> list[str]:
    """Their party names without the speaker's own, each once."""
    return list(dict.fromkeys(one.party for one in group if one.party not in scene.own))


def culprits(scene: Scene, hit: Hit | None) -> list[str]:
    """Parties whose conduct the content blames.

    Parameters
    ----------
    scene : Scene
    hit : Hit or None
        The deciding words in the content; None if the cue decides and the content is its object.

    Returns
    -------
    list of str
        Party names; empty if nobody is named as the doer.
    """
    content, others = scene.content, scene.others()
    if not others:
        return []
    if hit is not None:
        same = [one for one in others if content.clause[one.first] == content.clause[hit.first]]
        sentence = same or [one for one in others if one.first < hit.first] or others
    else:
        sentence = others
    agents = [one for one in sentence if one.part == "by"]
    if agents:
        return parties_of(agents, scene)
    shared = [one for one in sentence if one.part == "between"]
    if shared and not _is_quarrel(content, shared[0]):
        return parties_of(shared, scene)
    if hit is None:
        return _object_of_cue(scene, sentence)
    if content.is_passive(hit) and hit.family not in {"blame", "partnership"}:
        givers = [one for one in sentence if one.part == "from" and hit.family == "transfer"]
        return parties_of(givers, scene)
    subject = subject_of(scene, hit.first)
    if subject.kind == "other":
        found = parties_of(subject.who, scene)
        if found:
            return found + _partners(scene, sentence, found)
    owners = [one for one in sentence if one.owns and not _suffers(content, one, hit)]
    if owners:
        return parties_of(owners[:1], scene)
    if hit.first and content.words[hit.first - 1].lower in {"by", "while", "in"}:
        # "By sending arms to X, Y becomes a party": the subject follows the comma.
        late = [
            one for one in sentence
            if one.part == "bare" and one.left and content.words[one.left - 1].lower == ","
            and one.first > hit.first
        ]  # fmt: skip
        if late:
            return parties_of(late[:1], scene)
    doers = [
        one for one in sentence
        if one.part in {"of", "with", "from", "bare"} and not _suffers(content, one, hit)
    ]  # fmt: skip
    if subject.kind == "own" or (subject.kind == "pronoun" and hit.family != "blame"):
        doers = [one for one in doers if one.part != "bare"]
    if subject.kind == "noun" and hit.family == "blame" and not doers:
        # “arms for X end on the black market”: the phrase that holds X is what is judged.
        doers = [one for one in sentence if one.part == "for" and one.last <= hit.first]
    return parties_of((w for w in doers[:1]), scene)


def _object_of_cue(scene: Scene, others: Sequence[Who]) -> list[str]:
    content = scene.content
    first = [one for one in others if one.part == "bare" and not one.owns]
    owners = [one for one in others if one.owns and not _suffers(content, one, None)]
    against = [
        one for one in others
        if one.part in {"against", "on", "upon", "at", "over", "to", "with", "about"}
        and (one.left <= 1 or not _head_is(content, one.left - 1, *_VICTIM_HEADS))
        and one.left <= 1
    ]  # fmt: skip
    of = [
        one for one in others
        if one.part in {"of", "from"} and not _suffers(content, one, None)
    ]  # fmt: skip
    for group in (against, first, owners, of):
        if group:
            leader = group[0]
            found = [one for one in group if one.together == leader.together]
            names = parties_of(found, scene)
            return names + _partners(scene, others, names)
    return []


def _partners(scene: Scene, others: Sequence[Who], found: Sequence[str]) -> list[str]:
    """The other side of a partnership that is itself blamed."""
    content = scene.content
    if not content.find("partnership"):
        return []
    reciprocal = any(
        content.phrase(hit.first, hit.last).lower() in _RECIPROCAL
        for hit in content.find("partnership")
    )
    parts = {"with", "between"} | ({"bare", "to"} if reciprocal else set())
    own = content.has({"their", "them"})
    abroad = any(content.words[hit.last - 1].lower == "in" for hit in content.find("partnership"))
    return [
        one.party
        for one in others
        if one.party not in found
        and ((one.part in parts and (one.part == "with" or own)) or (abroad and one.part == "in"))
    ]


def _is_quarrel(content: Passage, one: Who) -> bool:
    return _head_is(content, one.left - 1, "violence") or (
        one.left > 1
        and content.words[one.left - 2].lower in {"talks", "quarrel", "dispute", "negotiations"}
    )


def _head_is(content: Passage, at: int, *families: str) -> bool:
    """Whether a hit of some families ends at word ``at``, the head before a preposition."""
    return any(hit.last == at for family in families for hit in content.hits.get(family, ()))


def _suffers(content: Passage, one: Who, hit: Hit | None) -> bool:
    """Whether a party is the one to whom something is done."""
    if one.part in _RECEIVING_PARTS:
        return True
    if one.part == "against":
        return _head_is(content, one.left - 1, *_VICTIM_HEADS)
    if one.part == "of" and one.left > 1:
        return content.words[one.left - 2].lower in _VICTIM_OF
    return bool(hit and one.part == "bare" and one.first > hit.first and hit.kind == "verb")


def wrongdoers(scene: Scene) -> list[str]:
    """Parties whose own wrong is named beside the one blamed: *X enables Y’s war of conquest*.

    A bare *war* is taken for a name of what goes on, not for a reproach.
    """
    content = scene.content
    wrongs = content.find("violence", "wrongdoing", "deceit", "threat")
    wrongs = [hit for hit in wrongs if content.phrase(hit.first, hit.last).lower() != "war"]
    begins = {hit.first for hit in wrongs} | {hit.first for hit in content.find("blame")}
    owners = [one for one in scene.others() if one.owns and one.party not in scene.friends]
    return [
        one.party
        for one in owners
        if any(at in begins for at in range(one.last, one.last + 2))
        or (
            one.last < len(content.words)
            and content.words[one.last].lower == "'s"
            and one.last + 2 in begins
        )
    ]


def addressees(scene: Scene, hit: Hit | None) -> list[str]:
    """Whom a request, threat or praise is directed at: the first party after the deciding words."""
    content, others = scene.content, scene.others()
    begin = hit.first if hit is not None else -1
    after = [one for one in others if one.first > begin]
    if hit is not None:
        same = [one for one in after if content.clause[one.first] == content.clause[hit.first]]
        after = same or after
    for parts in ({"bare", "on", "upon"}, {"by", "from", "to", "with", "of", "against", "for"}):
        chosen = [one for one in after if one.part in parts or (one.owns and "bare" in parts)]
        if chosen:
            leader = chosen[0]
            return parties_of((w for w in chosen if w.together == leader.together), scene)
    return parties_of(after[:1], scene)


def threatened(scene: Scene, hit: Hit | None) -> list[str]:
    """Whom a threat or sanction is aimed at: against or on whom, else subject, object or owner."""
    content, others = scene.content, scene.others()
    aimed = [
        one for one in others
        if one.part in {"against", "on", "upon"} and not _head_is(content, one.left - 1, "violence")
    ]  # fmt: skip
    if aimed:
        return parties_of((w for w in aimed if w.together == aimed[0].together), scene)
    subjects = [one for one in others if one.part == "bare" and not _suffers(content, one, None)]
    if subjects:
        return parties_of((w for w in subjects if w.together == subjects[0].together), scene)
    owners = [one for one in others if one.owns]
    if owners:
        return parties_of(owners[:1], scene)
    shared = [one for one in others if one.part == "between"]
    if shared:
        return parties_of(shared, scene)
    rest = [one for one in others if one.part in {"of", "to", "from", "with", "by"}]
    if not rest:
        # "a ban on Sudrian steel": the goods stand for the party that loses by it.
        rest = [one for one in content.who if one.part == "origin" and one.party not in scene.own]
    return parties_of(rest[:1], scene)
