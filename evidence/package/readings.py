"""Whether what stands of the second reading fits its row, and the two blind readings that it came from."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.agreement import FIELDS
from evidence.cells import Line
from evidence.fault import Fault, shown
from evidence.package.schema import Resources

#: The tables whose rows are read twice; the others hold vocabularies, anatomy and the structure of scales.
READ_TWICE = ("outcomes", "complications", "facts", "scale-findings")


def misread(resources: Resources) -> Iterator[Fault]:
    """Every reading whose cells contradict each other, its row, or the two readers."""
    tables = resources.tables
    columns = {line.cells["id"]: tables[name].columns for name in READ_TWICE for line in tables[name].lines}
    readers: dict[tuple[str, str], Line] = {}
    for line in tables["blind-readings"].lines:
        readers[line.cells["row"], line.cells["reader"]] = line
    table = tables["readings"]
    for line in table.lines:
        row = line.cells["row"]
        if row not in columns:
            told = f"names {shown(row)}, whose table is not read twice"
        elif unknown := set(filter(None, line.cells["not_in_text"].split(";"))) - set(columns[row]):
            told = f"not_in_text names {shown(min(unknown))}, which is no column of the table of {row}"
        else:
            told = _contradicted(line.cells) or _unfounded(
                line.cells, [readers[row, one] for one in "12" if (row, one) in readers]
            )
        if told:
            yield table.fault(line, told)
    read = {line.cells["row"] for line in table.lines}
    for (row, _), line in readers.items():
        if row not in read:
            yield tables["blind-readings"].fault(line, f"{row} has no line in readings.csv; add it")


def _contradicted(cells: dict[str, str]) -> str:
    """What in a reading contradicts the rest of it, or nothing."""
    if (cells["change_in"] == "points") != bool(cells["scale_of_change"]):
        return "points need the scale they are points of: fill scale_of_change with them, and only with them"
    if cells["time"] and cells["time_kind"] == "not printed":
        return f"time is {shown(cells['time'])}, but time_kind says that none is printed"
    if not cells["best_copy"] and cells["text_read"] != "none":
        return "best_copy is empty: write the address where the text was read, or text_read none"
    if cells["text_read"] == "none" and cells["figures"] != "not found":
        return f"figures cannot be {cells['figures']} when no text was read"
    return ""


def _unfounded(cells: dict[str, str], readers: list[Line]) -> str:
    """What in a reading that no third reader settled is not what both readers said, or nothing."""
    if len(readers) != 2:
        return f"{cells['row']} needs two lines in blind_readings.csv, reader 1 and 2, and has {len(readers)}"
    if cells["settled"] == "yes":
        return ""
    for field in FIELDS:
        said = [reader.cells[field] for reader in readers]
        if said != [cells[field]] * 2:
            return f"{field} is {shown(cells[field])}, but the readers said {said[0]!r} and {said[1]!r}: settle it"
    return ""
