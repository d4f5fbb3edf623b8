"""Measures the built book beside a plain Jupyter Book of the same text: run ``python -m book.bench``.

Prints one table for the pages and one for the builds, keeps them as ``_build/bench/results.md`` with the raw
numbers beside it, and exits with 1 when a limit is missed. Bytes and requests are judged as they are; every time is
judged beside a yardstick that was measured in the same run, so that a slow or busy machine gives the same verdict.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from book.bench import cold, every_page, lighthouse, loop, opening, plain, readiness, search
from book.bench.limits import Measures, missed, table
from book.bench.timing import no_change_builds, package_growth
from book.bench.weigh import Weight, heaviest_script_of_a_page, script_of_all_widgets, served, weigh
from book.bench.yardstick import PHONE_MS, Yardstick
from tests.chromium import ADVICE, ARGUMENTS, SANDBOX, find

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "_build" / "html"
RESULTS = ROOT / "_build" / "bench"
CHAPTER = "procedures/selective-peripheral-denervation.html"
TEXT_PAGE = "about.html"
#: Its widget stands at the top and starts at once.
COURSE_PAGE = "course.html"
#: A page that holds nothing, from the same host.
EMPTY = Path(__file__).parent, "empty.html"
#: Row of the table, folder of the book, page, runs of Lighthouse.
PAGES = (
    ("our chapter", OURS, CHAPTER, 3),
    ("our text page", OURS, TEXT_PAGE, 3),
    ("our course page", OURS, COURSE_PAGE, 1),
    ("empty page", *EMPTY, 3),
    ("plain chapter", plain.PAGES, CHAPTER, 1),
    ("plain text page", plain.PAGES, TEXT_PAGE, 1),
)


def say(line: str) -> None:
    """A line of progress."""
    print(line, flush=True)


def measure_pages(chromium: str) -> tuple[dict[str, Measures], list[str]]:
    """Weigh and rate each page; returns the table's rows, and what the table cannot say."""
    rows: dict[str, Measures] = {}
    notes: list[str] = []
    tool = lighthouse.install(say)
    if isinstance(tool, str):
        notes.append(f"Lighthouse did not run ({tool}): bytes and requests are counted, nothing is rated.")
    with ExitStack() as stack:
        kilobytes, a_widget = script_of_all_widgets()
        rows["all widgets in one script"] = {"requests": 1, "kilobytes": kilobytes, "a_widget": a_widget}
        rows["heaviest script of one page"] = {"requests": 1, "kilobytes": heaviest_script_of_a_page(OURS)}
        address = {folder: stack.enter_context(served(folder)) for folder in (OURS, plain.PAGES, EMPTY[0])}
        for name, folder, page, _ in PAGES:
            weight: Weight = weigh(chromium, url := address[folder] + page)
            rows[name] = {"requests": weight.requests, "kilobytes": weight.kilobytes}
            say(f"  {name}: {weight.requests} requests, {weight.kilobytes:.1f} kB ({url})")
            if folder == OURS and page == CHAPTER:
                started = weigh(chromium, url, touched=True)
                rows["our chapter, widgets started"] = {
                    "requests": started.requests,
                    "kilobytes": started.kilobytes,
                }
            if weight.elsewhere:
                notes.append(
                    f"{name}: {weight.elsewhere} of its requests went to other hosts; "
                    f"{weight.unanswered} request(s) had no answer here and weigh nothing in the table."
                )
        say("Counting what every page loads (a minute) …")
        rows |= every_page.weigh_all(chromium, address[OURS], OURS, say)
        if not isinstance(tool, str):
            pages = {name: (address[folder] + page, runs) for name, folder, page, runs in PAGES}
            for name, rated in tool.rate(chromium, pages, RESULTS / "lighthouse", say).items():
                # Chromium decides from load to load how early it gets a lazy image: the larger count stands.
                rows[name] = {key: max(value, rows[name].get(key, 0)) for key, value in rated.items()}
            for name in pages:
                rows[name]["of_empty"] = rows[name]["largest_paint"] / rows["empty page"]["largest_paint"]
    return rows, notes


