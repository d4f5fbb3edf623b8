"""Every sentence of the forest plot, once for Python and page, and how numbers are written.

The page gets `WORDS` with its data and fills in the same places.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from evidence import Outcome
from evidence.pooling import Pooled
from evidence.pooling.designs import design_of
from evidence.pooling.effects import percent
from evidence.pooling.result import Measure
from evidence.pooling.selection import Poolable, people
from widgets.base.labels import procedure_label, study_label
from widgets.forest.catalogue import months, topic_label
from widgets.forest.selection import Months, Selection, figure

_Z = 1.959963984540054
#: A prediction interval longer than this, in percent or points, leaves nothing to quote.
_WIDE = 60

WORDS = {
    "result": "{0} studies, {1} people: on average {2} better (95\u00a0% interval {3}).",
    "result_share": "{0} studies, {1} people: it happened to {2} of people (95\u00a0% interval {3}).",
    "few": (
        "Not pooled: {0} of the three studies that one number needs. Fewer say nothing of how far studies"
        " differ; read them one by one."
    ),
    "overlap_certain": "Not pooled: {0} and {1} share people. Count only one of them. {2}",
    "overlap_likely": "Not pooled: {0} and {1} probably share people. Count only one of them. {2}",
    "overlap_possible": (
        "Not pooled: {0} and {1} may share people. Count only one of them, or both, knowing it. {2}"
    ),
    "repeated": "Not pooled: several rows of {0} would count the same people more than once. Choose one.",
    "mixed": (
        "Not pooled: trials and series. A series also counts what would have happened anyway. Choose one "
        "design, or both, knowing it."
    ),
    "expect": "A new clinic, with people like these, could expect an average between {0}.",
    "expect_share": "In a new clinic, with people like these, it could happen to between {0} of people.",
    "agree": (
        "The studies differ no more than by chance (I² 0\u00a0%, tau² {1}). With few studies that is no "
        "proof that they agree."
    ),
    "differ": (
        "The studies differ by more than chance: {0}\u00a0% of the spread (I²), with true averages about {2} "
        "points from their mean (tau, the root of tau² = {1})."
    ),
    "differ_share": (
        "The studies differ by more than chance: {0}\u00a0% of the spread (I²); tau² is {1}, in squared "
        "log odds."
    ),
    "wide": "So wide a range means: quote the range, not the average.",
    "scarce": (
        "With {0} studies, how far they differ is hardly known; the prediction interval is wide for that "
        "reason, too."
    ),
    "series": (
        "What the operation itself did. These are series without a control group: part of the gain may be"
        " regression to the mean, time or expectation."
    ),
    "series_share": (
        "What the operation caused. These are series: nobody counted how often it happens without, and "
        "what is not looked for is not found."
    ),
    "trial": "How it compares with sham or another treatment: arms of trials are taken alone here.",
    "person": "What one person will gain: people around an average differ, and some do not gain.",
    "waived": (
        "Series and trials, or people who may stand in two studies, are counted together here because you"
        " asked for it."
    ),
    "bound": (
        "Nobody can gain more than 100\u00a0%; the method does not know that. Read such an interval as open."
    ),
    "rare": (
        "Fewer than ten people had this, or fewer than ten had not: the method is unreliable here, and "
        "the interval no more than a hint."
    ),
    "global": (
        "Global ratings (such as “much better”) are not shown here: a judgement of the whole and a score "
        "never share a number."
    ),
    "sd": (
        "Few studies print how far people differ. A standard deviation of {0} percentage points is "
        "assumed in each: weights and intervals rest on it."
    ),
    "two_ways": (
        "Some sources average each person’s percentage, others compare two means: the two can differ."
    ),
    "correlation": (
        "Studies do not print how closely scores before and after go together; a correlation of 0.5 is "
        "assumed."
    ),
    "last": "Of several times, the last that fits is taken: {0}.",
    "untimed": "No follow-up time is printed, so not listed: {0}.",
    "enrolled": "How many were followed is not printed; those enrolled are counted: {0}.",
    "second_hand": "Read in another text than the study itself: {0}.",
    "half": "None or all of the people in {0}: half a person is added to either side.",
    "unfit": (
        "{0} more of the evidence’s rows cannot enter: they lack a figure this needs, count something "
        "else than people, or pool other studies."
    ),
    "method": "Random effects. Between-study variance: {0}. Interval: {1}. Q = {2}.",
    "without": "Without {0}: {1} ({2})",
    "without_few": "Leaving one out leaves two studies, too few for an estimate of their own.",
    "left": "Not counted.",
    "left_certain": "Not counted: it shares people with {0}.",
    "left_likely": "Not counted: it probably shares people with {0}.",
    "left_possible": "Not counted: it may share people with {0}.",
    "months": "{0} to {1} months",
    "months_from": "{0} months or longer",
    "months_to": "up to {1} months",
}
#: Names of the method's options, as the page's choices show them.
METHODS = {
    "REML": "restricted maximum likelihood",
    "PM": "Paule-Mandel",
    "mKH": "Hartung-Knapp, never narrower than the ordinary",
    "HK": "Hartung-Knapp",
    "Wald": "ordinary (normal)",
}
_UNITS: dict[Measure, str] = {
    "percent_improvement": "\u00a0%",
    "mean_change": " points",
    "proportion": "\u00a0%",
    "standardised_mean_change": "",
}


def say(key: str, *values: object) -> str:
    """A sentence with its values."""
    return WORDS[key].format(*values)


def rounded(value: float, decimals: int) -> str:
    """A number to so many decimals, halves away from zero as the page rounds them, with a true minus."""
    text = f"{Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return text.replace("-", "\u2212") if float(text) else text.lstrip("-")


class Scale:
    """How the numbers of one measure are written."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.decimals = 0 if measure == "percent_improvement" else 1
        self.unit = _UNITS[measure]

    def back(self, value: float) -> float:
        """From the scale of the calculation to the unit of the result."""
        return percent(value) if self.measure == "proportion" else value

    def plain(self, value: float) -> str:
        """A number without its unit; beyond the most that anyone can gain it is open."""
        return "over 100" if self.open(value) else rounded(value, self.decimals)

    def open(self, value: float) -> bool:
        """Whether no person can gain so much."""
        return self.measure == "percent_improvement" and value > 100

    def full(self, value: float) -> str:
        """A number with its unit."""
        return f"{rounded(value, self.decimals)}{self.unit}"

    def bounds(self, low: float, high: float) -> str:
        """An interval in brackets."""
        return f"({self.plain(low)} to {self.plain(high)})".replace(" ", "\u00a0")

    def range(self, low: float, high: float, joined: str = "to") -> str:
        """Two numbers and their unit."""
        return f"{self.plain(low)} {joined} {self.plain(high)}{self.unit}"


