"""Plain, typed rows of the evidence tables. No I/O.

Numbers are ``Decimal`` so that the digits stay as the source printed them; an empty cell is ``None``
and means "not in the text read", never "not measured".
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _empty_is_none(cell: object) -> object:
    return None if cell == "" else cell


Number = Annotated[Decimal | None, BeforeValidator(_empty_is_none)]
Count = Annotated[int | None, BeforeValidator(_empty_is_none)]


class Row(BaseModel):
    """What every row has: a stable id, the address where it was read, and what to beware of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    read_at: str
    note: str

    @property
    def source_key(self) -> str:
        """The bibliography key of the study or text behind this row."""
        raise NotImplementedError

    def counts(self) -> tuple[int, int] | None:
        """Numerator and denominator, when the source gives both."""
        return None


class Outcome(Row):
    """One study, arm, scale and follow-up. ``followup_months`` in months, percentages from 0 to 100."""

    study: str
    locator: str
    procedure: str
    target: str
    design: str
    country: str
    n_enrolled: Count
    n_followed: Count
    followup_months: Number
    scale: str
    measure: str
    baseline_mean: Number
    baseline_sd: Number
    followup_mean: Number
    followup_sd: Number
    change: Number
    change_ci_low: Number
    change_ci_high: Number
    percent_improvement: Number
    responders_n: Count
    responders_of: Count
    responder_definition: str
    p_value: str

    @property
    def source_key(self) -> str:
        return self.study

    def counts(self) -> tuple[int, int] | None:
        if self.responders_n is None or self.responders_of is None:
            return None
        return self.responders_n, self.responders_of


class Complication(Row):
    """One study and complication. ``percent`` from 0 to 100, as printed by the source."""

    study: str
    locator: str
    procedure: str
    complication: str
    term_as_reported: str
    events_n: Count
    at_risk_n: Count
    percent: Number
    denominator_kind: str
    timing: str
    severity: str
    resolved: str

    @property
    def source_key(self) -> str:
        return self.study

    @property
    def second_hand(self) -> bool:
        """Whether the figure was read in another paper's table, not in the study itself."""
        return self.note.startswith("Secondary source")

    def counts(self) -> tuple[int, int] | None:
        if self.events_n is None or self.at_risk_n is None:
            return None
        return self.events_n, self.at_risk_n


class Fact(Row):
    """A statement in our words, with the value it rests on as the source prints it."""

    topic: str
    statement: str
    value: str
    low: str
    high: str
    unit: str
    n: str
    source: str
    locator: str
    link: str

    @property
    def source_key(self) -> str:
        return self.source


class Muscle(Row):
    """A muscle and one of its movements: which side, which nerve, which operation reaches it."""

    muscle: str
    side_rule: str
    movement: str
    nerve_supply: str
    surgical_target: str
    source: str

    @property
    def source_key(self) -> str:
        return self.source.split(";")[0]


class Reference(BaseModel):
    """A bibliography entry, as far as pages and widgets need it."""

    model_config = ConfigDict(frozen=True)

    key: str
    authors: tuple[str, ...]
    title: str
    container: str
    year: str
    doi: str
    url: str
    complete: bool

    @property
    def label(self) -> str:
        """Short name for a reader: first author (or title) and year."""
        name = self.authors[0] if self.authors else self.title.split(":")[0]
        return f"{name} {self.year}".strip()

    @property
    def link(self) -> str:
        """The address to give readers: the DOI when there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url
