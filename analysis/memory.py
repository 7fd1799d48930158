"""Remember everybody a document has named: who, for whom, described how, last seen where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

from analysis.documents import Document
from analysis.names import SAME_ROLE, SUBJECT, NamedPerson, names_in
from analysis.offices import offices_in
from analysis.parties import Parties
from analysis.source_words import ROLE_NOUNS

UNRESOLVED = "unresolved"
OFFICE = "office"  # kind of an office holder whose name is not known
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
    named : list of (int, NamedPerson), optional
        All that the text names, if that is known already.
    """

    def __init__(
        self,
        document: Document,
        parties: Parties,
        named: list[tuple[int, NamedPerson]] | None = None,
    ) -> None:
        self.parties = parties
        self.date = document.date
        self.text = document.text
        self.document = document
        self.people: dict[str, Remembered] = {}
        self._of_kind: dict[str, dict[str, Remembered]] = {}  # the latest stands last
        self._noted = 0
        self._pending = self._mentions(document) if named is None else named
        self._next = 0
        self._everybody: frozenset[str] | None = None
        self._whole: Memory | None = None
        self.contents: list[tuple[int, int]] = []

    def whole(self) -> Memory:
        """Return a memory that has read the document to its end."""
        if self._whole is None:
            self._whole = Memory(self.document, self.parties, self._pending)
            self._whole.contents = self.contents
            self._whole.read_to(len(self.text) + 1)
        return self._whole

    def _in_content(self, at: int) -> bool:
        place = bisect_right(self.contents, (at, len(self.text) + 1)) - 1
        return place >= 0 and at < self.contents[place][1]

    def _mentions(self, document: Document) -> list[tuple[int, NamedPerson]]:
        """Every person, institution, country and office of the text, by place (unread as yet)."""
        found = names_in(document.text, self.parties, self.date)
        found += offices_in(document.text, self.parties, self.date)
        return sorted(found, key=lambda item: item[0])

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
        key = f"office of {name}" if kind == OFFICE else name  # the country itself is another
        known = self.people.setdefault(key, Remembered(name, kind, party, gender))
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
        found = self.latest(*kinds)
        first = max(found, key=lambda p: p.subject, default=None)
        if first is None or first.subject < 0 or at - first.subject > 700:
            return []
        beside = [p for p in found if 0 < p.last - first.subject < 90]
        second = min(beside, key=lambda p: p.last, default=None)
        return [first, second] if second is not None and second is not first else []

    def subject_before(self, at: int, *kinds: str) -> Remembered | None:
        """Return the subject of the sentences just before, if it is of some kind."""
        found = [p for p in self.latest(*kinds) if 0 <= p.subject < at and at - p.subject < 500]
        return max(found, key=lambda p: p.subject) if found else None

    def after(self, at: int, within: int = 260, kinds: tuple[str, ...] = ("person",)) -> list:
        """Return those of some kinds who are named soon after an offset, in their order."""
        found: dict[str, Remembered] = {}
        for number in range(self._next, len(self._pending)):
            place, named = self._pending[number]
            if place > at + within:
                break
            if named.kind in kinds and place >= at and named.name not in found:
                found[named.name] = Remembered(
                    named.name, named.kind, named.party, named.gender, named.roles, place
                )
        return list(found.values())

    def everybody(self) -> frozenset[str]:
        """Return the names of all persons of the document, read or not."""
        if self._everybody is None:
            self._everybody = frozenset(n.name for _, n in self._pending if n.kind == "person")
        return self._everybody

    def units_before(self, at: int, within: int = 400) -> list[str]:
        """Return the parties or countries named shortly before an offset, the nearest first."""
        first = bisect_left(self._pending, at - within, key=itemgetter(0))
        last = bisect_left(self._pending, at, key=itemgetter(0))
        near = [named for _, named in self._pending[first:last]]
        entities = [self.parties.lookup(n.name, self.date) for n in reversed(near)]
        return list(dict.fromkeys(self.parties.unit_of(e) for e in entities if e is not None))

    def places(self) -> set[str]:
        """Return the names of the countries and bodies named so far."""
        return set(self._of_kind.get("country", ()))

    def surnamed(self, surname: str) -> list[Remembered]:
        """Return the persons remembered whose name ends with a surname."""
        last = surname.split()[-1].lower()
        return [p for p in self.latest("person") if p.name.split()[-1].lower() == last]


def roles_of(phrase: str) -> set[str]:
    """Read the role nouns of a phrase, words for one office under one name."""
    words = {w.strip(".,").lower().removesuffix("’s").removesuffix("'s") for w in phrase.split()}
    found = {SAME_ROLE.get(word, word) for word in words if word in ROLE_NOUNS}
    return found
