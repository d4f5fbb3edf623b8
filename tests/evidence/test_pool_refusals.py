"""`pool` refuses what must not be one number, with a reason, and says what it left out or assumed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal

import pytest

from evidence import EvidenceError, complications, outcomes, references, row, studies
from evidence.model import Complication, Outcome
from evidence.pooling import Pooled, PoolingRefused, overlaps, pool
from evidence.pooling.designs import design_of
from evidence.pooling.scales import improvement_sign, is_global_rating
from tests.sample import sample_read


def scored(study: str, before: float, after: float, **other: object) -> Outcome:
    """A made-up series that prints all that a mean change needs."""
    base = row("kiss2007-severity")
    assert isinstance(base, Outcome)
    figures = {
        "id": f"{study}-severity",
        "study": study,
        "baseline_mean": Decimal(str(before)),
        "followup_mean": Decimal(str(after)),
        "baseline_sd": Decimal("4.0"),
        "followup_sd": Decimal("5.0"),
        "n_enrolled": 20,
        "n_followed": 20,
    }
    return base.model_copy(update=figures | other)


def counted(study: str, events: int, people: int, **other: object) -> Complication:
    base = row("boviatsis2010-death")
    assert isinstance(base, Complication)
    return base.model_copy(
        update={"id": f"{study}-death", "study": study, "events_n": events, "at_risk_n": people} | other
    )


with sample_read():
    SERIES = [scored("kim2012", 20, 10), scored("cacciola2010", 22, 10), scored("jeong2009", 18, 11)]


@pytest.fixture(autouse=True)
def _on_the_sample(request: pytest.FixtureRequest) -> None:
    """What is promised of the evidence itself is marked as content; the rest reads the sample."""
    if request.node.get_closest_marker("content") is None:
        request.getfixturevalue("sample")


def why(rows: Sequence[Outcome | Complication | str], **options: object) -> str:
    with pytest.raises(PoolingRefused) as refusal:
        pool(rows, **({"measure": "mean_change"} | options))  # type: ignore[arg-type]
    assert isinstance(refusal.value, EvidenceError)
    return str(refusal.value)


def test_three_series_on_one_scale_are_pooled() -> None:
    pooled = pool(SERIES, measure="mean_change")
    assert pooled.k == 3
    assert pooled.people == 60
    assert pooled.rows == ("kim2012-severity", "cacciola2010-severity", "jeong2009-severity")
    assert pooled.scale == "TWSTRS severity"
    # A fall of the score is a gain.
    assert pooled.unit == "points gained"
    assert 7 < pooled.estimate < 12
    assert pooled.prediction_low < pooled.ci_low < pooled.estimate < pooled.ci_high < pooled.prediction_high
    assert sum(study.weight for study in pooled.studies) == pytest.approx(1)


def test_leaving_one_out_gives_the_estimate_of_the_others() -> None:
    four = [*SERIES, scored("calheiros2014", 21, 15)]
    without = pool(four, measure="mean_change").leave_one_out[3]
    three = pool(SERIES, measure="mean_change")
    assert without.row == "calheiros2014-severity"
    assert (without.estimate, without.low, without.high) == (three.estimate, three.ci_low, three.ci_high)


def test_assumed_correlation_is_said_and_changes_the_interval() -> None:
    half, most = (pool(SERIES, measure="mean_change", correlation=r) for r in (0.5, 0.9))
    assert any("correlation of 0.5 is assumed" in note for note in half.notes)
    assert most.studies[0].variance < half.studies[0].variance
    with pytest.raises(ValueError, match="no correlation"):
        pool(SERIES, measure="mean_change", correlation=1.5)


def test_different_scales_are_refused() -> None:
    mixed = [*SERIES, scored("taira1997", 11, 2, scale="Tsui")]
    assert "different scales (TWSTRS severity, Tsui)" in why(mixed)


def test_global_ratings_never_share_a_number_with_scales() -> None:
    rated = [
        "bertrand1993-global-clinical-rating",
        "cohengadol2003-clinician-global-rating",
        "ford1998-modified-twstrs-video",
    ]
    assert "global ratings and scales" in why(rated, measure="proportion")


def test_different_grades_are_no_single_share() -> None:
    reason = why([], measure="proportion", procedure="spd", scale="clinical judgement")
    assert "nothing to pool" in reason
    with pytest.raises(PoolingRefused, match="count different things"):
        pool(measure="proportion", procedure="spd", scale="clinical judgement")
    accepted = pool(
        measure="proportion", procedure="spd", scale="clinical judgement", accept=["different definitions"]
    )
    assert any("counted different things" in note for note in accepted.notes)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("kiss2004", "kiss2007", "share people"),
        ("hung2007", "walsh2013", "probably share people"),
        ("st580", "st648", "may share people"),
    ],
)
def test_people_are_never_counted_twice(first: str, second: str, words: str) -> None:
    reason = why([*SERIES, scored(first, 20, 10), scored(second, 20, 11)])
    assert f"{first} and {second} {words}" in reason


def test_only_a_possible_overlap_can_be_accepted() -> None:
    doubtful = [*SERIES[:2], scored("thieme2018cd", 20, 11)]
    assert "cacciola2010 and thieme2018cd may share people" in why(doubtful)
    accepted = pool(doubtful, measure="mean_change", accept=["possible overlap"])
    assert any("may share people" in note for note in accepted.notes)
    certain = [*SERIES, scored("kiss2004", 20, 10), scored("kiss2007", 20, 11)]
    assert "share people" in why(certain, accept=["possible overlap"])


def test_two_times_of_one_study_count_once() -> None:
    early = scored("kim2012", 20, 14, id="kim2012-early", followup_months=Decimal(3))
    late = scored("kim2012", 20, 10, id="kim2012-late", followup_months=Decimal(24))
    others = SERIES[1:]
    assert "kim2012 has several rows (kim2012-early, kim2012-late)" in why([early, late, *others])
    assert pool([early, late, *others], measure="mean_change", follow_up="first").rows[0] == "kim2012-early"
    assert pool([early, late, *others], measure="mean_change", follow_up="last").rows[0] == "kim2012-late"


def test_two_arms_at_one_time_are_not_chosen_between() -> None:
    arms = [scored("kim2012", 20, 14, id="kim2012-a"), scored("kim2012", 20, 10, id="kim2012-b")]
    assert "several rows" in why([*arms, *SERIES[1:]], follow_up="last")


def test_fewer_than_three_studies_are_refused() -> None:
    assert "only 2 studies are left" in why(SERIES[:2])
    assert "only 1 study is left" in why(SERIES[:1])
    assert "nothing to pool" in why([])


def test_follow_up_window_holds_and_rows_without_a_time_are_named() -> None:
    timed = [
        scored("kim2012", 20, 10, followup_months=Decimal(24)),
        scored("jeong2009", 20, 10, followup_months=Decimal(12)),
        scored("calheiros2014", 20, 11, followup_months=Decimal(6)),
        scored("parkin2001", 20, 12, followup_months=Decimal(60)),
        scored("pretto2008", 20, 12, followup_months=None),
    ]
    pooled = pool(timed, measure="mean_change", months=(6, 24))
    assert pooled.rows == ("kim2012-severity", "jeong2009-severity", "calheiros2014-severity")
    assert "Left out because no follow-up time is printed: pretto2008-severity." in pooled.notes


def test_series_and_trials_meet_only_when_that_is_said() -> None:
    mixed = [*SERIES, scored("volkmann2014", 20, 15, design="randomised sham-controlled")]
    assert "trials (volkmann2014-severity) and series" in why(mixed)
    assert pool(mixed, measure="mean_change", design="series").k == 3
    both = pool(mixed, measure="mean_change", accept=["series and trials"])
    assert any("Series and trials stand in one number" in note for note in both.notes)
    assert any("no comparison with sham" in note for note in both.notes)


def test_open_phase_of_a_trial_is_a_series() -> None:
    open_phase = scored("volkmann2014", 20, 15, design="randomised sham-controlled, open phase")
    assert design_of(open_phase) == "series"
    assert pool([*SERIES, open_phase], measure="mean_change").k == 4


def test_a_synthesis_is_never_pooled_with_its_own_studies() -> None:
    assert "ravindran2019-severity pools other studies" in why([*SERIES, "ravindran2019-severity"])


def test_different_operations_are_refused() -> None:
    mixed = [*SERIES, scored("ostrem2017", 20, 10, procedure="dbs_stn")]
    assert "different operations (dbs_gpi, dbs_stn)" in why(mixed)
    accepted = pool(mixed, measure="mean_change", accept=["different procedures"])
    assert "Different operations stand in this number: dbs_gpi, dbs_stn." in accepted.notes


def test_rows_without_the_figures_are_refused_when_named_and_listed_when_not() -> None:
    assert "volkmann2014-severity-3m-dbs-gpi lacks means with standard deviations" in why(
        ["volkmann2014-severity-3m-dbs-gpi", *SERIES]
    )
    pooled = pool(procedure="dbs_gpi", complication="infection_hardware", measure="proportion")
    assert any("kupsch2006-infection-hardware" in note for note in pooled.notes)


def test_percent_improvement_needs_a_stated_assumption() -> None:
    options = {"procedure": "dbs_gpi", "scale": "TWSTRS disability", "leave_out": ["kiss2004"]}
    with pytest.raises(PoolingRefused, match="say what to assume"):
        pool(measure="percent_improvement", **options)  # type: ignore[arg-type]
    pooled = pool(measure="percent_improvement", assumed_sd=25, **options)  # type: ignore[arg-type]
    assert any("standard deviation of 25 percent points" in note for note in pooled.notes)


def test_medians_are_not_averaged() -> None:
    median = scored("kim2012", 20, 10, measure="median score")
    assert "prints a median" in why([median, *SERIES[1:]])


def test_a_scale_without_a_stated_direction_has_no_gain() -> None:
    unknown = [
        scored(study, 20, 10, scale="Beck Depression Inventory")
        for study in ("kim2012", "jeong2009", "pretto2008")
    ]
    assert "which way is better is not stated" in why(unknown)


def test_events_and_people_and_leads_do_not_mix() -> None:
    deaths = [counted("boviatsis2010", 1, 106), counted("sorar2018", 0, 181)]
    leads = counted("voges2006", 1, 472, denominator_kind="leads")
    assert "different denominators (leads, patients)" in why([*deaths, leads], measure="proportion")
    events = counted("voges2006", 16, 62, denominator_kind="events")
    assert "counts events" in why([*deaths, events], measure="proportion")
    stroke = counted("voges2006", 0, 262, complication="seizure")
    assert "different complications (death, seizure)" in why([*deaths, stroke], measure="proportion")


def test_none_and_all_get_half_a_person_and_say_so() -> None:
    deaths = [counted("boviatsis2010", 1, 106), counted("sorar2018", 0, 181), counted("voges2006", 3, 262)]
    pooled = pool(deaths, measure="proportion")
    assert any("sorar2018-death: half a person was added" in note for note in pooled.notes)
    assert any("no more than a hint" in note for note in pooled.notes)
    assert 0 < pooled.ci_low < pooled.estimate < pooled.ci_high < 100
    assert pooled.studies[0].value == pytest.approx(100 / 106)
    assert pooled.people == 549


def test_outcomes_and_complications_do_not_mix() -> None:
    assert "different questions" in why(
        ["bertrand1993-global-clinical-rating", counted("sorar2018", 1, 181)], measure="proportion"
    )


def test_unknown_ids_and_options_are_named() -> None:
    with pytest.raises(EvidenceError, match="no row of the evidence"):
        pool(["kim2012-severty"], measure="mean_change")
    with pytest.raises(PoolingRefused, match="neither an outcome nor a complication"):
        pool(["walsh2013-bont"], measure="mean_change")
    with pytest.raises(ValueError, match="no such option: median"):
        pool(SERIES, measure="median")  # type: ignore[arg-type]


@pytest.mark.content
def test_no_scale_is_taken_for_a_global_rating() -> None:
    ratings = {entry.scale for entry in outcomes() if is_global_rating(entry.scale)}
    assert ratings
    assert not any(name.startswith(("TWSTRS severity", "Tsui", "BFMDRS", "VAS")) for name in ratings)


def test_scales_and_ratings_are_told_apart() -> None:
    assert all(map(is_global_rating, ("surgeon rating", "TWSTRS global outcome score", "clinical judgement")))
    assert improvement_sign("modified Tsui") == -1
    assert improvement_sign("EQ-5D index") == 1
    assert improvement_sign("surgeon rating") is None


@pytest.mark.content
def test_overlaps_name_known_studies_once() -> None:
    pairs = [(pair.study_a, pair.study_b) for pair in overlaps()]
    assert all(key in references() for pair in pairs for key in pair)
    assert all(first < second for first, second in pairs)
    assert len(set(pairs)) == len(pairs)
    assert all(pair.reason.endswith(".") for pair in overlaps())


@pytest.mark.content
def test_studies_of_one_cohort_overlap() -> None:
    known = {frozenset((pair.study_a, pair.study_b)) for pair in overlaps()}
    cohorts: dict[str, list[str]] = {}
    for key, study in studies().items():
        cohorts.setdefault(study.cohort, []).append(key)
    for keys in cohorts.values():
        for first in keys:
            for second in keys:
                assert first == second or frozenset((first, second)) in known


@pytest.mark.content
def test_every_complication_that_can_be_pooled_is_pooled_or_refused_with_a_reason() -> None:
    answers: list[Pooled | str] = []
    for procedure, term in sorted({(entry.procedure, entry.complication) for entry in complications()}):
        try:
            answers.append(pool(procedure=procedure, complication=term, measure="proportion"))
        except PoolingRefused as refusal:
            answers.append(str(refusal))
    assert all(answers)
    estimates = [answer for answer in answers if isinstance(answer, Pooled)]
    assert estimates
    assert all(
        0 <= found.prediction_low <= found.estimate <= found.prediction_high <= 100 for found in estimates
    )


def test_pooling_needs_no_heavy_library() -> None:
    heavy = "numpy", "scipy", "statsmodels", "pandas"
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, evidence.pooling; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not set(heavy) & set(seen)
