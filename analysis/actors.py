"""The act between two marked actors of a sentence: spoken or done, by PLOVER category."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from analysis.lexicon import Hit, Lexicon, Word, words_of
from analysis.parties import Parties
from analysis.passages import BE, NEGATIONS

# Families that make an act between actors, with the act where it is not the family's own.
_FAMILIES = {
    "accuse": "ACCUSE", "condemn": "ACCUSE", "investigate": "ACCUSE", "deny": "REJECT",
    "refuse": "REJECT", "request": "REQUEST", "threat": "THREATEN", "consequence": "THREATEN",
    "warn": "THREATEN", "vow": "AGREE", "agree": "AGREE", "support": "SUPPORT",
    "consult": "CONSULT", "aid": "AID", "cooperate": "COOPERATE", "concede": "CONCEDE",
    "retreat": "RETREAT", "protest": "PROTEST", "mobilize": "MOBILIZE", "sanction": "SANCTION",
    "coerce": "COERCE", "fight": "ASSAULT", "violence": "ASSAULT",
}  # fmt: skip
# Verbs that govern another verb: what stands after them is not yet done.
_OPERATORS = frozenset({"refuse", "request", "threat", "agree", "vow", "deny", "warn"})
_FRIENDLY = frozenset({"AID", "COOPERATE", "CONCEDE", "RETREAT", "AGREE", "SUPPORT", "CONSULT"})
_INTENDED = frozenset({"AID", "COOPERATE", "CONCEDE", "RETREAT", "CONSULT"})
_DUTY = frozenset("must should".split())
_FUTURE = frozenset("will would 'll".split())
STANCES = {
    "AGREE": "favor", "CONSULT": "favor", "SUPPORT": "favor", "CONCEDE": "favor",
    "COOPERATE": "favor", "AID": "favor", "RETREAT": "favor", "COMMENT": "none",
}  # fmt: skip


class ActBetween(NamedTuple):
    """Act of the source towards the target.

    Attributes
    ----------
    act : str or None
        PLOVER category; None if no cue stands in the sentence.
    stance : str or None
    confidence : float
        From the lead of the deciding cue over the next best cue of another act.
    evidence : (int, int) or None
        Offsets of the deciding words in the text.
    rule : str
    """

    act: str | None
    stance: str | None
    confidence: float
    evidence: tuple[int, int] | None
    rule: str


def classify_act(
    text: str, source: Mapping[str, Any] | None, target: Mapping[str, Any] | None
) -> ActBetween:
    """Act between two marked actors, anywhere in the sentence.

    Parameters
    ----------
    text : str
        A sentence.
    source, target : mapping or None
        ``start`` and ``end``: offsets of the actors in ``text``; None where one is not marked.

    Returns
    -------
    ActBetween
        Of several cues the one that governs decides: the first after the actor that acts, the
        longest where several begin there.
    """
    lexicon = Lexicon.from_toml()
    words = words_of(text)
    doer = _words_in(words, source)
    done_to = _words_in(words, target)
    best: tuple[float, Hit, str] | None = None
    second = 0.0
    for hit in lexicon.hits(words):
        act = _FAMILIES.get(hit.family)
        if act is None:
            continue
        score = _score(hit, doer, done_to)
        if best is None or score > best[0]:
            if best is not None and best[2] != act:
                second = best[0]
            best = (score, hit, act)
        elif act != best[2]:
            second = max(second, score)
    if best is None:
        return ActBetween(None, None, 0.0, None, "no cue")
    score, hit, act = best
    act, why = _turned(words, hit, act)
    evidence = (words[hit.first].start, words[hit.last - 1].end)
    rule = f"cue ‘{text[evidence[0] : evidence[1]]}’{why}"
    return ActBetween(act, STANCES.get(act, "against"), _confidence(score - second), evidence, rule)


def _words_in(words: list[Word], span: Mapping[str, Any] | None) -> tuple[int, int] | None:
    if not span or span.get("start") is None:
        return None
    inside = [
        at for at, word in enumerate(words)
        if word.start < span["end"] and word.end > span["start"]
    ]  # fmt: skip
    return (inside[0], inside[-1] + 1) if inside else None


def _score(hit: Hit, doer: tuple[int, int] | None, done_to: tuple[int, int] | None) -> float:
    """How well a cue stands to govern the two actors."""
    score = min(hit.last - hit.first, 4) * 0.6 + (0.8 if hit.kind == "verb" else 0.0)
    if hit.family in _OPERATORS:
        score += 0.7
    if hit.family == "violence":
        score -= 0.8
    begin, end = doer or (0, 0)
    if done_to is not None and begin >= done_to[1]:
        # Passive order: the deed stands between, or just after the one who does it.
        begin, end = done_to
    if hit.first >= end:
        score += 4.0 - 0.25 * (hit.first - end)
        if done_to is not None and hit.first >= done_to[1] and (doer is None or end <= done_to[0]):
            score -= 1.5
    elif hit.last <= begin:
        score += 1.0 - 0.1 * (begin - hit.last)
    else:
        score += 0.5
    if done_to is not None and done_to[0] <= hit.first < done_to[1]:
        score -= 1.0
    return score


def _turned(words: list[Word], hit: Hit, act: str) -> tuple[str, str]:
    """Turn an act by a negation or a future before it."""
    before = [word.lower for word in words[max(0, hit.first - 4) : hit.first]]
    if NEGATIONS & set(before) and act in _FRIENDLY:
        return "REJECT", ", negated"
    if _DUTY & set(before) and hit.kind == "verb":
        return "REQUEST", ", as a duty"
    soon = [word for word in before if word in _FUTURE]
    if soon and hit.kind == "verb" and act in _INTENDED:
        return "AGREE", f", {soon[-1]}"
    if soon and hit.kind == "verb" and act in {"ASSAULT", "SANCTION", "COERCE", "PROTEST"}:
        if not BE & set(before):
            return "THREATEN", f", {soon[-1]}"
    return act, ""


def _confidence(lead: float) -> float:
    """Share right among the training sentences by the lead over the next best other act.

    A straight line through eight groups of equal size, lowered a little for unseen text.
    """
    return max(0.6, min(0.95, 0.66 + 0.045 * lead))


def answer_record(record: Mapping[str, Any], parties: Parties | None = None) -> dict[str, Any]:
    """Answer one line of the streaming command.

    Parameters
    ----------
    record : mapping
        ``id``, ``text``, ``source`` and ``target`` with ``start`` and ``end``.
    parties : Parties, optional
        Not needed between marked actors.

    Returns
    -------
    dict
        ``id``; ``label`` (PLOVER category or None); ``p`` (category to probability, if
        labelled); ``stance``; ``evidence`` (offsets or None); ``rule``.
    """
    found = classify_act(record["text"], record.get("source"), record.get("target"))
    answer: dict[str, Any] = {"id": record.get("id"), "label": found.act, "stance": found.stance}
    if found.act is not None:
        answer["p"] = {found.act: round(found.confidence, 3)}
    answer["evidence"] = list(found.evidence) if found.evidence else None
    answer["rule"] = found.rule
    return answer
