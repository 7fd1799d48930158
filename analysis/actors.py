"""The act between two marked actors of a sentence: spoken or done, by PLOVER category."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from analysis.act_features import (
    SOURCE,
    TARGET,
    Candidate,
    Place,
    cue_features,
    described,
    masked,
    stem_features,
    word_features,
)
from analysis.act_model import stored_models, surest
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
_ALIKE = {"YIELD": {"CONCEDE", "RETREAT"}}  # one class in the data the model was trained on
LEAST_SURE = 0.2  # below it no act is named,
LEAST_SURE_WITHOUT_CUE = 0.5  # or below this one if no cue could govern
STANCES = {
    "AGREE": "favor", "CONSULT": "favor", "SUPPORT": "favor", "CONCEDE": "favor",
    "COOPERATE": "favor", "AID": "favor", "RETREAT": "favor", "COMMENT": "none",
}  # fmt: skip


class ActBetween(NamedTuple):
    """Act of the source towards the target.

    Attributes
    ----------
    act : str or None
        PLOVER category or COMMENT; None where no words tell it.
    stance : str or None
    confidence : float
        Calibrated probability of the act.
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
        The likeliest act of the learned model, which knows what the cues say and the words around
        the actors. Without words that speak for any act: None.
    """
    pair = read_pair(text, source, target)
    model = stored_models()["between"]
    label, confidence = surest(model, model.probabilities(pair.word_names, pair.cue_names))
    told = [one for one in pair.candidates if one.act in _ALIKE.get(label, {label})]
    if confidence < (LEAST_SURE if pair.candidates else LEAST_SURE_WITHOUT_CUE):
        return ActBetween(None, None, confidence, None, "no cue, and no words that tell the act")
    if told:
        label = told[0].act
        evidence = _offsets(pair.words, told[0].hit)
        rule = f"cue ‘{text[slice(*evidence)]}’{told[0].turned}"
        return ActBetween(label, STANCES.get(label, "against"), confidence, evidence, rule)
    reasons = model.reasons(label, pair.word_names, pair.cue_names)[:3]
    rule = "learned from " + ", ".join(described(name) for name in reasons)
    evidence = _offsets(pair.words, pair.candidates[0].hit) if pair.candidates else None
    label = "CONCEDE" if label == "YIELD" else label
    return ActBetween(label, STANCES.get(label, "against"), confidence, evidence, rule)


class Pair(NamedTuple):
    """A sentence with two marked actors, as the model sees it."""

    words: list[Word]
    candidates: list[Candidate]
    word_names: list[str]
    cue_names: list[str]


def read_pair(
    text: str,
    source: Mapping[str, Any] | None,
    target: Mapping[str, Any] | None,
    keep: Callable[[tuple[str, ...], str], bool] | None = None,
) -> Pair:
    """Read a sentence with two marked actors.

    Parameters
    ----------
    text : str
    source, target : mapping or None
    keep : callable or None
        Says whether a cue (its words, its family) may be used; all may if left out.

    Returns
    -------
    Pair
    """
    words = words_of(text)
    hits = Lexicon.from_toml().hits(words)
    if keep is not None:
        hits = [hit for hit in hits if keep(cue_words(words, hit), hit.family)]
    doer, done_to = _words_in(words, source), _words_in(words, target)
    actors = dict.fromkeys(range(*(done_to or (0, 0))), TARGET)
    actors.update(dict.fromkeys(range(*(doer or (0, 0))), SOURCE))
    found = governing(words, hits, doer, done_to)
    tokens = masked(text, words, actors)
    return Pair(
        words,
        found,
        [*word_features(tokens), *stem_features(tokens)],
        cue_features(found, hits, doer, done_to),
    )


def cue_words(words: Sequence[Word], hit: Hit) -> tuple[str, ...]:
    """The words of a cue."""
    return tuple(word.lower for word in words[hit.first : hit.last])


def governing(
    words: Sequence[Word], hits: Iterable[Hit], doer: Place, done_to: Place
) -> list[Candidate]:
    """Cues that could govern two actors, the one that stands best first.

    Parameters
    ----------
    words : sequence of Word
    hits : iterable of Hit
    doer, done_to : (int, int) or None
        Word numbers of the actors.

    Returns
    -------
    list of Candidate
        The first after the actor that acts, the longest where several begin there.
    """
    found = []
    for hit in hits:
        act = _FAMILIES.get(hit.family)
        if act is not None:
            score = _score(hit, doer, done_to)
            found.append(Candidate(score, hit, *_turned(words, hit, act)))
    return sorted(found, key=lambda one: -one.score)


def _offsets(words: Sequence[Word], hit: Hit) -> tuple[int, int]:
    return words[hit.first].start, words[hit.last - 1].end


def _words_in(words: list[Word], span: Mapping[str, Any] | None) -> Place:
    if not span or span.get("start") is None:
        return None
    inside = [
        at for at, word in enumerate(words)
        if word.start < span["end"] and word.end > span["start"]
    ]  # fmt: skip
    return (inside[0], inside[-1] + 1) if inside else None


def _score(hit: Hit, doer: Place, done_to: Place) -> float:
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


def _turned(words: Sequence[Word], hit: Hit, act: str) -> tuple[str, str]:
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
