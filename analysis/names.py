"""Read names of persons and institutions in running text, known to the gazetteer or not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.affiliations import affiliation
from analysis.descriptions import is_dependent
from analysis.mentions import blank
from analysis.parties import Mention, Parties
from analysis.source_words import DETERMINERS, ROLE_NOUNS

_TITLES = frozenset(
    """mr mrs ms dr prof sir dame lord lady president prime minister foreign defence defense
    interior finance secretary ambassador envoy senator sen rep representative congressman
    congresswoman governor gov general gen colonel col major captain admiral commander chancellor
    premier king queen prince princess pope bishop spokesman spokeswoman spokesperson deputy vice
    chief chairman chairwoman director professor judge justice mayor sheriff leader minority
    majority former acting permanent under undersecretary assistant attorney treasury state
    commissioner high first second national security adviser advisor special principal ayatollah
    supreme lieutenant rear air marshal brigadier sergeant retired press officer""".split()
)
_NEVER = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december i on in at for but and if when while the
    a an this that these those it he she they we his her its their our my your there then according
    speaking asked meanwhile however also after before during as with from no not yes both all
    some many most security council general assembly united nations charter article resolution
    west east north south western eastern middle""".split()
)
# Words for one office; what a title means is looked up under the second.
SAME_ROLE = {
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "envoy": "ambassador",
    "diplomat": "ambassador", "representative": "ambassador", "premier": "minister",
    "secretary": "minister", "chancellor": "minister", "leader": "president", "head": "chief",
    "advisor": "adviser", "official": "official", "coordinator": "spokesperson",
    "office": "ministry",
    "department": "ministry",
}  # fmt: skip
GENDERED = {
    "mr": "m", "sir": "m", "lord": "m", "ms": "f", "mrs": "f", "lady": "f", "dame": "f",
    "spokesman": "m", "spokeswoman": "f", "chairman": "m", "chairwoman": "f", "king": "m",
    "queen": "f", "congressman": "m", "congresswoman": "f", "businessman": "m",
    "businesswoman": "f", "man": "m", "woman": "f", "himself": "m", "herself": "f",
}  # fmt: skip
_NAME_WORD = r"[A-ZÀ-ÖØ-ÞŠŽČŁİ](?:[\w’'-]*\w)?"
_PARTICLE = r"(?:de|da|di|del|della|van|von|der|den|bin|ibn|al|el|la|le|du|dos|das|ter)"
_SEQUENCE = re.compile(rf"\b{_NAME_WORD}\.?(?:\s+(?:{_PARTICLE}\s+)*{_NAME_WORD}\.?)*")
SUBJECT = "(subject)"  # a role no title can have: named as the subject of a sentence
_LEADING = frozenset(
    "of for the a an his her its their on in at for as later earlier part its".split()
)
_BODIES = frozenset(
    """office bank union times post affairs department agency center centre forces command street
    house movement institute missile missiles plan act day news press team assembly
    nations""".split()
)
_NO_PERSON = ROLE_NOUNS | _BODIES
_POSSESSIVE = re.compile(r"['’]s?$")
_RELATIVE = re.compile(r",\s+(?:who|whose|whom)\b")
_POSSESSIVE_S = re.compile(r"(?:['’]s?\s+)?")
# What somebody says or writes is that person's own: "X's letter" is X.
WRITINGS = frozenset(
    """statement letter report communique communiqué release text document post tweet message
    speech address remarks comments note paper declaration readout memo email article story
    editorial transcript video evidence study""".split()
)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody named in a text: canonical name, kind, party, and the roles said beside it."""

    name: str
    kind: str
    party: str
    gender: str = ""
    known: bool = False
    roles: set[str] = field(default_factory=set)


def person_name(phrase: str, parties: Parties, on: str = "") -> NamedPerson | None:
    """Find the person a source phrase names.

    Parameters
    ----------
    phrase : str
        A source mention, with title and apposition.
    parties : Parties
    on : str
        ISO date of the document.

    Returns
    -------
    NamedPerson or None
        None where the phrase names no person ("the ministry", "Moscow").
    """
    mentions = parties.find(phrase)
    persons = [
        m
        for m in mentions
        if m.entity is not None
        and m.entity.kind == "person"
        and not _qualifies(phrase, m, mentions)
    ]
    if persons:
        entity = persons[0].entity
        current = parties.lookup(entity.name, on) or entity
        return NamedPerson(current.name, "person", current.party, current.gender, True)
    candidates = _candidates(phrase, mentions)
    for start, end in sorted(candidates, key=lambda span: " " not in phrase[slice(*span)]):
        name = _POSSESSIVE.sub("", phrase[start:end])
        if name.isupper():
            name = name.title()
        known = parties.lookup(name, on)
        if known is not None and known.kind == "person":
            return NamedPerson(known.name, "person", known.party, known.gender, True)
        holders = parties.surname(name)
        if len(holders) == 1:
            current = parties.lookup(holders[0].name, on) or holders[0]
            return NamedPerson(current.name, "person", current.party, current.gender, True)
        party = parties.attribute_phrase(phrase, on).party
        return NamedPerson(name, "person", party, gender_of(phrase[:start]))
    return None


def _qualifies(phrase: str, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a person named is not who speaks: X's minister speaks for X, X's letter is X's."""
    if _RELATIVE.search(phrase, 1, mention.start) and _SEQUENCE.match(phrase):
        return True  # "Roe, who met X"
    if not is_dependent(phrase, mention, mentions):
        return False
    others = blank(phrase, [mention]).split()
    return any(word.strip(".,'’").lower() in ROLE_NOUNS - WRITINGS for word in others)


