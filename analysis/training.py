"""Train the models of `analysis.tagger` and `analysis.linker` on attribution data.

The data are articles and hand-annotated attributions in JSON lines (``{"id", "text"}`` and
``{"id", "attributions"}``), plain or gzipped. No text of theirs is kept: only features seen at
least three times, none longer than two words of text, with one weight each.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from analysis import boundaries, tagger
from analysis.agreement import letters
from analysis.confidence import WEIGHTS, Weights, names_of
from analysis.documents import Document
from analysis.linker import candidates, readings
from analysis.loglinear import fit
from analysis.proposals import propose
from analysis.records import Span
from analysis.tagger import NONE, Reading
from analysis.tokens import sentences

FOLDS = 3
_SMALLEST = 0.03  # a weight below it is left out: it moves no probability by a hundredth


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
            mentions = filter(None, (draft.source, draft.relative))
            source = any(first <= head[0][0] < last for first, last in mentions)
        answers.append((True, source))
    return answers


def read_articles(articles: Iterable[dict], gold: dict[str, list[dict]]) -> list[tuple]:
    """Read articles up to the rules' proposals.

    Returns
    -------
    list of (text, readings, gold)
        The text that is read, its reading units, and the gold attributions moved to that text.
    """
    found = []
    for article in articles:
        document = Document.from_text(article["text"], id=article["id"], language_check=False)
        paragraphs = [(p.start, p.end, p.number, p.section) for p in document.paragraphs]
        cut = [sentences(document.text, *paragraph) for paragraph in paragraphs]
        read = readings(paragraphs, cut, propose(document.text, paragraphs, cut))
        rows = [in_text(document, row) for row in gold.get(article["id"], [])]
        found.append((document.text, read, rows))
    return found


def choices(articles: list[tuple]) -> dict[str, list[tuple[list[list[str]], int]]]:
    """The questions of `tagger` with their right answers.

    Parameters
    ----------
    articles : list of (text, readings, gold)
        From `read_articles`.

    Returns
    -------
    dict
        By model a list of (features of each option, index of the right one); for the model
        ``cue`` one option each, and 1 or 0 for yes or no. Questions whose right answer is not
        among the options are left out.
    """
    asked: dict[str, list] = {
        name: []
        for name in ("cue", "left end", "left start", "right start", "right end", "source head")
    }
    for _, read, rows in articles:
        for reading, _ in read:
            if reading is None:
                continue
            answers = dict(filter(None, (_answer(reading, row) for row in rows)))
            for index in range(len(reading.unit.tokens)):
                if tagger.may_be_cue(reading.unit, index):
                    names = names_of(tagger.cue_features(reading, index))
                    asked["cue"].append(([names], int(index in answers)))
            for cue, (left, right, head) in answers.items():
                _ask(asked, reading, cue, left, right, head)
    return asked


def _answer(reading: Reading, row: dict) -> tuple[int, tuple] | None:
    """Cue of a gold attribution in a unit, its content before and behind, head of its source."""
    unit = reading.unit
    spans = row["cue"]
    if not spans or not unit.tokens[0].start <= spans[0][0] < unit.tokens[-1].end:
        return None
    place = unit.inside(spans)
    if place is None:
        return None
    cue = tagger.cue_head(unit, *place)
    sides: tuple[list, list] = ([], [])
    for span in row["content"]:
        part = unit.inside([span])
        if part:
            sides[part[0] > cue].append(part)
    left, right = ((min(p)[0], max(b for _, b in p)) if p else None for p in sides)
    if left and left[1] > cue:
        left = (left[0], cue) if left[0] < cue else None
    if not left and not right:
        return None
    wanted = row["source_head"] or row["source"]
    head: int | None = NONE
    if wanted:
        held = (i for i, t in enumerate(unit.tokens) if t.start <= wanted[0][0] < t.end)
        head = next(held, None)
    return cue, (left, right, head)


def _ask(
    asked: dict[str, list],
    reading: Reading,
    cue: int,
    left: Span | None,
    right: Span | None,
    head: int | None,
) -> None:
    seen = tagger.ask(reading, cue)

    def put(model: str, options: list[int], right_one: int | None, describe: Callable) -> None:
        if right_one in options:
            names = [names_of(describe(at)) for at in options]
            asked[model].append((names, options.index(right_one)))

    put(
        "right start", boundaries.right_starts(reading, cue), right[0] if right else NONE,
        lambda at: boundaries.right_start_features(seen, at),
    )  # fmt: skip
    put(
        "left end", boundaries.left_ends(reading, cue), left[1] if left else NONE,
        lambda at: boundaries.left_end_features(seen, at),
    )  # fmt: skip
    put(
        "source head", tagger.source_heads(reading, cue), head,
        lambda at: tagger.source_features(seen, at),
    )  # fmt: skip
    if right:
        put(
            "right end", boundaries.right_ends(reading, right[0]), right[1],
            lambda at: boundaries.right_end_features(seen, right[0], at),
        )  # fmt: skip
    if left:
        put(
            "left start", boundaries.left_starts(reading, left[1]), left[0],
            lambda at: boundaries.left_start_features(seen, left[1], at),
        )  # fmt: skip


def in_text(document: Document, row: dict) -> dict:
    """Move the spans of a gold attribution to the text that is read."""
    moved = {
        key: _to_text(document, row.get(key)) for key in ("content", "source", "source_head", "cue")
    }
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
        Number of ``articles``, and of features with a weight by model.

    Raises
    ------
    ValueError
        If the data hold one class only for a model.

    Notes
    -----
    The models of content and source learn from the answers that the others give on articles they
    were not trained on (stacking, Wolpert 1992): each third of the articles is answered by models
    of the other two.
    """
    folder = Path(folder)
    rows = read_lines(folder, "train.articles")
    gold = {row["id"]: row["attributions"] for row in read_lines(folder, "train.gold")}
    articles = read_articles(rows, gold)
    parts = [articles[fold::FOLDS] for fold in range(FOLDS)]
    content, source = [], []
    for fold, part in enumerate(parts):
        others = [a for other, p in enumerate(parts) if other != fold for a in p]
        models = Weights(_first_models(others))
        for text, read, wanted in part:
            found = candidates(text, read, models)
            answers = right_of([c.draft for c in found], wanted, text)
            for candidate, (content_right, source_right) in zip(found, answers, strict=True):
                content.append(([candidate.names], int(content_right)))
                if content_right:
                    right = not candidate.draft.source if source_right is None else source_right
                    source.append(([candidate.names], int(right)))
    models = _first_models(articles)
    models["content"], models["source"] = (
        fit(content, 2.0, yes_no=True),
        fit(source, 2.0, yes_no=True),
    )
    counts = {"articles": len(articles)}
    for name, found in models.items():
        models[name] = {
            key: round(value, 2)
            for key, value in found.items()
            if not key or abs(value) >= _SMALLEST
        }
        counts[name] = len(models[name])
    path.write_text(
        json.dumps(models, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    return counts


def _first_models(articles: list[tuple]) -> dict[str, dict[str, float]]:
    return {name: fit(asked, yes_no=name == "cue") for name, asked in choices(articles).items()}
