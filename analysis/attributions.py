"""Find in one sentence every cue with its source and its content."""

from __future__ import annotations

from dataclasses import dataclass, field

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
from analysis.sources import (
    CONTRACTED,
    DETERMINERS,
    PRONOUNS,
    Subject,
    is_adverbial,
    mention_after,
    names_a_source,
    skip_adverbials_right,
    subject_before,
)
from analysis.tokens import Token

_BE = frozenset("is are was were be been being am 's".split())
_HYPOTHETICAL = frozenset("would could may might should must can to will shall won't".split())
_CLAUSE_GERUND = frozenset("after before while when by in".split())
_UNSAID = frozenset("say mention specify elaborate comment reveal disclose respond reply".split())
_PREPOSITIONS = frozenset(
    "of in on at to for with about during after before from by as when while because over".split()
)
_MENTAL = frozenset("want wish feel know think believe hope expect assume prefer".split())
_ASIDE = frozenset("when while as in on at during before after referring but and".split())
_CLOSERS = frozenset("say report write add tell note state announce confirm reveal".split())
_COORDINATORS = frozenset("and but while whereas".split())


@dataclass(slots=True)
class Cued:
    """A cue in a sentence: token indices, who speaks, and where content may lie.

    ``first:last`` are the cue's tokens, ``clause_first`` the start of its clause (subject and
    auxiliaries included, where they stand before it), ``after`` the first token behind the cue
    and its particles, or behind an inverted subject.
    """

    first: int
    last: int
    clause_first: int
    after: int
    form: str
    cue: Cue | None
    subject: Subject | None
    inherits: bool = False
    inverted: bool = False
    participle: bool = False


@dataclass(slots=True)
class Attribution:
    """Content, source and cue as token ranges of one sentence, and the rule in words."""

    content: list[tuple[int, int]]
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    rule: str
    via: list[tuple[int, int]] = field(default_factory=list)
    inherits: bool = False


def attributions(tokens: list[Token]) -> list[Attribution]:
    """Find the attributions of one sentence, in reading order.

    Parameters
    ----------
    tokens : list of Token
        The sentence; quotations are single tokens.

    Returns
    -------
    list of Attribution
        Token ranges, end exclusive. A cue inside the content of another is not listed: an
        attribution within somebody's words is that speaker's.
    """
    according = _according(tokens)
    hits = cued(tokens)
    found: list[Attribution] = []
    reach = 0  # content and cues left of this index are taken
    previous: Attribution | None = None
    outer = _closing_attribution(tokens, hits, according)
    if outer is not None:
        found, previous = [outer[0]], outer[0]
        reach = outer[1]
    for position, hit in enumerate(hits):
        if hit.first < reach:
            continue
        later = hits[position + 1 :]
        item = _attribution(tokens, hit, later, according, found, reach)
        if item is None:
            continue
        if item.source is None and item.inherits and previous is not None:
            item.source = previous.source
        found.append(item)
        previous = item
        reach = max([end for _, end in item.content] + [hit.last, hit.after])
    for phrase in according:
        _place_according(tokens, phrase, found)
    found.sort(key=lambda item: min(start for start, _ in item.content))
    return found


def _closing_attribution(
    tokens: list[Token], hits: list[Cued], according: list[tuple[int, int, int]]
) -> tuple[Attribution, int] | None:
    """Read "…, the agency reported." as the source of all that stands before it.

    Only where another cue stands before it: else the ordinary reading finds it.
    """
    for position in range(len(hits) - 1, 0, -1):
        hit = hits[position]
        if hit.cue is None or hit.cue.lemma not in _CLOSERS or hit.inherits or hit.subject is None:
            continue
        if tokens[hit.clause_first - 1].text != "," or not _closes(tokens, hit):
            continue
        if tokens[max(0, hit.clause_first - 2)].is_quotation and not hit.inverted:
            continue
        left = _left_content(tokens, hit, 0, according)
        if left is None or hits[0].first < left[0]:
            continue
        rule = f"cue “{tokens[hit.first].text}”; {hit.subject.rule}; closes the sentence"
        source = (hit.subject.first, hit.subject.last)
        return Attribution([left], source, (hit.first, hit.last), rule), max(hit.last, hit.after)
    return None


