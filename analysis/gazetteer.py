"""Read the gazetteer file: parties, countries, institutions and persons with their posts."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analysis.posts import office_names

KEYS = {
    "party": {"country", "names", "seats", "people", "adjectives", "members", "whole_phrase_only"},
    "country": {"party", "names", "seats", "people", "adjectives", "whole_phrase_only"},
    "institution": {"party", "country", "aliases", "office", "whole_phrase_only"},
    "person": {"party", "aliases", "gender", "surname", "posts"},
    "text": {"ordinary_surnames", "not_parties"},
}
POST_KEYS = {"title", "of", "from", "to"}
_LISTS = {"names", "seats", "people", "adjectives", "members", "aliases", "whole_phrase_only"}
_SAME_SIGN = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("‐‑", "-"))


class PartiesError(ValueError):
    """The gazetteer cannot be used; the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Post:
    """An office held: its title, for whom, and between which days (ISO dates or ``""``)."""

    title: str
    of: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, institution or country that can speak, and the party it speaks for."""

    name: str
    kind: str
    party: str
    gender: str = ""
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """A way of writing an entity, and what kind of word it is."""

    words: str
    entity: Entity
    form: str
    in_text: bool = True


@dataclass(slots=True)
class Gazetteer:
    """All that a gazetteer file says, checked.

    Attributes
    ----------
    parties : tuple of str
        Party names in the order of the file; ``other`` is always among them.
    entities : dict
        Canonical name to entity.
    countries : dict
        Party to the entity that speaks for it (party ``UK`` to United Kingdom).
    members : dict
        Party of several countries to the names of the parties that make it up.
    aliases : list of Alias
    surnames : dict
        Surname as written to the persons who have it.
    ordinary_surnames : frozenset of str
        Surnames that are also ordinary words or first names.
    not_parties : tuple of str
        Phrases that contain a party's name and do not mean the party.
    """

    parties: tuple[str, ...] = ()
    entities: dict[str, Entity] = field(default_factory=dict)
    countries: dict[str, Entity] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    aliases: list[Alias] = field(default_factory=list)
    surnames: dict[str, tuple[Entity, ...]] = field(default_factory=dict)
    ordinary_surnames: frozenset[str] = frozenset()
    not_parties: tuple[str, ...] = ()


def plain(words: str) -> str:
    """Words with straight apostrophes, single spaces and no accents: how names are compared."""
    words = words.translate(_SAME_SIGN)
    if words.isascii():
        return " ".join(words.split())
    words = unicodedata.normalize("NFKD", words)
    return " ".join("".join(c for c in words if not unicodedata.combining(c)).split())


def read_gazetteer(path: Path) -> Gazetteer:
    """Read and check a gazetteer file.

    Parameters
    ----------
    path : Path
        A TOML file as ``data/parties.toml`` describes it in its opening comment.

    Returns
    -------
    Gazetteer

    Raises
    ------
    PartiesError
        If the file is missing, is no TOML, or contradicts itself; with file and line.
    """
    try:
        source = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PartiesError(f"{path}: no such file; give the path of a gazetteer (TOML)") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PartiesError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise PartiesError(
            f"{path}: not valid TOML: {error}; check quotation marks, commas and dates there"
        ) from None
    return _Reader(path, source, tables).read()


class _Reader:
    """Turns the tables of one file into a `Gazetteer`, naming the line of what is wrong."""

    def __init__(self, path: Path, source: str, tables: dict[str, Any]) -> None:
        self.path, self.lines, self.tables = path, source.splitlines(), tables
        self.out = Gazetteer()
        self.owner: dict[str, Alias] = {}

    def read(self) -> Gazetteer:
        for kind in self.tables:
            if kind not in KEYS:
                raise self.error(kind, "", f"unknown table; use one of {_listed(KEYS)}")
        text = self.tables.get("text", {})
        self.check_keys("text", "", text)
        parties = self.section("party")
        if not parties:
            raise PartiesError(f'{self.path}: no party; add one, such as [party."Zorvia"]')
        if "unresolved" in parties:
            raise self.error("party", "unresolved", "“unresolved” cannot be the name of a party")
        self.out.parties = tuple(dict.fromkeys([*parties, "other"]))
        self.out.ordinary_surnames = frozenset(map(plain, text.get("ordinary_surnames", ())))
        self.out.not_parties = tuple(text.get("not_parties", ()))
        for name, table in parties.items():
            self.add_party(name, table)
        for name, table in self.section("country").items():
            self.add_country(name, table, self.known_party("country", name, table), [name])
        units = {**parties, **self.section("country")}
        for name, table in self.section("institution").items():
            self.add_institution(name, table, units)
        for name, table in self.section("person").items():
            self.add_person(name, table)
        return self.out

    # Tables, one kind after the other.

    def add_party(self, name: str, table: dict[str, Any]) -> None:
        members = tuple(table.get("members", ()))
        for member in members:
            if member not in self.tables["party"] and member not in self.section("country"):
                raise self.error("party", name, f"member “{member}” is no party of this file")
        if members:
            self.out.members[name] = members
        if name != "other" or "country" in table:
            country = table.get("country", name)
            self.out.countries[name] = self.add_country(country, table, name, [country, name])

    def add_country(self, name: str, table: dict[str, Any], party: str, names: list[str]) -> Entity:
        entity = self.add_entity("country", name, Entity(name, "country", party))
        hidden = set(table.get("whole_phrase_only", ()))
        for form, words in (
            ("name", [*names, *table.get("names", ())]),
            ("seat", table.get("seats", ())),
            ("demonym", table.get("people", ())),
            ("adjective", table.get("adjectives", ())),
        ):
            for word in words:
                self.add_alias("country", name, Alias(word, entity, form, word not in hidden))
        return entity

    def add_institution(
        self, name: str, table: dict[str, Any], units: dict[str, dict[str, Any]]
    ) -> None:
        party = self.known_party("institution", name, table)
        entity = self.add_entity("institution", name, Entity(name, "institution", party))
        hidden = set(table.get("whole_phrase_only", ()))
        written = [name, *table.get("aliases", ()), *hidden]
        for words in dict.fromkeys(written):
            alias = Alias(words, entity, "name", words not in hidden)
            self.add_alias("institution", name, alias)
        if "office" in table:
            unit = units.get(table.get("country", party), {})
            names = [unit.get("country", table.get("country", party)), *unit.get("names", ())]
            for words in office_names(
                table["office"], names, unit.get("seats", ()), unit.get("adjectives", ())
            ):
                if plain(words) not in self.owner:
                    self.add_alias("institution", name, Alias(words, entity, "name"))

    def add_person(self, name: str, table: dict[str, Any]) -> None:
        party = self.known_party("person", name, table)
        gender = table.get("gender", "")
        if gender not in {"f", "m", ""}:
            raise self.error("person", name, "gender is “f” or “m”; leave it out when not known")
        posts = tuple(self.post(name, post, party) for post in table.get("posts", ()))
        entity = self.add_entity("person", name, Entity(name, "person", party, gender, posts))
        written = [name, *table.get("aliases", ())]
        for words in written:
            self.add_alias("person", name, Alias(words, entity, "name"))
        surnames = (
            [table["surname"]]
            if "surname" in table
            else [s for words in written for s in _surnames(words)]
        )
        for surname in dict.fromkeys(map(plain, surnames)):
            persons = self.out.surnames.get(surname, ())
            if entity not in persons:
                self.out.surnames[surname] = (*persons, entity)

    def post(self, name: str, table: Any, party: str) -> Post:
        if not isinstance(table, dict) or "title" not in table:
            raise self.error("person", name, 'a post needs a title: {title = "…", of = "…"}')
        if unknown := set(table) - POST_KEYS:
            raise self.error("person", name, f"unknown key in a post: {_listed(unknown)}")
        start, end = (self.day(name, table.get(key, "")) for key in ("from", "to"))
        if start and end and start > end:
            raise self.error("person", name, f"a post ends ({end}) before it begins ({start})")
        of = table.get("of", party)
        if of not in self.out.parties and of not in self.out.entities:
            raise self.error("person", name, f"a post is “of” “{of}”, which this file lacks")
        return Post(str(table["title"]), of, start, end)

    def day(self, name: str, value: Any) -> str:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if value == "":
            return ""
        try:
            return date.fromisoformat(value).isoformat()
        except (TypeError, ValueError):
            message = f"bad date {value!r}; write it as 2022-05-27"
            raise self.error("person", name, message) from None

    # Checks.

    def section(self, kind: str) -> dict[str, dict[str, Any]]:
        section = self.tables.get(kind, {})
        if not isinstance(section, dict) or not all(isinstance(t, dict) for t in section.values()):
            raise self.error(kind, "", f'write each {kind} as [{kind}."Its name"]')
        for name, table in section.items():
            self.check_keys(kind, name, table)
        return section

    def check_keys(self, kind: str, name: str, table: dict[str, Any]) -> None:
        if unknown := set(table) - KEYS[kind]:
            known = _listed(KEYS[kind])
            message = f"unknown key {_listed(unknown)}; a {kind} has {known}"
            raise self.error(kind, name, message, min(unknown))
        for key, value in table.items():
            is_list = key in _LISTS or kind == "text"
            if is_list and not (
                isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
            ):
                message = f'{key} is a list of words: {key} = ["…", "…"]'
                raise self.error(kind, name, message, key)
            if not is_list and key != "posts" and not (isinstance(value, str) and value.strip()):
                message = f'{key} is one text in quotation marks: {key} = "…"'
                raise self.error(kind, name, message, key)
        if not isinstance(table.get("posts", []), list):
            raise self.error(kind, name, 'posts is a list: posts = [{title = "…", of = "…"}]')

    def known_party(self, kind: str, name: str, table: dict[str, Any]) -> str:
        party = table.get("party", "")
        if not party:
            raise self.error(kind, name, 'has no party; add party = "…"')
        if party not in self.out.parties:
            known = ", ".join(self.out.parties)
            raise self.error(kind, name, f"unknown party “{party}”; the file has {known}", party)
        return party

    def add_entity(self, kind: str, name: str, entity: Entity) -> Entity:
        if name in self.out.entities:
            raise self.error(kind, name, f"“{name}” is there twice")
        self.out.entities[name] = entity
        return entity

    def add_alias(self, kind: str, name: str, alias: Alias) -> None:
        key = plain(alias.words)
        other = self.owner.get(key)
        if other is None:
            self.owner[key] = alias
            self.out.aliases.append(alias)
        elif other.entity.name != alias.entity.name:
            first = self.line(*self.header(other.entity.kind, other.entity.name), other.words)
            where = f" (line {first})" if first else ""
            message = f"“{alias.words}” already means {other.entity.name}{where}; remove one"
            raise self.error(kind, name, message, alias.words)

    def error(self, kind: str, name: str, message: str, words: str = "") -> PartiesError:
        """Message with the line of an entry, or of the line in it that holds certain words."""
        kind, name = self.header(kind, name)
        number = self.line(kind, name, words)
        where = f"{self.path}, line {number}" if number else f"{self.path}"
        what = f"{kind} “{name}”" if name else kind
        return PartiesError(f"{where}: {what}: {message}")

    def header(self, kind: str, name: str) -> tuple[str, str]:
        """Kind and name an entity has in the file: a country may stand in its party's table."""
        own = self.tables.get("country")
        if kind == "country" and name and not (isinstance(own, dict) and name in own):
            for party, table in self.tables["party"].items():
                if table.get("country", party) == name:
                    return "party", party
        return kind, name

    def line(self, kind: str, name: str, words: str = "") -> int:
        """Line of the header of an entry, or the line of words below it; 0 if there is none."""
        entry = 0
        for number, line in enumerate(self.lines, 1):
            header = _header(line)
            if header:
                if entry:
                    break
                entry = number if header[0] == kind and name in {"", *header[1:]} else 0
            elif entry and words and words in line.partition("#")[0]:
                return number
        return entry


def _header(line: str) -> list[str]:
    """Kind and name of an entry, from the line that opens its table; [] for any other line."""
    if not line.lstrip().startswith("["):
        return []
    try:
        table: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return []
    names = []
    while isinstance(table, dict) and len(table) == 1:
        (name,) = table
        names.append(name)
        table = table[name]
    return names


def _surnames(words: str) -> list[str]:
    """Surnames of a full name: its last word, with particles (de, von der) and without."""
    parts = words.split()
    if len(parts) < 2:
        return []
    at = len(parts) - 1
    while at > 1 and parts[at - 1].islower():
        at -= 1
    surname = " ".join(parts[at:])
    return list(dict.fromkeys([surname, surname[0].upper() + surname[1:], parts[-1]]))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in sorted(words))
