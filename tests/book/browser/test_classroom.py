"""A class's files, opened together: the arithmetic is Python's, nothing is kept and nothing is sent."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.book.browser.course_page import act, answer, kept, open_course, questions, saved
from tests.book.browser.published import ENLARGED, NAME, PHONE, Reader
from tests.book.browser.test_accessibility import expect_accessible
from tests.book.browser.test_layout import expect_to_fit
from widgets.classroom.item_analysis import difficulty, discrimination
from widgets.quiz.markup import LETTERS
from widgets.quiz.model import ExtendedMatching, SingleBestAnswer

pytestmark = pytest.mark.browser

PATHS = [path for path in questions() if path.startswith((f"{NAME}/", "procedures/landscape/"))]
Answers = Mapping[str, Mapping[str, Any]]


def a_class(seed: int, size: int) -> list[dict[str, dict[str, Any]]]:
    """Learners of differing ability; some leave questions out, some earn half a point."""
    chance = random.Random(seed)
    learners = []
    for _ in range(size):
        ability = chance.gauss(0, 1)
        learner = {}
        for number, path in enumerate(PATHS):
            if chance.random() < 0.2:
                continue
            right = chance.gauss(ability, 1) > (number % 7) / 3 - 1
            one = answer(path, right)
            if chance.random() < 0.1:
                one["first"]["points"] = 0.5
            # What was tried again later is not what counts.
            if chance.random() < 0.3:
                one.update(tries=2, points=1, correct=True)
            learner[path] = one
        learners.append(learner)
    return learners


def file(number: int, answers: Answers, *, name: str = "") -> FilePayload:
    if name:
        content = {"format": "course-progress-1", "name": name, "answers": answers}
    else:
        content = {
            "format": "course-progress-2",
            "answers": {f"quiz/{path}": one for path, one in answers.items()},
        }
    return {
        "name": f"learner {number}.json",
        "mimeType": "application/json",
        "buffer": json.dumps(content).encode(),
    }


def open_class(page: Page, files: Sequence[FilePayload]) -> None:
    page.get_by_label("Open the files of a class").set_input_files(list(files))
    expect(page.locator(".classroom > .notice")).not_to_be_empty()


def rows(page: Page) -> dict[str, list[str]]:
    """Learners, right, discrimination and choices by the id of the question."""
    expect(page.locator(".classroom tbody tr").first).to_be_visible()
    found: list[list[str]] = page.locator(".classroom tbody tr").evaluate_all(
        """all => all.map((row) => [row.querySelector("a").hash, ...[...row.cells].slice(2).map((cell) => cell.textContent.replaceAll("\u00a0", " "))])"""
    )
    return {row[0].removeprefix("#q-"): row[1:] for row in found}


@pytest.mark.parametrize(("seed", "size"), [(1, 9), (2, 14), (3, 40)])
def test_the_arithmetic_is_pythons(stick_reader: Reader, seed: int, size: int) -> None:
    learners = a_class(seed, size)
    points = [{path: one["first"]["points"] for path, one in learner.items()} for learner in learners]
    page = open_course(stick_reader)
    open_class(page, [file(number, learner) for number, learner in enumerate(learners)])
    shown = rows(page)
    assert len(shown) == len(PATHS)
    told = 0
    for path in PATHS:
        number, right, r, _ = shown[path.split("/")[-1].split("@")[0]]
        assert int(number) == sum(path in one for one in points)
        expected = difficulty(path, points)
        assert expected is not None
        assert abs(float(right) - 100 * expected) <= 0.5
        index = discrimination(path, points)
        if index is None:
            assert r == ""
        else:
            told += 1
            assert float(r.replace("−", "-")) == pytest.approx(index, abs=0.00501)
    assert told == 0 if size < 10 else told > 15


def test_what_was_chosen_is_counted_for_every_option(stick_reader: Reader) -> None:
    single = next(path for path in PATHS if isinstance(questions()[path], SingleBestAnswer))
    matching = next(path for path in PATHS if isinstance(questions()[path], ExtendedMatching))
    ordering = next(path for path in PATHS if questions()[path].type == "ordering")
    numeric = next(path for path in PATHS if questions()[path].type == "numeric")
    chosen = (single, matching, ordering, numeric)
    learners = [{path: answer(path, number < 3) for path in chosen} for number in range(5)]
    page = open_course(stick_reader)
    open_class(
        page,
        [
            file(number, {**one, PATHS[-1 - number]: answer(PATHS[-1 - number], True)})
            for number, one in enumerate(learners)
        ],
    )
    shown = {path: rows(page)[path.split("/")[-1].split("@")[0]][3] for path in chosen}
    question = questions()[single]
    assert isinstance(question, SingleBestAnswer)
    parts = shown[single].split(", ")
    assert len(parts) == len(question.options)
    for letter, option, part in zip(LETTERS, question.options, parts, strict=False):
        assert part.startswith(f"{letter} ✓ " if option.correct else f"{letter} ")
        assert ("✓" in part) == option.correct
        if option.correct:
            assert part == f"{letter} ✓ 3"
    assert sum(int(part.split()[-1]) for part in parts) == 5
    assert shown[matching].startswith("case 1: ")
    assert shown[matching].count("✓ 3") == shown[matching].count("case ")
    assert shown[ordering] == "the right order ✓ (3), another order (2)"
    assert re.fullmatch(r"\S+ ✓ \(3\), \S+ \(2\)", shown[numeric])


def test_files_of_chapters_doubles_and_strangers_are_told_apart(stick_reader: Reader) -> None:
    own = {path.split("/")[-1]: answer(path, True) for path in PATHS if path.startswith(NAME)}
    stale = {f"{next(iter(own)).split('@')[0]}@0123456789": answer(PATHS[0], True)}
    unknown = {
        path: {key: value for key, value in answer(path, True, tries=2).items() if key != "first"}
        for path in PATHS[:1]
    }
    page = open_course(stick_reader)
    open_class(
        page,
        [
            file(1, {**own, **stale}, name=NAME),
            file(2, {**own, **stale}, name=NAME),
            file(3, {**unknown, PATHS[2]: answer(PATHS[2], False)}),
            {"name": "letter.json", "mimeType": "application/json", "buffer": b"Dear all"},
            file(5, {}),
        ],
    )
    assert rows(page)
    expect(page.locator(".classroom > .notice")).to_have_text(
        "2 learners. Left out: 1 answer whose first response is not known. "
        "Left out: 1 answer to questions that have changed since."
    )
    expect(page.locator(".classroom .files li")).to_have_text(
        [
            "learner 1.json: 13 questions",
            "learner 2.json: left out, it holds the same as another file",
            "learner 3.json: 1 question",
            "letter.json: left out, it holds no saved progress",
            "learner 5.json: left out, it holds no first response",
        ]
    )


def test_a_learners_own_file_can_be_opened(stick_reader: Reader, tmp_path: Path) -> None:
    page = open_course(stick_reader, {f"quiz/{PATHS[0]}": answer(PATHS[0], True)})
    content = json.dumps(saved(page, tmp_path)).encode()
    open_class(page, [{"name": "mine.json", "mimeType": "application/json", "buffer": content}])
    (row,) = rows(page).values()
    assert row[:3] == ["1", "100", ""]


def test_the_table_is_sorted_saved_and_closed(stick_reader: Reader, tmp_path: Path) -> None:
    learners = a_class(4, 16)
    page = open_course(stick_reader)
    open_class(page, [file(number, learner) for number, learner in enumerate(learners)])
    rows(page)
    page.locator(".classroom thead").get_by_role("button", name="Discrimination").click()
    sorted_r = [float(row[2].replace("−", "-")) for row in rows(page).values() if row[2]]
    assert sorted_r == sorted(sorted_r)
    assert len(set(sorted_r)) > 5
    page.locator(".classroom").get_by_label("Chapter").select_option(label="The landscape of surgery")
    expect(page.locator(".classroom .count")).to_have_text(f"12 of {len(PATHS)} rows")

    with page.expect_download() as download:
        act(page, "csv").click()
    assert download.value.suggested_filename == "class.csv"
    download.value.save_as(tmp_path / "class.csv")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "class.csv").read_text("utf-8-sig"))))
    assert len(lines) == len(PATHS)
    points = [{path: one["first"]["points"] for path, one in learner.items()} for learner in learners]
    for path in PATHS:
        (line,) = [one for one in lines if one["question"] == path.split("/")[-1].split("@")[0]]
        assert float(line["share_right"]) == pytest.approx(difficulty(path, points), abs=0.0001)
        index = discrimination(path, points)
        assert (
            line["discrimination"] == ""
            if index is None
            else float(line["discrimination"]) == pytest.approx(index, abs=0.0001)
        )

    # Nothing of the class is kept, and nothing has left the book.
    assert kept(page) == {}
    assert {url.split(":")[0] for url in stick_reader.requests} <= {"file", "blob", "data"}
    act(page, "leave").click()
    expect(page.locator(".classroom tbody")).to_have_count(0)
    expect(page.locator(".classroom .files li")).to_have_count(0)
    expect(page.locator(".classroom input[type=file]")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_class(stick_reader: Reader, theme: str) -> None:
    screen = PHONE if theme == "light" else ENLARGED
    page = open_course(stick_reader, viewport=screen, color_scheme=theme)
    open_class(page, [file(number, learner) for number, learner in enumerate(a_class(5, 12))])
    rows(page)
    expect_accessible(page, ".classroom")
    expect_to_fit(page, screen["width"])
