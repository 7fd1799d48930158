"""What can be seen of a word that may be a cue, and of the places where content and source may lie.

Questions are put to a reading unit, each answered by choosing among its tokens: is this word a cue;
which word is the head of its source; and, in ``boundaries``, where its content begins and ends.
The names listed are the features of the log-linear models that answer (``confidence`` reads their
weights); none holds more than two words of text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.confidence import Seen
from analysis.cues import cue_forms
from analysis.units import Unit

NONE = -1  # the answer "there is none"
_SKIPPED = frozenset("aux adv ly not".split())
_NO_CUE = frozenset("det pro num him pro'v Q q".split())
_NO_HEAD = frozenset("prep to and sub adv ly not feel Q q him".split())
_NO_HEAD_WORDS = frozenset("the a an is are was were be been".split())
_NAMED_CLASSES = frozenset("pro role wh pro'v det that aux".split())
_OPEN_CLASSES = frozenset("w s ion ment talk".split())
# The name of each length from 0 to 20: the step that it does not exceed.
_STEPS = [str(min(s for s in (0, 1, 2, 3, 5, 8, 12, 20) if n <= s)) for n in range(21)]
_VERBS = frozenset("aux cueed ed cues".split())
_PEOPLE = frozenset("Cap pro role Role pro'v".split())
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
    return kind == ":" or (kind not in _NO_CUE and unit.tokens[index].text[0].isalnum())


def bucket(number: int) -> str:
    """Name a length by a few steps."""
    return _STEPS[number] if number < len(_STEPS) else "21"


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


@dataclass(slots=True)
class Asked:
    """A word taken as a cue, and what is seen of it whichever place is asked about."""

    reading: Reading
    cue: int
    word: str
    kind: str
    following: str
    frames: str
    proposal: Proposal | None
    rule: str
    subject: str
    subject_at: int
    before: tuple[int, int]
    behind: tuple[int, int]


def ask(reading: Reading, cue: int) -> Asked:
    """See once what all questions about a cue share.

    Parameters
    ----------
    reading : Reading
    cue : int
        Index of its token.

    Returns
    -------
    Asked
        ``before`` and ``behind`` are the content that the rules read on either side, (`NONE`,
        `NONE`) where they read none.
    """
    unit = reading.unit
    proposal = reading.cue_at.get(cue)
    content = proposal.content if proposal else []
    subject, subject_at = subject_of(unit, cue)
    kind = unit.classes[cue]
    return Asked(
        reading,
        cue,
        word=unit.tokens[cue].lower,
        kind=kind,
        following=kind_at(unit, cue + 1),
        frames=frames_of(unit.tokens[cue].lower) or kind,
        proposal=proposal,
        rule=proposal.kind if proposal else "-",
        subject=subject,
        subject_at=subject_at,
        before=next((span for span in reversed(content) if span[1] <= cue), (NONE, NONE)),
        behind=next((span for span in content if span[0] > cue), (NONE, NONE)),
    )


def frames_of(word: str) -> str:
    """Letters of the frames of a reporting word; empty for any other."""
    entry = cue_forms().get(word)
    return "".join(sorted(entry.frames)) if entry else ""


def cue_features(reading: Reading, index: int) -> Seen:
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
    frames = frames_of(word)
    proposal = reading.cue_at.get(index)
    rule = proposal.kind if proposal else reading.role[index]
    quoted = reading.quoted
    that = "that" in unit.classes[index + 1 : index + 5]
    left = "Q" if j1 == "Q" or (j1 == "," and j2 == "Q") else "-"
    position, rest = bucket(index), bucket(len(unit.tokens) - index)
    return [
        f"w={word}",
        f"w+1={word} {w1}",
        f"w-1={v1} {word}",
        f"v={v1}",
        f"n={w1}",
        f"n2={word_at(unit, index + 2)}",
        f"v2={word_at(unit, index - 2)}",
        f"e={word[-3:]},{kind}",
        (_neighbour_names, j1, kind, k1),
        f"kk={kind},{k1},{k2}",
        f"jj={j2},{j1},{kind}",
        f"wk={word},{k1}",
        f"wj={word},{j1}",
        f"ws={word},{subject}",
        f"s={subject},{kind}",
        f"ss={subject},{kind_at(unit, at - 1)}",
        f"wq={word},{quoted}",
        (_quotation_names, left, quoted, kind, rule),
        f"rw={rule},{word}",
        (_frame_names, rule, kind, quoted, frames, k1),
        (_lemma_names, frames, subject, lemma, that, kind),
        f"wt={word},{that}",
        (_position_names, position, kind, rest, unit.section, bool(reading.proposals)),
    ]


def _neighbour_names(before: str, kind: str, following: str) -> list[str]:
    return [f"k={kind}", f"j1={before}", f"k1={following}", f"jk={before},{kind},{following}"]


def _quotation_names(left: str, quoted: bool, kind: str, rule: str) -> list[str]:
    return [f"q={left},{quoted},{kind}", f"r={rule}"]


def _frame_names(rule: str, kind: str, quoted: bool, frames: str, following: str) -> list[str]:
    return [f"rk={rule},{kind},{quoted}", f"fr={frames}", f"fk={frames},{following}"]


def _lemma_names(frames: str, subject: str, lemma: str, that: bool, kind: str) -> list[str]:
    return [f"fs={frames},{subject}", f"l={lemma}", f"th={that},{kind}"]


def _position_names(position: str, kind: str, rest: str, section: str, proposed: bool) -> list[str]:
    return [f"p={position},{kind}", f"z={rest}", f"sec={section}", f"any={proposed},{kind}"]


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


def source_features(asked: Asked, index: int) -> Seen:
    """Describe a word that may be the head of the source."""
    unit = asked.reading.unit
    word, kind, cue = asked.word, asked.kind, asked.cue
    wanted = asked.proposal.source if asked.proposal else None
    if index == NONE:
        return [
            "none",
            f"none,w={word}",
            f"none,k={kind},{asked.following}",
            f"none,s={asked.subject}",
            f"none,sk={asked.subject},{kind}",
            f"none,r={asked.proposal is not None},{wanted is None}",
            f"none,rk={asked.rule}",
            f"none,v={word_at(unit, cue - 1)} {word}",
            f"none,v1={word_at(unit, cue - 1)}",
            f"none,c={any(k in {'Cap', 'pro', 'role'} for k in unit.classes[:cue])}",
        ]
    inside = wanted is not None and wanted[0] <= index < wanted[1]
    final = inside and (index + 1 == wanted[1])
    agrees = f"{'=' if inside else '-'}{'e' if final else ''}" if asked.proposal else "?"
    side = "b" if index < cue else "a"
    between = unit.classes[index + 1 : cue] if side == "b" else unit.classes[cue + 1 : index]
    distance = bucket(len(between))
    here = unit.classes[index]
    preceding, following = kind_at(unit, index - 1), kind_at(unit, index + 1)
    head = unit.tokens[index].lower
    name = head if here in _NAMED_CLASSES else here
    near = len(between) <= 4
    path = ",".join([k for k in between if k not in _SKIPPED]) if near else "long"
    marks = "".join(dict.fromkeys(filter(CLOSING.__contains__, between)))[:4]
    verbs = min(2, sum(map(_VERBS.__contains__, between)))
    prepositional = "prep" in between or "to" in between
    nearest = _PEOPLE.isdisjoint(between)
    return [
        (_place_names, name, side, distance, here, index == asked.subject_at),
        (_path_names, index == asked.subject_at, kind, here, side, path),
        f"kf={preceding},{here},{following}",
        f"f={here},{following},{side}",
        f"fw={word_at(unit, index + 1)},{side}",
        f"vw={word_at(unit, index - 1)},{side}",
        f"pv={preceding},{name},{side}",
        (_mark_names, side, marks, here, verbs),
        f"w={word},{side}",
        f"wn={word},{name}",
        f"wp={word},{side}{distance}",
        f"r={agrees},{here}",
        f"rk={agrees},{following},{preceding}",
        (_rule_names, agrees, asked.rule, asked.reading.role[index], side),
        (_nearest_names, prepositional, nearest, side, here, verbs, kind, min(index, 3)),
        f"h={head if here in _OPEN_CLASSES else here}",
        f"k1={asked.following},{side},{here},{path == ''}",
    ]


def _place_names(name: str, side: str, distance: str, here: str, subject: bool) -> list[str]:
    return [f"n={name},{side}", f"d={side}{distance},{here}", f"s={subject},{name}"]


def _path_names(subject: bool, kind: str, here: str, side: str, path: str) -> list[str]:
    return [
        f"sk={subject},{kind},{here}",
        f"p={side},{path}",
        f"pn={side},{path},{here}",
        f"pk={side},{path},{kind}",
    ]


def _mark_names(side: str, marks: str, here: str, verbs: int) -> list[str]:
    return [f"m={side},{marks},{here}", f"mv={side},{marks},{verbs},{here}"]


def _rule_names(agrees: str, rule: str, role: str, side: str) -> list[str]:
    return [f"rp={agrees},{rule}", f"ro={role},{side}"]


def _nearest_names(
    prepositional: bool, nearest: bool, side: str, here: str, verbs: int, kind: str, position: int
) -> list[str]:
    return [
        f"g={prepositional},{nearest},{side},{here}",
        f"ne={nearest},{verbs},{side},{kind}",
        f"pos={position},{here},{nearest}",
    ]
