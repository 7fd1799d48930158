"""Train the models of acts and stances, and keep their weights.

They learn from news sentences with two marked actors and from own coded sentences, as
`analysis.act_samples` reads them. No text of the news is kept: only words, pairs of neighbouring
words and pairs of stems near each other that occur in at least three sentences, with one weight
per class.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed, parallel_config
from scipy.sparse import csr_matrix, diags_array, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from analysis.act_features import of_clause
from analysis.act_model import WEIGHTS, Model
from analysis.act_samples import NEWS_PROSE, Data, Sample, read_data, sides_of
from analysis.coded_sentences import Coded
from analysis.learned_stance import decide, told_by_words
from analysis.stance import Reading

FOLDS = 10
OWN_FOLDS = 4
LEAST_SEEN = 3  # sentences a feature must occur in that is seen in the news
_CUES = 0.4  # how much a cue feature counts beside the words
_READ = ("said=", "part=", "kind=")  # features of a statement read by the rules: they count fully
_SMALLEST = 0.02  # a feature whose weights are all below it is left out

Numbers = Sequence[int]


class Setting(NamedTuple):
    """How a model is fitted.

    Attributes
    ----------
    scale : float
        Length of the vector of word features.
    strength : float
        Inverse of the L2 penalty.
    even : float
        How far rare classes count more: 1 would make all even.
    least : int
        Sentences a feature must occur in; in `LEAST_SEEN` at least if one of them is of the news.
    clauses : bool
        Whether features of clauses and pairs of near words are seen.
    """

    scale: float
    strength: float
    even: float
    least: int
    clauses: bool


# Chosen with folds of own writers and of news sentences in view.
SETTINGS = {
    "between": Setting(3.0, 4.0, 0.75, 5, False),
    "act": Setting(8.0, 1.0, 0.3, 3, False),
    "stance": Setting(8.0, 1.0, 0.0, 2, True),
}


def fit(samples: Sequence[Sample], setting: Setting) -> dict:
    """Fit one model and return it as `analysis.act_model.Model` reads it."""
    seen = [
        one.words if setting.clauses else [n for n in one.words if not of_clause(n)]
        for one in samples
    ]
    words, idf, word_names = _matrix(seen, samples, setting.least)
    cues, _, cue_names = _matrix([one.cues for one in samples], samples, LEAST_SEEN, even=True)
    scales = np.array([1.0 if name.startswith(_READ) else _CUES for name in cue_names])
    labels = [one.label for one in samples]
    often = Counter(labels)
    rare = {
        label: (len(samples) / len(often) / count) ** setting.even for label, count in often.items()
    }
    model = LogisticRegression(C=setting.strength, max_iter=200, tol=1e-3)
    model.fit(
        hstack([words * setting.scale, cues @ diags_array(scales)]).tocsr(),
        labels,
        sample_weight=[one.counts * rare[one.label] for one in samples],
    )
    weights = model.coef_.T
    size = len(word_names)
    return {
        "classes": model.classes_.tolist(),
        "base": [round(float(one), 3) for one in model.intercept_],
        "scale": setting.scale,
        "words": _kept(word_names, weights[:size], idf),
        "cues": _kept(cue_names, weights[size:] * scales[:, None]),
    }


def _matrix(
    lists: Sequence[list[str]], samples: Sequence[Sample], least: int, even: bool = False
) -> tuple[csr_matrix, np.ndarray, list[str]]:
    """Features that occur in enough sentences, one row per sample, and their idf.

    A row has length 1 and its features count by idf, or each counts 1 where all are even.
    """
    where: dict[str, set[int]] = defaultdict(set)
    mine = {sample.group for sample in samples if sample.own}
    for names, sample in zip(lists, samples, strict=True):
        for name in names:
            where[name].add(sample.group)
    names = sorted(
        name
        for name, groups in where.items()
        if len(groups) >= (least if groups <= mine else max(least, LEAST_SEEN))
    )
    place = {name: number for number, name in enumerate(names)}
    total = len({sample.group for sample in samples})
    idf = np.array([1 + np.log((1 + total) / (1 + len(where[name]))) for name in names])
    columns, values, ends = [], [], [0]
    for one in lists:
        row = [place[name] for name in one if name in place]
        share = np.ones(len(row)) if even or not row else idf[row] / np.linalg.norm(idf[row])
        columns += row
        values += share.tolist()
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(lists), len(names))), idf, names


def _kept(
    names: Sequence[str], weights: np.ndarray, idf: np.ndarray | None = None
) -> dict[str, list[int]]:
    """Features with their weight by class in hundredths, behind their idf if they have one."""
    rows = weights if idf is None else np.column_stack([idf, weights])
    hundredths = np.rint(100 * rows).astype(int).tolist()
    large = np.abs(weights).max(axis=1) >= _SMALLEST
    return {name: row for name, row, kept in zip(names, hundredths, large, strict=True) if kept}


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
        ``act``, ``told`` and ``stance``: (share, right) of the act, of each side that the rules
        told by words and that stands, and of the other sides.
    """
    by_rules = reading.by_rules()
    found = decide(models, reading.scene, reading.reporting, by_rules)
    wanted, sides = sides_of(coded, reading), found.act.targets
    answers = {
        "act": [(found.act_confidence, found.act.act == coded.act)],
        "told": [],
        "stance": [],
    }
    for name, share in found.stance_confidence.items():
        stands = told_by_words(by_rules, name) and sides.get(name) == by_rules.targets[name]
        answers["told" if stands else "stance"].append(
            (share, sides.get(name) == wanted.get(name, "none"))
        )
    return answers


