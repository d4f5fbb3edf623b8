"""Questions as data: what a question bank may hold. No reading, no rendering.

Messages of the validators read "what is wrong; what would be right", for the person who writes questions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

from widgets.text.content import Kebab, Part, Reason, SourceKey, Text, listed, refuse_twins
from widgets.text.wording import Location as Location

# Fields that hold Markdown; the others are identifiers, numbers and notes to the editors.
BLOCK_FIELDS = frozenset({"stem"})
INLINE_FIELDS = frozenset({"question", "hints", "text", "reason", "unit", "shows", "where", "label"})

#: What can change and leave the question the same: a saved answer stays.
_UNANSWERED = ("waivers", "needs", "taught", "expected")
#: Of 100 residents who answer, how many are expected to be right: from and up to.
DIFFICULTIES = {"easy": (80, 100), "middling": (50, 80), "hard": (0, 50)}

RuleId = Annotated[str, StringConstraints(pattern=r"^Q[0-9]{2}$")]
Number = Annotated[float, Field(allow_inf_nan=False)]
Tolerance = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Option(Part):
    """One option of a single-best-answer or multiple-response question."""

    text: Text
    correct: bool = False
    reason: Reason


class MatchingOption(Part):
    """One entry of an extended-matching list; its reason says when it would be the answer."""

    id: Kebab
    text: Text
    reason: Reason


class MatchingStem(Part):
    """One case of an extended-matching question; `answer` is the id of an option."""

    text: Text
    answer: Kebab
    reason: Reason


class Item(Part):
    """One step of an ordering question; `id` where the question's `order` names it."""

    id: Kebab | None = None
    text: Text
    reason: Reason


class Feature(Option):
    """One option of a key-feature question; a harmful one takes all points, and its reason says what it would do."""

    harmful: bool = False


class Place(Part):
    """One place of a drawing, by its `data-place`: where it lies is told while it is asked about, its label after that."""

    id: Kebab
    where: Text
    label: Text
    reason: Reason


class NearMiss(Part):
    """A typical wrong value (within `tolerance`, absolute) and what went wrong."""

    value: Number
    tolerance: Tolerance = 0.0
    reason: Reason


class _Question(Part):
    id: Kebab
    objective: Kebab
    level: Literal["recall", "understand", "apply", "analyse"]
    audience: Literal["resident", "educator", "patient"]
    stem: Text | None = None
    question: Text
    hints: Annotated[tuple[Text, ...], listed(least=0)] = ()
    sources: Annotated[tuple[SourceKey, ...], listed(least=1)]
    #: The part of its chapter that it works with, by anchor: no exam asks it, and a set brings a link to there.
    needs: Kebab | None = None
    #: The part of its chapter that teaches it, by anchor; one that stands in a checkpoint is taught just above.
    taught: Kebab | None = None
    #: What its author expects of residents who have read the chapter; DIFFICULTIES says of each what it means.
    expected: Literal["easy", "middling", "hard"] | None = None
    waivers: dict[RuleId, Text] = Field(default_factory=dict)
    shuffle: bool = True

    @model_validator(mode="after")
    def _sources_differ(self) -> Self:
        refuse_twins("source", self.sources)
        return self

    @property
    def hash(self) -> str:
        """Ten hex digits of the content a learner answers: a saved answer holds for this text alone.

        What nobody answers is left out, and so are defaults: a new optional field of the
        model must not set every saved answer aside.
        """
        content = self.model_dump(mode="json", exclude={*_UNANSWERED}, exclude_defaults=True)
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:10]


class SingleBestAnswer(_Question):
    """Three to five options, one of them correct."""

    type: Literal["single-best-answer"]
    options: Annotated[tuple[Option, ...], listed(least=3, most=5)]

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        keys = sum(option.correct for option in self.options)
        if keys != 1:
            raise ValueError(f"{keys} options are marked correct; mark exactly one")
        refuse_twins("option", [option.text for option in self.options])
        return self


class MultipleResponse(_Question):
    """Three to five options, one or more of them correct."""

    type: Literal["multiple-response"]
    options: Annotated[tuple[Option, ...], listed(least=3, most=5)]

    @model_validator(mode="after")
    def _some_keys(self) -> Self:
        if not any(option.correct for option in self.options):
            raise ValueError("no option is marked correct; mark one or more")
        refuse_twins("option", [option.text for option in self.options])
        return self


class ExtendedMatching(_Question):
    """One list of six or more options for two or more stems."""

    type: Literal["extended-matching"]
    options: Annotated[tuple[MatchingOption, ...], listed(least=6, most=26)]
    stems: Annotated[tuple[MatchingStem, ...], listed(least=2)]

    @model_validator(mode="after")
    def _answers_are_options(self) -> Self:
        known = [option.id for option in self.options]
        refuse_twins("option id", known)
        refuse_twins("option", [option.text for option in self.options])
        refuse_twins("stem", [stem.text for stem in self.stems])
        for stem in self.stems:
            if stem.answer not in known:
                raise ValueError(f"the answer {stem.answer!r} is no option; use one of {', '.join(known)}")
        return self


#: The ids of items that may change places; one that stands by itself is written without brackets.
Rank = Annotated[
    tuple[Kebab, ...],
    BeforeValidator(lambda entry: [entry] if isinstance(entry, str) else entry),
    listed(least=1),
]


