"""What can be seen of the places where the content of a cue may begin and end.

For content behind the cue and before it: the places that are asked, and the names of the features
that hold at each. ``tagger`` says how they are used.
"""

from __future__ import annotations

from analysis.confidence import Seen
from analysis.content_ends import turns_back
from analysis.source_words import PRONOUNS
from analysis.tagger import BOUNDARY, CLOSING, NONE, Asked, Reading, bucket, kind_at, word_at
from analysis.units import Unit

_VERBS = frozenset("aux cueed ed cues".split())
_PAST_VERBS = frozenset("aux cueed ed".split())
_PEOPLE = frozenset("Cap pro role Role".split())
_SUBORDINATE = frozenset("while although though if unless once because since".split())


def right_starts(reading: Reading, cue: int) -> list[int]:
    """Places where content behind the cue may begin; `NONE` first."""
    unit = reading.unit
    size = len(unit.tokens)
    found = [NONE]
    for index in range(cue + 1, min(size, cue + 18)):
        before = unit.classes[index - 1]
        near = index <= cue + 3
        if unit.classes[index] in {".", ",", ";", ":", ")", "?", "!"}:
            continue
        if (
            near
            or unit.classes[index] == "Q"
            or before in BOUNDARY
            or before in CLOSING
            or unit.classes[index] in {"to", "wh", "sub", "q", "prep", "that"}
        ):
            found.append(index)
    for proposal in reading.proposals:
        for first, _ in proposal.content:
            if first > cue and first not in found:
                found.append(first)
    return found


def right_start_features(asked: Asked, index: int) -> Seen:
    """Describe a place where content behind the cue may begin."""
    reading, unit, cue = asked.reading, asked.reading.unit, asked.cue
    word, kind, frames = asked.word, asked.kind, asked.frames
    wanted, _ = asked.behind
    ruled = asked.proposal is not None
    if index == NONE:
        left = _left_mark(unit, cue)
        return [
            "none",
            f"none,w={word}",
            f"none,k={kind},{asked.following}",
            f"none,wk={word},{asked.following}",
            f"none,kk={asked.following},{kind_at(unit, cue + 2)}",
            f"none,l={left},{asked.following}",
            f"none,fl={frames},{left}",
            f"none,s={asked.subject},{left}",
            f"none,r={asked.rule}",
            f"none,rw={wanted == NONE},{ruled}",
            f"none,z={bucket(len(unit.tokens) - cue)},{left}",
            f"none,w+1={word} {word_at(unit, cue + 1)}",
        ]
    far = index - cue
    distance = bucket(far)
    here, before = unit.classes[index], unit.classes[index - 1]
    w0, v1 = word_at(unit, index), word_at(unit, index - 1)
    between = unit.classes[cue + 1 : index]
    marks = "".join(sorted(CLOSING.intersection(between)))
    path = ",".join(between) if far <= 4 else f"long{marks}"
    agrees = _agreement(index, wanted)
    roles = f"{reading.role[index]},{reading.role[index - 1]}"
    return [
        (_start_names, distance, before, here),
        f"w={w0}",
        f"v={v1}",
        f"vw={v1} {w0}",
        f"c={word},{before}",
        f"ck={word},{here}",
        f"cv={word} {v1}",
        f"cd={word},{distance}",
        f"fj={frames},{before},{here}",
        (_path_names, frames, distance, path),
        (_between_names, path, marks, here),
        (_start_rule_names, agrees, ruled, kind, here),
        (_quotation_names, roles, reading.quoted, here, bool(marks)),
        f"y={kind},{before},{here}",
    ]


def _agreement(index: int, wanted: int) -> str:
    """How a place lies to the one that the rules chose."""
    return "=" if index == wanted else "-" if wanted == NONE else "<" if index < wanted else ">"


def _start_names(distance: str, before: str, here: str) -> list[str]:
    return [f"d={distance}", f"dk={distance},{here}", f"k={here}", f"j={before}",
            f"jk={before},{here}"]  # fmt: skip


