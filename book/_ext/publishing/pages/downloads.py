"""Offers each notebook chapter, as it was executed for the page, as an ``.ipynb`` file.

The file says first what it needs to be run, prints what MyST's roles print, and carries the front ends as they are now:
an edit of a script executes no notebook.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_cache import get_cache
from nbformat.v4 import new_markdown_cell

from evidence import Derived, EvidenceError, bound
from widgets.base.labels import study_label
from widgets.base.parts import WIDGETS

if TYPE_CHECKING:
    from docutils import nodes
    from nbformat import NotebookNode
    from sphinx.application import Sphinx

FOLDER = "_notebooks"
#: What else a notebook says under its title, by the name of its page: other extensions add theirs.
UNDER_TITLE: list[Callable[[str], str]] = []
_TITLE = re.compile(r"^# .+$", re.MULTILINE)
_STATE = "application/vnd.jupyter.widget-state+json"
_ROLE = re.compile(r"\{(?P<role>[a-z]+)\}`(?P<text>[^`]+)`")
_TARGET = re.compile(r"(?P<shown>.+?)\s*<(?P<target>[^<>]+)>", re.DOTALL)


def needs(repository: str) -> str:
    """The first cell of a notebook: what it needs to be run, and how to get it."""
    where = (
        f"the course’s folder ({repository})" if repository else "the folder of the course that it came from"
    )
    return (
        f"**To read this notebook you need nothing else. To run it, you need {where}.** In that folder, `make live` "
        "(see its README) makes an environment with all that the cells import and opens the chapters. The packages "
        "`evidence` and `widgets` are the course’s own: packages of these names elsewhere are others.\n"
    )


def plain(text: str) -> str:
    """Markdown in which each MyST role is replaced by what it prints: a number is followed by its source."""
    return _ROLE.sub(lambda found: _printed(found["role"], found["text"]), text)


def _printed(role: str, text: str) -> str:
    if role == "objective":
        return ""
    if role.startswith(("footcite", "cite")):
        return f"({'; '.join(study_label(key.strip()) for key in text.split(','))})"
    found = _TARGET.fullmatch(text)
    if found is None:
        return text
    source = _source(found["target"]) if role == "est" else ""
    return f"{found['shown']} ({source})" if source else found["shown"]


def _source(row_id: str) -> str:
    with suppress(EvidenceError):
        entry = bound(row_id)
        return "" if isinstance(entry, Derived) else study_label(entry.source_key)
    return ""


def offered(notebook: NotebookNode, repository: str, told: Iterable[str] = ()) -> NotebookNode:
    """An executed notebook as it is handed out, with what is told under its title."""
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    for cell in texts:
        cell.source = plain(cell.source)
    if titled := next((cell for cell in texts if _TITLE.search(cell.source)), None):
        under = "".join(f"\n\n*{said}*" for said in told if said)
        titled.source = _TITLE.sub(lambda found: f"{found[0]}{under}", titled.source, count=1)
    notebook.cells.insert(0, new_markdown_cell(needs(repository), id="needs"))  # type: ignore[no-untyped-call]
    for model in notebook.metadata.get("widgets", {}).get(_STATE, {}).get("state", {}).values():
        _give_front_end(model["state"])
    return notebook


def _give_front_end(state: dict[str, Any]) -> None:
    module, _, name = str(state.get("_anywidget_id", "")).rpartition(".")
    if module.startswith("widgets."):
        kind = getattr(importlib.import_module(module), name)
        state.update(_esm=kind._esm, _css=kind._css)


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


def _hand_out(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    kept = Path(app.doctreedir) / "downloads.json"
    before: dict[str, list[Any]] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    now: dict[str, list[Any]] = {}
    newest = max(
        path.stat().st_mtime_ns for path in WIDGETS.rglob("*") if path.suffix in {".js", ".css", ".py"}
    )
    repository = str(getattr(app.config, "repository", "") or "")
    for docname in sorted(app.env.found_docs):
        notebook, target = _executed(app, docname), Path(app.outdir) / FOLDER / f"{docname}.ipynb"
        if not notebook.exists():
            continue
        told = [say(docname) for say in UNDER_TITLE]
        now[docname] = [notebook.stat().st_mtime_ns, newest, repository, told]
        if target.exists() and before.get(docname) == now[docname]:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        executed = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.write(offered(executed, repository, told), target)  # type: ignore[no-untyped-call]
    kept.write_text(json.dumps(now), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("doctree-read", _fill_in_outputs)
    app.connect("html-page-context", _offer)
    app.connect("build-finished", _hand_out)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
