"""Link each quotation to its first appearance, whole or as part of a longer one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from analysis.records import Statement

#: Words that two fragments need to be one quotation: if they agree as a whole, if one is part of
#: the other, and if they are given to different parties.
_WHOLE, _PART, _ACROSS = 3, 4, 6
Key = tuple[str, ...]


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
    """
    seen = _Fragments()
    linked = []
    for statement in statements:
        keys = [key for f in statement.fragments if len(key := _key(f)) >= _WHOLE]
        earlier = [found for key in keys if (found := seen.first(key, statement.party))]
        for key in keys:
            seen.add(key, len(linked), statement.party)
        first = statements[min(earlier)[0]].statement_id if earlier else ""
        linked.append(replace(statement, repeats=first) if first else statement)
    return linked


class _Fragments:
    """The fragments read so far, found by the words they begin with and by any they hold."""

    def __init__(self) -> None:
        self._whole: dict[Key, list[tuple[int, str]]] = defaultdict(list)
        self._begins: dict[Key, set[Key]] = defaultdict(set)
        self._holds: dict[Key, set[Key]] = defaultdict(set)

    def add(self, key: Key, place: int, party: str) -> None:
        if key not in self._whole:
            self._begins[key[:_PART]].add(key)
            for start in range(len(key) - _PART + 1):
                self._holds[key[start : start + _PART]].add(key)
        self._whole[key].append((place, party))

    def first(self, key: Key, party: str) -> tuple[int, str] | None:
        """Return place and party of the earliest statement with this quotation."""
        alike = {key} | {k for k in self._holds.get(key[:_PART], ()) if _part_of(key, k)}
        for start in range(len(key) - _PART + 1):
            begun = self._begins.get(key[start : start + _PART], ())
            alike |= {k for k in begun if _part_of(k, key)}
        places = [
            (place, other)
            for k in alike
            for place, other in self._whole.get(k, ())
            if other == party or min(len(k), len(key)) >= _ACROSS
        ]
        return min(places, default=None)


def _part_of(short: Key, long: Key) -> bool:
    n = len(short)
    return n >= _PART and any(long[i : i + n] == short for i in range(len(long) - n + 1))


def _key(fragment: str) -> Key:
    words = fragment.lower().replace("’", "'").split()
    return tuple(word for w in words if (word := w.strip(".,;:!?\"“”'()…")))
