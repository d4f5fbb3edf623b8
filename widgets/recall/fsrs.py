"""When a question comes back: FSRS, version 6, with its default parameters, as in fsrs.js.

The algorithm is published by the Open Spaced Repetition group. Days are the unit: there are no steps of minutes and no
chance, and a question is due when nine of ten people would remember it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, expm1, floor

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
RETENTION = 0.9
LONGEST_INTERVAL = 36_500
_LEAST_STABILITY = 0.001
# fmt: off
_W = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483,
    0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)
# fmt: on
_FACTOR = RETENTION ** (-1 / _W[20]) - 1


@dataclass(frozen=True)
class Memory:
    """What is left of an answer's history on the day it was last seen."""

    #: Days until nine of ten are remembered.
    stability: float
    #: From 1 to 10.
    difficulty: float
    seen: float
    #: Whole days from then until it is due.
    interval: int


def after(reviews: Sequence[tuple[float, int]]) -> Memory | None:
    """The memory that a history leaves, None where there is none.

    Args:
        reviews: day (a fraction counts) and rating (1 again, 2 hard, 3 good, 4 easy), in their order.
    """
    memory = None
    for day, rating in reviews:
        memory = _reviewed(memory, day, rating)
    return memory


def recall_on(memory: Memory, day: float) -> float:
    """The share of people that would remember it on a day."""
    return float((1 + _FACTOR * _passed(memory, day) / memory.stability) ** -_W[20])


def rating_of(points: float, certainty: str | None = None, hints: int = 0, *, seen: bool = False) -> int:
    """How a check went, as the schedule rates it.

    ==================================================  =============================  =======
    the check                                           certainty                      rating
    ==================================================  =============================  =======
    less than the full point, or the answer was seen    any                            again
    right, after a hint                                 any                            hard
    right                                               guess                          hard
    right                                               fairly sure, or not said       good
    right                                               very sure                      easy
    ==================================================  =============================  =======
    """
    if points < 1 or seen:
        return AGAIN
    if hints or certainty == "guess":
        return HARD
    return EASY if certainty == "very" else GOOD


def _reviewed(memory: Memory | None, day: float, rating: int) -> Memory:
    if memory is None:
        return _noted(_W[rating - 1], _within(_difficulty_at(rating), 1, 10), day)
    recall = recall_on(memory, day)
    if _passed(memory, day) < 1:
        stability = _on_same_day(memory.stability, rating)
    elif rating == AGAIN:
        stability = _forgotten(memory, recall)
    else:
        stability = _remembered(memory, recall, rating)
    return _noted(stability, _harder(memory.difficulty, rating), day)


def _noted(stability: float, difficulty: float, day: float) -> Memory:
    kept = max(stability, _LEAST_STABILITY)
    return Memory(kept, difficulty, day, int(_within(floor(kept + 0.5), 1, LONGEST_INTERVAL)))


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def _passed(memory: Memory, day: float) -> int:
    """Whole days that have passed; none where a clock went back."""
    return max(0, floor(day - memory.seen))


def _difficulty_at(rating: int) -> float:
    return _W[4] - exp(_W[5] * (rating - 1)) + 1


def _harder(difficulty: float, rating: int) -> float:
    moved = difficulty - _W[6] * (rating - 3) * (10 - difficulty) / 9
    return _within(_W[7] * _difficulty_at(EASY) + (1 - _W[7]) * moved, 1, 10)


def _on_same_day(stability: float, rating: int) -> float:
    grows = float(exp(_W[17] * (rating - 3 + _W[18])) * stability ** -_W[19])
    return stability * (grows if rating == AGAIN else max(grows, 1))


def _forgotten(memory: Memory, recall: float) -> float:
    long = _W[11] * memory.difficulty ** -_W[12] * ((memory.stability + 1) ** _W[13] - 1)
    return float(min(long * exp((1 - recall) * _W[14]), memory.stability / exp(_W[17] * _W[18])))


def _remembered(memory: Memory, recall: float, rating: int) -> float:
    grows = exp(_W[8]) * (11 - memory.difficulty) * memory.stability ** -_W[9] * expm1((1 - recall) * _W[10])
    return float(
        memory.stability * (1 + grows * (_W[15] if rating == HARD else 1) * (_W[16] if rating == EASY else 1))
    )
