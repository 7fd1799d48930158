"""Speech act of a statement, and its stance towards each party it is about.

The acts are those of PLOVER with the extension COMMENT, the stances SemEval's against, none and
favor per target, as ``data/codebook.md`` defines them. Rules read who is meant and what is done:
cues are looked up in ``data/acts.toml``, parties in the gazetteer. Two learned models say how
likely act and sides are, and answer where the rules know no word (`analysis.learned_stance`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from analysis.act_model import stored_models
from analysis.acts import addressed, content_act
from analysis.cue_acts import carries_act, cue_act, is_negated_before
from analysis.documents import Document
from analysis.learned_stance import Decided, decide
from analysis.lexicon import Lexicon
from analysis.parties import Parties
from analysis.passages import Passage, read_passage
from analysis.pointing import points_to_pair
from analysis.records import Span, Stance, Statement
from analysis.scene import Said, Scene, memory_of
from analysis.speech_acts import Act

SEPARATOR = " … "
AROUND = 600  # characters on either side in which its sentence is looked for
LONGEST = 4000  # characters of a content that are read: enough for any quotation of a news text
ADDRESSEE = 80  # most characters between a cue and its content that name an addressee
MEMORY = 60  # statements before (or after) that are remembered
_SENTENCE_END = re.compile(r"[.!?][”\"’)]*\s+(?=[^\s])")
_BREAK = re.compile(r"[.,;:!?“”\"\n]")
_SIDES = frozenset({"against", "favor"})
_OPENING, _CLOSING = "“«", "”»"


def classify_stance(
    statement: Statement,
    document: Document,
    parties: Parties,
    earlier: Iterable[Stance] = (),
) -> list[Stance]:
    """Speech act and stances of one statement.

    Parameters
    ----------
    statement : Statement
    document : Document
        The document it stands in.
    parties : Parties
    earlier : iterable of Stance
        Rows of the earlier statements of the document: they tell whom *they* or *this
        partnership* means and whose accusation a denial answers.

    Returns
    -------
    list of Stance
        One row per party discussed; a single row with the target ``""`` if none is.
    """
    reading = _read(statement, document, parties, memory_of(earlier))
    return reading.rows(reading.weighed(reading.by_rules()))


class Reading(NamedTuple):
    """A statement as read: decided anew when more of the document is known."""

    statement: Statement
    document: Document
    cue: Passage
    scene: Scene
    negated: bool
    pieces: list[tuple[int, int, int]]
    reporting: Passage

    def by_rules(self) -> Act:
        """Act and sides by the rules, with what the scene knows now."""
        act = cue_act(self.scene, self.cue, self.negated)
        return addressed(self.scene, content_act(self.scene) if act is None else act)

    def weighed(self, act: Act) -> Decided:
        """Act and sides by rules and models together."""
        return decide(stored_models(), self.scene, self.reporting, act)

    def is_settled(self, said: Said) -> bool:
        """Whether the first reading found all sides: one, or two where a pair is pointed to."""
        sides = [side for side in said.stances.values() if side in _SIDES]
        if sides == ["against"]:
            return len(self.scene.others()) > 1 or not points_to_pair(self.scene)
        return bool(sides)

    def rows(self, decided: Decided) -> list[Stance]:
        """The rows of the stance table."""
        act, statement = decided.act, self.statement
        evidence = statement.cue_span
        if act.hit is not None:
            words = self.scene.content.words
            evidence = _raw_span(
                self.pieces, words[act.hit.first].start, words[act.hit.last - 1].end
            )
            evidence = self.document.raw_span(*evidence) if evidence else None
        if evidence is None and statement.content_spans:
            evidence = statement.content_spans[0]
        return [
            Stance(
                statement_id=statement.statement_id,
                document_id=statement.document_id,
                party=statement.party,
                target=target,
                act=act.act,
                mode=act.mode,
                stance=stance,
                act_confidence=decided.act_confidence,
                stance_confidence=decided.stance_confidence.get(target),
                evidence_span=evidence,
                rule="; ".join(filter(None, [act.rule, decided.why.get(target)])),
            )
            for target, stance in (act.targets or {"": "none"}).items()
        ]


def _read(
    statement: Statement,
    document: Document,
    parties: Parties,
    earlier: list[Said],
    lexicon: Lexicon | None = None,
) -> Reading:
    lexicon = lexicon or Lexicon.from_toml()
    cue = _read_cue(_slice(document, statement.cue_span) or statement.cue, lexicon)
    if not cue.words:
        cue = _words_beside(statement, document, lexicon)
    begin = _addressed_from(statement, document, parties) if carries_act(cue) else None
    text, pieces = _content(statement, document, begin)
    content = read_passage(text[:LONGEST], parties, lexicon)
    names = [name for name in statement.party.split("; ") if name not in {"unresolved", ""}]
    own, friends = _sides(names, lexicon)
    scene = Scene(
        content,
        own,
        _quoted(content, statement.kind == "direct"),
        earlier,
        around=lambda: read_passage(_outside(statement, document), parties, lexicon),
        friends=friends,
        speaker=names[0] if names else "",
        reporter=lambda: read_passage(_text_before(statement, document), parties, lexicon),
    )
    negated = is_negated_before(_before_cue(statement, document))
    reporting = cue if begin is not None else _reporting(statement, document, parties, lexicon)
    return Reading(statement, document, cue, scene, negated, pieces, reporting or cue)


def stance_rows(
    statements: Sequence[Statement], document: Document, parties: Parties
) -> list[Stance]:
    """Speech acts and stances of all statements of one document, in their order.

    Each statement is read with the memory of those before it. What then has no side (a headline, a
    denial before the accusation it answers) is decided once more, with the statements after it.

    Parameters
    ----------
    statements : sequence of Statement
        Of one document, in its order.
    document : Document
    parties : Parties

    Returns
    -------
    list of Stance
    """
    found = read_all(statements, document, parties)
    return [row for reading, act in found for row in reading.rows(reading.weighed(act))]


def read_all(
    statements: Sequence[Statement],
    document: Document,
    parties: Parties,
    lexicon: Lexicon | None = None,
) -> list[tuple[Reading, Act]]:
    """Read the statements of a document by the rules, as `stance_rows` does before it weighs them.

    Parameters
    ----------
    statements : sequence of Statement
    document : Document
    parties : Parties
    lexicon : Lexicon, optional
        The project's if left out.

    Returns
    -------
    list of (Reading, Act)
    """
    found: list[tuple[Reading, Act]] = []
    said: list[Said] = []
    for statement in statements:
        reading = _read(statement, document, parties, said[-MEMORY:], lexicon)
        found.append((reading, reading.by_rules()))
        said.append(_said(*found[-1]))
    for number, (reading, _) in enumerate(found):
        if reading.is_settled(said[number]):
            continue
        reading.scene.whole = True
        reading.scene.later = said[number + 1 : number + 1 + MEMORY]
        found[number] = (reading, reading.by_rules())
        said[number] = _said(*found[number])
    return found


def _said(reading: Reading, act: Act) -> Said:
    sides = {name: side for name, side in act.targets.items() if name}
    return Said(reading.statement.party, act.act, act.mode, sides)


def _sides(names: Sequence[str], lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """The speaker's own parties, and the further members of its alliance."""
    own = set(names)
    for name in names:
        own |= lexicon.members.get(name, frozenset())
        own |= {group for group, members in lexicon.members.items() if name in members}
    friends: set[str] = set()
    for alliance, members in lexicon.alliances.items():
        if own & members:
            own.add(alliance)
            friends |= members
    return frozenset(own), frozenset(friends - own)


