"""Renders the explorer: every count as a list that reads without the front end, which draws from that list."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidence import (
    Complication,
    EvidenceError,
    Outcome,
    complications,
    outcomes,
    procedures,
    references,
    studies,
)
from widgets.base.front_end import template
from widgets.base.labels import design_label, study_label
from widgets.icons import Share, drawing
from widgets.icons.markup import TEMPLATE as ICONS
from widgets.icons.markup import key
from widgets.number import page_of
from widgets.risk.catalogue import OPERATIONS, TOPICS, Case, Operation, cases

_TEMPLATE = template(Path(__file__).parent / "risk.html")
_ICONS: Any = ICONS.module


def render_explorer(opening: Mapping[str, str], root: str) -> str:
    """The markup: same evidence, same bytes.

    Args:
        opening: what is chosen first: operation, gain, harm, and the operation beside.
        root: address of the book's root, seen from the page.
    """
    return str(
        _TEMPLATE.render(
            opening=opening,
            operations=[_operation(one, root) for one in OPERATIONS],
            topics=TOPICS,
            box=drawing.view_box(100),
            full=_ICONS.icon(key(100), "currentColor"),
            hollow=_ICONS.icon(key(100), "none"),
            bar=_ICONS.interval(),
            left_out=_left_out(),
        )
    ).strip()


def links() -> dict[str, str]:
    """Where a notebook, which has no evidence pages beside it, sends a reader for each row."""
    known = references()
    return {share.row.id: known[share.row.source_key].link for one in cases() for share in one.shares}


def _operation(operation: Operation, root: str) -> dict[str, Any]:
    own = [one for one in cases() if one.operation == operation]
    unknown: dict[str, list[Case]] = {}
    for one in own:
        if one.unknown:
            unknown.setdefault(one.unknown, []).append(one)
    return {
        "key": operation.key,
        "label": operation.label,
        "tone": _TONES.get(operation.key, "none"),
        "cases": [
            {
                "topic": one.topic,
                "shares": [_share(share, root) for share in one.shares],
                "shared": one.shared_people,
            }
            for one in own
            if one.shares
        ],
        "unknown": unknown,
    }


_TONES = {
    "spd": "spd",
    "dbs-gpi": "dbs-gpi",
    "dbs-stn": "dbs-stn",
    "pallidotomy": "lesion",
    "ultrasound": "lesion",
}


def _share(share: Share, root: str) -> dict[str, Any]:
    entry = share.row
    assert isinstance(entry, (Complication, Outcome))  # the catalogue takes nothing else
    counted = (
        entry.term_as_reported if isinstance(entry, Complication) else f"{entry.measure} ({entry.scale})"
    )
    return {
        "href": f"{root}{page_of(entry)}.html#{entry.id}",
        "printed": share.printed,
        "counted": counted,
        "hundred": _of_a_hundred(share),
        "about": _about(entry),
    }


def _of_a_hundred(share: Share) -> str:
    try:
        whole = str(share.icons(100))
    except EvidenceError:
        whole = "fewer than 1" if share.percent < 1 else "more than 99"
    if share.low is None or share.high is None:
        return f"{whole} of 100, no interval"
    low, high = share.bound(share.low, 100), share.bound(share.high, 100)
    return f"{whole} of 100 ({low} to {high})"


def _about(entry: Complication | Outcome) -> str:
    """Which study, whom it counts, when, and how it was read."""
    if isinstance(entry, Complication):
        time = {"": "time not in the text read", "any": "at any time"}.get(entry.timing, entry.timing)
    else:
        months = entry.followup_months
        time = "time not in the text read" if months is None else f"{months.normalize():f} months"
    parts = [
        ", ".join(part for part in (study_label(entry.study), design_label(entry.study)) if part),
        studies()[entry.study].who or procedures()[entry.procedure].who,
        time,
        "second-hand" if entry.second_hand else "",
    ]
    return ". ".join(part[0].upper() + part[1:] for part in parts if part) + "."


def _left_out() -> dict[str, list[str]]:
    """The reasons for leaving rows out, and the studies that each concerns."""
    found: dict[str, list[str]] = {}
    entries: tuple[Outcome | Complication, ...] = (*outcomes(), *complications())
    for entry in entries:
        if entry.left_out:
            names = found.setdefault(entry.left_out, [])
            if (name := study_label(entry.study)) not in names:
                names.append(name)
    return found
