"""All rules of the text, and what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from book.content import chapters, contents, sessions, words
from book.content.page import Fault, Page, pages

Rule = Callable[[Page], Iterable[Fault]]
EVERY_PAGE: tuple[Rule, ...] = (
    contents.description,
    contents.figures,
    words.spelling,
    words.left_to_fill_in,
    words.empty_chances,
    words.brands,
)
TEACHING: tuple[Rule, ...] = (
    chapters.rhythm,
    chapters.opening,
    chapters.composed_person,
    chapters.questions,
    chapters.pieces,
    chapters.parts,
    chapters.decisions,
    chapters.to_take_away,
    chapters.budgets,
)
SESSION: tuple[Rule, ...] = (
    sessions.rhythm,
    sessions.an_hour,
    sessions.few_words,
    sessions.polls,
    sessions.questions,
    sessions.one_denominator,
)
WHOLE: tuple[Callable[[Sequence[Page]], Iterable[Fault]], ...] = (
    contents.in_the_contents,
    contents.unused,
    contents.one_id_one_thing,
)


def of_page(page: Page) -> Iterator[Fault]:
    """Every fault of one page."""
    for rule in (*EVERY_PAGE, *(TEACHING if page.teaches else ()), *(SESSION if page.is_session else ())):
        yield from rule(page)


def faults() -> list[Fault]:
    """Every fault of the text of the course, by file and line."""
    all_pages = pages()
    found = [fault for page in all_pages for fault in of_page(page)]
    return sorted({*found, *(fault for rule in WHOLE for fault in rule(all_pages))})
