"""A question put to a room: lettered answers, the hands counted before and after, and their bars.

>>> from widgets.poll import poll
>>> poll("sessions/understanding", "what-it-is")  # doctest: +SKIP
Poll('sessions/understanding#what-it-is')
"""

from __future__ import annotations

from pathlib import Path

import traitlets

from widgets.base.front_end import FrontEnd, template
from widgets.quiz import load
from widgets.quiz.bank import QuestionBankError, read
from widgets.quiz.markup import LETTERS
from widgets.quiz.model import SingleBestAnswer

__all__ = ["Poll", "poll"]

_FOLDER = Path(__file__).parent
TEMPLATE = template(_FOLDER / "poll.html")


class Poll(FrontEnd, folder=_FOLDER):
    """A question whose hands are counted; the front end keeps the counts, and nobody's name."""

    answers = traitlets.Dict(
        help="'<question id>@<hash>' to the hands: {'before': [...], 'after': [...]}"
    ).tag(sync=True)


def poll(bank: str, question: str, *, path: Path | None = None) -> Poll:
    """The poll of one question of a chapter's bank.

    Args:
        bank: the chapter's path below chapters/ without suffix.
        question: the id of a single-best-answer question.
        path: where the bank lies, when it is not beside its chapter.

    Raises:
        QuestionBankError: for a mistake in the bank, an unknown question, or one without one best answer.
    """
    shown_as = f"chapters/{bank}.questions.yml"
    questions = {one.id: one for one in (read(path, shown_as) if path else load(bank)).questions}
    asked = questions.get(question)
    if not isinstance(asked, SingleBestAnswer):
        fit = [name for name, one in questions.items() if isinstance(one, SingleBestAnswer)]
        wrong = "is no single-best-answer question" if asked else "does not exist"
        # Whoever names a question is wrong here, not the bank: the fault stands where it is asked for.
        raise QuestionBankError(f"question '{question}' of {shown_as} {wrong}; choose from {', '.join(fit)}")
    markup = TEMPLATE.render(asked=asked, options=list(zip(LETTERS, asked.options, strict=False)))
    return Poll(name=f"{bank}#{question}", markup=markup.strip())
