"""The form for a clinician who reviews a page: offline, by keyboard, on paper too; it saves a file to hand in.

>>> from widgets.review import review
>>> review()
Review('review')
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import traitlets
from markupsafe import Markup

from widgets.base.front_end import FrontEnd, template
from widgets.review.model import ABOUT, LONGEST, QUESTIONS, VERDICTS
from widgets.review.sections import Page

TEMPLATE = template(Path(__file__).with_name("review.html"))
#: As many rows as a sheet of paper has room for, where no page fills them in.
ROWS_ON_PAPER = 8


class Review(FrontEnd, folder=Path(__file__).parent):
    """The form; which page it is about stands in the page's address, or in the trait."""

    keeps = "review/"
    page = traitlets.Unicode(help="The page that is reviewed").tag(sync=True)
    pages = traitlets.Dict(help="Each page: its title, and the title and digest of each section").tag(
        sync=True
    )
    answers = traitlets.Dict(help="What was answered, by page and section, and who answers").tag(sync=True)


def review(pages: Mapping[str, Page] | None = None, page: str = "", hand_in: str = "") -> Review:
    """The form for the sections of `pages`; `hand_in` is HTML that says where the file goes."""
    markup = TEMPLATE.render(
        questions=QUESTIONS,
        about=ABOUT,
        verdicts={name: asked for name, (asked, _) in VERDICTS.items()},
        longest=LONGEST,
        rows=ROWS_ON_PAPER,
        hand_in=Markup(hand_in),
    )
    return Review(name="review", markup=markup.strip(), page=page, pages=as_data(pages or {}))


def as_data(pages: Mapping[str, Page]) -> dict[str, list[object]]:
    """The pages as the front end reads them: ``{name: [title, [[section, digest], …]]}``."""
    return {name: [page.title, [list(one) for one in page.sections]] for name, page in pages.items()}
