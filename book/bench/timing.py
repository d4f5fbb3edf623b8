"""Times builds in which nothing has changed, against the start-up of Python."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from book.bench import plain
from book.bench.limits import Measures

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3
#: What any build with Jupyter Book has to import before it can look at a single page.
IMPORTS = "import jupyter_cache, jupyter_book.cli.main, sphinx.application"


def _seconds(command: list[str]) -> float:
    # A make inside make must not wait for the outer one's job slots.
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr).strip()[-2000:]}")
    return time.monotonic() - started


def _median(command: list[str]) -> float:
    return statistics.median(_seconds(command) for _ in range(RUNS))


def no_change_builds(say: Callable[[str], None]) -> dict[str, Measures]:
    """Seconds for each build, and how many of them come after the start-up of Python with its imports."""
    start = _median([sys.executable, "-c", IMPORTS])
    say(f"  start-up of Python: {_median([sys.executable, '-c', 'pass']):.2f} s, with imports {start:.2f} s")
    commands = {
        "python book/build.py": [sys.executable, "book/build.py"],
        "plain Jupyter Book": plain.command(),
    }
    if make := shutil.which("make"):
        commands = {"make book": [make, "book"], **commands}
    builds = {}
    for name, command in commands.items():
        _seconds(command)  # the first run settles what the last edits left open
        seconds = _median(command)
        builds[name] = {"seconds": seconds, "after_start": max(0.0, seconds - start)}
        say(f"  {name}: {seconds:.2f} s")
    return builds


def package_growth() -> dict[str, Measures]:
    """Processor seconds to load and validate ten and a hundred times the rows of the evidence."""
    from evidence.package.growth import enlarge, seconds
    from evidence.source import DATA

    rows: dict[str, Measures] = {}
    with TemporaryDirectory() as folder:
        for times in (10, 100):
            enlarge(DATA, target := Path(folder) / str(times), times)
            rows[f"{times} times the rows"] = {"processor": seconds(target)}
    rows["100 times the rows"]["ratio"] = (
        rows["100 times the rows"]["processor"] / rows["10 times the rows"]["processor"]
    )
    return rows
