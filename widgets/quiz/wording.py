"""The words for a mistake in a question: the types of questions, and what each of them may hold."""

from __future__ import annotations

from typing import Any

from pydantic_core import ErrorDetails

from widgets.quiz.model import (
    ExtendedMatching,
    Hotspot,
    KeyFeature,
    Location,
    MultipleResponse,
    Numeric,
    Ordering,
    SingleBestAnswer,
)
from widgets.text import wording

QUESTION_TYPES = {
    model.model_fields["type"].annotation.__args__[0]: model  # type: ignore[union-attr]
    for model in (
        SingleBestAnswer,
        MultipleResponse,
        ExtendedMatching,
        Ordering,
        Numeric,
        KeyFeature,
        Hotspot,
    )
}


def explain(details: ErrorDetails, raw: Any, place: Location) -> str:
    """A pydantic error of the question (or bank) `raw` in an author's words."""
    model = QUESTION_TYPES.get(raw.get("type")) if isinstance(raw, dict) else None
    known = wording.known_fields(model, place[:-1])
    return wording.explain(details, known, "the question", QUESTION_TYPES)
