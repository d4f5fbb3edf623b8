"""What the course page shows of the book: parts, chapters, objectives, and the questions on each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from widgets.quiz import CHAPTERS, load
from widgets.quiz.linter.chapter import read_chapter
from widgets.quiz.markup import render_bank
from widgets.text.markdown import plain


@dataclass(frozen=True)
class Objective:
    """One objective in plain words, and the keys of its questions: ``<question id>@<hash>``.

    Those in `bound` work with a part of their chapter, so no exam asks them.
    """

    text: str
    keys: tuple[str, ...]
    bound: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """One chapter with questions; `address` leads to it, or is empty where there is no page."""

    name: str
    title: str
    address: str
    #: Ten hex digits that change with the markup of its questions.
    version: str
    objectives: tuple[Objective, ...]

    @property
    def possible(self) -> int:
        """How many questions it has; each is worth one point."""
        return sum(len(objective.keys) for objective in self.objectives)


@dataclass(frozen=True)
class Part:
    """A part of the book: its caption and its chapters, in order."""

    caption: str
    chapters: tuple[Chapter, ...]


def read_contents(
    parts: Mapping[str, Sequence[str]], address: Callable[[str], str] = lambda name: ""
) -> list[Part]:
    """The parts of a book, given the names of their pages; pages without questions are left out.

    Raises:
        widgets.quiz.QuestionBankError: for a mistake in a bank.
        ValueError: when two questions of the course share an id.
    """
    read = [
        Part(caption, tuple(_chapter(name, address(name)) for name in names if has_questions(name)))
        for caption, names in parts.items()
    ]
    found = [part for part in read if part.chapters]
    _refuse_shared_ids(found)
    return found


def has_questions(name: str) -> bool:
    """Whether a chapter has a bank beside it; the sessions' banks are asked in a room, and leave no answers here."""
    return not name.startswith("sessions/") and (CHAPTERS / f"{name}.questions.yml").exists()


def found_parts() -> dict[str, list[str]]:
    """Every chapter with questions, by its folder: what a notebook shows, which knows no table of contents."""
    parts: dict[str, list[str]] = {}
    for path in sorted(CHAPTERS.rglob("*.questions.yml")):
        name = path.relative_to(CHAPTERS).as_posix().removesuffix(".questions.yml")
        if not has_questions(name):
            continue
        parts.setdefault(name.rpartition("/")[0].replace("-", " ").capitalize() or "Chapters", []).append(
            name
        )
    return parts


def bank_markup(name: str) -> str:
    """The questions of a chapter as HTML, as its own page has them."""
    return render_bank(load(name))


def _chapter(name: str, address: str) -> Chapter:
    text = read_chapter(CHAPTERS / f"{name}.md")
    keys: dict[str, list[str]] = {}
    bound = set()
    for question in load(name).questions:
        key = f"{question.id}@{question.hash}"
        keys.setdefault(question.objective, []).append(key)
        if question.needs:
            bound.add(key)
    known = text.objectives if text else {}
    # Questions on objectives that the chapter does not list are told by the map of objectives.
    objectives = {
        **{one: plain(words) for one, words in known.items()},
        **{one: one for one in keys if one not in known},
    }
    return Chapter(
        name=name,
        title=plain(text.title) if text else name,
        address=address,
        version=hashlib.sha256(bank_markup(name).encode()).hexdigest()[:10],
        objectives=tuple(
            Objective(words, own := tuple(keys.get(one, ())), tuple(key for key in own if key in bound))
            for one, words in objectives.items()
        ),
    )


def _refuse_shared_ids(parts: Sequence[Part]) -> None:
    owners: dict[str, str] = {}
    for chapter in (chapter for part in parts for chapter in part.chapters):
        for key in (key for objective in chapter.objectives for key in objective.keys):
            question = key.partition("@")[0]
            if question in owners:
                raise ValueError(
                    f"the question '{question}' stands in {owners[question]} and in {chapter.name}; "
                    "an id must be the course's only one"
                )
            owners[question] = chapter.name
