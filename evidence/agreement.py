"""How far two readers who did not see each other's work agreed, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from evidence.tables import blind_readings

#: What both readers described of each row, and how a reader of the course would call it.
FIELDS = {
    "counted": "What was counted",
    "group": "Who was counted",
    "time_kind": "Kind of time",
    "judge": "Who judged",
    "change_in": "Unit of a change",
    "first_hand": "First-hand or quoted",
}


class Agreement(NamedTuple):
    """Agreement on one field over ``n`` rows.

    ``percent``: from 0 to 100, the share of rows of which both said the same. ``kappa``: Cohen's, 1 for full
    agreement and 0 for no more than chance; None when both gave every row the same value, for then it is not defined.
    """

    n: int
    percent: float
    kappa: float | None


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Agreement of two readers, a pair of values a row.

    Raises:
        ValueError: when there is no pair.

    Source: Cohen J. Educ Psychol Meas 1960;20:37-46, doi 10.1177/001316446002000104.
    """
    rows = list(pairs)
    n = len(rows)
    if not n:
        raise ValueError("agreement needs a row that both readers described")
    same = sum(one == other for one, other in rows) / n
    first, second = (Counter(row[reader] for row in rows) for reader in (0, 1))
    by_chance = sum(first[value] * second[value] for value in first) / n**2
    kappa = None if by_chance == 1 else (same - by_chance) / (1 - by_chance)
    return Agreement(n, 100 * same, kappa)


def agreements() -> dict[str, Agreement]:
    """The agreement on each of `FIELDS`, over the rows that both readers found in the text."""
    readers = [{entry.row: entry for entry in blind_readings() if entry.reader == who} for who in "12"]
    both = sorted(readers[0].keys() & readers[1].keys())
    found = {}
    for field in FIELDS:
        pairs = [(getattr(readers[0][row], field), getattr(readers[1][row], field)) for row in both]
        found[field] = agreement(pair for pair in pairs if all(pair))
    return found
