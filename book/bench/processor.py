"""Runs a command and tells what it cost: by the clock, and in processor time, which other work hardly changes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Cost:
    """What one run of a command took, in seconds; the processor's of all its processes together."""

    clock: float
    processor: float


def run(command: list[str], folder: Path, *, check: bool = True) -> Cost:
    """Run a command in a folder: it imports from the tree that stands there, or else from this one.

    Raises:
        SystemExit: with the end of what the command said, when it fails and ``check`` is set.
    """
    # A make inside make must not wait for the outer one's job slots.
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    # The plain book is no tree: its folder of evidence pages would hide the package of that name.
    tree = folder if (folder / "evidence" / "__init__.py").exists() else ROOT
    started, worked = time.monotonic(), _children()
    done = subprocess.run(
        command,
        cwd=folder,
        env={**clean, "PYTHONPATH": str(tree)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if check and done.returncode:
        sys.exit(f"In {folder}, {' '.join(command)} failed:\n{done.stdout.strip()[-2000:]}")
    return Cost(time.monotonic() - started, _children() - worked)


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
