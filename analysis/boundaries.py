"""What can be seen of the places where the content of a cue may begin and end.

For content behind the cue and before it: the places that are asked, and the names of the features
that hold at each. ``tagger`` says how they are used.
"""

from __future__ import annotations

from analysis.content_ends import turns_back
from analysis.cues import cue_forms
from analysis.tagger import BOUNDARY, CLOSING, NONE, Reading, bucket, kind_at, subject_of, word_at
from analysis.units import Unit


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


def right_start_features(reading: Reading, cue: int, index: int) -> list[str]:
    """Describe a place where content behind the cue may begin."""
    unit = reading.unit
    word = unit.tokens[cue].lower
    kind = unit.classes[cue]
    entry = cue_forms().get(word)
    frames = "".join(sorted(entry.frames)) if entry else kind
    proposal = reading.cue_at.get(cue)
    wanted = NONE
    if proposal:
        wanted = next((a for a, _ in proposal.content if a > cue), NONE)
    k1 = kind_at(unit, cue + 1)
    if index == NONE:
        subject, _ = subject_of(unit, cue)
        k2 = kind_at(unit, cue + 2)
        left = _left_mark(unit, cue)
        return [
            "none",
            f"none,w={word}",
            f"none,k={kind},{k1}",
            f"none,wk={word},{k1}",
            f"none,kk={k1},{k2}",
            f"none,l={left},{k1}",
            f"none,fl={frames},{left}",
            f"none,s={subject},{left}",
            f"none,r={proposal.kind if proposal else '-'}",
            f"none,rw={wanted == NONE},{proposal is not None}",
            f"none,z={bucket(len(unit.tokens) - cue)},{left}",
            f"none,w+1={word} {word_at(unit, cue + 1)}",
        ]
    far = index - cue
    here, before = unit.classes[index], unit.classes[index - 1]
    w0, v1 = word_at(unit, index), word_at(unit, index - 1)
    between = unit.classes[cue + 1 : index]
    marks = "".join(sorted({k for k in between if k in CLOSING}))
    path = ",".join(between) if far <= 4 else f"long{marks}"
    agrees = "=" if index == wanted else "-" if wanted == NONE else "<" if index < wanted else ">"
    return [
        f"d={bucket(far)}",
        f"dk={bucket(far)},{here}",
        f"k={here}",
        f"j={before}",
        f"jk={before},{here}",
        f"w={w0}",
        f"v={v1}",
        f"vw={v1} {w0}",
        f"c={word},{before}",
        f"ck={word},{here}",
        f"cv={word} {v1}",
        f"cd={word},{bucket(far)}",
        f"fj={frames},{before},{here}",
        f"fd={frames},{bucket(far)}",
        f"p={path}",
        f"fp={frames},{path}",
        f"pk={path},{here}",
        f"m={marks},{here}",
        f"r={agrees},{proposal is not None}",
        f"rk={agrees},{kind},{here}",
        f"ro={reading.role[index]},{reading.role[index - 1]}",
        f"q={reading.quoted},{here == 'Q'},{bool(marks)}",
        f"y={kind},{before},{here}",
    ]


def right_ends(reading: Reading, start: int) -> list[int]:
    """Places where content that begins at ``start`` may end (exclusive)."""
    unit = reading.unit
    size = len(unit.tokens)
    found = []
    for index in range(start + 1, size):
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


def right_end_features(reading: Reading, cue: int, start: int, index: int) -> list[str]:
    """Describe a place where content behind the cue may end."""
    unit = reading.unit
    size = len(unit.tokens)
    word = unit.tokens[cue].lower
    kind = unit.classes[cue]
    entry = cue_forms().get(word)
    clausal = "".join(sorted(entry.frames)) if entry else kind
    proposal = reading.cue_at.get(cue)
    wanted = NONE
    if proposal:
        wanted = next((b for a, b in proposal.content if a > cue), NONE)
    agrees = "=" if index == wanted else "-" if wanted == NONE else "<" if index < wanted else ">"
    here, before = kind_at(unit, index), unit.classes[index - 1]
    after = kind_at(unit, index + 1)
    w0, v1 = word_at(unit, index), word_at(unit, index - 1)
    left = size - index
    final = "end" if left == 0 or (left == 1 and here == ".") else bucket(left)
    held = unit.classes[start:index]
    quotes = held.count("Q")
    rest = unit.classes[index:]
    verbs = any(k in {"aux", "cueed", "ed", "cues"} for k in held)
    opening = unit.classes[start]
    behind = unit.classes[start - 1]
    other = "-"
    for proposal_ in reading.proposals:
        if proposal_ is not proposal and proposal_.cue:
            edge = min(proposal_.cue[0], proposal_.source[0] if proposal_.source else size)
            if edge in {index, index + 1}:
                other = "cue"
            elif cue < proposal_.cue[0] < index:
                other = "over" if other == "-" else other
    length = bucket(index - start)
    mark = "Q" if quotes and "Q" in rest else "q" if quotes else "n" if "Q" in rest else "-"
    return [
        f"f={final}",
        f"fk={final},{opening}",
        f"fb={final},{behind},{clausal}",
        f"k={here},{before}",
        f"kk={here},{after}",
        f"w={w0}",
        f"ww={w0} {word_at(unit, index + 1)}",
        f"v={v1}",
        f"ka={here},{after},{clausal}",
        f"l={length}",
        f"lo={length},{opening}",
        f"cl={clausal},{length}",
        f"wo={w0},{opening}",
        f"wb={w0},{behind}",
        f"wc={w0},{clausal}",
        f"cw={word},{here}",
        f"cf={word},{final}",
        f"m={mark},{here}",
        f"mo={mark},{opening},{final == 'end'}",
        f"mb={mark},{before},{here}",
        f"vb={verbs},{here},{behind}",
        f"vo={verbs},{here},{opening}",
        f"r={agrees},{final == 'end'}",
        f"rk={agrees},{here}",
        f"rc={agrees},{proposal.kind if proposal else '-'}",
        f"ro={reading.role[index] if index < size else '>'},{reading.role[index - 1]}",
        f"o={other},{here}",
        f"oc={other},{clausal}",
    ]


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


