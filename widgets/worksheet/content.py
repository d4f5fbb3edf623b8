"""Reads the worksheet's content from YAML. A content mistake is a ContentError, one line each, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from evidence import EvidenceError, check_number, references
from widgets.text import held
from widgets.text.document import Document
from widgets.text.held import ContentError
from widgets.text.markdown import MarkdownError, render_inline
from widgets.text.wording import Location, nearest
from widgets.worksheet.model import PARTS, Worksheet

__all__ = ["ContentError", "parse", "read"]

Content = TypeVar("Content", bound=BaseModel)


def read(path: Path, model: type[Content], shown_as: str) -> Content:
    """The content of a file, held to its model. Raises ContentError, which names the file as `shown_as`."""
    return held.read(path, model, shown_as, _faults)


def parse(content: bytes, model: type[Content], shown_as: str) -> Content:
    """The content written in `content`. Raises ContentError with a line for each mistake."""
    return held.parse(content, model, shown_as, _faults)


def _faults(worksheet: BaseModel, document: Document) -> Iterator[tuple[int, str]]:
    """Numbers that their rows do not bear out, roles that cannot be read, sources that are not there."""
    if not isinstance(worksheet, Worksheet):
        return
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
