"""Find the parties, places, institutions and persons of a gazetteer in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from analysis.gazetteer import Entity, Gazetteer, plain

_TOKEN = re.compile("(?:[^\\W_][\u0300-\u036f]*)+|[^\\w\\s]|_")
# Titles that stand before a name.
TITLES = frozenset(
    "mr mrs ms miss mx dr prof sir dame lord lady baroness baron president minister secretary "
    "ambassador spokesman spokeswoman spokesperson envoy general gen lieutenant lt colonel col "
    "major maj captain capt admiral adm commander brigadier marshal senator sen representative "
    "rep congressman congresswoman governor gov mayor chancellor premier king queen prince "
    "princess ayatollah imam sheikh pope chief leader director adviser advisor diplomat judge "
    "justice professor comrade secretary-general official coordinator deputy "
    "chairman chairwoman speaker".split()
)
# Words that begin a sentence and are no first name before a surname.
_OPENERS = frozenset(
    "a about after again against all also although among an and any are as asked at back because "
    "before besides both but by can could did do does during earlier either even every finally "
    "first for former from had has have he her here his how however if in indeed instead is it "
    "its just last late later like may meanwhile might more moreover most mr my neither never new "
    "next no none nor not now of on once one only or other our over perhaps per rather said says "
    "second she should since so some still such than thanks that the their then there these they "
    "third this those though through thus to today together told tomorrow tonight too toward "
    "towards twice under unless unlike until up upon via was we were what whatever when where "
    "whereas whether which while who whose why will with within without would yesterday yet you "
    "your monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december".split()
)
_END = "\0"  # marks a place of the tree where a name ends
_SHORT_WORDS = frozenset("us it in is as at no so am or me he we do go my if by an un on".split())


# After "the" and an adjective of origin, these tell that no noun follows: the people are meant.
_NO_NOUN = frozenset(
    "said say says told tell have has had having are were is was be will would could should can "
    "may might must do did does and or but who whom that to of in on at by for from with as "
    "also themselves both all never not want wanted deny denied claim claimed call called".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text that names a party, or somebody or something that belongs to one.

    Attributes
    ----------
    start, end : int
        Offsets into the text, end exclusive; a possessive ``'s`` stays outside.
    entity : Entity or None
        None where several persons share the surname.
    party : str
        The party; ``unresolved`` where persons of several parties share the surname.
    form : str
        ``name``, ``seat``, ``demonym`` or ``adjective``.
    """

    start: int
    end: int
    entity: Entity | None
    party: str
    form: str


class _Word(NamedTuple):
    key: str  # the token, with a leading space where white space stands before it
    start: int
    end: int

    @property
    def bare(self) -> str:
        return self.key.lstrip(" \n")


class _Meaning(NamedTuple):
    """What a path of the tree stands for: an alias, a surname, or a phrase to pass over."""

    entity: Entity | None
    form: str
    persons: tuple[Entity, ...] = ()


