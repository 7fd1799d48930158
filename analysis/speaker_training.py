"""Train the probability that a speaker is right, and measure it on passages kept back.

The data are the project's own hard-case passages (``tests/passages``): the answers of today's
engine on the first set, and earlier answers on sentences it had not been corrected on, stored as
features without text. The rules were mended on the first set, so today's answers alone would
promise too much. The second set is never trained on: it tells how well the probabilities hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.agreement import letters
from analysis.confidence import Weights
from analysis.documents import Document
from analysis.intervals import jeffreys_interval
from analysis.loglinear import fit
from analysis.parties import Parties
from analysis.pipeline import read_statements
from analysis.records import Statement
from analysis.speaker_confidence import MODEL, WEIGHTS, speaker_features

ROOT = Path(__file__).resolve().parent.parent
PASSAGES = ROOT / "tests" / "passages"
RESULTS = ROOT / "data" / "speaker_confidence.json"
STRENGTH = 4.0  # of the penalty: a way seen ten times keeps about half of its own rate
FOLDS = 5
BINS = 10


class Outcome(NamedTuple):
    """One answer of the engine: passage, what was seen of it, and whether the speaker was right."""

    passage: str
    features: list[str]
    right: bool


def outcomes(path: Path, parties: Parties) -> list[Outcome]:
    """Answers of the engine on the statements of annotated passages that it finds.

    Parameters
    ----------
    path : Path
        JSON lines with ``id``, ``text``, ``date`` and ``statements`` (``content_spans``,
        ``speaker``, ``optional``).
    parties : Parties
        The gazetteer of the passages.
    """
    found = []
    for row in _lines(path):
        document = Document.from_text(
            row["text"], id=row["id"], date=row.get("date", ""), language_check=False
        )
        found += passage_outcomes(row, read_statements(document, parties))
    return found


def passage_outcomes(row: dict, statements: Sequence[Statement]) -> list[Outcome]:
    """Compare the statements of one passage with its gold, by overlap of their content."""
    taken: set[int] = set()
    found = []
    for gold in row["statements"]:
        place = _partner(gold, row["text"], statements, taken)
        if place is None:
            continue
        taken.add(place)
        if not gold.get("optional"):
            names = speaker_features(statements[place], statements[:place])
            right = statements[place].speaker == gold["speaker"]
            found.append(Outcome(row["id"], names, right))
    return found


def _partner(gold: dict, text: str, statements: Sequence[Statement], taken: set[int]) -> int | None:
    wanted = letters([tuple(span) for span in gold["content_spans"]], text)
    best: tuple[int, int] | None = None
    for number, statement in enumerate(statements):
        have = letters(statement.content_spans, text)
        common = len(wanted & have)
        if number in taken or not common or 2 * common < max(len(wanted), len(have)):
            continue
        if best is None or common > best[0]:
            best = (common, number)
    return best[1] if best else None


def train(passages: str | Path = PASSAGES, path: Path = WEIGHTS, results: Path = RESULTS) -> dict:
    """Train the weights on the first set of passages and measure them on the second.

    Parameters
    ----------
    passages : str or Path
        Folder with ``attribution.jsonl``, ``attribution_second.jsonl``,
        ``earlier_outcomes.jsonl`` and ``parties.toml``.
    path : Path
        Where the weights go; the same passages give the same bytes.
    results : Path
        Where the figures go.

    Returns
    -------
    dict
        ``trained``: number of answers; ``cross_validated`` and ``kept_back``: each ``n``,
        ``right``, ``error`` (expected calibration error over ten bins) and ``bins`` (``n``, mean
        probability, number right).

    Raises
    ------
    FileNotFoundError
        If one of the files is missing.
    """
    folder = Path(passages)
    parties = Parties.from_toml(folder / "parties.toml")
    today = outcomes(folder / "attribution.jsonl", parties)
    earlier = [Outcome(**row) for row in _lines(folder / "earlier_outcomes.jsonl")]
    data = today + earlier
    held = []
    for fold in range(FOLDS):
        names = sorted({one.passage for one in data})
        out = set(names[fold::FOLDS])
        model = _fitted([one for one in data if one.passage not in out])
        held += [(model, one) for one in data if one.passage in out]
    model = _fitted(data)
    path.write_text(
        json.dumps(model.models, ensure_ascii=False, indent=0, sort_keys=True) + "\n",
        encoding="utf-8",
    )
    second = outcomes(folder / "attribution_second.jsonl", parties)
    figures = {
        "trained": len(data),
        "cross_validated": _measured(held),
        "kept_back": _measured([(model, one) for one in second]),
    }
    results.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures


def _fitted(data: Iterable[Outcome]) -> Weights:
    weights = fit([([one.features], int(one.right)) for one in data], STRENGTH, yes_no=True)
    return Weights({MODEL: {name: round(weight, 3) for name, weight in weights.items()}})


def _measured(answers: Sequence[tuple[Weights, Outcome]]) -> dict:
    bins = [[0, 0.0, 0] for _ in range(BINS)]
    for model, one in answers:
        probability = model.probability(MODEL, one.features)
        place = bins[min(BINS - 1, int(probability * BINS))]
        place[0] += 1
        place[1] += probability
        place[2] += one.right
    total = sum(n for n, _, _ in bins)
    return {
        "n": total,
        "right": sum(k for _, _, k in bins),
        "error": round(sum(abs(p - k) for _, p, k in bins) / total, 3),
        "bins": [[n, round(p / n, 3) if n else None, k] for n, p, k in bins],
    }


def calibration_table(path: Path = RESULTS) -> pd.DataFrame:
    """Read how the stored probabilities of speakers compare with what was right.

    Returns
    -------
    DataFrame
        One row per part (``cross_validated``, ``kept_back``) and decile that occurs: ``model``,
        ``from``, ``n``, ``predicted`` (mean probability), ``right`` (share), ``low``, ``high``
        (95 % Jeffreys interval); ``attrs["error"]`` is the expected calibration error by part.
    """
    figures = json.loads(path.read_text(encoding="utf-8"))
    rows, error = [], {}
    for part in ("cross_validated", "kept_back"):
        error[part] = figures[part]["error"]
        for place, (n, predicted, right) in enumerate(figures[part]["bins"]):
            if n:
                low, high = jeffreys_interval(right, n)
                share = right / n
                rows.append((part, place / BINS, n, predicted, share, float(low), float(high)))
    columns = ["model", "from", "n", "predicted", "right", "low", "high"]
    frame = pd.DataFrame(rows, columns=columns)
    frame.attrs["error"] = error
    return frame


def _lines(path: Path) -> list[dict]:
    if not path.exists():
        raise FileNotFoundError(f"no {path.name} in {path.parent}; give the folder that holds it")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
