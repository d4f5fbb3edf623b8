"""Puts right what a spreadsheet adds when it saves a table; no cell is changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from evidence.cells import Table, read_cells
from evidence.fault import Fault


def untidy(table: Table, columns: Sequence[str]) -> Iterator[Fault]:
    """What a spreadsheet added to the file, in one line."""
    if added := _added(table, columns):
        yield Fault(
            table.path,
            0,
            f"was saved by a spreadsheet with {' and '.join(added)}: "
            "run python -m evidence.package --write, which puts that right",
        )


def tidy(path: Path, columns: Sequence[str]) -> bool:
    """Write the table as it should be saved, if it can be read; whether it was written."""
    table, faults = read_cells(path, columns)
    if faults or not _added(table, columns):
        return False
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(line.cells for line in table.lines)
    path.write_text(out.getvalue(), encoding="utf-8", newline="\n")
    return True


def _added(table: Table, columns: Sequence[str]) -> list[str]:
    moved = bool(table.columns) and table.columns != tuple(columns)
    return [*table.untidy, *(["columns in another order"] if moved else [])]
