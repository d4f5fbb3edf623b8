"""Checks all that is quick, without a built book: style, types, evidence, questions, cases, words.

Run it as ``python book/lint.py``. The tools run side by side; what they found is told last, a line each, sorted.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_FORMAT = re.compile(r"^Would reformat: (.+)$")


def ruff_check() -> Iterator[str]:
    """Style."""
    yield from _run("ruff", "check", "--output-format=concise", "--quiet", ".")


def ruff_format() -> Iterator[str]:
    """Layout."""
    for line in _run("ruff", "format", "--check", "."):
        if found := _FORMAT.match(line):
            yield f"{found[1]}:1: the layout is not ruff’s: run ruff format {found[1]}"


def mypy() -> Iterator[str]:
    """Types."""
    yield from (line for line in _run("mypy", "--no-error-summary") if ": error: " in line)


def content() -> Iterator[str]:
    """Evidence, questions, cases and words, in this process: they lean on the same tables."""
    sys.path.insert(0, str(ROOT))
    from book.content.rules import faults as faults_of_text
    from book.signing.record import faults as faults_of_record
    from evidence import validate
    from widgets.conference.linter.cases import lint as lint_cases
    from widgets.finder import load as load_finder
    from widgets.quiz.linter.banks import lint as lint_banks
    from widgets.steps import load as load_steps
    from widgets.steps import operations
    from widgets.text.held import ContentError
    from widgets.worksheet import load as load_worksheet

    if faults := [str(fault) for fault in validate()]:
        yield from faults
        return
    yield from map(str, lint_banks().errors)
    yield from map(str, lint_cases().errors)
    loads: list[Callable[[], object]] = [load_finder, load_worksheet]
    loads += [partial(load_steps, name) for name in operations()]
    for load in loads:
        try:
            load()
        except ContentError as error:
            yield from str(error).splitlines()
    yield from map(str, faults_of_text())
    yield from faults_of_record()


def _run(tool: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        [str(BIN / tool), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return _ANSI.sub("", done.stdout).replace(f"{ROOT}/", "").splitlines()


def _all(tool: Callable[[], Iterator[str]]) -> list[str]:
    return list(tool())


def main() -> int:
    """Run all; returns the exit code."""
    started = time.monotonic()
    with ThreadPoolExecutor() as pool:
        beside = [pool.submit(_all, tool) for tool in (mypy, ruff_check, ruff_format)]
        faults = [*content(), *(line for one in beside for line in one.result())]
    if faults:
        print(f"To be mended ({len(faults)}):", *sorted(set(faults)), sep="\n", file=sys.stderr)
        return 1
    print(
        f"Style, types, evidence, questions, cases and words: nothing to mend ({time.monotonic() - started:.0f} s)."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
