"""Promises of the check that holds a printed number against its row."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence.numbers
from evidence import Complication, EvidenceError, Fact, Outcome, Row, check_number, outcomes, row, wilson

pytestmark = pytest.mark.usefixtures("sample")

BERTRAND = "bertrand1993-global-clinical-rating"


def outcome(**cells: Any) -> Outcome:
    return Outcome.model_validate(
        {**dict.fromkeys(Outcome.model_fields, ""), "id": "a-row", "second_hand": "no", **cells}
    )


def complication(**cells: Any) -> Complication:
    return Complication.model_validate(
        {**dict.fromkeys(Complication.model_fields, ""), "id": "a-row", "second_hand": "no", **cells}
    )


def fact(**cells: Any) -> Fact:
    return Fact.model_validate({**dict.fromkeys(Fact.model_fields, ""), "id": "a-row", **cells})


def borne_out(text: str, entry: Row) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence.numbers, "row", lambda row_id: entry)
        try:
            check_number(text, entry.id)
        except EvidenceError:
            return False
    return True


@pytest.mark.parametrize("text", ["228 of 260", "228/260", "88 %", "87.7 %", "260", "228 of 260 (88 %)"])
def test_what_the_row_says_may_be_printed(text: str) -> None:
    check_number(text, BERTRAND)


@pytest.mark.parametrize(
    ("text", "offending"),
    [
        ("229 of 260", "229 of 260"),
        ("228 of 261", "228 of 261"),
        ("260 of 228", "260 of 228"),
        ("87 %", "87 %"),
        ("87.6 %", "87.6 %"),
        ("228 %", "228 %"),
        ("260 percent", "260 percent"),
        ("228 of 260 (87 %)", "87 %"),
        ("7", "7"),
    ],
)
def test_number_in_prose_must_match_its_row(text: str, offending: str) -> None:
    with pytest.raises(EvidenceError) as refusal:
        check_number(text, BERTRAND)
    message = str(refusal.value)
    assert message.startswith(f"{offending!r} ")
    assert f"is not what {BERTRAND} says" in message
    assert "responders_n 228; responders_of 260" in message
    assert "\n" not in message


def test_a_number_that_only_names_where_it_was_read_is_no_figure() -> None:
    entry = outcome(study="braun1994", locator="table 7", read_at="https://example.org/31", responders_n="3")
    assert borne_out("3", entry)
    assert not any(borne_out(text, entry) for text in ("1994", "7", "31"))


def test_a_text_without_a_number_is_refused() -> None:
    with pytest.raises(EvidenceError, match="holds no number"):
        check_number("most of them", BERTRAND)


def test_unknown_row_suggests_near_ids() -> None:
    with pytest.raises(EvidenceError, match=f"'{BERTRAND}s'; did you mean {BERTRAND}"):
        check_number("228 of 260", BERTRAND + "s")


def test_unknown_row_like_no_other_suggests_nothing() -> None:
    with pytest.raises(EvidenceError) as refusal:
        row("§§§")
    assert str(refusal.value) == "no row of the evidence has the id '§§§'"


@given(people=st.integers(1, 2000), data=st.data(), digits=st.integers(0, 2))
def test_a_percentage_is_borne_out_by_its_counts_at_the_digits_shown(
    people: int, data: st.DataObject, digits: int
) -> None:
    events = data.draw(st.integers(0, people))
    entry = outcome(responders_n=str(events), responders_of=str(people))
    step = Decimal(1).scaleb(-digits)
    shown = (Decimal(100 * events) / people).quantize(step, ROUND_HALF_UP)
    assert borne_out(f"{events} of {people}", entry)
    assert borne_out(f"{shown} %", entry)
    # One step is within reach where the ratio lies on a half; two never are.
    assert not borne_out(f"{shown + 2 * step} %", entry)
    assert not borne_out(f"{events + 1} of {people}", entry)


@pytest.mark.parametrize(
    ("text", "right"), [("12 %", True), ("13 %", True), ("11 %", False), ("14 %", False)]
)
def test_a_half_may_be_rounded_both_ways(text: str, right: bool) -> None:
    assert borne_out(text, outcome(percent_improvement="12.5")) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("38 of 100 people", True),
        ("14 of 37", True),
        ("378 of 1000", True),
        ("39 of 100 people", False),
        ("38 of 1000", False),
        ("38 of 101", False),
        ("38 of 50", False),
    ],
)
def test_a_share_may_be_put_as_so_many_of_a_hundred(text: str, right: bool) -> None:
    """Pages for patients keep one denominator; the count itself may still stand."""
    counted = complication(events_n="14", at_risk_n="37", denominator_kind="patients")
    assert borne_out(text, counted) is right


def test_a_fact_is_put_of_a_hundred_too_and_no_percentage_as_points() -> None:
    assert borne_out("26 of 100", outcome(percent_improvement="26"))
    assert not borne_out("26 of 100 points", outcome(percent_improvement="26"))
    assert borne_out("58 of 100 people", fact(value="7", unit="of 12 patients"))
    assert not borne_out("7 of 100 people", fact(value="7", unit="of 12 patients"))


def test_events_are_no_share_of_a_hundred_people() -> None:
    events = complication(events_n="11", at_risk_n="16", denominator_kind="events")
    assert borne_out("11 of 16", events)
    assert not borne_out("69 of 100", events)


def test_events_of_people_are_no_percentage_of_people() -> None:
    cells = {"events_n": "24", "at_risk_n": "20"}
    assert borne_out("120 %", complication(**cells, denominator_kind="patients"))
    assert not borne_out("120 %", complication(**cells, denominator_kind="events"))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("5 years", True),
        ("5.3 years", True),
        ("63 months", True),
        ("6 years", False),
        ("5 months", False),
        ("5", False),
    ],
)
def test_years_come_from_months_and_only_years(text: str, right: bool) -> None:
    assert borne_out(text, outcome(followup_months="63")) is right


@pytest.mark.parametrize("joint", ["-", "–", " to ", " / "])
def test_both_ends_of_a_range_take_its_percent_sign(joint: str) -> None:
    entry = fact(statement=f"Seen in 13{joint}15% of people.")
    assert borne_out("13–15 %", entry)
    assert borne_out("13 % to 15 %", entry)
    assert not borne_out("13–16 %", entry)
    assert not borne_out("12–15 %", entry)


def test_a_value_in_percent_is_a_percentage_and_a_count_is_not() -> None:
    assert borne_out("56 %", fact(value="56", unit="percent with late follow-up"))
    assert not borne_out("56 %", fact(value="56", unit="procedures"))
    assert borne_out("56", fact(value="56", unit="procedures"))


def test_a_comma_marks_thousands() -> None:
    entry = fact(statement="Of 12,345 people 1,200 were followed; 1,200 of 12,345.")
    for text in ("12,345", "12345", "1,200 of 12,345", "1200 of 12345"):
        assert borne_out(text, entry), text
    for text in ("12", "345", "12,346", "1,200 of 12,346"):
        assert not borne_out(text, entry), text


def test_a_comma_before_other_than_three_digits_joins_a_list() -> None:
    assert borne_out("26,5", fact(statement="Scores 26 and 5."))
    assert not borne_out("26,5", fact(statement="A score of 26."))


@pytest.mark.parametrize("cells", [{"change": "-5.1"}, {"note": "fell by -5.1 points"}])
def test_a_minus_sign_counts(cells: dict[str, str]) -> None:
    assert borne_out("−5.1", outcome(**cells))
    assert not borne_out("−5.2", outcome(**cells))
    assert not borne_out("−5.1", outcome(change="5.1"))


def test_a_fall_printed_without_its_minus_is_refused_where_the_cell_is_negative() -> None:
    assert not borne_out("5.1", outcome(change="-5.1"))


@pytest.mark.parametrize("name", ["C2", "CD-24", "C3–C6", "TWSTRS-2", "SF-36", "botox10"])
def test_digits_of_a_name_are_no_number(name: str) -> None:
    entry = outcome(responders_n="7")
    assert borne_out(f"7 at {name}", entry)
    assert not borne_out(name, entry)


def test_a_pair_must_stand_together_in_the_row() -> None:
    entry = fact(statement="Of 40 people 9 were denervated and 31 stimulated; relief in 8 of 9.")
    assert borne_out("8 of 9", entry)
    assert borne_out("9 and 31", entry)
    assert not borne_out("9 of 31", entry)


def test_the_row_is_named_once_for_each_of_its_numbers() -> None:
    assert borne_out("62 people, 22 (35.5 %)", row("munchau2001-selection"))
    assert not borne_out("62 people, 22 (35.4 %)", row("munchau2001-selection"))


def test_every_outcome_bears_out_its_own_counts() -> None:
    counted = [entry for entry in outcomes() if entry.counts()]
    assert counted
    for entry in counted:
        events, people = entry.counts() or (0, 0)
        check_number(f"{events} of {people}", entry.id)


# Newcombe RG. Two-sided confidence intervals for the single proportion: comparison of seven methods.
# Stat Med 1998;17:857-872, doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I,
# method 3 (score without continuity correction).
@pytest.mark.parametrize(
    ("events", "people", "low", "high"),
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_wilson_gives_the_published_interval(events: int, people: int, low: float, high: float) -> None:
    assert wilson(events, people) == pytest.approx((low, high), abs=0.006)


@given(people=st.integers(1, 5000), data=st.data())
def test_wilson_holds_the_share_and_mirrors(people: int, data: st.DataObject) -> None:
    events = data.draw(st.integers(0, people))
    low, high = wilson(events, people)
    assert 0 <= low <= 100 * events / people + 1e-9
    assert 100 * events / people - 1e-9 <= high <= 100
    assert wilson(people - events, people) == pytest.approx((100 - high, 100 - low))


@pytest.mark.parametrize(("events", "people"), [(1, 0), (-1, 5), (6, 5)])
def test_wilson_refuses_what_is_no_proportion(events: int, people: int) -> None:
    with pytest.raises(ValueError, match=f"{events} of {people} is not a proportion"):
        wilson(events, people)
