"""Which muscle can make which posture, on which side: the muscle table of the evidence, in terms of a drawing.

Sides, movements, nerves and targets are read out of `evidence.muscles`. What the table does not hold, where a muscle
ends, follows the rule of attachment of the chapter on anatomy and postures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeVar

from evidence import Muscle, conflicts, muscles, references

Plane = Literal["turn", "tilt", "back", "forward", "shoulder"]
Level = Literal["head", "neck"]
Certainty = Literal["settled", "weak", "disputed"]

_PLANES: dict[str, Plane] = {
    "rotation": "turn",
    "tilt": "tilt",
    "extension": "back",
    "flexion": "forward",
    "shoulder elevation": "shoulder",
}
_SIDES = {"ipsilateral": 1, "contralateral": -1, "bilateral": 0}
#: Ends on the skull or C1: moves the head. Ends lower: moves the neck. From the trunk to the skull, or to both: either.
_LEVELS: dict[str, tuple[Level, ...]] = {
    "sternocleidomastoid": ("head",),
    "splenius-capitis-rotation": ("head", "neck"),
    "splenius-capitis-tilt": ("head",),
    "splenius-capitis-extension": ("head", "neck"),
    "semispinalis-capitis": ("head", "neck"),
    "semispinalis-cervicis": ("neck",),
    "longissimus-capitis-and-cervicis": ("head", "neck"),
    "obliquus-capitis-inferior": ("head",),
    "rectus-capitis-posterior": ("head",),
    "levator-scapulae-tilt": ("head", "neck"),
    "levator-scapulae-rotation": ("neck",),
    "trapezius": ("head", "neck"),
    "scalenes": ("neck",),
    "longus-colli-flexion": ("neck",),
    "longus-colli-rotation": ("neck",),
    "longus-colli-and-capitis": ("head", "neck"),
    "longus-capitis": ("head",),
}
#: The band of the drawing that stands for a muscle.
_BANDS = {
    "sternocleidomastoid": "scm",
    "splenius": "splenius",
    "semispinalis": "semispinalis",
    "longissimus": "longissimus",
    "obliquus": "short",
    "rectus": "short",
    "levator": "levator",
    "trapezius": "trapezius",
    "scalenes": "scalenes",
    "longus": "longus",
}
#: Where sources disagree about the side, in a reader's words; the rows are those of `evidence.conflicts`.
DISPUTES = {
    "Semispinalis capitis": "A dystonia teaching page: own side. Student notes: slightly to the other.",
    "Trapezius (upper)": "An anatomy text: the face turns away. A dystonia teaching page: own side.",
    "Longus colli": "Anatomy texts: the opposite side. PET/CT found the same side active.",
    "Longus colli and capitis": "PET/CT found the same side active. Anatomy texts: longus colli turns to the opposite side.",
}
REACHES = {
    "posterior": "Posterior rami or upper roots, from behind",
    "accessory": "Accessory-nerve branches, at the side of the neck",
    "other": "Another route: anterior rami, or cutting the muscle",
    "none": "No peripheral operation read",
}
Reach = Literal["posterior", "accessory", "other", "none"]


@dataclass(frozen=True)
class Action:
    """One muscle and one movement. ``side``: 1 to its own side, -1 to the other, 0 both sides together."""

    row: Muscle
    side: int
    planes: tuple[Plane, ...]
    levels: tuple[Level, ...]
    certainty: Certainty
    reach: Reach
    band: str

    @property
    def dispute(self) -> str:
        """Where sources disagree about the side, or why little rests on this row; empty when neither."""
        if self.certainty == "disputed":
            return DISPUTES[self.row.muscle]
        return "Weak, or from a low-grade source." if self.certainty == "weak" else ""

    @property
    def link(self) -> str:
        """Address of the first source, for a notebook without the book."""
        return references()[self.row.source_key].link or self.row.read_at


_Value = TypeVar("_Value")


def _by_start(table: Mapping[str, _Value], row: Muscle) -> _Value:
    for start, value in table.items():
        if row.id.startswith(start):
            return value
    raise LookupError(
        f"muscles.csv: {row.id!r} has no place in widgets/posture/anatomy.py; add where it ends"
    )


def _certainty(row: Muscle) -> Certainty:
    if any(row.id in one.rows for one in conflicts() if one.question.startswith("To which side")):
        return "disputed"
    return "weak" if re.search(r"\b(?:weak|one teaching page)\b", row.movement) else "settled"


def _reach(row: Muscle) -> Reach:
    if row.surgical_target.startswith("none read"):
        return "none"
    if "accessory" in row.nerve_supply:
        return "accessory"
    return "other" if "anterior rami" in row.nerve_supply else "posterior"


def _action(row: Muscle) -> Action:
    movement = row.movement.split("(")[0]
    planes = tuple(plane for word, plane in _PLANES.items() if word in movement)
    if not planes:
        raise LookupError(f"muscles.csv: {row.id!r} moves in no plane we know: {row.movement!r}")
    return Action(
        row,
        _SIDES[row.side_rule],
        planes,
        _by_start(_LEVELS, row),
        _certainty(row),
        _reach(row),
        _by_start(_BANDS, row),
    )


@cache
def actions() -> tuple[Action, ...]:
    """Every muscle and movement of the evidence, in its order."""
    return tuple(_action(row) for row in muscles())


def suspects(plane: Plane, level: Level | None) -> list[Action]:
    """What can make a movement at a level (None: any), the undisputed first."""
    found = [one for one in actions() if plane in one.planes and (level is None or level in one.levels)]
    return sorted(found, key=lambda one: ["settled", "weak", "disputed"].index(one.certainty))
