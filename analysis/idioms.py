"""Read set phrases of reporting, in which no verb's frame says where the content stands.

"Roe put the number at nine", "she let it be known", "Roe admitted as much", "in his own words",
"by the ministry's count", "Roe was blunt: …", "Roe took the view that …", "Roe said on Friday, and
Doe repeated on Saturday, that …".
"""

from __future__ import annotations

from analysis.adverbials import skip_adverbials_left, skip_adverbials_right
from analysis.content_ends import turns_back
from analysis.contents import trim
from analysis.cued import Attribution
from analysis.cues import (
    CLAIM_NOUNS,
    LIGHT_VERBS,
    REPORTING_ADJECTIVES,
    SPEECH_NOUNS,
    cue_forms,
)
from analysis.source_words import DETERMINERS, ROLE_NOUNS
from analysis.sources import Subject, mention_after, names_a_source, subject_before
from analysis.tokens import Token

WORDS_OF = (
    SPEECH_NOUNS
    | CLAIM_NOUNS
    | frozenset(
        """reply answer response view verdict line advice word explanation order instruction
        conclusion excuse theory prediction forecast estimate comment motto boast joke quip
        retort question assessment opinion""".split()
    )
)
_BE = frozenset("is was are were".split())
_OWNERS = frozenset("his her their its".split())
_COUNTS = frozenset("count estimate tally reckoning calculation census".split())
_QUANTIFIERS = frozenset(
    """about around nearly almost roughly some over under between more fewer less least up one two
    three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundreds
    thousands half zero""".split()
)
_DIRECT = frozenset(
    """blunt clear brief direct frank categorical defiant unequivocal emphatic curt terse firm
    succinct""".split()
)
_MADE_IT = {
    ("made", "it"), ("makes", "it"), ("making", "it"), ("left", "no"), ("leaves", "no"),
    ("made", "no"), ("makes", "no"), ("is", "on"), ("was", "on"), ("are", "on"),
}  # fmt: skip
_USED = frozenset("used uses use using chose chooses".split())
_SIMPLE = frozenset("short simple stark plain unchanged different".split())
_HOLDS = (
    frozenset(
        """put advanced advances aired airs floated floats held holds hold shared shares share took
        takes made makes dropped drops stuck sticks stood stands""".split()
    )
    | LIGHT_VERBS
)
_COLON_VERBS = frozenset("put puts read reads spelled spelt summed sums laid set".split())


