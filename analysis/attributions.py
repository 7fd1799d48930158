"""Find in one sentence every cue with its source and its content."""

from __future__ import annotations

from analysis.according import according_phrases, place_according
from analysis.adverbials import skip_adverbials_right
from analysis.constructions import constructions
from analysis.contents import closes, left_content, onward_content, right_content, trim
from analysis.cued import Attribution, Cued
from analysis.cues import AMBIGUOUS, AUXILIARIES, cue_forms
from analysis.reporting import cued
from analysis.source_words import CONTRACTED, PHRASE_NOUNS
from analysis.sources import Subject, mention_after, names_a_source, subject_before
from analysis.tokens import Token

_PASTS = frozenset(
    """met spoke took went made gave held came sent left withdrew rose fell won lost broke began
    chose drove flew sat stood wrote shut quit""".split()
)
_ASIDES = frozenset("who which one both all neither none speaking citing".split())


def attributions(tokens: list[Token], headline: bool = False) -> list[Attribution]:
    """Find the attributions of one sentence, in reading order.

    Parameters
    ----------
    tokens : list of Token
        The sentence; quotations are single tokens.
    headline : bool
        Whether "as" joins two clauses, as it does in headlines.

    Returns
    -------
    list of Attribution
        Token ranges, end exclusive. A cue inside the content of another is not listed: an
        attribution within somebody's words is that speaker's.
    """
    if headline:
        for index in range(2, len(tokens) - 2):
            if tokens[index].lower == "as":
                rest = _shifted(attributions(tokens[index + 1 :], True), index + 1)
                return attributions(tokens[:index], True) + rest
    according = according_phrases(tokens)
    built = constructions(tokens)
    hits = [hit for hit in cued(tokens) if not _within(hit, built)]
    found: list[Attribution] = []
    reach = 0  # content and cues left of this index are taken
    previous: Attribution | None = None
    cited: list[tuple[int, int]] = []
    outer = _closing_attribution(tokens, hits, according) or _closing_according(
        tokens, hits, according
    )
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
        bare = not any(t.is_quotation for a, b in item.content for t in tokens[a:b])
        if hit.form in {"citing", "quoting"} and hit.participle and bare:
            cited.append(item.content[0])
            reach = item.content[-1][1]
            continue
        if item.source is None and item.inherits and previous is not None:
            item.source = previous.source
        found.append(item)
        previous = item
        reach = max([end for _, end in item.content] + [hit.last, hit.after])
    if found:
        found[-1].via.extend(cited)
    for phrase in according:
        place_according(tokens, phrase, found)
    if built:
        found = _cut_short(tokens, found, built) + built
    found.sort(key=lambda item: min(start for start, _ in item.content))
    return found


def _extent(item: Attribution) -> tuple[int, int]:
    """First and last token of all that an attribution claims for itself."""
    spans = [*item.content, *(span for span in (item.source, item.cue) if span)]
    first = min(start for start, _ in spans) if item.edge is None else item.edge
    return first, max(end for _, end in spans)


def _within(hit: Cued, built: list[Attribution]) -> bool:
    """Whether a cue lies inside what a construction has claimed."""
    return any(first <= hit.first < last for first, last in map(_extent, built))


def _cut_short(
    tokens: list[Token], found: list[Attribution], built: list[Attribution]
) -> list[Attribution]:
    """End the contents of other cues where a construction begins."""
    edge = min(_extent(item)[0] for item in built)
    kept = []
    for item in found:
        spans = [trim(tokens, a, min(b, edge)) if a < edge else (a, b) for a, b in item.content]
        item.content = [span for span in spans if span]
        if item.content:
            kept.append(item)
    return kept


def _shifted(found: list[Attribution], by: int) -> list[Attribution]:
    """Count token ranges from the start of the whole sentence."""

    def move(span: tuple[int, int]) -> tuple[int, int]:
        return span[0] + by, span[1] + by

    return [
        Attribution(
            [move(span) for span in item.content],
            move(item.source) if item.source else None,
            move(item.cue) if item.cue else None,
            item.rule,
            [move(span) for span in item.via],
            item.inherits,
            item.firm,
        )
        for item in found
    ]


