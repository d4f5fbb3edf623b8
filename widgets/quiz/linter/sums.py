"""Numeric questions that only want a sum done (Q28)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import permutations

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank
from widgets.quiz.markup import number
from widgets.quiz.model import Numeric

_WORDS = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "hundred": 100.0, "half": 0.5, "twice": 2.0}
_FOUND = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
#: Numbers that are no figures: ages, years.
_NO_FIGURE = re.compile(r"\b(?:man|woman|boy|girl|person) of \d\d\b|\b(?:19|20)\d\d\b")
_HUNDRED = 100.0


def sums(bank: InspectedBank) -> Iterator[Fault]:
    """Q28: the answer follows from two figures of the stem, or three, by the four operations: no medicine is asked."""
    for one in bank.questions:
        if not isinstance(one.question, Numeric):
            continue
        figures = figures_of(one.asked)
        if how := _sum(figures, one.question.answer, max(one.question.tolerance, 1e-9)):
            message = (
                f"the answer {number(one.question.answer)} is {how}, a sum on the stem; ask what needs medicine, "
                "or waive Q28 with the decision that hangs on the number"
            )
            yield Fault(message, one.id, ("answer",))


def figures_of(text: str) -> list[float]:
    """The figures of a stem, each once, in its order; ages and years are none."""
    said = (one.casefold() for one in _FOUND.findall(_NO_FIGURE.sub(" ", text)))
    values = (_WORDS[one] if one in _WORDS else float(one.replace(",", "")) for one in said)
    return list(dict.fromkeys(values))


def _sum(figures: list[float], answer: float, tolerance: float) -> str:
    """How the answer follows, by the way that comes nearest, or nothing."""
    # A share of a hundred is always at hand.
    one_step = [
        way
        for first, second in permutations(dict.fromkeys([*figures, _HUNDRED]), 2)
        for way in _pairs(first, second)
    ]
    two_steps = [
        (last, then.replace(number(value), f"({how})", 1))
        for first, second, third in permutations(figures, 3)
        for value, how in _pairs(first, second)
        for last, then in _pairs(value, third)
    ]
    for ways in (one_step, two_steps):
        off, how = min(((abs(value - answer), how) for value, how in ways), default=(math.inf, ""))
        if off <= tolerance:
            return how
    return ""


def _pairs(first: float, second: float) -> Iterator[tuple[float, str]]:
    one, other = number(first), number(second)
    if first > second:
        yield first - second, f"{one} − {other}"
    if first < second:
        yield first + second, f"{one} + {other}"
        yield first * second, f"{one} × {other}"
        yield first * second / _HUNDRED, f"{one} % of {other}"
    if second:
        yield first / second, f"{one} ÷ {other}"
        yield _HUNDRED * first / second, f"{one} of {other} in a hundred"
        yield _HUNDRED * (first - second) / second, f"{one} against {other} in a hundred"
        yield _HUNDRED * (second - first) / second, f"the fall from {other} to {one} in a hundred"