def _path_names(frames: str, distance: str, path: str) -> list[str]:
    return [f"fd={frames},{distance}", f"p={path}", f"fp={frames},{path}"]


def _between_names(path: str, marks: str, here: str) -> list[str]:
    return [f"pk={path},{here}", f"m={marks},{here}"]


def _start_rule_names(agrees: str, ruled: bool, kind: str, here: str) -> list[str]:
    return [f"r={agrees},{ruled}", f"rk={agrees},{kind},{here}"]


def _quotation_names(roles: str, quoted: bool, here: str, marked: bool) -> list[str]:
    return [f"ro={roles}", f"q={quoted},{here == 'Q'},{marked}"]


def right_ends(reading: Reading, start: int) -> list[int]:
    """Places where content that begins at ``start`` may end (exclusive)."""
    unit = reading.unit
    size = len(unit.tokens)
    found = []
    for index in range(_main_clause(unit, start), size):
        here, before = unit.classes[index], unit.classes[index - 1]
        if here in CLOSING or here in BOUNDARY or before in {"Q", ","}:
            found.append(index)
        if here == "," and turns_back(unit.tokens, index):
            size = index
            break
        if here == ";" and any(p.cue and p.cue[0] > index for p in reading.proposals):
            size = index  # another clause with a cue of its own
            break
    for proposal in reading.proposals:
        for _, last in proposal.content:
            if last > start and last not in found and last < size:
                found.append(last)
    if size not in found:
        found.append(size)
    return sorted(found)


def _main_clause(unit: Unit, start: int) -> int:
    """First place where content may end: behind the comma in "that while it rained, it held"."""
    at = start + (unit.tokens[start].lower == "that")
    if at and at + 1 < len(unit.tokens) and unit.tokens[at - 1].lower == "that":
        if unit.tokens[at].lower in _SUBORDINATE:
            for index in range(at + 1, len(unit.tokens) - 1):
                if unit.classes[index] == ",":
                    return index + 2
    return start + 1


def right_end_features(asked: Asked, start: int, index: int) -> Seen:
    """Describe a place where content behind the cue may end."""
    reading, unit = asked.reading, asked.reading.unit
    size = len(unit.tokens)
    word, frames = asked.word, asked.frames
    here, before = kind_at(unit, index), unit.classes[index - 1]
    after = kind_at(unit, index + 1)
    w0, v1 = word_at(unit, index), word_at(unit, index - 1)
    left = size - index
    final = "end" if left == 0 or (left == 1 and here == ".") else bucket(left)
    held = unit.classes[start:index]
    quoted, quoted_after = "Q" in held, "Q" in unit.classes[index:]
    mark = "Q" if quoted and quoted_after else "q" if quoted else "n" if quoted_after else "-"
    verbs = not _VERBS.isdisjoint(held)
    opening, behind = unit.classes[start], unit.classes[start - 1]
    roles = f"{reading.role[index] if index < size else '>'},{reading.role[index - 1]}"
    return [
        (_end_names, final, opening),
        f"fb={final},{behind},{frames}",
        (_turn_names, here, before, after),
        f"w={w0}",
        f"ww={w0} {word_at(unit, index + 1)}",
        f"v={v1}",
        f"ka={here},{after},{frames}",
        (_length_names, bucket(index - start), opening, frames),
        f"wo={w0},{opening}",
        f"wb={w0},{behind}",
        f"wc={w0},{frames}",
        f"cw={word},{here}",
        f"cf={word},{final}",
        (_mark_names, mark, here, opening, final == "end"),
        f"mb={mark},{before},{here}",
        (_verb_names, verbs, here, behind, opening),
        (_end_rule_names, _agreement(index, asked.behind[1]), final == "end", here, asked.rule),
        (_other_names, roles, _other_cue(asked, index), here, frames),
    ]


