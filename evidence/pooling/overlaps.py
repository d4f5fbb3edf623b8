"""Which studies share people, so that nobody is counted twice."""

from __future__ import annotations

import csv
from typing import Literal, NamedTuple, cast

from evidence.errors import EvidenceError
from evidence.source import folder, kept

Certainty = Literal["certain", "likely", "possible"]
_COLUMNS = ["study_a", "study_b", "certainty", "reason"]


class Overlap(NamedTuple):
    """Two bibliography keys whose people are, or may be, the same."""

    study_a: str
    study_b: str
    certainty: Certainty
    reason: str


@kept
def overlaps() -> tuple[Overlap, ...]:
    """Every known or suspected overlap between two studies.

    Raises:
        EvidenceError: with file and line, when the table cannot be read.
    """
    table = folder() / "overlaps.csv"
    where = f"{table.parent.name}/{table.name}"
    found = []
    try:
        with table.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file, strict=True)
            if next(lines, []) != _COLUMNS:
                raise EvidenceError(f"{where}:1: the columns are {', '.join(_COLUMNS)}")
            for cells in lines:
                if len(cells) != len(_COLUMNS) or cells[2] not in {"certain", "likely", "possible"}:
                    raise EvidenceError(
                        f"{where}:{lines.line_num}: two studies, certain, likely or possible, and a reason"
                    )
                found.append(Overlap(cells[0], cells[1], cast(Certainty, cells[2]), cells[3]))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EvidenceError(f"{where}: cannot be read as CSV in UTF-8: {error}") from None
    return tuple(found)


def overlaps_among(studies: set[str]) -> tuple[Overlap, ...]:
    """The overlaps of which both sides are in ``studies``."""
    return tuple(pair for pair in overlaps() if {pair.study_a, pair.study_b} <= studies)
