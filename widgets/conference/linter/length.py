"""What is too long to hold in mind (C13), and abbreviations that nobody explains (C14)."""

from __future__ import annotations

from collections.abc import Iterator

from widgets.conference.linter.finding import Fault
from widgets.conference.linter.inspected import InspectedCase
from widgets.quiz.linter.chapter import ABBREVIATION

_MOST_WORDS = {
    "person": 130,
    "scene": 110,
    "text": 25,
    "answer": 85,
    "reason": 65,
    "prompts": 40,
    "title": 12,
}
#: Genes are names; writing them out would help nobody.
_NAMES = frozenset({"TOR1A", "THAP1"})


def long_texts(case: InspectedCase) -> Iterator[Fault]:
    """C13: texts that a tired reader can hold in mind."""
    for place, text in case.texts:
        field = next(part for part in reversed(place) if isinstance(part, str))
        if place[0] == "unsettled":
            continue
        most = _MOST_WORDS.get(field)
        if most and len(text.split()) > most:
            said = f"'{field}' has {len(text.split())} words; say it in {most}"
            yield Fault(said, place, case.step_at(place))


def abbreviations(case: InspectedCase) -> Iterator[Fault]:
    """C14: an abbreviation that the glossary does not explain."""
    told: set[str] = set()
    for place, text in case.texts:
        for found in ABBREVIATION.findall(text):
            if found in case.glossary or found in _NAMES or found in told:
                continue
            told.add(found)
            yield Fault(f"'{found}' is not in the glossary; write it out", place, case.step_at(place))
