"""Robots sit the bank: the score of each beside its chance, and the rule that no robot does well (Q26)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, stdev

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank
from widgets.quiz.linter.robots.fixed import ROBOTS
from widgets.quiz.linter.robots.task import SAT, Task, found, tasks_of

#: A robot may beat chance by so many points of a hundred. Of many robots a few come near by luck: hence the standard error beside each.
LIMIT = 8.0
#: In a smaller measure one question more or less would decide.
FEWEST = 20
LEARNED = ("cues weighed as other chapters teach", "cues and common words weighed as other chapters teach")


@dataclass(frozen=True)
class Score:
    """How a robot did in one measure, in keys of a hundred."""

    robot: str
    #: The type of question, as readers call it.
    measure: str
    questions: int
    found: float
    chance: float
    #: The standard error of what lies between the two.
    error: float

    @property
    def gain(self) -> float:
        """Points above chance."""
        return self.found - self.chance

    @property
    def beats_chance(self) -> bool:
        """Whether it does better than the bank may let it."""
        return self.gain > LIMIT


def sit(banks: Sequence[InspectedBank]) -> list[Score]:
    """Every robot in every measure that has enough questions, the best of each measure first."""
    return [
        score
        for kind, measure in SAT.items()
        for score in _scores(measure, tuple(map(tuple, tasks_of(banks, kind))))
    ]


def robots(banks: Sequence[InspectedBank]) -> Iterator[Fault]:
    """Q26 over all banks: no robot beats chance by more than the limit."""
    for score in sit(banks):
        if score.beats_chance:
            yield Fault(
                f"a candidate without medicine finds {score.found:.0f} of 100 keys ({score.measure}), by chance {score.chance:.0f} "
                f"(standard error {score.error:.0f}), with the rule “{score.robot}”; python -m widgets.quiz.linter.robots "
                "shows in which questions",
                waivable=False,
            )


# Lint, page and command ask for the same banks.
@lru_cache(maxsize=8)
def _scores(measure: str, questions: tuple[tuple[Task, ...], ...]) -> tuple[Score, ...]:
    if len(questions) < FEWEST:
        return ()
    # A robot that learns needs numpy, which a notebook that only shows questions should not wait for.
    from widgets.quiz.linter.robots.learned import by_cues, by_cues_and_words

    tasks = [task for question in questions for task in question]
    values = {robot.rule: [robot.values(task) for task in tasks] for robot in ROBOTS}
    for name, judge in zip(LEARNED, (by_cues, by_cues_and_words), strict=True):
        values[name] = [one.chances for one in judge(tasks)]
    scores = [
        _score(name, measure, questions, dict(zip(tasks, own, strict=True))) for name, own in values.items()
    ]
    return tuple(sorted(scores, key=lambda one: (-one.gain, one.robot)))


def _score(
    name: str, measure: str, questions: Sequence[Sequence[Task]], values: dict[Task, Sequence[float]]
) -> Score:
    # A question counts once, however many lines it has: lines of one list are no strangers to each other.
    gains = [fmean(found(task, values[task]) - task.chance for task in question) for question in questions]
    chance = fmean(fmean(task.chance for task in question) for question in questions)
    error = stdev(gains) / len(gains) ** 0.5
    return Score(name, measure, len(questions), 100 * (chance + fmean(gains)), 100 * chance, 100 * error)
