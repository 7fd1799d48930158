"""The paragraphs of a text, and the section each belongs to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

Span = tuple[int, int]

LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BLANK = re.compile(r"(?:\r\n|[\r\n\u2028\u2029])[^\S\r\n]*(?:\r\n|[\r\n\u2028\u2029])|\u2029")

# The longest line an editor or mail program breaks by itself; longer ones are paragraphs.
_WRAP_WIDTH = 120
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’'»)\]]*$")
_TERMINAL = re.compile(r"[.!…:;,][\"”’'»)\]*]*$|[.!?,…][\"”’'»]$")

_LABEL = re.compile(
    r"(?P<label>Q|A|Question|Answer"
    r"|(?:(?:Mr|Ms|Mrs|Dr|MR|MS|MRS|DR|Sen|SEN|Gov|GOV|Rep|REP|Gen|GEN)\.? )?"
    r"[^\W\d_a-z][\w.’'\-]*(?: [^\W\d_a-z][\w.’'\-]*){0,3})"
    r"(?: ?\([^()]{1,40}\))?(?::|(?<=^[QA])\.) ?(?=\S)"
)
_QUESTION = {"Q", "Question"}
_QUOTED_SPEECH = re.compile(r"[“\"«„]")
_REPORTING = re.compile(
    r"\b(?:said|says|say|told|tells|added|adds|asked|replied|stated|according to|wrote|writes)\b"
)
_CAPTION = re.compile(
    r"(?:file (?:photo|picture|image)|photo|image|picture|pictured|caption|photo caption"
    r"|image caption|in this (?:photo|picture|image)[^:]{0,60})\s*[:\-–—]\s*\S"
    r"|in this [^.]{0,60}(?:photo|picture|image)\b"
    r"|(?:pictured|seen) (?:here|above|below|left|right)\b",
    re.IGNORECASE,
)
_CREDIT_AT_END = re.compile(
    r"(?:\(AP Photo\b[^()]{0,60}\)|\bREUTERS/[\w .\-/]{1,50}|\b(?:AFP|EPA|AP|Reuters|Getty Images)"
    r"(?:/[\w .\-]{1,40}| via [\w ./\-]{1,40})|[/|] ?(?:AFP|EPA|AP|Reuters|Getty Images)"
    r"|\bvia (?:AP|AFP|Getty Images|Reuters))[.)\]]*$"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: offsets into ``Document.text``, its section and 1-based number."""

    start: int
    end: int
    section: str
    number: int


def split_paragraphs(text: str) -> list[Span]:
    """Spans of the paragraphs of ``text``, without white space at their edges.

    Blank lines separate paragraphs. A block of several lines is one paragraph where the
    lines are evidently wrapped by an editor, else each line is one.
    """
    blocks = []
    at = 0
    for gap in _BLANK.finditer(text):
        blocks.append((at, gap.start()))
        at = gap.end()
    blocks.append((at, len(text)))
    paragraphs: list[Span] = []
    for start, end in blocks:
        lines = [span for m in LINE.finditer(text, start, end) if (span := _trim(text, *m.span()))]
        if len(lines) > 1 and not _is_wrapped([text[a:b] for a, b in lines]):
            paragraphs.extend(lines)
        elif lines:
            paragraphs.append((lines[0][0], lines[-1][1]))
    return paragraphs


