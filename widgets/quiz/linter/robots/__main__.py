"""``python -m widgets.quiz.linter.robots``: what candidates without medicine find, and which cues give keys away.

Robots sit all banks, since they learn from the other chapters; the questions are told of the banks that are named.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from widgets.quiz import CHAPTERS
from widgets.quiz.linter.inspected import InspectedBank, inspect
from widgets.quiz.linter.robots.sitting import LIMIT, Score, sit
from widgets.quiz.linter.robots.telling import told

_BEST = 6


def main(arguments: list[str] | None = None) -> int:
    """Print scores and questions; returns 0, as the linter is what fails."""
    parser = argparse.ArgumentParser(prog="python -m widgets.quiz.linter.robots", description=__doc__)
    parser.add_argument(
        "banks", nargs="*", type=Path, help="….questions.yml whose questions are told (all when none)"
    )
    parser.add_argument("--all", action="store_true", help="print every robot, not the best of each measure")
    chosen = parser.parse_args(arguments)
    paths = sorted({*CHAPTERS.rglob("*.questions.yml"), *(path.resolve() for path in chosen.banks)})
    banks = [inspect(path, _shown(path)) for path in paths]
    print(*_table(sit(banks), None if chosen.all else _BEST), "", sep="\n")
    named = {path.resolve() for path in chosen.banks}
    print(
        *_questions(
            [bank for path, bank in zip(paths, banks, strict=True) if not named or path in named], banks
        ),
        sep="\n",
    )
    return 0


def _table(scores: Sequence[Score], best: int | None) -> Iterator[str]:
    yield f"Keys of 100 found without medicine (limit: chance + {LIMIT:g})"
    for measure in dict.fromkeys(one.measure for one in scores):
        of_measure = [one for one in scores if one.measure == measure]
        beating = sum(one.beats_chance for one in of_measure)
        yield (
            f"\n{measure}, {of_measure[0].questions} questions, chance {of_measure[0].chance:.0f}; "
            f"above the limit: {beating} of {len(of_measure)} robots"
        )
        for one in of_measure[: max(best, beating) if best else None]:
            mark = "!" if one.beats_chance else " "
            yield f" {mark} {one.found:5.1f}  ({one.gain:+5.1f}, standard error {one.error:.1f})  {one.robot}"


def _questions(named: Sequence[InspectedBank], banks: Sequence[InspectedBank]) -> Iterator[str]:
    yield "Questions whose wording tells the key, the worst first; what the key has, and what the others have"
    places = {one.id: bank for bank in named for one in bank.questions}
    for one in told(banks):
        if bank := places.get(one.task.question):
            yield f"{bank.path}:{bank.line(one.task.question, ('id',))}: {one}"


def _shown(path: Path) -> str:
    around = CHAPTERS.parent
    return path.relative_to(around).as_posix() if path.is_relative_to(around) else path.as_posix()


if __name__ == "__main__":
    sys.exit(main())
