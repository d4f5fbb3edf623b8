"""A page as its author wrote it, and what can be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from widgets.quiz import Bank
from widgets.quiz.bank import read

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CODE = re.compile(r"^(`{3,}|:{3,})\{(?:code-cell|footbibliography)\}.*?^\1\s*$", re.DOTALL | re.MULTILINE)
_NAMES = re.compile(r"\{footcite\w*\}`[^`]*`|\{objective\}`[^`]*`")
_HIDDEN = {"id", "objective", "sources", "type", "level", "audience", "waivers", "answer"}


class Fault(NamedTuple):
    """What is wrong in one line of one file, and what would be right; line 0 means the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


@dataclass(frozen=True)
class Page:
    """A page by its name below ``chapters/`` without its ending, and its text."""

    name: str
    text: str
    chapters: Path = CHAPTERS

    @property
    def file(self) -> str:
        """The file, as seen from the project's root."""
        return f"chapters/{self.name}.md"

    def fault(self, at: int, text: str) -> Fault:
        """A fault at a place of the text, counted in characters; -1 for the page as a whole."""
        return Fault(self.file, self.text.count("\n", 0, at) + 1 if at >= 0 else 0, text)

    @cached_property
    def prose(self) -> str:
        """The text with front matter, code and names of roles blanked, so that places stay what they are."""
        text = self.text
        for form in (_FRONT, _CODE, _NAMES):
            text = form.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
        return re.sub(
            r"(\{est\}`)([^`<]*)(<[^>]*>`)",
            lambda found: " " * len(found[1]) + found[2] + " " * len(found[3]),
            text,
        )

    @cached_property
    def headings(self) -> list[str]:
        """The headings of the second level, in order."""
        return re.findall(r"^## (.+?)\s*$", self.prose, flags=re.MULTILINE)

    def section(self, heading: str) -> tuple[int, str]:
        """Where a section stands, and its text; -1 and nothing where there is none."""
        found = re.search(
            rf"^## {re.escape(heading)}\s*$(.*?)(?=^## |\Z)", self.text, flags=re.DOTALL | re.MULTILINE
        )
        return (found.start(1), found[1]) if found else (-1, "")

    @property
    def sections(self) -> Iterator[tuple[str, int, int]]:
        """The sections of the second level: heading, where the text below it begins, and where it ends."""
        found = list(re.finditer(r"^## (.+?)[ \t]*$", self.prose, flags=re.MULTILINE))
        ends = [*(one.start() for one in found[1:]), len(self.text)]
        for heading, end in zip(found, ends, strict=True):
            yield heading[1], heading.end(), end

    def blocks(self, kind: str) -> Iterator[tuple[int, str]]:
        """Each block of one kind, such as a slide: where it stands, and what it holds."""
        form = re.compile(rf"^(:{{3,}})\{{{kind}\}}(.*?)^\1\s*$", re.DOTALL | re.MULTILINE)
        for found in form.finditer(self.text):
            yield found.start(), found[2]

    @cached_property
    def objectives(self) -> list[str]:
        """The ids of what the page promises to teach."""
        return re.findall(r"\{objective\}`([^`]+)`", self.text)

    @cached_property
    def bank(self) -> Bank | None:
        """The questions that lie beside the page."""
        path = self.chapters / f"{self.name}.questions.yml"
        return read(path, shown_as=f"chapters/{self.name}.questions.yml") if path.exists() else None

    @property
    def is_session(self) -> bool:
        """Whether patients and families sit together over it."""
        return self.name.startswith("sessions/") and self.bank is not None

    @property
    def teaches(self) -> bool:
        """Whether residents learn from it: a procedure, or any page with objectives or questions."""
        asks = self.name.startswith("procedures/") or bool(self.objectives) or self.bank is not None
        return asks and not self.is_session


def pages(chapters: Path = CHAPTERS) -> list[Page]:
    """Every page of the course, by name."""
    return [
        Page(
            path.relative_to(chapters).with_suffix("").as_posix(), path.read_text(encoding="utf-8"), chapters
        )
        for path in sorted(chapters.rglob("*.md"))
        if ".ipynb_checkpoints" not in path.parts
    ]


def words_of(bank: Bank) -> str:
    """Every word of a bank that a reader sees."""

    def words(part: Any) -> list[str]:
        if isinstance(part, dict):
            return [word for name, value in part.items() if name not in _HIDDEN for word in words(value)]
        if isinstance(part, (list, tuple)):
            return [word for value in part for word in words(value)]
        return [part] if isinstance(part, str) else []

    return "\n".join(words(bank.model_dump()))
