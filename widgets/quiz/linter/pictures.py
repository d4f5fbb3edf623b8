"""Pictures and links in questions (Q24)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from widgets.quiz.drawing import read_drawing
from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank, InspectedQuestion
from widgets.quiz.linter.reading import refused
from widgets.quiz.linter.words import elements, quoted
from widgets.quiz.model import ExtendedMatching, Hotspot, Location, markdown_texts
from widgets.text.markdown import plain, render

_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^)\s]*)[^)]*\)")


_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<to>[^)\s]*)")


def pictures(bank: InspectedBank) -> Iterator[Fault]:
    """Q24: a picture has a text alternative (E) that does not give the answer away (W), and is shown (E).

    A link leads somewhere (E), and none stands in what a reader chooses among (E). A drawing to put a mark on has its
    places (E), and neither it nor what is said of it names one before it is answered (E).
    """
    yield from refused(bank, "Q24")
    for one in bank.questions:
        if isinstance(one.question, Hotspot):
            yield from _named(one, one.question)
        choices = {place for place, _ in one.choices}
        for place, text in markdown_texts(one.question):
            for link in _LINK.finditer(text):
                if place in choices:
                    message = f"an option holds the link {link['to']}; who presses it would leave; put it in the reason"
                    yield Fault(message, one.id, place)
                elif "<a " not in render(text):
                    message = f"the link {link['to']} would be read as text; begin it with https://"
                    yield Fault(message, one.id, place)
            for picture in _PICTURE.finditer(text):
                if not picture["alt"].strip():
                    yield Fault(
                        f"the picture {picture['file']} has no text alternative; describe it", one.id, place
                    )
                elif place[-1] in {"stem", "question"} and (key := _told(one, picture["alt"])):
                    message = f"the text alternative names the answer {quoted(key)}; describe what is seen"
                    yield Fault(message, one.id, place, level="W")
                if "<img" not in render(text):
                    message = f"questions show no pictures yet, so {picture['file']} would be read as text; use words"
                    yield Fault(message, one.id, place)


def _named(one: InspectedQuestion, hotspot: Hotspot) -> Iterator[Fault]:
    """Places that the drawing, or what is said of it, names while it asks."""
    said: list[tuple[Location, str]] = [(("shows",), plain(hotspot.shows)), *one.choices]
    said += [(("figure",), text) for text in read_drawing(hotspot.figure).words]
    for place, text in said:
        for entry in hotspot.places:
            label = elements(plain(entry.label))
            if label and label <= elements(text):
                what = "the drawing's own text" if place == ("figure",) else f"'{place[-1]}'"
                message = (
                    f"{what} names the place {quoted(plain(entry.label))}; say where it lies, not what it is"
                )
                yield Fault(message, one.id, place)


def _told(one: InspectedQuestion, alternative: str) -> str:
    keys = [one.options[index] for index in one.keys]
    if isinstance(one.question, ExtendedMatching):
        answers = {stem.answer for stem in one.question.stems}
        keys = [
            text
            for option, text in zip(one.question.options, one.options, strict=True)
            if option.id in answers
        ]
    return next((key for key in keys if elements(key) and elements(key) <= elements(alternative)), "")
