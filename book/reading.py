"""How hard the pages for patients are to read: ``python -m book.reading``, or with the names of some files.

Flesch-Kincaid grades by textstat: 6 or lower for a page, 8 or lower for a paragraph. Names that the glossary
explains do not count. What patients do not read (slides, notes, plans, code) is left out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import textstat

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from publishing.pages.glossary import Lookup, entries  # noqa: E402  (the extensions are not an installed package)

PATIENT_PAGES = ROOT / "chapters" / "sessions"
PAGE_GRADE, PARAGRAPH_GRADE = 6.0, 8.0
_FENCE = re.compile(r"^(?P<fence>:{3,}|`{3,})(?:\{(?P<name>[\w-]+)\}.*)?$")
_NOT_READ = {"slide", "plan", "notes", "code-cell", "show", "icons", "poll", "footbibliography"}
_ROLE = re.compile(r"\{(\w+)\}`([^`<]*?)\s*(?:<[^`]*>)?`")
_SUBSTITUTION = re.compile(r"\{\{.*?\}\}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")


class Paragraph(NamedTuple):
    """A paragraph, or a whole list, as it is read, with the line on which it begins."""

    line: int
    text: str

    @property
    def grade(self) -> float:
        """The school grade that it takes to read it."""
        return grade(self.text)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text, with a plain word in the place of each name of the glossary."""
    return float(textstat.flesch_kincaid_grade(_without_names(text)))


def _lookup() -> Lookup:
    return Lookup(entries((ROOT / "chapters" / "glossary.md").read_text(encoding="utf-8")))


_LOOKUP = _lookup()


def _without_names(text: str) -> str:
    parts, at = [], 0
    for start, end, _ in _LOOKUP.found_in(text):
        parts += [text[at:start], "thing"]
        at = end
    return "".join([*parts, text[at:]])


def paragraphs(source: str) -> list[Paragraph]:
    """What a patient reads of a session's source."""
    lines = source.splitlines()
    start = lines.index("---", 1) + 1 if lines and lines[0] == "---" else 0
    return [
        Paragraph(first, text)
        for first, block in _blocks(lines, start)
        if (text := _plain(block)) and len(text.split()) > 3
    ]


def _blocks(lines: Sequence[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines with no blank, heading or fence between them; a list is one run."""
    open_fences: list[tuple[str, str]] = []
    block: list[str] = []
    first = start
    for number, line in enumerate(lines[start:], start=start + 1):
        fence = _FENCE.match(line.strip())
        if fence:
            if block:
                yield first, block
                block = []
            if open_fences and fence["fence"] == open_fences[-1][0] and not fence["name"]:
                open_fences.pop()
            else:
                open_fences.append((fence["fence"], fence["name"] or ""))
            continue
        read = not any(name in _NOT_READ or not name for _, name in open_fences)
        ends = not line.strip() or line.startswith(("#", "|", "(")) or re.match(r"^:[\w-]+:", line)
        if not read or ends:
            # A list may have blank lines between its items.
            if block and not (read and not line.strip() and _ITEM.match(block[0])):
                yield first, block
                block = []
            continue
        if block and bool(_ITEM.match(block[0])) != bool(_ITEM.match(line) or line.startswith("  ")):
            yield first, block
            block = []
        if not block:
            first = number
        block.append(line)
    if block:
        yield first, block


def _plain(block: list[str]) -> str:
    sentences = []
    for line in block:
        is_item = _ITEM.match(line) is not None
        text = _ROLE.sub(lambda role: role[2] if role[1] in {"est", "unbound"} else "", _ITEM.sub("", line))
        text = re.sub(r"[*_`]|\.( \.)+", "", _LINK.sub(r"\1", _SUBSTITUTION.sub("", text)))
        text = re.sub(r"\s+([.,;:!?])", r"\1", text).strip()
        if is_item and text.endswith(":"):
            continue  # a list of sources: a heading and its citations
        # An item of a list is read by itself, whatever stands at its end.
        sentences.append(f"{text.rstrip(',;')}." if is_item and text and text[-1] not in ".!?:" else text)
    return " ".join(sentences)


def main(names: Sequence[str]) -> int:
    """Print the grades; returns 1 when something is too hard."""
    hard = 0
    for path in [Path(name) for name in names] or sorted(PATIENT_PAGES.glob("*.md")):
        found = paragraphs(path.read_text(encoding="utf-8"))
        whole = grade(" ".join(one.text for one in found))
        print(f"{path.name}: grade {whole:.1f} ({PAGE_GRADE:g} or lower)")
        hard += whole > PAGE_GRADE
        for one in found:
            if one.grade > PARAGRAPH_GRADE:
                hard += 1
                print(
                    f"{path.name}:{one.line}: grade {one.grade:.1f}, {PARAGRAPH_GRADE:g} or lower: {one.text[:100]}"
                )
    return 1 if hard else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
