"""A case as data: steps of a conference, and what may be chosen in each. No reading, no rendering.

A step is of one of three kinds. In one that lets a reader choose *several*, each choice tells its answer and the
case goes on at `next`. In one that lets a reader choose *one*, each choice has a `next` of its own. A step without
choices tells what happens. Where `next` is missing the case ends. A case is read forwards: no step leads back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from widgets.text.content import Kebab, Part, Reason, SourceKey, Text, listed, refuse_twins
from widgets.text.wording import Location

#: How every composed person of this course is marked.
COMPOSED = "Composed for teaching; not a real person."

# Fields that hold Markdown; the others are identifiers and marks.
BLOCK_FIELDS = frozenset({"person", "scene", "answer"})
INLINE_FIELDS = frozenset({"title", "question", "prompt", "text", "reason", "teaches", "prompts"})

Stage = Literal["ask", "examine", "order", "team", "decide", "counsel", "consequence"]
#: Who speaks at the table: a role, never a name.
Role = Literal[
    "neurologist",
    "functional neurosurgeon",
    "peripheral-nerve surgeon",
    "spine surgeon",
    "neurophysiologist",
    "physiotherapist",
    "occupational therapist",
    "speech therapist",
    "neuropsychologist",
    "psychiatrist",
    "anaesthetist",
    "radiologist",
    "geneticist",
    "specialist nurse",
    "social worker",
]
#: Sound: the case needs it. Optional: it can be defended. Idle: it changes nothing here. Unsafe: it can harm.
Worth = Literal["sound", "optional", "idle", "unsafe"]
#: What is left out when a sound choice is not made.
Covers = Literal["fact", "option", "uncertainty", "values", "safety"]


class Choice(Part):
    """Something to ask, examine, order, hear, decide or say, and what comes of it."""

    id: Kebab
    #: Who is heard, in a step of the team.
    role: Role | None = None
    text: Text
    #: What the reader learns or meets.
    answer: Text
    worth: Worth
    #: What was left out if this is not chosen; only for what a case needs.
    covers: Covers | None = None
    #: Why it is worth so much, here.
    reason: Reason
    sources: Annotated[tuple[SourceKey, ...], listed(least=1)]
    next: Kebab | None = None


class Step(Part):
    """One step of a case."""

    id: Kebab
    stage: Stage
    title: Text
    scene: Text | None = None
    #: What the reader is asked; a step with choices has one.
    prompt: Text | None = None
    choose: Literal["one", "several"] | None = None
    #: Where time is short: how many may be chosen.
    most: Annotated[int, Field(ge=1)] | None = None
    choices: Annotated[tuple[Choice, ...], listed(least=0)] = ()
    #: Why it happened, where there is nothing to choose.
    reason: Reason | None = None
    sources: Annotated[tuple[SourceKey, ...], listed(least=0)] = ()
    next: Kebab | None = None

    @model_validator(mode="after")
    def _of_one_kind(self) -> Self:
        if self.choices and (self.choose is None or self.prompt is None):
            raise ValueError("a step with choices needs 'choose' (one or several) and a 'prompt'; add them")
        if not self.choices and (self.choose or self.prompt or self.most):
            raise ValueError("a step without choices asks nothing; take 'choose', 'prompt' and 'most' out")
        if self.choose == "one" and (self.next or self.most):
            raise ValueError("where one is chosen each choice has its own 'next'; take the step's out")
        if self.choose == "several" and any(choice.next for choice in self.choices):
            raise ValueError(
                "where several are chosen the step has one 'next'; take those of the choices out"
            )
        if self.stage == "team" and not all(choice.role for choice in self.choices):
            raise ValueError("every voice of the team needs a 'role'; add it")
        refuse_twins("choice id", [choice.id for choice in self.choices])
        refuse_twins("choice", [f"{choice.role} {choice.text}" for choice in self.choices])
        return self

    @property
    def followers(self) -> tuple[str | None, ...]:
        """The ids of the steps that can come next; None is the end."""
        if self.choose == "one":
            return tuple(dict.fromkeys(choice.next for choice in self.choices))
        return (self.next,)


class Unsettled(Part):
    """A question that the evidence does not decide."""

    text: Text
    sources: Annotated[tuple[SourceKey, ...], listed(least=1)]


class Case(Part):
    """A branching case for one reader or a group."""

    title: Text
    composed: Text
    #: What a reader takes away.
    teaches: Annotated[tuple[Text, ...], listed(least=1)]
    #: The person and the letter, as the case begins.
    person: Text
    #: The question of the conference.
    question: Text
    steps: Annotated[tuple[Step, ...], listed(least=2)]
    unsettled: Annotated[tuple[Unsettled, ...], listed(least=1)]
    #: For a group, after the case.
    prompts: Annotated[tuple[Text, ...], listed(least=3)]

    @property
    def hash(self) -> str:
        """Ten hex digits of the content: a saved path holds for this text alone."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:10]

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of all sources, each once."""
        keys = [key for step in self.steps for key in step.sources]
        keys += [key for step in self.steps for choice in step.choices for key in choice.sources]
        keys += [key for one in self.unsettled for key in one.sources]
        return tuple(dict.fromkeys(keys))


def markdown_texts(case: Case) -> Iterator[tuple[Location, str]]:
    """Every Markdown text of a case with its place, such as `("steps", 2, "scene")`."""
    yield from _walk(case.model_dump(), ())


def _walk(value: Any, place: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, (*place, name))
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*place, index))
    elif isinstance(value, str):
        field = next(part for part in reversed(place) if isinstance(part, str))
        if field in BLOCK_FIELDS | INLINE_FIELDS:
            yield place, value
