"""Say who a source mention is: a name, a title, a pronoun or an institution becomes a speaker.

The document's memory holds everybody who has spoken or been named, with what was said of them.
A mention is read in this order: a name in it; the holder of the post it describes; somebody in
memory it can mean; the institution or country it speaks for. Where two fit equally well the
speaker stays ``unresolved`` and the rule names both.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.documents import Document
from analysis.memory import UNRESOLVED, Memory, Remembered, Resolution, nobody, roles_of
from analysis.names import NamedPerson, person_name
from analysis.parties import Entity, Parties
from analysis.pronouns import OTHERS, SINGULAR, joint, other_pronoun, singular_pronoun
from analysis.records import Statement
from analysis.source_words import CONTRACTED

_DOCUMENTS = frozenset(
    """statement letter report communique communiqué release text document post tweet message
    speech address remarks comments note paper declaration readout""".split()
)


_BODIES = frozenset(
    """ministry department office government council mission embassy administration army kremlin
    pentagon union side state country capital agency statement report""".split()
)
_PAIR = frozenset("pair two both duo ministers envoys ambassadors leaders presidents".split())
_PLURAL_ROLES = frozenset(
    """officials ministers diplomats ambassadors envoys lawmakers leaders authorities allies critics
    sources experts analysts governments countries spokespeople three two both pair trio sides
    capitals representatives""".split()
)


_GENDERED = {
    "spokesman": "m", "spokeswoman": "f", "chairman": "m", "chairwoman": "f", "king": "m",
    "queen": "f", "congressman": "m", "congresswoman": "f", "businessman": "m",
    "businesswoman": "f", "man": "m", "woman": "f",
}  # fmt: skip


PAST = 200  # how many of the statements before a phrase can refer to


_GENERAL = frozenset("official leader politician diplomat figure man woman head chief".split())


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
        The same, with ``speaker``, ``speaker_kind``, ``party`` and the rule filled in.
    """
    memory = Memory(document, parties)
    memory.contents = sorted(
        document.text_span(*span) for statement in statements for span in statement.content_spans
    )
    resolved: list[Statement] = []
    history: list[tuple[Statement, Resolution]] = []
    for statement in statements:
        anchor = statement.source_span or statement.content_spans[0]
        at = document.text_span(*anchor)[0]
        end = document.text_span(*anchor)[1]
        memory.read_to(at)
        phrase = document.text[at:end] if statement.source_span else ""
        answer = _resolve(phrase, at, statement, memory, history)
        memory.read_to(end)
        for name, party in zip(answer.name.split("; "), _each(answer), strict=True):
            if name != UNRESOLVED:
                roles = roles_of(phrase) | memory.post_roles(name)
                known = memory.note(name, answer.kind, party, "", roles, at)
                known.spoke = max(known.spoke, at)
        done = replace(
            statement,
            speaker=answer.name,
            speaker_kind=answer.kind,
            party=answer.party,
            rule=f"{statement.rule}; {answer.rule}",
        )
        resolved.append(done)
        history.append((done, answer))
    return resolved


def _each(answer: Resolution) -> list[str]:
    names, parties = answer.name.split("; "), answer.party.split("; ")
    return parties if len(parties) == len(names) else [parties[0]] * len(names)


def _resolve(
    phrase: str,
    at: int,
    statement: Statement,
    memory: Memory,
    history: list[tuple[Statement, Resolution]],
) -> Resolution:
    if not phrase:
        return _without_source(statement, history)
    if history and history[-1][0].source_span == statement.source_span:
        return history[-1][1]
    lower = phrase.lower().replace("’", "'").strip(" ,")
    word = lower.split("'")[0] if lower in CONTRACTED else lower
    if word in SINGULAR:
        return singular_pronoun(word, at, statement, memory, history)
    if word in OTHERS:
        return other_pronoun(word, at, statement, memory, history)
    aide = _aide(phrase, memory, history)
    if aide:
        return aide
    several = _several(phrase, memory)
    if several:
        return several
    named = person_name(phrase, memory.parties, memory.date)
    if named is not None:
        return _named(named, phrase, memory)
    return _described(phrase, at, statement, memory, history)


def _answer(entity: Entity | Remembered, rule: str) -> Resolution:
    return Resolution(entity.name, entity.kind, entity.party, rule)


def _without_source(
    statement: Statement, history: list[tuple[Statement, Resolution]]
) -> Resolution:
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


