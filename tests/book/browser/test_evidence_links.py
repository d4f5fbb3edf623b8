"""A number of the text shows what stands behind it, and leads to its row; the evidence's tables answer their reader."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from evidence import bound
from tests.book.browser.published import DESKTOP, PHONE, Reader
from widgets.number import note as note_of

pytestmark = pytest.mark.browser

TABLE = "evidence/complications.html"
PATIENTS = "sessions/understanding.html"


def number(page: Page) -> Locator:
    """The first number of the chapter that leads to an outcome: far above the chart, which would be asked for and left."""
    return page.locator("a.est[href*='evidence/outcomes.html#']").first


def row_of(link: Locator) -> str:
    return (link.get_attribute("href") or "").split("#")[1]


def ready(page: Page) -> Page:
    """The page after the reader's first move, which brings its scripts."""
    page.mouse.wheel(0, 200)
    expect(page.locator("[data-widget=number]")).to_have_attribute("data-alive", "")
    return page


def test_the_mouse_opens_the_note_and_leaves_it(reader: Reader) -> None:
    page = ready(reader.open())
    link = number(page)
    link.hover()
    note = page.locator("#est-note")
    lines = note_of(bound(row_of(link)))
    assert any(line.startswith("Read in: ") for line in lines)
    for line in lines:
        expect(note).to_contain_text(line)
    # The note can be reached without its closing (WCAG 1.4.13).
    note.hover()
    expect(note).to_be_visible()
    page.mouse.move(1, 1)
    expect(note).to_be_hidden()


def test_focus_opens_the_note_escape_closes_it_and_enter_follows_it(stick_reader: Reader) -> None:
    page = ready(stick_reader.open())
    link = number(page)
    link.focus()
    note = page.locator("#est-note")
    expect(note).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", "est-note")
    assert Axe().run(page, options={"preload": False}).response["violations"] == []
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(link).to_be_focused()
    row = row_of(link)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"evidence/outcomes\.html#{row}$"))
    expect(page.locator(f"#{row}")).to_be_in_viewport()


def test_the_first_tap_opens_the_note_and_its_link_leads_on(stick_reader: Reader) -> None:
    page = ready(stick_reader.open(viewport=PHONE, has_touch=True))
    row = row_of(number(page))
    number(page).tap()
    note = page.locator("#est-note")
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    note.get_by_role("link").tap()
    page.wait_for_url(re.compile(rf"#{row}$"))


def test_without_scripts_a_number_still_leads_to_its_row(stick_reader: Reader) -> None:
    page = stick_reader.open(java_script_enabled=False)
    row = row_of(number(page))
    number(page).click()
    page.wait_for_url(re.compile(rf"evidence/outcomes\.html#{row}$"))


def test_a_table_is_searched_filtered_and_sorted_by_keyboard(stick_reader: Reader) -> None:
    page = stick_reader.open(TABLE)
    search = page.get_by_role("searchbox", name="Search", exact=True)
    count = page.locator(".data-table .count")
    expect(count).to_have_text(re.compile(r"^\d+ rows$"))
    everything = page.locator("tbody tr").count()
    search.focus()
    page.keyboard.type("embolism")
    expect(count).to_have_text(re.compile(rf"^\d+ of {everything} rows$"))
    for row in page.locator("tbody tr:visible").all():
        assert "embolism" in (row.text_content() or "").lower()
    search.fill("")
    page.get_by_label("Complication", exact=True).select_option("Death")
    assert 0 < page.locator("tbody tr:visible").count() < everything
    heading = page.get_by_role("columnheader", name="Study")
    heading.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    names = page.locator("tbody tr:visible th").all_inner_texts()
    assert names == sorted(names, key=str.casefold)


