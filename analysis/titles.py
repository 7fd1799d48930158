"""Say whom a title means: somebody named before or after, or the holder of the office there."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.memory import UNRESOLVED, Memory, Remembered, Resolution, nobody, roles_of
from analysis.names import GENDERED
from analysis.offices import envoy_to_host, holder_in_context, is_relative, relative_office
from analysis.parties import Entity
from analysis.pronouns import answer_of
from analysis.records import Statement

History = list[tuple[Statement, Resolution]]

BODY_NOUNS = frozenset(
    """ministry department office government council mission embassy administration army kremlin
    pentagon union side state country capital agency statement report""".split()
)
PLURAL_ROLES = frozenset(
    """officials ministers diplomats ambassadors envoys lawmakers leaders authorities allies critics
    sources experts analysts governments countries spokespeople three two both pair trio sides
    capitals representatives""".split()
)
_HEADS = ("president", "prime minister", "chancellor", "supreme leader")
_GENERAL = frozenset("official leader politician diplomat figure man woman head chief".split())
_PRESENT = re.compile(r"\b(?:present|current|incumbent|new|sitting)\b", re.I)
_SOON = 700  # how far behind a title its name may follow


def is_definite(phrase: str) -> bool:
    """Whether a phrase means somebody in particular."""
    lower = phrase.lower()
    return not lower.startswith(("a ", "an ", "another ", "one ", "some ")) and (
        lower.startswith(("the ", "his ", "her ", "its ", "their ")) or phrase[0].isupper()
    )


def titled(
    phrase: str, at: int, statement: Statement, memory: Memory, history: History
) -> Resolution | None:
    """Resolve a definite title to a person, or to two who fit it equally.

    Parameters
    ----------
    phrase : str
        ``"the spokesman"``, ``"the Zorvian envoy"``, ``"his successor"``.
    at : int
        Offset of the phrase in the text.
    statement : Statement
    memory : Memory
    history : list of (Statement, Resolution)
        Statements before, the latest last.

    Returns
    -------
    Resolution or None
        None where the phrase is no title of a person, or nobody bears it.
    """
    found = memory.parties.attribute_phrase(phrase, memory.date)
    words = {w.strip(".,").lower() for w in phrase.split()}
    personal = roles_of(phrase) - BODY_NOUNS
    if is_relative(phrase):
        return _relative(phrase, memory, history)
    again = same_unnamed(phrase, statement, history) if found.party == UNRESOLVED else None
    if again is not None:
        return again
    if words in ({"the", "latter"}, {"the", "former"}):
        two = memory.together(at, ("person",)) or _side_by_side(memory)
        if two:
            return answer_of(two[words == {"the", "latter"}], "one of the two named together")
    if not personal or not is_definite(phrase) or words & PLURAL_ROLES:
        return None
    if _PRESENT.search(phrase):
        holder = _present_holder(phrase, memory)
        if holder is not None:
            return _office(holder, "the present holder of an office spoken of")
    where, place = memory, at
    if statement.section == "headline":  # the name stands below
        where, place = memory.whole(), len(memory.text) + 1
    person = _remembered(personal, found.party, words, place, where)
    if isinstance(person, Resolution):
        return _by_office(phrase, found.entity, at, memory) or person
    if person is not None:
        return answer_of(person, "title of somebody named before")
    return _by_office(phrase, found.entity, at, memory) or _named_below(
        personal, found.party, words, at, memory
    )


def _side_by_side(memory: Memory) -> list[Remembered]:
    """The two persons named last, in their order, where they stand close together."""
    two = memory.latest("person")[1::-1]
    return two if len(two) == 2 and two[1].last - two[0].last < 90 else []


def _office(entity: Entity, rule: str) -> Resolution:
    return Resolution(entity.name, entity.kind, entity.party, rule)


def _by_office(phrase: str, country: Entity | None, at: int, memory: Memory) -> Resolution | None:
    """The holder of an office, told by the people, bodies and countries of the document."""
    parties, on = memory.parties, memory.date
    if country is not None:
        if country.kind != "country":
            return None
        unit = parties.unit_of(country)
        body = parties.is_organisation(unit)
        if re.search(r"\b(?:chief|head|leader)$" if body else r"\bleader\b", phrase, re.I):
            titles = ("secretary-general",) if body else _HEADS
            heads = {h.name for title in titles for h in parties.holders(title, unit, on)}
            head = parties.lookup(heads.pop(), on) if len(heads) == 1 else None
            return _office(head, "the one leader of that country at that date") if head else None
        envoy = envoy_to_host(phrase, country, memory.places(), parties, on)
        return _office(envoy, "the envoy to a body the document names") if envoy else None
    holder = holder_in_context(phrase, memory.everybody(), memory.units_before(at), parties, on)
    if holder is None:
        return None
    return _office(holder, "the holder of an office at that date, by the context")


def _named_below(
    roles: set[str], party: str, words: set[str], at: int, memory: Memory
) -> Resolution | None:
    """Somebody named only after the title, who bears it."""
    below = [
        person
        for person in memory.after(at, _SOON)
        if (roles & (person.roles | memory.post_roles(person.name)))
        and _may_be(person, party, words)
    ]
    if len(below) == 1:
        return answer_of(below[0], "title of somebody named after it")
    if len(below) > 1:
        return nobody(f"title could be {below[0].name} or {below[1].name}", party)
    return None


def _relative(phrase: str, memory: Memory, history: History) -> Resolution | None:
    """Read "X's counterpart", "her successor": somebody by the office of another."""
    if re.match(r"an?\s", phrase, re.I):  # of anybody's colleagues
        person = owner_of(phrase, memory, history)
        country = memory.parties.speaker_of(person.party) if person else None
        return _office(country, "unnamed colleague: the country speaks") if country else None
    owner = owner_of(phrase, memory, history)
    if owner is None:
        return nobody("counterpart or colleague of somebody not known")
    found = relative_office(phrase, owner, memory.parties, memory.date)
    if found is None:
        return nobody(f"office beside that of {owner.name}, whose holder is not known")
    return _office(found, f"by the office of {owner.name}")


def owner_of(phrase: str, memory: Memory, history: History) -> Entity | None:
    """Whose counterpart is meant: the person named, or whom a possessive pronoun means."""
    parties = memory.parties
    for mention in parties.find(phrase):
        if mention.entity is not None and mention.entity.kind == "person":
            return mention.entity
    pronoun = re.search(r"\b(?:his|her|him)\b", phrase, re.I)
    gender = {"h": "", "his": "m", "him": "m", "her": "f"}[pronoun[0].lower() if pronoun else "h"]
    if history and history[-1][1].kind == "person":
        person = parties.lookup(history[-1][1].name, memory.date)
        if person and person.gender in {gender, ""}:
            return person
    for known in memory.persons():
        person = parties.lookup(known.name, memory.date)
        if person and (not gender or known.gender in {gender, ""}):
            return person
    return None


def _present_holder(phrase: str, memory: Memory) -> Entity | None:
    """Who now holds an office that somebody named before has left."""
    roles = roles_of(phrase)
    for known in memory.persons():
        person = memory.parties.lookup(known.name, memory.date)
        for post in person.posts if person else ():
            if post.end and memory.date and post.end < memory.date and roles & roles_of(post.title):
                holders = memory.parties.holders(post.title, post.of, memory.date)
                if len(holders) == 1:
                    return memory.parties.lookup(holders[0].name, memory.date)
    return None


def _may_be(person: Remembered, party: str, words: set[str]) -> bool:
    """Whether party and gender of a title agree with a person's, where they are known."""
    gender = next((GENDERED[w] for w in words if w in GENDERED), "")
    if party not in {UNRESOLVED, person.party}:
        return False
    return not (gender and person.gender and person.gender != gender)


