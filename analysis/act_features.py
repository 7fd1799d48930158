"""What is seen of an act between two actors: masked words, cues in their places, the rules' answer.

The source is read as ``<source>`` and the target as ``<target>``, names of others as ``<name>``:
who the actors are tells nothing about what one does to the other. No feature is longer than a pair
of neighbouring words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from analysis.lexicon import Hit, Word
from analysis.passages import NEGATIONS

SOURCE, TARGET, NAME = "<source>", "<target>", "<name>"
NO_CUE = "rule=none"  # no cue could govern
_STEM = 5  # letters of a longer word that are taken for its stem
_ENDS = frozenset(".!?:")

_PLACES = {
    "p": "before both", "b": "between them", "a": "after both", "l": "just before the target",
    "r": "just after the target", "c": "in the reporting words", "n": "negated",
    "t": "before the target in its clause", "u": "after the target in its clause",
}  # fmt: skip
_CLAUSE_ENDS = frozenset(
    """, ; : . ! ? — – that and but while although though because if when after before which who
    where as since unless whether""".split()
)
_NEGATED = 5  # words after a negation that count as negated
# Left out of pairs. Those that turn a sentence or tell the part of an actor are not among them.
_FUNCTION_WORDS = frozenset(
    """the a an in on at from as and or but that which who it its his her their they he she we our
    us i you this these those is are was were be been being has have had do does did will would
    could shoul may might can must there""".split()
)
_NEAR = 3  # words on either side of the target that count as beside it
_KINDS = {
    "cue": "cue of the family", "rule": "by the cues", "next": "second best by the cues",
    "only": "by all cues", "order": "order:", "said": "by the rules:", "part": "named as",
    "kind": "words:",
}  # fmt: skip

Place = tuple[int, int] | None


class Candidate(NamedTuple):
    """A cue that could govern the act: how well it stands, its words, the act it means."""

    score: float
    hit: Hit
    act: str
    turned: str


def masked(text: str, words: Sequence[Word], actors: Mapping[int, str]) -> list[str]:
    """Words of a sentence with the actors and all other names masked.

    Parameters
    ----------
    text : str
    words : sequence of Word
        Of ``text``, from `analysis.lexicon.words_of`.
    actors : dict of int to str
        Word number to `SOURCE`, `TARGET` or `NAME`.

    Returns
    -------
    list of str
        Lower case; a word with a capital that does not open a sentence is a name, and a masked
        run of words is one token.
    """
    found: list[str] = []
    opens = True
    for at, word in enumerate(words):
        token = actors.get(at)
        if token is None:
            named = not opens and text[word.start].isupper() and word.lower != "i"
            token = NAME if named else word.lower
        if token[0] != "<" or found[-1:] != [token]:
            found.append(token)
        opens = word.lower in _ENDS or text[max(0, word.start - 1)] == "“"
    return found


def word_features(tokens: Sequence[str]) -> list[str]:
    """Names of the features of masked words.

    Parameters
    ----------
    tokens : sequence of str
        From `masked`.

    Returns
    -------
    list of str
        Words anywhere and by place (``p`` before both actors, ``b`` between, ``a`` after), stems
        beside the target (``l`` and ``r`` of it), and pairs of neighbours; each once.
    """
    first, second, left, right = _places(tokens)
    found = ["order=" + ("source first" if first < second else "target first")]
    for at, token in enumerate(tokens):
        if token[0].isalpha():
            place = "p" if at < left else "b" if at < right else "a"
            found += (token, f"{place}:{token}")
    beside = {"l": tokens[max(0, second - _NEAR) : second], "r": tokens[second + 1 :][: _NEAR + 1]}
    for place, near in beside.items() if TARGET in tokens else ():
        found += [f"{place}^{token[:_STEM]}" for token in near if token[0].isalpha()]
    found += [f"{a} {b}" for a, b in pairwise(tokens)]
    return list(dict.fromkeys(found))


def stem_features(tokens: Sequence[str]) -> list[str]:
    """Names of the features of stems: of longer words by their place to the actors, each once."""
    _, _, left, right = _places(tokens)
    found = [
        f"{'p' if at < left else 'b' if at < right else 'a'}^{token[:_STEM]}"
        for at, token in enumerate(tokens)
        if len(token) > _STEM and token[0].isalpha()
    ]
    return list(dict.fromkeys(found))


def _places(tokens: Sequence[str]) -> tuple[int, int, int, int]:
    """Where source and target stand, and the first and last of the two."""
    first = tokens.index(SOURCE) if SOURCE in tokens else -1
    second = tokens.index(TARGET) if TARGET in tokens else len(tokens)
    return first, second, min(first, second), max(first, second)


def clause_features(reporting: Sequence[str], told: Sequence[str]) -> list[str]:
    """Names of the features of clauses: what is said in the target's own, and what is negated.

    Parameters
    ----------
    reporting, told : sequence of str
        Masked words of the reporting words and of what is reported; one list may be empty.

    Returns
    -------
    list of str
        Stems of the reporting words (``c``), of the clause of the target before (``t``) and after
        it (``u``), of what follows a negation (``n``), and pairs of stems that stand near each
        other (``~``); each once.
    """
    found = [f"c^{token[:_STEM]}" for token in reporting if token[0].isalpha()]
    for at, token in enumerate(told):
        if token == TARGET:
            for place, clause in (("t", reversed(told[:at])), ("u", told[at + 1 :])):
                own = takewhile(lambda one: one not in _CLAUSE_ENDS, clause)
                found += [f"{place}^{one[:_STEM]}" for one in own if one[0].isalpha()]
    every = [*reporting, *told]
    for at, token in enumerate(every):
        if token in NEGATIONS:
            near = every[at + 1 : at + 1 + _NEGATED]
            found += [f"n^{one[:_STEM]}" for one in near if one[0].isalpha()]
    stems = [_stem(token) for token in every if token[0].isalpha() or token[0] == "<"]
    stems = [stem for stem in stems if stem not in _FUNCTION_WORDS]
    for at, stem in enumerate(stems):
        found += [f"{stem}~{other}" for other in stems[at + 1 : at + 1 + _NEAR]]
    return list(dict.fromkeys(found))


def of_clause(name: str) -> bool:
    """Whether a feature is one of `clause_features`."""
    return "~" in name or (name[1:2] == "^" and name[0] in "ctun")


def _stem(token: str) -> str:
    return token if token[0] == "<" else token[:_STEM]


def cue_features(
    candidates: Sequence[Candidate], hits: Iterable[Hit], source: Place, target: Place
) -> list[str]:
    """Names of the features of the cues.

    Parameters
    ----------
    candidates : sequence of Candidate
        Cues that could govern, the best first.
    hits : iterable of Hit
        All cues of the sentence.
    source, target : (int, int) or None
        Word numbers of the actors.

    Returns
    -------
    list of str
        Families, alone and by their place to the actors; the rules' answer, how well it stands,
        how it was turned, and the next best one.
    """
    found = set()
    for hit in hits:
        place = ("after" if source is None or source[1] <= hit.first else "before") + (
            " after" if target and target[1] <= hit.first else " before"
        )
        within = any(one and one[0] <= hit.first < one[1] for one in (source, target))
        found.add(f"cue={hit.family}")
        found.add(f"cue={hit.family}, {'within' if within else place}")
    if not candidates:
        return sorted({*found, NO_CUE})
    best = candidates[0]
    strength = "strong" if best.score > 3.5 else "fair" if best.score > 2.5 else "weak"
    rivals = [one for one in candidates[1:] if one.act != best.act]
    found |= {
        f"rule={best.act}",
        f"rule={best.act}, {strength}",
        f"rule={best.act}, {best.hit.kind}",
        f"rule={best.hit.family}{best.turned}",
        f"next={rivals[0].act}" if rivals else f"only={best.act}",
    }
    if rivals:
        lead = best.score - rivals[0].score
        found.add(f"rule={best.act}, lead {'wide' if lead > 1.5 else 'narrow'}")
    return sorted(found)


def described(name: str) -> str:
    """A feature in words a reader understands.

    Parameters
    ----------
    name : str
        Of a feature.

    Returns
    -------
    str
        Such as “‘denounced’ between them”.
    """
    for sign, ending in ((":", ""), ("^", "…")):
        place, found, word = name.partition(sign)
        if found and place in _PLACES:
            return f"‘{word}{ending}’ {_PLACES[place]}"
    kind, equals, value = name.partition("=")
    first, near, second = name.replace("<", "").replace(">", "").partition("~")
    if near:
        return f"‘{first}…’ near ‘{second}…’"
    if not equals:
        return f"‘{name.replace('<', '').replace('>', '')}’"
    return f"{_KINDS.get(kind, kind)} {value}"
