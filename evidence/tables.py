"""Reads the tables of the data package once, and finds a row by its id."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from evidence.cells import Line, Table, read_cells
from evidence.errors import EvidenceError
from evidence.model import (
    BlindReading,
    Complication,
    ComplicationTerm,
    Conflict,
    Derived,
    Entry,
    Fact,
    FactTopic,
    Gap,
    Muscle,
    Outcome,
    Procedure,
    QueueEntry,
    Reading,
    Row,
    Scale,
    ScaleFinding,
    ScaleItem,
    Study,
)
from evidence.source import folder, kept

R = TypeVar("R", bound=Entry)
T = TypeVar("T")

# What of the evidence a reader uses is told to whoever listens (`sys.addaudithook`): a whole table by its file, a row
# by its id. So the book knows which outputs an edit of one row concerns.
USED_TABLE, USED_ROW, INDEXING = "evidence.table", "evidence.row", "evidence.indexing"


class _table(kept[[], T]):  # noqa: N801 (a decorator, named as it is read)
    """A table that is read once for each data package, and tells each time that it is used as a whole."""

    def __call__(self) -> T:
        sys.audit(USED_TABLE, f"{self.work.__name__}.csv")
        return super().__call__()


@contextmanager
def _indexing() -> Iterator[None]:
    """Within it tables are read to find single rows: that uses none of them as a whole."""
    sys.audit(INDEXING, True)
    try:
        yield
    finally:
        sys.audit(INDEXING, False)


def read_table(path: Path, model: type[R]) -> tuple[R, ...]:
    """Rows of one CSV file, in its order.

    Raises:
        EvidenceError: with file and line, when the file cannot be read, a column is missing, an id stands
            twice or a cell does not fit its type.
    """
    table, faults = read_cells(path, list(model.model_fields))
    if faults:
        raise EvidenceError(str(faults[0]))
    first_lines: dict[str, int] = {}
    rows = []
    for line in table.lines:
        entry = _typed(table, line, model)
        name = entry.known_by
        if name in first_lines:
            told = f"the id {name!r} stands in line {first_lines[name]} already"
            raise EvidenceError(str(table.fault(line, told)))
        first_lines[name] = line.number
        rows.append(entry)
    return tuple(rows)


def _typed(table: Table, line: Line, model: type[R]) -> R:
    try:
        return model.model_validate(line.cells)
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"])
        told = f"{column} is {first['input']!r}: {first['msg']}"
        raise EvidenceError(str(table.fault(line, told))) from None


@_table
def outcomes() -> tuple[Outcome, ...]:
    """What was measured after an operation, one row per study, arm, scale and follow-up."""
    return read_table(folder() / "outcomes.csv", Outcome)


@_table
def complications() -> tuple[Complication, ...]:
    """What went wrong, one row per study and complication."""
    return read_table(folder() / "complications.csv", Complication)


@_table
def facts() -> tuple[Fact, ...]:
    """Everything else that was read: technique, selection, scales, toxin, guidance."""
    return read_table(folder() / "facts.csv", Fact)


@_table
def muscles() -> tuple[Muscle, ...]:
    """Muscles of the neck with their side rule, nerve supply and surgical target."""
    return read_table(folder() / "muscles.csv", Muscle)


@_table
def scales() -> tuple[Scale, ...]:
    """Rating scales with their ranges."""
    return read_table(folder() / "scales.csv", Scale)


@_table
def scale_items() -> tuple[ScaleItem, ...]:
    """Parts and items of the rating scales: structure and ranges, not the protected wording."""
    return read_table(folder() / "scale_items.csv", ScaleItem)


@_table
def scale_findings() -> tuple[ScaleFinding, ...]:
    """How reliable the scales are, and which change on them matters."""
    return read_table(folder() / "scale_findings.csv", ScaleFinding)


@_table
def studies() -> dict[str, Study]:
    """Every study behind outcomes and complications, by its bibliography key."""
    return {study.key: study for study in read_table(folder() / "studies.csv", Study)}


@_table
def procedures() -> dict[str, Procedure]:
    """The procedure vocabulary, by term."""
    return {entry.term: entry for entry in read_table(folder() / "procedures.csv", Procedure)}


@_table
def complication_terms() -> dict[str, ComplicationTerm]:
    """The complication vocabulary, by term."""
    return {entry.term: entry for entry in read_table(folder() / "complication_terms.csv", ComplicationTerm)}


@_table
def fact_topics() -> dict[str, FactTopic]:
    """The topics of facts, by name."""
    return {entry.topic: entry for entry in read_table(folder() / "fact_topics.csv", FactTopic)}


@_table
def conflicts() -> tuple[Conflict, ...]:
    """Where sources disagree, mislead or misprint."""
    return read_table(folder() / "conflicts.csv", Conflict)


@_table
def gaps() -> tuple[Gap, ...]:
    """What is not known: by the field, as a source says, or by us."""
    return read_table(folder() / "gaps.csv", Gap)


@_table
def reading_queue() -> tuple[QueueEntry, ...]:
    """What should be read next, and what was looked at and left out."""
    return read_table(folder() / "reading_queue.csv", QueueEntry)


@_table
def readings() -> dict[str, Reading]:
    """What a second reading found of each row that is printed, by the row's id."""
    return {entry.row: entry for entry in read_table(folder() / "readings.csv", Reading)}


@_table
def blind_readings() -> tuple[BlindReading, ...]:
    """How two readers described each row without seeing each other: two entries a row."""
    return read_table(folder() / "blind_readings.csv", BlindReading)


@_table
def derived() -> dict[str, Derived]:
    """Values worked out from rows, by their id."""
    return {entry.id: entry for entry in read_table(folder() / "derived.csv", Derived)}


@kept
def _by_id() -> dict[str, Row]:
    found: dict[str, Row] = {}
    with _indexing():
        tables = (outcomes(), complications(), facts(), muscles(), scales(), scale_items(), scale_findings())
    for table in tables:
        for entry in table:
            if entry.id in found:
                raise EvidenceError(f"evidence/data: the id {entry.id!r} stands in two rows")
            found[entry.id] = entry
    return found


@kept
def _derived_by_id() -> dict[str, Derived]:
    with _indexing():
        return derived()


def derived_value(row_id: str) -> Derived | None:
    """The value worked out from rows that has this id, if one has."""
    sys.audit(USED_ROW, row_id)
    return _derived_by_id().get(row_id)


def row(row_id: str) -> Row:
    """The row with this id, whichever table it stands in.

    Raises:
        EvidenceError: when no row has the id; the line names the nearest ids.
    """
    sys.audit(USED_ROW, row_id)
    rows = _by_id()
    if row_id not in rows:
        # Imported here: only a wrong id needs it, and a page that is right should not wait for it.
        import difflib

        near = difflib.get_close_matches(row_id, rows, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise EvidenceError(f"no row of the evidence has the id {row_id!r}{hint}")
    return rows[row_id]
