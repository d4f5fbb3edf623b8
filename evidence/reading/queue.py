"""Adds new records to the reading queue, as what nobody has looked at yet."""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from evidence.model import QueueEntry
from evidence.reading.exports import Record
from evidence.source import folder
from evidence.tables import read_table

QUEUE = "reading_queue.csv"


def add(records: Iterable[Record], found: str, day: datetime.date) -> list[str]:
    """Write records to the end of the queue of the package that is read; returns their ids.

    The lines that stand already are left as they are.

    Raises:
        EvidenceError: when the queue cannot be read.
    """
    path: Path = folder() / QUEUE
    taken = {entry.id for entry in read_table(path, QueueEntry)}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(QueueEntry.model_fields), restval="", lineterminator="\n")
    ids = []
    for record in records:
        name = next(one for one in _names(record) if one not in taken)
        taken.add(name)
        ids.append(name)
        said = {"id": name, "state": "to-screen", "found": found, "added": day.isoformat()}
        writer.writerow({**asdict(record), **said})
    if ids:
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(out.getvalue())
    return ids


def _names(record: Record) -> Iterator[str]:
    """Ids for a record: first author and year, then with a number."""
    first = record.authors.split(";")[0] or " ".join(record.title.split()[:3])
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().lower()
    name = "-".join([*re.findall(r"[a-z0-9]+", plain)[:3], *filter(None, [record.year])]) or "record"
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
