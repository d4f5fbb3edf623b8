"""``python -m evidence.package [folder] [--write]``: validate the data package, one line a fault."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evidence.errors import EvidenceError
from evidence.package.columns import COLUMNS, describe
from evidence.package.conformity import frictionless_faults
from evidence.package.references import write_references
from evidence.package.validation import tidy_tables, validate
from evidence.source import DATA


def main() -> int:
    """Print what is wrong; 0 when nothing is."""
    parser = argparse.ArgumentParser(prog="python -m evidence.package", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=DATA, help="where datapackage.json lies")
    parser.add_argument(
        "--write",
        action="store_true",
        help="put right what a spreadsheet adds when it saves, and make references.csv anew from references.bib",
    )
    parser.add_argument("--describe", action="store_true", help="print what each column may hold")
    asked = parser.parse_args()
    if asked.describe:
        print(describe(asked.folder), end="")
        return 0
    if asked.write:
        for path in tidy_tables(asked.folder):
            print(f"{asked.folder.name}/{path.name}: saved as it should be")
        try:
            write_references(asked.folder)
            if asked.folder == DATA:
                COLUMNS.write_text(describe(), encoding="utf-8", newline="\n")
        except EvidenceError as error:
            print(error, file=sys.stderr)
            return 1
    # Frictionless would tell the same faults again, in other words.
    faults = validate(asked.folder) or frictionless_faults(asked.folder)
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"{asked.folder.name}: a sound data package")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
