"""Builds the book with Jupyter Book's own command, and tells in the end what is wrong with it, one line a fault.

Run it as ``python book/build.py``, or run Jupyter Book itself with the command that it prints: the book is the same.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shlex
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path

BOOK = Path(__file__).resolve().parent
ROOT = BOOK.parent
PAGES = ROOT / "_build" / "html"
# The extensions are not an installed package.
sys.path.insert(0, str(BOOK / "_ext"))


def command() -> list[str]:
    """The Jupyter Book command, strict: warnings fail, and all of them are shown."""
    return [
        *("jupyter-book", "build", "chapters", "--path-output", ".", "--config", "book/_config.yml"),
        *("--toc", str(BOOK / "_toc.yml"), "-W", "-n", "--keep-going"),
    ]


def belongs_elsewhere() -> str:
    """What to do when the environment's packages are those of another checkout; empty when they are ours."""
    import evidence

    if Path(evidence.__file__).resolve().is_relative_to(ROOT):
        return ""
    other = Path(evidence.__file__).resolve().parents[1]
    return (
        f"This environment belongs to the folder {other}, so that the book would be built from there. "
        "Run make clean, then make book."
    )


def _plain(said: str) -> list[str]:
    return [line for part in said.splitlines() if (line := re.sub(r"\x1b\[[0-9;]*m", "", part).strip())]


def strictly(run: Callable[[], object]) -> list[str]:
    """Run a build of Sphinx; a line for each fault that it found, none when all went well."""
    errors, raised = io.StringIO(), False
    with redirect_stderr(errors):
        try:
            run()
        except (Exception, SystemExit):
            # What has happened was told before.
            raised = True
    from publishing.output.faults import told

    if faults := [str(fault) for fault in told(ROOT)]:
        return faults
    return (_plain(errors.getvalue()) or ["The build failed and did not say why."]) if raised else []


def invalid_evidence() -> list[str]:
    """The faults of the evidence; the bibliography, which takes longest to read, only when it has changed."""
    from evidence import validate
    from evidence.source import DATA

    kept = ROOT / "_build" / ".bibliography"
    parts = (
        (DATA / name).read_bytes() for name in ("references.bib", "references.csv") if (DATA / name).exists()
    )
    now = hashlib.sha256(b"".join(parts)).hexdigest()
    sound = kept.exists() and kept.read_text(encoding="ascii") == now
    if not (faults := [str(fault) for fault in validate(bibliography=not sound)]):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(now, encoding="ascii")
    return faults


def build() -> list[str]:
    """Run Jupyter Book; a line for each fault that it found."""
    if faults := invalid_evidence():
        return faults
    from jupyter_book.cli.main import main as jupyter_book

    run = command()
    print("$", shlex.join(run), flush=True)
    return strictly(lambda: jupyter_book.main(run[1:], standalone_mode=False))


def main() -> int:
    """Build; returns the exit code."""
    started = time.monotonic()
    if advice := belongs_elsewhere():
        print(advice, file=sys.stderr)
        return 1
    os.chdir(ROOT)
    if faults := build():
        sys.stdout.flush()
        print(f"\nThe book was not built. To be mended ({len(faults)}):", *faults, sep="\n", file=sys.stderr)
        return 1
    print(f"\nThe book is built ({time.monotonic() - started:.0f} s): {PAGES / 'index.html'}")
    print("Open that file in a browser (a double click does), or run: make serve")
    return 0


if __name__ == "__main__":
    sys.exit(main())
