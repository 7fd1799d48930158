"""What the rules know of a statement: its content, who speaks, and what was said before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.passages import FIRST_PERSON, PREPOSITIONS, THIRD_PERSON, Passage, Who
from analysis.records import Stance

DEMONSTRATIVES = frozenset("this these that those such both".split())
_OWNERS = frozenset("its their his her".split())
_OPENING = PREPOSITIONS | {"despite", "amid", "given", "besides"}


@dataclass(slots=True)
class Said:
    """An earlier statement of the document: who said it, its act, and its stances.

    Attributes
    ----------
    party, act, mode : str
    stances : dict
        Target to stance.
    speakers : frozenset of str
        The parties that speak.
    opposed, favoured : list of str
        Targets it is against; other parties it is in favour of.
    """

    party: str
    act: str | None
    mode: str | None
    stances: dict[str, str | None]
    speakers: frozenset[str] = field(init=False)
    opposed: list[str] = field(init=False)
    favoured: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.speakers = frozenset(self.party.split("; "))
        self.opposed = [name for name, side in self.stances.items() if side == "against"]
        self.favoured = [
            name
            for name, side in self.stances.items()
            if side == "favor" and name not in self.speakers
        ]


@dataclass(slots=True)
class Scene:
    """What the rules know: the content, who speaks, and what was said before.

    Attributes
    ----------
    content : Passage
    own : frozenset of str
        The speaking party, and its members or alliance.
    quoted : list of bool
        For each word of the content, whether it stands inside a quotation.
    earlier : list of Said
        Earlier statements of the document.
    later : list of Said
        Later ones, nearest first; empty until all statements have been read once.
    around : callable or None
        Reads the rest of the sentence: topic phrases, and what the reporter adds.
    friends : frozenset of str
        Parties of the speaker's alliance.
    speaker : str
        The party that speaks, for statements about itself.
    reporter : callable or None
        Reads the sentences before the statement, in the reporter's own words.
    whole : bool
        Whether all statements of the document have been read once.
    opposed : dict of bool to list of str
        The parties opposed in the document, once found: before and after it was read as a whole.
    implied : bool
        Whether the speaker is the subject of a content that has none (*vowed to respond*).
    read : dict of str to Passage
        What stands around and before the statement, once read.
    """

    content: Passage
    own: frozenset[str]
    quoted: list[bool]
    earlier: list[Said] = field(default_factory=list)
    later: list[Said] = field(default_factory=list)
    around: Callable[[], Passage] | None = None
    friends: frozenset[str] = frozenset()
    speaker: str = ""
    reporter: Callable[[], Passage] | None = None
    whole: bool = False
    opposed: dict[bool, list[str]] = field(default_factory=dict)
    implied: bool = False
    read: dict[str, Passage | None] = field(default_factory=dict)

    def others(self) -> list[Who]:
        """Parties of the content that are not the speaker's own."""
        return [
            one for one in self.content.who if one.party not in self.own and one.part != "origin"
        ]

    def outside(self) -> Passage | None:
        """The rest of the sentence, read once, when a rule first asks for it."""
        return self._read_once("outside", self.around)

    def reported_before(self) -> Passage | None:
        """The sentences before the statement, read once, when a rule first asks for them."""
        return self._read_once("before", self.reporter)

    def _read_once(self, name: str, read: Callable[[], Passage] | None) -> Passage | None:
        if name not in self.read:
            self.read[name] = read() if read is not None else None
        return self.read[name]

    def speaks(self, said: Said) -> bool:
        """Whether a statement of the document is one of the same party."""
        return not self.own.isdisjoint(said.speakers)

    def mine(self) -> list[Said]:
        """Earlier statements of the same party, in order."""
        return [said for said in self.earlier if self.speaks(said)]


class Subject(NamedTuple):
    """What a verb is said of: ``own``, ``other``, ``pronoun``, ``noun`` or ``none``."""

    kind: str
    who: tuple[Who, ...] = ()
    at: int = -1


