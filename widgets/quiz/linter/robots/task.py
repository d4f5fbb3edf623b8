"""What a candidate without medicine has to go by: the text that asks, the options, and nothing else.

A single-best-answer question is one task with one key. A multiple-response question is one task, and the candidate is told how many
options are right, which is more than a reader knows. Each line of an extended-matching question is a task of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from widgets.quiz.linter.inspected import InspectedBank, InspectedQuestion
from widgets.quiz.model import ExtendedMatching, MultipleResponse, SingleBestAnswer
from widgets.text.markdown import plain

#: The types that robots sit, each in a measure of its own.
SAT = {
    "single-best-answer": "single best answer",
    "multiple-response": "multiple response",
    "extended-matching": "matching",
}


@dataclass(frozen=True)
class Task:
    """Options of which some are right, as many as `keys` has."""

    question: str
    #: The chapter that it belongs to: a robot that learns never meets its questions before.
    bank: str
    asked: str
    options: tuple[str, ...]
    keys: frozenset[int] = field(repr=False)
    #: The place of the line in its matching question; other questions have none.
    line: int | None = None

    @property
    def chance(self) -> float:
        """The share of the keys that is found without looking."""
        return len(self.keys) / len(self.options)


def tasks_of(banks: Iterable[InspectedBank], kind: str) -> list[list[Task]]:
    """The tasks of each question of a type, as residents are asked: patients' questions are there to explain."""
    return [
        list(_tasks(one, bank.path))
        for bank in banks
        for one in bank.questions
        if one.question.type == kind and one.question.audience != "patient"
    ]


def _tasks(one: InspectedQuestion, bank: str) -> Iterator[Task]:
    match one.question:
        case SingleBestAnswer() | MultipleResponse():
            yield Task(one.id, bank, one.asked, tuple(one.options), frozenset(one.keys))
        case ExtendedMatching() as question:
            ids = [option.id for option in question.options]
            for line, stem in enumerate(question.stems):
                keys = frozenset([ids.index(stem.answer)])
                yield Task(one.id, bank, plain(stem.text), tuple(one.options), keys, line)


def found(task: Task, values: Sequence[float]) -> float:
    """The share of the keys among the options of highest value, as many as are right; ties share their seats."""
    seats = len(task.keys)
    limit = sorted(values, reverse=True)[seats - 1]
    above = {index for index, value in enumerate(values) if value > limit}
    level = {index for index, value in enumerate(values) if value == limit}
    drawn = (seats - len(above)) / len(level)
    return (len(above & task.keys) + drawn * len(level & task.keys)) / seats
