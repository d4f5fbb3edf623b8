"""Reads the tables of ``evidence/data`` once, and finds a row by its id."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from evidence.errors import EvidenceError
from evidence.model import Complication, Fact, Muscle, Outcome, Row

DATA = Path(__file__).parent / "data"

R = TypeVar("R", bound=Row)


def read_table(path: Path, model: type[R]) -> tuple[R, ...]:
    """Rows of one CSV file.

    Raises:
        EvidenceError: with file and line, when the file cannot be read, a column is missing or a cell
            does not fit its type.
    """
    return tuple(_rows(path, model))


def _rows(path: Path, model: type[R]) -> Iterator[R]:
    where = f"{path.parent.name}/{path.name}"
    columns = set(model.model_fields)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if set(reader.fieldnames or ()) != columns:
                odd = sorted(set(reader.fieldnames or ()) ^ columns)
                raise EvidenceError(f"{where}:1: columns missing or unknown: {', '.join(odd)}")
            for cells in reader:
                # Short and long lines show up as None: a missing cell, or a key for what is left over.
                if None in cells or None in cells.values():
                    raise EvidenceError(f"{where}:{reader.line_num}: this line needs {len(columns)} cells")
                try:
                    yield model.model_validate(cells)
                except ValidationError as error:
                    first = error.errors()[0]
                    column = ".".join(str(part) for part in first["loc"])
                    raise EvidenceError(
                        f"{where}:{reader.line_num}: {column} is {first['input']!r}: {first['msg']}"
                    ) from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EvidenceError(f"{where}: cannot be read as CSV in UTF-8: {error}") from None


@cache
def outcomes() -> tuple[Outcome, ...]:
    """What was measured after an operation, one row per study, arm, scale and follow-up."""
    return read_table(DATA / "outcomes.csv", Outcome)


@cache
def complications() -> tuple[Complication, ...]:
    """What went wrong, one row per study and complication."""
    return read_table(DATA / "complications.csv", Complication)


@cache
def facts() -> tuple[Fact, ...]:
    """Everything else that was read: technique, selection, scales, toxin, guidance."""
    return read_table(DATA / "facts.csv", Fact)


@cache
def muscles() -> tuple[Muscle, ...]:
    """Muscles of the neck with their side rule, nerve supply and surgical target."""
    return read_table(DATA / "muscles.csv", Muscle)


@cache
def _by_id() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for table in (outcomes(), complications(), facts(), muscles()):
        for entry in table:
            if entry.id in found:
                raise EvidenceError(f"evidence/data: the id {entry.id!r} stands in two rows")
            found[entry.id] = entry
    return found


def row(row_id: str) -> Row:
    """The row with this id, whichever table it stands in.

    Raises:
        EvidenceError: when no row has the id; the line names the nearest ids.
    """
    rows = _by_id()
    if row_id not in rows:
        # Imported here: only a wrong id needs it, and a page that is right should not wait for it.
        import difflib

        near = difflib.get_close_matches(row_id, rows, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise EvidenceError(f"no row of the evidence has the id {row_id!r}{hint}")
    return rows[row_id]
