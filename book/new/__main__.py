"""``python -m book.new chapter outcomes/second-operations``: write a skeleton that passes as it is."""

from __future__ import annotations

import argparse
import sys

from book.new import KINDS, ROOT, NewError, make


def main(arguments: list[str] | None = None) -> int:
    """Write it and say what comes next; 1 when nothing was written."""
    parser = argparse.ArgumentParser(prog="python -m book.new", description=__doc__)
    parser.add_argument("kind", help=", ".join(KINDS))
    parser.add_argument("name", help="such as outcomes/second-operations")
    asked = parser.parse_args(arguments)
    try:
        written, then = make(asked.kind, asked.name)
    except NewError as error:
        print(error, file=sys.stderr)
        return 1
    for path in written:
        print(f"{path.relative_to(ROOT)}: written")
    print(f"Now {then}; then write your own over it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
