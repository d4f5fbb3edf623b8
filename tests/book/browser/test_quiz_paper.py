"""A chapter that was answered prints as one that was not: to test oneself, or with every answer where it is asked for."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.book.browser.questions import all_on, of_type
from widgets.quiz.model import Numeric

pytestmark = pytest.mark.browser


def bare(text: str) -> str:
    """Text without its spaces, which paper breaks where it likes."""
    return re.sub(r"\s+", "", text)


def printed(page: Page) -> str:
    return bare("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages))


def reasons(page: Page) -> list[str]:
    """Every reason that the page holds, wherever it stands now, without its first word, which follows the answer."""
    found = page.locator(".quiz :is(.why > li, .options > li, .stems > li) > p").evaluate_all(
        "all => all.map((one) => [...one.childNodes].filter(({ localName }) => localName !== 'b')"
        ".map((node) => node.textContent).join(''))"
    )
    return [bare(one) for one in found if one.strip()]


@pytest.fixture
def answered(page: Page) -> Page:
    """Half of the questions right, the others wrong."""
    for index, asked in enumerate(all_on(page)):
        if index % 2:
            asked.give_right()
        else:
            asked.give_wrong()
        asked.check()
        expect(asked.result).not_to_be_empty()
    return page


def test_an_answered_chapter_prints_to_test_oneself(answered: Page) -> None:
    before = answered.locator(".quiz").inner_text()
    questions, _, answers = printed(answered).rpartition("AnswersQuestion1")
    assert all(bare(asked.question.question)[:30] in questions for asked in all_on(answered)[:1])
    assert [one for one in reasons(answered) if one in questions] == []
    assert not re.search("[✓✗○]|Right:|Wrong:", questions[questions.index("Question1of") :])
    assert [one for one in reasons(answered) if one not in answers] == []
    # The screen is as it was.
    assert answered.locator(".quiz").inner_text() == before


def test_or_with_each_answer_beside_its_question(answered: Page) -> None:
    answered.locator(".answers-beside").check()
    text = printed(answered)
    assert "AnswersQuestion1" not in text
    text = text[text.index("Question1of") :]
    pieces = re.split(r"Question\d+of\d+", text)[1:]
    for piece, asked in zip(pieces, all_on(answered), strict=True):
        own = asked.form.locator(":is(.why > li, .options > li, .stems > li) > p").count()
        assert own == 0 or sum(one in piece for one in reasons(answered)) >= min(own, 1)


def test_a_number_that_was_typed_stays_off_the_paper(page: Page) -> None:
    question = of_type("numeric")
    assert isinstance(question, Numeric)
    asked = next(one for one in all_on(page) if one.question is question)
    asked.give("98765")
    assert "98765" not in printed(page)
