"""Whatever lies in the browser's storage, or none at all: the page is never blank and loses no answer."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.book.browser.course_page import act, load_file, notice, open_course
from tests.book.browser.published import CHAPTER, KEPT, NAME, Reader, come_near, come_to_quiz, reload
from tests.book.browser.questions import ASKED, CLOSING, TOLD, OnPage, all_on, bank, first_on, of_type, score
from tests.places import first_of

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
        {"response": ["no option of any question"]},
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


@pytest.mark.everywhere
def test_broken_entries_are_set_aside_with_a_message(stick_reader: Reader) -> None:
    context = stick_reader.context()
    values = broken_values()
    questions = bank().questions
    # As many at once as there are questions: each must be found out on its own.
    for start in range(0, len(values), len(questions)):
        batch = dict(zip((f"{one.id}@{one.hash}" for one in questions), values[start:], strict=False))
        put(stick_reader, context, batch)
        page = stick_reader.open_quiz(context=context)
        expect(page.locator(TOLD)).to_have_text(SET_ASIDE)
        for asked in all_on(page):
            asked.expect_untouched()
        expect(page.locator(".quiz input:checked")).to_have_count(0)
        assert kept(page) == []
        page.close()
    page = stick_reader.open_quiz(context=context)
    expect(page.locator(TOLD)).to_have_count(0)
    expect_usable(page)


@pytest.mark.everywhere
def test_each_broken_field_of_an_answer_is_found_out(stick_reader: Reader) -> None:
    context = stick_reader.context()
    page = stick_reader.open("about.html", context)
    key = f"{KEPT}quiz/{NAME}/{ENTRY}"
    for value in broken_values():
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
        page.goto(stick_reader.address + CHAPTER)
        come_to_quiz(page)
        expect(page.locator(TOLD)).to_have_text(SET_ASIDE)
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


@pytest.mark.everywhere
def test_keys_that_are_none_are_set_aside_with_a_message(stick_reader: Reader) -> None:
    context = stick_reader.context()
    put(stick_reader, context, {key: json.dumps(SOUND) for key in (*BROKEN_KEYS, ENTRY)})
    page = stick_reader.open_quiz(context=context)
    expect(page.locator(TOLD)).to_have_text(SET_ASIDE)
    first_on(page, "numeric").expect_right()
    assert kept(page) == [ENTRY]
    reload(page)
    expect(page.locator(TOLD)).to_have_count(0)
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
    expect(page.locator(TOLD)).to_have_count(0)
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
    expect(page.locator(f"{CLOSING} .kept")).to_contain_text("refuses to keep answers")
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
    expect(page.locator(f"{CLOSING} .kept")).to_contain_text("refuses to keep answers")
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
        expect(tab.locator(f"{CLOSING} .score")).to_have_text(f"2 of {ASKED} points; 2 of {ASKED} answered")
        OnPage(tab, bank().questions[0]).expect_right()
        OnPage(tab, bank().questions[1]).expect_right()
    reload(one)
    expect(one.locator(f"{CLOSING} .score")).to_have_text(f"2 of {ASKED} points; 2 of {ASKED} answered")


def test_clearing_in_one_tab_clears_the_other(reader: Reader) -> None:
    context = reader.context()
    one, other = reader.open_quiz(context=context), reader.open_quiz(context=context)
    OnPage(one, bank().questions[0]).give_right()
    OnPage(one, bank().questions[0]).check()
    OnPage(other, bank().questions[0]).expect_right()
    other.evaluate("localStorage.clear()")
    OnPage(one, bank().questions[0]).expect_untouched()
    expect(one.locator(f"{CLOSING} .score")).to_have_text(f"0 of {ASKED} points; 0 of {ASKED} answered")


def test_what_was_kept_before_the_edition_had_a_name_is_taken_over_once(reader: Reader) -> None:
    context = reader.context()
    page = reader.open("about.html", context)
    old = f"course/quiz/{NAME}/{ENTRY}"
    strangers = {"course/other-project/essay": "1", "coursera": "2", "quiz/mine": "3"}
    page.evaluate(
        "all => Object.entries(all).forEach(([key, value]) => localStorage.setItem(key, value))",
        {old: json.dumps(SOUND), "course/worksheet/elsewhere/x": '"mine"', **strangers},
    )
    page.goto(reader.address + CHAPTER)
    come_to_quiz(page)
    first_on(page, "numeric").expect_right()
    stored = page.evaluate("({ ...localStorage })")
    assert old not in stored
    assert kept(page) == [ENTRY]
    # What belongs to another widget is taken over when that one starts.
    assert stored["course/worksheet/elsewhere/x"] == '"mine"'

    # Clearing everything takes what is the book's own, and nothing else at the same address.
    course = open_course(reader, context=context)
    act(course, "clear").click()
    act(course, "clear-yes").click()
    expect(notice(course, "files")).to_have_text("Everything was cleared.")
    assert course.evaluate("({ ...localStorage })") == strangers


def test_on_a_disk_the_page_says_who_else_may_read_what_is_kept(reader: Reader) -> None:
    page = reader.open_quiz()
    told = page.locator(f"{CLOSING} .kept").inner_text()
    assert told.startswith("Your answers stay in this browser, on this device. Nothing is sent.")
    assert ("come from a disk" in told) == reader.address.startswith("file:")


HOSTILE = (
    "null",
    "true",
    "1e999",
    "not JSON {",
    '"<img src=x onerror=alert(1)>"',
    "[[[[[[[[[[[[1]]]]]]]]]]]]",
    '{"constructor":{"toString":1},"__proto__":{"checked":true}}',
    '{"seed":"\\ud800","place":1,"points":[1e308],"guess":"x","at":{},"chosen":[],"before":{},"response":{"toString":1}}',
    json.dumps({"answers": ["A" * 1000] * 300}),
)
#: A page for each kind of widget that keeps something, and what a reader does there first.
KEEPING = {
    "quiz": (CHAPTER, ".quiz .options input"),
    "conference": ("evaluation/cases/can-an-operation-reach-it.html", ".conference .choices input"),
    "worksheet": ("sessions/deciding-worksheet.html", ".worksheet [data-key] input"),
    "risk": ("outcomes/risks.html", ".risk form button"),
    "rating": ("disorder/measuring-severity.html", ".rating [data-do=next]"),
    "posture": ("disorder/anatomy-and-postures.html", ".posture [data-set][type=range]"),
    "progress": ("course.html", ".progress-page [data-read]"),
}


@pytest.mark.parametrize("widget", first_of(KEEPING))
def test_hostile_values_under_the_real_keys_do_nothing_worse_than_a_message(
    stick_reader: Reader, widget: str
) -> None:
    name, control = KEEPING[widget]
    context = stick_reader.context()
    page = stick_reader.open(name, context)
    alive = page.locator(f"[data-widget={widget}]").first
    come_near(alive)
    alive.locator(control).first.evaluate(
        """control => {
          if (control.type === "range") control.value = 20;
          if (control.matches("form button")) control.form.querySelector("input").value = 20;
          control.click();
          control.dispatchEvent(new Event("input", { bubbles: true }));
          control.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    page.wait_for_function("kept => Object.keys(localStorage).some((key) => key.startsWith(kept))", arg=KEPT)
    keys = [key for key in page.evaluate("Object.keys(localStorage)") if key.startswith(KEPT)]
    if widget == "progress":
        keys += [f"{KEPT}course/set", f"{KEPT}course/exams"]
    for value in HOSTILE:
        page.evaluate(
            "([keys, value]) => keys.forEach((key) => localStorage.setItem(key, value))", [keys, value]
        )
        page.reload()
        come_near(alive)
        expect(page.get_by_text("could not start in this browser")).to_have_count(0)
        assert page.evaluate("({}).checked === undefined && !document.querySelector('img[src=x]')")


def test_a_course_page_with_far_too_much_kept_answers_like_another(stick_reader: Reader) -> None:
    """Ten thousand exams, a chapter's name of a million letters, a set of twins: set aside, and told."""
    exam = {"begun": 1, "over": 2, "questions": 1, "answered": 1, "points": 1, "chapters": ["x"]}
    sure = {name: [0, 0] for name in ("very", "fairly", "guess")}
    sound = {**exam, "sure": sure}
    twin = f"{NAME}/{ENTRY}"
    kept_then = {
        "course/exams": [{**exam, "begun": index} for index in range(10_000)],
        "course/set": {
            "kind": "exam",
            "items": [twin, twin],
            "begun": 1,
            "ends": None,
            "over": None,
            "answers": {},
        },
        "course/read/x": {"read": "A" * 1_000_000},
    }
    page = open_course(stick_reader, kept_then)
    expect(notice(page, "exam")).to_contain_text("It was set aside.")
    expect(page.locator(".exams li")).to_have_count(0)
    page.get_by_role("checkbox", name="I have read Benefits").check()
    expect(page.locator(".sum")).to_contain_text("1 of 17 chapters read")

    load_file(
        page,
        {
            "format": "course-progress-2",
            "answers": {
                "course/exams": [{**sound, "begun": index} for index in range(10_000)]
                + [{**sound, "chapters": ["A" * 100_000]}, {**sound, "over": 1e300}],
                "course/read/x": {"read": "A" * 100_000},
                "quiz/x/#set": {"seed": 1},
                f"quiz/{twin}": {"tries": 1, "checked": True, "response": {"toString": 1}},
            },
        },
    )
    expect(notice(page, "files")).to_have_text(
        "0 answers loaded. Not counted: 1 answer that could not be read. 2 exams that could not be read. "
        "2 entries that this book does not know."
    )
    expect(page.locator(".exams li")).to_have_count(50)
