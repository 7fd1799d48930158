"""Ranking takes short cuts: what it remembers or leaves out changes no answer."""

import json
from itertools import product
from pathlib import Path

import pytest

from analysis import boundaries, confidence, tagger
from analysis.confidence import Weights, names_of, stored
from analysis.documents import Document
from analysis.linker import readings
from analysis.proposals import propose
from analysis.ranking import likely_contents, likely_head
from analysis.tagger import NONE
from analysis.tokens import sentences

PASSAGES = Path(__file__).with_name("passages") / "attribution.jsonl"


@pytest.fixture(scope="module")
def asked():
    """Every word of the passages that may be a cue, with what is seen of it."""
    found = []
    for line in PASSAGES.read_text(encoding="utf-8").splitlines()[:60]:
        document = Document.from_text(json.loads(line)["text"], id="d", language_check=False)
        paragraphs = [(p.start, p.end, p.number, p.section) for p in document.paragraphs]
        cut = [sentences(document.text, *paragraph) for paragraph in paragraphs]
        proposed = propose(document.text, paragraphs, cut)
        for reading, _ in readings(paragraphs, cut, proposed):
            size = len(reading.unit.tokens) if reading else 0
            found += [
                tagger.ask(reading, at) for at in range(size) if tagger.may_be_cue(reading.unit, at)
            ]
    return found


def one_side(one, near, nears, features, most, far, fars, far_features):
    """All contents on one side of a cue: log-probability and token range, none for `NONE`."""
    options = nears(one.reading, one.cue)
    ranked = stored().ranked(near, options, [features(one, at) for at in options], most)
    found = []
    for score, edge in ranked:
        if edge == NONE:
            found.append((score, []))
            continue
        ends = fars(one.reading, edge)
        seen = [far_features(one, edge, at) for at in ends]
        for more, end in stored().ranked(far, ends, seen, 2):
            found.append((score + more, [(min(edge, end), max(edge, end))]))
    return found


def all_contents(one):
    left = one_side(
        one, "left end", boundaries.left_ends, boundaries.left_end_features, 2,
        "left start", boundaries.left_starts, boundaries.left_start_features,
    )  # fmt: skip
    right = one_side(
        one, "right start", boundaries.right_starts, boundaries.right_start_features, 3,
        "right end", boundaries.right_ends, boundaries.right_end_features,
    )  # fmt: skip
    both = [(a + b, before + behind) for (a, before), (b, behind) in product(left, right)]
    return sorted((one for one in both if one[1]), key=lambda one: (-one[0], one[1]))


def test_the_likeliest_content_is_the_likeliest_of_all_and_that_of_the_rules_is_kept(asked):
    assert len(asked) > 500
    for one in asked:
        found, everything = likely_contents(one, stored()), all_contents(one)
        assert found[:1] == everything[:1]
        assert [content for content in found if content not in everything] == []
        if one.proposal:
            wanted = sorted(one.proposal.content)
            assert [c for c in found if c[1] == wanted] == [c for c in everything if c[1] == wanted]


def test_a_description_weighs_as_much_as_its_names_whatever_is_remembered(asked, monkeypatch):
    models = {name: {k: w for k, w in stored().models[name].items() if isinstance(k, str)}
              for name in ("cue", "source head")}  # fmt: skip
    monkeypatch.setattr(confidence, "MOST_PARTS", 0)
    forgetful = Weights(models)
    for one in asked:
        seen = tagger.cue_features(one.reading, one.cue)
        score = stored().score("cue", seen)
        assert score == forgetful.score("cue", seen)
        assert score == pytest.approx(forgetful.score("cue", names_of(seen)))
        assert likely_head(one, stored()) == likely_head(one, forgetful)
    assert all(isinstance(key, str) for model in forgetful.models.values() for key in model)
