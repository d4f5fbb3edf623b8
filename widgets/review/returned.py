"""Reads a reviewer's file, whatever somebody put into it: the worst that comes of one is a message."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from widgets.review.model import Returned
from widgets.text.held import ContentError
from widgets.text.wording import explain, known_fields, one_line

#: Far more than a long review needs, in bytes.
LARGEST = 500_000


def read_returned(path: Path) -> Returned:
    """The review in a file.

    Raises:
        ContentError: one line that says why the file is refused.
    """
    try:
        if not path.is_file():
            raise ContentError(f"{path.name}: there is no such file; give the file that the reviewer saved")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise ContentError(f"{path.name}: {error.strerror or 'cannot be read'}") from None
    if len(content) > LARGEST:
        raise ContentError(f"{path.name}: holds more than {LARGEST // 1000} kB; a review is smaller")
    try:
        return Returned.model_validate_json(content)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            told = "is not a review as the page saves it; ask for the file itself"
        else:
            told = explain(first, known_fields(Returned, first["loc"][:-1]))
        raise ContentError(f"{path.name}: {one_line(told)}") from None
