"""Read cues in other voices: passives, participles, “quoted as saying”, and verbs no list has."""

from __future__ import annotations

from analysis.adverbials import is_adverbial, skip_adverbials_right
from analysis.cued import Cued
from analysis.cues import CLAIM_NOUNS, Cue, cue_forms
from analysis.sources import Subject, mention_after, names_a_source, subject_before
from analysis.tokens import Token

_NOT_SPEECH = frozenset("back support oppose challenge discuss mention cite quote".split())
_CLAUSE_GERUND = frozenset("after before while when by in".split())


def unlisted_verb(tokens: list[Token], index: int) -> Cued | None:
    """Cue that no list has, told by its place: "“…,” Roe barked", "“…,” retaliated Roe"."""
    lower = tokens[index].lower
    ending = lower.endswith(("ed", "s")) or lower in {"began", "put", "cut", "broke"}
    if index == 0 or not ending or tokens[index].is_capital or len(lower) < 3:
        return None
    cue = Cue(lower, frozenset("q"), frozenset())
    if _hands_over(tokens[index - 1]):
        mention = mention_after(tokens, index + 1, len(tokens))
        named = mention is not None and tokens[mention.first].is_capital
        if named and names_a_source(tokens, mention.first, mention.last):
            return Cued(index, index + 1, index, mention.last, lower, cue, mention, inverted=True)
        return None
    subject = subject_before(tokens, index)
    if subject is None or subject.first == 0 or not _hands_over(tokens[subject.first - 1]):
        return None
    if not names_a_source(tokens, subject.first, subject.last):
        return None
    return Cued(index, index + 1, subject.first, index + 1, lower, cue, subject)


def _hands_over(token: Token) -> bool:
    """Whether a quotation ends as one does that its speaker follows: with a comma."""
    return token.is_quotation and token.text.rstrip("”\"'’»").endswith((",", "?", "!"))


def as_saying(tokens: list[Token], index: int) -> Cued | None:
    """Read "X quoted Roe as saying that …": Roe is the source."""
    mention = mention_after(tokens, index + 1, len(tokens))
    if mention is None or mention.last + 2 >= len(tokens):
        return None
    if tokens[mention.last].lower != "as" or tokens[mention.last + 1].lower != "saying":
        return None
    subject = Subject(mention.first, mention.last, "quoted as saying")
    after = mention.last + 2
    said = cue_forms()["said"]
    return Cued(mention.last + 1, after, mention.first, after, "saying", said, subject)


def passive(tokens: list[Token], index: int, first: int, cue: Cue) -> Cued | None:
    """Cue such as "was condemned by X" (content before it) or "was quoted as saying"."""
    if tokens[index].lower == "quoted" and index + 2 < len(tokens):
        if tokens[index + 1].lower == "as" and tokens[index + 2].lower == "saying":
            subject = subject_before(tokens, first)
            if subject:
                after = index + 3
                return Cued(
                    first,
                    after,
                    subject.first,
                    after,
                    "quoted as saying",
                    cue_forms()["said"],
                    subject,
                )
    if index + 2 < len(tokens) and tokens[index + 1].lower == "by" and cue.frames & {"n", "o"}:
        mention = mention_after(tokens, index + 2, len(tokens))
        if mention and cue.lemma not in _NOT_SPEECH and _speaks(tokens, mention):
            return Cued(
                first, index + 1, first, mention.last, "passive", cue, mention, inverted=True
            )
    return None


def _speaks(tokens: list[Token], mention: Subject) -> bool:
    """Whether an agent is somebody, not evidence or a report."""
    words = {t.lower for t in tokens[mention.first : mention.last]}
    return names_a_source(tokens, mention.first, mention.last) and not words & {
        "evidence",
        "data",
        "figures",
        "facts",
    }


def participle(tokens: list[Token], index: int, cue: Cue) -> Cued | None:
    """Cue such as ", adding that …" or "Citing reports, X said …"."""
    before = tokens[index - 1] if index else None
    lower = tokens[index].lower
    after = skip_adverbials_right(tokens, index + 1)
    step = index
    while step and is_adverbial(tokens[step - 1]):
        step -= 1
    before = tokens[step - 1] if step else None
    if before is None or (step == 0):
        noun = _reported_noun(tokens, index)
        last = noun + 1 if noun else index + 1
        after = last if noun else after
        return Cued(index, last, 0, after, lower, cue, None, participle=True)
    if (
        before.text in {",", "—", "–", ";"}
        or before.is_quotation
        or before.lower in (_CLAUSE_GERUND | {"and"})
    ):
        return Cued(
            index, index + 1, index, after, lower, cue, None, inherits=True, participle=True
        )
    return None


def _reported_noun(tokens: list[Token], index: int) -> int | None:
    """Index of the noun in "Citing fresh claims that …", "Repeating reports that …"."""
    for step in range(index + 1, min(index + 4, len(tokens) - 1)):
        if not tokens[step].is_word or tokens[step].lower == "that":
            return None
        if tokens[step + 1].lower == "that":
            nouns = CLAIM_NOUNS | {"report", "reports", "news", "rumours", "signs"}
            return step if tokens[step].lower in nouns else None
    return None