def _candidates(phrase: str, mentions: list[Mention]) -> list[tuple[int, int]]:
    """Capitalised sequences of a phrase that could be a person's name."""
    taken = [(m.start, m.end) for m in mentions if m.entity is not None]
    found = []
    for match in _SEQUENCE.finditer(phrase):
        begin = max([b for a, b in taken if a <= match.start() < b], default=match.start())
        begin += len(_POSSESSIVE_S.match(phrase[begin:]).group())
        start, end = _without_titles(phrase, begin, match.end())
        if start >= end or not phrase[start].isupper():
            continue
        if any(a < end and start < b for a, b in taken):
            continue
        before = phrase[:start].rstrip().lower().split()
        last = before[-1] if before else ""
        if (
            last in {"the", "of", "at", "in", "for", "to", "from", "on", "by"}
            and " " not in (phrase[start:end])
        ):
            continue
        if last in {"the", "of", "for", "at", "to", "in", "from"}:
            continue
        if " " not in phrase[start:end] and re.match(r"\s+[a-z]", phrase[end:]):
            continue  # "Opposition members", "One of them"
        if phrase[start:end].isupper() and len(phrase[start:end]) < 4:
            continue
        found.append((start, end))
    return found


def _without_titles(phrase: str, start: int, end: int) -> tuple[int, int]:
    """Cut titles from the front of a name, and reject what holds ordinary capitals."""
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", phrase[start:end])]
    while words:
        word = phrase[words[0][0] : words[0][1]].strip(".").lower()
        if word in _TITLES or word in _NEVER or word in ROLE_NOUNS:
            words.pop(0)
        else:
            break
    while words:
        word = phrase[words[-1][0] : words[-1][1]].strip(".").lower()
        if word in _NEVER or (word in ROLE_NOUNS and len(words) > 1):
            words.pop()
        else:
            break
    if not words or any(phrase[a:b].strip(".").lower() in _NO_PERSON for a, b in words):
        return start, start
    first, last = words[0][0], words[-1][1]
    while last > first and phrase[last - 1] in ".’'":
        last -= 1
    return first, last


