"""A reader without JavaScript, and a reader on paper, get the questions with their answers and reasons."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.book.browser.published import CHAPTER, DESKTOP, PHONE, Reader
from tests.book.browser.questions import OnPage, all_on, bank, first_on
from widgets.quiz.model import ExtendedMatching, Hotspot, Numeric, Ordering, Question
from widgets.text.markdown import plain

pytestmark = pytest.mark.browser


def reasons(question: Question) -> list[str]:
    """Every reason that a question gives."""
    if isinstance(question, Numeric):
        return [question.reason, *(miss.reason for miss in question.near_misses)]
    if isinstance(question, ExtendedMatching):
        return [*(option.reason for option in question.options), *(stem.reason for stem in question.stems)]
    if isinstance(question, Ordering):
        return [item.reason for item in question.items]
    if isinstance(question, Hotspot):
        return [place.reason for place in question.places]
    return [option.reason for option in question.options]


def visible_text(asked: OnPage) -> str:
    """The text of a question that takes up room on the page, one space between words."""
    text = asked.form.evaluate(
        """form => {
          const walker = document.createTreeWalker(form, NodeFilter.SHOW_TEXT);
          const seen = [];
          while (walker.nextNode()) {
            const range = document.createRange();
            range.selectNodeContents(walker.currentNode);
            const shown = walker.currentNode.parentElement.checkVisibility({ visibilityProperty: true });
            if (shown && range.getBoundingClientRect().height > 0) seen.push(walker.currentNode.data);
          }
          return seen.join("");
        }"""
    )
    return " ".join(str(text).split())


def expect_all_told(asked: OnPage) -> None:
    text = visible_text(asked)
    for reason in reasons(asked.question):
        assert plain(reason) in text


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_scripts_questions_are_read_and_answers_opened(
    stick_reader: Reader, screen: dict[str, int]
) -> None:
    page = stick_reader.open(viewport=screen, java_script_enabled=False)
    for asked in all_on(page):
        question = asked.question
        text = visible_text(asked)
        assert plain(question.question) in text
        for part in [*getattr(question, "options", ()), *getattr(question, "items", ())]:
            assert plain(part.text) in text
        assert not any(plain(reason) in text for reason in reasons(question))
        asked.form.get_by_text("Answer and reasons").click()
        expect_all_told(asked)


def test_without_scripts_no_control_is_dead(stick_reader: Reader) -> None:
    page = stick_reader.open(java_script_enabled=False)
    expect(page.locator(".quiz button:visible")).to_have_count(0)
    expect(page.locator(".quiz :is(.toolbar, .result:not(:empty), .kept):visible")).to_have_count(0)
    expect(page.locator("button:visible")).to_have_count(0)
    # Enter in a field neither leaves the page nor loses what was typed.
    field = first_on(page, "numeric").form.locator(".number input")
    field.fill("26")
    field.press("Enter")
    expect(field).to_have_value("26")
    assert page.url == stick_reader.address + CHAPTER


def test_without_scripts_the_table_takes_the_place_of_the_chart(stick_reader: Reader) -> None:
    page = stick_reader.open(java_script_enabled=False)
    chart = page.locator(".course-chart")
    expect(chart.locator(".chart-box")).to_be_hidden()
    expect(chart.locator("figcaption")).to_be_visible()
    assert chart.locator("tbody th").first.evaluate("cell => cell.checkVisibility() && cell.offsetHeight > 0")


def test_hints_are_read_without_scripts(stick_reader: Reader) -> None:
    page = stick_reader.open(java_script_enabled=False)
    for question in bank().questions:
        hints = OnPage(page, question).form.locator(".hint")
        for index, hint in enumerate(question.hints):
            hints.nth(index).locator("summary").click()
            expect(hints.nth(index)).to_contain_text(plain(hint))
            expect(hints.nth(index).locator("p")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_paper_carries_every_answer_and_no_control(stick_reader: Reader, scripts: bool) -> None:
    page = stick_reader.open(java_script_enabled=scripts)
    page.emulate_media(media="print")
    for asked in all_on(page):
        expect_all_told(asked)
    for control in (".quiz button", ".toolbar", ".sidebar-drawer", ".toc-drawer", ".mobile-header", ".kept"):
        expect(page.locator(f"{control}:visible")).to_have_count(0)
    assert page.locator(".course-chart tbody th").first.evaluate("cell => cell.checkVisibility()")
    assert page.pdf()[:5] == b"%PDF-"


def test_paper_is_light_even_for_a_reader_in_the_dark(stick_reader: Reader) -> None:
    page = stick_reader.open(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    ink, paper = page.evaluate(
        """[getComputedStyle(document.querySelector(".quiz .stem")).color,
            getComputedStyle(document.body).backgroundColor]"""
    )
    assert paper == "rgb(255, 255, 255)"
    assert max(int(part) for part in ink[4:-1].split(",")) < 120
