"""Takes out of the built book the pages that are no longer part of it, and all ways to them; Sphinx leaves them there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class _Removed:
    """What one build learns of pages taken away."""

    def __init__(self) -> None:
        self.removed: set[str] = set()
        self.others = False
        self.written: set[str] = set()

    def note_removed(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> Iterable[str]:
        self.removed |= removed
        self.others |= bool(added or removed)
        return ()

    def write_neighbours(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        # Every page leads to others: beside its text, and to those before and after it.
        return env.found_docs if self.others else ()

    def note_written(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        self.written.add(pagename)

    def take_out(self, app: Sphinx, exception: Exception | None) -> None:
        if exception or app.builder.format != "html":
            return
        folder = Path(app.outdir)
        gone = set(self.removed)
        # A build that wrote every page knows all there is, also after builds that failed half-way.
        if app.env.found_docs <= self.written:
            there = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.html")}
            gone |= there - self.written
        for name in gone:
            (folder / f"{name}.html").unlink(missing_ok=True)
            (folder / "_notebooks" / f"{name}.ipynb").unlink(missing_ok=True)
            (folder.parent / "jupyter_execute" / f"{name}.ipynb").unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    pages = _Removed()
    app.connect("env-get-outdated", pages.note_removed)
    app.connect("env-updated", pages.write_neighbours)
    app.connect("html-page-context", pages.note_written)
    app.connect("build-finished", pages.take_out, priority=700)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
