"""Propose statements by rule: sentences one by one, then quotations that run over them.

Quotations over several sentences and paragraphs are joined, layout (headlines, transcript lines)
is read as layout, and quotations that no cue claims are kept. The linker weighs the proposals.
"""

from __future__ import annotations

from analysis.attributions import attributions
from analysis.drafts import Draft
from analysis.labels import announced_by, bullet, dateline, headline_label, transcript_label
from analysis.marks import quotations
from analysis.records import Span
from analysis.reporting import cued
from analysis.sources import names_a_source, subject_before
from analysis.tokens import Sentence, Token, sentences
from analysis.units import is_quotation_only

_ABROAD = frozenset("headline subheading caption".split())


def propose(
    text: str,
    paragraphs: list[tuple[int, int, int, str]],
    cut: list[list[Sentence]] | None = None,
) -> list[Draft]:
    """Read the statements of a text by rule, for the linker to weigh.

    Parameters
    ----------
    text : str
    paragraphs : list of (start, end, number, section)
        Offsets of each paragraph in ``text``.
    cut : list of list of Sentence, optional
        The sentences of each paragraph, if they are known already.

    Returns
    -------
    list of Draft
        Offsets of ``text``, in reading order.
    """
    cut = cut or [sentences(text, *paragraph) for paragraph in paragraphs]
    drafts: list[Draft] = []
    running: Draft | None = None  # statement whose quotation a next paragraph may carry on
    for (start, end, number, section), own in zip(paragraphs, cut, strict=True):
        previous = drafts[-1] if drafts else None
        if section == "transcript line":
            label = transcript_label(text, start, end, number, section)
            found, running = [label] if label else [], None
        else:
            found, running = _paragraph_drafts(text, own, number, section, running, previous)
        while found and drafts and _runs_into(text, drafts[-1], found[0], start):
            found[0].content[:0] = drafts.pop().content
        drafts.extend(found)
    drafts.sort(key=lambda draft: (draft.content[0], draft.cue or (0, 0)))
    return drafts


def _paragraph_drafts(
    text: str,
    cut: list[Sentence],
    number: int,
    section: str,
    running: Draft | None,
    previous: Draft | None,
) -> tuple[list[Draft], Draft | None]:
    drafts: list[Draft] = []
    if section in _ABROAD - {"caption"} and cut:
        labelled = [draft for sentence in cut if (draft := headline_label(sentence))]
        if labelled:
            return labelled, None
    announced: Draft | bool = False
    loose: list[Sentence] = []  # quotations that no cue has claimed yet
    for sentence in cut:
        tokens = sentence.tokens
        if is_quotation_only(tokens):
            span = _span(tokens, 0, len(tokens))
            last = _latest_quoted(text, drafts) if drafts else _carrier(text, running, span)
            if last is not None and not last.content:
                last.content.append(span)
                drafts.append(last)
            elif last is not None and _carries_on(text, last, drafts):
                last.content.append(span)
            else:
                loose.append(sentence)
            continue
        if sentence is cut[0] and section == "body":
            tokens = tokens[dateline(tokens) or bullet(tokens) :] or tokens
            sentence = Sentence(tokens, number, section)
        items = attributions(tokens, section in _ABROAD)
        if not items and loose:
            draft = _cue_sentence(text, sentence, loose)
            if draft:
                drafts.append(draft)
                loose = []
                continue
        for item in items:
            draft = Draft(
                [_span(tokens, a, b) for a, b in item.content],
                _span(tokens, *item.source) if item.source else None,
                _span(tokens, *item.cue) if item.cue else None,
                number,
                section,
                item.rule,
                [_span(tokens, *via) for via in item.via],
                firm=item.firm,
            )
            drafts.append(draft)
        if not items:
            drafts.extend(_uncued(sentence))
        announced = (
            tokens[-1] is cut[-1].tokens[-1] and tokens[-1].text == ":" and _announcement(sentence)
        )
    before = drafts[-1] if drafts else previous
    near = before is not None and number - before.paragraph <= 1
    for sentence in loose:
        place = cut.index(sentence)
        draft = announced_by(cut[place - 1], sentence) if place and not drafts else None
        drafts.append(
            draft
            or Draft(
                [_span(sentence.tokens, 0, len(sentence.tokens))],
                before.source if near else None,
                None,
                number,
                section,
                "quotation without a cue",
            )
        )
    if announced:  # "The minister said:" and the quotation in the next paragraph
        return drafts, announced
    carrier = drafts[-1] if drafts and _ends_quoted(text, drafts[-1]) else None
    if carrier is None and cut and all(is_quotation_only(s.tokens) for s in cut):
        carrier = running
    return drafts, carrier


