"""Roles for what a chapter promises: a number bound to its row, an objective bound to its questions.

``{est}`228 of 260 <bertrand1993-global-clinical-rating>` `` prints the text, linked to its row, and fails the
build when the row does not bear it out. ``{unbound}`54 <a count of our own work>` `` prints a number that has
no row, with the reason. ``{objective}`spd-anatomy` `` marks a learning objective; questions name it by id.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxRole
from sphinx.util.osutil import relative_uri

from evidence import EvidenceError, bound, check_number
from widgets.number import front_end, notes_script, page_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
#: The folder of the pages for patients and families.
PATIENTS = "sessions/"
NOTES = "_static/notes"
_BOUND = re.compile(r'<a class="est" href="[^"#]*#([\w-]+)">')


class est(nodes.inline):  # noqa: N801  (docutils names node classes in lower case)
    """A number with the row that bears it out."""


class EstimateRole(ReferenceRole):
    """A number from the evidence: shown text, and the id of its row in angle brackets."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Check the number and mark it with its row."""
        try:
            if not self.has_explicit_title:
                raise EvidenceError(f"{self.text!r} names no row: write the number, then <the row's id>")
            check_number(self.title, self.target)
        except EvidenceError as error:
            logger.warning("%s", error, location=self.get_location(), type="course", subtype="number")
            return [nodes.inline(self.rawtext, self.title)], []
        return [est(self.rawtext, self.title, row=self.target, page=page_of(bound(self.target)))], []


class UnboundRole(ReferenceRole):
    """A number that is no finding: shown text, and the reason in angle brackets."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Print the number; a missing reason is a fault."""
        if not self.has_explicit_title:
            message = "%r gives no reason: write the number, then <why it has no row>"
            logger.warning(message, self.text, location=self.get_location(), type="course", subtype="number")
        return [nodes.inline(self.rawtext, self.title)], []


class ObjectiveRole(SphinxRole):
    """A learning objective's id; the objective itself is the rest of the line."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave an anchor that questions can point to."""
        return [nodes.inline(self.rawtext, "", ids=[f"objective-{self.text}"], classes=["objective"])], []


def _visit_est(self: HTML5Translator, node: nodes.Element) -> None:
    page = cast(str, node["page"])
    if page in self.builder.env.found_docs:
        here = self.builder.get_target_uri(self.builder.current_docname)
        address = relative_uri(here, self.builder.get_target_uri(page))
        self.body.append(f'<a class="est" href="{address}#{node["row"]}">')
        self.context.append("</a>")
    else:
        self.body.append('<span class="est">')
        self.context.append("</span>")


def _depart_est(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.context.pop())


def _add_notes(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """The notes of this page's numbers, in a file of their own: a page weighs no more when the book grows."""
    shown = set(_BOUND.findall(context.get("body", "")))
    if not shown:
        return
    notes = notes_script(shown)
    path = f"{NOTES}/{pagename}.js"
    (file := Path(app.outdir) / path).parent.mkdir(parents=True, exist_ok=True)
    file.write_text(notes, encoding="utf-8")
    checksum = hashlib.sha256(notes.encode()).hexdigest()[:8]
    address = f"{context['pathto'](path, 1)}?v={checksum}"
    context["body"] += front_end(address, for_patients=pagename.startswith(PATIENTS))


def _sweep_notes(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / NOTES
    for path in folder.rglob("*.js"):
        # Plans and other pages that nobody wrote have numbers too.
        if not (Path(app.outdir) / path.relative_to(folder).with_suffix(".html")).exists():
            path.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_node(est, html=(_visit_est, _depart_est))
    app.add_role("est", EstimateRole())
    app.add_role("unbound", UnboundRole())
    app.add_role("objective", ObjectiveRole())
    # Before the front ends look whether the page has one.
    app.connect("html-page-context", _add_notes, priority=400)
    # After the pages of chapters that were taken away have gone.
    app.connect("build-finished", _sweep_notes, priority=750)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
