"""Renders the trainer: rules and three cases in words that read without the front end, and what brings it to life."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import Markup

from widgets.base.front_end import template
from widgets.head.severity import Item, cuts, items
from widgets.rating.cases import CASES, FULL, LIMITS, WORDS, Case, case_of, key_of, words_of

_TEMPLATE = template(Path(__file__).parent / "rating.html")
#: The series that a learner meets first.
FIRST_SEED = "first ten"
PRINTED = 3


def severity(points: dict[str, int]) -> int:
    """The sum of severity, each item by its weight."""
    return sum(item.weight * points[item.key] for item in items())


def _printed(place: int) -> dict[str, object]:
    case: Case = case_of(FIRST_SEED, place)
    words, key = words_of(case), key_of(case)
    rows: list[tuple[Item, str, int]] = [(item, words[item.key], key[item.key]) for item in items()]
    return {"place": place, "rows": rows, "sum": severity(key)}


def _data() -> Markup:
    data = {
        "cuts": cuts(),
        "limits": LIMITS,
        "full": FULL,
        "words": WORDS,
        "cases": CASES,
        "seed": FIRST_SEED,
        "items": [[item.key, item.label, item.most, item.weight, item.rule] for item in items()],
    }
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def render_trainer(name: str, root: str) -> str:
    """The markup of the trainer: same evidence, same bytes.

    Args:
        name: the widget's name, unique on a page.
        root: the address of the book's root, seen from the page.
    """
    return _TEMPLATE.render(
        name=name,
        root=root,
        items=items(),
        most=sum(item.weight * item.most for item in items()),
        cases=CASES,
        seed=FIRST_SEED,
        printed=[_printed(place) for place in range(1, PRINTED + 1)],
        picture="A simulated person. What can be rated is in the film, or in words on request.",
        data=_data(),
    ).strip()
