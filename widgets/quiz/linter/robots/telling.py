"""Which cues give a key away, question by question: for whoever rewrites it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from widgets.quiz.linter.inspected import InspectedBank
from widgets.quiz.linter.robots.cues import CUE
from widgets.quiz.linter.robots.learned import Judged, by_cues
from widgets.quiz.linter.robots.sitting import LIMIT
from widgets.quiz.linter.robots.task import SAT, Task, tasks_of

#: A cue that lifts the key by less (log odds) is not worth a word.
_TELLING = 0.15
_MOST_CUES = 4


@dataclass(frozen=True)
class Told:
    """A question whose key is told by its wording."""

    task: Task
    #: How likely the robot that weighs cues finds the key, in a hundred.
    found: float
    #: The cues that lift it, the strongest first, in words.
    cues: Sequence[str]

    @property
    def above_chance(self) -> float:
        """Points above chance."""
        return self.found - 100 * self.task.chance

    def __str__(self) -> str:
        line = "" if self.task.line is None else f", line {self.task.line + 1}"
        cues = "; ".join(self.cues) or "by many small cues"
        return f"'{self.task.question}'{line}: {self.found:.0f} of 100 (chance {100 * self.task.chance:.0f}): {cues}"


def told(banks: Sequence[InspectedBank]) -> list[Told]:
    """All tasks whose key a robot finds by more than the limit above chance, the worst first."""
    found = [one for kind in SAT for one in _of_kind(banks, kind) if one.above_chance > LIMIT]
    return sorted(found, key=lambda one: (-one.above_chance, one.task.question, one.task.line))


def _of_kind(banks: Sequence[InspectedBank], kind: str) -> Iterator[Told]:
    tasks = [task for question in tasks_of(banks, kind) for task in question]
    for task, judged in zip(tasks, by_cues(tasks), strict=True):
        # Of several keys each is told to its part.
        likely = sum(judged.chances[key] for key in task.keys)
        yield Told(task, 100 * likely, list(_cues(task, judged)))


def _cues(task: Task, judged: Judged) -> Iterator[str]:
    lifted = {name: fmean(lifts[key] for key in task.keys) for name, lifts in judged.lifts.items()}
    strongest = sorted(lifted, key=lambda name: -lifted[name])[:_MOST_CUES]
    for name in strongest:
        if lifted[name] >= _TELLING:
            yield _said(task, name)


def _said(task: Task, name: str) -> str:
    if name not in CUE:
        return name
    values = CUE[name].of(task)
    keys = ", ".join(f"{values[key]:.3g}" for key in sorted(task.keys))
    others = ", ".join(f"{value:.3g}" for index, value in enumerate(values) if index not in task.keys)
    return f"{name} {keys} (others {others})"
