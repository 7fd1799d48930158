"""Say which institution or country a description speaks for: a ministry, officials, a letter."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.memory import UNRESOLVED, Memory, Resolution, nobody, roles_of
from analysis.names import WRITINGS
from analysis.parties import Entity
from analysis.pronouns import answer_of, joint
from analysis.records import Statement
from analysis.titles import BODY_NOUNS, PLURAL_ROLES, History, is_definite, speaker_before, titled

_OUTLETS = frozenset(
    """agency newspaper paper daily weekly magazine journal tabloid broadcaster channel station
    website outlet wire""".split()
)
_NATION = frozenset("country nation kingdom republic state".split())
_PAIR = frozenset("pair two both duo ministers envoys ambassadors leaders presidents".split())
_COUNTRIES = frozenset("governments capitals sides countries states".split())
_TOGETHER = frozenset(
    """the both two three ministers envoys ambassadors leaders pair sides allies capitals
    countries""".split()
)
_ELLIPTIC = re.compile(
    r"^(?:(?:an|other|another|some|several|senior|the|two|one)\s+)*"
    r"(?:officials?|diplomats?|ministers?|aides?|sources?|people|staff|colleagues?|they|those)"
    r"\s+there\b",
    re.I,
)
_PRIVATE = re.compile(
    r"\b(?:critics?|opponents?|residents?|villagers?|islanders?|inhabitants?|citizens?|locals"
    r"|families|relatives|survivors?|witness(?:es)?|protesters?|demonstrators?|students?|workers"
    r"|fisherm[ae]n|sailors|farmers?|traders?|shopkeepers?|skippers?|tourists?|passengers?"
    r"|refugees?|exiles?|dissidents?|prisoners?|passers-by|supporters?|nobody|no one|everyone"
    r"|everybody|allies|ally|neighbou?rs?|rivals?|enem(?:y|ies)|foes?|friends?|wife|husband|father"
    r"|mother|brother|sister|son|daughter|(?:person|people|somebody"
    r"|someone|sources?) (?:close|near) to)\b",
    re.I,
)
_NEAR = 200  # characters within which “its” finds whose
_PAST = 200  # how many of the statements before a phrase can refer to
_FORGOTTEN = 4000  # characters after which an institution is no longer “the ministry”


def described(
    phrase: str, at: int, statement: Statement, memory: Memory, history: History
) -> Resolution:
    """Resolve a title or an institution: "the spokesman", "the ministry", "a statement".

    Parameters
    ----------
    phrase : str
        A source mention that names no person.
    at : int
        Offset of the phrase in the text.
    statement : Statement
    memory : Memory
    history : list of (Statement, Resolution)
        Statements before, the latest last.
    """
    phrase = _with_full_names(phrase, memory)
    found = memory.parties.attribute_phrase(phrase, memory.date)
    entity, party = found.entity, found.party
    if entity is not None and entity.kind == "person":
        return _of(entity, found.rule)
    roles = roles_of(phrase)
    words = {w.strip(".,").lower() for w in phrase.split()}
    if entity is None and roles & WRITINGS and words & WRITINGS - _OUTLETS:
        if history and history[-1][1].name != UNRESOLVED:
            return replace(history[-1][1], rule="the speaker before, whose text is cited")
    if _ELLIPTIC.match(phrase):
        near = memory.latest("institution", "country")
        if near:
            known = memory.parties.lookup(near[0].name, memory.date)
            if known is not None:
                return _of(known, "officials of the body or country named before")
    answer = titled(phrase, at, statement, memory, history)
    if answer is not None:
        return answer
    if party == UNRESOLVED and entity is None:
        answer = speaker_before(phrase, statement, history)
        if answer is not None:
            return answer
    if entity is not None and _PRIVATE.search(phrase) and not roles & BODY_NOUNS:
        return nobody("private persons, who speak for no state")
    if entity is not None and entity.kind == "country":
        if _is_one(phrase, memory):
            for _, before in reversed(history[-_PAST:]):
                if before.kind == "person" and before.party == entity.party:
                    return replace(before, rule="somebody of that country who has spoken")
            own = [p for p in memory.persons() if p.party == entity.party and at - p.last < 400]
            if len(own) == 1:
                return answer_of(own[0], "somebody of that country named before")
        own = _institution_of(phrase, entity, memory)
        if own is not None:
            return _of(own, "the institution of the country named")
    if entity is None:
        answer = _general(words, memory)
        if answer is not None:
            return answer
    if party == UNRESOLVED:
        answer = _together(words, at, memory, history)
        if answer is not None:
            return answer
    if entity is None and roles <= BODY_NOUNS and not words & PLURAL_ROLES:
        body = _body(phrase, at, memory)
        if body is not None:
            return body
    if entity is not None:
        return _of(entity, found.rule)
    if party != UNRESOLVED:
        country = memory.parties.speaker_of(party)
        if country is not None:
            return _of(country, f"{found.rule}; nobody named: speaks for {country.name}")
    if party == UNRESOLVED and roles and phrase.lower().startswith(("its ", "their ")):
        near = memory.parties.find(memory.text[max(0, at - _NEAR) : at])
        country = memory.parties.speaker_of(near[-1].party) if near else None
        if country is not None:
            return _of(country, "speaks for the country spoken of before")
    return nobody("speaker not named", party)


def _of(entity: Entity, rule: str) -> Resolution:
    return Resolution(entity.name, entity.kind, entity.party, rule)


def _with_full_names(phrase: str, memory: Memory) -> str:
    """Write "the country's" and "the union's" with the name of whom they mean."""

    def full(match: re.Match) -> str:
        if match[1] in _NATION:
            named = next(iter(memory.latest("country")), None)
            return named.name if named else match[0]
        body = memory.parties.body_called(match[1])
        return f"the {body.name}" if body else match[0]

    return re.sub(r"\b[Tt]he ([a-z]{4,})\b(?=['’]s\b)", full, phrase)


def _general(words: set[str], memory: Memory) -> Resolution | None:
    """Read "the agency", "the commission", "the country": the body of that kind named last."""
    nouns = words - {"the"}
    if len(nouns) != 1 or "the" not in words:
        return None
    (noun,) = nouns
    if noun in _NATION:
        for known in memory.latest("country")[:1]:
            return Resolution(known.name, known.kind, known.party, "the country named before")
    for known in memory.latest("institution", "country"):
        outlet = noun in _OUTLETS and known.kind == "institution" and known.party == "other"
        if outlet or noun in known.name.lower().split()[1:]:
            return Resolution(known.name, known.kind, known.party, "the body named before")
    body = memory.parties.body_called(noun)
    return _of(body, "the only body called so") if body else None


def _together(words: set[str], at: int, memory: Memory, history: History) -> Resolution | None:
    """Read "the pair", "the two countries", "the ministers": those named or heard together."""
    if words & _PAIR and len(words) <= 4 and "three" not in words:
        two = memory.together(at, ("person",))
        if two:
            return joint(two, "the two named together", memory.parties)
    if words & _COUNTRIES:
        two = memory.together(at, ("country",))
        if two:
            return joint(two, "the two countries named together", memory.parties)
    if words & PLURAL_ROLES and not words - _TOGETHER:
        for _, answer in reversed(history[-_PAST:]):
            if "; " in answer.name:
                return replace(answer, rule="the speakers before, together")
    return None


def _institution_of(phrase: str, country: Entity, memory: Memory) -> Entity | None:
    """The institution "X's treasury" or "the treasury in X" means, by the country's adjective."""
    core = phrase
    for mention in reversed(memory.parties.find(phrase)):
        core = core[: mention.start] + core[mention.end :]
    core = re.sub(r"^\s*['’]s?\b|\s(?:in|of|at)\b.*$", "", core.strip()).strip(" ,")
    core = re.sub(r"^[Tt]he\s+", "", core)
    if not core or not is_definite(phrase):
        return None
    return memory.parties.institution_of(core, memory.parties.unit_of(country))


