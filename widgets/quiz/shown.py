"""Which questions a chapter shows where, as its own source says: guesses, checkpoints, the closing set.

The closing set holds what no checkpoint asks, so it has to know them before their cells have run, and in any order.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from widgets.quiz.model import Bank, Question, SingleBestAnswer
from widgets.text.cells import cells
from widgets.text.wording import nearest

#: The functions that show questions.
CALLS = ("pretest", "checkpoint", "closing", "quiz")


class Call(NamedTuple):
    """A cell's call that shows questions: its function, the bank, the ids it names, and the line of the page."""

    function: str
    bank: str
    ids: tuple[str, ...]
    line: int


def calls(text: str) -> list[Call]:
    """Every such call of a page that names bank and questions in quotes, in the order of the page."""
    return [call for line, code in cells(text) for call in _calls_in(code, line)]


def calls_of(page: Path) -> list[Call]:
    """Those of the page at `path`; none where there is no page. Only its code cells are looked at, and so noted."""
    if not page.is_file():
        return []
    sys.audit("page.cells", str(page))
    return calls(page.read_text(encoding="utf-8"))


def left_over(bank: Bank, found: Sequence[Call]) -> list[Question]:
    """The questions of a bank that stand in no checkpoint, in its order."""
    taken = {one for call in found if call.function == "checkpoint" for one in call.ids}
    return [question for question in bank.questions if question.id not in taken]


def misplaced(bank: Bank, found: Sequence[Call]) -> Iterator[tuple[int, str]]:
    """What is wrong with the parts of a bank: the line of the page, and what would be right."""
    known = {question.id: question for question in bank.questions}
    checkpoints: dict[str, int] = {}
    for call in (one for one in found if one.function == "checkpoint"):
        for one in call.ids:
            if one not in known:
                yield call.line, unknown(one, known)
            elif one in checkpoints:
                yield (
                    call.line,
                    f"the question '{one}' stands in the checkpoint on line {checkpoints[one]} too; leave it in one",
                )
            checkpoints.setdefault(one, call.line)
    guessed: dict[str, int] = {}
    for call in (one for one in found if one.function == "pretest"):
        for one in call.ids:
            if one not in known:
                yield call.line, unknown(one, known)
            elif problem := no_guess(known[one]):
                yield call.line, problem
            elif one in checkpoints:
                yield (
                    call.line,
                    f"the question '{one}' stands in the checkpoint on line {checkpoints[one]} too; a first guess "
                    "is told in the closing set: choose a question of that",
                )
            elif one in guessed:
                yield call.line, f"the question '{one}' is guessed on line {guessed[one]} too; ask it once"
            guessed.setdefault(one, call.line)


def unknown(name: str, known: dict[str, Question]) -> str:
    """Says that a bank holds no such question, and which is nearest."""
    return f"no question of the bank is called '{name}'; {nearest(name, known)}"


def no_guess(question: Question) -> str:
    """Why nobody can guess at a question before reading; empty where one can."""
    if isinstance(question, SingleBestAnswer):
        return ""
    kind = question.type.replace("-", " ")
    return (
        f"'{question.id}' is a question of {kind}; a first guess is a single best answer: choose one of those"
    )


def _calls_in(code: str, line: int) -> Iterator[Call]:
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return  # the cell fails by itself, and says where
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for node in sorted(found, key=lambda one: (one.lineno, one.col_offset)):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        words = [one.value for one in node.args if isinstance(one, ast.Constant)]
        texts = [one for one in words if isinstance(one, str)]
        if name in CALLS and texts and len(texts) == len(node.args):
            yield Call(name, texts[0], tuple(texts[1:]), line + node.lineno - 1)
