"""Plain, typed rows of the evidence tables. No I/O.

Numbers are ``Decimal`` so that the digits stay as the source printed them; an empty cell is ``None``
and means "not in the text read", never "not measured".
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict
from typing_extensions import override


def _empty_is_none(cell: object) -> object:
    return None if cell == "" else cell


def _yes_or_no(cell: object) -> object:
    if cell not in ("yes", "no"):
        raise ValueError("yes or no is needed")
    return cell == "yes"


def _parts(cell: object) -> object:
    return tuple(cell.split(";")) if isinstance(cell, str) and cell else () if cell == "" else cell


Number = Annotated[Decimal | None, BeforeValidator(_empty_is_none)]
Count = Annotated[int | None, BeforeValidator(_empty_is_none)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
# Several keys or ids in one cell, joined by semicolons.
Many = Annotated[tuple[str, ...], BeforeValidator(_parts)]


class Entry(BaseModel):
    """One line of a table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    def known_by(self) -> str:
        """What other tables name it by; unique in its table."""
        raise NotImplementedError


class Row(Entry):
    """What every row has: a stable id, the address where it was read, and what to beware of.

    ``read_at`` is provenance and may be a mirror; readers are sent to `Reference.link`.
    """

    id: str
    read_at: str
    note: str

    @property
    @override
    def known_by(self) -> str:
        return self.id

    @property
    def source_key(self) -> str:
        """The bibliography key of the study or text behind this row."""
        raise NotImplementedError

    def counts(self) -> tuple[int, int] | None:
        """Numerator and denominator, when the source gives both."""
        return None


class Outcome(Row):
    """One study, arm, scale and follow-up.

    ``followup_months`` in months, percentages to 100 (negative: worse). ``second_hand``: some of its
    figures were read in another text than the study itself. ``gain``: the question of the risk explorer that its
    counts answer; ``left_out``: why they are not shown there.
    """

    study: str
    locator: str
    second_hand: YesNo
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
    gain: Literal["", "overall", "scale", "pain"]
    left_out: str

    @property
    @override
    def source_key(self) -> str:
        return self.study

    @override
    def counts(self) -> tuple[int, int] | None:
        if self.responders_n is None or self.responders_of is None:
            return None
        return self.responders_n, self.responders_of


class Complication(Row):
    """One study and complication. ``percent`` from 0 to 100, as printed by the source.

    ``second_hand``: the figure was read in another text than the study itself. ``left_out``: why a count that
    would enter the risk explorer is not shown there.
    """

    study: str
    locator: str
    second_hand: YesNo
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
    left_out: str

    @property
    @override
    def source_key(self) -> str:
        return self.study

    @override
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
    @override
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
    @override
    def source_key(self) -> str:
        return self.source.split(";")[0]


class Scale(Row):
    """A rating scale: its range, and which way is better."""

    name: str
    rater: str
    minimum: Number
    maximum: Number
    direction: Literal["higher-is-worse", "higher-is-worse-presumed", "lower-is-worse"]
    items: Count
    minutes: Count
    weaknesses: str
    licence: str
    sources: Many

    @property
    @override
    def source_key(self) -> str:
        return self.sources[0]


class ScaleItem(Row):
    """A part of a scale (``item`` empty) or one of its items. ``weight``: the score counts so many times."""

    scale: str
    part: str
    item: str
    minimum: Number
    maximum: Number
    weight: Count
    anchors: str
    sources: Many

    @property
    @override
    def source_key(self) -> str:
        return self.sources[0]


class ScaleFinding(Row):
    """How reliable a scale is, or which change on it matters to people."""

    scale: str
    kind: Literal["reliability", "meaningful-change"]
    measure: str
    value: Number
    low: Number
    high: Number
    unit: str
    n: str
    source: str

    @property
    @override
    def source_key(self) -> str:
        return self.source


class Study(Entry):
    """Who was studied, and how. Empty or ``unstated`` where the text read does not say.

    ``who``: whom its figures count, when not people with cervical dystonia alone.
    """

    key: str
    design: str
    prospective: Literal["yes", "no", "partly", "unstated"]
    blinded_rating: Literal["yes", "no", "partly", "unstated"]
    control: str
    country: str
    people: Count
    years: str
    cohort: str
    read_in: str
    note: str
    who: str

    @property
    @override
    def known_by(self) -> str:
        return self.key


class Conflict(Entry):
    """Where sources contradict each other or themselves, and what the course makes of it.

    ``excuses`` names the check that its rows cannot pass because the source misprints.
    """

    id: str
    kind: Literal["conflict", "caution", "misprint"]
    question: str
    sides: str
    studies: Many
    rows: Many
    handling: str
    excuses: Literal["", "percentage", "followed"]

    @property
    @override
    def known_by(self) -> str:
        return self.id


