"""Whatever a reader does, and in whatever order: what was checked counts, until it is checked anew or cleared.

Three tabs of one browser are driven at random, by the real controls of a chapter (twice) and of the course page. After
every move each result must stand that the move did not replace; after a stretch of moves in one tab every tab must tell
the counts of what is kept.
``STEPS=10000 python -m pytest tests/book/browser/test_no_answer_is_lost.py`` drives it for longer.
"""

from __future__ import annotations

import copy
import json
import os
import random
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.book.browser.course_page import PAGE, come_alive, kept
from tests.book.browser.published import CHAPTER, KEPT, NAME, Reader, come_to_quiz
from tests.book.browser.questions import ASKED, CLOSING, bank
from widgets.quiz import load

pytestmark = pytest.mark.browser

FIXED = 20261126
STEPS = int(os.environ.get("STEPS", "150"))
IDS = [f"{one.id}@{one.hash}" for one in load(NAME).questions]
PATHS = [f"quiz/{NAME}/{one}" for one in IDS]
#: Those that the chapter's toolbar counts and loads; the others stand in its checkpoints.
IN_CLOSING = {f"quiz/{NAME}/{one.id}@{one.hash}" for one in bank().questions}
#: How often each control is used; those that take everything away are rare.
WEIGHTS = {
    "answer": 30,
    "sure": 5,
    "hint": 2,
    "check": 30,
    "again": 12,
    "show": 3,
    "up": 3,
    "down": 3,
    "redo": 8,
    "shuffle": 1,
    "clear": 0.3,
    "clear-yes": 3,
    "clear-no": 1,
    "begin": 5,
    "finish": 5,
    "finish-yes": 10,
    "finish-no": 2,
    "close": 4,
    "read": 1,
    "ten": 5,
    "next": 5,
    "previous": 1,
    "go": 2,
    "flag": 1,
    "end-session": 2,
    "more": 2,
}
#: Moves of the browser, beside those of the page.
OTHERS = {"reload": 3, "leave": 1, "load": 4}

_DRIVER = """
addEventListener("storage", ({ key, newValue }) => { if (key === "heard") window.heard = newValue; });
const read = (key) => JSON.parse(localStorage.getItem(key));
const latest = (entry) => entry?.checks.at(-1);
const answered = (entry) => Boolean(entry && (entry.tries || entry.opened));
const turn = () => new Promise((resolve) => setTimeout(resolve));
/** Moves in this tab, one after the other; after each, every result must stand that it may not replace or clear. */
window.walk = async (kept, name, ids, weights, draws, number) => {
  const told = [];
  let before = ids.map((id) => read(`${kept}quiz/${name}/${id}`));
  for (const draw of draws) {
    const [kind, key] = move(weights, draw);
    told.push(`${kind} ${key ?? ""}`);
    // What follows in tasks of its own: an exam's end, a count.
    for (let task = 0; task < 3; task += 1) await turn();
    const after = ids.map((id) => read(`${kept}quiz/${name}/${id}`));
    const marked = kind === "finish-yes" ? read(`${kept}course/set`)?.answers ?? {} : {};
    ids.forEach((id, index) => {
      const [was, now] = [before[index], after[index]];
      const free = kind === "clear-yes" || (kind === "check" && key === id) || marked[id]?.checked;
      const stands = JSON.stringify(latest(was)) === JSON.stringify(latest(now)) && answered(now) >= answered(was);
      const grows = now && now.tries >= (was?.tries ?? 0);
      if (free ? kind !== "clear-yes" && was && !grows : !stands) {
        throw new Error(`${told}: ${id} was ${JSON.stringify(was)} and is ${JSON.stringify(now)}`);
      }
    });
    before = after;
  }
  localStorage.setItem("heard", number);
  return told;
};
const move = (weights, [which, where, what]) => {
  const controls = [...document.querySelectorAll(
    ".quiz :is(.answers input, .answers select, .sure input, .hint summary, [data-do]), .progress-page [data-act], [data-read], .plan button"
  )].filter((one) => one.checkVisibility() && !one.disabled && !one.closest("fieldset:disabled"));
  const kindOf = (one) => one.dataset.do ?? one.dataset.act ?? (one.closest(".plan") ? "begin" : one.dataset.read ? "read"
    : one.closest(".sure") ? "sure" : one.matches("summary") ? "hint" : "answer");
  const kinds = Map.groupBy(controls, kindOf);
  const open = [...kinds.keys()].filter((kind) => weights[kind]);
  let left = which * open.reduce((sum, kind) => sum + weights[kind], 0);
  const kind = open.find((one) => (left -= weights[one]) < 0) ?? open.at(-1);
  const ones = kinds.get(kind);
  const control = ones[Math.floor(where * ones.length)];
  if (control.matches("select")) {
    control.value = control.options[Math.floor(what * control.options.length)].value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (control.closest(".number")) {
    const solution = control.closest(".question").querySelector("[data-answer]").dataset.answer;
    control.value = [solution, "7", "many", "\\u200b" + solution, ""][Math.floor(what * 5)];
    control.dispatchEvent(new Event("input", { bubbles: true }));
  } else control.click();
  const form = control.closest(".question");
  return [kind, form && `${form.dataset.id}@${form.dataset.hash}`];
};
/** Waits until this tab has heard of a move, and tells what it should. */
window.settle = async (number, place, told) => {
  const end = performance.now() + 120_000;
  const text = () => document.querySelector(place).textContent;
  while ((number !== null && window.heard !== number) || !told.every((one) => text().includes(one))) {
    if (performance.now() > end) throw new Error(`heard ${window.heard} of ${number}; ${text()} is not ${told}`);
    await turn();
  }
};
"""


