"""What a review holds: as it stands in ``chapters/reviews.yml``, and as a reviewer's file brings it. No reading.

Messages of the validators read "what is wrong; what would be right", for the person who writes.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from widgets.text.content import Part, Text, first_twin, listed, printable

#: What a reviewer asks of every section, by a name for each.
QUESTIONS = {
    "numbers": "Are the numbers right: figure, group, time, and who judged?",
    "harms": "Is a harm missing, or made too small or too large?",
    "eligible": "Is it right about who may have this, and who should not?",
    "key": "Is the key of each question right, and no other option as well?",
    "wording": "Would a patient understand it, and be neither frightened nor misled?",
    "figures": "Do the figures show it as it is?",
    "balance": "Do the operations, and doing without one, get a fair share?",
    "danger": "Could anyone come to harm by following it?",
}
#: The same, as a word or two beside a comment.
ABOUT = {
    "numbers": "numbers",
    "harms": "harms",
    "eligible": "who is eligible",
    "key": "key of a question",
    "wording": "wording",
    "figures": "figures",
    "balance": "balance",
    "danger": "danger",
}
#: A verdict on the whole page: how the form puts it, and how the page tells it.
VERDICTS = {
    "sound": ("Sound as it stands", "found sound"),
    "sound-after-changes": (
        "Sound, once what I noted is changed",
        "found sound once the points noted are changed",
    ),
    "not-sound": ("Not sound", "found not sound"),
}
LONGEST = {"role": 120, "name": 120, "interests": 500, "words": 4000}
MOST_SECTIONS = 200

Verdict = Literal["sound", "sound-after-changes", "not-sound"]
Question = Literal["numbers", "harms", "eligible", "key", "wording", "figures", "balance", "danger"]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{10}$")]
PageName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$", max_length=200)]


def _printable_if_any(text: str) -> str:
    return printable(text) if text.strip() else ""


def _one_line(text: str) -> str:
    if re.search(r"[\n\t]", text):
        raise ValueError("there is a line break in it; write one line")
    return text


def _at_most(most: int) -> AfterValidator:
    def held(text: str) -> str:
        if len(text) > most:
            raise ValueError(f"the text has {len(text)} characters; write at most {most}")
        return text

    return AfterValidator(held)


Line = Annotated[Text, AfterValidator(_one_line)]
Title = Annotated[Line, _at_most(300)]


class Reviewer(Part):
    """Who read: the role and the interests always, the name only with consent."""

    role: Annotated[Line, _at_most(LONGEST["role"])]
    interests: Annotated[Text, _at_most(LONGEST["interests"])]
    #: Whether they agreed to be named.
    consent: Literal["named", "unnamed"]
    name: Annotated[Line, _at_most(LONGEST["name"])] | None = None

    @model_validator(mode="after")
    def _named_by_consent(self) -> Self:
        if self.consent == "named" and self.name is None:
            raise ValueError("consent is 'named' and no name is given; add 'name'")
        if self.consent == "unnamed" and self.name is not None:
            raise ValueError("there is a name without consent to it; take 'name' out")
        return self

    @property
    def told(self) -> str:
        """Role and name, as readers see them."""
        return f"{self.role}, {self.name or 'name withheld'}"


class Point(Part):
    """Something to change, until it is settled."""

    section: Title
    about: Annotated[tuple[Question, ...], listed(least=0, most=len(QUESTIONS))] = ()
    words: Annotated[Text, _at_most(LONGEST["words"])]

    @property
    def told(self) -> str:
        """The point as one line."""
        about = f" ({', '.join(ABOUT[one] for one in self.about)})" if self.about else ""
        return f"{self.section}{about}: {' '.join(self.words.split())}"


class Review(Part):
    """One review of one page, as it stands in the record."""

    page: PageName
    date: datetime.date
    by: Reviewer
    verdict: Verdict
    #: Each section that was read, with the digest of what was read.
    read: Annotated[dict[Title, Digest], Field(min_length=1, max_length=MOST_SECTIONS)]
    open: Annotated[tuple[Point, ...], listed(least=0, most=MOST_SECTIONS)] = ()


class Reviews(Part):
    """The record of all reviews."""

    reviews: Annotated[tuple[Review, ...], listed(least=0)]


class SectionRead(Part):
    """One section as a reviewer's file has it."""

    section: Title
    digest: Digest
    mark: Literal["right", "change"]
    about: Annotated[tuple[Question, ...], listed(least=0, most=len(QUESTIONS))] = ()
    words: Annotated[str, AfterValidator(_printable_if_any), _at_most(LONGEST["words"])] = ""

    @model_validator(mode="after")
    def _change_has_words(self) -> Self:
        if self.mark == "change" and not (self.about or self.words.strip()):
            raise ValueError(
                f"the section {self.section!r} is to change and nothing says how; write what is wrong"
            )
        return self


class Returned(Part):
    """A reviewer's file, as the page saves it."""

    format: Literal["course-review-1"]
    page: PageName
    date: datetime.date
    by: Reviewer
    #: That all of this may be kept with the course and published.
    agreed: Literal[True]
    verdict: Verdict
    sections: Annotated[tuple[SectionRead, ...], listed(least=1, most=MOST_SECTIONS)]

    @model_validator(mode="after")
    def _sections_differ(self) -> Self:
        titles = [one.section for one in self.sections]
        if (twin := first_twin(titles)) is not None:
            raise ValueError(f"the section {titles[twin]!r} stands twice; each is read once")
        return self

    def review(self) -> Review:
        """The entry for the record: what is to change is open."""
        noted = [one for one in self.sections if one.mark == "change" or one.words.strip()]
        return Review(
            page=self.page,
            date=self.date,
            by=self.by,
            verdict=self.verdict,
            read={one.section: one.digest for one in self.sections},
            open=tuple(
                Point(
                    section=one.section, about=one.about, words=one.words.strip() or "see the questions named"
                )
                for one in noted
            ),
        )
