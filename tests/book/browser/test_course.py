"""The course page counts what all chapters keep, and takes it along, clears it and prints it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.book.browser.course_page import (
    PAGE,
    act,
    answer,
    begin,
    come_alive,
    in_set,
    kept,
    load_file,
    notice,
    older_answer,
    open_course,
    path_of,
    questions,
    saved,
)
from tests.book.browser.published import ENLARGED, NAME, PHONE, Reader, come_to_quiz
from tests.book.browser.questions import ASKED, CLOSING, IN_CHAPTER, OnPage, bank, first_on
from tests.book.browser.test_accessibility import expect_accessible
from tests.book.browser.test_layout import expect_to_fit
from tests.places import first_of

pytestmark = pytest.mark.browser

PATHS = list(questions())
CLOSING_SET = {f"{NAME}/{one.id}@{one.hash}" for one in bank().questions}
DENERVATION = [path for path in PATHS if path in CLOSING_SET]
LANDSCAPE = [path for path in PATHS if path.startswith("procedures/landscape/")]
ALL = len(PATHS)
CHAPTERS = len({path.rsplit("/", 1)[0] for path in PATHS})


def answers(right: list[str], wrong: list[str], **changes: Any) -> dict[str, Any]:
    return {f"quiz/{path}": answer(path, path in right, **changes) for path in [*right, *wrong]}


def test_what_a_chapter_keeps_is_counted_by_chapter_and_objective(reader: Reader) -> None:
    context = reader.context()
    chapter = reader.open_quiz(context=context)
    asked = first_on(chapter, "single-best-answer")
    asked.form.get_by_label("very sure").check()
    asked.give_right()
    asked.check()
    page = open_course(reader, context=context)
    expect(page.locator(".sum")).to_have_text(
        f"0 of {CHAPTERS} chapters read, 1 of {ALL} questions answered, 1 point."
    )
    expect(page.locator(".progress-page .certainty")).to_have_text("When very sure: right 1 of 1.")
    row = page.locator(f"tr[data-chapter='{NAME}']")
    expect(row.locator(".answered")).to_have_text(f"1 of {IN_CHAPTER}")
    expect(row.locator(".points")).to_have_text(f"1 of {IN_CHAPTER}")
    (objective,) = [
        one
        for one in page.locator("li[data-keys]").all()
        if asked.question.id in str(one.get_attribute("data-keys"))
    ]
    expect(objective.locator(".told")).to_contain_text("1 of")
    # The chapter lies open in another tab: what is done there is seen here.
    another = first_on(chapter, "numeric")
    another.give_wrong()
    another.check()
    expect(row.locator(".answered")).to_have_text(f"2 of {IN_CHAPTER}")
    expect(page.locator(".wrong-sum")).to_have_text("1 question so far.")


def test_a_chapter_is_read_when_its_reader_says_so(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    box = page.get_by_role("checkbox", name="I have read Benefits")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".sum")).to_contain_text(f"1 of {CHAPTERS} chapters read")
    page.reload()
    come_alive(page)
    expect(box).to_be_checked()
    box.uncheck()
    expect(page.locator(".sum")).to_contain_text(f"0 of {CHAPTERS} chapters read")
    assert kept(page) == {}


def test_broken_and_stale_answers_are_told_and_not_counted(stick_reader: Reader) -> None:
    path = DENERVATION[0]
    stale = path[:-10] + "0123456789"
    page = open_course(
        stick_reader,
        {
            **answers(DENERVATION[1:3], []),
            f"quiz/{path}": answer(path, True, tries=0),
            f"quiz/{DENERVATION[4]}": "not JSON",
            f"quiz/{stale}": answer(path, True),
            f"quiz/{NAME}/#set": {"seed": 3},
            "quiz/__proto__": "{}",
            "course/read/__proto__": "[]",
            "course/exams": [{"over": "yesterday"}, 7, None],
            "course/set": {"kind": "exam", "items": ["nowhere"]},
        },
    )
    expect(page.locator(".sum")).to_contain_text(f"2 of {ALL} questions answered, 2 points")
    expect(notice(page, "top")).to_have_text(
        "Not counted: 1 answer to questions that have changed since. 2 answers that could not be read. "
        "3 exams that could not be read."
    )
    expect(notice(page, "exam")).to_contain_text("It was set aside.")
    expect(page.locator(".exams li")).to_have_count(0)
    assert "course/set" not in kept(page)
    assert len(begin(page, 2)) == 2


def test_what_was_wrong_anywhere_is_redone_in_one_set(stick_reader: Reader) -> None:
    wrong = [LANDSCAPE[0], DENERVATION[0], DENERVATION[3]]
    context = stick_reader.context()
    page = open_course(stick_reader, answers(DENERVATION[1:3], wrong), context)
    expect(page.locator(".wrong-sum")).to_have_text("3 questions so far.")
    act(page, "redo").click()
    asked = in_set(page, 3)
    assert [one.question.id for one in asked] == [
        path.split("/")[-1].split("@")[0] for path in sorted(wrong, key=PATHS.index)
    ]
    expect(page.get_by_role("heading", name="What I got wrong, once more")).to_be_visible()
    expect(asked[0].form.locator(":is(.answers) :is(input, select, button)").first).to_be_focused()
    expect(asked[0].form.locator("h3")).to_be_in_viewport()
    for one in asked:
        one.expect_untouched()
    # The old answers count until there are new ones.
    expect(page.locator(".wrong-sum")).to_have_text("3 questions so far.")
    expect(page.locator(".sum")).to_contain_text(f"5 of {ALL} questions answered, 2 points")
    asked[0].give_right()
    asked[0].check()
    asked[0].expect_right()
    expect(page.locator(".wrong-sum")).to_have_text("2 questions so far.")
    expect(page.locator(".sum")).to_contain_text(f"5 of {ALL} questions answered, 3 points")
    # It stands in its chapter, and the first response ever checked is still known.
    page.reload()
    come_alive(page)
    in_set(page, 3)[0].expect_right()
    path = next(one for one in wrong if f"/{asked[0].question.id}@" in one)
    entry = kept(page)[f"quiz/{path}"]
    assert (entry["tries"], entry["first"]["points"]) == (2, 0)
    assert [one["points"] for one in entry["checks"]] == [0, 1]
    assert entry["checks"][0]["at"] < entry["checks"][1]["at"]
    act(page, "close").click()
    expect(page.get_by_role("button", name="Begin the exam")).to_be_focused()
    # What was not redone is still wrong, and shows its old answer in its chapter.
    expect(page.locator(".wrong-sum")).to_have_text("2 questions so far.")
    chapter = stick_reader.open_quiz(context=context)
    expect(chapter.locator(f"{CLOSING} .toolbar .score")).to_contain_text(f"4 of {ASKED} answered")
    expect(chapter.locator(f"{CLOSING} .toolbar [data-do=redo]")).to_be_visible()
    for undone in asked[1:]:
        if path_of(undone.question).startswith(NAME):
            expect(OnPage(chapter, undone.question).result).to_have_attribute("data-result", "wrong")


def test_answers_of_an_older_book_count_and_are_redone(stick_reader: Reader) -> None:
    right, wrong = DENERVATION[1], DENERVATION[0]
    page = open_course(
        stick_reader,
        {f"quiz/{right}": older_answer(right, True), f"quiz/{wrong}": older_answer(wrong, False)},
    )
    expect(page.locator(".sum")).to_contain_text(f"2 of {ALL} questions answered, 1 point")
    act(page, "redo").click()
    (asked,) = in_set(page, 1)
    asked.give_right()
    asked.check()
    expect(page.locator(".sum")).to_contain_text(f"2 of {ALL} questions answered, 2 points")


def test_everything_travels_as_one_file(reader: Reader, tmp_path: Path) -> None:
    page = open_course(reader, {**answers(DENERVATION[:2], LANDSCAPE[:1]), f"quiz/{NAME}/#set": {"seed": 3}})
    page.get_by_role("checkbox", name="I have read Benefits").check()
    begin(page, 2)
    before = kept(page)
    file = saved(page, tmp_path)
    assert file["format"] == "course-progress-2"
    assert file["answers"] == before

    elsewhere = open_course(reader)
    load_file(elsewhere, file)
    expect(notice(elsewhere, "files")).to_have_text("3 answers loaded.")
    in_set(elsewhere, 2)
    assert kept(elsewhere) == before
    elsewhere.goto(reader.address + f"{NAME}.html")
    come_to_quiz(elsewhere)
    expect(elsewhere.locator(f"{CLOSING} .toolbar .score")).to_have_text(
        f"2 of {ASKED} points; 2 of {ASKED} answered"
    )


def test_loading_keeps_an_open_exam_and_the_exams_done_here(stick_reader: Reader) -> None:
    sure = {"very": [1, 2], "fairly": [0, 0], "guess": [0, 0]}
    mine = {
        "begun": 1e12,
        "over": 1e12 + 6e5,
        "questions": 4,
        "answered": 4,
        "points": 3,
        "chapters": [NAME],
        "sure": sure,
    }
    other = {**mine, "begun": 2e12, "over": 2e12 + 6e5}
    page = open_course(stick_reader, {"course/exams": [mine]})
    begin(page, 2)
    expect(act(page, "redo")).to_be_disabled()
    running = kept(page)["course/set"]
    elsewhere = {"kind": "redo", "items": DENERVATION[:1]}
    load_file(
        page,
        {
            "format": "course-progress-2",
            "answers": {"course/set": elsewhere, "course/exams": [mine, other, 3]},
        },
    )
    expect(page.locator(".exams li")).to_have_count(2)
    assert kept(page)["course/set"] == running
    assert kept(page)["course/exams"] == [mine, other]


def test_the_file_of_a_chapter_is_taken_too(stick_reader: Reader, tmp_path: Path) -> None:
    chapter = stick_reader.open_quiz()
    asked = first_on(chapter, "ordering")
    asked.give_right()
    asked.check()
    with chapter.expect_download() as download:
        chapter.locator(f"{CLOSING} .toolbar").get_by_role("button", name="Save progress").click()
    download.value.save_as(tmp_path / "one.json")
    page = open_course(stick_reader)
    load_file(page, (tmp_path / "one.json").read_bytes())
    expect(notice(page, "files")).to_have_text("1 answer loaded.")
    expect(page.locator(f"tr[data-chapter='{NAME}'] .points")).to_have_text(f"1 of {IN_CHAPTER}")


def test_a_bad_file_gives_one_message_and_loses_nothing(stick_reader: Reader) -> None:
    page = open_course(stick_reader, answers(DENERVATION[:1], []))
    before = kept(page)
    for content, message in (
        (b"\x00\xff not a text", "holds no saved progress"),
        (b"null", "holds no saved progress"),
        (b"[" * 100_000, "holds no saved progress"),
        ({"format": "course-progress-2", "answers": []}, "holds no saved progress"),
        ({"format": "course-progress-9", "answers": {}}, "holds no saved progress"),
        ({"format": "course-progress-1", "name": "elsewhere", "answers": {}}, "does not have"),
        (b" " * 5_000_001, "too large"),
    ):
        load_file(page, content)
        expect(notice(page, "files")).to_contain_text(message)
        expect(notice(page, "files")).to_contain_text("Nothing was changed.")
        assert kept(page) == before


def test_a_file_with_broken_answers_keeps_the_sound_ones(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    good = answers(DENERVATION[:2], [])
    bad = {
        f"quiz/{LANDSCAPE[0]}": {"tries": -1},
        "quiz/x/y@0123456789": {},
        "elsewhere": {"a": 1},
        "course/set": None,
    }
    load_file(page, {"format": "course-progress-2", "answers": {**good, **bad}})
    expect(notice(page, "files")).to_have_text(
        "2 answers loaded. Not counted: 1 answer to questions that have changed since. "
        "1 answer that could not be read. 1 entry that this book does not know."
    )
    assert kept(page) == good


def test_clearing_asks_first(stick_reader: Reader) -> None:
    page = open_course(stick_reader, answers(DENERVATION[:2], []))
    act(page, "clear").click()
    expect(act(page, "clear-no")).to_be_focused()
    page.keyboard.press("Enter")
    expect(act(page, "clear")).to_be_focused()
    assert len(kept(page)) == 2
    act(page, "clear").click()
    act(page, "clear-yes").click()
    expect(notice(page, "files")).to_have_text("Everything was cleared.")
    expect(page.locator(".sum")).to_contain_text(f"0 of {ALL} questions answered")
    assert kept(page) == {}


def test_storage_refused_is_said_and_survived(stick_reader: Reader) -> None:
    context = stick_reader.context()
    context.add_init_script(
        """Object.defineProperty(window, "localStorage", {
             get() { throw new DOMException("The operation is insecure.", "SecurityError"); } });"""
    )
    page = open_course(stick_reader, context=context)
    expect(page.locator(".progress-page > section > .kept")).to_contain_text("refuses to keep")
    asked = begin(page, 2)
    asked[0].give_right()
    expect(page.locator(".set .score")).to_have_text("1 of 2 answered")


def test_the_record_prints_without_what_a_reader_cannot_use_on_paper(stick_reader: Reader) -> None:
    page = open_course(stick_reader, answers(DENERVATION[:2], LANDSCAPE[:1], certainty="fairly"))
    for name in ("Name:", "Date and signature:"):
        expect(page.get_by_text(name)).to_be_hidden()
    page.emulate_media(media="print")
    for text in ("Name:", "Date and signature:", "It is not accredited continuing medical education."):
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.locator(".record-sum")).to_contain_text("When fairly sure: right 2 of 3.")
    expect(page.locator(f"tr[data-chapter='{NAME}'] .points")).to_have_text(f"2 of {IN_CHAPTER}")
    for hidden in (
        ".plan",
        "#course-exam",
        "#course-files",
        ".progress-page nav",
        "[data-act=print]",
        ".classroom",
    ):
        expect(page.locator(hidden)).to_be_hidden()
    page.evaluate("window.print = () => { window.printed = true }")
    page.emulate_media(media="screen")
    act(page, "print").click()
    assert page.evaluate("window.printed")


def test_without_scripts_chapters_and_objectives_are_read(stick_reader: Reader) -> None:
    page = stick_reader.open(PAGE, java_script_enabled=False, viewport=PHONE)
    expect(page.get_by_text("Without JavaScript this page is a list")).to_be_visible()
    assert page.locator("tr[data-chapter]").count() == CHAPTERS
    page.locator(".chapters summary").first.click()
    expect(page.locator("li[data-keys]").first).to_be_visible()
    expect(page.get_by_text("This is a record of self-assessment.")).to_be_visible()
    assert [one for one in page.locator("article button").all() if one.is_visible()] == []
    expect_to_fit(page, PHONE["width"])


@pytest.mark.parametrize("theme", first_of(["light", "dark"]))
def test_axe_finds_nothing_and_all_fits_with_every_question_answered(
    stick_reader: Reader, theme: str
) -> None:
    screen = ENLARGED if theme == "light" else PHONE
    page = open_course(
        stick_reader, answers(PATHS[::2], PATHS[1::2], certainty="very"), viewport=screen, color_scheme=theme
    )
    expect(page.locator(".sum")).to_contain_text(f"{ALL} of {ALL} questions answered, {ALL // 2} points.")
    for summary in page.locator(".chapters summary, .plan summary").all()[:20]:
        summary.click()
    act(page, "clear").click()
    expect_accessible(page)
    expect_to_fit(page, screen["width"])
    small = page.evaluate(
        """[...document.querySelectorAll(":is(.progress-page, .classroom) :is(button, summary, input, nav a, label.button)")]
          .filter((control) => control.checkVisibility())
          .map((control) => [control.closest("label") ?? control, control])
          .filter(([target]) => Math.min(target.getBoundingClientRect().width, target.getBoundingClientRect().height) < 24)
          .map(([, control]) => control.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_a_tick_changes_its_own_row_and_the_sum_alone(stick_reader: Reader) -> None:
    """With hundreds of answers kept, drawing all rows anew at each tick made the page slow."""
    page = open_course(stick_reader, answers(PATHS[::2], PATHS[1::2]))
    page.evaluate(
        """() => { window.touched = new Set();
          new MutationObserver((changes) => changes.forEach(({ target }) => {
            const row = (target.closest ? target : target.parentNode).closest("[data-chapter]");
            if (row) touched.add(row.dataset.chapter);
          })).observe(document.querySelector(".progress-page"), { subtree: true, childList: true, characterData: true });
        }"""
    )
    page.locator("[data-read]").first.click()
    expect(page.locator(".sum")).to_contain_text(f"1 of {CHAPTERS} chapters read")
    assert page.evaluate("[...touched].length") <= 1


def test_progress_saved_by_a_browser_is_plain_json(stick_reader: Reader, tmp_path: Path) -> None:
    page = open_course(stick_reader, answers(DENERVATION[:1], []))
    file = saved(page, tmp_path)
    assert set(file) == {"format", "saved", "answers"}
    assert "name" not in json.dumps(file).lower()
