"""``python -m book.content``: what the text of the course still owes its readers, one line a fault."""

from __future__ import annotations

import sys

from book.content.rules import faults


def main() -> int:
    """Print what is wrong; 0 when nothing is."""
    found = faults()
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
