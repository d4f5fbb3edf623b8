"""What a sentence is held against: each row that it is bound to, with what its second reading found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from evidence.model import Derived, Reading, Row
from evidence.numbers import bound
from evidence.tables import readings


class Contradiction(NamedTuple):
    """A word of the sentence, and what the rows say instead."""

    word: str
    row: str
    said: str

    def __str__(self) -> str:
        return f"“{self.word}” is not what {self.row} says: {self.said}"


class Bound:
    """A row of a sentence, with the figures that are bound to it as they are printed."""

    def __init__(self, row_id: str, figures: Iterable[str]) -> None:
        self.id = row_id
        self.figures = tuple(figures)
        self.entry: Row | Derived = bound(row_id)
        self.reading: Reading | None = readings().get(row_id)

    @property
    def scale(self) -> str:
        """The scale of an outcome; empty for other rows."""
        return str(getattr(self.entry, "scale", "") or "")

    @property
    def procedure(self) -> str:
        """The procedure of an outcome or a harm; empty for other rows."""
        return str(getattr(self.entry, "procedure", "") or "")

    @cached_property
    def said(self) -> str:
        """All that the row and its reading say, in one line."""
        cells = [
            str(value) for _, value in self.entry if isinstance(value, (str, int, Decimal)) and value != ""
        ]
        if self.reading:
            cells.append(self.reading.time or "")
        return " | ".join(cells)

    @cached_property
    def months(self) -> frozenset[Decimal]:
        """Every time that the row or its reading names, in months; empty when none is printed."""
        found = set()
        followup = getattr(self.entry, "followup_months", None)
        if followup is not None:
            found.add(Decimal(followup))
        for number, unit in _TIME.findall(self.said):
            found.add(Decimal(number) * _MONTHS[unit.lower().rstrip("s")])
        return frozenset(found)


_TIME = re.compile(r"(\d+(?:\.\d+)?)[ -](day|week|month|year)s?\b", re.IGNORECASE)
_MONTHS = {"day": Decimal(1) / 30, "week": Decimal(7) / 30, "month": Decimal(1), "year": Decimal(12)}