def _other_cue(asked: Asked, index: int) -> str:
    """Whether another statement of the rules begins at a place, or has its cue before it."""
    size = len(asked.reading.unit.tokens)
    other = "-"
    for proposal in asked.reading.proposals:
        if proposal is not asked.proposal and proposal.cue:
            edge = min(proposal.cue[0], proposal.source[0] if proposal.source else size)
            if edge in {index, index + 1}:
                other = "cue"
            elif asked.cue < proposal.cue[0] < index:
                other = "over" if other == "-" else other
    return other


def _end_names(final: str, opening: str) -> list[str]:
    return [f"f={final}", f"fk={final},{opening}"]


def _turn_names(here: str, before: str, after: str) -> list[str]:
    return [f"k={here},{before}", f"kk={here},{after}"]


def _length_names(length: str, opening: str, frames: str) -> list[str]:
    return [f"l={length}", f"lo={length},{opening}", f"cl={frames},{length}"]


def _mark_names(mark: str, here: str, opening: str, end: bool) -> list[str]:
    return [f"m={mark},{here}", f"mo={mark},{opening},{end}"]


def _verb_names(verbs: bool, here: str, behind: str, opening: str) -> list[str]:
    return [f"vb={verbs},{here},{behind}", f"vo={verbs},{here},{opening}"]


def _end_rule_names(agrees: str, end: bool, here: str, rule: str) -> list[str]:
    return [f"r={agrees},{end}", f"rk={agrees},{here}", f"rc={agrees},{rule}"]


def _other_names(roles: str, other: str, here: str, frames: str) -> list[str]:
    return [f"ro={roles}", f"o={other},{here}", f"oc={other},{frames}"]


def _left_mark(unit: Unit, cue: int) -> str:
    """The sign that stands before the clause of a cue: a comma or quotation, within six words."""
    for index in range(cue - 1, max(-1, cue - 9), -1):
        kind = unit.classes[index]
        if kind == "Q":
            return "Q"
        if kind in {",", "?", "!", "—", "–", "-", ";", ":"}:
            return "Q," if kind == "," and kind_at(unit, index - 1) == "Q" else kind
    return "-"


def left_ends(reading: Reading, cue: int) -> list[int]:
    """Places where content before the cue may end (exclusive); `NONE` first."""
    unit = reading.unit
    found = [NONE]
    for index in range(cue, max(0, cue - 24), -1):
        here, before = unit.classes[index], unit.classes[index - 1]
        if before in {".", ";"} and index < cue - 1 and here != "Q":
            break
        if before == "Q" or here in {",", "—", "–", "-", ";", "("} or before in {",", "?", "!"}:
            if before != "," or unit.classes[index - 2] != "Q":
                found.append(index)
        elif (index == cue or here in {"aux", "wh", "that"}) and before not in CLOSING:
            found.append(index)
    for proposal in reading.proposals:
        for _, last in proposal.content:
            if last <= cue and last not in found:
                found.append(last)
    return found


def left_end_features(asked: Asked, index: int) -> Seen:
    """Describe a place where content before the cue may end."""
    reading, unit, cue = asked.reading, asked.reading.unit, asked.cue
    word, kind, frames, k1 = asked.word, asked.kind, asked.frames, asked.following
    _, wanted = asked.before
    ruled = asked.proposal is not None
    rest = len(unit.tokens) - cue
    if index == NONE:
        return [
            "none",
            f"none,w={word}",
            f"none,k={kind},{k1}",
            f"none,wk={word},{k1}",
            f"none,f={frames},{k1}",
            f"none,m={_left_mark(unit, cue)},{k1}",
            f"none,mf={_left_mark(unit, cue)},{frames}",
            f"none,r={asked.rule}",
            f"none,rw={wanted == NONE},{ruled}",
            f"none,p={bucket(cue)}",
            f"none,z={bucket(rest)},{k1}",
            f"none,w+1={word} {word_at(unit, cue + 1)}",
        ]
    far = cue - index
    between = unit.classes[index:cue]
    path = ",".join(between[:3]) if far <= 3 else f"long,{between[0]}"
    people = not _PEOPLE.isdisjoint(between)
    before, here = unit.classes[index - 1], kind_at(unit, index)
    last = "end" if rest <= 2 else k1
    verbs = not _PAST_VERBS.isdisjoint(between)
    roles = f"{reading.role[index - 1]},{reading.role[index] if index < cue else 'v'}"
    return [
        (_left_end_names, bucket(far), before, here),
        f"p={path},{before}",
        f"fp={frames},{path}",
        f"w={word},{before}",
        f"wp={word},{path}",
        f"pe={people},{before},{here},{verbs}",
        f"l={last},{before},{people}",
        f"wl={word},{last}",
        (_left_rule_names, _agreement(index, wanted), ruled, before, roles),
        f"k={kind},{k1},{before}",
        (_left_size_names, min(index, 4), between.count(","), bucket(rest), before),
    ]


