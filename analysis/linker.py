"""Choose the statements of a text: cue, content and source of each weighed together.

For every word that may be a cue the log-linear models of ``tagger`` name the likeliest content
before and behind it and the likeliest head of its source, the rules' proposals among the features.
Two further models, trained on what the first ones answer on articles they have not seen, give the
probability that the content is right and, if so, the source. A statement is kept where both
together reach `THRESHOLD`; of two that claim the same words the likelier stays. Firm readings of
the rules, sentence shapes too rare to be learned and with no other reading, stay as they are.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field

from analysis import tagger
from analysis.confidence import Weights, features, stored
from analysis.drafts import Draft
from analysis.no_statements import hands_on, is_nobodys, is_unsaid
from analysis.ranking import likely_contents, likely_head
from analysis.records import Span
from analysis.tagger import NONE, Proposal, Reading
from analysis.tokens import Sentence
from analysis.units import Unit, units
from analysis.whole_mentions import mention, relative_before

THRESHOLD = 0.35
UNCLAIMED_THRESHOLD = 0.02  # for a quotation that no cue claims: nothing else would keep it
RULE_THRESHOLD = 0.1  # for what the rules read too: they follow the codebook, the news does not
_LEAST_CUE = 0.1  # below it a word that no rule reads as a cue is not asked further
_UNRANKED = math.log(0.02)  # a content of the rules that the models do not even list
_NAMED_CUE = re.compile("“[^”]*”")
_WIDENED = "; its extent by its words and neighbours"
_LAYOUT = "transcript line"
_STRETCH = 512  # characters


@dataclass(slots=True)
class Candidate:
    """A statement that may be there: its draft, what is seen of it, and how likely its cue is."""

    draft: Draft
    names: list[str]
    cue_probability: float = 0.5
    by_rule: bool = True
    letters: frozenset[int] = field(default_factory=frozenset)


def link(
    text: str,
    paragraphs: list[tuple[int, int, int, str]],
    cut: list[list[Sentence]],
    proposed: list[Draft],
) -> list[Draft]:
    """Choose statements among all readings of a text.

    Parameters
    ----------
    text : str
    paragraphs : list of (start, end, number, section)
        Offsets of each paragraph in ``text``.
    cut : list of list of Sentence
        The sentences of each paragraph.
    proposed : list of Draft
        What the rules read.

    Returns
    -------
    list of Draft
        In reading order, each with the probability of its content and of its source.
    """
    weights = stored()
    if not weights.models:
        return sorted(proposed, key=lambda d: (d.content[0], d.cue or (0, 0)))
    found = candidates(text, readings(paragraphs, cut, proposed), weights)
    for candidate in found:
        draft = candidate.draft
        draft.content_confidence = weights.probability("content", candidate.names)
        draft.source_confidence = weights.probability("source", candidate.names)
    found.sort(key=lambda c: (not c.draft.firm, -_sure(c.draft), c.draft.content))
    kept: list[Candidate] = []
    near: dict[int, list[Candidate]] = defaultdict(list)  # by stretch of text: only those meet
    for candidate in found:
        least = RULE_THRESHOLD if candidate.by_rule else THRESHOLD
        if candidate.draft.cue is None:
            least = UNCLAIMED_THRESHOLD
        if candidate.draft.firm:
            least = 0.0
        if _sure(candidate.draft) < least:
            continue
        stretches = _stretches(candidate.draft)
        if not any(_excludes(candidate, other) for at in stretches for other in near[at]):
            kept.append(candidate)
            for at in stretches:
                near[at].append(candidate)
    _end_before_next(text, [candidate.draft for candidate in kept])
    return sorted((c.draft for c in kept), key=lambda d: (d.content[0], d.cue or (0, 0)))


_AND = re.compile(r"(?:\s*,)?\s+(?:and|but|then|or)(?:\s+\w+ly)?\s*$")


def _end_before_next(text: str, kept: list[Draft]) -> None:
    """End content where the same source, outside of it, goes on: "said …, and told X to …"."""
    by_source: dict[Span, list[Draft]] = {}
    for draft in kept:
        if draft.source and draft.cue:
            by_source.setdefault(draft.source, []).append(draft)
    for drafts in by_source.values():
        for draft in drafts:
            start, end = draft.content[-1]
            for other in drafts:
                if other is draft or not start < other.cue[0] < other.content[-1][1] <= end:
                    continue
                joined = _AND.search(text, start, other.cue[0])
                if joined and joined.start() > start and draft.cue[0] <= start:
                    end = joined.start()
            draft.content[-1] = (start, end)


def _stretches(draft: Draft) -> set[int]:
    """Numbers of the stretches of text that a draft reaches into."""
    spans = [*draft.content, draft.cue] if draft.cue else draft.content
    return {at for start, end in spans for at in range(start // _STRETCH, end // _STRETCH + 1)}


def _sure(draft: Draft) -> float:
    return draft.content_confidence * draft.source_confidence


def _excludes(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates claim the same words, or are two readings of one cue."""
    if one.draft.firm and other.draft.firm:  # "So said Roe, and so said Doe: …"
        return one.draft.source == other.draft.source and one.letters == other.letters
    widened = one.draft.rule.endswith(_WIDENED)  # the rules' own extent stands beside it
    if other.draft.firm and widened and other.letters <= one.letters:
        return True
    if one.draft.cue is not None and one.draft.cue == other.draft.cue:
        return True
    if other.draft.firm and _within(one.draft.cue, other.draft.content):
        if _within(other.draft.cue, one.draft.content):  # "a *pledge* he repeated", each in each
            return True
    common = len(one.letters & other.letters)
    return 2 * common >= max(len(one.letters), len(other.letters))


