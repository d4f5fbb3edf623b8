"""The learner's way through the whole course: progress, exams, and a record of self-assessment.

>>> from widgets.progress import progress
>>> progress()  # doctest: +SKIP
Progress('course')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import traitlets

from widgets.base.front_end import template
from widgets.progress.banks import AsksForBanks
from widgets.progress.contents import Part, found_parts, read_contents
from widgets.recall.fsrs import after, rating_of

__all__ = ["Progress", "progress"]

_FOLDER = Path(__file__).parent
#: An exam is drawn from no more questions than a person answers at a sitting, and starts with these.
MOST_QUESTIONS = 60
FIRST_QUESTIONS, FIRST_MINUTES = 20, 30


class Progress(AsksForBanks, folder=_FOLDER):
    """All chapters with what a learner has done in them; the questions of a chapter come when they are wanted."""

    #: The page's course sees what the quizzes of all pages keep.
    keeps = ""

    answers = traitlets.Dict(help="All that is kept, by path: 'quiz/<chapter>/<question id>@<hash>'").tag(
        sync=True
    )


def progress(
    parts: Mapping[str, Sequence[str]] | None = None, address: Callable[[str], str] = lambda name: ""
) -> Progress:
    """The learner's page.

    Args:
        parts: the names of the chapters by the caption of their part; every chapter there is unless given.
        address: where the page of a chapter is found; empty where there is none.

    Raises:
        widgets.quiz.QuestionBankError: for a mistake in a bank.
        ValueError: when no chapter has questions, or two questions share an id.
    """
    contents = read_contents(found_parts() if parts is None else parts, address)
    if not contents:
        raise ValueError("no chapter has questions; name chapters with a bank beside them")
    return Progress(name="course", markup=_markup(contents))


def _markup(contents: Sequence[Part]) -> str:
    possible = sum(chapter.possible for part in contents for chapter in part.chapters)
    return template(_FOLDER / "progress.html").render(
        contents=contents,
        chapters=sum(len(part.chapters) for part in contents),
        possible=possible,
        most=min(MOST_QUESTIONS, possible),
        first=min(FIRST_QUESTIONS, possible),
        minutes=FIRST_MINUTES,
        ratings=_ratings(),
    )


def _ratings() -> list[tuple[str, str, int]]:
    """How a check is rated, in words, and after how many days a new question then comes back."""
    kinds = {
        "Not the full point, or the answer was shown": rating_of(0),
        "Right after a hint, or guessing": rating_of(1, "guess"),
        "Right, fairly sure or not said": rating_of(1, "fairly"),
        "Right, very sure": rating_of(1, "very"),
    }
    names = dict(zip((1, 2, 3, 4), ("again", "hard", "good", "easy"), strict=True))
    first = {words: after([(0, rating)]) for words, rating in kinds.items()}
    return [(words, names[kinds[words]], memory.interval) for words, memory in first.items() if memory]
