"""Reads a question bank from YAML. A content mistake is a QuestionBankError, never a traceback."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidence import EvidenceError, references
from widgets.quiz.drawing import DrawingError, read_drawing, spot_of
from widgets.quiz.model import (
    BLOCK_FIELDS,
    Bank,
    Hotspot,
    Location,
    Question,
    markdown_texts,
    question_adapter,
)
from widgets.quiz.wording import explain
from widgets.text.document import Document, UnreadableError, read_document
from widgets.text.markdown import MarkdownError, render, render_inline
from widgets.text.wording import (
    follows_from_others,
    kind_of,
    nearest,
    one_line,
    place_in,
    unknown_field,
)


class QuestionBankError(ValueError):
    """One line for each mistake: ``path:line: question 'id': what is wrong; what would be right``."""


@dataclass(frozen=True, order=True)
class Mistake:
    """What is wrong on a line; what would be right."""

    line: int
    message: str
    #: The id of the question, or nothing for a mistake of the file.
    question: str = ""

    def __str__(self) -> str:
        return f"question '{self.question}': {self.message}" if self.question else self.message


@dataclass(frozen=True)
class Examined:
    """All that reading a bank tells: the bank, or every mistake in it, in the order of the file."""

    bank: Bank | None
    mistakes: tuple[Mistake, ...]
    #: The lines of the file, where it is YAML at all.
    document: Document | None


class _Mistakes:
    """Gathers mistakes, so that an author sees all of them at once."""

    def __init__(self) -> None:
        self._found: list[Mistake] = []

    def add(self, line: int, message: str, question: str | None = None) -> None:
        self._found.append(Mistake(line, one_line(message), one_line(question or "")))

    def raise_if_any(self) -> None:
        if self._found:
            raise _MistakenError(tuple(sorted(self._found, key=lambda one: (one.line, str(one)))))


class _MistakenError(Exception):
    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes


def read(path: Path, shown_as: str | None = None) -> Bank:
    """The question bank in the file at `path`; errors name it as `shown_as`. Raises QuestionBankError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise QuestionBankError(
            one_line(f"{shown_as or path}:1: {reason}; the bank lies beside its chapter")
        ) from None
    return parse(content, shown_as or str(path))


def parse(content: bytes, path: str) -> Bank:
    """The question bank written in `content`. Raises QuestionBankError with a line for each mistake."""
    examined = examine(content)
    if examined.bank is None:
        shown = one_line(path)
        raise QuestionBankError("\n".join(f"{shown}:{one.line}: {one}" for one in examined.mistakes))
    return examined.bank


# Several pages of the book are about the same banks, and reading YAML with its lines takes a while.
@lru_cache(maxsize=64)
def examine(content: bytes) -> Examined:
    """Read a question bank without raising: the linter and the book want to know where everything stands."""
    mistakes, document = _Mistakes(), None
    try:
        document = _document(content, mistakes)
        return Examined(_read_bank(document, mistakes), (), document)
    except _MistakenError as refused:
        return Examined(None, refused.mistakes, document)


def _document(content: bytes, mistakes: _Mistakes) -> Document:
    try:
        return read_document(content)
    except UnreadableError as refused:
        mistakes.add(refused.line, str(refused))
        mistakes.raise_if_any()
        raise AssertionError from None


def _read_bank(document: Document, mistakes: _Mistakes) -> Bank:
    _check_frame(document, mistakes)
    mistakes.raise_if_any()
    questions = [
        question
        for index, raw in enumerate(document.value["questions"])
        if (question := _question(raw, index, document, mistakes)) is not None
    ]
    _check_ids(document, mistakes)
    mistakes.raise_if_any()
    return _bank(document, questions, mistakes)


def _check_frame(document: Document, mistakes: _Mistakes) -> None:
    value = document.value
    if not isinstance(value, dict):
        mistakes.add(1, f"the file holds {kind_of(value)}; begin with `questions:` and a list below it")
        return
    for name in value:
        if name not in Bank.model_fields:
            mistakes.add(document.line((name,)), unknown_field(name, Bank.model_fields))
    if "questions" not in value:
        mistakes.add(1, "`questions:` is missing; add it with a list below it")
    elif not isinstance(value["questions"], list) or not value["questions"]:
        kind = kind_of(value["questions"])
        mistakes.add(
            document.line(("questions",)), f"`questions:` holds {kind}; write a list of one or more questions"
        )


def _question(raw: Any, index: int, document: Document, mistakes: _Mistakes) -> Question | None:
    name = _question_name(raw, index)
    place: Location = ("questions", index)
    try:
        question = question_adapter.validate_python(raw)
    except ValidationError as invalid:
        for details in invalid.errors(include_url=False):
            inner = place_in(raw, details["loc"])
            if not follows_from_others(details):
                mistakes.add(document.line((*place, *inner)), explain(details, raw, inner), name)
        return None
    for inner, text in markdown_texts(question):
        try:
            render(text) if inner[-1] in BLOCK_FIELDS else render_inline(text)
        except (MarkdownError, EvidenceError) as error:
            mistakes.add(document.line((*place, *inner)), str(error), name)
    for position, key in enumerate(question.sources):
        if key not in references():
            problem = f"the source '{key}' is not in the bibliography; {nearest(key, references())}"
            mistakes.add(document.line((*place, "sources", position)), problem, name)
    if isinstance(question, Hotspot):
        _check_drawing(question, place, document, mistakes)
    return question


def _check_drawing(question: Hotspot, place: Location, document: Document, mistakes: _Mistakes) -> None:
    at: Location = ("figure",)
    try:
        drawing = read_drawing(question.figure)
        for index, one in enumerate(question.places):
            at = ("places", index, "id")
            spot_of(drawing, one.id)
    except DrawingError as error:
        told = f"the drawing '{question.figure}': {error}"
        mistakes.add(document.line((*place, *at)), told, question.id)


def _check_ids(document: Document, mistakes: _Mistakes) -> None:
    first_lines: dict[str, int] = {}
    for index, raw in enumerate(document.value["questions"]):
        name = raw.get("id") if isinstance(raw, dict) else None
        if not isinstance(name, str):
            continue
        line = document.line(("questions", index, "id"))
        if name in first_lines:
            mistakes.add(
                line, f"the id stands on line {first_lines[name]} too; give each question its own", name
            )
        first_lines.setdefault(name, line)


def _bank(document: Document, questions: list[Question], mistakes: _Mistakes) -> Bank:
    try:
        return Bank(title=document.value.get("title"), questions=tuple(questions))
    except ValidationError as invalid:
        for details in invalid.errors(include_url=False):
            place = place_in(document.value, details["loc"])
            mistakes.add(document.line(place), explain(details, document.value, place))
        mistakes.raise_if_any()
        raise


def _question_name(raw: Any, index: int) -> str:
    name = raw.get("id") if isinstance(raw, dict) else None
    return name if isinstance(name, str) and name.strip() else f"number {index + 1}"
