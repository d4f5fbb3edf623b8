"""Chooses the rows of a pooled estimate, and refuses those that do not belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evidence.model import Complication, Outcome, Row
from evidence.pooling.designs import design_of
from evidence.pooling.overlaps import overlaps_among
from evidence.pooling.result import Measure, PoolingRefused
from evidence.pooling.scales import is_global_rating
from evidence.tables import complications, outcomes
from evidence.tables import row as row_with_id

Poolable = Outcome | Complication
Consent = Literal["series and trials", "different procedures", "different definitions", "possible overlap"]
FollowUp = Literal["first", "last"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the evidence: which rows, and which usual refusals are waived."""

    measure: Measure
    procedure: str | None = None
    scale: str | None = None
    complication: str | None = None
    months: tuple[float, float] | None = None
    design: Literal["series", "trial"] | None = None
    follow_up: FollowUp | None = None
    leave_out: Collection[str] = field(default=())
    accept: Collection[Consent] = field(default=())


def choose(given: Iterable[Row | str] | None, asked: Question) -> tuple[tuple[Poolable, ...], list[str]]:
    """Rows that may be pooled, and sentences on what was left out or waived.

    Raises:
        PoolingRefused: when what remains must not be one number.
    """
    notes: list[str] = []
    rows = _candidates(given, asked)
    rows = [row for row in rows if not {row.id, row.study} & set(asked.leave_out)]
    if asked.months is not None:
        rows = _within(rows, asked.months, notes)
    if given is None:
        rows = _with_figures(rows, asked.measure, notes)
        rows = _without_syntheses(rows, notes)
    if asked.design:
        rows = [row for row in rows if design_of(row) == asked.design]
    if not rows:
        raise PoolingRefused("nothing to pool: no row with the figures that are needed fits what was asked")
    _refuse_syntheses(rows)
    _refuse_missing_figures(rows, asked.measure)
    _refuse_mixtures(rows, asked, notes)
    rows = _one_row_a_study(rows, asked.follow_up)
    _refuse_shared_people(rows, asked.accept, notes)
    if len(rows) < 3:
        raise PoolingRefused(
            f"only {len(rows)} {'study is' if len(rows) == 1 else 'studies are'} left ({_ids(rows)}): fewer "
            "than three say nothing of how far studies differ; show them side by side"
        )
    return tuple(rows), notes


def lacks_figures(row: Poolable, measure: Measure) -> str:
    """What a row lacks for this measure; empty when it has all."""
    if measure == "proportion":
        counts = row.counts()
        if counts is None:
            return "counts"
        if counts[1] < 1 or (isinstance(row, Complication) and row.denominator_kind == "events"):
            return "a count of people (it counts events)"
        return ""
    if isinstance(row, Complication):
        return "a score"
    if row.measure.startswith("median") or "median" in row.note.lower().split(".")[0]:
        # A median is no mean, and nobody knows how far apart they lie.
        return "a mean (it prints a median)"
    if measure == "percent_improvement":
        return (
            ""
            if row.percent_improvement is not None and people(row)
            else "a mean improvement in percent and a number of people"
        )
    needed = [row.baseline_mean, row.baseline_sd, row.followup_mean]
    if measure == "mean_change":
        needed.append(row.followup_sd)
    if any(cell is None for cell in needed):
        return "means with standard deviations before and after"
    return "" if people(row) >= 2 else "a number of people"


def people(row: Poolable) -> int:
    """The denominator of a row: those counted, else those followed, else those enrolled."""
    counts = row.counts()
    if isinstance(row, Complication):
        return counts[1] if counts else 0
    return row.n_followed or row.n_enrolled or 0


def _candidates(given: Iterable[Row | str] | None, asked: Question) -> list[Poolable]:
    wanted: list[Poolable] = []
    if given is None:
        wanted.extend(complications() if asked.complication else outcomes())
    else:
        for entry in given:
            row = row_with_id(entry) if isinstance(entry, str) else entry
            if not isinstance(row, (Outcome, Complication)):
                raise PoolingRefused(f"{row.id} is neither an outcome nor a complication")
            wanted.append(row)
    return [
        row
        for row in wanted
        if asked.procedure in (None, row.procedure)
        and (asked.scale is None or (isinstance(row, Outcome) and row.scale == asked.scale))
        and (
            asked.complication is None
            or (isinstance(row, Complication) and row.complication == asked.complication)
        )
    ]


def _within(rows: list[Poolable], months: tuple[float, float], notes: list[str]) -> list[Poolable]:
    low, high = months
    unknown = [row for row in rows if isinstance(row, Complication) or row.followup_months is None]
    if unknown:
        notes.append(f"Left out because no follow-up time is printed: {_ids(unknown)}.")
    return [
        row
        for row in rows
        if isinstance(row, Outcome) and row.followup_months is not None and low <= row.followup_months <= high
    ]


def _with_figures(rows: list[Poolable], measure: Measure, notes: list[str]) -> list[Poolable]:
    without = [row for row in rows if lacks_figures(row, measure)]
    if without:
        notes.append(
            f"Left out because {'it lacks' if len(without) == 1 else 'they lack'} the figures this needs: "
            f"{_ids(without)}."
        )
    return [row for row in rows if not lacks_figures(row, measure)]


