"""What can be chosen and what can be left out: C09 to C12."""

from __future__ import annotations

from collections.abc import Iterator

from widgets.conference.graph import backward, by_id, ways
from widgets.conference.linter.finding import Fault
from widgets.conference.linter.inspected import InspectedCase
from widgets.conference.model import Covers

_MUST_COVER: tuple[Covers, ...] = ("option", "uncertainty", "values")
_FEWEST_ROLES = 4


def left_out(case: InspectedCase) -> Iterator[Fault]:
    """C09: what a case needs says what it covers; every way has an option, an uncertainty, a value to leave out."""
    if case.case is None:
        return
    for place, step, choice in case.choices():
        needed = choice.worth == "sound" and step.choose == "several"
        if needed and choice.covers is None:
            yield Fault(
                "a sound choice among several needs 'covers'; say what is left out without it", place, step.id
            )
        if not needed and choice.covers is not None:
            yield Fault(
                "only a sound choice among several has 'covers'; take it out", (*place, "covers"), step.id
            )
    if any(backward(case.case)):
        return
    told: set[Covers] = set()
    for way in ways(case.case):
        met = {choice.covers for step in way for choice in step.choices}
        for covers in _MUST_COVER:
            if covers not in met and covers not in told:
                told.add(covers)
                names = " > ".join(step.id for step in way)
                yield Fault(
                    f"nothing covers '{covers}' on the way {names}; add a sound choice that does", ("steps",)
                )


def giveaways(case: InspectedCase) -> Iterator[Fault]:
    """C10: a step has something sound to choose, something to pass by, and room for all that is sound."""
    for index, step in enumerate(case.steps):
        if not step.choices:
            continue
        sound = sum(choice.worth == "sound" for choice in step.choices)
        place = ("steps", index)
        if not sound:
            yield Fault("nothing here is sound; add a choice that is", place, step.id)
        if len(step.choices) < 3 or (sound == len(step.choices) and step.stage != "team"):
            yield Fault(
                "there is nothing to pass by; offer three choices or more, not all of them sound",
                place,
                step.id,
            )
        if step.most and not sound <= step.most < len(step.choices):
            said = f"'most' is {step.most} of {len(step.choices)} with {sound} sound; leave room for what is sound, not for all"
            yield Fault(said, (*place, "most"), step.id)


def unsafe_decisions(case: InspectedCase) -> Iterator[Fault]:
    """C11: an unsafe decision meets a consequence of its own."""
    if case.case is None:
        return
    steps = by_id(case.case)
    for place, step, choice in case.choices():
        if choice.worth != "unsafe" or step.choose != "one":
            continue
        follower = steps.get(choice.next or "")
        if follower is None or follower.stage != "consequence":
            yield Fault(
                "an unsafe decision meets no consequence; lead to a step of that stage", place, step.id
            )
        elif any(other.next == choice.next for other in step.choices if other.worth == "sound"):
            yield Fault("an unsafe and a sound decision meet the same consequence; part them", place, step.id)


def voices(case: InspectedCase) -> Iterator[Fault]:
    """C12: the table has four roles or more, and each speaks for itself."""
    for index, step in enumerate(case.steps):
        if step.stage != "team":
            continue
        roles = [choice.role for choice in step.choices]
        if len(set(roles)) < _FEWEST_ROLES:
            said = f"{len(set(roles))} roles are heard; hear {_FEWEST_ROLES} or more"
            yield Fault(said, ("steps", index), step.id)
        for which, role in enumerate(roles):
            if role in roles[:which]:
                yield Fault(
                    f"the {role} speaks twice; join the two", ("steps", index, "choices", which), step.id
                )
