"""Stops the build where the words around a bound number claim more than its row: see `evidence.wording`.

A page is read with all that stands beside it: its questions, decisions, cases and options. A wrong option of a question
only offers what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from evidence import EvidenceError
from evidence.wording import Bound, contradictions
from widgets.text.sentences import sentences

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
#: What `sentences` puts in the place of a figure that is drawn.
_DRAWN = ("icons", "chart")


def told(path: Path) -> Iterator[tuple[int, str]]:
    """Each contradiction of a file, with its line."""
    for sentence in sentences(path):
        if not sentence.asserted:
            continue
        rows = [
            Bound(row, [one for one in shown if one not in _DRAWN]) for row, shown in sentence.figures.items()
        ]
        for found in contradictions(sentence.text, rows):
            yield sentence.line, str(found)


def _read(app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
    for name in names:
        page = Path(env.doc2path(name))
        for path in (page, *sorted(page.parent.glob(f"{page.stem}.*.yml"))):
            try:
                found = list(told(path)) if path.exists() else []
            except EvidenceError:
                # An unknown row, or a file that cannot be read, is told where it is used.
                continue
            for line, said in found:
                logger.warning("%s", said, location=f"{path}:{line}", type="course", subtype="wording")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("env-before-read-docs", _read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
