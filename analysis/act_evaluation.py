"""Measure acts and stances on sentences the models were not fitted on, and keep the figures.

``make evaluate-stance DATA=folder`` runs ten-fold cross-validation over the news sentences and the
own sentences of the training half, and writes ``data/stance_evaluation.json``: figures, no text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from analysis.act_model import Model, surest
from analysis.act_samples import Data, read_data, seen_elsewhere, sides_of
from analysis.act_training import answered, folds, models_of, own_folds, trust
from analysis.actors import read_pair
from analysis.learned_stance import decide

RESULTS = Path(__file__).resolve().parent.parent / "data" / "stance_evaluation.json"
_EMPTY: dict = {"classes": ["a", "b"], "base": [0, 0], "scale": 1.0, "words": {}, "cues": {}}
QUADS = {
    "AGREE": "verbal cooperation", "CONSULT": "verbal cooperation", "SUPPORT": "verbal cooperation",
    "COOPERATE": "material cooperation", "AID": "material cooperation",
    "YIELD": "material cooperation", "CONCEDE": "material cooperation",
    "RETREAT": "material cooperation", "REQUEST": "verbal conflict", "ACCUSE": "verbal conflict",
    "REJECT": "verbal conflict", "THREATEN": "verbal conflict", "PROTEST": "material conflict",
    "SANCTION": "material conflict", "MOBILIZE": "material conflict", "COERCE": "material conflict",
    "ASSAULT": "material conflict",
}  # fmt: skip


def macro_f1(pairs: Iterable[tuple[str, str | None]]) -> float:
    """Mean F1 over the classes that occur in gold.

    Parameters
    ----------
    pairs : iterable of (gold, answer)

    Returns
    -------
    float
    """
    scores = f1_by_class(pairs)
    return sum(scores.values()) / len(scores)


def f1_by_class(pairs: Iterable[tuple[str, str | None]]) -> dict[str, float]:
    """F1 of each class that occurs in gold."""
    gold, answered, right = Counter(), Counter(), Counter()
    for wanted, found in pairs:
        gold[wanted] += 1
        answered[found] += 1
        right[wanted] += wanted == found
    return {name: 2 * right[name] / (gold[name] + answered[name]) for name in sorted(gold)}


def calibration_error(answers: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width.

    Parameters
    ----------
    answers : sequence of (probability, right)

    Returns
    -------
    float
    """
    bins: Counter[int] = Counter()
    for probability, right in answers:
        bins[min(9, int(probability * 10))] += probability - right
    return sum(map(abs, bins.values())) / max(1, len(answers))


def _news_figures(rows: Sequence[tuple[str, str, float]]) -> dict[str, float]:
    """Figures of (gold act, act, probability) rows, every sentence answered."""

    def sign(act: str) -> str:
        return QUADS.get(act, "none").split()[-1]

    top = sorted(rows, key=lambda row: -row[2])[: round(0.8 * len(rows))]
    return {
        "sentences": len(rows),
        "macro F1 root": macro_f1((g, p) for g, p, _ in rows),
        "macro F1 quad": macro_f1((QUADS[g], QUADS.get(p)) for g, p, _ in rows),
        "macro F1 sign": macro_f1((sign(g), sign(p)) for g, p, _ in rows),
        "sign right, surest 80 %": sum(sign(g) == sign(p) for g, p, _ in top) / len(top),
        "calibration error": calibration_error([(c, g == p) for g, p, c in rows]),
    }


