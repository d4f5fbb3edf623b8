"""The rules for cases, each with its level and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from widgets.conference.linter import balance, length, people, tells, told, ways
from widgets.conference.linter.finding import Fault, Level
from widgets.conference.linter.inspected import InspectedCase


@dataclass(frozen=True)
class Rule:
    """A rule: its id, what it asks, its level, and what finds its faults in a case."""

    id: str
    asks: str
    level: Level
    check: Callable[[InspectedCase], Iterator[Fault]]
    #: The same over all cases together, where it makes a difference.
    over_all: Callable[[Sequence[InspectedCase]], Iterator[Fault]] | None = None


RULES = (
    Rule("C00", "the file reads as a case", "E", told.unreadable),
    Rule("C01", "every step can be reached", "E", ways.unreachable),
    Rule("C02", "every step leads on to an end, and none back", "E", ways.dead_ends),
    Rule("C03", "every branch has a reason of its own", "E", told.reasons),
    Rule("C04", "every branch has a source, complete in the bibliography", "E", told.sources),
    Rule("C05", "every number is bound to its row", "E", told.numbers),
    Rule("C06", "the person is marked as composed, and nobody is named", "E", people.composed),
    Rule("C07", "no brand is named (E), no one-sided word used (W)", "E", people.brands),
    Rule(
        "C08",
        "every way asks, works up, hears the team, decides, counsels, meets a consequence",
        "E",
        ways.left_out_stages,
    ),
    Rule(
        "C09",
        "every way has an option, an uncertainty and a value that can be left out",
        "E",
        balance.left_out,
    ),
    Rule("C10", "every choice has something sound and something to pass by", "E", balance.giveaways),
    Rule("C11", "an unsafe decision meets a consequence of its own", "E", balance.unsafe_decisions),
    Rule("C12", "four roles or more are heard, each once", "E", balance.voices),
    Rule("C13", "texts are short enough to hold in mind", "W", length.long_texts),
    Rule("C14", "abbreviations are explained in the glossary", "W", length.abbreviations),
    Rule(
        "C15", "a sound choice is not known by its length", "E", tells.long_decisions, tells.lengths_over_all
    ),
    Rule("C16", "a step tells neither how many choices are sound, nor that all are", "E", tells.counted),
)
#: Rules that the cases break today. What they find is a warning, until this is empty.
REPORTED = frozenset({"C15", "C16"})
