"""Weighs every page that people wrote, as it opens and when its widgets have started."""

from __future__ import annotations

import copy
import statistics
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from book.bench.limits import Measures
from book.bench.weigh import PHONE, Weight, listen
from tests.chromium import ARGUMENTS, SANDBOX

#: Nothing has come for so long: the page has what it wants.
QUIET_MS = 600


def weigh_all(chromium: str, address: str, pages: Path, say: Callable[[str], None]) -> dict[str, Measures]:
    """The heaviest page and the median: of the pages with widgets and of those without, as they open.

    The pages with widgets are weighed once more after the reader's first move, which starts what is near.
    """
    started = "page with widgets, started"
    weighed: dict[str, dict[str, Weight]] = {"page with widgets": {}, started: {}, "text page": {}}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(ARGUMENTS), chromium_sandbox=SANDBOX
        )
        for path in sorted(pages.rglob("*.html")):
            if path.name in {"404.html", "search.html"}:
                continue
            name = path.relative_to(pages).as_posix()
            kind = "page with widgets" if "course-widget" in path.read_text("utf-8") else "text page"
            page = browser.new_context(**PHONE).new_page()
            listen(page, weight := Weight())
            page.goto(address + name, wait_until="networkidle", timeout=60_000)
            weighed[kind][name] = copy.deepcopy(weight)
            if kind == "page with widgets":
                page.keyboard.press("Tab")
                page.wait_for_timeout(QUIET_MS)
                weighed[started][name] = weight
            page.context.close()
        browser.close()
    rows: dict[str, Measures] = {}
    for kind, found in weighed.items():
        heaviest = max(found, key=lambda name: found[name].kilobytes)
        rows[f"heaviest {kind}"] = {
            "requests": max(weight.requests for weight in found.values()),
            "kilobytes": found[heaviest].kilobytes,
        }
        rows[f"median {kind}"] = {
            "requests": statistics.median(weight.requests for weight in found.values()),
            "kilobytes": statistics.median(weight.kilobytes for weight in found.values()),
        }
        over = sum(weight.kilobytes > 60 for weight in found.values())
        say(
            f"  {len(found)} x {kind}: the heaviest is {heaviest}, {found[heaviest].kilobytes:.1f} kB; "
            f"above 60 kB: {over}"
        )
    return rows