def evaluate(folder: str | Path, path: Path = RESULTS) -> dict:
    """Cross-validate both models and write the figures.

    Parameters
    ----------
    folder : str or Path
        Holds the marked news sentences.
    path : Path

    Returns
    -------
    dict
        ``news``: figures with all cues, and with those cues only that stand in a training
        sentence as well; ``own``: by phenomenon the sentences, acts and sentences with all sides
        right; ``own stance``: F1 by side, and the calibration error.
    """
    data = read_data(Path(folder))
    every = range(len(data.coded))
    news = folds([record["gold"] for record in data.records], data.groups)
    kind, strict, answers = [], [], []
    fitted = models_of(data, [(learned, every) for learned, _ in news], ["between"])
    for models, (learned, asked) in zip(fitted, news, strict=True):
        between = Model(models["between"])
        seen = frozenset(data.groups[n] for n in learned)
        for n in asked:
            record = data.records[n]
            for rows, keep in ((kind, None), (strict, seen_elsewhere(data.cues, seen))):
                pair = read_pair(record["text"], record["source"], record["target"], keep)
                shares = between.probabilities(pair.word_names, pair.cue_names)
                rows.append((record["gold"], *surest(between, shares)))
    own, whole = own_folds(data.coded), range(len(data.records))
    fitted = models_of(data, [(whole, mine) for mine, _ in own], ["act", "stance"])
    for number, (found, (_, tested)) in enumerate(zip(fitted, own, strict=True)):
        models = {name: Model(one) for name, one in found.items()}
        answers += [{**_answer(models, data, n), "fold": number} for n in tested]
    results = {
        "news": {"all cues": _news_figures(kind), "cues seen in training": _news_figures(strict)},
        **_own_figures(answers),
    }
    rounded = json.loads(json.dumps(results), parse_float=lambda text: round(float(text), 4))
    path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
    return rounded


def _answer(models: dict[str, Model], data: Data, number: int) -> dict:
    coded, reading = data.coded[number], data.readings[number]
    found = decide(models, reading.scene, reading.reporting, reading.by_rules())
    sides = {
        target: (side, found.act.targets.get(target, "none") or "missing")
        for target, side in sides_of(coded, reading).items()
    }
    return {
        "phenomenon": coded.phenomenon,
        "act right": found.act.act == coded.act,
        "sides": list(sides.values()),
        **answered(models, coded, reading),
    }


def _calibrated(answers: Sequence[dict], name: str) -> list[tuple[float, bool]]:
    """(probability, right) of one model, each fold calibrated on the others."""
    found = []
    for fold in sorted({one["fold"] for one in answers}):
        others = [pair for one in answers if one["fold"] != fold for pair in one[name]]
        mine = [pair for one in answers if one["fold"] == fold for pair in one[name]]
        model = Model({**_EMPTY, "trust": trust(others)})
        found += [(model.trusted(share), right) for share, right in mine]
    return found


def _own_figures(answers: Sequence[dict]) -> dict:
    by_phenomenon: dict[str, Counter] = {}
    for one in answers:
        counts = by_phenomenon.setdefault(one["phenomenon"], Counter())
        counts["sentences"] += 1
        counts["act right"] += one["act right"]
        counts["sides right"] += all(wanted == given for wanted, given in one["sides"])
    pairs = [pair for one in answers for pair in one["sides"]]
    return {
        "own": {name: dict(counts) for name, counts in sorted(by_phenomenon.items())},
        "own stance": {
            "pairs": len(pairs),
            **{f"F1 {side}": value for side, value in f1_by_class(pairs).items()},
            "macro F1": macro_f1(pairs),
            "acts right": sum(one["act right"] for one in answers) / len(answers),
            "calibration error, stance": calibration_error(
                [*_calibrated(answers, "stance"), *_calibrated(answers, "told")]
            ),
            "calibration error, act": calibration_error(_calibrated(answers, "act")),
        },
    }


def news_table(path: Path = RESULTS) -> pd.DataFrame:
    """Read the stored figures on news sentences.

    Returns
    -------
    DataFrame
        ``measure``, ``all cues``, ``cues seen in training``.
    """
    stored = json.loads(path.read_text(encoding="utf-8"))["news"]
    return pd.DataFrame(stored).rename_axis("measure").reset_index()


def own_table(path: Path = RESULTS) -> pd.DataFrame:
    """Read the stored figures on the own sentences.

    Returns
    -------
    DataFrame
        ``phenomenon``, ``sentences``, ``act right``, ``sides right``; ``attrs["stance"]`` has F1
        by side and the calibration errors.
    """
    stored = json.loads(path.read_text(encoding="utf-8"))
    table = pd.DataFrame(stored["own"]).T.rename_axis("phenomenon").reset_index()
    table.attrs["stance"] = stored["own stance"]
    return table
