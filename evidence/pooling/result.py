"""What a pooled estimate is, and what a refusal to pool is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from evidence.errors import EvidenceError

Measure = Literal["mean_change", "standardised_mean_change", "percent_improvement", "proportion"]


class PoolingRefused(EvidenceError):  # noqa: N818 (a refusal is no fault)
    """These rows must not be put in one number. The message tells a reader why, and what would be right."""


class StudyEffect(NamedTuple):
    """A study as it enters the estimate.

    ``effect`` and ``variance`` stand on the scale of the calculation (log odds for proportions), so that a
    page can pool again; ``value``, ``low`` and ``high`` (95 %) in the unit of the result; ``weight`` from 0
    to 1.
    """

    row: str
    study: str
    effect: float
    variance: float
    value: float
    low: float
    high: float
    people: int
    weight: float


class LeaveOneOut(NamedTuple):
    """The estimate without one row, with its 95 % confidence interval."""

    row: str
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Pooled:
    """One number from several studies, and all that a reader needs to judge it.

    ``estimate``, the intervals (95 %) and ``leave_one_out`` are in ``unit``; changes are positive when people
    got better. ``tau2`` stands on the scale of the calculation (squared log odds for proportions). ``i2``
    runs from 0 to 100. ``people`` is the sum of the studies' denominators. ``notes`` are written for readers.
    """

    estimate: float
    ci_low: float
    ci_high: float
    prediction_low: float
    prediction_high: float
    tau2: float
    i2: float
    q: float
    k: int
    people: int
    method: str
    measure: Measure
    scale: str
    unit: str
    rows: tuple[str, ...]
    notes: tuple[str, ...]
    studies: tuple[StudyEffect, ...]
    leave_one_out: tuple[LeaveOneOut, ...]
