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
from widgets.quiz.markup import render_bank, render_guesses
from widgets.quiz.model import Bank
from widgets.quiz.shown import calls_of, left_over, misplaced, no_guess, unknown
from widgets.text.wording import nearest

__all__ = [
    "Bank",
    "QuestionBankError",
    "Quiz",
    "checkpoint",
    "closing",
    "closing_bank",
    "load",
    "pretest",
    "quiz",
]

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
    return _shown(name, bank if only is None else _chosen(bank, only, name))


def pretest(name: str, *ids: str) -> Quiz:
    """A first guess before reading: single best answers without check or reason, told in the closing set.

    Raises QuestionBankError for a mistake in the bank, an id that it does not hold, or another type of question.
    """
    bank = _chosen(load(name), ids, name)
    if problem := next(filter(None, map(no_guess, bank.questions)), ""):
        raise QuestionBankError(f"chapters/{name}.questions.yml: {problem}")
    return Quiz(name=name, markup=render_guesses(bank))


def checkpoint(name: str, *ids: str) -> Quiz:
    """One or two questions at the end of a piece of a chapter; they count as all others do.

    Raises QuestionBankError for a mistake in the bank or an id that it does not hold.
    """
    bank = _chosen(load(name), ids, name)
    return _shown(name, Bank(title="Checkpoint", questions=bank.questions), part="checkpoint")


def closing(name: str) -> Quiz:
    """The questions of a chapter that stand in none of its checkpoints.

    Raises QuestionBankError for a mistake in the bank, and with the line of the chapter for one in its parts.
    """
    return _shown(name, closing_bank(name))


def closing_bank(name: str) -> Bank:
    """The bank of a chapter without what its checkpoints ask. Raises QuestionBankError as `closing` does."""
    bank = load(name)
    found = [call for call in calls_of(CHAPTERS / f"{name}.md") if call.bank == name]
    if faults := list(misplaced(bank, found)):
        raise QuestionBankError("\n".join(f"chapters/{name}.md:{line}: {said}" for line, said in faults))
    if not (questions := left_over(bank, found)):
        raise QuestionBankError(
            f"chapters/{name}.md: no question is left to close with; take one out of a checkpoint"
        )
    return Bank(title=bank.title, questions=tuple(questions))


def _shown(name: str, bank: Bank, part: str = "") -> Quiz:
    return Quiz(name=name, markup=render_bank(bank, part), possible=float(len(bank.questions)))


def _chosen(bank: Bank, only: Sequence[str], name: str) -> Bank:
    by_id = {question.id: question for question in bank.questions}
    wrong = [unknown(wanted, by_id) for wanted in only if wanted not in by_id]
    if not only:
        wrong = [f"no question is chosen; {nearest('', by_id)}"]
    if wrong:
        raise QuestionBankError(f"chapters/{name}.questions.yml: {wrong[0]}")
    return Bank(title=bank.title, questions=tuple(by_id[wanted] for wanted in dict.fromkeys(only)))
