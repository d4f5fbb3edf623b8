"""Numbers as options: in order, and each its own (Q16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank, InspectedQuestion

_WORDS = [
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
]
_NUMERAL = rf"(?:\d[\d,]*(?:\.\d+)?|{'|'.join(_WORDS)}|no(?=\s))"
_AMOUNT = re.compile(
    rf"(?P<low>{_NUMERAL})(?:\s?(?:–|-|to)\s?(?P<high>{_NUMERAL}))?(?P<unit>\s?%|(?:\s+\S+){{0,3}})\.?",
    re.IGNORECASE,
)
# Before the amount: what widens it to one side, or only hedges.
_PREFIX = re.compile(
    r"(?P<under>under|below|less than|fewer than|up to|<|≤)|(?P<over>over|above|more than|at least|>|≥)|about|around",
    re.IGNORECASE,
)


def numeric_options(bank: InspectedBank) -> Iterator[Fault]:
    """Q16: numeric options in ascending or descending order, without overlap, and kept so."""
    for one in bank.questions:
        ranges = _ranges(one)
        if ranges is None:
            continue
        lows = [low for low, _ in ranges]
        if lows != sorted(lows) and lows != sorted(lows, reverse=True):
            yield Fault("the numeric options are not in order; sort them", one.id, ("options",))
        overlap = next((pair for pair in pairwise(sorted(ranges)) if pair[0][1] >= pair[1][0]), None)
        if overlap:
            (_, high), (low, _) = overlap
            message = f"numeric options overlap at {max(low, min(high, low)):g}; let each value belong to one option"
            yield Fault(message, one.id, ("options",))
        if one.question.shuffle:
            message = "a reader's shuffle would scatter the numeric options; add `shuffle: false`"
            yield Fault(message, one.id, ("options",), level="W")


def _ranges(one: InspectedQuestion) -> list[tuple[float, float]] | None:
    """Each option's span, or None unless all options are amounts of one unit."""
    spans = []
    units = set()
    for text in one.options:
        prefix = _PREFIX.match(text)
        amount = _AMOUNT.fullmatch(text[prefix.end() :].strip() if prefix else text.strip())
        if amount is None:
            return None
        low = _value(amount["low"])
        high = _value(amount["high"]) if amount["high"] else low
        # "under 5" ends before 5, "over 5" begins after it.
        if prefix and prefix["under"]:
            low, high = float("-inf"), high - 1e-9
        elif prefix and prefix["over"]:
            low, high = low + 1e-9, float("inf")
        spans.append((low, high))
        units.add(amount["unit"].strip().casefold().rstrip("s"))
    return spans if spans and len(units) == 1 else None


def _value(text: str) -> float:
    if text.casefold() == "no":
        return 0.0
    return float(_WORDS.index(text.casefold()) if text.casefold() in _WORDS else text.replace(",", ""))
