"""Promises of the cases: on pages that cite what they rest on, in our words."""

from __future__ import annotations

import re

import pytest

from book.content.words import AMERICAN, EMPTY_CHANCE, PLACEHOLDER
from tests.chapters.test_content import PAGES, cited
from widgets.conference import CHAPTERS, load
from widgets.conference.linter import Report, lint
from widgets.conference.linter.rules import REPORTED
from widgets.conference.model import markdown_texts
from widgets.text.markdown import plain

pytestmark = pytest.mark.content

CASES = sorted(path.name.removesuffix(".case.yml") for path in CHAPTERS.rglob("*.case.yml"))
FOLDER = "evaluation/cases"


def page_of(case: str) -> str:
    (page,) = [name for name, page in PAGES.items() if f'conference("{FOLDER}/{case}")' in page.text]
    return page


def words_of(case: str) -> str:
    return "\n".join(plain(text) for _, text in markdown_texts(load(f"{FOLDER}/{case}")))


@pytest.fixture(scope="module")
def report() -> Report:
    return lint()


def test_the_linter_finds_nothing_in_any_case(report: Report) -> None:
    assert len(report.cases) == len(CASES) > 0
    assert [str(one) for one in report.findings if one.rule not in REPORTED] == []


@pytest.mark.parametrize("case", CASES)
def test_a_case_stands_on_one_page_under_its_title_and_in_the_list(case: str) -> None:
    title = load(f"{FOLDER}/{case}").title
    page = page_of(case)
    assert title in PAGES[page].headings
    row = rf"\| {re.escape(title)} \|.*\({re.escape(page.rsplit('/', 1)[-1])}\.md\) \|"
    assert re.search(row, PAGES[f"{FOLDER}/index"].text)


@pytest.mark.parametrize("case", CASES)
def test_a_page_cites_all_that_its_cases_rest_on(case: str) -> None:
    assert sorted(set(load(f"{FOLDER}/{case}").sources) - cited(PAGES[page_of(case)])) == []


@pytest.mark.parametrize("case", CASES)
def test_words_are_ours(case: str) -> None:
    for pattern in (AMERICAN, PLACEHOLDER, EMPTY_CHANCE):
        assert sorted({found[0] for found in pattern.finditer(words_of(case))}) == []


@pytest.mark.parametrize("case", CASES)
def test_no_chance_is_told_by_a_bare_word(case: str) -> None:
    """“Rare” is read as anything; it may stand where a case shows why it must not be said."""
    bare = re.compile(r"[^.]*\b(?:rare|rarely|uncommon|very common|unlikely)\b[^.]*")
    told = [found[0] for found in bare.finditer(words_of(case)) if "need not think of it" not in found[0]]
    assert told == []


@pytest.mark.parametrize("case", CASES)
def test_some_chapter_leads_to_the_page_of_a_case(case: str) -> None:
    page = page_of(case).rsplit("/", 1)[-1]
    leading = [
        name for name, one in PAGES.items() if f"cases/{page}.md" in one.text and not name.startswith(FOLDER)
    ]
    assert leading


@pytest.mark.parametrize("case", CASES)
def test_no_dose_is_given(case: str) -> None:
    assert re.findall(r"\d\s?(?:mg|units?|ml|U|micrograms?)\b", words_of(case)) == []
