"""Read the sentence shapes in which content and source stand where no verb's frame puts them.

"From Roe came an appeal for …", "There was a pledge from Roe that …", "Roe's message was that …",
"Late is how Roe describes it", "So said Roe: …". Each reader looks at one token and answers
quickly where its shape cannot begin there; passives have a room of their own.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.adverbials import skip_adverbials_left, skip_adverbials_right
from analysis.contents import trim
from analysis.cued import Attribution
from analysis.cues import SPEECH_NOUNS, cue_forms
from analysis.idioms import (
    WORDS_OF,
    before_colon,
    holds_that,
    in_own_words,
    let_known,
    name_behind_dash,
    others_that,
    owner_of,
    put_at,
    said_and_repeated,
    said_as_much,
    used_the_word,
)
from analysis.passives import reports_passively
from analysis.relatives import (
    SUMMARIES,
    quoted_it,
    summary_received,
    what_somebody_called,
    which_somebody_called,
)
from analysis.source_words import DETERMINERS, PRONOUNS
from analysis.sources import Subject, mention_after, names_a_source, subject_before
from analysis.tokens import Token

_BE = frozenset("is was are were".split())
_COMES = frozenset("came comes come".split())
_HEARS = frozenset("heard hears learned learnt learns".split())
_MANNER = frozenset("describes described sees saw puts put calls called characterised".split())
_VIEWS = frozenset(
    """words telling view opinion account eyes reading estimation judgment judgement version mind
    count estimate reckoning admission phrase""".split()
)
_MADE = frozenset("made voiced repeated levelled leveled advanced raised aired issued".split())
_TELLS = frozenset("sees saw tells told has had put puts called calls described".split())
_NOUN_LINKS = frozenset("for of over about at that on against".split())


def constructions(tokens: list[Token]) -> list[Attribution]:
    """Find the attributions whose shape is not cue, source and content side by side.

    Parameters
    ----------
    tokens : list of Token
        The sentence; quotations are single tokens.

    Returns
    -------
    list of Attribution
        Token ranges, end exclusive, in reading order.
    """
    found: list[Attribution] = []
    for index, token in enumerate(tokens):
        for reader in _READERS.get(token.lower, ()):
            if not any(_holds(item, index) for item in found):
                found += reader(tokens, index)
    return found + reports_passively(tokens)


def _holds(item: Attribution, index: int) -> bool:
    """Whether a token is the cue of an attribution that is found already."""
    return item.cue is not None and item.cue[0] <= index < item.cue[1]


def _whole(tokens: list[Token], start: int) -> list[tuple[int, int]]:
    """Content from ``start`` to the end of its clause."""
    stop = next((i for i in range(start, len(tokens)) if tokens[i].text == ";"), len(tokens))
    span = trim(tokens, start, stop)
    return [span] if span else []


def _source(tokens: list[Token], start: int) -> Subject | None:
    """Mention that begins at ``start``, if it is somebody who could speak."""
    mention = mention_after(tokens, start, len(tokens))
    if mention and names_a_source(tokens, mention.first, mention.last):
        return mention
    return None


def _built(
    content: list[tuple[int, int]], source: Subject, cue: tuple[int, int], words: str
) -> list[Attribution]:
    if not content:
        return []
    rule = f"{words}; {source.rule}"
    return [Attribution(content, (source.first, source.last), cue, rule, firm=True)]


def _from(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "From Roe came an appeal for …" and "There was a pledge from Roe that …".

    Also "the accusation, made by Roe in May, that …" and "the word from Roe was that …".
    """
    mention = _source(tokens, index + 1)
    if mention is None or mention.last + 2 >= len(tokens):
        return []
    after = mention.last
    if index == 0 and tokens[after].lower in _COMES:
        for noun in range(after + 1, min(after + 6, len(tokens) - 1)):
            if tokens[noun].lower in WORDS_OF and tokens[noun + 1].lower in _NOUN_LINKS:
                content = _whole(tokens, noun + 2)
                return _built(content, mention, (after, noun + 1), "speech that comes from")
        return []
    if tokens[after].text == "," and tokens[index - 1].text == ",":  # "The reply, from Roe, was"
        noun, after = index - 2, after + 1
        if noun >= 0 and tokens[noun].lower in WORDS_OF and tokens[after].lower in _BE:
            start = after + 1 + (tokens[after + 1].lower == "that")
            if tokens[start - 1].lower == "that" or tokens[start].is_quotation:
                return _built(
                    _whole(tokens, start), mention, (noun, noun + 1), "speech that comes from"
                )
        return []
    noun = index - 1
    if noun > 1 and tokens[noun - 1].text == "," and tokens[noun].lower in _MADE:
        comma = next(
            (i for i in range(after, min(after + 8, len(tokens) - 2)) if tokens[i].text == ","),
            None,
        )
        if tokens[noun - 2].lower in WORDS_OF and comma and tokens[comma + 1].lower == "that":
            content = _whole(tokens, comma + 2)
            return _built(content, mention, (noun - 2, noun - 1), "speech that comes from")
        return []
    if noun >= 0 and tokens[noun].lower in WORDS_OF and tokens[after].lower in _BE:
        start = after + 1 + (tokens[after + 1].lower == "that")
        if tokens[start - 1].lower == "that" or tokens[start].is_quotation:
            return _built(_whole(tokens, start), mention, (noun, index), "speech that comes from")
    if tokens[after].lower != "that" or index < 1:
        return []
    if tokens[noun].lower in WORDS_OF:
        return _built(
            _whole(tokens, after + 1), mention, (noun, noun + 1), "speech that comes from"
        )
    if tokens[noun].lower == "it" and tokens[noun - 1].lower in {"had", "has", "have"}:
        return _had_it(tokens, noun - 1, mention)
    # "The council heard on Friday from Roe that …"
    for verb in range(index - 1, max(index - 5, 0), -1):
        if tokens[verb].lower in _HEARS:
            if skip_adverbials_right(tokens, verb + 1) != index:
                return []
            return _built(
                _whole(tokens, after + 1), mention, (verb, verb + 1), "speech that is heard from"
            )
    return []


