"""Keeps what a reader sees in step with what it was made from.

Four gaps in the tools are closed here. The notebook cache knows a notebook by its code cells alone: outputs whose inputs
have changed are taken out of it and made anew before Sphinx reads a page (see `execution`). Sphinx does not know which
outputs and which rows of the evidence stand on a page: both are noted with it, and the page is read anew when they
change. Sphinx does not look at extensions: a fingerprint makes it read every page when the code of the book changes.
And a build that ended with warnings leaves no environment behind, because the next one would not repeat them and pass.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxError
from sphinx.util import logging

from publishing.output.execution import Failed, Outputs
from publishing.output.inputs import changed, digest, inputs

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
ROOT = Path(__file__).parents[4]

#: What every page depends on beside its text: the code that makes pages, and the bibliography.
CODE = ("book/_ext", "widgets", "evidence")
_CODE_SUFFIXES = {".py", ".html", ".bib", ".json"}
#: Tables whose rows pages name: each page notes which. The others are vocabularies, which stand behind every row.
ROWS = {f"{name}.csv" for name in ("outcomes", "complications", "facts", "gaps", "muscles", "reading_queue")}
ROWS |= {f"{name}.csv" for name in ("scales", "scale_items", "scale_findings", "readings", "blind_readings")}
#: What pages are written with: the colours of drawings, and the scripts that stand in pages.
TOKENS, SCRIPTS = "widgets/base/tokens.css", "book/_templates/scripts"


class NotebookError(SphinxError):
    """A notebook failed; its faults were told line by line."""

    category = "The notebooks"


def cache_folder(root: Path = ROOT) -> Path:
    """Where the outputs of the notebooks are kept."""
    return root / "_build" / ".jupyter_cache"


def _stands_behind_all(path: Path) -> bool:
    return path.suffix in _CODE_SUFFIXES or (path.suffix == ".csv" and path.name not in ROWS)


def code_fingerprint(root: Path = ROOT) -> str:
    """Ten hexadecimal digits that change with the code that makes pages."""
    files = [path for tree in CODE for path in (root / tree).rglob("*") if _stands_behind_all(path)]
    seen = hashlib.sha256()
    for path in sorted(files):
        seen.update(path.relative_to(root).as_posix().encode())
        seen.update(hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()[:10]


class _Evidence:
    """Notes which rows and tables of the evidence are used while a page is read."""

    def __init__(self) -> None:
        self.indexing = False
        self.rows: set[str] = set()
        self.tables: set[str] = set()
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "evidence.row":
            self.rows.add(arguments[0])
        elif event == "evidence.indexing":
            self.indexing = arguments[0]
        elif event == "evidence.table" and not self.indexing:
            self.tables.add(arguments[0])

    def start(self, app: Sphinx, docname: str, source: list[str]) -> None:
        self.rows.clear()
        self.tables.clear()

    def keep(self, app: Sphinx, doctree: nodes.document) -> None:
        used = {"files": (), "folders": (), "cells": (), "tables": self.tables, "rows": self.rows}
        app.env.metadata[app.env.docname]["evidence_used"] = inputs(ROOT, used)


class _Notebooks:
    """Makes the outputs that are missing, and notes which of them each page shows."""

    def __init__(self) -> None:
        self.made: dict[str, str] = {}
        self.failed: list[Failed] = []

    def make(self, app: Sphinx) -> None:
        if app.builder.format != "html" or app.config.nb_execution_mode != "cache":
            return
        pages = (Path(app.srcdir) / f"{name}.md" for name in app.config.external_site_map)
        outputs = Outputs(ROOT, cache_folder(), filter(Path.is_file, pages))
        outputs.forget_stale()
        if missing := outputs.missing():
            names = ", ".join(one.path.stem for one in missing)
            logger.info("Executing %d notebook(s): %s", len(missing), names)
            self.failed = outputs.execute(missing)
        for one in self.failed:
            for line in one.lines:
                place = (app.env.path2doc(str(one.path)), one.line)
                logger.warning("%s", line, location=place, type="course", subtype="notebook")
            # It is still read for faults in its text.
            app.config.nb_execution_excludepatterns.append(one.path.as_posix())
        self.made = {app.env.path2doc(str(path)) or "": when for path, when in outputs.made().items()}

    def changed(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> list[str]:
        return [
            name
            for name in env.found_docs & set(self.made)
            if env.metadata[name].get("outputs_made") != self.made[name]
        ]

    def keep(self, app: Sphinx, doctree: nodes.document) -> None:
        app.env.metadata[app.env.docname]["outputs_made"] = self.made.get(app.env.docname, "")

    def refuse(self, app: Sphinx, env: BuildEnvironment) -> None:
        if self.failed:
            raise NotebookError("not every notebook could be executed")


def _take_fingerprints(app: Sphinx, config: Config) -> None:
    config.nb_execution_cache_path = str(cache_folder())
    # Sphinx reads every page anew when this value changes.
    config.course_publishing = code_fingerprint()
    # It writes every page anew when this one does.
    scripts = sorted((ROOT / SCRIPTS).glob("*.js"))
    written_with = [TOKENS, *(path.relative_to(ROOT).as_posix() for path in scripts)]
    config.course_written_with = [digest(ROOT, name) for name in written_with]


def _with_changed_evidence(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed_: set[str], removed: set[str]
) -> list[str]:
    return [name for name in env.found_docs if changed(ROOT, env.metadata[name].get("evidence_used", {}))]


def _forget_after_warnings(app: Sphinx, exception: Exception | None) -> None:
    # With --keep-going, which our builds use, Sphinx clears `warningiserror`.
    strict = app.warningiserror or app.keep_going
    if exception or (strict and app._warncount):
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    evidence, notebooks = _Evidence(), _Notebooks()
    app.add_config_value("course_publishing", "", "env")
    app.add_config_value("course_written_with", [], "html")
    app.connect("config-inited", _take_fingerprints)
    app.connect("builder-inited", notebooks.make)
    app.connect("env-get-outdated", notebooks.changed)
    app.connect("env-get-outdated", _with_changed_evidence)
    app.connect("source-read", evidence.start)
    app.connect("doctree-read", evidence.keep, priority=900)
    app.connect("doctree-read", notebooks.keep)
    app.connect("env-updated", notebooks.refuse)
    app.connect("build-finished", _forget_after_warnings, priority=900)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
