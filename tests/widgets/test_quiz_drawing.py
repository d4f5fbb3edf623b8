"""A drawing that a question asks about hides its names and keeps its places."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import pytest

from widgets.quiz import CHAPTERS, load
from widgets.quiz import drawing as drawings
from widgets.quiz.drawing import DrawingError, read_drawing, spot_of
from widgets.quiz.markup import render_bank
from widgets.quiz.model import Bank, Hotspot

NECK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 900" data-asked="0 0 640 480" role="img" fill="none">
  <title>The vagus</title><desc>A nerve.</desc>
  <g transform="translate(10 20)"><g transform="scale(2)"><path data-place="vagus" data-at="40 60" d="M0 0L9 9"/></g></g>
  <g fill="var(--course-muscle, #e3b7a9)"><ellipse data-place="belly" data-at="90 60" data-to="99 70" cx="5" cy="5" rx="2" ry="1"/>
    <circle data-place="belly" r="3"/></g>
  <g data-named=""><path d="M1 1L2 2"/></g>
  <text x="1" y="1">vagus</text><text data-stays="" x="1" y="2">left</text>
  <path data-place="bare" d="M0 0"/>
</svg>"""


@pytest.fixture
def figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "neck.svg").write_text(NECK, encoding="utf-8")
    monkeypatch.setattr(drawings, "FIGURES", tmp_path)
    return tmp_path


def hotspots() -> list[Hotspot]:
    names = [
        path.relative_to(CHAPTERS).as_posix().removesuffix(".questions.yml")
        for path in sorted(CHAPTERS.rglob("*.questions.yml"))
    ]
    return [one for name in names for one in load(name).questions if isinstance(one, Hotspot)]


def test_names_go_and_shapes_stay_where_they_are(figures: Path) -> None:
    drawing = read_drawing("neck")
    assert drawing.words == ("left",)
    assert 'viewBox="0 0 640 480"' in drawing.picture
    assert not re.search(r"vagus|nerve|data-|role|M1 1", drawing.picture)
    vagus, belly = spot_of(drawing, "vagus"), spot_of(drawing, "belly")
    assert vagus.shapes == ['<path d="M0 0L9 9" transform="translate(10 20) scale(2)" data-line="" />']
    assert (vagus.at, vagus.to) == ((40, 60), None)
    assert belly.to == (99, 70)
    assert belly.shapes == ['<ellipse cx="5" cy="5" rx="2" ry="1" />', '<circle r="3" />']


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('data-at="40 60"', 'data-at="40"', 'data-at="40" is no point; write two numbers'),
        ('viewBox="0 0 640 900" data-asked="0 0 640 480"', "", "has no viewBox; give it one"),
        ("</svg>", "", "cannot be read"),
    ],
)
def test_a_drawing_that_cannot_be_asked_about_says_why(figures: Path, old: str, new: str, told: str) -> None:
    (figures / "neck.svg").write_text(NECK.replace(old, new), encoding="utf-8")
    with pytest.raises(DrawingError, match=re.escape(told)):
        read_drawing("neck")


def test_a_place_without_a_letter_says_where_to_write_it(figures: Path) -> None:
    with pytest.raises(
        DrawingError, match="the place 'bare' has no letter; say where it stands with data-at"
    ):
        spot_of(read_drawing("neck"), "bare")


@pytest.mark.content
def test_every_letter_stands_on_its_drawing_and_on_no_other_letter() -> None:
    asked = hotspots()
    assert len(asked) >= 10
    for question in asked:
        drawing = read_drawing(question.figure)
        left, top, width, height = map(float, drawing.box)
        points = [spot_of(drawing, place.id).at for place in question.places]
        for point in points:
            assert point
            assert left + 17 <= point.x <= left + width - 17, (question.id, point)
            assert top + 17 <= point.y <= top + height - 17, (question.id, point)
        for one, other in itertools.combinations(points, 2):
            assert one
            assert other
            assert math.dist(one, other) >= 34, (question.id, one, other)


@pytest.mark.content
def test_no_drawing_says_what_its_places_are() -> None:
    for question in hotspots():
        shown = render_bank(Bank(questions=(question,))).partition('<details class="answer">')[0]
        plate = shown.partition('<div class="plate">')[2].partition('<ol type="A"')[0].lower()
        for place in question.places:
            assert place.label.lower() not in plate, (question.id, place.label)
            assert f'"{place.id}"' not in plate, (question.id, place.id)
