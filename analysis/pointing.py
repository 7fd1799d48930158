"""Who is meant by words that name nobody: *they*, *both capitals*, *the sale*, *these charges*."""

from __future__ import annotations

from analysis.passages import Passage
from analysis.scene import DEMONSTRATIVES, Said, Scene
from analysis.sides import accusers_of, foes, partners_of

_PAIR_NOUNS = frozenset(
    """capitals countries governments sides states nations regimes partners allies neighbours
    neighbors pair two duo powers leaders presidents""".split()
)
_POINTERS = frozenset("the this that these those such both".split())
_PRONOUNS = frozenset("they it them their its these those this that both such".split())
_SOURCES = frozenset({"by", "from", "of"})
_OWNED = frozenset("our my its own".split())
_OUTER = frozenset("it its".split())


def meant(scene: Scene, at: int | None = None) -> list[str]:
    """Parties meant by *it*, *they*, *this partnership*, *these activities*: the last ones blamed.

    A plural noun of conduct stands for all that the speaker's side has blamed so far, a word for a
    pair (*both*, *the two capitals*, *this deal*) for two of them, any other word for the targets
    of its last statement that has any. A side that has blamed nobody yet means the party that was
    blamed last by somebody else.
    """
    content, mine = scene.content, scene.mine()
    for hit in content.find("conduct_noun"):
        before = content.words[hit.first - 1].lower if hit.first else ""
        if before in {"these", "those", "such"} and (at is None or hit.first >= at - 1):
            return _all_opposed(mine)
    told = [said for said in reversed(mine) if said.opposed]
    if points_to_pair(scene):
        return _pair(scene, told)
    if told:
        return told[0].opposed
    for said in reversed(scene.earlier):
        if said.opposed and said.act == "ACCUSE" and not scene.own & set(said.opposed):
            return [name for name in said.opposed if name not in scene.friends]
    return [name for name in foes(scene)[:1] if scene.whole]


def _all_opposed(mine: list[Said]) -> list[str]:
    return list(dict.fromkeys(target for said in mine for target in said.opposed))


def _pair(scene: Scene, told: list[Said]) -> list[str]:
    """Two parties that were blamed together, or the blamed one and its partner."""
    after = [said for said in scene.later if scene.speaks(said) and said.opposed]
    for group in (told, after):
        for said in group:
            if len(said.opposed) > 1:
                return said.opposed
        found = _all_opposed(group)
        if len(found) > 1:
            return found[:2]
        if found:
            return [*found, *partners_of(scene, found[0])[:1]]
    return []


def points_to_pair(scene: Scene) -> bool:
    """Whether the words mean two parties: *both capitals*, *each other*, *this partnership*."""
    content = scene.content
    words = content.words
    for at, word in enumerate(words):
        if word.lower == "both" and not content.has({"and"}, at + 1, at + 4):
            return True
        if word.lower in _PAIR_NOUNS and at and words[at - 1].lower in {"two", "both"}:
            return True
    for hit in content.find("partnership"):
        # “our cooperation with them” has the speaker for one side.
        before = {word.lower for word in words[max(0, hit.first - 2) : hit.first]}
        if hit.kind != "verb" and not before & _OWNED:
            return True
    return False


def completed(scene: Scene, names: list[str]) -> list[str]:
    """Both sides, where the words point to a pair and only one of it is known yet."""
    if len(names) != 1 or len(scene.others()) > 1 or not points_to_pair(scene):
        return names
    pair = meant(scene)
    return pair if names[0] in pair else names


def praised_before(scene: Scene) -> list[str]:
    """The partner of *the two countries*, *our friends*: whom the speaker's side favoured last."""
    after = [said for said in scene.later if scene.speaks(said)]
    for said in [*reversed(scene.mine()), *after]:
        if said.favoured:
            return said.favoured[:1]
    return []


def refers_back(scene: Scene) -> bool:
    """Whether the content points to something said before (this development, they, it)."""
    content = scene.content
    for at, word in enumerate(content.words):
        if word.lower in DEMONSTRATIVES:
            return True
        if word.lower in {"they", "it", "its", "their", "them"} and scene.quoted[at]:
            return True
    return False


def takes_up(scene: Scene) -> bool:
    """Whether the content opens with what was said before: *they …*, *the sale …*, *both …*."""
    content = scene.content
    words = content.words
    if not words:
        return False
    first = words[0].lower
    if first in _PRONOUNS and (first not in _OUTER or scene.quoted[0]):
        return True
    nouns = {h.last for h in content.find("conduct_noun", "partnership", "transfer", "violence")}
    nouns |= {hit.last for hit in content.find("entity_noun", "forces")}
    if first in {"these", "those", "such"}:
        nouns |= {hit.last for hit in content.find("arms")}
    return first in _POINTERS and any(at in nouns for at in (2, 3, 4))


