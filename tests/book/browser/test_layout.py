"""The page fits a small screen, a large letter, a finger, and the colours a reader has set."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.book.browser.published import (
    ALL_PAGES,
    CHAPTER,
    DESKTOP,
    ENLARGED,
    MAIN_PAGES,
    PAGES,
    PHONE,
    Reader,
)
from tests.book.browser.questions import CLOSING, TYPES, all_on, first_on
from tests.places import first_of

pytestmark = pytest.mark.browser

#: Visible controls of the quiz, as boxes: a control inside a label is as large as its label.
TARGETS = """
  [...document.querySelectorAll(".quiz :is(button, select, summary, input, label.button)")]
    .filter((control) => control.checkVisibility())
    .map((control) => control.closest("label") ?? control)
    .map((target) => ({ box: target.getBoundingClientRect(), html: target.outerHTML.slice(0, 120) }))
"""


def answer_in_every_way(page: Page) -> None:
    """One question of each type right, the others wrong or shown."""
    for index, asked in enumerate(all_on(page)):
        if asked.question.id in {first_on(page, kind).question.id for kind in TYPES}:
            asked.give_right()
            asked.check()
        elif index % 2:
            asked.give_wrong()
            asked.check()
        else:
            asked.button("Show answer").click()


def expect_to_fit(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = page.evaluate(
        """width => [...document.querySelectorAll("article :is(p, li, h1, h2, h3, button, select, input, summary)")]
          .filter((node) => node.checkVisibility() && !node.closest(".table-wrapper, .chart-scroll, .scroll"))
          .filter((node) => node.getBoundingClientRect().left < -0.5
            || node.getBoundingClientRect().right > width + 0.5)
          .map((node) => node.outerHTML.slice(0, 120))""",
        width,
    )
    assert outside == []


@pytest.mark.everywhere
def test_a_phone_comes_to_the_first_question_within_three_screens(stick_reader: Reader) -> None:
    """Story: a reader passed eighteen to thirty screens before being asked anything."""
    context = stick_reader.context(viewport=PHONE, has_touch=True)
    chapters = [
        name for name in ALL_PAGES if 'id="your-first-guess"' in (PAGES / name).read_text(encoding="utf-8")
    ]
    assert chapters
    far = {}
    for name in chapters:
        page = stick_reader.open(name, context)
        first = page.locator("#your-first-guess .question").first.bounding_box()
        assert first
        # A line or two is a matter of the machine's fonts.
        if (screens := first["y"] / PHONE["height"]) > 3.1:
            far[name] = screens
        page.close()
    assert far == {}


@pytest.mark.parametrize("screen", first_of([PHONE, ENLARGED]), ids=["phone", "enlarged"])
def test_no_page_scrolls_sideways(stick_reader: Reader, screen: dict[str, int]) -> None:
    context = stick_reader.context(viewport=screen, has_touch=True)
    for name in ALL_PAGES if screen is ENLARGED else MAIN_PAGES:
        page = stick_reader.open(name, context)
        expect_to_fit(page, screen["width"])
        page.close()


def test_a_large_letter_leaves_the_bar_of_a_phone_whole(stick_reader: Reader) -> None:
    """Story: at twice the size the name of the book took four lines, and stood above the screen and over the title."""
    page = stick_reader.open(CHAPTER, viewport=PHONE)
    page.add_style_tag(content="html { font-size: 200% !important }")
    expect_to_fit(page, PHONE["width"])
    bar, name = page.locator(".mobile-header").bounding_box(), page.locator(".header-center").bounding_box()
    assert bar
    assert name
    assert bar["y"] <= name["y"]
    assert name["y"] + name["height"] <= bar["y"] + bar["height"]


@pytest.mark.parametrize("screen", [ENLARGED, DESKTOP], ids=["enlarged", "desktop"])
def test_answered_questions_fit(stick_reader: Reader, screen: dict[str, int]) -> None:
    page = stick_reader.open_quiz(viewport=screen)
    answer_in_every_way(page)
    expect_to_fit(page, screen["width"])


def test_text_spaced_as_a_reader_may_need_it_is_not_cut_off(stick_reader: Reader) -> None:
    page = stick_reader.open_quiz(viewport=PHONE, has_touch=True)
    # WCAG 1.4.12; the policy of the page allows styles.
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    )
    answer_in_every_way(page)
    expect_to_fit(page, PHONE["width"])
    cut = page.evaluate(
        """[...document.querySelectorAll(".quiz :is(button, label, p, legend, summary, li)")]
          .filter((node) => node.checkVisibility() && node.clientWidth > 0)
          .filter((node) => node.scrollWidth > node.clientWidth + 1 && !node.querySelector("input[type=file]"))
          .filter((node) => getComputedStyle(node).overflowX !== "visible")
          .map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert cut == []


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_target_is_large_enough(stick_reader: Reader, screen: dict[str, int]) -> None:
    page = stick_reader.open_quiz(viewport=screen, has_touch=screen is PHONE)
    expect_large_targets(page)
    answer_in_every_way(page)
    expect_large_targets(page)


