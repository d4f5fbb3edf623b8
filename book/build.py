"""Builds the book: executes stale notebooks side by side, then hands over to Jupyter Book.

Run it as ``python book/build.py``, or run Jupyter Book itself with the command that it prints; the result is
the same, only slower, since Jupyter Book executes one notebook after another.
"""

from __future__ import annotations

import logging
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

BOOK = Path(__file__).resolve().parent
ROOT = BOOK.parent
sys.path.insert(0, str(BOOK / "_ext"))

from course.freshness import cache_folder  # noqa: E402  (the extensions are not an installed package)

PAGES = ROOT / "_build" / "html"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def command() -> list[str]:
    """The Jupyter Book command, strict: warnings fail, and all of them are shown."""
    return [
        *(str(Path(sys.executable).parent / "jupyter-book"), "build", "chapters", "--path-output", "."),
        *("--config", "book/_config.yml", "--toc", str(BOOK / "_toc.yml")),
        *("-W", "-n", "--keep-going"),
    ]


def notebooks() -> list[Path]:
    """The chapters that hold code."""
    return [path for path in sorted((ROOT / "chapters").rglob("*.md")) if "{code-cell}" in path.read_text("utf-8")]


def execute_stale() -> list[str]:
    """Execute, in parallel, the notebooks whose outputs the cache does not hold.

    Returns a line for each notebook that failed: which one, and the error without its traceback.
    """
    from jupyter_cache import get_cache
    from jupyter_cache.executors import load_executor

    folder = cache_folder(ROOT)
    for old in folder.parent.glob("*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    cache = get_cache(folder)
    for path in notebooks():
        cache.add_nb_to_project(str(path), read_data={"name": "myst_nb_md", "type": "plugin"})
    stale = cache.list_unexecuted()
    if not stale:
        return []
    print(f"Executing {len(stale)} notebook(s): {', '.join(Path(record.uri).stem for record in stale)}", flush=True)
    logging.getLogger("multiprocessing").setLevel(logging.CRITICAL)
    result = load_executor("local-parallel", cache=cache).run_and_cache(timeout=300)
    failed = []
    for uri in sorted([*result.excepted, *result.errored]):
        said = ANSI.sub("", cache.get_project_record(uri).traceback or "").strip().splitlines() or ["no reason given"]
        failed.append(f"{Path(uri).relative_to(ROOT)}: {said[-1]}")
    return failed


def main() -> int:
    """Build; returns the exit code."""
    started = time.monotonic()
    for line in (failed := execute_stale()):
        print(line, file=sys.stderr)
    if failed:
        return 1
    run = command()
    print("$", shlex.join([Path(run[0]).name, *run[1:]]), flush=True)
    code = subprocess.run(run, cwd=ROOT, check=False).returncode
    if code:
        print("\nThe book was not built: the lines above say which file and line to mend.", file=sys.stderr)
        return code
    print(f"\nThe book is built ({time.monotonic() - started:.0f} s): {PAGES / 'index.html'}")
    print("Open that file in a browser (a double click does), or run: make serve")
    return 0


if __name__ == "__main__":
    sys.exit(main())
