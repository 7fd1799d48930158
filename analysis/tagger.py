"""What can be seen of a word that may be a cue, and of the places where content and source may lie.

Questions are put to a reading unit, each answered by choosing among its tokens: is this word a cue;
which word is the head of its source; and, in ``boundaries``, where its content begins and ends.
The names listed are the features of the log-linear models that answer (``confidence`` reads their
weights); none holds more than two words of text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.cues import cue_forms
from analysis.units import Unit

NONE = -1  # the answer "there is none"
_SKIPPED = frozenset("aux adv ly not".split())
_NO_CUE = frozenset("det pro num him pro'v Q q".split())
_NO_HEAD = frozenset("prep to and sub adv ly not feel Q q him".split())
_NO_HEAD_WORDS = frozenset("the a an is are was were be been".split())
_NAMED_CLASSES = frozenset("pro role wh pro'v det that aux".split())
BOUNDARY = frozenset("and sub that wh prep to".split())
CLOSING = frozenset(".,;:?!—–-)…Qq")


@dataclass(slots=True)
class Proposal:
    """What the rules read in a unit, as token ranges."""

    content: list[tuple[int, int]]
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    kind: str


@dataclass(slots=True)
class Reading:
    """A unit with the rules' proposals, and where each stands."""

    unit: Unit
    proposals: list[Proposal]
    cue_at: dict[int, Proposal] = field(default_factory=dict)
    role: list[str] = field(default_factory=list)
    quoted: bool = False

    def __post_init__(self) -> None:
        size = len(self.unit.tokens)
        self.role = ["-"] * size
        self.quoted = "Q" in self.unit.classes
        for proposal in self.proposals:
            for first, last in proposal.content:
                for index in range(first, last):
                    self.role[index] = "c"
        for proposal in self.proposals:
            if proposal.source:
                for index in range(*proposal.source):
                    self.role[index] = "s" if self.role[index] == "-" else "b"
            if proposal.cue:
                for index in range(*proposal.cue):
                    self.role[index] = "v"
                self.cue_at.setdefault(cue_head(self.unit, *proposal.cue), proposal)


def cue_head(unit: Unit, first: int, last: int) -> int:
    """The token that stands for a cue of several words: the first that is no auxiliary."""
    for index in range(first, last):
        if unit.classes[index] not in _SKIPPED and unit.classes[index] not in {"to", "and", "det"}:
            return index
    return first


def may_be_cue(unit: Unit, index: int) -> bool:
    """Whether a token is asked at all."""
    kind = unit.classes[index]
    return kind == ":" or (unit.tokens[index].text[0].isalnum() and kind not in _NO_CUE)


def bucket(number: int) -> str:
    """Name a length by a few steps."""
    for limit in (0, 1, 2, 3, 5, 8, 12, 20):
        if number <= limit:
            return str(limit)
    return "21"


def word_at(unit: Unit, index: int) -> str:
    """The word at a place, ``Q`` for a quotation, ``<`` or ``>`` beyond the unit."""
    if 0 <= index < len(unit.tokens):
        token = unit.tokens[index]
        return "Q" if token.quotation is not None else token.lower
    return "<" if index < 0 else ">"


def kind_at(unit: Unit, index: int) -> str:
    """Class of the token at a place, ``<`` or ``>`` beyond the unit."""
    if 0 <= index < len(unit.classes):
        return unit.classes[index]
    return "<" if index < 0 else ">"


def subject_of(unit: Unit, index: int) -> tuple[str, int]:
    """Class of the word that stands before a verb and its auxiliaries, and its place."""
    at = index - 1
    while at >= 0 and unit.classes[at] in _SKIPPED:
        at -= 1
    kind = kind_at(unit, at)
    if kind in {"pro", "role", "wh", "pro'v"}:
        kind = unit.tokens[at].lower
    return kind, at


def cue_features(reading: Reading, index: int) -> list[str]:
    """Describe a word that may be a cue."""
    unit = reading.unit
    word = unit.tokens[index].lower
    kind = unit.classes[index]
    k1, k2 = kind_at(unit, index + 1), kind_at(unit, index + 2)
    j1, j2 = kind_at(unit, index - 1), kind_at(unit, index - 2)
    w1, v1 = word_at(unit, index + 1), word_at(unit, index - 1)
    subject, at = subject_of(unit, index)
    entry = cue_forms().get(word)
    lemma = entry.lemma if entry else ""
    frames = "".join(sorted(entry.frames)) if entry else ""
    proposal = reading.cue_at.get(index)
    rule = proposal.kind if proposal else reading.role[index]
    quoted = reading.quoted
    that = "that" in unit.classes[index + 1 : index + 5]
    left = "Q" if j1 == "Q" or (j1 == "," and j2 == "Q") else "-"
    names = [
        f"w={word}",
        f"w+1={word} {w1}",
        f"w-1={v1} {word}",
        f"v={v1}",
        f"n={w1}",
        f"n2={word_at(unit, index + 2)}",
        f"v2={word_at(unit, index - 2)}",
        f"e={word[-3:]},{kind}",
        f"k={kind}",
        f"j1={j1}",
        f"k1={k1}",
        f"jk={j1},{kind},{k1}",
        f"kk={kind},{k1},{k2}",
        f"jj={j2},{j1},{kind}",
        f"wk={word},{k1}",
        f"wj={word},{j1}",
        f"ws={word},{subject}",
        f"s={subject},{kind}",
        f"ss={subject},{kind_at(unit, at - 1)}",
        f"wq={word},{quoted}",
        f"q={left},{quoted},{kind}",
        f"r={rule}",
        f"rw={rule},{word}",
        f"rk={rule},{kind},{quoted}",
        f"fr={frames}",
        f"fk={frames},{k1}",
        f"fs={frames},{subject}",
        f"l={lemma}",
        f"th={that},{kind}",
        f"wt={word},{that}",
        f"p={bucket(index)},{kind}",
        f"z={bucket(len(unit.tokens) - index)}",
        f"sec={unit.section}",
        f"any={bool(reading.proposals)},{kind}",
    ]
    return names


