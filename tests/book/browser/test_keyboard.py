"""Every question is answered with keys alone, and nothing is lost on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.book.browser.published import CHAPTER, PHONE, Reader, come_to_quiz
from tests.book.browser.questions import ASKED, CLOSING, TYPES, OnPage, first_on, of_type, right_keys
from widgets.quiz.markup import LETTERS
from widgets.quiz.model import ExtendedMatching, MultipleResponse, Numeric, Ordering

pytestmark = pytest.mark.browser


def tab_to(page: Page, wanted: Locator, most: int = 40) -> None:
    """Press Tab until an element has the focus."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
        passed.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    raise AssertionError(f"Tab does not reach {wanted}; it went through {passed}")


def expect_focus_in_sight(page: Page) -> None:
    """The focus is on a control of the quiz that nothing covers, with room for its outline."""
    assert page.evaluate(
        """() => {
          const element = document.activeElement;
          const box = element.getBoundingClientRect();
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          const marked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
          const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return element.closest(".quiz") !== null && marked && element.contains(there)
            && box.top >= 5 && box.bottom <= innerHeight - 5;
        }"""
    ), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def go_to(reader: Reader, kind: str) -> tuple[Page, OnPage]:
    """Follow a link to the question: from there Tab goes on to its first control."""
    page = reader.open(f"{CHAPTER}#q-{of_type(kind).id}")
    come_to_quiz(page, of_type(kind).id)
    return page, first_on(page, kind)


def answer_with_keys(page: Page, asked: OnPage) -> None:
    question = asked.question
    press = page.keyboard.press
    if isinstance(question, Numeric):
        tab_to(page, asked.form.locator(".number input"))
        page.keyboard.type(f"{question.answer:g}")
    elif isinstance(question, ExtendedMatching):
        ids = [option.id for option in question.options]
        for index, answer in enumerate(right_keys(question)):
            tab_to(page, asked.form.locator("select").nth(index))
            for _ in range(ids.index(answer) + 1):
                press("ArrowDown")
            expect(asked.form.locator("select").nth(index)).to_have_value(answer)
    elif isinstance(question, Ordering):
        for place, key in enumerate(right_keys(question)):
            if asked.order().index(key) > place:
                go_back_to_start(page, asked)
                tab_to(page, asked.form.locator(f".items > li[data-key={key}] [data-do=up]"))
            while (now := asked.order().index(key)) > place:
                press("Enter" if now % 2 else "Space")
                assert asked.order().index(key) == now - 1
                expect_focus_in_sight(page)
    elif isinstance(question, MultipleResponse):
        for key in right_keys(question):
            tab_to(page, asked.option(key))
            press("Space")
    else:
        tab_to(page, asked.option("a"))
        press("Space")
        for _ in range(LETTERS.lower().index(right_keys(question)[0])):
            press("ArrowDown")


def go_back_to_start(page: Page, asked: OnPage) -> None:
    """Shift and Tab to the first control of the question."""
    first = asked.form.locator("[data-do=up]").first
    for _ in range(40):
        if first.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Shift+Tab")
            return
        page.keyboard.press("Shift+Tab")
        if not page.evaluate(f"document.activeElement.closest('#q-{asked.question.id}') !== null"):
            return
    raise AssertionError("Shift and Tab do not lead back to the first item")


@pytest.mark.parametrize("kind", TYPES)
def test_keys_alone_answer_each_type(stick_reader: Reader, kind: str) -> None:
    page, asked = go_to(stick_reader, kind)
    region = asked.result.element_handle()
    assert region is not None
    answer_with_keys(page, asked)

    # Neither arrows nor a change have submitted anything.
    if kind == "ordering":
        expect(asked.result).to_contain_text("is now")
        expect(asked.answer).to_be_hidden()
    else:
        asked.expect_untouched()
    expect(page.locator(f"{CLOSING} .toolbar .score")).to_have_text(
        f"0 of {ASKED} points; 0 of {ASKED} answered"
    )

    tab_to(page, asked.button("Check"))
    page.keyboard.press("Enter")
    asked.expect_right()
    expect(page.locator(f"{CLOSING} .toolbar .score")).to_have_text(
        f"1 of {ASKED} points; 1 of {ASKED} answered"
    )
    # A screen reader hears a live region only if it stood in the page before its text came.
    assert region.evaluate("node => node.isConnected && node.textContent.startsWith('Right.')")
    expect(asked.button("Try again")).to_be_focused()
    expect_focus_in_sight(page)

    page.keyboard.press("Enter")
    expect(asked.button("Check")).to_be_visible()
    expect_focus_in_sight(page)


