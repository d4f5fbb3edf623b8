"""What a posture scores comes from the evidence where that prints it, and says so where it does not."""

from __future__ import annotations

import pytest

from evidence import facts, scale_items
from widgets.head.severity import cuts, items


def test_the_cut_points_are_those_of_the_evidence() -> None:
    assert cuts()["rotation"] == (22, 45, 67, None)
    assert cuts()["laterocollis"] == (15, 35, None)
    assert cuts()["seconds"] == (46, 31, 16)


def test_every_severity_item_of_the_evidence_is_there_once_with_its_range() -> None:
    rows = {row.id for row in scale_items() if row.scale == "twstrs" and row.part == "severity" and row.item}
    assert {item.row.id for item in items()} == rows
    assert len(items()) == len(rows)


def test_the_items_add_up_to_the_printed_maximum() -> None:
    whole = next(row for row in scale_items() if row.id == "twstrs-severity")
    assert sum(item.most * item.weight for item in items()) == whole.maximum
    excursion = next(row for row in facts() if row.id == "scale-twstrs-excursion")
    assert str(sum(item.most for item in items()[:5])) == excursion.value


@pytest.mark.parametrize(
    "key", [item.key for item in items() if not item.row.anchors], ids=lambda key: str(key)
)
def test_where_the_evidence_prints_no_steps_the_item_says_whose_they_are(key: str) -> None:
    item = next(one for one in items() if one.key == key)
    assert any(word in item.ours for word in ("simulation", "ours")), item.ours
