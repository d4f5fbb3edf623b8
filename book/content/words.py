"""Rules of words, on every page and in every question: British, finished, one denominator, no brand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.content.page import Fault, Page, words_of
from widgets.decisions import beside
from widgets.quiz.linter.brands import BRANDS

AMERICAN = re.compile(
    r"\b(tumors?|behaviors?|behavioral|colors?|colored|center(?:s|ed)?|fibers?|hemorrhag\w+|hematoma\w*|edema|anesthes\w+"
    r"|esophag\w+|pediatric\w*|orthopedic\w*|labeled|modeling|traveled|gray|favor\w*|humor|neighbor\w*|labored|caliber"
    r"|analyz\w+|paralyz\w+|ischemi\w+|anemi\w+|diarrhea|gynecolog\w+|leukemi\w+)\b",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"\b(TODO|TBD|TBA|FIXME|XXX|lorem|ipsum|placeholder|coming soon)\b", re.IGNORECASE)
EMPTY_CHANCE = re.compile(
    r"\b1 in \d+|\bone in (?:two|three|four|five|ten|twenty|a hundred)\b", re.IGNORECASE
)


def spelling(page: Page) -> Iterator[Fault]:
    """American spellings."""
    return _found(page, AMERICAN, "is not British: spell it as in the other chapters")


def left_to_fill_in(page: Page) -> Iterator[Fault]:
    """Words that stand where something is still to be written."""
    return _found(
        page, PLACEHOLDER, "stands where something is still to be written: write it, or choose another word"
    )


def empty_chances(page: Page) -> Iterator[Fault]:
    """People compare "1 in 20" and "1 in 8" by the second number, and get it wrong."""
    return _found(page, EMPTY_CHANCE, "is read wrongly beside other chances: say how many of 100 people")


def brands(page: Page) -> Iterator[Fault]:
    """Names of products."""
    form = re.compile(rf"\b({'|'.join(map(re.escape, BRANDS))})\b")
    for found in form.finditer(page.prose):
        yield page.fault(found.start(), f"“{found[0]}” is a brand: name the substance or the kind of device")


def _found(page: Page, form: re.Pattern[str], told: str) -> Iterator[Fault]:
    for found in form.finditer(page.prose):
        yield page.fault(found.start(), f"“{found[0]}” {told}")
    texts = {"questions": words_of(page.bank)} if page.bank else {}
    if (decided := beside(page.chapters / f"{page.name}.md")).is_file():
        texts["decisions"] = decided.read_text(encoding="utf-8")
    for kind, text in texts.items():
        file = f"chapters/{page.name}.{kind}.yml"
        lines = (page.chapters / f"{page.name}.{kind}.yml").read_text(encoding="utf-8").splitlines()
        for word in sorted({found[0] for found in form.finditer(text)}):
            line = next((number for number, line in enumerate(lines, 1) if word in line), 0)
            yield Fault(file, line, f"“{word}” {told}")