def test_a_link_to_a_row_that_a_filter_hides_still_leads_there(stick_reader: Reader) -> None:
    page = stick_reader.open(TABLE)
    page.get_by_role("searchbox", name="Search", exact=True).fill("no such words anywhere")
    page.evaluate("location.hash = 'girard2003-death'")
    expect(page.locator("#girard2003-death")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_linked_row_is_in_sight_on_opening_on_reload_and_on_the_way_back(
    reader: Reader, screen: dict[str, int]
) -> None:
    # The table scrolls in a box of its own, which browsers do not bring back: the row lay 46 000 pixels below.
    page = reader.open("evidence/facts-disorder.html#scale-impairment-function", viewport=screen)
    row = page.locator("#scale-impairment-function")
    expect(row).to_be_in_viewport()
    page.reload()
    expect(row).to_be_in_viewport()
    page.goto(reader.address + "about.html")
    page.go_back()
    expect(row).to_be_in_viewport()


def test_a_row_offers_the_way_back_to_where_its_reader_was(reader: Reader) -> None:
    page = reader.open()
    row = row_of(number(page))
    number(page).evaluate("link => link.click()")
    page.wait_for_url(re.compile(rf"#{row}$"))
    page.locator(f"#{row}").get_by_role("button", name="Back to where you were").click()
    page.wait_for_url(re.compile(r"selective-peripheral-denervation\.html$"))


def test_a_malformed_link_does_no_harm(reader: Reader) -> None:
    page = reader.open(f"{TABLE}#%E0%A4%A")
    expect(page.locator(".data-table .count")).to_have_text(re.compile(r"^\d+ rows$"))
    page.evaluate("location.hash = '%'")
    expect(page.locator(".data-table")).to_be_visible()


@pytest.mark.parametrize("touch", [True, False], ids=["finger", "mouse"])
def test_a_number_on_a_patients_page_keeps_its_reader(stick_reader: Reader, touch: bool) -> None:
    page = ready(stick_reader.open(PATIENTS, viewport=PHONE, has_touch=touch))
    link = page.locator("a.est").first
    link.tap() if touch else link.click()
    note = page.locator("#est-note")
    expect(note.get_by_role("link", name="a table for doctors")).to_be_visible()
    assert page.url.endswith(PATIENTS)


def test_by_key_a_number_on_a_patients_page_leads_into_its_note_and_back(stick_reader: Reader) -> None:
    page = ready(stick_reader.open(PATIENTS))
    link = page.locator("a.est").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#est-note").get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(page.locator("#est-note")).to_be_hidden()
    assert page.url.endswith(PATIENTS)


def test_a_long_address_in_a_note_does_not_widen_the_page(stick_reader: Reader) -> None:
    page = ready(stick_reader.open("procedures/deep-brain-stimulation.html", viewport=PHONE, has_touch=True))
    notes = page.locator("[data-widget=number]").get_attribute("data-notes") or ""
    page.evaluate(f"() => {{ {_file(stick_reader, 'procedures', notes).read_text('utf-8')} }}")
    longest = page.evaluate(
        """() => Object.entries(courseNotes)
          .map(([id, lines]) => [Math.max(...lines.join(" ").split(" ").map((word) => word.length)), id])
          .sort(([one], [other]) => other - one)[0]"""
    )
    assert longest[0] > 40, "no note holds a long address: look for another page"
    page.locator(f"a.est[href$='#{longest[1]}']").first.tap()
    expect(page.locator("#est-note")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def _file(reader: Reader, folder: str, address: str) -> Path:
    path = Path(url2pathname(urlsplit(reader.address).path)) / folder / address.partition("?")[0]
    return path.resolve()


def test_the_download_holds_the_same_rows(stick_reader: Reader, book: Path) -> None:
    page = stick_reader.open(TABLE)
    link = page.get_by_role("link", name="Download all rows")
    expect(link).to_have_attribute("download", "")
    file = book / "evidence" / (link.get_attribute("href") or "")
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert [row["id"] for row in rows] == page.locator("tbody tr").evaluate_all(
        "rows => rows.map((row) => row.id)"
    )
