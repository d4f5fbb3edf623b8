"""What the case linter says: where, by which rule, how grave, and what would be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from widgets.text.wording import Location

#: E fails the build, W is reported.
Level = Literal["E", "W"]


@dataclass(frozen=True)
class Fault:
    """What one rule found in one case; the linter adds the file, and the line where it is not known."""

    #: What is wrong; what would be right.
    message: str
    #: Place within the case.
    place: Location = ()
    #: The id of the step, or nothing for a fault of the whole case.
    step: str = ""
    #: The line, where the rule knows it already.
    line: int = 0
    #: The level, where the rule has two.
    level: Level | None = None


@dataclass(frozen=True, order=True)
class Finding:
    """A fault at its place."""

    path: str
    line: int
    rule: str
    level: Level
    step: str
    message: str

    def __str__(self) -> str:
        about = f"step '{self.step}': " if self.step else ""
        return f"{self.path}:{self.line}: {self.level} {self.rule} {about}{self.message}"
