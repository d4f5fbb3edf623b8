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


def key_feature(*, harmful: int = 2, **changes: Any) -> dict[str, Any]:
    options = [
        {"text": f"Step {index}", "correct": index < 2, "reason": f"It does {index}."} for index in range(8)
    ]
    options[harmful]["harmful"] = True
    return {**COMMON, "type": "key-feature", "stem": "A case.", "choose": 2, "options": options, **changes}


def hotspot(**changes: Any) -> dict[str, Any]:
    places = [
        {"id": name, "where": f"At {name}", "label": f"Nerve {name}", "reason": f"It serves {name}."}
        for name in "abc"
    ]
    drawn = {"figure": "neck", "shows": "A neck from behind", "key": ["a"], "places": places}
    return {**COMMON, "type": "hotspot", **drawn, **changes}


def partly_ordered(order: list[Any]) -> dict[str, Any]:
    items = [{"id": name, "text": f"Step {name}", "reason": f"Place of {name}."} for name in "abcd"]
    return ordering() | {"items": items, "order": order}


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
        key_feature(),
        hotspot(),
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
        (partly_ordered(["a", ["b", "c"]]), "the item 'd' stands nowhere in order"),
        (partly_ordered(["a", ["b", "e"], "c", "d"]), "the entry 'e' of order is no item"),
        (partly_ordered(["a", ["b", "a"], "c", "d"]), "the entry of order 'a' stands twice"),
        (partly_ordered([["a", "b", "c", "d"]]), "at least 2"),
        (ordering(order=["a", "b"]), "an item has no id"),
        (partly_ordered([]) | {"order": None}, "in no order"),
        (key_feature(choose=3), "2 options are marked correct and 3 may be chosen"),
        (key_feature(choose=4), "2 or 3"),
        (key_feature(harmful=0), "correct and harmful"),
        (key_feature(options=key_feature()["options"][:7]), "at least 8"),
        (key_feature(stem=None), "valid string"),
        (hotspot(key=["d"]), "the key 'd' is no place; use one of a, b, c"),
        (hotspot(key=["a", "b", "c"]), "every place is a key"),
        (hotspot(places=hotspot()["places"][:2]), "at least 3"),
        (hotspot(shows="A neck"), "at least 10"),
        (hotspot(tolerance=0), "greater than 0"),
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


def test_items_of_one_group_share_a_rank_and_others_stand_alone() -> None:
    groups = read(partly_ordered(["d", ["b", "a"], "c"])).ranks  # type: ignore[union-attr]
    assert [[item.id for item in group] for group in groups] == [["d"], ["b", "a"], ["c"]]
    assert [len(group) for group in read(ordering(4)).ranks] == [1, 1, 1, 1]  # type: ignore[union-attr]


def test_what_was_added_to_a_type_sets_no_saved_answer_aside() -> None:
    # These stood in the book before options could harm and steps could change places.
    assert read(ordering()).hash == "d6026210a3"
    assert read(choice(True, True, False, kind="multiple-response")).hash == "762e02b1c8"


def test_every_markdown_text_is_found_with_its_place() -> None:
    texts = dict(markdown_texts(read(numeric(stem="A stem.", hints=["One.", "Two."]))))
    assert texts[("hints", 1)] == "Two."
    assert set(texts) == {("stem",), ("question",), ("hints", 0), ("hints", 1), ("unit",), ("reason",)}
