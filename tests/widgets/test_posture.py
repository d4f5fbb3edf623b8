"""The explorer's muscles are the evidence's, on the sides the chapter teaches; it reads without the front end."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from evidence import muscles
from widgets.posture import posture
from widgets.posture.anatomy import DISPUTES, Level, Plane, actions, suspects


def names(plane: Plane, level: Level, side: int, *certainty: str) -> set[str]:
    return {
        one.row.muscle
        for one in suspects(plane, level)
        if one.side == side and one.certainty in (certainty or ("settled",))
    }


def test_every_row_of_the_muscle_table_has_its_place() -> None:
    assert [one.row.id for one in actions()] == [row.id for row in muscles()]


def test_the_rule_of_sides_is_the_chapters() -> None:
    assert names("turn", "head", 1) == {
        "Splenius capitis",
        "Obliquus capitis inferior",
        "Rectus capitis posterior major",
    }
    assert names("turn", "head", -1) == {"Sternocleidomastoid"}
    assert names("turn", "neck", -1, "weak") == {"Semispinalis cervicis"}
    assert {"Sternocleidomastoid", "Splenius capitis"} <= names("tilt", "head", 1)
    assert {"Scalenes (anterior, middle, posterior)", "Levator scapulae"} <= names("tilt", "neck", 1)
    assert names("tilt", "neck", 1).isdisjoint({"Sternocleidomastoid", "Splenius capitis"})
    assert names("forward", "head", 0) == {"Longus capitis"}
    assert names("forward", "neck", 0) == {"Longus colli"}


def test_no_disputed_side_passes_for_settled() -> None:
    disputed = {one.row.muscle for one in actions() if one.certainty == "disputed"}
    assert disputed == set(DISPUTES)
    for one in actions():
        assert bool(one.dispute) == (one.certainty != "settled")


@pytest.mark.parametrize(
    ("muscle", "reach"),
    [
        ("Splenius capitis", "posterior"),
        ("Obliquus capitis inferior", "posterior"),
        ("Sternocleidomastoid", "accessory"),
        ("Levator scapulae", "other"),
        ("Scalenes (anterior, middle, posterior)", "other"),
        ("Trapezius (upper)", "none"),
        ("Longus colli", "none"),
        ("Longus capitis", "none"),
    ],
)
def test_what_reaches_a_muscle_is_one_of_the_chapters_four_answers(muscle: str, reach: str) -> None:
    assert {one.reach for one in actions() if one.row.muscle == muscle} == {reach}


def test_the_markup_tells_postures_muscles_nerves_and_reach_without_the_front_end() -> None:
    page = BeautifulSoup(posture("sample").page_html(), "html.parser")
    table = page.select_one("details[open].all table")
    assert table is not None
    text = table.get_text(" ")
    for one in actions():
        assert one.row.nerve_supply in text
        assert one.row.surgical_target in text
    live = page.select_one(".live")
    assert live is not None
    assert live.has_attr("hidden")
    assert page.select("[onclick], [style]") == []


def test_same_evidence_same_bytes() -> None:
    assert posture("sample").page_html() == posture("sample").page_html()
