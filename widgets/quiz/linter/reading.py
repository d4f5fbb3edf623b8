"""Rules that the model of questions enforces already: its refusals, told by rule (Q01–Q05)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank
from widgets.quiz.linter.words import elements, quoted
from widgets.text.markdown import plain

_REFUSALS = {
    "Q01": r"marked correct|is no option; use one of|is no place; use one of|every place is a key|^'answer' of stems|^'correct' of",
    "Q02": r"^'(?:options|items|stems|places)' (?:has|is)\b",
    "Q03": r"explains nothing|^'reason'",
    "Q04": r"^'sources'|^entry \d+ of 'sources'|is not in the bibliography|the source '",
    "Q05": r"^'(?:objective|level|audience)'",
    "Q06": r"stands twice",
    "Q24": r"^the drawing '|^'shows'",
    "Q22": r"is not what \S+ (?:says|gives)|names no row|holds no number|no row of the evidence",
}


def refused(bank: InspectedBank, rule: str) -> Iterator[Fault]:
    """The reader's refusals that belong to a rule; `Q00` takes those that belong to none."""
    for mistake in bank.mistakes:
        if rule_of(mistake.message) == rule:
            yield Fault(mistake.message, mistake.question, line=mistake.line, waivable=False)


def rule_of(message: str) -> str:
    """The rule that a refusal belongs to, or Q00."""
    return next((rule for rule, pattern in _REFUSALS.items() if re.search(pattern, message)), "Q00")


def readable(bank: InspectedBank) -> Iterator[Fault]:
    """Q00: the file is a bank, with known fields."""
    yield from refused(bank, "Q00")


def keys(bank: InspectedBank) -> Iterator[Fault]:
    """Q01: one key in a single-best-answer question, one or more in multiple response; keys exist."""
    yield from refused(bank, "Q01")


def numbers_of_options(bank: InspectedBank) -> Iterator[Fault]:
    """Q02: three to five options, six or more in an extended-matching list, eight to fifteen in a key feature."""
    yield from refused(bank, "Q02")


def reasons(bank: InspectedBank) -> Iterator[Fault]:
    """Q03: a reason for every option that says more than "Correct", and more than the option."""
    yield from refused(bank, "Q03")
    for one in bank.questions:
        for part in ("options", "items", "stems", "places"):
            for index, entry in enumerate(getattr(one.question, part, ())):
                reason = plain(entry.reason)
                if elements(reason) <= elements(plain(getattr(entry, "text", "") or entry.label)):
                    message = f"the reason {quoted(reason)} only repeats its option; say why"
                    yield Fault(message, one.id, (part, index, "reason"))


def sources(bank: InspectedBank) -> Iterator[Fault]:
    """Q04: one or more source keys, all in the bibliography, and in the references of the chapter."""
    yield from refused(bank, "Q04")
    if bank.chapter is None or not bank.chapter.cited:
        return
    for one in bank.questions:
        for index, key in enumerate(one.question.sources):
            if key not in bank.chapter.cited:
                message = (
                    f"the chapter does not cite '{key}', so its references lack it; cite it there with "
                    f"{{footcite}}`{key}`, or name a source that it cites"
                )
                yield Fault(message, one.id, ("sources", index), waivable=False)


def labels(bank: InspectedBank) -> Iterator[Fault]:
    """Q05: objective, level and audience present and known."""
    yield from refused(bank, "Q05")
    if bank.chapter is None:
        return
    known = bank.chapter.objectives
    for one in bank.questions:
        if one.question.objective not in known:
            message = (
                f"the chapter has no objective '{one.question.objective}'; use one of {', '.join(known)}"
            )
            yield Fault(message, one.id, ("objective",), waivable=False)
