"""What a decision worksheet holds: options in equal detail, and what it asks. No reading, no rendering.

Messages of the validators read "what is wrong; what would be right", for the person who writes the content.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from widgets.text.content import Kebab, SourceKey, Text, first_twin

#: Every option that has to be laid out, in this order, which is no ranking: a missing one is the commonest
#: fault of published decision aids.
OPTIONS = (
    "no-change",
    "toxin",
    "medicines-physiotherapy",
    "pallidal-dbs",
    "subthalamic-dbs",
    "denervation",
    "lesion",
    "wait",
)
#: The same questions are answered for every option: the field, and the heading that readers see.
PARTS = {
    "what": "What it is",
    "living": "What it is like",
    "better": "What may get better",
    "wrong": "What may go wrong",
    "back": "Can I go back?",
    "unknown": "What we do not know",
}
GAINS = HARMS = 2


def _listed(*, least: int, most: int | None = None) -> Any:
    # YAML gives lists where the frozen models keep tuples, so this one step is not strict.
    return Field(min_length=least, max_length=most, strict=False)


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Figure(_Part):
    """A gain or a harm: what was counted, of whom, when; or that nobody counted it.

    `shown` is the number as the row prints it ("14 of 37", "26 %"); without it, the figure is not known. Where a row
    prints part and whole in two places, `of` holds the whole.
    """

    kind: Literal["gain", "harm"]
    what: Text
    shown: Text | None = None
    of: Text | None = None
    row: Kebab | None = None
    counts: Literal["people", "score"] | None = None
    group: Text
    time: Text
    note: Text

    @model_validator(mode="after")
    def _bound_or_unknown(self) -> Self:
        given = [self.shown is not None, self.row is not None, self.counts is not None]
        if any(given) and not all(given):
            raise ValueError(
                "a number needs 'shown', 'row' and 'counts'; give all three, or none if it is not known"
            )
        return self

    @property
    def counted(self) -> str:
        """The number as readers see it, or nothing."""
        return f"{self.shown} of {self.of}" if self.of else self.shown or ""


class Choice(_Part):
    """One thing to tick or to weigh."""

    id: Kebab
    text: Text


class Option(_Part):
    """One way to go on, told by the same parts as every other."""

    id: Kebab
    name: Text
    what: Text
    living: Text
    better: Text
    wrong: Text
    back: Text
    unknown: Text
    numbers: Annotated[tuple[Figure, ...], _listed(least=GAINS + HARMS, most=GAINS + HARMS)]
    sources: Annotated[tuple[SourceKey, ...], _listed(least=1)]

    @model_validator(mode="after")
    def _gains_and_harms_alike(self) -> Self:
        gains = sum(one.kind == "gain" for one in self.numbers)
        if gains != GAINS:
            raise ValueError(
                f"{gains} gains and {len(self.numbers) - gains} harms; write {GAINS} of each, as for every option"
            )
        return self


class Statement(_Part):
    """A statement to judge, with its answer explained."""

    id: Kebab
    statement: Text
    answer: Literal["yes", "no"]
    reason: Text

    @property
    def hash(self) -> str:
        """Six hex digits of the text: a saved answer holds for this text alone."""
        return _hash(self)


class Worksheet(_Part):
    """All that a decision worksheet shows and asks."""

    options: Annotated[tuple[Option, ...], _listed(least=1)]
    matters: Annotated[tuple[Choice, ...], _listed(least=4)]
    understand: Annotated[tuple[Statement, ...], _listed(least=4)]
    unsure: Annotated[tuple[Choice, ...], _listed(least=3)]
    questions: Annotated[tuple[Choice, ...], _listed(least=3)]
    ready: Annotated[tuple[Choice, ...], _listed(least=2)]

    @model_validator(mode="after")
    def _every_option(self) -> Self:
        found = [option.id for option in self.options]
        if found != list(OPTIONS):
            raise ValueError(
                f"the options are {', '.join(found)}; lay out all of {', '.join(OPTIONS)}, in this order"
            )
        return self

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        for name in ("matters", "understand", "unsure", "questions", "ready"):
            ids = [entry.id for entry in getattr(self, name)]
            if (twin := first_twin(ids)) is not None:
                raise ValueError(f"the id '{ids[twin]}' stands twice in '{name}'; give each its own")
        return self


def _hash(part: BaseModel) -> str:
    canonical = json.dumps(part.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:6]
