"""How hard a patient page is to read: Flesch-Kincaid grades, with the names of medicines and operations left out.

The glossary says what these names mean, so each of them counts as one easy word. A grade says nothing about
sense: read the page aloud as well.
"""

from __future__ import annotations

import re
from pathlib import Path

import textstat

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
#: Names that a patient has to meet, beside those of the glossary.
NAMES = (
    "trihexyphenidyl",
    "physiotherapy",
    "physiotherapist",
    "surgery",
    "operation",
    "operations",
    "medicines",
)
AVERAGE, WORST = 6.0, 8.0
_NAMED = re.compile(r"^(?P<names>[^\s:#>|].*)\n: ", re.MULTILINE)


def _pattern() -> re.Pattern[str]:
    glossary = (CHAPTERS / "glossary.md").read_text(encoding="utf-8")
    known = {name.strip() for line in _NAMED.findall(glossary) for name in line.split(",")}
    longest_first = sorted(
        {*known, *NAMES, "subthalamic nucleus", "pallidal", "subthalamic"}, key=len, reverse=True
    )
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


_NAMES = _pattern()


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text."""
    return float(textstat.flesch_kincaid_grade(_NAMES.sub("name", text)))


def paragraphs(page: str) -> list[str]:
    """The paragraphs of a MyST page as a reader sees them; a list is one paragraph, its items are sentences."""
    text = re.sub(r"\A---\n.*?\n---\n", "", page, flags=re.DOTALL)
    text = re.sub(r"^```.*?^```\s*$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^:{3,}.*$|^#+ .*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\{footcite\w*\}`[^`]*`", "", text)
    text = re.sub(r"\{\w+\}`([^`<]*)<[^`]*>`", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\{\{.*?\}\}", "", text)
    text = re.sub(r"^\s*(?:-|\d+\.)\s+", "", text, flags=re.MULTILINE).replace("*", "")
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