_AIDE = re.compile(
    r"^(?:[Aa]n?|[Tt]he|[Oo]ne) (?:\w+ )?(?:spokes\w+|aide|adviser|advisor|lawyer|office"
    r"|staff|deputy|ally)"
    r" (?:for|to|of) (?P<name>(?:M[rs]s?\.? )?[A-Z].*)$"
    r"|^(?P<owner>(?:M[rs]s?\.? )?[A-Z].*?)['’]s (?:\w+ )?(?:spokes\w+|aide|adviser|advisor|lawyer"
    r"|office|staff|deputy)$"
)


def _aide(
    phrase: str, memory: Memory, history: list[tuple[Statement, Resolution]]
) -> Resolution | None:
    """Read "a spokesman for Mr Roe", "Roe's office", "his office": the country speaks."""
    match = _AIDE.match(phrase.strip(" ,"))
    party = ""
    if match:
        named = person_name(match["name"] or match["owner"], memory.parties, memory.date)
        if named is None:
            return None
        party = _named(named, phrase, memory).party
    elif phrase.lower() in {"his office", "her office", "their office"}:
        latest = memory.latest("person")
        party = latest[0].party if latest else ""
    elif phrase.lower().startswith("its ") and roles_of(phrase) and history:
        for _, answer in reversed(history[-3:]):
            if answer.kind in {"institution", "country"}:
                return replace(answer, rule="speaks for the body that spoke before")
    entity = memory.parties.speaker_of(party) if party else None
    if entity is None:
        return nobody("speaks for somebody whose country is not known") if match else None
    return Resolution(entity.name, entity.kind, entity.party, "unnamed aide: the country speaks")


def _named(named: NamedPerson, phrase: str, memory: Memory) -> Resolution:
    if named.known:
        return Resolution(named.name, named.kind, named.party, "named; in the gazetteer")
    before = memory.surnamed(named.name)
    title = phrase.split()[0].lower().strip(".")
    gender = {"mr": "m", "sir": "m", "lord": "m", "ms": "f", "mrs": "f", "lady": "f"}.get(title)
    if gender:
        before = [p for p in before if p.gender in {gender, ""}]
    if len(before) > 1:
        both = " or ".join(p.name for p in before[:2])
        parties = {p.party for p in before}
        return nobody(f"surname of {both}", parties.pop() if len(parties) == 1 else UNRESOLVED)
    if before:
        known = before[0]
        longer = known.name if len(known.name) >= len(named.name) else named.name
        party = known.party if known.party != UNRESOLVED else named.party
        return Resolution(longer, "person", party, "named earlier in the document")
    if " " not in named.name:
        holders = memory.parties.surname(named.name)
        if gender:
            holders = tuple(h for h in holders if h.gender in {gender, ""})
        if len(holders) == 1:
            known = memory.parties.lookup(holders[0].name, memory.date) or holders[0]
            return Resolution(known.name, "person", known.party, "surname in the gazetteer")
        if len(holders) > 1:
            both = " or ".join(h.name for h in holders[:2])
            return nobody(f"surname of {both}")
    party = named.party
    rule = "named; party from the description" if party != UNRESOLVED else "named; party unknown"
    return Resolution(named.name, "person", party, rule)