def _according(tokens: list[Token]) -> list[tuple[int, int, int]]:
    """Every "according to X": (cue start, mention start, mention end)."""
    phrases = []
    for index, token in enumerate(tokens[:-2]):
        if token.lower == "according" and tokens[index + 1].lower == "to":
            mention = mention_after(tokens, index + 2, len(tokens))
            if mention:
                phrases.append((index, mention.first, mention.last))
    return phrases


def _place_according(
    tokens: list[Token], phrase: tuple[int, int, int], found: list[Attribution]
) -> None:
    """Make "according to X" a link in a chain, or an attribution of its own."""
    cue, first, last = phrase
    for item in found:
        spans = [*item.content, *([item.source] if item.source else [])]
        low, high = min(s for s, _ in spans), max(e for _, e in spans)
        if low - 1 <= last + 1 and cue <= high + 1:
            if item.source != (first, last):
                item.via.append((first, last))
            return
    content = []
    if cue > 0:
        left = _trim(tokens, 0, cue)
        if left:
            content.append(left)
    right = _trim(tokens, last, len(tokens))
    if right and content and tokens[right[0]].lower in DETERMINERS and content[0][1] > 8:
        right = None if not any(t.is_quotation for t in tokens[right[0] : right[1]]) else right
    if right and (not content or right[1] - right[0] > 2):
        content.append(right)
    quoted = any(t.is_quotation for s, e in content for t in tokens[s:e])
    if quoted or sum(e - s for s, e in content) >= 2:
        rule = "“according to” names the source"
        found.append(Attribution(content, (first, last), (cue, cue + 2), rule))


def cued(tokens: list[Token]) -> list[Cued]:
    """Every reporting verb, adjective or noun phrase that has or may have a subject."""
    forms = cue_forms()
    hits: list[Cued] = []
    for index, token in enumerate(tokens):
        if token.is_quotation or not token.is_word:
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
    if hit is None or hit.subject is None and not hit.inherits:
        return None
    after = noun + 1
    if tokens[after].lower in {"about", "at", "over", "that", "of", "for", "on", "to", "in"}:
        after += tokens[after].lower in {"about", "at", "over", "that", "of"}
    elif tokens[after].lower != "against" and not tokens[after].is_quotation:
        if tokens[after].text not in {":", ","} and tokens[after].lower not in {"saying", "with"}:
            return None
    if tokens[noun].lower in {"statement", "comments", "remarks", "message"} and not any(
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
    before = tokens[first - 1] if first else None
    if before is not None and before.lower in {"not", "never"} | NEGATIONS:
        auxiliaries.append("not")
    negated = bool(NEGATIONS & set(auxiliaries))
    if negated and cue.lemma in _UNSAID:
        return None
    if before is not None and before.lower == "to" and first == index:
        return None
    if _HYPOTHETICAL & set(auxiliaries):
        announced = set(auxiliaries) == {"will"} and any(
            t.is_quotation for t in tokens[max(0, first - 4) : first]
        )
        if not announced:
            return None
    contracted = before is not None and before.lower in CONTRACTED
    progressive = lower.endswith("ing") and (bool(_BE & set(auxiliaries)) or contracted)
    if not lower.endswith("ing") and _BE & set(auxiliaries):
        return _passive(tokens, index, first, cue)
    if index + 1 < len(tokens) and tokens[index + 1].lower == "by" and lower.endswith("ed"):
        return None
    if progressive and cue.lemma == "consider":  # weighing a plan, not stating a view
        return None
    if lower.endswith("ing") and not progressive:
        return _participle(tokens, index, cue)
    if tokens[index].is_capital and index and lower in AMBIGUOUS and not _title_case(tokens):
        return None
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    end = index + 1
    if (cue.lemma, following) in PHRASAL:
        cue, end = Cue(cue.lemma, frozenset("q"), frozenset()), index + 2
    ambiguous = (lower in AMBIGUOUS or "q" not in cue.frames) and end == index + 1
    quoted = before is not None and before.is_quotation
    if ambiguous and not quoted and before is not None and not _may_follow_subject(before):
        return None
    after = skip_adverbials_right(tokens, end)
    if "q" in cue.frames and cue.lemma != "tell" and _inverts(tokens, index, first):
        mention = mention_after(tokens, index + 1, len(tokens))
        if mention and names_a_source(tokens, mention.first, mention.last):
            return Cued(index, index + 1, index, mention.last, lower, cue, mention, inverted=True)
    subject = subject_before(tokens, first)
    if subject and _first_person(tokens, subject, cue):
        return None
    if subject is None:
        coordinated = before is not None and before.lower in {"and", "but", "then", "or"}
        if coordinated and lower not in AMBIGUOUS - {"called"}:
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
    ):
        return None
    if not auxiliaries and _agrees_not(tokens, subject, lower):
        return None
    return Cued(index, end, subject.first, after, lower, cue, subject)


