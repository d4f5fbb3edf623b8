"""A button that counts: the smallest widget that keeps what a reader does.

>>> from book.new.tally import tally
>>> tally("visits", "Visits to the clinic")
Tally('visits')
"""

from __future__ import annotations

from pathlib import Path

import traitlets

from widgets.base.front_end import FrontEnd, template

__all__ = ["Tally", "tally"]

_FOLDER = Path(__file__).parent
TEMPLATE = template(_FOLDER / "tally.html")


class Tally(FrontEnd, folder=_FOLDER):
    """A count that a reader raises by one; the front end keeps it."""

    answers = traitlets.Dict(help="'count' to a whole number from 0").tag(sync=True)


def tally(name: str, label: str) -> Tally:
    """A tally under a heading.

    Args:
        name: unique among the tallies of the course; what is kept is kept under it.
        label: what is counted, for a reader.
    """
    return Tally(name=name, markup=TEMPLATE.render(label=label).strip())
