"""Simulated cases: a posture, its course in time, and the key. Same seed, same case, here and in the page (rating.js).

No case is a person. Sizes are drawn at random, away from the cut points of the scale, so that an eye can decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from widgets.base.chance import seeded_random
from widgets.head.severity import BEND_CUTS, DURATION_CUTS, RELIEF_CUTS, SHIFT_FROM, SHOULDER_CUTS, cuts

#: How far the simulation goes in each plane, and how far it can be asked to go the other way. Our own counts.
LIMITS = {"turn": 90, "tilt": 50, "bend": 58}
FULL = {"turn": 80, "tilt": 45, "bend": 50}
CASES = 10

WORDS = {
    "rotation": "Rotation of {0}° to the {1}.",
    "laterocollis": "Tilt of {0}° to the {1}.",
    "bend": "Bent {0}° {1}.",
    "lateral": "The neck leans {0}° to the {1} and the head as far the other way.",
    "sagittal": "The neck leans {0}° {1} and the head as far the other way.",
    "straight": "None.",
    "shoulder": "The {1} shoulder raised by {0} % of what the simulation can lift.",
    "level": "The shoulders are level.",
    "full": "Deviated for {0} % of the time, mostly to the full.",
    "short": "Deviated for {0} % of the time, mostly short of the full.",
    "trick": "A touch takes away {0} % of the posture.",
    "past": "Asked to go the other way from {1}°, the head gets {0}° past the midline, of {2}° that it could.",
    "before": "Asked to go the other way from {1}°, the head stops {0}° before the midline.",
    "time": "Within 10° of neutral for {0} s.",
    "on": "Within 10° of neutral to the end of the film, over 60 s.",
}


@dataclass(frozen=True)
class Case:
    """Degrees are positive to the right and forward. ``share``, ``relief`` and ``shoulder`` are percentages."""

    main: str
    turn: int
    tilt: int
    bend: int
    lateral: int
    sagittal: int
    shoulder: int
    raised: str
    share: int
    full: bool
    relief: int
    reach: int
    held: int
    tremor: int
    turnAt: str  # noqa: N815 - the names are those of the page
    tiltAt: str  # noqa: N815
    bendAt: str  # noqa: N815

    @property
    def size(self) -> int:
        """Degrees of the main movement."""
        return abs(int(getattr(self, self.main)))


def _bounds(plane: str) -> tuple[int | None, ...]:
    name = {"turn": "rotation", "tilt": "laterocollis", "bend": "bend"}[plane]
    return cuts()[name]  # type: ignore[return-value]


def case_of(seed: str, place: int) -> Case:
    """The case at a place (from 1) of a series."""
    draw = seeded_random(f"{seed}/{place}")

    def pick(low: int, high: int) -> int:
        return low + floor(draw() * (high - low + 1))

    main = ("turn", "turn", "turn", "turn", "tilt", "tilt", "bend")[pick(0, 6)]
    signed: dict[str, int] = {}
    where: dict[str, str] = {}
    for plane, limit in LIMITS.items():
        bounds = _bounds(plane)
        points = pick(2, len(bounds)) if plane == main else max(0, pick(-1, 2))
        low = (bounds[points - 2] or 0) if points > 1 else 0
        high = bounds[points - 1] or limit if points else 0
        size = pick(low + 4, high - 3) if points else 0
        signed[plane] = size * (1 if pick(0, 1) else -1)
        where[plane] = ("head", "neck", "both")[pick(0, 2)]
    shifts = []
    for plane in ("tilt", "bend"):
        size = pick(18, 30) * (1 if pick(0, 1) else -1)
        shifts.append(size if pick(0, 2) == 0 and not signed[plane] else 0)
    raised = max(0, pick(-2, 3))
    shoulder = (0, 17, 50, 85)[raised] + (pick(-6, 6) if raised else 0)
    side = "right" if pick(0, 1) else "left"
    share = (15, 38, 62, 88)[pick(0, 3)] + pick(-6, 6)
    full = pick(0, 1) == 1
    low, high = ((95, 100), (40, 80), (0, 20))[pick(0, 2)]
    relief = pick(low, high)
    size, most = abs(signed[main]), FULL[main]
    going = pick(0, 4)
    if going == 3 and size < 30:
        going = 2
    reach = (
        -most,
        -pick(20, most - 15),
        pick(-6, 6),
        pick(floor(size * 0.45), floor(size * 0.7)),
        size - pick(0, 3),
    )[going]
    low = 64 - 15 * pick(1, 4)
    long = pick(0, 4) == 0
    held = 66 if long else pick(low, low + 8)
    tremor = max(0, pick(-4, 5))
    return Case(
        main,
        signed["turn"],
        signed["tilt"],
        signed["bend"],
        shifts[0],
        shifts[1],
        shoulder,
        side,
        share,
        full,
        relief,
        reach,
        held,
        tremor,
        where["turn"],
        where["tilt"],
        where["bend"],
    )


def _points(value: int, bounds: tuple[int | None, ...]) -> int:
    """How many steps a size has entered: 0 for none, then the step whose bound it does not pass."""
    if value == 0:
        return 0
    return next(step for step, most in enumerate(bounds, start=1) if most is None or abs(value) <= most)


def key_of(case: Case) -> dict[str, int]:
    """The points of every item; the duration factor not yet doubled."""
    seconds = cuts()["seconds"]
    assert isinstance(seconds, tuple)
    if case.size - case.reach <= 5:
        motion = 4
    elif case.reach <= 5 - FULL[case.main]:
        motion = 0
    else:
        motion = 1 if case.reach < -10 else 2 if case.reach <= 10 else 3
    return {
        "rotation": _points(case.turn, _bounds("turn")),
        "laterocollis": _points(case.tilt, _bounds("tilt")),
        "bend": _points(case.bend, BEND_CUTS),
        "lateral": int(abs(case.lateral) >= SHIFT_FROM),
        "sagittal": int(abs(case.sagittal) >= SHIFT_FROM),
        "duration": _points(case.share, DURATION_CUTS) + int(case.full),
        "trick": 0 if case.relief >= RELIEF_CUTS[0] else 1 if case.relief >= RELIEF_CUTS[1] else 2,
        "shoulder": _points(case.shoulder, SHOULDER_CUTS),
        "range": motion,
        "time": 0 if case.held > 60 else 1 + sum(case.held < low for low in seconds),
    }


def words_of(case: Case) -> dict[str, str]:
    """What an eye would see, item by item, in words: the angles are given away, only the arithmetic is left."""

    def say(name: str, *values: object) -> str:
        return WORDS[name].format(*values)

    def aside(name: str, value: int, right: str = "right", left: str = "left") -> str:
        return say(name, abs(value), right if value > 0 else left) if value else WORDS["straight"]

    return {
        "rotation": aside("rotation", case.turn),
        "laterocollis": aside("laterocollis", case.tilt),
        "bend": aside("bend", case.bend, "forward", "backward"),
        "lateral": aside("lateral", case.lateral),
        "sagittal": aside("sagittal", case.sagittal, "forward", "backward"),
        "duration": say("full" if case.full else "short", case.share),
        "trick": say("trick", case.relief),
        "shoulder": say("shoulder", case.shoulder, case.raised) if case.shoulder else WORDS["level"],
        "range": say("past" if case.reach < 0 else "before", abs(case.reach), case.size, FULL[case.main]),
        "time": WORDS["on"] if case.held > 60 else say("time", case.held),
    }