def models_of(
    data: Data, splits: Sequence[tuple[Numbers, Numbers]], names: Iterable[str] = SETTINGS
) -> list[dict[str, dict]]:
    """Fit models on parts of the sentences, two at a time.

    Parameters
    ----------
    data : Data
    splits : sequence of (numbers of news sentences, numbers of own sentences)
    names : iterable of str
        Which models of `SETTINGS`.

    Returns
    -------
    list of dict of str to dict
        For each split the models by name, as `analysis.act_model.Model` reads them.
    """
    names = list(names)
    tasks = (
        delayed(fit)(data.samples(name, *split), SETTINGS[name])
        for split in splits
        for name in names
    )
    # One thread in each process: sums in another order would round otherwise.
    with parallel_config("loky", n_jobs=2, inner_max_num_threads=1):
        fitted = iter(Parallel()(tasks))
    return [{name: next(fitted) for name in names} for _ in splits]


def train(folder: str | Path, path: Path = WEIGHTS) -> dict[str, int]:
    """Train the models on everything and write the weights.

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
    news, every = range(len(data.records)), range(len(data.coded))
    answers: dict[str, list[tuple[float, bool]]] = {"act": [], "told": [], "stance": []}
    parts = own_folds(data.coded)
    learned = models_of(data, [(news, mine) for mine, _ in parts], ["act", "stance"])
    for fitted, (_, tested) in zip(learned, parts, strict=True):
        by_name = {name: Model(one) for name, one in fitted.items()}
        for number in [n for n in tested if data.coded[n].writer in NEWS_PROSE]:
            given = answered(by_name, data.coded[number], data.readings[number])
            for name, found in given.items():
                answers[name] += found
    (models,) = models_of(data, [(news, every)])
    for name in ("act", "stance"):
        models[name]["trust"] = trust(answers[name])
    models["stance"]["told"] = trust(answers["told"])
    lines = json.dumps(models, ensure_ascii=False, indent=None, separators=(",", ":"))
    path.write_text(lines.replace("],", "],\n") + "\n", encoding="utf-8")
    counts = {"news sentences": len(data.records), "own sentences": len(data.coded)}
    for name, model in models.items():
        counts[f"features of {name}"] = len(model["words"]) + len(model["cues"])
    return counts


def own_folds(coded: Sequence[Coded]) -> list[tuple[list[int], list[int]]]:
    """Folds of own sentences, no writer in two of them: numbers of the others, and of each."""
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
