"""Whatever lies in the browser's storage, or none at all: the page is never blank and loses no answer."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.book.browser.published import CHAPTER, KEPT, NAME, Reader, come_to_quiz, reload
from tests.book.browser.questions import ASKED, OnPage, all_on, bank, first_on, of_type, score

pytestmark = pytest.mark.browser

NUMERIC = of_type("numeric")
ENTRY = f"{NUMERIC.id}@{NUMERIC.hash}"
SOUND: dict[str, object] = {
    "response": f"{NUMERIC.answer:g}",
    "checked": True,
    "tries": 1,
    "points": 1,
    "correct": True,
}
SET_ASIDE = "Some saved answers could not be read and were set aside."


def put(reader: Reader, context: BrowserContext, entries: dict[str, str]) -> None:
    """Leave values in storage before the chapter is opened, as an older version or another hand might."""
    page = reader.open("about.html", context)
    page.evaluate(
        """([prefix, all]) =>
          Object.entries(all).forEach(([key, value]) => localStorage.setItem(prefix + key, value))""",
        [f"{KEPT}quiz/{NAME}/", entries],
    )
    page.close()


def kept(page: Page) -> list[str]:
    """The keys of this quiz in storage, without their prefix."""
    prefix = f"{KEPT}quiz/{NAME}/"
    keys: list[str] = page.evaluate("Object.keys(localStorage)")
    return [key.removeprefix(prefix) for key in keys if key.startswith(prefix)]


def expect_usable(page: Page) -> None:
    asked = OnPage(page, bank().questions[0])
    asked.give_right()
    asked.check()
    asked.expect_right()


def broken_values() -> list[str]:
    """What no version of the quiz has written; the numeric question's own shape, spoilt in each field."""
    spoilt: list[dict[str, object]] = [
        {"response": ["a"]},
        {"response": "x" * 31},
        {"response": {"__proto__": 1}},
        {"response": None},
        {"points": 99},
        {"points": "1"},
        {"tries": -1},
        {"hints": 50},
        {"certainty": "constructor"},
        {"checked": "yes"},
    ]
    texts = [
        "not JSON {",
        "",
        "null",
        "42",
        '"b"',
        "[]",
        "{}}",
        '{"response": ' + "[" * 50_000,
        "x" * 2_000_000,
    ]
    return [*texts, *(json.dumps({**SOUND, **change}) for change in spoilt)]


def test_broken_entries_are_set_aside_with_a_message(stick_reader: Reader) -> None:
    context = stick_reader.context()
    values = broken_values()
    questions = bank().questions
    # As many at once as there are questions: each must be found out on its own.
    for start in range(0, len(values), len(questions)):
        batch = dict(zip((f"{one.id}@{one.hash}" for one in questions), values[start:], strict=False))
        put(stick_reader, context, batch)
        page = stick_reader.open_quiz(context=context)
        expect(page.locator(".quiz > .notice")).to_have_text(SET_ASIDE)
        for asked in all_on(page):
            asked.expect_untouched()
        expect(page.locator(".quiz input:checked")).to_have_count(0)
        assert kept(page) == []
        page.close()
    page = stick_reader.open_quiz(context=context)
    expect(page.locator(".quiz > .notice")).to_be_empty()
    expect_usable(page)


def test_each_broken_field_of_an_answer_is_found_out(stick_reader: Reader) -> None:
    context = stick_reader.context()
    page = stick_reader.open("about.html", context)
    key = f"{KEPT}quiz/{NAME}/{ENTRY}"
    for value in broken_values():
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
        page.goto(stick_reader.address + CHAPTER)
        come_to_quiz(page)
        expect(page.locator(".quiz > .notice")).to_have_text(SET_ASIDE)
        first_on(page, "numeric").expect_untouched()


BROKEN_KEYS = (
    "__proto__",
    "constructor",
    "toString",
    "@",
    "a@b",
    "#set",
    "__proto__@0123456789x",
    f"{ENTRY}@2",
    "",
)


def test_keys_that_are_none_are_set_aside_with_a_message(stick_reader: Reader) -> None:
    context = stick_reader.context()
    put(stick_reader, context, {key: json.dumps(SOUND) for key in (*BROKEN_KEYS, ENTRY)})
    page = stick_reader.open_quiz(context=context)
    expect(page.locator(".quiz > .notice")).to_have_text(SET_ASIDE)
    first_on(page, "numeric").expect_right()
    assert kept(page) == [ENTRY]
    reload(page)
    expect(page.locator(".quiz > .notice")).to_be_empty()
    expect_usable(page)


