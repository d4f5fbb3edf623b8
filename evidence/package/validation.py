"""Validates a package in stages: files, bibliography, cells, then what the figures say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evidence.package.cells import Table, read_cells
from evidence.package.fault import Fault
from evidence.package.figures import implausible
from evidence.package.gains import undecided
from evidence.package.references import bibliography_faults
from evidence.package.schema import Resources, schema_faults
from evidence.tables import DATA


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
        tables[name], told = read_cells(path, [field["name"] for field in schemas[name]["fields"]])
        faults += told
    if faults:
        return faults
    if bibliography and (faults := list(bibliography_faults(folder, tables["lookalikes"]))):
        return faults
    resources = Resources(tables, schemas)
    return list(schema_faults(resources)) or [*implausible(resources), *undecided(resources)]


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
    return schemas, paths, [Fault(stray, 0, "is not named in datapackage.json") for stray in strays]
