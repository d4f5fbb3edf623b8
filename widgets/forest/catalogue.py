"""The questions a reader may ask the forest plot, and the rows that could answer each."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, NamedTuple

from evidence import Outcome, complication_terms, complications, outcomes, procedures
from evidence.pooling.designs import design_of
from evidence.pooling.result import Measure
from evidence.pooling.scales import improvement_sign, is_global_rating
from evidence.pooling.selection import Poolable, lacks_figures, people
from evidence.source import kept

#: Families of the procedure vocabulary that are no single operation.
_NO_OPERATION = {"sham", "mixed", "background"}


class Question(NamedTuple):
    """One measure of one operation. ``topic``: the scale as the table names it, or the complication's term.

    ``rows`` have the figures the measure needs; ``left_out`` are ids of rows that have not, count something
    else than people, or pool other studies.
    """

    measure: Measure
    procedure: str
    topic: str
    rows: tuple[Poolable, ...]
    left_out: tuple[str, ...]


class Preset(NamedTuple):
    """A question that three or more studies without known shared people can answer.

    ``months``: shortest and longest follow-up. ``leave_out``: rows that would count people twice.
    """

    group: Literal["Gain", "Harm"]
    label: str
    measure: Measure
    procedure: str
    topic: str
    months: tuple[float | None, float | None] = (None, None)
    leave_out: tuple[str, ...] = ()


PRESETS = (
    Preset(
        "Gain",
        "Pallidal DBS: TWSTRS, 6 to 24 months",
        "percent_improvement",
        "dbs_gpi",
        "TWSTRS total",
        (6, 24),
    ),
    Preset(
        "Gain",
        "Pallidal DBS: TWSTRS, 3 years or longer",
        "percent_improvement",
        "dbs_gpi",
        "TWSTRS total",
        (36, None),
        ("thieme2018cd-twstrs-improved",),
    ),
    Preset(
        "Gain",
        "Pallidal DBS: severity, 2 years or longer",
        "percent_improvement",
        "dbs_gpi",
        "TWSTRS severity",
        (24, None),
        ("walsh2013-severity",),
    ),
    Preset(
        "Gain",
        "Pallidal DBS: disability, 1 year or longer",
        "percent_improvement",
        "dbs_gpi",
        "TWSTRS disability",
        (12, None),
    ),
    Preset(
        "Gain",
        "Pallidal DBS: pain, 2 years or longer",
        "percent_improvement",
        "dbs_gpi",
        "TWSTRS pain",
        (24, None),
    ),
    Preset("Harm", "Selective denervation: operated on again", "proportion", "spd", "reoperation"),
    Preset("Harm", "Selective denervation: nerve pain", "proportion", "spd", "neuropathic_pain"),
    Preset(
        "Harm",
        "Intradural rhizotomy: trouble swallowing",
        "proportion",
        "intradural_rhizotomy",
        "dysphagia",
        leave_out=("kim1998-dysphagia-more",),
    ),
    Preset("Harm", "Pallidal DBS: infected hardware", "proportion", "dbs_gpi", "infection_hardware"),
    Preset(
        "Harm",
        "DBS for any disease: infected hardware",
        "proportion",
        "dbs_all_indications",
        "infection_hardware",
    ),
    Preset(
        "Harm",
        "DBS for any disease: any hardware trouble",
        "proportion",
        "dbs_all_indications",
        "hardware_any",
    ),
)


def months(row: Poolable) -> float | None:
    """Months of follow-up, where a row prints them."""
    printed = row.followup_months if isinstance(row, Outcome) else None
    return None if printed is None else float(printed)


@kept
def questions() -> tuple[Question, ...]:
    """Every question offered, with its rows in the evidence's order; nothing is pooled yet.

    A scale that two studies or more print, never a global rating; a harm of three or more; and the whole
    TWSTRS of any operation, so that a reader sees where one study is all there is.
    """
    operations = {term for term, one in procedures().items() if one.family not in _NO_OPERATION}
    found: list[Question] = []
    scored = [row for row in outcomes() if row.procedure in operations and not is_global_rating(row.scale)]
    for measure in ("percent_improvement", "mean_change"):
        by_scale: dict[tuple[str, str], list[Poolable]] = defaultdict(list)
        for outcome in scored:
            if measure == "percent_improvement" or improvement_sign(outcome.scale) is not None:
                by_scale[outcome.procedure, outcome.scale].append(outcome)
        found += [_question(measure, *key, rows) for key, rows in by_scale.items()]
    by_harm: dict[tuple[str, str], list[Poolable]] = defaultdict(list)
    for complication in complications():
        if complication.procedure in operations:
            by_harm[complication.procedure, complication.complication].append(complication)
    harms = [_question("proportion", *key, rows) for key, rows in by_harm.items()]
    found = [one for one in found if _studies(one) >= 2 or (one.topic == "TWSTRS total" and one.rows)]
    found += [harm for harm in harms if _studies(harm) >= 3]
    return tuple(sorted(found, key=lambda one: one.procedure))


def _studies(question: Question) -> int:
    return len({row.study for row in question.rows})


def _question(measure: Measure, procedure: str, topic: str, rows: list[Poolable]) -> Question:
    fit = [
        row
        for row in rows
        if design_of(row) != "synthesis" and not lacks_figures(row, measure) and _of_people(row)
    ]
    left = tuple(row.id for row in rows if row not in fit)
    return Question(measure, procedure, topic, tuple(fit), left)


def _of_people(row: Poolable) -> bool:
    return people(row) > 0 and getattr(row, "denominator_kind", "patients") == "patients"


def topic_label(question: Question) -> str:
    """A scale by its name, a complication in words."""
    if question.measure != "proportion":
        return question.topic
    return complication_terms()[question.topic].label
