"""The chart: drawn when the reader comes, in the page's colours, in the place kept for it, with its numbers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.book.browser.published import DESKTOP, PHONE, Reader

pytestmark = pytest.mark.browser

COLOURS = """() => {
  const token = (name) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = getComputedStyle(document.body).getPropertyValue(name);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  };
  const styles = (selector, name) =>
    [...document.querySelectorAll(`.chart-box ${selector}`)].map((node) => getComputedStyle(node)[name]);
  return {
    ink: token("--course-ink"),
    procedure: token("--course-spd"),
    letters: [...new Set(styles(".xtick text", "fill"))],
    marks: [...styles(".point", "stroke"), ...styles(".point", "fill")],
  };
}"""


def drawn(page: Page) -> None:
    page.locator(".chart-box").scroll_into_view_if_needed()
    expect(page.locator(".chart-box[data-drawn] svg.main-svg").first).to_be_visible()


def expect_the_pages_colours(page: Page) -> dict[str, object]:
    page.wait_for_function(
        f"""() => {{ const {{ letters, ink }} = ({COLOURS})(); return letters.length === 1 && letters[0] === ink; }}"""
    )
    found: dict[str, object] = page.evaluate(COLOURS)
    assert found["procedure"] in found["marks"]  # type: ignore[operator]
    return found


def test_it_is_drawn_in_the_colours_of_the_theme_and_again_when_that_changes(reader: Reader) -> None:
    page = reader.open(color_scheme="light")
    drawn(page)
    light = expect_the_pages_colours(page)
    toggle = page.locator(".theme-toggle:visible").first
    while page.evaluate("document.body.dataset.theme") != "dark":
        toggle.click()
    dark = expect_the_pages_colours(page)
    assert light["ink"] != dark["ink"]
    assert light["procedure"] != dark["procedure"]


def test_it_follows_the_system_at_dusk(stick_reader: Reader) -> None:
    page = stick_reader.open(color_scheme="light")
    drawn(page)
    light = expect_the_pages_colours(page)
    page.emulate_media(color_scheme="dark")
    assert expect_the_pages_colours(page)["ink"] != light["ink"]


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_does_not_move_when_it_comes(stick_reader: Reader, screen: dict[str, int]) -> None:
    context = stick_reader.context(viewport=screen)
    context.add_init_script(
        """window.shifts = [];
           new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
             .observe({ type: "layout-shift", buffered: true });"""
    )
    page = stick_reader.open(context=context)
    size = "(({ width, height }) => [width, height])(document.querySelector('.chart-box').getBoundingClientRect())"
    # From the chart's own top: questions far above grow by their buttons, and the reader's place is held.
    below = """document.querySelector('.course-chart figcaption').getBoundingClientRect().top
      - document.querySelector('.chart-box').getBoundingClientRect().top"""
    before, caption = page.evaluate(size), page.evaluate(below)
    drawn(page)
    assert page.evaluate(size) == before
    assert page.evaluate(below) == pytest.approx(caption, abs=2)
    box, canvas = (
        page.locator(selector).first.bounding_box() for selector in (".chart-box", ".chart-box svg.main-svg")
    )
    assert box is not None
    assert canvas is not None
    assert canvas["width"] <= box["width"] + 0.5
    assert canvas["height"] <= box["height"] + 0.5
    assert sum(page.evaluate("window.shifts")) == 0


def test_its_numbers_stand_in_a_table_behind_it(stick_reader: Reader) -> None:
    page = stick_reader.open()
    chart = page.locator(".course-chart")
    expect(chart.get_by_role("img")).to_have_attribute("aria-label", re.compile(r"\w+ \w+ .{40,}", re.DOTALL))
    expect(chart.locator("table")).to_be_hidden()
    chart.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(chart.locator("table")).to_be_visible()
    assert chart.locator("tbody tr").count() >= 4
    widths = chart.locator("tr").evaluate_all("rows => [...new Set(rows.map((row) => row.cells.length))]")
    assert len(widths) == 1


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_none_of_its_words_is_cut_off(stick_reader: Reader, screen: dict[str, int]) -> None:
    page = stick_reader.open(viewport=screen)
    drawn(page)
    outside = page.evaluate(
        """() => {
          const box = document.querySelector(".chart-box").getBoundingClientRect();
          const sticksOut = (text) => {
            const { left, right, top, bottom } = text.getBoundingClientRect();
            return left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
          };
          return [...document.querySelectorAll(".chart-box text")].map((text) => text.textContent.trim() && sticksOut(text)
            && text.textContent).filter(Boolean);
        }"""
    )
    assert outside == []