def test_no_stored_value_reaches_into_the_prototype(stick_reader: Reader) -> None:
    context = stick_reader.context()
    put(stick_reader, context, {"__proto__": json.dumps({ENTRY: SOUND, "checked": True})})
    poisoned = stick_reader.open_quiz(context=context)
    first_on(poisoned, "numeric").expect_untouched()
    assert poisoned.evaluate("({}).checked === undefined")


def test_an_answer_to_an_older_text_is_set_aside_beside_its_question(stick_reader: Reader) -> None:
    context = stick_reader.context()
    put(stick_reader, context, {f"{NUMERIC.id}@0123456789": json.dumps(SOUND)})
    page = stick_reader.open_quiz(context=context)
    asked = first_on(page, "numeric")
    expect(asked.result).to_have_text(
        "This question has changed since you answered it; your old answer was set aside."
    )
    expect(asked.answer).to_be_hidden()
    expect(page.locator(".quiz > .notice")).to_be_empty()
    asked.give_right()
    asked.check()
    asked.expect_right()


def test_claimed_points_are_graded_anew(stick_reader: Reader) -> None:
    context = stick_reader.context()
    put(
        stick_reader, context, {ENTRY: json.dumps({**SOUND, "response": f"{NUMERIC.near_misses[0].value:g}"})}
    )
    page = stick_reader.open_quiz(context=context)
    expect(first_on(page, "numeric").result).to_have_attribute("data-result", "wrong")
    assert score(page) == f"0 of {ASKED} points; 1 of {ASKED} answered"


def test_storage_refused_is_said_and_survived(stick_reader: Reader) -> None:
    context = stick_reader.context()
    context.add_init_script(
        """Object.defineProperty(window, "localStorage", {
             get() { throw new DOMException("The operation is insecure.", "SecurityError"); } });"""
    )
    page = stick_reader.open_quiz(context=context)
    expect(page.locator(".kept")).to_contain_text("refuses to keep answers")
    for asked in all_on(page)[:2]:
        asked.give_right()
        asked.check()
        asked.expect_right()
    assert score(page) == f"2 of {ASKED} points; 2 of {ASKED} answered"


def test_a_full_storage_is_said_and_survived(stick_reader: Reader) -> None:
    context = stick_reader.context()
    page = stick_reader.open("about.html", context)
    page.evaluate(
        """() => { for (let size = 2 ** 22; size >= 1; size = Math.floor(size / 2)) {
             try { for (let n = 0; ; n += 1) localStorage.setItem(`${size}/${n}`, "x".repeat(size)); } catch {}
           } }"""
    )
    page.goto(stick_reader.address + CHAPTER)
    come_to_quiz(page)
    asked = OnPage(page, bank().questions[0])
    asked.give_right()
    asked.check()
    asked.expect_right()
    expect(page.locator(".kept")).to_contain_text("refuses to keep answers")
    asked = OnPage(page, bank().questions[1])
    asked.give_right()
    asked.check()
    asked.expect_right()
    assert score(page) == f"2 of {ASKED} points; 2 of {ASKED} answered"


def test_two_tabs_lose_nothing_and_tell_each_other(reader: Reader) -> None:
    context = reader.context()
    one, other = reader.open_quiz(context=context), reader.open_quiz(context=context)
    here, there = OnPage(one, bank().questions[0]), OnPage(other, bank().questions[1])
    here.give_right()
    there.give_right()
    here.check()
    there.check()
    for tab in (one, other):
        expect(tab.locator(".score")).to_have_text(f"2 of {ASKED} points; 2 of {ASKED} answered")
        OnPage(tab, bank().questions[0]).expect_right()
        OnPage(tab, bank().questions[1]).expect_right()
    reload(one)
    expect(one.locator(".score")).to_have_text(f"2 of {ASKED} points; 2 of {ASKED} answered")


def test_clearing_in_one_tab_clears_the_other(reader: Reader) -> None:
    context = reader.context()
    one, other = reader.open_quiz(context=context), reader.open_quiz(context=context)
    OnPage(one, bank().questions[0]).give_right()
    OnPage(one, bank().questions[0]).check()
    OnPage(other, bank().questions[0]).expect_right()
    other.evaluate("localStorage.clear()")
    OnPage(one, bank().questions[0]).expect_untouched()
    expect(one.locator(".score")).to_have_text(f"0 of {ASKED} points; 0 of {ASKED} answered")
