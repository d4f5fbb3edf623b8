"""Builds the decks: one for each session, in ``_build/slides``. Run it as ``python book/decks.py``."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DECKS = ROOT / "_build" / "slides"
#: MyST-NB leaves notebooks beside what it builds: those of the book, with their outputs, lie in ``_build``.
WORK = "_build/.slides"


def command() -> list[str]:
    """The Sphinx command, strict: warnings fail, and all of them are shown."""
    return [
        *(sys.executable, "-m", "sphinx", "-q", "-b", "revealjs", "-c", "book/slides"),
        *("-d", f"{WORK}/doctrees", "-W", "--keep-going", "chapters", f"{WORK}/slides"),
    ]


def main() -> int:
    """Build; returns the exit code."""
    started = time.monotonic()
    if not any((ROOT / "chapters" / "sessions").glob("*.md")):
        print("There are no sessions yet: chapters/sessions holds none.")
        return 0
    print("$ python", shlex.join(command()[1:]), flush=True)
    code = subprocess.run(command(), cwd=ROOT, check=False).returncode
    if code:
        print(
            "\nThe slides were not built: the lines above say which file and line to mend.", file=sys.stderr
        )
        return code
    shutil.rmtree(DECKS, ignore_errors=True)
    shutil.copytree(ROOT / WORK / "slides", DECKS)
    decks = sorted((DECKS / "sessions").glob("*.html"))
    print(f"{len(decks)} decks are built ({time.monotonic() - started:.0f} s): {DECKS / 'sessions'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