def _within(cue: Span | None, content: list[Span]) -> bool:
    return cue is not None and any(start <= cue[0] < end for start, end in content)


def readings(
    paragraphs: list[tuple[int, int, int, str]],
    cut: list[list[Sentence]],
    proposed: list[Draft],
) -> list[tuple[Reading | None, list[Draft]]]:
    """Join the sentences of a text into reading units and lay the rules' proposals beside each.

    Returns
    -------
    list of (Reading or None, list of Draft)
        None for transcript lines, whose layout tells all.
    """
    waiting = sorted(proposed, key=_anchor)
    at, found = 0, []
    for (_, end, _, section), own in zip(paragraphs, cut, strict=True):
        joined = [] if section == _LAYOUT else units(own)
        for place, unit in enumerate(joined or [None]):
            limit = end if unit is None or place == len(joined) - 1 else unit.tokens[-1].end
            mine = []
            while at < len(waiting) and _anchor(waiting[at]) < limit:
                mine.append(waiting[at])
                at += 1
            reading = Reading(unit, [_proposal(unit, d) for d in mine]) if unit else None
            found.append((reading, mine))
    return found


def _anchor(draft: Draft) -> int:
    return draft.cue[0] if draft.cue else draft.content[0][0]


def _proposal(unit: Unit, draft: Draft) -> Proposal:
    content = [place for span in draft.content if (place := unit.inside([span]))]
    source = unit.inside([draft.source]) if draft.source else None
    cue = unit.inside([draft.cue]) if draft.cue else None
    return Proposal(content, source, cue, rule_kind(draft.rule))


def rule_kind(rule: str) -> str:
    """Name a rule without the words it was found on."""
    return _NAMED_CUE.sub("@", rule)[:70].replace(" ", "-")


def candidates(
    text: str, read: list[tuple[Reading | None, list[Draft]]], weights: Weights
) -> list[Candidate]:
    """All statements that may be there, each with the features that decide.

    Parameters
    ----------
    text : str
    read : list of (Reading or None, list of Draft)
        From `readings`.
    weights : Weights
    """
    found: list[Candidate] = []
    for reading, mine in read:
        here = _unit_candidates(text, reading, mine, weights) if reading else []
        for draft in mine:
            if (
                reading is None
                or draft.firm
                or draft.cue is None
                or not reading.unit.inside([draft.cue])
            ):
                names = _seen(text, draft, rule_kind(draft.rule))
                here.append(Candidate(draft, [*names, "firm" if draft.firm else "nocue"]))
            if reading and draft.firm and draft.cue and draft.source:
                draft.relative = relative_before(reading.unit, draft.source, draft.cue)
        for candidate in here:
            candidate.letters = frozenset(
                [at for a, b in candidate.draft.content for at in range(a, b) if text[at].isalnum()]
            )
        _tell_nesting(here)
        found += here
    return found


def _seen(text: str, draft: Draft, rule: str) -> list[str]:
    return features(text, sorted(draft.content), draft.source, draft.cue, rule, draft.section)


