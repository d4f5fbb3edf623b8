"""A case on an open page, as its readers handle it."""

from __future__ import annotations

import re
from functools import cache

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.book.browser.published import KEPT, Reader, come_near
from widgets.conference import Case, load
from widgets.conference.model import Step
from widgets.text.markdown import plain

FOLDER = "evaluation/cases"
PAGE = f"{FOLDER}/two-operations-one-person.html"
NAME = f"{FOLDER}/phasic-rotation-after-toxin"
SHORT = "phasic-rotation-after-toxin"
PREFIX = f"{KEPT}conference/{NAME}/"


@cache
def case() -> Case:
    return load(NAME)


def step(name: str) -> Step:
    return next(one for one in case().steps if one.id == name)


KEY = f"{SHORT}@{case().hash}"


class OnPage:
    """One case on an open page."""

    def __init__(self, page: Page, short: str = SHORT) -> None:
        self.page = page
        self.root = page.locator(f".conference[data-case={short}]")
        self.now = self.root.locator(".step.current")
        self.debrief = self.root.locator(".debrief")
        self.score = self.root.locator(".score")

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def choice(self, name: str) -> Locator:
        return self.now.locator(f"li[data-id={name}] input")

    def choose(self, *names: str) -> None:
        """Choose, and do it."""
        for name in names:
            self.choice(name).check()
        self.now.locator("[data-do=done]").click()

    def go_on(self) -> None:
        self.now.locator("[data-do=next]").click()

    def expect_at(self, title: str) -> None:
        expect(self.now.locator("h3 span")).to_have_text(title)

    def go_through(self, decision: str = "two-options", last: str = "see-him") -> None:
        """From the first step to the debrief, choosing what is sound."""
        for _ in range(len(case().steps)):
            name = self.now.get_attribute("data-id")
            assert name
            asked = step(name)
            if asked.choose == "several":
                self.choose(*sound(asked))
            elif asked.choose == "one":
                self.choose(decision if asked.stage == "decide" else last)
            self.go_on()
            if self.now.count() == 0:
                return
        raise AssertionError("no end was reached")


def sound(asked: Step) -> list[str]:
    return [choice.id for choice in asked.choices if choice.worth == "sound"]


def come_to_cases(page: Page) -> OnPage:
    """Scroll as far as the cases, which start when a reader comes near."""
    found = OnPage(page)
    come_near(page.locator("[data-widget=conference]").first)
    return found


def open_case(reader: Reader, context: BrowserContext | None = None, **settings: object) -> OnPage:
    return come_to_cases(reader.open(PAGE, context, **settings))


def kept(page: Page) -> dict[str, str]:
    all_kept: dict[str, str] = page.evaluate("({ ...localStorage })")
    return {key.removeprefix(PREFIX): value for key, value in all_kept.items() if key.startswith(PREFIX)}


def visible_text(place: Locator) -> str:
    """The text that takes up room on the page, one space between words."""
    text = place.evaluate(
        """place => {
          const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
          const seen = [];
          while (walker.nextNode()) {
            const range = document.createRange();
            range.selectNodeContents(walker.currentNode);
            const shown = walker.currentNode.parentElement.checkVisibility({ visibilityProperty: true });
            if (shown && range.getBoundingClientRect().height > 0) seen.push(walker.currentNode.data);
          }
          return seen.join(" ");
        }"""
    )
    return " ".join(str(text).split()).replace(" .", ".").replace(" ,", ",")


def told(text: str, markdown: str) -> bool:
    return re.sub(r"\W+", " ", plain(markdown)).strip() in re.sub(r"\W+", " ", text)
