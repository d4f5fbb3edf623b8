"""The flow of records is drawn from what was counted, and says its numbers to who does not see it."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

from publishing.numbers.evidence_pages import record_flow

from evidence.reading import Flow

COUNTED = Flow(
    rows=450,
    cited=8,
    incomplete=2,
    waiting=5,
    to_screen=20,
    left_out={"another condition": 10, "no text to be had": 5},
    to_read=40,
)


def test_each_step_is_what_the_one_before_leaves() -> None:
    drawn = ElementTree.fromstring(record_flow(COUNTED))
    words = ["".join(text.itertext()) for text in drawn.iter("text")]
    assert words == [
        "500 records found",
        "20 not looked at yet",
        "480 looked at",
        "15 left out",
        "10: another condition",
        "5: no text to be had",
        "465 kept",
        "5 to be read first",
        "460 in the bibliography",
        "10 without a row",
        "2 of an incomplete record",
        "450 with a row",
    ]
    assert all(word in drawn.attrib["aria-label"] for word in words)


def test_nothing_is_drawn_below_the_picture() -> None:
    drawn = ElementTree.fromstring(record_flow(COUNTED))
    height = float(drawn.attrib["viewBox"].split()[3])
    lowest = max(float(box.attrib["y"]) + float(box.attrib["height"]) for box in drawn.iter("rect"))
    assert lowest <= height <= lowest + 20