def _closing_attribution(
    tokens: list[Token], hits: list[Cued], according: list[tuple[int, int, int]]
) -> tuple[Attribution, int] | None:
    """Read "…, the agency reported." as the source of all that stands before it.

    Only where another cue stands before it: else the ordinary reading finds it.
    """
    for position in range(len(hits) - 1, 0, -1):
        hit = hits[position]
        if hit.cue is None or not _may_close(hit) or hit.inherits or hit.subject is None:
            continue
        if tokens[hit.clause_first - 1].text != "," or not closes(tokens, hit):
            continue
        if tokens[max(0, hit.clause_first - 2)].is_quotation and not hit.inverted:
            continue
        left = left_content(tokens, hit, 0, according)
        if left is None or hits[0].first < left[0]:
            continue
        rule = f"cue “{tokens[hit.first].text}”; {hit.subject.rule}; closes the sentence"
        source = (hit.subject.first, hit.subject.last)
        item = Attribution([left], source, (hit.first, hit.last), rule)
        onward = onward_content(tokens, hit, left, hits[position + 1 :], according)
        if onward:
            item.content.append(onward)
        inner = _inner_closing(tokens, hits[:position], left, according)
        if inner is not None:  # "…, he said, the agency reported": a chain
            inner.via.append(source)
            item = inner
        return item, max(hit.last, hit.after, item.content[-1][1])
    return None


def _closing_according(
    tokens: list[Token], hits: list[Cued], according: list[tuple[int, int, int]]
) -> tuple[Attribution, int] | None:
    """Read "…, according to X." as the source of the whole sentence, other cues in it included."""
    if not according or not hits:
        return None
    cue, first, last = according[-1]
    ends = last >= len(tokens) or (tokens[last].text in {".", ";"} and last >= len(tokens) - 1)
    if not ends and tokens[last].text == ",":  # "…, according to two officials, one of whom …"
        ends = last + 1 < len(tokens) and tokens[last + 1].lower in _ASIDES
    if cue < 4 or not ends or tokens[cue - 1].text != "," or hits[0].first > cue:
        return None
    left = trim(tokens, 0, cue)
    if left is None or any(t.is_quotation for t in tokens[left[0] : left[1]]):
        return None
    rule = "“according to” names the source; closes the sentence"
    return Attribution([left], (first, last), (cue, cue + 2), rule), last


def _may_close(hit: Cued) -> bool:
    return bool(hit.cue.frames & {"q", "l"}) and hit.form not in AMBIGUOUS - {"claimed"}


