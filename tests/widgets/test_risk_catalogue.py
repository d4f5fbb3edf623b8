"""The risk explorer without a browser: what it offers, what it leaves out, and what it never mixes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from evidence import (
    Complication,
    Outcome,
    complication_terms,
    complications,
    outcomes,
    procedures,
    references,
    row,
    wilson,
)
from evidence.pooling import overlaps_among
from evidence.pooling.designs import design_of
from evidence.pooling.scales import is_global_rating
from tests.widgets.test_icons import SWALLOWING
from widgets.risk import catalogue, risk
from widgets.risk.catalogue import OPERATIONS, TOPICS, Case, case, cases

content = pytest.mark.content


@pytest.fixture(autouse=True)
def _fresh(request: pytest.FixtureRequest) -> Iterator[None]:
    """The evidence for what is marked as content, the sample for the rest; no test leaves a trace."""
    if request.node.get_closest_marker("content") is None:
        request.getfixturevalue("sample")
    cases.forget()
    yield
    cases.forget()


def ids(key: str) -> list[str]:
    return [share.row.id for share in case(key).shares]


@content
def test_every_operation_and_topic_is_known_by_one_key() -> None:
    assert len({one.key for one in cases()}) == len(cases())
    assert len({one.key for one in OPERATIONS}) == len(OPERATIONS)
    assert len({one.key for one in TOPICS}) == len(TOPICS)


@content
@pytest.mark.parametrize("one", cases(), ids=lambda one: one.key)
def test_a_case_counts_people_or_says_that_nobody_did(one: Case) -> None:
    assert bool(one.shares) != bool(one.unknown)
    for share in one.shares:
        assert share.unit == "people"
        assert share.out_of
        assert references()[share.row.source_key].complete
        assert not getattr(share.row, "left_out", "")
    assert len({share.row.id for share in one.shares}) == len(one.shares)
    known = {share.row.source_key for share in one.shares}
    assert one.shared_people == bool(overlaps_among(known) or len(known) < len(one.shares))
    # Gains are chosen row by row, so none needs to count anybody twice.
    assert one.topic.kind == "harm" or not one.shared_people


@content
def test_global_ratings_and_scales_never_stand_together() -> None:
    for one in cases():
        rated = {is_global_rating(share.row.scale) for share in one.shares if isinstance(share.row, Outcome)}
        assert len(rated) <= 1, one.key


@content
def test_the_drill_and_the_box_are_borrowed_and_the_current_is_not() -> None:
    for one in cases():
        lent = [
            share
            for share in one.shares
            if isinstance(share.row, Complication) and share.row.procedure == "dbs_all_indications"
        ]
        if lent:
            assert one.operation.implant
            assert one.topic.borrowed
            assert all(design_of(share.row) != "synthesis" for share in lent)  # type: ignore[arg-type]


def test_infection_is_borrowed_for_the_other_nucleus_and_speech_is_not() -> None:
    assert "boviatsis2010-infection-hardware" in ids("dbs-stn/infection")
    assert case("dbs-stn/speech").unknown


@content
def test_what_the_rows_say_is_what_the_list_says() -> None:
    markup = BeautifulSoup(risk().markup, "html.parser")
    links = markup.select(".all a.est")
    assert len(links) == sum(len(one.shares) for one in cases())
    for link in links:
        entry = row(str(link["href"]).split("#")[1])
        counts = entry.counts()
        assert link.parent
        said = " ".join(link.parent.get_text().split())
        if counts:
            assert said.startswith(f"{counts[0]} of {counts[1]} ")
            low, high = (int(bound + 0.5) for bound in wilson(*counts))
            assert f"({low if low or not counts[0] else '<1'} to {high})" in said or high == 100
        if getattr(entry, "second_hand", False):
            assert "Second-hand." in said


def test_counts_that_share_people_say_so() -> None:
    markup = BeautifulSoup(risk().markup, "html.parser")
    swallowing = markup.select_one('[data-operation=spd] [data-topic="swallowing"]')
    assert swallowing
    assert SWALLOWING in str(swallowing)
    assert "Some of these people stand in more than one of these counts" in swallowing.get_text()


def test_a_new_count_of_harm_enters_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    old = row(SWALLOWING)
    assert isinstance(old, Complication)
    new = old.model_copy(
        update={"id": "ford1998-dysphagia", "study": "ford1998", "events_n": 1, "at_risk_n": 16}
    )
    monkeypatch.setattr(catalogue, "complications", lambda: (*complications(), new))
    monkeypatch.setattr("widgets.icons.share.row", lambda row_id: new if row_id == new.id else row(row_id))
    assert "ford1998-dysphagia" in ids("spd/swallowing")


def test_a_changed_count_changes_the_explorer(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = row(SWALLOWING).model_copy(update={"events_n": 4})
    assert "4 of 12" not in risk().markup
    cases.forget()
    monkeypatch.setattr(
        "widgets.icons.share.row", lambda row_id: changed if row_id == SWALLOWING else row(row_id)
    )
    assert ">4 of 12</a>" in risk().markup
    assert "33 of 100 (14 to 61)" in risk().markup


@content
def test_an_operation_or_question_that_rows_name_is_offered() -> None:
    operations, questions = {one.key for one in OPERATIONS}, {one.key: one.kind for one in TOPICS}
    assert {entry.operation for entry in procedures().values() if entry.operation} == operations
    named = {entry.question for entry in complication_terms().values() if entry.question}
    assert named == {key for key, kind in questions.items() if kind == "harm"}
    assert {entry.gain for entry in outcomes() if entry.gain} == set(questions) - named


@pytest.mark.parametrize(
    "opening",
    [
        {"operation": "leucotomy"},
        {"gain": "swallowing"},
        {"harm": "pain"},
        {"harm": "fame"},
        {"operation": "dbs-gpi", "harm": "numbness"},
        {"beside": "leucotomy"},
    ],
)
def test_an_opening_that_is_not_offered_is_refused(opening: dict[str, str]) -> None:
    with pytest.raises(LookupError):
        risk(**opening)


def test_the_same_evidence_gives_the_same_bytes() -> None:
    assert risk().page_html() == risk().page_html()


@content
def test_the_explorer_is_light() -> None:
    """So many bytes for the frame, and so many for each count that it shows."""
    shown = sum(len(one.shares) for one in cases())
    assert len(gzip.compress(risk().page_html().encode())) <= 3_000 + 48 * shown
