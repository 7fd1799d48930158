"""Remember everybody a document has named: who, for whom, described how, last seen where."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice

from analysis.documents import Document
from analysis.names import SAME_ROLE, SUBJECT, NamedPerson, names_in
from analysis.parties import Parties
from analysis.source_words import ROLE_NOUNS

UNRESOLVED = "unresolved"
REACH = 40  # how many of those named last a pronoun or a title can mean


@dataclass(slots=True)
class Remembered:
    """Somebody the document has named: who, for whom, described how, last seen where."""

    name: str
    kind: str
    party: str
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    last: int = -1
    spoke: int = -1
    subject: int = -1
    noted: int = 0


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who speaks: names and parties joined by "; " where several do, and why."""

    name: str
    kind: str
    party: str
    rule: str


def nobody(rule: str, party: str = UNRESOLVED) -> Resolution:
    """Abstain, and say why."""
    return Resolution(UNRESOLVED, UNRESOLVED, party, rule)


class Memory:
    """Everybody a document has named so far.

    Parameters
    ----------
    document : Document
    parties : Parties
    """

    def __init__(self, document: Document, parties: Parties) -> None:
        self.parties = parties
        self.date = document.date
        self.text = document.text
        self.document = document
        self.people: dict[str, Remembered] = {}
        self._of_kind: dict[str, dict[str, Remembered]] = {}  # the latest stands last
        self._noted = 0
        self._pending = self._mentions(document)
        self._next = 0
        self.contents: list[tuple[int, int]] = []

    def whole(self) -> Memory:
        """Return a memory that has read the document to its end."""
        other = Memory(self.document, self.parties)
        other.contents = self.contents
        other.read_to(len(self.text) + 1)
        return other

    def _in_content(self, at: int) -> bool:
        place = bisect_right(self.contents, (at, len(self.text) + 1)) - 1
        return place >= 0 and at < self.contents[place][1]

    def _mentions(self, document: Document) -> list[tuple[int, NamedPerson]]:
        """Every person, institution and country of the text, by place (unread as yet)."""
        return names_in(document.text, self.parties, self.date)

    def read_to(self, offset: int) -> None:
        """Take in all that is named before an offset of the text."""
        while self._next < len(self._pending) and self._pending[self._next][0] < offset:
            at, person = self._pending[self._next]
            self.note(person.name, person.kind, person.party, person.gender, person.roles, at)
            self._next += 1

    def note(
        self, name: str, kind: str, party: str, gender: str, roles: set[str], at: int
    ) -> Remembered:
        """Remember somebody, adding to what is known."""
        known = self.people.setdefault(name, Remembered(name, kind, party, gender))
        same = self._of_kind.setdefault(known.kind, {})
        same.pop(name, None)
        same[name] = known
        self._noted += 1
        known.noted = self._noted
        known.roles |= roles - {SUBJECT}
        known.last = max(known.last, at)
        if SUBJECT in roles and not self._in_content(at):
            known.subject = max(known.subject, at)
        if known.party == UNRESOLVED:
            known.party = party
        known.gender = known.gender or gender
        return known

    def post_roles(self, name: str) -> set[str]:
        """Roles of the posts the gazetteer gives somebody."""
        entity = self.parties.lookup(name, self.date)
        return set().union(*(roles_of(post.title) for post in entity.posts)) if entity else set()

    def latest(self, *kinds: str) -> list[Remembered]:
        """Return those of some kinds who were named last, the latest first."""
        found: list[Remembered] = []
        for kind in kinds:
            same = reversed(self._of_kind.get(kind, {}).values())
            found += islice(same, REACH)
        found.sort(key=lambda known: -known.noted)
        return found[:REACH]

    def persons(self) -> list[Remembered]:
        """Return persons, the latest first; a speaker counts as later than a mere mention."""
        return sorted(self.latest("person"), key=lambda p: (-max(p.spoke, 0), -p.last))

    def together(self, at: int, kinds: tuple[str, ...]) -> list[Remembered]:
        """Return the two who were last named as subjects of one sentence, in their order."""
        found = sorted(self.latest(*kinds), key=lambda p: -max(p.subject, p.last))[:2]
        if len(found) == 2 and abs(found[0].last - found[1].last) < 90 and found[1].subject >= 0:
            if at - found[0].last < 700:
                return found[::-1]
        return []

    def subject_before(self, at: int, *kinds: str) -> Remembered | None:
        """Return the subject of the sentences just before, if it is of some kind."""
        found = [p for p in self.latest(*kinds) if 0 <= p.subject < at and at - p.subject < 500]
        return max(found, key=lambda p: p.subject) if found else None

    def after(self, at: int, within: int = 260) -> list[Remembered]:
        """Return the persons first named soon after an offset."""
        found: dict[str, Remembered] = {}
        for number in range(self._next, len(self._pending)):
            place, person = self._pending[number]
            if place > at + within:
                break
            if person.kind == "person" and place >= at and person.name not in found:
                found[person.name] = Remembered(
                    person.name, person.kind, person.party, person.gender, person.roles
                )
        return list(found.values())

    def surnamed(self, surname: str) -> list[Remembered]:
        """Return the persons remembered whose name ends with a surname."""
        last = surname.split()[-1].lower()
        return [p for p in self.latest("person") if p.name.split()[-1].lower() == last]


def roles_of(phrase: str) -> set[str]:
    """Read the role nouns of a phrase, words for one office under one name."""
    words = {w.strip(".,").lower().removesuffix("’s").removesuffix("'s") for w in phrase.split()}
    found = {SAME_ROLE.get(word, word) for word in words if word in ROLE_NOUNS}
    return found
