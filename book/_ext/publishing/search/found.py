"""What a search can find on a written page: its sections, questions, cases, terms, evidence rows and widgets.

Each is read from the page as it stands, so that what is found is what a reader will see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: What each widget is called among the results, and other words for it. Those that only serve the text are not here.
WIDGETS = {
    "posture": "Posture explorer: set a head and see muscles, nerves and what an operation reaches",
    "rating": "Rating trainer: score the severity of a head and compare with the key",
    "finder": "Person finder: what follows for one person",
    "risk": "Risks as icons: what the numbers of people mean",
    "forest": "Forest plot: studies side by side, pooled or not",
    "worksheet": "Worksheet: write down what matters and print it",
    "progress": "Your progress: exam, what was wrong, save and load your answers",
    "classroom": "A class: open learners’ files, item statistics",
    "review": "Review form for clinicians",
}
#: Sections whose words stand elsewhere too; and those that are no place of their own, as they tell of the whole page.
_LEFT_OUT = frozenset(("references", "your-first-guess"))
_OF_THE_PAGE = frozenset(("before-you-start", "test-yourself", "check-yourself"))
_ARTICLE = re.compile(r'<article role="main".*?</article>', re.DOTALL)
_SPACE = re.compile(r"\s+")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
#: Elements that a reader does not read as text, by name and by class.
_SILENT = frozenset(("script", "style", "svg", "template", "noscript", "button", "select"))
_SILENT_CLASSES = frozenset(
    (
        "headerlink",
        "cite",
        "cited",
        "page-foot",
        "review-status",
        "kept",
        "notice",
        "result",
        "studies-left",
        "controls",
        "file",
        "back-to-top",
        "sources",
        "composed",
        "how",
        "title",
        "objective-map",
        "origin",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
#: After these a word ends, whether a space stands there or not.
_BREAKS = frozenset(
    (
        "p",
        "li",
        "td",
        "th",
        "dt",
        "dd",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "div",
        "section",
        "legend",
        "summary",
        "label",
        "caption",
        "option",
        "br",
    )
)


@dataclass
class Place:
    """One thing that can be found: what it is, where it stands, and its words."""

    kind: str
    anchor: str
    title: str = ""
    text: str = ""
    folded: bool = False
    words: list[str] = field(default_factory=list, repr=False)
    heading: list[str] = field(default_factory=list, repr=False)

    def settle(self) -> Place:
        """The words as text."""
        self.title = _plain(self.heading) or self.title
        self.text = _plain(self.words)
        return self


def _plain(parts: list[str]) -> str:
    text = _SPACE.sub(" ", "".join(parts)).strip()
    return re.sub(r" ([.,;:)])", r"\1", text)


@dataclass
class _Open:
    """An element that has begun: the place whose words it holds, and whether they are its heading or nobody's."""

    tag: str
    place: Place | None
    heading: bool
    silent: bool
    fold: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Open] = []
        self.places: list[Place] = []
        self.folds = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = self.open[-1] if self.open else _Open("", None, heading=False, silent=False)
        if tag in _BREAKS and above.place and not above.silent:
            (above.place.heading if above.heading else above.place.words).append(" ")
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        self.folds += "studies" in classes
        silent = above.silent or tag in _SILENT or bool(classes & _SILENT_CLASSES)
        silent = silent or (tag == "section" and given.get("id") in _LEFT_OUT)
        place, heading = above.place, above.heading
        if not silent and (begun := self._begun(tag, given, classes, place)):
            place, heading = begun, begun.kind == "term"
            place.folded = bool(self.folds)
            self.places.append(place)
        elif place and self._is_heading(tag, place):
            heading = True
        # A question says that it is one: its number is nobody's heading.
        silent = silent or (tag in _HEADINGS and place is not None and place.kind == "question")
        self.open.append(_Open(tag, place, heading, silent, "studies" in classes))

    def _is_heading(self, tag: str, place: Place) -> bool:
        if place.kind in {"page", "section"}:
            return tag in _HEADINGS and not place.heading
        if place.kind == "question":
            return tag == "legend" and not place.heading
        return place.kind in {"row", "advice"} and tag == "th" and not place.heading

    def _begun(self, tag: str, given: dict[str, str], classes: set[str], above: Place | None) -> Place | None:
        anchor = given.get("id", "")
        if tag == "section" and anchor and (above is None or above.kind in {"page", "section"}):
            if anchor in _OF_THE_PAGE:
                return None
            return Place("section" if self.places else "page", anchor)
        if "question" in classes and tag == "form" and anchor.startswith("q-"):
            return Place("question", anchor)
        if "conference" in classes and above:
            return Place("case", above.anchor, given.get("aria-label", "").removeprefix("Case: "))
        if tag == "dt" and anchor.startswith("term-"):
            return Place("term", anchor)
        if tag == "tr" and anchor:
            return Place("advice" if anchor.startswith("decision-") else "row", anchor)
        kind = given.get("data-widget", "")
        if kind in WIDGETS and above:
            return Place("widget", above.anchor, WIDGETS[kind])
        return None

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not any(one.tag == tag for one in self.open):
            return
        while self.open:
            closed = self.open.pop()
            self.folds -= closed.fold
            if tag in _BREAKS and closed.place and not closed.silent:
                (closed.place.heading if closed.heading else closed.place.words).append(" ")
            if closed.tag == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1].silent:
            return
        here = self.open[-1]
        place = here.place
        # A meaning stands beside its term, not within it.
        if (
            here.tag != "dt"
            and self.places
            and self.places[-1].kind == "term"
            and place
            and place.kind in {"page", "section"}
        ):
            place = self.places[-1]
        if place:
            (place.heading if here.heading else place.words).append(data)


def article(page: str) -> str:
    """The text of a written page, without what stands around it."""
    found = _ARTICLE.search(page)
    return found[0] if found else ""


def places(article: str) -> Iterator[Place]:
    """What can be found in a page's article, in its order."""
    reader = _Reader()
    reader.feed(article)
    reader.close()
    for place in reader.places:
        if (settled := place.settle()).title:
            yield settled