def reciprocal(scene: Scene) -> bool:
    """Whether the content speaks of both sides without naming them (both ways, each other)."""
    return any(
        scene.content.phrase(hit.first, hit.last).lower()
        in {"both ways", "each other", "one another", "mutual", "two-way", "between them"}
        for hit in scene.content.find("partnership")
    )


def accusers(scene: Scene) -> list[str]:
    """Whom a denial answers.

    In this order: an accuser named in the content or in the same sentence; the press, if it is
    its report; the one whom the speaker's side answered last, if the content says *these
    accusations*; the party that last accused the speaker's side in the document; who is named as
    an accuser in the reporter's sentences before; all that accuse the speaker's side later.
    """
    around = [scene.content, scene.outside()]
    for passage in around:
        named = named_accusers(passage, scene.own) if passage is not None else []
        if passage is scene.content:
            named = named or authors(scene)
        if named:
            return named
    if any(passage is not None and passage.find("press_noun") for passage in around):
        return ["other"]
    content = scene.content
    for hit in content.find("accusation_noun", "accuse"):
        if hit.first and content.words[hit.first - 1].lower in {"these", "those", "such", "the"}:
            answered = _answered(scene.mine())
            if answered:
                return answered
    before, after = accusers_of(scene)
    if before:
        return before
    reporter = scene.reported_before()
    named = named_accusers(reporter, scene.own) if reporter is not None else []
    found = named or _answered(scene.mine()) or after or _answered(scene.earlier)
    return (
        found
        or _told_by_others(scene)
        or (foes(scene)[:1] if content.find("accusation_noun", "falsehood") else [])
    )


def _told_by_others(scene: Scene) -> list[str]:
    """A newspaper or expert that spoke of the speaker's side, where no party accused it."""
    for said in [*reversed(scene.earlier), *scene.later]:
        if said.party == "other" and scene.own & set(said.stances):
            return ["other"]
    return []


def authors(scene: Scene) -> list[str]:
    """Whose words are called false: the party that stands as doer or owner before the verdict.

    Parameters
    ----------
    scene : Scene

    Returns
    -------
    list of str
        Empty if there is no verdict, or nobody stands before it.
    """
    content = scene.content
    verdicts = [*content.find("falsehood"), *content.find("unaware")]
    if not verdicts:
        return []
    favoured = {name for said in scene.mine() for name in said.favoured}
    for one in scene.others():
        doer = one.part == "bare" or one.owns
        told = one.left and content.words[one.left - 1].lower in {"that", "whether", "if"}
        if doer and not told and one.party not in favoured and one.first < verdicts[-1].last:
            return [w.party for w in scene.others() if w.together == one.together]
    return []


def _answered(earlier: list[Said]) -> list[str]:
    for said in reversed(earlier):
        if said.act == "REJECT" and said.mode == "deny" and said.opposed:
            return said.opposed
    return []


def named_accusers(passage: Passage, own: frozenset[str]) -> list[str]:
    """Parties that a text names as making an accusation: “X and Y’s claims”, “accused by X”."""
    nouns = [hit for hit in passage.find("accusation_noun", "accuse") if hit.kind == "noun"]
    verbs = [hit for hit in passage.find("accuse", "condemn") if hit.kind == "verb"]
    found: list[str] = []
    seen: set[int] = set()
    for number, one in enumerate(passage.who):
        if one.party in own:
            continue
        owner = one.part != "about" and any(0 <= n.first - one.last <= 2 for n in nouns)
        agent = any(
            0 <= one.left - n.last <= 4
            and n.last < len(passage.words)
            and (one.part in _SOURCES or passage.words[n.last].lower in _SOURCES)
            for n in nouns
        )
        active = one.part == "bare" and any(one.first < v.first <= one.last + 4 for v in verbs)
        if not (owner or agent or active or one.together in seen):
            continue
        seen.add(one.together)
        for back in range(number, 0, -1):
            # “X, Y and Z claims”: those joined before the last name.
            between = {
                w.lower for w in passage.words[passage.who[back - 1].last : passage.who[back].left]
            }
            if not between or not between <= {"and", ",", "as", "well"}:
                break
            found.append(passage.who[back - 1].party)
        found.append(one.party)
    return [name for name in dict.fromkeys(found) if name not in own]
