"""Renders a question bank as HTML that can be read and printed without the front end."""

from __future__ import annotations

import hashlib
from pathlib import Path

from markupsafe import Markup

from evidence import references
from widgets.base.front_end import template
from widgets.base.labels import study_label
from widgets.quiz.drawing import Spot, read_drawing, spot_of
from widgets.quiz.model import Bank, ExtendedMatching, Hotspot, Item, Ordering, Place, Question
from widgets.text.markdown import plain

_FOLDER = Path(__file__).parent
TEMPLATE, GUESSES = template(_FOLDER / "quiz.html"), template(_FOLDER / "guesses.html")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def render_bank(bank: Bank, part: str = "") -> str:
    """The markup of a bank, or of a part of one such as "checkpoint": same bank, same bytes."""
    return TEMPLATE.render(
        bank=bank,
        part=part,
        drawn=drawn,
        fixed=fixed,
        letters=LETTERS,
        key_letters=key_letters,
        matching_letters=matching_letters,
        number=number,
        picture=picture,
        ranks=ranks,
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
    """Letters of the right options or places, as they stand in the bank."""
    if isinstance(question, Hotspot):
        return [
            letter
            for letter, place in zip(LETTERS, question.places, strict=False)
            if place.id in question.key
        ]
    options = getattr(question, "options", ())
    return [letter for letter, option in zip(LETTERS, options, strict=False) if option.correct]


def fixed(question: Question) -> bool:
    """Whether a reader's shuffle leaves its options: the letters of a drawing stand where they are."""
    return isinstance(question, Hotspot) or not question.shuffle


def picture(question: Hotspot) -> Markup:
    """The drawing that a hotspot asks about, without its labels."""
    frame = Markup('<svg class="asked-drawing" role="img" data-figure="{}" aria-label="{}" ')
    named = str(frame.format(question.figure, plain(question.shows)))
    return Markup(read_drawing(question.figure).picture.replace("<svg ", named, 1))


def drawn(question: Hotspot) -> tuple[tuple[str, ...], list[tuple[str, Place, Spot]]]:
    """What is shown of its drawing, and each place with its letter and shapes, what lies on top last."""
    drawing = read_drawing(question.figure)
    order = list(drawing.spots)
    lettered = [
        (letter, place, spot_of(drawing, place.id))
        for letter, place in zip(LETTERS, question.places, strict=False)
    ]
    return drawing.box, sorted(lettered, key=lambda one: order.index(one[1].id))


def matching_letters(question: ExtendedMatching) -> dict[str, str]:
    """The letter of each option of an extended-matching list, by its id."""
    return dict(zip((option.id for option in question.options), LETTERS, strict=False))


def ranks(question: Ordering) -> list[tuple[int, str, Item]]:
    """Rank, key and text of each item in the right order; those of one rank may change places."""
    ranked = [(rank, item) for rank, group in enumerate(question.ranks, 1) for item in group]
    return [(rank, key, item) for key, (rank, item) in zip(LETTERS.lower(), ranked, strict=False)]


def scramble(question: Ordering) -> list[tuple[int, str, Item]]:
    """The same in an order drawn from the question's id, never a right one."""
    ranked = ranks(question)

    def drawn_lot(entry: tuple[int, str, Item]) -> bytes:
        return hashlib.sha256(f"{question.id} {entry[1]}".encode()).digest()

    mixed = sorted(ranked, key=drawn_lot)
    in_order = [rank for rank, _, _ in ranked]
    # The last rank is not the first: what moves to the end does not belong there.
    return mixed if [rank for rank, _, _ in mixed] != in_order else [*mixed[1:], mixed[0]]
