"""A question may be asked far from its chapter: in an exam, in a redo, on paper."""

from __future__ import annotations

import re

import pytest

from widgets.progress.contents import found_parts
from widgets.quiz import CHAPTERS, load
from widgets.quiz.model import Question

pytestmark = pytest.mark.content

_POINTS_NEAR = re.compile(
    r"\bthis (chapter|page|section)\b|\b(chart|plot|table|figure)s? (above|below)\b", re.IGNORECASE
)
_WORKS_WITH = re.compile(r"\bthe (forest )?plot\b|\btables? of the chapter\b", re.IGNORECASE)


def _questions() -> list[tuple[str, Question]]:
    return [
        (f"chapters/{name}.questions.yml: '{one.id}'", one)
        for names in found_parts().values()
        for name in names
        for one in load(name).questions
    ]


def test_no_question_points_at_what_may_not_be_near() -> None:
    found = [
        f"{where} says {said[0]!r}: name the chapter"
        for where, one in _questions()
        if (said := _POINTS_NEAR.search(str(one.model_dump())))
    ]
    assert found == []


def test_a_question_that_works_with_a_plot_or_table_says_which() -> None:
    found = [
        f"{where} says {said[0]!r}: write needs: and the anchor of that part of its chapter"
        for where, one in _questions()
        if not one.needs and (said := _WORKS_WITH.search(f"{one.stem} {one.question}"))
    ]
    assert found == []


def test_what_a_question_needs_is_a_heading_of_its_chapter() -> None:
    for names in found_parts().values():
        for name in names:
            text = (CHAPTERS / f"{name}.md").read_text("utf-8")
            headings = {
                re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))
                for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
            }
            for one in load(name).questions:
                assert one.needs is None or one.needs in headings, f"{name}: '{one.id}' needs {one.needs}"
