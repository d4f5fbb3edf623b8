"""What is wrong, and where: one line for the person who can mend it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Fault(NamedTuple):
    """A fault in one line of one file; line 0 means the file as a whole."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        where = f"{self.path.parent.name}/{self.path.name}"
        return f"{where}:{self.line}: {self.text}" if self.line else f"{where}: {self.text}"


def shown(text: str) -> str:
    """The offending text in quotes, short enough for a line."""
    return repr(text if len(text) <= 60 else text[:57] + "...")
