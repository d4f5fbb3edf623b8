"""A rating trainer: a simulated head moves, a learner scores it, then sees the key and how far the two agree.

>>> from widgets.rating import rating
>>> rating("disorder/measuring-severity")  # doctest: +SKIP
Rating('disorder/measuring-severity')
"""

from __future__ import annotations

from pathlib import Path

import traitlets

from widgets.base.front_end import FrontEnd
from widgets.rating.markup import render_trainer

__all__ = ["Rating", "rating"]


class Rating(FrontEnd, folder=Path(__file__).parent):
    """The trainer as a widget. ``answers`` holds each rating under ``"<seed>/<place>"``, and where one is in ``"#place"``."""

    answers = traitlets.Dict(help="The learner's ratings").tag(sync=True)


def rating(name: str = "rating", *, root: str = "../") -> Rating:
    """A trainer for the severity part of the Toronto Western scale.

    Args:
        name: unique among the trainers of the book; ratings are kept under it.
        root: address of the book's root, seen from the page.
    """
    return Rating(name=name, markup=render_trainer(name, root))
