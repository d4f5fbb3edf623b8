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
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.book.browser.course_page import (
    CHECKED_AT,
    act,
    answer,
    kept,
    older_answer,
    open_course,
    questions,
    response,
    saved,
)
from tests.book.browser.published import ENLARGED, NAME, PHONE, Reader
from tests.book.browser.test_accessibility import expect_accessible
from tests.book.browser.test_layout import expect_to_fit
from tests.places import first_of
from widgets.classroom.item_analysis import LEAST_LEARNERS, difficulty, discrimination
from widgets.quiz.markup import LETTERS
from widgets.quiz.model import DIFFICULTIES, ExtendedMatching, SingleBestAnswer

pytestmark = pytest.mark.browser

PATHS = [path for path in questions() if path.startswith((f"{NAME}/", "procedures/landscape/"))]
Answers = Mapping[str, Mapping[str, Any]]


def partly(path: str) -> list[str]:
    """A response to a matching question that is right in its first case alone."""
    right, wrong = (response(questions()[path], whether) for whether in (True, False))
    return [right[0], *wrong[1:]]


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
            # Half of the files come from books that kept no list of checks.
            one = (answer if number % 2 else older_answer)(path, right)
            if isinstance(questions()[path], ExtendedMatching) and chance.random() < 0.5:
                one["first"] = {"response": partly(path), "points": 1 / len(partly(path))}
            # What was tried again later is not what counts.
            if chance.random() < 0.3:
                one["tries"] = 2
                if "checks" in one:
                    one["checks"] = [{**one["checks"][0], "points": 1, "at": CHECKED_AT + 1}]
                else:
                    one.update(points=1, correct=True)
            learner[path] = one
        learners.append(learner)
    return learners


def file(number: int, answers: Answers, *, name: str = "") -> FilePayload:
    if name:
        content: dict[str, Any] = {"format": "course-progress-1", "name": name, "answers": answers}
    else:
        content = {
            "format": "course-progress-2",
            "answers": {f"quiz/{path}": one for path, one in answers.items()},
        }
    content["saved"] = f"2026-11-20T10:00:00.{number:03}Z"
    return as_file(content, f"learner {number}.json")


def as_file(content: Any, name: str) -> FilePayload:
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return {"name": name, "mimeType": "application/json", "buffer": text}


def listed(page: Page) -> Locator:
    return page.locator(".classroom .files li")


def told(page: Page) -> Locator:
    return page.locator(".classroom > .notice")


def open_class(page: Page, files: Sequence[FilePayload]) -> None:
    page.get_by_label("Open the files of a class").set_input_files(list(files))
    expect(page.locator(".classroom > .notice")).to_contain_text(re.compile(r"\d learners?\."))


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
        number, right, r, *_ = shown[path.split("/")[-1].split("@")[0]]
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


def own_answers(right: bool = True) -> dict[str, dict[str, Any]]:
    """Answers to all questions of the chapter, by the keys of its own file."""
    return {path.split("/")[-1]: answer(path, right) for path in PATHS if path.startswith(NAME)}


def test_two_learners_with_the_same_answers_are_two(stick_reader: Reader) -> None:
    """Good learners agree to the letter: taken for doubles, they made every question look harder than it was."""
    page = open_course(stick_reader)
    open_class(
        page,
        [
            file(1, own_answers(), name=NAME),
            file(2, own_answers(), name=NAME),
            file(3, own_answers(False), name=NAME),
        ],
    )
    shown = rows(page)
    assert {(row[0], row[1]) for row in shown.values()} == {("3", "67")}
    expect(told(page)).to_have_text("3 learners.")
    expect(listed(page)).to_have_text(
        [
            "learner 1.json: 12 questions",
            "learner 2.json: 12 questions; the same answers as learner 1.json, saved at another time",
            "learner 3.json: 12 questions",
        ]
    )