def _body(phrase: str, at: int, memory: Memory) -> Resolution | None:
    """Read "the ministry", "the interior ministry in X": an institution named, or of a place."""
    roles = roles_of(phrase)
    general = len(phrase.split()) <= 2
    for known in memory.latest("institution"):
        if at - known.last > _FORGOTTEN:
            break
        if roles & roles_of(known.name) and (general or _same_words(phrase, known.name)):
            return Resolution(known.name, known.kind, known.party, "institution named before")
    sentence = re.split(r"[.!?]\s", memory.text[max(0, at - 160) : at])[-1]
    places = [
        m.entity
        for m in memory.parties.find(sentence)
        if m.entity is not None and m.entity.kind == "country"
    ]
    found = _institution_of(phrase, places[-1], memory) if places else None
    if found is None and is_definite(phrase):
        core = re.sub(r"^[Tt]he\s+", "", phrase)
        found = memory.parties.institution_near(core, memory.units_before(at))
    return _of(found, "institution of the place") if found else None


def _same_words(phrase: str, name: str) -> bool:
    """Whether what a phrase says of an institution stands in its name."""
    words = {w.lower() for w in phrase.split()} - {"the", "a", "of"}
    mine = {w.lower() for w in name.split()}
    return words <= mine


def _is_one(phrase: str, memory: Memory) -> bool:
    """Whether "the American" means one person: an adjective of a country, not a plural."""
    found = memory.parties.find(phrase)
    return (
        len(found) == 1
        and found[0].form in {"adjective", "demonym"}
        and phrase.lower().startswith("the ")
        and not phrase.endswith(("s", "sh", "ch", "ese"))
    )
