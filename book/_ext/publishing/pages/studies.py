"""Folds the section of a chapter that is called *The studies*: it stands below its heading, closed, until it is wanted.

A fold is the browser's own: it opens by key, by a search in the page, and by a link to what is in it (where a browser does
not do that by itself, `scripts/page.js` does). On paper it is left out, which is said, unless a reader asks for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from publishing.output.front_ends import BESIDE, STYLES_BESIDE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

TITLE = "The studies"
SUMMARY = "Other figures, tables, and how they were found"
LEFT_OUT = "The studies are left out of this print; they stand on the page, and can be printed with it."


class fold(nodes.Element):  # noqa: N801  (docutils names node classes in lower case)
    """What is folded."""


def _fold(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """When the page's own contents and all links to its parts are known."""
    if app.builder.format != "html":
        return
    for section in list(doctree.findall(nodes.section)):
        title, *below = section.children
        if title.astext() == TITLE and below:
            section.children = [title]
            section += fold("", *below)


def _visit_fold(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f'<p class="studies-left">{LEFT_OUT}</p>\n')
    self.body.append(f'<details class="studies"><summary>{SUMMARY}</summary>\n')


def _depart_fold(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def _style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if '<details class="studies">' in context.get("body", ""):
        context.setdefault(BESIDE, []).append("studies")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    STYLES_BESIDE["studies"] = Path(__file__).with_suffix(".css")
    app.add_node(fold, html=(_visit_fold, _depart_fold))
    app.connect("doctree-resolved", _fold, priority=700)
    app.connect("html-page-context", _style, priority=450)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
