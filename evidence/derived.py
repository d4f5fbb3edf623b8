"""Values that no source prints: pooled estimates and differences, worked out from rows when they are used."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from evidence.errors import EvidenceError
from evidence.model import Derived
from evidence.source import kept
from evidence.tables import row

# Two figures of the evidence, as ``row-id:column``, and what is done with them.
_TWO = re.compile(r"(?P<a>[\w-]+):(?P<a_field>\w+) (?P<sign>[-/]) (?P<b>[\w-]+):(?P<b_field>\w+)")


@kept
def figures(entry: Derived) -> dict[str, Decimal]:
    """Every figure of a derived row by its name.

    Raises:
        EvidenceError: when the row's recipe cannot be read, names no figure, or must not be pooled.
    """
    if entry.kind == "pool":
        return _pooled(entry)
    match = _TWO.fullmatch(entry.recipe)
    if match is None:
        raise EvidenceError(f"{entry.id}: write the recipe as row-id:column - row-id:column, or with /")
    a, b = _figure(entry, match["a"], match["a_field"]), _figure(entry, match["b"], match["b_field"])
    return {"value": a - b if match["sign"] == "-" else 100 * a / b}


def _figure(entry: Derived, row_id: str, field: str) -> Decimal:
    value = getattr(row(row_id), field, None)
    if not isinstance(value, (int, Decimal)):
        raise EvidenceError(f"{entry.id}: {row_id} has no figure in {field!r}")
    return Decimal(value)


def _pooled(entry: Derived) -> dict[str, Decimal]:
    from evidence.pooling import pool

    try:
        options = json.loads(entry.recipe)
        if "months" in options:
            options["months"] = tuple(options["months"])
        result = pool(**options)
    except (TypeError, ValueError) as error:
        raise EvidenceError(f"{entry.id}: {error}") from None
    names = (
        "estimate",
        "ci_low",
        "ci_high",
        "prediction_low",
        "prediction_high",
        "i2",
        "tau2",
        "k",
        "people",
    )
    return {name: Decimal(repr(getattr(result, name))) for name in names}
