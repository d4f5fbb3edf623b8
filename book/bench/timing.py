"""Builds in which nothing has changed, and an evidence package that grows: what each costs, beside its yardstick."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from book.bench import plain
from book.bench.limits import Measures
from book.bench.processor import Cost, run

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3


def no_change_builds(say: Callable[[str], None]) -> dict[str, Measures]:
    """Processor seconds of each build, and how many of the plain book's: the shortest of three, taken in turn."""
    commands = {
        "plain Jupyter Book": (plain.command(), plain.SOURCE),
        "python book/build.py": ([sys.executable, "book/build.py"], ROOT),
    }
    if make := shutil.which("make"):
        commands["make book"] = ([make, "book"], ROOT)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(RUNS + 1):
        for name, (command, folder) in commands.items():
            cost = run(command, folder)
            if turn:  # the first run settles what the last edits left open
                costs[name].append(cost)
    processor = {name: min(cost.processor for cost in found) for name, found in costs.items()}
    for name, spent in processor.items():
        say(f"  {name}: {spent:.2f} s of processor")
    return {
        name: {
            "clock": min(cost.clock for cost in costs[name]),
            "processor": spent,
            "of_plain": spent / processor["plain Jupyter Book"],
        }
        for name, spent in processor.items()
    }


def package_growth() -> dict[str, Measures]:
    """Processor seconds to load and validate ten and a hundred times the rows of the evidence."""
    from evidence.package.growth import enlarge, seconds
    from evidence.source import DATA

    spent: dict[int, list[float]] = {10: [], 100: []}
    with TemporaryDirectory() as folder:
        for times in spent:
            enlarge(DATA, Path(folder) / str(times), times)
        for _ in range(RUNS):
            for times, found in spent.items():
                found.append(seconds(Path(folder) / str(times)))
    return {
        "10 times the rows": {"processor": min(spent[10])},
        "100 times the rows": {"processor": min(spent[100]), "ratio": min(spent[100]) / min(spent[10])},
    }
