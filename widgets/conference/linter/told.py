"""What a branch tells: its reason (C03), its sources (C04), its numbers with their rows (C05)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from widgets.conference.linter.finding import Fault
from widgets.conference.linter.inspected import InspectedCase
from widgets.text.bare_numbers import bare_numbers
from widgets.text.markdown import plain

_FEWEST_WORDS = 5
_NO_PROSE = re.compile(r"^\s*(?:-\s)?(?:id|next|sources|most):.*$", re.MULTILINE)


def _refused(case: InspectedCase, rule: str) -> Iterator[Fault]:
    for mistake in case.examined.mistakes:
        if mistake.rule == rule:
            yield Fault(mistake.message, step=mistake.step, line=mistake.line)


def unreadable(case: InspectedCase) -> Iterator[Fault]:
    """C00: the file cannot be read as a case."""
    yield from _refused(case, "C00")


def reasons(case: InspectedCase) -> Iterator[Fault]:
    """C03: every branch says why, in words of its own."""
    yield from _refused(case, "C03")
    for index, step in enumerate(case.steps):
        if not step.choices and step.reason is None:
            yield Fault(
                "nothing is chosen here and no 'reason' is given; say why it happens",
                ("steps", index),
                step.id,
            )
    seen: dict[str, str] = {}
    for place, step, choice in case.choices():
        words = " ".join(plain(choice.reason).casefold().split())
        if len(words.split()) < _FEWEST_WORDS:
            said = f"the reason '{choice.reason}' says too little; say why in {_FEWEST_WORDS} words or more"
            yield Fault(said, (*place, "reason"), step.id)
        elif words in seen:
            said = f"this reason stands for '{seen[words]}' too; say what is true of this choice"
            yield Fault(said, (*place, "reason"), step.id)
        seen.setdefault(words, choice.id)


def sources(case: InspectedCase) -> Iterator[Fault]:
    """C04: every branch names a source whose record is complete."""
    yield from _refused(case, "C04")
    for index, step in enumerate(case.steps):
        if not step.choices and not step.sources:
            yield Fault(
                "nothing is chosen here and no 'sources' are given; name one", ("steps", index), step.id
            )


def numbers(case: InspectedCase) -> Iterator[Fault]:
    """C05: every number names its row, and the row bears it out."""
    yield from _refused(case, "C05")
    if case.case is None:
        return
    text = _NO_PROSE.sub(lambda found: " " * len(found[0]), case.content.decode("utf-8-sig"))
    for line, rest in bare_numbers(text):
        said = (
            f"a bare number in '{rest[:60]}'; bind it with {{est}}`number <row-id>`, or write an age in words"
        )
        yield Fault(said, step=case.step_on(line), line=line)
