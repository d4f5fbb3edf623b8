"""What a conference would ask about one person: what comes first, what each operation can do, what it may cost.

>>> from widgets.finder import finder
>>> finder()  # doctest: +SKIP
Finder('evaluation/person-finder')
"""

from __future__ import annotations

import re
from pathlib import Path

from widgets.base.front_end import FrontEnd, template
from widgets.decisions import chapters_with_decisions
from widgets.decisions import read as read_decisions
from widgets.decisions.model import Decision
from widgets.finder.model import Content, Finding, read_content
from widgets.finder.sheet import HEADS, HELD, MOST_NUMBERS, NEEDED, OPERATIONS, VERDICTS, Sheet, sheet
from widgets.text.held import ContentError

__all__ = ["Content", "ContentError", "Finder", "Finding", "Sheet", "finder", "load", "sheet"]

_FOLDER = Path(__file__).parent
CHAPTERS = _FOLDER.parents[1] / "chapters"
PAGE = "evaluation/person-finder"
#: A citation leads to the list of references of the decision's own chapter, and the finder leads there.
_CITED = re.compile(r"\s*\{footcite\}`[^`]*`")


class Finder(FrontEnd, folder=_FOLDER):
    """The questions about a person and what follows from each answer; nothing of it is kept anywhere."""


def decisions(chapters: Path = CHAPTERS) -> dict[str, tuple[Decision, str]]:
    """Every decision of the chapters and the name of its chapter, by its id."""
    found: dict[str, tuple[Decision, str]] = {}
    for name in chapters_with_decisions(chapters):
        read, _ = read_decisions(chapters / f"{name}.decisions.yml", f"chapters/{name}.decisions.yml")
        found |= {one.id: (one, name) for one in read.decisions}
    return found


def load(page: str = PAGE) -> Content:
    """What lies beside a page below chapters/ as `<page>.finder.yml`.

    Raises ContentError, one line for each mistake.
    """
    name = f"{page}.finder.yml"
    known = {id: decision for id, (decision, _) in decisions().items()}
    return read_content(CHAPTERS / name, f"chapters/{name}", known)


def finder(page: str = PAGE, root: str = "../") -> Finder:
    """The finder of a page; `root` is the address of the book's root, seen from the page."""
    content = load(page)
    markup = template(_FOLDER / "finder.html").render(
        content=content,
        heads=HEADS,
        operations=OPERATIONS,
        held=HELD,
        needed=NEEDED,
        most=MOST_NUMBERS,
        verdicts=VERDICTS,
        said={one.id: one.said(content) for one in content.findings},
        chapter={id: name for id, (_, name) in decisions().items()},
        uncited=lambda text: _CITED.sub("", text),
        root=root,
    )
    return Finder(name=page, markup=markup.strip())