def find_paragraphs(text: str, title: str = "") -> tuple[Paragraph, ...]:
    """Paragraphs of ``text`` with their sections.

    Parameters
    ----------
    text : str
    title : str
        The title from the metadata; the first paragraph is the headline if it equals it.
        Else it is where it is short and has no final full stop, or is In Title Case.

    Returns
    -------
    tuple of Paragraph
        In order; ``section`` is ``headline``, ``subheading``, ``transcript line``,
        ``caption`` or ``body``.
    """
    spans = split_paragraphs(text)
    words = [text[a:b] for a, b in spans]
    labels = Counter(m["label"] for w in words if (m := _LABEL.match(w)))
    shouted = sum(n for label, n in labels.items() if label.isupper())
    sections = ["body"] * len(spans)
    for i, paragraph in enumerate(words):
        if i == 0 and _is_headline(paragraph, title, labels, followed=len(words) > 1):
            sections[i] = "headline"
        elif _is_transcript_line(paragraph, labels, shouted):
            sections[i] = "transcript line"
        elif len(paragraph) < 600 and is_caption(paragraph):
            sections[i] = "caption"
        elif i > 0 and i + 1 < len(words) and _is_subheading(paragraph):
            sections[i] = "subheading"
    return tuple(
        Paragraph(a, b, section, i)
        for i, ((a, b), section) in enumerate(zip(spans, sections, strict=True), 1)
    )


def same_words(one: str, other: str) -> bool:
    """Whether two titles agree apart from marks, case and white space."""
    return bool(one) and _letters(one) == _letters(other)


def is_caption(line: str) -> bool:
    """Whether a line describes a photograph."""
    return bool(_CAPTION.match(line) or _CREDIT_AT_END.search(line))


def _letters(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return (start + left, start + right) if left < right else None


def _is_wrapped(lines: list[str]) -> bool:
    if max(map(len, lines)) > _WRAP_WIDTH or any(_LABEL.match(line) for line in lines[1:]):
        return False
    # An editor fills its lines: all but the last are about as long as the longest, and
    # sentences end where they like.
    inner = lines[:-1]
    longest = max(map(len, lines))
    full = sum(len(line) >= 0.7 * longest for line in inner)
    broken = sum(not _SENTENCE_END.search(line) for line in inner)
    return longest >= 40 and full >= 0.7 * len(inner) and broken >= 0.5 * len(inner)


def _is_headline(paragraph: str, title: str, labels: Counter[str], *, followed: bool) -> bool:
    if same_words(paragraph, title):
        return True
    found = _LABEL.match(paragraph)
    if found and (found["label"] in _QUESTION or labels[found["label"]] > 1):
        return False
    if not followed or len(paragraph) > 200 or len(paragraph.split()) > 30:
        return False
    if _QUOTED_SPEECH.match(paragraph) and _REPORTING.search(paragraph):
        return False
    return not _TERMINAL.search(paragraph) or _is_title_case(paragraph)


def _is_title_case(paragraph: str) -> bool:
    """Whether Most Words of a Line Are Capitalised, as Some Papers Print Headlines."""
    words = [w for w in re.findall(r"[^\W\d_]+", paragraph) if len(w) > 3]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _is_transcript_line(paragraph: str, labels: Counter[str], shouted: int) -> bool:
    found = _LABEL.match(paragraph)
    if not found:
        return False
    label = found["label"]
    if label in _QUESTION or (label in {"A", "Answer"} and _QUESTION & set(labels)):
        return True
    capitals = label.isupper()
    if capitals and (" " in label or _QUOTED_SPEECH.match(paragraph, found.end())):
        return True
    if capitals:
        # One "LONDON: " is a dateline; several speakers in capitals are a transcript.
        return shouted > 1
    # "Moscow: no deal" may be a heading; a label that comes back is a speaker.
    return labels[label] > 1 or (
        len(labels) > 1 and bool(_QUOTED_SPEECH.match(paragraph, found.end()))
    )


def _is_subheading(paragraph: str) -> bool:
    if len(paragraph) > 90 or "\n" in paragraph or len(paragraph.split()) > 12:
        return False
    first = paragraph.lstrip("“\"‘'(")[:1]
    if not (first.isupper() or first.isdigit()) or _TERMINAL.search(paragraph):
        return False
    if paragraph.count("“") != paragraph.count("”") or paragraph.count('"') % 2:
        return False  # a quotation that runs on
    return not (_QUOTED_SPEECH.search(paragraph) and _REPORTING.search(paragraph))
