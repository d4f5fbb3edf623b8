"""Reads a table as bare cells, and refuses what spreadsheets and careless tools leave behind."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from evidence.package.fault import Fault, shown

LONGEST_CELL = 4_000
# The csv module reads no longer field; no honest line comes near.
_LONGEST_LINE = 100_000
# Control characters, and marks that show nothing or turn the direction of writing.
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


class Line(NamedTuple):
    """A row of a table: its line in the file, and its cells by column."""

    number: int
    cells: dict[str, str]


class Table(NamedTuple):
    """A table whose file could be read; what its cells say is not judged yet."""

    path: Path
    lines: tuple[Line, ...]

    def fault(self, line: Line, text: str) -> Fault:
        """A fault in one line of this table."""
        return Fault(self.path, line.number, text)


def read_cells(path: Path, columns: Sequence[str]) -> tuple[Table, list[Fault]]:
    """The table in a CSV file, and the faults that keep it from being trusted."""
    text, faults = _read_text(path)
    if faults:
        return Table(path, ()), faults
    lines: list[Line] = []
    faults.extend(_read_lines(path, text, columns, lines))
    return Table(path, tuple(lines)), faults


def _read_text(path: Path) -> tuple[str, list[Fault]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        return "", [Fault(path, 0, f"cannot be read: {error.strerror}")]
    if not content.strip():
        return "", [Fault(path, 1, "the file is empty; its first line names the columns")]
    if content.startswith(b"\xef\xbb\xbf"):
        return "", [Fault(path, 1, "begins with a byte order mark: save as CSV in UTF-8 without one")]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return "", [Fault(path, line, "is not UTF-8: save the table as CSV in UTF-8")]
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        return "", [Fault(path, line, "holds a carriage return: save with plain line feeds as line ends")]
    if found := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return "", [Fault(path, line, f"holds the character U+{ord(found[0]):04X}, which cannot be seen")]
    for number, physical in enumerate(text.split("\n"), 1):
        if len(physical) > _LONGEST_LINE:
            told = f"is {len(physical):,} characters long; a cell holds at most {LONGEST_CELL:,}"
            return "", [Fault(path, number, told)]
    return text, []


def _read_lines(path: Path, text: str, columns: Sequence[str], into: list[Line]) -> Iterator[Fault]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    before = 1
    try:
        header = next(reader)
        if header != list(columns):
            odd = sorted(set(header) ^ set(columns))
            told = f"missing or unknown: {', '.join(odd)}" if odd else f"their order is {', '.join(columns)}"
            yield Fault(path, 1, f"the columns are not those of datapackage.json; {told}")
            return
        for cells in reader:
            number = before + 1
            if reader.line_num > number:
                yield Fault(path, number, "a cell goes on over the end of the line")
            elif len(cells) != len(columns):
                yield Fault(path, number, f"needs {len(columns)} cells and has {len(cells)}")
            else:
                line = Line(number, dict(zip(columns, cells, strict=True)))
                into.append(line)
                for column, cell in line.cells.items():
                    if cell and (told := _unfit(cell)):
                        yield Fault(path, number, f"{column} {told}: {shown(cell)}")
            before = reader.line_num
    except csv.Error as error:
        yield Fault(path, before + 1, f"cannot be read as CSV: {error}")


def _unfit(cell: str) -> str:
    """Why no cell may look like this, or nothing."""
    if len(cell) > LONGEST_CELL:
        return f"is {len(cell):,} characters long, more than {LONGEST_CELL:,}"
    if cell[0] in "=+-@" and not _PLAIN_NUMBER.fullmatch(cell):
        return "begins like a formula, which a spreadsheet would run; a minus before text is written \u2212"
    return "begins or ends with a space" if cell != cell.strip() else ""
