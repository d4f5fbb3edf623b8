"""How soon each widget can be used on a slow phone, and how fast it answers what a reader does.

Which widgets there are is read from the built pages, and what to operate from the controls that a widget shows:
a new widget is measured without a word here.

Slow phones are simulated, as Lighthouse does it: the page's own processor time is counted at full speed and
multiplied. Chromium's brake (``Emulation.setCPUThrottlingRate``) holds a page by the clock, so that other work on
the machine would count as the page's.
"""

from __future__ import annotations

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
#: What a page does to answer; painting is the graphics processor's on a phone, and the processor's here.
ANSWER = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
ALL = ("TaskDuration",)

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
    """Seconds on the slow phone from the page's first paint, at most: a round trip, the script, all of the work.

    Work that the page did before it painted counts too.
    """
    page, session = _opened(browser, address, shown)
    network = ROUND_TRIP_MS + page.evaluate(_SCRIPT_BYTES) / BYTES_A_MS
    spent = LOADING * _worked(session, ALL)
    page.context.close()
    return float(network + spent) / 1000


def _answers(browser: Browser, address: str, shown: Shown) -> dict[str, float]:
    """Milliseconds on the slow phone from a key on each control until the page is laid out anew."""
    page, session = _opened(browser, address, shown)
    _wait_until_idle(page, session)  # a chart nearby may be on its way
    answers: dict[str, float] = {}
    for _ in range(CONTROLS):
        control = page.evaluate(_NEXT_CONTROL, [shown.kind, shown.place, list(answers)])
        if control is None:
            break
        _wait_until_idle(page, session)
        before = _worked(session, ANSWER)
        page.keyboard.press(_key(control["tag"], control["type"]))
        page.wait_for_timeout(SETTLE_MS)
        answers[control["name"]] = ANSWERING * (_worked(session, ANSWER) - before)
    page.context.close()
    return answers


def _wait_until_idle(page: Page, session: Any) -> None:
    for _ in range(40):
        before = _worked(session, ALL)
        page.wait_for_timeout(SETTLE_MS)
        if _worked(session, ALL) - before < IDLE_MS:
            return


def _worked(session: Any, kinds_of_work: tuple[str, ...]) -> float:
    """Milliseconds of processor time that the page has spent."""
    told = session.send("Performance.getMetrics")["metrics"]
    return 1000 * sum(float(one["value"]) for one in told if one["name"] in kinds_of_work)


def _key(tag: str, kind: str) -> str:
    """The key that operates a control."""
    if tag == "select":
        return "ArrowDown"
    if tag == "a":
        return "Escape"
    if tag == "textarea" or (tag == "input" and kind in {"text", "number", "search"}):
        return "1"
    return "ArrowRight" if kind == "range" else "Space"
