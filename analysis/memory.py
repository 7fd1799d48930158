"""Remember everybody a document has named: who, for whom, described how, last seen where."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.documents import Document
from analysis.names import SAME_ROLE, SUBJECT, NamedPerson, names_in
from analysis.parties import Parties
from analysis.source_words import ROLE_NOUNS

UNRESOLVED = "unresolved"


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
        return any(start <= at < end for start, end in self.contents)

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
        known = self.people.get(name)
        if known is None:
            known = self.people[name] = Remembered(name, kind, party, gender)
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

    def persons(self) -> list[Remembered]:
        """Persons, the latest first; a speaker counts as later than a mere mention."""
        found = [p for p in self.people.values() if p.kind == "person"]
        return sorted(found, key=lambda p: (-max(p.spoke, 0), -p.last))

    def full_name(self, surname: str) -> Remembered | None:
        """The one remembered person whose name ends with a surname."""
        found = [
            p
            for p in self.people.values()
            if p.kind == "person"
            and (p.name == surname or p.name.split()[-1] == surname.split()[-1])
        ]
        return found[0] if len(found) == 1 else None


def roles_of(phrase: str) -> set[str]:
    """Read the role nouns of a phrase, words for one office under one name."""
    words = {w.strip(".,").lower().removesuffix("’s").removesuffix("'s") for w in phrase.split()}
    found = {SAME_ROLE.get(word, word) for word in words if word in ROLE_NOUNS}
    return found