class Tab:
    """One tab, on a chapter or on the course page."""

    def __init__(self, reader: Reader, context: BrowserContext, course: bool) -> None:
        self.course = course
        self.address = reader.address + (PAGE if course else CHAPTER)
        self.elsewhere = reader.address + "about.html"
        self.page: Page = context.new_page()
        self.page.goto(self.address)
        self.come()

    def come(self) -> None:
        if not self.course:
            come_to_quiz(self.page)
            return
        come_alive(self.page)
        # A short exam without a clock, of the one chapter.
        self.page.evaluate(
            """name => {
              for (const box of document.querySelectorAll(".plan [name=chapter]")) box.checked = box.value === name;
              Object.assign(document.querySelector(".plan [name=number]"), { value: 3 });
              Object.assign(document.querySelector(".plan [name=minutes]"), { value: 0 });
              // Sessions of the same, since nothing else is wrong.
              const only = Object.assign(document.querySelector(".choose [name=only]"), { value: "wrong" });
              only.dispatchEvent(new Event("change", { bubbles: true }));
            }""",
            NAME,
        )

    def reload(self) -> None:
        self.page.reload()
        self.come()

    def leave(self) -> None:
        self.page.goto(self.elsewhere)
        self.page.goto(self.address)
        self.come()

    def load(self, answers: dict[str, Any]) -> str:
        """Load a file of these answers; returns what is told of it."""
        if self.course:
            saved: dict[str, Any] = {"format": "course-progress-2", "answers": answers}
            notice, field = ".notice[data-part=files]", "[data-load]"
        else:
            prefix = f"quiz/{NAME}/"
            own = {path.removeprefix(prefix): one for path, one in answers.items() if path.startswith(prefix)}
            saved = {"format": "course-progress-1", "name": NAME, "answers": own}
            notice, field = f"{CLOSING} .toolbar .notice", f"{CLOSING} .toolbar [type=file]"
        self.page.evaluate("notice => { document.querySelector(notice).textContent = '' }", notice)
        file = {"name": "saved.json", "mimeType": "application/json", "buffer": json.dumps(saved).encode()}
        self.page.set_input_files(field, file)  # type: ignore[arg-type]
        self.page.wait_for_function("notice => document.querySelector(notice).textContent", arg=notice)
        told: str = self.page.locator(notice).inner_text()
        return told

    def expect_settled(self, number: str | None, entries: dict[str, Any]) -> None:
        """The tab has heard of the move in another one, and tells how many were answered, with how many points."""
        counted = [entry for path, entry in entries.items() if self.course or path in IN_CLOSING]
        count = sum(map(answered, counted))
        points = _short(sum(result["points"] for result in map(latest, counted) if result))
        if self.course:
            place, told = ".sum", [f"{count} of ", f"{points} point"]
        else:
            place, told = f"{CLOSING} > .toolbar .score", [f"{points} of {ASKED} points; {count} of {ASKED}"]
        self.page.evaluate("given => settle(...given)", [number, place, told])


