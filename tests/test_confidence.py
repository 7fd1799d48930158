"""Probabilities are calibrated, reproducible, and hold no text of what they were trained on."""

import json
import os
import subprocess
import sys

import pytest

from analysis.confidence import WEIGHTS, Weights
from analysis.review import review_queue
from analysis.statements import find_drafts
from analysis.training import read_lines, train
from analysis.unseen import calibration_table, coverage_table, evaluate, results_table


def test_every_statement_has_a_probability_of_content_and_of_source(corpus):
    for statement in corpus.records:
        assert 0 < statement.content_confidence < 1
        assert (statement.source_confidence is None) == (statement.source_span is None)


def test_no_feature_holds_more_than_two_words_of_a_text():
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    for model in weights.values():
        for name in model:
            assert len(name.partition("=")[2].split()) <= 3, name
    assert WEIGHTS.stat().st_size < 5_000_000


def test_a_quotation_with_a_plain_cue_is_surer_than_a_bare_fragment():
    plain, bare = (
        find_drafts(text, [(0, len(text), 1, "body")])[0]
        for text in (
            "“It holds,” said Tomas Hellgar.",
            "It was dark. “We shall never give up this valley or its people.”",
        )
    )
    assert plain.content_confidence > bare.content_confidence


def test_an_untrained_engine_keeps_what_the_rules_read(monkeypatch):
    monkeypatch.setattr("analysis.linker.stored", lambda: Weights({}))
    text = "“It holds,” said Tomas Hellgar."
    (draft,) = find_drafts(text, [(0, len(text), 1, "body")])
    assert (text[slice(*draft.content[0])], text[slice(*draft.source)]) == (
        "“It holds,”",
        "Tomas Hellgar",
    )


def test_stored_figures_are_calibrated_and_surer_statements_are_righter():
    assert max(calibration_table().attrs["error"].values()) <= 0.05
    table = coverage_table().set_index("surest")
    assert table.loc[80, "precision"] >= 0.88
    for fewer, more in ((10, 50), (50, 80), (80, 100)):
        assert table.loc[fewer, "high"] >= table.loc[more, "precision"]
        assert table.loc[fewer, "precision"] >= table.loc[more, "low"]
    assert set(results_table()["class"]) == {"all", "quoted", "indirect"}


def test_stored_figures_are_those_of_this_engine(unseen_news, tmp_path):
    """`make evaluate` was run after the last change of the rules."""
    again = evaluate(unseen_news, tmp_path / "evaluation.json")
    assert (
        again["classes"]
        == json.loads(
            (WEIGHTS.parent.parent / "data" / "evaluation.json").read_text(encoding="utf-8")
        )["classes"]
    )


def test_the_same_data_give_the_same_weights(tmp_path):
    text = "“It holds,” said Tomas Hellgar.\n\nLeonie Hask denied that the tug was Kestrian.\n"
    rows = [{"id": str(n), "text": text * 2} for n in range(4)]
    gold = [
        {
            "id": str(n),
            "attributions": [
                {
                    "content": [[0, 11]],
                    "source": [[17, 30]],
                    "cue": [[12, 16]],
                    "source_head": [23, 30],
                }
            ],
        }
        for n in range(4)
    ]
    for name, lines in (("train.articles", rows), ("train.gold", gold)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in lines))
    with pytest.raises(ValueError, match="class"):  # one class only: nothing to learn for sources
        train(tmp_path, tmp_path / "w.json")
    gold[0]["attributions"][0]["source"] = [[40, 45]]
    gold[0]["attributions"][0]["source_head"] = [40, 45]
    (tmp_path / "train.gold.jsonl").write_text("".join(json.dumps(r) + "\n" for r in gold))
    train(tmp_path, tmp_path / "a.json")
    train(tmp_path, tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_real_articles_give_the_same_bytes_whatever_the_order_of_sets(unseen_news, tmp_path):
    for name in ("train.articles", "train.gold"):
        rows = read_lines(unseen_news, name)[:8]
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    written = []
    for seed in ("1", "2"):
        path = tmp_path / f"weights_{seed}.json"
        train_it = (
            "import sys; from pathlib import Path; from analysis.training import train;"
            "train(sys.argv[1], Path(sys.argv[2]))"
        )
        subprocess.run(
            [sys.executable, "-c", train_it, str(tmp_path), str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_the_review_queue_gives_a_reason_for_every_row(corpus):
    queue = review_queue(corpus.statements, most=1000)
    assert (queue["reason"].str.len() > 0).all()
    unresolved = set(
        corpus.statements.loc[corpus.statements["speaker"] == "unresolved", "statement_id"]
    )
    assert unresolved <= set(queue["statement_id"])
