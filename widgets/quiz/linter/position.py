"""The key's position (Q12)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank, InspectedQuestion
from widgets.quiz.linter.length import FEWEST
from widgets.quiz.markup import LETTERS

_UNLIKELY = 0.05


def key_position(bank: InspectedBank) -> Iterator[Fault]:
    """Q12: over a bank, no letter is the key more often than chance allows (chi-square, p under 0.05)."""
    yield from _over(bank.of_one_key(), "this bank")


def key_position_over_course(course: Sequence[InspectedBank]) -> Iterator[Fault]:
    """Q12 over all banks."""
    yield from _over([one for bank in course for one in bank.of_one_key()], "the course")


def positions(questions: Sequence[InspectedQuestion]) -> list[tuple[str, int, float]]:
    """Each letter with how often it is the key, and how often chance would make it so."""
    most = max((len(one.options) for one in questions), default=0)
    return [
        (
            LETTERS[place],
            sum(one.keys[0] == place for one in questions),
            sum(1 / len(one.options) for one in questions if place < len(one.options)),
        )
        for place in range(most)
    ]


def chi_square(
    counts: Sequence[tuple[str, int, float]], degrees: int | None = None
) -> tuple[float, int, float]:
    """Pearson's statistic over observed and expected counts, its degrees of freedom (one under the counts), and p."""
    statistic = sum((seen - expected) ** 2 / expected for _, seen, expected in counts)
    degrees = len(counts) - 1 if degrees is None else degrees
    return statistic, degrees, _upper_tail(statistic, degrees)


def _over(questions: Sequence[InspectedQuestion], where: str) -> Iterator[Fault]:
    if len(questions) < FEWEST:
        return
    counts = positions(questions)
    statistic, degrees, p = chi_square(counts)
    if p < _UNLIKELY:
        seen = ", ".join(f"{letter} {count}" for letter, count, _ in counts)
        yield Fault(
            f"in {where} the keys lean to one place ({seen}; chi-square {statistic:.1f}, {degrees} degrees of freedom, "
            f"p = {p:.3f}); move some options",
            waivable=False,
        )


def _upper_tail(statistic: float, degrees: int) -> float:
    """Probability that chi-square exceeds `statistic` (finite sums: Abramowitz and Stegun, 26.4.4 and 26.4.5)."""
    half = statistic / 2
    if degrees % 2 == 0:
        return math.exp(-half) * math.fsum(half**k / math.factorial(k) for k in range(degrees // 2))
    terms = math.fsum(half ** (k + 0.5) / math.gamma(k + 1.5) for k in range((degrees - 1) // 2))
    return math.erfc(math.sqrt(half)) + math.exp(-half) * terms
