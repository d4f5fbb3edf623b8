"""What must hold of every pooled estimate, whatever the numbers; and a second opinion from statsmodels."""

from __future__ import annotations

import math
import random
import statistics
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.pooling.effects import logit_proportion, percent
from evidence.pooling.random_effects import Estimator, Interval, random_effects
from evidence.pooling.student_t import t_975

Studies = list[tuple[float, float]]
ESTIMATORS: list[Estimator] = ["REML", "PM"]
INTERVALS: list[Interval] = ["mKH", "HK", "Wald"]


def studies(fewest: int = 2) -> st.SearchStrategy[Studies]:
    effect = st.floats(-20, 20, allow_subnormal=False).map(lambda value: round(value, 6))
    variance = st.floats(0.001, 25).map(lambda value: round(value, 6))
    return st.lists(st.tuples(effect, variance), min_size=fewest, max_size=12)


def split(data: Studies) -> tuple[list[float], list[float]]:
    return [effect for effect, _ in data], [variance for _, variance in data]


def close(value: float | None, to: float | None, size: float = 1.0) -> None:
    if value is None or to is None:
        assert value is to
    else:
        assert math.isclose(value, to, rel_tol=1e-7, abs_tol=1e-7 * size)


@given(studies(), st.sampled_from(ESTIMATORS), st.sampled_from(INTERVALS), st.randoms())
def test_order_of_studies_does_not_matter(
    data: Studies, tau2: Estimator, interval: Interval, chance: object
) -> None:
    shuffled = list(data)
    getattr(chance, "shuffle")(shuffled)  # noqa: B009 (hypothesis gives its own Random)
    first = random_effects(*split(data), tau2=tau2, interval=interval)
    second = random_effects(*split(shuffled), tau2=tau2, interval=interval)
    close(first.estimate, second.estimate)
    close(first.tau2, second.tau2)
    close(first.ci_low, second.ci_low)
    close(first.prediction_high, second.prediction_high)


@given(studies(), st.sampled_from(ESTIMATORS), st.floats(-50, 50), st.floats(0.1, 10))
def test_shift_and_unit_carry_through(data: Studies, tau2: Estimator, shift: float, unit: float) -> None:
    effects, variances = split(data)
    plain = random_effects(effects, variances, tau2=tau2)
    moved = random_effects([unit * (y + shift) for y in effects], [unit**2 * v for v in variances], tau2=tau2)
    close(moved.estimate, unit * (plain.estimate + shift), 100)
    close(moved.tau2, unit**2 * plain.tau2, 100)
    close(moved.ci_low, unit * (plain.ci_low + shift), 100)
    close(moved.i2, plain.i2, 100)


@given(studies(3), st.sampled_from(ESTIMATORS), st.sampled_from(INTERVALS))
def test_estimate_lies_among_the_effects_and_prediction_holds_the_confidence_interval(
    data: Studies, tau2: Estimator, interval: Interval
) -> None:
    effects, variances = split(data)
    fit = random_effects(effects, variances, tau2=tau2, interval=interval)
    assert fit.tau2 >= 0
    assert 0 <= fit.i2 <= 100
    assert math.isclose(sum(fit.weights), 1)
    assert min(effects) - 1e-9 <= fit.estimate <= max(effects) + 1e-9
    assert fit.prediction_low is not None
    assert fit.prediction_high is not None
    assert fit.prediction_low <= fit.ci_low <= fit.estimate <= fit.ci_high <= fit.prediction_high


@given(studies(), st.sampled_from(ESTIMATORS))
def test_modified_interval_is_never_the_narrower(data: Studies, tau2: Estimator) -> None:
    modified = random_effects(*split(data), tau2=tau2, interval="mKH")
    for interval in ("HK", "Wald"):
        assert modified.ci_high >= random_effects(*split(data), tau2=tau2, interval=interval).ci_high - 1e-9


@given(
    st.lists(st.floats(-20, 20).map(lambda value: round(value, 6)), min_size=3, max_size=12),
    st.floats(0.01, 9),
    st.sampled_from(ESTIMATORS),
)
def test_equal_variances_have_a_closed_form(effects: list[float], variance: float, tau2: Estimator) -> None:
    spread = statistics.variance(effects)
    fit = random_effects(effects, [variance] * len(effects), tau2=tau2, interval="HK")
    close(fit.estimate, statistics.fmean(effects))
    close(fit.tau2, max(0.0, spread - variance), 10)
    # Hartung and Knapp's interval is then the ordinary t interval of the effects.
    close(fit.ci_high, statistics.fmean(effects) + t_975(len(effects) - 1) * math.sqrt(spread / len(effects)))


@given(studies())
def test_paule_mandel_solves_its_equation(data: Studies) -> None:
    effects, variances = split(data)
    fit = random_effects(effects, variances, tau2="PM")
    left = sum((y - fit.estimate) ** 2 / (v + fit.tau2) for y, v in data)
    assert math.isclose(left, len(data) - 1, rel_tol=1e-9) or (fit.tau2 == 0 and left <= len(data) - 1)


