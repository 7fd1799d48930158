"""Find every reporting cue of a sentence, with its subject."""

from __future__ import annotations

from analysis.adverbials import is_adverbial, skip_adverbials_right
from analysis.cued import Cued
from analysis.cues import (
    ADJECTIVE_PREPOSITIONS,
    AMBIGUOUS,
    AUXILIARIES,
    CLAIM_NOUNS,
    LIGHT_VERBS,
    NEGATIONS,
    PHRASAL,
    REPORTING_ADJECTIVES,
    SPEECH_NOUNS,
    Cue,
    cue_forms,
)
from analysis.source_words import CONTRACTED, DETERMINERS
from analysis.sources import Subject, has_verb, mention_after, names_a_source, subject_before
from analysis.tokens import Token
from analysis.verb_places import (
    after_inserted,
    agrees_not,
    could_speak,
    describes,
    finite_before,
    first_person,
    interrupted,
    may_follow_subject,
    nationality,
    over_place,
    purpose,
    quotes_next,
    stands_as_speaker,
    title_case,
    verb_behind,
)
from analysis.voices import as_saying, participle, passive, unlisted_verb

_BE = frozenset("is are was were be been being am 's".split())
_HYPOTHETICAL = frozenset("would could may might should must can to will shall won't".split())
_UNSAID = frozenset("say mention specify elaborate comment reveal disclose respond reply".split())
_PREPOSITIONS = frozenset(
    "of in on at to for with about during after before from by as when while because over".split()
)
_PARTICLES = frozenset("off out up down back against over away against".split())
_PUT_TO = frozenset("asked pressed questioned challenged told".split())
_QUESTION_LINKS = frozenset(
    "about whether if why how on by what when where for who repeatedly twice".split()
)


def cued(tokens: list[Token]) -> list[Cued]:
    """Every reporting verb, adjective or noun phrase that has or may have a subject."""
    forms = cue_forms()
    hits: list[Cued] = []
    for index, token in enumerate(tokens):
        if not token.is_word:
            continue
        lower = token.lower
        hit = None
        if lower in REPORTING_ADJECTIVES and index and _after_be(tokens, index):
            hit = _adjective(tokens, index)
        if hit is None and lower in LIGHT_VERBS:
            hit = _light_verb(tokens, index)
        if hit is None and lower in forms:
            hit = _verb(tokens, index, forms[lower])
        if hit is None and lower in CLAIM_NOUNS:
            hit = _claim_noun(tokens, index)
        if hit is None and lower not in forms:
            hit = unlisted_verb(tokens, index)
        if hit is not None and (not hits or hit.first >= hits[-1].last):
            hits.append(hit)
    return hits


def _after_be(tokens: list[Token], index: int) -> bool:
    back = index - 1
    while back >= 0 and is_adverbial(tokens[back]):
        back -= 1
    return back >= 0 and tokens[back].lower in _BE | {"remains", "remained", "become", "became"}


def _adjective(tokens: list[Token], index: int) -> Cued | None:
    """Cue such as "is alarmed by", "was confident that"."""
    if index + 1 >= len(tokens) or tokens[index + 1].lower not in ADJECTIVE_PREPOSITIONS:
        return None
    first = index
    while first and (tokens[first - 1].lower in AUXILIARIES or is_adverbial(tokens[first - 1])):
        first -= 1
    while first < index and tokens[first].lower not in AUXILIARIES:
        first += 1
    subject = subject_before(tokens, first)
    if subject is None or not names_a_source(tokens, subject.first, subject.last):
        return None
    particle = tokens[index + 1].lower != "that"
    last = index + 1 + particle
    return Cued(first, last, subject.first, last, tokens[index].lower, None, subject)


