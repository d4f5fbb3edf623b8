"""axe-core finds nothing on any page: light and dark, phone and desktop, before and after answering."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.book.browser.published import ALL_PAGES, CHAPTER, DESKTOP, MAIN_PAGES, PHONE, Reader
from tests.book.browser.questions import all_on, tool

pytestmark = pytest.mark.browser

OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"empty-table-header": {"enabled": False}},  # the corner of a table may stay empty
    "preload": False,  # axe-core would fetch the styles, which a page from a file refuses
}
SCREENS = (PHONE, DESKTOP)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def expect_accessible(page: Page, part: str | None = None) -> None:
    found = Axe().run(page, part, OPTIONS).response
    assert found["passes"] or found["violations"], "axe-core looked at nothing"
    faults = [
        f"{fault['id']}: {node['html'][:160]} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
    assert faults == []


def expect_accessible_everywhere(page: Page, part: str | None = None) -> None:
    """Light and dark, on a phone and on a desktop: one page, looked at four times."""
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        for screen in SCREENS:
            page.set_viewport_size(screen)  # type: ignore[arg-type]
            expect_accessible(page, part)


@pytest.mark.parametrize("name", MAIN_PAGES)
def test_main_pages(stick_reader: Reader, name: str) -> None:
    expect_accessible_everywhere(stick_reader.open(name, has_touch=True))


@pytest.mark.parametrize("name", [name for name in ALL_PAGES if name not in MAIN_PAGES])
def test_other_pages(stick_reader: Reader, name: str) -> None:
    context = stick_reader.context(viewport=PHONE, color_scheme="dark")
    expect_accessible(stick_reader.open(name, context))


def test_answered_questions(stick_reader: Reader) -> None:
    page = stick_reader.open_quiz(has_touch=True)
    questions = all_on(page)
    for asked in questions:
        for hint in asked.form.locator(".hint summary:visible").all():
            hint.click()
        asked.give_wrong()
        asked.form.get_by_label("very sure").check()
        asked.check()
        expect(asked.result).to_have_attribute("data-result", "wrong")
    expect_accessible_everywhere(page, ".quiz")
    for asked in questions:
        asked.button("Show answer").click()
    expect_accessible_everywhere(page, ".quiz")
    for asked in questions:
        asked.button("Try again").click()
        asked.give_right()
        asked.check()
        expect(asked.result).to_have_attribute("data-result", "right")
    tool(page, "Clear my answers").click()
    expect_accessible_everywhere(page, ".quiz")


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_for_a_wrong_address(online_reader: Reader, theme: str) -> None:
    page = online_reader.open("procedures/no/such/page.html", color_scheme=theme)
    online_reader.troubles.clear()  # Chromium reports the 404 that was asked for
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect_accessible(page)
    page.locator(".sidebar-tree").get_by_role("link", name="Selective peripheral denervation").click()
    expect(page).to_have_url(online_reader.address + CHAPTER)


def test_search_results(stick_reader: Reader) -> None:
    page = stick_reader.open("search.html?q=denervation")
    expect(page.locator("#search-results li").first).to_be_visible()
    expect_accessible(page)


def test_the_pages_own_colours_follow_the_theme_that_was_chosen(stick_reader: Reader) -> None:
    page = stick_reader.open("index.html", color_scheme="light")
    colour = "getComputedStyle(document.body).getPropertyValue('--course-page').trim()"
    assert page.evaluate(colour) == "#ffffff"
    toggle = page.locator(".theme-toggle:visible").first
    while page.evaluate("document.body.dataset.theme") != "dark":
        toggle.click()
    assert page.evaluate(colour) == "#131416"
    expect_accessible(page)
    page.goto(stick_reader.address + CHAPTER)
    assert page.evaluate(colour) == "#131416"
