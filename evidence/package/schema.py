"""Holds tables against their schemas in ``datapackage.json``: types, constraints, keys.

The part of the Frictionless Table Schema that the package uses, and one word of our own: ``listOf`` names
the resource and field that the parts of a semicolon-joined cell must be found in (``*``: any row with an id).
Frictionless says the same, save ``listOf``; this says it in a second less and without its dependencies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from evidence.cells import Line, Table
from evidence.fault import Fault, shown

_TYPES = {
    "integer": (re.compile(r"-?\d+"), "a whole number"),
    "number": (re.compile(r"-?\d+(?:\.\d+)?"), "a number"),
    "boolean": (re.compile("yes|no"), "yes or no"),
    "date": (re.compile(r"\d{4}-\d{2}-\d{2}"), "a day such as 2026-11-26"),
    "string": (re.compile(".*", re.DOTALL), "text"),
}


class Form(NamedTuple):
    """What a pattern asks for, in words, and what to write instead where that can be told."""

    asks: str
    mend: Callable[[str], str] = lambda _: ""


FORMS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": Form(
        "Lower-case letters and digits joined by hyphens",
        lambda cell: "-".join(re.findall(r"[a-z0-9]+", cell.lower())),
    ),
    "^[a-z][a-z0-9_]*$": Form(
        "Lower-case letters and digits joined by underscores",
        lambda cell: "_".join(re.findall(r"[a-z0-9]+", cell.lower())),
    ),
    "^[A-Za-z][A-Za-z0-9_]*$": Form(
        "A letter first, then letters, digits or underscores",
        lambda cell: "_".join(re.findall(r"[A-Za-z0-9]+", cell)),
    ),
    r"^https?://\S+$": Form("A web address that begins with https:// and has no space in it"),
    r"^10\.\S+$": Form(
        "A DOI from its 10. on, without an address before it",
        lambda cell: cell[cell.find("10.") :] if "10." in cell else "",
    ),
    "^[0-9]+$": Form("Digits alone", lambda cell: "".join(re.findall(r"[0-9]", cell))),
    "^[a-z]+$": Form("Lower-case letters alone"),
}


# The tables whose rows `evidence.row` finds.
_ROWS = ("outcomes", "complications", "facts", "muscles", "scales", "scale-items", "scale-findings")


class Resources:
    """The tables of one package by resource name, with the values that other tables may point to."""

    def __init__(self, tables: dict[str, Table], schemas: dict[str, dict[str, Any]]) -> None:
        self.tables = tables
        self.schemas = schemas
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    def known(self, resource: str, field: str) -> frozenset[str]:
        """Every value of a field; of all row ids when the resource is ``*``."""
        if resource == "*":
            return self.row_ids
        if (resource, field) not in self._known:
            values = (line.cells[field] for line in self.tables[resource].lines)
            self._known[resource, field] = frozenset(values)
        return self._known[resource, field]

    @cached_property
    def row_ids(self) -> frozenset[str]:
        """Ids that can be looked up with `evidence.row`."""
        found: set[str] = set()
        for name in _ROWS:
            found |= self.known(name, "id")
        return frozenset(found)


def schema_faults(resources: Resources) -> Iterator[Fault]:
    """Every cell that breaks its table's schema, and every key that points nowhere."""
    for name, table in resources.tables.items():
        schema = resources.schemas[name]
        checks = [(field["name"], _cell_check(field, resources)) for field in schema["fields"]]
        keys = [(key["fields"], key["reference"]) for key in schema.get("foreignKeys", [])]
        unique = _Unique(schema)
        for line in table.lines:
            for column, check in checks:
                if told := check(line.cells[column]):
                    yield table.fault(line, f"{column} {told}")
            for column, reference in keys:
                cell = line.cells[column]
                if cell and cell not in resources.known(reference["resource"], reference["fields"]):
                    yield table.fault(line, f"{column} {_nowhere(cell, reference, resources)}")
            if told := unique.told(line):
                yield table.fault(line, told)


