"""The share of people that an evidence row counts, and how sure its size makes us."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from evidence import Complication, EvidenceError, Fact, Row, row, wilson
from evidence.pooling.designs import design_of

Of = Literal[100, 1000]
_COUNT = re.compile(r"(\d+) of (\d+)")
_OF_PATIENTS = re.compile(r"of (\d+) patients")
_UNITS = {"patients": "people", "procedures": "operations", "leads": "leads"}


@dataclass(frozen=True)
class Share:
    """How many of how many.

    ``percent``, ``low`` and ``high`` from 0 to 100; the bounds are a 95 % Wilson interval of the counts and
    ``None`` where the text read settles no counts, or where one person can be counted more than once.
    ``unit``: people, operations or leads. ``out_of`` is ``None`` where nothing says how many were counted.
    """

    row: Row
    percent: float
    unit: str
    events: int | None = None
    out_of: int | None = None
    low: float | None = None
    high: float | None = None

    @property
    def printed(self) -> str:
        """The figure as its row bears it out."""
        if self.events is not None:
            return f"{self.events} of {self.out_of}"
        percent = f"{self.percent:g}\u00a0%"
        return f"{percent} of {self.out_of}" if self.out_of else percent

    def icons(self, of: Of) -> int:
        """Whole icons of ``of`` that stand for the share.

        Raises:
            EvidenceError: when people were counted and none would be drawn, or all but not quite all.
        """
        exact = self.percent * of / 100
        whole = int(exact + 0.5)
        if (exact > 0 and exact < 1) or (exact < of and exact > of - 1):
            remedy = "draw it of 1000" if of == 100 else "tell it in words"
            raise EvidenceError(
                f"{self.row.id}: {self.printed} cannot be drawn in whole icons of {of}; {remedy}"
            )
        return whole

    def bound(self, value: float, of: Of) -> str:
        """An end of the interval in whole people, as it stands at the bar."""
        whole = int(value * of / 100 + 0.5)
        if whole == 0 and value > 1e-9:  # the arithmetic of the interval leaves crumbs
            return "<1"
        return f">{of - 1}" if whole == of and value < 100 - 1e-9 else str(whole)


def share_of(row_id: str) -> Share:
    """The share that a row counts.

    Raises:
        EvidenceError: when there is no such row, or it holds no share of people, operations or leads.
    """
    entry = row(row_id)
    kind = entry.denominator_kind if isinstance(entry, Complication) else "patients"
    if kind not in _UNITS:
        raise EvidenceError(f"{row_id} counts {kind}: one person can have many, so it is no share")
    counts = _of_fact(entry) if isinstance(entry, Fact) else entry.counts()
    if counts and counts[1] > 0:
        low, high = wilson(*counts) if kind == "patients" else (None, None)
        return Share(entry, 100 * counts[0] / counts[1], _UNITS[kind], *counts, low, high)
    if isinstance(entry, Complication) and entry.percent is not None:
        low, high = _interval_of(entry)
        return Share(entry, float(entry.percent), _UNITS[kind], None, entry.at_risk_n, low, high)
    raise EvidenceError(
        f"{row_id} holds no share of people: so many of so many, or a complication's percentage"
    )


def _of_fact(fact: Fact) -> tuple[int, int] | None:
    """The counts of a fact that counts patients, or whose ``n`` says so many of so many and bears its percentage out."""
    if (counted := _OF_PATIENTS.fullmatch(fact.unit)) and fact.value.isdigit():
        return int(fact.value), int(counted[1])
    match = _COUNT.fullmatch(fact.n)
    if match is None or fact.unit != "percent" or not fact.value.replace(".", "", 1).isdigit():
        return None
    events, people = int(match[1]), int(match[2])
    return (events, people) if people and abs(100 * events / people - float(fact.value)) <= 0.6 else None


def _interval_of(entry: Complication) -> tuple[float, float] | tuple[None, None]:
    """The interval of a percentage of so many people, where only one count of them gives that percentage.

    A review's pooled rate is no count, and has none.
    """
    people, percent = entry.at_risk_n, entry.percent
    if (
        not people
        or percent is None
        or entry.denominator_kind != "patients"
        or design_of(entry) == "synthesis"
    ):
        return None, None
    step = Decimal(1).scaleb(int(percent.as_tuple().exponent))
    fitting = [
        events for events in range(people + 1) if abs(Decimal(100 * events) / people - percent) <= step / 2
    ]
    return wilson(fitting[0], people) if len(fitting) == 1 else (None, None)
