"""Say where the content of a cue begins and ends."""

from __future__ import annotations

from analysis.adverbials import is_adverbial
from analysis.content_ends import COORDINATORS, content_end
from analysis.cued import Cued
from analysis.cues import AUXILIARIES, PHRASAL, cue_forms
from analysis.source_words import PRONOUNS
from analysis.sources import mention_after
from analysis.tokens import Token

_PREPOSITIONS = frozenset(
    "of in on at to for with about during after before from by as when while because over".split()
)

_ASIDE = frozenset("when while as in on at during before after referring but and".split())


_TURNS = frozenset(
    """but and while as when who which without with after before although though whereas because
    so in on at during that citing however according""".split()
)

_EVIDENCE = frozenset("shows show showed suggests suggest suggested indicates reveals".split())
_SUBORDINATORS = frozenset("while if although though because since when unless".split())
_FAVOUR = frozenset("favour favor support defence defense praise".split())
_OPENERS = frozenset(
    """on in at for during after before when while as since with under asked speaking despite by
    earlier later meanwhile but and if though although because following like unlike regarding
    instead still however from until about to citing among rather once yet also nevertheless
    noting pressed addressing""".split()
)
_NO_OBJECT = frozenset(
    """to of by as in on at for with about from into and or but against over after up down off
    than""".split()
)
_PHRASE_OPENERS = frozenset(
    """in on at to during from after through via by with before of for as""".split()
)
_OBJECT_INSIDE = frozenset(
    """accuse urge call label dub term blame ask order invite encourage advise command instruct beg
    implore charge reproach fault press""".split()
)


def left_content(
    tokens: list[Token], hit: Cued, reach: int, according: list[tuple[int, int, int]]
) -> tuple[int, int] | None:
    """Content that ends right before the clause of a cue: "…, he said"."""
    if hit.inherits or (hit.cue is not None and not hit.cue.frames & {"q", "l"}) or hit.cue is None:
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
    span = trim(tokens, _own_clause(tokens, hit, start, stop), stop)
    if span is None:
        return None
    first, last = span
    opener = tokens[first].lower
    title_only = opener in _PREPOSITIONS and not tokens[last - 1].is_quotation
    if any(t.is_quotation for t in tokens[first:last]) and not title_only:
        return span
    words = [t for t in tokens[first:last] if t.is_word]
    adverbial = opener in _OPENERS
    several = any(t.text == "," for t in tokens[first:last])
    if several and opener in _SUBORDINATORS and len(words) > 7 and closes(tokens, hit):
        return span  # "While it may rise, that is no cause for alarm, he said"
    if _goes_on(tokens, hit, span):  # "Nobody, he added, was trying": content on both sides
        return span
    if adverbial and not (several and hit.inverted) and not (hit.inverted and len(words) > 6):
        if not (closes(tokens, hit) and len(words) > 5 and hit.after >= len(tokens) - 1):
            return None
    if len(words) < 3:  # "Not so, says Roe." where nothing else is in the sentence
        alone = hit.after >= len(tokens) - 1 and not is_adverbial(tokens[first])
        return span if alone and first == 0 else None
    return span


def _own_clause(tokens: list[Token], hit: Cued, start: int, stop: int) -> int:
    """Where content before a cue begins, if a frame of the reporter's stands before it.

    "The guard was late; she did not mind, she said": the clause with the speaker's own pronoun.
    "A cable shows that the mission, it wrote, “…”": what the evidence shows.
    """
    speaker = tokens[hit.subject.first].lower if hit.subject else ""
    for index in range(stop - 2, start, -1):
        if tokens[index].text == ";" and speaker in PRONOUNS:
            if tokens[index + 1].lower == speaker:
                return index + 1
        if tokens[index].text == ":" and hit.clause_first - index < 6:
            return index + 1
        if tokens[index].lower == "that" and tokens[index - 1].lower in _EVIDENCE:
            return index + 1
    return start