def subject_of(scene: Scene, at: int, back: int = 3) -> Subject:
    """Subject of the word ``at`` of the content: the first fitting phrase of its clause.

    A clause without one takes over the subject of the clause before it, ``back`` times at most.
    """
    content = scene.content
    clause = content.clause[at] if at < len(content.clause) else 0
    begin = at
    while begin and content.clause[begin - 1] == clause:
        begin -= 1
    subject = _first_subject(scene, begin, at)
    goes_back = begin and content.words[begin - 1].lower not in {".", "!", "?"}
    if subject.kind == "none" and goes_back and back:
        return subject_of(scene, begin - 1, back - 1)
    return subject


def _first_subject(scene: Scene, begin: int, at: int) -> Subject:
    content = scene.content
    starts = {one.first: one for one in content.who}
    weak: Subject | None = None
    position = begin
    while position < at:
        lower = content.words[position].lower
        one = starts.get(position)
        if lower in FIRST_PERSON and (scene.quoted[position] or lower != "us"):
            return Subject("own", (), position)
        if one is not None and one.part != "origin":
            if one.part in {"bare", "of", "between", "by"} or one.owns:
                group = tuple(w for w in content.who if w.together == one.together)
                own = all(w.party in scene.own for w in group)
                return Subject("own" if own else "other", group, position)
            position = one.last
            continue
        if lower in _OWNERS:
            ahead = _named_ahead(content, begin, position)
            if position < ahead < at:
                position = ahead
                continue
        if lower in THIRD_PERSON:
            return _pronoun(scene, position)
        # After the first word of a sentence "that" is taken for the conjunction.
        opens = position == 0 or content.words[position - 1].lower in {".", "!", "?"}
        if lower in DEMONSTRATIVES and (lower != "that" or (opens and scene.quoted[position])):
            return Subject("pronoun", (), position)
        if lower in {"there", "nobody", "nothing"}:
            return Subject("noun", (), position)
        if weak is None and lower.isalpha() and len(lower) > 3 and position < at - 1:
            weak = Subject("noun", (), position)
        position += 1
    if weak is None and scene.implied and begin == 0:
        return Subject("own", (), 0)
    return weak or Subject("none")


def _named_ahead(content: Passage, begin: int, position: int) -> int:
    """Where the party begins that the possessive of an opening phrase looks ahead to, or -1.

    “For its part, X is preparing to …”: the subject follows the comma, and *its* means X.
    """
    if content.words[begin].lower not in _OPENING:
        return -1
    for at in range(position + 1, len(content.words)):
        if content.clause[at] != content.clause[begin]:
            return -1
        if content.words[at].lower == ",":
            named = any(one.left == at + 1 and one.part == "bare" for one in content.who)
            return at + 1 if named else -1
    return -1


def _pronoun(scene: Scene, position: int) -> Subject:
    content = scene.content
    lower = content.words[position].lower
    before = [one for one in content.who if one.first < position and one.part != "origin"]
    acting = [one for one in before if one.owns or one.part in {"bare", "by", "of", "between"}]
    before = acting or before
    if not scene.quoted[position] and not before:
        # In reported speech "it" and "he" are the speaker, unless somebody was named.
        return Subject("own", (), position)
    if lower in {"he", "she", "his", "her", "him"} and not before:
        return Subject("noun", (), position)
    if before:
        if lower in {"they", "their", "them"}:
            group = tuple(w for w in content.who if w.together == before[0].together)
            plural = len(group) > 1
            chosen = group if plural else (before[0],)
        else:
            chosen = (before[0],)
        own = all(w.party in scene.own for w in chosen)
        return Subject("own" if own else "other", chosen, position)
    return Subject("pronoun", (), position)


def memory_of(earlier: Iterable[Stance]) -> list[Said]:
    """Earlier stances of a document, grouped by statement in their order."""
    grouped: dict[str, list[Stance]] = {}
    for row in earlier:
        grouped.setdefault(row.statement_id, []).append(row)
    return [
        Said(
            rows[0].party,
            rows[0].act,
            rows[0].mode,
            {row.target: row.stance for row in rows if row.target},
        )
        for rows in grouped.values()
    ]
