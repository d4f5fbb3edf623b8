"""Reads a table as bare cells: the one way from a CSV file to rows, for the loader and for the validation.

What a spreadsheet adds when it saves (a byte order mark, Windows line ends, empty rows and columns) changes no
figure: it is read past, and named in `Table.untidy`. What may have changed a figure is refused.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from evidence.fault import Fault, shown

LONGEST_CELL = 4_000
# The csv module reads no longer field; no honest line comes near.
_LONGEST_LINE = 100_000
# Control characters, and marks that show nothing or turn the direction of writing.
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
# A decimal comma is no formula; the schema says what is wrong with it.
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_SAVE_AS = 'save it as "CSV UTF-8 (comma delimited)"'


class Line(NamedTuple):
    """A row of a table: its line in the file, and its cells by column."""

    number: int
    cells: dict[str, str]


class Table(NamedTuple):
    """A table whose file could be read; what its cells say is not judged yet.

    ``columns``: as the file has them. ``untidy``: what a spreadsheet added, in words.
    """

    path: Path
    lines: tuple[Line, ...] = ()
    columns: tuple[str, ...] = ()
    untidy: tuple[str, ...] = ()

    def fault(self, line: Line, text: str) -> Fault:
        """A fault in one line of this table."""
        return Fault(self.path, line.number, text)


class _UnreadableError(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


def read_cells(path: Path, columns: Sequence[str]) -> tuple[Table, list[Fault]]:
    """The table in a CSV file, in whatever order of its columns, and the faults that keep it from being trusted."""
    faults: list[Fault] = []
    try:
        text, untidy = _text(path)
        rows = _rows(text)
        titles = next(rows)[1]
        # Only where the titles go on over the last column do all rows; else a text lacks its double quotes.
        wide = len(titles) - len(header := _header(titles, columns))
        lines = []
        empty = 0
        for number, cells in rows:
            if not any(cells):
                empty += 1
                continue
            if wide and not any(cells[len(header) :]):
                del cells[len(header) :]
            if told := _miscounted(len(cells), len(header)):
                faults.append(Fault(path, number, told))
                continue
            line = Line(number, dict(zip(header, cells, strict=True)))
            lines.append(line)
            for column, cell in line.cells.items():
                if cell and (told := _unfit(cell)):
                    faults.append(Fault(path, number, f"{column} {told}: {shown(cell)}"))
    except _UnreadableError as refused:
        return Table(path), [*faults, Fault(path, refused.line, refused.text)]
    untidy += ["empty rows"] * bool(empty) + ["empty columns"] * bool(wide)
    return Table(path, tuple(lines), header, tuple(untidy)), faults


def _text(path: Path) -> tuple[str, list[str]]:
    """The text of the file, and what was read past."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _UnreadableError(0, f"cannot be read: {error.strerror}") from None
    if not content.strip():
        raise _UnreadableError(1, "the file is empty; its first line names the columns")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(line, f"is not UTF-8: {_SAVE_AS}") from None
    untidy = []
    if text.startswith("\ufeff"):
        text = text[1:]
        untidy.append("a byte order mark")
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
        untidy.append("Windows line ends")
    if "\t" in text.partition("\n")[0]:
        raise _UnreadableError(1, f"its cells are parted by tabs: {_SAVE_AS}")
    if found := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        before = text[max(0, found.start() - 12) : found.start()].rpartition("\n")[2]
        raise _UnreadableError(
            line, f"holds {_character(found[0])}, which cannot be seen, after {before!r}: delete it"
        )
    for number, physical in enumerate(text.split("\n"), 1):
        if len(physical) > _LONGEST_LINE:
            told = f"is {len(physical):,} characters long; a cell holds at most {LONGEST_CELL:,}"
            raise _UnreadableError(number, told)
    return text, untidy


def _character(mark: str) -> str:
    code = f"U+{ord(mark):04X}"
    name = unicodedata.name(mark, "")
    return f"the character {code}" + (f" ({name.lower()})" if name else "")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its line."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    before = 0
    try:
        for cells in reader:
            number = before + 1
            if reader.line_num > number:
                raise _UnreadableError(
                    number, "a cell goes on over the end of the line: close its double quotes"
                )
            before = reader.line_num
            yield number, cells
    except csv.Error as error:
        raise _UnreadableError(
            before + 1,
            f"cannot be read as CSV: {error}; a cell with a comma stands in double quotes, "
            "and a double quote in it is written twice",
        ) from None


def _header(header: list[str], columns: Sequence[str]) -> tuple[str, ...]:
    while header and not header[-1]:
        header = header[:-1]
    wanted = set(columns)
    if set(header) == wanted and len(header) == len(wanted):
        return tuple(header)
    if len(header) == 1 and wanted <= set(header[0].split(";")):
        raise _UnreadableError(
            1,
            f"its cells are parted by semicolons: {_SAVE_AS}, with a point in its numbers (10.5, not 10,5)",
        )
    missing = sorted(wanted - set(header))
    unknown = sorted(set(header) - wanted)
    twice = sorted({name for name in header if header.count(name) > 1})
    told = [
        f"{what}: {', '.join(map(repr, names))}"
        for what, names in (("missing", missing), ("unknown", unknown), ("twice", twice))
        if names
    ]
    raise _UnreadableError(1, f"the columns are not those of datapackage.json; {'; '.join(told)}")


def _miscounted(has: int, needs: int) -> str:
    """What is wrong with a line of so many cells, or nothing."""
    if has == needs:
        return ""
    if has > needs:
        return f"needs {needs} cells and has {has}: a text with a comma in it stands in double quotes"
    return f"needs {needs} cells and has {has}: a comma is missing, for an empty cell keeps its comma"


def _unfit(cell: str) -> str:
    """Why no cell may look like this, or nothing."""
    if len(cell) > LONGEST_CELL:
        return f"is {len(cell):,} characters long, more than {LONGEST_CELL:,}"
    if cell[0] in "=+-@" and not _PLAIN_NUMBER.fullmatch(cell):
        return "begins like a formula, which a spreadsheet would run; a minus before text is written \u2212"
    return "begins or ends with a space; delete it" if cell != cell.strip() else ""
