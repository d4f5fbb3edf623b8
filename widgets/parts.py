"""Parts that several front ends share: a front end imports nothing, so a part is put before it, as text.

A front end asks for a part in a line of its own, ``// Needs: head/drawing.js``: a file below ``widgets/`` that leaves
one constant. A style of the same name goes with it. In a notebook each widget carries the part; a page gets it once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

WIDGETS = Path(__file__).parent
_NEEDS = re.compile(r"^// Needs: (.+)$", re.MULTILINE)


def parts_of(front_ends: Iterable[Path]) -> list[Path]:
    """The parts that these front ends ask for, each once, in the order of asking.

    Raises:
        LookupError: when there is no such part; the message names the front end and the line that would be right.
    """
    found: list[Path] = []
    for path in front_ends:
        for name in _NEEDS.findall(path.read_text(encoding="utf-8")):
            part = WIDGETS / name
            if part.suffix != ".js" or not part.is_file():
                told = f"{path.parent.name}/{path.name}: there is no part {name!r}"
                raise LookupError(f"{told}; write a file below widgets/, as in: // Needs: head/drawing.js")
            if part not in found:
                found.append(part)
    return found


def source_of(paths: Iterable[Path]) -> str:
    """These files, one after the other."""
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def styles_of(scripts: Iterable[Path]) -> list[Path]:
    """The styles that stand beside these scripts."""
    return [sheet for path in scripts if (sheet := path.with_suffix(".css")).is_file()]
