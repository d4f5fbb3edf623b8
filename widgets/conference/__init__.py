"""A case conference in steps: ask, examine, order, hear the team, decide, counsel, meet the consequence.

>>> from widgets.conference import conference
>>> conference("evaluation/cases/tardive-anterocollis")  # doctest: +SKIP
Conference('evaluation/cases/tardive-anterocollis')
"""

from __future__ import annotations

import re
from pathlib import Path

import traitlets

from widgets.base.front_end import FrontEnd
from widgets.conference.markup import render_case
from widgets.conference.model import Case
from widgets.conference.reader import CaseError, read

__all__ = ["Case", "CaseError", "Conference", "conference", "load"]

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


class Conference(FrontEnd, folder=Path(__file__).parent):
    """A case whose path and score are traits; the front end keeps them."""

    answers = traitlets.Dict(help="The path: '<name of the case>@<hash>' to its state").tag(sync=True)
    score = traitlets.Int(0, help="What the case needed and got, on the path so far").tag(sync=True)
    possible = traitlets.Int(0, help="What the case needed, on the path so far").tag(sync=True)
    completed = traitlets.Bool(False, help="Whether an end was reached").tag(sync=True)


def load(name: str) -> Case:
    """A case, named by its path below chapters/ without suffix.

    Raises CaseError, one line for each mistake in the case, or when there is no such case.
    """
    if not re.fullmatch(r"[\w-]+(/[\w-]+)*", name):
        raise CaseError(f"no case is called {name!r}; give its path below chapters/ without suffix")
    return read(CHAPTERS / f"{name}.case.yml", shown_as=f"chapters/{name}.case.yml")


def conference(name: str) -> Conference:
    """The conference on a case.

    Raises CaseError for a mistake in the case.
    """
    return Conference(name=name, markup=render_case(name.rsplit("/", 1)[-1], load(name)))