def _remembered(
    roles: set[str], party: str, words: set[str], at: int, memory: Memory
) -> Remembered | Resolution | None:
    """The person in memory whom a title means, or two who fit it equally."""
    fits = [
        person
        for person in memory.persons()
        if person.last < at
        and _may_be(person, party, words)
        and (roles & person.roles or (roles <= _GENERAL and person.spoke >= 0))
    ]
    if not fits:
        return None
    spoke = [p for p in fits if p.spoke >= 0]
    ranked = sorted(spoke or fits, key=lambda p: -max(p.spoke, p.last))
    if not spoke and len(ranked) > 1:
        both = " or ".join(p.name for p in ranked[:2])
        return nobody(f"title could be {both}", party)
    return ranked[0]


def speaker_before(phrase: str, statement: Statement, history: History) -> Resolution | None:
    """Read a title that nobody bears as the person who spoke just before."""
    if not history or not roles_of(phrase) - BODY_NOUNS or not is_definite(phrase):
        return None
    if phrase.lower().startswith(("his ", "her ", "their ", "its ")):
        return None  # another than the speaker before
    if {w.strip(".,").lower() for w in phrase.split()} & PLURAL_ROLES:
        return None
    before, answer = history[-1]
    if answer.kind == "person" and statement.paragraph - before.paragraph <= 1:
        return replace(answer, rule="title without a name: the speaker before")
    return None


def same_unnamed(phrase: str, statement: Statement, history: History) -> Resolution | None:
    """Read "the official" after "a Zorvian official": the same unnamed person or persons."""
    roles = roles_of(phrase) - BODY_NOUNS
    if not roles or not is_definite(phrase):
        return None
    for before, answer in reversed(history[-4:]):
        if statement.paragraph - before.paragraph > 2:
            break
        if answer.kind != "person" and roles <= roles_of(before.source):
            return replace(answer, rule="the same unnamed person as before")
    return None
