"""axe-core finds nothing on any page: light and dark, phone and desktop, its widgets as they come and in use."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.book.browser.published import ALL_PAGES, CHAPTER, DESKTOP, MAIN_PAGES, PHONE, Reader, come_near
from tests.book.browser.questions import all_on, tool
from tests.places import first_of

pytestmark = pytest.mark.browser

OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
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
        for screen in SCREENS:
            look(page, screen, theme, part)


def look(
    page: Page, screen: dict[str, int], theme: Literal["light", "dark"], part: str | None = None
) -> None:
    """Look at a page on one screen in one theme."""
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(screen)  # type: ignore[arg-type]
    # What happens to lie beneath the header of a phone counts as too small a target.
    page.evaluate("scrollTo(0, 0)")
    expect_accessible(page, part)


#: A step into each kind of widget: the control that is chosen, by key or click. A number's note opens at its focus.
STEPS = {
    "chart": "summary",
    "classroom": "summary, button",
    "conference": "input, button",
    "finder": "input",
    "forest": "tbody input",
    "number": "",
    "posture": "input",
    "progress": "button, summary",
    "quiz": "[data-do=show]",
    "rating": "input, button",
    "review": "input",
    "risk": "input, select, button",
    "steps": "button",
    "table": "thead button",
    "worksheet": "input, button",
}


def step_into(page: Page) -> None:
    """Start every widget of the page, open what it folds away, and choose one thing in it."""
    for widget in page.locator(".course-widget[data-widget]").all():
        kind = widget.get_attribute("data-widget") or ""
        if widget.get_attribute("hidden") is not None:
            page.mouse.wheel(0, 10)
            expect(widget).to_have_attribute("data-alive", "")
            page.locator("a.est").first.focus()
            continue
        come_near(widget)
        if kind == "chart":
            # A widget begins a screen before the reader comes; a chart is drawn when it is nearer.
            widget.locator(".chart-box").scroll_into_view_if_needed()
            expect(widget.locator(".chart-box svg").first).to_be_attached()
        widget.evaluate("widget => widget.querySelectorAll('details').forEach((one) => { one.open = true; })")
        control = (
            widget.locator(STEPS[kind]).locator("visible=true").and_(widget.locator(":enabled, summary"))
        )
        if control.count():
            control.first.focus()
            page.keyboard.press("ArrowRight" if control.first.get_attribute("type") == "range" else "Space")


@pytest.mark.parametrize(
    "name", first_of(ALL_PAGES, first=[*MAIN_PAGES, "course.html", "evaluation/person-finder.html"])
)
def test_every_page_with_its_widgets_in_use(stick_reader: Reader, name: str) -> None:
    page = stick_reader.open(name, viewport=PHONE, color_scheme="dark")
    step_into(page)
    if name in MAIN_PAGES:
        expect_accessible_everywhere(page)
        return
    # No style depends on size and theme together: looking twice meets both sizes and both themes.
    look(page, PHONE, "dark")
    look(page, DESKTOP, "light")


@pytest.mark.parametrize("name", MAIN_PAGES)
def test_main_pages_as_they_open(stick_reader: Reader, name: str) -> None:
    expect_accessible(stick_reader.open(name, viewport=PHONE))


@pytest.mark.everywhere
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
    expect(page.locator(".search-list li").first).to_be_visible()
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