def source_heads(reading: Reading, cue: int) -> list[int]:
    """Words that may be the head of the source of a cue; `NONE` first."""
    unit = reading.unit
    found = [NONE]
    for index in range(max(0, cue - 40), min(len(unit.tokens), cue + 25)):
        if index != cue and unit.tokens[index].text[0].isalnum():
            if unit.classes[index] not in _NO_HEAD and (
                unit.tokens[index].lower not in _NO_HEAD_WORDS
            ):
                found.append(index)
    return found


def source_features(reading: Reading, cue: int, index: int) -> list[str]:
    """Describe a word that may be the head of the source."""
    unit = reading.unit
    word = unit.tokens[cue].lower
    kind = unit.classes[cue]
    proposal = reading.cue_at.get(cue)
    wanted = proposal.source if proposal else None
    k1 = kind_at(unit, cue + 1)
    subject, at = subject_of(unit, cue)
    if index == NONE:
        return [
            "none",
            f"none,w={word}",
            f"none,k={kind},{k1}",
            f"none,s={subject}",
            f"none,sk={subject},{kind}",
            f"none,r={proposal is not None},{wanted is None}",
            f"none,rk={proposal.kind if proposal else '-'}",
            f"none,v={word_at(unit, cue - 1)} {word}",
            f"none,v1={word_at(unit, cue - 1)}",
            f"none,c={any(k in {'Cap', 'pro', 'role'} for k in unit.classes[:cue])}",
        ]
    inside = wanted is not None and wanted[0] <= index < wanted[1]
    final = inside and (index + 1 == wanted[1])
    agrees = f"{'=' if inside else '-'}{'e' if final else ''}"
    if proposal is None:
        agrees = "?"
    before = index < cue
    low, high = (index + 1, cue) if before else (cue + 1, index)
    between = unit.classes[low:high]
    here, following, preceding = (
        unit.classes[index],
        kind_at(unit, index + 1),
        kind_at(unit, index - 1),
    )
    name = unit.tokens[index].lower if here in _NAMED_CLASSES else here
    path = ",".join(k for k in between if k not in _SKIPPED)
    path = path if len(between) <= 4 else "long"
    marks = "".join(dict.fromkeys(k for k in between if k in CLOSING or k == "Q"))[:4]
    verbs = sum(k in {"aux", "cueed", "ed", "cues"} for k in between)
    prep = "prep" in between or "to" in between
    subject_here = index == at
    side = "b" if before else "a"
    nearest = not any(k in {"Cap", "pro", "role", "Role", "pro'v"} for k in between)
    return [
        f"n={name},{side}",
        f"d={side}{bucket(high - low)},{here}",
        f"s={subject_here},{name}",
        f"sk={subject_here},{kind},{here}",
        f"p={side},{path}",
        f"pn={side},{path},{here}",
        f"pk={side},{path},{kind}",
        f"kf={preceding},{here},{following}",
        f"f={here},{following},{side}",
        f"fw={word_at(unit, index + 1)},{side}",
        f"vw={word_at(unit, index - 1)},{side}",
        f"pv={preceding},{name},{side}",
        f"m={side},{marks},{here}",
        f"mv={side},{marks},{min(verbs, 2)},{here}",
        f"w={word},{side}",
        f"wn={word},{name}",
        f"wp={word},{side}{bucket(high - low)}",
        f"r={agrees},{here}",
        f"rk={agrees},{following},{preceding}",
        f"rp={agrees},{proposal.kind if proposal else '-'}",
        f"ro={reading.role[index]},{side}",
        f"g={prep},{nearest},{side},{here}",
        f"ne={nearest},{min(verbs, 2)},{side},{kind}",
        f"pos={min(index, 3)},{here},{nearest}",
        f"h={unit.tokens[index].lower if here in {'w', 's', 'ion', 'ment', 'talk'} else here}",
        f"k1={k1},{side},{here},{path == ''}",
    ]
