"""Train the models of acts and stances, and measure them by cross-validation.

They learn from news sentences with two marked actors (``plv.train.jsonl``, not part of the project)
and from the own coded sentences of `analysis.coded_sentences`, never from the gold annotation. No
text of the news is kept: only words and pairs of neighbouring words that occur in at least three
sentences, or in two own ones, with one weight per class.

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

import numpy as np
from scipy.sparse import csr_matrix, diags_array, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from analysis.act_model import WEIGHTS, Model
from analysis.actors import STANCES, cue_words, read_pair
from analysis.coded_sentences import Coded, gazetteer, read_sentences
from analysis.learned_stance import decide, main_target, view
from analysis.lexicon import Lexicon, words_of
from analysis.stance import Reading, read_all

FOLDS = 10
CORRECTED_ON = "first"  # the writer with whose sentences in view the rules were corrected
LEAST_SEEN = 3  # sentences a feature must occur in,
LEAST_OWN = 2  # or own sentences
OWN_FOLDS = 5
_SHARED = 0.4  # share of word triples in common that makes two sentences near-duplicates
_SCALE = {"act": 3.0, "stance": 5.0}  # length of the vector of word features
_CUES = 0.4  # how much a cue feature counts beside it
_READ = ("said=", "part=", "kind=")  # features of a statement read by the rules: they count fully
_STRENGTH = {"act": 4.0, "stance": 1.0}  # inverse of the L2 penalty
_EVEN = {"act": 0.75, "stance": 0.0}  # how far rare classes count more: 1 would make all even
_NEWS = 0.1  # what a news sentence counts for stances beside an own one
_SMALLEST = 0.02  # a feature whose weights are all below it is left out
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
    """Samples of the own sentences for both models, their groups numbered from ``first``.

    For acts a neutral sentence counts twice: as a statement that the rules have read, and as a
    plain sentence with marked actors, of which the news hold none that is neutral.
    """
    found: dict[str, list[Sample]] = {"act": [], "stance": []}
    for group, (one, reading) in enumerate(zip(coded, readings, strict=True), first):
        act = reading.by_rules()
        seen = view(reading.scene, reading.reporting, act, main_target(act))
        label = "YIELD" if one.act in {"CONCEDE", "RETREAT"} else one.act
        found["act"].append(Sample(group, *seen, label, own=True))
        if label == "COMMENT":
            found["act"].append(Sample(group, *_as_pair(one), label, own=True))
        for target, side in one.stances.items():
            if target not in reading.scene.own:
                seen = view(reading.scene, reading.reporting, act, target)
                found["stance"].append(Sample(group, *seen, side, own=True))
    return found


def _as_pair(one: Coded) -> tuple[list[str], list[str]]:
    statement = one.statements[-1]
    begin, end = statement.source_span[0], statement.content_spans[-1][1]
    text = one.document.raw[begin:end]
    marks = [m for m in gazetteer().find(text) if m.party in one.stances]
    target = {"start": marks[0].start, "end": marks[0].end} if marks else None
    source = {"start": 0, "end": statement.source_span[1] - begin}
    pair = read_pair(text, source, target)
    return pair.word_names, pair.cue_names


def as_stances(samples: Sequence[Sample]) -> list[Sample]:
    """News samples for the model of stances: the side that their act takes."""
    sides = {**STANCES, "YIELD": "favor"}
    return [one._replace(label=sides.get(one.label, "against"), counts=_NEWS) for one in samples]


def fit(samples: Sequence[Sample], name: str) -> dict:
    """Fit one model and return it as `analysis.act_model.Model` reads it."""
    words, idf, word_names = _matrix([one.words for one in samples], samples, weighted=True)
    cues, _, cue_names = _matrix([one.cues for one in samples], samples, weighted=False)
    scales = np.array([1.0 if name.startswith(_READ) else _CUES for name in cue_names])
    labels = [one.label for one in samples]
    often = Counter(labels)
    rare = {
        label: (len(samples) / len(often) / count) ** _EVEN[name] for label, count in often.items()
    }
    model = LogisticRegression(C=_STRENGTH[name], max_iter=200, tol=1e-3)
    model.fit(
        hstack([words * _SCALE[name], cues @ diags_array(scales)]).tocsr(),
        labels,
        sample_weight=[one.counts * rare[one.label] for one in samples],
    )
    weights = model.coef_.T
    size = len(word_names)
    return {
        "classes": model.classes_.tolist(),
        "base": [round(float(one), 3) for one in model.intercept_],
        "scale": _SCALE[name],
        "words": _kept(word_names, weights[:size]),
        "cues": _kept(cue_names, weights[size:] * scales[:, None]),
        "idf": {
            name: round(float(value), 3)
            for name, value, row in zip(word_names, idf, weights[:size], strict=True)
            if np.abs(row).max() >= _SMALLEST
        },
    }


def _matrix(
    lists: Sequence[list[str]], samples: Sequence[Sample], weighted: bool
) -> tuple[csr_matrix, np.ndarray, list[str]]:
    """Features that occur in enough sentences, one row per sample, and their idf."""
    where: dict[str, set[int]] = defaultdict(set)
    mine = {sample.group for sample in samples if sample.own}
    for names, sample in zip(lists, samples, strict=True):
        for name in names:
            where[name].add(sample.group)
    names = sorted(
        name
        for name, groups in where.items()
        if len(groups) >= LEAST_SEEN or len(groups & mine) >= LEAST_OWN
    )
    place = {name: number for number, name in enumerate(names)}
    total = len({sample.group for sample in samples})
    idf = np.array([1 + np.log((1 + total) / (1 + len(where[name]))) for name in names])
    columns, values, ends = [], [], [0]
    for one in lists:
        row = [place[name] for name in one if name in place]
        share = idf[row] / np.linalg.norm(idf[row]) if weighted and row else np.ones(len(row))
        columns += row
        values += share.tolist()
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(lists), len(names))), idf, names


def _kept(names: Sequence[str], weights: np.ndarray) -> dict[str, list[float]]:
    return {
        name: [round(float(one), 2) for one in row]
        for name, row in zip(names, weights, strict=True)
        if np.abs(row).max() >= _SMALLEST
    }


def trust(answers: Sequence[tuple[float, bool]]) -> list[float]:
    """Offset and slope that calibrate answers (Platt 1999).

    Parameters
    ----------
    answers : sequence of (share, right)
        The share a model gave to what the engine answered, on sentences it was not fitted on.

    Returns
    -------
    [float, float]
        For the log-odds; no change where all or none are right.
    """
    right = [one for _, one in answers]
    if len(set(right)) < 2:
        return [0.0, 1.0]
    shares = np.clip([share for share, _ in answers], 0.001, 0.999)
    odds = np.log(shares / (1 - shares)).reshape(-1, 1)
    line = LogisticRegression(C=1.0).fit(odds, right)
    return [round(float(line.intercept_[0]), 3), round(float(line.coef_[0, 0]), 3)]


def answered(
    models: dict[str, Model], coded: Coded, reading: Reading
) -> dict[str, list[tuple[float, bool]]]:
    """What models that do not calibrate yet give to the engine's answers on a coded sentence.

    Returns
    -------
    dict
        ``act`` and ``stance``: (share, right) of the act, and of the side towards each party.
    """
    found = decide(models, reading.scene, reading.reporting, reading.by_rules())
    sides = [
        (share, found.act.targets.get(name) == coded.stances.get(name, "none"))
        for name, share in found.stance_confidence.items()
    ]
    return {"act": [(found.act_confidence, found.act.act == coded.act)], "stance": sides}


class Data(NamedTuple):
    """All that is learned from."""

    records: list[dict]
    groups: list[int]
    cues: dict[tuple, frozenset[int]]
    coded: list[Coded]
    readings: list[Reading]


def read_data(folder: Path) -> Data:
    """Read the news sentences of a folder and the own sentences."""
    records = read_news(folder)
    texts = [record["text"] for record in records]
    groups = near_duplicates(texts)
    coded = read_sentences()
    cues = cues_elsewhere(texts, groups)
    return Data(records, groups, cues, coded, own_readings(coded, cues))


def models_of(data: Data, news: Sequence[int], own: Sequence[int]) -> dict[str, dict]:
    """Fit both models on some of the news sentences and some of the own ones (their numbers)."""
    groups = [data.groups[number] for number in news]
    seen = frozenset(groups)

    def keep(group: int) -> Keep:
        return seen_elsewhere(data.cues, seen - {group})

    samples = news_samples([data.records[number] for number in news], groups, keep)
    mine = own_samples(
        [data.coded[n] for n in own], [data.readings[n] for n in own], len(data.groups)
    )
    return {
        "act": fit([*samples, *mine["act"]], "act"),
        "stance": fit([*as_stances(samples), *mine["stance"]], "stance"),
    }


def train(folder: str | Path, path: Path = WEIGHTS) -> dict[str, int]:
    """Train both models on everything and write the weights.

    Parameters
    ----------
    folder : str or Path
        Holds the marked news sentences.
    path : Path
        Where the weights go; the same data give the same bytes.

    Returns
    -------
    dict
        How many sentences were learned from, and the features with a weight by model.
    """
    data = read_data(Path(folder))
    news = range(len(data.records))
    answers: dict[str, list[tuple[float, bool]]] = {"act": [], "stance": []}
    for mine, tested in own_folds(data.coded):
        fitted = {name: Model(one) for name, one in models_of(data, news, mine).items()}
        for number in tested:
            given = answered(fitted, data.coded[number], data.readings[number])
            for name, found in given.items():
                answers[name] += found
    models = models_of(data, news, range(len(data.coded)))
    for name, model in models.items():
        model["trust"] = trust(answers[name])
    lines = json.dumps(models, ensure_ascii=False, indent=None, separators=(",", ":"))
    path.write_text(lines.replace("],", "],\n") + "\n", encoding="utf-8")
    counts = {"news sentences": len(data.records), "own sentences": len(data.coded)}
    for name, model in models.items():
        counts[f"features of {name}"] = len(model["words"]) + len(model["cues"])
    return counts


def own_folds(coded: Sequence[Coded]) -> list[tuple[list[int], list[int]]]:
    """Five folds of own sentences, no writer in two of them: numbers of the others, and of each."""
    writers = [one.writer for one in coded]
    names = list(dict.fromkeys(writers))
    parts = [part for fold in range(OWN_FOLDS) if (part := set(names[fold::OWN_FOLDS]))]
    return [
        ([n for n, one in enumerate(writers) if one not in part],
         [n for n, one in enumerate(writers) if one in part])
        for part in parts
    ]  # fmt: skip


def folds(labels: Sequence[str], groups: Sequence[int]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Ten folds with near-duplicates in one fold and the classes spread evenly."""
    parts = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    return list(parts.split(np.zeros(len(labels)), labels, groups))