def _without_syntheses(rows: list[Poolable], notes: list[str]) -> list[Poolable]:
    syntheses = [row for row in rows if design_of(row) == "synthesis"]
    if syntheses:
        notes.append(f"Left out, because they pool such studies themselves: {_ids(syntheses)}.")
    return [row for row in rows if design_of(row) != "synthesis"]


def _refuse_syntheses(rows: Sequence[Poolable]) -> None:
    for row in rows:
        if design_of(row) == "synthesis":
            raise PoolingRefused(f"{row.id} pools other studies already: their people would be counted twice")


def _refuse_missing_figures(rows: Sequence[Poolable], measure: Measure) -> None:
    for row in rows:
        lacking = lacks_figures(row, measure)
        if lacking:
            raise PoolingRefused(f"{row.id} lacks {lacking}: it cannot enter this estimate")


def _refuse_mixtures(rows: Sequence[Poolable], asked: Question, notes: list[str]) -> None:
    kinds = {type(row) for row in rows}
    if len(kinds) > 1:
        raise PoolingRefused("outcomes and complications answer different questions: pool one of them")
    _refuse_different_things(rows, asked, notes)
    procedures = sorted({row.procedure for row in rows})
    if len(procedures) > 1:
        if "different procedures" not in asked.accept:
            raise PoolingRefused(f"different operations ({', '.join(procedures)}): pool one of them")
        notes.append(f"Different operations stand in this number: {', '.join(procedures)}.")
    designs = Counter(design_of(row) for row in rows)
    if designs["trial"] and designs["series"]:
        trials = [row for row in rows if design_of(row) == "trial"]
        if "series and trials" not in asked.accept:
            raise PoolingRefused(
                f"trials ({_ids(trials)}) and series without a comparison: a series also counts what would "
                'have happened anyway; pool one kind, or accept "series and trials"'
            )
        notes.append(f"Series and trials stand in one number here; the trials are {_ids(trials)}.")


def _refuse_different_things(rows: Sequence[Poolable], asked: Question, notes: list[str]) -> None:
    scored = [row for row in rows if isinstance(row, Outcome)]
    scales = sorted({row.scale for row in scored})
    if len(scales) > 1:
        if len({is_global_rating(scale) for scale in scales}) > 1:
            raise PoolingRefused(
                f"global ratings and scales ({', '.join(scales)}): a judgement of the whole and a score "
                "measure different things and never share a number"
            )
        raise PoolingRefused(
            f"different scales ({', '.join(scales)}): a point on one is not a point on another"
        )
    counted = [row for row in rows if isinstance(row, Complication)]
    terms = sorted({row.complication for row in counted})
    if len(terms) > 1:
        raise PoolingRefused(f"different complications ({', '.join(terms)}): pool one of them")
    denominators = sorted({row.denominator_kind for row in counted})
    if len(denominators) > 1:
        raise PoolingRefused(
            f"different denominators ({', '.join(denominators)}): a share of one is not a share of another"
        )
    definitions = sorted({row.measure for row in scored}) if asked.measure == "proportion" else []
    if len(definitions) > 1:
        if "different definitions" not in asked.accept:
            raise PoolingRefused(
                f"the studies count different things ({'; '.join(definitions)}): choose rows that count the "
                'same, or accept "different definitions"'
            )
        notes.append(f"The studies counted different things: {'; '.join(definitions)}.")


def _one_row_a_study(rows: list[Poolable], follow_up: FollowUp | None) -> list[Poolable]:
    by_study: dict[str, list[Poolable]] = {}
    for row in rows:
        by_study.setdefault(row.study, []).append(row)
    chosen: list[Poolable] = []
    for study, several in by_study.items():
        times = {
            row.id: row.followup_months
            for row in several
            if isinstance(row, Outcome) and row.followup_months is not None
        }
        if len(several) > 1 and follow_up and len(times) == len(several):
            wanted = (min if follow_up == "first" else max)(times.values())
            several = [row for row in several if times[row.id] == wanted]
        if len(several) > 1:
            raise PoolingRefused(
                f"{study} has several rows ({_ids(several)}): the same people would count more than once; "
                'choose one, or the "first" or "last" follow_up'
            )
        chosen.extend(several)
    return chosen


def _refuse_shared_people(rows: Sequence[Poolable], accept: Collection[Consent], notes: list[str]) -> None:
    for pair in overlaps_among({row.study for row in rows}):
        if pair.certainty == "possible" and "possible overlap" in accept:
            notes.append(f"{pair.study_a} and {pair.study_b} may share people. {pair.reason}")
            continue
        shared = {
            "certain": "share people",
            "likely": "probably share people",
            "possible": "may share people",
        }
        raise PoolingRefused(
            f"{pair.study_a} and {pair.study_b} {shared[pair.certainty]}: leave one out. {pair.reason}"
        )


def _ids(rows: Sequence[Poolable]) -> str:
    return ", ".join(row.id for row in rows)
