"""The chapter, live: it opens as a notebook, runs, and its quiz talks to the kernel."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.book.browser.published import NAME, PATIENCE
from tests.book.browser.questions import CLOSING, of_type, right_keys
from tests.live.jupyterlab import ROOT, jupyterlab
from widgets.quiz import load
from widgets.quiz.markup import LETTERS

pytestmark = [pytest.mark.browser, pytest.mark.everywhere]

RUN = re.compile(r"^\[\d+\]:$")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with jupyterlab(tmp_path_factory.mktemp("live")) as address:
        yield address


def opened(lab: str, browser: Browser, name: str) -> Page:
    """A page of the course in JupyterLab, all of its cells run."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(PATIENCE)
    # A workspace that two pages share opens the notebook of the other again, and may run that one.
    page.goto(lab.format(workspace=name.rsplit("/", 1)[-1], page=f"{name}.md"))
    expect(page.locator(".jp-NotebookPanel")).to_be_visible()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(page.locator(".jp-CodeCell").last.locator(".jp-InputPrompt")).to_have_text(RUN)
    return page


@pytest.fixture(scope="module")
def notebook(lab: str, browser: Browser) -> Iterator[Page]:
    """The chapter in JupyterLab."""
    page = opened(lab, browser, NAME)
    yield page
    page.close()


def in_kernel(page: Page, code: str) -> str:
    """Write a cell below the last one, run it with keys, and return what it printed."""
    cells = page.locator(".jp-CodeCell")
    before = cells.count()
    page.locator(".jp-Cell").last.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(cells).to_have_count(before + 1)
    page.keyboard.press("Enter")
    page.keyboard.type(code)
    page.keyboard.press("Shift+Enter")
    cell = cells.nth(before)
    expect(cell.locator(".jp-InputPrompt")).to_have_text(RUN)
    # What was printed comes by another channel than the word that the cell has run.
    output = cell.locator(".jp-OutputArea-output")
    expect(output).not_to_be_empty()
    return output.inner_text().strip()


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def test_the_chapter_runs_from_top_to_bottom(notebook: Page) -> None:
    chapter = (ROOT / "chapters" / f"{NAME}.md").read_text("utf-8")
    prompts = notebook.locator(".jp-CodeCell .jp-InputPrompt")
    expect(prompts).to_have_count(chapter.count("```{code-cell}"))
    expect(prompts).to_have_text([RUN] * chapter.count("```{code-cell}"))
    expect(notebook.locator("[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)
    expect(notebook.locator("[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    expect(notebook.locator(".jp-MarkdownCell h1")).to_contain_text("Selective peripheral denervation")


def test_the_chart_is_alive(notebook: Page) -> None:
    chart = notebook.locator(".jp-OutputArea-output svg.main-svg").first
    chart.scroll_into_view_if_needed()
    expect(chart).to_be_visible()


def test_a_question_answered_with_keys_reaches_the_kernel(notebook: Page) -> None:
    cells = notebook.locator(".jp-Cell").count()
    question = of_type("single-best-answer")
    quiz = notebook.locator(CLOSING)
    expect(quiz).to_have_count(1)
    form = quiz.locator(f"[data-id='{question.id}']")
    expect(quiz.locator(".kept")).to_contain_text("in this notebook’s kernel")

    first = form.locator(".options input").first
    first.focus()
    notebook.keyboard.press("Space")
    # JupyterLab would take these for commands: delete, cut, add, change to Markdown.
    for key in ("d", "d", "x", "a", "b", "m"):
        notebook.keyboard.press(key)
    assert notebook.locator(".jp-Cell").count() == cells
    for _ in range(LETTERS.lower().index(right_keys(question)[0])):
        notebook.keyboard.press("ArrowDown")
    tab_to(notebook, form.get_by_role("button", name="Check", exact=True))
    notebook.keyboard.press("Enter")
    expect(form.locator(".result")).to_have_text("Right. 1 point.")
    expect(form.get_by_role("button", name="Try again")).to_be_focused()

    told = in_kernel(
        notebook, "print(_.score, _.possible, _.completed, sorted(_.answers), _.answers.values())"
    )
    score, possible, completed, answers = told.split(" ", 3)
    assert (score, completed) == ("1.0", "False")
    assert float(possible) > 1
    assert f"{question.id}@{question.hash}" in answers
    assert f"'response': '{right_keys(question)[0]}'" in answers
    assert "'checked': True" in answers


def test_the_kernel_can_clear_the_answers(notebook: Page) -> None:
    in_kernel(notebook, "_.answers = {}; print('cleared')")
    expect(notebook.locator(f"{CLOSING} .score")).to_contain_text("0 of")
    expect(notebook.locator(".quiz input:checked")).to_have_count(0)


def test_a_case_is_gone_through_in_step_with_the_kernel(lab: str, browser: Browser) -> None:
    page = opened(lab, browser, "evaluation/cases/when-harm-comes")
    case = page.locator(".conference[data-case=stimulator-stops]")
    expect(case.locator(".kept")).to_contain_text("in this notebook’s kernel")
    cells = page.locator(".jp-Cell").count()
    case.locator("input").first.focus()
    page.keyboard.press("Space")
    for key in ("d", "d", "x", "a", "b", "m"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
    tab_to(page, case.get_by_role("button", name="Ask these", exact=True))
    page.keyboard.press("Enter")
    expect(case.locator(".result").first).to_have_text("You chose 1 of 6:")
    expect(case.locator(".taken .sources a").first).to_have_attribute("href", re.compile("^https://"))
    tab_to(page, case.get_by_role("button", name="Go on", exact=True).first)
    page.keyboard.press("Enter")
    expect(case.locator(".step.current h3")).to_be_focused()
    told = in_kernel(
        page, "print(_.completed, [(k.split('@')[0], v['at'], v['done']) for k, v in _.answers.items()])"
    )
    assert told == "False [('stimulator-stops', 'where', ['call'])]"
    in_kernel(page, "_.answers = {}; print('cleared')")
    expect(case.locator(".step.current h3")).to_contain_text("The first two minutes")
    page.close()


def test_an_exam_runs_in_a_notebook_and_its_marks_reach_the_kernel(notebook: Page) -> None:
    in_kernel(notebook, f"from widgets.progress import progress; progress({{'The procedures': ['{NAME}']}})")
    # An exam asks no question that works with a part of its chapter; fewer than all that are left would be drawn by lot.
    asked = sum(not question.needs for question in load(NAME).questions)
    course = notebook.locator(".progress-page")
    expect(course.locator("section > .kept")).to_contain_text("in this notebook’s kernel")
    course.get_by_label("Questions", exact=True).fill(f"{asked}")
    course.get_by_role("button", name="Begin the exam").click()
    questions = course.locator(".set .question")
    expect(questions).to_have_count(asked)
    question = of_type("single-best-answer")
    form = course.locator(f".set [data-id='{question.id}']")
    form.locator(f".options > li[data-key={right_keys(question)[0]}] input").check()
    course.get_by_role("button", name="End the exam").click()
    course.get_by_role("button", name="End now").click()
    expect(course.locator(".marks .total")).to_have_text(f"1 of {asked} points; 1 of {asked} answered.")
    told = in_kernel(
        notebook,
        "print([(one['points'], one['answered']) for one in _.answers['course/exams']], list(_.banks))",
    )
    assert told == f"[(1, 1)] ['{NAME}']"


def test_no_trace_is_left_beside_the_chapters(notebook: Page) -> None:
    assert not list((ROOT / "chapters").rglob(".ipynb_checkpoints"))
    assert not list((ROOT / "chapters").rglob("*.ipynb"))
