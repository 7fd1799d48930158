"""Judge by its place whether a word that may be a reporting verb is one, and whose."""

from __future__ import annotations

from analysis.adverbials import is_adverbial, skip_adverbials_right
from analysis.cued import Cued
from analysis.cues import AMBIGUOUS, AUXILIARIES, SAYING, Cue, cue_forms
from analysis.source_words import DETERMINERS, ROLE_NOUNS
from analysis.sources import Subject, names_a_source, subject_before
from analysis.tokens import Token

_PREPOSITIONS = frozenset(
    "of in on at to for with about during after before from by as when while because over".split()
)
_MENTAL = frozenset("want wish feel know think believe hope expect assume prefer".split())
_MANY = frozenset(
    "and they we i you percent half people men women who many some few most all police".split()
)
_ALONE = frozenset("all many several most some both few each another".split())
_OCCASIONS = frozenset("used uses took spoke wrote appeared telephoned phoned".split())


def interrupted(tokens: list[Token], index: int) -> bool:
    """Whether a word between commas parts a verb from its auxiliary."""
    if index < 5 or tokens[index - 1].text != "," or tokens[index - 3].text != ",":
        return False
    return is_adverbial(tokens[index - 2]) and tokens[index - 4].lower in AUXILIARIES


def after_inserted(tokens: list[Token], comma: int) -> bool:
    """Whether a phrase between commas parts a verb from its "and": "and, through X, denied"."""
    if tokens[comma].text != ",":
        return False
    for index in range(comma - 1, max(0, comma - 10), -1):
        if tokens[index].text == ",":
            inside = tokens[index + 1].lower
            joined = tokens[index - 1].lower in {"and", "but"}
            return joined and (inside in _PREPOSITIONS or inside in {"through", "via"})
        if not tokens[index].is_word:
            return False
    return False


def finite_before(tokens: list[Token], index: int) -> bool:
    """Whether a listed verb in the third person stands before: "denies it but regrets it"."""
    forms = cue_forms()
    return any(
        t.lower in forms and t.lower not in AMBIGUOUS and t.lower.endswith("s")
        for t in tokens[:index]
    )


def purpose(tokens: list[Token], index: int, cue: Cue) -> Cued | None:
    """Cue such as "used the visit to rule out …": the occasion is the main verb's."""
    if not cue.frames & {"q", "n", "p"}:
        return None
    for verb in range(index - 2, max(0, index - 12), -1):
        if tokens[verb].lower in _OCCASIONS:
            subject = subject_before(tokens, verb)
            if subject is None or not names_a_source(tokens, subject.first, subject.last):
                return None
            form = tokens[index].lower
            return Cued(index, index + 1, subject.first, index + 1, form, cue, subject)
        if not tokens[verb].is_word:
            return None
    return None


def verb_behind(tokens: list[Token], index: int) -> bool:
    """Whether a comma closes what is inserted, and a finite verb follows."""
    for comma in range(index + 2, len(tokens) - 1):
        if tokens[comma].text == ",":
            behind = skip_adverbials_right(tokens, comma + 1)
            return behind < len(tokens) and tokens[behind].lower in AUXILIARIES | set(cue_forms())
    return False


def stands_as_speaker(tokens: list[Token], subject: Subject, after: int) -> bool:
    """Whether what stands around them shows that a subject speaks: "…, engineers warn."."""
    determined = tokens[subject.first].lower in {"the", "a", "an", "its", "their"}
    if determined and after < len(tokens) and tokens[after].lower == "that":
        return True  # "The warden hinted that …"
    if not subject.first or tokens[subject.first - 1].text != ",":
        return False
    if after >= len(tokens) - 1:
        return True
    behind = tokens[after]
    return determined and (behind.text == "," or behind.lower in {"in", "on", "at", "after"})


def could_speak(tokens: list[Token], mention: Subject, verb: int) -> bool:
    """Whether a mention behind its verb is somebody: "argued the treasurer," too."""
    if names_a_source(tokens, mention.first, mention.last):
        return True
    end = tokens[mention.last].text if mention.last < len(tokens) else "."
    if "n" in cue_forms()[tokens[verb].lower].frames:  # "reported the noise": its object
        return False
    return tokens[mention.first].lower in {"the", "a", "an", "one"} and end in {",", "."}


def describes(tokens: list[Token], index: int) -> bool:
    """Whether a participle belongs to the noun before it: "diplomats briefed on them said"."""
    if index < 1 or tokens[index - 1].lower not in ROLE_NOUNS or index + 1 >= len(tokens):
        return False
    if tokens[index + 1].lower not in {"on", "by", "in", "about", "of", "with"}:
        return False
    for step in range(index + 2, min(index + 10, len(tokens))):
        if not tokens[step].is_word:
            return False
        if tokens[step].lower in SAYING:
            return tokens[index].lower.endswith("ed")
    return False


def nationality(token: Token) -> bool:
    """Whether a word looks like an adjective of nationality."""
    return token.is_capital and token.lower.endswith(("ian", "can", "ish", "ese", "nch", "rman"))


def over_place(tokens: list[Token], at: int) -> int:
    """Walk over a place that ends the sentence: "on the quay"."""
    if at >= len(tokens) or tokens[at].lower not in {"on", "in", "at", "outside", "near", "inside"}:
        return at
    for index in range(at + 1, min(at + 8, len(tokens))):
        if tokens[index].text == "." and index == len(tokens) - 1:
            return index
        if not tokens[index].is_word or tokens[index].lower in {"that", "to", "and"} | AUXILIARIES:
            return at
    return at


def quotes_next(tokens: list[Token], at: int) -> bool:
    """Whether a comma at a place leads over to a quotation."""
    return tokens[at].text == "," and at + 1 < len(tokens) and tokens[at + 1].is_quotation


def first_person(tokens: list[Token], subject: Subject, cue: Cue) -> bool:
    """Whether the reporter speaks of himself: "I think", "we want"."""
    return cue.lemma in _MENTAL and tokens[subject.last - 1].lower in {"i", "we", "you"}


def agrees_not(tokens: list[Token], subject: Subject, lower: str) -> bool:
    """Whether a base form has a singular name as subject: then it is no finite verb."""
    base = cue_forms()[lower].lemma == lower if lower in cue_forms() else False
    base = base and lower not in {"read", "put", "set", "hit", "forecast"}  # past tense as well
    words = [t.lower for t in tokens[subject.first : subject.last]]
    several = any(
        word in _MANY or word[0].isdigit() or (word.endswith("s") and not word.endswith("'s"))
        for word in words
    )
    return base and not several


def title_case(tokens: list[Token]) -> bool:
    """Whether Most Words Begin With a Capital."""
    words = [t for t in tokens if t.is_word]
    return 10 * sum(t.is_capital for t in words) > 7 * len(words)


def may_follow_subject(token: Token) -> bool:
    """Whether a verb may stand behind a word: not behind "of", "the" or a possessive."""
    if token.is_quotation:
        return False
    if not token.is_word:
        return token.text in {",", ")", "—", "–"}
    if token.lower in DETERMINERS - _ALONE:
        return False
    return token.lower not in {
        "of",
        "to",
        "in",
        "on",
        "for",
        "with",
        "from",
        "by",
        "at",
        "no",
        "against",
        "about",
        "as",
    } and not token.lower.endswith("'s")
