"""From a name, a place or a source phrase to the party it speaks for, by an editable gazetteer."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from analysis.descriptions import Attribution, Describer
from analysis.gazetteer import Entity, Gazetteer, PartiesError, Post, plain, read_gazetteer
from analysis.mentions import Mention, MentionFinder, blank
from analysis.posts import STATE_ROLES, Office, read_office, same_office

__all__ = ["Attribution", "Entity", "Mention", "Parties", "PartiesError", "Post"]

DEFAULT_PATH = Path(__file__).resolve().parent.parent / "data" / "parties.toml"


class Parties:
    """The parties of a gazetteer and everyone who speaks for them.

    Parameters
    ----------
    gazetteer : Gazetteer
        As `analysis.gazetteer.read_gazetteer` gives it.

    Attributes
    ----------
    parties : tuple of str
        Names of the parties in the order of the file.

    Examples
    --------
    >>> parties = Parties.from_toml()
    >>> parties.lookup("the Kremlin").party
    'Russia'
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.parties = gazetteer.parties
        self._finder = MentionFinder(gazetteer)
        self._by_name: dict[str, Entity] = {}
        self._by_lower: dict[str, Entity | None] = {}
        for alias in gazetteer.aliases:
            key = _key(alias.words)
            self._by_name.setdefault(key, alias.entity)
            lower = key.lower()
            if len(lower) > 3:
                same = self._by_lower.get(lower, alias.entity)
                self._by_lower[lower] = same if same == alias.entity else None
        self._peoples = {
            alias.entity for alias in gazetteer.aliases if alias.form in {"demonym", "adjective"}
        }
        self._adjectives: dict[str, list[str]] = {}
        for alias in gazetteer.aliases:
            if alias.form == "adjective":
                self._adjectives.setdefault(self.unit_of(alias.entity), []).append(alias.words)
        self._posts: dict[str, list[tuple[Post, Office, frozenset[str], Entity]]] = {}
        for entity in gazetteer.entities.values():
            for post in entity.posts:
                read = self._read_post(post.title, self._unit(post.of))
                if read is not None:
                    self._posts.setdefault(self._unit(post.of), []).append((post, *read, entity))
        self._describer = Describer(self)

    @classmethod
    def from_toml(cls, path: str | Path | None = None) -> Parties:
        """Read a gazetteer file.

        Parameters
        ----------
        path : str or Path, optional
            A TOML file; the project's ``data/parties.toml`` if left out.

        Raises
        ------
        PartiesError
            With file and line, if the file is missing, broken or contradicts itself.
        """
        return _project_parties() if path is None else cls(read_gazetteer(Path(path)))

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities: countries, institutions and persons."""
        return tuple(self._gazetteer.entities.values())

    def lookup(self, name: str, on: str = "") -> Entity | None:
        """Entity of an exact name or alias.

        Parameters
        ----------
        name : str
            A leading "the", a possessive 's, the kind of apostrophe, accents and surrounding
            spaces make no difference.
        on : str
            ISO date; the entity's party is the one it speaks for then.

        Returns
        -------
        Entity or None
            None if the name is unknown.
        """
        key = _key(name)
        entity = self._by_name.get(key) or self._by_lower.get(key.lower())
        return self._at(entity, on) if entity else None

    def surname(self, name: str) -> tuple[Entity, ...]:
        """Persons who have this surname (``"Roe"``, ``"de la Roe"``)."""
        return self._gazetteer.surnames.get(_key(name), ())

    def holders(self, post_words: str, party: str, on: str = "") -> tuple[Entity, ...]:
        """Persons who hold a post for a party at a date.

        Parameters
        ----------
        post_words : str
            A title, with or without names: ``"ambassador to the UN"``, ``"foreign secretary"``.
            Titles of one office agree (foreign minister, top diplomat), a deputy is never the
            principal.
        party : str
            Party, or the name of a country that has no party of its own.
        on : str
            ISO date, month or year; ``""`` for any time.
        """
        unit = self._unit(party)
        found = self._holding(post_words, unit, on)
        if not found and (country := self._gazetteer.countries.get(unit)):
            # "foreign ministry spokesman": the country tells which ministry is meant
            found = self._holding(f"{country.name} {post_words}", unit, on)
        return found

    def holders_anywhere(self, post_words: str, on: str = "") -> tuple[Entity, ...]:
        """Persons who hold a post at a date for whichever party.

        Parameters
        ----------
        post_words : str
            A title without its country: ``"the chancellor"``.
        on : str
            ISO date, month or year; ``""`` for any time.
        """
        found = [person for unit in self._posts for person in self._holding(post_words, unit, on)]
        return tuple(dict.fromkeys(found))

    def beside_in_post(self, name: str, on: str = "", *, before: bool) -> Entity | None:
        """Who held the post of a person before him, or holds it after him.

        Parameters
        ----------
        name : str
            Canonical name of the person.
        on : str
            ISO date that tells which post is meant where the person held several.
        before : bool
            The predecessor, else the successor.

        Returns
        -------
        Entity or None
            None where the gazetteer knows no such person.
        """
        entity = self._gazetteer.entities.get(name)
        own = list(entity.posts) if entity else []
        own.sort(key=lambda post: (_lasts(post, on), post.start), reverse=True)
        for post in own:
            unit = self._unit(post.of)
            asked = self._read_post(post.title, unit)
            same = [
                (other.start, person)
                for other, office, subjects, person in self._posts.get(unit, ())
                if asked and person.name != name
                and same_office(asked[0], office) and asked[1] == subjects
                and (other.end and other.end <= post.start if before
                     else post.end and other.start >= post.end)
            ]  # fmt: skip
            if same:
                chosen = (max if before else min)(same, key=lambda pair: pair[0])
                return self.lookup(chosen[1].name, on)
        return None

    def _holding(self, words: str, unit: str, on: str) -> tuple[Entity, ...]:
        asked = self._read_post(words, unit)
        if asked is None:
            return ()
        office, subjects = asked
        found = [
            entity
            for post, held, held_subjects, entity in self._posts.get(unit, ())
            if same_office(office, held) and subjects == held_subjects and _lasts(post, on)
        ]
        return tuple(dict.fromkeys(found))

    def find(self, text: str) -> list[Mention]:
        """Mentions of parties, places, institutions and persons in running text.

        Parameters
        ----------
        text : str

        Returns
        -------
        list of Mention
            From left to right, none overlapping; `Mention.form` is ``name``, ``seat``,
            ``demonym`` or ``adjective``. A person is found by the full name, or by the surname
            if only one person has it.
        """
        return self._finder.find(text)

    def party_of(self, name: str, on: str = "") -> str:
        """Party a speaker speaks for at a date; ``unresolved`` if the name is unknown.

        Parameters
        ----------
        name : str
            Canonical name, alias, or a surname that only one person has.
        on : str
            ISO date or ``""``.
        """
        entity = self.lookup(name, on)
        if entity is not None:
            return entity.party
        parties = {self._at(person, on).party for person in self.surname(name)}
        return parties.pop() if len(parties) == 1 else "unresolved"

    def attribute_phrase(self, phrase: str, on: str = "") -> Attribution:
        """Who a source phrase means, and for which party it speaks.

        A named person decides first; then the one holder of the post described; then the
        institution, then the country, for which the person speaks.

        Parameters
        ----------
        phrase : str
            ``"Iran's foreign minister"``, ``"a spokesman for the State Department"``.
        on : str
            ISO date of the document or ``""``.

        Returns
        -------
        Attribution
            ``entity`` (or None), ``party``, ``rule`` in words.
        """
        return self._describer.describe(phrase, on)

    # What the rooms beside this one need to know.

    def speaker_of(self, party: str) -> Entity | None:
        """Country or group of countries that stands for a party."""
        return self._gazetteer.countries.get(party)

    def group_of(self, parties: frozenset[str]) -> str:
        """Party whose members are exactly these parties, or ``""``."""
        groups = self._gazetteer.members.items()
        return next((name for name, members in groups if frozenset(members) == parties), "")

    def body_called(self, noun: str) -> Entity | None:
        """The one body of states whose name ends with a noun: "the union"; None where none does."""
        bodies = [
            country
            for party, country in self._gazetteer.countries.items()
            if self.is_organisation(party)
            and " " in country.name
            and country.name.split()[-1].lower() == noun.lower()
        ]
        return bodies[0] if len(bodies) == 1 else None

    def institution_of(self, words: str, unit: str) -> Entity | None:
        """Institution of a party or country by its common name: the treasury of Zorvia."""
        for adjective in self._adjectives.get(unit, ()):
            entity = self.lookup(f"{adjective} {words}")
            if entity is not None and entity.kind == "institution":
                return entity
        return None

    def institution_near(self, words: str, units: Sequence[str]) -> Entity | None:
        """Institution of a common name, of the first unit that has it, or the only one at all."""
        for unit in units:
            found = self.institution_of(words, unit)
            if found is not None:
                return found
        anywhere = {self.institution_of(words, unit) for unit in self._adjectives} - {None}
        return anywhere.pop() if len(anywhere) == 1 else None

    def ministry_of(self, name: str) -> Entity | None:
        """Institution a minister is at the head of; the country where the file has none."""
        entity = self._gazetteer.entities.get(name)
        for post in entity.posts if entity else ():
            words = re.sub(r"minister|secretary", "ministry", post.title, flags=re.I)
            found = self.institution_of(words, self._unit(post.of)) if words != post.title else None
            if found is not None:
                return found
        return self.speaker_of(entity.party) if entity else None

    def unit_of(self, entity: Entity) -> str:
        """Party or, for a country without a party of its own, the country an entity is of."""
        return self._unit(entity.name if entity.kind == "country" else entity.party)

    def is_organisation(self, party: str) -> bool:
        """Whether a party is a body of states: it has neither a people nor an adjective."""
        country = self._gazetteer.countries.get(party)
        return country is not None and country not in self._peoples

    def _unit(self, name: str) -> str:
        entity = self._gazetteer.entities.get(name)
        if entity is None:
            return name
        own = self._gazetteer.countries.get(entity.party)
        return entity.name if entity.kind == "country" and own != entity else entity.party

    def _at(self, entity: Entity, on: str) -> Entity:
        for post in entity.posts:
            if on and (post.start or post.end) and _lasts(post, on):
                of = self._gazetteer.entities.get(post.of)
                return replace(entity, party=of.party if of else post.of)
        return entity

    def _read_post(self, words: str, unit: str) -> tuple[Office, frozenset[str]] | None:
        """Office of a title, and the names in it that are not the country itself."""
        mentions = self.find(words)
        office = read_office(blank(words, mentions))
        if office is None:
            return None
        subjects = set()
        for mention in mentions:
            entity = mention.entity
            if entity is None or (entity.kind == "country" and self.unit_of(entity) == unit):
                continue
            if entity.kind == "institution" and office.role in STATE_ROLES:
                if self._unit(entity.party) == unit:
                    continue
            subjects.add(entity.name)
        return office, frozenset(subjects)


@lru_cache(maxsize=1)
def _project_parties() -> Parties:
    return Parties(read_gazetteer(DEFAULT_PATH))


def _key(name: str) -> str:
    key = plain(name)
    if key[:4].lower() == "the ":
        key = key[4:]
    return key[:-2] if key.endswith("'s") else key[:-1] if key.endswith("s'") else key


def _lasts(post: Post, on: str) -> bool:
    """Whether a post is held on a day, or within a month or year; any time if ``on`` is ""."""
    first, last = _days(on)
    return not on or (
        (not post.start or post.start <= last) and (not post.end or post.end >= first)
    )


def _days(on: str) -> tuple[str, str]:
    """First and last day of a date, month or year, so that ISO texts compare as dates do."""
    if not on:
        return "", ""
    try:
        numbers = [int(part) for part in on.split("-")]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else 0
        if len(on) == 10 and len(numbers) == 3:
            return on, on
        if len(on) == 7 and month:
            return f"{on}-01", f"{on}-{monthrange(year, month)[1]:02}"
        if len(on) == 4:
            return f"{on}-01-01", f"{on}-12-31"
    except ValueError:
        pass
    raise PartiesError(f"{on!r} is no date; write it as 2022-12-09, 2022-12 or 2022")