def interval_of(chosen: Selection, row: Poolable) -> tuple[float, float, float]:
    """A row's value and 95 % interval, in the unit of the result."""
    scale, effect = Scale(chosen.question.measure), chosen.effect(row)
    reach = _Z * effect.variance**0.5
    return scale.back(effect.value), scale.back(effect.value - reach), scale.back(effect.value + reach)


def effect_in_words(chosen: Selection, row: Poolable) -> str:
    """What a row says: as printed, with the interval that is computed here."""
    scale = Scale(chosen.question.measure)
    value, low, high = interval_of(chosen, row)
    bounds = scale.bounds(low, high)
    printed = figure(row, chosen.question)
    if chosen.question.measure == "proportion":
        return f"{printed} of {people(row)}: {scale.full(100 * float(str(printed)) / people(row))} {bounds}"
    if isinstance(printed, tuple):
        return f"{scale.full(value)} {bounds}"
    return f"{printed:g}{scale.unit} {bounds}".replace("-", "\u2212")


def window(bounds: Months) -> str:
    """A follow-up window in words, empty without bounds."""
    low, high = (None if bound is None else f"{bound:g}" for bound in bounds)
    if low is None and high is None:
        return ""
    return say("months_to" if low is None else "months_from" if high is None else "months", low, high)


def caption(chosen: Selection) -> str:
    """What the table shows, in one line."""
    question = chosen.question
    head = f"{procedure_label(question.procedure)}: {topic_label(question)}"
    return ", ".join(part for part in (head, window(chosen.months)) if part)


def headline(chosen: Selection) -> list[str]:
    """The result in one sentence, or every reason why there is none."""
    pooled, scale = chosen.pooled, Scale(chosen.question.measure)
    if pooled:
        key = "result_share" if chosen.question.measure == "proportion" else "result"
        bounds = scale.range(pooled.ci_low, pooled.ci_high)
        return [say(key, pooled.k, pooled.people, scale.full(pooled.estimate), bounds)]
    reasons = [say("repeated", study_label(study)) for study in chosen.repeated]
    if chosen.mixed and "series and trials" not in chosen.accept:
        reasons.append(say("mixed"))
    for pair in chosen.forbidding:
        names = study_label(pair.study_a), study_label(pair.study_b)
        reasons.append(say(f"overlap_{pair.certainty}", *names, pair.reason))
    if len({row.study for row in chosen.counted}) < 3:
        reasons.append(say("few", len({row.study for row in chosen.counted})))
    return reasons


