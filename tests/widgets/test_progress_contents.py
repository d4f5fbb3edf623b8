"""Promises of the course page's markup, and of the arithmetic behind a class."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest
from bs4 import BeautifulSoup

from widgets.classroom import classroom
from widgets.classroom.item_analysis import LEAST_LEARNERS, LEAST_OTHERS, difficulty, discrimination
from widgets.progress import contents, progress
from widgets.progress.contents import bank_markup, found_parts, read_contents
from widgets.quiz import Quiz, load

CHAPTER = "procedures/selective-peripheral-denervation"
PARTS = {"The procedures": [CHAPTER, "about"], "For educators": ["educators/teaching-residents"]}


@pytest.fixture(scope="module")
def page() -> BeautifulSoup:
    return BeautifulSoup(progress(PARTS, lambda name: f"{name}.html").page_html(), "html.parser")


def test_every_question_of_the_course_is_counted_once() -> None:
    counted = [
        f"{chapter.name}/{key}"
        for part in read_contents(found_parts())
        for chapter in part.chapters
        for objective in chapter.objectives
        for key in objective.keys
    ]
    written = [
        f"{name}/{question.id}@{question.hash}"
        for names in found_parts().values()
        for name in names
        for question in load(name).questions
    ]
    assert sorted(counted) == sorted(written)
    assert len(set(counted)) == len(counted) > 0


def test_pages_and_parts_without_questions_are_left_out() -> None:
    (part,) = read_contents(PARTS)
    assert part.caption == "The procedures"
    assert [chapter.name for chapter in part.chapters] == [CHAPTER]


def test_two_questions_with_one_id_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bank = load(CHAPTER)
    monkeypatch.setattr(contents, "load", lambda name: bank)
    with pytest.raises(ValueError, match=r"the question 'spd-\S+' stands in \S+ and in \S+; an id must be"):
        read_contents({"Both": [CHAPTER, "procedures/landscape"]})


def test_a_course_without_questions_is_refused() -> None:
    with pytest.raises(ValueError, match="no chapter has questions"):
        progress({"Nothing": ["about"]})


def test_the_page_reads_without_its_front_end(page: BeautifulSoup) -> None:
    (part,) = read_contents(PARTS)
    (chapter,) = part.chapters
    text = " ".join(page.text.split())
    assert chapter.title in text
    assert len(chapter.objectives) > 3
    for objective in chapter.objectives:
        assert objective.text in text
    link = page.select_one("th a")
    assert link
    assert link["href"] == f"{CHAPTER}.html"
    assert "This is a record of self-assessment. It is not accredited continuing medical education." in text
    # What needs the front end is not offered without it.
    for control in page.select("button, form, input[type=file]"):
        assert control.find_parent(hidden=True) or control.has_attr("hidden"), control


def test_the_page_never_asks_for_a_name(page: BeautifulSoup) -> None:
    asked = " ".join(label.text for label in page.select("label")).lower()
    assert "name" not in asked
    assert [one["name"] for one in page.select("form [name]")] == ["chapter", "number", "minutes", "seed"]


def test_no_question_stands_in_the_page(page: BeautifulSoup) -> None:
    for question in load(CHAPTER).questions:
        assert question.question not in page.text


def test_same_contents_same_bytes() -> None:
    assert progress(PARTS).page_html() == progress(PARTS).page_html()
    assert classroom(PARTS).page_html() == classroom(PARTS).page_html()


def test_the_version_of_a_chapter_follows_its_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    def version() -> str:
        return read_contents(PARTS)[0].chapters[0].version

    before = version()
    monkeypatch.setattr(contents, "bank_markup", lambda name: "a reason that was mended")
    assert version() != before


def test_the_kernel_brings_what_is_wanted() -> None:
    widget = progress(PARTS)
    assert widget.banks == {}
    widget.wanted = {CHAPTER: "", "about": ""}
    assert widget.banks == {CHAPTER: bank_markup(CHAPTER), "about": ""}
    widget.wanted = {"procedures/landscape": ""}
    assert set(widget.banks) == {CHAPTER, "about", "procedures/landscape"}


@pytest.mark.parametrize("make", [progress, classroom])
def test_in_a_notebook_the_front_end_brings_those_that_it_uses(make: object) -> None:
    widget = make(PARTS)  # type: ignore[operator]
    module = str(widget._esm)
    (used,) = set(re.findall(r"frontEnds\.(\w+)\.render\(", module))
    assert module.count("export default { render };") == 1
    assert module.rstrip().endswith("export default { render };")
    assert f'frontEnds["{used}"] = (() => {{' in module
    assert f".{ {'quiz': 'quiz', 'table': 'data-table'}[used] } {{" in str(widget._css)
    # The quiz by itself stays as it is.
    assert "frontEnds" not in str(Quiz._esm)


def a_class(seed: int, size: int) -> list[dict[str, float]]:
    """Learners of differing ability on questions of differing difficulty; some answers are missing."""
    chance = random.Random(seed)
    learners = []
    for _ in range(size):
        ability = chance.gauss(0, 1)
        learners.append(
            {
                f"q{number}": float(chance.gauss(ability, 1) > number / 4 - 1)
                for number in range(12)
                if chance.random() > 0.15
            }
        )
    return learners


@pytest.mark.parametrize("seed", range(5))
def test_discrimination_is_the_corrected_point_biserial_correlation(seed: int) -> None:
    learners, asked = a_class(seed, 40), "q3"
    took = [one for one in learners if asked in one and len(one) > LEAST_OTHERS]
    own = np.array([one[asked] for one in took])
    rest = np.array([np.mean([points for key, points in one.items() if key != asked]) for one in took])
    # The point-biserial formula, with the standard deviation over all.
    share = own.mean()
    expected = (rest[own == 1].mean() - rest[own == 0].mean()) / rest.std() * np.sqrt(share * (1 - share))
    assert discrimination(asked, learners) == pytest.approx(expected)
    assert discrimination(asked, learners) == pytest.approx(np.corrcoef(own, rest)[0, 1])


def test_difficulty_is_the_share_with_the_full_point() -> None:
    learners = [{"a": 1.0}, {"a": 0.5, "b": 1.0}, {"a": 0.0}, {"b": 0.0}]
    assert difficulty("a", learners) == pytest.approx(1 / 3)
    assert difficulty("b", learners) == 0.5
    assert difficulty("c", learners) is None


def test_no_discrimination_without_enough_learners_or_without_a_difference() -> None:
    learners = [dict.fromkeys("abcdef", float(number % 2)) for number in range(LEAST_LEARNERS)]
    assert discrimination("a", learners) == pytest.approx(1)
    assert discrimination("a", learners[1:]) is None
    assert discrimination("a", [{**one, "a": 1.0} for one in learners]) is None
    assert discrimination("a", [dict.fromkeys("abcde", one["a"]) for one in learners]) is None
