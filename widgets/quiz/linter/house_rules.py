"""Keys that nobody outside of the course could know (Q31): its own rules, its own lists, what it calls untested."""

from __future__ import annotations

import re
from collections.abc import Iterator

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank, InspectedQuestion
from widgets.quiz.linter.words import quoted
from widgets.quiz.model import ExtendedMatching, MultipleResponse, Numeric, Ordering, SingleBestAnswer
from widgets.text.markdown import plain
from widgets.text.wording import Location

_HOUSE = re.compile(
    r"\b(?:of|among|in|by|on the ground of) our (?:own )?(?:sources|list|rules?)\b|\bour sources\b|\bour own rule\b|\bhouse rule\b"
    r"|\bthe sources of (?:the|this) (?:chapter|course)\b|\bthis course (?:keeps|asks|uses|calls|proposes|puts)\b"
    r"|\b(?:has|have|was|were) (?:not|never) (?:yet )?been tested\b|\bis (?:itself )?untested\b|\bnobody has tested\b|\b(?:order|list) of (?:the|this) (?:chapter|course)\b",
    re.IGNORECASE,
)


def house_rules(bank: InspectedBank) -> Iterator[Fault]:
    """Q31: neither the question nor the reason of its key rests on the course's own shelf, rule or order."""
    for one in bank.questions:
        for place, text in _told_of_the_key(one):
            if found := _HOUSE.search(text):
                message = f"{quoted(found[0])}: the key rests on the course itself; ask what the field knows, or waive Q31 with the reason"
                yield Fault(message, one.id, place)


def _told_of_the_key(one: InspectedQuestion) -> Iterator[tuple[Location, str]]:
    yield ("question",), one.lead_in
    match one.question:
        case SingleBestAnswer() | MultipleResponse():
            for index in one.keys:
                option = one.question.options[index]
                yield ("options", index, "text"), plain(option.text)
                yield ("options", index, "reason"), plain(option.reason)
        case ExtendedMatching(stems=stems):
            for index, stem in enumerate(stems):
                yield ("stems", index, "reason"), plain(stem.reason)
        case Ordering(items=items):
            for index, item in enumerate(items):
                yield ("items", index, "reason"), plain(item.reason)
        case Numeric(reason=reason):
            yield ("reason",), plain(reason)
