"""Sixty days of a learner who forgets at a known rate, with a moved clock: each question is asked on its day, and
nothing is lost on the way.

The learner comes on most days, does what is due and a few new ones, by the page's own controls. What the page should
ask is worked out here, by the Python of the schedule, from what was answered before.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.book.browser.course_page import act, come_alive, kept, load_file, open_course, saved
from tests.book.browser.published import KEPT, Reader
from widgets.recall.fsrs import after, rating_of

pytestmark = pytest.mark.browser

BEGIN = datetime(2026, 11, 27, 9, tzinfo=UTC)
DAYS, NEW_A_DAY = 60, 1
#: Away on every seventh day, and for a week.
VISITS = [day for day in range(DAYS) if day % 7 != 6 and day not in range(33, 40)]
RELOADED, MOVED, SECOND_TAB, CHANGED = 8, 20, 28, 45

_LEARNER = """
const turn = () => new Promise((resolve) => setTimeout(resolve));
addEventListener("storage", ({ key, newValue }) => { if (key === "heard") window.heard = newValue; });
/** Waits until this tab has heard of what another one did. */
window.hear = async (day) => { while (window.heard !== day) await turn(); };
const press = (name) => document.querySelector(`[data-act=${name}]`).click();
const fill = (control, value) => {
  control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
};
/** Answers the question in sight, right or wrong, as its own markup says. */
const give = (form, right) => {
  const why = [...form.querySelectorAll(".why > li[data-right]")].map((one) => one.dataset.key);
  const solution = form.querySelector("p[data-answer]")?.dataset;
  if (solution) fill(form.querySelector(".number input"), right ? solution.answer : form.querySelector(".number input").dataset.minimum ?? -9999);
  else if (form.querySelector(".stems")) {
    const answers = [...form.querySelectorAll(".why > li[data-answer]")].map((one) => one.dataset.answer);
    [...form.querySelectorAll(".stems select")].forEach((select, index) => {
      fill(select, right ? answers[index] : [...select.options].find(({ value }) => value && value !== answers[index]).value);
    });
  } else if (form.querySelector(".items")) {
    const keys = () => [...form.querySelectorAll(".items > li")].map((one) => one.dataset.key);
    const up = (key) => form.querySelector(`.items > li[data-key=${key}] [data-do=up]`).click();
    const wanted = [...keys()].sort();
    if (!right) up(keys()[1]);
    if (!right && keys().join() === wanted.join()) up(keys()[1]);
    if (right) wanted.forEach((key, place) => { while (keys().indexOf(key) > place) up(key); });
  } else {
    for (const option of form.querySelectorAll(".options > li")) {
      const chosen = right ? why.includes(option.dataset.key) : option.dataset.key === [..."abcde"].find((key) => !why.includes(key));
      const input = option.querySelector("input");
      if (input.checked !== chosen) input.click();
    }
  }
};
/** Sits until nothing is due and no new one is left for the day; `memory` knows how long each question lasts. */
window.sit = async (day, memory, draws) => {
  // What is not looked at here need not be laid out at every step.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".sidebar-drawer, footer, .progress-page > section:not(.today, .set), .classroom, .answer, .stem { display: none }");
  document.adoptedStyleSheets = [sheet];
  const told = [];
  const tell = () => document.querySelector(".choose select").dispatchEvent(new Event("change", { bubbles: true }));
  for (tell(); !document.querySelector("[data-act=ten]").disabled; tell()) {
    press("ten");
    while (document.querySelector(".navigator").hidden) await turn();
    const { items } = JSON.parse(localStorage.getItem(window.keptBelow + "course/set"));
    for (const path of items) {
      const form = document.querySelector(".set .question:not([hidden])");
      const known = memory[path];
      const chance = known ? 0.9 ** ((day - known.day) / known.lasts) : 0.6;
      const right = draws[told.length % draws.length] < chance;
      const sure = ["guess", "fairly", "very"][Math.floor(draws[(told.length * 7 + day) % draws.length] * 3)];
      form.querySelector(`.sure [value=${sure}]`).click();
      give(form, right);
      form.querySelector("[data-do=check]").click();
      told.push([path, right, sure]);
      memory[path] = { day, lasts: right ? Math.max(3, 2.2 * (known?.lasts ?? 1)) : 1 };
      await turn();
      press("next");
    }
    if (!document.querySelector(".marks .total")) throw new Error("the session did not end");
    press("close");
    await turn();
  }
  localStorage.setItem("heard", String(day));
  return [told, memory];
};
"""


def profile(reader: Reader) -> BrowserContext:
    """A fresh profile with a moved clock and the learner's hands."""
    context = reader.context()
    context.clock.set_fixed_time(BEGIN)
    context.add_init_script(f"window.keptBelow = {KEPT!r};\n{_LEARNER}")
    return context


