"""A case is gone through with keys alone, back and forth, and tells at its end what was left out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.book.browser.cases import OnPage, case, open_case, sound, step, told, visible_text
from tests.book.browser.published import Reader
from tests.book.browser.test_keyboard import tab_to
from widgets.conference.model import Step
from widgets.text.markdown import plain

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


def choose_with_keys(page: Page, on: OnPage, asked: Step, wanted: list[str]) -> None:
    if asked.choose == "several":
        # Every choice is passed in turn; Tab leads from one to the next.
        for _ in asked.choices:
            page.keyboard.press("Tab")
            name = page.evaluate("document.activeElement.closest('li')?.dataset.id")
            if name in wanted:
                page.keyboard.press("Space")
    else:
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        for _ in asked.choices:
            if page.evaluate("document.activeElement.closest('li').dataset.id") == wanted[0]:
                break
            page.keyboard.press("ArrowDown")
        # An arrow key chooses and decides nothing.
        expect(on.now.locator("[data-do=done]")).to_be_visible()
    tab_to(page, on.now.locator("[data-do=done]"), 3)
    page.keyboard.press("Enter")


def test_a_case_is_gone_through_with_keys_alone(reader: Reader) -> None:
    on = open_case(reader)
    page = on.page
    on.now.locator("input").first.focus()
    page.keyboard.press("Shift+Tab")
    for count in range(len(case().steps)):
        name = on.now.get_attribute("data-id")
        assert name
        asked = step(name)
        if count:
            assert focused(page).endswith(plain(asked.title)), "the focus is not on the new step's heading"
        if asked.choices:
            wanted = sound(asked)[:2] if asked.choose == "several" else sound(asked)
            choose_with_keys(page, on, asked, wanted)
            result = (
                f"You chose {len(wanted)} of {len(asked.choices)}:"
                if asked.choose == "several"
                else "You decided:"
            )
            assert focused(page) == result
            expect(on.now.locator(".result")).to_be_in_viewport()
            for choice in asked.choices:
                details = on.now.locator(f"li[data-id={choice.id}] details")
                expect(details).to_be_visible() if choice.id in wanted else expect(details).to_be_hidden()
        tab_to(page, on.now.locator("[data-do=next]"), 30)
        page.keyboard.press("Enter")
        if on.now.count() == 0:
            break
    assert focused(page) == f"Debrief: {plain(case().title)}"
    expect(on.score).to_contain_text("Debrief. Of ")
    expect(on.root.get_by_role("status").filter(has_text="Debrief.")).to_have_count(1)


def test_nothing_chosen_is_told_and_goes_nowhere(stick_reader: Reader) -> None:
    on = open_case(stick_reader)
    on.button("Ask these").click()
    expect(on.now.get_by_role("status")).to_have_text("Choose something first.")
    on.expect_at("What the letter does not say")


def test_where_time_is_short_one_has_to_leave_something(stick_reader: Reader) -> None:
    on = open_case(stick_reader)
    asked = step("history")
    assert asked.most == 6
    for choice in asked.choices[:6]:
        on.choice(choice.id).check()
    on.choice(asked.choices[6].id).click()
    expect(on.now.get_by_role("status")).to_have_text("You have time for 6: take one away first.")
    expect(on.choice(asked.choices[6].id)).not_to_be_checked()
    expect(on.now.locator("input:checked")).to_have_count(6)


def test_an_unsafe_decision_meets_its_consequence_and_can_be_taken_back(stick_reader: Reader) -> None:
    on = open_case(stick_reader)
    for name in ("history", "neck", "tests", "table"):
        on.choose(*sound(step(name)))
        on.go_on()
    on.choose("both-sides")
    expect(on.now.locator(".taken .why b")).to_have_text("Unsafe.")
    assert "✗" in on.now.locator(".taken .why b").evaluate(
        "node => getComputedStyle(node, '::before').content"
    )
    on.go_on()
    on.expect_at("A halt that is not outvoted")
    on.button("Back").click()
    on.expect_at("The recommendation")
    expect(on.now.locator("h3")).to_be_focused()
    on.button("Change this").click()
    expect(on.choice("both-sides")).to_be_focused()
    on.choose("two-options")
    on.go_on()
    on.expect_at("One room, two surgeons")
    # The step that is no longer on the way has left the path.
    expect(on.root.locator(".trail button").filter(has_text="A halt that")).to_have_count(0)


def test_the_debrief_tells_what_was_left_out(stick_reader: Reader) -> None:
    on = open_case(stick_reader)
    left = {"history": "aims", "table": "denervation", "talk": "singing"}
    for name in ("history", "neck", "tests", "table", "verdict", "talk", "cough", "year"):
        asked = step(name)
        if asked.choose == "several":
            chosen = [one for one in sound(asked) if one != left.get(name)]
            on.choose(*chosen, *(["injury"] if name == "history" else []))
        elif asked.choose == "one":
            on.choose("stimulation-alone" if name == "verdict" else "wait")
        on.go_on()
        if name in {"verdict", "cough"}:
            on.go_on()  # what came of that decision
    mine = visible_text(on.debrief.locator(".mine"))
    needed = sum(len(sound(step(name))) for name in ("history", "neck", "tests", "table", "talk")) + 2
    assert mine.startswith(f"Of {needed} things that this path needed you did {needed - 5}.")
    expect(on.score).to_have_text(f"Debrief. Of {needed} things that your path needed you did {needed - 5}.")
    for heading in (
        "What the person wants: What should be possible",
        "An option: Peripheral-nerve surgeon",
        "An uncertainty: That no study we know has counted singing",
    ):
        assert heading in mine
    choices = {choice.id: choice for one in case().steps for choice in one.choices}
    for name in left.values():
        assert told(mine, choices[name].reason)
    harm = mine[mine.index("Harmful, or unsafe") : mine.index("Left out")]
    assert told(harm, choices["wait"].text)
    idle = mine[mine.index("Changed nothing") : mine.index("Your path")]
    assert told(idle, choices["injury"].text)
    assert told(idle, choices["stimulation-alone"].text)
    assert told(mine, "Decide: The recommendation: Pallidal stimulation")


def test_all_that_is_sound_leaves_nothing_out(stick_reader: Reader) -> None:
    on = open_case(stick_reader)
    on.go_through()
    mine = visible_text(on.debrief.locator(".mine"))
    found = re.match(r"Of (\d+) things that this path needed you did (\d+)\.", mine)
    assert found
    assert found[1] == found[2]
    assert "Nothing that this path needed was left out." in mine
    assert "Harmful" not in mine
    assert "went back" not in mine


def test_from_anywhere_one_goes_back_to_any_step(stick_reader: Reader) -> None:
    on = open_case(stick_reader)
    on.go_through()
    trail = on.root.get_by_role("list", name="Your path").get_by_role("button")
    assert trail.count() == 9
    for index in (0, 3, 7, 8):
        trail.nth(index).click()
        expect(trail.nth(index)).to_have_attribute("aria-current", "step")
        expect(on.root.locator("h3:focus")).to_have_count(1)
    expect(on.debrief).to_be_visible()
    on.button("Back").click()
    on.expect_at("A year later")


def test_two_cases_on_a_page_do_not_mix(stick_reader: Reader) -> None:
    on = open_case(stick_reader)
    other = OnPage(on.page, "wants-certainty")
    on.choose("aims")
    other.root.scroll_into_view_if_needed()
    expect(other.button("Ask these")).to_be_visible()
    other.choose("well")
    expect(on.now.locator(".taken")).to_have_count(1)
    expect(other.now.locator(".taken")).to_have_count(1)
    other.go_on()
    on.expect_at("What the letter does not say")


def test_a_double_click_does_one_thing(stick_reader: Reader) -> None:
    on = open_case(stick_reader)
    on.choice("aims").check()
    on.button("Ask these").dblclick()
    on.expect_at("What the letter does not say")
    expect(on.now.locator(".taken")).to_have_count(1)