class Ordering(_Question):
    """Three to eight items, written in the right order; or `order` says which of them may change places.

    In ``order: [ask, [image, test], decide]`` two steps stand in either order between two others.
    """

    type: Literal["ordering"]
    items: Annotated[tuple[Item, ...], listed(least=3, most=8)]
    order: Annotated[tuple[Rank, ...], listed(least=2)] | None = None

    @model_validator(mode="after")
    def _items_differ(self) -> Self:
        refuse_twins("item", [item.text for item in self.items])
        ids = [item.id for item in self.items if item.id]
        if self.order is None:
            if ids:
                raise ValueError(f"the id {ids[0]!r} is in no order; write `order`, or take the ids out")
            return self
        refuse_twins("item id", ids)
        named = [name for group in self.order for name in group]
        refuse_twins("entry of order", named)
        if len(ids) < len(self.items):
            raise ValueError("an item has no id, so `order` cannot name it; give each item one")
        if wrong := next((name for name in named if name not in ids), ""):
            raise ValueError(f"the entry {wrong!r} of order is no item; use one of {', '.join(ids)}")
        if lacking := [name for name in ids if name not in named]:
            raise ValueError(f"the item {lacking[0]!r} stands nowhere in order; give it its place")
        return self

    @property
    def ranks(self) -> tuple[tuple[Item, ...], ...]:
        """The items in the right order, in groups: those of one group may change places."""
        if self.order is None:
            return tuple((item,) for item in self.items)
        by_id = {item.id: item for item in self.items}
        return tuple(tuple(by_id[name] for name in group) for group in self.order)


class KeyFeature(_Question):
    """A case with eight to fifteen options, of which `choose` decide; a harmful choice earns nothing."""

    type: Literal["key-feature"]
    stem: Text
    choose: Literal[2, 3]
    options: Annotated[tuple[Feature, ...], listed(least=8, most=15)]

    @model_validator(mode="after")
    def _keys_decide(self) -> Self:
        keys = sum(option.correct for option in self.options)
        if keys != self.choose:
            raise ValueError(
                f"{keys} options are marked correct and {self.choose} may be chosen; mark as many as may be chosen"
            )
        if any(option.correct and option.harmful for option in self.options):
            raise ValueError("an option is marked correct and harmful; it can be one of them")
        refuse_twins("option", [option.text for option in self.options])
        return self


class Hotspot(_Question):
    """A mark on a drawing of the course: a place of `key` is right. `shows` says what is drawn, and names no place."""

    type: Literal["hotspot"]
    #: The drawing's name in chapters/figures, without suffix.
    figure: Kebab
    shows: Annotated[Text, Field(min_length=10)]
    key: Annotated[tuple[Kebab, ...], listed(least=1)]
    #: How far from a place a mark may lie, in the drawing's units.
    tolerance: Annotated[float, Field(gt=0, le=60, allow_inf_nan=False)] = 12.0
    places: Annotated[tuple[Place, ...], listed(least=3, most=10)]

    @model_validator(mode="after")
    def _keys_are_places(self) -> Self:
        known = [place.id for place in self.places]
        refuse_twins("place", known)
        refuse_twins("label", [place.label for place in self.places])
        refuse_twins("description", [place.where for place in self.places])
        refuse_twins("key", self.key)
        for name in self.key:
            if name not in known:
                raise ValueError(f"the key {name!r} is no place; use one of {', '.join(known)}")
        if len(self.key) == len(known):
            raise ValueError("every place is a key; leave a choice")
        return self


class Numeric(_Question):
    """A number within `tolerance` (absolute, in `unit`) of `answer`."""

    type: Literal["numeric"]
    answer: Number
    tolerance: Tolerance
    unit: Text
    reason: Reason
    minimum: Number | None = None
    maximum: Number | None = None
    near_misses: Annotated[tuple[NearMiss, ...], listed(least=0)] = ()

    @model_validator(mode="after")
    def _within_bounds(self) -> Self:
        if self.minimum is not None and self.answer < self.minimum:
            raise ValueError(
                f"the answer {self.answer:g} is below the minimum {self.minimum:g}; mend one of them"
            )
        if self.maximum is not None and self.answer > self.maximum:
            raise ValueError(
                f"the answer {self.answer:g} is above the maximum {self.maximum:g}; mend one of them"
            )
        for miss in self.near_misses:
            if abs(miss.value - self.answer) <= self.tolerance:
                raise ValueError(
                    f"the near miss {miss.value:g} counts as right; choose a value outside the tolerance"
                )
        return self


Question = Annotated[
    SingleBestAnswer | MultipleResponse | ExtendedMatching | Ordering | Numeric | KeyFeature | Hotspot,
    Field(discriminator="type"),
]
question_adapter: TypeAdapter[Question] = TypeAdapter(Question)


class Bank(Part):
    """The questions of one chapter, in the order written."""

    title: Text | None = None
    questions: Annotated[tuple[Question, ...], listed(least=1)]


def markdown_texts(question: Question) -> Iterator[tuple[Location, str]]:
    """Every Markdown text of a question with its place, such as `("options", 2, "reason")`."""
    yield from _walk(question.model_dump(), ())


def _walk(value: Any, place: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "waivers":
                yield from _walk(inner, (*place, name))
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*place, index))
    elif isinstance(value, str):
        field = next(part for part in reversed(place) if isinstance(part, str))
        if field in BLOCK_FIELDS | INLINE_FIELDS:
            yield place, value