def names_in(text: str, parties: Parties, on: str = "") -> list[tuple[int, NamedPerson]]:
    """Everybody a text names, with the place of each mention.

    Parameters
    ----------
    text : str
        The repaired text of a document.
    parties : Parties
    on : str
        ISO date of the document.

    Returns
    -------
    list of (int, NamedPerson)
        In reading order. Persons the gazetteer does not know are found by a full name beside a
        title or in an apposition; a bare surname is theirs once the full name has been read.
    """
    found: list[tuple[int, NamedPerson]] = []
    mentions = parties.find(text)
    for mention in mentions:
        entity = mention.entity
        if entity is None or mention.form not in {"name", "seat"}:
            continue
        current = parties.lookup(entity.name, on) or entity
        roles = _roles_beside(text, mention.start, mention.end)
        if is_subject(text, mention.start):
            roles.add(SUBJECT)
        for post in entity.posts:
            roles |= role_words(post.title)
        person = NamedPerson(current.name, current.kind, current.party, current.gender, True, roles)
        found.append((mention.start, person))
    taken = [(m.start, m.end) for m in mentions]
    at = 0
    for match in _SEQUENCE.finditer(text):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        if at < len(taken) and taken[at][0] < match.end():
            continue
        if " " not in match.group():
            continue  # a full name has two words
        start, end = _without_titles(text, match.start(), match.end())
        name = _POSSESSIVE.sub("", text[start:end])
        if " " not in name or name.isupper():
            continue
        roles = _roles_beside(text, start, end)
        titled = start > match.start()
        if roles and is_subject(text, start):
            roles.add(SUBJECT)
        if not roles and not titled:
            continue
        phrase = _with_description(text, match.start(), end)
        party = affiliation(text, match.start(), end, phrase, parties, on)
        gender = gender_of(_words_before(text, start))
        person = NamedPerson(name, "person", party, gender, False, roles)
        found.append((start, person))
    found.sort(key=lambda item: item[0])
    return found


def _words_before(text: str, start: int) -> str:
    """The two words before a name that no comma or stop parts from it."""
    return " ".join(re.split(r"[,;:!?\n“”\"]", text[max(0, start - 30) : start])[-1].split()[-2:])


def gender_of(words: str) -> str:
    """Gender that a title or a role tells: "f", "m", or "" where none does."""
    told = {GENDERED[w] for w in re.findall(r"[a-z]+", words.lower()) if w in GENDERED}
    return told.pop() if len(told) == 1 else ""


def is_subject(text: str, start: int) -> bool:
    """Whether a name stands where a subject does: no preposition or verb leads up to it."""
    before = re.split(r"[.;:!?\n“”\"]", text[max(0, start - 80) : start])[-1].split()
    if len(before) > 18:
        return False
    for word in reversed(before):
        if word.endswith(","):
            return True
        bare = word.lower()
        if bare in _TITLES or bare in ROLE_NOUNS or word[0].isupper() or bare in _LEADING:
            continue
        return False
    return True


def role_words(words: str) -> set[str]:
    """Role nouns of a phrase, words for one office under one name."""
    lower = {w.strip(".,()").lower() for w in words.split()}
    return {SAME_ROLE.get(w, w) for w in lower if w in ROLE_NOUNS and w not in DETERMINERS}


def _with_description(text: str, start: int, end: int) -> str:
    """Return a name with its title and its apposition or relative clause."""
    before = re.split(r"[.,;:!?\n“”\"]", text[max(0, start - 50) : start])[-1]
    after = re.match(r",?\s+(?:who|an?|the)\s[^,.;:“”\"\n]{3,80}", text[end : end + 100])
    return before + text[start:end] + (after.group() if after else "")


def _roles_beside(text: str, start: int, end: int) -> set[str]:
    """Role nouns in the title before a name and in the apposition after it."""
    before = re.split(r"[.;:!?\n“”\"]|, (?=[a-z])", text[max(0, start - 70) : start])[-1]
    roles = set()
    if re.search(r"\w\s*,?\s*$", before):
        words = before.rstrip(" ,").split()[-7:]
        roles |= role_words(" ".join(words[-4:])) if words else set()
    after = re.match(r"\s*,\s+([^,.;:“”\"\n]{3,80})[,.]", text[end : end + 100])
    if after:
        roles |= role_words(after.group(1))
    return roles
