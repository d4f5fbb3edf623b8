"""Numbers and their rows (Q22)."""

from __future__ import annotations

from collections.abc import Iterator

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank
from widgets.quiz.linter.reading import refused
from widgets.quiz.linter.words import quoted
from widgets.text.bare_numbers import bare_numbers


def unbound_numbers(bank: InspectedBank) -> Iterator[Fault]:
    """Q22: every number is bound to an evidence row, and the row bears it out."""
    yield from refused(bank, "Q22")
    if bank.bank is None:
        return
    for line, text in bare_numbers(bank.content.decode("utf-8-sig"), in_bank=True):
        message = f"a bare number in {quoted(text)}; bind it with {{est}}`number <row-id>`"
        yield Fault(message, bank.question_at(line), line=line)
