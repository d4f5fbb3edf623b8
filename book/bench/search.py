"""What a search costs: the weight of its script, and how soon a slow phone shows the first result."""

from __future__ import annotations

import gzip
from pathlib import Path

from playwright.sync_api import Browser

from book.bench.limits import Measures
from book.bench.readiness import BYTES_A_MS, ROUND_TRIP_MS
from book.bench.weigh import PHONE
from book.bench.yardstick import LOADING, PHONE_MS, Yardstick, worked

RUNS = 3
SCRIPT = "_static/search.js"
QUESTION = "tremor"


def measure(
    browser: Browser, yardstick: Yardstick, address: str, pages: Path, page: str
) -> dict[str, Measures]:
    """Kilobytes, compressed, and yardsticks from the first letter to the first result: the shortest of three."""
    weight = len(gzip.compress((pages / SCRIPT).read_bytes(), 6))
    network = (ROUND_TRIP_MS + weight / BYTES_A_MS) / PHONE_MS
    work = min(_work(browser, address + page) / yardstick.read() for _ in range(RUNS))
    return {
        "search": {"requests": 1, "kilobytes": weight / 1000, "first_result": network + LOADING * work},
    }


def _work(browser: Browser, url: str) -> float:
    """Milliseconds of processor time from the field's focus until results are shown."""
    page = browser.new_context(**PHONE).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(url, wait_until="networkidle", timeout=60_000)
    before = worked(session)
    page.locator(".search-top input").fill(QUESTION)
    page.get_by_role("option").first.wait_for()
    spent = worked(session) - before
    page.context.close()
    return spent
