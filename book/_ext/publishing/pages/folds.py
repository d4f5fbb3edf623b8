"""Folds what a chapter need not show at once: the sections *Before you start* and *The studies*.

A fold is the browser's own: it opens by key, by a search in the page, and by a link to what is in it (where a browser does
not do that by itself, `scripts/page.js` does). On paper the first is open; the studies are left out, which is said, unless
a reader asks for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from publishing.output.front_ends import BESIDE, STYLES_BESIDE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

STUDIES = "The studies"
STUDIES_HOLD = "Other figures, tables, and how they were found"
LEFT_OUT = "The studies are left out of this print; they stand on the page, and can be printed with it."
BEFORE = "Before you start"
TIME = "Time."


class fold(nodes.Element):  # noqa: N801  (docutils names node classes in lower case)
    """What is folded: `kind` names its style, `holds` says what is in it."""


def _fold(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """When the page's own contents and all links to its parts are known."""
    if app.builder.format != "html":
        return
    for section in list(doctree.findall(nodes.section)):
        title, *below = section.children
        if title.astext() == STUDIES and below:
            section.children = [title]
            section += fold("", *below, kind="studies", holds=STUDIES_HOLD)
        elif title.astext() == BEFORE and below:
            section.children = [title]
            section += fold("", *below, kind="objectives", holds=_time(below))


def _time(told: list[nodes.Node]) -> str:
    """How long the chapter takes, and what else is in the fold."""
    for one in told:
        if (words := one.astext()).startswith(TIME):
            return f"{words.removeprefix(TIME).strip(' .')}: objectives, and what to know before"
    return "Objectives, and what to know before"


def _visit_fold(self: HTML5Translator, node: nodes.Element) -> None:
    if node["kind"] == "studies":
        self.body.append(f'<p class="studies-left">{LEFT_OUT}</p>\n')
    self.body.append(f'<details class="fold {node["kind"]}"><summary>{node["holds"]}</summary>\n')


def _depart_fold(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def _style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if '<details class="fold ' in context.get("body", ""):
        context.setdefault(BESIDE, []).append("folds")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    STYLES_BESIDE["folds"] = Path(__file__).with_suffix(".css")
    app.add_node(fold, html=(_visit_fold, _depart_fold))
    app.connect("doctree-resolved", _fold, priority=700)
    app.connect("html-page-context", _style, priority=450)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
