"""Read offices in a text: who holds the post a phrase describes, there and then."""

from __future__ import annotations

import re

from analysis.mentions import Mention, blank
from analysis.names import SUBJECT, NamedPerson, is_subject, role_words
from analysis.parties import Entity, Parties
from analysis.posts import HOST_ROLES, read_office

# Offices that a state or a body of states has once: a phrase can mean their holder.
_OFFICE = re.compile(
    r"\b(?:(?:prime|foreign|interior|finance|defen[cs]e|home|foreign affairs) "
    r"(?:minister|secretary|policy chief|chief)|foreign policy chief|secretary of state"
    r"|secretary[- ]general|president|premier|chancellor|supreme leader|ambassador|envoy"
    r"|(?:permanent|high) representative|national security advis[eo]r)\b(?!['’-])",
    re.I,
)
_BEFORE = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|former|deputy|vice|acting|new|then|late"
    r"|assistant|senior|ex|[Uu]nder|retired)\b|[A-Z][\w.’'-]*|\b(?:to|of|for)\b)[ -]*$"
)
_AFTER = re.compile(r"(?:\s+(?:of|to|for|in|at)(?:\s+the)?(?:\s+[A-Z][\w’'-]*)+)?")
_LONGEST = 6  # words before an office that can belong to it
_ROLES_TOLD_APART = frozenset({"official", "chief", "spokesperson", "director", "adviser"})
_RECENT = 400


def offices_in(text: str, parties: Parties, on: str = "") -> list[tuple[int, NamedPerson]]:
    """Holders of the offices a text speaks of without their names.

    Parameters
    ----------
    text : str
    parties : Parties
    on : str
        ISO date of the document.

    Returns
    -------
    list of (int, NamedPerson)
        In reading order; for an office whose holder the gazetteer lacks, its country, with kind
        ``office``.
    """
    found: list[tuple[int, NamedPerson]] = []
    for match in _OFFICE.finditer(text):
        start, end = _extent(text, *match.span())
        if re.match(r"[\s,]+(?:[A-Z]|[a-z]+ [A-Z][a-z]+,)", text[end : end + 40]):
            continue  # a title before its name, or an apposition that names
        if re.search(r"[\w’']\s*,\s*$", text[max(0, start - 4) : start]):
            continue  # an apposition behind its name
        phrase = text[start:end]
        roles = role_words(match.group())
        if is_subject(text, start):
            roles.add(SUBJECT)
        answer = parties.attribute_phrase(phrase, on)
        entity = answer.entity
        if entity is None and answer.party == "unresolved" and _is_bare(phrase):
            entity = only_holder(phrase, parties, on)
        if entity is None:
            continue
        kind = "person" if entity.kind == "person" else "office"
        found.append(
            (start, NamedPerson(entity.name, kind, entity.party, entity.gender, True, roles))
        )
    return found


def _extent(text: str, start: int, end: int) -> tuple[int, int]:
    """An office with its country and modifiers before it, and what it is the office of."""
    for _ in range(_LONGEST):
        before = _BEFORE.search(text, max(0, start - 40), start)
        if before is None:
            break
        start = before.start()
        if before.group().strip(" -").lower() in {"the", "a", "an"}:
            break
    if start and text[start - 1].isalnum():
        start = text.rfind(" ", 0, start) + 1
    start += len(re.match(r"(?:to|of|for)?\s*", text[start:end]).group())
    return start, _AFTER.match(text, end).end()


def _is_bare(phrase: str) -> bool:
    """Whether a phrase names an office and nothing else: "the chancellor"."""
    return bool(re.match(r"the ", phrase, re.I)) and len(phrase.split()) <= 4


def only_holder(phrase: str, parties: Parties, on: str = "") -> Entity | None:
    """The one person of the gazetteer who can be meant by an office without a country.

    Parameters
    ----------
    phrase : str
        ``"the chancellor"``, ``"the defence secretary"``.
    parties : Parties
    on : str
        ISO date of the document.

    Returns
    -------
    Entity or None
        Whoever alone holds an office of that very title; None where two do, or where the title
        is none that a state has once.
    """
    office = read_office(phrase)
    if office is None or office.plural or office.rank or office.role in _ROLES_TOLD_APART:
        return None
    same = parties.holders_anywhere(phrase, on)
    exact = [person for person in same if _has_title(person, phrase, on)]
    chosen = exact or same
    return parties.lookup(chosen[0].name, on) if len(chosen) == 1 else None


