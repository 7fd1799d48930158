"""Read the learned weights, and describe a statement by what can be seen of it.

The weights of all log-linear models (cue, boundaries of content, source, and the calibrated
probabilities of content and source) lie beside this file and were trained by
``make train-attribution``; ``attribution_model.md`` is their model card. Reading them needs neither
numpy nor scikit-learn.
"""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from pathlib import Path

from analysis.footprint import settle
from analysis.marks import quotations
from analysis.records import Span
from analysis.source_words import CONTRACTED, DETERMINERS, PRONOUNS, ROLE_NOUNS

WEIGHTS = Path(__file__).with_name("attribution_weights.json")
_CLOSED = frozenset(
    """that the a an it he she they we i you this these those there if whether how what why who his
    her its their to of for on in as not no and or but is are was were be will would should can more
    than all""".split()
)
_FIRST_WORD = re.compile(r"\W*(\w+)")
_NAMED_CUE = re.compile(r"“[^”]*”")
MOST_PARTS = 5_000  # remembered by model: what is frequent is soon among them


def features(
    text: str,
    content: list[Span],
    source: Span | None,
    cue: Span | None,
    rule: str,
    section: str,
) -> list[str]:
    """Describe a statement by what can be seen of it.

    Parameters
    ----------
    text : str
        The text of the document.
    content : list of (int, int)
        Offsets of ``text``, in reading order.
    source, cue : (int, int) or None
    rule : str
        The rule that found the statement.
    section : str

    Returns
    -------
    list of str
        Names of the features that hold. None is longer than two words of the text.
    """
    words = text[slice(*cue)].lower().split() if cue else ["∅"]
    verb = words[-1]
    first, last = content[0][0], content[-1][1]
    quoted = _quoted(text, first, last)
    opener = _opener(text, first, last)
    kind = _source_kind(text, source)
    length = _length(text, first, last)
    order = _order(first, source, cue)
    found = _NAMED_CUE.sub("@", rule)
    between = text[cue[1] : first].lower().split()[:1] if cue and cue[1] <= first else []
    named = [
        f"cue={' '.join(words[-2:])}",
        f"verb={verb}",
        f"rule={found}",
        f"source={kind}",
        f"quoted={quoted}",
        f"opener={opener}",
        f"length={length}",
        f"order={order}",
        f"between={' '.join(between)}",
        f"section={section}",
        f"pieces={min(3, len(content))}",
        f"ending={verb[-3:]}",
        f"verb,quoted={verb},{quoted}",
        f"verb,opener={verb},{opener}",
        f"verb,order={verb},{order}",
        f"verb,source={verb},{kind}",
        f"source,quoted={kind},{quoted}",
        f"rule,quoted={found},{quoted}",
        f"quoted,length={quoted},{length}",
        f"after={text[last : last + 1].strip() or '_'}",
        f"end={'w' if text[last - 1].isalnum() else text[last - 1]}",
        f"source,length={kind},{_source_length(text, source)}",
    ]
    head = text[slice(*source)].split()[-1].strip(".,'’").lower() if source else ""
    return [*named, f"head={head}"] if head in ROLE_NOUNS else named


def _quoted(text: str, first: int, last: int) -> str:
    found = quotations(text, first, last)
    if not found:
        return "none"
    if found[0].start == first:
        return "whole" if found[0].end >= last - 1 else "begins"
    return "inside"


def _opener(text: str, first: int, last: int) -> str:
    match = _FIRST_WORD.match(text, first, last)
    word = match.group(1) if match else ""
    if word.lower() in _CLOSED:
        return word.lower()
    if word[:1].isupper():
        return "Capital"
    return "-ing" if word.endswith("ing") else "-s" if word.endswith("s") else "other"


def _source_kind(text: str, source: Span | None) -> str:
    if source is None:
        return "none"
    words = text[slice(*source)].replace("’", "'").split()
    lower = [word.strip(".,'\"").lower() for word in words]
    if len(words) == 1 and (lower[0] in PRONOUNS or lower[0] in CONTRACTED):
        return lower[0].split("'")[0]
    role = any(word in ROLE_NOUNS for word in lower)
    if any(w[0].isupper() and w.lower() not in DETERMINERS for w in words):
        return "name and role" if role else "name"
    return "role" if role else "other"


def _source_length(text: str, source: Span | None) -> str:
    return str(min(6, len(text[slice(*source)].split()))) if source else "0"


def _length(text: str, first: int, last: int) -> str:
    words = len(text[first:last].split())
    return next((f"<{n}" for n in (2, 4, 8, 16, 31) if words < n), "31+")


def _order(first: int, source: Span | None, cue: Span | None) -> str:
    places = [(first, "C")]
    if source:
        places.append((source[0], "s"))
    if cue:
        places.append((cue[0], "c"))
    return "".join(letter for _, letter in sorted(places))


# What is seen at a place: names of features, and parts. A part is a function and what it is given;
# called, it returns names. Parts stand for names that recur together, of word classes for the
# most: they are written out and weighed once, and known by what the function was given.
Part = tuple
Seen = list[str | Part]


def names_of(seen: Seen) -> list[str]:
    """Names of all features of a description, those of its parts among them, in order."""
    names: list[str] = []
    for one in seen:
        names.extend([one] if isinstance(one, str) else one[0](*one[1:]))
    return names


class _Sums(dict):
    """Weights by feature name, and by part the sum of its weights, added up when first asked."""

    def __init__(self, weights: dict[str, float]) -> None:
        super().__init__(weights)
        self._most = len(weights) + MOST_PARTS

    def __missing__(self, asked: str | Part) -> float:
        if isinstance(asked, str):
            return 0.0
        total = sum(map(self.__getitem__, asked[0](*asked[1:])))
        if len(self) < self._most:
            self[asked] = total
        return total


class Weights:
    """Log-linear models.

    Parameters
    ----------
    models : dict of dict
        For each model, a weight by feature name; ``""`` is the intercept.
    """

    def __init__(self, models: dict[str, dict[str, float]]) -> None:
        self.models = {name: _Sums(weights) for name, weights in models.items()}

    def score(self, model: str, seen: Seen) -> float:
        """Sum of the weights of the features that hold."""
        weights = self.models[model]
        return weights[""] + sum(map(weights.__getitem__, seen))

    def probability(self, model: str, seen: Seen) -> float:
        """Probability of yes, rounded to three decimals and never 0 or 1."""
        score = max(-7.0, min(7.0, self.score(model, seen)))  # 0.001 and 0.999 beyond
        return round(1 / (1 + math.exp(-score)), 3)

    def ranked(
        self, model: str, options: list[int], seen: list[Seen], most: int
    ) -> list[tuple[float, int]]:
        """The ``most`` likeliest options with their log-probabilities, likeliest first."""
        weigh = self.models[model].__getitem__
        # Rounded, sums that are equal stay so in whatever order they were added up.
        scores = [round(sum(map(weigh, one)), 9) for one in seen]
        top = max(scores)
        total = top + math.log(sum([math.exp(score - top) for score in scores]))
        both = sorted(zip(scores, options, strict=True), key=lambda pair: (-pair[0], pair[1]))
        return [(score - total, option) for score, option in both[:most]]


@lru_cache(maxsize=1)
def stored() -> Weights:
    """The weights that lie beside this file; no models where none have been trained."""
    if not WEIGHTS.exists():
        return Weights({})
    text = WEIGHTS.read_text(encoding="utf-8")
    weights = Weights(json.loads(text, parse_float=lru_cache(None)(float)))
    settle()
    return weights