def test_files_of_chapters_doubles_and_strangers_are_told_apart(stick_reader: Reader) -> None:
    own = own_answers()
    stale = {f"{next(iter(own)).split('@')[0]}@0123456789": answer(PATHS[0], True)}
    unknown = {
        path: {key: value for key, value in answer(path, True, tries=2).items() if key != "first"}
        for path in PATHS[:1]
    }
    one = file(1, {**own, **stale}, name=NAME)
    session = {"format": "course-progress-1", "name": "sessions/understanding", "saved": "2026-11-20"}
    page = open_course(stick_reader)
    open_class(
        page,
        [
            one,
            {**one, "name": "learner 1 (copy).json"},
            file(3, {**unknown, PATHS[2]: answer(PATHS[2], False)}),
            as_file(b"Dear all", "letter.json"),
            file(5, {}),
            as_file(
                {**session, "answers": {"us-call-now@46784ba128": answer(PATHS[0], True)}}, "patient.json"
            ),
            file(7, own, name="procedures/leeches"),
            file(8, {PATHS[1]: answer(PATHS[1], True)} | unknown),
        ],
    )
    assert rows(page)
    expect(told(page)).to_have_text(
        "3 learners. Left out: 2 answers whose first response is not known, "
        "1 answer to questions that have changed since."
    )
    expect(listed(page)).to_have_text(
        [
            "learner 1.json: 12 questions; left out: 1 answer to questions that have changed since",
            "learner 1 (copy).json: left out, it is the same file as learner 1.json",
            "learner 3.json: 1 question; left out: 1 answer whose first response is not known",
            "letter.json: left out, it holds no saved progress",
            "learner 5.json: left out, it holds no first response that counts",
            "patient.json: left out, it belongs to a page for patients, and only the questions of the course’s "
            "chapters are counted here",
            "learner 7.json: left out, it belongs to questions that this book does not have",
            "learner 8.json: 1 question; left out: 1 answer whose first response is not known",
        ]
    )


#: What a file may hold where a response belongs, and none of it is one.
NO_RESPONSE: tuple[Any, ...] = (
    None,
    5,
    True,
    {"toString": 1, "valueOf": 1},
    [["a"]],
    ["a"] * 4000,
    "x" * 4000,
    "__proto__",
    "constructor",
    '=HYPERLINK("http://evil.example","See")&',
    "@SUM(A1)",
    [],
)


def test_a_faulty_answer_takes_nothing_from_the_others(stick_reader: Reader) -> None:
    """One answer without a response used to leave the whole class without a table and without a word."""
    kinds: dict[str, str] = {}
    for path in PATHS:
        kinds.setdefault(questions()[path].type, path)
    faulty = []
    for number, wrong in enumerate(NO_RESPONSE):
        answers = {
            path: {**answer(path, True), "response": wrong, "first": {"response": wrong, "points": 1}}
            for path in kinds.values()
        }
        faulty.append(file(number, {**answers, PATHS[-1]: answer(PATHS[-1], True)}))
    bare = {path: {"checked": True, "tries": 1, "points": 1} for path in kinds.values()}
    others = [file(100 + number, {path: answer(path, True) for path in PATHS}) for number in range(2)]
    page = open_course(stick_reader)
    open_class(page, [*faulty, file(90, {**bare, PATHS[-1]: answer(PATHS[-1], True)}), *others])
    shown = rows(page)
    for path in kinds.values():
        assert shown[path.split("/")[-1].split("@")[0]][:2] == ["2", "100"]
    expect(told(page)).to_contain_text(f"{len(NO_RESPONSE) + 3} learners. Left out: ")
    expect(told(page)).to_contain_text("that could not be read, ")
    expect(told(page)).to_contain_text("that cannot belong to the question.")
    assert (
        f"learner 90.json: 1 question; left out: {len(kinds)} answers that could not be read"
        in listed(page).all_inner_texts()
    )


def test_marks_are_worked_out_from_the_answers(stick_reader: Reader) -> None:
    forged = {path: answer(path, False) for path in PATHS}
    for one in forged.values():
        one["checks"][0]["points"] = one["first"]["points"] = 1
    page = open_course(stick_reader)
    open_class(page, [file(1, forged)])
    assert {row[1] for row in rows(page).values()} == {"0"}


def test_nothing_a_learner_wrote_is_run_by_a_spreadsheet(stick_reader: Reader, tmp_path: Path) -> None:
    """A number may be typed with a sign; that is all that is left of what a spreadsheet would run."""
    numeric = [path for path in PATHS if questions()[path].type == "numeric"]
    typed = ("+1", "-1", "+1+cmd|'/C calc'!A0", "=1+1", "\t=1+1")
    learners = [
        file(
            number,
            {path: {**answer(path, False), "first": {"response": words, "points": 0}} for path in numeric},
        )
        for number, words in enumerate(typed)
    ]
    page = open_course(stick_reader)
    open_class(page, [*learners, file(50, {path: answer(path, True) for path in PATHS})])
    rows(page)
    with page.expect_download() as download:
        act(page, "csv").click()
    download.value.save_as(tmp_path / "class.csv")
    cells = [
        cell
        for line in csv.reader(io.StringIO((tmp_path / "class.csv").read_text("utf-8-sig")))
        for cell in line
    ]
    run = [cell for cell in cells if cell.lstrip()[:1] in "=+-@" and not re.fullmatch(r"-?[\d.]+|", cell)]
    assert run == []
    assert any(cell.startswith("'+1 (1)") for cell in cells)
    assert not any("cmd" in cell or "1+1" in cell for cell in cells)


