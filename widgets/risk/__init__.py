"""Guess first, then see: gains and harms of operations, of 100 people, side by side, study by study.

>>> from widgets.risk import risk
>>> risk("course", operation="spd", gain="overall", harm="swallowing")  # doctest: +SKIP
Risk('course')
"""

from __future__ import annotations

from pathlib import Path

import traitlets

from widgets.base.front_end import FrontEnd
from widgets.icons.markup import STYLE
from widgets.risk.catalogue import case
from widgets.risk.markup import links, render_explorer

__all__ = ["Risk", "risk"]


class Risk(FrontEnd, folder=Path(__file__).parent):
    """The risk explorer as a widget.

    ``answers`` holds a guess for each question, by its key (``spd/swallowing``): ``{"guess": 30}``, of 100 people,
    or ``{"guess": None}`` where the reader looked without one.
    """

    answers = traitlets.Dict(help="The reader's guesses").tag(sync=True)
    links = traitlets.Dict(help="Address of each row's study, for a notebook").tag(sync=True)


# A page links the icons' style by itself.
Risk._css = f"{Risk._css}{STYLE.read_text('utf-8')}"


def risk(
    name: str = "course",
    *,
    operation: str = "spd",
    gain: str = "overall",
    harm: str = "swallowing",
    beside: str = "",
    root: str = "../",
) -> Risk:
    """An explorer that opens with one operation, one gain and one harm, and offers all the others.

    Args:
        name: explorers of one name share their guesses, on whatever page they stand.
        operation: a key of `catalogue.OPERATIONS`.
        gain: a key of `catalogue.TOPICS` that is a gain.
        harm: a key of `catalogue.TOPICS` that is a harm.
        beside: a second operation to show beside the first.
        root: address of the book's root, seen from the page.

    Raises:
        LookupError: when one of them is not offered.
        EvidenceError: when a row that the explorer names has gone, or one that fits it has come.
    """
    for one in filter(None, (operation, beside)):
        if case(f"{one}/{gain}").topic.kind != "gain":
            raise LookupError(f"{gain!r} is no gain")
    if case(f"{operation}/{harm}").topic.kind != "harm":
        raise LookupError(f"{harm!r} is no harm")
    opening = {"operation": operation, "gain": gain, "harm": harm, "beside": beside}
    return Risk(name=name, markup=render_explorer(opening, root), links=links())
