"""What the finder says of one person: the same as its front end shows, and the reason why it can be tested."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from widgets.finder.model import Content, Finding

#: Sections in their order, with their headings.
HEADS = {
    "first": "Settle first",
    "reach": "What can reach it",
    "harms": "Harms that matter here",
    "numbers": "Numbers to say",
    "unknown": "What is not known",
    "read": "Read, and rehearse",
}
OPERATIONS = ("better toxin", "denervation", "stimulation")
#: From the best to the worst.
VERDICTS = ("reaches", "doubtful", "does not reach")
#: A case is ready when these have an answer and nothing holds it.
NEEDED = ("pattern", "spread", "toxin", "cord", "mood", "wants")
MOST_NUMBERS = 5
HELD = {
    "ready": "Ready for the table.",
    "ask": "Not yet. Still to ask:",
    "hold": "Not yet: settle what stands first.",
}


class Sheet(NamedTuple):
    """``state``: ready, ask (something has not been asked) or hold. ``verdicts``: by operation, where any is given."""

    state: str
    unasked: tuple[str, ...]
    verdicts: dict[str, str]
    shown: dict[str, tuple[str, ...]]


def sheet(content: Content, answers: Mapping[str, Collection[str]]) -> Sheet:
    """What follows from the answers: option ids by the id of their question."""
    given = {question: frozenset(chosen) for question, chosen in answers.items() if chosen}
    found = [one for one in content.findings if one.applies(given)]
    shown = {section: tuple(one.id for one in found if one.section == section) for section in HEADS}
    shown["numbers"] = shown["numbers"][:MOST_NUMBERS]
    unasked = tuple(one for one in NEEDED if one not in given)
    state = "hold" if any(one.holds for one in found) else "ask" if unasked else "ready"
    return Sheet(state, unasked, _verdicts(found), shown)


def _verdicts(found: list[Finding]) -> dict[str, str]:
    worst: dict[str, str] = {}
    for one in found:
        if one.operation and one.verdict:
            before = worst.get(one.operation, VERDICTS[0])
            worst[one.operation] = max(before, one.verdict, key=VERDICTS.index)
    return worst
