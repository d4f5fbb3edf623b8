"""Self-assessment: one question bank, shown live in a notebook and in the published page.

>>> from widgets.quiz import quiz
>>> quiz("procedures/selective-peripheral-denervation")  # doctest: +SKIP
Quiz('procedures/selective-peripheral-denervation')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import traitlets

from widgets.base.front_end import FrontEnd
from widgets.quiz.bank import QuestionBankError, read
from widgets.quiz.markup import render_bank
from widgets.quiz.model import Bank
from widgets.text.wording import nearest

__all__ = ["Bank", "QuestionBankError", "Quiz", "load", "quiz"]

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


class Quiz(FrontEnd, folder=Path(__file__).parent):
    """A set of questions whose answers and score are traits; the front end keeps them."""

    answers = traitlets.Dict(help="Saved answers: '<question id>@<hash>' to its state").tag(sync=True)
    score = traitlets.Float(0.0, help="Points of the latest checks").tag(sync=True)
    possible = traitlets.Float(0.0, help="Points to be had: one a question").tag(sync=True)
    completed = traitlets.Bool(False, help="Whether every question was checked or its answer shown").tag(
        sync=True
    )


def load(name: str) -> Bank:
    """The question bank of a chapter, named by its path below chapters/ without suffix.

    Raises QuestionBankError, one line for each mistake in the bank, or when there is no such bank.
    """
    if not re.fullmatch(r"[\w-]+(/[\w-]+)*", name):
        raise QuestionBankError(
            f"no chapter is called {name!r}; give its path below chapters/ without suffix"
        )
    path = CHAPTERS / f"{name}.questions.yml"
    if not path.is_file():
        there = [bank.relative_to(CHAPTERS).as_posix() for bank in CHAPTERS.rglob("*.questions.yml")]
        advice = nearest(name, {bank.removesuffix(".questions.yml"): bank for bank in there})
        raise QuestionBankError(f"there is no chapters/{name}.questions.yml; {advice}")
    return read(path, shown_as=f"chapters/{name}.questions.yml")


def quiz(name: str, only: Sequence[str] | None = None) -> Quiz:
    """The quiz of a chapter; `only` names the ids of the questions to show, in that order.

    Raises QuestionBankError for a mistake in the bank or an id that it does not hold.
    """
    bank = load(name)
    if only is not None:
        bank = _chosen(bank, only, name)
    return Quiz(name=name, markup=render_bank(bank), possible=float(len(bank.questions)))


def _chosen(bank: Bank, only: Sequence[str], name: str) -> Bank:
    by_id = {question.id: question for question in bank.questions}
    unknown = [wanted for wanted in only if wanted not in by_id]
    if unknown or not only:
        wrong = f"no question '{unknown[0]}'" if unknown else "no question chosen"
        raise QuestionBankError(f"{wrong} of chapters/{name}.questions.yml; choose from {', '.join(by_id)}")
    return Bank(title=bank.title, questions=tuple(by_id[wanted] for wanted in dict.fromkeys(only)))
