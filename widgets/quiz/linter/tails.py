"""Reason clauses in options (Q27): where distractors alone say why, the option without a *because* is the key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank, InspectedQuestion
from widgets.quiz.linter.length import FEWEST
from widgets.quiz.linter.position import chi_square
from widgets.quiz.linter.robots.cues import REASON_CLAUSE

_UNLIKELY = 0.05


def reason_clauses(bank: InspectedBank) -> Iterator[Fault]:
    """Q27: in a bank, keys and distractors have a reason clause equally often, as far as chance can tell."""
    yield from _over(bank.of_one_key(), "this bank")


def reason_clauses_over_course(course: Sequence[InspectedBank]) -> Iterator[Fault]:
    """Q27 over all banks."""
    yield from _over([one for bank in course for one in bank.of_one_key()], "the course")


def _over(questions: Sequence[InspectedQuestion], where: str) -> Iterator[Fault]:
    if len(questions) < FEWEST:
        return
    said = [
        (index in one.keys, bool(REASON_CLAUSE.search(text)))
        for one in questions
        for index, text in enumerate(one.options)
    ]
    keys = [reason for is_key, reason in said if is_key]
    others = [reason for is_key, reason in said if not is_key]
    share = (sum(keys) + sum(others)) / len(said)
    if share in (0, 1):
        return
    # Four cells, one degree of freedom: where all margins stand, one cell tells the others.
    cells = [(sum(group), len(group) * share) for group in (keys, others)]
    cells += [(len(group) - sum(group), len(group) * (1 - share)) for group in (keys, others)]
    p = chi_square([("", seen, expected) for seen, expected in cells], degrees=1)[2]
    if p < _UNLIKELY:
        yield Fault(
            f"in {where} {sum(keys)} of {len(keys)} keys have a reason clause (because, since, as, so), and {sum(others)} of "
            f"{len(others)} distractors (p = {p:.3f}); give keys their clause, or move it from distractors into their reasons",
            waivable=False,
        )
