"""A YAML file as plain values, with the line that each of them stands on."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarbool import ScalarBoolean

from widgets.text.wording import Location, shown


class UnreadableError(ValueError):
    """The file cannot be read as plain YAML, from `line` on."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class Document:
    """Plain values of a YAML document, and the line that each of them stands on."""

    def __init__(self, loaded: object) -> None:
        self._lines: dict[Location, int] = {(): 1}
        self._containers: set[int] = set()
        self.value = self._plain(loaded, ())

    def line(self, place: Location) -> int:
        """Line of a place, or of the nearest part around it that the document has."""
        while place not in self._lines:
            place = place[:-1]
        return self._lines[place]

    def _plain(self, value: object, place: Location) -> Any:
        if isinstance(value, (CommentedMap, CommentedSeq)):
            return self._plain_container(value, place)
        if isinstance(value, ScalarBoolean):
            return bool(value)
        for kind in (bool, int, float, str):
            if isinstance(value, kind):
                return kind(value)
        if value is None or isinstance(value, datetime.date):
            return value
        raise UnreadableError(self.line(place), "a YAML tag or set; write plain text, numbers and lists")

    def _plain_container(self, value: CommentedMap | CommentedSeq, place: Location) -> Any:
        # An alias is the same object met again: it may stand for a document of any size, or for itself.
        if id(value) in self._containers or getattr(value, "merge", None):
            raise UnreadableError(self.line(place), "a YAML alias (*name); write the content out")
        self._containers.add(id(value))
        if isinstance(value, CommentedSeq):
            for index in range(len(value)):
                self._lines[*place, index] = value.lc.item(index)[0] + 1
            return [self._plain(inner, (*place, index)) for index, inner in enumerate(value)]
        for key in value:
            if not isinstance(key, str):
                raise UnreadableError(
                    self.line(place), f"the field name {shown(key)} is not text; use a known name"
                )
            self._lines[*place, str(key)] = value.lc.key(key)[0] + 1
        return {str(key): self._plain(inner, (*place, str(key))) for key, inner in value.items()}


def read_document(content: bytes) -> Document:
    """The YAML document in `content`. Raises UnreadableError whatever the bytes."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableError(line, "the file is not UTF-8 here; save it as UTF-8") from None
    yaml = YAML(typ="rt")
    try:
        return Document(yaml.load(io.StringIO(text)))
    except UnreadableError:
        raise
    except ReaderError as error:
        line = text[: error.position].count("\n") + 1 if isinstance(error.position, int) else 1
        raise UnreadableError(line, "a character that YAML does not allow; take it out") from None
    except MarkedYAMLError as error:
        raise _not_yaml(error) from None
    except RecursionError:
        raise UnreadableError(1, "lists within lists too deep to read; write a plain bank") from None
    except Exception as error:
        if line := _no_date(text):
            said = f"not YAML: {shown(_DATE.findall(text.splitlines()[line - 1])[0])} is no date"
            raise UnreadableError(line, f"{said}; mend it, or put it in quotes if it is a text") from None
        # The parser fails in many ways on odd input (numbers, dates, tags); to an author they are one.
        raise UnreadableError(1, f"not YAML: {shown(str(error))}; check numbers, dates and tags") from None


# What the parser says, and what an author should do about it.
_CURES = (
    (
        "mapping values are not allowed",
        "a colon within a text; put the whole text in double quotes, or begin it on a new line after >-",
    ),
    ("'\\t'", "a tab; indent with spaces"),
    ("duplicate key", "a field is written twice; take one of them out"),
    (
        "end of stream",
        "quotes or brackets are opened and not closed; close them, or put the text in double quotes",
    ),
    ("alias", "a text begins with *; put it in double quotes"),
    ("expected <block end>", "an indent or a dash is out of line; line it up with those above"),
    ("could not find expected ':'", "a line without its field; indent a text that goes on, or add the colon"),
)
_DATE = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")


def _not_yaml(error: MarkedYAMLError) -> UnreadableError:
    mark = error.problem_mark or error.context_mark
    told = f"{error.problem or ''} {error.context or ''}"
    # Where quotes are left open the parser gives up at the end of the file, far below.
    if "end of stream" in told and error.context_mark is not None:
        mark = error.context_mark
    line = mark.line + 1 if mark is not None else 1
    said = next((cure for sign, cure in _CURES if sign in told), "")
    if not said:
        problem = (error.problem or error.context or "cannot be read").split("\n")[0]
        said = f"{problem}; check indents, colons, quotes and repeated names"
    return UnreadableError(line, f"not YAML: {said}")


def _no_date(text: str) -> int:
    """The line of the first value that looks like a date and is none; 0 when there is none."""
    for number, line in enumerate(text.splitlines(), 1):
        for written in _DATE.findall(line):
            try:
                datetime.date(*map(int, written.split("-")))
            except ValueError:
                return number
    return 0
