"""Renders a selection as HTML that reads without the front end, and packs what the front end needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from markupsafe import Markup

from evidence import Complication, references
from evidence.pooling import Pooled, overlaps_among
from evidence.pooling.designs import design_of
from evidence.pooling.selection import Poolable, people
from widgets.base.front_end import template
from widgets.base.labels import procedure_label, study_label, tone
from widgets.forest import wording
from widgets.forest.catalogue import PRESETS, Question, months, questions, topic_label
from widgets.forest.drawing import Axis, Drawn, axis
from widgets.forest.selection import Selection, figure
from widgets.number import page_of

_TEMPLATE = template(Path(__file__).parent / "forest.html")
_NOWHERE = Drawn("0%", "0%", "0%", False, False)
_BETTER = "0 = no change · better →"
#: How a measure is headed: the numbers, the drawing, and the ending of its name in a list of choices.
HEADINGS = {
    "percent_improvement": "Gain (95 % interval)",
    "mean_change": "Gain (95 % interval)",
    "proportion": "It happened to (95 % interval)",
}
DIRECTIONS = {
    "percent_improvement": _BETTER,
    "mean_change": _BETTER,
    "proportion": "of 100 people →",
}
CHOICES = {"percent_improvement": ", in percent", "mean_change": ", in points", "proportion": ""}


def render_selection(chosen: Selection, root: str) -> str:
    """The markup of a selection: same selection, same bytes.

    Args:
        chosen: what is shown first.
        root: the address of the book's root, seen from the page.
    """
    pooled = chosen.pooled
    measure = chosen.question.measure
    scale = wording.Scale(measure)
    drawn_on = axis(chosen.question)
    weights = {study.row: study.weight for study in pooled.studies} if pooled else {}
    return _TEMPLATE.render(
        tone=tone(chosen.question.procedure),
        measure=measure,
        methods=wording.METHODS,
        headline=wording.headline(chosen),
        caption=wording.caption(chosen),
        heading=HEADINGS[measure],
        direction=DIRECTIONS[measure],
        zero=drawn_on.place(0),
        rows=[_row(chosen, row, drawn_on, weights.get(row.id), root) for row in chosen.listed],
        blank=_BLANK,
        pooled=_pooled(pooled, scale, drawn_on) if pooled else _NO_ESTIMATE,
        ticks=_ticks(drawn_on),
        may=wording.may_conclude(chosen, pooled) if pooled else [],
        may_not=wording.may_not_conclude(chosen, pooled),
        without=wording.without_one(chosen, pooled) if pooled else [],
        how=wording.how(chosen, pooled),
        data=_data(chosen, root),
    ).strip()


_BLANK: dict[str, Any] = {
    "counted": True,
    "href": "#",
    **dict.fromkeys(("label", "printed", "why", "months", "people", "effect", "weight"), ""),
    "drawn": _NOWHERE,
    "size": 0,
}
_NO_ESTIMATE: dict[str, Any] = {
    **dict.fromkeys(("people", "effect", "ahead"), ""),
    "width": "0%",
    "box": "0 0 1 10",
    "path": "",
    "drawn": _NOWHERE,
    "ahead_drawn": _NOWHERE,
}


def _row(chosen: Selection, row: Poolable, drawn_on: Axis, weight: float | None, root: str) -> dict[str, Any]:
    value, low, high = wording.interval_of(chosen, row)
    counted = row in chosen.counted
    at = months(row)
    return {
        "counted": counted,
        "href": f"{root}{page_of(row)}.html#{row.id}",
        "label": study_label(row.study),
        "printed": printed(row),
        "why": "" if counted else _why_left_out(chosen, row),
        "months": "" if at is None else f"{at:g}",
        "people": people(row),
        "effect": wording.effect_in_words(chosen, row),
        "drawn": drawn_on.drawn(value, low, high),
        "size": mark_size(weight),
        "weight": "\u2013"
        if not counted
        else ""
        if weight is None
        else f"{wording.rounded(100 * weight, 0)}\u00a0%",
    }


def _share(weight: float | None) -> str:
    return "" if weight is None else f"{wording.rounded(100 * weight, 0)}\u00a0%"


def _why_left_out(chosen: Selection, row: Poolable) -> str:
    for pair in overlaps_among({row.study, *(one.study for one in chosen.counted)}):
        sides = {pair.study_a, pair.study_b}
        if row.study in sides and len(sides - {row.study}) == 1:
            return wording.say(f"left_{pair.certainty}", study_label(*(sides - {row.study})))
    return wording.say("left")


def mark_size(weight: float | None) -> float:
    """Side of a study's square, in pixels: its area follows the weight."""
    return 6 if weight is None else round(4 + 12 * weight**0.5, 1)


