"""Words that do not belong in options: lazy options and letters (Q07), absolute (Q09) and vague words (Q10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank
from widgets.quiz.linter.words import quoted

_LAZY = re.compile(
    r"\b(?:all|none|both|neither|any|either|two|three) of (?:the )?(?:above|others?|options|answers)\b"
    r"|\b(?:all|none|both|neither|any) of (?:these|those|them)\b|\b(?:all|none) (?:the )?above\b"
    r"|\b(?:options?|answers?) (?:[A-E]|\d)\b",
    re.IGNORECASE,
)
# Letters that are names (types A and B, vitamins D and E) stand behind the word for what they name.
_LETTERS = re.compile(
    r"(?<!type )(?<!types )(?<!group )(?<!groups )(?<!vitamin )(?<!vitamins )(?<!toxins )(?<!hepatitis )"
    r"\b(?-i:[A-E](?:, [A-E])*) (?:and|or|nor|&) (?-i:[A-E])\b",
    re.IGNORECASE,
)
# In a text around the options: what a letter or a place stands for changes when a reader shuffles.
_BY_LETTER = re.compile(
    r"\b(?i:options?|answers?|choices?) (?:[A-H]|\d)\b(?! of)"
    r"|\b(?i:(?:first|second|third|fourth|fifth|last) (?:option|answer|choice))\b"
    r"|(?<![Tt]ype )(?<![Gg]roup )(?<![Tt]oxin )\b[A-H] (?:is|was|would be) (?:the )?(?:right|wrong|correct|incorrect|best)\b"
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|only|invariably|exclusively|impossible|without exception|under no circumstances"
    r"|in (?:all|every) (?:cases?|patients?|people|person))\b",
    re.IGNORECASE,
)
# The month is written with its capital, and so is the verb at the head of an option: there the verb counts.
_VAGUE = re.compile(
    r"\b(?:usually|often|rarely|sometimes|frequently|generally|commonly|occasionally|seldom|typically|mostly"
    r"|tends? to|may|might)\b|^May\b(?! \d)|^(?:Usually|Often|Rarely|Sometimes|Frequently|Generally|Occasionally|Seldom)\b"
)


def lazy_options(bank: InspectedBank) -> Iterator[Fault]:
    """Q07: no "all of the above", "none of the above", "A and B"; no option is called by its letter."""
    for one in bank.questions:
        for place, text in one.choices:
            if found := _LAZY.search(text) or _LETTERS.search(text):
                message = f"{quoted(found[0])} tests the letters; write an option that stands by itself"
                yield Fault(message, one.id, place)
    yield from called_by_letter(bank)


def called_by_letter(bank: InspectedBank) -> Iterator[Fault]:
    """Q07: no text calls an option by its letter or its place."""
    for one in bank.questions:
        choices = {place for place, _ in one.choices}
        for place, text in one.texts:
            if place not in choices and (found := _BY_LETTER.search(text)):
                message = (
                    f"{quoted(found[0])} is another option once they are shuffled; say which by its words"
                )
                yield Fault(message, one.id, place)


def absolute_words(bank: InspectedBank) -> Iterator[Fault]:
    """Q09: absolute words in options mark them as wrong."""
    for one in bank.questions:
        for place, text in one.option_places:
            if found := _ABSOLUTE.search(text):
                message = f"{quoted(found[0])} marks an option as wrong; say how far it holds"
                yield Fault(message, one.id, place)


def vague_words(bank: InspectedBank) -> Iterator[Fault]:
    """Q10: vague words in options mean something else to everybody."""
    for one in bank.questions:
        for place, text in one.option_places:
            if found := _VAGUE.search(text):
                message = f"{quoted(found[0])} can be read in many ways; say how many, or leave it out"
                yield Fault(message, one.id, place)