def _first_person(tokens: list[Token], subject: Subject, cue: Cue) -> bool:
    """Whether the reporter speaks of himself: "I think", "we want"."""
    return cue.lemma in _MENTAL and tokens[subject.last - 1].lower in {"i", "we", "you"}


def _agrees_not(tokens: list[Token], subject: Subject, lower: str) -> bool:
    """Whether a base form has a singular name as subject: then it is no finite verb."""
    base = cue_forms()[lower].lemma == lower if lower in cue_forms() else False
    head = tokens[subject.last - 1]
    several = any(
        t.lower in {"and", "they", "we", "i", "you"} for t in tokens[subject.first : subject.last]
    )
    return (
        base
        and not several
        and not head.lower.endswith(
            ("s", "people", "men", "who", "many", "some", "few", "most", "all")
        )
    )


def _title_case(tokens: list[Token]) -> bool:
    words = [t for t in tokens if t.is_word]
    return 10 * sum(t.is_capital for t in words) > 7 * len(words)


def _may_follow_subject(token: Token) -> bool:
    if token.is_quotation:
        return False
    if not token.is_word:
        return token.text in {",", ")", "—", "–"}
    if token.lower in DETERMINERS - {"all", "many", "several", "most", "some", "both", "few"}:
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
    if not behind.is_word or is_adverbial(behind) or behind.lower in _PREPOSITIONS:
        return False
    if behind.lower in PRONOUNS | {"that", "the", "a", "an"} or behind.is_capital:
        return behind.lower != "that"
    return names_a_source(tokens, index + 1, min(index + 5, len(tokens)))


def _passive(tokens: list[Token], index: int, first: int, cue: Cue) -> Cued | None:
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
    if index + 2 < len(tokens) and tokens[index + 1].lower == "by" and "n" in cue.frames:
        mention = mention_after(tokens, index + 2, len(tokens))
        if mention and names_a_source(tokens, mention.first, mention.last):
            return Cued(
                first, index + 1, first, mention.last, "passive", cue, mention, inverted=True
            )
    return None


