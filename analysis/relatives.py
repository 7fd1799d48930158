"""Read judgements on a thing in a clause that depends on it.

"What Roe called “a farce”", "the film, which Roe had called a fake", "…, a step that Roe
welcomed". The words judged are the content, with the thing they are said of where they are not
quoted; the clause around is the reporter's.
"""

from __future__ import annotations

from analysis.adverbials import is_adverbial, skip_adverbials_left
from analysis.cued import Attribution
from analysis.cues import AUXILIARIES, cue_forms
from analysis.source_words import DETERMINERS, PRONOUNS
from analysis.sources import Subject, mention_after, names_a_source, subject_before
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
    comparison verdict characterisation characterization report version finding findings claims
    account charges accusations allegations assertions demands reports remarks
    suggestions""".split()
)
_RECEIVED = frozenset(
    """denied disputed rejected dismissed contested welcomed criticised criticized condemned echoed
    praised challenged questioned""".split()
)
_TIME_OPENERS = frozenset("and but on in within after at before during for from last".split())
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
    """Read "…, a step that Roe welcomed", "…, a charge Roe denied within hours".

    Also "…, claims which Roe dismissed as false" and, where it opens the sentence, "The charges,
    which Roe denies, …".
    """
    opening = _opens_relative(tokens, index)
    first = index - 1
    if first > 0 and tokens[first].lower not in DETERMINERS:
        first -= 1
    after = index + 1
    linked = after < len(tokens) and tokens[after].lower in {"that", "which"}
    if opening is not None:
        first, after, linked = 0, opening, True
    elif index > 1 and tokens[index - 1].text == "," and tokens[index].lower.endswith("s"):
        if not linked and _received_by(tokens, after) is None:
            return []
        first = index
    elif first < 2 or tokens[first].lower not in DETERMINERS or tokens[first - 1].text != ",":
        return []
    after += linked
    denied = None if linked else _received_by(tokens, index + 1)
    if denied is not None:
        content = [(first, index + 1)]
        return [_attribution(content, denied, index + 1, "summary that is received", first - 1)]
    for verb in range(after + 1, min(after + 8, len(tokens))):
        cue = cue_forms().get(tokens[verb].lower)
        if tokens[verb].text in {",", ";", "."} or tokens[verb].is_quotation:
            return []
        if cue is None or tokens[verb].is_capital or not cue.frames & {"n", "g"}:
            continue
        content = [(first, index + 1)]
        last = tokens[verb + 1] if verb + 1 < len(tokens) else None
        if last is not None and last.lower == "as" and verb + 2 < len(tokens):
            if opening is None and not tokens[verb + 2].is_quotation:
                content.append((verb + 2, _complement_end(tokens, verb + 2)))
            elif tokens[verb + 2].is_quotation:
                content.append((verb + 2, verb + 3))
        elif last is not None and last.is_word and not _tells_when(last):
            continue
        subject = _subject(tokens, verb, after)
        if subject:
            edge = first if opening is not None else first - 1
            return [_attribution(content, subject, verb, "summary that is received", edge)]
    return []


def _received_by(tokens: list[Token], verb: int) -> Subject | None:
    """Who receives in "…, an account disputed by Roe"."""
    if verb + 2 >= len(tokens) or tokens[verb + 1].lower != "by":
        return None
    if tokens[verb].lower not in _RECEIVED:
        return None
    agent = mention_after(tokens, verb + 2, len(tokens))
    return agent if agent and names_a_source(tokens, agent.first, agent.last) else None


def _opens_relative(tokens: list[Token], index: int) -> int | None:
    """Where "which" stands in "The charges, which …" at the start of a sentence."""
    if index not in {1, 2} or tokens[0].lower not in DETERMINERS or index + 2 >= len(tokens):
        return None
    which = tokens[index + 1].text == "," and tokens[index + 2].lower == "which"
    return index + 2 if which else None


def _tells_when(token: Token) -> bool:
    """Whether a word behind a verb leads to a time or to the next clause, not to an object."""
    return token.lower in _TIME_OPENERS or is_adverbial(token)


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
