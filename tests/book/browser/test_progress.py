"""What a reader has done is kept, can be taken along, and can be wiped."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.book.browser.motion import what_was_put_off
from tests.book.browser.published import KEPT, NAME, Reader, reload
from tests.book.browser.questions import (
    ASKED,
    CLOSING,
    TYPES,
    OnPage,
    all_on,
    bank,
    first_on,
    of_type,
    right_keys,
    score,
    tool,
    wrong_keys,
)
from widgets.quiz import load as load_bank
from widgets.quiz.markup import LETTERS
from widgets.quiz.model import (
    ExtendedMatching,
    MatchingOption,
    MultipleResponse,
    Numeric,
    Option,
    Ordering,
    SingleBestAnswer,
)
from widgets.text.markdown import plain

pytestmark = pytest.mark.browser

CHOICES = tuple(
    question for question in bank().questions if isinstance(question, SingleBestAnswer | MultipleResponse)
)


def answer_one_of_each(page: Page) -> None:
    for kind in TYPES:
        asked = first_on(page, kind)
        asked.give_right()
        asked.check()
        asked.expect_right()


def notice(page: Page) -> str:
    return page.locator(f"{CLOSING} .toolbar .notice").inner_text()


def clear(page: Page) -> None:
    tool(page, "Clear my answers").click()
    tool(page, "Clear").click()


def save(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        tool(page, "Save progress").click()
    assert download.value.suggested_filename == f"progress-{NAME.replace('/', '-')}.json"
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def load(page: Page, file: Path | FilePayload) -> None:
    told = page.locator(f"{CLOSING} .toolbar .notice")
    # What was said before says nothing of this file, which is read a moment later.
    told.evaluate("notice => { notice.textContent = ''; }")
    page.get_by_label("Load progress").set_input_files(file)
    expect(told).not_to_be_empty()


def test_a_reload_keeps_answers_checked_and_unchecked(reader: Reader) -> None:
    page = reader.open_quiz()
    answer_one_of_each(page)
    unchecked = OnPage(page, CHOICES[-1])
    keys = right_keys(CHOICES[-1])
    unchecked.give(keys)
    reload(page)
    expect(page.locator(f"{CLOSING} .score")).to_have_text(f"5 of {ASKED} points; 5 of {ASKED} answered")
    for kind in TYPES:
        first_on(page, kind).expect_right()
    assert [key for key in unchecked.order() if unchecked.option(key).is_checked()] == keys
    unchecked.expect_untouched()
    assert first_on(page, "ordering").order() == right_keys(of_type("ordering"))


def test_answers_are_kept_under_the_id_and_hash_of_their_question(page: Page) -> None:
    asked = first_on(page, "numeric")
    asked.give("7")
    kept = page.evaluate(f"Object.entries(localStorage).filter(([key]) => key.startsWith('{KEPT}quiz/'))")
    [(key, value)] = kept
    assert key.endswith(f"/{asked.question.id}@{asked.question.hash}")
    assert json.loads(value)["response"] == "7"


def test_clearing_asks_first_and_then_clears_everything(stick_reader: Reader) -> None:
    page = stick_reader.open_quiz()
    answer_one_of_each(page)
    tool(page, "Clear my answers").click()
    tool(page, "Keep").click()
    assert score(page) == f"5 of {ASKED} points; 5 of {ASKED} answered"
    clear(page)
    for _ in range(2):
        expect(page.locator(f"{CLOSING} .score")).to_have_text(f"0 of {ASKED} points; 0 of {ASKED} answered")
        for kind in TYPES:
            first_on(page, kind).expect_untouched()
        assert page.locator(".quiz .options input:checked").count() == 0
        reload(page)
    assert page.evaluate(f"Object.keys(localStorage).filter((key) => key.startsWith('{KEPT}quiz/'))") == []


def test_progress_travels_as_a_file(reader: Reader, tmp_path: Path) -> None:
    page = reader.open_quiz()
    answer_one_of_each(page)
    file = save(page, tmp_path)
    assert notice(page) == f"Saved as {file.name}."
    clear(page)
    load(page, file)
    assert f"Answers to 5 of {ASKED} questions loaded." in notice(page)
    expect(page.locator(f"{CLOSING} .score")).to_have_text(f"5 of {ASKED} points; 5 of {ASKED} answered")

    elsewhere = reader.open_quiz()
    load(elsewhere, file)
    reload(elsewhere)
    expect(elsewhere.locator(f"{CLOSING} .score")).to_have_text(f"5 of {ASKED} points; 5 of {ASKED} answered")
    for kind in TYPES:
        first_on(elsewhere, kind).expect_right()


def test_a_file_brings_the_answers_in_the_text_too(stick_reader: Reader, tmp_path: Path) -> None:
    page = stick_reader.open_quiz()
    closing = {question.id for question in bank().questions}
    in_text = [
        OnPage(page, question)
        for question in load_bank(NAME).questions
        if question.id not in closing and page.locator(f"[data-part=checkpoint] #q-{question.id}").count()
    ]
    for asked in in_text:
        asked.give_right()
        asked.check()
    file = save(page, tmp_path)
    elsewhere = stick_reader.open_quiz()
    load(elsewhere, file)
    told = f"So were {len(in_text)} answers to questions in the text."
    assert f"Answers to 0 of {ASKED} questions loaded. {told}" in notice(elsewhere)
    for asked in in_text:
        OnPage(elsewhere, asked.question).expect_right()


BAD_FILES = (
    (b"\x00\xff not a text", "holds no saved progress"),
    (b"{}", "holds no saved progress"),
    (b"null", "holds no saved progress"),
    (b"[" * 100_000, "holds no saved progress"),
    (b'{"format": "course-progress-1", "answers": []}', "holds no saved progress"),
    (b'{"format": "course-progress-1", "name": "another", "answers": {}}', "another set of questions"),
    (b" " * 1_000_001, "too large"),
)


def test_a_bad_file_gives_one_message_and_loses_nothing(page: Page) -> None:
    first_on(page, "numeric").give_right()
    first_on(page, "numeric").check()
    before = page.evaluate("({ ...localStorage })")
    for content, message in BAD_FILES:
        load(page, {"name": "progress.json", "mimeType": "application/json", "buffer": content})
        expect(page.locator(f"{CLOSING} .toolbar .notice")).to_contain_text(message)
        assert notice(page).endswith("Nothing was changed.")
        assert page.evaluate("({ ...localStorage })") == before
        first_on(page, "numeric").expect_right()


def test_a_file_with_broken_entries_keeps_the_sound_ones(page: Page, tmp_path: Path) -> None:
    answer_one_of_each(page)
    file = save(page, tmp_path)
    progress = json.loads(file.read_text("utf-8"))
    entries = progress["answers"]
    broken, stale = of_type("numeric"), of_type("ordering")
    entries[f"{broken.id}@{broken.hash}"] = {"response": {"deep": []}, "checked": True}
    entries[f"{stale.id}@0123456789"] = entries.pop(f"{stale.id}@{stale.hash}")
    entries["__proto__"] = {"checked": True}
    file.write_text(json.dumps(progress), "utf-8")
    clear(page)
    load(page, file)
    assert f"Answers to 3 of {ASKED} questions loaded. Some saved answers could not be read" in notice(page)
    assert "Questions changed since then: 1." in notice(page)
    first_on(page, "extended-matching").expect_right()
    first_on(page, "numeric").expect_untouched()
    first_on(page, "ordering").expect_untouched()


def expect_in_step(asked: OnPage) -> None:
    """Letters, options, reasons and key belong together, in whatever order they stand."""
    order, question, form = asked.order(), asked.question, asked.form
    by_key: dict[str, Option | MatchingOption]
    if isinstance(question, ExtendedMatching):
        by_key = {option.id: option for option in question.options}
        for select in form.locator("select").all():
            told = select.locator("option").all_inner_texts()[1:]
            assert told == [f"{LETTERS[place]}. {plain(by_key[key].text)}" for place, key in enumerate(order)]
        for index, stem in enumerate(question.stems):
            reason = form.locator(".stems > li").nth(index)
            expect(reason).to_contain_text(f"{LETTERS[order.index(stem.answer)]}. ")
            expect(reason).to_contain_text(plain(stem.reason))
    else:
        assert isinstance(question, SingleBestAnswer | MultipleResponse)
        by_key = dict(zip(LETTERS.lower(), question.options, strict=False))
        letters = sorted(LETTERS[order.index(key)] for key in right_keys(question))
        expect(form.locator(".answer .key")).to_have_text(", ".join(letters))
    for key, option in by_key.items():
        shown = form.locator(f".options > li[data-key={key}]")
        expect(shown).to_contain_text(plain(option.text))
        expect(shown).to_contain_text(plain(option.reason))
        if isinstance(option, Option):
            expect(shown.locator("b")).to_have_text(re.compile("^Right" if option.correct else "^Wrong"))


def test_shuffling_keeps_letters_reasons_and_key_in_step(page: Page) -> None:
    with_options = [asked for asked in all_on(page) if hasattr(asked.question, "options")]
    authored = [asked.order() for asked in with_options]
    ordering = first_on(page, "ordering").order()
    tool(page, "Shuffle options").click()
    what_was_put_off(page)
    shuffled = [asked.order() for asked in with_options]
    assert [sorted(order) for order in shuffled] == [sorted(order) for order in authored]
    assert shuffled != authored
    assert first_on(page, "ordering").order() == ordering

    for asked in with_options:
        asked.button("Show answer").click()
        expect_in_step(asked)
    reload(page)
    assert [asked.order() for asked in with_options] == shuffled
    for asked in with_options:
        expect_in_step(asked)
    clear(page)
    what_was_put_off(page)
    assert [asked.order() for asked in with_options] == authored


def test_a_shuffled_answer_is_graded_by_what_it_says_not_by_its_letter(page: Page) -> None:
    tool(page, "Shuffle options").click()
    for kind in ("single-best-answer", "multiple-response", "extended-matching"):
        asked = first_on(page, kind)
        asked.give_wrong()
        asked.check()
        expect(asked.result).to_have_attribute("data-result", "wrong")
        if kind == "single-best-answer":
            place = asked.order().index(wrong_keys(asked.question)[0])
            expect(asked.result).to_contain_text(f"you chose {LETTERS[place]}.")
        asked.button("Try again").click()
        asked.give_right()
        asked.check()
        asked.expect_right()
    assert score(page) == f"3 of {ASKED} points; 3 of {ASKED} answered"


def test_partial_credit(page: Page) -> None:
    several: MultipleResponse = of_type("multiple-response")
    keys, wrong = right_keys(several), wrong_keys(several)
    asked = first_on(page, "multiple-response")
    asked.give(keys[:-1])
    asked.check()
    points = round((len(keys) - 1) / len(keys), 2)
    expect(asked.result).to_contain_text(f"{len(keys) - 1} of {len(keys)} right options chosen, and 0 wrong.")
    expect(asked.result).to_contain_text(f"{points:g} points.")
    # Not yet right: what was left out is not told, only what was chosen gets its reason.
    expect(asked.form.locator(f".options > li[data-key={keys[-1]}]")).to_have_text(
        plain(several.options[LETTERS.lower().index(keys[-1])].text)
    )

    asked.button("Try again").click()
    asked.give([*keys, *wrong])
    asked.check()
    expect(asked.result).to_contain_text(f"{points:g} points, try 2.")

    matching = first_on(page, "extended-matching")
    answers, others = right_keys(matching.question), wrong_keys(matching.question)
    matching.give([answers[0], *others[1:]])
    matching.check()
    expect(matching.result).to_contain_text(f"1 of {len(answers)} matched. {1 / len(answers):.4g} point")

    ordering = first_on(page, "ordering")
    steps = right_keys(ordering.question)
    ordering.give([*steps[1:], steps[0]])
    ordering.check()
    share = round((len(steps) - 2) / (len(steps) - 1), 2)
    expect(ordering.result).to_contain_text(f"{len(steps) - 2} of {len(steps) - 1} steps")
    expect(ordering.result).to_contain_text(f"{share:g} points.")


def test_a_wrong_answer_does_not_give_the_right_one_away(page: Page) -> None:
    for kind in TYPES:
        try_show_and_copy(page, first_on(page, kind))
    # Copied from the answer: no points.
    assert score(page) == f"0 of {ASKED} points; 5 of {ASKED} answered"


def try_show_and_copy(page: Page, asked: OnPage) -> None:
    asked.give_wrong()
    asked.check()
    expect(asked.result).to_have_attribute("data-result", "wrong")
    expect(asked.answer).to_be_hidden()
    question = asked.question
    for reason in _reasons_of_the_right(question):
        expect(asked.form.get_by_text(plain(reason))).not_to_be_visible()
    asked.button("Show answer").click()
    expect(asked.answer).to_be_visible()
    asked.button("Try again").click()
    asked.give_right()
    asked.check()
    expect(asked.result).to_contain_text("You had seen the answer")


def _reasons_of_the_right(question: object) -> list[str]:
    if isinstance(question, SingleBestAnswer | MultipleResponse):
        return [option.reason for option in question.options if option.correct]
    if isinstance(question, ExtendedMatching):
        return [stem.reason for stem in question.stems]
    if isinstance(question, Ordering):
        return [item.reason for item in question.items]
    assert isinstance(question, Numeric)
    return [question.reason]


def test_certainty_is_set_against_being_right(page: Page) -> None:
    for index, (sure, right) in enumerate([("very sure", True), ("very sure", False), ("guess", True)]):
        asked = OnPage(page, CHOICES[index])
        asked.give_right() if right else asked.give_wrong()
        asked.form.get_by_label(sure, exact=True).check()
        asked.check()
    expected = "When very sure you were right 1 of 2 times. When guessing you were right 1 of 1 time."
    expect(page.locator(f"{CLOSING} .certainty")).to_have_text(expected)
    reload(page)
    expect(page.locator(f"{CLOSING} .certainty")).to_have_text(expected)


def test_hints_come_one_after_the_other(page: Page) -> None:
    question = next(question for question in load_bank(NAME).questions if len(question.hints) > 1)
    hints = OnPage(page, question).form.locator(".hint")
    expect(hints.nth(0)).to_be_visible()
    expect(hints.nth(1)).to_be_hidden()
    hints.nth(0).locator("summary").click()
    expect(hints.nth(0)).to_contain_text(plain(question.hints[0]))
    expect(hints.nth(1)).to_be_visible()
    reload(page)
    expect(hints.nth(1)).to_be_visible()


def _ways_to_write(question: Numeric) -> list[str]:
    number = f"{question.answer:g}"
    decimal = f"{question.answer + question.tolerance / 2:.2f}"
    return [
        number,
        f"{number} %",
        f"{number}%",
        f" {number} ",
        f"+{number}",
        decimal,
        decimal.replace(".", ","),
        # As chat programs and texts written from right to left paste it.
        f"\u200b{number}\u200e",
        f"\u202a{number}\u202c",
    ]


def test_numbers_are_read_as_people_write_them(page: Page) -> None:
    asked = first_on(page, "numeric")
    for written in _ways_to_write(of_type("numeric")):
        asked.give(written)
        asked.check()
        expect(asked.result, f"{written!r} was not taken").to_contain_text("Right.")
        asked.button("Try again").click()


def test_what_is_no_number_or_out_of_bounds_is_asked_for_again(page: Page) -> None:
    asked = first_on(page, "numeric")
    for written in ("many", "1/2", "0x29", "1e2", "--5", "5 apples", "4,1,1"):
        asked.give(written)
        asked.check()
        expect(asked.result).to_contain_text(f"“{written}” is not a number")
    expect(asked.answer).to_be_hidden()
    asked.give(f"{of_type('numeric').maximum + 1:g}")
    asked.check()
    expect(asked.result).to_contain_text("or less")
    assert score(page).endswith(f"0 of {ASKED} answered")


def test_a_near_miss_is_told_what_went_wrong(page: Page) -> None:
    miss = of_type("numeric").near_misses[0]
    asked = first_on(page, "numeric")
    asked.give(f"{miss.value:g}")
    asked.check()
    expect(asked.result).to_contain_text(plain(miss.reason))
    expect(asked.result).to_contain_text("0 points.")


def test_a_matching_question_that_is_shown_has_its_key_in_place(page: Page) -> None:
    asked = first_on(page, "extended-matching")
    chosen = asked.form.locator("select")
    asked.give([wrong_keys(asked.question)[0]])
    asked.button("Show answer").click()
    for place, key in enumerate(right_keys(asked.question)):
        expect(chosen.nth(place)).to_have_value(key)
    # The reader's own choice comes back with the next try.
    asked.button("Try again").click()
    expect(chosen.first).to_have_value(wrong_keys(asked.question)[0])
    expect(chosen.nth(1)).to_have_value("")


def test_redoing_the_wrong_ones_keeps_the_right_ones(page: Page) -> None:
    right, wrong, shown = (OnPage(page, question) for question in CHOICES[:3])
    expect(tool(page, "Redo the wrong ones")).to_be_hidden()
    right.give_right()
    right.check()
    wrong.give_wrong()
    wrong.check()
    shown.button("Show answer").click()
    tool(page, "Redo the wrong ones").click()
    right.expect_right()
    wrong.expect_untouched()
    shown.expect_untouched()
    assert wrong.form.locator(".answers input").first.evaluate("input => input === document.activeElement")
    # Until a new answer is checked the old one counts, and it is still one to redo.
    assert score(page) == f"1 of {ASKED} points; 3 of {ASKED} answered"
    reload(page)
    assert score(page) == f"1 of {ASKED} points; 3 of {ASKED} answered"
    wrong.expect_untouched()
    for one in (wrong, shown):
        expect(tool(page, "Redo the wrong ones")).to_be_visible()
        one.give_right()
        one.check()
        one.expect_right()
    assert score(page) == f"3 of {ASKED} points; 3 of {ASKED} answered"
    expect(tool(page, "Redo the wrong ones")).to_be_hidden()


def test_redo_brings_the_first_question_into_view_and_focus_however_many_there_are(page: Page) -> None:
    for asked in all_on(page):
        asked.give_wrong()
        asked.check()
        expect(asked.button("Try again")).to_be_visible()
    tool(page, "Redo the wrong ones").click()
    first = all_on(page)[0]
    focused = first.form.locator(".answers :is(input, select, button)").first
    expect(focused).to_be_focused()
    expect(focused).to_be_in_viewport()
    assert score(page).endswith(f"{ASKED} of {ASKED} answered")


def test_every_question_is_answered_and_the_set_is_full(page: Page) -> None:
    for asked in all_on(page):
        asked.give_right()
        asked.check()
        asked.expect_right()
    assert score(page) == f"{ASKED} of {ASKED} points; {ASKED} of {ASKED} answered"
