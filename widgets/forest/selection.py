"""What a reader has chosen, and what follows: the rows listed, those counted, and one number or a refusal.

``forest.js`` does the same in the page. Refusals have the same grounds as `evidence.pooling.pool`, which does
the arithmetic here and would refuse, too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from evidence import Outcome
from evidence.pooling import Overlap, Pooled, overlaps_among, pool
from evidence.pooling.designs import design_of
from evidence.pooling.effects import Effect, logit_proportion, mean_change
from evidence.pooling.random_effects import Estimator, Interval
from evidence.pooling.scales import improvement_sign
from evidence.pooling.selection import Consent, Poolable, people
from widgets.forest.catalogue import Question, months

#: Between the scores of the same people before and after; no study prints it.
CORRELATION = 0.5
Months = tuple[float | None, float | None]


@dataclass(frozen=True)
class Selection:
    """One choice of a reader.

    ``months``: shortest and longest follow-up, ``None`` without a bound; ``minimum_people``: smallest study;
    ``leave_out``: ids of rows that are listed and not counted; ``assumed_sd`` in percent points.
    """

    question: Question
    months: Months = (None, None)
    design: str = ""
    minimum_people: int = 1
    leave_out: tuple[str, ...] = ()
    accept: tuple[Consent, ...] = ()
    assumed_sd: float = 25
    tau2: Estimator = "REML"
    interval: Interval = "mKH"

    @cached_property
    def fitting(self) -> list[Poolable]:
        """Rows within the window, of the design and of the size asked for."""
        return [
            row
            for row in self.question.rows
            if self._within(row)
            and self.design in ("", design_of(row))
            and people(row) >= self.minimum_people
        ]

    @cached_property
    def listed(self) -> list[Poolable]:
        """One row a study, its last; several where nothing says which is the last."""
        return [row for row in self.fitting if _is_last(row, self.fitting)]

    @cached_property
    def counted(self) -> list[Poolable]:
        """The rows that enter the estimate."""
        return [row for row in self.listed if row.id not in self.leave_out]

    @cached_property
    def overlaps(self) -> tuple[Overlap, ...]:
        """Counted studies that share people, or may."""
        return overlaps_among({row.study for row in self.counted})

    @cached_property
    def mixed(self) -> bool:
        """Whether trials and series are counted together."""
        return len({design_of(row) for row in self.counted}) > 1

    @cached_property
    def repeated(self) -> list[str]:
        """Studies of which several rows are counted."""
        return [study for study, rows in Counter(row.study for row in self.counted).items() if rows > 1]

    @cached_property
    def forbidding(self) -> list[Overlap]:
        """The overlaps that nobody has waived."""
        return [
            pair
            for pair in self.overlaps
            if pair.certainty != "possible" or "possible overlap" not in self.accept
        ]

    @property
    def refused(self) -> bool:
        """Whether one number would mislead."""
        mixture = self.mixed and "series and trials" not in self.accept
        return bool(mixture or self.repeated or self.forbidding or len(self.counted) < 3)

    @cached_property
    def pooled(self) -> Pooled | None:
        """The estimate of the counted rows; ``None`` when it is refused."""
        if self.refused:
            return None
        return pool(
            self.counted,
            measure=self.question.measure,
            accept=self.accept,
            tau2=self.tau2,
            interval=self.interval,
            correlation=CORRELATION,
            assumed_sd=self.assumed_sd,
        )

    def effect(self, row: Poolable) -> Effect:
        """Effect and variance of one row, on the scale of the calculation (log odds for shares)."""
        value = figure(row, self.question)
        if isinstance(value, tuple):
            return Effect(*value)
        if self.question.measure == "proportion":
            return logit_proportion(int(value), people(row))
        return Effect(value, self.assumed_sd**2 / people(row))

    def _within(self, row: Poolable) -> bool:
        low, high = self.months
        if low is None and high is None:
            return True
        at = months(row)
        return at is not None and (low or 0) <= at <= (math.inf if high is None else high)


def figure(row: Poolable, question: Question) -> float | tuple[float, float]:
    """What the page needs of a row: percent, people with the event, or a change with its variance."""
    if question.measure == "proportion":
        counts = row.counts()
        assert counts is not None  # the catalogue takes no row without
        return counts[0]
    assert isinstance(row, Outcome)
    if question.measure == "percent_improvement":
        return float(row.percent_improvement or 0)
    before, after = float(row.baseline_mean or 0), float(row.followup_mean or 0)
    spread = float(row.baseline_sd or 0), float(row.followup_sd or 0)
    change = mean_change(before, spread[0], after, spread[1], people(row), CORRELATION)
    return (improvement_sign(row.scale) or 1) * change.value, change.variance


def _is_last(row: Poolable, rows: Sequence[Poolable]) -> bool:
    times = [months(other) for other in rows if other.study == row.study]
    known = [time for time in times if time is not None]
    return len(known) < len(times) or months(row) == max(known)
