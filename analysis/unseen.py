"""Measure extraction on annotated news that no rule was written for, and keep the figures.

``make evaluate DATA=folder`` runs this on the ``dev`` part of attribution data and writes
``data/evaluation.json``: counts only, no text. The notebooks read that file.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd

from analysis.documents import Document
from analysis.intervals import jeffreys_interval
from analysis.statements import find_drafts
from analysis.training import in_text, read_lines, right_of, spans_of

RESULTS = Path(__file__).resolve().parent.parent / "data" / "evaluation.json"
CLASSES = ("all", "quoted", "indirect")
_MARK = re.compile("[\"“”„‟«»]|''|``")


def evaluate(folder: str | Path, path: Path = RESULTS) -> dict:
    """Score the ``dev`` articles of a folder and write the counts.

    Parameters
    ----------
    folder : str or Path
        Holds ``dev.articles.jsonl`` and ``dev.gold.jsonl``.
    path : Path

    Returns
    -------
    dict
        ``classes``: per class ``gold``, ``found``, ``content_right``, ``joint_right`` (content
        and source right; or neither has a source); ``bins``: per model, ten lists of ``n``,
        ``sum of probabilities``, ``right``; ``coverage``: per share of the surest quoted
        statements, ``n`` and ``joint_right``.
    """
    folder = Path(folder)
    articles = read_lines(folder, "dev.articles")
    gold = {row["id"]: row["attributions"] for row in read_lines(folder, "dev.gold")}
    classes = {
        c: dict.fromkeys(("gold", "found", "content_right", "joint_right"), 0) for c in CLASSES
    }
    bins = {model: [[0, 0.0, 0] for _ in range(10)] for model in ("content", "source")}
    surest: list[tuple[float, bool]] = []
    for article in articles:
        document = Document.from_text(article["text"], id=article["id"], language_check=False)
        text = document.text
        rows = [in_text(document, row) for row in gold.get(article["id"], [])]
        drafts = find_drafts(
            text, [(p.start, p.end, p.number, p.section) for p in document.paragraphs]
        )
        for row in rows:
            for name in ("all", _class(text, spans_of(row["content"]))):
                classes[name]["gold"] += 1
        answers = right_of(drafts, rows, text)
        for draft, (content, source) in zip(drafts, answers, strict=True):
            joint = content and (source is True or (source is None and draft.source is None))
            kind = _class(text, draft.content)
            for name in ("all", kind):
                classes[name]["found"] += 1
                classes[name]["content_right"] += content
                classes[name]["joint_right"] += joint
            sure = {"content": draft.content_confidence, "source": draft.source_confidence}
            _count(bins["content"], sure["content"], content)
            if content and source is not None:
                _count(bins["source"], sure["source"], source)
            if kind == "quoted":
                surest.append((sure["content"] * sure["source"], joint))
    surest.sort(key=lambda pair: -pair[0])
    coverage = {}
    for share in (100, 90, 80, 70, 60, 50, 40, 30, 20, 10):
        top = surest[: round(len(surest) * share / 100)]
        coverage[str(share)] = {"n": len(top), "joint_right": sum(right for _, right in top)}
    results = {
        "articles": len(articles),
        "classes": classes,
        "bins": {
            model: [[n, round(p, 3), k] for n, p, k in found] for model, found in bins.items()
        },
        "coverage": coverage,
    }
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return results


def _class(text: str, spans: list) -> str:
    """Tell quoted content (a double mark in it, or right around it) from indirect content."""
    if any(_MARK.search(text, a, b) for a, b in spans):
        return "quoted"
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    around = _MARK.search(text[max(0, first - 2) : first]) and _MARK.search(text[last : last + 2])
    return "quoted" if around else "indirect"


def _count(bins: list, probability: float, right: bool) -> None:
    found = bins[min(9, int(probability * 10))]
    found[0] += 1
    found[1] += probability
    found[2] += bool(right)


def results_table(path: Path = RESULTS) -> pd.DataFrame:
    """Read the stored figures by class.

    Returns
    -------
    DataFrame
        ``class``, ``gold``, ``found``, ``content_right``, ``joint_right``, ``precision``,
        ``recall``, ``f1`` (of joint: content and source right).
    """
    rows = []
    for name, counts in _stored(path)["classes"].items():
        precision = counts["joint_right"] / counts["found"]
        recall = counts["joint_right"] / counts["gold"]
        f1 = 2 * counts["joint_right"] / (counts["found"] + counts["gold"])
        rows.append({"class": name, **counts, "precision": precision, "recall": recall, "f1": f1})
    return pd.DataFrame(rows)


def coverage_table(path: Path = RESULTS) -> pd.DataFrame:
    """Read how right the surest quoted statements are.

    Returns
    -------
    DataFrame
        ``surest`` (per cent of the quoted statements found), ``n``, ``joint_right``,
        ``precision``, ``low``, ``high`` (95 % Jeffreys interval).
    """
    rows = []
    for share, counts in _stored(path)["coverage"].items():
        low, high = jeffreys_interval(counts["joint_right"], counts["n"])
        rows.append(
            {
                "surest": int(share),
                **counts,
                "precision": counts["joint_right"] / counts["n"],
                "low": float(low),
                "high": float(high),
            }
        )
    return pd.DataFrame(rows)


def calibration_table(path: Path = RESULTS) -> pd.DataFrame:
    """Read how the probabilities compare with what was right.

    Returns
    -------
    DataFrame
        One row per model and decile that occurs: ``model``, ``from``, ``n``, ``predicted`` (mean
        probability), ``right`` (share), ``low``, ``high``; ``attrs["error"]`` is the expected
        calibration error by model.
    """
    rows, error = [], {}
    for model, bins in _stored(path)["bins"].items():
        total = sum(n for n, _, _ in bins)
        error[model] = sum(abs(p - k) for _, p, k in bins) / total
        for place, (n, p, k) in enumerate(bins):
            if n:
                low, high = jeffreys_interval(k, n)
                rows.append((model, place / 10, n, p / n, k / n, float(low), float(high)))
    columns = ["model", "from", "n", "predicted", "right", "low", "high"]
    frame = pd.DataFrame(rows, columns=columns)
    frame.attrs["error"] = error
    return frame


def _stored(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))
