"""Banks that are made for a test: many questions, worded after one plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from widgets.quiz.bank import Examined
from widgets.quiz.linter.inspected import InspectedBank
from widgets.quiz.model import Bank

CHAPTERS, QUESTIONS, OPTIONS = 4, 12, 4
#: Alike in length, and in everything else that a robot looks at.
PLAIN = ("nerve", "joint", "spine", "torso")
#: The texts of the options of a question, by chapter and number, with the places of the keys.
Wording = Callable[[int, int], tuple[Sequence[str], set[int]]]


def banks(wording: Wording, kind: str = "single-best-answer") -> list[InspectedBank]:
    made = []
    for chapter in range(CHAPTERS):
        asked = [_question(chapter, number, *wording(chapter, number), kind) for number in range(QUESTIONS)]
        bank = Bank.model_validate({"questions": asked})
        made.append(InspectedBank(f"{chapter}.questions.yml", b"", Examined(bank, (), None), None))
    return made


def _question(chapter: int, number: int, texts: Sequence[str], keys: set[int], kind: str) -> dict[str, Any]:
    head = {
        "id": f"q-{chapter}-{number}",
        "objective": "one",
        "type": kind,
        "level": "apply",
        "audience": "resident",
        "question": "What comes first?",
        "sources": ["bertrand1993"],
    }
    options = [{"text": text, "reason": "It fits, or does not."} for text in texts]
    if kind == "extended-matching":
        listed = [{**option, "id": f"o{place}"} for place, option in enumerate(options)]
        lines = [{"text": f"Case {key}", "answer": f"o{key}", "reason": "It fits."} for key in sorted(keys)]
        return {**head, "options": listed, "stems": lines}
    return {
        **head,
        "options": [{**option, "correct": place in keys} for place, option in enumerate(options)],
    }


def with_key(key: Callable[[str], str], other: Callable[[str], str] = str) -> Wording:
    """The key, in each place equally often, is written in its own way."""

    def wording(_: int, number: int) -> tuple[list[str], set[int]]:
        place = number % OPTIONS
        return [key(text) if at == place else other(text) for at, text in enumerate(PLAIN)], {place}

    return wording
