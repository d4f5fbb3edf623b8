"""What a chapter tells of its questions: its objectives, its sources, and the abbreviations that are explained."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from widgets.quiz.shown import calls

#: A line of the list of objectives: ``- {objective}`spd-anatomy` Trace each muscle ….``
_OBJECTIVE = re.compile(r"^- \{objective\}`(?P<id>[^`]+)`[ ]*(?P<text>.*)$", re.MULTILINE)
_CITED = re.compile(r"\{(?:foot)?cite\w*(?::\w+)?\}`([^`]+)`")
_SOURCES = re.compile(r"^\s*sources: \[([^\]]*)\]", re.MULTILINE)
_IN_BRACKETS = re.compile(r"\(([^()\s]*[A-Z][^()\s]*)\)|\b([A-Z][\w-]*[A-Z]\w*)\s+\([A-Z]?[a-z]")
_TITLE = re.compile(r"^# (.+?)\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_DEFINED = re.compile(r"^(?P<names>[^\s:#>|].*)\n: ", re.MULTILINE)
ABBREVIATION = re.compile(r"\b(?:\w+-)*(?:[A-Z]{2,}\w*|[A-Z][a-z]?[A-Z]\d*\b)(?:-\w+)*")


@dataclass(frozen=True)
class Chapter:
    """What the linter needs of a chapter."""

    title: str
    #: The text of each objective (Markdown) by its id, in the order of the page.
    objectives: dict[str, str]
    #: Abbreviations that the chapter spells out where it uses them.
    abbreviations: frozenset[str]
    #: The keys of the sources that it cites.
    cited: frozenset[str]
    #: The anchors of its headings.
    anchors: frozenset[str] = frozenset()
    #: The ids of the questions that its checkpoints ask.
    checked: frozenset[str] = frozenset()


def read_chapter(path: Path) -> Chapter | None:
    """The chapter at `path`, or None where there is none (a bank that is checked by itself)."""
    if not path.exists():
        return None
    text = path.read_text(encoding="utf-8")
    title = _TITLE.search(text)
    return Chapter(
        title=title[1] if title else path.stem,
        objectives={found["id"]: found["text"].strip() for found in _OBJECTIVE.finditer(text)},
        abbreviations=frozenset(
            one for found in _IN_BRACKETS.findall(text) for one in found if ABBREVIATION.fullmatch(one)
        ),
        cited=frozenset(
            key.strip()
            for keys in _CITED.findall(text + _decisions(path))
            for key in keys.split(",")
            if key.strip()
        ),
        anchors=frozenset(map(_anchor, _HEADING.findall(text))),
        checked=frozenset(one for call in calls(text) if call.function == "checkpoint" for one in call.ids),
    )


def _anchor(heading: str) -> str:
    """The anchor under which the book shows a heading."""
    return re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))


def _decisions(path: Path) -> str:
    """The decisions of the chapter as they are written, the sources of each as a citation, as its page shows them."""
    beside = path.with_suffix(".decisions.yml")
    text = beside.read_text(encoding="utf-8") if beside.exists() else ""
    return text + "".join(f"{{footcite}}`{keys}`" for keys in _SOURCES.findall(text))


def read_glossary(path: Path) -> frozenset[str]:
    """The abbreviations among the names that the glossary explains; none when it is not written."""
    if not path.exists():
        return frozenset()
    terms = [found["names"] for found in _DEFINED.finditer(path.read_text(encoding="utf-8"))]
    return frozenset(found[0] for term in terms for found in ABBREVIATION.finditer(term))
