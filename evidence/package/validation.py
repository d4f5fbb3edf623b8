"""Validates a package in stages: files, bibliography, cells, then what the figures say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evidence.cells import Table, read_cells
from evidence.fault import Fault
from evidence.package.figures import implausible
from evidence.package.gains import undecided
from evidence.package.missing import unsaid, unsorted
from evidence.package.readings import misread
from evidence.package.references import addresses, bibliography_faults
from evidence.package.schema import Resources, schema_faults
from evidence.package.tidy import tidy, untidy
from evidence.source import DATA


def validate(folder: Path = DATA, *, bibliography: bool = True) -> list[Fault]:
    """Every fault of the package in ``folder``; none when it is sound.

    A stage is only looked at when the one before it is sound, so that one mistake gives one line.

    Args:
        folder: where ``datapackage.json`` and its tables lie.
        bibliography: whether ``references.bib`` is parsed too, which takes longer than all tables.
    """
    schemas, paths, faults = _descriptor(folder)
    tables: dict[str, Table] = {}
    for name, path in paths.items():
        columns = column_names(schemas[name])
        tables[name], told = read_cells(path, columns)
        faults += told or untidy(tables[name], columns)
    if faults:
        return faults
    if faults := list(addresses(folder)):
        return faults
    if bibliography and (
        faults := list(bibliography_faults(folder, tables["references"], tables["lookalikes"]))
    ):
        return faults
    resources = Resources(tables, schemas)
    return list(schema_faults(resources)) or [
        *implausible(resources),
        *undecided(resources),
        *misread(resources),
        *unsaid(resources),
        *unsorted(resources),
    ]


def tidy_tables(folder: Path = DATA) -> list[Path]:
    """Put right what a spreadsheet added to the tables of the package in ``folder``; those that were written."""
    schemas, paths, _ = _descriptor(folder)
    return [path for name, path in paths.items() if tidy(path, column_names(schemas[name]))]


def column_names(schema: dict[str, Any]) -> list[str]:
    """The columns of a table in their order."""
    return [field["name"] for field in schema["fields"]]


def _descriptor(folder: Path) -> tuple[dict[str, dict[str, Any]], dict[str, Path], list[Fault]]:
    """Schemas and paths by resource name."""
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        resources = [resource for resource in package["resources"] if "schema" in resource]
        schemas = {resource["name"]: resource["schema"] for resource in resources}
        paths = {resource["name"]: folder / resource["path"] for resource in resources}
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        told = f"cannot be read as a data package: {error}"
        return {}, {}, [Fault(path, getattr(error, "lineno", 0), told)]
    strays = sorted(set(folder.glob("*.csv")) - set(paths.values()))
    told = "is not named in datapackage.json: move it elsewhere"
    return schemas, paths, [Fault(stray, 0, told) for stray in strays]