def _announcement(sentence: Sentence) -> Draft | None:
    """Read "The minister said:" at the end of a paragraph: content is still to come."""
    tokens = sentence.tokens
    for hit in reversed(cued(tokens)):
        if hit.subject is not None:
            return Draft(
                [],
                _span(tokens, hit.subject.first, hit.subject.last),
                _span(tokens, hit.first, hit.last),
                sentence.paragraph,
                sentence.section,
                f"cue “{tokens[hit.first].text}” and colon; quotation in the next paragraph",
            )
    return None


def _span(tokens: list[Token], first: int, last: int) -> Span:
    return tokens[first].start, tokens[last - 1].end


def _carries_on(text: str, draft: Draft, own: list[Draft]) -> bool:
    """Whether a bare quotation continues the statement before it."""
    return _ends_quoted(text, draft) or (bool(own) and _mostly_quoted(text, draft))


def _runs_into(text: str, above: Draft, below: Draft, start: int) -> bool:
    """Whether a quotation above, left open and with no cue, ends in this paragraph's statement."""
    if above.source or above.cue or below.cue is None or below.content[0][0] != start:
        return False
    if below.paragraph != above.paragraph + 1:
        return False
    last, first = quotations(text, *above.content[-1]), quotations(text, *below.content[0])
    return bool(last and first) and not last[-1].closed and first[0].start == start


def _carrier(text: str, running: Draft | None, span: Span) -> Draft | None:
    """The statement above that a quotation carries on, if it does.

    It does where the quotation above was left open for it, or where both are whole: a paragraph
    that is nothing but a quotation is the last speaker's. A mark that opens a paragraph by
    mistake closes nowhere, and carries on nothing that was closed.
    """
    if running is None or not running.content:
        return running
    last = quotations(text, *running.content[-1])
    whole = all(q.closed for q in quotations(text, *span))
    return None if last and last[-1].closed and not whole else running


def _latest_quoted(text: str, drafts: list[Draft]) -> Draft:
    """The statement a bare quotation continues: of the last ones, the one that quotes most."""
    for draft in reversed(drafts[-3:]):
        if _ends_quoted(text, draft):
            return draft
    return drafts[-1]


def _ends_quoted(text: str, draft: Draft) -> bool:
    if not draft.content:
        return True
    first, last = draft.content[0], draft.content[-1]
    closes = text.endswith(("”", '"', "»", "''"), 0, last[1])
    return closes or text[last[0]] in "“\"«„'‘`" or text[first[0]] in "“\"«„'‘`"


def _mostly_quoted(text: str, draft: Draft) -> bool:
    start, end = draft.content[-1]
    inside = sum(q.inner_end - q.inner_start for q in quotations(text, start, end))
    return 2 * inside >= end - start


def _cue_sentence(text: str, sentence: Sentence, loose: list[Sentence]) -> Draft | None:
    """Read "“….” Roe said." where the quotation is a sentence of its own."""
    tokens = sentence.tokens
    mark = Token(",", tokens[0].start, tokens[0].start, None, ",")
    bridge = [loose[-1].tokens[-1], mark, *tokens]
    for item in attributions(bridge):
        if item.content[0][0] == 0 and item.source and item.source[0] >= 2:
            content = [_span(s.tokens, 0, len(s.tokens)) for s in loose]
            cue = _span(bridge, *item.cue) if item.cue else None
            return Draft(
                content,
                _span(bridge, *item.source),
                cue,
                sentence.paragraph,
                sentence.section,
                f"{item.rule}; quotation in the sentence before",
            )
    return None


def _uncued(sentence: Sentence) -> list[Draft]:
    """Keep a quotation of three words or more that no cue claims, with the likeliest source."""
    tokens = sentence.tokens
    drafts = []
    for index, token in enumerate(tokens):
        if not token.is_quotation or not token.quotation.double or len(token.text.split()) < 3:
            continue
        source = None
        for verb in range(1, index):
            if tokens[verb].text == ":" or (
                tokens[verb].is_word
                and not tokens[verb].is_capital
                and tokens[verb].lower.endswith(("ed", "s", "ing", "d", "t", "ke", "ve"))
            ):
                subject = subject_before(tokens, verb)
                if subject and names_a_source(tokens, subject.first, subject.last):
                    source = _span(tokens, subject.first, subject.last)
                    break
        if index and tokens[index - 1].text == ":":
            cue, words = _span(tokens, index - 1, index), "colon before a quotation"
        else:
            cue, words = None, "quotation without a reporting cue; nearest subject"
        if source is None and cue is None and len(token.text.split()) < 5:
            continue
        drafts.append(
            Draft(
                [(token.start, token.end)], source, cue, sentence.paragraph, sentence.section, words
            )
        )
    return drafts