def _light_verb(tokens: list[Token], index: int) -> Cued | None:
    """Cue such as "issued a stark warning" with its subject."""
    noun = None
    for step in range(index + 1, min(index + 6, len(tokens))):
        token = tokens[step]
        if not token.is_word or (token.lower in AUXILIARIES | {"to", "that"}):
            break
        if token.lower in SPEECH_NOUNS:
            noun = step
            break
    if noun is None or noun + 1 >= len(tokens):
        return None
    hit = _verb(tokens, index, Cue(tokens[index].lower, frozenset("n"), frozenset()))
    if hit is None or (hit.subject is None and not hit.inherits):
        return None
    after = noun + 1
    if tokens[after].lower in {"about", "at", "over", "that", "of", "for", "on", "to", "in"}:
        after += tokens[after].lower in {"about", "at", "over", "that", "of"}
    elif tokens[after].lower != "against" and not tokens[after].is_quotation:
        if tokens[after].text not in {":", ","} and tokens[after].lower not in {"saying", "with"}:
            return None
    if tokens[after].lower == "saying":
        after += 1
    elif tokens[noun].lower in {"statement", "comments", "remarks", "message"} and not any(
        t.lower.endswith(("ory", "ing", "ful", "ish")) for t in tokens[index + 1 : noun]
    ):
        return None
    return Cued(
        hit.first,
        noun + 1,
        hit.clause_first,
        after,
        tokens[noun].lower,
        None,
        hit.subject,
        hit.inherits,
        participle=hit.participle,
    )


def _claim_noun(tokens: list[Token], index: int) -> Cued | None:
    """Cue such as "Moscow's claim that …"."""
    if index + 2 >= len(tokens) or tokens[index + 1].lower != "that" or index == 0:
        return None
    back = index - 1
    while back > 0 and tokens[back].is_word and not tokens[back].lower.endswith(("'s", "s'")):
        if index - back > 3 or tokens[back].lower in DETERMINERS | AUXILIARIES:
            return None
        back -= 1
    owner = tokens[back]
    if not owner.lower.endswith(("'s", "s'")) or not owner.is_word:
        return None
    first = back
    while first and tokens[first - 1].is_capital and first > back - 5:
        first -= 1
    if first and tokens[first - 1].lower == "the":
        first -= 1
    if not names_a_source(tokens, first, back + 1):
        return None
    subject = Subject(first, back + 1, "possessive source")
    return Cued(index, index + 1, first, index + 1, tokens[index].lower, None, subject)


def _verb(tokens: list[Token], index: int, cue: Cue) -> Cued | None:
    """Read the verb group around a reporting verb and look for its subject."""
    lower = tokens[index].lower
    first, auxiliaries = index, []
    while first and (tokens[first - 1].lower in AUXILIARIES or is_adverbial(tokens[first - 1])):
        if tokens[first - 1].lower in AUXILIARIES:
            auxiliaries.append(tokens[first - 1].lower)
        first -= 1
    while first < index and tokens[first].lower not in AUXILIARIES:
        first += 1
    if first == index and interrupted(tokens, index):  # "It did, however, criticise the leak"
        first = index - 4
        auxiliaries.append(tokens[first].lower)
    before = tokens[first - 1] if first else None
    if before is not None and before.lower in {"not", "never"} | NEGATIONS:
        auxiliaries.append("not")
    negated = bool(NEGATIONS & set(auxiliaries))
    if negated and cue.lemma in _UNSAID:
        return None
    if before is not None and before.lower == "to" and first == index:
        return purpose(tokens, index, cue)
    words = [t.lower for t in tokens[index + 1 : index + 4]]
    if cue.lemma == "ask" and words == ["not", "to", "be"]:  # "who asked not to be named"
        return None
    if lower in _PUT_TO and before is not None and before.text == "," and words:
        if words[0] in _QUESTION_LINKS and verb_behind(tokens, index):
            return None  # "Roe, asked about the delay, blamed ice"
    if describes(tokens, index):
        return None
    only = lower == "say" and words[:1] == ["only"] and "not" not in auxiliaries
    if _HYPOTHETICAL & set(auxiliaries) and not only:
        announced = set(auxiliaries) == {"will"} and any(
            t.is_quotation for t in tokens[max(0, first - 4) : first]
        )
        if not announced:
            return None
    contracted = before is not None and before.lower in CONTRACTED
    progressive = lower.endswith("ing") and (bool(_BE & set(auxiliaries)) or contracted)
    if not lower.endswith("ing") and _BE & set(auxiliaries):
        return passive(tokens, index, first, cue)
    if index + 1 < len(tokens) and tokens[index + 1].lower == "by" and lower.endswith("ed"):
        return None
    if progressive and cue.lemma == "consider":  # weighing a plan, not stating a view
        return None
    if lower.endswith("ing") and not progressive:
        return participle(tokens, index, cue)
    if cue.lemma == "quote":
        saying = as_saying(tokens, index)
        if saying is not None:
            return saying
    if tokens[index].is_capital and index and lower in AMBIGUOUS and not title_case(tokens):
        return None
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    end = index + 1
    if (cue.lemma, following) in PHRASAL:
        cue, end = Cue(cue.lemma, frozenset("q"), frozenset()), index + 2
    ambiguous = (lower in AMBIGUOUS or "q" not in cue.frames) and end == index + 1
    quoted = before is not None and before.is_quotation
    noun = lower in AMBIGUOUS and not lower.endswith("ed")
    if noun and before is not None and nationality(before):
        return None  # "American plans", "Russian claims"
    if ambiguous and not quoted and before is not None and not may_follow_subject(before):
        return None
    after = _past_addressee(tokens, cue, skip_adverbials_right(tokens, end))
    if "q" in cue.frames and cue.lemma != "tell" and _inverts(tokens, index, first):
        mention = mention_after(tokens, index + 1, len(tokens))
        if mention and could_speak(tokens, mention, index):
            return Cued(index, index + 1, index, mention.last, lower, cue, mention, inverted=True)
    subject = None
    if before is None or not after_inserted(tokens, first - 1):
        subject = subject_before(tokens, first)
    if subject and first_person(tokens, subject, cue):
        return None
    if subject is None:
        coordinated = before is not None and (
            before.lower in {"and", "but", "then", "or"}
            or after_inserted(tokens, first - 1)
            or (before.text == "," and lower.endswith("ed") and has_verb(tokens, 0, first - 1))
        )
        parallel = before is not None and before.lower == "but" and finite_before(tokens, first)
        if coordinated and (parallel or lower not in AMBIGUOUS - {"called"}):
            return Cued(index, index + 1, index, after, lower, cue, None, inherits=True)
        return None
    if (ambiguous or "q" not in cue.frames) and not names_a_source(
        tokens, subject.first, subject.last
    ):
        return None
    if (
        not names_a_source(tokens, subject.first, subject.last)
        and not any(t.is_quotation for t in tokens)
        and lower not in {"said", "says", "say"}
        and not stands_as_speaker(tokens, subject, after)
    ):
        return None
    if not auxiliaries and agrees_not(tokens, subject, lower):
        return None
    return Cued(index, end, subject.first, after, lower, cue, subject)


