"""People and names: composed people are marked and unnamed (C06), nothing is sold and nothing promised (C07)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from widgets.conference.linter.finding import Fault
from widgets.conference.linter.inspected import InspectedCase
from widgets.conference.model import COMPOSED
from widgets.quiz.linter.brands import BRANDS

_NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof(?:essor)?|Sister|Nurse)\.? [A-Z][a-z]+\b|\b(?:named|called) [A-Z][a-z]+\b"
)
_BRANDS = re.compile(rf"\b(?:{'|'.join(re.escape(brand) for brand in BRANDS)})\b", re.IGNORECASE)
_ONE_SIDED = re.compile(
    r"\b(?:miracle|painless|risk-free|harmless|breakthrough|gold standard|wonder)\b", re.IGNORECASE
)


def composed(case: InspectedCase) -> Iterator[Fault]:
    """C06: the person is marked as composed, and nobody has a name."""
    if case.case is None:
        return
    if case.case.composed != COMPOSED:
        yield Fault(f"the person is not marked as composed; write: composed: {COMPOSED}", ("composed",))
    for place, text in case.texts:
        if found := _NAMED.search(text):
            said = f"'{found[0]}' names a person; say what the person does or is"
            yield Fault(said, place, case.step_at(place))


def brands(case: InspectedCase) -> Iterator[Fault]:
    """C07: no brand (E), no one-sided word (W)."""
    for place, text in case.texts:
        if found := _BRANDS.search(text):
            said = f"'{found[0]}' is a brand; say what it is"
            yield Fault(said, place, case.step_at(place))
        if found := _ONE_SIDED.search(text):
            said = f"'{found[0]}' tells one side; say what was found"
            yield Fault(said, place, case.step_at(place), level="W")
