"""``{decisions}``: the table of what one finds and what one does, from ``<chapter>.decisions.yml`` beside the chapter.

Its texts are parsed as the page's own, so that numbers, citations and links work in them; what is wrong with one is told
with the file and line that it stands on. On a phone each row is a card (see `widgets/decisions/decisions.css`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from publishing.output.front_ends import BESIDE, STYLES_BESIDE
from widgets.decisions import HEAD_OF_LABEL, HEADS, ContentError, Decision, beside, read
from widgets.text.document import Document

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
STYLE = Path(__file__).parents[4] / "widgets" / "decisions" / "decisions.css"
#: What a page keeps of its decisions: the place of each id.
IDS = "decision_ids"


class decision_table(nodes.Element):  # noqa: N801  (docutils names node classes in lower case)
    """The table: its children are rows."""


class decision_row(nodes.Element):  # noqa: N801
    """One decision: its children are cells."""


class decision_cell(nodes.TextElement):  # noqa: N801
    """One text, with the head of its column in `label`."""


class DecisionsDirective(SphinxDirective):
    """The decisions of the chapter that it stands in."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """The table; a mistake in the file is a line of its own."""
        path = beside(Path(self.env.doc2path(self.env.docname)))
        shown = f"{Path(self.env.srcdir).name}/{path.relative_to(self.env.srcdir).as_posix()}"
        self.env.note_dependency(str(path))
        try:
            found, document = read(path, shown)
        except ContentError as refused:
            for line in str(refused).splitlines():
                logger.warning("%s", line, location=self.get_location(), type="course", subtype="decisions")
            return []
        lines = [document.line(("decisions", index, "id")) for index in range(len(found.decisions))]
        self.env.metadata[self.env.docname][IDS] = {
            one.id: f"{shown}:{line}" for one, line in zip(found.decisions, lines, strict=True)
        }
        table = decision_table()
        for index, decision in enumerate(found.decisions):
            table += self._row(decision, index, document, str(path))
        self.set_source_info(table)
        return [table]

    def _row(self, decision: Decision, index: int, document: Document, path: str) -> decision_row:
        cells = []
        for name, head in HEADS.items():
            line = document.line(("decisions", index, name))
            cells.append(self._cell(head, getattr(decision, name), path, line))
        cited = "".join(getattr(decision, name) for name in HEADS)
        # What a text cites already stands beside what it bears out.
        more = [key for key in decision.sources if key not in cited]
        label = f"{decision.label} {{footcite}}`{','.join(more)}`" if more else decision.label
        line = document.line(("decisions", index, "sources"))
        cells.append(self._cell(HEAD_OF_LABEL, label, path, line))
        return decision_row("", *cells, ids=[f"decision-{decision.id}"])

    def _cell(self, head: str, text: str, path: str, line: int) -> decision_cell:
        with self._as_written_in(path):
            # It counts lines from nought.
            content, messages = self.parse_inline(" ".join(text.split()), lineno=line - 1)
        return decision_cell("", "", *content, *messages, label=head)

    @contextmanager
    def _as_written_in(self, path: str) -> Iterator[None]:
        """What is told of a text is told of the file that it stands in."""
        document, reporter = self.state.document, self.state.document.reporter
        source, place = document["source"], reporter.__dict__.get("get_source_and_line")

        def here(line: int | None = None) -> tuple[str, int | None]:
            return path, line

        document["source"], reporter.get_source_and_line = path, here
        try:
            yield
        finally:
            document["source"] = source
            if place is None:
                del reporter.get_source_and_line
            else:
                reporter.get_source_and_line = place


def _refuse_twins(app: Sphinx, env: BuildEnvironment) -> None:
    first: dict[str, str] = {}
    for name in sorted(env.found_docs):
        for one, place in env.metadata[name].get(IDS, {}).items():
            if one in first:
                message = "%s: the decision '%s' stands at %s too; an id is one decision's: choose another"
                logger.warning(message, place, one, first[one], type="course", subtype="decisions")
            first.setdefault(one, place)


def _visit_table(self: HTML5Translator, node: nodes.Element) -> None:
    # The roles keep rows and cells what they are where a phone draws them as cards.
    heads = "".join(
        f'<th role="columnheader" scope="col">{head}</th>' for head in (*HEADS.values(), HEAD_OF_LABEL)
    )
    self.body.append(
        '<table class="decisions" role="table">\n<thead role="rowgroup"><tr role="row">'
        f'{heads}</tr></thead>\n<tbody role="rowgroup">\n'
    )


def _depart_table(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</tbody>\n</table>\n")


def _visit_row(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f'<tr role="row" id="{node["ids"][0]}">')


def _depart_row(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</tr>\n")


def _visit_cell(self: HTML5Translator, node: nodes.Element) -> None:
    heads = node.parent.index(node) == 0
    self.body.append(
        f'<{"th scope=row role=rowheader" if heads else "td role=cell"} data-label="{node["label"]}">'
    )
    self.context.append("</th>" if heads else "</td>")


def _depart_cell(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.context.pop())


def _visit_words(self: nodes.NodeVisitor, node: nodes.Element) -> None:
    """Other formats print the words."""


def _style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if '<table class="decisions"' in context.get("body", ""):
        context.setdefault(BESIDE, []).append("decisions")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    words = (_visit_words, _visit_words)
    STYLES_BESIDE["decisions"] = STYLE
    for node, visitors in (
        (decision_table, (_visit_table, _depart_table)),
        (decision_row, (_visit_row, _depart_row)),
        (decision_cell, (_visit_cell, _depart_cell)),
    ):
        app.add_node(node, html=visitors, latex=words, text=words, man=words, texinfo=words)
    app.add_directive("decisions", DecisionsDirective)
    app.connect("env-check-consistency", _refuse_twins)
    app.connect("html-page-context", _style, priority=450)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
