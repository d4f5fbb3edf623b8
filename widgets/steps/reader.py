"""Reads the steps of an operation, and holds them to the evidence and to their drawing."""

from __future__ import annotations

from pathlib import Path

from evidence import EvidenceError, references
from widgets.steps.drawing import last_step
from widgets.steps.model import Operation
from widgets.text import held
from widgets.text.document import Document
from widgets.text.held import ContentError, Faults
from widgets.text.markdown import MarkdownError, render_inline
from widgets.text.wording import nearest

__all__ = ["CHAPTERS", "ContentError", "drawing_of", "operations", "read"]

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
ENDING = ".steps.yml"
_TEXTS = ("title", "exposed", "cut", "placed", "spare", "ask", "answer")


def operations(chapters: Path = CHAPTERS) -> list[str]:
    """The names of all operations with steps, below `chapters` and without ending."""
    return sorted(
        path.relative_to(chapters).as_posix().removesuffix(ENDING) for path in chapters.rglob(f"*{ENDING}")
    )


def drawing_of(path: Path) -> Path:
    """The drawing of the steps at `path`: chapters/procedures/x.steps.yml has chapters/figures/x-steps.svg."""
    return path.parents[1] / "figures" / f"{path.name.removesuffix(ENDING)}-steps.svg"


def read(path: Path, shown_as: str) -> Operation:
    """The operation in a file. Raises ContentError, which names the file as `shown_as`."""
    return held.read(
        path, Operation, shown_as, lambda found, document: _faults(found, document, drawing_of(path))
    )


def _faults(found: Operation, document: Document, drawing: Path) -> Faults:
    known = references()
    for index, step in enumerate(found.steps):
        for position, key in enumerate(step.sources):
            if key not in known:
                line = document.line(("steps", index, "sources", position))
                yield line, f"the source '{key}' is not in the bibliography; {nearest(key, known)}"
        for name in _TEXTS:
            try:
                render_inline(getattr(step, name) or "")
            except (EvidenceError, MarkdownError) as error:
                yield document.line(("steps", index, name)), str(error)
    line, name = document.line(("steps",)), f"chapters/figures/{drawing.name}"
    try:
        drawn = last_step(drawing.read_text(encoding="utf-8"))
    except OSError:
        yield line, f"there is no drawing {name}; draw one, with data-step on what appears step by step"
        return
    if drawn != len(found.steps):
        yield line, f"{len(found.steps)} steps, but {name} draws {drawn}; let both tell the same"
