"""The whole mention that the head word of a source stands in: title and apposition included."""

from __future__ import annotations

from analysis.sources import mention_after, names_a_source, subject_before
from analysis.tagger import Reading
from analysis.units import Unit

RELATIVE = {"wh", "that"}  # classes of tokens that stand for a source named before them
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
        if proposal.source and proposal.source[0] <= head < proposal.source[1]:
            return proposal.source
    if unit.classes[head] in RELATIVE:  # the antecedent speaks
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
