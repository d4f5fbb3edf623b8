"""Renders a case as HTML that can be read and printed without the front end."""

from __future__ import annotations

import hashlib
from pathlib import Path

from evidence import references
from widgets.base.front_end import template
from widgets.conference.graph import by_id
from widgets.conference.model import Case, Choice, Covers, Stage, Step, Worth

TEMPLATE = template(Path(__file__).parent / "conference.html")

STAGES: dict[Stage, str] = {
    "ask": "Ask",
    "examine": "Examine",
    "order": "Order",
    "team": "Hear the team",
    "decide": "Decide",
    "counsel": "Counsel",
    "consequence": "What follows",
}
_SEVERAL: dict[Stage, str] = {
    "ask": "Ask these",
    "examine": "Examine these",
    "order": "Order these",
    "team": "Hear them",
    "counsel": "Say these",
}
#: What a choice was worth, where several can be made and where one decides.
_AMONG_SEVERAL: dict[Worth, str] = {
    "sound": "Needed.",
    "optional": "May help.",
    "idle": "Changes nothing here.",
    "unsafe": "Harmful.",
}
_THE_ONE: dict[Worth, str] = {
    "sound": "Sound.",
    "optional": "Can be defended.",
    "idle": "Misses the point.",
    "unsafe": "Unsafe.",
}
#: What was left out, by what a choice would have covered.
LEFT_OUT: dict[Covers, str] = {
    "values": "What the person wants",
    "option": "An option",
    "uncertainty": "An uncertainty",
    "safety": "A safeguard",
    "fact": "A fact",
}


def render_case(name: str, case: Case) -> str:
    """The markup of a case called `name`: same case, same bytes."""
    return TEMPLATE.render(
        name=name,
        case=case,
        stages=STAGES,
        titles={step.id: step.title for step in case.steps},
        first=case.steps[0],
        steps=by_id(case),
        act=act,
        drawn=lambda step: drawn(name, step),
        verdict=verdict,
        left_out=LEFT_OUT,
        needed=needed(case),
        references=references(),
    ).strip()


def act(step: Step) -> str:
    """What the button says that ends a step."""
    if not step.choices:
        return "Go on"
    if step.choose == "one":
        return "Decide" if step.stage == "decide" else "Do this"
    return _SEVERAL.get(step.stage, "Do these")


def drawn(name: str, step: Step) -> list[Choice]:
    """The choices of a step in an order drawn from their ids, so that their worth does not show in their place."""
    return sorted(
        step.choices, key=lambda choice: hashlib.sha256(f"{name} {step.id} {choice.id}".encode()).digest()
    )


def verdict(step: Step, choice: Choice) -> str:
    """What a choice was worth, in words."""
    return (_THE_ONE if step.choose == "one" else _AMONG_SEVERAL)[choice.worth]


def needed(case: Case) -> dict[Covers, list[Choice]]:
    """What the case must not leave out, by what it covers."""
    choices = [choice for step in case.steps if step.choose == "several" for choice in step.choices]
    return {
        covers: [choice for choice in choices if choice.covers == covers]
        for covers in LEFT_OUT
        if any(choice.covers == covers for choice in choices)
    }
