"""The course page says what is due today, asks it one question at a time, and tells what was learned."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.book.browser.alone import REFUSED, SMALL
from tests.book.browser.course_page import (
    CHECKED_AT,
    act,
    answer,
    come_alive,
    kept,
    load_file,
    open_course,
    questions,
    saved,
)
from tests.book.browser.published import PHONE, Reader
from tests.book.browser.questions import OnPage
from tests.book.browser.test_accessibility import expect_accessible
from tests.book.browser.test_layout import expect_to_fit
from widgets.quiz.model import SingleBestAnswer

pytestmark = pytest.mark.browser

#: The day of these tests: a week after the answers of before were checked.
NOW = datetime.fromtimestamp(CHECKED_AT / 1000, UTC) + timedelta(days=7)
SINGLES = [path for path, one in questions().items() if isinstance(one, SingleBestAnswer) and not one.needs]
SURE, WRONG, FADING, LATER = SINGLES[0], SINGLES[12], SINGLES[25], SINGLES[40]


def before() -> dict[str, Any]:
    """What was answered a week ago: one right and sure, which comes back after eight days."""
    given = [(SURE, False, "very"), (WRONG, False, None), (FADING, True, None), (LATER, True, "very")]
    return {f"quiz/{path}": answer(path, right, certainty=sure) for path, right, sure in given}


def due(page: Page) -> str:
    return page.locator(".due").inner_text()


def open_today(reader: Reader, answers: dict[str, Any] | None = None, **settings: Any) -> Page:
    context = reader.context(**settings)
    context.clock.set_fixed_time(NOW)
    return open_course(reader, answers, context)


def asked(page: Page) -> OnPage:
    """The question in sight; there is one."""
    form = page.locator(".set .question:visible")
    expect(form).to_have_count(1)
    identity = form.get_attribute("data-id")
    return OnPage(page, next(one for one in questions().values() if one.id == identity))


def stands(page: Page) -> list[str]:
    return page.locator(".navigator button").all_inner_texts()


def test_what_is_due_is_asked_one_at_a_time_and_told_at_the_end(stick_reader: Reader) -> None:
    page = open_today(stick_reader, before())
    expect(page.locator(".due")).to_have_text(
        "3 questions are due today: 1 you were very sure of and got wrong, 1 you got wrong, 1 you knew and would soon forget. "
        "10 new questions wait besides."
    )
    expect_accessible(page)
    page.get_by_text("Pace, exam date, calendar").click()
    page.get_by_label("New questions a day").fill("1")
    page.get_by_label("New questions a day").press("Enter")
    expect(act(page, "ten")).to_have_text("4 questions now")

    act(page, "ten").focus()
    page.keyboard.press("Enter")
    first = asked(page)
    assert [first.question.id] == [questions()[SURE].id]
    assert page.evaluate("document.activeElement.textContent") == "Question 1 of 4"
    expect_accessible(page)
    # Keys alone: an option, Check, on to the next.
    right = next(index for index, option in enumerate(first.question.options) if option.correct)  # type: ignore[union-attr]
    inputs = first.form.locator(".options input")
    inputs.first.focus()
    page.keyboard.press("Space")
    for _ in range(right):
        page.keyboard.press("ArrowDown")
    first.button("Check").focus()
    page.keyboard.press("Enter")
    first.expect_right()
    expect(act(page, "next")).to_be_focused()
    page.keyboard.press("Enter")
    second = asked(page)
    assert second.question.id == questions()[WRONG].id
    second.give_wrong()
    second.check()
    assert [re.sub(r"\s+", " ", one) for one in stands(page)] == [
        "1 ✓ right",
        "2 ✗ wrong",
        "3 ○ open",
        "4 ○ open",
    ]
    act(page, "flag").locator("visible=true").click()
    expect(act(page, "flag").locator("visible=true")).to_have_text("★ Marked")
    # A reload goes on where it was.
    page.reload()
    come_alive(page)
    expect(page.locator(".navigator [aria-current=true]")).to_contain_text("3")
    third = asked(page)
    third.give_right()
    third.check()
    act(page, "next").click()
    expect(act(page, "next")).to_have_text("See what you learned")
    act(page, "next").click()
    ending = page.locator(".marks")
    expect(page.get_by_role("heading", name="What you learned")).to_be_focused()
    expect(ending).to_contain_text("2 of 3 right. 1 question that you once got wrong, you now got right.")
    expect(ending.locator(".learned").last).to_contain_text("comes back tomorrow")
    expect_accessible(page)
    act(page, "close").click()
    expect(page.locator(".due")).to_contain_text("Nothing is due today: you are up to date. ")
    # One is chosen by its mark, though it is not due.
    page.get_by_text("Choose what is asked").click()
    page.get_by_label("Which questions").select_option("marked")
    act(page, "ten").click()
    assert asked(page).question.id == questions()[WRONG].id
    # What is given up leaves the result that stood.
    act(page, "end-session").click()
    act(page, "close").click()
    result = kept(page)[f"quiz/{WRONG}"]
    assert (result["checked"], len(result["checks"]), result["checks"][-1]["points"]) == (True, 2, 0)


def test_before_anything_was_answered_it_invites_on_a_phone(stick_reader: Reader) -> None:
    page = open_today(stick_reader, viewport=PHONE)
    expect(page.locator(".due")).to_contain_text("Begin with ten questions")
    expect(page.locator(".sum")).to_be_hidden()
    act(page, "ten").click()
    expect(page.locator(".navigator button")).to_have_count(10)
    assert page.evaluate(SMALL, ":is(.navigator, .steps, .from)") == []
    expect_to_fit(page, PHONE["width"])
    expect_accessible(page)


def test_pace_marks_and_days_travel_in_the_file_and_for_the_calendar(
    stick_reader: Reader, tmp_path: Path
) -> None:
    page = open_today(stick_reader, before())
    page.get_by_text("Pace, exam date, calendar").click()
    page.get_by_label("Day of my exam").fill((NOW + timedelta(days=30)).strftime("%Y-%m-%d"))
    with page.expect_download() as download:
        act(page, "calendar").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename == "course-review.ics"
    assert text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:3 questions to come back to" in text
    page.get_by_label("Pause").check()
    expect(page.locator(".due")).to_have_text("You have paused: nothing is asked for until you go on.")
    file = saved(page, tmp_path)

    # A browser that keeps nothing has it all for this visit.
    context = stick_reader.context()
    context.clock.set_fixed_time(NOW)
    context.add_init_script(REFUSED)
    elsewhere = open_course(stick_reader, context=context)
    load_file(elsewhere, file)
    expect(elsewhere.locator(".due")).to_contain_text("You have paused")
    elsewhere.get_by_text("Pace, exam date, calendar").click()
    elsewhere.get_by_label("Pause").uncheck()
    expect(elsewhere.locator(".due")).to_contain_text("3 questions are due today")
    expect(elsewhere.locator(".recalled")).to_have_text(
        re.compile(r"4 questions in review, of which you would know about \d today\.")
    )
    act(elsewhere, "ten").click()
    asked(elsewhere).give_right()
    asked(elsewhere).check()
    expect(elsewhere.locator(".navigator")).to_contain_text("right")