def _short(points: float) -> str:
    return f"{round(points * 100) / 100:g}"


def latest(entry: Any) -> Any:
    """The result that counts, or None."""
    return entry["checks"][-1] if entry and entry["checks"] else None


def answered(entry: Any) -> bool:
    return bool(entry and (entry["tries"] or entry["opened"]))


class Walk:
    """A random walk through what readers can do, and what must hold after each step."""

    def __init__(self, reader: Reader, seed: int) -> None:
        self.random = random.Random(seed)
        context = reader.context()
        context.add_init_script(_DRIVER)
        self.tabs = [Tab(reader, context, course) for course in (False, False, True)]
        self.saved: list[dict[str, Any]] = []
        self.before = kept(self.tabs[0].page)
        self.told: list[str] = []
        self.done: dict[str, int] = {}

    def go(self, number: int) -> int:
        """A stretch of moves in one tab, or one move of the browser; returns how many steps that were."""
        tab = self.random.choices(self.tabs, [3, 2, 4])[0]
        [kind] = self.random.choices([*OTHERS, "moves"], [*OTHERS.values(), 30])
        loaded: dict[str, Any] = {}
        steps = [kind]
        if kind == "moves":
            draws = [[self.random.random() for _ in range(3)] for _ in range(self.random.randint(1, 20))]
            given = [KEPT, NAME, IDS, WEIGHTS, draws, str(number)]
            steps = tab.page.evaluate("given => walk(...given)", given)
        elif kind == "load":
            loaded = self.random.choice([*self.saved, self.before])
            notice = tab.load(loaded)
            if tab.course:
                count = sum(answered(loaded.get(path)) for path in PATHS)
                assert notice.startswith(f"{count} answer"), notice
        else:
            getattr(tab, kind)()
        if kind != "moves":
            tab.page.evaluate("number => localStorage.setItem('heard', number)", str(number))
        for step in steps:
            name = step.partition(" ")[0]
            self.done[name] = self.done.get(name, 0) + 1
            self.told.append(f"{'course' if tab.course else 'chapter'}: {step}")
        self.expect_kept(number, kind, tab, loaded)
        if self.random.random() < 0.2:
            self.saved = [*self.saved[-9:], copy.deepcopy(self.before)]
        return len(steps)

    def expect_kept(self, number: int, kind: str, tab: Tab, loaded: dict[str, Any]) -> None:
        after = kept(tab.page)
        for path in PATHS if kind != "moves" else ():
            was, now, there = (latest(found.get(path)) for found in (self.before, after, loaded))
            expected = there if there and (not was or there["at"] >= was["at"]) else was
            assert now == expected, (path, was, now)
        entries = {path: after.get(path) for path in PATHS}
        for each in self.tabs:
            each.expect_settled(None if each is tab else str(number), entries)
        self.before = after


@pytest.mark.parametrize("seed", [FIXED, None], ids=["the same walk", "another walk each time"])
def test_no_control_loses_an_answer(stick_reader: Reader, seed: int | None) -> None:
    seed = seed or random.SystemRandom().randrange(2**32)
    walk = Walk(stick_reader, seed)
    steps, told = 0, 0
    while steps < (STEPS if seed == FIXED else STEPS // 3):
        try:
            steps += walk.go(steps)
        except Exception as error:
            last = "\n".join(walk.told[-25:])
            raise AssertionError(f"seed {seed}, after these steps:\n{last}\n{error}") from error
        if steps >= told + 500:
            told = steps
            print(f"seed {seed}, {steps} steps: {walk.done}", flush=True)
    # A short walk of its own kind may come by few checks.
    assert seed != FIXED or walk.done.get("check", 0) > steps // 20
