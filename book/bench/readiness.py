"""How soon each widget can be used on a slow phone, and how fast it answers what a reader does.

Which widgets there are is read from the built pages, and what to operate from the controls that a widget shows:
a new widget is measured without a word here.

Slow phones are simulated, as Lighthouse does it: the page's own processor time is counted at full speed and
multiplied. Chromium's brake (``Emulation.setCPUThrottlingRate``) holds a page by the clock, so that other work on
the machine would count as the page's.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, sync_playwright

from book.bench.limits import Measures
from book.bench.weigh import PHONE
from tests.chromium import ARGUMENTS

#: What disturbs a run only makes it longer: the shortest stands.
RUNS = 3
#: How many times slower the phone is while the page loads (Lighthouse's mobile preset), and while it answers.
LOADING, ANSWERING = 4, 6
#: Lighthouse's slow 4G: a round trip, and what comes in a millisecond.
ROUND_TRIP_MS, BYTES_A_MS = 150, 1638.4 / 8
#: The most controls of one widget that are operated, each of another kind.
CONTROLS = 16
SETTLE_MS = 250
IDLE_MS = 2.0

#: What a page does until it is laid out anew.
ANSWER = (
    "EventDispatch",
    "FunctionCall",
    "FireAnimationFrame",
    "RunMicrotasks",
    "UpdateLayoutTree",
    "Layout",
)
_TASKS = ("toplevel", "devtools.timeline")
_QUIET = "globalThis.confirm = () => true; globalThis.print = () => {};"

# The next control of a kind not met before: it is focused, and named for the report.
_NEXT_CONTROL = """([kind, place, met]) => {
  const widget = document.querySelectorAll(`.course-widget[data-widget="${kind}"]`)[place];
  // A widget without a place of its own serves the numbers of the text.
  const controls = widget.hidden
    ? document.querySelectorAll("article a.est")
    : widget.querySelectorAll("button, input, select, textarea, summary, [tabindex='0']");
  for (const control of controls) {
    if (control.disabled || control.type === "file" || !control.checkVisibility({ visibilityProperty: true })) continue;
    const words = control.localName === "button" ? control.textContent.trim().replace(/\\d+/g, "").replace(/\\s+/g, " ") : "";
    const name = [control.localName, control.dataset.do ?? control.type ?? "", words, control.parentElement.className]
      .filter(Boolean).join(" ");
    if (met.includes(name)) continue;
    control.scrollIntoView({ block: "center", behavior: "instant" });
    control.focus();
    if (document.activeElement !== control) continue;
    return { name, tag: control.localName, type: control.type ?? "" };
  }
  return null;
}"""

# Marks the key that operates a control (a button answers when it is let go), and the frame that shows the answer: a
# message comes when that frame is done, before any timer that was set for later.
_MARKS = """for (const type of ["keydown", "keyup"]) addEventListener(type, ({ target }) => {
  const late = target.matches("button, summary, [type=checkbox], [type=radio]");
  if (type !== (late ? "keyup" : "keydown")) return;
  performance.mark("key");
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => performance.mark("shown");
    port2.postMessage(0);
  });
}, { capture: true });"""

_GO_TO = """widget => widget.hidden
  ? dispatchEvent(new KeyboardEvent("keydown"))
  : widget.scrollIntoView({ behavior: "instant" })"""

_SCRIPT_BYTES = """() => performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes(".widgets.js"))
  .reduce((sum, { transferSize }) => sum + transferSize, 0)"""


@dataclass(frozen=True)
class Shown:
    """The page where a kind of widget has most to show, and its place among those of its kind there."""

    kind: str
    page: str
    place: int
    size: int


def kinds(pages: Path) -> list[Shown]:
    """Every kind of widget in the built book, each where its markup is largest."""
    largest: dict[str, Shown] = {}
    for path in sorted(pages.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if "course-widget" not in text:
            continue
        met: dict[str, int] = {}
        for widget in BeautifulSoup(text, "html.parser").select(".course-widget[data-widget]"):
            kind = str(widget["data-widget"])
            place = met.setdefault(kind, 0)
            met[kind] += 1
            # A widget without a place of its own serves the whole page.
            size = len(text) if widget.has_attr("hidden") else len(str(widget))
            if kind not in largest or size > largest[kind].size:
                largest[kind] = Shown(kind, path.relative_to(pages).as_posix(), place, size)
    return [largest[kind] for kind in sorted(largest)]


def measure(chromium: str, address: str, pages: Path, say: Callable[[str], None]) -> dict[str, Measures]:
    """For each kind of widget: seconds until it can be used, and milliseconds until its slowest control answers."""
    rows: dict[str, Measures] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for shown in kinds(pages):
            usable = min(_until_usable(browser, address, shown) for _ in range(RUNS))
            runs = [_answers(browser, address, shown) for _ in range(RUNS)]
            answers = {name: min(run[name] for run in runs if name in run) for name in runs[0]}
            slowest = max(answers, key=lambda name: answers[name], default="none")
            rows[f"{shown.kind} ({shown.page.removesuffix('.html')})"] = {
                "usable": usable,
                "controls": len(answers),
                "answer": answers.get(slowest, 0),
            }
            say(f"  {shown.kind}: {usable:.2f} s; slowest of {len(answers)} controls: {slowest}")
        browser.close()
    return rows


def _opened(browser: Browser, address: str, shown: Shown) -> tuple[Page, Any]:
    """The page where the widget stands, the reader gone there, and the widget alive."""
    page = browser.new_context(**PHONE, accept_downloads=True).new_page()
    page.add_init_script(_QUIET)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address + shown.page, wait_until="load", timeout=60_000)
    widget = page.locator(f'.course-widget[data-widget="{shown.kind}"]').nth(shown.place)
    widget.evaluate(_GO_TO)
    page.wait_for_function(
        "widget => 'alive' in widget.dataset", arg=widget.element_handle(), timeout=60_000, polling=20
    )
    return page, session


def _until_usable(browser: Browser, address: str, shown: Shown) -> float:
    """Seconds on the slow phone from the page's first paint: a round trip, the script, the work of the main thread."""
    browser.start_tracing(categories=[*_TASKS, "loading"])
    page, _ = _opened(browser, address, shown)
    network = ROUND_TRIP_MS + page.evaluate(_SCRIPT_BYTES) / BYTES_A_MS
    page.context.close()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    return float(network + LOADING * _work_after_paint(events)) / 1000


