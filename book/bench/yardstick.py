"""The yardstick of every time in a page: a fixed piece of work, done by this machine in this run.

A machine is fast or slow, alone or busy; so is its yardstick. Times are told in yardsticks, and limits too. The
work takes a slow phone about fifty milliseconds, the time after which a reader begins to wait: "one yardstick"
can be read as that.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser

#: What one yardstick is on the slow phone, as it answers.
PHONE_MS = 50
#: A phone is busy with one page as it loads it, and slower when it has stood for a while: Lighthouse's mobile preset
#: brakes a desktop by four, a phone of ten years is six times as slow.
LOADING = 4 / 6
#: What disturbs a run only makes it longer: the shortest stands.
RUNS = 5

_PAGE = "<!doctype html><meta charset=utf-8><title>Yardstick</title><main></main>"
# Numbers, words, elements, styles and a layout, as pages need them.
_WORK = """() => {
  const main = document.querySelector("main");
  main.replaceChildren();
  const rows = [];
  for (let row = 0; row < 130; row += 1) {
    const line = document.createElement("p");
    for (let cell = 0; cell < 4; cell += 1) {
      const word = document.createElement("span");
      word.textContent = ` ${(Math.sin(row) * 1e6).toFixed(cell)} of ${row}`;
      if (cell === 2) word.style.fontWeight = "bold";
      line.append(word);
    }
    rows.push(line);
  }
  main.append(...rows.sort((one, other) => (one.textContent < other.textContent ? -1 : 1)));
  return main.offsetHeight;
}"""


@dataclass
class Yardstick:
    """Measures the machine again and again, so that what is measured in between can be told in yardsticks."""

    browser: Browser
    #: Every reading of this run, in milliseconds of processor time.
    readings: list[float] = field(default_factory=list)

    def read(self) -> float:
        """Milliseconds of processor time that the work takes now."""
        page = self.browser.new_page()
        page.set_content(_PAGE)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        spent = []
        for _ in range(RUNS):
            before = worked(session)
            page.evaluate(_WORK)
            spent.append(worked(session) - before)
        page.close()
        self.readings.append(shortest := min(spent))
        return shortest

    @property
    def noise(self) -> str:
        """How far the readings of this run lie apart."""
        if not self.readings:
            return "The yardstick was not laid on."
        low, middle, high = min(self.readings), statistics.median(self.readings), max(self.readings)
        return (
            f"One yardstick took this machine {middle:.1f} ms of processor time ({low:.1f} to {high:.1f} in "
            f"{len(self.readings)} readings: {_loudness(high / low)}), and stands for {PHONE_MS} ms of a slow phone."
        )


def _loudness(spread: float) -> str:
    return "a quiet machine" if spread < 1.25 else "some other work" if spread < 1.75 else "a busy machine"


def worked(session: Any) -> float:
    """Milliseconds of processor time that a page has spent; its session tells ``threadTicks``."""
    told = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(float(one["value"]) for one in told if one["name"] == "TaskDuration")
