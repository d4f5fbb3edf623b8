"""Measures the built book beside a plain Jupyter Book of the same text: run ``python -m book.bench``.

Prints one table for the pages and one for the builds, keeps them as ``_build/bench/results.md`` with the raw
numbers beside it, and exits with 1 when a limit is missed.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path

from book.bench import cold, every_page, lighthouse, plain, readiness
from book.bench.limits import Measures, missed, table
from book.bench.timing import no_change_builds, package_growth
from book.bench.weigh import Weight, heaviest_script_of_a_page, script_of_all_widgets, served, weigh
from tests.chromium import ADVICE, find

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "_build" / "html"
RESULTS = ROOT / "_build" / "bench"
CHAPTER = "procedures/selective-peripheral-denervation.html"
TEXT_PAGE = "about.html"
#: Its widget stands at the top and starts at once.
COURSE_PAGE = "course.html"
#: Row of the table, folder of the book, page, runs of Lighthouse.
PAGES = (
    ("our chapter", OURS, CHAPTER, 3),
    ("our text page", OURS, TEXT_PAGE, 3),
    ("our course page", OURS, COURSE_PAGE, 1),
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
        rows["all widgets in one script"] = {"requests": 1, "kilobytes": script_of_all_widgets()}
        rows["heaviest script of one page"] = {"requests": 1, "kilobytes": heaviest_script_of_a_page(OURS)}
        address = {folder: stack.enter_context(served(folder)) for folder in (OURS, plain.PAGES)}
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
            for name, folder, page, runs in PAGES:
                say(f"Lighthouse, {name}: {runs} run(s) …")
                rated = tool.rate(chromium, address[folder] + page, runs, RESULTS / name.replace(" ", "-"))
                # Chromium decides from load to load how early it gets a lazy image: the larger count stands.
                rows[name] = {key: max(value, rows[name].get(key, 0)) for key, value in rated.items()}
            speeds = [row["machine"] for row in rows.values() if "machine" in row]
            notes.append(
                f"Speed of this machine as Lighthouse saw it: {min(speeds):.0f} to {max(speeds):.0f} "
                "(blocking time grows when other work slows the machine down: then measure again)."
            )
    return rows, notes


def main() -> int:
    """Measure everything; returns the exit code."""
    chromium = find()
    if not chromium:
        sys.exit(ADVICE)
    if not (OURS / CHAPTER).exists():
        sys.exit("The book is not built yet: run make book first.")
    say("Building from nothing: a plain Jupyter Book of the same text, then ours (two minutes) …")
    builds = cold.cold_builds(say)
    say("Building a book with one chapter alone …")
    alone = cold.growth(CHAPTER, OURS)
    say("Timing builds with nothing changed …")
    for name, measured in no_change_builds(say).items():
        builds[name] = {**measured, **builds.get(name, {})}
    say("Loading and validating an evidence package of ten and of a hundred times the rows …")
    growth = package_growth()
    say("Counting what each page loads, compressed …")
    rows, notes = measure_pages(chromium)
    say("Operating every kind of widget (some minutes) …")
    with served(OURS) as address:
        widgets = readiness.measure(chromium, address, OURS, say)

    misses = missed(rows | alone | builds | growth | widgets)
    report = "\n".join(
        [
            table("page", rows),
            "",
            "Each page is loaded as on a phone, not scrolled; its widgets start at the reader's first move. "
            "Lighthouse: mobile preset, median of its runs.",
            *notes,
            "",
            table("the same chapter, its navigation left out", alone),
            "",
            table("build of the whole book: from nothing, and with nothing changed", builds),
            "",
            "The plain book has its own theme and every default; our roles and directives are unknown to it and "
            "warn, and the tables of the evidence, which ours makes, are missing from it.",
            "",
            table("widget, where most of it is shown", widgets),
            "",
            "Slow phones are simulated from the page's own processor time: four times as slow on slow 4G while a "
            "reader goes to the widget at once, six times as slow from a key until the page is laid out anew.",
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
        "growth": growth,
        "widgets": widgets,
        "notes": notes,
        "missed": misses,
    }
    (RESULTS / "results.json").write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")
    print(f"\n{report}\n\nKept as {RESULTS / 'results.md'}")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
