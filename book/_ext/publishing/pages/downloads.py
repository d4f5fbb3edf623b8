"""Offers each notebook chapter, as it was executed for the page, as an ``.ipynb`` file."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_cache import get_cache

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

FOLDER = "_notebooks"


def _executed(app: Sphinx, pagename: str) -> Path:
    return Path(app.outdir).parent / "jupyter_execute" / f"{pagename}.ipynb"


def _fill_in_outputs(app: Sphinx, doctree: nodes.document) -> None:
    # MyST-NB writes a notebook that it found in the cache without its outputs.
    path = _executed(app, app.env.docname)
    if not path.exists():
        return
    cache = get_cache(app.config.nb_execution_cache_path)
    with suppress(KeyError):  # not in the cache: MyST-NB has just executed it, and wrote it whole
        written = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        _, notebook = cache.merge_match_into_notebook(written)
        nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def _offer(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if app.builder.format == "html" and _executed(app, pagename).exists():
        context["notebook"] = f"{FOLDER}/{pagename}.ipynb"


def _copy(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    for docname in app.env.found_docs:
        notebook = _executed(app, docname)
        if notebook.exists():
            target = Path(app.outdir) / FOLDER / f"{docname}.ipynb"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(notebook, target)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("doctree-read", _fill_in_outputs)
    app.connect("html-page-context", _offer)
    app.connect("build-finished", _copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