def left_end_features(reading: Reading, cue: int, index: int) -> list[str]:
    """Describe a place where content before the cue may end."""
    unit = reading.unit
    word = unit.tokens[cue].lower
    kind = unit.classes[cue]
    entry = cue_forms().get(word)
    frames = "".join(sorted(entry.frames)) if entry else kind
    proposal = reading.cue_at.get(cue)
    wanted = NONE
    if proposal:
        wanted = next((b for _, b in reversed(proposal.content) if b <= cue), NONE)
    k1 = kind_at(unit, cue + 1)
    if index == NONE:
        return [
            "none",
            f"none,w={word}",
            f"none,k={kind},{k1}",
            f"none,wk={word},{k1}",
            f"none,f={frames},{k1}",
            f"none,m={_left_mark(unit, cue)},{k1}",
            f"none,mf={_left_mark(unit, cue)},{frames}",
            f"none,r={proposal.kind if proposal else '-'}",
            f"none,rw={wanted == NONE},{proposal is not None}",
            f"none,p={bucket(cue)}",
            f"none,z={bucket(len(unit.tokens) - cue)},{k1}",
            f"none,w+1={word} {word_at(unit, cue + 1)}",
        ]
    far = cue - index
    between = unit.classes[index:cue]
    path = ",".join(between[:3]) if far <= 3 else f"long,{between[0]}"
    people = any(k in {"Cap", "pro", "role", "Role"} for k in between)
    agrees = "=" if index == wanted else "-" if wanted == NONE else "<" if index < wanted else ">"
    before, here = unit.classes[index - 1], kind_at(unit, index)
    last = "end" if len(unit.tokens) - cue <= 2 else k1
    verbs = any(k in {"aux", "cueed", "ed"} for k in between)
    return [
        f"d={bucket(far)},{before}",
        f"jk={before},{here}",
        f"p={path},{before}",
        f"fp={frames},{path}",
        f"w={word},{before}",
        f"wp={word},{path}",
        f"pe={people},{before},{here},{verbs}",
        f"l={last},{before},{people}",
        f"wl={word},{last}",
        f"r={agrees},{proposal is not None}",
        f"rk={agrees},{before}",
        f"ro={reading.role[index - 1]},{reading.role[index] if index < cue else 'v'}",
        f"k={kind},{k1},{before}",
        f"s={index},{before}" if index < 4 else f"s=4,{before}",
        f"c={between.count(',')},{before}",
        f"z={bucket(len(unit.tokens) - cue)},{before}",
    ]


def left_starts(reading: Reading, end: int) -> list[int]:
    """Places where content that ends at ``end`` may begin."""
    unit = reading.unit
    found = []
    for index in range(end - 1, -1, -1):
        before = kind_at(unit, index - 1)
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


def left_start_features(reading: Reading, cue: int, end: int, index: int) -> list[str]:
    """Describe a place where content before the cue may begin."""
    unit = reading.unit
    word = unit.tokens[cue].lower
    kind = unit.classes[cue]
    proposal = reading.cue_at.get(cue)
    wanted = NONE
    if proposal:
        wanted = next((a for a, b in reversed(proposal.content) if b <= cue), NONE)
    agrees = "=" if index == wanted else "-" if wanted == NONE else "<" if index < wanted else ">"
    here, before = unit.classes[index], kind_at(unit, index - 1)
    held = unit.classes[index:end]
    quotes = held.count("Q")
    outside = "Q" in unit.classes[:index]
    last = unit.classes[end - 1]
    length = bucket(end - index)
    first = index == 0
    over = "."
    for proposal_ in reading.proposals:
        if proposal_ is not proposal and proposal_.cue and index <= proposal_.cue[0] < end:
            over = "cue"
    return [
        f"f={first},{last}",
        f"jk={before},{here}",
        f"w={word_at(unit, index)}",
        f"v={word_at(unit, index - 1)}",
        f"l={length},{last}",
        f"lf={length},{first}",
        f"m={min(quotes, 2)},{outside},{last}",
        f"mh={min(quotes, 2)},{here},{before}",
        f"kh={kind},{here},{before}",
        f"cf={word},{first}",
        f"r={agrees},{proposal is not None}",
        f"rk={agrees},{before}",
        f"ro={reading.role[index]},{reading.role[index - 1] if index else '<'}",
        f"o={over},{before}",
        f"os={over},{first}",
        f"dot={'.' in held},{last},{first}",
        f"c={min(3, held.count(','))},{first},{last}",
    ]
