"""Find the further sources of a statement: whom its speaker cites, and who passes its words on."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.cues import AMBIGUOUS, cue_forms
from analysis.documents import Document
from analysis.names import WRITINGS
from analysis.records import Span, Statement
from analysis.source_words import BARE_PRONOUNS, ROLE_NOUNS

_MENTION = r"(?P<who>[^,.;:!?“”\"()–—\n]{2,90}?)"
_CITES = re.compile(
    r"\b(?:[Cc]iting|[Qq]uoting|[Rr]eferring to|[Rr]elying on|[Ii]nvoking|[Aa]ccording to"
    r"|[Oo]n the word of|[Oo]n the authority of|[Bb]ased on|[Hh]ad (?:it|this|that) from"
    r"|[Hh]eard from|[Ll]earned from|through)\s+"
    + _MENTION
    + r"(?=[,.;:!?“”\"()–—\n]|$|\s+(?:that|who|which|as)\b)"
)
_PASSES_ON = re.compile(
    r"(?P<who>(?:[^\s,.;:!?“”\"]+\s+){1,6}?)(?:has |had |have )?(?:quoted|quotes|cited|cites)\s+$"
)
_ASIDE = re.compile(r",\s+(?P<words>[^,.;:“”\"]{2,70}),")
_AUXILIARIES = frozenset("had has have also used to would often once later already".split())
_NOTHING = frozenset("nothing no little not".split())
_DISPUTES = ("den", "disput", "reject", "doubt", "refut", "rebut", "question", "accus")
_JOINS = frozenset("while and as if when but because than".split())
_LONGEST = 6  # words of a source named within a content
_REACH = 10  # words of a content within which its own source and cue stand
_WRITTEN = re.compile(
    r"(?P<who>\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]hat)\s+(?:[a-z-]+\s+){0,2}?(?P<noun>[a-z]+))"
    r",?\s+(?:(?:signed|written|issued|released|seen|sent) by|from|by)\s+(?:the\s+)?[A-Z]"
)
_NO_SOURCE = frozenset(
    """reasons concerns threats costs cost lack need risk security weather fears reports plans law
    laws rules article security-reasons privacy rank custom tradition schedule plan size age"""
    .split()
)  # fmt: skip
KINDRED = frozenset("father mother brother sister wife husband son daughter friend uncle".split())


def with_citations(statement: Statement, document: Document) -> Statement:
    """Add to a statement the further sources that its sentence names.

    Parameters
    ----------
    statement : Statement
    document : Document

    Returns
    -------
    Statement
        The same with ``via`` filled: sources as written, the one nearest to the speaker first and
        the innermost last.
    """
    found = [who for who in statement.via if _is_source(who)]
    for who in _cited(statement, document):
        if any(who in other for other in found):
            continue
        found = [other for other in found if other not in who] + [who]
    own = statement.source.strip(" ,")
    kept = tuple(who for who in found if who not in {own, statement.speaker})
    return replace(statement, via=kept) if kept != statement.via else statement


def _cited(statement: Statement, document: Document) -> list[str]:
    text = document.text
    content = [document.text_span(*span) for span in statement.content_spans]
    first, last = _sentence(text, statement, document, content)
    found = [*_written(statement, document), *_passed_on(text, statement, document)]
    found += _inner(text[slice(*content[0])], statement)
    for match in _CITES.finditer(text, first, last):
        if any(a <= match.start() < b for a, b in content):
            continue
        own = statement.source_span and document.text_span(*statement.source_span)
        if own and own[0] <= match.start("who") < own[1]:
            continue  # "according to X": the source itself
        if statement.cue_span and document.text_span(*statement.cue_span)[0] == match.start():
            continue
        who = match["who"].strip()
        if _is_source(who):
            found.append(who)
    return found


def _sentence(text: str, statement: Statement, document: Document, content: list[Span]) -> Span:
    """From the start to the end of the sentence that holds the source and the cue."""
    anchor = statement.cue_span or statement.source_span or statement.content_spans[0]
    at, end = document.text_span(*anchor)
    stops = [
        m.end() for m in re.finditer(r"[.!?][”\"’]?\s+(?=[A-Z“\"])|\n", text[max(0, at - 400) : at])
    ]
    first = max(0, at - 400) + (stops[-1] if stops else 0)
    stop = re.compile(r"[.!?](?=[”\"’]?\s|$)|\n").search(text, end, min(len(text), end + 400))
    return first, stop.end() if stop else min(len(text), end + 400)


def _is_source(who: str) -> bool:
    """Whether words behind "citing" name somebody who can speak, not a ground."""
    words = who.replace("’", "'").split()
    bare = [word.strip(",.'").lower().removesuffix("'s") for word in words]
    if not bare or bare[-1] in _NO_SOURCE:
        return False
    named = any(word[0].isupper() for word in words)
    able = set(bare) & (ROLE_NOUNS | WRITINGS | KINDRED | {"count"})
    return named or bool(able)


def _written(statement: Statement, document: Document) -> list[str]:
    """The writing in "a note from X", "the letter, signed by X": X speaks through it."""
    match = _WRITTEN.match(statement.source)
    if match is None and statement.source_span:
        at, end = document.text_span(*statement.source_span)
        near = document.text[max(0, at - 60) : end]
        match = next((m for m in _WRITTEN.finditer(near) if m.end() > min(60, at)), None)
    return [match["who"]] if match and match["noun"] in WRITINGS | {"cable"} else []


def _passed_on(text: str, statement: Statement, document: Document) -> list[str]:
    """Who quotes the speaker: "the agency quoted X as saying"."""
    if statement.source_span is None:
        return []
    at, end = document.text_span(*statement.source_span)
    if not re.match(r"\s+as\s+\w+ing\b", text[end : end + 30]):
        return []
    match = _PASSES_ON.search(text[max(0, at - 100) : at])
    return [match["who"].strip()] if match else []


def _inner(content: str, statement: Statement) -> list[str]:
    """Whose words the content reports: "X said that the ministry had told Y …"."""
    if statement.kind == "direct" or statement.cue.lower().startswith(_DISPUTES):
        return []
    aside = _ASIDE.search(content[:120])
    words = _ASIDE.sub("", content[:200], count=1).split()[:_REACH]
    words = words[1:] if words[:1] == ["that"] else words
    end = 0  # words before it may be the source
    for number, word in enumerate(words[:-1]):
        if (not number and word[-1].isalnum()) or word in _AUXILIARIES:
            continue
        cue = cue_forms().get(word.rstrip(",:"))
        told = word not in AMBIGUOUS or words[number + 1] == "that"
        if cue and "q" in cue.frames and told:
            end = next((n for n in range(number, 0, -1) if words[n - 1] not in _AUXILIARIES), 0)
            if words[number + 1] in _NOTHING:
                return []
            break
        if not word[-1].isalnum() or word[0] in "“‘":
            return []
    who = " ".join(words[:end])
    if not who or who.lower() in BARE_PRONOUNS or not _is_speaking(who):
        return []
    deeper = _CITES.match(aside["words"]) if aside else None
    return [who, *([deeper["who"]] if deeper else [])]


def _is_speaking(who: str) -> bool:
    words = [word.strip(",.'’").lower() for word in who.split()]
    if len(words) > _LONGEST or who.endswith(("'s", "’s", "s'", "s’")) or _JOINS & set(words):
        return False
    named = all(w[0].isupper() or w in {"of", "the", "de", "von"} for w in who.split())
    return (named and any(w[0].isupper() for w in who.split())) or words[-1] in ROLE_NOUNS | KINDRED