def put_at(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Roe put the number of dead at nine".

    Parameters
    ----------
    tokens : list of Token
        A sentence; quotations are single tokens.
    index : int
        Where the verb stands.

    Returns
    -------
    list of Attribution
        None or one, token ranges with the end exclusive.
    """
    for at in range(index + 2, min(index + 14, len(tokens) - 1)):
        if not tokens[at].is_word or tokens[at].is_quotation:
            return []
        if tokens[at].lower != "at":
            continue
        number = tokens[at + 1]
        if not (number.text[0].isdigit() or number.lower in _QUANTIFIERS or number.text in "$€£"):
            return []
        subject = subject_before(tokens, skip_adverbials_left(tokens, index, 0))
        if subject is None or not (
            names_a_source(tokens, subject.first, subject.last)
            or tokens[subject.last - 1].lower in _COUNTS
        ):
            return []
        span = trim(tokens, index + 1, _clause_end(tokens, at + 2, {",", ";", ":", "—", "–"}))
        return _built([span], subject, (index, index + 1), "put at a number")
    return []


def let_known(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Roe let it be known that …" and "The wait, Roe made it plain, is over"."""
    words = [t.lower for t in tokens[max(0, index - 3) : index]]
    if words == ["let", "it", "be"]:
        first = index - 3
    elif tuple(words[1:]) in _MADE_IT:
        first = index - 2
    else:
        return []
    subject = subject_before(tokens, skip_adverbials_left(tokens, first, 0))
    after = skip_adverbials_right(tokens, index + 1)
    if subject is None or not names_a_source(tokens, subject.first, subject.last):
        return []
    cue = (first, index + 1)
    opener = tokens[after].lower if after + 1 < len(tokens) else ""
    if opener in {"that", "as", "of"}:
        after += 2 if opener == "as" and tokens[after + 1].lower == "saying" else 1
        after += tokens[after].lower == "that"
        return _built([_rest(tokens, after)], subject, cue, "let it be known")
    if words[2] == "it" and tokens[index].lower != "known" and opener.isalpha():
        if after == index + 1 and opener not in {"in", "on", "at", "to", "with", "when", "as"}:
            return _built([_rest(tokens, after)], subject, cue, "let it be known")
    if subject.first < 3 or tokens[subject.first - 1].text != ",":
        return []
    parts = [trim(tokens, 0, subject.first)]
    if after < len(tokens) and tokens[after].text == ",":
        parts.append(_rest(tokens, after + 1))
    return _built(parts, subject, cue, "let it be known")


def said_as_much(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Roe acknowledged as much": words that stand for what came before."""
    if index < 3 or tokens[index - 1].lower != "as":
        return []
    cue = cue_forms().get(tokens[index - 2].lower)
    if cue is None or "q" not in cue.frames:
        return []
    if index + 1 < len(tokens) and tokens[index + 1].lower in {"as", "about", "to"}:
        return []
    subject = subject_before(tokens, skip_adverbials_left(tokens, index - 2, 0))
    if subject is None or not names_a_source(tokens, subject.first, subject.last):
        return []
    return _built([(index - 1, index + 1)], subject, (index - 2, index - 1), "said as much")


def in_own_words(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "In Roe's telling, …", "In his own words he is “…”", "By the ministry's count, …"."""
    owner = index - 1
    if owner > 0 and tokens[owner].lower in {"own", "latest", "first", "official"}:
        owner -= 1
    if owner < 1:
        return []
    first = owner
    if tokens[owner].lower not in _OWNERS:
        if not tokens[owner].lower.endswith(("'s", "s'")):
            return []
        while first and first > owner - 6 and tokens[first - 1].is_word:
            if tokens[first - 1].lower in {"in", "by", "on", "to"}:
                break
            first -= 1
    opener = first - 1
    if opener < 0 or tokens[opener].lower not in {"in", "by", "to", "on"}:
        return []
    if opener and tokens[opener - 1].text not in {",", ";", "–", "—", ":"}:
        return []
    if tokens[owner].lower not in _OWNERS and not names_a_source(tokens, first, owner + 1):
        return []
    low = next((i + 1 for i in range(opener - 1, -1, -1) if tokens[i].text in ";:"), 0)
    if any(t.lower in cue_forms() for t in tokens[low:opener]):
        return []  # "Roe said it was, in her words, “fine”": read with that cue
    high = _clause_end(tokens, index + 1, {";"})
    quoted = next((i for i in range(index + 1, high) if tokens[i].text == ":"), high)
    if quoted < high and tokens[quoted - 1].is_quotation:
        high = quoted
    parts = [trim(tokens, low, opener), trim(tokens, index + 1, high)]
    cue = (index - (tokens[index - 1].lower == "own"), index + 1)
    source = Subject(first, owner + 1, "possessive source")
    return _built(parts, source, cue, "in somebody's words")


def before_colon(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Roe was blunt: …", "she read it out: …", "his verdict: …", "Roe: “…”"."""
    if index < 1 or index + 1 >= len(tokens):
        return []
    content, last = [_rest(tokens, index + 1)], tokens[index - 1].lower
    if last in _DIRECT | _SIMPLE | REPORTING_ADJECTIVES:
        verb = skip_adverbials_left(tokens, index - 1, 0)
        if verb < index - 1 and any(t.lower in _BE for t in tokens[verb : index - 1]):
            noun = next((i for i in range(verb - 1, 0, -1) if tokens[i].lower in WORDS_OF), 0)
            source = owner_of(tokens, noun - 1) if noun else None
            if noun and tokens[noun + 1].lower == "from":  # "The order from Roe was plain: …"
                source = mention_after(tokens, noun + 2, verb)
            if source is not None:  # "Roe's message to drivers was simple: …"
                cue = (noun, noun + 1)
                return _built(content, source, cue, "somebody's words before a colon")
            subject = subject_before(tokens, verb) if last not in _SIMPLE else None
            if subject and names_a_source(tokens, subject.first, subject.last):
                return _built(content, subject, (index - 1, index), "plain words before a colon")
        return []
    for noun in range(1, min(index, 9)):
        if tokens[noun].lower not in WORDS_OF or not _addressed(tokens, noun, index):
            continue
        source = owner_of(tokens, noun - 1 - (tokens[noun - 1].lower in {"own", "only", "final"}))
        if source is not None and source.first == 0:
            return _built(content, source, (noun, noun + 1), "somebody's words before a colon")
    if last in WORDS_OF:  # "Roe put out a statement: “…”"
        for verb in range(index - 2, max(0, index - 7), -1):
            if tokens[verb].lower in LIGHT_VERBS | {"put", "had", "wrote", "posted"}:
                subject = subject_before(tokens, skip_adverbials_left(tokens, verb, 0))
                if subject is None:
                    return []
                return _built(content, subject, (verb, index), "speech put out before a colon")
        return []
    for verb in range(index - 1, max(0, index - 6), -1):
        if tokens[verb].lower in _COLON_VERBS and tokens[verb + 1].lower == "it":
            subject = subject_before(tokens, skip_adverbials_left(tokens, verb, 0))
            if subject and names_a_source(tokens, subject.first, subject.last):
                return _built(content, subject, (verb, index), "reading out before a colon")
            return []
    # "Roe to Doe: “…”", "Roe, in a letter: “…”", "Roe on the dam: “…”"
    ends = (i for i in range(1, index) if tokens[i].lower in {"to", "on", "in", ",", "("})
    last = next(ends, index)
    placed = last < index and tokens[last].text == "," and _is_name(tokens, last + 1, index)
    verbal = (
        t.lower in cue_forms() and before.lower not in DETERMINERS
        for before, t in zip(tokens[last:index], tokens[last + 1 : index], strict=False)
    )
    if placed or any(verbal):
        last = index
    if index <= 12 and tokens[index + 1].is_quotation and _is_name(tokens, 0, last):
        source = Subject(0, last, "name before a colon")
        return _built(content, source, (index, index + 1), "colon before a quotation")
    return []


def _addressed(tokens: list[Token], noun: int, colon: int) -> bool:
    """Whether nothing, or only "to the islands", parts a noun from its colon."""
    if noun == colon - 1:
        return True
    inside = tokens[noun + 1 : colon]
    return inside[0].lower in {"to", "on", "for"} and all(t.is_word for t in inside)


def name_behind_dash(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "“…” – Roe, the mayor": a quotation set apart, and who said it."""
    if index != 1 or not tokens[0].is_quotation or len(tokens) > 12:
        return []
    last = next((i for i in range(2, len(tokens)) if tokens[i].text in {",", "."}), len(tokens))
    if not _is_name(tokens, 2, last):
        return []
    source = Subject(2, len(tokens) - (tokens[-1].text == "."), "name behind a dash")
    return _built([(0, 1)], source, (1, 2), "quotation set apart")


def _is_name(tokens: list[Token], first: int, last: int) -> bool:
    """Whether nothing but a name or a post stands in a range of tokens."""
    return (
        names_a_source(tokens, first, last)
        and tokens[first].lower not in cue_forms()
        and tokens[last - 1].text != ","
        and all(
            t.is_capital or t.text == "," or t.lower in ROLE_NOUNS | {"of", "the"}
            for t in tokens[first:last]
        )
    )


def holds_that(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Roe put forward the argument that …", "Roe is of the view that …"."""
    if index < 3 or index + 2 >= len(tokens) or tokens[index + 1].lower != "that":
        return []
    for verb in range(index - 1, max(0, index - 6), -1):
        lower = tokens[verb].lower
        if not tokens[verb].is_word or lower.endswith(("'s", "s'")):
            return []
        if lower in LIGHT_VERBS and tokens[index].lower in SPEECH_NOUNS:
            return []  # read with the other cues
        if lower in _HOLDS or (lower in _BE and tokens[verb + 1].lower == "of"):
            subject = subject_before(tokens, skip_adverbials_left(tokens, verb, 0))
            if subject is None or not names_a_source(tokens, subject.first, subject.last):
                return []
            return _built([_rest(tokens, index + 2)], subject, (verb, index + 1), "holds that")
    return []


def used_the_word(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Roe used the word “piracy”" and "“Piracy” was the word Roe used"."""
    if index < 3 or tokens[index - 1].lower not in {"the", "those", "these"}:
        return []
    if index + 1 < len(tokens) and tokens[index + 1].is_quotation:
        content, verb = (index + 1, index + 2), index - 2
        subject = subject_before(tokens, skip_adverbials_left(tokens, verb, 0))
    elif tokens[index - 2].lower in _BE and tokens[index - 3].is_quotation:
        content = (index - 3, index - 2)
        verb = next((i for i in range(index + 2, len(tokens)) if tokens[i].lower in _USED), 0)
        subject = subject_before(tokens, verb, index + 1) if verb else None
    else:
        return []
    if tokens[verb].lower not in _USED or subject is None:
        return []
    if not names_a_source(tokens, subject.first, subject.last):
        return []
    return _built([content], subject, (verb, verb + 1), "used the word")


def others_that(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Roe said it would rain, and Doe that it would not": the verb is understood."""
    last = index - (tokens[index - 1].text == ",") if index else 0
    first = last - 1
    while first > 0 and tokens[first - 1].is_capital and first > last - 4:
        first -= 1
    if first < 4 or not names_a_source(tokens, first, last) or tokens[first].lower in _BE:
        return []
    comma = first - 1 - (tokens[first - 1].lower in {"and", "but", "while"})
    if tokens[comma].text not in {",", ";"} or not (
        tokens[first].is_capital or tokens[first].lower in {"others", "another"}
    ):
        return []
    for verb in range(1, comma - 1):
        cue = cue_forms().get(tokens[verb].lower)
        if cue is not None and "q" in cue.frames and not tokens[verb].is_capital:
            source = Subject(first, last, "subject of a verb that is understood")
            built = _built([_rest(tokens, index + 1)], source, (verb, verb + 1), "verb understood")
            for item in built:
                item.cue, item.edge = None, comma
            return built
    return []


def said_and_repeated(tokens: list[Token], index: int) -> list[Attribution]:
    """Read "Roe said on Friday, and Doe repeated on Saturday, that …": each of them said it."""
    opener = tokens[index - 1].lower if index else ""
    if opener != "," or index < 4:
        return []
    commas = [i for i in range(index - 1) if tokens[i].text == ","]
    if not commas or tokens[commas[-1] + 1].lower not in {"and", "but", "as"}:
        return []
    first = _clause_cue(tokens, 0, commas[-1])
    second = _clause_cue(tokens, commas[-1] + 2, index - 1)
    if first is None or second is None:
        return []
    content = [_rest(tokens, index + 1)]
    return [
        item
        for subject, verb in (first, second)
        for item in _built(content, subject, (verb, verb + 1), "each of two said it")
    ]


def _clause_cue(tokens: list[Token], low: int, high: int) -> tuple[Subject, int] | None:
    """The one reporting verb of a clause that has no content of its own, and its subject."""
    for verb in range(low + 1, high):
        cue = cue_forms().get(tokens[verb].lower)
        if cue is None or "q" not in cue.frames or tokens[verb].is_capital:
            continue
        if skip_adverbials_right(tokens, verb + 1) < high:
            return None
        subject = subject_before(tokens, skip_adverbials_left(tokens, verb, low), low)
        if subject and names_a_source(tokens, subject.first, subject.last):
            return subject, verb
        return None
    return None


def owner_of(tokens: list[Token], owner: int) -> Subject | None:
    """The possessive mention that ends at ``owner``: "Roe's", "the ministry's", "his"."""
    if owner < 0:
        return None
    if tokens[owner].lower in _OWNERS:
        return Subject(owner, owner + 1, "possessive source")
    if not tokens[owner].lower.endswith(("'s", "s'")):
        return None
    first = owner
    while first and first > owner - 5:
        before = tokens[first - 1]
        if not (before.is_capital or before.lower in ROLE_NOUNS) or before.lower in DETERMINERS:
            break
        first -= 1
    if first and tokens[first - 1].lower == "the":
        first -= 1
    if not names_a_source(tokens, first, owner + 1):
        return None
    return Subject(first, owner + 1, "possessive source")


def _clause_end(tokens: list[Token], start: int, signs: set[str]) -> int:
    return next((i for i in range(start, len(tokens)) if tokens[i].text in signs), len(tokens))


def _rest(tokens: list[Token], start: int) -> tuple[int, int] | None:
    """Content from ``start`` to the end of its clause."""
    stop = _clause_end(tokens, start, {";"})
    turn = (i for i in range(start, stop - 1) if tokens[i].text == "," and turns_back(tokens, i))
    return trim(tokens, start, next(turn, stop))


def _built(
    content: list[tuple[int, int] | None], source: Subject, cue: tuple[int, int], words: str
) -> list[Attribution]:
    held = [span for span in content if span]
    if not held:
        return []
    rule = f"{words}; {source.rule}"
    return [Attribution(held, (source.first, source.last), cue, rule, firm=True)]
