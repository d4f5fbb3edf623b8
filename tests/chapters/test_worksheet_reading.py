"""Patients can read the worksheet: grade 6 or lower on average, no paragraph above 8, no passive pile-ups."""

from __future__ import annotations

import pytest

from tests.chapters.reading import AVERAGE, CHAPTERS, WORST, grade, paragraphs
from widgets.markdown import plain
from widgets.worksheet import load
from widgets.worksheet.criteria import criteria
from widgets.worksheet.model import PARTS

pytestmark = pytest.mark.content

PAGES = ["sessions/deciding-worksheet", "sessions/decision-aid"]


def of_page(name: str) -> list[str]:
    found = paragraphs((CHAPTERS / f"{name}.md").read_text(encoding="utf-8"))
    return [text for text in found if len(text.split()) >= 5]


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
    **{name: of_page(name) for name in PAGES},
    "the options": of_options(),
    "what the worksheet asks": of_questions(),
    "the criteria": [f"{one.criterion} {one.met}" for one in criteria().criteria],
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_average_grade_is_six_or_lower(name: str) -> None:
    assert grade(" ".join(f"{text.rstrip('.')}." for text in TEXTS[name])) <= AVERAGE


@pytest.mark.parametrize("name", TEXTS)
def test_no_paragraph_is_above_grade_eight(name: str) -> None:
    assert {text: grade(text) for text in TEXTS[name] if grade(text) > WORST} == {}


def test_the_measure_tells_plain_from_hard() -> None:
    assert grade("You take tablets each day. You see the doctor to find the right dose.") < 4
    hard = "Substantial deterioration of articulation necessitates individualised reprogramming of stimulation parameters."
    assert grade(hard) > 12


def test_names_of_operations_do_not_count_against_a_text() -> None:
    assert grade("You may have selective peripheral denervation.") == grade("You may have name.")