def _had_it(tokens: list[Token], verb: int, teller: Subject) -> list[Attribution]:
    """Read "Roe said she had it from Doe that …": Roe speaks, Doe is the link behind her."""
    for said in range(verb - 1, 0, -1):
        cue = cue_forms().get(tokens[said].lower)
        if cue is None or "q" not in cue.frames:
            continue
        subject = subject_before(tokens, said)
        if subject is None or not names_a_source(tokens, subject.first, subject.last):
            return []
        built = _built(_whole(tokens, teller.last + 1), subject, (said, said + 1), "had it from")
        for item in built:
            item.via.append((teller.first, teller.last))
        return built
    return []


def _it_was(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "It was Roe who warned that …"."""
    if index + 5 >= len(tokens) or tokens[index + 1].lower not in {"was", "is"}:
        return []
    mention = _source(tokens, index + 2)
    relative = next((i for i in range(index + 3, index + 12) if _is_relative(tokens, i)), None)
    if mention is None or relative is None or mention.first + 8 < relative:
        return []
    verb = skip_adverbials_right(tokens, relative + 1)
    cue = cue_forms().get(tokens[verb].lower) if verb + 1 < len(tokens) else None
    if cue is None or "q" not in cue.frames or tokens[verb + 1].lower != "that":
        return []
    speaker = Subject(mention.first, relative, mention.rule)
    return _built(_whole(tokens, verb + 2), speaker, (verb, verb + 1), "it was X who")


def _is_relative(tokens: list[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].lower in {"who", "that", "which"}


def _as(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "As Roe sees it, …" and "…, as Roe tells it", "“frozen”, as Roe put it"."""
    quoted = next((i for i in (index - 1, index - 2) if i >= 0 and tokens[i].is_quotation), None)
    if quoted is None and index and tokens[index - 1].text not in {",", ";", "–", "—"}:
        return []
    for verb in range(index + 2, min(index + 9, len(tokens) - 1)):
        if tokens[verb].lower not in _TELLS or tokens[verb + 1].lower != "it":
            continue
        subject = subject_before(tokens, verb, index + 1)
        if subject is None or not names_a_source(tokens, subject.first, subject.last):
            return []
        if quoted is not None:
            return _built([(quoted, quoted + 1)], subject, (verb, verb + 2), "as X put it")
        behind = _whole(tokens, verb + 2) if verb + 2 < len(tokens) else []
        if behind and tokens[behind[0][0]].is_quotation:
            return _built(behind, subject, (verb, verb + 2), "as X put it")
        low = next((i + 1 for i in range(index - 1, -1, -1) if tokens[i].text == ";"), 0)
        before = trim(tokens, low, index) if index > low else None
        content = [*([before] if before else []), *behind]
        return _built(content, subject, (verb, verb + 2), "as X sees it")
    return []


def _there(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "there was anger in Paris over “…”": a capital's feeling at something."""
    if index + 6 >= len(tokens) or tokens[index + 1].lower not in _BE:
        return []
    for noun in range(index + 2, min(index + 5, len(tokens) - 3)):
        if tokens[noun].lower not in SPEECH_NOUNS:
            continue
        if tokens[noun + 1].lower != "in" or not tokens[noun + 2].is_capital:
            return []
        last = noun + 3
        while last < len(tokens) and tokens[last].is_capital:
            last += 1
        if last < len(tokens) and tokens[last].lower in _NOUN_LINKS:
            place = Subject(noun + 2, last, "the place that speaks")
            return _built(_whole(tokens, last + 1), place, (noun, noun + 1), "feeling of a place")
        return []
    return []


def _so(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "So said Roe, and so, later, said Doe: …": each of them said it."""
    colon = next((i for i in range(index, len(tokens)) if tokens[i].text == ":"), None)
    if index or colon is None or tokens[1].lower not in {"said", "says", "say"}:
        return []
    found: list[Attribution] = []
    content = _whole(tokens, colon + 1)
    for verb in range(1, colon - 1):
        if tokens[verb].lower in {"said", "says", "say"}:
            mention = _source(tokens, verb + 1)
            if mention and mention.last <= colon:
                found += _built(content, mention, (verb, verb + 1), "“so said” before a colon")
    return found


def _how(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Unacceptable is how Roe describes the delay"."""
    adverb = index > 2 and tokens[index - 1].lower in {"also", "once", "just"}
    if index < 2 or tokens[index - 1 - adverb].lower not in _BE:
        return []
    for verb in range(index + 2, min(index + 12, len(tokens) - 1)):
        if tokens[verb].lower in _MANNER:
            subject = subject_before(tokens, verb, index + 1)
            that = index > 2 and tokens[index - 2].lower == "that"  # "“…” – that is how Roe …"
            left, right = (
                trim(tokens, 0, index - 1 - that - adverb),
                trim(tokens, verb + 1, len(tokens)),
            )
            if subject is None or left is None or right is None:
                return []
            if names_a_source(tokens, subject.first, subject.last):
                bare = tokens[right[0]].lower == "it" and right[1] - right[0] == 1
                return _built(
                    [left] if bare else [left, right],
                    subject,
                    (verb, verb + 1),
                    "“is how” X describes it",
                )
            return []
    return []


def _all(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "“…,” was all Roe would say"."""
    if index < 2 or tokens[index - 1].lower not in _BE or not tokens[index - 2].is_quotation:
        return []
    for verb in range(index + 2, min(index + 10, len(tokens))):
        if tokens[verb].lower in {"say", "said", "offer", "offered", "answer"}:
            subject = subject_before(tokens, verb, index)
            if subject and names_a_source(tokens, subject.first, subject.last):
                content = [(index - 2, index - 1)]
                return _built(content, subject, (verb, verb + 1), "all that was said")
            return []
    return []


def _only(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Roe did not say whether …, only that …": what is said after all."""
    if index < 4 or index + 2 >= len(tokens) or tokens[index - 1].text != ",":
        return []
    if tokens[index + 1].lower != "that":
        return []
    for verb in range(index - 1, 0, -1):
        cue = cue_forms().get(tokens[verb].lower)
        if cue is None or "q" not in cue.frames or tokens[verb - 1].lower != "not":
            continue
        subject = subject_before(tokens, skip_adverbials_left(tokens, verb, 0))
        if subject and names_a_source(tokens, subject.first, subject.last):
            content = _whole(tokens, index + 2)
            return _built(content, subject, (verb, verb + 1), "not said, only that")
        return []
    return []


def _noun_was(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Roe's message to the islands was that …" and "It was Roe's view … that …"."""
    owner = index - 1
    while owner > max(0, index - 4) and not tokens[owner].lower.endswith(("'s", "s'")):
        if not tokens[owner].is_word or tokens[owner].lower in DETERMINERS:
            break
        owner -= 1
    source = owner_of(tokens, owner)
    if source is None:
        return []
    first = source.first
    if first >= 2 and tokens[first - 1].lower in _BE and tokens[first - 2].is_quotation:
        return _built([(first - 2, first - 1)], source, (index, index + 1), "somebody's words")
    cleft = first >= 2 and tokens[first - 1].lower in _BE and tokens[first - 2].lower == "it"
    start = _that_after(tokens, index, cleft)
    if start is None:
        return []
    return _built(_whole(tokens, start), source, (index, index + 1), "somebody's words")


def _that_after(tokens: list[Token], noun: int, cleft: bool) -> int | None:
    """Start of the clause in "remark, made there, that …" or "message to X was that …"."""
    at = noun + 1
    if at + 2 >= len(tokens):
        return None
    if tokens[at].text == ",":  # something inserted, between commas
        closing = next(
            (i for i in range(at + 1, min(at + 12, len(tokens) - 2)) if tokens[i].text == ","), None
        )
        if closing is None or tokens[closing + 1].lower != "that":
            return None
        return closing + 2
    if cleft:
        return at + 1 if tokens[at].lower == "that" else None
    for step in range(at, min(at + 7, len(tokens) - 1)):
        if tokens[step].lower in _BE:
            if tokens[step + 1].is_quotation:
                return step + 1
            return step + 2 if tokens[step + 1].lower == "that" else None
        if not tokens[step].is_word or tokens[step].lower in PRONOUNS | {"that"}:
            return None
    return None


def _readers() -> dict[str, tuple[Callable[[list[Token], int], list[Attribution]], ...]]:
    """The readers to ask at a word."""
    by_reader = {
        _from: {"from", "by"},
        _there: {"there"},
        _so: {"so"},
        _it_was: {"it"},
        quoted_it: {"it"},
        _as: {"as"},
        _how: {"how"},
        _all: {"all"},
        _only: {"only"},
        what_somebody_called: {"what"},
        which_somebody_called: {"which", "whom"},
        summary_received: SUMMARIES,
        put_at: {"put", "puts"},
        let_known: {"known", "clear", "plain", "understood", "doubt", "record", "secret"},
        said_as_much: {"much"},
        in_own_words: _VIEWS,
        before_colon: {":"},
        name_behind_dash: {"–", "—"},
        used_the_word: {"word", "words", "phrase", "term", "expression"},
        others_that: {"that"},
        said_and_repeated: {"that"},
        holds_that: WORDS_OF | {"point", "position"},
        _noun_was: WORDS_OF,
    }
    found: dict[str, tuple] = {}
    for reader, words in by_reader.items():
        for word in words:
            found[word] = (*found.get(word, ()), reader)
    return found


_READERS = _readers()
