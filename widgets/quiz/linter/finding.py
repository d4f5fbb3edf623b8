"""What the linter says: where, by which rule, how grave, and what would be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from widgets.quiz.model import Location

#: E fails the build, W is reported.
Level = Literal["E", "W"]


@dataclass(frozen=True)
class Fault:
    """What one rule found in one bank; the linter adds file, line and waiver."""

    #: What is wrong; what would be right.
    message: str
    #: The id of the question, or nothing for a fault of the whole bank.
    question: str = ""
    #: Place within the question, or within the bank when no question is named.
    place: Location = ()
    #: The line, where the rule knows it already.
    line: int = 0
    #: The level, where the rule has two.
    level: Level | None = None
    #: Whether a waiver with its reason can stand for mending it.
    waivable: bool = True


@dataclass(frozen=True, order=True)
class Finding:
    """A fault at its place. A waived one counts as neither error nor warning."""

    path: str
    line: int
    rule: str
    level: Level
    question: str
    message: str
    #: The author's reason for letting it stand, or nothing.
    waiver: str = ""

    def __str__(self) -> str:
        about = f"question '{self.question}': " if self.question else ""
        waived = f" [waived: {self.waiver}]" if self.waiver else ""
        return f"{self.path}:{self.line}: {self.level} {self.rule} {about}{self.message}{waived}"
