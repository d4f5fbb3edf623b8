"""The arithmetic of pooling reaches what others printed. Sources: published/README.md."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from evidence.pooling.effects import logit_proportion, mean_change, percent, standardised_mean_change
from evidence.pooling.random_effects import Interval, random_effects

PUBLISHED = Path(__file__).parent / "published"


def table(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(name: str) -> list[dict[str, float]]:
    return [{column: float(cell) for column, cell in line.items()} for line in table(name)]


def printed(value: float, digits: int) -> float:
    return round(value, digits)


def bcg() -> tuple[list[float], list[float]]:
    """Log risk ratios of tuberculosis and their variances."""
    effects, variances = [], []
    for line in table("bcg.csv"):
        a, b, c, d = (
            int(line[name]) for name in ("vaccinated_ill", "vaccinated_well", "control_ill", "control_well")
        )
        effects.append(math.log(a / (a + b)) - math.log(c / (c + d)))
        variances.append(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    return effects, variances


def clasp() -> tuple[list[float], list[float]]:
    """Log odds ratios and their variances."""
    effects, variances = [], []
    for line in numbers("clasp.csv"):
        a, c = line["treated_events"], line["control_events"]
        b, d = line["treated"] - a, line["control"] - c
        effects.append(math.log(a * d / (b * c)))
        variances.append(1 / a + 1 / b + 1 / c + 1 / d)
    return effects, variances


def test_reml_gives_the_printed_result_of_the_bcg_trials() -> None:
    fit = random_effects(*bcg(), interval="Wald")
    assert printed(fit.tau2, 4) == 0.3132
    assert printed(fit.estimate, 4) == -0.7145
    assert printed(fit.standard_error, 4) == 0.1798
    assert (printed(fit.ci_low, 4), printed(fit.ci_high, 4)) == (-1.0669, -0.3622)
    assert printed(fit.q, 4) == 152.2330
    # metafor prints 92.22 %, from tau². Ours is Higgins and Thompson's I²: (152.2330 - 12) / 152.2330.
    assert printed(fit.i2, 2) == 92.12


def test_reml_gives_the_printed_results_without_each_bcg_trial() -> None:
    effects, variances = bcg()
    for out, expected in enumerate(numbers("bcg-leave-one-out.csv")):
        fit = random_effects(
            effects[:out] + effects[out + 1 :], variances[:out] + variances[out + 1 :], interval="Wald"
        )
        reached = {
            "estimate": fit.estimate,
            "se": fit.standard_error,
            "ci_low": fit.ci_low,
            "ci_high": fit.ci_high,
            "q": fit.q,
            "tau2": fit.tau2,
        }
        assert {name: printed(value, 4) for name, value in reached.items()} == expected


@pytest.mark.parametrize(
    ("estimator", "tau", "mean", "error"),
    [("PM", 0.3681, -0.3811, 0.2060), ("REML", 0.1843, -0.2980, 0.1343)],
)
def test_both_estimators_give_the_printed_results_of_the_clasp_trials(
    estimator: str, tau: float, mean: float, error: float
) -> None:
    fit = random_effects(*clasp(), tau2="PM" if estimator == "PM" else "REML", interval="Wald")
    assert printed(math.sqrt(fit.tau2), 4) == tau
    assert printed(fit.estimate, 4) == mean
    assert printed(fit.standard_error, 4) == error


def test_paule_mandel_gives_the_printed_result_of_the_laboratories() -> None:
    data = numbers("laboratories.csv")
    fit = random_effects(
        [line["effect"] for line in data], [line["variance"] for line in data], tau2="PM", interval="Wald"
    )
    assert printed(math.sqrt(fit.tau2), 4) == 0.8399
    assert fit.tau2 == pytest.approx(0.705395309224248, abs=1e-9)
    assert fit.estimate == pytest.approx(62.4076199113286, abs=1e-9)
    assert (fit.ci_low, fit.ci_high) == pytest.approx((61.7450921043947, 63.0701477182625), abs=1e-9)
    assert fit.q == pytest.approx(24.801897741835, abs=1e-9)


def five_studies() -> tuple[list[float], list[float]]:
    data = numbers("five-studies.csv")
    return [line["effect"] for line in data], [line["standard_error"] ** 2 for line in data]


@pytest.mark.parametrize(
    ("interval", "low", "high"),
    [
        ("HK", -0.2795391301, 0.9388397211),
        ("mKH", -0.3014814653, 0.9607820563),
        ("Wald", -0.1158818414, 0.7751824324),
    ],
)
def test_intervals_give_the_printed_results_of_five_studies(
    interval: Interval, low: float, high: float
) -> None:
    fit = random_effects(*five_studies(), interval=interval)
    # R stops when tau² moves by less than 0.00001: it prints 0.1250834, the maximum lies at 0.1250828.
    assert fit.tau2 == pytest.approx(0.1250834209, abs=1e-6)
    assert fit.estimate == pytest.approx(0.3296502955, abs=1e-6)
    assert (fit.ci_low, fit.ci_high) == pytest.approx((low, high), abs=1e-6)
    assert fit.q == pytest.approx(7.7485839265, abs=1e-8)
    assert fit.i2 == pytest.approx(48.3776644, abs=1e-6)
    assert [printed(100 * weight, 2) for weight in fit.weights] == [17.33, 22.09, 19.41, 25.77, 15.40]


def test_paule_mandel_gives_the_printed_result_of_five_studies() -> None:
    fit = random_effects(*five_studies(), tau2="PM", interval="Wald")
    # R's root search stops at 0.0001; ours solves the equation, which a line below shows.
    assert fit.tau2 == pytest.approx(0.1085057664, abs=5e-6)
    assert fit.estimate == pytest.approx(0.3279726969, abs=1e-6)
    effects, variances = five_studies()
    left = sum((y - fit.estimate) ** 2 / (v + fit.tau2) for y, v in zip(effects, variances, strict=True))
    assert left == pytest.approx(4, abs=1e-12)


def test_prediction_interval_has_two_degrees_of_freedom_less_than_studies() -> None:
    fit = random_effects(*five_studies(), interval="Wald")
    assert (fit.prediction_low, fit.prediction_high) == pytest.approx((-1.0083260122, 1.6676266032), abs=5e-6)
    data = numbers("four-studies.csv")
    flat = random_effects(
        [line["effect"] for line in data], [line["variance"] for line in data], interval="Wald"
    )
    assert flat.tau2 == 0
    assert flat.estimate == pytest.approx(0.2121546961, abs=1e-10)
    assert (flat.ci_low, flat.ci_high) == pytest.approx((0.0167004741, 0.4076089182), abs=1e-10)
    assert (flat.prediction_low, flat.prediction_high) == pytest.approx(
        (-0.2169203525, 0.6412297448), abs=1e-10
    )


@pytest.mark.parametrize(
    ("effects", "interval", "confidence", "prediction"),
    [
        ([-2.0, -1.0, 0.0, 1.0, 2.0], "HK", 1.9632431614775574, 5.325251220443878),
        ([-0.01, -0.005, 0.0, 0.005, 0.01], "HK", 0.0098162158073877882, 0.011251646816140921),
        ([-0.01, -0.005, 0.0, 0.005, 0.01], "mKH", 0.55528902103955891, 0.63648926105674186),
    ],
)
def test_prediction_interval_uses_the_standard_error_of_its_interval(
    effects: list[float], interval: Interval, confidence: float, prediction: float
) -> None:
    fit = random_effects(effects, [0.2] * 5, interval=interval)
    assert fit.ci_high == pytest.approx(confidence, abs=1e-12)
    assert fit.prediction_high == pytest.approx(prediction, abs=1e-12)


def test_log_odds_give_the_printed_proportion_of_the_vasospasm_series() -> None:
    effects = [
        logit_proportion(int(line["improved"]), int(line["treated"])) for line in table("vasospasm.csv")
    ]
    fit = random_effects(
        [effect.value for effect in effects], [effect.variance for effect in effects], interval="Wald"
    )
    reached = [percent(value) / 100 for value in (fit.estimate, fit.ci_low, fit.ci_high)]
    # The same page prints 0.7984 (0.6924-0.8746) from a model of the counts: the log-odds method draws shares
    # near everybody towards the middle.
    assert [printed(value, 4) for value in reached] == [0.7575, 0.6605, 0.8337]


def test_standardised_changes_give_the_printed_results_of_the_trained_groups() -> None:
    effects = [
        standardised_mean_change(
            line["before"], line["sd_before"], line["after"], int(line["people"]), line["correlation"]
        )
        for line in numbers("training.csv")
    ]
    assert [printed(effect.value, 4) for effect in effects] == [0.5056, 1.0481, 1.8054, 1.4181, 0.0801]
    assert [printed(effect.variance, 4) for effect in effects] == [0.0594, 0.0254, 0.2322, 0.1225, 0.0802]
    fit = random_effects([effect.value for effect in effects], [effect.variance for effect in effects])
    assert printed(fit.tau2, 4) == 0.3164


def test_mean_change_follows_from_the_spread_of_differences() -> None:
    # Differences of 1, 2 and 3: mean 2, standard deviation 1, over three people.
    before, after = [4.0, 6.0, 5.0], [5.0, 8.0, 8.0]
    effect = mean_change(5, 1, 7, math.sqrt(3), 3, _correlation(before, after))
    assert effect.value == pytest.approx(2)
    assert effect.variance == pytest.approx(1 / 3)


def _correlation(first: list[float], second: list[float]) -> float:
    a, b = sum(first) / len(first), sum(second) / len(second)
    both = sum((x - a) * (y - b) for x, y in zip(first, second, strict=True))
    return both / math.sqrt(sum((x - a) ** 2 for x in first) * sum((y - b) ** 2 for y in second))
