"""What one finds and what one does: the decisions of a chapter, in `<chapter>.decisions.yml` beside it.

>>> from widgets.decisions import chapters_with_decisions
>>> chapters_with_decisions()  # doctest: +SKIP
['disorder/before-surgery']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from evidence import EvidenceError, check_number, references
from widgets.decisions.model import HEAD_OF_LABEL, HEADS, Decision, Decisions
from widgets.text import held
from widgets.text.content import first_twin
from widgets.text.document import Document
from widgets.text.held import ContentError
from widgets.text.markdown import NUMBER_WITH_ROW
from widgets.text.wording import nearest

__all__ = [
    "HEADS",
    "HEAD_OF_LABEL",
    "ContentError",
    "Decision",
    "Decisions",
    "beside",
    "chapters_with_decisions",
    "parse",
    "read",
]

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
ENDING = ".decisions.yml"
_ROLE = re.compile(r"\{(?P<name>[a-z]+)\}`(?P<content>[^`]*)`")


def beside(page: Path) -> Path:
    """The file of the decisions of the page at `page`."""
    return page.with_suffix(ENDING)


def chapters_with_decisions(chapters: Path = CHAPTERS) -> list[str]:
    """The names of the chapters that have decisions, below `chapters` and without ending."""
    found = chapters.rglob(f"*{ENDING}")
    return sorted(path.relative_to(chapters).as_posix().removesuffix(ENDING) for path in found)


def read(path: Path, shown_as: str | None = None) -> tuple[Decisions, Document]:
    """The decisions in a file, and its lines. Raises ContentError, which names the file as `shown_as`."""
    shown = shown_as or str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ContentError(
            f"{shown}:1: {error.strerror or 'cannot be read'}; it lies beside its chapter"
        ) from None
    return parse(content, shown)


def parse(content: bytes, shown_as: str) -> tuple[Decisions, Document]:
    """The decisions written in `content`, and its lines. Raises ContentError with a line for each mistake."""
    lines: list[Document] = []

    def faults(found: Decisions, document: Document) -> Iterator[tuple[int, str]]:
        lines.append(document)
        yield from _faults(found, document)

    found = held.parse(content, Decisions, shown_as, faults)
    return found, lines[0]


def _faults(found: Decisions, document: Document) -> Iterator[tuple[int, str]]:
    """Ids that stand twice, sources that cannot be cited, and numbers that their rows do not bear out."""
    twin = first_twin([decision.id for decision in found.decisions])
    if twin is not None:
        told = f"the id '{found.decisions[twin].id}' stands twice; give each decision its own"
        yield document.line(("decisions", twin, "id")), told
    for index, decision in enumerate(found.decisions):
        for position, key in enumerate(decision.sources):
            if problem := _no_source(key):
                yield document.line(("decisions", index, "sources", position)), problem
        for name in HEADS:
            line, text = document.line(("decisions", index, name)), getattr(decision, name)
            if "\n\n" in text.strip():
                yield line, f"'{name}' has several paragraphs; write one"
            for role in _ROLE.finditer(text):
                if problem := _problem_of(role["name"], role["content"]):
                    yield line, problem


def _problem_of(role: str, content: str) -> str:
    if role.startswith("footcite"):
        return next(
            (problem for key in re.split(r"[,\s]+", content.strip()) if (problem := _no_source(key))), ""
        )
    if role != "est":
        return ""
    number = NUMBER_WITH_ROW.fullmatch(content)
    if number is None:
        return f"{{est}}`{content}` names no row; write {{est}}`number <row-id>`"
    try:
        check_number(number["text"], number["row"])
    except EvidenceError as error:
        return str(error)
    return ""


def _no_source(key: str) -> str:
    known = references()
    if key not in known:
        return f"the source '{key}' is not in the bibliography; {nearest(key, known)}"
    if not known[key].complete:
        return f"the record of '{key}' is incomplete; cite a source whose record is complete"
    return ""