def test_a_name_cannot_turn_the_words_around_it(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    content = json.loads(file(1, own_answers(), name=NAME)["buffer"])
    open_class(page, [as_file(content, "mine\u202enosj.exe\u0007.json")])
    rows(page)
    expect(listed(page)).to_have_text(["minenosj.exe.json: 12 questions"])


def test_two_hundred_files_are_one_table(stick_reader: Reader, tmp_path: Path) -> None:
    """Work is counted, not time: however many files there are, each chapter's questions are asked for once."""
    every = list(questions())
    files = []
    for number in range(200):
        answered = {
            path: answer(path, number % 3 > 0) for at, path in enumerate(every) if (number + at) % 4 == 0
        }
        files.append(tmp_path / f"{number}.json")
        files[-1].write_bytes(file(number, answered)["buffer"])
    page = open_course(stick_reader)
    before = len(stick_reader.requests)
    page.get_by_label("Open the files of a class").set_input_files(files)
    expect(page.locator(".classroom tbody tr")).to_have_count(len(every))
    expect(told(page)).to_have_text("200 learners.")
    banks = [url for url in stick_reader.requests[before:] if "/banks/" in url]
    assert len(banks) == len(set(banks)) == len({path.rpartition("/")[0] for path in every})
    assert set(page.locator(".classroom tbody td:nth-of-type(2)").all_inner_texts()) == {"50"}


def test_a_learners_own_file_can_be_opened(stick_reader: Reader, tmp_path: Path) -> None:
    page = open_course(stick_reader, {f"quiz/{PATHS[0]}": answer(PATHS[0], True)})
    content = json.dumps(saved(page, tmp_path)).encode()
    open_class(page, [{"name": "mine.json", "mimeType": "application/json", "buffer": content}])
    (row,) = rows(page).values()
    assert row[:3] == ["1", "100", ""]


def held_against(step: str | None, share: float, learners: int) -> str:
    """What the author foresaw, and where a class of some size found it otherwise."""
    if step is None:
        return ""
    low, high = DIFFICULTIES[step]
    found = "harder" if 100 * share < low else "easier" if 100 * share > high else ""
    return f"{step}, found {found}" if found and learners >= LEAST_LEARNERS else step


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
    expect(page.locator(".classroom .count")).to_have_text(
        f"{sum(path.startswith('procedures/landscape/') for path in PATHS)} of {len(PATHS)} rows"
    )

    with page.expect_download() as download:
        act(page, "csv").click()
    assert download.value.suggested_filename == "class.csv"
    download.value.save_as(tmp_path / "class.csv")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "class.csv").read_text("utf-8-sig"))))
    assert len(lines) == len(PATHS)
    points = [{path: one["first"]["points"] for path, one in learner.items()} for learner in learners]
    for path in PATHS:
        (line,) = [one for one in lines if one["question"] == path.split("/")[-1].split("@")[0]]
        share = difficulty(path, points)
        assert float(line["share_right"]) == pytest.approx(share, abs=0.0001)
        assert line["expected"] == held_against(questions()[path].expected, share or 0, int(line["learners"]))
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


def test_what_was_chosen_stands_beside_the_question_uncut(stick_reader: Reader) -> None:
    page = open_course(stick_reader, viewport={"width": 1440, "height": 900})
    open_class(page, [file(number, learner) for number, learner in enumerate(a_class(6, 12))])
    rows(page)
    box = page.locator(".classroom .scroll")
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    assert page.locator(".classroom tbody th").first.evaluate("cell => cell.clientWidth") >= 180


@pytest.mark.parametrize("theme", first_of(["light", "dark"]))
def test_axe_finds_nothing_in_an_open_class(stick_reader: Reader, theme: str) -> None:
    screen = PHONE if theme == "light" else ENLARGED
    page = open_course(stick_reader, viewport=screen, color_scheme=theme)
    open_class(page, [file(number, learner) for number, learner in enumerate(a_class(5, 12))])
    rows(page)
    expect_accessible(page, ".classroom")
    expect_to_fit(page, screen["width"])
