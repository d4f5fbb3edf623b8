"""Reads the tables of ``evidence/data`` once, and finds a row by its id."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

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

DATA = Path(__file__).parent / "data"

R = TypeVar("R", bound=Entry)


def read_table(path: Path, model: type[R]) -> tuple[R, ...]:
    """Rows of one CSV file, in its order.

    Raises:
        EvidenceError: with file and line, when the file cannot be read, a column is missing, an id stands
            twice or a cell does not fit its type.
    """
    where = f"{path.parent.name}/{path.name}"
    first_lines: dict[str, int] = {}
    rows = []
    for line, entry in _rows(_text(path, where), where, model):
        name = entry.known_by
        if name in first_lines:
            raise EvidenceError(f"{where}:{line}: the id {name!r} stands in line {first_lines[name]} already")
        first_lines[name] = line
        rows.append(entry)
    return tuple(rows)


def _text(path: Path, where: str) -> str:
    try:
        content = path.read_bytes()
        # Spreadsheets put a byte order mark before UTF-8.
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise EvidenceError(f"{where}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise EvidenceError(f"{where}:{line}: not UTF-8 text: save the table as CSV in UTF-8") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise EvidenceError(f"{where}:{line}: holds a NUL character: save the table as CSV in UTF-8")
    return text


def _rows(text: str, where: str, model: type[R]) -> Iterator[tuple[int, R]]:
    """Each row with the number of its last line."""
    columns = set(model.model_fields)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = reader.fieldnames or ()
        if set(header) != columns or len(header) != len(columns):
            odd = sorted(set(header) ^ columns) or sorted({name for name in header if header.count(name) > 1})
            raise EvidenceError(f"{where}:1: columns missing, unknown or twice there: {', '.join(odd)}")
        for cells in reader:
            # Short and long lines show up as None: a missing cell, or a key for what is left over.
            if None in cells or None in cells.values():
                raise EvidenceError(f"{where}:{reader.line_num}: this line needs {len(columns)} cells")
            try:
                yield reader.line_num, model.model_validate(cells)
            except ValidationError as error:
                first = error.errors()[0]
                column = ".".join(str(part) for part in first["loc"])
                raise EvidenceError(
                    f"{where}:{reader.line_num}: {column} is {first['input']!r}: {first['msg']}"
                ) from None
    except csv.Error as error:
        # The reader counts a line once it is through with it.
        line = min(reader.line_num + 1, max(1, len(text.splitlines())))
        raise EvidenceError(f"{where}:{line}: cannot be read as CSV: {error}") from None


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
def scales() -> tuple[Scale, ...]:
    """Rating scales with their ranges."""
    return read_table(DATA / "scales.csv", Scale)


@cache
def scale_items() -> tuple[ScaleItem, ...]:
    """Parts and items of the rating scales: structure and ranges, not the protected wording."""
    return read_table(DATA / "scale_items.csv", ScaleItem)


@cache
def scale_findings() -> tuple[ScaleFinding, ...]:
    """How reliable the scales are, and which change on them matters."""
    return read_table(DATA / "scale_findings.csv", ScaleFinding)


@cache
def studies() -> dict[str, Study]:
    """Every study behind outcomes and complications, by its bibliography key."""
    return {study.key: study for study in read_table(DATA / "studies.csv", Study)}


@cache
def procedures() -> dict[str, Procedure]:
    """The procedure vocabulary, by term."""
    return {entry.term: entry for entry in read_table(DATA / "procedures.csv", Procedure)}


@cache
def complication_terms() -> dict[str, ComplicationTerm]:
    """The complication vocabulary, by term."""
    return {entry.term: entry for entry in read_table(DATA / "complication_terms.csv", ComplicationTerm)}


@cache
def fact_topics() -> dict[str, FactTopic]:
    """The topics of facts, by name."""
    return {entry.topic: entry for entry in read_table(DATA / "fact_topics.csv", FactTopic)}


@cache
def conflicts() -> tuple[Conflict, ...]:
    """Where sources disagree, mislead or misprint."""
    return read_table(DATA / "conflicts.csv", Conflict)


@cache
def gaps() -> tuple[Gap, ...]:
    """What is not known, or could not be read."""
    return read_table(DATA / "gaps.csv", Gap)


@cache
def derived() -> dict[str, Derived]:
    """Values worked out from rows, by their id."""
    return {entry.id: entry for entry in read_table(DATA / "derived.csv", Derived)}


@cache
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