def _unit_candidates(
    text: str, reading: Reading, mine: list[Draft], weights: Weights
) -> list[Candidate]:
    found = []
    unit = reading.unit
    drafts = {
        tagger.cue_head(unit, *place): draft
        for draft in reversed(mine)
        if draft.cue and (place := unit.inside([draft.cue]))
    }
    for index in range(len(unit.tokens)):
        proposal = reading.cue_at.get(index)
        if index in drafts and drafts[index].firm:
            continue
        if proposal is None and not tagger.may_be_cue(unit, index):
            continue
        cue = weights.probability("cue", tagger.cue_features(reading, index))
        if cue < _LEAST_CUE and proposal is None:
            continue
        if index not in drafts and (hands_on(unit.tokens, index) or is_unsaid(unit.tokens, index)):
            continue
        asked = tagger.ask(reading, index)
        contents = likely_contents(asked, weights)
        own = proposal.content if proposal else []
        if any(is_nobodys(unit.tokens, index, span) for span in own):
            own = []
        if contents and any(is_nobodys(unit.tokens, index, span) for span in contents[0][1]):
            contents = [(_UNRANKED, own)] if own else []
        if not contents:
            continue
        head, head_score = likely_head(asked, weights)
        read = contents[:1]
        if own and not _same_extent(unit, own, read[0][1]):
            by_rule = [one for one in contents if set(one[1]) == set(own)]
            read = [*read, *(by_rule or [(_UNRANKED, own)])]
        for score, content in read:
            draft = _draft(reading, index, content, head, proposal, drafts.get(index))
            names = _seen(text, draft, proposal.kind if proposal else "r")
            names += _certainty(cue, score, head_score, content, head, proposal)
            found.append(Candidate(draft, names, cue, proposal is not None))
    return found


def _certainty(
    cue: float,
    score: float,
    head_score: float,
    content: list[tuple[int, int]],
    head: int,
    proposal: Proposal | None,
) -> list[str]:
    """How sure the first models are, and whether the rules agree."""
    sure, source = _tenth(math.exp(score)), _tenth(math.exp(head_score))
    agrees = same = "-"
    if proposal:
        held = set(proposal.content)
        agrees = "=" if held == set(content) else "~" if held & set(content) else "!"
        inside = proposal.source is not None and proposal.source[0] <= head < proposal.source[1]
        same = "=" if inside or (proposal.source is None and head == NONE) else "!"
    likely = _tenth(cue)
    return [
        f"pc={likely}",
        f"lc={sure}",
        f"ps={source}",
        f"pj={_tenth(cue * math.exp(score + head_score))}",
        f"pcc={likely},{sure}",
        f"pcs={likely},{source}",
        f"ag={agrees},{same}",
        f"agp={agrees},{likely}",
        f"agl={agrees},{sure}",
        f"sag={same},{source}",
        f"pcx={likely},{sure},{agrees}",
    ]


def _tenth(probability: float) -> str:
    return str(min(9, int(probability * 10)))


def _tell_nesting(found: list[Candidate]) -> None:
    """Name, for each candidate, how its words lie to those of the others in its unit."""
    for one in found:
        for other in found:
            common = len(one.letters & other.letters) if other is not one else 0
            if not common:
                continue
            within, around = 2 * common >= len(one.letters), 2 * common >= len(other.letters)
            kind = "same" if within and around else "in" if within else "out" if around else "x"
            likelier = ">" if other.cue_probability > one.cue_probability else "<"
            one.names.append(f"nest={kind}{_tenth(other.cue_probability)}")
            one.names.append(f"nestc={kind},{likelier},{_tenth(one.cue_probability)}")


def _draft(
    reading: Reading,
    cue: int,
    content: list[tuple[int, int]],
    head: int,
    proposal: Proposal | None,
    draft: Draft | None,
) -> Draft:
    """Write down a reading as a draft; words of the rules' draft are kept where they agree."""
    unit = reading.unit
    content = [
        (first + (unit.classes[first] == "that" and last - first > 1), last)
        for first, last in content
    ]
    spans = [unit.span(*place) for place in content]
    source = unit.span(*mention(reading, cue, head)) if head != NONE else None
    relative = relative_before(unit, source, unit.span(cue, cue + 1)) if source else None
    word = unit.tokens[cue].text
    if proposal is None or draft is None:
        rule = f"cue “{word}” by its words and neighbours; source by its place"
        if source is None:
            rule = f"cue “{word}” by its words and neighbours; no source named"
        first, last = unit.tokens[cue].start, unit.tokens[cue].end
        return Draft(
            spans, source, (first, last), unit.paragraph, unit.section, rule, relative=relative
        )
    low, high = unit.tokens[0].start, unit.tokens[-1].end
    spans += [span for span in draft.content if span[1] <= low or span[0] >= high]
    rule = draft.rule
    if _same_extent(unit, proposal.content, content):
        spans = draft.content  # the same words; the rules draw their edges by the codebook
    else:
        rule += _WIDENED
    return Draft(
        sorted(spans), source, draft.cue, draft.paragraph, draft.section, rule, draft.via, relative
    )


def _same_extent(unit: Unit, one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    """Whether two contents differ by one token, or share two thirds of the longer one."""
    tokens = ({at for place in places for at in range(*place)} for places in (one, other))
    if len(set.symmetric_difference(*tokens)) <= 1:
        return True
    first, second = (
        {at for a, b in (unit.span(*p) for p in places) for at in range(a, b)}
        for places in (one, other)
    )
    return 3 * len(first & second) >= 2 * max(len(first), len(second))
