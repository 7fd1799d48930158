"""Say who a source mention is: a name, a title, a pronoun or an institution becomes a speaker.

The document's memory holds everybody who has spoken or been named, with what was said of them.
A mention is read in this order: a name in it; the holder of the post it describes; somebody in
memory it can mean; the institution or country it speaks for. Where two fit equally well the
speaker stays ``unresolved`` and the rule names both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.affiliations import affiliation
from analysis.bodies import described
from analysis.citations import with_citations
from analysis.cues import cue_forms
from analysis.documents import Document
from analysis.memory import UNRESOLVED, Memory, Remembered, Resolution, nobody, roles_of
from analysis.mentions import Mention, blank
from analysis.names import GENDERED, NamedPerson, person_name
from analysis.parties import Entity, Parties
from analysis.posts import read_office
from analysis.pronouns import OTHERS, SINGULAR, joint, other_pronoun, singular_pronoun
from analysis.records import Statement
from analysis.source_words import CONTRACTED, ROLE_NOUNS
from analysis.speaker_confidence import LOOKS_BACK, with_confidence
from analysis.titles import History, is_definite, is_relative, owner_of, titled


def resolve_speakers(
    statements: list[Statement], document: Document, parties: Parties
) -> list[Statement]:
    """Give each statement of a document its speaker and party.

    Parameters
    ----------
    statements : list of Statement
        Of one document, in reading order.
    document : Document
    parties : Parties

    Returns
    -------
    list of Statement
        The same, with ``speaker``, ``speaker_kind``, ``party``, ``via``, ``speaker_confidence``
        and the rule filled in.
    """
    memory = Memory(document, parties)
    memory.contents = sorted(
        document.text_span(*span) for statement in statements for span in statement.content_spans
    )
    resolved: list[Statement] = []
    history: History = []
    for statement in statements:
        anchor = statement.source_span or statement.content_spans[0]
        at, end = document.text_span(*anchor)
        memory.read_to(at)
        phrase = document.text[at:end] if statement.source_span else ""
        answer = _resolve(phrase, at, statement, memory, history)
        memory.read_to(end)
        for name, party in zip(answer.name.split("; "), _each(answer), strict=True):
            if name != UNRESOLVED:
                _remember(name, answer.kind, party, phrase, at, memory)
        done = replace(
            statement,
            speaker=answer.name,
            speaker_kind=answer.kind,
            party=answer.party,
            rule=f"{statement.rule}; {answer.rule}",
        )
        done = with_confidence(with_citations(done, document), resolved[-LOOKS_BACK:])
        resolved.append(done)
        history.append((done, answer))
    return resolved


def _each(answer: Resolution) -> list[str]:
    names, parties = answer.name.split("; "), answer.party.split("; ")
    return parties if len(parties) == len(names) else [parties[0]] * len(names)


def _remember(name: str, kind: str, party: str, phrase: str, at: int, memory: Memory) -> None:
    entity = memory.parties.lookup(name, memory.date)
    gender = entity.gender if entity else ""
    roles = roles_of(phrase) | memory.post_roles(name)
    known = memory.note(name, kind, party, gender, roles, at)
    known.spoke = max(known.spoke, at)


def _resolve(
    phrase: str, at: int, statement: Statement, memory: Memory, history: History
) -> Resolution:
    if not phrase:
        return _without_source(statement, memory, history)
    if history and history[-1][0].source_span == statement.source_span:
        return history[-1][1]
    lower = phrase.lower().replace("’", "'").strip(" ,")
    word = lower.split("'")[0] if lower in CONTRACTED else lower
    if word in SINGULAR:
        return singular_pronoun(word, at, statement, memory, history)
    if word in OTHERS:
        return other_pronoun(word, at, statement, memory, history)
    phrase = _completed(phrase, at, memory)
    if is_relative(phrase):
        return described(phrase, at, statement, memory, history)
    aide = _aide(phrase, at, statement, memory, history)
    if aide:
        return aide
    several = _several(phrase, memory)
    if several:
        return several
    outlet = _outlet(phrase, memory)
    if outlet:
        return outlet
    named = person_name(_REFLEXIVE.sub("", phrase), memory.parties, memory.date)
    if named is not None and not _is_plural_noun(named, phrase, statement, memory):
        return _named(named, phrase, at, memory)
    return described(phrase, at, statement, memory, history)


_REFLEXIVE = re.compile(r"\s+(?:him|her|it|them)sel(?:f|ves)$")
_PLACE = re.compile(r"\s+(?:in|of|for|at)\s+(?:the\s+)?[A-Z][\w’-]*(?:\s+[A-Z][\w’-]*)*")
_NAMED_BEHIND = re.compile(r",\s+(?P<name>[A-Z][\w’-]+(?:\s+[\w’-]+)?\s+[A-Z][\w’-]+)(?=\s*[,–—(])")


def _completed(phrase: str, at: int, memory: Memory) -> str:
    """Add the place of an institution, or the name beside an office, that its mention left out."""
    last = phrase.split()[-1].lower().strip(",.")
    if last not in ROLE_NOUNS or person_name(phrase, memory.parties, memory.date):
        return phrase
    end = at + len(phrase)
    behind = _NAMED_BEHIND.match(memory.text, end)
    if behind:
        return phrase + behind.group()
    place = _PLACE.match(memory.text, end)
    if place and memory.parties.find(place.group()):
        return phrase + place.group()
    return phrase


def _is_plural_noun(named: NamedPerson, phrase: str, statement: Statement, memory: Memory) -> bool:
    """Whether what looks like a surname opens a sentence and is a plural: "Islanders blame …"."""
    if named.known or phrase != named.name or not phrase.endswith("s") or " " in phrase:
        return False
    cue = cue_forms().get(statement.cue.lower())
    plural_verb = cue is not None and cue.lemma == statement.cue.lower()
    return plural_verb and not memory.surnamed(named.name)


_OUTLET = re.compile(
    r"\b(?:weekly|daily|newspaper|magazine|journal|tabloid|broadcaster|station|channel|website"
    r"|(?:news|wire) agency)\s+(?P<name>[A-Z][\w’'.-]*(?:\s+(?:&|of|the|and|[A-Z][\w’'.-]*))*)"
)


def _outlet(phrase: str, memory: Memory) -> Resolution | None:
    """Read "the weekly X" as an outlet of that name, where the gazetteer does not know it."""
    match = _OUTLET.search(phrase)
    if match is None or memory.parties.find(match["name"]):
        return None
    name = re.sub(r"(?:\s+(?:&|of|the|and))+$", "", match["name"])
    return Resolution(name, "institution", "other", "an outlet by its description")


_ANNOUNCED = re.compile(r"\s+(?:on \w+ )?in\s+(?P<place>[A-Z][\w’-]*(?:\s+[A-Z][\w’-]*)*)")


def _without_source(statement: Statement, memory: Memory, history: History) -> Resolution:
    if statement.cue_span and "passive" in statement.rule:  # "it was announced in X"
        end = memory.document.text_span(*statement.cue_span)[1]
        place = _ANNOUNCED.match(memory.text, end)
        seats = memory.parties.find(place["place"]) if place else []
        if seats and seats[0].form == "seat" and seats[0].entity is not None:
            entity = seats[0].entity
            return Resolution(entity.name, entity.kind, entity.party, "announced in the capital")
    if history:
        before, answer = history[-1]
        near = 0 <= statement.paragraph - before.paragraph <= 1
        if near and before.kind != "indirect" and answer.name != UNRESOLVED:
            return replace(answer, rule="no source: the quotation before it goes on")
    return Resolution(UNRESOLVED, UNRESOLVED, UNRESOLVED, "no source named")


def _several(phrase: str, memory: Memory) -> Resolution | None:
    """Read "France, Germany and the UK" or "Roe and Doe" as several speakers."""
    if " and " not in phrase:
        return None
    mentions = [m for m in memory.parties.find(phrase) if m.entity and m.form in {"name", "seat"}]
    persons = [m for m in mentions if m.entity.kind == "person"]
    countries = [m for m in mentions if m.entity.kind == "country"]
    chosen = persons if len(persons) > 1 else countries
    if len(chosen) < 2:
        return None
    joined = phrase[chosen[0].end : chosen[-1].start].replace(",", " ").split()
    if len(persons) < 2 and set(joined) - {"and", "the"} - {
        w for m in chosen for w in phrase[m.start : m.end].split()
    }:
        return None
    holders = _holders(phrase, chosen, memory)
    if holders:
        return joint(holders, "the holders of the posts at that date", memory.parties)
    units = frozenset(m.entity.party for m in chosen)
    group = memory.parties.group_of(units)
    if group and len(persons) < 2:
        entity = memory.parties.speaker_of(group)
        return Resolution(
            entity.name if entity else group,
            "country",
            group,
            f"joint statement of the members of {group}",
        )
    names = list(dict.fromkeys(m.entity.name for m in chosen))
    party = group or "; ".join(dict.fromkeys(m.entity.party for m in chosen))
    return Resolution("; ".join(names), chosen[0].entity.kind, party, "several speakers named")


def _holders(phrase: str, places: list[Mention], memory: Memory) -> list[Entity]:
    """Those who hold one office of several countries: "the foreign ministers of X and Y"."""
    title = blank(phrase, places)
    office = read_office(title)
    if office is None or not office.plural or not is_definite(phrase):
        return []
    parties = memory.parties
    found = [parties.holders(title, parties.unit_of(p.entity), memory.date) for p in places]
    if any(len(holders) != 1 for holders in found):
        return []
    return [parties.lookup(holders[0].name, memory.date) for holders in found]


_AIDES = r"(?:spokes\w+|aide|adviser|advisor|lawyer|office|staff|deputy|ally)"
_AIDE = re.compile(
    rf"^(?:[Aa]n?|[Tt]he|[Oo]ne) (?:\w+ )?{_AIDES}"
    r" (?:for|to|of) (?P<name>(?:M[rs]s?\.? )?[A-Z].*|him|her|the [a-z -]+)$"
    rf"|^(?P<owner>(?:M[rs]s?\.? )?[A-Z][^,]*?)['’]s (?:\w+ )?{_AIDES}$"
    rf"|^(?P<own>[Hh]is|[Hh]er|[Tt]heir) (?:\w+ )?{_AIDES}$"
)
_MINISTRY = re.compile(r"^(?:[Hh]is|[Hh]er|[Tt]heir) (?:ministry|department)$")


def _aide(
    phrase: str, at: int, statement: Statement, memory: Memory, history: History
) -> Resolution | None:
    """Read "a spokesman for Mr Roe", "Roe's office", "her deputy": the country speaks."""
    phrase = phrase.strip(" ,")
    if _MINISTRY.match(phrase):
        owner = owner_of(phrase, memory, history)
        body = memory.parties.ministry_of(owner.name) if owner else None
        if body is None:
            return nobody("ministry of somebody not known")
        return Resolution(body.name, body.kind, body.party, "the ministry of the person before")
    match = _AIDE.match(phrase)
    if match is None:
        return _of_the_body(phrase, history)
    whom = match["name"] or match["owner"]
    named = person_name(whom, memory.parties, memory.date) if whom else None
    if named is not None:
        party = _named(named, phrase, at, memory).party
    elif match["own"] or whom in {"him", "her"}:
        owner = owner_of(phrase, memory, history)
        party = owner.party if owner else _party_before(memory)
    else:
        answer = titled(whom, at, statement, memory, history)
        if answer is None or answer.kind != "person":
            return None
        party = answer.party
    entity = memory.parties.speaker_of(party)
    if entity is None:
        return nobody("speaks for somebody whose country is not known")
    return Resolution(entity.name, entity.kind, entity.party, "unnamed aide: the country speaks")


def _of_the_body(phrase: str, history: History) -> Resolution | None:
    """Read "its spokesman" as the institution or country that spoke just before."""
    if phrase.lower().startswith("its ") and roles_of(phrase):
        for _, answer in reversed(history[-3:]):
            if answer.kind in {"institution", "country"}:
                return replace(answer, rule="speaks for the body that spoke before")
    return None


def _party_before(memory: Memory) -> str:
    latest = memory.latest("person")
    return latest[0].party if latest else UNRESOLVED


def _named(named: NamedPerson, phrase: str, at: int, memory: Memory) -> Resolution:
    if named.known:
        return Resolution(named.name, named.kind, named.party, "named; in the gazetteer")
    before = memory.surnamed(named.name)
    words = [word.lower().strip(".,") for word in phrase.split()]
    gender = next((GENDERED[w] for w in (words[0], words[-1]) if w in GENDERED), "")
    if gender:
        before = [p for p in before if p.gender in {gender, ""}]
    if len(before) > 1:
        before = _told_apart(before, phrase, [], memory)
    if len(before) > 1:
        both = " or ".join(p.name for p in before[:2])
        parties = {p.party for p in before}
        return nobody(f"surname of {both}", parties.pop() if len(parties) == 1 else UNRESOLVED)
    beside = affiliation(memory.text, at, at + len(phrase), phrase, memory.parties, memory.date)
    if before:
        known = before[0]
        longer = known.name if len(known.name) >= len(named.name) else named.name
        party = known.party if known.party != UNRESOLVED else beside
        return Resolution(longer, "person", party, "named earlier in the document")
    if " " not in named.name:
        holders = memory.parties.surname(named.name)
        if gender:
            holders = tuple(h for h in holders if h.gender in {gender, ""})
        if len(holders) > 1:
            holders = _told_apart(holders, phrase, memory.units_before(at)[:1], memory)
        if len(holders) == 1:
            known = memory.parties.lookup(holders[0].name, memory.date) or holders[0]
            return Resolution(known.name, "person", known.party, "surname in the gazetteer")
        if len(holders) > 1:
            both = " or ".join(h.name for h in holders[:2])
            return nobody(f"surname of {both}")
    if beside == UNRESOLVED:
        beside = _of_what_went_before(phrase, at, memory)
    rule = "named; party from the description" if beside != UNRESOLVED else "named; party unknown"
    return Resolution(named.name, "person", beside, rule)


def _told_apart(
    people: Sequence[Entity | Remembered], phrase: str, near: list[str], memory: Memory
) -> Sequence[Entity | Remembered]:
    """Those of one surname whom the office or country beside it, or near it, can mean."""
    parties = memory.parties
    office = read_office(blank(phrase, parties.find(phrase)))
    if office is not None:
        posts = {p.name: parties.lookup(p.name) for p in people}
        held = [
            p
            for p in people
            if posts[p.name] is not None
            and any(
                (read_office(post.title) or office)._replace(start=0, end=0)
                == office._replace(start=0, end=0)
                for post in posts[p.name].posts
            )
        ]
        people = held or people
    places = [m.party for m in parties.find(phrase) if m.form != "name" or m.entity is not None]
    return [p for p in people if p.party in (places or near)] or people


def _of_what_went_before(phrase: str, at: int, memory: Memory) -> str:
    """Party of "its head, X" or "their envoy, X": of the country or body just spoken of."""
    match = re.match(r"(?:[Ii]ts|[Tt]heir)\s+(?P<role>[\w-]+(?: [\w-]+)?),", phrase)
    if match is None or not roles_of(match["role"]):
        return UNRESOLVED
    near = memory.parties.find(memory.text[max(0, at - 200) : at])
    return near[-1].party if near else UNRESOLVED
