"""The evidence part of the book: each table of the data package as a page, and the package to download."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.reading import Flow, flow
from evidence.source import DATA
from widgets.base.front_end import template
from widgets.table import evidence

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "_data"
FLOW = template(Path(__file__).with_name("flow.html"))


class EvidenceTable(SphinxDirective):
    """One table of the evidence, complete without JavaScript: ``{evidence-table} outcomes``."""

    required_arguments = 1
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """The table's markup, as its widget gives it."""
        name = self.arguments[0]
        if name not in evidence.TABLES:
            raise self.error(f"no table {name!r}: choose from {', '.join(sorted(evidence.TABLES))}")
        return [nodes.raw("", evidence.TABLES[name]().page_html(), format="html")]


class EvidenceSummary(SphinxDirective):
    """How many rows each table holds, counted when the page is built."""

    def run(self) -> list[nodes.Node]:
        """A sentence, and the way to the whole package."""
        package = nodes.reference(
            "", "Its description lists every file", refuri=f"../{FOLDER}/datapackage.json"
        )
        return [nodes.paragraph("", "", nodes.Text(f"{evidence.summary()} "), package, nodes.Text("."))]


class ReadingSummary(SphinxDirective):
    """What the second reading made of the rows, and how far its readers agreed."""

    def run(self) -> list[nodes.Node]:
        """A sentence, and a table with a line a field."""
        return [
            nodes.paragraph("", evidence.reading_summary()),
            *self.parse_text_to_nodes(evidence.reading_agreement()),
        ]


class RecordFlow(SphinxDirective):
    """What became of every record that was found, counted when the page is built."""

    def run(self) -> list[nodes.Node]:
        """The drawing, with its numbers in words for who does not see it."""
        return [nodes.raw("", record_flow(flow()), format="html")]


def record_flow(counted: Flow) -> str:
    """The way of the records as a drawing: how many are left at each step, and beside it who left and why."""
    listed = counted.rows + counted.cited + counted.incomplete
    left_out = sum(counted.left_out.values())
    looked_at = counted.found - counted.to_screen
    steps = {
        f"{counted.found} records found": [f"{counted.to_screen} not looked at yet"],
        f"{looked_at} looked at": [
            f"{left_out} left out",
            *(f"{count}: {reason}" for reason, count in counted.left_out.items()),
        ],
        f"{looked_at - left_out} kept": [f"{counted.waiting} to be read first"],
        f"{listed} in the bibliography": [
            f"{counted.cited + counted.incomplete} without a row",
            *([f"{counted.incomplete} of an incomplete record"] if counted.incomplete else []),
        ],
        f"{counted.rows} with a row": [],
    }
    return FLOW.render(
        steps=steps, words=". ".join(" ".join([f"{step}:", *out]) for step, out in steps.items())
    )


def _copy_package(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    target = Path(app.outdir) / FOLDER
    target.mkdir(exist_ok=True)
    for path in DATA.iterdir():
        if path.is_file():
            shutil.copyfile(path, target / path.name)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("evidence-table", EvidenceTable)
    app.add_directive("evidence-summary", EvidenceSummary)
    app.add_directive("reading-summary", ReadingSummary)
    app.add_directive("record-flow", RecordFlow)
    app.connect("build-finished", _copy_package)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
