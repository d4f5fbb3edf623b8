"""Bold and modest keys (Q30): where caution is always right, a reader learns to choose caution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank, InspectedQuestion
from widgets.quiz.linter.robots.cues import DECISIVE, LOOK_FIRST, first_word

#: Of keys that say what to do, at least so many of a hundred decide, and as many look, ask or wait.
LEAST_SHARE = 100 / 3
#: In a smaller course one question more or less would decide.
FEWEST = 10


def boldness_over_course(course: Sequence[InspectedBank]) -> Iterator[Fault]:
    """Q30 over all banks."""
    bold, modest = bold_and_modest([one for bank in course for one in bank.of_one_key()])
    if bold + modest < FEWEST:
        return
    for few, name, do in (
        (bold, "decide", "operates, cuts, refuses, stops or treats"),
        (modest, "look first", "asks, looks or waits"),
    ):
        if 100 * few < LEAST_SHARE * (bold + modest):
            yield Fault(
                f"of {bold + modest} keys that say what to do, {few} {name} (a third or more should); write cases in which the best answer {do}",
                waivable=False,
            )


def bold_and_modest(questions: Sequence[InspectedQuestion]) -> tuple[int, int]:
    """How many keys begin with a verb that decides, and how many with one that looks, asks or waits (residents' questions)."""
    heads = [
        first_word(one.options[one.keys[0]])
        for one in questions
        if one.question.audience != "patient" and one.keys
    ]
    return sum(head in DECISIVE for head in heads), sum(head in LOOK_FIRST for head in heads)
