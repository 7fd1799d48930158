"""Every speaker has a probability of being right that holds on passages kept back."""

import json

import pytest

from analysis.documents import Document
from analysis.pipeline import read_statements
from analysis.review import DOUBTFUL_SPEAKER, review_queue
from analysis.speaker_confidence import WAYS, speaker_features, way_of
from analysis.speaker_training import (
    PASSAGES,
    calibration_table,
    outcomes,
    passage_outcomes,
    train,
)


def read(text, parties):
    document = Document.from_text(text, id="d", date="2031-05-04", language_check=False)
    return read_statements(document, parties)


def test_every_row_has_a_probability(corpus):
    told = corpus.statements["speaker_confidence"]
    assert told.notna().all()
    assert told.between(0, 1, inclusive="neither").all()


def test_the_way_of_every_speaker_is_known(corpus, fictional):
    rules = {s.rule for s in corpus.records}
    for name in ("attribution.jsonl", "own_speakers.jsonl"):
        for line in (PASSAGES / name).read_text(encoding="utf-8").splitlines():
            rules |= {s.rule for s in read(json.loads(line)["text"], fictional)}
    assert {way_of(rule) for rule in rules} <= {way for way, _ in WAYS}


def test_a_name_is_surer_than_a_pronoun_and_a_pronoun_than_nobody(fictional):
    text = (
        "Gideon Reed said the dam would hold.\n\nAnton Velik said it was old.\n\n"
        "Tomas Hellgar went home. He said the dam was dry.\n\nIt was said the dam was new."
    )
    named, _, pronoun, *_ = read(text, fictional)
    (nobody,) = read("Sources said the dam would hold.", fictional)
    sure = [s.speaker_confidence for s in (named, pronoun, nobody)]
    assert sure == sorted(sure, reverse=True)
    assert sure[0] - sure[2] > 0.2


def test_features_hold_no_word_of_the_text(fictional):
    (statement,) = read("“It holds,” said Arno Pike.", fictional)
    seen = " ".join(speaker_features(statement))
    assert "Pike" not in seen
    assert "holds" not in seen


def test_the_stored_figures_are_those_of_the_passages(fictional, tmp_path):
    """`python -m analysis train-speakers` was run after the last change of the rules."""
    figures = train(PASSAGES, tmp_path / "weights.json", tmp_path / "figures.json")
    stored = calibration_table()
    assert stored.attrs["error"]["cross_validated"] == figures["cross_validated"]["error"]
    assert stored.attrs["error"]["kept_back"] == figures["kept_back"]["error"]
    assert stored.loc[stored["model"] == "kept_back", "n"].sum() == figures["kept_back"]["n"]


@pytest.mark.parametrize(("part", "most"), [("cross_validated", 0.05), ("kept_back", 0.08)])
def test_the_probabilities_hold(part, most):
    assert calibration_table().attrs["error"][part] <= most


def test_the_same_passages_give_the_same_bytes(tmp_path):
    names = ["attribution.jsonl", "attribution_second.jsonl", "earlier_outcomes.jsonl"]
    for name in names:
        lines = (PASSAGES / name).read_text(encoding="utf-8").splitlines()
        (tmp_path / name).write_text("\n".join(lines[-60:]) + "\n", encoding="utf-8")
    gazetteer = (PASSAGES / "parties.toml").read_bytes()
    (tmp_path / "parties.toml").write_bytes(gazetteer)
    written = [(tmp_path / f"w{n}.json", tmp_path / f"f{n}.json") for n in (1, 2)]
    for weights, figures in written:
        train(tmp_path, weights, figures)
    for one, other in zip(*written, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_a_folder_without_passages_is_named(fictional, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no attribution\.jsonl in .* give the folder"):
        outcomes(tmp_path / "attribution.jsonl", fictional)


def test_an_answer_is_right_where_the_speaker_is(fictional):
    text = "Gideon Reed said the dam would hold."
    gold = {"content_spans": [[17, 35]], "speaker": "Gideon Reed"}
    for speaker, right in (("Gideon Reed", True), ("Anton Velik", False)):
        row = {"id": "p", "text": text, "statements": [{**gold, "speaker": speaker}]}
        (found,) = passage_outcomes(row, read(text, fictional))
        assert found.right is right


def test_the_review_queue_says_why_a_speaker_is_doubtful(corpus):
    queue = review_queue(corpus.statements, most=1000)
    known = queue["speaker"] != "unresolved"
    doubtful = queue[known & (queue["speaker_confidence"] < DOUBTFUL_SPEAKER)]
    party_known = doubtful[doubtful["party"] != "unresolved"]
    assert len(party_known) >= 5
    assert party_known["reason"].str.contains("speaker doubtful").all()
