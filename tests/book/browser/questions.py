"""The closing set on an open page: its questions with the answers of the bank, as its readers handle them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.book.browser.published import NAME
from widgets.quiz import closing_bank, load
from widgets.quiz.markup import LETTERS
from widgets.quiz.model import (
    Bank,
    ExtendedMatching,
    Hotspot,
    KeyFeature,
    MultipleResponse,
    Numeric,
    Ordering,
    Question,
    SingleBestAnswer,
)

TYPES = ("single-best-answer", "multiple-response", "extended-matching", "ordering", "numeric")
Choice = SingleBestAnswer | MultipleResponse | KeyFeature


@cache
def bank() -> Bank:
    """What the chapter's closing set asks: its toolbar tells the score of these."""
    return closing_bank(NAME)


#: The closing set, among the parts of a bank on a page.
CLOSING = ".quiz:not([data-part])"
#: What a part of the bank tells at its beginning.
TOLD = ".quiz > .notice:not(:empty)"
#: How many questions the closing set asks today, and how many the chapter in all its parts.
ASKED, IN_CHAPTER = len(bank().questions), len(load(NAME).questions)


def of_type(name: str) -> Any:
    """The first question of a type in the chapter's closing set."""
    return next(question for question in bank().questions if question.type == name)


def right_keys(question: Question) -> list[str]:
    """What the page calls the right options or places (a, b, …), or the items in their right order."""
    if isinstance(question, Hotspot):
        return [
            key
            for key, place in zip(LETTERS.lower(), question.places, strict=False)
            if place.id in question.key
        ]
    if isinstance(question, Ordering):
        return list(LETTERS[: len(question.items)].lower())
    if isinstance(question, ExtendedMatching):
        return [stem.answer for stem in question.stems]
    assert isinstance(question, Choice)
    return [key for key, option in zip(LETTERS.lower(), question.options, strict=False) if option.correct]


def wrong_keys(question: Question) -> list[str]:
    """A response of the same shape that earns nothing."""
    right = right_keys(question)
    if isinstance(question, Ordering):
        return right[::-1]
    if isinstance(question, ExtendedMatching):
        ids = [option.id for option in question.options]
        return [next(one for one in ids if one != answer) for answer in right]
    assert isinstance(question, Choice | Hotspot)
    offered = question.places if isinstance(question, Hotspot) else question.options
    return [key for key in LETTERS[: len(offered)].lower() if key not in right][:1]


class OnPage:
    """One question on a page."""

    def __init__(self, page: Page, question: Question) -> None:
        self.page = page
        self.question = question
        self.form = page.locator(f"#q-{question.id}")
        self.result = self.form.get_by_role("status")
        self.answer = self.form.locator(".answer")

    def button(self, name: str) -> Locator:
        return self.form.get_by_role("button", name=name, exact=True)

    def option(self, key: str) -> Locator:
        return self.form.locator(f".options > li[data-key={key}] input")

    def give(self, keys: list[str] | str) -> None:
        """Answer with pointer or finger; a text for a number, else the keys of options or items."""
        if isinstance(keys, str):
            self.form.locator(".number input").fill(keys)
        elif isinstance(self.question, ExtendedMatching):
            for index, key in enumerate(keys):
                self.form.locator("select").nth(index).select_option(key)
        elif isinstance(self.question, Ordering):
            self._move_into(keys)
        elif isinstance(self.question, MultipleResponse | KeyFeature):
            for index in range(len(self.question.options)):
                key = LETTERS[index].lower()
                self.option(key).set_checked(key in keys)
        else:
            self.option(keys[0]).check()

    def _move_into(self, keys: list[str]) -> None:
        for place, key in enumerate(keys):
            while (now := self.order().index(key)) > place:
                self.form.locator(f".items > li[data-key={key}] [data-do=up]").click()
                assert self.order().index(key) == now - 1

    def order(self) -> list[str]:
        """The keys of options or items, as they stand on the page."""
        found = self.form.locator(".items > li, .options > li")
        return [str(key) for key in found.evaluate_all("all => all.map((one) => one.dataset.key)")]

    def give_right(self) -> None:
        question = self.question
        self.give(f"{question.answer:g}" if isinstance(question, Numeric) else right_keys(question))

    def give_wrong(self) -> None:
        question = self.question
        self.give(_wrong_number(question) if isinstance(question, Numeric) else wrong_keys(question))

    def check(self) -> None:
        self.button("Check").click()

    def expect_untouched(self) -> None:
        """Nothing was submitted: no result, and the answer stays closed."""
        expect(self.result).to_be_empty()
        expect(self.button("Check")).to_be_visible()
        expect(self.answer).to_be_hidden()

    def expect_right(self) -> None:
        expect(self.result).to_have_text(re.compile(r"^Right\. 1 point"))
        expect(self.result).to_have_attribute("data-result", "right")
        expect(self.answer).to_be_visible()


def _wrong_number(question: Numeric) -> str:
    low = question.minimum if question.minimum is not None else 0.0
    far = (
        low
        if abs(low - question.answer) > question.tolerance
        else question.answer + 10 * question.tolerance + 1
    )
    return f"{far:g}"


def all_on(page: Page) -> list[OnPage]:
    return [OnPage(page, question) for question in bank().questions]


def first_on(page: Page, kind: str) -> OnPage:
    return OnPage(page, of_type(kind))


def score(page: Page) -> str:
    return page.locator(f"{CLOSING} .toolbar .score").inner_text()


def tool(page: Page, name: str) -> Locator:
    return page.locator(f"{CLOSING} .toolbar").get_by_role("button", name=name, exact=True)
