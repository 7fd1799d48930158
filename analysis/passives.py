"""Read passives whose agent or content stands apart from the verb.

"Roe was told by Doe that …", "the film, dismissed by Roe as “…”, …", "described as “…” by Roe and
as “…” by Doe", "the offer was welcomed in Paris", "it was announced in Paris that …". Passives
with the agent right behind the verb and the content before it are read with the other cues.
"""

from __future__ import annotations

from analysis.contents import trim
from analysis.cued import Attribution
from analysis.cues import AUXILIARIES, cue_forms
from analysis.source_words import TEMPORAL
from analysis.sources import Subject, mention_after, names_a_source
from analysis.tokens import Token

_BE = frozenset("is are was were been being be".split())
_TOLD = frozenset("told warned informed assured reminded advised notified asked urged".split())
_REPORTED = frozenset(
    """announced said reported confirmed claimed suggested stated revealed disclosed decreed
    denied""".split()
)


def reports_passively(tokens: list[Token]) -> list[Attribution]:
    """Find passive attributions of these shapes.

    Parameters
    ----------
    tokens : list of Token
        The sentence; quotations are single tokens.

    Returns
    -------
    list of Attribution
        Token ranges, end exclusive, in reading order.
    """
    found: list[Attribution] = []
    reach = 0
    for index in range(1, len(tokens) - 2):
        token = tokens[index]
        if index < reach or not token.is_word or not token.lower.endswith(("ed", "told", "said")):
            continue
        cue = cue_forms().get(token.lower)
        if cue is None:
            continue
        item = _told(tokens, index) or _announced(tokens, index)
        items = [item] if item else _judged(tokens, index)
        if items:
            found += items
            reach = max(end for item in items for _, end in [*item.content, item.source])
    return found


def _agent(tokens: list[Token], at: int, anybody: bool = False) -> Subject | None:
    """Who acts: "by Roe", or the capital in "in Paris"; ``anybody`` takes any noun behind "by"."""
    if at + 1 >= len(tokens):
        return None
    if tokens[at].lower == "by":
        mention = mention_after(tokens, at + 1, len(tokens))
        if mention and (anybody or names_a_source(tokens, mention.first, mention.last)):
            return mention
    if tokens[at].lower == "in" and tokens[at + 1].is_capital:
        last = at + 2
        while last < len(tokens) and tokens[last].is_capital:
            last += 1
        if tokens[at + 1].lower not in TEMPORAL:
            return Subject(at + 1, last, "the place that speaks")
    return None


def _told(tokens: list[Token], index: int) -> Attribution | None:
    """Read "Paris was told by Roe that …"."""
    if tokens[index].lower not in _TOLD or tokens[index - 1].lower not in _BE:
        return None
    if tokens[index + 1].lower != "by":
        return None
    agent = _agent(tokens, index + 1, anybody=True)
    if agent is None or agent.last + 1 >= len(tokens) or tokens[agent.last].lower != "that":
        return None
    content = trim(tokens, agent.last + 1, len(tokens))
    return content and _passive(tokens, [content], agent, index)


def _announced(tokens: list[Token], index: int) -> Attribution | None:
    """Read "it was announced in Paris that …"."""
    if tokens[index].lower not in _REPORTED or index < 2 or tokens[index - 1].lower not in _BE:
        return None
    if tokens[index - 2].lower != "it":
        return None
    agent = _agent(tokens, index + 1)
    if agent is None or agent.last + 1 >= len(tokens) or tokens[agent.last].lower != "that":
        return None
    content = trim(tokens, agent.last + 1, len(tokens))
    return content and _passive(tokens, [content], agent, index)


def _judged(tokens: list[Token], index: int) -> list[Attribution]:
    """Read what is said of a thing: "…, described as “…” by Roe and as “…” by Doe, …"."""
    forms = cue_forms()
    before = tokens[index - 1]
    reduced = before.text == ","
    if not (reduced or before.lower in _BE) or not forms[tokens[index].lower].frames & {"n", "o"}:
        return []
    first = index if reduced else index - 1
    while not reduced and first and tokens[first - 1].lower in AUXILIARIES:
        first -= 1
    thing = trim(tokens, 0, first)
    if thing is None or thing[1] - thing[0] > 12:
        return []
    if any(t.is_quotation or t.text in {",", ":"} for t in tokens[thing[0] : thing[1]]):
        return []
    found: list[Attribution] = []
    verb, at = index, index + 1
    while at < len(tokens):
        item, at = _one_judgement(tokens, thing, verb, at)
        if item is None:
            break
        found.append(item)
        if at + 1 >= len(tokens) or tokens[at].lower not in {"and", "but"}:
            break
        at += 1
        if tokens[at].lower in forms and tokens[at].lower.endswith("ed"):
            verb, at = at, at + 1
    # A single "was condemned by Roe" is read with the other cues.
    plain = len(found) == 1 and len(found[0].content) == 1 and tokens[index + 1].lower == "by"
    return [] if plain else found


def _one_judgement(
    tokens: list[Token], thing: tuple[int, int], verb: int, at: int
) -> tuple[Attribution | None, int]:
    """Agent and quoted judgement, in either order, that begin at ``at``."""
    agent = _agent(tokens, at)
    if agent is not None:
        at = agent.last
        judgement, end = _judgement(tokens, at)
        if judgement is None:
            return _passive(tokens, [thing], agent, verb), at
        return _passive(tokens, [thing, judgement], agent, verb), end
    judgement, at = _judgement(tokens, at)
    if judgement is None:
        return None, at
    agent = _agent(tokens, at)
    if agent is None or tokens[at].lower != "by":
        return None, at
    return _passive(tokens, [judgement], agent, verb), agent.last


def _judgement(tokens: list[Token], at: int) -> tuple[tuple[int, int] | None, int]:
    """Quotation at ``at``, with or without "as"."""
    quoted = at + (at < len(tokens) and tokens[at].lower == "as")
    if quoted < len(tokens) and tokens[quoted].is_quotation:
        return (quoted, quoted + 1), quoted + 1
    return None, at


def _passive(
    tokens: list[Token], content: list[tuple[int, int]], agent: Subject, verb: int
) -> Attribution:
    rule = f"cue “{tokens[verb].text}”; passive; {agent.rule}"
    return Attribution(content, (agent.first, agent.last), (verb, verb + 1), rule, firm=True)