def _work_after_paint(events: list[dict[str, Any]]) -> float:
    """Milliseconds of processor time that the page's main thread spent after its first paint."""
    paints = [event for event in events if event["name"] == "firstContentfulPaint"]
    if not paints:
        raise LookupError("the trace tells of no first paint")
    paint = max(paints, key=lambda event: event["ts"])
    return _work(events, paint, paint["ts"])


def _work(
    events: list[dict[str, Any]],
    of: dict[str, Any],
    start: float,
    end: float = float("inf"),
    kinds_of_work: tuple[str, ...] = (),
) -> float:
    """Milliseconds of processor time of the main thread that an event is `of`, between two moments.

    Counted are whole tasks, or within them the given kinds of work; what is under way at the start counts whole.

    Raises:
        LookupError: when the trace tells of no such work, which would look like none.
    """
    found = sorted(
        (
            event
            for event in events
            if (event["name"] in kinds_of_work if kinds_of_work else event["name"].endswith("RunTask"))
            and (event["pid"], event["tid"]) == (of["pid"], of["tid"])
            and start <= event["ts"] + event.get("dur", 0)
            and event["ts"] < end
        ),
        key=lambda event: (event["ts"], -event.get("dur", 0)),
    )
    if not found:
        raise LookupError("the trace tells of no work")
    spent, until = 0.0, 0.0
    for event in found:
        # A layout that a script asked for is part of that script's time.
        if event["ts"] >= until:
            spent += event.get("tdur", event.get("dur", 0))
            until = event["ts"] + event.get("dur", 0)
    return spent / 1000


def _answers(browser: Browser, address: str, shown: Shown) -> dict[str, float]:
    """Milliseconds on the slow phone from a key on each control until the next frame, which shows the answer."""
    page, session = _opened(browser, address, shown)
    _wait_until_idle(page, session)  # a chart nearby may be on its way
    page.evaluate(_MARKS)
    browser.start_tracing(categories=[*_TASKS, "blink.user_timing"])
    names: list[str] = []
    for _ in range(CONTROLS):
        control = page.evaluate(_NEXT_CONTROL, [shown.kind, shown.place, names])
        if control is None:
            break
        _wait_until_idle(page, session)
        page.keyboard.press(_key(control["tag"], control["type"]))
        page.wait_for_timeout(SETTLE_MS)
        names.append(control["name"])
    page.context.close()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    keys, frames = (
        [e for e in events if e["name"] == name and e["cat"] == "blink.user_timing"]
        for name in ("key", "shown")
    )
    if not len(keys) == len(frames) == len(names):
        raise LookupError(
            f"{len(names)} keys were pressed, the trace tells of {len(keys)} and {len(frames)} frames"
        )
    return {
        name: ANSWERING * _work(events, key, key["ts"], frame["ts"], ANSWER)
        for name, key, frame in zip(names, keys, frames, strict=True)
    }


def _wait_until_idle(page: Page, session: Any) -> None:
    for _ in range(40):
        before = _worked(session)
        page.wait_for_timeout(SETTLE_MS)
        if _worked(session) - before < IDLE_MS:
            return


def _worked(session: Any) -> float:
    """Milliseconds of processor time that the page has spent."""
    told = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(float(one["value"]) for one in told if one["name"] == "TaskDuration")


def _key(tag: str, kind: str) -> str:
    """The key that operates a control."""
    if tag == "select":
        return "ArrowDown"
    if tag == "a":
        return "Escape"
    if tag == "textarea" or (tag == "input" and kind in {"text", "number", "search"}):
        return "1"
    return "ArrowRight" if kind == "range" else "Space"
