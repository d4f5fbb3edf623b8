"""Promises of the question models: what a bank may hold, and when a saved answer still holds."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from widgets.quiz.model import Question, markdown_texts, question_adapter

COMMON: dict[str, Any] = {
    "id": "a-question",
    "objective": "an-objective",
    "level": "recall",
    "audience": "resident",
    "question": "Which one?",
    "sources": ["bertrand1993"],
}


def choice(*correct: bool, kind: str = "single-best-answer", **changes: Any) -> dict[str, Any]:
    options = [
        {"text": f"Option {index}", "correct": right, "reason": f"Because of {index}."}
        for index, right in enumerate(correct)
    ]
    return {**COMMON, "type": kind, "options": options, **changes}


def matching(**changes: Any) -> dict[str, Any]:
    options = [
        {"id": f"o{index}", "text": f"Option {index}", "reason": f"Case {index}."} for index in range(6)
    ]
    stems = [{"text": f"Stem {index}", "answer": "o1", "reason": "It fits the list."} for index in range(2)]
    return {**COMMON, "type": "extended-matching", "options": options, "stems": stems, **changes}


def ordering(count: int = 3, **changes: Any) -> dict[str, Any]:
    items = [{"text": f"Step {index}", "reason": f"Place {index}."} for index in range(count)]
    return {**COMMON, "type": "ordering", "items": items, **changes}


def numeric(**changes: Any) -> dict[str, Any]:
    numbers = {"answer": 26, "tolerance": 2, "unit": "of 100 people", "reason": "So the series says."}
    return {**COMMON, "type": "numeric", **numbers, **changes}


def read(raw: dict[str, Any]) -> Question:
    return question_adapter.validate_python(raw)


@pytest.mark.parametrize(
    "raw",
    [
        choice(True, False, False),
        choice(True, True, False, kind="multiple-response"),
        matching(),
        ordering(),
        numeric(),
    ],
    ids=lambda raw: raw["type"],
)
def test_each_type_is_read(raw: dict[str, Any]) -> None:
    assert read(raw).type == raw["type"]


@pytest.mark.parametrize(
    ("raw", "part_of_message"),
    [
        (choice(False, False, False), "0 options are marked correct"),
        (choice(True, True, False), "2 options are marked correct"),
        (choice(False, False, False, kind="multiple-response"), "no option is marked correct"),
        (choice(True, False), "at least 3"),
        (choice(True, False, False, False, False, False), "at most 5"),
        (matching(options=matching()["options"][:5]), "at least 6"),
        (matching(stems=matching()["stems"][:1]), "at least 2"),
        (
            matching(stems=[{"text": text, "answer": "o9", "reason": "Fits."} for text in "ab"]),
            "'o9' is no option",
        ),
        (ordering(2), "at least 3"),
        (ordering(9), "at most 8"),
        (numeric(tolerance=-1), "greater than or equal to 0"),
        (numeric(answer=float("nan")), "finite"),
        (numeric(answer="26"), "valid number"),
        (numeric(maximum=20), "above the maximum"),
        (numeric(minimum=30), "below the minimum"),
        (numeric(near_misses=[{"value": 27, "reason": "Too near."}]), "counts as right"),
        (choice(True, False, False, sources=[]), "at least 1"),
        (choice(True, False, False, sources=["a1", "a1"]), "stands twice"),
        (choice(True, False, False, id="Not Kebab"), "match pattern"),
        (choice(True, False, False, level="hard"), "recall"),
        (choice(True, False, False, stem="   "), "empty"),
        (choice(True, False, False, stem="a\x00b"), "U+0000"),
        (choice(True, False, False, stem="\ud800"), "unicode"),
        (choice(True, False, False, colour="red"), "Extra inputs"),
        (choice(True, False, False, waivers={"X1": "why"}), "match pattern"),
    ],
)
def test_a_faulty_question_is_refused(raw: dict[str, Any], part_of_message: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(raw)
    assert part_of_message in str(refusal.value)


@pytest.mark.parametrize(
    "reason", ["Correct", "correct.", "This is wrong", "Right!", "The answer is not correct."]
)
def test_a_verdict_is_no_reason(reason: str) -> None:
    raw = choice(True, False, False)
    raw["options"][1]["reason"] = reason
    with pytest.raises(ValidationError, match="explains nothing"):
        read(raw)


def test_options_that_differ_in_capitals_alone_are_twins() -> None:
    raw = choice(True, False, False)
    raw["options"][1]["text"] = "OPTION  0"
    with pytest.raises(ValidationError, match="stands twice"):
        read(raw)


def test_the_hash_changes_with_the_content() -> None:
    assert read(numeric()).hash != read(numeric(answer=25)).hash
    assert len(read(numeric()).hash) == 10


def test_the_hash_ignores_how_the_same_content_is_written() -> None:
    written_out = choice(
        True, False, False, shuffle=True, hints=[], waivers={"Q08": "The exception is the point."}
    )
    shorter = choice(True, False, False)
    for option in shorter["options"][1:]:
        del option["correct"]
    assert read(written_out).hash == read(dict(reversed(shorter.items()))).hash
    assert read(numeric(answer=26)).hash == read(numeric(answer=26.0)).hash


def test_every_markdown_text_is_found_with_its_place() -> None:
    texts = dict(markdown_texts(read(numeric(stem="A stem.", hints=["One.", "Two."]))))
    assert texts[("hints", 1)] == "Two."
    assert set(texts) == {("stem",), ("question",), ("hints", 0), ("hints", 1), ("unit",), ("reason",)}
