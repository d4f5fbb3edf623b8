"""Reads a trace of Chromium: what the main thread of a page did, in processor time, so that other work counts little."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Event = dict[str, Any]
CATEGORIES = ("toplevel", "devtools.timeline")


def first_paint(events: list[Event]) -> Event:
    """The page's first paint with content.

    Raises:
        LookupError: when the trace tells of none.
    """
    paints = [event for event in events if event["name"] == "firstContentfulPaint"]
    if not paints:
        raise LookupError("the trace tells of no first paint")
    return max(paints, key=lambda event: float(event["ts"]))


def pieces(
    events: list[Event],
    of: Event,
    start: float,
    end: float = float("inf"),
    kinds: tuple[str, ...] = (),
) -> Iterator[float]:
    """Milliseconds of processor time of each piece of work of the main thread that an event is `of`.

    Counted are whole tasks between two moments, or within them the given kinds of work; what is under way at the
    start counts whole.

    Raises:
        LookupError: when the trace tells of no such work, which would look like none.
    """
    found = sorted(
        (
            event
            for event in events
            if (event["name"] in kinds if kinds else event["name"].endswith("RunTask"))
            and (event["pid"], event["tid"]) == (of["pid"], of["tid"])
            and start <= event["ts"] + event.get("dur", 0)
            and event["ts"] < end
        ),
        key=lambda event: (event["ts"], -event.get("dur", 0)),
    )
    if not found:
        raise LookupError("the trace tells of no work")
    until = 0.0
    for event in found:
        # A layout that a script asked for is part of that script's time.
        if event["ts"] >= until:
            took: float = event.get("dur", 0)
            yield event.get("tdur", took) / 1000
            until = event["ts"] + took