def measure_times(
    browser: Browser, yardstick: Yardstick
) -> tuple[dict[str, float], dict[str, Measures], dict[str, Measures]]:
    """How long each page blocks as it opens, how soon a search answers, and how soon each widget can be used and does."""
    with ExitStack() as stack:
        address = {folder: stack.enter_context(served(folder)) for folder in (OURS, plain.PAGES, EMPTY[0])}
        say("Opening each page five times, the yardstick between them …")
        pages = {name: address[folder] + page for name, folder, page, _ in PAGES}
        blocked = opening.blocking(browser, yardstick, pages)
        found = search.measure(browser, yardstick, address[OURS], OURS, CHAPTER)
        say("Operating every kind of widget (some minutes) …")
        return blocked, found, readiness.measure(browser, yardstick, address[OURS], OURS, say)


def main() -> int:
    """Measure everything; returns the exit code."""
    chromium = find()
    if not chromium:
        sys.exit(ADVICE)
    if not (OURS / CHAPTER).exists():
        sys.exit("The book is not built yet: run make book first.")
    say("Building from nothing: a plain Jupyter Book of the same text, then ours (some minutes) …")
    builds = cold.cold_builds(say)
    say("From save to page: seven kinds of edit, and the plain book's prose …")
    edits = loop.loop(say)
    say("Building a book with one chapter alone …")
    alone = cold.growth(CHAPTER, OURS)
    say("Builds with nothing changed …")
    for name, measured in no_change_builds(say).items():
        builds[name] = {**measured, **builds.get(name, {})}
    say("Loading and validating an evidence package of ten and of a hundred times the rows …")
    growth = package_growth()
    say("Counting what each page loads, compressed …")
    rows, notes = measure_pages(chromium)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(ARGUMENTS), chromium_sandbox=SANDBOX
        )
        yardstick = Yardstick(browser)
        blocked, searched, widgets = measure_times(browser, yardstick)
        browser.close()
    for name, found in blocked.items():
        rows[name]["blocking"] = found

    rows |= searched
    misses = missed(rows | alone | builds | edits | growth | widgets)
    report = "\n".join(
        [
            table("page", rows),
            "",
            "Each page is loaded as on a phone, not scrolled; its widgets start at the reader's first move. "
            "Lighthouse: mobile preset, median of its runs; its times are for information.",
            *notes,
            "",
            table("the same chapter, its navigation left out", alone),
            "",
            table("build of the whole book: from nothing, and with nothing changed", builds),
            "",
            "The plain book has its own theme and every default; our roles and directives are unknown to it and "
            "warn, and the tables of the evidence, which ours makes, are missing from it.",
            "",
            table("from save to page", edits),
            "",
            "Wanted on two idle cores: a style or script 5 s, prose 10 s, a question or case 15 s, an evidence row "
            "40 s, a slide 5 s, where the plain book builds itself again in ten after one sentence.",
            "",
            table("widget, where most of it is shown", widgets),
            "",
            yardstick.noise,
            f"A widget can be used after a round trip, its script and its work; it answers when the page is laid out "
            f"anew. A phone is slow by definition here: it takes {PHONE_MS} ms for what this machine does in one yardstick.",
            f"Load of this machine at the end: {_load()}.",
            "",
            table("evidence package, loaded and validated", growth),
            "",
            *(misses or ["Every limit is kept."]),
        ]
    )
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "results.md").write_text(report + "\n", encoding="utf-8")
    raw = {
        "pages": rows,
        "builds": builds,
        "alone": alone,
        "edits": edits,
        "growth": growth,
        "yardstick": yardstick.readings,
        "widgets": widgets,
        "notes": notes,
        "missed": misses,
    }
    (RESULTS / "results.json").write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")
    print(f"\n{report}\n\nKept as {RESULTS / 'results.md'}")
    return 1 if misses else 0


def _load() -> str:
    """How many programs wanted a processor in the last minute, where the system tells."""
    cores = os.cpu_count() or 1
    return f"{os.getloadavg()[0]:.1f} programs for {cores} cores" if hasattr(os, "getloadavg") else "not told"


if __name__ == "__main__":
    sys.exit(main())