class Gap(Entry):
    """What is missing, and what that means for a reader.

    ``whose``: of the field, as the sources in ``said_by`` say; or ours, so far as was searched and read.
    """

    id: str
    topic: str
    missing: str
    consequence: str
    whose: Literal["field", "ours"]
    said_by: Many

    @property
    @override
    def known_by(self) -> str:
        return self.id


class QueueEntry(Entry):
    """A text to be looked at or read in full, or one that was left out.

    ``source``: its bibliography key; what has none carries its record itself. ``part``: what of it should be read.
    ``changes``: pages whose text it could change, as their names below ``chapters``.
    """

    id: str
    source: str
    authors: str
    title: str
    container: str
    year: str
    doi: str
    pmid: str
    url: str
    state: Literal["to-screen", "to-read", "left-out"]
    part: str
    why: str
    settles: str
    changes: Many
    reason: Literal["", "other-condition", "other-matter", "no-figure", "same-people", "not-to-be-had"]
    found: str
    added: str
    note: str

    @property
    @override
    def known_by(self) -> str:
        return self.id


class Procedure(Entry):
    """A term of the procedure vocabulary.

    ``operation``: the operation of the risk explorer that its rows count for. ``who``: whom they count, when not
    people with cervical dystonia alone.
    """

    term: str
    label: str
    family: str
    meaning: str
    operation: str
    who: str

    @property
    @override
    def known_by(self) -> str:
        return self.term


class ComplicationTerm(Entry):
    """A term of the complication vocabulary; ``question``: the one of the risk explorer that its rows answer."""

    term: str
    label: str
    group: str
    question: str

    @property
    @override
    def known_by(self) -> str:
        return self.term


class FactTopic(Entry):
    """A topic of facts, and the page of ``chapters/evidence`` that shows it."""

    topic: str
    page: str

    @property
    @override
    def known_by(self) -> str:
        return self.topic


class Derived(Entry):
    """A value that no source prints: a pooled estimate, a difference or a ratio, worked out from rows.

    ``recipe`` holds the options of `evidence.pool` as JSON, or two figures as ``row-id:column - row-id:column``
    (``/`` for a ratio in percent).
    """

    id: str
    statement: str
    kind: Literal["pool", "figures"]
    recipe: str
    unit: str
    note: str

    @property
    @override
    def known_by(self) -> str:
        return self.id


class Reading(Entry):
    """What a second reading of a row found, and what may be said of it: a check of reading, no clinical review.

    ``time``: as printed. ``scale_of_change``: whose points a change is counted in. ``not_in_text``: columns of the
    row that no text read bears. ``settled``: the readers differed, and a third decided.
    """

    row: str
    counted: Literal[
        "people",
        "operations",
        "sides",
        "leads",
        "generators",
        "questionnaires",
        "events",
        "studies",
        "other",
        "none",
    ]
    group: Literal[
        "cervical alone",
        "cervical among others",
        "all dystonia",
        "movement disorders",
        "other",
        "not stated",
    ]
    time_kind: Literal["follow-up", "window", "at a visit", "not printed"]
    time: str
    judge: Literal["patient", "treating team", "independent", "masked", "records", "not stated"]
    change_in: Literal["none", "per cent", "points"]
    scale_of_change: str
    first_hand: YesNo
    text_read: Literal[
        "full text", "table", "abstract whole", "abstract in part", "page", "summary by others", "none"
    ]
    best_copy: str
    read_first: str
    read_again: str
    figures: Literal["confirmed", "corrected", "in part", "not found"]
    not_in_text: Many
    settled: YesNo
    note: str

    @property
    @override
    def known_by(self) -> str:
        return self.row


class BlindReading(Entry):
    """How reader 1 or 2 described a row, with the words of `Reading`; empty where the row was not found."""

    row: str
    reader: Literal["1", "2"]
    counted: str
    group: str
    time_kind: str
    judge: str
    change_in: str
    first_hand: str

    @property
    @override
    def known_by(self) -> str:
        return f"{self.row} as read by {self.reader}"


class Reference(BaseModel):
    """A bibliography entry, as far as pages and widgets need it."""

    model_config = ConfigDict(frozen=True)

    key: str
    type: str
    authors: tuple[str, ...]
    title: str
    container: str
    year: str
    doi: str
    pmid: str
    url: str
    complete: bool

    @property
    def label(self) -> str:
        """Short name for a reader: first author (or title) and year."""
        name = self.authors[0] if self.authors else self.title.split(":")[0]
        return f"{name} {self.year}".strip()

    @property
    def link(self) -> str:
        """The address to give readers, never a mirror when there is better: DOI, PubMed, then the address."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else self.url
