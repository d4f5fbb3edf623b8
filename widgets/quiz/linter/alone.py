"""A question is asked far from its chapter too, in an exam, a redo, on paper: it points at nothing near (Q29)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank
from widgets.quiz.linter.words import quoted

_POINTS_NEAR = re.compile(
    r"\bthis (?:chapter|page|section|piece)\b"
    r"|\b(?:chart|plot|table|figure|drawing|text|section|list|case|vignette)s? (?:above|below)\b"
    r"|\b(?:see|seen|shown|described|given|named|told|said) (?:above|below)\b",
    re.IGNORECASE,
)
_WORKS_WITH = re.compile(
    r"\bthe (?:forest )?plot\b|\btables? of the chapter\b|\bthe (?:chapter[’']s|chapter) (?:table|figure|drawing|chart)\b",
    re.IGNORECASE,
)


def pointing(bank: InspectedBank) -> Iterator[Fault]:
    """Q29: no text says "this chapter" or "above"; what a question works with is named in `needs`, and is there."""
    for one in bank.questions:
        for place, text in one.texts:
            if found := _POINTS_NEAR.search(text):
                message = f"{quoted(found[0])} is not near when this is asked in an exam; name the chapter, or tell it here"
                yield Fault(message, one.id, place)
        if one.question.needs is None and (found := _WORKS_WITH.search(one.asked)):
            message = f"{quoted(found[0])} does not come along; write needs: and the anchor of that part of the chapter"
            yield Fault(message, one.id, ("question",))
        for field in ("needs", "taught"):
            anchor = getattr(one.question, field)
            if anchor and bank.chapter and anchor not in bank.chapter.anchors:
                message = f"the chapter has no part '{anchor}'; use the anchor of one of its headings"
                yield Fault(message, one.id, (field,), waivable=False)
