"""How soon each widget can be used on a slow phone, and how fast it answers what a reader does.

Which widgets there are is read from the built pages, and what to operate from the controls that a widget shows:
a new widget is measured without a word here.

Times are processor time, told in yardsticks (see ``yardstick``): Chromium's brake
(``Emulation.setCPUThrottlingRate``) holds a page by the clock, so that other work on the machine would count as the
page's.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from book.bench.limits import Measures
from book.bench.trace import CATEGORIES, first_paint, pieces
from book.bench.weigh import PHONE
from book.bench.yardstick import LOADING, PHONE_MS, Yardstick, worked

#: What disturbs a run only makes it longer: the shortest stands.
RUNS = 3
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
    """Every kind of widget in the built book, each where its markup is largest and in sight."""
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
            if widget.find_parent("details", class_="studies"):
                continue  # it waits until it is unfolded
            # A widget without a place of its own serves the whole page.
            size = len(text) if widget.has_attr("hidden") else len(str(widget))
            if kind not in largest or size > largest[kind].size:
                largest[kind] = Shown(kind, path.relative_to(pages).as_posix(), place, size)
    return [largest[kind] for kind in sorted(largest)]


def measure(
    browser: Browser, yardstick: Yardstick, address: str, pages: Path, say: Callable[[str], None]
) -> dict[str, Measures]:
    """For each kind of widget: yardsticks until it can be used, and until its slowest control answers."""
    rows: dict[str, Measures] = {}
    for shown in kinds(pages):
        usable: list[float] = []
        answers: dict[str, float] = {}
        for _ in range(RUNS):
            usable.append(_until_usable(browser, address, shown, yardstick.read()))
            for name, answer in _answers(browser, address, shown, yardstick.read()).items():
                answers[name] = min(answer, answers.get(name, answer))
        slowest = max(answers, key=lambda name: answers[name], default="none")
        rows[f"{shown.kind} ({shown.page.removesuffix('.html')})"] = {
            "usable": min(usable),
            "controls": len(answers),
            "answer": answers.get(slowest, 0),
        }
        say(f"  {shown.kind}: {min(usable):.1f}; slowest of {len(answers)} controls: {slowest}")
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


def _until_usable(browser: Browser, address: str, shown: Shown, one_yardstick: float) -> float:
    """Yardsticks on the slow phone from the page's first paint: a round trip, the script, the main thread's work."""
    browser.start_tracing(categories=[*CATEGORIES, "loading"])
    page, _ = _opened(browser, address, shown)
    network = ROUND_TRIP_MS + page.evaluate(_SCRIPT_BYTES) / BYTES_A_MS
    page.context.close()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    paint = first_paint(events)
    return float(network / PHONE_MS + LOADING * sum(pieces(events, paint, paint["ts"])) / one_yardstick)


def _answers(browser: Browser, address: str, shown: Shown, one_yardstick: float) -> dict[str, float]:
    """Yardsticks from a key on each control until the next frame, which shows the answer."""
    page, session = _opened(browser, address, shown)
    _wait_until_idle(page, session)  # a chart nearby may be on its way
    page.evaluate(_MARKS)
    browser.start_tracing(categories=[*CATEGORIES, "blink.user_timing"])
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
        name: sum(pieces(events, key, key["ts"], frame["ts"], ANSWER)) / one_yardstick
        for name, key, frame in zip(names, keys, frames, strict=True)
    }


def _wait_until_idle(page: Page, session: Any) -> None:
    for _ in range(40):
        before = worked(session)
        page.wait_for_timeout(SETTLE_MS)
        if worked(session) - before < IDLE_MS:
            return


def _key(tag: str, kind: str) -> str:
    """The key that operates a control."""
    if tag == "select":
        return "ArrowDown"
    if tag == "a":
        return "Escape"
    if tag == "textarea" or (tag == "input" and kind in {"text", "number", "search"}):
        return "1"
    return "ArrowRight" if kind == "range" else "Space"
