"""Renders the explorer: a table that reads without the front end, and the data that brings it to life."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from widgets.base.front_end import template
from widgets.head.severity import cuts, items
from widgets.number import page_of
from widgets.posture.anatomy import REACHES, Action, Level, Plane, actions, suspects

_TEMPLATE = template(Path(__file__).parent / "posture.html")
#: Items of the scale that a posture alone can earn.
EARNED = ("rotation", "laterocollis", "bend", "lateral", "sagittal", "shoulder")
_SIDES = {1: "right", -1: "left", 0: "both"}
#: How far one muscle moves the drawing, in degrees. Our own counts: sources give the direction, none the size.
PULLS = {"settled": 18, "weak": 6, "disputed": 0}


@dataclass(frozen=True)
class Form:
    """A basic posture, to the right where it has a side."""

    name: str
    words: str
    plane: Plane
    level: Level | None


FORMS = (
    Form("Torticaput to the right", "the head turns on the neck", "turn", "head"),
    Form("Torticollis to the right", "the neck turns on the trunk", "turn", "neck"),
    Form("Laterocaput to the right", "the head tilts on the neck", "tilt", "head"),
    Form("Laterocollis to the right", "the neck tilts on the trunk", "tilt", "neck"),
    Form("Anterocaput", "the head bends forward on the neck", "forward", "head"),
    Form("Anterocollis", "the neck bends forward on the trunk", "forward", "neck"),
    Form("Retrocaput", "the head bends back on the neck", "back", "head"),
    Form("Retrocollis", "the neck bends back on the trunk", "back", "neck"),
    Form("Raised right shoulder", "with or without a tilt", "shoulder", None),
)


def side_of(action: Action) -> str:
    """On which side, for a posture to the right."""
    return "disputed" if action.certainty == "disputed" else _SIDES[action.side]


def _data(root: str) -> Markup:
    data: dict[str, Any] = {
        "actions": [
            {
                "muscle": one.row.muscle,
                "side": one.side,
                "planes": one.planes,
                "levels": one.levels,
                "certainty": one.certainty,
                "nerve": one.row.nerve_supply,
                "target": one.row.surgical_target,
                "reach": one.reach,
                "band": one.band,
                "dispute": one.dispute,
                "href": f"{root}{page_of(one.row)}.html#{one.row.id}",
                "link": one.link,
            }
            for one in actions()
        ],
        "cuts": cuts(),
        "pulls": PULLS,
        "reaches": REACHES,
        "items": {one.key: [one.label, one.most] for one in items() if one.key in EARNED},
    }
    # "</" would end the script element.
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def render_explorer(name: str, root: str) -> str:
    """The markup of the explorer: same evidence, same bytes.

    Args:
        name: the widget’s name, unique on a page.
        root: the address of the book's root, seen from the page.
    """
    return _TEMPLATE.render(
        forms=[(form, suspects(form.plane, form.level)) for form in FORMS],
        items=[one for one in items() if one.key in EARNED],
        muscles=list(dict.fromkeys(one.row.muscle for one in actions())),
        reaches=REACHES,
        side_of=side_of,
        pulls=PULLS,
        name=name,
        root=root,
        picture="A person from the breast upwards. What it shows is told in words below.",
        data=_data(root),
    ).strip()
