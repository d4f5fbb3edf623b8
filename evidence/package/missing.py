"""Whether a gap says whose it is, and an entry of the reading queue what its state asks for."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.fault import Fault
from evidence.package.schema import Resources

#: What an entry of the queue must say, by its state.
ASKED = {"to-screen": (), "to-read": ("part", "why", "settles"), "left-out": ("reason",)}
_RECORD = ("authors", "title", "container", "year", "doi", "pmid")


def unsaid(resources: Resources) -> Iterator[Fault]:
    """Every gap that is called the field's without a source that says so, or ours with one."""
    table = resources.tables["gaps"]
    for line in table.lines:
        if (line.cells["whose"] == "field") != bool(line.cells["said_by"]):
            yield table.fault(
                line, "a gap of the field needs a source that says so in said_by; a gap of ours has none"
            )


def unsorted(resources: Resources) -> Iterator[Fault]:
    """Every entry of the queue that lacks what its state asks for, or whose record stands in two places or none."""
    table = resources.tables["reading-queue"]
    for line in table.lines:
        cells = line.cells
        lacking = [column for column in ASKED[cells["state"]] if not cells[column]]
        if lacking:
            yield table.fault(line, f"{cells['state']} needs {' and '.join(lacking)}")
        elif cells["reason"] and cells["state"] != "left-out":
            yield table.fault(line, f"has a reason for leaving it out, and is {cells['state']}")
        elif cells["source"] and (twice := [column for column in _RECORD if cells[column]]):
            yield table.fault(
                line, f"the record of {cells['source']} stands in references.bib: empty {' and '.join(twice)}"
            )
        elif not cells["source"] and not cells["title"]:
            yield table.fault(line, "names neither a source of the bibliography nor a title")
