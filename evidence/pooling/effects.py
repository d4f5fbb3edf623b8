"""From what a study prints to an effect and its variance. Pure functions, no I/O."""

from __future__ import annotations

import math
from typing import NamedTuple


class Effect(NamedTuple):
    """An effect and the square of its standard error, in one unit."""

    value: float
    variance: float


def mean_change(
    before: float, sd_before: float, after: float, sd_after: float, people: int, correlation: float
) -> Effect:
    """Mean change (after minus before) of the same people, in points.

    ``correlation`` between the two measurements is hardly ever printed: it has to be assumed. Source:
    Cochrane Handbook 6.5.2.8, variance of paired differences.
    """
    spread = sd_before**2 + sd_after**2 - 2 * correlation * sd_before * sd_after
    return Effect(after - before, spread / people)


def standardised_mean_change(
    before: float, sd_before: float, after: float, people: int, correlation: float
) -> Effect:
    """Mean change (after minus before) in standard deviations at baseline, freed of its small-sample bias.

    Source: Becker 1988, doi 10.1111/j.2044-8317.1988.tb00901.x; ``SMCR`` in R's metafor.
    """
    m = people - 1
    bias = math.sqrt(2 / m) * math.exp(math.lgamma(m / 2) - math.lgamma((m - 1) / 2))
    change = bias * (after - before) / sd_before
    return Effect(change, 2 * (1 - correlation) / people + change**2 / (2 * people))


def logit_proportion(events: int, people: int) -> Effect:
    """Log odds of a proportion.

    None or all of the people have no log odds: then, and only then, half a person is added to either side.
    Adding it everywhere would pull every study towards one half. The double arcsine transformation, which
    needs no correction, is left aside because its way back misleads (Schwarzer and colleagues 2019, doi
    10.1002/jrsm.1348). Models of the counts themselves are better where events are few (Lin and Chu 2020, doi
    10.1097/EDE.0000000000001232), but need numerical integration; results say when they would matter.
    """
    half = 0.5 if events in (0, people) else 0.0
    with_event, without = events + half, people - events + half
    return Effect(math.log(with_event / without), 1 / with_event + 1 / without)


def percent(logit: float) -> float:
    """A log odds as a percentage, 0 to 100."""
    # Written so that neither end overflows.
    odds = math.exp(-abs(logit))
    return 100 / (1 + odds) if logit >= 0 else 100 * odds / (1 + odds)
