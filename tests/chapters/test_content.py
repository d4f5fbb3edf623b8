"""Promises of the text: the rules of `book.content` find nothing in it, and find what is planted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from book.content import chapters, contents, sessions, words
from book.content.page import Fault, Page, pages
from book.content.rules import EVERY_PAGE, SESSION, TEACHING, WHOLE
from evidence import references
from widgets.quiz.linter import Report, lint

pytestmark = pytest.mark.content

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
PAGES = {page.name: page for page in pages()}
#: What lies beside a page and fills its widgets.
CONTENT_FILES = (".questions.yml", ".case.yml", ".options.yml", ".criteria.yml", "reviews.yml")

RULES = [
    *((rule, list(PAGES.values())) for rule in EVERY_PAGE),
    *((rule, [page for page in PAGES.values() if page.teaches]) for rule in TEACHING),
    *((rule, [page for page in PAGES.values() if page.is_session]) for rule in SESSION),
]


def cited(page: Page) -> set[str]:
    """The sources that a page lists."""
    return {
        key
        for keys in re.findall(r"\{footcite\w*\}`([^`]+)`", page.text)
        for key in re.split(r"[,\s]+", keys)
    }


@pytest.mark.parametrize(("rule", "where"), RULES, ids=lambda one: getattr(one, "__name__", ""))
def test_no_page_has_a_fault(rule: Callable[[Page], Iterable[Fault]], where: list[Page]) -> None:
    assert where
    assert [str(fault) for page in where for fault in rule(page)] == []


@pytest.mark.parametrize("rule", WHOLE, ids=lambda rule: rule.__name__)
def test_the_pages_together_have_no_fault(rule: Callable[[list[Page]], Iterable[Fault]]) -> None:
    assert [str(fault) for fault in rule(list(PAGES.values()))] == []


@pytest.fixture(scope="module")
def report() -> Report:
    return lint()


def test_the_linter_finds_no_error(report: Report) -> None:
    """Among its rules: every objective is tested twice, every number names its row, no brand is named."""
    assert {bank.path for bank in report.banks} >= {
        f"chapters/{page.name}.questions.yml" for page in PAGES.values() if page.bank
    }
    assert [str(one) for one in report.errors] == []


def test_every_source_of_a_question_is_in_the_references_of_its_chapter() -> None:
    missing = [
        f"chapters/{name}.questions.yml: {one.id}: {key} is not cited in {name}.md"
        for name, page in PAGES.items()
        for one in (page.bank.questions if page.bank else ())
        for key in one.sources
        if key not in cited(page)
    ]
    assert missing == []


def test_only_complete_records_are_cited() -> None:
    known = references()
    assert [
        f"{page.file}: {key}"
        for page in PAGES.values()
        for key in sorted(cited(page))
        if key not in known or not known[key].complete
    ] == []


def test_about_has_the_table_of_reviews() -> None:
    assert "{reviews}" in PAGES["about"].text


# What the rules find, where something is planted.

CHAPTER = next(page for page in PAGES.values() if page.teaches)
TALK = next(page for page in PAGES.values() if page.is_session)


def planted(page: Page, old: str, new: str) -> tuple[Page, int]:
    """The page with one change, and the line of that change."""
    assert old in page.text
    return Page(page.name, page.text.replace(old, new, 1)), page.text.count("\n", 0, page.text.index(old)) + 1


@pytest.mark.parametrize(
    ("rule", "page", "old", "new", "told"),
    [
        (words.spelling, CHAPTER, "## Key points", "## Key colors", "“colors” is not British"),
        (
            words.left_to_fill_in,
            CHAPTER,
            "## Key points",
            "## Placeholder",
            "something is still to be written",
        ),
        (words.empty_chances, CHAPTER, "## Key points", "## 1 in 20", "say how many of 100 people"),
        (chapters.rhythm, CHAPTER, "## Key points", "## Points", "end with “In numbers”"),
        (chapters.opening, CHAPTER, "**Time.**", "**Hours.**", "add a line such as **Time.**"),
        (chapters.opening, CHAPTER, "- {objective}`", "{objective}`", "write each as - {objective}`its-id`"),
        (chapters.composed_person, CHAPTER, "Composed for teaching", "A person", "does not begin with"),
        (
            sessions.an_hour,
            TALK,
            ":minutes: ",
            ":minutes: 60",
            "change the :minutes: of some, or leave one out",
        ),
        (sessions.few_words, TALK, "**Say.**", "**Tell.**", "the notes of this slide lack **Say.**"),
        (sessions.polls, TALK, "```{poll} ", "```{poll} no", "take it before and after"),
        (sessions.rhythm, TALK, "## What to do next", "## Next", "does not end with the headings"),
        (contents.description, CHAPTER, "description: ", "descriptor: ", "write 50 to 160"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_fault_is_one_line_with_its_cure(
    rule: Callable[[Page], Iterable[Fault]], page: Page, old: str, new: str, told: str
) -> None:
    spoilt, line = planted(page, old, new)
    found = [fault for fault in rule(spoilt) if told in fault.text]
    assert found
    assert all("\n" not in str(fault) for fault in found)
    if rule in (words.spelling, words.left_to_fill_in, words.empty_chances):
        assert [fault.line for fault in found] == [line]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a tumor in the center", ["tumor", "center"]),
        ("the colour of the centre, a centred tumour", []),
        ("color", ["color"]),
        ("anesthesia and anaesthesia", ["anesthesia"]),
        ("analyzed", ["analyzed"]),
        ("a rigorous programme; a manometer", []),
    ],
)
def test_the_list_of_american_spellings_finds_them(text: str, found: list[str]) -> None:
    assert [match[0] for match in words.AMERICAN.finditer(text)] == found


def test_a_page_that_is_in_no_list_is_named() -> None:
    extra = Page("procedures/new-one", "# New")
    (fault,) = contents.in_the_contents([*PAGES.values(), extra])
    assert str(fault) == (
        "book/_toc.yml: chapters/procedures/new-one.md is not in the contents: add a line - file: procedures/new-one"
    )


def test_nothing_else_lies_among_the_chapters() -> None:
    known = {".md", ".svg", ".png", ".jpg", ".jpeg", ".webp"}
    odd = [
        path.relative_to(CHAPTERS).as_posix()
        for path in CHAPTERS.rglob("*")
        if path.is_file() and path.suffix not in known and not path.name.endswith(CONTENT_FILES)
        if ".ipynb_checkpoints" not in path.parts
    ]
    assert odd == []
