"""The steps of an operation: what bad content is told, and what a drawing shows at a step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from widgets.steps import ContentError, load, operations, steps
from widgets.steps.drawing import last_step, stepped
from widgets.steps.reader import CHAPTERS, drawing_of, read

GOOD = (CHAPTERS / "procedures" / "taira.steps.yml").read_text("utf-8")


def told(folder: Path, text: str, drawing: str | None = None) -> str:
    """What the author of a file is told."""
    path = folder / "procedures" / "taira.steps.yml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    drawn = drawing_of(path)
    drawn.parent.mkdir()
    if drawing is None:
        shutil.copy(CHAPTERS / "figures" / drawn.name, drawn)
    elif drawing:
        drawn.write_text(drawing, encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        read(path, "x.steps.yml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (
            "sources: [taira2001]",
            "sources: [taira2001x]",
            "the source 'taira2001x' is not in the bibliography",
        ),
        (
            "    cut: The dura, on one side.",
            "    cut: The dura.\n    placed: A stitch.",
            "cuts or places; make two",
        ),
        ("    spare: The trunk to the trapezius.\n", "", "spare"),
        (
            "There the motor",
            "In {est}`9 of 9 <taira2003-c2-sensory-loss-spd-taira>` the motor",
            "taira2003-c2-sensory",
        ),
        ("title: Open the dura", "title: Come to the dura", "stands twice"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(tmp_path: Path, old: str, new: str, where: str) -> None:
    assert old in GOOD
    (line,) = told(tmp_path, GOOD.replace(old, new, 1)).splitlines()
    assert line.startswith("x.steps.yml:")
    assert where in line


@pytest.mark.parametrize(
    ("drawing", "where"), [("", "there is no drawing"), ('<svg><g data-step="3"/></svg>', "5 steps, but")]
)
def test_text_and_drawing_have_the_same_steps(tmp_path: Path, drawing: str, where: str) -> None:
    (line,) = told(tmp_path, GOOD, drawing).splitlines()
    assert where in line


def test_a_group_is_hidden_outside_of_its_steps_and_pale_within() -> None:
    svg = stepped('<svg><g data-step="2-3"/><g data-step="4" data-pale="4"/></svg>')
    assert last_step(svg) == 4
    assert '#s1:target~g :is([data-step="2-3"],[data-step="4"]){display:none}' in svg
    assert '#s4:target~g :is([data-step="2-3"]){display:none}' in svg
    assert '#s4:target~g :is([data-pale="4"]){opacity:.35}' in svg


def test_every_step_says_all_and_has_its_sources() -> None:
    assert len(operations()) >= 4
    for name in operations():
        markup = steps(name).markup
        for step in load(name).steps:
            assert step.sources, step.title
        assert markup.count("Do not hurt") == markup.count("What now?") == markup.count("<img") > 3
