"""The learned models of acts and stances: what they may hold, and how far they can be trusted."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from analysis import act_samples, act_training
from analysis.act_evaluation import (
    RESULTS,
    calibration_error,
    f1_by_class,
    macro_f1,
    news_table,
    own_table,
)
from analysis.act_model import WEIGHTS, Model, stored_models
from analysis.actors import classify_act
from analysis.coded_sentences import gazetteer, read_marked, read_sentences
from analysis.parties import Parties
from analysis.stance import stance_rows

HERE = Path(__file__).parent
HELD_OUT = HERE / "passages" / "stance_heldout.csv"
MACRO, NONE = 0.85, 0.80
NEWS = HERE.parent.parent / "shared" / "eval" / "stance"


@pytest.fixture(scope="module")
def held_out():
    """For each held-out sentence: phenomenon, stance annotated, stance found."""
    parties = Parties.from_toml(HERE / "passages" / "parties.toml")
    answers = []
    for one in read_marked(HELD_OUT, parties):
        rows = stance_rows(one.statements, one.document, parties)
        sides = {row.target: row.stance for row in rows if row.statement_id == one.statement_id}
        answers.append((one.phenomenon, one.stance, sides.get(one.target, "none")))
    return answers


# Sentences by a reader who had not seen the code; the bounds are those asked for.


def test_sides_on_held_out_sentences_do_not_fall(held_out):
    scores = f1_by_class((wanted, found) for _, wanted, found in held_out)
    assert len(held_out) >= 300
    assert sum(scores.values()) / 3 >= MACRO
    assert scores["none"] >= NONE


def test_the_notebook_on_stance_states_the_bound_that_holds():
    text = (HERE.parent / "notebooks" / "04_stance.ipynb").read_text(encoding="utf-8")
    assert f"is at least {MACRO:.2f} (a test holds this bound;" in text


def test_no_phenomenon_is_under_half(held_out):
    asked, right = Counter(), Counter()
    for phenomenon, wanted, found in held_out:
        asked[phenomenon] += 1
        right[phenomenon] += wanted == found
    assert all(2 * right[name] >= asked[name] for name in asked)


def test_no_own_sentence_is_in_both_halves():
    def triples(text):
        words = text.lower().split()
        return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}

    parties = Parties.from_toml(HERE / "passages" / "parties.toml")
    trained = [triples(one.statements[-1].content) for one in read_sentences()]
    for one in read_marked(HELD_OUT, parties):
        (statement,) = [s for s in one.statements if s.statement_id == one.statement_id]
        mine = triples(statement.content)
        alike = max(len(mine & other) for other in trained)
        assert not mine or alike <= 0.6 * len(mine) or len(mine) < 5


def test_own_sentences_cover_the_phenomena_and_name_fictional_parties_only():
    coded = read_sentences()
    known = set(gazetteer().parties)
    assert len(coded) >= 10_000
    assert len({one.writer for one in coded}) >= 20
    assert len({one.phenomenon for one in coded}) >= 20
    assert Counter(side for one in coded for side in one.stances.values())["none"] >= 5_000
    assert {name for one in coded for name in one.stances} <= known


# What the weights may hold.


def test_no_feature_is_longer_than_a_pair_of_words():
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert WEIGHTS.stat().st_size < 6_000_000
    for model in stored.values():
        assert all(name.count(" ") + name.count("~") <= 1 for name in model["words"])


def _sentences(count):
    verbs = ["praised", "accused", "met"]
    acts = ["SUPPORT", "ACCUSE", "CONSULT"]
    for number in range(count):
        text = f"Norland {verbs[number % 3]} Sudria over matter number{number} again"
        yield {
            "text": text,
            "source": {"start": 0, "end": 7},
            "target": {"start": text.index("Sudria"), "end": text.index("Sudria") + 6},
            "gold": acts[number % 3],
        }


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("toy")
    lines = "\n".join(json.dumps(one) for one in _sentences(30))
    (folder / "plv.train.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_the_same_data_give_the_same_bytes_and_no_rare_word(toy, tmp_path):
    act_training.train(toy, tmp_path / "one.json")
    act_training.train(toy, tmp_path / "two.json")
    first = (tmp_path / "one.json").read_bytes()
    assert first == (tmp_path / "two.json").read_bytes()
    assert b"number7" not in first


def test_missing_training_data_are_named_with_the_remedy(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"plv\.train\.jsonl.*DATA"):
        act_training.train(tmp_path, tmp_path / "weights.json")


def test_near_duplicates_share_a_group():
    texts = [
        "the fleet left the harbour at dawn",
        "the fleet left the harbour at night",
        "it rained",
    ]
    first, second, third = act_samples.near_duplicates(texts)
    assert first == second != third


def test_a_cue_of_one_sentence_only_does_not_count_there():
    cues = {("accuse", 1, "blame"): frozenset({3}), ("support", 1, "prais"): frozenset({3, 4})}
    keep = act_samples.seen_elsewhere(cues, frozenset({4, 5}))
    assert not keep(("blamed",), "accuse")
    assert keep(("praised",), "support")


def test_who_the_actors_are_does_not_matter():
    answers = set()
    for source, target in (("Norland", "Sudria"), ("Caldria", "Pelonia"), ("Mr Roe", "Ms Doe")):
        text = f"{source} sharply criticised {target} on Monday."
        start = text.index(target)
        found = classify_act(
            text,
            {"start": 0, "end": len(source)},
            {"start": start, "end": start + len(target)},
        )
        answers.add((found.act, round(found.confidence, 2)))
    assert len(answers) == 1


# What the model says of itself.


def test_probabilities_of_all_classes_sum_to_one():
    for model in stored_models().values():
        shares = model.shares(["accused", "b:accused"], ["rule=ACCUSE"])
        assert sum(shares.values()) == pytest.approx(1)
        assert set(shares) == set(model.classes)


def test_reasons_are_features_that_speak_for_the_class():
    model = Model(
        {
            "classes": ["A", "B"], "base": [0.0, 0.0], "scale": 1.0,
            "words": {"for": [100, 200, 0], "against": [100, 0, 200]}, "cues": {"rule=A": [100, 0]},
        }
    )  # fmt: skip
    assert set(model.reasons("A", ["for", "against"], ["rule=A"])) == {"for", "rule=A"}


def test_f1_counts_classes_of_gold_only():
    assert macro_f1([("a", "a"), ("b", "c")]) == pytest.approx(0.5)
    assert f1_by_class([("a", "a"), ("a", None)])["a"] == pytest.approx(2 / 3)


def test_calibration_error_is_the_mean_gap_of_the_bins():
    assert calibration_error([(0.75, True), (0.75, False)]) == pytest.approx(0.25)


# The stored figures of `make evaluate-stance`.


def test_cross_validated_figures_on_news_hold_the_bounds_asked_for():
    figures = news_table().set_index("measure")
    for column in ("all cues", "cues seen in training"):
        assert figures.loc["sentences", column] > 1000
        assert figures.loc["macro F1 root", column] >= 0.74
        assert figures.loc["macro F1 quad", column] >= 0.87
        assert figures.loc["macro F1 sign", column] >= 0.92
        assert figures.loc["sign right, surest 80 %", column] >= 0.95
        assert figures.loc["calibration error", column] <= 0.05


def test_stored_figures_tell_every_phenomenon_of_the_own_sentences():
    assert set(own_table()["phenomenon"]) == {one.phenomenon for one in read_sentences()}
    assert "text" not in RESULTS.read_text(encoding="utf-8")


@pytest.mark.skipif(not NEWS.exists(), reason="the marked news sentences are not there")
def test_weights_are_those_of_the_training_data(tmp_path):
    act_training.train(NEWS, tmp_path / "weights.json")
    assert (tmp_path / "weights.json").read_bytes() == WEIGHTS.read_bytes()
