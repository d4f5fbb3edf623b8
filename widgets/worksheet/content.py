"""Reads the worksheet's content from YAML. A content mistake is a ContentError, one line each, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from evidence import EvidenceError, check_number, references
from widgets.text.document import Document, UnreadableError, read_document
from widgets.text.markdown import MarkdownError, render_inline
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
from widgets.worksheet.model import PARTS, Worksheet

Content = TypeVar("Content", bound=BaseModel)


class ContentError(ValueError):
    """One line for each mistake: ``path:line: what is wrong; what would be right``."""


def read(path: Path, model: type[Content], shown_as: str) -> Content:
    """The content of a file, held to its model. Raises ContentError, which names the file as `shown_as`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ContentError(
            f"{shown_as}:1: {error.strerror or 'cannot be read'}; it lies beside its page"
        ) from None
    return parse(content, model, shown_as)


def parse(content: bytes, model: type[Content], shown_as: str) -> Content:
    """The content written in `content`. Raises ContentError with a line for each mistake."""
    try:
        document = read_document(content)
    except UnreadableError as refused:
        raise _refusal(shown_as, [(refused.line, str(refused))]) from None
    if not isinstance(document.value, dict):
        kind, known = kind_of(document.value), ", ".join(model.model_fields)
        raise _refusal(shown_as, [(1, f"the file holds {kind}; write the fields {known}")])
    try:
        found = model.model_validate(document.value)
    except ValidationError as invalid:
        raise _refusal(shown_as, list(_explained(invalid, document, model))) from None
    if isinstance(found, Worksheet) and (faults := list(_faults(found, document))):
        raise _refusal(shown_as, faults)
    return found


def _refusal(shown_as: str, faults: list[tuple[int, str]]) -> ContentError:
    return ContentError(
        "\n".join(f"{shown_as}:{line}: {one_line(message)}" for line, message in sorted(faults))
    )


def _explained(
    invalid: ValidationError, document: Document, model: type[BaseModel]
) -> Iterator[tuple[int, str]]:
    for details in invalid.errors(include_url=False):
        if follows_from_others(details):
            continue
        place = place_in(document.value, details["loc"]) if details["loc"] else ()
        yield document.line(place), explain(details, known_fields(model, details["loc"][:-1]))


def _faults(worksheet: Worksheet, document: Document) -> Iterator[tuple[int, str]]:
    """Numbers that their rows do not bear out, roles that cannot be read, sources that are not there."""
    for index, option in enumerate(worksheet.options):
        place: Location = ("options", index)
        texts: list[tuple[Location, str]] = [((*place, name), getattr(option, name)) for name in PARTS]
        for number, figure in enumerate(option.numbers):
            here = (*place, "numbers", number)
            texts += [((*here, name), getattr(figure, name)) for name in ("what", "group", "time", "note")]
            for name in ("shown", "of"):
                if (number_shown := getattr(figure, name)) is None or figure.row is None:
                    continue
                try:
                    check_number(number_shown, figure.row)
                except EvidenceError as error:
                    yield document.line((*here, name)), str(error)
        for inner, text in texts:
            try:
                render_inline(text)
            except (MarkdownError, EvidenceError) as error:
                yield document.line(inner), str(error)
        for position, key in enumerate(option.sources):
            if key not in references() or not references()[key].complete:
                problem = f"the source '{key}' has no complete record; {nearest(key, references())}"
                yield document.line((*place, "sources", position)), problem
