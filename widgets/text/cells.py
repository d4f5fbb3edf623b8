"""The code cells of a page of Markdown: what they hold, and the line that each begins on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,}|:{3,})(?P<rest>.*)$")
_OPTION = re.compile(r"^\s*:[\w-]+:")


class Cell(NamedTuple):
    """A code cell: the line of the page that its code begins on, and the code."""

    line: int
    code: str


def cells(text: str) -> Iterator[Cell]:
    """The code cells of a page, in its order; an example of a cell within another fence is none."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        opened = _FENCE.match(lines[at])
        at += 1
        is_cell = opened is not None and opened["rest"].strip().startswith("{code-cell}")
        # What stands in a box of colons is read as the rest of the page is.
        if opened is None or (opened["marks"][0] == ":" and not is_cell):
            continue
        start = at
        while at < len(lines) and not _closes(lines[at], opened["marks"]):
            at += 1
        if is_cell:
            yield _without_options(start, lines[start:at])
        at += 1


def _closes(line: str, marks: str) -> bool:
    found = _FENCE.match(line)
    return bool(found and not found["rest"].strip() and found["marks"].startswith(marks))


def _without_options(start: int, lines: list[str]) -> Cell:
    """The cell without what is told of it: lines such as ``:tags: [remove-input]``, or a block between ``---``."""
    skipped = 0
    if lines and lines[0].strip() == "---":
        skipped = next((at + 1 for at, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    else:
        while skipped < len(lines) and _OPTION.match(lines[skipped]):
            skipped += 1
    while skipped < len(lines) and not lines[skipped].strip():
        skipped += 1
    return Cell(start + skipped + 1, "\n".join(lines[skipped:]))
