"""The steps of an operation as data beside a chapter. No reading, no rendering."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from widgets.text.content import Part, SourceKey, Text, listed, refuse_twins


class Step(Part):
    """One step. Its texts are one line of Markdown each."""

    title: Text
    exposed: Text
    cut: Text | None = None
    placed: Text | None = None
    #: What must not be hurt.
    spare: Text
    ask: Text
    answer: Text
    #: Without a source it is shown as common practice, not studied.
    sources: Annotated[tuple[SourceKey, ...], listed(least=0)] = ()

    @model_validator(mode="after")
    def _one_act(self) -> Self:
        refuse_twins("source", self.sources)
        if self.cut and self.placed:
            raise ValueError("a step cuts or places; make two steps of it")
        return self

    @property
    def act(self) -> tuple[str, str] | None:
        """What is done, and to what: ``("cut", "the roots of C1 and C2")``; None where a step only looks."""
        return ("cut", self.cut) if self.cut else ("placed", self.placed) if self.placed else None


class Operation(Part):
    """An operation from the first step to the last."""

    title: Text
    #: What the drawing is, and what it leaves out.
    caption: Text
    steps: Annotated[tuple[Step, ...], listed(least=4, most=7)]

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        refuse_twins("title", [one.title for one in self.steps])
        return self