def test_on_a_phone_the_focus_is_never_behind_the_header(stick_reader: Reader) -> None:
    page = stick_reader.open_quiz(viewport=PHONE, has_touch=True)
    for kind in TYPES:
        asked = first_on(page, kind)
        asked.give_right()
        asked.button("Check").focus()
        page.keyboard.press("Enter")
        expect_focus_in_sight(page)
        page.keyboard.press("Enter")
        expect_focus_in_sight(page)
        page.keyboard.press("Shift+Tab")
        while page.evaluate("document.activeElement.closest('.question') !== null"):
            expect_focus_in_sight(page)
            page.keyboard.press("Shift+Tab")
            if not page.evaluate(f"document.activeElement.closest('#q-{asked.question.id}') !== null"):
                break


def test_an_empty_answer_is_not_checked_and_can_be_shown(page: Page) -> None:
    for kind in TYPES:
        asked = first_on(page, kind)
        page.goto(page.url.partition("#")[0] + f"#q-{asked.question.id}")
        tab_to(page, asked.button("Check"))
        page.keyboard.press("Enter")
        expect(asked.result).to_contain_text("first")
        expect(asked.button("Check")).to_be_focused()
        expect(asked.answer).to_be_hidden()
        page.keyboard.press("Tab")
        expect(asked.button("Show answer")).to_be_focused()
        page.keyboard.press("Space")
        expect(asked.result).to_have_text("Answer shown: no points.")
        expect(asked.answer).to_be_visible()
        expect(asked.button("Try again")).to_be_focused()
        expect_focus_in_sight(page)
    expect(page.locator(f"{CLOSING} .toolbar .score")).to_have_text(
        f"0 of {ASKED} points; 5 of {ASKED} answered"
    )


def test_arrow_keys_never_submit(stick_reader: Reader) -> None:
    page, asked = go_to(stick_reader, "single-best-answer")
    tab_to(page, asked.option("a"))
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
        asked.expect_untouched()
    expect(asked.option("b")).to_be_checked()


def test_leaving_a_field_never_submits_but_enter_in_it_does(stick_reader: Reader) -> None:
    page, asked = go_to(stick_reader, "numeric")
    tab_to(page, asked.form.locator(".number input"))
    page.keyboard.type(f"{of_type('numeric').answer:g}")
    page.keyboard.press("Tab")
    asked.expect_untouched()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    asked.expect_right()
    expect_focus_in_sight(page)


def test_an_item_at_the_end_says_so_and_stays(stick_reader: Reader) -> None:
    page, asked = go_to(stick_reader, "ordering")
    first = asked.order()[0]
    up = asked.form.locator(f".items > li[data-key={first}] [data-do=up]")
    tab_to(page, up)
    before = asked.order()
    page.keyboard.press("Enter")
    expect(asked.result).to_contain_text("is already first")
    expect(up).to_be_focused()
    assert asked.order() == before
    asked.form.locator(f".items > li[data-key={first}] [data-do=down]").press("Enter")
    expect(asked.result).to_contain_text(f"is now 2 of {len(before)}")
    assert asked.order()[:2] == [before[1], first]


def test_the_tools_are_reached_and_used_with_keys(stick_reader: Reader) -> None:
    page, asked = go_to(stick_reader, "numeric")
    asked.give_right()
    asked.check()
    clear = page.locator(f"{CLOSING} .toolbar").get_by_role("button", name="Clear my answers")
    clear.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(clear).to_be_focused()
    asked.expect_right()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Clear", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(clear).to_be_focused()
    asked.expect_untouched()


def test_load_progress_is_reached_with_tab(stick_reader: Reader) -> None:
    page = stick_reader.open_quiz()
    page.locator(f"{CLOSING} .toolbar").get_by_role("button", name="Save progress").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "file"
    outline = page.locator(f"{CLOSING} .toolbar label.button").evaluate(
        "label => getComputedStyle(label).outlineStyle"
    )
    assert outline == "solid"
