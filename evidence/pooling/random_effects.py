"""Random-effects meta-analysis of effects and their variances. Plain numbers in, plain numbers out.

Every formula is elementary, without a library, because the forest plot repeats it in the reader's browser
and both must agree (``math.fsum`` is the sum without rounding error). What each step rests on:

* between-study variance: restricted maximum likelihood by Fisher scoring (Viechtbauer 2005, doi
  10.3102/10769986030003261) or Paule and Mandel's estimating equation (DerSimonian and Kacker 2007, doi
  10.1016/j.cct.2006.04.004): both recommended by Veroniki and colleagues 2016, doi 10.1002/jrsm.1164;
* confidence interval: Hartung and Knapp (doi 10.1002/sim.791), Sidik and Jonkman (doi 10.1002/sim.1262). Its
  standard error can come out smaller than the ordinary one, down to nothing when studies agree by chance; the
  modification "mKH" takes the larger of the two. It is recommended for few studies of unequal size (Röver and
  colleagues 2015, doi 10.1186/s12874-015-0091-1), which is what we have, and is used unless told otherwise;
* prediction interval: t with k - 2 degrees of freedom (Higgins, Thompson and Spiegelhalter 2009, doi
  10.1111/j.1467-985X.2008.00552.x; Riley 2011, doi 10.1136/bmj.d549), with the standard error of the chosen
  interval (Partlett and Riley 2017, doi 10.1002/sim.7140);
* Q, and I² = (Q - (k - 1)) / Q: Higgins and Thompson 2002, doi 10.1002/sim.1186.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evidence.pooling.student_t import t_975

Estimator = Literal["REML", "PM"]
Interval = Literal["mKH", "HK", "Wald"]

# The 97.5th percentile of the standard normal distribution: two-sided 95 %.
_Z = 1.959963984540054
_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class RandomEffects:
    """One pooled estimate, in the unit of the effects (``tau2`` in its square).

    ``standard_error`` is the one behind both intervals. ``prediction_low`` and ``prediction_high`` are
    ``None`` for two studies: the spread of true effects cannot be judged from two. ``i2`` runs from 0 to 100,
    ``weights`` add to 1.
    """

    estimate: float
    standard_error: float
    ci_low: float
    ci_high: float
    prediction_low: float | None
    prediction_high: float | None
    tau2: float
    i2: float
    q: float
    k: int
    weights: tuple[float, ...]


def random_effects(
    effects: Sequence[float],
    variances: Sequence[float],
    *,
    tau2: Estimator = "REML",
    interval: Interval = "mKH",
) -> RandomEffects:
    """Pool effects that differ from study to study.

    Args:
        effects: one per study, 2 or more.
        variances: the squared standard error of each, above 0.
        tau2: how the between-study variance is estimated.
        interval: ``"HK"`` Hartung-Knapp; ``"mKH"`` the same, never narrower than the ordinary standard error
            allows; ``"Wald"`` the ordinary one with the normal quantile, as most older syntheses print it.

    Raises:
        ValueError: fewer than two effects, or numbers that are no effects and variances.
    """
    k = len(effects)
    if k < 2 or len(variances) != k:
        raise ValueError(f"{k} effects with {len(variances)} variances: two or more of each are needed")
    if not all(map(math.isfinite, [*effects, *variances])) or min(variances) <= 0:
        raise ValueError("effects must be finite numbers, and variances finite and above 0")
    between = _reml(effects, variances) if tau2 == "REML" else _paule_mandel(effects, variances)
    weights, mean, spread = _weighted(effects, variances, between)
    total = math.fsum(weights)
    error = math.sqrt(1 / total)
    if interval != "Wald":
        scale = math.sqrt(spread / (k - 1))
        error *= max(1.0, scale) if interval == "mKH" else scale
    reach = (_Z if interval == "Wald" else t_975(k - 1)) * error
    ahead = t_975(k - 2) * math.sqrt(between + error * error) if k > 2 else None
    q = _weighted(effects, variances, 0.0)[2]
    return RandomEffects(
        estimate=mean,
        standard_error=error,
        ci_low=mean - reach,
        ci_high=mean + reach,
        prediction_low=None if ahead is None else mean - ahead,
        prediction_high=None if ahead is None else mean + ahead,
        tau2=between,
        i2=100 * max(0.0, (q - (k - 1)) / q) if q > 0 else 0.0,
        q=q,
        k=k,
        weights=tuple(weight / total for weight in weights),
    )


def _weighted(
    effects: Sequence[float], variances: Sequence[float], between: float
) -> tuple[list[float], float, float]:
    """Inverse-variance weights, the weighted mean, and the weighted squared distances from it."""
    weights = [1 / (variance + between) for variance in variances]
    mean = math.fsum(w * y for w, y in zip(weights, effects, strict=True)) / math.fsum(weights)
    spread = math.fsum(w * (y - mean) ** 2 for w, y in zip(weights, effects, strict=True))
    return weights, mean, spread


def _paule_mandel(effects: Sequence[float], variances: Sequence[float]) -> float:
    """The between-study variance at which the weighted squared distances add to k - 1."""
    between = 0.0
    for _ in range(_STEPS):
        weights, mean, spread = _weighted(effects, variances, between)
        excess = spread - (len(effects) - 1)
        # The sum falls and is convex: from the left Newton's step never passes the root.
        if excess <= 0:
            break
        step = excess / math.fsum((w * (y - mean)) ** 2 for w, y in zip(weights, effects, strict=True))
        between += step
        if step <= 1e-15 * between:
            break
    return between


def _reml(effects: Sequence[float], variances: Sequence[float]) -> float:
    """Restricted maximum likelihood: the highest of its peaks; very unequal variances make several."""
    centre = math.fsum(effects) / len(effects)
    total = math.fsum((y - centre) ** 2 for y in effects) / (len(effects) - 1)
    starts = [0.0, *(total / 2**halvings for halvings in range(24))]
    likelihoods = [_likelihood(effects, variances, start) for start in starts]
    return _climb(effects, variances, starts[likelihoods.index(max(likelihoods))])


def _climb(effects: Sequence[float], variances: Sequence[float], start: float) -> float:
    """Fisher scoring from ``start`` to a peak of the restricted likelihood, at 0 or above, never downhill."""
    between, unit = start, math.fsum(variances) / len(variances)
    height = _likelihood(effects, variances, between)
    for _ in range(_STEPS):
        weights, mean, _spread = _weighted(effects, variances, between)
        first, second, third = (math.fsum(w**power for w in weights) for power in (1, 2, 3))
        score = math.fsum((w * (y - mean)) ** 2 for w, y in zip(weights, effects, strict=True))
        step = (score - (first - second / first)) / (second - 2 * third / first + (second / first) ** 2)
        reached = max(0.0, between + step)
        # A long step can pass the peak and end lower than it began: it is halved until it does not. Near the
        # peak the likelihood is too flat to judge by: there the score alone leads.
        while (found := _likelihood(effects, variances, reached)) < height - 1e-9:
            reached = (between + reached) / 2
        moved, between, height = abs(reached - between), reached, found
        if moved <= 1e-14 * (between + unit):
            break
    return between


def _likelihood(effects: Sequence[float], variances: Sequence[float], between: float) -> float:
    """Restricted log-likelihood, but for a constant."""
    weights, _mean, spread = _weighted(effects, variances, between)
    return (math.fsum(map(math.log, weights)) - math.log(math.fsum(weights)) - spread) / 2
