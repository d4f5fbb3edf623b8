"""A bank as the rules see it: read or refused, its questions with their words, and the course around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from widgets.quiz.bank import Examined, Mistake, examine
from widgets.quiz.linter.chapter import Chapter, read_chapter
from widgets.quiz.linter.words import elements, sequence
from widgets.quiz.model import (
    Bank,
    ExtendedMatching,
    Hotspot,
    KeyFeature,
    Location,
    MultipleResponse,
    Ordering,
    Question,
    SingleBestAnswer,
    markdown_texts,
)
from widgets.text.markdown import plain


@dataclass(frozen=True)
class InspectedQuestion:
    """A question with its texts as plain words."""

    question: Question

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @cached_property
    def texts(self) -> list[tuple[Location, str]]:
        """Every text that a reader sees, with its place in the question."""
        return [(place, plain(text)) for place, text in markdown_texts(self.question)]

    @cached_property
    def stem(self) -> str:
        """The case before the lead-in, or nothing."""
        return plain(self.question.stem or "")

    @cached_property
    def lead_in(self) -> str:
        """The one question that is asked."""
        return plain(self.question.question)

    @property
    def asked(self) -> str:
        """Stem and lead-in."""
        return f"{self.stem} {self.lead_in}".strip()

    @cached_property
    def asked_sequence(self) -> tuple[str, ...]:
        """The words of stem and lead-in, in their order."""
        return sequence(self.asked)

    @cached_property
    def asked_elements(self) -> frozenset[str]:
        """The words of stem and lead-in that carry the meaning."""
        return elements(self.asked)

    @cached_property
    def options(self) -> list[str]:
        """The texts of the options, where the type has any; items of an ordering question are no options."""
        match self.question:
            case SingleBestAnswer() | MultipleResponse() | ExtendedMatching() | KeyFeature():
                return [plain(option.text) for option in self.question.options]
            case _:
                return []

    @cached_property
    def keys(self) -> list[int]:
        """Which options of a question with options of its own are right."""
        match self.question:
            case SingleBestAnswer() | MultipleResponse() | KeyFeature():
                return [index for index, option in enumerate(self.question.options) if option.correct]
            case _:
                return []

    @property
    def has_one_key(self) -> bool:
        """Whether it is a single-best-answer question, in which form can give the one key away."""
        return isinstance(self.question, SingleBestAnswer)

    @cached_property
    def vignettes(self) -> list[tuple[Location, str]]:
        """Where a case may stand: the stem, and each stem of an extended-matching question."""
        found: list[tuple[Location, str]] = [(("stem",), self.stem)] if self.stem else []
        if isinstance(self.question, ExtendedMatching):
            found += [
                (("stems", index, "text"), plain(stem.text)) for index, stem in enumerate(self.question.stems)
            ]
        return found

    @cached_property
    def choices(self) -> list[tuple[Location, str]]:
        """The texts that a reader chooses among or puts in order, with their places."""
        if isinstance(self.question, Ordering):
            return [
                (("items", index, "text"), plain(item.text)) for index, item in enumerate(self.question.items)
            ]
        if isinstance(self.question, Hotspot):
            return [
                (("places", index, "where"), plain(place.where))
                for index, place in enumerate(self.question.places)
            ]
        return self.option_places

    @property
    def option_places(self) -> list[tuple[Location, str]]:
        """The texts of the options with their places."""
        return [(("options", index, "text"), text) for index, text in enumerate(self.options)]


@dataclass
class InspectedBank:
    """One bank: `mistakes` when it cannot be read, else `questions`."""

    path: str
    content: bytes
    examined: Examined
    chapter: Chapter | None
    #: Abbreviations that the course's glossary explains.
    glossary: frozenset[str] = frozenset()
    #: Where the ids of all other banks stand, as "path:line", whether those banks are read or not.
    elsewhere: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: The banks of the course, this one among them.
    course: Sequence[InspectedBank] = field(default_factory=list, repr=False)

    @property
    def bank(self) -> Bank | None:
        """The bank, unless it was refused."""
        return self.examined.bank

    @property
    def mistakes(self) -> Sequence[Mistake]:
        """Why it was refused."""
        return self.examined.mistakes

    @cached_property
    def questions(self) -> list[InspectedQuestion]:
        """The questions; none while the bank cannot be read."""
        return [InspectedQuestion(question) for question in self.bank.questions] if self.bank else []

    def of_one_key(self) -> list[InspectedQuestion]:
        """The single-best-answer questions."""
        return [one for one in self.questions if one.has_one_key]

    def line(self, question: str, place: Location) -> int:
        """The line of a place in a question, or in the bank when no question is named."""
        if self.examined.document is None:
            return 1
        ids = [one.id for one in self.questions]
        within: Location = ("questions", ids.index(question)) if question in ids else ()
        return self.examined.document.line((*within, *place))

    def question_at(self, line: int) -> str:
        """The id of the question that a line belongs to, or nothing above the first."""
        starts = [(self.line(one.id, ("id",)), one.id) for one in self.questions]
        return next((name for start, name in reversed(starts) if start <= line), "")


def inspect(path: Path, shown_as: str) -> InspectedBank:
    """The bank at `path`, with the chapter beside it; findings name it as `shown_as`."""
    content = path.read_bytes()
    chapter = read_chapter(path.with_name(path.name.removesuffix(".questions.yml") + ".md"))
    return InspectedBank(shown_as, content, examine(content), chapter)