def _participle(tokens: list[Token], index: int, cue: Cue) -> Cued | None:
    """Cue such as ", adding that …" or "Citing reports, X said …"."""
    before = tokens[index - 1] if index else None
    lower = tokens[index].lower
    after = skip_adverbials_right(tokens, index + 1)
    step = index
    while step and is_adverbial(tokens[step - 1]):
        step -= 1
    before = tokens[step - 1] if step else None
    if before is None or (step == 0):
        first = index
        if index + 2 < len(tokens) and tokens[index + 1].lower == "reports":
            after = index + 2
        return Cued(
            first,
            after if after > index + 1 and tokens[after - 1].lower == "reports" else index + 1,
            0,
            after,
            lower,
            cue,
            None,
            participle=True,
        )
    if (
        before.text in {",", "—", "–", ";"}
        or before.is_quotation
        or before.lower in (_CLAUSE_GERUND | {"and"})
    ):
        return Cued(
            index, index + 1, index, after, lower, cue, None, inherits=True, participle=True
        )
    return None


def _attribution(
    tokens: list[Token],
    hit: Cued,
    later: list[Cued],
    according: list[tuple[int, int, int]],
    found: list[Attribution],
    reach: int,
) -> Attribution | None:
    """Give a cue its content, left or right of it, or drop it."""
    words = f"cue “{' '.join(t.text for t in tokens[hit.first : hit.last])}”"
    source = (hit.subject.first, hit.subject.last) if hit.subject else None
    if hit.form == "passive":
        left = _trim(tokens, reach, hit.first)
        if not left:
            return None
        return Attribution(
            [left], source, (hit.first, hit.last), f"{words}; passive, agent after “by”"
        )
    if hit.participle and source is None and not hit.inherits:
        return _opening_participle(tokens, hit, words)
    rule = (
        f"{words}; {hit.subject.rule}" if hit.subject else f"{words}; subject of the clause before"
    )
    left = _left_content(tokens, hit, reach, according)
    right, last = (
        (None, hit.last)
        if left and _closes(tokens, hit)
        else _right_content(tokens, hit, later, according)
    )
    direct_left = left is not None and (
        hit.inverted
        or tokens[hit.clause_first - 1].is_quotation
        or (right is None or tokens[right[0]].is_quotation)
        or (tokens[hit.after - 1].text != "that" and _closes(tokens, hit))
    )
    if left and direct_left:
        content = [left]
        if (
            right
            and tokens[right[0]].is_quotation
            and tokens[right[0] - 1].text in {",", ":", ";", "—"}
        ):
            content.append(right)
        return Attribution(content, source, (hit.first, hit.last), f"{rule}; content before")
    if right is None:
        return None
    if source is None and not found:
        subject = _main_subject(tokens, hit.first)
        if subject is None:
            return None
        source = (subject.first, subject.last)
    item = Attribution([right], source, (hit.first, last), f"{rule}; content after")
    item.inherits = source is None
    return item


def _main_subject(tokens: list[Token], before: int) -> Subject | None:
    """Subject of the sentence, for a coordinated or participle cue without one of its own."""
    for index in range(1, before):
        lower = tokens[index].lower
        verbal = (
            lower in AUXILIARIES
            or (lower.endswith("ed") and not tokens[index].is_capital and tokens[index].is_word)
            or lower in {"met", "spoke", "took", "went", "made", "gave", "held", "came", "sent"}
        )
        if verbal:
            subject = subject_before(tokens, index)
            if subject and names_a_source(tokens, subject.first, subject.last):
                return subject
    return None


def _closes(tokens: list[Token], hit: Cued) -> bool:
    """Whether nothing that could be content follows the cue clause."""
    at = hit.after
    if at >= len(tokens):
        return True
    token = tokens[at]
    if token.text in {".", ";", ",", "?", "!", ")"}:
        return not (token.text == "," and at + 1 < len(tokens) and tokens[at + 1].is_quotation)
    return token.lower in {
        "in",
        "on",
        "at",
        "of",
        "after",
        "during",
        "when",
        "as",
        "from",
        "to",
        "while",
        "with",
        "about",
        "without",
        "before",
        "by",
        "and",
    }


