"""Read judgements on a thing in a clause that depends on it.

"What Roe called “a farce”", "the film, which Roe had called a fake", "…, a step that Roe
welcomed". The words judged are the content, with the thing they are said of where they are not
quoted; the clause around is the reporter's.
"""

from __future__ import annotations

from analysis.adverbials import skip_adverbials_left
from analysis.cued import Attribution
from analysis.cues import AUXILIARIES, cue_forms
from analysis.source_words import DETERMINERS, PRONOUNS
from analysis.sources import Subject, names_a_source, subject_before
from analysis.tokens import Token

_JUDGES = frozenset(
    """called calls described describes termed terms labelled labeled labels dubbed dubs branded
    brands characterised characterized characterises characterizes considered considers hailed
    hails denounced denounces condemned condemns dismissed dismisses praised praises""".split()
)
_NEEDS_AS = frozenset(
    """described describes hailed hails denounced denounces condemned condemns dismissed dismisses
    praised praises characterised characterized characterises characterizes""".split()
)
_PREPOSITIONS = frozenset(
    "of in on at for with about by from over against into around between among towards".split()
)
SUMMARIES = frozenset(
    """step move decision promise claim charge accusation allegation assertion pledge demand plan
    proposal idea suggestion argument view assessment description figure prospect outcome remark
    comparison verdict characterisation characterization""".split()
)
_REACH = 14  # tokens from a relative pronoun to its verb


def what_somebody_called(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "what Roe called “a farce” in the hall".

    Parameters
    ----------
    tokens : list of Token
        A sentence; quotations are single tokens.
    index : int
        Where "what" stands.

    Returns
    -------
    list of Attribution
        None or one, token ranges with the end exclusive.
    """
    found = _judgement(tokens, index)
    if found is None:
        return []
    subject, verb, start = found
    if tokens[start].lower == "it":  # "“…” is what Roe called it"
        if index < 2 or not tokens[index - 2].is_quotation:
            return []
        return [_attribution([(index - 2, index - 1)], subject, verb, "what it was called", index)]
    if tokens[subject.first].lower in PRONOUNS:
        # "Roe said they must end what he called a farce": still Roe's own content.
        earlier = any(t.lower in cue_forms() for t in tokens[:index])
        if earlier and tokens[index - 1].lower not in {"and", "but", ","}:
            return []
    content = (start, _complement_end(tokens, start))
    edge = index - (tokens[index - 1].lower in {"and", "but"}) if index else index
    return [_attribution([content], subject, verb, "what somebody called it", edge)]


def which_somebody_called(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "the film, which Roe had called a fake": the film, a fake."""
    if index < 2 or tokens[index - 1].text != ",":
        return []
    found = _judgement(tokens, index)
    if found is None:
        return []
    subject, verb, start = found
    content = [(start, _complement_end(tokens, start))]
    if not any(t.is_quotation for t in tokens[start : content[0][1]]):
        thing = _noun_phrase(tokens, index - 1)
        if thing is None:
            return []
        content = [thing, *content]
    return [_attribution(content, subject, verb, "which somebody called it", index - 1)]


def quoted_it(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "“Childish,” Roe called it": the quotation, not "it"."""
    verb = index - 1
    if verb < 2 or tokens[verb].lower not in _JUDGES:
        return []
    subject = _subject(tokens, verb, 0)
    if subject is None or not subject.first or not tokens[subject.first - 1].is_quotation:
        return []
    content = [(subject.first - 1, subject.first)]
    return [_attribution(content, subject, verb, "what it was called", subject.first - 1)]


def summary_received(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "…, a step that Roe welcomed" and "…, a charge Roe denies"."""
    first = index - 1
    if first > 0 and tokens[first].lower not in DETERMINERS:
        first -= 1
    if first < 2 or tokens[first].lower not in DETERMINERS or tokens[first - 1].text != ",":
        return []
    after = index + 1
    if after < len(tokens) and tokens[after].lower in {"that", "which"}:
        after += 1
    for verb in range(after + 1, min(after + 8, len(tokens))):
        cue = cue_forms().get(tokens[verb].lower)
        if tokens[verb].text in {",", ";", "."} or tokens[verb].is_quotation:
            return []
        if cue is None or tokens[verb].is_capital or not cue.frames & {"n", "g"}:
            continue
        last = tokens[verb + 1] if verb + 1 < len(tokens) else None
        if last is not None and last.is_word and last.lower not in {"and", "but", "on", "in"}:
            continue
        subject = _subject(tokens, verb, after)
        if subject:
            content = [(first, index + 1)]
            return [_attribution(content, subject, verb, "summary that is received", first - 1)]
    return []


def _judgement(tokens: list[Token], index: int) -> tuple[Subject, int, int] | None:
    """Who judges in a relative clause, the verb, and where the judgement begins."""
    for verb in range(index + 2, min(index + _REACH, len(tokens) - 1)):
        token = tokens[verb]
        if token.is_quotation or token.text in {",", ";", ":", "."}:
            return None
        if token.lower not in _JUDGES or token.is_capital:
            continue
        linked = tokens[verb + 1].lower == "as"
        if token.lower in _NEEDS_AS and not linked:
            continue
        start = verb + 1 + linked
        subject = _subject(tokens, verb, index + 1)
        if subject is None or start >= len(tokens):
            continue
        opener = tokens[start]
        if opener.is_quotation or (opener.is_word and opener.lower not in _PREPOSITIONS | {"by"}):
            return subject, verb, start
    return None


def _subject(tokens: list[Token], verb: int, floor: int) -> Subject | None:
    at = skip_adverbials_left(tokens, verb, floor)
    subject = subject_before(tokens, at, floor) if at > floor else None
    if subject and names_a_source(tokens, subject.first, subject.last):
        return subject
    return None


def _complement_end(tokens: list[Token], start: int) -> int:
    """Where a judgement ends: behind its quotation and what depends on it."""
    for index in range(start + 1, min(start + 16, len(tokens))):
        token = tokens[index]
        if token.lower in AUXILIARIES or not (token.is_word or token.is_quotation):
            return index
        if token.lower in {"and", "but", "while", "as", "when", "after", "before", "who", "which"}:
            return index
        if tokens[index - 1].is_quotation and token.lower not in _PREPOSITIONS:
            return index
    return min(start + 16, len(tokens))


def _noun_phrase(tokens: list[Token], last: int) -> tuple[int, int] | None:
    """The noun phrase that ends at ``last``, from its determiner."""
    for index in range(last - 1, max(-1, last - 9), -1):
        if not tokens[index].is_word:
            return None
        if tokens[index].lower in DETERMINERS:
            return index, last
    return None


def _attribution(
    content: list[tuple[int, int]], subject: Subject, verb: int, words: str, edge: int
) -> Attribution:
    rule = f"{words}; {subject.rule}"
    source = (subject.first, subject.last)
    return Attribution(content, source, (verb, verb + 1), rule, firm=True, edge=edge)
