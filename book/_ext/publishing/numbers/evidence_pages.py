"""The evidence part of the book: each table of the data package as a page, and the package to download."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from evidence.source import DATA
from widgets.table import evidence

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "_data"


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
    app.connect("build-finished", _copy_package)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
