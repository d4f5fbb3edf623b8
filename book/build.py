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

from evidence import validate

BOOK = Path(__file__).resolve().parent
ROOT = BOOK.parent
sys.path.insert(0, str(BOOK / "_ext"))

from publishing.output.freshness import cache_folder  # noqa: E402  (the extensions are not an installed package)

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
    return [
        path for path in sorted((ROOT / "chapters").rglob("*.md")) if "{code-cell}" in path.read_text("utf-8")
    ]


def execute_stale() -> list[str]:
    """Execute, in parallel, the notebooks whose outputs the cache does not hold.

    Returns lines that say which notebook failed, and its error without the traceback.
    """
    from jupyter_cache import get_cache
    from jupyter_cache.executors import load_executor

    folder = cache_folder(ROOT)
    for old in folder.parent.glob("*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    cache = get_cache(folder)
    present = notebooks()
    for record in cache.list_project_records():
        if Path(record.uri) not in present:  # a chapter that was renamed or taken away
            cache.remove_nb_from_project(record.pk)
    for path in present:
        cache.add_nb_to_project(str(path), read_data={"name": "myst_nb_md", "type": "plugin"})
    stale = cache.list_unexecuted()
    if not stale:
        return []
    print(
        f"Executing {len(stale)} notebook(s): {', '.join(Path(record.uri).stem for record in stale)}",
        flush=True,
    )
    logging.getLogger("multiprocessing").setLevel(logging.CRITICAL)
    result = load_executor("local-parallel", cache=cache).run_and_cache(timeout=300)
    failed = []
    for uri in sorted([*result.excepted, *result.errored]):
        # The message is the traceback's last paragraph: a question bank lists its mistakes line by line.
        traceback = ANSI.sub("", cache.get_project_record(uri).traceback or "no reason given")
        for line in traceback.strip().split("\n\n")[-1].strip().splitlines():
            failed.append(f"{Path(uri).relative_to(ROOT)}: {line}")
    return failed


def main() -> int:
    """Build; returns the exit code."""
    started = time.monotonic()
    for line in (failed := [*map(str, validate(bibliography=False))] or execute_stale()):
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
