"""Roles for what a chapter promises: a number bound to its row, an objective bound to its questions.

``{est}`228 of 260 <bertrand1993-global-clinical-rating>` `` prints the text and fails the build when the
row does not bear it out. ``{objective}`spd-anatomy` `` marks a learning objective; questions name it by id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from evidence import EvidenceError, check_number, references, row
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxRole

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class EstimateRole(ReferenceRole):
    """A number from the evidence: shown text, and the id of its row in angle brackets."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Check the number and mark it with its row."""
        node = nodes.inline(self.rawtext, self.title, classes=["est"])
        try:
            if not self.has_explicit_title:
                raise EvidenceError(f"{self.text!r} names no row: write the number, then <the row's id>")
            check_number(self.title, self.target)
            source = references().get(row(self.target).source_key)
            node["row"] = self.target
            node["source"] = source.label if source else ""
        except EvidenceError as error:
            logger.warning("%s", error, location=self.get_location(), type="course", subtype="number")
        return [node], []


class ObjectiveRole(SphinxRole):
    """A learning objective's id; the objective itself is the rest of the line."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave an anchor that questions can point to."""
        return [nodes.inline(self.rawtext, "", ids=[f"objective-{self.text}"], classes=["objective"])], []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_role("est", EstimateRole())
    app.add_role("objective", ObjectiveRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
