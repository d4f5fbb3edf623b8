"""The course page as its readers handle it, and the answers that chapters would have kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.book.browser.published import KEPT, Reader, come_near
from tests.book.browser.questions import OnPage, right_keys, wrong_keys
from widgets.progress.contents import found_parts
from widgets.quiz import load
from widgets.quiz.model import Numeric, Question

PAGE = "course.html"
BLANK: dict[str, Any] = {
    "response": None,
    "certainty": None,
    "hints": 0,
    "checked": False,
    "shown": False,
    "seen": False,
    "opened": False,
    "tries": 0,
    "checks": [],
}


@cache
def questions() -> dict[str, Question]:
    """Every question of the course by "<chapter>/<id>@<hash>"."""
    names = [name for part in found_parts().values() for name in part]
    return {f"{name}/{one.id}@{one.hash}": one for name in names for one in load(name).questions}


def path_of(question: Question) -> str:
    return next(path for path, one in questions().items() if one is question)


def response(question: Question, right: bool) -> Any:
    """A response as the quiz keeps it."""
    if isinstance(question, Numeric):
        return f"{question.answer:g}" if right else f"{question.answer + question.tolerance + 1:g}"
    keys = right_keys(question) if right else wrong_keys(question)
    return keys[0] if question.type in ("single-best-answer", "hotspot") else keys


#: When the answers of these tests were checked: a day of November 2026, in milliseconds.
CHECKED_AT = 1_795_000_000_000


def answer(path: str, right: bool, **changes: Any) -> dict[str, Any]:
    """An answer that was checked once, as the quiz keeps it."""
    given, points = response(questions()[path], right), int(right)
    certainty = changes.pop("certainty", None)
    check = {"at": CHECKED_AT, "points": points, "certainty": certainty, "hints": 0, "response": given}
    return {
        **BLANK,
        "response": given,
        "certainty": certainty,
        "checked": True,
        "tries": 1,
        "first": {"response": given, "points": points},
        "checks": [check],
        **changes,
    }


def older_answer(path: str, right: bool) -> dict[str, Any]:
    """The same, as the quiz kept it before it kept its checks."""
    given, points = response(questions()[path], right), int(right)
    checked = {"checked": True, "tries": 1, "points": points, "correct": right, "response": given}
    blank = {"certainty": None, "hints": 0, "shown": False, "seen": False}
    return {**blank, **checked, "first": {"response": given, "points": points}}


def kept(page: Page) -> dict[str, Any]:
    """What the book keeps in the browser, by path; what is not JSON as it stands there."""
    found: dict[str, str] = page.evaluate("({ ...localStorage })")
    return {key.removeprefix(KEPT): _parsed(text) for key, text in found.items() if key.startswith(KEPT)}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def open_course(
    reader: Reader,
    answers: Mapping[str, Any] | None = None,
    context: BrowserContext | None = None,
    **settings: Any,
) -> Page:
    """The course page, alive; `answers` by path stand in the browser before it opens."""
    context = context or reader.context(**settings)
    if answers:
        before = reader.open("about.html", context)
        before.evaluate(
            "([kept, all]) => Object.entries(all).forEach(([path, value]) => localStorage.setItem(kept + path, value))",
            [KEPT, {path: one if isinstance(one, str) else json.dumps(one) for path, one in answers.items()}],
        )
        before.close()
    page = reader.open(PAGE, context)
    come_alive(page)
    return page


def come_alive(page: Page) -> None:
    for kind in ("progress", "classroom"):
        come_near(page.locator(f"[data-widget={kind}]"))


def act(page: Page, name: str) -> Locator:
    return page.locator(f"[data-act={name}]")


def notice(page: Page, part: str) -> Locator:
    return page.locator(f".notice[data-part={part}]")


def begin(page: Page, number: int = 6, minutes: int = 30, word: str = "herring") -> list[OnPage]:
    """An exam, begun; returns its questions in order."""
    page.get_by_label("Questions", exact=True).fill(str(number))
    page.get_by_label("Minutes").fill(str(minutes))
    page.get_by_label("Code word").fill(word)
    page.get_by_role("button", name="Begin the exam").click()
    return in_set(page, number)


def in_set(page: Page, number: int) -> list[OnPage]:
    forms = page.locator(".set .question")
    expect(forms).to_have_count(number)
    by_id = {one.id: one for one in questions().values()}
    ids = forms.evaluate_all("all => all.map((form) => form.dataset.id)")
    return [OnPage(page, by_id[one]) for one in ids]


def end(page: Page) -> None:
    act(page, "finish").click()
    act(page, "finish-yes").click()
    expect(page.get_by_role("heading", name="The exam is over")).to_be_visible()


def load_file(page: Page, content: Any, name: str = "progress.json") -> None:
    """Load one file into the course page."""
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    page.get_by_label("Load a file").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": text}
    )


def saved(page: Page, folder: Path) -> dict[str, Any]:
    with page.expect_download() as download:
        act(page, "save").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