def printed(row: Poolable) -> str:
    """What was measured or counted, in the source's words."""
    parts = (row.term_as_reported, row.timing) if isinstance(row, Complication) else (row.measure,)
    return "; ".join(part for part in parts if part)


def _pooled(pooled: Pooled, scale: wording.Scale, drawn_on: Axis) -> dict[str, Any]:
    low, high = (min(max(end, drawn_on.low), drawn_on.high) for end in (pooled.ci_low, pooled.ci_high))
    at = min(max(pooled.estimate, drawn_on.low), drawn_on.high)
    width = high - low or 1e-9
    return {
        "people": pooled.people,
        "effect": f"{scale.full(pooled.estimate)} {scale.bounds(pooled.ci_low, pooled.ci_high)}",
        "drawn": drawn_on.drawn(pooled.estimate, low, high),
        "width": f"{100 * width / (drawn_on.high - drawn_on.low):.2f}%",
        "box": "0 0 100 10",
        "path": f"M0 5 {100 * (at - low) / width:.1f} 0 100 5 {100 * (at - low) / width:.1f} 10z",
        "ahead": scale.range(pooled.prediction_low, pooled.prediction_high),
        "ahead_drawn": drawn_on.drawn(pooled.estimate, pooled.prediction_low, pooled.prediction_high),
    }


def _ticks(drawn_on: Axis) -> list[dict[str, str]]:
    return [
        {"at": drawn_on.place(value), "label": f"{value:g}".replace("-", "\u2212")}
        for value in drawn_on.ticks
    ]


def _data(chosen: Selection, root: str) -> Markup:
    """Everything a reader may choose among, as JSON that cannot end its script element."""
    studies = sorted({row.study for question in questions() for row in question.rows})
    data = {
        "root": root,
        "questions": [_question(question) for question in questions()],
        "studies": {key: study_label(key) for key in studies},
        "overlaps": overlaps_among(set(studies)),
        "procedures": {
            key: [procedure_label(key), tone(key)]
            for key in dict.fromkeys(one.procedure for one in questions())
        },
        "presets": [
            [one.group, one.label, index_of(one.measure, one.procedure, one.topic), one.months, one.leave_out]
            for one in PRESETS
        ],
        "preset": _preset(chosen),
        "opening": as_trait(chosen),
        "words": wording.WORDS,
        "methods": wording.METHODS,
        "headings": HEADINGS,
        "directions": DIRECTIONS,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def links() -> dict[str, str]:
    """Where a notebook, which has no evidence pages beside it, sends a reader for each study."""
    keys = {row.study for question in questions() for row in question.rows}
    return {key: entry.link for key, entry in references().items() if key in keys}


def _preset(chosen: Selection) -> int | str:
    """The place of the preset that is shown, empty when it is none of them."""
    for place, one in enumerate(PRESETS):
        question = questions()[index_of(one.measure, one.procedure, one.topic)]
        if Selection(question, one.months, leave_out=one.leave_out) == chosen:
            return place
    return ""


def index_of(measure: str, procedure: str, topic: str) -> int:
    """The place of a question among those offered.

    Raises:
        LookupError: when it is not offered.
    """
    for index, question in enumerate(questions()):
        if (question.measure, question.procedure, question.topic) == (measure, procedure, topic):
            return index
    offered = "; ".join(f"{one.measure} {one.procedure} {one.topic}" for one in questions())
    raise LookupError(f"the evidence has no rows for {measure} {procedure} {topic}; choose from: {offered}")


def _question(question: Question) -> dict[str, Any]:
    return {
        "measure": question.measure,
        "procedure": question.procedure,
        "topic": question.topic,
        "label": topic_label(question),
        "choice": topic_label(question) + CHOICES[question.measure],
        "axis": axis(question),
        "page": page_of(question.rows[0]),
        "unfit": len(question.left_out),
        "rows": [_packed(row, question) for row in question.rows],
    }


def _packed(row: Poolable, question: Question) -> list[Any]:
    """A row for the page: id, study, months, people, figure, marks, words.

    The marks: t for a trial, e where those enrolled are counted, s for second-hand.
    """
    marks = ("t" * (design_of(row) == "trial"), "e" * wording.enrolled_only(row), "s" * row.second_hand)
    return [row.id, row.study, months(row), people(row), figure(row, question), "".join(marks), printed(row)]


def as_trait(chosen: Selection) -> dict[str, Any]:
    """A selection as plain values, in the words of `evidence.pooling.pool`."""
    return {
        "measure": chosen.question.measure,
        "procedure": chosen.question.procedure,
        "topic": chosen.question.topic,
        "months": list(chosen.months),
        "design": chosen.design,
        "minimum_people": chosen.minimum_people,
        "leave_out": list(chosen.leave_out),
        "accept": list(chosen.accept),
        "assumed_sd": chosen.assumed_sd,
        "tau2": chosen.tau2,
        "interval": chosen.interval,
    }
