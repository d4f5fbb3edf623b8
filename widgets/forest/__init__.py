"""A forest plot that a reader can question: other studies, times and assumptions, pooled again in the page.

>>> from widgets.forest import forest
>>> forest("outcomes/forest")  # doctest: +SKIP
Forest('outcomes/forest')
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

import traitlets

from evidence.pooling import Pooled
from evidence.pooling.random_effects import Estimator, Interval
from evidence.pooling.result import Measure
from evidence.pooling.selection import Consent
from widgets.base.front_end import FrontEnd
from widgets.forest.catalogue import PRESETS, questions
from widgets.forest.markup import as_trait, index_of, links, render_selection
from widgets.forest.selection import Months, Selection
from widgets.forest.wording import headline

__all__ = ["Forest", "forest"]


_NUMBERS = (
    "k",
    "people",
    "estimate",
    "ci_low",
    "ci_high",
    "prediction_low",
    "prediction_high",
    "tau2",
    "i2",
    "q",
)


class Forest(FrontEnd, folder=Path(__file__).parent):
    """A forest plot as a widget. In a notebook both traits follow what the reader does.

    ``selection`` has the names of `forest`'s arguments, and ``topic`` for the scale or complication.
    ``estimate`` has the numbers of `evidence.pooling.Pooled`, or ``refused``, a list of reasons.
    """

    selection = traitlets.Dict(help="What is chosen").tag(sync=True)
    estimate = traitlets.Dict(help="What follows from it").tag(sync=True)
    links = traitlets.Dict(help="Address of each study, for a notebook").tag(sync=True)


def forest(
    name: str = "forest",
    *,
    measure: Measure = "percent_improvement",
    procedure: str | None = None,
    scale: str | None = None,
    complication: str | None = None,
    months: Months = (None, None),
    design: Literal["", "series", "trial"] = "",
    minimum_people: int = 1,
    leave_out: Collection[str] = (),
    accept: Collection[Consent] = (),
    assumed_sd: float = 25,
    tau2: Estimator = "REML",
    interval: Interval = "mKH",
    root: str = "../",
) -> Forest:
    """A forest plot that opens with one question and offers all the others.

    Args:
        name: unique among the forest plots of the book.
        measure: see `evidence.pooling.pool`; complications are always a ``"proportion"``.
        procedure: a term of the procedure vocabulary; without one the first of `PRESETS` is shown.
        scale: exactly as the outcomes name it.
        complication: a term of the complication vocabulary, instead of a scale.
        months: shortest and longest follow-up; ``None`` for no bound.
        design: only series, or only trials.
        minimum_people: smallest study.
        leave_out: row ids or study keys that are listed, but not counted at first.
        accept: refusals waived at first.
        assumed_sd: standard deviation of single people's percent improvement, 10 to 40 percent points.
        tau2: estimator of the between-study variance.
        interval: see `evidence.pooling.random_effects`.
        root: address of the book's root, seen from the page.

    Raises:
        LookupError: when the evidence has no rows for this question.
        ValueError: when the assumed standard deviation is out of range.
    """
    if not 10 <= assumed_sd <= 40:
        raise ValueError(f"assumed_sd={assumed_sd}: 10 to 40 percent points can be assumed")
    if procedure is None:
        first = PRESETS[0]
        asked = (first.measure, first.procedure, first.topic)
        months, leave_out = first.months, first.leave_out
    else:
        asked = ("proportion" if complication else measure, procedure, complication or scale or "")
    question = questions()[index_of(*asked)]
    chosen = Selection(
        question,
        months,
        design,
        minimum_people,
        tuple(row.id for row in question.rows if {row.id, row.study} & set(leave_out)),
        tuple(accept),
        assumed_sd,
        tau2,
        interval,
    )
    return Forest(
        name=name,
        markup=render_selection(chosen, root),
        selection=as_trait(chosen),
        estimate=_estimate(chosen, chosen.pooled),
        links=links(),
    )


def _estimate(chosen: Selection, pooled: Pooled | None) -> dict[str, object]:
    if pooled is None:
        return {"refused": headline(chosen)}
    numbers = {name: getattr(pooled, name) for name in _NUMBERS}
    return {**numbers, "rows": list(pooled.rows)}