def right_content(
    tokens: list[Token],
    hit: Cued,
    later: list[Cued],
    according: list[tuple[int, int, int]],
) -> tuple[tuple[int, int] | None, int]:
    """Content behind a cue, and the end of the cue with its particle."""
    start, last = _content_start(tokens, hit)
    if start is None or start >= len(tokens):
        return None, last
    stop = content_end(tokens, start, hit, later, according)
    opening = tokens[start]
    if opening.is_quotation and start + 1 < stop and tokens[start + 1].lower in _ASIDE:
        if opening.text.rstrip("”\"'’»")[-1:] in {",", ".", "?", "!"}:
            stop = start + 1  # said, “…,” when asked about it
    span = trim(tokens, start, stop)
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
        if tokens[at].lower == "to":  # "gave an assurance to the islands that …"
            at = _that_behind(tokens, at) or at
        return at + (tokens[at].lower == "that"), last
    frames, prepositions = hit.cue.frames, hit.cue.prepositions
    token = tokens[at]
    if token.lower == "only" and at + 1 < len(tokens):
        if tokens[at + 1].lower == "that" or tokens[at + 1].text == ":":
            at += 1
            token = tokens[at]
    quoted = at + 1 < len(tokens) and tokens[at + 1].is_quotation
    if "n" in frames and token.lower == "as" and quoted:  # "dismissed as “a tale” the charge …"
        return at, last
    if hit.last - hit.first == 2 and (hit.cue.lemma, tokens[hit.last - 1].lower) in PHRASAL:
        opens = token.lower in {"that", ":"} or token.is_quotation
        opens = opens or (token.text == "," and tokens[min(at + 1, len(tokens) - 1)].is_quotation)
        return (at + (not token.is_quotation) if opens else None), last
    if "p" in frames and token.lower == "in" and at + 3 < len(tokens):
        if tokens[at + 1].lower in _FAVOUR and tokens[at + 2].lower == "of":
            return at + 3, at + 3
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
        other = mention_after(tokens, at + 1, len(tokens)) if token.lower == "with" else None
        if other and other.last + 1 < len(tokens) and tokens[other.last].lower == "that":
            return other.last + 1, last  # "agreed with Roe that …"
        return at + 1, last
    if token.text in {":", ",", "—", "–"}:
        if at + 1 < len(tokens) and (tokens[at + 1].is_quotation or token.text == ":"):
            return at + 1, last
        if token.text == "," and "q" in frames and _parenthesis_then_content(tokens, at):
            return _parenthesis_then_content(tokens, at), last
        return None, last
    if token.lower == "that" and frames & {"q", "o"}:
        pronoun = at + 1 < len(tokens) and tokens[at + 1].lower in {"is", "was", "would", "will"}
        return at + 1 - pronoun, last
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
        if not token.is_word or token.lower in _NO_OBJECT:
            return _that_behind(tokens, at) if "q" in frames else None, last
        if "q" in frames:
            behind = _that_behind(tokens, at)
            if behind is not None and tokens[at].lower in {"there", "here"}:
                return behind, last
        return at, last
    return None, last


def _that_behind(tokens: list[Token], at: int) -> int | None:
    """Start of the clause after "said in London on Friday that": only phrases between."""
    if at >= len(tokens) or tokens[at].lower not in _PHRASE_OPENERS:
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
    whole = hit.cue.lemma in _OBJECT_INSIDE
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


def _goes_on(tokens: list[Token], hit: Cued, left: tuple[int, int]) -> bool:
    """Whether the sentence interrupted by a cue clause goes on behind it."""
    at = _over_phrase(tokens, hit.after)
    if at + 2 >= len(tokens) or tokens[at + 1].is_quotation:
        return False
    opener = tokens[at + 1].lower
    if tokens[at].text == ";":  # "…, cautioned X; what was needed was …"
        return hit.inverted or any(t.is_quotation for t in tokens[at:])
    if tokens[at].text != ",":
        return False
    if tokens[left[0]].lower in {"if", "unless"}:  # the main clause is still to come
        return not any(t.text == "," for t in tokens[left[0] : left[1]])
    if tokens[left[1] - 1].lower in AUXILIARIES:  # "The plan is, says Roe, a myth"
        return True
    if tokens[left[1] - 1].is_quotation:
        modal = opener == "and" and tokens[at + 2].lower in AUXILIARIES  # "and would “not stop”"
        if modal and any(t.is_quotation for t in tokens[at:]):
            return True
        near = any(t.is_quotation for t in tokens[at : at + 8])
        return opener in AUXILIARIES or (opener in {"to", "because"} and near)
    if opener == "including" or (opener == "and" and tokens[-2].is_quotation):
        return True
    if hit.inverted and left[1] - left[0] < 3 and opener == "but":  # "Cheap, says Roe, but loud"
        return True
    if hit.inverted:  # "The days of free water, insisted Roe, were gone"
        return opener in AUXILIARIES
    if opener == "and" and at + 5 < len(tokens) and _clause_begins(tokens, at + 2):
        return True
    if opener.endswith("ing"):
        return False
    if left[1] - left[0] < 3 or opener == "because":
        return True
    return opener not in _TURNS


