"""A case is seen in every theme and size, on paper, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.book.browser.cases import (
    PAGE,
    SHORT,
    OnPage,
    case,
    come_to_cases,
    open_case,
    sound,
    step,
    told,
    visible_text,
)
from tests.book.browser.published import ENLARGED, PHONE, Reader
from tests.book.browser.test_accessibility import expect_accessible
from tests.book.browser.test_layout import expect_to_fit
from tests.places import first_of
from widgets.conference.model import Choice

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", first_of(["light", "dark"]))
def test_axe_finds_nothing_during_and_after(stick_reader: Reader, theme: str) -> None:
    on = open_case(stick_reader, viewport=PHONE, has_touch=True, color_scheme=theme)
    on.choose("aims", "injury")
    expect_accessible(on.page, f".conference[data-case={SHORT}]")
    on.go_on()
    for name in ("neck", "tests", "table"):
        on.choose(*sound(step(name))[:1])
        on.go_on()
    on.choose("both-sides")
    on.go_on()
    on.go_on()
    on.choose("reversible")
    on.go_on()
    on.choose("see-him")
    on.go_on()
    on.go_on()
    expect(on.debrief).to_be_visible()
    expect_accessible(on.page, f".conference[data-case={SHORT}]")


def test_it_fits_a_page_enlarged_four_times_and_a_finger(stick_reader: Reader) -> None:
    on = open_case(stick_reader, viewport=ENLARGED, has_touch=True)
    for name in ("history", "neck", "tests", "table"):
        expect_to_fit(on.page, ENLARGED["width"])
        small = on.root.evaluate(
            """root => [...root.querySelectorAll("button, summary, input, label.button")]
              .filter((control) => control.checkVisibility())
              .map((control) => (control.closest("label") ?? control).getBoundingClientRect())
              .filter(({ width, height }) => Math.min(width, height) < 24).length"""
        )
        assert small == 0
        on.choose(*sound(step(name)))
        expect_to_fit(on.page, ENLARGED["width"])
        on.go_on()


def test_nothing_moves_for_a_reader_who_wants_stillness(stick_reader: Reader) -> None:
    moving = """[...document.querySelectorAll(".conference *")].filter((node) =>
      /[1-9]/.test(getComputedStyle(node).transitionDuration)).length"""
    on = open_case(stick_reader)
    assert on.page.evaluate(moving) == 0
    on.page.emulate_media(reduced_motion="no-preference")
    assert on.page.evaluate(moving) > 0


def test_what_a_choice_was_worth_is_told_in_forced_colours(stick_reader: Reader) -> None:
    on = open_case(stick_reader, forced_colors="active")
    on.choose("aims", "injury")
    for name, mark, word in (("aims", "✓", "Needed."), ("injury", "–", "Changes nothing here.")):
        verdict = on.now.locator(f"li[data-id={name}] .why b")
        expect(verdict).to_have_text(word)
        assert mark in verdict.evaluate("node => getComputedStyle(node, '::before').content")


def all_choices() -> list[Choice]:
    return [choice for one in case().steps for choice in one.choices]


def test_without_scripts_every_branch_is_read_in_turn(stick_reader: Reader) -> None:
    page = stick_reader.open(PAGE, java_script_enabled=False)
    root = OnPage(page).root
    text = visible_text(root)
    for one in case().steps:
        assert told(text, one.title)
        assert one.scene is None or told(text, one.scene)
    assert not any(told(text, choice.answer) for choice in all_choices())
    first = root.locator(".choices details").first
    first.locator("summary").click()
    expect(first.locator(".answer")).to_be_visible()
    expect(page.locator("button:visible")).to_have_count(0)
    root.locator(".onward a").first.click()
    assert re.search(r"#c-[a-z-]+$", page.url)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_paper_every_branch_stands_open(stick_reader: Reader, scripts: bool) -> None:
    page = stick_reader.open(PAGE, java_script_enabled=scripts)
    if scripts:
        come_to_cases(page).choose("aims")
    page.emulate_media(media="print")
    text = visible_text(OnPage(page).root)
    for choice in all_choices():
        assert told(text, choice.text)
        assert told(text, choice.answer)
        assert told(text, choice.reason)
    for prompt in case().prompts:
        assert told(text, prompt)
    expect(page.locator(".conference button:visible")).to_have_count(0)


def test_the_debrief_prints_alone(stick_reader: Reader) -> None:
    on = open_case(stick_reader)
    on.go_through(decision="both-sides")
    on.page.evaluate(
        "window.print = () => { window.printed = document.querySelector('.printing') !== null; }"
    )
    on.button("Print the debrief").click()
    assert on.page.evaluate("window.printed")
    on.page.emulate_media(media="print")
    text = visible_text(on.page.locator("body"))
    for wanted in (case().person, *case().prompts, *(one.text for one in case().unsettled)):
        assert told(text, wanted)
    assert "Your path" in text
    assert not told(text, step("table").choices[0].answer)
    assert told(text, case().title)
    assert "The woman who wants a percentage" not in text
    on.page.emulate_media(media="screen")
    on.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(on.page.locator(".printing")).to_have_count(0)
