"""An educator's look at a class: which questions were hard, which ones tell learners apart, what was chosen.

>>> from widgets.classroom import classroom
>>> classroom()  # doctest: +SKIP
Classroom('class')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from widgets.base.front_end import template
from widgets.classroom.item_analysis import LEAST_LEARNERS, LEAST_OTHERS
from widgets.progress.banks import AsksForBanks
from widgets.progress.contents import found_parts, read_contents
from widgets.quiz.model import DIFFICULTIES
from widgets.table import Column, table

__all__ = ["Classroom", "classroom"]

_FOLDER = Path(__file__).parent
COLUMNS = (
    Column("question", "Question"),
    Column("chapter", "Chapter", choose=True),
    Column("learners", "Learners", number=True),
    Column("right", "Right, %", number=True),
    Column("discrimination", "Discrimination", number=True),
    Column("chosen", "What was chosen"),
)


class Classroom(AsksForBanks, folder=_FOLDER):
    """Several learners' saved files, opened together; it keeps nothing of them."""


def classroom(
    parts: Mapping[str, Sequence[str]] | None = None, address: Callable[[str], str] = lambda name: ""
) -> Classroom:
    """The look at a class; arguments and errors are those of `widgets.progress.progress`."""
    markup = template(_FOLDER / "classroom.html").render(
        contents=read_contents(found_parts() if parts is None else parts, address),
        table=table("class", COLUMNS, [], caption="Questions of the class").markup,
        least_learners=LEAST_LEARNERS,
        least_others=LEAST_OTHERS,
        difficulties=DIFFICULTIES,
    )
    return Classroom(name="class", markup=markup)
