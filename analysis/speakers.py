"""Say who a source mention is: a name, a title, a pronoun or an institution becomes a speaker.

The document's memory holds everybody who has spoken or been named, with what was said of them.
A mention is read in this order: a name in it; the holder of the post it describes; somebody in
memory it can mean; the institution or country it speaks for. Where two fit equally well the
speaker stays ``unresolved`` and the rule names both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.documents import Document
from analysis.memory import UNRESOLVED, Memory, Remembered, roles_of
from analysis.names import NamedPerson, person_name
from analysis.parties import Entity, Parties
from analysis.records import Statement
from analysis.source_words import CONTRACTED

_SINGULAR = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m"}


_DOCUMENTS = frozenset(
    """statement letter report communique communiqué release text document post tweet message
    speech address remarks comments note paper declaration readout""".split()
)


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


_GENERAL = frozenset("official leader politician diplomat figure man woman head chief".split())


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who speaks: names and parties joined by "; " where several do, and why."""

    name: str
    kind: str
    party: str
    rule: str


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
    memory.contents = [
        document.text_span(*span) for statement in statements for span in statement.content_spans
    ]
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
    if word in _SINGULAR:
        return _pronoun(word, at, statement, memory, history)
    if word in {"they", "we", "it", "its", "their", "i", "who", "which", "you"}:
        return _other_pronoun(word, at, statement, memory, history)
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


def _pronoun(
    word: str,
    at: int,
    statement: Statement,
    memory: Memory,
    history: list[tuple[Statement, Resolution]],
) -> Resolution:
    gender = _SINGULAR[word]
    fits = [p for p in memory.persons() if p.gender in {gender, ""} and p.last < at]
    if history:
        before, answer = history[-1]
        near = statement.paragraph - before.paragraph <= 2
        for person in fits:
            if near and person.name == answer.name:
                rival = _named_between(person, fits, at)
                if rival is None:
                    return _answer(person, f"“{word}” is the speaker before")
                return _answer(rival, f"“{word}” is the person named since, as subject")
    recent = sorted(fits, key=lambda p: -p.last)
    if not recent:
        return Resolution(UNRESOLVED, UNRESOLVED, UNRESOLVED, f"“{word}”: nobody it could be")
    surest = [p for p in recent if p.gender == gender]
    first = recent[0]
    if len(recent) > 1 and recent[1].last > first.last - 200 and recent[1].spoke < 0 > first.spoke:
        same = [p for p in recent[:2] if p.gender == gender]
        if len(same) != 1:
            both = f"{first.name} or {recent[1].name}"
            rule = f"“{word}” could be {both}"
            return Resolution(UNRESOLVED, UNRESOLVED, UNRESOLVED, rule)
        return _answer(same[0], f"“{word}” is the only one of that gender named near")
    spoke = [p for p in recent if p.spoke >= 0]
    chosen = spoke[0] if spoke and spoke[0].spoke > first.last - 1200 else (surest or recent)[0]
    return _answer(chosen, f"“{word}” is the person named last")


def _named_between(person: Remembered, fits: list[Remembered], at: int) -> Remembered | None:
    """A person of the right gender who became the subject after the last speaker spoke."""
    since = max(person.spoke, person.subject)
    later = [
        p for p in fits if p.name != person.name and p.subject > since and at - p.subject < 600
    ]
    return max(later, key=lambda p: p.subject) if later else None


def _other_pronoun(
    word: str,
    at: int,
    statement: Statement,
    memory: Memory,
    history: list[tuple[Statement, Resolution]],
) -> Resolution:
    for before, answer in reversed(history):
        if statement.paragraph - before.paragraph > 2:
            break
        plural = "; " in answer.name
        fits = {
            "they": plural or answer.kind != "person",
            "their": plural or answer.kind != "person",
            "it": answer.kind in {"institution", "country"},
            "its": answer.kind in {"institution", "country"},
        }.get(word, True)
        if fits and answer.name != UNRESOLVED:
            return replace(answer, rule=f"“{word}” is the speaker before")
    return Resolution(UNRESOLVED, UNRESOLVED, UNRESOLVED, f"“{word}”: nobody it could be")


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


def _named(named: NamedPerson, phrase: str, memory: Memory) -> Resolution:
    if named.known:
        return Resolution(named.name, named.kind, named.party, "named; in the gazetteer")
    before = memory.full_name(named.name)
    if before is not None:
        longer = before.name if len(before.name) >= len(named.name) else named.name
        party = before.party if before.party != UNRESOLVED else named.party
        return Resolution(longer, "person", party, "named earlier in the document")
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
    personal = roles - {
        "ministry",
        "department",
        "office",
        "government",
        "council",
        "mission",
        "embassy",
        "administration",
        "army",
        "kremlin",
        "pentagon",
        "union",
        "side",
        "state",
        "country",
        "capital",
        "agency",
        "statement",
        "report",
    }
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
        for _, answer in reversed(history):
            if answer.kind == "person" and answer.party == entity.party:
                return replace(answer, rule="somebody of that country who has spoken")
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
        for _, answer in reversed(history):
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
    if roles & {"ministry", "mission", "embassy", "government"} and history:
        for _, answer in reversed(history[-4:]):
            if answer.kind == "institution" and roles_of(answer.name) & roles:
                return replace(answer, rule="institution named before")
    return Resolution(UNRESOLVED, UNRESOLVED, party, "speaker not named")


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
