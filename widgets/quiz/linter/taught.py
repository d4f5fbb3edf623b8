"""Where a question is taught (Q32): a reader who was wrong is one step from the piece that tells why."""

from __future__ import annotations

from collections.abc import Iterator

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank


def taught(bank: InspectedBank) -> Iterator[Fault]:
    """Q32: a question stands in the checkpoint of the piece that teaches it, or names that piece."""
    if bank.chapter is None or not bank.chapter.checked:
        return  # a page without pieces (a session) is read as a whole
    for one in bank.questions:
        if one.question.taught is None and one.id not in bank.chapter.checked:
            message = "nothing leads back to what teaches it; write taught: and the anchor of a heading of its chapter"
            yield Fault(message, one.id, ("question",))
