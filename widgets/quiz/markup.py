"""Renders a question bank as HTML that can be read and printed without the front end."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from evidence import references
from widgets.base.front_end import template
from widgets.base.labels import study_label
from widgets.quiz.model import Bank, ExtendedMatching, Item, Question

_FOLDER = Path(__file__).parent
TEMPLATE, GUESSES = template(_FOLDER / "quiz.html"), template(_FOLDER / "guesses.html")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def render_bank(bank: Bank, part: str = "") -> str:
    """The markup of a bank, or of a part of one such as "checkpoint": same bank, same bytes."""
    return TEMPLATE.render(
        bank=bank,
        part=part,
        letters=LETTERS,
        key_letters=key_letters,
        matching_letters=matching_letters,
        number=number,
        references=references(),
        scramble=scramble,
        study_label=study_label,
    ).strip()


def render_guesses(bank: Bank) -> str:
    """The markup of questions to guess at before reading: no answer stands in it."""
    return GUESSES.render(bank=bank, letters=LETTERS).strip()


def number(value: float) -> str:
    """A number as a person writes it: 26, not 26.0."""
    return str(int(value)) if value == int(value) and abs(value) < 10**15 else str(value)


def key_letters(question: Question) -> list[str]:
    """Letters of the right options, as they stand in the bank."""
    options = getattr(question, "options", ())
    return [letter for letter, option in zip(LETTERS, options, strict=False) if option.correct]


def matching_letters(question: ExtendedMatching) -> dict[str, str]:
    """The letter of each option of an extended-matching list, by its id."""
    return dict(zip((option.id for option in question.options), LETTERS, strict=False))


def scramble(question_id: str, items: Sequence[Item]) -> list[tuple[str, Item]]:
    """Items with their keys (a, b, … as they belong), in an order drawn from the id, never the right one."""
    keyed = list(zip(LETTERS.lower(), items, strict=False))

    def drawn(entry: tuple[str, Item]) -> bytes:
        return hashlib.sha256(f"{question_id} {entry[0]}".encode()).digest()

    mixed = sorted(keyed, key=drawn)
    return mixed if mixed != keyed else [*keyed[1:], keyed[0]]
