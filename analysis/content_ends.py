"""Say where content behind a cue ends: at the next clause, or where the reporter takes over."""

from __future__ import annotations

from analysis.adverbials import is_adverbial
from analysis.cued import Cued
from analysis.cues import AMBIGUOUS, AUXILIARIES
from analysis.relatives import SUMMARIES
from analysis.source_words import DETERMINERS, PRONOUNS, TEMPORAL
from analysis.sources import Subject, has_verb
from analysis.tokens import Token

_RELATIVE = "antecedent of the relative pronoun"
_MENTAL_FORMS = frozenset("thought felt knew hoped wanted found believed asked told".split())
_DEEDS = frozenset("left went took gave sent held met flew rose sat stood withdrew".split())
COORDINATORS = frozenset("and but while whereas".split())


def content_end(
    tokens: list[Token],
    start: int,
    hit: Cued,
    later: list[Cued],
    according: list[tuple[int, int, int]],
) -> int:
    """Where content gives way: the next cue's clause, "according to", "without …-ing"."""
    clausal = hit.cue is not None and "q" in hit.cue.frames
    if clausal and tokens[start - 1].lower in hit.cue.prepositions:  # "warned against sailing"
        clausal = False
    stops = {cue for cue, _, _ in according if cue > start and tokens[cue - 1].text == ","}
    for other in later:
        if other.first <= start:
            continue
        before = tokens[other.clause_first - 1] if other.clause_first else None
        edge = other.clause_first
        if other.subject and other.subject.rule == _RELATIVE:
            edge = other.subject.last
        if _resumes(tokens, hit, other) and other.first > start:
            stops.add(_verb_start(tokens, other) - 1)
        if other.participle and before is not None and before.text in {",", "—", "–", ";"}:
            stops.add(edge)
        elif other.participle and before is not None and before.lower in COORDINATORS:
            if hit.participle:  # "citing threats and calling the mood bad"
                stops.add(edge - 1)
        elif other.inherits and not other.participle and before is not None:
            # Inside "said he had met X and asked Y" the second verb belongs to the content.
            if (
                not clausal
                or _parallel_object(tokens, start, hit, edge)
                or (edge > 1 and _breaks(tokens[edge - 2]))
                or _same_tense(hit, other)
            ):
                stops.add(edge - 1 if before.lower in COORDINATORS | {"then", "or"} else edge)
        elif other.subject and edge > start:
            mark = tokens[edge - 1].text if edge else ""
            opener = tokens[edge].text if edge < len(tokens) else ""
            joined = tokens[edge - 1].lower in COORDINATORS and edge - 2 > start
            if mark in {",", ";", "—", "–"} or opener == ",":
                stops.add(edge)
            elif joined and (not clausal or _breaks(tokens[edge - 2])):
                stops.add(edge - 1)
    quotes = [i for i in range(start, len(tokens)) if tokens[i].is_quotation]
    if quotes:
        stops.update(_turns_behind(tokens, quotes[-1]))
    relative = hit.subject and tokens[hit.subject.first - 1].lower in {"which", "whom"}
    if hit.subject and hit.subject.first and relative:  # "the plan, which Roe said was dead, …"
        stops.update(i for i in range(start + 1, len(tokens)) if tokens[i].text == ",")
    if hit.first and tokens[hit.first - 1].lower == "having":  # "Roe, having said no, sent forty"
        stops.update(i for i in range(start + 1, len(tokens)) if tokens[i].text == ",")
    if hit.subject and hit.subject.rule == _RELATIVE:  # "Roe, who said it would hold, left"
        stops.update(
            i for i in range(start + 1, len(tokens)) if _main_verb_behind(tokens, hit.subject, i)
        )
    for index in range(start + 1, len(tokens) - 1):
        if not clausal and tokens[index].lower in {"after", "before", "while", "when"}:
            following = tokens[index + 1]
            if following.lower in PRONOUNS or following.is_capital:
                stops.add(index)
        if tokens[index].text == "," and tokens[index + 1].lower == "without":
            stops.add(index)
        if tokens[index].text == ";" or (tokens[index].text == "," and turns_back(tokens, index)):
            stops.add(index)
    return min([stop for stop in stops if stop > start], default=len(tokens))