def _addressed_from(statement: Statement, document: Document, parties: Parties) -> int | None:
    """Where the addressee begins that stands between cue and content (*urged X “to stop”*)."""
    if statement.cue_span is None or not statement.content_spans:
        return None
    _, begin = document.text_span(*statement.cue_span)
    end, _ = document.text_span(*statement.content_spans[0])
    source = document.text_span(*statement.source_span) if statement.source_span else (0, 0)
    if not 1 < end - begin <= ADDRESSEE or (begin < source[1] and source[0] < end):
        return None
    return begin if parties.find(document.text[begin:end]) else None


def _reporting(
    statement: Statement, document: Document, parties: Parties, lexicon: Lexicon
) -> Passage | None:
    """The cue with the addressee behind it, if a party is named there (*told Marland that …*)."""
    if statement.cue_span is None or not statement.content_spans:
        return None
    begin, end = document.text_span(*statement.cue_span)
    until, _ = document.text_span(*statement.content_spans[0])
    source = document.text_span(*statement.source_span) if statement.source_span else (0, 0)
    if end <= until <= end + ADDRESSEE and not end <= source[0] < until:
        end = until
    text = document.text[begin:end].strip()
    if text == text.lower():
        return None
    return read_passage(text, parties, lexicon) if parties.find(text) else None


