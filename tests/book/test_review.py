"""The state of review stands on every page of the built book, computed; the form finds every page and section."""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from publishing.pages.contact import read_contact  # noqa: E402
from publishing.pages.review import course_pages, status_of, status_of_course  # noqa: E402

from book.kit.__main__ import gather  # noqa: E402
from widgets.review.sections import read_page  # noqa: E402

FORM = "review.html"


@cache
def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_every_page_says_it_under_its_title(html: Path) -> None:
    for page in sorted(html.rglob("*.html")):
        if page.name == FORM:
            continue
        name = page.relative_to(html).with_suffix("").as_posix()
        (line,) = parsed(page).select(".review-status")
        assert line.text == status_of(name), name
        before = line.find_previous_sibling()
        assert before is not None, name
        assert before.name == "h1", name


def test_about_counts_the_pages(html: Path) -> None:
    text = parsed(html / "about.html").text
    assert re.search(rf"Clinicians have reviewed \d+ of {len(course_pages())} pages\.", text)


def test_every_written_page_leads_to_its_form(html: Path) -> None:
    for name in course_pages():
        (link,) = parsed(html / f"{name}.html").find_all("a", string="Review this page")
        depth = name.count("/")
        assert link["href"] == f"{'../' * depth}{FORM}?page={name}"


def test_the_form_knows_every_page_and_section(html: Path) -> None:
    script = (html / "_static" / "review-sections.js").read_text(encoding="utf-8")
    found = json.loads(script.removeprefix("globalThis.coursePages=").removesuffix(";\n"))
    assert tuple(found) == course_pages()
    for name, (title, sections) in found.items():
        page = read_page(name)
        assert (title, dict(sections)) == (page.title, page.digests)


def test_a_notebook_says_it_below_its_title(html: Path) -> None:
    notebooks = sorted((html / "_notebooks").rglob("*.ipynb"))
    assert len(notebooks) > 20
    for path in notebooks:
        name = path.relative_to(html / "_notebooks").with_suffix("").as_posix()
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        text = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        assert re.search(rf"^# .+\n\n\*{re.escape(status_of(name))}\*$", text, re.MULTILINE), name


@pytest.mark.parametrize("sheet", ["plan", "check"])
def test_a_sheet_says_where_to_report(html: Path, sheet: str) -> None:
    for page in sorted((html / "sessions").glob(f"*-{sheet}.html")):
        assert len(parsed(page).select(".report")) == 1, page.name


def test_a_handout_says_it_and_where_to_report(html: Path) -> None:
    handouts = [page for page in sorted((html / "sessions").glob("*.html")) if parsed(page).select(".origin")]
    assert handouts
    for page in handouts:
        (end,) = parsed(page).select(".origin")
        assert "Found an error?" in end.text


def test_a_deck_says_it_on_its_first_slide(html: Path) -> None:
    decks = sorted((html.parent / "slides" / "sessions").glob("*.html"))
    assert decks, "the slides are not built: run make slides"
    for deck in decks:
        lines = parsed(deck).select(".slides > section .review-status")
        assert [line.text for line in lines] == [status_of(f"sessions/{deck.stem}")], deck.name
        first = parsed(deck).select_one(".slides > section")
        assert first
        assert first.select(".review-status")


def test_the_kit_says_it_on_its_start_page_and_where_to_report(html: Path, tmp_path: Path) -> None:
    gather(tmp_path / "kit", chromium=None)
    text = (tmp_path / "kit" / "start.html").read_text(encoding="utf-8")
    assert status_of_course() in text
    assert str(read_contact().markup) in text
    assert (tmp_path / "kit" / "book" / FORM).exists()
