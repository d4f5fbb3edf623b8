"""From rows of the evidence to one pooled estimate."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Literal

from evidence.model import Complication, Outcome, Row
from evidence.pooling.designs import design_of
from evidence.pooling.effects import Effect, logit_proportion, mean_change, percent, standardised_mean_change
from evidence.pooling.random_effects import Estimator, Interval, RandomEffects, random_effects
from evidence.pooling.result import LeaveOneOut, Measure, Pooled, PoolingRefused, StudyEffect
from evidence.pooling.scales import improvement_sign
from evidence.pooling.selection import Consent, FollowUp, Poolable, Question, choose, people

_Z = 1.959963984540054
_UNITS: dict[Measure, str] = {
    "mean_change": "points gained",
    "standardised_mean_change": "standard deviations gained",
    "percent_improvement": "percent gained",
    "proportion": "percent of people",
}
_ESTIMATORS: dict[Estimator, str] = {"REML": "restricted maximum likelihood", "PM": "Paule-Mandel"}
_INTERVALS: dict[Interval, str] = {
    "mKH": "Hartung-Knapp intervals, never narrower than the ordinary standard error allows",
    "HK": "Hartung-Knapp intervals",
    "Wald": "ordinary (normal) confidence intervals",
}


def pool(
    rows: Iterable[Row | str] | None = None,
    *,
    measure: Measure,
    procedure: str | None = None,
    scale: str | None = None,
    complication: str | None = None,
    months: tuple[float, float] | None = None,
    design: Literal["series", "trial"] | None = None,
    follow_up: FollowUp | None = None,
    leave_out: Collection[str] = (),
    accept: Collection[Consent] = (),
    tau2: Estimator = "REML",
    interval: Interval = "mKH",
    correlation: float = 0.5,
    assumed_sd: float | None = None,
) -> Pooled:
    """Pool one measure over studies that differ, or refuse with a reason.

    Args:
        rows: rows or their ids, all of which must be fit to be pooled; without them every fitting row of the
            evidence is taken, and the notes name what had to be left out.
        measure: ``"mean_change"`` in points and ``"standardised_mean_change"`` (both positive when people got
            better), ``"percent_improvement"`` (needs ``assumed_sd``), or ``"proportion"`` of people.
        procedure: a term of the procedure vocabulary.
        scale: exactly as the table names it.
        complication: a term of the complication vocabulary; the rows then are complications.
        months: shortest and longest follow-up.
        design: only series, or only trials.
        follow_up: which row to take when a study has several times within ``months``.
        leave_out: row ids or study keys.
        accept: refusals that you waive, in words; the notes repeat them.
        tau2: estimator of the between-study variance.
        interval: see `random_effects`.
        correlation: between the scores of the same people before and after, -1 to 1: studies do not print it.
        assumed_sd: standard deviation of single people's percent improvement, in percent points.

    Raises:
        PoolingRefused: with a reason for the reader.
        EvidenceError: when no row has a given id.
        ValueError: when an option is none of those above.

    Example:
        >>> from evidence.pooling import pool
        >>> infected = pool(procedure="dbs_gpi", complication="infection_hardware", measure="proportion")
        >>> infected.k
        4
    """
    if measure not in _UNITS or tau2 not in _ESTIMATORS or interval not in _INTERVALS:
        raise ValueError(f"no such option: {measure}, {tau2}, {interval}")
    if not -1 <= correlation <= 1:
        raise ValueError(f"{correlation} is no correlation")
    asked = Question(measure, procedure, scale, complication, months, design, follow_up, leave_out, accept)
    chosen, notes = choose(rows, asked)
    if measure == "percent_improvement" and assumed_sd is None:
        raise PoolingRefused(
            "hardly any study prints how far people differ in percent improvement: say what to assume, as in "
            "assumed_sd=25 (percent points), and the notes will say so"
        )
    effects = [_effect(row, measure, correlation, assumed_sd or 0.0) for row in chosen]
    for row, effect in zip(chosen, effects, strict=True):
        if effect.variance <= 0:
            raise PoolingRefused(f"{row.id} would have no uncertainty at all: its figures cannot be right")
    fit = _fit(effects, tau2, interval)
    notes += _notes(chosen, fit, measure, correlation, assumed_sd)
    back: Callable[[float], float] = percent if measure == "proportion" else float
    # Three studies or more: the core gives a prediction interval.
    assert fit.prediction_low is not None
    assert fit.prediction_high is not None
    return Pooled(
        estimate=back(fit.estimate),
        ci_low=back(fit.ci_low),
        ci_high=back(fit.ci_high),
        prediction_low=back(fit.prediction_low),
        prediction_high=back(fit.prediction_high),
        tau2=fit.tau2,
        i2=fit.i2,
        q=fit.q,
        k=fit.k,
        people=sum(people(row) for row in chosen),
        method=f"random effects, {_ESTIMATORS[tau2]}, {_INTERVALS[interval]}",
        measure=measure,
        scale=_scale(chosen[0]),
        unit=_UNITS[measure],
        rows=tuple(row.id for row in chosen),
        notes=tuple(notes),
        studies=_studies(chosen, effects, fit, back),
        leave_one_out=_leave_one_out(chosen, effects, tau2, interval, back),
    )


def _effect(row: Poolable, measure: Measure, correlation: float, assumed_sd: float) -> Effect:
    if measure == "proportion":
        counts = row.counts()
        assert counts is not None  # checked when the row was chosen
        return logit_proportion(*counts)
    assert isinstance(row, Outcome)
    if measure == "percent_improvement":
        return Effect(float(row.percent_improvement or 0), assumed_sd**2 / people(row))
    sign = improvement_sign(row.scale)
    if sign is None:
        raise PoolingRefused(
            f"{row.scale}: which way is better is not stated, so no change can be called a gain"
        )
    before, after = float(row.baseline_mean or 0), float(row.followup_mean or 0)
    sd_before, sd_after = float(row.baseline_sd or 0), float(row.followup_sd or 0)
    if measure == "mean_change":
        change = mean_change(before, sd_before, after, sd_after, people(row), correlation)
    else:
        change = standardised_mean_change(before, sd_before, after, people(row), correlation)
    return Effect(sign * change.value, change.variance)


def _fit(effects: Sequence[Effect], tau2: Estimator, interval: Interval) -> RandomEffects:
    return random_effects(
        [effect.value for effect in effects],
        [effect.variance for effect in effects],
        tau2=tau2,
        interval=interval,
    )


def _studies(
    rows: Sequence[Poolable], effects: Sequence[Effect], fit: RandomEffects, back: Callable[[float], float]
) -> tuple[StudyEffect, ...]:
    return tuple(
        StudyEffect(
            row=row.id,
            study=row.study,
            effect=effect.value,
            variance=effect.variance,
            value=back(effect.value),
            low=back(effect.value - _Z * math.sqrt(effect.variance)),
            high=back(effect.value + _Z * math.sqrt(effect.variance)),
            people=people(row),
            weight=weight,
        )
        for row, effect, weight in zip(rows, effects, fit.weights, strict=True)
    )


def _leave_one_out(
    rows: Sequence[Poolable],
    effects: Sequence[Effect],
    tau2: Estimator,
    interval: Interval,
    back: Callable[[float], float],
) -> tuple[LeaveOneOut, ...]:
    without = []
    for index, row in enumerate(rows):
        fit = _fit([*effects[:index], *effects[index + 1 :]], tau2, interval)
        without.append(LeaveOneOut(row.id, back(fit.estimate), back(fit.ci_low), back(fit.ci_high)))
    return tuple(without)


def _scale(row: Poolable) -> str:
    return row.complication if isinstance(row, Complication) else row.scale


def _notes(
    rows: Sequence[Poolable],
    fit: RandomEffects,
    measure: Measure,
    correlation: float,
    assumed_sd: float | None,
) -> list[str]:
    """What a reader has to know of this one estimate."""
    notes = []
    if measure in {"mean_change", "standardised_mean_change"}:
        notes.append(
            "Studies do not print how closely scores before and after go together; a correlation of "
            f"{correlation:g} is assumed. The intervals depend on it."
        )
    if measure == "percent_improvement":
        notes.append(
            f"Few studies print how far people differ; a standard deviation of {assumed_sd:g} percent points "
            "is assumed in each. Weights and intervals depend on it."
        )
        notes.append(
            "Some sources average each person's percentage, others compare two means: the two can differ."
        )
    if measure == "percent_improvement" and (fit.prediction_high or 0) > 100:
        notes.append(
            "The prediction interval runs past 100 percent, more than anyone can gain: read it as open."
        )
    if measure == "proportion":
        edge = [row.id for row in rows if _at_the_edge(row)]
        if edge:
            notes.append(
                f"None or all of the people in {', '.join(edge)}: half a person was added to either side."
            )
        events = sum((row.counts() or (0, 0))[0] for row in rows)
        if min(events, sum(people(row) for row in rows) - events) < 10:
            notes.append(
                "In all studies together fewer than ten people had the event, or fewer than ten had not: the "
                "log-odds method is then unreliable, and the interval is no more than a hint."
            )
        notes.append("The between-study variance is in squared log odds.")
    enrolled = [
        row.id for row in rows if isinstance(row, Outcome) and not row.counts() and row.n_followed is None
    ]
    if enrolled and measure != "proportion":
        notes.append(
            f"How many were followed is not printed, those enrolled are counted: {', '.join(enrolled)}."
        )
    procedures = [
        row.id for row in rows if "counts procedures" in row.note or _denominator(row) == "procedures"
    ]
    if procedures:
        notes.append(f"Operations, not people, are counted in {', '.join(procedures)}.")
    second_hand = [row.id for row in rows if row.second_hand]
    if second_hand:
        notes.append(f"Read in another text than the study itself: {', '.join(second_hand)}.")
    if any(design_of(row) == "trial" for row in rows):
        notes.append(
            "Arms of trials are taken alone: the number is no comparison with sham or another treatment."
        )
    if fit.k < 5:
        notes.append(
            f"Only {fit.k} studies: how far they differ is hardly known, and the prediction interval is wide "
            "for that reason too."
        )
    if fit.k == 3:
        notes.append("Leaving one out leaves two studies, too few for an estimate of their own.")
    return notes


def _at_the_edge(row: Poolable) -> bool:
    counts = row.counts()
    return counts is not None and counts[0] in (0, counts[1])


def _denominator(row: Poolable) -> str:
    return row.denominator_kind if isinstance(row, Complication) else ""
