"""An operation stepped through: what is exposed, what is cut or placed, what must not be hurt, and what now.

>>> from widgets.steps import steps
>>> steps("procedures/bertrand")  # doctest: +SKIP
Steps('procedures/bertrand')
"""

from __future__ import annotations

from pathlib import Path

import traitlets

from evidence import references
from widgets.base.front_end import FrontEnd, template
from widgets.base.labels import study_label
from widgets.steps.drawing import size, stepped
from widgets.steps.model import Operation
from widgets.steps.reader import CHAPTERS, ContentError, drawing_of, operations, read

__all__ = ["ContentError", "Operation", "Steps", "load", "operations", "steps"]

_FOLDER = Path(__file__).parent


class Steps(FrontEnd, folder=_FOLDER):
    """The steps and their drawing. A page of the book has its drawing as a file; a notebook gets it with the widget."""

    drawing = traitlets.Unicode(help="SVG that shows a step when its address ends in #s and the number").tag(
        sync=True
    )


def load(name: str) -> Operation:
    """The steps in chapters/<name>.steps.yml.

    Raises ContentError, one line for each mistake.
    """
    return read(CHAPTERS / f"{name}.steps.yml", f"chapters/{name}.steps.yml")


def steps(name: str) -> Steps:
    """An operation to step through, by its path below chapters/ without ending."""
    operation = load(name)
    drawing = drawing_of(CHAPTERS / f"{name}.steps.yml")
    svg = drawing.read_text(encoding="utf-8")
    width, height = size(svg)
    markup = template(_FOLDER / "steps.html").render(
        operation=operation,
        drawing=drawing.stem,
        width=width,
        height=height,
        references=references(),
        study_label=study_label,
    )
    return Steps(name=name, markup=markup.strip(), drawing=stepped(svg))
