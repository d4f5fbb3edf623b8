"""Candidates that follow one rule of wording, whatever is asked: most or least of a cue, a place, two cues in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from widgets.quiz.linter.robots.cues import CUE, CUES
from widgets.quiz.linter.robots.task import Task

#: A value for each option; the robot takes the highest.
Values = Callable[[Task], Sequence[float]]


class Robot(NamedTuple):
    """A candidate: its rule in words, and how it values options."""

    rule: str
    values: Values


def _least(of: Values) -> Values:
    return lambda task: [-value for value in of(task)]


def _at(place: int) -> Values:
    return lambda task: [float(index == place) for index in range(len(task.options))]


def _last(task: Task) -> Sequence[float]:
    return _at(len(task.options) - 1)(task)


def _in_line(task: Task) -> Sequence[float]:
    return _at(-1 if task.line is None else task.line)(task)


def _least_in_turn(*names: str) -> Values:
    """Least of the first cue; among equals least of the next."""
    cues = [CUE[name].of for name in names]

    def values(task: Task) -> list[float]:
        ranked = list(zip(*(of(task) for of in cues), strict=True))
        order = sorted(set(ranked), reverse=True)
        return [float(order.index(one)) for one in ranked]

    return values


def _robots() -> Iterator[Robot]:
    for cue in CUES:
        yield Robot(f"most {cue.name}", cue.of)
        yield Robot(f"least {cue.name}", _least(cue.of))
    for place, name in enumerate(("first", "second", "third")):
        yield Robot(f"the {name} option", _at(place))
    yield Robot("the last option", _last)
    yield Robot("as the lines stand, so the options", _in_line)
    yield Robot("no reason clause, then the shortest", _least_in_turn("reason clauses", "characters"))
    yield Robot("no absolute word, then the shortest", _least_in_turn("absolute words", "characters"))
    yield Robot(
        "no reason clause, no absolute word, then the shortest",
        _least_in_turn("reason clauses", "absolute words", "characters"),
    )


ROBOTS = tuple(_robots())