def _content(
    statement: Statement, document: Document, begin: int | None = None
) -> tuple[str, list[tuple[int, int, int]]]:
    """Content in the repaired text, and (offset in it, start, end in the text) of each piece."""
    pieces: list[tuple[int, int, int]] = []
    parts: list[str] = []
    at = 0
    for span in statement.content_spans:
        start, end = document.text_span(*span)
        start = begin if begin is not None and not pieces else start
        pieces.append((at, start, end))
        parts.append(document.text[start:end])
        at += end - start + len(SEPARATOR)
    return SEPARATOR.join(parts), pieces


def _raw_span(pieces: Sequence[tuple[int, int, int]], first: int, last: int) -> Span | None:
    """Offsets in the text of a slice of the content; cut at the end of its piece."""
    for at, start, end in pieces:
        if at <= first < at + end - start:
            return start + first - at, min(end, start + last - at)
    return None


@lru_cache(maxsize=4096)
def _read_cue(text: str, lexicon: Lexicon) -> Passage:
    """A cue as read; the same few stand in most statements."""
    return read_passage(text, None, lexicon)


def _words_beside(statement: Statement, document: Document, lexicon: Lexicon) -> Passage:
    """What stands for the cue of a statement that has none (one added by hand, say).

    The words of its sentence before the content, if they carry an act, else those after it.
    """
    spans = [document.text_span(*span) for span in statement.content_spans]
    if spans:
        left, right = _sentence_bounds(document, spans[0][0], spans[-1][1])
        for start, end in ((left, spans[0][0]), (spans[-1][1], right)):
            passage = read_passage(document.text[start:end].strip(), None, lexicon)
            if carries_act(passage):
                return passage
    return read_passage("", None, lexicon)


def _slice(document: Document, span: Span | None) -> str:
    if span is None:
        return ""
    start, end = document.text_span(*span)
    return document.text[start:end]


def _quoted(content: Passage, direct: bool) -> list[bool]:
    """For each word, whether it stands inside quotation marks."""
    inside, at, found = False, 0, []
    for word in content.words:
        for sign in content.text[at : word.start]:
            if sign in _OPENING:
                inside = True
            elif sign in _CLOSING:
                inside = False
            elif sign == '"':
                inside = not inside
        at = word.end
        found.append(direct or inside)
    return found


def _sentence_bounds(document: Document, start: int, end: int) -> Span:
    """The sentences of the paragraph that the slice touches."""
    number = bisect_right(document.paragraphs, start, key=lambda one: one.start) - 1
    first, last = 0, len(document.text)
    if number >= 0:
        first = document.paragraphs[number].start
        last = max(document.paragraphs[number].end, end)
    first, last = max(first, start - AROUND), min(last, end + AROUND)
    left = first
    for match in _SENTENCE_END.finditer(document.text, first, last):
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end - 1:
            return left, match.end()
    return left, last


def _outside(statement: Statement, document: Document) -> str:
    """The sentence around a statement without its content and cue."""
    spans = [document.text_span(*span) for span in statement.content_spans]
    if not spans:
        return ""
    left, right = _sentence_bounds(document, spans[0][0], spans[-1][1])
    characters = list(document.text[left:right])
    for span in [*statement.content_spans, statement.cue_span, statement.source_span]:
        if span is None:
            continue
        start, end = document.text_span(*span)
        for at in range(max(start, left), min(end, right)):
            characters[at - left] = " "
    return "".join(characters)


def _text_before(statement: Statement, document: Document) -> str:
    """The reporter's sentences before a statement, in its paragraph and the one before."""
    if not statement.content_spans:
        return ""
    start, _ = document.text_span(*statement.content_spans[0])
    number = bisect_right(document.paragraphs, start, key=lambda one: one.start) - 2
    first = document.paragraphs[number].start if number >= 0 else 0
    return document.text[max(first, start - LONGEST // 4) : start]


def _before_cue(statement: Statement, document: Document) -> list[str]:
    if statement.cue_span is None:
        return []
    start, _ = document.text_span(*statement.cue_span)
    before = document.text[max(0, start - 40) : start].lower().replace("’", "'")
    return _BREAK.split(before)[-1].split()
