"""An operation is stepped through by key; on paper and without a script every step is there with its drawing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.book.browser.published import CHAPTER, PHONE, Reader, come_near
from tests.book.browser.test_accessibility import expect_accessible_everywhere
from widgets.steps import load

pytestmark = pytest.mark.browser

NAME = "procedures/bertrand"
WIDGET = f"[data-widget=steps][data-name='{NAME}']"
#: Whether a drawing has come, and the place in it that it shows.
_DRAWN = "images => images.filter((one) => one.checkVisibility()).map((one) => one.naturalWidth && one.src.split('#')[1])"


def test_stepped_through_by_key_and_whole_on_paper(stick_reader: Reader) -> None:
    titles = [one.title for one in load(NAME).steps]
    page = stick_reader.open(CHAPTER, viewport=PHONE)
    widget = come_near(page.locator(WIDGET))
    items, told = widget.locator("li"), widget.get_by_role("status")
    expect(items.locator("visible=true")).to_have_count(1)
    following = widget.get_by_role("button", name="Next")
    following.focus()
    for number, title in enumerate(titles, 1):
        expect(told).to_have_text(f"Step {number} of {len(titles)}: {title}")
        page.keyboard.press("ArrowRight" if number % 2 else "Enter")
    # At the end nothing more happens, and the place on the button is kept.
    expect(following).to_have_attribute("aria-disabled", "true")
    expect(following).to_be_focused()
    expect(told).to_contain_text(titles[-1])
    page.keyboard.press("ArrowLeft")
    expect(told).to_contain_text(titles[-2])
    assert widget.locator("img").evaluate_all(_DRAWN) == [f"s{len(titles) - 1}"]
    items.nth(len(titles) - 2).locator("summary").press("Enter")
    expect_accessible_everywhere(page, WIDGET)

    page.emulate_media(media="print")
    assert widget.locator("img").evaluate_all(_DRAWN) == [
        f"s{number}" for number in range(1, len(titles) + 1)
    ]
    expect(widget.get_by_role("button")).to_have_count(0)

    page = stick_reader.open(CHAPTER, java_script_enabled=False)
    expect(page.locator(f"{WIDGET} li").locator("visible=true")).to_have_count(len(titles))
    expect(page.locator(f"{WIDGET} img").locator("visible=true")).to_have_count(len(titles))
