"""Builds the decks: one for each session, in ``_build/slides``. Run it as ``python book/decks.py``."""

from __future__ import annotations

import filecmp
import os
import shlex
import shutil
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from book.build import belongs_elsewhere, strictly  # noqa: E402  (the folder of the book is no package)

DECKS = ROOT / "_build" / "slides"
#: MyST-NB leaves notebooks beside what it builds: those of the book, with their outputs, lie in ``_build``.
WORK = "_build/.slides"


def command() -> list[str]:
    """The Sphinx command, strict: warnings fail, and all of them are shown."""
    return [
        *(sys.executable, "-m", "sphinx", "-q", "-b", "revealjs", "-c", "book/slides"),
        *("-d", f"{WORK}/doctrees", "-W", "--keep-going", "chapters", f"{WORK}/slides"),
    ]


def _build() -> None:
    from sphinx.cmd.build import main as sphinx

    run = command()
    print("$ python", shlex.join(run[1:]), flush=True)
    if sphinx(run[3:]):
        raise RuntimeError("Sphinx found faults, and has told them.")


def hand_over(built: Path, target: Path) -> None:
    """Make a folder the same as another, touching only what differs: who serves it sees whole files."""
    wanted = {path.relative_to(built) for path in built.rglob("*") if path.is_file()}
    for name in wanted:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if not (target / name).is_file() or not filecmp.cmp(built / name, target / name, shallow=False):
            shutil.copyfile(built / name, target / name)
    for path in sorted(target.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(target) not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def main() -> int:
    """Build; returns the exit code."""
    started = time.monotonic()
    if not any((ROOT / "chapters" / "sessions").glob("*.md")):
        print("There are no sessions yet: chapters/sessions holds none.")
        return 0
    if advice := belongs_elsewhere():
        print(advice, file=sys.stderr)
        return 1
    os.chdir(ROOT)
    if faults := strictly(_build):
        sys.stdout.flush()
        print(
            f"\nThe slides were not built. To be mended ({len(faults)}):", *faults, sep="\n", file=sys.stderr
        )
        return 1
    hand_over(ROOT / WORK / "slides", DECKS)
    decks = sorted((DECKS / "sessions").glob("*.html"))
    print(f"{len(decks)} decks are built ({time.monotonic() - started:.0f} s): {DECKS / 'sessions'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