def _has_title(person: Entity, phrase: str, on: str) -> bool:
    asked = _plain_title(phrase)
    return any(
        _plain_title(post.title) == asked
        for post in person.posts
        if (not post.start or not on or post.start[: len(on)] <= on)
        and (not post.end or not on or post.end[: len(on)] >= on)
    )


def _plain_title(words: str) -> str:
    words = re.sub(r"^(?:the|his|her|its|their|our)\s+", "", words.lower())
    return words.replace("defense", "defence").replace("-", " ").strip(" ,.")


def holder_in_context(
    phrase: str, named: list[str], units: list[str], parties: Parties, on: str = ""
) -> Entity | None:
    """The holder of an office whom a document's people and countries tell.

    Parameters
    ----------
    phrase : str
        ``"the minister"``, ``"the defence secretary"``, ``"the Zorvian envoy"``.
    named : list of str
        Canonical names of the persons the document names.
    units : list of str
        Parties or countries named shortly before, the nearest first.
    parties : Parties
    on : str

    Returns
    -------
    Entity or None
        None where nobody, or more than one person, fits.
    """
    office = read_office(phrase)
    if office is None or office.plural or office.rank:
        return None
    same = parties.holders_anywhere(phrase, on)
    known = [person for person in same if person.name in named]
    if len(known) == 1:
        return parties.lookup(known[0].name, on)
    chosen = known or same
    for unit in units:
        there = [p for p in chosen if any(post.of == unit for post in p.posts)]
        if len(there) == 1:
            return parties.lookup(there[0].name, on)
        if there:
            return None
    return only_holder(phrase, parties, on)


def envoy_to_host(
    phrase: str, owner: Entity, hosts: set[str], parties: Parties, on: str = ""
) -> Entity | None:
    """The envoy of a country to a body that the document names: "the Zorvian envoy" there.

    Parameters
    ----------
    phrase : str
    owner : Entity
        Country the envoy is of.
    hosts : set of str
        Names of the countries and bodies the document has named.
    """
    office = read_office(blank(phrase, parties.find(phrase)))
    if office is None or office.role not in HOST_ROLES or office.plural or office.rank:
        return None
    if re.search(r"\brepresentative", phrase, re.I):  # anybody of a mission may be that
        return None
    fits = {
        person.name: person
        for host in sorted(hosts)
        for person in parties.holders(f"ambassador to {host}", parties.unit_of(owner), on)
    }
    return parties.lookup(next(iter(fits)), on) if len(fits) == 1 else None


_RELATIVE = re.compile(
    r"(?P<before>.*?)\b(?P<noun>counterpart|opposite number|colleague|predecessor|successor)$", re.I
)


def relative_office(phrase: str, owner: Entity, parties: Parties, on: str = "") -> Entity | None:
    """Whom "X's Zorvian counterpart", "her predecessor" or "his successor" means.

    Parameters
    ----------
    phrase : str
    owner : Entity
        The person whose counterpart, predecessor or successor is meant.

    Returns
    -------
    Entity or None
        The holder of the same post elsewhere, before or after; of a counterpart not known, its
        country; None where the phrase means nobody of these.
    """
    match = _RELATIVE.match(_without_remark(phrase))
    if match is None:
        return None
    noun = match["noun"].lower()
    if noun in {"predecessor", "successor"}:
        return parties.beside_in_post(owner.name, on, before=noun == "predecessor")
    country = _country_of(match["before"], parties)
    if country is None:
        return None
    unit = parties.unit_of(country)
    for post in owner.posts:
        found = parties.holders(post.title, unit, on)
        if len(found) == 1 and found[0].name != owner.name:
            return parties.lookup(found[0].name, on)
    return country


def _country_of(words: str, parties: Parties) -> Entity | None:
    places: list[Mention] = [
        m for m in parties.find(words) if m.entity is not None and m.entity.kind == "country"
    ]
    return places[-1].entity if places else None


def is_relative(phrase: str) -> bool:
    """Whether a phrase means somebody by another's office: a counterpart, a predecessor."""
    return _RELATIVE.match(_without_remark(phrase)) is not None


def _without_remark(phrase: str) -> str:
    """A phrase without what follows a comma, unless a name does: "a colleague, off the record"."""
    head, _, rest = phrase.strip(" ,").partition(",")
    return phrase.strip(" ,") if re.search(r"[A-Z]", rest) else head.strip()
