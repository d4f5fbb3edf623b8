"""A decision worksheet: all options in equal detail, what matters, what is unsure, and a sheet to take along.

>>> from widgets.worksheet import worksheet
>>> worksheet()  # doctest: +SKIP
Worksheet('sessions/deciding-worksheet')
"""

from __future__ import annotations

from pathlib import Path

import traitlets

from widgets.base.front_end import FrontEnd
from widgets.worksheet import model
from widgets.worksheet.content import ContentError, read
from widgets.worksheet.markup import render_worksheet

__all__ = ["ContentError", "Worksheet", "load", "worksheet"]

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
PAGE = "sessions/deciding-worksheet"


class Worksheet(FrontEnd, folder=Path(__file__).parent):
    """The worksheet whose answers are a trait; the front end keeps them."""

    answers = traitlets.Dict(
        help="Saved answers: the key of a thing asked, to what was chosen or written"
    ).tag(sync=True)


def load(page: str = PAGE) -> model.Worksheet:
    """The content of the worksheet that lies beside a page below chapters/.

    Raises ContentError, one line for each mistake.
    """
    name = f"{page}.options.yml"
    return read(CHAPTERS / name, model.Worksheet, f"chapters/{name}")


def worksheet(page: str = PAGE, root: str = "../") -> Worksheet:
    """The decision worksheet of a page; `root` is the address of the book's root, seen from the page."""
    return Worksheet(name=page, markup=render_worksheet(load(page), root))
