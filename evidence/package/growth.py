"""How the cost of loading and validating grows with the number of rows."""

from __future__ import annotations

import csv
import json
import shutil
import time
from pathlib import Path
from typing import Any

from evidence.model import (
    BlindReading,
    Complication,
    Conflict,
    Entry,
    Fact,
    FactTopic,
    Gap,
    Muscle,
    Outcome,
    QueueEntry,
    Reading,
    Scale,
    ScaleFinding,
    ScaleItem,
    Study,
)
from evidence.package.validation import validate
from evidence.tables import read_table

MODELS: dict[str, type[Entry]] = {
    "outcomes.csv": Outcome,
    "complications.csv": Complication,
    "facts.csv": Fact,
    "fact_topics.csv": FactTopic,
    "muscles.csv": Muscle,
    "scales.csv": Scale,
    "scale_items.csv": ScaleItem,
    "scale_findings.csv": ScaleFinding,
    "studies.csv": Study,
    "conflicts.csv": Conflict,
    "gaps.csv": Gap,
    "reading_queue.csv": QueueEntry,
    "readings.csv": Reading,
    "blind_readings.csv": BlindReading,
}


def enlarge(source: Path, target: Path, times: int) -> None:
    """Write a package of ``times`` as many rows: each copy has its own ids, and its own keys to point to.

    The bibliography is copied as it is: it grows with the papers, not with the rows.
    """
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / "references.bib", target)
    shutil.copy(source / "datapackage.json", target)
    package = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if "schema" in resource:
            _enlarge_table(source / resource["path"], target / resource["path"], resource["schema"], times)


def _enlarge_table(source: Path, target: Path, schema: dict[str, Any], times: int) -> None:
    own = {field["name"] for field in schema["fields"] if field.get("constraints", {}).get("unique")}
    pointing = {key["fields"] for key in schema.get("foreignKeys", [])}
    lists = {field["name"] for field in schema["fields"] if "listOf" in field}
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field["name"] for field in schema["fields"]], lineterminator="\n")
        writer.writeheader()
        for copy in range(times):
            # Digits only, for PubMed numbers; three, so that no copy becomes another's original.
            mark = f"{copy:03}" if copy else ""
            for row in rows:
                changed = dict(row)
                for column in own | pointing | lists:
                    parts = changed[column].split(";") if column in lists else [changed[column]]
                    changed[column] = ";".join(part + mark if part else "" for part in parts)
                writer.writerow(changed)


def seconds(folder: Path) -> float:
    """Processor seconds to load every table into its model and to validate the package in ``folder``.

    Raises:
        EvidenceError: when a table cannot be loaded.
        ValueError: when the package is not sound; a time for half the work would mean nothing.
    """
    before = time.process_time()
    for name, model in MODELS.items():
        read_table(folder / name, model)
    faults = validate(folder, bibliography=False)
    spent = time.process_time() - before
    if faults:
        raise ValueError(f"{len(faults)} faults, the first: {faults[0]}")
    return spent
