"""Promises of the sessions as they are built: plain words, few words on slides, one number everywhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from book.reading import PAGE_GRADE, PARAGRAPH_GRADE, grade, paragraphs
from widgets.quiz import load

pytestmark = pytest.mark.content

ROOT = Path(__file__).resolve().parents[2]
PATIENT_PAGES = sorted((ROOT / "chapters" / "sessions").glob("*.md"))
#: The pages with a deck, a plan and a check of their own.
SESSIONS = [path for path in PATIENT_PAGES if path.with_suffix(".questions.yml").exists()]
NAMES = [path.stem for path in SESSIONS]
#: More words than these on a slide are read, not seen.
MOST_WORDS = 75


@cache
def deck(name: str) -> BeautifulSoup:
    path = ROOT / "_build" / "slides" / "sessions" / f"{name}.html"
    assert path.exists(), "the slides are not built: run make slides"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def page(name: str) -> BeautifulSoup:
    path = ROOT / "_build" / "html" / "sessions" / f"{name}.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def slides(name: str) -> list[Tag]:
    return deck(name).select(".slides > section")


def numbers(part: Tag) -> list[str]:
    return [number.get_text() for number in part.select(".est")]


@pytest.mark.parametrize("path", PATIENT_PAGES, ids=lambda path: path.stem)
def test_a_patient_page_is_read_by_a_child_of_twelve(path: Path) -> None:
    found = paragraphs(path.read_text(encoding="utf-8"))
    assert len(found) > 10
    assert grade(" ".join(one.text for one in found)) <= PAGE_GRADE
    assert [f"{one.line}: {one.grade:.1f} {one.text}" for one in found if one.grade > PARAGRAPH_GRADE] == []


def test_the_measure_tells_hard_words_from_plain_ones() -> None:
    hard = "Neurostimulation necessitates multidisciplinary postoperative reprogramming considerations."
    assert grade(hard) > PARAGRAPH_GRADE
    assert grade("The neck turns. It hurts. You can get help.") < PAGE_GRADE
    # A name that the glossary explains is no hard word.
    assert grade("He has cervical dystonia.") == grade("He has thing.")
    source = "Read.\n\n::::{slide} Not read\n:minutes: 1\n\nNobody reads this sentence here.\n::::\n\n- one of these items\n- and this one too\n"
    assert [one.text for one in paragraphs(source)] == ["one of these items. and this one too."]


@pytest.mark.parametrize("name", NAMES)
def test_a_slide_with_its_pieces_has_few_words(name: str) -> None:
    for slide in slides(name):
        shown = slide.select_one(".shown")
        assert shown
        if not shown.select(".poll"):
            # The key of a picture is looked up, not read.
            shown = BeautifulSoup(str(shown), "html.parser")
            for key in shown.select(".icons :is(ul, .about)"):
                key.decompose()
            words = len(shown.get_text(" ").split())
            assert words <= MOST_WORDS, f"{slide.find(['h1', 'h2'])}: {words} words"


@pytest.mark.parametrize("name", NAMES)
def test_a_number_is_the_same_on_page_slide_and_handout(name: str) -> None:
    pieces = {
        str(one["data-piece"]): numbers(one)
        for one in page(name).select(".piece")
        if not one.find_parent(class_="handout")
    }
    again = [*page(name).select(".handout .piece"), *deck(name).select(".piece")]
    assert len(again) > 8
    for shown in again:
        if str(shown["data-piece"]) in pieces:
            assert numbers(shown) == pieces[str(shown["data-piece"])], shown["data-piece"]


def test_numbers_are_shared_by_page_slides_and_handouts() -> None:
    shared = [one for name in NAMES for one in deck(name).select(".piece") if numbers(one)]
    printed = [one for name in NAMES for one in page(name).select(".handout .piece") if numbers(one)]
    assert len(shared) > 8
    assert len(printed) > 3


@pytest.mark.parametrize("name", NAMES)
def test_a_slide_writes_no_number_by_hand(name: str) -> None:
    """A number on a slide that stands outside a shared piece would have to be changed twice."""
    source = (ROOT / "chapters" / "sessions" / f"{name}.md").read_text(encoding="utf-8")
    for block in re.findall(r"^::::\{slide\}.*?^::::$", source, flags=re.DOTALL | re.MULTILINE):
        shown = re.sub(r":::\{notes\}.*?^:::$", "", block, flags=re.DOTALL | re.MULTILINE)
        assert "{est}" not in shown, block.splitlines()[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_session_has_a_plan_and_a_check_in_plain_words(name: str) -> None:
    folder = ROOT / "_build" / "html" / "sessions"
    plan = BeautifulSoup((folder / f"{name}-plan.html").read_text(encoding="utf-8"), "html.parser").get_text(
        " "
    )
    for part in ("Aims", "Timetable", "Materials", "Room", "single family", "group", "Online", "Tally"):
        assert part in plan, part
    bank = load(f"sessions/{name}")
    assert len(bank.questions) >= 4
    assert all(question.audience == "patient" for question in bank.questions)
    parts = [
        part
        for question in bank.questions
        for part in (question.question, *(f"{option.text}." for option in getattr(question, "options", ())))
    ]
    assert grade(" ".join(parts)) <= PAGE_GRADE
