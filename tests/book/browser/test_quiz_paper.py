"""A chapter that was answered prints as one that was not: to test oneself, or with every answer where it is asked for."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.book.browser.questions import CLOSING, all_on, of_type
from widgets.quiz.model import Numeric

pytestmark = pytest.mark.browser
#: Letters that no two texts of the chapter share by chance.
LINE = 20


def bare(text: str) -> str:
    """Text without spaces and joined letters, as paper breaks and sets it where it likes."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def printed(page: Page) -> str:
    return bare("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages))


def reasons(page: Page, within: str = CLOSING) -> list[str]:
    """Every reason that the page holds, wherever it stands now, without its first word, which follows the answer."""
    found = page.locator(f"{within} :is(.why > li, .options > li, .stems > li) > p").evaluate_all(
        "all => all.map((one) => [...one.childNodes].filter(({ localName }) => localName !== 'b')"
        ".map((node) => node.textContent).join(''))"
    )
    return [bare(one) for one in found if one.strip()]


def stands_in(reason: str, text: str) -> bool:
    """Whether any line of a reason is there: the end of a page, and the letter of an option, part some."""
    return any(reason[at : at + LINE] in text for at in range(max(1, len(reason) - LINE)))


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
    before = answered.locator(CLOSING).inner_text()
    questions, _, answers = printed(answered).rpartition("AnswersQuestion1")
    assert all(bare(asked.question.question)[:30] in questions for asked in all_on(answered)[:1])
    assert [one for one in reasons(answered) if one in questions] == []
    assert not re.search("[✓✗○]|Right:|Wrong:", questions[questions.rindex("Question1of") :])
    assert [one for one in reasons(answered) if not stands_in(one, answers)] == []
    # The screen is as it was.
    assert answered.locator(CLOSING).inner_text() == before


def test_or_with_each_answer_beside_its_question(answered: Page) -> None:
    answered.locator(".answers-beside").evaluate("box => { box.checked = true; }")
    text = printed(answered)
    assert "AnswersQuestion1" not in text
    text = text[text.rindex("Question1of") :]
    pieces = re.split(r"Question\d+of\d+", text)[1:]
    for piece, asked in zip(pieces, all_on(answered), strict=True):
        own = [one for one in reasons(answered, f"#q-{asked.question.id}") if not stands_in(one, piece)]
        assert own == [], asked.question.id


def test_a_number_that_was_typed_stays_off_the_paper(page: Page) -> None:
    question = of_type("numeric")
    assert isinstance(question, Numeric)
    asked = next(one for one in all_on(page) if one.question is question)
    asked.give("98765")
    assert "98765" not in printed(page)
