"""Promises of the question to the room: letters, one answer, nobody's name, the same markup every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from widgets.poll import poll
from widgets.quiz import QuestionBankError

BANK = Path(__file__).resolve().parents[1] / "book" / "books" / "session" / "sessions" / "neck.questions.yml"


def test_each_answer_has_its_letter_and_two_counts() -> None:
    tree = BeautifulSoup(poll("sessions/neck", "neck-moves", path=BANK).page_html(), "html.parser")
    assert [letter.get_text() for letter in tree.select("tbody th b")] == ["A", "B", "C"]
    assert [field["aria-label"] for field in tree.select("input")] == [
        f"Hands for {letter}, {round_}" for letter in "ABC" for round_ in ("before", "after")
    ]
    # Without a script there is nothing to type into.
    assert all(field.has_attr("hidden") for field in tree.select("input, button"))
    assert tree.select_one("details p").get_text(strip=True).startswith("A.")  # type: ignore[union-attr]


def test_the_markup_is_the_same_every_time() -> None:
    first, second = (poll("sessions/neck", "neck-cause", path=BANK).page_html() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("question", ["neck", ""])
def test_an_unknown_question_names_those_there_are(question: str) -> None:
    with pytest.raises(QuestionBankError, match="does not exist; choose from neck-moves, neck-cause"):
        poll("sessions/neck", question, path=BANK)


def test_a_question_without_one_best_answer_cannot_be_voted_on() -> None:
    with pytest.raises(QuestionBankError, match="is no single-best-answer question"):
        poll("procedures/selective-peripheral-denervation", "spd-nerve-match")
