"""Decisions as data: what one finds, what one does, why, how sure that is and whose practice. No reading, no rendering."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import model_validator

from widgets.text.content import Kebab, Part, SourceKey, Text, listed, refuse_twins

#: Whose practice it is, and how sure what it rests on.
Basis = Literal["guideline", "review", "trial", "series", "common practice"]
Sure = Literal["high", "moderate", "low", "not studied"]
#: The texts of a decision, with the head of the column that each stands in.
HEADS = {"find": "You find", "do": "You do", "why": "Why"}
HEAD_OF_LABEL = "How sure, and whose practice"


class Decision(Part):
    """One row: a finding and what is done then. Its texts are a page's Markdown, of one paragraph."""

    #: Unique in the whole book; it begins with the short name of its chapter.
    id: Kebab
    find: Text
    do: Text
    why: Text
    basis: Basis
    sure: Sure
    sources: Annotated[tuple[SourceKey, ...], listed(least=0)] = ()

    @model_validator(mode="after")
    def _borne_out(self) -> Self:
        refuse_twins("source", self.sources)
        if not self.sources and self.basis != "common practice":
            raise ValueError(
                f"a {self.basis} without its source; name it under `sources`, or write basis: common practice"
            )
        if not self.sources and self.sure != "not studied":
            raise ValueError(
                f"nothing bears out that this is {self.sure}; name a source, or write sure: not studied"
            )
        return self

    @property
    def label(self) -> str:
        """Whose practice it is and how sure, as readers see it: "guideline, moderate"."""
        return f"{self.basis}, {self.sure}"


class Decisions(Part):
    """The decisions of one chapter, in the order written."""

    decisions: Annotated[tuple[Decision, ...], listed(least=1)]