def _left_end_names(distance: str, before: str, here: str) -> list[str]:
    return [f"d={distance},{before}", f"jk={before},{here}"]


def _left_rule_names(agrees: str, ruled: bool, before: str, roles: str) -> list[str]:
    return [f"r={agrees},{ruled}", f"rk={agrees},{before}", f"ro={roles}"]


def _left_size_names(position: int, commas: int, rest: str, before: str) -> list[str]:
    return [f"s={position},{before}", f"c={commas},{before}", f"z={rest},{before}"]


def left_starts(reading: Reading, end: int) -> list[int]:
    """Places where content that ends at ``end`` may begin."""
    unit = reading.unit
    found = []
    for index in range(end - 1, -1, -1):
        before = kind_at(unit, index - 1)
        if before == ";" and _same_pronoun(unit, index, end):
            return [*found, index]  # "The guard was late; she did not mind, she said"
        if (
            index == 0
            or before in CLOSING
            or before in {"and", "sub", "that"}
            or unit.classes[index] in {"Q", "that", "det"}
        ):
            found.append(index)
    for proposal in reading.proposals:
        for first, _ in proposal.content:
            if first < end and first not in found:
                found.append(first)
    return found


def _same_pronoun(unit: Unit, start: int, end: int) -> bool:
    """Whether a clause opens with the pronoun that stands behind its comma: "she …, she said"."""
    speaker = word_at(unit, end + 1 if kind_at(unit, end) == "," else end)
    return speaker in PRONOUNS and unit.tokens[start].lower == speaker


def left_start_features(asked: Asked, end: int, index: int) -> Seen:
    """Describe a place where content before the cue may begin."""
    reading, unit = asked.reading, asked.reading.unit
    ruled = asked.proposal is not None
    here, before = unit.classes[index], kind_at(unit, index - 1)
    held = unit.classes[index:end]
    quotes = min(held.count("Q"), 2)
    outside = "Q" in unit.classes[:index]
    last = unit.classes[end - 1]
    first = index == 0
    over = "."
    for proposal in reading.proposals:
        if proposal is not asked.proposal and proposal.cue and index <= proposal.cue[0] < end:
            over = "cue"
    roles = f"{reading.role[index]},{reading.role[index - 1] if index else '<'}"
    return [
        f"f={first},{last}",
        f"jk={before},{here}",
        f"w={word_at(unit, index)}",
        f"v={word_at(unit, index - 1)}",
        (_left_length_names, bucket(end - index), last, first),
        f"m={quotes},{outside},{last}",
        f"mh={quotes},{here},{before}",
        f"kh={asked.kind},{here},{before}",
        f"cf={asked.word},{first}",
        (_left_rule_names, _agreement(index, asked.before[0]), ruled, before, roles),
        (_held_names, over, before, first, "." in held, min(3, held.count(",")), last),
    ]


def _left_length_names(length: str, last: str, first: bool) -> list[str]:
    return [f"l={length},{last}", f"lf={length},{first}"]


def _held_names(
    over: str, before: str, first: bool, dot: bool, commas: int, last: str
) -> list[str]:
    return [
        f"o={over},{before}",
        f"os={over},{first}",
        f"dot={dot},{last},{first}",
        f"c={commas},{first},{last}",
    ]
