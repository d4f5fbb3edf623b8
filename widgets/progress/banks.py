"""How a widget gets the questions of chapters, which are too many to stand in one page."""

from __future__ import annotations

from typing import Any

import traitlets

from widgets.base.front_end import FrontEnd
from widgets.progress.contents import bank_markup, has_questions


class AsksForBanks(FrontEnd):
    """Its front end names chapters in `wanted` and finds their questions in `banks`.

    In the page its host answers, with scripts that the book's extension wrote; here the kernel does.
    """

    wanted = traitlets.Dict(help="Chapters whose questions are wanted: name to version").tag(sync=True)
    banks = traitlets.Dict(help="Markup of questions by chapter; empty where there are none").tag(sync=True)

    @traitlets.observe("wanted")
    def _bring(self, change: dict[str, Any]) -> None:
        missing = [name for name in change["new"] if name not in self.banks]
        brought = {name: bank_markup(name) if has_questions(name) else "" for name in missing}
        self.banks = {**self.banks, **brought}
