"""Reads a case from YAML. A content mistake is a CaseError, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidence import EvidenceError, references
from widgets.conference.model import BLOCK_FIELDS, Case, markdown_texts
from widgets.text.document import Document, UnreadableError, read_document
from widgets.text.markdown import MarkdownError, render, render_inline
from widgets.text.wording import (
    Location,
    explain,
    follows_from_others,
    kind_of,
    known_fields,
    nearest,
    one_line,
    place_in,
)


class CaseError(ValueError):
    """One line for each mistake: ``path:line: step 'id': what is wrong; what would be right``."""


@dataclass(frozen=True, order=True)
class Mistake:
    """What is wrong on a line; what would be right."""

    line: int
    message: str
    #: The id of the step, or nothing for a mistake of the case.
    step: str = ""
    #: The rule of the linter that it falls under.
    rule: str = "C00"

    def __str__(self) -> str:
        return f"step '{self.step}': {self.message}" if self.step else self.message


@dataclass(frozen=True)
class Examined:
    """All that reading a case tells: the case, or every mistake in it, in the order of the file."""

    case: Case | None
    mistakes: tuple[Mistake, ...]
    #: The lines of the file, where it is YAML at all.
    document: Document | None


def read(path: Path, shown_as: str | None = None) -> Case:
    """The case in the file at `path`; errors name it as `shown_as`. Raises CaseError."""
    shown = one_line(shown_as or str(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise CaseError(f"{shown}:1: {reason}; the case lies in a folder cases/") from None
    examined = examine(content)
    if examined.case is None:
        raise CaseError("\n".join(f"{shown}:{one.line}: {one}" for one in examined.mistakes))
    return examined.case


@lru_cache(maxsize=64)
def examine(content: bytes) -> Examined:
    """Read a case without raising: the linter wants to know where everything stands."""
    try:
        document = read_document(content)
    except UnreadableError as refused:
        return Examined(None, (Mistake(refused.line, one_line(str(refused))),), None)
    raw = document.value
    if not isinstance(raw, dict):
        said = f"the file holds {kind_of(raw)}; begin with `title:` and the other fields of a case"
        return Examined(None, (Mistake(1, said),), document)
    try:
        case = Case.model_validate(raw)
    except ValidationError as invalid:
        found = list(_refused(invalid, raw, document))
        return Examined(None, tuple(sorted(found)), document)
    found = [*_unrendered(case, raw, document), *_unknown_sources(case, raw, document)]
    return Examined(None if found else case, tuple(sorted(found)), document)


def _refused(invalid: ValidationError, raw: Any, document: Document) -> Iterator[Mistake]:
    for details in invalid.errors(include_url=False):
        if follows_from_others(details):
            continue
        place = place_in(raw, details["loc"])
        known = known_fields(Case, details["loc"][:-1])
        names = [part for part in details["loc"] if isinstance(part, str)]
        if names[:1] == ["steps"]:
            details["loc"] = details["loc"][2:]  # which step it is, is said before
        message = explain(details, known, "the step" if names[:1] == ["steps"] else "the case")
        rule = "C04" if "sources" in names else "C03" if "reason" in names else "C00"
        yield _mistake(document, raw, place, message, rule)


def _unrendered(case: Case, raw: Any, document: Document) -> Iterator[Mistake]:
    for place, text in markdown_texts(case):
        try:
            render(text) if place[-1] in BLOCK_FIELDS else render_inline(text)
        except (MarkdownError, EvidenceError) as error:
            yield _mistake(document, raw, place, str(error), "C05")


def _unknown_sources(case: Case, raw: Any, document: Document) -> Iterator[Mistake]:
    known = references()
    for place, key in _sources(case):
        if key not in known:
            problem = f"the source '{key}' is not in the bibliography; {nearest(key, known)}"
        elif not known[key].complete:
            problem = f"the record of '{key}' is incomplete; cite a source whose record is complete"
        else:
            continue
        yield _mistake(document, raw, place, problem, "C04")


def _sources(case: Case) -> Iterator[tuple[Location, str]]:
    for index, step in enumerate(case.steps):
        for position, key in enumerate(step.sources):
            yield ("steps", index, "sources", position), key
        for which, choice in enumerate(step.choices):
            for position, key in enumerate(choice.sources):
                yield ("steps", index, "choices", which, "sources", position), key
    for index, unsettled in enumerate(case.unsettled):
        for position, key in enumerate(unsettled.sources):
            yield ("unsettled", index, "sources", position), key


def _mistake(document: Document, raw: Any, place: Location, message: str, rule: str) -> Mistake:
    return Mistake(document.line(place), one_line(message), _step_at(raw, place), rule)


def _step_at(raw: Any, place: Location) -> str:
    match place:
        case ("steps", int(index), *_):
            step = raw["steps"][index]
            name = step.get("id") if isinstance(step, dict) else None
            return one_line(name) if isinstance(name, str) and name.strip() else f"number {index + 1}"
        case _:
            return ""