def may_conclude(chosen: Selection, pooled: Pooled) -> list[str]:
    """What the numbers say."""
    scale, share = Scale(chosen.question.measure), chosen.question.measure == "proportion"
    ahead = scale.range(pooled.prediction_low, pooled.prediction_high, "and")
    tau2, i2 = rounded(pooled.tau2, 2 if share else 1), rounded(pooled.i2, 0)
    differ = "agree" if pooled.i2 < 0.5 else "differ_share" if share else "differ"
    said = [say("expect_share" if share else "expect", ahead)]
    if pooled.prediction_high - pooled.prediction_low > _WIDE:
        said.append(say("wide"))
    said.append(say(differ, i2, tau2, rounded(pooled.tau2**0.5, scale.decimals)))
    return [*said, say("scarce", pooled.k)] if pooled.k < 5 else said


def may_not_conclude(chosen: Selection, pooled: Pooled | None) -> list[str]:
    """What nobody may read into them."""
    share = chosen.question.measure == "proportion"
    designs = {design_of(row) for row in chosen.counted}
    said = [say("series_share" if share else "series")] if "series" in designs else []
    if "trial" in designs:
        said.append(say("trial"))
    if not share:
        said.append(say("person"))
    if pooled and (chosen.mixed or chosen.overlaps):
        said.append(say("waived"))
    if _past_the_bound(chosen, pooled):
        said.append(say("bound"))
    if share and _rare(chosen.counted):
        said.append(say("rare"))
    return said if share else [*said, say("global")]


def how(chosen: Selection, pooled: Pooled | None) -> list[str]:
    """How the numbers came about."""
    said = []
    if chosen.question.measure == "percent_improvement":
        said += [say("sd", f"{chosen.assumed_sd:g}"), say("two_ways")]
    if chosen.question.measure == "mean_change":
        said.append(say("correlation"))
    if any(bound is not None for bound in chosen.months):
        said += _naming("untimed", (row for row in chosen.question.rows if months(row) is None))
    several = {row.study for row in chosen.fitting if row not in chosen.listed}
    said += _naming("last", (row for row in chosen.listed if row.study in several))
    said += _naming("enrolled", filter(enrolled_only, chosen.counted))
    said += _naming("second_hand", (row for row in chosen.counted if row.second_hand))
    if chosen.question.measure == "proportion":
        said += _naming(
            "half", (row for row in chosen.counted if figure(row, chosen.question) in (0, people(row)))
        )
    if chosen.question.left_out:
        said.append(say("unfit", len(chosen.question.left_out)))
    if pooled:
        said.append(say("method", METHODS[chosen.tau2], METHODS[chosen.interval], rounded(pooled.q, 2)))
    return said


def without_one(chosen: Selection, pooled: Pooled) -> list[str]:
    """The estimate without each study in turn."""
    if pooled.k == 3:
        return [say("without_few")]
    scale = Scale(chosen.question.measure)
    names = {row.id: study_label(row.study) for row in chosen.counted}
    return [
        say("without", names[one.row], scale.full(one.estimate), scale.range(one.low, one.high))
        for one in pooled.leave_one_out
    ]


def enrolled_only(row: Poolable) -> bool:
    """Whether a row's people are those enrolled, since those followed are not printed."""
    return isinstance(row, Outcome) and row.n_followed is None


def _naming(key: str, rows: Iterable[Poolable]) -> list[str]:
    names = list(dict.fromkeys(study_label(row.study) for row in rows))
    return [say(key, ", ".join(names))] if names else []


def _past_the_bound(chosen: Selection, pooled: Pooled | None) -> bool:
    highest = [interval_of(chosen, row)[2] for row in chosen.listed]
    if pooled:
        highest += [pooled.ci_high, pooled.prediction_high]
    return any(map(Scale(chosen.question.measure).open, highest))


def _rare(rows: list[Poolable]) -> bool:
    counts = [row.counts() or (0, 0) for row in rows]
    events, total = (sum(numbers) for numbers in zip(*counts, strict=True)) if counts else (0, 0)
    return bool(counts) and min(events, total - events) < 10