def _cell_check(field: dict[str, Any], resources: Resources) -> Callable[[str], str]:
    """A function that tells what is wrong with a cell of this field, or nothing."""
    form, kind = _TYPES[field["type"]]
    limits = field.get("constraints", {})
    pattern = re.compile(limits["pattern"]) if "pattern" in limits else None
    lowest, highest = (Decimal(limits[end]) if end in limits else None for end in ("minimum", "maximum"))
    allowed = frozenset(limits.get("enum", ()))
    parts = field.get("listOf")

    def check(cell: str) -> str:
        if not cell:
            return "is empty and must not be" if limits.get("required") else ""
        if not form.fullmatch(cell):
            return f"must be {kind}, not {shown(cell)}{_plain(cell, form)}"
        if pattern and not pattern.search(cell):
            return f"is {shown(cell)}, {_formless(cell, pattern)}"
        if allowed and cell not in allowed:
            return f"is {shown(cell)}, not one of: {', '.join(limits['enum'])}{_near(cell, allowed)}"
        if lowest is not None and Decimal(cell) < lowest:
            return f"is {cell}, below {lowest}"
        if highest is not None and Decimal(cell) > highest:
            return f"is {cell}, above {highest}"
        if parts:
            known = resources.known(parts["resource"], parts["fields"])
            for part in cell.split(";"):
                if part not in known:
                    return _nowhere(part, parts, resources)
        return ""

    return check


def _plain(cell: str, form: re.Pattern[str]) -> str:
    """How to write a number, where that can be told."""
    dotted = cell.replace("\u2212", "-").strip(" %~<>=\u00a0").replace(",", ".")
    lower = cell.lower().strip()
    written = next((one for one in (dotted, lower) if form.fullmatch(one)), "")
    return f": write {written}" if written else ""


def _formless(cell: str, pattern: re.Pattern[str]) -> str:
    """What is wrong with the form of a cell, in words, and what would be right."""
    form = FORMS[pattern.pattern]
    written = form.mend(cell)
    right = f"; write {written}" if written and pattern.search(written) else ""
    return f"not {form.asks[0].lower()}{form.asks[1:]}{right}"


def _nowhere(cell: str, reference: dict[str, str], resources: Resources) -> str:
    resource = reference["resource"]
    if resource == "*":
        where, cure = "any table", "; write the id of a row"
    else:
        where = resources.tables[resource].path.name
        cure = (
            f"; add its row to {where} first"
            if resource != "references"
            else ("; add its record to references.bib, then run python -m evidence.package --write")
        )
    near = _near(cell, resources.known(resource, reference["fields"]))
    return f"names {shown(cell)}, which is not in {where}{near or cure}"


def _near(cell: str, known: Collection[str]) -> str:
    """The value that was probably meant, as a question; nothing when none is near."""
    # Imported here: only a fault needs it.
    import difflib

    same = [one for one in sorted(known) if one.casefold() == cell.casefold()]
    near = same or difflib.get_close_matches(cell, sorted(known), n=1, cutoff=0.7)
    return f"; did you mean {near[0]}?" if near else ""


class _Unique:
    """Remembers what must not come twice."""

    def __init__(self, schema: dict[str, Any]) -> None:
        key = schema["primaryKey"]
        self._keys = [tuple([key] if isinstance(key, str) else key)]
        for field in schema["fields"]:
            single = (field["name"],)
            if field.get("constraints", {}).get("unique") and single not in self._keys:
                self._keys.append(single)
        self._seen: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {key: {} for key in self._keys}

    def told(self, line: Line) -> str:
        for key in self._keys:
            value = tuple(line.cells[column] for column in key)
            if not any(value):
                continue
            first = self._seen[key].setdefault(value, line.number)
            if first != line.number:
                return f"{' and '.join(key)} {shown(', '.join(value))} stands in line {first} already"
        return ""
