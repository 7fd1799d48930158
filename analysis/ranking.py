"""Rank what may be the content of a cue, and the head of its source.

The places come from ``tagger`` and ``boundaries``, which describe them; the models of
``confidence`` weigh what is seen of each.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import NamedTuple

from analysis import boundaries, tagger
from analysis.confidence import Weights
from analysis.tagger import NONE, Asked


class Side(NamedTuple):
    """How the content on one side of a cue is asked for: models, options, features."""

    near: str
    nears: Callable
    near_features: Callable
    most: int
    far: str
    fars: Callable
    far_features: Callable


_LEFT = Side(
    "left end", boundaries.left_ends, boundaries.left_end_features, 2,
    "left start", boundaries.left_starts, boundaries.left_start_features,
)  # fmt: skip
_RIGHT = Side(
    "right start", boundaries.right_starts, boundaries.right_start_features, 3,
    "right end", boundaries.right_ends, boundaries.right_end_features,
)  # fmt: skip


def likely_contents(asked: Asked, weights: Weights) -> list[tuple[float, list[tuple[int, int]]]]:
    """Likeliest contents of a cue, likeliest first.

    The far edges are asked for only where the near ones alone leave a chance to be the likeliest,
    and for the content that the rules read.

    Parameters
    ----------
    asked : Asked
        From `analysis.tagger.ask`.
    weights : Weights

    Returns
    -------
    list of (float, list of (int, int))
        Log-probabilities, and token ranges before and behind the cue. The first is the likeliest
        of all; of the others some may be left out.
    """
    nears = [_nears(asked, weights, side) for side in (_LEFT, _RIGHT)]
    both = sorted(product(*nears), key=lambda pair: -pair[0][0] - pair[1][0])
    by_rule = (asked.before[1], asked.behind[0])
    wholes = cache(lambda side, near: _wholes(asked, near, weights, side))
    found: list[tuple[float, list[tuple[int, int]]]] = []
    best = -math.inf
    for (left_score, left), (right_score, right) in both:
        hopeless = left_score + right_score < best and (left, right) != by_rule
        if hopeless or left == right == NONE:
            continue
        for first, before in wholes(_LEFT, left):
            for last, behind in wholes(_RIGHT, right):
                found.append((left_score + first + (right_score + last), before + behind))
                best = max(best, found[-1][0])
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _nears(asked: Asked, weights: Weights, side: Side) -> list[tuple[float, int]]:
    """Likeliest edges of the content beside a cue, on one side of it."""
    options = side.nears(asked.reading, asked.cue)
    seen = [side.near_features(asked, at) for at in options]
    return weights.ranked(side.near, options, seen, side.most)


def _wholes(
    asked: Asked, near: int, weights: Weights, side: Side
) -> list[tuple[float, list[tuple[int, int]]]]:
    """Likeliest contents on one side of a cue, given the edge beside it; an empty one for none."""
    if near == NONE:
        return [(0.0, [])]
    options = side.fars(asked.reading, near)
    seen = [side.far_features(asked, near, at) for at in options]
    fars = weights.ranked(side.far, options, seen, 2)
    return [(score, [(min(near, far), max(near, far))]) for score, far in fars]


def likely_head(asked: Asked, weights: Weights) -> tuple[int, float]:
    """Likeliest head of the source of a cue, or `NONE`, and its log-probability."""
    options = tagger.source_heads(asked.reading, asked.cue)
    seen = [tagger.source_features(asked, at) for at in options]
    ((score, head),) = weights.ranked("source head", options, seen, 1)
    return head, score
