"""Read the sentences that the models of acts and stances learn from.

News sentences with two marked actors (``plv.train.jsonl``, not part of the project) and the own
coded sentences of `analysis.coded_sentences`; never the gold annotation.

The cue lexicon was compiled with the news sentences in view. So that the models do not trust it
more on them than on unseen text, a cue counts in a sentence only if it stands in another sentence
as well (of the training folds, when measured): a cue that the lexicon owes to one sentence is not
seen there.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.act_features import NO_CUE
from analysis.actors import STANCES, cue_words, read_pair
from analysis.coded_sentences import Coded, gazetteer, read_sentences
from analysis.learned_stance import main_target, parties_in_view, view
from analysis.lexicon import Lexicon, words_of
from analysis.parties import Parties
from analysis.stance import Reading, read_all

CORRECTED_ON = "first"  # the writer with whose sentences in view the rules were corrected
# Writers who were asked for ordinary news prose, and not for talk, irony or speeches: what the
# probabilities of statements are calibrated on.
NEWS_PROSE = frozenset(
    """wire broadsheet communique bulletin record telegraph chronicle messenger monitor envoy
    observer journal press sentinel tablet""".split()
)
_SHARED = 0.4  # share of word triples in common that makes two sentences near-duplicates
_NEWS = 0.1  # what a news sentence counts for statements beside an own one
# What an own sentence counts between marked actors; a neutral one; a neutral one without any cue.
_PAIR, _NEUTRAL_PAIR, _CUELESS_PAIR = 0.1, 0.5, 2.0
_SOURCES = "plv.train.jsonl"

Keep = Callable[[tuple[str, ...], str], bool]


class Sample(NamedTuple):
    """One question to a model: features and the right answer."""

    group: int
    words: list[str]
    cues: list[str]
    label: str
    counts: float = 1.0
    own: bool = False


def read_news(folder: Path) -> list[dict]:
    """Read the marked news sentences of a folder.

    Raises
    ------
    FileNotFoundError
        Naming file and folder, if they are not there.
    """
    path = folder / _SOURCES
    if not path.exists():
        raise FileNotFoundError(f"no {_SOURCES} in {folder}; give the folder that holds it as DATA")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def near_duplicates(texts: Sequence[str]) -> list[int]:
    """Number of the group of near-duplicates each text belongs to.

    Two texts belong together if the shorter shares two fifths of its word triples with the other.
    """
    triples = []
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        triples.append({tuple(words[at : at + 3]) for at in range(len(words) - 2)})
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    common: Counter[tuple[int, int]] = Counter()
    for number, found in enumerate(triples):
        for triple in sorted(found):
            common.update((other, number) for other in holders[triple])
            holders[triple].append(number)
    group = list(range(len(texts)))
    for (left, right), shared in sorted(common.items()):
        if shared >= _SHARED * min(len(triples[left]), len(triples[right])):
            old, new = group[right], group[left]
            group = [new if one == old else one for one in group]
    return group


def cues_elsewhere(texts: Sequence[str], groups: Sequence[int]) -> dict[tuple, frozenset[int]]:
    """For each cue of the lexicon (words, family), the groups of sentences it stands in."""
    lexicon = Lexicon.from_toml()
    found: dict[tuple, set[int]] = defaultdict(set)
    for text, group in zip(texts, groups, strict=True):
        words = words_of(text)
        for hit in lexicon.hits(words):
            found[_cue(cue_words(words, hit), hit.family)].add(group)
    return {cue: frozenset(where) for cue, where in found.items()}


def _cue(words: tuple[str, ...], family: str) -> tuple:
    """A cue whatever its ending: *condemned* and *condemns* are one."""
    return family, len(words), words[0][:5]


def seen_elsewhere(cues: dict[tuple, frozenset[int]], groups: frozenset[int]) -> Keep:
    """A filter that lets only those cues pass that stand in a sentence of some groups."""
    return lambda words, family: not groups.isdisjoint(cues.get(_cue(words, family), ()))


def news_samples(
    records: Sequence[dict], groups: Sequence[int], keep: Callable[[int], Keep | None]
) -> list[Sample]:
    """Samples of marked news sentences; ``keep`` gives the filter of cues for a group."""
    found = []
    for record, group in zip(records, groups, strict=True):
        pair = read_pair(record["text"], record["source"], record["target"], keep(group))
        found.append(Sample(group, pair.word_names, pair.cue_names, record["gold"]))
    return found


def own_readings(coded: Sequence[Coded], cues: dict[tuple, frozenset[int]]) -> list[Reading]:
    """The coded statements, each read in its document by the rules alone.

    The cues and rules were corrected with the first writer's sentences in view: there a cue that
    stands in no other sentence, own or of the news, is not seen.
    """
    parties = gazetteer()
    first = 1 + max((group for where in cues.values() for group in where), default=0)
    groups = range(first, first + len(coded))
    mine = cues_elsewhere([one.document.text for one in coded], groups)
    every = {cue: cues.get(cue, frozenset()) | mine.get(cue, frozenset()) for cue in cues | mine}
    seen = frozenset().union(*every.values())
    readings = []
    for one, group in zip(coded, groups, strict=True):
        lexicon = Lexicon.from_toml()
        if one.writer == CORRECTED_ON:
            lexicon = lexicon.only(seen_elsewhere(every, seen - {group}))
        readings.append(read_all(one.statements, one.document, parties, lexicon)[-1][0])
    return readings


def own_samples(
    coded: Sequence[Coded], readings: Sequence[Reading], first: int
) -> dict[str, list[Sample]]:
    """Samples of the own sentences for the three models, their groups numbered from ``first``.

    For ``between`` an own sentence is a plain one with marked actors: the news hold none that is
    neutral.
    """
    found: dict[str, list[Sample]] = {"between": [], "act": [], "stance": []}
    parties = gazetteer()
    for group, (one, reading) in enumerate(zip(coded, readings, strict=True), first):
        act = reading.by_rules()
        label = "YIELD" if one.act in {"CONCEDE", "RETREAT"} else one.act
        seen = view(reading.scene, reading.reporting, act, main_target(act))
        found["act"].append(Sample(group, *seen, label, own=True))
        words, cues = _as_pair(one, parties)
        counts = _PAIR
        if label == "COMMENT":
            counts = _CUELESS_PAIR if NO_CUE in cues else _NEUTRAL_PAIR
        found["between"].append(Sample(group, words, cues, label, counts, own=True))
        views = parties_in_view(reading.scene, reading.reporting)
        for target, side in sides_of(one, reading).items():
            where = views.get(target) or "recovered"
            seen = view(reading.scene, reading.reporting, act, target, where)
            found["stance"].append(Sample(group, *seen, side, own=True))
    return found


def sides_of(one: Coded, reading: Reading) -> dict[str, str]:
    """The side towards each party coded; none towards one in view that has no code."""
    scene = reading.scene
    sides = dict.fromkeys(parties_in_view(scene, reading.reporting), "none") | one.stances
    return {name: side for name, side in sides.items() if name not in scene.own}


def _as_pair(one: Coded, parties: Parties) -> tuple[list[str], list[str]]:
    statement = one.statements[-1]
    begin, end = statement.source_span[0], statement.content_spans[-1][1]
    text = one.document.raw[begin:end]
    marks = [m for m in parties.find(text) if m.party in one.stances]
    target = {"start": marks[0].start, "end": marks[0].end} if marks else None
    source = {"start": 0, "end": statement.source_span[1] - begin}
    pair = read_pair(text, source, target)
    return pair.word_names, pair.cue_names


def as_stances(samples: Sequence[Sample]) -> list[Sample]:
    """Samples with the side that their act takes instead of the act."""
    sides = {**STANCES, "YIELD": "favor"}
    return [one._replace(label=sides.get(one.label, "against")) for one in samples]


class Data(NamedTuple):
    """All that is learned from.

    Attributes
    ----------
    records : list of dict
        The news sentences.
    groups : list of int
        The group of near-duplicates of each.
    cues : dict
        For each cue the groups it stands in.
    coded : list of Coded
        The own sentences.
    readings : list of Reading
        How the rules read each.
    own : dict of str to list of Sample
        Samples of the own sentences by model.
    """

    records: list[dict]
    groups: list[int]
    cues: dict[tuple, frozenset[int]]
    coded: list[Coded]
    readings: list[Reading]
    own: dict[str, list[Sample]]

    def samples(self, name: str, news: Sequence[int], own: Sequence[int]) -> list[Sample]:
        """Samples of a model from some of the news sentences and of the own ones (by number)."""
        groups = [self.groups[number] for number in news]
        seen = frozenset(groups)

        def keep(group: int) -> Keep:
            return seen_elsewhere(self.cues, seen - {group})

        found = news_samples([self.records[number] for number in news], groups, keep)
        if name != "between":
            found = [one._replace(counts=_NEWS) for one in found]
        if name == "stance":
            found = as_stances(found)
        mine = {len(self.groups) + number for number in own}
        return [*found, *(one for one in self.own[name] if one.group in mine)]


def read_data(folder: Path) -> Data:
    """Read the news sentences of a folder and the own sentences."""
    records = read_news(folder)
    texts = [record["text"] for record in records]
    groups = near_duplicates(texts)
    coded = read_sentences()
    cues = cues_elsewhere(texts, groups)
    readings = own_readings(coded, cues)
    return Data(records, groups, cues, coded, readings, own_samples(coded, readings, len(groups)))
