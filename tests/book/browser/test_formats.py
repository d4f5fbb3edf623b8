"""Key feature and hotspot, answered by pointer and by keys, from a file, in the chapter and in an exam."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.book.browser.course_page import act, begin, end, open_course
from tests.book.browser.published import PHONE, Reader, come_to_quiz
from tests.book.browser.questions import OnPage, right_keys
from tests.book.browser.test_accessibility import expect_accessible
from tests.book.browser.test_exam import choose, expect_nothing_told
from tests.book.browser.test_keyboard import tab_to
from tests.book.browser.test_layout import expect_to_fit
from widgets.quiz import load
from widgets.quiz.model import Hotspot, KeyFeature

pytestmark = pytest.mark.browser

CHAPTER = "procedures/myectomy-and-myotomy"
BANK = {question.id: question for question in load(CHAPTER).questions}
ROPE, KEEP, NIGHT = "myo-spot-rope", "myo-spot-keep", "myo-swelling-neck"
#: In the drawing's units: well within the scalenes' outline, and on the page beside the neck.
IN_SCALENES, BESIDE = (484, 400), (320, 100)


def point(asked: OnPage, at: tuple[int, int]) -> None:
    """Press the drawing at a point in its own units."""
    x, y = asked.form.locator(".spots").evaluate(
        "(svg, [x, y]) => { const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM()); return [at.x, at.y]; }",
        list(at),
    )
    asked.page.mouse.click(x, y)


def on(page: Page, name: str) -> OnPage:
    asked = OnPage(page, BANK[name])
    asked.form.scroll_into_view_if_needed()
    expect(asked.form.locator(".actions")).to_be_visible()
    return asked


def test_a_mark_and_the_list_are_one_choice(stick_reader: Reader) -> None:
    page = stick_reader.open(f"{CHAPTER}.html#q-{ROPE}", viewport=PHONE, color_scheme="dark")
    come_to_quiz(page, ROPE)
    rope = on(page, ROPE)
    question = rope.question
    assert isinstance(question, Hotspot)
    # Nothing names a place while it is asked about: neither to eyes nor to a screen reader.
    seen = rope.form.locator(".answers").inner_text() + rope.form.locator(".answers").aria_snapshot()
    assert [place.label for place in question.places if place.label.lower() in seen.lower()] == []
    expect(rope.form.locator(".plate img:visible")).to_have_attribute("alt", question.shows)
    expect_to_fit(page, PHONE["width"])

    point(rope, BESIDE)
    expect(rope.result).to_have_text("No lettered place is here. Point nearer to one, or choose its letter.")
    assert rope.form.locator("input:checked").count() == 0
    point(rope, IN_SCALENES)
    expect(rope.option("a")).to_be_checked()
    expect(rope.option("a")).to_be_focused()
    expect(rope.form.locator(".letter.chosen")).to_have_text("A")
    rope.check()
    rope.expect_right()
    expect(rope.form.locator(".letter[data-mark=right]")).to_have_text("A✓")
    expect(rope.form.locator(".options > li").first).to_contain_text("Right: your answer. Scalenes.")
    point(rope, (416, 240))  # what is settled stays
    expect(rope.option("a")).to_be_checked()
    expect_accessible(page)

    # The other drawing by keys alone, first wrong, then right.
    keep = on(page, KEEP)
    rope.button("Try again").focus()
    tab_to(page, keep.option("a"))
    for key in ("Space", "ArrowDown"):
        page.keyboard.press(key)
    expect(keep.form.locator(".letter.chosen")).to_have_text("B")
    keep.expect_untouched()
    tab_to(page, keep.button("Check"))
    page.keyboard.press("Enter")
    expect(keep.result).to_have_text("Not yet: you marked B. 0 points.")
    expect(keep.form.locator(".letter[data-mark=wrong]")).to_have_text("B✗")
    for key in ("Enter", "Space"):  # another try begins at the first place
        page.keyboard.press(key)
    expect(keep.option("a")).to_be_checked()
    tab_to(page, keep.button("Check"))
    page.keyboard.press("Enter")
    keep.expect_right()

    # A step too many is not taken, one that harms takes all, and keys alone put it right.
    night = on(page, NIGHT)
    assert isinstance(night.question, KeyFeature)
    for key in ("a", "b"):
        tab_to(page, night.option(key))
        page.keyboard.press("Space")
    for _ in range(2):  # said twice, it is heard twice
        tab_to(page, night.option("c"))
        page.keyboard.press("Space")
        expect(night.result).to_contain_text("You may choose 2: take one away first.")
        expect(night.option("c")).not_to_be_checked()
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(night.option("b")).not_to_be_checked()
    night.option("c").click()
    night.check()
    expect(night.result).to_contain_text("Not yet: C would do harm here, so nothing counts this time.")
    expect(night.result).to_contain_text("0 points")
    expect(night.form.locator(".options > li").nth(2)).to_contain_text("Harmful: your answer.")
    night.button("Try again").click()
    night.option("c").click()
    night.check()
    expect(night.result).to_contain_text("Partly right: 1 of 2 steps that decide. 0.5 points")
    page.reload()
    come_to_quiz(page, NIGHT)
    expect(on(page, NIGHT).result).to_contain_text("0.5 points")
    expect(on(page, ROPE).form.locator(".letter.chosen")).to_have_text("A✓")


def test_an_exam_asks_them_and_tells_nothing(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    choose(page, "Myectomy and myotomy")
    asked = {one.question.id: one for one in begin(page, len(BANK))}
    rope, keep, night = asked[ROPE], asked[KEEP], asked[NIGHT]
    rope.form.scroll_into_view_if_needed()
    point(rope, IN_SCALENES)
    expect(rope.option("a")).to_be_checked()
    keep.option("c").focus()
    page.keyboard.press("Space")
    night.give(right_keys(night.question))
    night.option("c").click()
    expect(night.result).to_contain_text("You may choose 2")
    expect(night.option("c")).not_to_be_checked()
    for one in (rope, keep):
        expect_nothing_told(one)
    expect(page.locator(".set .score")).to_have_text(f"3 of {len(BANK)} answered")
    end(page)
    expect(page.locator(".marks .total")).to_have_text(f"2 of {len(BANK)} points; 3 of {len(BANK)} answered.")
    expect(keep.form.locator(".letter[data-mark=wrong]")).to_have_text("C✗")
    expect(keep.form.locator(".letter[data-mark=right]")).to_have_text("A✓")
    expect(act(page, "close")).to_be_visible()
