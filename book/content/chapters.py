"""Rules of a chapter for residents: its rhythm, its objectives, its questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.content.page import Fault, Page

OPENING = ["Before you start", "A person in clinic"]
CLOSING = ["In numbers", "What we do not know", "Key points", "Test yourself", "References"]
FEWEST_OBJECTIVES = 3
FEWEST_QUESTIONS = 10
_COMPOSED = ":::{admonition} Composed for teaching; not a real person."
_OBJECTIVE = re.compile(r"^- \{objective\}`[a-z0-9-]+` [A-Z].*\.$", re.MULTILINE)


def rhythm(page: Page) -> Iterator[Fault]:
    """Every chapter opens and closes with the same headings, and has a lesson between them."""
    found = page.headings
    if found[: len(OPENING)] != OPENING:
        yield page.fault(-1, f"begins with the headings {_listed(found[:2])}: begin with {_listed(OPENING)}")
    if found[-len(CLOSING) :] != CLOSING:
        yield page.fault(-1, f"ends with the headings {_listed(found[-5:])}: end with {_listed(CLOSING)}")
    elif len(found) <= len(OPENING) + len(CLOSING):
        at, _ = page.section(CLOSING[0])
        yield page.fault(at, f"no lesson stands before “{CLOSING[0]}”: write at least one section there")


def opening(page: Page) -> Iterator[Fault]:
    """A chapter says what it asks and gives."""
    at, text = page.section(OPENING[0])
    if "**Prerequisites.**" not in text:
        yield page.fault(at, "“Before you start” names no prerequisites: add a line **Prerequisites.** …")
    if not re.search(r"\*\*Time\.\*\*.*\d+ minutes", text):
        yield page.fault(
            at, "“Before you start” tells no time: add a line such as **Time.** About 25 minutes to read."
        )
    marked, ids = _OBJECTIVE.findall(text), page.objectives
    if len(marked) != len(ids):
        yield page.fault(
            at,
            f"{len(ids)} objectives are marked and {len(marked)} stand as a line of the list in “Before you start”: "
            "write each as - {objective}`its-id` A sentence.",
        )
    if len(marked) < FEWEST_OBJECTIVES:
        yield page.fault(at, f"{len(marked)} objectives: a chapter has {FEWEST_OBJECTIVES} or more")
    for one in sorted({one for one in ids if ids.count(one) > 1}):
        yield page.fault(
            page.text.rindex(f"`{one}`"), f"the objective {one!r} stands twice: an id is one objective's"
        )


def composed_person(page: Page) -> Iterator[Fault]:
    """The person in clinic is said to be composed."""
    at, text = page.section(OPENING[1])
    if not text.strip().startswith(_COMPOSED):
        yield page.fault(at, f"“A person in clinic” does not begin with {_COMPOSED}")


def questions(page: Page) -> Iterator[Fault]:
    """A chapter is tested, under its heading, and lists what it cites."""
    bank = page.bank
    asked = len(bank.questions) if bank else 0
    if asked < FEWEST_QUESTIONS:
        yield Fault(
            f"chapters/{page.name}.questions.yml",
            0,
            f"{asked} questions: a chapter has {FEWEST_QUESTIONS} or more, two or more for each objective",
        )
    at, text = page.section("Test yourself")
    if f'quiz("{page.name}")' not in text:
        yield page.fault(
            at, f'“Test yourself” does not show the quiz: call quiz("{page.name}") in a code cell there'
        )
    at, text = page.section("References")
    if "{footbibliography}" not in text:
        yield page.fault(at, "“References” lists no sources: write ```{footbibliography} and ``` there")


def _listed(headings: list[str]) -> str:
    return ", ".join(f"“{one}”" for one in headings) or "none"
