"""Icon arrays: whole icons, filled from the bottom, with their count, interval, group, time and study."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from evidence import Complication, EvidenceError, complications, wilson
from widgets.icons import IconArray, icon_array, not_known, share_of
from widgets.icons.drawing import icons as path_of
from widgets.icons.drawing import interval

SWALLOWING = "munchau2001swallow-dysphagia"


@pytest.fixture(autouse=True)
def _on_the_sample(request: pytest.FixtureRequest) -> None:
    """What is promised of the evidence itself is marked as content; the rest reads the sample."""
    if request.node.get_closest_marker("content") is None:
        request.getfixturevalue("sample")


def parsed(array: IconArray) -> Tag:
    (figure,) = BeautifulSoup(array.markup, "html.parser").select("figure.icons")
    return figure


def said(figure: Tag) -> str:
    return " ".join(figure.get_text(" ").replace("\u00a0", " ").split())


def drawn(figure: Tag, kind: str) -> int:
    (path,) = figure.select(f"svg.people path.{kind}")
    return len(re.findall(r"a2 2|h3\.6v", str(path["d"])))


@pytest.mark.parametrize(
    ("row_id", "of", "filled"),
    [
        (SWALLOWING, 100, 25),
        ("bertrand1993-global-clinical-rating", 100, 88),
        ("thieme2018cd-death", 100, 0),
        ("taira2003-c2-sensory-loss-spd-sensory", 100, 100),
        ("cohengadol2003-death", 1000, 6),
        ("cheyuo2024-haemorrhage-intracranial-63", 1000, 29),
        ("cf-choking-before-toxin", 100, 50),
    ],
)
def test_as_many_icons_are_filled_as_the_row_says(row_id: str, of: Any, filled: int) -> None:
    group = {"who": "people before toxin", "when": "before toxin"} if row_id.startswith("cf-") else {}
    figure = parsed(icon_array(row_id, what="had it", of=of, **group))
    assert drawn(figure, "full") == filled
    assert drawn(figure, "full") + drawn(figure, "hollow") == of
    assert f"{filled} of {of}: had it" in said(figure)
    assert f"{of - filled} of {of}: did not" in said(figure)


def starts(path: str) -> list[tuple[float, float]]:
    """Where each icon of a path begins."""
    found = []
    for x, y, run in re.findall(r"M([\d.]+) ([\d.]+)([^M]*)", path):
        found += [(float(x) + 10 * place, float(y)) for place in range(run.count("a2 2"))]
    return found


def test_icons_fill_from_the_bottom_row_by_row() -> None:
    places = starts(path_of(0, 25, 100))
    assert places[:2] == [(5, 109), (15, 109)]
    assert places[10] == (5, 97)
    assert len({y for _, y in places}) == 3
    assert places[-1] == (45, 85)
    assert starts(path_of(25, 100, 100))[0] == (55, 85)
    assert len({*places, *starts(path_of(25, 100, 100))}) == 100


def test_a_small_count_stays_small_and_comes_first() -> None:
    figure = parsed(icon_array(SWALLOWING, what="had new trouble swallowing"))
    assert said(figure).index("3 of 12 people had new trouble swallowing.") < said(figure).index("25 of 100")
    assert "from 9 to 53 of 100 (95 % interval, chance alone)" in said(figure)
    assert "Selective peripheral denervation. Time: postoperative." in said(figure)
    assert "One source: Münchau 2001, prospective cohort, 12 people." in said(figure)


def test_the_interval_is_wilsons_on_the_scale_that_the_icons_fill() -> None:
    share = share_of(SWALLOWING)
    bar = interval(share, 100)
    assert bar is not None
    low, high = wilson(3, 12)
    assert (bar.low, bar.high) == pytest.approx((120 - 1.2 * low, 120 - 1.2 * high), abs=0.05)
    assert bar.at == 90


def test_none_of_n_is_drawn_with_what_it_allows() -> None:
    figure = parsed(icon_array("thieme2018cd-death", what="died of the operation"))
    assert "0 of 33 people died" in said(figure)
    assert "anywhere from 0 to 10 of 100" in said(figure)


def test_a_bound_below_one_person_is_not_called_none() -> None:
    figure = parsed(icon_array("cohengadol2003-reoperation", what="had a second operation"))
    assert "from 6 to 16" in said(figure)
    one = parsed(icon_array("girard2003-venous-air-embolism", what="drew in air"))
    assert "from 1 to 4 of 100" in said(one)
    assert share_of("cohengadol2003-death").bound(0.1, 100) == "<1"
    assert share_of("cohengadol2003-death").bound(99.9, 100) == ">99"
    assert share_of("cohengadol2003-death").bound(0, 100) == "0"


def test_the_picture_has_words_and_its_number_leads_to_the_row() -> None:
    array = icon_array(SWALLOWING, what="had new trouble swallowing", root="../")
    figure = parsed(array)
    (picture,) = figure.select("svg[role=img]")
    assert picture["aria-label"] == array.words
    assert "25 are filled: had new trouble swallowing. 75 are hollow: did not." in array.words
    assert "A bar at the side runs from 9 to 53." in array.words
    (link,) = figure.select("a.est")
    assert (link["href"], link.get_text()) == (f"../evidence/complications.html#{SWALLOWING}", "3 of 12")


def test_second_hand_counts_and_other_units_say_so() -> None:
    assert "second-hand" in said(parsed(icon_array("munchau2001-dysphagia-new", what="had it")))
    figure = parsed(icon_array("bergenheim2015-reoperation", what="were followed by another"))
    assert "8 of 61 operations were followed by another." in said(figure)
    assert "No interval: one person can be counted more than once" in said(figure)
    percentage = parsed(icon_array("cheyuo2024-haemorrhage-intracranial-63", what="bled"))
    assert "2.9 % of 13056 people bled." in said(percentage)
    assert "No interval: the text read prints no count" in said(percentage)


def test_a_fact_that_counts_patients_is_a_share() -> None:
    share = share_of("cf-pain-brazil")
    assert (share.events, share.out_of, share.icons(100)) == (59, 85, 69)
    assert share.low is not None


def test_a_percentage_of_few_people_gives_their_count_and_so_the_interval() -> None:
    """Only 15 of 20 people are 75 %; a review's pooled rate is no count of anybody."""
    figure = parsed(icon_array("contarino2014-any-spd", what="named a side effect"))
    assert "75 % of 20 people named a side effect." in said(figure)
    low, high = wilson(15, 20)
    assert f"anywhere from {low:.0f} to {high:.0f} of 100" in said(figure)
    assert share_of("horner1992-dysphagia-radiologic-intradural-rhizotomy").low == wilson(39, 41)[0]
    assert share_of("cheyuo2024-death").low is None


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"row_id": "nobody-of-us"}, "no row of the evidence has the id"),
        ({"row_id": "charite2020-dysphagia"}, "charite2020-dysphagia holds no share of people"),
        ({"row_id": "volkmann2014-severity-3m-dbs-gpi"}, "holds no share of people"),
        ({"row_id": "ostrem2017-stimulation-any"}, "counts events: one person can have many"),
        ({"row_id": "cf-rom-loss-gonio"}, "holds no share of people"),
        ({"row_id": "cf-trick-forcible"}, "names no group and no time: give both"),
        (
            {"row_id": "cohengadol2003-death"},
            "1 of 168 cannot be drawn in whole icons of 100; draw it of 1000",
        ),
        ({"row_id": SWALLOWING, "of": 50}, "of 50: 100 or 1000 is needed"),
        ({"row_id": SWALLOWING, "what": " "}, "say in words what happened"),
        ({"row_id": SWALLOWING, "when": "15 years after"}, "'15' in '15 years after' is not what"),
        ({"row_id": SWALLOWING, "what": "had it in 99 ways"}, "'99' in 'had it in 99 ways' is not what"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(EvidenceError, match=complaint) as refused:
        icon_array(**{"what": "had it", **given})
    assert "\n" not in str(refused.value)


def test_what_nobody_counted_has_an_icon_of_its_own() -> None:
    array = not_known(what="lost their voice for good")
    figure = parsed(array)
    assert not figure.select("path")
    assert figure.select_one("svg text").get_text() == "?"  # type: ignore[union-attr]
    assert "We do not know how many lost their voice for good." in said(figure)
    assert "not the same as none" in said(figure)
    with pytest.raises(EvidenceError, match="has no number"):
        not_known(what="lost 3 words")


def test_the_same_row_gives_the_same_bytes() -> None:
    assert icon_array(SWALLOWING, what="had it") == icon_array(SWALLOWING, what="had it")
    assert repr(icon_array(SWALLOWING, what="had it")).startswith("IconArray('100 people drawn as icons.")


COUNTED = [row for row in complications() if row.denominator_kind == "patients" and row.counts()]


@pytest.mark.content
@pytest.mark.parametrize("row", COUNTED, ids=lambda row: row.id)
def test_every_count_of_people_can_be_drawn(row: Complication) -> None:
    figure = parsed(icon_array(row.id, what="had it", of=1000))
    assert f"{row.events_n} of {row.at_risk_n} people had it." in said(figure)
    assert "95 % interval" in said(figure)
