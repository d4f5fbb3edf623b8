"""The person finder in the page: the same as in Python, by key, on one sheet of paper, and without a script."""

from __future__ import annotations

import io
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.book.browser.published import PHONE, Reader, come_near
from tests.widgets.test_finder import PERSONS, answers_of
from widgets.finder import load, sheet

pytestmark = pytest.mark.browser

PAGE = "evaluation/person-finder.html"
_TICK = """([root, answers]) => {
  for (const box of root.querySelectorAll("input")) box.checked = (answers[box.name] ?? []).includes(box.value);
  root.querySelector("form").dispatchEvent(new Event("change"));
}"""
_SHOWN = """root => ({
  state: root.dataset.state,
  shown: [...root.querySelectorAll("[data-finding]:not([hidden])")].map((one) => one.dataset.finding),
  verdicts: Object.fromEntries([...root.querySelectorAll("[data-verdict-of]:not([hidden])")]
    .map((one) => [one.dataset.verdictOf, one.querySelector(".verdict").textContent.replace(": ", "")])),
})"""


def opened(reader: Reader, **options: Any) -> Page:
    page = reader.open(PAGE, **options)
    come_near(page.locator("[data-widget=finder]"))
    return page


def tick(page: Page, answers: dict[str, list[str]]) -> None:
    root = page.locator(".finder").element_handle()
    page.evaluate(_TICK, [root, answers])


def test_the_page_says_of_every_person_what_python_says(stick_reader: Reader) -> None:
    page = opened(stick_reader)
    content = load()
    for person in PERSONS:
        answers = answers_of(person)
        tick(page, answers)
        seen = page.locator(".finder").evaluate(_SHOWN)
        told = sheet(content, answers)
        assert seen["state"] == told.state, person["id"]
        assert seen["verdicts"] == told.verdicts, person["id"]
        assert set(seen["shown"]) == {one for ids in told.shown.values() for one in ids}, person["id"]


def test_by_key_and_begun_again(reader: Reader) -> None:
    page = opened(reader, viewport=PHONE)
    page.get_by_role("checkbox", name="turns").focus()
    page.keyboard.press("Space")
    expect(page.locator(".finder .case")).to_have_text("The person: turns.")
    expect(page.locator(".finder .state")).to_contain_text("Still to ask: Where is the dystonia?")
    page.get_by_role("button", name="Begin again").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".finder .case")).to_be_hidden()
    # It is about somebody: nothing of it stays.
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('finder'))") == []


def test_a_sheet_is_one_page_of_paper(stick_reader: Reader) -> None:
    page = opened(stick_reader)
    longest = max(PERSONS, key=lambda one: sum(map(len, sheet(load(), answers_of(one)).shown.values())))
    tick(page, answers_of(longest))
    page.evaluate("document.documentElement.classList.add('print-finder')")
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = " ".join(one.extract_text() for one in paper.pages)
    assert len(paper.pages) == 1
    assert "Numbers to say" in text
    assert "What does the head do?" not in text


def test_without_a_script_everything_stands_there_with_its_condition(stick_reader: Reader) -> None:
    page = stick_reader.open(PAGE, java_script_enabled=False)
    assert page.locator("[data-finding]:visible").count() == len(load().findings)
    expect(page.locator("[data-finding=cord] .if")).to_contain_text("Any sign of the cord?")
    expect(page.locator(".finder form")).to_be_hidden()
