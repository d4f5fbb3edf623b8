"""How long pages hold a slow phone up as they open: the part of each task that a reader would feel."""

from __future__ import annotations

import json

from playwright.sync_api import Browser

from book.bench.trace import CATEGORIES, first_paint, pieces
from book.bench.weigh import PHONE
from book.bench.yardstick import LOADING, Yardstick

RUNS = 5
#: After the load event: what the page does bit by bit is done by then.
SETTLE_MS = 1500


def blocking(browser: Browser, yardstick: Yardstick, addresses: dict[str, str]) -> dict[str, float]:
    """Yardsticks that each page blocks after its first paint; pages and yardstick take turns, the shortest stands."""
    shortest: dict[str, float] = {}
    for _ in range(RUNS):
        for name, address in addresses.items():
            found = _blocked(browser, address, yardstick.read())
            shortest[name] = min(shortest.get(name, found), found)
    return shortest


def _blocked(browser: Browser, address: str, one_yardstick: float) -> float:
    browser.start_tracing(categories=[*CATEGORIES, "loading"])
    page = browser.new_context(**PHONE).new_page()
    page.goto(address, wait_until="load", timeout=60_000)
    page.wait_for_timeout(SETTLE_MS)
    page.context.close()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    paint = first_paint(events)
    # A task of one yardstick is not felt; what goes beyond it is.
    return sum(max(0.0, LOADING * task / one_yardstick - 1) for task in pieces(events, paint, paint["ts"]))
