"""Candidates that learn from other chapters how keys are worded, and are tried on a chapter that they have not seen.

A conditional logit: each option has the weighted sum of its cues, and is chosen with the odds of its exponential. The weights are those of
highest likelihood over all other chapters, held small by a ridge. Nothing is drawn, so that a bank has one score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from widgets.quiz.linter.robots.cues import CUES
from widgets.quiz.linter.robots.task import Task
from widgets.quiz.linter.words import words

Array = NDArray[np.float64]

#: How strongly weights are held to nothing; more where there are more of them. Set once, and not fitted to the bank.
_RIDGE_OF_CUES, _RIDGE_OF_WORDS = 10.0, 30.0
_COMMON_WORDS = 60
_STEPS = 10
#: What a robot notices besides the cues: the ends of a scale, and the place.
_EXTREMES = ("characters",)
_PLACES = 3


@dataclass(frozen=True)
class Judged:
    """One task by one robot that has learned: a chance for each option, and what each cue adds for each."""

    chances: Sequence[float]
    #: By cue: how far it lifts each option above the mean of its fellows (log odds).
    lifts: dict[str, Sequence[float]]


def by_cues(tasks: Sequence[Task]) -> list[Judged]:
    """Every task, judged with weights of cues from the other chapters."""
    return _judge(tasks, _cues_of, _RIDGE_OF_CUES)


def by_cues_and_words(tasks: Sequence[Task]) -> list[Judged]:
    """The same robot with an ear for tone: the commonest words of all options are cues too."""
    counted = Counter(word for task in tasks for option in task.options for word in set(words(option)))
    common = [word for word, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:_COMMON_WORDS]]

    def noticed(task: Task) -> dict[str, list[float]]:
        heard = [set(words(option)) for option in task.options]
        return {**_cues_of(task), **{f"“{word}”": [float(word in one) for one in heard] for word in common}}

    return _judge(tasks, noticed, _RIDGE_OF_WORDS)


def _cues_of(task: Task) -> dict[str, list[float]]:
    noticed = {cue.name: list(cue.of(task)) for cue in CUES}
    for name in _EXTREMES:
        values = noticed[name]
        noticed[f"fewest {name}"] = [float(value == min(values)) for value in values]
        noticed[f"most {name}"] = [float(value == max(values)) for value in values]
    count = len(task.options)
    for place in range(_PLACES):
        noticed[f"place {place + 1}"] = [float(index == place) for index in range(count)]
    line = task.line or 0
    noticed["place of the line"] = [-abs(index - line) / count for index in range(count)]
    return noticed


def _judge(
    tasks: Sequence[Task], noticed: Callable[[Task], dict[str, list[float]]], ridge: float
) -> list[Judged]:
    if not tasks:
        return []
    seen = [noticed(task) for task in tasks]
    names = list(seen[0])
    papers = _Papers(tasks, seen, names)
    judged: dict[int, Judged] = {}
    for bank in sorted({task.bank for task in tasks}):
        own = np.array([task.bank == bank for task in tasks])
        # From one chapter alone there is nothing to learn.
        weights = np.zeros(len(names)) if own.all() else papers.weights(~own, ridge)
        for index in np.flatnonzero(own):
            judged[int(index)] = papers.judged(int(index), weights)
    return [judged[index] for index in range(len(tasks))]


class _Papers:
    """All tasks as one block of numbers: task, option, cue. Missing options are masked."""

    def __init__(
        self, tasks: Sequence[Task], seen: Sequence[dict[str, list[float]]], names: Sequence[str]
    ) -> None:
        most = max(len(task.options) for task in tasks)
        self.names = names
        self.block = np.zeros((len(tasks), most, len(names)))
        self.there = np.zeros((len(tasks), most), dtype=bool)
        self.right = np.zeros((len(tasks), most))
        for index, (task, values) in enumerate(zip(tasks, seen, strict=True)):
            count = len(task.options)
            grid = np.array([values[name] for name in names]).T
            self.block[index, :count] = grid - grid.mean(axis=0)
            self.there[index, :count] = True
            self.right[index, sorted(task.keys)] = 1 / len(task.keys)

    @cached_property
    def scale(self) -> Array:
        """What one unit of each cue is, so that a ridge holds all alike."""
        spread = self.block[self.there].std(axis=0)
        spread[spread == 0] = 1.0
        return np.asarray(spread)

    def weights(self, learnt_from: Array, ridge: float) -> Array:
        """The weights of highest penalised likelihood (Newton's steps; the likelihood has one peak)."""
        block, there, right = (
            self.block[learnt_from] / self.scale,
            self.there[learnt_from],
            self.right[learnt_from],
        )
        weights = np.zeros(block.shape[2])
        for _ in range(_STEPS):
            chances = _chances(block @ weights, there)
            slope = np.einsum("tof,to->f", block, right - chances) - ridge * weights
            expected = np.einsum("tof,to->tf", block, chances)
            bend = np.einsum("tof,tog,to->fg", block, block, chances, optimize=True) - expected.T @ expected
            weights = weights + np.linalg.solve(bend + ridge * np.eye(len(weights)), slope)
        return weights

    def judged(self, index: int, weights: Array) -> Judged:
        """The task at `index` with these weights."""
        there = self.there[index]
        lifts = self.block[index][there] / self.scale * weights
        chances = _chances(lifts.sum(axis=1)[None], np.ones((1, int(there.sum())), dtype=bool))[0]
        return Judged(chances.tolist(), {name: lifts[:, at].tolist() for at, name in enumerate(self.names)})


def _chances(values: Array, there: Array) -> Array:
    lifted = np.where(there, np.exp(values - values.max(axis=1, keepdims=True)), 0.0)
    return np.asarray(lifted / lifted.sum(axis=1, keepdims=True))