def _described(
    phrase: str,
    at: int,
    statement: Statement,
    memory: Memory,
    history: list[tuple[Statement, Resolution]],
) -> Resolution:
    """Read a title or an institution: "the spokesman", "the Zorvian ministry", "a statement"."""
    found = memory.parties.attribute_phrase(phrase, memory.date)
    entity, party = found.entity, found.party
    if entity is not None and entity.kind == "person":
        return _answer(entity, found.rule)
    roles = roles_of(phrase)
    words = {w.strip(".,").lower() for w in phrase.split()}
    definite = (
        phrase.lower().startswith(("the ", "his ", "her ", "its ", "their ")) or phrase[0].isupper()
    )
    if roles & _DOCUMENTS and words & _DOCUMENTS and entity is None:
        if history and history[-1][1].name != UNRESOLVED:
            return replace(history[-1][1], rule="the speaker before, whose text is cited")
    personal = roles - _BODIES
    bare = not phrase.lower().startswith(("a ", "an ", "another ", "one "))
    if personal and bare and definite and not words & _PLURAL_ROLES:
        where = memory
        if statement.section == "headline":  # the name stands below
            where = memory.whole()
        person = _remembered(personal, party, words, len(where.text) + 1, where)
        if isinstance(person, Resolution):
            return person
        if person is not None:
            return _answer(person, "title of somebody named before")
        if party == UNRESOLVED and entity is None and history:
            before, answer = history[-1]
            if answer.kind == "person" and statement.paragraph - before.paragraph <= 1:
                return replace(answer, rule="title without a name: the speaker before")
    if entity is not None and entity.kind == "country" and _one(phrase, memory):
        for _, answer in reversed(history[-PAST:]):
            if answer.kind == "person" and answer.party == entity.party:
                return replace(answer, rule="somebody of that country who has spoken")
    if party == UNRESOLVED and words & _PAIR and len(words) <= 4:
        two = memory.together(at, ("person",))
        if two:
            return joint(two, "the two named together")
    if party == UNRESOLVED and words & {"governments", "capitals", "sides", "countries", "states"}:
        two = memory.together(at, ("country",))
        if two:
            return joint(two, "the two countries named together")
    if entity is None and roles & _BODIES and not personal:
        body = _body(phrase, at, memory)
        if body is not None:
            return body
    if (
        words & _PLURAL_ROLES
        and party == UNRESOLVED
        and history
        and not words
        - {
            "the",
            "both",
            "two",
            "three",
            "ministers",
            "envoys",
            "ambassadors",
            "leaders",
            "pair",
            "sides",
            "allies",
            "capitals",
            "countries",
        }
    ):
        for _, answer in reversed(history[-PAST:]):
            if "; " in answer.name:
                return replace(answer, rule="the speakers before, together")
    if entity is not None:
        return _answer(entity, found.rule)
    if party != UNRESOLVED:
        country = memory.parties.speaker_of(party)
        if country is not None:
            return Resolution(
                country.name,
                country.kind,
                country.party,
                f"{found.rule}; nobody named: speaks for {country.name}",
            )
    return nobody("speaker not named", party)


def _body(phrase: str, at: int, memory: Memory) -> Resolution | None:
    """Read "the ministry", "the interior ministry in X": an institution named, or of a place."""
    roles = roles_of(phrase)
    general = len(phrase.split()) <= 2
    for known in memory.latest("institution"):
        if at - known.last > 4000:
            break
        if roles & roles_of(known.name) and (general or _same_words(phrase, known.name)):
            return Resolution(known.name, known.kind, known.party, "institution named before")
    sentence = re.split(r"[.!?]\s", memory.text[max(0, at - 160) : at])[-1]
    places = [
        m
        for m in memory.parties.find(sentence) + memory.parties.find(phrase)
        if m.entity is not None and m.entity.kind == "country"
    ]
    core = re.sub(r"^[Tt]he |\s(?:in|of|at)\s.*$", "", phrase)
    if places:
        owner = places[-1].entity
        found = memory.parties.attribute_phrase(f"{owner.name}'s {core}", memory.date)
        if found.entity is not None and found.entity.kind == "institution":
            entity = found.entity
            return Resolution(entity.name, entity.kind, entity.party, "institution of the place")
    return None


def _same_words(phrase: str, name: str) -> bool:
    """Whether what a phrase says of an institution stands in its name."""
    words = {w.lower() for w in phrase.split()} - {"the", "a", "of"}
    mine = {w.lower() for w in name.split()}
    return words <= mine


def _one(phrase: str, memory: Memory) -> bool:
    """Whether "the American" means one person: an adjective of a country, not a plural."""
    found = memory.parties.find(phrase)
    return (
        len(found) == 1
        and found[0].form in {"adjective", "demonym"}
        and phrase.lower().startswith("the ")
        and not phrase.endswith(("s", "sh", "ch", "ese"))
    )


def _remembered(
    roles: set[str], party: str, words: set[str], at: int, memory: Memory
) -> Remembered | Resolution | None:
    """The person in memory whom a title means, or two who fit it equally."""
    gender = next((_GENDERED[w] for w in words if w in _GENDERED), "")
    fits = []
    for person in memory.persons():
        if person.last >= at or (party not in {UNRESOLVED, person.party}):
            continue
        if gender and person.gender and person.gender != gender:
            continue
        match = roles & person.roles or (roles <= _GENERAL and person.spoke >= 0)
        if match:
            fits.append(person)
    if not fits:
        return None
    spoke = [p for p in fits if p.spoke >= 0]
    ranked = sorted(spoke or fits, key=lambda p: -max(p.spoke, p.last))
    if not spoke and len(ranked) > 1:
        both = " or ".join(p.name for p in ranked[:2])
        return Resolution(
            UNRESOLVED,
            UNRESOLVED,
            party if party != UNRESOLVED else UNRESOLVED,
            f"title could be {both}",
        )
    return ranked[0]
