"""Patients can read the worksheet: grade 6 or lower on average, no paragraph above 8, no passive pile-ups."""

from __future__ import annotations

import pytest

from book.reading import PAGE_GRADE, PARAGRAPH_GRADE, grade
from widgets.text.markdown import plain
from widgets.worksheet import load
from widgets.worksheet.criteria import criteria
from widgets.worksheet.model import PARTS

pytestmark = pytest.mark.content


def of_options() -> list[str]:
    found = []
    for option in load().options:
        found += [plain(getattr(option, part)) for part in PARTS]
        found += [plain(f"{one.what}. {one.group}. {one.time}. {one.note}") for one in option.numbers]
    return found


def of_questions() -> list[str]:
    sheet = load()
    found = [f"{one.statement} {one.reason}" for one in sheet.understand]
    return found + [
        one.text for group in (sheet.matters, sheet.unsure, sheet.questions, sheet.ready) for one in group
    ]


TEXTS = {
    "the options": of_options(),
    "what the worksheet asks": of_questions(),
    "the criteria": [f"{one.criterion} {one.met}" for one in criteria().criteria],
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_average_grade_is_six_or_lower(name: str) -> None:
    assert grade(" ".join(f"{text.rstrip('.')}." for text in TEXTS[name])) <= PAGE_GRADE


@pytest.mark.parametrize("name", TEXTS)
def test_no_paragraph_is_above_grade_eight(name: str) -> None:
    assert {text: grade(text) for text in TEXTS[name] if grade(text) > PARAGRAPH_GRADE} == {}


def test_the_measure_tells_plain_from_hard() -> None:
    assert grade("You take tablets each day. You see the doctor to find the right dose.") < 4
    hard = "Substantial deterioration of articulation necessitates individualised reprogramming of stimulation parameters."
    assert grade(hard) > 12