def _over_phrase(tokens: list[Token], at: int) -> int:
    """Walk over a phrase that ends in a comma: "said *after the talks*, and would “not stop”"."""
    if at >= len(tokens) or tokens[at].lower not in _PHRASE_OPENERS - {"to", "as", "of"}:
        return at
    for index in range(at + 1, min(at + 8, len(tokens))):
        if tokens[index].text == ",":
            return index
        if not tokens[index].is_word or tokens[index].lower in AUXILIARIES | {"that"}:
            return at
    return at


def _clause_begins(tokens: list[Token], at: int) -> bool:
    """Whether a thing and its verb follow: "the tea was cold"."""
    if tokens[at].lower not in {"the", "this", "that", "its", "his", "her", "their", "there"}:
        return False
    return any(t.lower in AUXILIARIES for t in tokens[at + 1 : at + 6])


def _behind_participle(tokens: list[Token], comma: int) -> tuple[int, int] | None:
    """Quotation that is taken up in "“This,” said Roe, holding up a shell, “was found here.”"."""
    if not tokens[comma + 1].lower.endswith("ing") or tokens[comma + 1].lower in cue_forms():
        return None
    for index in range(comma + 2, min(comma + 14, len(tokens) - 1)):
        if tokens[index].is_quotation or tokens[index].text in {".", ";", ":"}:
            return None
        if tokens[index].text == "," and tokens[index + 1].is_quotation:
            return index + 1, index + 2
    return None


def _behind_dashes(tokens: list[Token], at: int, left: tuple[int, int]) -> tuple[int, int] | None:
    """Quotation that is taken up in "“I will not,” Roe began – there were bells – “be moved.”"."""
    if not tokens[left[1] - 1].is_quotation:
        return None
    for index in range(at + 1, min(at + 25, len(tokens) - 1)):
        if tokens[index].text == tokens[at].text:
            return (index + 1, index + 2) if tokens[index + 1].is_quotation else None
        if tokens[index].is_quotation:
            return None
    return None


def onward_content(
    tokens: list[Token],
    hit: Cued,
    left: tuple[int, int],
    later: list[Cued],
    according: list[tuple[int, int, int]],
) -> tuple[int, int] | None:
    """Content that goes on behind an inserted cue: "Many of them, he said, have closed"."""
    at = hit.after
    if at < len(tokens) and tokens[at].text in {"–", "—", "-"}:
        return _behind_dashes(tokens, at, left)
    if at + 2 < len(tokens) and tokens[at].text == "," and tokens[left[1] - 1].is_quotation:
        taken_up = _behind_participle(tokens, at)
        if taken_up:
            return taken_up
    if not _goes_on(tokens, hit, left):
        return None
    at = _over_phrase(tokens, at)
    joined = tokens[at + 1].lower in COORDINATORS | {"so"}
    if tokens[at + 1].lower == "and" and not tokens[left[1] - 1].is_quotation:
        span = trim(tokens, at + 1, content_end(tokens, at + 1, hit, later, according))
        return (at + 1, span[1]) if span else None
    reach = at + 2 if joined else at + 1
    if any(o.first == at + 1 or at < o.clause_first <= reach for o in later):
        return None
    return trim(tokens, at + 1, content_end(tokens, at + 1, hit, later, according))


def closes(tokens: list[Token], hit: Cued) -> bool:
    """Whether nothing that could be content follows the cue clause."""
    at = hit.after
    while at < len(tokens) and tokens[at].lower in {"only", "just"}:
        at += 1
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


def trim(tokens: list[Token], start: int, stop: int) -> tuple[int, int] | None:
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
