"""Reads the tables of the data package once, and finds a row by its id."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from evidence.cells import Line, Table, read_cells
from evidence.errors import EvidenceError
from evidence.model import (
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
    Row,
    Scale,
    ScaleFinding,
    ScaleItem,
    Study,
)
from evidence.source import folder, kept

R = TypeVar("R", bound=Entry)


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


@kept
def outcomes() -> tuple[Outcome, ...]:
    """What was measured after an operation, one row per study, arm, scale and follow-up."""
    return read_table(folder() / "outcomes.csv", Outcome)


@kept
def complications() -> tuple[Complication, ...]:
    """What went wrong, one row per study and complication."""
    return read_table(folder() / "complications.csv", Complication)


@kept
def facts() -> tuple[Fact, ...]:
    """Everything else that was read: technique, selection, scales, toxin, guidance."""
    return read_table(folder() / "facts.csv", Fact)


@kept
def muscles() -> tuple[Muscle, ...]:
    """Muscles of the neck with their side rule, nerve supply and surgical target."""
    return read_table(folder() / "muscles.csv", Muscle)


@kept
def scales() -> tuple[Scale, ...]:
    """Rating scales with their ranges."""
    return read_table(folder() / "scales.csv", Scale)


@kept
def scale_items() -> tuple[ScaleItem, ...]:
    """Parts and items of the rating scales: structure and ranges, not the protected wording."""
    return read_table(folder() / "scale_items.csv", ScaleItem)


@kept
def scale_findings() -> tuple[ScaleFinding, ...]:
    """How reliable the scales are, and which change on them matters."""
    return read_table(folder() / "scale_findings.csv", ScaleFinding)


@kept
def studies() -> dict[str, Study]:
    """Every study behind outcomes and complications, by its bibliography key."""
    return {study.key: study for study in read_table(folder() / "studies.csv", Study)}


@kept
def procedures() -> dict[str, Procedure]:
    """The procedure vocabulary, by term."""
    return {entry.term: entry for entry in read_table(folder() / "procedures.csv", Procedure)}


@kept
def complication_terms() -> dict[str, ComplicationTerm]:
    """The complication vocabulary, by term."""
    return {entry.term: entry for entry in read_table(folder() / "complication_terms.csv", ComplicationTerm)}


@kept
def fact_topics() -> dict[str, FactTopic]:
    """The topics of facts, by name."""
    return {entry.topic: entry for entry in read_table(folder() / "fact_topics.csv", FactTopic)}


@kept
def conflicts() -> tuple[Conflict, ...]:
    """Where sources disagree, mislead or misprint."""
    return read_table(folder() / "conflicts.csv", Conflict)


@kept
def gaps() -> tuple[Gap, ...]:
    """What is not known, or could not be read."""
    return read_table(folder() / "gaps.csv", Gap)


@kept
def derived() -> dict[str, Derived]:
    """Values worked out from rows, by their id."""
    return {entry.id: entry for entry in read_table(folder() / "derived.csv", Derived)}


@kept
def _by_id() -> dict[str, Row]:
    found: dict[str, Row] = {}
    tables = (outcomes(), complications(), facts(), muscles(), scales(), scale_items(), scale_findings())
    for table in tables:
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
