"""A posture explorer: set a posture or choose muscles, see the person, the suspects, their nerves and what reaches them.

>>> from widgets.posture import posture
>>> posture("disorder/anatomy")  # doctest: +SKIP
Posture('disorder/anatomy')
"""

from __future__ import annotations

from pathlib import Path

import traitlets

from widgets.base.front_end import FrontEnd
from widgets.posture.markup import render_explorer

__all__ = ["Posture", "posture"]


class Posture(FrontEnd, folder=Path(__file__).parent):
    """The explorer as a widget. ``answers`` holds what was set, under ``"#posture"``."""

    answers = traitlets.Dict(help="What the reader has set").tag(sync=True)


def posture(name: str = "posture", *, root: str = "../") -> Posture:
    """An explorer of postures.

    Args:
        name: unique among the explorers of the book; what a reader sets is kept under it.
        root: address of the book's root, seen from the page.
    """
    return Posture(name=name, markup=render_explorer(name, root))