@given(studies())
def test_no_other_variance_is_likelier_than_the_reml_one(data: Studies) -> None:
    best = random_effects(*split(data)).tau2
    for other in (0.0, 0.5 * best, 2 * best, *(10 ** (power / 5) for power in range(-25, 16))):
        assert _restricted_likelihood(data, best) >= _restricted_likelihood(data, other) - 1e-6


def test_reml_finds_the_highest_of_several_peaks() -> None:
    # Variances between 0.001 and 30: climbing from one fixed start ended on a lower peak in some.
    chance = random.Random(1)
    for _ in range(300):
        many = chance.randint(2, 15)
        data = [(chance.gauss(0, 3), 10 ** chance.uniform(-3, 1.5)) for _ in range(many)]
        best = random_effects(*split(data)).tau2
        likeliest = max(_restricted_likelihood(data, 10 ** (power / 10)) for power in range(-50, 30))
        assert _restricted_likelihood(data, best) >= likeliest - 1e-6


def _restricted_likelihood(data: Studies, between: float) -> float:
    weights = [1 / (v + between) for _, v in data]
    mean = sum(w * y for w, (y, _) in zip(weights, data, strict=True)) / sum(weights)
    spread = sum(w * (y - mean) ** 2 for w, (y, _) in zip(weights, data, strict=True))
    return (sum(map(math.log, weights)) - math.log(sum(weights)) - spread) / 2


def test_two_studies_have_no_prediction_interval_and_three_a_very_wide_one() -> None:
    assert random_effects([1, 2], [1, 1]).prediction_low is None
    three = random_effects([1, 2, 3], [0.1, 0.1, 0.1])
    # One degree of freedom: 12.7 standard deviations to either side.
    assert three.prediction_high == pytest.approx(2 + 12.706204736174 * math.sqrt(three.tau2 + 1 / 3))


def test_studies_that_agree_by_chance_keep_their_uncertainty() -> None:
    assert random_effects([3, 3, 3], [1, 2, 4], interval="HK").ci_high == 3
    assert random_effects([3, 3, 3], [1, 2, 4], interval="mKH").ci_high > 5


@pytest.mark.parametrize(
    ("effects", "variances"),
    [([1.0], [1.0]), ([1.0, 2.0], [1.0]), ([1.0, 2.0], [1.0, 0.0]), ([1.0, math.nan], [1.0, 1.0])],
)
def test_numbers_that_are_no_effects_are_refused(effects: list[float], variances: list[float]) -> None:
    with pytest.raises(ValueError, match=r"two or more|finite"):
        random_effects(effects, variances)


def test_quantile_agrees_with_scipy() -> None:
    from scipy.stats import t  # type: ignore[import-untyped, unused-ignore]

    for degrees in range(1, 201):
        assert t_975(degrees) == pytest.approx(float(t.ppf(0.975, degrees)), rel=1e-12)
    with pytest.raises(ValueError, match="at least 1"):
        t_975(0)


@pytest.mark.filterwarnings("ignore:divide by zero")  # theirs, when all effects are equal
@settings(deadline=None)  # the first call waits for the import
@given(studies(3))
def test_statsmodels_agrees_where_it_can_do_the_same(data: Studies) -> None:
    import numpy as np
    from statsmodels.stats.meta_analysis import (  # type: ignore[import-untyped, unused-ignore]
        combine_effects,
    )

    effects, variances = split(data)
    theirs = combine_effects(
        np.array(effects), np.array(variances), method_re="iterated", use_t=True, atol=1e-6, maxiter=5000
    )
    ours = random_effects(effects, variances, tau2="PM", interval="HK")
    # Asked for more digits, statsmodels may step past the root by a rounding error, and then answers 0.
    assert ours.tau2 == pytest.approx(float(theirs.tau2), rel=1e-4, abs=1e-5)
    assert ours.estimate == pytest.approx(float(theirs.mean_effect_re), rel=1e-4, abs=1e-5)
    assert ours.q == pytest.approx(float(theirs.q), rel=1e-9, abs=1e-9)
    low, high = cast(tuple[float, float], theirs.conf_int(use_t=True)[3])
    assert (ours.ci_low, ours.ci_high) == pytest.approx((float(low), float(high)), rel=1e-4, abs=1e-5)


@given(st.integers(1, 500), st.integers(0, 500))
def test_log_odds_come_back_as_the_share(people: int, events: int) -> None:
    events = min(events, people)
    half = 0.5 if events in (0, people) else 0.0
    there_and_back = percent(logit_proportion(events, people).value)
    assert there_and_back == pytest.approx(100 * (events + half) / (people + 2 * half))


def test_extreme_log_odds_stay_within_0_and_100_percent() -> None:
    assert (percent(-5000), percent(5000)) == (0, 100)