def _left_content(
    tokens: list[Token], hit: Cued, reach: int, according: list[tuple[int, int, int]]
) -> tuple[int, int] | None:
    """Content that ends right before the clause of a cue: "…, he said"."""
    if hit.inherits or (hit.cue is not None and "q" not in hit.cue.frames) or hit.cue is None:
        return None
    stop = hit.clause_first
    if stop <= reach:
        return None
    before = tokens[stop - 1]
    if not (before.is_quotation or before.text in {",", "?", "!", "—", "–", "-"}):
        return None
    start = reach
    for cue, _, last in according:
        if cue == 0 and last < stop:
            start = max(start, last)
    span = _trim(tokens, start, stop)
    if span is None:
        return None
    first, last = span
    if any(t.is_quotation for t in tokens[first:last]):
        return span
    opener = tokens[first].lower
    words = [t for t in tokens[first:last] if t.is_word]
    adverbial = opener in {
        "on",
        "in",
        "at",
        "for",
        "during",
        "after",
        "before",
        "when",
        "while",
        "as",
        "since",
        "with",
        "under",
        "asked",
        "speaking",
        "despite",
        "by",
        "earlier",
        "later",
        "meanwhile",
        "but",
        "and",
        "if",
        "though",
        "although",
        "because",
        "following",
        "like",
        "unlike",
        "regarding",
        "instead",
        "still",
        "however",
        "from",
        "until",
        "about",
        "to",
        "citing",
        "among",
        "rather",
        "once",
        "yet",
        "also",
        "nevertheless",
        "noting",
        "pressed",
        "addressing",
    }
    several = any(t.text == "," for t in tokens[first:last])
    if adverbial and not (several and hit.inverted) and not (hit.inverted and len(words) > 6):
        if not (_closes(tokens, hit) and len(words) > 5 and hit.after >= len(tokens) - 1):
            return None
    return span if len(words) >= 3 else None


def _right_content(
    tokens: list[Token],
    hit: Cued,
    later: list[Cued],
    according: list[tuple[int, int, int]],
) -> tuple[tuple[int, int] | None, int]:
    """Content behind a cue, and the end of the cue with its particle."""
    start, last = _content_start(tokens, hit)
    if start is None or start >= len(tokens):
        return None, last
    stop = _content_end(tokens, start, hit, later, according)
    opening = tokens[start]
    if opening.is_quotation and start + 1 < stop and tokens[start + 1].lower in _ASIDE:
        if opening.text.rstrip("”\"'’»")[-1:] in {",", ".", "?", "!"}:
            stop = start + 1  # said, “…,” when asked about it
    span = _trim(tokens, start, stop)
    if span is None:
        return None, last
    words = sum(t.is_word for t in tokens[span[0] : span[1]])
    if words < 1 and not any(t.is_quotation for t in tokens[span[0] : span[1]]):
        return None, last
    return span, last


def _content_start(tokens: list[Token], hit: Cued) -> tuple[int | None, int]:
    at, last = hit.after, hit.last
    if at >= len(tokens):
        return None, last
    if hit.cue is None:
        return at + (tokens[at].lower == "that"), last
    frames, prepositions = hit.cue.frames, hit.cue.prepositions
    token = tokens[at]
    if token.lower in prepositions and "p" in frames:
        last = at + 1
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        if token.lower in {"out", "back", "off", "on", "aside", "away", "down"} and (
            following in {"against", "at", "that", "of", "to"}
        ):
            return at + 2, at + 2
        if token.lower == "back" and not (
            at + 1 < len(tokens) and (tokens[at + 1].is_quotation or following in {":", ","})
        ):
            return None, last
        if hit.cue.lemma == "call" and token.lower == "on":
            return at + 1, last
        if following == "that":
            return at + 2, last
        return at + 1, last
    if token.text in {":", ",", "—", "–"}:
        if at + 1 < len(tokens) and (tokens[at + 1].is_quotation or token.text == ":"):
            return at + 1, last
        if token.text == "," and "q" in frames and _parenthesis_then_content(tokens, at):
            return _parenthesis_then_content(tokens, at), last
        return None, last
    if token.lower == "that" and frames & {"q", "o"}:
        return at + 1, last
    if token.is_quotation and frames & {"q", "n", "o"}:
        return at, last
    if "o" in frames:
        start = _after_addressee(tokens, at, hit)
        if start is not None:
            return start, last
    if "i" in frames and token.lower == "to":
        return at, last
    if "g" in frames and token.lower.endswith("ing"):
        return at, last
    if frames & {"q", "n"}:
        blocked = {
            "to",
            "of",
            "by",
            "as",
            "in",
            "on",
            "at",
            "for",
            "with",
            "about",
            "from",
            "into",
            "and",
            "or",
            "but",
            "against",
            "over",
            "after",
            "up",
            "down",
            "off",
        }
        if not token.is_word or token.lower in blocked:
            return _that_behind(tokens, at) if "q" in frames else None, last
        if "q" in frames:
            behind = _that_behind(tokens, at)
            if behind is not None and tokens[at].lower in {"there", "here"}:
                return behind, last
        return at, last
    return None, last