def _past_addressee(tokens: list[Token], cue: Cue, at: int) -> int:
    """Walk over "reporters on Monday" in "…, he told reporters on Monday"."""
    if cue.lemma not in {"tell", "remind", "assure", "inform", "warn"} or at >= len(tokens):
        return at
    mention = mention_after(tokens, at, len(tokens))
    if mention is None or tokens[at].lower in _PREPOSITIONS | _PARTICLES:
        return at
    end = skip_adverbials_right(tokens, mention.last)
    if end >= len(tokens):
        return end
    end = over_place(tokens, end)
    if end >= len(tokens):
        return end
    token = tokens[end]
    return end if token.text in {".", ",", ":", ";", ")"} and not quotes_next(tokens, end) else at


def _inverts(tokens: list[Token], index: int, first: int) -> bool:
    """Whether content stands before the verb and its subject behind it."""
    if first != index or index == 0 or index + 1 >= len(tokens):
        return False
    before, behind = tokens[index - 1], tokens[index + 1]
    if before.text == ",":
        subject = subject_before(tokens, first)
        if subject and subject.rule == "subject with its apposition":
            opens = subject.first == 0 or tokens[subject.first - 1].is_quotation
            if opens and subject.last - subject.first < 30:
                return False
    if not (before.is_quotation or before.text in {",", "?", "!", "—", "–"}):
        return False
    if not behind.is_word or is_adverbial(behind) or behind.lower in _PREPOSITIONS | _PARTICLES:
        return False
    if behind.lower == "that" or behind.lower in CONTRACTED:
        return False
    mention = mention_after(tokens, index + 1, len(tokens))
    if mention is None or not could_speak(tokens, mention, index):
        return False
    if before.is_quotation or mention.last >= len(tokens):
        return True
    # "— says he made": a verb behind the mention makes it the subject of the content
    following = tokens[mention.last]
    if following.is_quotation:
        return False
    return not following.is_word or following.lower in _PREPOSITIONS or is_adverbial(following)
