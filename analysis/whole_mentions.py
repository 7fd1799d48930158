"""The whole mention that the head word of a source stands in: title and apposition included."""

from __future__ import annotations

from analysis.records import Span
from analysis.sources import mention_after, names_a_source, subject_before
from analysis.tagger import Reading
from analysis.units import Unit

_RELATIVE = {"wh", "that"}
_BETWEEN = {"aux", "adv", "not", "ly"}  # between a relative pronoun and its verb
_MODIFIER = {"w", "s", "'s", "ed", "ion", "ment", "ing", "num", "Cap", "Role", "role"}
_LONGEST_MODIFIER = 4


def mention(reading: Reading, cue: int, head: int) -> tuple[int, int]:
    """The whole mention that a head word stands in, title and apposition included.

    Parameters
    ----------
    reading : Reading
    cue, head : int
        Tokens of the unit.

    Returns
    -------
    (int, int)
        Token range that holds ``head``; of a relative pronoun, its antecedent.
    """
    unit = reading.unit
    own = reading.cue_at.get(cue)
    proposals = [own, *reading.proposals] if own else reading.proposals
    for proposal in proposals:
        held = proposal.source and proposal.source[0] <= head < proposal.source[1]
        if held and not proposal.source[0] <= cue < proposal.source[1]:
            return proposal.source
    if unit.classes[head] in _RELATIVE:  # the antecedent speaks
        if own and own.source:
            return own.source
        subject = subject_before(unit.tokens, cue) if head < cue else None
        return (subject.first, subject.last) if subject else (head, head + 1)
    if unit.classes[head] not in {"pro", "pro'v"}:
        subject = subject_before(unit.tokens, cue) if head < cue else None
        if subject is None and head > cue:
            subject = mention_after(unit.tokens, cue + 1, len(unit.tokens))
        if subject and subject.first <= head < subject.last:
            if names_a_source(unit.tokens, subject.first, subject.last):
                return subject.first, subject.last
    if unit.classes[head] in {"det", "aux", "pro", "pro'v"}:
        return head, head + 1
    return _phrase(unit, head)


def relative_before(unit: Unit, source: Span, cue: Span) -> Span | None:
    """The relative pronoun that stands for a source beside its cue ("…, *which* denies it").

    Parameters
    ----------
    unit : Unit
    source, cue : (int, int)
        Offsets of the text; the source is the antecedent.

    Returns
    -------
    (int, int) or None
        Offsets of the pronoun; None where there is none, or where it is the source itself.
    """
    place = unit.inside([cue])
    if place is None or source[1] > cue[0]:
        return None
    at = place[0] - 1
    while at > 0 and unit.classes[at] in _BETWEEN:
        at -= 1
    if at < 0 or unit.classes[at] not in _RELATIVE:
        return None
    span = unit.span(at, at + 1)
    return span if source[1] <= span[0] else None


def _phrase(unit: Unit, head: int) -> tuple[int, int]:
    """The noun phrase around a head: its names and roles, and plain words back to an article."""
    first, last = head, head + 1
    while first and unit.classes[first - 1] in {"Cap", "Role", "role"}:
        first -= 1
    while last < len(unit.tokens) and unit.classes[last] in {"Cap", "Role"}:
        last += 1
    before = first
    while before and first - before < _LONGEST_MODIFIER and unit.classes[before - 1] in _MODIFIER:
        before -= 1
    if before and unit.classes[before - 1] == "det":
        first = before - 1
    return first, last
