"""Item analysis of a class: the arithmetic of the course page in plain Python.

A learner is a mapping from questions to the points (0 to 1) of the first response that was checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

Learner = Mapping[str, float]
#: Below these no discrimination is given: it would be chance.
LEAST_LEARNERS = 10
LEAST_OTHERS = 5


def difficulty(question: str, learners: Sequence[Learner]) -> float | None:
    """The share of learners, of those who answered, that earned the full point; None when nobody answered."""
    points = [learner[question] for learner in learners if question in learner]
    return sum(one == 1 for one in points) / len(points) if points else None


def discrimination(question: str, learners: Sequence[Learner]) -> float | None:
    """Pearson's correlation of the points on a question with the mean points on the learner's other questions.

    Where points are 0 or 1 it is the corrected point-biserial correlation. Learners with fewer than LEAST_OTHERS
    other questions are left out. None below LEAST_LEARNERS learners, or where either side does not vary.
    """
    pairs = []
    for learner in learners:
        others = [points for key, points in learner.items() if key != question]
        if question in learner and len(others) >= LEAST_OTHERS:
            pairs.append((learner[question], sum(others) / len(others)))
    if len(pairs) < LEAST_LEARNERS:
        return None
    own, rest = zip(*pairs, strict=True)
    mean_own, mean_rest = sum(own) / len(own), sum(rest) / len(rest)
    covariance = sum((x - mean_own) * (y - mean_rest) for x, y in pairs)
    spread = sqrt(sum((x - mean_own) ** 2 for x in own) * sum((y - mean_rest) ** 2 for y in rest))
    return covariance / spread if spread > 1e-9 else None