def _that_behind(tokens: list[Token], at: int) -> int | None:
    """Start of the clause after "said in London on Friday that": only phrases between."""
    if at >= len(tokens) or tokens[at].lower not in {
        "in",
        "on",
        "at",
        "to",
        "during",
        "from",
        "after",
        "through",
        "via",
        "by",
        "with",
        "before",
        "of",
        "for",
        "as",
    }:
        return None
    for index in range(at + 1, min(at + 16, len(tokens))):
        if tokens[index].lower == "that" or tokens[index].text == ":":
            return index + 1 if index + 1 < len(tokens) else None
        if tokens[index].is_quotation and tokens[index - 1].text in {",", ":"}:
            return index
        if tokens[index].text in {".", ";"}:
            return None
    return None


def _parenthesis_then_content(tokens: list[Token], comma: int) -> int | None:
    """Start of the content in "said, in a first reaction, that …" or "said, “…”."""
    for index in range(comma + 1, min(comma + 12, len(tokens) - 1)):
        if tokens[index].text == ",":
            following = tokens[index + 1]
            if following.lower == "that":
                return index + 2
            return index + 1 if following.is_quotation else None
    return None


def _after_addressee(tokens: list[Token], at: int, hit: Cued) -> int | None:
    """Start of the content behind somebody addressed: "told reporters that …".

    For verbs whose object belongs to the content ("accused X of Y", "urged X to Y") the
    content starts with the object.
    """
    whole = hit.cue.lemma in {
        "accuse",
        "urge",
        "call",
        "label",
        "dub",
        "term",
        "blame",
        "ask",
        "order",
        "invite",
        "encourage",
        "advise",
        "command",
        "instruct",
        "beg",
        "implore",
    }
    token = tokens[at]
    if token.lower in {"of", "about", "against", "over", "to"} and hit.cue.lemma == "warn":
        return at + (token.lower != "to")
    if not token.is_word or token.lower in {"in", "on", "at", "by", "as"}:
        return None
    if whole:
        return at
    for index in range(at, min(at + 18, len(tokens))):
        step = tokens[index]
        if step.lower == "that" or (step.text == ":" and index > at):
            return index + 1
        if step.is_quotation:
            return index
        if step.text == "," and index + 1 < len(tokens) and tokens[index + 1].is_quotation:
            return index + 1
        if index > at and step.lower in {
            "to",
            "not",
            "about",
            "of",
            "against",
            "how",
            "what",
            "why",
            "whether",
            "if",
        }:
            return index + (step.lower in {"about", "of", "against"})
        if step.text in {".", ";"}:
            break
    if token.lower in {"them", "him", "her", "us", "me", "reporters", "journalists"}:
        return at + 1
    mention = mention_after(tokens, at, len(tokens))
    if mention and hit.cue.lemma in {"tell", "remind", "assure", "inform"}:
        return mention.last if mention.last < len(tokens) else None
    return at if "q" in hit.cue.frames else None


