"""Ways through a case: what cannot be reached (C01), what leads nowhere (C02), what no way may leave out (C08)."""

from __future__ import annotations

from collections.abc import Iterator

from widgets.conference.graph import backward, by_id, ending, reachable, ways
from widgets.conference.linter.finding import Fault
from widgets.conference.linter.inspected import InspectedCase
from widgets.conference.model import Stage
from widgets.text.wording import Location, nearest

#: What a conference does, whatever is decided; a work-up examines or orders.
_STAGES: tuple[tuple[Stage, ...], ...] = (
    ("ask",),
    ("examine", "order"),
    ("team",),
    ("decide",),
    ("counsel",),
    ("consequence",),
)


def unreachable(case: InspectedCase) -> Iterator[Fault]:
    """C01: a step that no way through the case meets."""
    # A 'next' that is mistyped or leads back cuts off what it meant: that is told once, where it stands.
    if case.case is None or any(_unknown(case)) or any(backward(case.case)):
        return
    found = reachable(case.case)
    for index, step in enumerate(case.steps):
        if step.id not in found:
            said = "no way leads to this step; name it as the 'next' of another, or take it out"
            yield Fault(said, ("steps", index), step.id)


def dead_ends(case: InspectedCase) -> Iterator[Fault]:
    """C02: a step that leads to none that exists, back, or never to an end; two steps of one name."""
    if case.case is None:
        return
    steps = by_id(case.case)
    if unknown := list(_unknown(case)):
        yield from unknown
        return
    back = list(backward(case.case))
    for step, name in back:
        index = case.steps.index(step)
        said = (
            f"leads back to '{name}', which stands above it in the file; move that step below this one, "
            "or lead on to one that stands below (a reader goes back by a button)"
        )
        yield Fault(said, ("steps", index), step.id)
    for index, step in enumerate(case.steps):
        if not back and step.id not in ending(case.case):
            yield Fault("no way from here reaches an end; lead on to one", ("steps", index), step.id)
        if steps[step.id] is not step:
            yield Fault("two steps have this id; give each its own", ("steps", index), step.id)


def _unknown(case: InspectedCase) -> Iterator[Fault]:
    """Each 'next' that names no step."""
    steps = {step.id: step for step in case.steps}
    for place, owner, name in _nexts(case):
        if name not in steps:
            yield Fault(f"there is no step '{name}'; {nearest(name, steps)}", place, owner)


def _nexts(case: InspectedCase) -> Iterator[tuple[Location, str, str]]:
    for index, step in enumerate(case.steps):
        if step.next:
            yield ("steps", index, "next"), step.id, step.next
    for place, step, choice in case.choices():
        if choice.next:
            yield (*place, "next"), step.id, choice.next


def left_out_stages(case: InspectedCase) -> Iterator[Fault]:
    """C08: on every way one asks, examines or orders, hears the team, decides, counsels, meets a consequence."""
    if case.case is None or any(backward(case.case)) or any(_unknown(case)):
        return
    told: set[tuple[Stage, ...]] = set()
    for way in ways(case.case):
        met = {step.stage for step in way}
        for stages in _STAGES:
            if not met & set(stages) and stages not in told:
                told.add(stages)
                names = " > ".join(step.id for step in way)
                said = f"nobody comes to {' or '.join(stages)} on the way {names}; add such a step to it"
                yield Fault(said, ("steps",))
