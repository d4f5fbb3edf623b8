"""An exam tells nothing before its end, keeps its time, and lets nobody lose their work."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.book.browser.course_page import (
    act,
    answer,
    begin,
    come_alive,
    end,
    in_set,
    kept,
    notice,
    open_course,
    path_of,
    questions,
)
from tests.book.browser.published import ENLARGED, KEPT, PAGES, PHONE, Reader
from tests.book.browser.questions import OnPage
from tests.book.browser.test_accessibility import expect_accessible
from tests.book.browser.test_layout import expect_to_fit
from tests.places import first_of

pytestmark = pytest.mark.browser

MINUTE = 60_000


def expect_nothing_told(asked: OnPage) -> None:
    told = asked.form.evaluate(
        """form => [...form.querySelectorAll(".answer, .hint, .actions, [data-mark], .verdict:not(:empty)")]
          .filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert told == []
    expect(asked.result).to_be_empty()


def change_set(page: Page, **changes: object) -> None:
    """Change what is kept of the exam, as the clock of another day would, and load the page anew."""
    page.evaluate(
        """given => { const [key, changes] = given;
             localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), ...changes })); }""",
        [f"{KEPT}course/set", changes],
    )
    page.reload()
    come_alive(page)


def test_nothing_is_told_before_the_end_and_everything_after_it(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    asked = begin(page, 12)
    expect(page.get_by_role("heading", name="The exam", exact=True)).to_be_focused()
    right, wrong, left = asked[:5], asked[5:10], asked[10:]
    for one in right:
        one.give_right()
        one.form.get_by_label("very sure").check()
    for one in wrong:
        one.give_wrong()
        one.form.get_by_label("guess", exact=True).check()
    for one in asked:
        expect_nothing_told(one)
    expect(page.locator(".set .score")).to_have_text("10 of 12 answered")
    assert not [path for path in kept(page) if path.startswith("quiz/")]
    page.emulate_media(media="print")
    assert [one for one in asked if one.answer.is_visible()] == []
    page.emulate_media(media="screen")

    act(page, "finish").click()
    expect(page.get_by_text("10 of 12 answered. End the exam and see the marks?")).to_be_visible()
    act(page, "finish-no").click()
    expect(act(page, "finish")).to_be_focused()
    end(page)
    expect(page.get_by_role("heading", name="The exam is over")).to_be_focused()
    expect(page.locator(".marks .total")).to_have_text("5 of 12 points; 10 of 12 answered.")
    rows = page.locator(".marks table").first.locator("tbody tr")
    expect(rows).to_have_text(
        [
            re.compile("very sure 5 5 100 %".replace(" ", r"\s*")),
            re.compile(r"fairly sure\s*0"),
            re.compile(r"guessing\s*5\s*0\s*0 %"),
        ]
    )
    total = page.locator(".marks table").nth(1).locator("td:last-child").all_text_contents()
    assert sum(int(one.split(" of ")[1]) for one in total) == 12
    assert sum(float(one.split(" of ")[0]) for one in total) == 5
    for one in right:
        expect(one.result).to_have_text("Right. 1 point.")
    for one in wrong:
        expect(one.result).to_have_text(re.compile("^Not yet: .*0 points"))
    for one in left:
        expect(one.result).to_have_text("Not answered: no points.")
    for one in asked:
        expect(one.answer).to_be_visible()
        expect(one.button("Try again")).to_be_hidden()

    # The answers are now those of their chapters, and what was left out is not.
    store = kept(page)
    assert {path for path in store if path.startswith("quiz/")} == {
        f"quiz/{path_of(one.question)}" for one in [*right, *wrong]
    }
    expect(page.locator(".sum")).to_contain_text(f"10 of {len(questions())} questions answered, 5 points")
    expect(page.locator(".exams li")).to_contain_text(
        "5 of 12 points, 10 answered, in 1 minute. When very sure: right 5 of 5."
    )
    page.reload()
    come_alive(page)
    expect(page.locator(".marks .total")).to_have_text("5 of 12 points; 10 of 12 answered.")
    act(page, "close").click()
    expect(page.locator(".set")).to_be_hidden()
    expect(page.locator(".exams li")).to_have_count(1)


def test_an_exam_counts_as_one_more_try_and_keeps_the_first_response(stick_reader: Reader) -> None:
    # The first chapter alone, so that all of its questions are drawn.
    paths = [path for path in questions() if path.startswith("procedures/landscape/")]
    page = open_course(stick_reader, {f"quiz/{paths[0]}": answer(paths[0], False)})
    choose(page, "The landscape of surgery")
    asked = begin(page, len(paths))
    one = next(one for one in asked if path_of(one.question) == paths[0])
    one.give_right()
    end(page)
    entry = kept(page)[f"quiz/{paths[0]}"]
    assert (entry["tries"], entry["checks"][-1]["points"], entry["first"]["points"]) == (2, 1, 0)
    assert entry["shown"] is entry["seen"] is False


def choose(page: Page, *titles: str) -> None:
    """Take part in these chapters alone."""
    for part in page.locator(".plan .part").all():
        part.locator(".whole").uncheck()
        part.locator("summary").click()
    for title in titles:
        page.locator(".plan").get_by_label(title, exact=True).check()


def test_parts_and_chapters_are_chosen(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    choose(page)
    page.get_by_role("button", name="Begin the exam").click()
    expect(notice(page, "exam")).to_have_text("Choose one chapter or more.")
    page.locator(".plan").get_by_label("Benefits", exact=True).check()
    part = page.locator(".plan .part").nth(2)
    assert part.locator(".whole").evaluate("box => box.indeterminate")
    expect(part.locator("summary")).to_have_text("1 of 4 chapters")
    page.get_by_label("Questions", exact=True).fill("60")
    page.get_by_role("button", name="Begin the exam").click()
    # One of its twelve works with the chapter's plot: no exam asks it.
    asked = in_set(page, 11)
    assert {path_of(one.question).rpartition("/")[0] for one in asked} == {"outcomes/benefits"}


def test_each_question_names_its_chapter_and_brings_what_it_works_with(stick_reader: Reader) -> None:
    bound = [path for path, one in questions().items() if one.needs]
    assert bound
    page = open_course(stick_reader, {f"quiz/{path}": answer(path, False) for path in bound})
    choose(page, "Benefits", "Reading the evidence")
    asked = begin_all(page)
    assert not [one for one in asked if one.question.needs]
    for one in asked:
        chapter = path_of(one.question).rpartition("/")[0]
        expect(one.form.locator(".from a")).to_have_attribute("href", f"{chapter}.html")
    assert page.locator(".set").get_by_text("this chapter").count() == 0
    end(page)
    act(page, "close").click()

    # What was wrong is redone wherever it belongs: then the way to its plot or table comes with it.
    act(page, "redo").click()
    expect(page.get_by_role("heading", name="What I got wrong, once more")).to_be_visible()
    for path in bound:
        form = page.locator(f".set #q-{questions()[path].id}")
        chapter, anchor = path.rpartition("/")[0], questions()[path].needs
        link = form.get_by_role("link", name="Open what it works with, in its chapter")
        expect(link).to_have_attribute("href", f"{chapter}.html#{anchor}")
        assert f'id="{anchor}"' in (PAGES / f"{chapter}.html").read_text("utf-8")
        # The way back to what teaches it is no way within the course page.
        if taught := questions()[path].taught:
            expect(form.locator(".taught a")).to_have_attribute("href", f"{chapter}.html#{taught}")
    assert any(questions()[path].taught for path in bound)


def begin_all(page: Page) -> list[OnPage]:
    """An exam of every question that the chosen chapters have for one."""
    page.get_by_label("Questions", exact=True).fill("60")
    page.get_by_role("button", name="Begin the exam").click()
    forms = page.locator(".set .question")
    expect(forms.first).to_be_visible()
    return in_set(page, forms.count())


def test_the_same_code_word_gives_the_same_exam_to_everybody(stick_reader: Reader) -> None:
    drawn = []
    for word in ("herring", "herring", "mackerel"):
        page = open_course(stick_reader)
        asked = begin(page, 8, word=word)
        drawn.append([(one.question.id, one.order()) for one in asked])
    assert drawn[0] == drawn[1] != drawn[2]
    assert len({id for id, _ in drawn[0]}) == 8


def test_a_reload_keeps_the_exam_and_its_time(reader: Reader) -> None:
    page = open_course(reader)
    asked = begin(page, 4, minutes=20)
    for one in asked[:2]:
        one.give_right()
    expect(page.locator(".time")).to_have_text("20 minutes left")
    change_set(page, ends=time.time() * 1000 + 12.5 * MINUTE)
    again = in_set(page, 4)
    assert [one.question.id for one in again] == [one.question.id for one in asked]
    expect(page.locator(".set .score")).to_have_text("2 of 4 answered")
    expect(page.locator(".time")).to_have_text("13 minutes left")
    expect(notice(page, "clock")).to_be_empty()
    expect(page.locator(".plan")).to_be_hidden()
    end(page)
    expect(page.locator(".marks .total")).to_have_text("2 of 4 points; 2 of 4 answered.")


def test_the_clock_warns_can_be_extended_and_switched_off(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    begin(page, 3)
    change_set(page, ends=time.time() * 1000 + 4.5 * MINUTE)
    expect(notice(page, "clock")).to_have_text("5 minutes or less left. You can add time.")
    act(page, "longer").click()
    expect(page.locator(".time")).to_have_text("15 minutes left")
    expect(notice(page, "clock")).to_have_text("Ten minutes were added.")
    act(page, "clock-off").click()
    expect(page.locator(".clock")).to_be_hidden()
    expect(page.locator("#course-set")).to_be_focused()
    page.reload()
    come_alive(page)
    in_set(page, 3)
    expect(page.locator(".clock")).to_be_hidden()


def test_without_minutes_there_is_no_clock(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    begin(page, 3, minutes=0)
    expect(page.locator(".clock")).to_be_hidden()


def test_when_the_time_is_up_the_exam_is_marked(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    asked = begin(page, 3)
    asked[0].give_right()
    change_set(page, ends=time.time() * 1000 - MINUTE)
    expect(page.get_by_role("heading", name="The exam is over")).to_be_visible()
    expect(notice(page, "clock")).to_have_text("The time is up: the exam was ended and marked.")
    expect(page.locator(".marks .total")).to_have_text("1 of 3 points; 1 of 3 answered.")
    expect(page.locator(".exams li")).to_have_count(1)


def test_a_whole_exam_by_keyboard(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    choose(page, "The landscape of surgery")
    page.get_by_label("Questions", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    asked = in_set(page, 12)
    expect(page.locator("#course-set")).to_be_focused()
    one = next(one for one in asked if one.question.type == "single-best-answer")
    one.option("a").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect_nothing_told(one)
    expect(page.locator(".set .score")).to_have_text("1 of 12 answered")
    number = next(one for one in asked if one.question.type == "numeric")
    field = number.form.locator(".number input")
    field.focus()
    page.keyboard.type("many")
    page.keyboard.press("Enter")
    expect(number.result).to_contain_text("is not a number")
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect_nothing_told(number)
    expect(field).to_be_enabled()
    for name in ("finish", "finish-no", "finish", "finish-yes"):
        button = act(page, name)
        if name == "finish-yes":
            page.keyboard.press("Shift+Tab")
        elif name == "finish":
            button.focus()
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The exam is over")).to_be_focused()


@pytest.mark.parametrize("theme", first_of(["light", "dark"]))
def test_axe_finds_nothing_in_an_exam_and_after_it(stick_reader: Reader, theme: str) -> None:
    screen = PHONE if theme == "light" else ENLARGED
    page = open_course(stick_reader, viewport=screen, color_scheme=theme)
    asked = begin(page, 12)
    # The time hovers over whatever lies below it, and axe-core would count that as covered.
    page.add_style_tag(content=".progress-page .time { position: static !important }")
    # What happens to lie beneath the header of a phone would count as covered too.
    page.evaluate("scrollTo(0, 0)")
    if theme == "light":
        expect_accessible(page, "article")
    expect_to_fit(page, screen["width"])
    for one in asked[::2]:
        one.give_wrong()
    end(page)
    expect(page.locator(".marks .total")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    expect_accessible(page, "article")
    expect_to_fit(page, screen["width"])


def test_the_time_stays_in_sight_and_covers_nothing_that_has_the_focus(stick_reader: Reader) -> None:
    page = open_course(stick_reader, viewport=PHONE)
    begin(page, 4)
    act(page, "longer").focus()
    moved = page.evaluate("scrollY")
    for _ in range(20):
        page.keyboard.press("Tab")
        expect(page.locator(".time")).to_be_in_viewport(ratio=1)
        covered = page.evaluate(
            """() => { const time = document.querySelector(".time").getBoundingClientRect();
                 const focused = document.activeElement.getBoundingClientRect();
                 return focused.bottom > time.top && focused.top < time.bottom && focused.right > time.left; }"""
        )
        assert not covered, page.evaluate("document.activeElement.outerHTML")
    assert page.evaluate("scrollY") > moved + 500


def test_questions_that_cannot_be_loaded_are_told_and_tried_again(online_reader: Reader) -> None:
    context = online_reader.context()
    page = open_course(online_reader, context=context)
    context.route("**/_static/banks/*", lambda route: route.abort())
    page.get_by_label("Code word").fill("herring")
    page.get_by_role("button", name="Begin the exam").click()
    expect(notice(page, "clock")).to_contain_text("could not be loaded")
    expect_accessible(page, ".set")
    act(page, "close").click()
    context.unroute("**/_static/banks/*")
    begin(page, 4)
    expect(notice(page, "clock")).to_be_empty()
    online_reader.troubles.clear()


def test_an_exam_asks_only_for_the_chapters_it_draws_from(online_reader: Reader) -> None:
    page = open_course(online_reader)
    asked_for = len(online_reader.requests)
    assert not [url for url in online_reader.requests if "/banks/" in url]
    choose(page, "Benefits", "Risks")
    begin(page, 20)
    banks = [url.split("/")[-1].split("?")[0] for url in online_reader.requests[asked_for:]]
    assert sorted(banks) == ["outcomes.benefits.js", "outcomes.risks.js"]


def test_a_choice_in_a_long_exam_touches_its_own_question_alone(stick_reader: Reader) -> None:
    page = open_course(stick_reader)
    asked = begin(page, 60)
    page.evaluate(
        """() => { window.touched = new Set();
          new MutationObserver((changes) => changes.forEach(({ target }) => {
            const question = (target.closest ? target : target.parentNode).closest(".question");
            if (question) touched.add(question.dataset.id);
          })).observe(document.querySelector(".set"), { subtree: true, childList: true, characterData: true, attributes: true });
        }"""
    )
    asked[0].give_right()
    asked[0].form.get_by_label("very sure").check()
    expect(page.locator(".set .score")).to_have_text("1 of 60 answered")
    assert set(page.evaluate("[...touched]")) <= {asked[0].question.id}
