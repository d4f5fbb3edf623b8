"""Rules that need many questions are proved on banks made for them: reason clauses (Q27), bold and modest keys (Q30)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.widgets.linter.made import PLAIN, Wording, banks, with_key
from widgets.quiz.linter.boldness import boldness_over_course
from widgets.quiz.linter.tails import reason_clauses, reason_clauses_over_course


def with_reason(text: str) -> str:
    return f"{text}, since it hurts"


@pytest.mark.parametrize("wording", [with_key(str, with_reason), with_key(with_reason, str)])
def test_a_reason_clause_is_no_mark_of_keys_or_distractors(wording: Wording) -> None:
    made = banks(wording)
    assert len(list(reason_clauses(made[0]))) == 1
    (found,) = reason_clauses_over_course(made)
    assert "in the course" in found.message


@pytest.mark.parametrize("wording", [with_key(str), with_key(with_reason, with_reason)])
def test_reason_clauses_in_none_or_in_all_are_fair(wording: Wording) -> None:
    made = banks(wording)
    assert [*reason_clauses(made[0]), *reason_clauses_over_course(made)] == []


def headed(verb_of: Callable[[int], str]) -> Wording:
    """Each option begins with a verb that hangs on the number of its question."""

    def wording(_: int, number: int) -> tuple[list[str], set[int]]:
        return [f"{verb_of(number)} {text}" for text in PLAIN], {number % len(PLAIN)}

    return wording


def test_keys_that_only_look_or_only_cut_are_out_of_balance() -> None:
    (modest,) = boldness_over_course(banks(headed(lambda _: "Ask")))
    assert "0 decide" in modest.message
    (bold,) = boldness_over_course(banks(headed(lambda _: "Cut")))
    assert "0 look first" in bold.message


def test_a_third_of_either_is_balance_and_other_words_do_not_count() -> None:
    def mixed(number: int) -> str:
        return ("Refuse", "Look at", "Wait for")[number % 3]

    assert list(boldness_over_course(banks(headed(mixed)))) == []
    assert list(boldness_over_course(banks(headed(lambda _: "Sore")))) == []
