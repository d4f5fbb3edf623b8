"""How long an author waits, from a save to the page: each kind of edit, in a copy of this tree that is built.

The yardstick is the plain Jupyter Book: what it takes to build itself again after one sentence of prose.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path

from book.bench import plain
from book.bench.cold import COPY
from book.bench.limits import Measures
from book.bench.processor import Cost, run

CHAPTER = "outcomes/benefits"
RUNS = 2
BUILD, DECKS = [sys.executable, "book/build.py"], [sys.executable, "book/decks.py"]


def loop(say: Callable[[str], None]) -> dict[str, Measures]:
    """Processor seconds of each edit's build, and how many of the plain book's: the shorter of two edits.

    Run `cold_builds` first: both books are edited where it built them.
    """
    chapters = COPY / "chapters"
    edits: dict[str, tuple[Callable[[int], None], list[str]]] = {
        "a style": (
            lambda turn: _append(COPY / "widgets/quiz/quiz.css", f"\n.quiz {{ --turn: {turn}; }}\n"),
            BUILD,
        ),
        "a script": (lambda turn: _prepend(COPY / "widgets/quiz/quiz.js", f"// Turn {turn}.\n"), BUILD),
        "prose": (lambda turn: _prose(chapters / f"{CHAPTER}.md", turn), BUILD),
        "a question": (
            lambda turn: _append(chapters / f"{CHAPTER}.questions.yml", f"# Turn {turn}.\n"),
            BUILD,
        ),
        "a case": (lambda turn: _append(_a_case(chapters), f"# Turn {turn}.\n"), BUILD),
        "an evidence row": (lambda turn: _row(COPY / "evidence/data/outcomes.csv"), BUILD),
        "a slide": (lambda turn: _prose(chapters / "sessions/understanding.md", turn), DECKS),
    }
    run(BUILD, COPY)
    run(DECKS, COPY)
    costs: dict[str, list[Cost]] = {"plain book, prose": [], **{name: [] for name in edits}}
    for turn in range(RUNS):
        _prose(plain.SOURCE / f"{CHAPTER}.md", turn)
        costs["plain book, prose"].append(run(plain.command(), plain.SOURCE))
        for name, (edit, build) in edits.items():
            edit(turn)
            costs[name].append(run(build, COPY))
        say(
            f"  {turn + 1} of {RUNS} rounds: "
            + ", ".join(f"{name} {found[-1].clock:.0f} s" for name, found in costs.items())
        )
    processor = {name: min(cost.processor for cost in found) for name, found in costs.items()}
    return {
        name: {
            "clock": min(cost.clock for cost in costs[name]),
            "processor": spent,
            "of_plain": spent / processor["plain book, prose"],
        }
        for name, spent in processor.items()
    }


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _prepend(path: Path, text: str) -> None:
    path.write_text(text + path.read_text(encoding="utf-8"), encoding="utf-8")


def _prose(path: Path, turn: int) -> None:
    """One sentence more, in the first paragraph under the title."""
    head, title, rest = path.read_text(encoding="utf-8").partition("\n# ")
    line, _, rest = rest.partition("\n")
    path.write_text(
        f"{head}{title}{line}\n\nThis is turn {'one' if turn == 0 else 'two'}.\n{rest}", encoding="utf-8"
    )


def _a_case(chapters: Path) -> Path:
    return min(chapters.rglob("*.case.yml"))


def _row(path: Path) -> None:
    """A word more in the note of the last row, all other bytes as they are."""
    *lines, last = path.read_text(encoding="utf-8").splitlines(keepends=True)
    heads, cells = next(csv.reader([lines[0]])), next(csv.reader([last]))
    cells[heads.index("note")] += " Read again."
    csv.writer(out := io.StringIO(), lineterminator="\n").writerow([cell.strip() for cell in cells])
    path.write_text("".join(lines) + out.getvalue(), encoding="utf-8")
