"""Holds a YAML file to its model. A content mistake is a ContentError, one line each, never a traceback."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from widgets.text.document import Document, UnreadableError, read_document
from widgets.text.wording import explain, follows_from_others, kind_of, known_fields, one_line, place_in

Content = TypeVar("Content", bound=BaseModel)
#: Mistakes that the model cannot see: the line, and what is wrong with what would be right.
Faults = Iterable[tuple[int, str]]


class ContentError(ValueError):
    """One line for each mistake: ``path:line: what is wrong; what would be right``."""


def read(
    path: Path,
    model: type[Content],
    shown_as: str,
    faults: Callable[[Content, Document], Faults] = lambda content, document: (),
) -> Content:
    """The content of a file, held to its model. Raises ContentError, which names the file as `shown_as`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ContentError(
            f"{shown_as}:1: {error.strerror or 'cannot be read'}; it lies beside its page"
        ) from None
    return parse(content, model, shown_as, faults)


def parse(
    content: bytes,
    model: type[Content],
    shown_as: str,
    faults: Callable[[Content, Document], Faults] = lambda content, document: (),
) -> Content:
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
        raise _refusal(shown_as, _explained(invalid, document, model)) from None
    if more := list(faults(found, document)):
        raise _refusal(shown_as, more)
    return found


def _refusal(shown_as: str, faults: Faults) -> ContentError:
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
