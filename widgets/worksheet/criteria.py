"""The minimum criteria of a decision aid, each with the place where the course meets it.

One file of data is shown on the page and followed by the tests, so that neither can promise what the other
does not find.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from widgets.base.front_end import template
from widgets.text.content import Kebab, Text
from widgets.worksheet.content import read

FILE = "chapters/sessions/decision-aid.criteria.yml"
TEMPLATE = template(Path(__file__).parent / "criteria.html")
PageName = Annotated[str, StringConstraints(pattern=r"^[\w-]+(/[\w-]+)*$")]


class Criterion(BaseModel):
    """One criterion: what is asked, how it is met, and where."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    id: Kebab
    group: Literal["qualifying", "certifying"]
    criterion: Text
    met: Text
    page: PageName
    anchor: Kebab
    place: Text
    #: Words that stand at that place.
    holds: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    #: Whether every option of the worksheet holds them too.
    every_option: bool = False


class Criteria(BaseModel):
    """The criteria in order; a notebook and the page show them as two lists."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, strict=False)]

    def __repr__(self) -> str:
        return f"{len(self.criteria)} criteria"

    def _repr_html_(self) -> str:
        # The page that shows them lies in the folder of the sessions, one step below the book's root.
        return TEMPLATE.render(criteria=self.criteria, root="../").strip()


def criteria() -> Criteria:
    """The criteria that the decision aid is held to. Raises ContentError, one line for each mistake."""
    return read(Path(__file__).resolve().parents[2] / FILE, Criteria, FILE)
