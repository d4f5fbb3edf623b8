"""Objectives and the questions that test them (Q25)."""

from __future__ import annotations

from collections.abc import Iterator

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank

#: An objective is tested by no fewer questions than these.
FEWEST = 2


def coverage(bank: InspectedBank) -> Iterator[Fault]:
    """Q25: every objective of the chapter has two questions or more."""
    if bank.bank is None or bank.chapter is None:
        return
    tested = [one.question.objective for one in bank.questions]
    for objective in bank.chapter.objectives:
        if (count := tested.count(objective)) < FEWEST:
            yield Fault(
                f"the objective '{objective}' has {count} question{'' if count == 1 else 's'}; "
                f"write {FEWEST} or more",
                waivable=False,
            )
