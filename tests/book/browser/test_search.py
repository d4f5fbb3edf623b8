"""The search: by section, as one types, by keyboard and on a phone, and the right place first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from ruamel.yaml import YAML

from tests.book.browser.published import CHAPTER, PHONE, Reader
from tests.book.browser.test_accessibility import expect_accessible

pytestmark = pytest.mark.browser
QUERIES = Path(__file__).with_name("search-queries.yml")
#: What answers each question: the pages, or places on them, of the first results.
_ANSWERS = """questions => questions.map(
  question => courseSearch(question, { most: 3 }).map(({ address, anchor }) => [address, anchor]))"""


def is_right(found: list[str], places: list[str]) -> bool:
    """Whether a result is one of the places that answer: a page, or a place on it."""
    page, anchor = found[0].removesuffix(".html"), found[1]
    return page in places or f"{page}#{anchor}" in places


def test_the_right_place_stands_first_for_what_people_type(stick_reader: Reader) -> None:
    groups: dict[str, list[dict[str, list[str]]]] = YAML(typ="safe", pure=True).load(QUERIES)
    wanted = {
        question: places for group in groups.values() for one in group for question, places in one.items()
    }
    assert len(wanted) == 60
    page = stick_reader.open("search.html")
    page.wait_for_function("() => globalThis.courseSearch")
    found: list[Any] = page.evaluate(_ANSWERS, list(wanted))
    right = [
        [is_right(one, wanted[question]) for one in hits]
        for question, hits in zip(wanted, found, strict=True)
    ]
    missed = [question for question, hits in zip(wanted, right, strict=True) if not any(hits)]
    assert sum(any(hits[:1]) for hits in right) >= 0.75 * len(wanted)
    assert sum(map(any, right)) >= 0.95 * len(wanted), missed


def test_a_search_by_keyboard_lands_in_sight_with_its_words_marked(reader: Reader) -> None:
    page = reader.open(CHAPTER)
    assert not [url for url in reader.requests if "search.js" in url]
    page.keyboard.press("/")
    field = page.locator(".search-side input")
    expect(field).to_be_focused()
    # A slip of the finger, and a section that lies in a fold.
    page.keyboard.type("comparisons with other operatoins")
    options = page.get_by_role("option")
    expect(page.get_by_role("status").filter(has_text="results; arrows choose")).to_be_attached()
    fold = options.filter(has_text="Comparisons with other operations").first
    expect(fold.locator("mark").first).to_be_attached()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_attribute("aria-activedescendant", fold.get_attribute("id") or "")
    page.keyboard.press("Enter")
    place = page.locator("#comparisons-with-other-operations")
    expect(place.get_by_role("heading").first).to_be_in_viewport()
    page.wait_for_function("() => CSS.highlights.get('found')?.size")
    page.keyboard.press("Escape")
    page.wait_for_function("() => !CSS.highlights.has('found')")


def test_a_search_on_a_phone(stick_reader: Reader) -> None:
    page = stick_reader.open(CHAPTER, viewport=PHONE)
    field = page.locator(".search-top input")
    field.fill("pacemaker for the brain")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    box = page.get_by_role("listbox").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    expect_accessible(page)
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    # Words that every object answers to are words as any other.
    field.fill("hasOwnProperty toLocaleString")
    expect(page.locator(".search-none").filter(visible=True)).to_be_visible()
    field.press("Enter")
    expect(page.locator(".search-count")).to_have_text("Nothing found")
