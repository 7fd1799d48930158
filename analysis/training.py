"""Train the probabilities of `analysis.confidence` on attribution data.

The data are articles and hand-annotated attributions in JSON lines (``{"id", "text"}`` and
``{"id", "attributions"}``), plain or gzipped. No text of theirs is kept: only features seen at
least three times, none longer than two words, with one weight each.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.agreement import letters
from analysis.confidence import WEIGHTS, features
from analysis.documents import Document
from analysis.records import Span
from analysis.statements import find_drafts

LEAST_SEEN = 3
STRENGTH = {"content": 0.05, "source": 0.05}


def read_lines(folder: Path, name: str) -> list[dict]:
    """Read ``name.jsonl`` or ``name.jsonl.gz`` of a folder.

    Raises
    ------
    FileNotFoundError
        Naming the folder, if neither is there.
    """
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"):
        if path.exists():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            return [json.loads(line) for line in data.decode("utf-8").splitlines()]
    raise FileNotFoundError(f"no {name}.jsonl in {folder}; give the folder that holds it as DATA")


def spans_of(value: list | None) -> list[Span]:
    """Read null, one span or a list of spans."""
    if not value:
        return []
    return [tuple(value)] if isinstance(value[0], int) else [tuple(span) for span in value]


def right_of(drafts: list, gold: list[dict], text: str) -> list[tuple[bool, bool | None]]:
    """Say whether each draft's content, and its source, agrees with gold (one to one)."""
    wanted = [letters(spans_of(row["content"]), text) for row in gold]
    have = [letters(draft.content, text) for draft in drafts]
    ranked = []
    for g, asked in enumerate(wanted):
        for d, mine in enumerate(have):
            common = len(asked & mine)
            if common and 2 * common >= len(asked) and 2 * common >= len(mine):
                ranked.append((-2 * common / (len(asked) + len(mine)), g, d))
    taken: set[int] = set()
    partner: dict[int, int] = {}
    for _, g, d in sorted(ranked):
        if g not in taken and d not in partner:
            taken.add(g)
            partner[d] = g
    answers: list[tuple[bool, bool | None]] = []
    for d, draft in enumerate(drafts):
        if d not in partner:
            answers.append((False, None))
            continue
        row = gold[partner[d]]
        head = spans_of(row.get("source_head")) or spans_of(row.get("source"))
        source = None
        if head:
            source = bool(draft.source and draft.source[0] <= head[0][0] < draft.source[1])
        answers.append((True, source))
    return answers


def examples(
    articles: Iterable[dict], gold: dict[str, list[dict]]
) -> tuple[list[list[str]], list[tuple[bool, bool | None]]]:
    """Describe every statement found in some articles, and say whether it is right.

    Returns
    -------
    names : list of list of str
        Features, one list per statement.
    right : list of (bool, bool or None)
        Content and source; None where there is no source to be right about.
    """
    names, right = [], []
    for article in articles:
        document = Document.from_text(article["text"], id=article["id"], language_check=False)
        text = document.text
        drafts = find_drafts(
            text, [(p.start, p.end, p.number, p.section) for p in document.paragraphs]
        )
        rows = [in_text(document, row) for row in gold.get(article["id"], [])]
        right += right_of(drafts, rows, text)
        names += [
            features(text, sorted(d.content), d.source, d.cue, d.rule, d.section) for d in drafts
        ]
    return names, right


def in_text(document: Document, row: dict) -> dict:
    """Move the spans of a gold attribution to the text that is read."""
    moved = {key: _to_text(document, row.get(key)) for key in ("content", "source", "source_head")}
    return {**row, **moved}


def _to_text(document: Document, value: list | None) -> list[list[int]]:
    return [list(document.text_span(a, b)) for a, b in spans_of(value)]


def train(folder: str | Path, path: Path = WEIGHTS) -> dict[str, int]:
    """Train the weights on ``train.articles`` and ``train.gold`` of a folder and write them.

    Parameters
    ----------
    folder : str or Path
    path : Path
        Where the weights go; the same data give the same bytes.

    Returns
    -------
    dict
        Number of ``articles``, ``statements``, and features with a weight by model.
    """
    folder = Path(folder)
    articles = read_lines(folder, "train.articles")
    gold = {row["id"]: row["attributions"] for row in read_lines(folder, "train.gold")}
    names, right = examples(articles, gold)
    seen = Counter(name for row in names for name in set(row))
    kept = {name for name, count in seen.items() if count >= LEAST_SEEN}
    weights, counts = {}, {"articles": len(articles), "statements": len(names)}
    for model, column in (("content", 0), ("source", 1)):
        rows = [i for i, answer in enumerate(right) if answer[column] is not None]
        vectorizer = DictVectorizer(sort=True)
        matrix = vectorizer.fit_transform(
            [dict.fromkeys((n for n in names[i] if n in kept), 1.0) for i in rows]
        )
        target = np.array([bool(right[i][column]) for i in rows])
        fitted = LogisticRegression(C=STRENGTH[model], max_iter=3000, tol=1e-8).fit(matrix, target)
        found = {"": round(float(fitted.intercept_[0]), 3)}
        for name, value in zip(vectorizer.get_feature_names_out(), fitted.coef_[0], strict=True):
            if abs(value) >= 0.005:
                found[str(name)] = round(float(value), 3)
        weights[model] = found
        counts[model] = len(found)
    path.write_text(
        json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    return counts