def _inner_closing(
    tokens: list[Token],
    hits: list[Cued],
    outer: tuple[int, int],
    according: list[tuple[int, int, int]],
) -> Attribution | None:
    """Read the first source in "…, he told X, the agency reported"."""
    for hit in reversed(hits):
        if hit.cue is None or not _may_close(hit) or hit.inherits or hit.subject is None:
            continue
        if not hit.clause_first or tokens[hit.clause_first - 1].text != ",":
            continue
        if hit.after < outer[1] - 8 or not closes(tokens, hit):
            continue
        left = left_content(tokens, hit, 0, according)
        if left:
            rule = f"cue “{tokens[hit.first].text}”; {hit.subject.rule}; content before"
            return Attribution(
                [left], (hit.subject.first, hit.subject.last), (hit.first, hit.last), rule
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
        left = trim(tokens, reach, hit.first)
        if not left:
            return None
        right = trim(tokens, hit.after, len(tokens))
        if right and tokens[right[0]].lower in {"of", "to", "as", "for", "over"}:
            return Attribution(
                [left, right],
                source,
                (hit.first, hit.last),
                f"{words}; passive, agent after “by”; content on both sides",
            )
        return Attribution(
            [left], source, (hit.first, hit.last), f"{words}; passive, agent after “by”"
        )
    if hit.participle and source is None and not hit.inherits:
        return _opening_participle(tokens, hit, words)
    rule = (
        f"{words}; {hit.subject.rule}" if hit.subject else f"{words}; subject of the clause before"
    )
    left = left_content(tokens, hit, reach, according)
    quoted = _colon_behind(tokens, hit)
    if quoted is not None and (left is None or tokens[left[0]].lower in {"asked", "pressed"}):
        return Attribution([quoted], source, (hit.first, hit.last), f"{rule}; content after")
    right, last = (
        (None, hit.last)
        if left and (closes(tokens, hit) or _of_a_document(tokens, hit, left))
        else right_content(tokens, hit, later, according)
    )
    direct_left = left is not None and (
        hit.inverted
        or tokens[left[1] - 1].is_quotation
        or (right is None or tokens[right[0]].is_quotation)
        or (tokens[hit.after - 1].text != "that" and closes(tokens, hit))
    )
    if left and direct_left:
        content = [left]
        onward = onward_content(tokens, hit, left, later, according)
        if onward:
            content.append(onward)
            return Attribution(
                content, source, (hit.first, hit.last), f"{rule}; content on both sides"
            )
        before = tokens[right[0] - 1].text if right else ""
        inserted = right and later and later[0].clause_first == right[1] + 1
        if (
            right
            and not inserted
            and (before == ":" or (tokens[right[0]].is_quotation and before in {",", ";", "—"}))
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
    item.firm = _one_reading(tokens, hit, right)
    item.inherits = source is None
    return item


def _one_reading(tokens: list[Token], hit: Cued, content: tuple[int, int]) -> bool:
    """Whether content behind a cue is sure: "quoted X as saying …", "urged X, who …, to …"."""
    if hit.subject is not None and hit.subject.rule == "quoted as saying":
        return True
    words = [t.lower for t in tokens[content[0] : content[1]]]
    ends = [i for i in range(2, len(words) - 1) if words[i] == "," and words[i + 1] == "to"]
    asks = hit.cue is not None and hit.cue.lemma in {"call", "urge", "press", "ask", "order"}
    return asks and bool(ends) and bool({"who", "which"} & set(words[: ends[0]]))


def _of_a_document(tokens: list[Token], hit: Cued, left: tuple[int, int]) -> bool:
    """Whether "that" is a relative: "The fleet will sail, it said in a note that gave no date"."""
    if hit.after >= len(tokens) or tokens[hit.after].lower != "that":
        return False
    whole = left[0] == 0 and left[1] - left[0] > 3 and not hit.inverted
    return whole and tokens[hit.after - 1].lower in PHRASE_NOUNS


def _colon_behind(tokens: list[Token], hit: Cued) -> tuple[int, int] | None:
    """Read "Asked why, replied Roe with a shrug: “…”": a quotation behind the colon."""
    if not hit.inverted or hit.cue is None or "q" not in hit.cue.frames:
        return None
    for index in range(hit.after, min(hit.after + 8, len(tokens) - 1)):
        if tokens[index].text == ":" and tokens[index + 1].is_quotation:
            return trim(tokens, index + 1, len(tokens))
        if not tokens[index].is_word:
            return None
    return None


def _main_subject(tokens: list[Token], before: int) -> Subject | None:
    """Subject of the sentence, for a coordinated or participle cue without one of its own."""
    for index in range(before):
        lower = tokens[index].lower
        if lower in CONTRACTED:
            return Subject(index, index + 1, "subject of the sentence")
        if not index:
            continue
        verbal = (
            lower in AUXILIARIES
            or (lower.endswith("ed") and not tokens[index].is_capital and tokens[index].is_word)
            or lower in _PASTS
        )
        if verbal:
            subject = subject_before(tokens, index)
            if subject and names_a_source(tokens, subject.first, subject.last):
                return subject
    return None


def _before_past(tokens: list[Token], mention: Subject) -> int:
    """Where a mention ends that runs on over its verb: "Roe postponed the drill"."""
    for index in range(mention.first + 1, mention.last):
        if tokens[index].lower.endswith("ed") and not tokens[index].is_capital:
            return index
    return mention.last


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
        last = mention.last
        if tokens[start - 1].lower == "that":  # then the main clause may be about anything
            last = _before_past(tokens, mention)
        behind = skip_adverbials_right(tokens, last)
        if behind < len(tokens) and (
            tokens[behind].lower in cue_forms()
            or tokens[behind].lower in AUXILIARIES
            or last < mention.last
        ):
            span = trim(tokens, start, index)
            if span:
                return Attribution(
                    [span],
                    (mention.first, last),
                    (hit.first, hit.last),
                    f"{words}; subject of the main clause",
                    firm=True,
                )
    return None
