"""A figure that readers see was read twice; one that could not be found again is marked so."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from evidence import complications, derived, facts, outcomes, readings, scale_findings

CHAPTERS = Path(__file__).parents[2] / "chapters"
# How text and content files name a row: `{est}` and its like, drawings of counts, the worksheet's figures.
_NAMED = re.compile(r"<([a-z0-9-]+)>`|\{icons\} ([a-z0-9-]+)|\brow: ([a-z0-9-]+)")


def printed() -> dict[str, list[str]]:
    """The rows of tables that are read twice, and the places that print each."""
    tables = (outcomes(), complications(), facts(), scale_findings())
    rows = {entry.id for table in tables for entry in table}
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(CHAPTERS.rglob("*")):
        if path.suffix in {".md", ".yml"}:
            for named in _NAMED.finditer(path.read_text(encoding="utf-8")):
                found[next(filter(None, named.groups()))].append(str(path.relative_to(CHAPTERS.parent)))
    for value in derived().values():
        for name in re.findall(r"[a-z0-9-]+", value.recipe):
            found[name].append(f"the derived value {value.id}")
    return {row: where for row, where in found.items() if row in rows}


@pytest.mark.content
def test_every_printed_row_was_read_twice() -> None:
    places = printed()
    once = [f"{row}, printed in {where[0]}" for row, where in places.items() if row not in readings()]
    assert len(places) > 500
    assert not once, "read once only (add them to readings.csv and blind_readings.csv):\n" + "\n".join(once)


@pytest.mark.content
def test_a_figure_that_could_not_be_found_again_stands_on_no_page_for_patients() -> None:
    lost = {row for row, entry in readings().items() if entry.figures == "not found"}
    shown = [
        f"{row} in {place}"
        for row, where in printed().items()
        for place in where
        if row in lost and place.startswith("chapters/sessions/")
    ]
    assert not shown
