"""A case as the rules see it: read or refused, its texts with their places, its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from widgets.conference.model import Case, Choice, Step, markdown_texts
from widgets.conference.reader import Examined, examine
from widgets.text.markdown import plain
from widgets.text.wording import Location


@dataclass(frozen=True)
class InspectedCase:
    """One case: `mistakes` in `examined` when it cannot be read."""

    path: str
    content: bytes
    examined: Examined
    #: Abbreviations that the course's glossary explains.
    glossary: frozenset[str] = frozenset()

    @property
    def case(self) -> Case | None:
        """The case, unless it was refused."""
        return self.examined.case

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps; none while the case cannot be read."""
        return self.case.steps if self.case else ()

    @cached_property
    def texts(self) -> list[tuple[Location, str]]:
        """Every text that a reader sees, with its place."""
        return [(place, plain(text)) for place, text in markdown_texts(self.case)] if self.case else []

    def choices(self) -> Iterator[tuple[Location, Step, Choice]]:
        """Every choice with its place and its step."""
        for index, step in enumerate(self.steps):
            for which, choice in enumerate(step.choices):
                yield ("steps", index, "choices", which), step, choice

    def line(self, place: Location) -> int:
        """The line of a place."""
        return self.examined.document.line(place) if self.examined.document else 1

    def step_at(self, place: Location) -> str:
        """The id of the step that a place lies in, or nothing."""
        match place:
            case ("steps", int(index), *_):
                return self.steps[index].id
            case _:
                return ""

    def step_on(self, line: int) -> str:
        """The id of the step that a line belongs to, or nothing outside of the steps."""
        starts = [(self.line(("steps", index)), step.id) for index, step in enumerate(self.steps)]
        starts += [(self.line((name,)), "") for name in ("unsettled", "prompts")]
        return next((name for start, name in sorted(starts, reverse=True) if start <= line), "")


def inspect(path: Path, shown_as: str, glossary: frozenset[str]) -> InspectedCase:
    """The case at `path`; findings name it as `shown_as`."""
    content = path.read_bytes()
    return InspectedCase(shown_as, content, examine(content), glossary)