def turns_back(tokens: list[Token], comma: int) -> bool:
    """Whether the reporter takes over: ", a promise made in May", ", and left without a word"."""
    first = comma + 1
    if first >= len(tokens):
        return False
    if tokens[first].lower in {"a", "an"}:
        for noun in range(first + 1, min(first + 3, len(tokens) - 1)):
            if tokens[noun].lower in SUMMARIES:
                behind = tokens[noun + 1].lower
                return behind in {"that", "which", "by"} or behind.endswith(("ed", "made"))
        return False
    if tokens[first].lower not in {"and", "but"} or first + 1 >= len(tokens):
        return False
    verb = tokens[first + 1].lower  # a verb without a subject of its own, behind a comma
    return (verb.endswith("ed") and verb not in AMBIGUOUS) or verb in _DEEDS


def _main_verb_behind(tokens: list[Token], antecedent: Subject, comma: int) -> bool:
    """Whether a relative clause that a comma opened ends at a comma, before the main verb."""
    if tokens[comma].text != "," or tokens[antecedent.last].text != ",":
        return False
    verb = comma + 1
    while verb < len(tokens) - 1 and is_adverbial(tokens[verb]):
        verb += 1
    if verb >= len(tokens):
        return False
    word = tokens[verb].lower
    return (word.endswith("ed") and word not in AMBIGUOUS) or word in _DEEDS | AUXILIARIES


def _parallel_object(tokens: list[Token], start: int, hit: Cued, edge: int) -> bool:
    """Whether a noun phrase is all that one of two verbs has: "denies the raid but regrets it"."""
    phrase = "n" in hit.cue.frames and tokens[start].lower in DETERMINERS
    return phrase and not has_verb(tokens, start, edge)


def _resumes(tokens: list[Token], hit: Cued, other: Cued) -> bool:
    """Whether a verb goes back to the main clause: "Roe, who denied it, said …"."""
    if hit.subject is None or other.subject is None or other.inverted:
        return False
    relative = hit.subject.rule == _RELATIVE
    comma = _verb_start(tokens, other) - 1
    return relative and tokens[comma].text == "," and other.subject.first <= hit.subject.first


def _verb_start(tokens: list[Token], hit: Cued) -> int:
    """First token of a verb with the adverbs before it: "…, now admits"."""
    first = hit.first
    while first > 1 and is_adverbial(tokens[first - 1]):
        first -= 1
    return first


def _turns_behind(tokens: list[Token], last: int) -> list[int]:
    """Where the reporter takes over behind the last quotation of a sentence.

    "…,” referring to …", "… “…” as he prepares to …": a participle or a clause of his own.
    """
    if last + 2 >= len(tokens):
        return []
    following = tokens[last + 1]
    comma = tokens[last].text.rstrip("”\"'’»").endswith(",")
    if comma and (following.lower.endswith("ing") or following.lower in {"a", "an", "after"}):
        return [last + 1]
    named = tokens[last + 2].is_capital and tokens[last + 2].lower not in TEMPORAL
    clause = tokens[last + 2].lower in PRONOUNS or named
    if following.lower in {"as", "after", "while", "before", "when"} and clause:
        return [last + 1]
    return []


def _same_tense(hit: Cued, other: Cued) -> bool:
    """Whether two cues look coordinated: "says … and calls", "said … and predicted"."""
    if other.participle or hit.participle or other.form in AMBIGUOUS:
        return False
    return hit.form.endswith("s") == other.form.endswith("s") and other.form not in _MENTAL_FORMS


def _breaks(token: Token) -> bool:
    """Whether a comma or the end of a quotation stands before a conjunction."""
    return token.text in {",", ";", "—", "–"} or token.is_quotation
