"""The cue words of ``data/acts.toml`` as a tree of words, and their places in a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from analysis.cues import inflections

DEFAULT_PATH = Path(__file__).resolve().parent.parent / "data" / "acts.toml"
GAP = 8  # most words that an item's "…" stands for
_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d+(?:[.,]\d+)+|[^\W_]+(?:[-’'](?![sS]\b)[^\W_]+)*|[’']s\b|[^\w\s]", re.I
)
_MARKS = frozenset('“”"„«»‘()[]*')
_STOPS = frozenset(".!?;…")


class Word(NamedTuple):
    """A word or sign: how it is compared, and where it stands."""

    lower: str
    start: int
    end: int


class Hit(NamedTuple):
    """A cue found: word numbers (end exclusive), its family, and what kind of item it is."""

    first: int
    last: int
    family: str
    kind: str


@dataclass(frozen=True, slots=True)
class Family:
    """Cue words that say the same: the act and mode they stand for, if any."""

    name: str
    act: str | None
    mode: str | None


def words_of(text: str) -> list[Word]:
    """Words and signs of a text without its quotation marks and brackets.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Word
        Lower case with straight apostrophes; a possessive ``'s`` is a word of its own.
    """
    return [
        Word(sign.lower().replace("’", "'"), *match.span())
        for match in _WORD.finditer(text)
        if (sign := match.group()) not in _MARKS
    ]


class Lexicon:
    """Finds all cue words of a text in one walk from left to right.

    Parameters
    ----------
    tables : dict
        The content of the cue file.

    Attributes
    ----------
    families : dict
        Name to `Family`, in the order of the file.
    alliances : dict
        Party that stands for an alliance to its members.
    members : dict
        Party that speaks for several parties to those parties.
    allied : frozenset of str
        Words before “allies” that join them to the party named before.
    """

    def __init__(self, tables: dict[str, Any]) -> None:
        self._irregular = {
            lemma: [lemma, *forms.split()] for lemma, forms in tables.get("irregular", {}).items()
        }
        self.alliances: dict[str, frozenset[str]] = {
            name: frozenset(members) for name, members in tables.get("alliances", {}).items()
        }
        self.members: dict[str, frozenset[str]] = {
            name: frozenset(members) for name, members in tables.get("members", {}).items()
        }
        self.allied = frozenset(tables.get("allied", {}).get("words", "").split())
        self.keep: Callable[[tuple[str, ...], str], bool] | None = None
        self.families: dict[str, Family] = {}
        # word -> … -> "" -> list of (family, kind, words after the gap)
        self._tree: dict[str, Any] = {}
        for name, entry in tables["families"].items():
            self.families[name] = Family(name, entry.get("act"), entry.get("mode"))
            for kind in ("verbs", "nouns", "phrases"):
                for item in entry.get(kind, "").split(","):
                    self._plant(" ".join(item.split()), name, kind.rstrip("s"))

    @classmethod
    def from_toml(cls, path: Path | None = None) -> Lexicon:
        """Read a cue file; the project's ``data/acts.toml`` if left out."""
        return _project_lexicon() if path is None else cls(tomllib.loads(path.read_text("utf-8")))

    def _plant(self, item: str, family: str, kind: str) -> None:
        if not item:
            return
        head, _, rest = item.partition(" … ")
        words = [word.lower for word in words_of(head)]
        if kind == "verb":
            variants = [[form, *words[1:]] for form in self.verb_forms(words[0])]
        elif kind == "noun":
            variants = [words, [*words[:-1], plural(words[-1])]]
        else:
            variants = [words]
        after = tuple(word.lower for word in words_of(rest))
        for variant in variants:
            node = self._tree
            for word in variant:
                node = node.setdefault(word, {})
            node.setdefault("", []).append((family, kind, after))

    def only(self, keep: Callable[[tuple[str, ...], str], bool]) -> Lexicon:
        """The same lexicon with those cues only (words, family) that ``keep`` lets pass."""
        part = copy(self)
        part.keep = keep
        return part

    def verb_forms(self, lemma: str) -> list[str]:
        """Inflected forms of a verb."""
        return self._irregular.get(lemma) or inflections(lemma)

    def hits(self, words: Sequence[Word]) -> list[Hit]:
        """All cues in a list of words, in order; of one family and place only the longest."""
        found: list[Hit] = []
        reach: dict[str, int] = {}
        present = {word.lower for word in words}
        for first in range(len(words)):
            node = self._tree.get(words[first].lower)
            at = first + 1
            best: dict[str, tuple[int, str]] = {}
            while node is not None:
                for family, kind, after in node.get("", ()):
                    if after and after[0] not in present and after[0] + "s" not in present:
                        continue
                    last = at if not after else _after_gap(words, at, after)
                    if last and last > best.get(family, (0, ""))[0]:
                        best[family] = (last, kind)
                if at >= len(words):
                    break
                node = node.get(words[at].lower)
                at += 1
            for family, (last, kind) in best.items():
                if self.keep is not None:
                    found_words = tuple(word.lower for word in words[first:last])
                    if not self.keep(found_words, family):
                        continue
                if last > reach.get(family, 0):
                    reach[family] = last
                    found.append(Hit(first, last, family, kind))
        return found


def _after_gap(words: Sequence[Word], at: int, after: tuple[str, ...]) -> int:
    """Word number after the second half of an item, or 0."""
    for begin in range(at, min(at + GAP + 1, len(words) - len(after) + 1)):
        if words[begin].lower in _STOPS:
            return 0
        last = begin + len(after)
        if all(
            word.lower == wanted or (word.lower == wanted + "s")
            for word, wanted in zip(words[begin:last], after, strict=True)
        ):
            return last
    return 0


def plural(noun: str) -> str:
    """Regular plural of a noun."""
    if noun.endswith(("s", "sh", "ch", "x", "z")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + "s"


@lru_cache(maxsize=1)
def _project_lexicon() -> Lexicon:
    return Lexicon(tomllib.loads(DEFAULT_PATH.read_text("utf-8")))