def expect_large_targets(page: Page) -> None:
    targets = page.evaluate(TARGETS)
    assert len(targets) > 20
    small = [
        target["html"] for target in targets if min(target["box"]["width"], target["box"]["height"]) < 24
    ]
    assert small == []


def test_nothing_moves_for_a_reader_who_wants_stillness(stick_reader: Reader) -> None:
    moving = """[...document.querySelectorAll("*")].filter((node) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(node);
        return /[1-9]/.test(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth";
      }).length"""
    page = stick_reader.open_quiz(reduced_motion="reduce")
    assert page.evaluate(moving) == 0
    # The same count sees the motion of a page that may move.
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_controls_and_marks_stand_out_in_forced_colours(stick_reader: Reader, theme: str) -> None:
    page = stick_reader.open_quiz(forced_colors="active", color_scheme=theme)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    answer_in_every_way(page)
    unseen = page.evaluate(
        """[...document.querySelectorAll(".quiz :is(button, select, summary, label, p, b)")]
          .filter((node) => node.checkVisibility() && node.textContent.trim())
          .filter((node) => {
            let ground = node;
            const transparent = (one) => /^rgba\\(.*, 0\\)$/.test(getComputedStyle(one).backgroundColor);
            while (ground && transparent(ground)) ground = ground.parentElement;
            const behind = ground ? getComputedStyle(ground).backgroundColor : "rgb(255, 255, 255)";
            return getComputedStyle(node).color === behind;
          })
          .map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert unseen == []
    # Buttons keep an edge or an underline, and right and wrong their words and marks.
    plain_buttons = page.evaluate(
        """[...document.querySelectorAll(".quiz button")].filter((node) => {
          const { borderTopWidth, borderTopStyle, textDecorationLine } = getComputedStyle(node);
          const edged = parseFloat(borderTopWidth) >= 1 && borderTopStyle !== "none";
          return node.checkVisibility() && !edged && textDecorationLine !== "underline";
        }).length"""
    )
    assert plain_buttons == 0
    for asked in all_on(page):
        state = asked.result.get_attribute("data-result") or ""
        mark = asked.result.evaluate("node => getComputedStyle(node, '::before').content")
        assert ("✓" in mark, "✗" in mark) == (state == "right", state == "wrong")
        words = {"right": "^Right", "wrong": "^Not yet", "shown": "^Answer shown"}
        expect(asked.result).to_have_text(re.compile(words[state]))


def test_a_chosen_option_is_told_by_more_than_colour(page: Page) -> None:
    asked = first_on(page, "single-best-answer")
    asked.give_wrong()
    asked.check()
    chosen = asked.form.locator(".options > li[data-mark=wrong]")
    expect(chosen).to_have_count(1)
    expect(chosen).to_contain_text("Wrong: your answer.")
    assert "✗" in chosen.locator("b").evaluate("node => getComputedStyle(node, '::before').content")


def test_the_contents_drawer_closes_after_a_choice(stick_reader: Reader) -> None:
    page = stick_reader.open(viewport=PHONE, has_touch=True)
    page.locator(".toc-header-icon").tap()
    drawer = page.locator(".toc-drawer")
    expect(drawer).to_be_in_viewport()
    drawer.get_by_role("link", name="Key points").tap()
    expect(drawer).not_to_be_in_viewport()
    expect(page.get_by_role("heading", name="Key points")).to_be_in_viewport()


@pytest.mark.parametrize("name", ["disorder/before-surgery.html", "evidence/gaps.html"])
def test_the_list_of_pages_shows_the_one_that_is_open(stick_reader: Reader, name: str) -> None:
    page = stick_reader.open(name)
    expect(page.locator(".sidebar-tree .current-page").last).to_be_in_viewport()


def test_the_way_back_up_stands_at_the_end_and_covers_nothing(stick_reader: Reader) -> None:
    page = stick_reader.open(viewport=PHONE, has_touch=True)
    up = page.get_by_role("link", name="Back to top")
    assert up.evaluate("up => getComputedStyle(up).position") == "static"
    up.click()
    page.wait_for_function("scrollY === 0")


def test_on_paper_the_questions_come_before_all_answers_unless_asked(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator(".skip-to-content").is_visible()
    tops = """part => [...document.querySelectorAll(part)].map((one) => one.getBoundingClientRect().top)"""
    for place in range(page.locator(".quiz").count()):
        page.evaluate("place => document.querySelectorAll('.quiz')[place].classList.add('looked-at')", place)
        parts = (".looked-at .answers > legend", ".looked-at .question .answer")
        questions, answers = (page.evaluate(tops, part) for part in parts)
        page.evaluate("document.querySelector('.looked-at').classList.remove('looked-at')")
        assert max(questions) < min(answers, default=float("inf"))
    page.locator(".answers-beside").evaluate("box => { box.checked = true; }")
    parts = (f"{CLOSING} .answers > legend", f"{CLOSING} .question .answer")
    questions, answers = (page.evaluate(tops, part) for part in parts)
    assert questions[0] < answers[0] < questions[1] < answers[1]


def test_a_page_opens_bit_by_bit_and_is_whole_in_the_end(stick_reader: Reader) -> None:
    page = stick_reader.open(viewport=PHONE)
    waiting = """[...document.querySelectorAll("article section section, .question, .cited")]
      .filter((part) => !part.closest("details:not([open])")).filter((part) => getComputedStyle(part).contentVisibility !== "visible" || !part.checkVisibility()).length"""
    assert page.evaluate(waiting) == 0
    # Nothing in sight moved while the rest came.
    shifts = page.evaluate(
        """() => new Promise((told) => new PerformanceObserver((list) =>
          told(list.getEntries().reduce((sum, { value }) => sum + value, 0)))
          .observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => told(0), 0))"""
    )
    assert shifts == 0


def test_who_moves_on_while_a_page_opens_stays_where_they_came(stick_reader: Reader) -> None:
    """WebKit keeps no place of its own: a quiz that was come to went out of sight again, and never started."""
    context = stick_reader.context()
    # What is out of sight follows frame by frame: none comes here but those the test lets through.
    context.add_init_script("window.frames = []; window.requestAnimationFrame = (act) => frames.push(act);")
    page = context.new_page()
    page.goto(stick_reader.address + CHAPTER)
    root = page.locator("html")
    expect(root).not_to_have_attribute("data-opened", "")
    quiz = page.locator("[data-widget=quiz]").last
    quiz.evaluate("quiz => quiz.scrollIntoView({ behavior: 'instant' })")
    expect(root).to_have_attribute("data-opened", "")
    expect(quiz).to_be_in_viewport()
    expect(quiz).to_have_attribute("data-alive", "")


def test_the_sign_beside_a_title_never_takes_a_line_of_its_own(stick_reader: Reader) -> None:
    # A title that just fills its line left a hole beneath it.
    page = stick_reader.open("sessions/operations.html", viewport=PHONE)
    title = page.get_by_role("heading", level=1)
    lines = "title => title.getBoundingClientRect().height / parseFloat(getComputedStyle(title).lineHeight)"
    assert title.evaluate(lines) < 1.5