def day_of(at: int) -> int:
    """The day of the test on which something was checked."""
    return round((at / 1000 - BEGIN.timestamp()) / 86_400)


def test_each_question_is_asked_on_its_day_and_nothing_is_lost(stick_reader: Reader, tmp_path: Path) -> None:
    draw = random.Random("a learner")
    context = profile(stick_reader)
    page = open_course(
        stick_reader, {"course/recall": {"paused": False, "fresh": NEW_A_DAY, "exam": None}}, context
    )
    pages = [page]
    asked: dict[str, list[tuple[int, int]]] = {}
    memory: dict[str, Any] = {}
    changed = ""
    for day in VISITS:
        if day == RELOADED:
            page.reload()
            come_alive(page)
        if day == MOVED:
            file = saved(page, tmp_path)
            context = profile(stick_reader)
            page = open_course(stick_reader, context=context)
            load_file(page, file)
            expect(page.locator(".notice[data-part=files]")).to_contain_text(f"{len(asked)} answers loaded")
            pages = [page]
        if day == SECOND_TAB:
            pages.append(open_course(stick_reader, context=context))
        if day == CHANGED:
            changed = next(iter(asked))
            page.evaluate(
                """([kept, path]) => {
                  localStorage.setItem(`${kept}quiz/${path.split("@")[0]}@0000000000`, localStorage.getItem(kept + "quiz/" + path));
                  localStorage.removeItem(`${kept}quiz/${path}`);
                }""",
                [KEPT, changed],
            )
            for each in pages:
                each.reload()
                come_alive(each)
            before, memory = asked.pop(changed), {k: v for k, v in memory.items() if k != changed}
            assert before
        for each in pages:
            each.clock.set_fixed_time(BEGIN + timedelta(days=day))
        page = pages[day % len(pages)]
        told, memory = page.evaluate(
            "given => sit(...given)", [day, memory, [draw.random() for _ in range(97)]]
        )

        for each in pages:
            if each is not page:
                each.evaluate("day => hear(day)", str(day))

        due = {path: reviews for path, reviews in asked.items() if due_on(reviews) <= day}
        paths = [path for path, _, _ in told]
        assert len(paths) == len(set(paths)), f"day {day}: asked twice"
        assert set(paths) & set(asked) == set(due), f"day {day}"
        assert len(set(paths) - set(asked)) == NEW_A_DAY, f"day {day}"
        for path, right, sure in told:
            asked.setdefault(path, []).append((day, rating_of(int(right), sure)))

    assert sum(map(len, asked.values())) > 100
    answers = kept(page)
    for path, reviews in asked.items():
        checks = answers[f"quiz/{path}"]["checks"]
        assert [
            (day_of(one["at"]), rating_of(one["points"], one["certainty"], one["hints"])) for one in checks
        ] == reviews[-20:]
    assert f"quiz/{changed.split('@')[0]}@0000000000" in answers
    # The other tab knows it all.
    other = pages[0] if page is pages[1] else pages[1]
    expect_up_to_date(other)
    expect(act(other, "ten")).to_be_disabled()


def due_on(reviews: list[tuple[int, int]]) -> float:
    memory = after(reviews)
    assert memory is not None
    return memory.seen + memory.interval


def expect_up_to_date(page: Page) -> None:
    expect(page.locator(".due")).to_contain_text("Nothing is due today")
