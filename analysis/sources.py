"""Find the mention that speaks: the subject of a cue, before it or after it."""

from __future__ import annotations

from analysis.adverbials import is_adverbial, skip_adverbials_left, span_of_time
from analysis.cues import AUXILIARIES, cue_forms
from analysis.mentions_behind import Subject, mention_after
from analysis.name_lists import (
    compares,
    coordinates_names,
    lists_names,
    opening_bracket,
)
from analysis.source_words import (
    CLEAR_VERBS,
    DETERMINERS,
    NEAREST,
    PARENTHETICAL_OPENERS,
    PRONOUNS,
    ROLE_NOUNS,
    STOPS,
    TEMPORAL,
    TITLE_PREPOSITIONS,
)
from analysis.tokens import Token

LONGEST = 60  # tokens of a mention; what is longer is no mention


def names_a_source(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a mention could be somebody who speaks: a name, a pronoun, a role."""
    if last == first + 1 and tokens[first].lower in {
        "each",
        "both",
        "neither",
        "either",
        "another",
    }:
        return True
    for token in tokens[first:last]:
        if token.lower in PRONOUNS or token.lower.removesuffix("'s") in ROLE_NOUNS:
            return True
        if token.is_capital and token.lower not in DETERMINERS and token.lower not in TEMPORAL:
            return True
    return False


def subject_before(tokens: list[Token], verb: int, floor: int = 0) -> Subject | None:
    """Find the subject that ends left of a verb group.

    Parameters
    ----------
    tokens : list of Token
        The sentence.
    verb : int
        Index of the first token of the verb group (auxiliaries included).
    floor : int
        Index the subject may not reach below.

    Returns
    -------
    Subject or None
        None where nothing stands there, or where the verb is coordinated with an earlier one.
    """
    right = skip_adverbials_left(tokens, verb, floor)
    if right <= floor:
        return None
    if tokens[right - 1].text == ",":
        return _before_comma(tokens, right - 1, floor)
    if tokens[right - 1].lower in {"who", "which", "that"}:
        return _antecedent(tokens, right - 1, floor)
    if tokens[right - 1].text in {")", "—", "–", "―", "-"}:
        opening = {")": "("}.get(tokens[right - 1].text, tokens[right - 1].text)
        for index in range(right - 2, floor, -1):
            if tokens[index].text == opening:
                first = _left_edge(tokens, index, floor)
                return Subject(first, index, "subject before the cue") if first < index else None
        return None
    first = _left_edge(tokens, right, floor)
    if first >= right:
        return None
    if tokens[first].lower in PARENTHETICAL_OPENERS:  # "In the sanctions announced Friday"
        return None
    if tokens[first].lower in {"which", "whom"} and right - first > 1:
        first += 1  # "the plan, which Roe said was dead": Roe
    return Subject(first, right, "subject before the cue")


def _before_comma(tokens: list[Token], comma: int, floor: int) -> Subject | None:
    """Subject whose apposition or relative clause, between commas, ends at ``comma``."""
    opening = None
    for index in range(comma - 1, floor, -1):
        if tokens[index].text == ",":
            opening = index
            break
        if tokens[index].text in ";:" or tokens[index].is_quotation:
            break
    if opening is None:
        first = floor
        while first < comma and (tokens[first].is_quotation or not tokens[first].is_word):
            first += 1
        # "Speaking in London on Friday, said" has no subject here.
        head = tokens[first].lower if first < comma else ""
        if head in PARENTHETICAL_OPENERS or first >= comma:
            return None
        edge = _left_edge(tokens, comma, floor)
        if has_verb(tokens, floor, edge):  # "Roe praised the pact, warned of …": a second verb
            return None
        return Subject(edge, comma, "subject before the cue") if edge < comma else None
    inside = tokens[opening + 1]
    if inside.lower not in {"who", "which", "whose"} and any(
        t.lower in AUXILIARIES and not t.lower.endswith("'s") for t in tokens[opening + 1 : comma]
    ):
        return None  # a clause of its own stands before the comma
    short = comma - opening <= 3  # ", though," or ", for one,"
    if inside.lower in STOPS and inside.lower not in {"who", "which"} and not short:
        return None
    core_right = skip_adverbials_left(tokens, opening, floor)
    if core_right <= floor:
        return None
    aside = short and not inside.is_capital and inside.lower not in DETERMINERS | ROLE_NOUNS
    if aside or inside.lower in PARENTHETICAL_OPENERS or inside.lower.endswith("ing"):
        if tokens[core_right - 1].text == ",":
            return _before_comma(tokens, core_right - 1, floor)
        first = _left_edge(tokens, core_right, floor)
        if first >= core_right:
            return None
        return Subject(first, core_right, "subject before an inserted phrase")
    if tokens[core_right - 1].text == ",":
        return None
    first = _left_edge(tokens, core_right, floor)
    if core_right - first == 1 and tokens[first].lower.isdigit():  # "Roe, 35, head of X, said"
        return Subject(
            _over_appositions(tokens, first, floor), comma, "subject with its apposition"
        )
    if first >= core_right or not names_a_source(tokens, first, core_right):
        # "After the vote, the minister, said": the words between the commas are the subject.
        edge = _left_edge(tokens, comma, opening + 1)
        return Subject(edge, comma, "subject before the cue") if edge < comma else None
    if tokens[first].lower in PARENTHETICAL_OPENERS:
        edge = _left_edge(tokens, comma, opening + 1)
        return Subject(edge, comma, "subject before the cue") if edge < comma else None
    named = inside.is_capital and inside.lower not in ROLE_NOUNS
    if not (named and not tokens[first].is_capital):  # "the minister, Ana Pell," is complete
        first = _over_appositions(tokens, first, floor)
    first = _with_partner(tokens, first, floor)
    return Subject(first, comma, "subject with its apposition")


def _with_partner(tokens: list[Token], first: int, floor: int) -> int:
    """Reach over "Roe, the mayor, and" to the first of two who speak together."""
    if first - floor < 5 or tokens[first - 1].lower != "and" or tokens[first - 2].text != ",":
        return first
    for comma in range(first - 4, max(floor, first - 12), -1):
        if tokens[comma].text == ",":
            edge = _left_edge(tokens, comma, floor)
            return edge if edge < comma and tokens[comma - 1].is_capital else first
        if not tokens[comma].is_word or tokens[comma].lower in AUXILIARIES:
            return first
    return first


def has_verb(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a finite verb of reporting, or an auxiliary, stands in a range of tokens."""
    forms = cue_forms()
    return any(
        token.lower in AUXILIARIES
        or (token.lower in forms and not token.is_capital and token.lower.endswith(("ed", "said")))
        for token in tokens[first:last]
    )


def _over_appositions(tokens: list[Token], first: int, floor: int) -> int:
    """Reach over a chain of appositions to the name it explains: "Roe, 35, head of X, …"."""
    for _ in range(4):
        opener = tokens[first]
        lower = opener.lower
        end = next((i for i in range(first, len(tokens)) if tokens[i].text == ","), len(tokens))
        titled = any(t.lower in ROLE_NOUNS for t in tokens[first:end])
        explains = lower in DETERMINERS or not opener.is_capital or titled
        if not explains or first - 2 < floor or tokens[first - 1].text != ",":
            return first
        edge = _left_edge(tokens, first - 1, floor)
        if edge >= first - 1 or not tokens[first - 2].is_word:
            return first
        if tokens[edge].lower in PARENTHETICAL_OPENERS:
            return first
        if not (
            tokens[first - 2].is_capital
            or tokens[first - 2].lower.isdigit()
            or any(t.lower in ROLE_NOUNS for t in tokens[edge : first - 1])
        ):
            return first
        first = edge
    return first


def _antecedent(tokens: list[Token], pronoun: int, floor: int) -> Subject | None:
    right = pronoun
    if right > floor and tokens[right - 1].text == ",":
        right -= 1
    right = skip_adverbials_left(tokens, right, floor)
    if right <= floor or not tokens[right - 1].is_word:
        return None
    first = _left_edge(tokens, right, floor, coordinate=False)
    if tokens[pronoun].lower != "who" or not any(
        t.lower in ROLE_NOUNS for t in tokens[first:right]
    ):
        # "between Tehran and Moscow, which …": the nearest noun phrase
        for index in range(right - 2, first, -1):
            if tokens[index].lower in NEAREST and not (
                tokens[index].lower in {"of", "for", "and"}
                and tokens[index - 1].is_capital
                and tokens[index + 1].is_capital
                and tokens[index].lower != "and"
            ):
                first = index + 1
                break
    for index in range(right - 2, first - 1, -1):  # "according to the envoy, who accused"
        if tokens[index].lower == "according" and tokens[index + 1].lower == "to":
            first = index + 2
    while first < right - 1 and tokens[first].lower in NEAREST:  # "condemned by Roe, who"
        first += 1
    if first < right and tokens[right].text == ",":
        first = _over_appositions(tokens, first, floor)
    return Subject(first, right, "antecedent of the relative pronoun") if first < right else None


def _left_edge(tokens: list[Token], right: int, floor: int, coordinate: bool = True) -> int:
    """Start of the noun phrase that ends at ``right``."""
    first = right
    forms = cue_forms()
    if tokens[right - 1].lower in PRONOUNS - {"who", "which"}:
        return right - 1
    floor = max(floor, right - LONGEST)
    while first > floor:
        token = tokens[first - 1]
        lower = token.lower
        if token.is_quotation:
            # Only a nickname or a quoted adjective stands inside a mention.
            inner = token.text.strip("“”\"'‘’«»")
            if first - 1 == floor or inner.count(" ") > 2 or inner.endswith((",", ".", "?", "!")):
                break
        elif token.text == "," and coordinate and lists_names(tokens, first - 1, right, floor):
            first -= 1
            continue
        elif token.text == ")":
            opening = opening_bracket(tokens, first - 1, floor)
            if opening is None:
                break
            first = opening
            continue
        elif (not token.is_word and token.text not in {".", "&", "-", "$", "@"}) or (
            token.text == "." and (first - 1 == floor or not tokens[first - 2].is_capital)
        ):
            break
        elif (
            lower in {"and", "or"}
            and coordinate
            and coordinates_names(tokens, first - 1, right, floor)
        ):
            first -= 1
            continue
        elif (
            (lower in STOPS and not compares(tokens, first - 1, floor))
            or lower in AUXILIARIES
            or (
                lower in forms
                and not token.is_capital
                and lower not in ROLE_NOUNS
                and (lower.endswith(("ed", "ing")) or lower in CLEAR_VERBS)
                and not (first < right and _describes(tokens, first - 1))
            )
        ):
            break
        elif lower in {"who", "which"} and first != right:
            # "the ambassador who had called for the meeting": keep the relative clause.
            first -= 1
            continue
        elif lower in PRONOUNS and lower not in {"who", "which"} and first < right:
            break
        first -= 1
    past = span_of_time(tokens, first)
    if past is not None and past < right:
        first = past
    first = _drop_opening_adverbial(tokens, first, right)
    while first < right and (
        tokens[first].lower in {"and", "but", "so", "yet", "still", "now", "then", "also", "too"}
        or (
            is_adverbial(tokens[first])
            and first + 1 < right
            and tokens[first].lower not in TEMPORAL
        )
        or not (tokens[first].is_word or tokens[first].is_quotation)
    ):
        first += 1
    return first


def _describes(tokens: list[Token], at: int) -> bool:
    """Whether a participle belongs to the noun before it: "two diplomats briefed on the talks"."""
    if at < 1 or not tokens[at].lower.endswith("ed"):
        return False
    people = tokens[at - 1].lower in ROLE_NOUNS and tokens[at - 1].lower.endswith(("s", "n", "e"))
    return people and tokens[at + 1].lower in {"on", "by", "in", "about", "of", "with"}


def _drop_opening_adverbial(tokens: list[Token], first: int, right: int) -> int:
    """Cut "On Friday", "In a statement", "After the talks" from before the subject."""
    if right - first < 2 or tokens[first].lower not in PARENTHETICAL_OPENERS:
        return first
    for index in range(right - 1, first + 1, -1):
        before, token = tokens[index - 1], tokens[index]
        starts = token.lower in DETERMINERS or token.lower in PRONOUNS
        if token.is_capital and not before.is_capital and before.lower not in DETERMINERS:
            starts = before.lower not in TITLE_PREPOSITIONS
        if token.is_capital and before.lower in TEMPORAL:
            starts = True
        if starts and before.lower not in TITLE_PREPOSITIONS and before.lower not in DETERMINERS:
            return index
    return first


__all__ = ["Subject", "has_verb", "mention_after", "names_a_source", "subject_before"]