class MentionFinder:
    """A tree of all names, read word by word: the longest name that fits wins.

    The text is read once from left to right and each word is looked at no more often than the
    longest name has words, so the time grows in proportion to the text.

    Parameters
    ----------
    gazetteer : Gazetteer
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._tree: dict = {}
        self._ordinary = gazetteer.ordinary_surnames
        # Later entries give way to earlier ones: a name weighs more than a surname.
        for words in gazetteer.not_parties:
            self._plant(words, _Meaning(None, "pass"))
        for alias in gazetteer.aliases:
            if alias.in_text:
                self._plant(alias.words, _Meaning(alias.entity, alias.form))
        for surname, persons in gazetteer.surnames.items():
            self._plant(surname, _Meaning(None, "surname", persons))
        for alias in gazetteer.aliases:
            if alias.in_text and alias.entity.kind != "person" and len(alias.words) > 3:
                self._plant(alias.words.upper(), _Meaning(alias.entity, alias.form))

    def _plant(self, words: str, meaning: _Meaning) -> None:
        node = self._tree
        for number, word in enumerate(_words(words)):
            node = node.setdefault(word.key if number else word.bare, {})
        if node is not self._tree:
            node.setdefault(_END, meaning)

    def find(self, text: str) -> list[Mention]:
        """Mentions in a text, from left to right, longest first, none overlapping.

        Parameters
        ----------
        text : str

        Returns
        -------
        list of Mention
        """
        words = _words(text)
        found: list[Mention] = []
        seen: set[Entity] = set()
        at, last_end = 0, -1  # last_end: number of the word after the latest mention
        while at < len(words):
            length, meaning = self._longest(words, at)
            if meaning is None:
                at += 1
                continue
            mention = self._mention(words, at, at + length, meaning, seen, last_end)
            if mention is not None:
                found.append(mention)
                last_end = at + length
                if meaning.form != "surname" and mention.entity.kind == "person":
                    seen.add(mention.entity)
            at += length
        return found

    def _longest(self, words: list[_Word], at: int) -> tuple[int, _Meaning | None]:
        node = self._tree.get(words[at].bare)
        length, meaning, depth = 0, None, 1
        while node is not None:
            if _END in node:
                length, meaning = depth, node[_END]
            if at + depth >= len(words):
                break
            node = node.get(words[at + depth].key)
            depth += 1
        return length, meaning

    def _mention(
        self,
        words: list[_Word],
        at: int,
        end: int,
        meaning: _Meaning,
        seen: set[Entity],
        last_end: int,
    ) -> Mention | None:
        if meaning.form == "pass":
            return None
        if meaning.form == "surname":
            return self._surname(words, at, end, meaning.persons, seen, last_end)
        if end - at == 1 and _is_shouted(words, at, last_end):
            return None
        # "the West": the article is needed to know the word and is no part of the name.
        first = at + 1 if end - at > 1 and words[at].bare in {"the", "The"} else at
        entity, form = meaning.entity, meaning.form
        if form == "adjective" and _is_people(words, at, end):
            form = "demonym"
        return Mention(words[first].start, words[end - 1].end, entity, entity.party, form)

    def _surname(
        self,
        words: list[_Word],
        at: int,
        end: int,
        persons: tuple[Entity, ...],
        seen: set[Entity],
        last_end: int,
    ) -> Mention | None:
        known = [person for person in persons if person in seen]
        titled = _is_titled(words, at)
        surname = " ".join(word.bare for word in words[at:end])
        if surname in self._ordinary and not (known or titled):
            return None
        if not titled and _belongs_to_another(words, at, last_end):
            return None
        follower = words[end] if end < len(words) else None
        if follower and _is_name_like(follower) and self._tree.get(follower.bare) is None:
            return None
        named = known if len(known) == 1 else list(persons)
        entity = named[0] if len(named) == 1 else None
        parties = {person.party for person in named}
        party = parties.pop() if len(parties) == 1 else "unresolved"
        return Mention(words[at].start, words[end - 1].end, entity, party, "name")


def blank(words: str, mentions: list[Mention]) -> str:
    """Words with every mention (and its possessive 's) replaced by spaces, offsets kept."""
    out = list(words)
    for mention in mentions:
        end = mention.end
        if words[end : end + 2] in {"'s", "’s"}:
            end += 2
        out[mention.start : end] = " " * (end - mention.start)
    return "".join(out)


def _words(text: str) -> list[_Word]:
    """Words and signs; the key tells how a word is joined to the one before it."""
    found: list[_Word] = []
    end = 0
    for match in _TOKEN.finditer(text):
        start, last, sign = match.start(), end, match.group()
        end = match.end()
        if not sign.isascii() or sign == "`":
            sign = plain(sign) or sign
        if start > last:
            sign = ("\n" if text.count("\n", last, start) > 1 else " ") + sign
        found.append(_Word(sign, start, end))
    return found


def _is_name_like(word: _Word) -> bool:
    """Whether a word stands after a space and is written like a name: Xxxx."""
    bare = word.bare
    if not word.key.startswith(" ") or len(bare) < 2:
        return False
    return bare[0].isupper() and bare[1:].islower() and bare.lower() not in _OPENERS


def _is_titled(words: list[_Word], at: int) -> bool:
    before = at - 2 if at > 1 and words[at - 1].bare == "." else at - 1
    return before >= 0 and words[before].bare.lower() in TITLES and words[at].key[0] == " "


def _belongs_to_another(words: list[_Word], at: int, last_end: int) -> bool:
    """Whether a first name no gazetteer has stands before a surname: another person is meant."""
    if at == 0 or at == last_end or not words[at].key.startswith(" "):
        return False
    bare = words[at - 1].bare
    if len(bare) < 2 or not bare[0].isupper() or not bare[1:].islower() or bare.endswith("ly"):
        return False
    return bare.lower() not in _OPENERS


def _is_people(words: list[_Word], at: int, end: int) -> bool:
    """Whether "the" and an adjective stand without a noun: the British denied it."""
    if at == 0 or words[at - 1].bare.lower() != "the":
        return False
    if end == len(words):
        return True
    follower = words[end].bare
    return follower in _NO_NOUN or not (follower[0].isalnum() or follower in {"-", "'", "“", '"'})


def _is_shouted(words: list[_Word], at: int, last_end: int) -> bool:
    """Whether a short name is an ordinary word in a line of capitals: CONTACT US."""
    if words[at].bare.lower() not in _SHORT_WORDS or at == 0 or at == last_end:
        return False
    bare = words[at - 1].bare
    return words[at].key[0] == " " and bare.isupper() and len(bare) > 1