def _content_end(
    tokens: list[Token],
    start: int,
    hit: Cued,
    later: list[Cued],
    according: list[tuple[int, int, int]],
) -> int:
    """Where content gives way: the next cue's clause, "according to", "without …-ing"."""
    clausal = hit.cue is not None and "q" in hit.cue.frames
    stops = {cue for cue, _, _ in according if cue > start and tokens[cue - 1].text == ","}
    for other in later:
        if other.first <= start:
            continue
        before = tokens[other.clause_first - 1] if other.clause_first else None
        edge = other.clause_first
        if other.subject and other.subject.rule == "antecedent of the relative pronoun":
            edge = other.subject.last
        if other.participle and before is not None and before.text in {",", "—", "–", ";"}:
            stops.add(edge)
        elif other.inherits and not other.participle and before is not None:
            # Inside "said he had met X and asked Y" the second verb belongs to the content.
            if not clausal or (edge > 1 and _breaks(tokens[edge - 2])):
                stops.add(edge - 1 if before.lower in _COORDINATORS | {"then", "or"} else edge)
        elif other.subject and edge > start:
            mark = tokens[edge - 1].text if edge else ""
            opener = tokens[edge].text if edge < len(tokens) else ""
            joined = tokens[edge - 1].lower in _COORDINATORS and edge - 2 > start
            if mark in {",", ";", "—", "–"} or opener == ",":
                stops.add(edge)
            elif joined and (not clausal or _breaks(tokens[edge - 2])):
                stops.add(edge - 1)
    for index in range(start + 1, len(tokens) - 1):
        if tokens[index].text == "," and tokens[index + 1].lower == "without":
            stops.add(index)
        if tokens[index].text == ";":
            stops.add(index)
    return min([stop for stop in stops if stop > start], default=len(tokens))


def _breaks(token: Token) -> bool:
    """Whether a comma or the end of a quotation stands before a conjunction."""
    return token.text in {",", ";", "—", "–"} or token.is_quotation


def _opening_participle(tokens: list[Token], hit: Cued, words: str) -> Attribution | None:
    """Read "Citing/Noting that …, X said …": content up to the comma before the subject."""
    start = hit.after
    if start < len(tokens) and tokens[start].lower == "that":
        start += 1
    elif hit.cue and hit.cue.lemma not in {
        "cite",
        "recall",
        "reject",
        "deny",
        "condemn",
        "denounce",
        "criticise",
        "criticize",
        "dismiss",
        "call",
    }:
        return None
    for index in range(len(tokens) - 1, start, -1):
        if tokens[index].text != ",":
            continue
        mention = mention_after(tokens, index + 1, len(tokens))
        if mention is None or not names_a_source(tokens, mention.first, mention.last):
            continue
        behind = skip_adverbials_right(tokens, mention.last)
        if behind < len(tokens) and (
            tokens[behind].lower in cue_forms() or tokens[behind].lower in AUXILIARIES
        ):
            span = _trim(tokens, start, index)
            if span:
                return Attribution(
                    [span],
                    (mention.first, mention.last),
                    (hit.first, hit.last),
                    f"{words}; subject of the main clause",
                )
    return None


def _trim(tokens: list[Token], start: int, stop: int) -> tuple[int, int] | None:
    """Cut punctuation and conjunctions from the edges of a token range."""
    while start < stop and not (tokens[start].is_word or tokens[start].is_quotation):
        if tokens[start].text in {"(", "$", "£", "€", "#", "@"}:
            break
        start += 1
    while start < stop and tokens[start].lower in {"and", "but"} and not tokens[start].is_quotation:
        start += 1
    while stop > start and not (tokens[stop - 1].is_word or tokens[stop - 1].is_quotation):
        if tokens[stop - 1].text in {")", "%"}:
            break
        stop -= 1
    return (start, stop) if start < stop else None
