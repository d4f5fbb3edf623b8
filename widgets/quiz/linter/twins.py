"""Things that stand twice: options and questions that say the same (Q06), answers in another's stem (Q21)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank, InspectedQuestion
from widgets.quiz.linter.reading import refused
from widgets.quiz.linter.words import contains, elements, quoted, sequence, similarity
from widgets.quiz.markup import number
from widgets.quiz.model import Numeric

# Shorter answers ("no", "the nerve") stand in many a stem without telling anything.
_TELLING_WORDS = 3
_NEAR_OPTIONS = 0.85
_NEAR_QUESTIONS = 0.8


def twins(bank: InspectedBank) -> Iterator[Fault]:
    """Q06: options, or questions of the course, that say the same (E) or nearly the same (W); ids that stand twice."""
    yield from refused(bank, "Q06")
    for one in bank.questions:
        if where := bank.elsewhere.get(one.id):
            message = (
                f"this id stands in {where} too, and answers are kept under it; give each question its own"
            )
            yield Fault(message, one.id, ("id",), waivable=False)
        yield from _twin_choices(one)
    seen: list[tuple[str, InspectedQuestion]] = []
    for other in bank.course:
        if other.path == bank.path:
            break
        seen += [(other.path, one) for one in other.questions]
    for one in bank.questions:
        for path, earlier in seen:
            yield from _twin_questions(one, earlier, path)
        seen.append((bank.path, one))


def _twin_choices(one: InspectedQuestion) -> Iterator[Fault]:
    for (_, first), (place, second) in combinations(one.choices, 2):
        if sequence(first) == sequence(second):
            yield Fault(f"{quoted(second)} says the same as {quoted(first)}; make it a choice", one.id, place)
        elif _nearly_the_same(first, second):
            yield Fault(
                f"{quoted(second)} is nearly {quoted(first)}; make the difference plain",
                one.id,
                place,
                level="W",
            )


def _nearly_the_same(first: str, second: str) -> bool:
    # The same words in another order may say the reverse (left splenius and right sternocleidomastoid).
    one, other = elements(first), elements(second)
    return one != other and len(one | other) > 4 and similarity(one, other) >= _NEAR_OPTIONS


def _twin_questions(one: InspectedQuestion, earlier: InspectedQuestion, path: str) -> Iterator[Fault]:
    where = f"question '{earlier.id}' of {path}"
    if one.asked_sequence == earlier.asked_sequence:
        yield Fault(f"asks the same as {where}; ask something else, or take it out", one.id, ("question",))
    elif similarity(one.asked_elements, earlier.asked_elements) >= _NEAR_QUESTIONS:
        yield Fault(
            f"asks nearly the same as {where}; vary the case or the task", one.id, ("question",), level="W"
        )


def answers_elsewhere(bank: InspectedBank) -> Iterator[Fault]:
    """Q21: the answer of one question stands in the stem or lead-in of another on the same page."""
    for one in bank.questions:
        for answer in _answers(one):
            run = sequence(answer)
            if len(elements(answer)) < _TELLING_WORDS:
                continue
            for other in bank.questions:
                if other.id != one.id and contains(other.asked_sequence, run):
                    yield Fault(
                        f"the answer {quoted(answer)} stands in '{other.id}'; take it out there", one.id
                    )


def _answers(one: InspectedQuestion) -> list[str]:
    if isinstance(one.question, Numeric):
        return [f"{number(one.question.answer)} {one.question.unit}"]
    return [one.options[index] for index in one.keys]
