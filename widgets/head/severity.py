"""The severity part of the Toronto Western scale as the widgets score it: cut points, and whose they are.

What the evidence prints is read out of its rows. What it leaves open is an assumption of our simulation, and every
item says so: the wording of the scale is protected and stands on its own sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evidence import ScaleItem, scale_items

#: Our own counts, for the simulation alone. No source prints them.
BEND_CUTS = (20, 40, None)
SHOULDER_CUTS = (33, 67, None)
SHIFT_FROM = 10
DURATION_CUTS = (25, 50, 75, None)
RELIEF_CUTS = (90, 30)


@dataclass(frozen=True)
class Item:
    """One item: its evidence row, how it is called here, and how the simulation finds its points."""

    key: str
    row: ScaleItem
    label: str
    judged: str
    rule: str
    ours: str

    @property
    def most(self) -> int:
        """The highest number of points."""
        if self.row.maximum is None:
            raise ValueError(f"{self.row.id}: the row prints no maximum")
        return int(self.row.maximum)

    @property
    def weight(self) -> int:
        """How often the score counts it."""
        return self.row.weight or 1


def _row(ending: str) -> ScaleItem:
    return next(row for row in scale_items() if row.id == f"twstrs-severity-{ending}")


def _degrees(row: ScaleItem) -> tuple[int | None, ...]:
    """The upper bound of each step above 0, as the row's anchors print them; None for the last, open one."""
    cuts: list[int | None] = []
    for anchor in row.anchors.split("; ")[1:]:
        found = re.search(r"(?:\d+-(\d+)|over \d+) degrees", anchor)
        if not found:
            raise ValueError(f"{row.id}: no degrees in {anchor!r}; right would be: 1 slight, 1-22 degrees")
        cuts.append(int(found[1]) if found[1] else None)
    return tuple(cuts)


def _seconds(row: ScaleItem) -> tuple[int, ...]:
    """The least seconds that earn 1, 2 and 3 points; below the last there are 4."""
    return tuple(int(low) for low in re.findall(r"[123] (\d+)-\d+ s", row.anchors))


@cache
def cuts() -> dict[str, object]:
    """What the front ends score with."""
    return {
        "rotation": (*_degrees(_row("rotation"))[:-1], None),
        "laterocollis": _degrees(_row("laterocollis")),
        "bend": BEND_CUTS,
        "shift": SHIFT_FROM,
        "shoulder": SHOULDER_CUTS,
        "duration": DURATION_CUTS,
        "relief": RELIEF_CUTS,
        "seconds": _seconds(_row("time-head-is-held")),
    }


def _steps(bounds: tuple[int | None, ...], unit: str) -> str:
    low, told = 1, []
    for points, most in enumerate(bounds, start=1):
        told.append(f"{low}–{most}{unit}: {points}" if most is not None else f"from {low}{unit}: {points}")
        low = (most or 0) + 1
    return "; ".join(told)


def _items() -> Iterator[Item]:
    rotation, tilt, held = _row("rotation"), _row("laterocollis"), _row("time-head-is-held")
    yield Item(
        "rotation",
        rotation,
        "Rotation",
        "the furthest turn",
        _steps(_degrees(rotation), "°"),
        "The simulation takes the last step as 90° and beyond.",
    )
    yield Item(
        "laterocollis",
        tilt,
        "Laterocollis",
        "the furthest tilt, shoulder left out",
        _steps(_degrees(tilt), "°"),
        "",
    )
    yield Item(
        "bend",
        _row("anterocollis-or-retrocollis"),
        "Antero- or retrocollis",
        "the one direction that is there",
        _steps(BEND_CUTS, "°"),
        "Our sources print no degrees: these are thirds of the 60° that the simulation can bend.",
    )
    for plane, from_where in (("lateral", "to the side"), ("sagittal", "forward or backward")):
        yield Item(
            plane,
            _row(f"{plane}-shift"),
            f"{plane.capitalize()} shift",
            f"the head displaced {from_where}",
            "absent: 0; present: 1",
            f"Present in the simulation when neck and head lean opposite ways, each by {SHIFT_FROM}° or more.",
        )
    yield Item(
        "duration",
        _row("duration-factor"),
        "Duration factor",
        "the share of time deviated, and whether mostly to the full",
        "under 25 % of the time: 1, or 2 if mostly to the full; 25–50 %: 2 or 3; 51–75 %: 3 or 4; more: 4 or 5",
        "Our sources print no shares: quarters are the simulation’s own.",
    )
    yield Item(
        "trick",
        _row("effect-of-sensory-tricks"),
        "Effect of a sensory trick",
        "what a touch relieves",
        "complete relief: 0; partial or limited: 1; little or none: 2",
        "In the simulation 90 % of the posture gone is complete, and under 30 % is little.",
    )
    yield Item(
        "shoulder",
        _row("shoulder-elevation-or-anterior"),
        "Shoulder",
        "raised or brought forward",
        "up to a third: 1; up to two thirds: 2; more: 3",
        "Our sources print no measure: these are thirds of what the simulation can lift. It brings no shoulder forward.",
    )
    yield Item(
        "range",
        _row("range-of-motion"),
        "Range of motion",
        "how far past the abnormal posture the head can go",
        "to the full opposite side: 0; clearly past the midline: 1; to the midline: 2; short of it: 3; hardly at all: 4",
        "0 and 4 follow our source. The steps between are ours, with 10° either way as the midline.",
    )
    yield Item(
        "time",
        held,
        "Time near neutral",
        "how long the head stays within 10° of neutral, up to 60 s",
        "over 60 s: 0; 46–60 s: 1; 31–45 s: 2; 16–30 s: 3; less: 4",
        "Our source has no place for exactly 15 s, and no case of the simulation has that.",
    )


@cache
def items() -> tuple[Item, ...]:
    """The ten items in the order of the scale."""
    return tuple(_items())
