"""Asks Frictionless itself whether the package is one."""

from __future__ import annotations

import csv
from pathlib import Path

from evidence.fault import Fault


def frictionless_faults(folder: Path) -> list[Fault]:
    """What ``frictionless validate`` has to say against the package.

    Raises:
        ImportError: when frictionless is not installed.
    """
    limit = csv.field_size_limit()
    try:
        # Two seconds to import: only who asks pays. It lifts the csv module's limit for everybody.
        from frictionless import Package, system

        # The folder may be anywhere, and Frictionless trusts only what lies beneath the working folder.
        with system.use_context(trusted=True):
            report = Package(str(folder / "datapackage.json")).validate()
    finally:
        csv.field_size_limit(limit)
    faults = [Fault(folder / "datapackage.json", 0, error.message) for error in report.errors]
    for task in report.tasks:
        for error in task.errors:
            line = getattr(error, "row_number", 0) or 0
            faults.append(Fault(folder / Path(task.place).name, line, error.message))
    return faults
