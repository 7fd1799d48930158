"""Link each quotation to its first appearance, whole or as part of a longer one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from analysis.records import Span, Statement

#: Words that two fragments need to be one quotation: if they agree as a whole, if one is part of
#: the other, and if they are given to different parties.
_WHOLE, _PART, _ACROSS = 3, 4, 6
Key = tuple[str, ...]


class _Place(NamedTuple):
    """Where a fragment stands: the number of its statement, its party, document and span."""

    number: int
    party: str
    document: str
    span: Span

    def overlaps(self, other: _Place) -> bool:
        """Tell whether two fragments hold the same characters of one document."""
        shared = min(self.span[1], other.span[1]) > max(self.span[0], other.span[0])
        return self.document == other.document and shared


def link_repetitions(statements: list[Statement]) -> list[Statement]:
    """Link each statement to the earliest one whose quotation it repeats.

    Parameters
    ----------
    statements : list of Statement
        Of one document or a whole corpus, oldest first.

    Returns
    -------
    list of Statement
        The same, ``repeats`` filled in. Two fragments are the same quotation when their words
        agree (case, marks and edge punctuation aside) and they have at least three words, or when
        one of at least four words is part of the other; statements of different parties need six.
        Two fragments that hold the same characters of one document are no repetition.
    """
    seen = _Fragments()
    linked = []
    for number, statement in enumerate(statements):
        own = list(_places(statement, number))
        earlier = [first for key, place in own if (first := seen.first(key, place)) is not None]
        for key, place in own:
            seen.add(key, place)
        first = statements[min(earlier)].statement_id if earlier else ""
        linked.append(replace(statement, repeats=first) if first else statement)
    return linked


def _places(statement: Statement, number: int) -> Iterator[tuple[Key, _Place]]:
    """Yield the words and the place of each fragment that is long enough to return."""
    # a statement that a person added may give its fragments no place: such overlap none
    pairs = zip_longest(statement.fragments, statement.fragment_spans)
    for fragment, span in pairs:
        key = _key(fragment or "")
        if len(key) >= _WHOLE:
            yield key, _Place(number, statement.party, statement.document_id, span or (0, 0))


class _Fragments:
    """The fragments read so far, found by the words they begin with and by any they hold."""

    def __init__(self) -> None:
        self._whole: dict[Key, list[_Place]] = defaultdict(list)
        self._begins: dict[Key, set[Key]] = defaultdict(set)
        self._holds: dict[Key, set[Key]] = defaultdict(set)

    def add(self, key: Key, place: _Place) -> None:
        if key not in self._whole:
            self._begins[key[:_PART]].add(key)
            for start in range(len(key) - _PART + 1):
                self._holds[key[start : start + _PART]].add(key)
        self._whole[key].append(place)

    def first(self, key: Key, place: _Place) -> int | None:
        """Return the number of the earliest statement that has this quotation elsewhere."""
        alike = {key} | {k for k in self._holds.get(key[:_PART], ()) if _part_of(key, k)}
        for start in range(len(key) - _PART + 1):
            begun = self._begins.get(key[start : start + _PART], ())
            alike |= {k for k in begun if _part_of(k, key)}
        numbers = [
            other.number
            for k in alike
            for other in self._whole.get(k, ())
            if other.party == place.party or min(len(k), len(key)) >= _ACROSS
            if not other.overlaps(place)
        ]
        return min(numbers, default=None)


def _part_of(short: Key, long: Key) -> bool:
    n = len(short)
    return n >= _PART and any(long[i : i + n] == short for i in range(len(long) - n + 1))


def _key(fragment: str) -> Key:
    words = fragment.lower().replace("’", "'").split()
    return tuple(word for w in words if (word := w.strip(".,;:!?\"“”'()…")))
