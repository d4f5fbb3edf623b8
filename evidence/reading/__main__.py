"""Takes in a literature export: ``python -m evidence.reading FILE``, as PubMed (.nbib, MEDLINE) or RIS.

It says which records are known, and adds those that are new to ``reading_queue.csv``.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evidence.errors import EvidenceError
from evidence.reading.exports import read_export
from evidence.reading.known import sort
from evidence.reading.queue import QUEUE, add


def take_in(path: Path, found: str, day: datetime.date, *, only_tell: bool = False) -> str:
    """Add the new records of an export to the queue; returns what to tell. Raises EvidenceError."""
    records = read_export(path)
    known, new = sort(records)
    by = Counter(one.by for one in known)
    told = ", ".join(f"{count} by {name}" for name, count in by.most_common())
    lines = [
        f"{path.name}: {len(records)} records; {len(known)} known{f' ({told})' if told else ''}, {len(new)} new"
    ]
    # A title alone may deceive: somebody should look.
    lines += [
        f"  known by its title alone: {one.record.title} = {one.known}" for one in known if one.by == "title"
    ]
    ids = [""] * len(new) if only_tell else add(new, found, day)
    lines += [f"  new: {name and f'{name}: '}{record.title}" for name, record in zip(ids, new, strict=True)]
    if new and not only_tell:
        lines.append(f"Added to {QUEUE} as to-screen: look at each, then make it to-read or left-out.")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; 1 with one line when the file cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m evidence.reading", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("file", type=Path, help="the export")
    parser.add_argument(
        "--found", default="", help="how it was found, such as 'PubMed, operations on the neck'"
    )
    parser.add_argument("--only-tell", action="store_true", help="write nothing")
    asked = parser.parse_args(arguments)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    try:
        print(
            take_in(asked.file, asked.found or f"export {asked.file.name}", today, only_tell=asked.only_tell)
        )
    except EvidenceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
