"""Where intervals are drawn: one axis for all rows, and positions on it in percent of its width."""

from __future__ import annotations

import math
from typing import NamedTuple

from widgets.forest.catalogue import Question
from widgets.forest.selection import Selection
from widgets.forest.wording import interval_of


class Drawn(NamedTuple):
    """An interval on the axis; an end beyond the axis is open."""

    low: str
    high: str
    at: str
    open_low: bool
    open_high: bool


class Axis(NamedTuple):
    """The range drawn, and the values that are labelled."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        """Labelled values, from low to high."""
        return [
            self.low + self.step * index for index in range(round((self.high - self.low) / self.step) + 1)
        ]

    def place(self, value: float) -> str:
        """A value's place, in percent of the width."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return f"{100 * share:.2f}%"

    def drawn(self, value: float, low: float, high: float) -> Drawn:
        """An interval's places."""
        places = self.place(low), self.place(high), self.place(value)
        return Drawn(*places, low < self.low, high > self.high)


def axis(question: Question) -> Axis:
    """One axis for whatever is chosen of a question, so that nothing moves but the intervals.

    A gain in percent always runs from a quarter worse to all that can be gained.
    """
    if question.measure == "percent_improvement":
        return Axis(-25, 100, 25)
    chosen = Selection(question)
    ends = [end for row in question.rows for end in interval_of(chosen, row)[1:]]
    low, high = min(0.0, *ends), max(1.0, *ends)
    rough = (high - low) / 4
    magnitude = 10 ** math.floor(math.log10(rough))
    step = next(size * magnitude for size in (1, 2, 2.5, 5, 10) if size * magnitude >= rough)
    return Axis(math.floor(low / step) * step, math.ceil(high / step) * step, step)
