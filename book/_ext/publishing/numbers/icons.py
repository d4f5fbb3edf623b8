"""Draws a share of people as icons, on any page or slide, from a row of the evidence.

````
```{icons} munchau2001swallow-dysphagia
:what: had new trouble swallowing
```
````

The counts come from the row, and are linked to it; the build fails, with file and line, when the row does not
exist, holds no share of people, or cannot be drawn in whole icons. ``:of: 1000`` goes for a page on which anything
is under 1 %: one page has one denominator. ``:otherwise:`` says what happened to the others, ``:who:`` and
``:when:`` replace the group and the time of the row. What nobody counted has an icon of its own: the argument is
then ``not-known``, with ``:what:`` and, if need be, ``:why:``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from evidence import EvidenceError, row
from publishing.output.front_ends import BESIDE, STYLES_BESIDE
from widgets.icons import IconArray, icon_array, not_known
from widgets.icons.markup import STYLE
from widgets.number import page_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
_UNKNOWN = "not-known"
_DRAWN = re.compile(r'<figure class="icons[ "]')
_DENOMINATORS = "course_icons_of"


class icons(nodes.Element):  # noqa: N801  (docutils names node classes in lower case)
    """A picture of icons; its words stand in it as a paragraph, for formats that draw none and for the search."""


class IconsDirective(SphinxDirective):
    """A share of people, drawn."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "of": lambda given: int(directives.choice(given, ("100", "1000"))),
        "what": directives.unchanged_required,
        "otherwise": directives.unchanged_required,
        "who": directives.unchanged_required,
        "when": directives.unchanged_required,
        "why": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Draw it once without its link, so that a fault is found while the page is read."""
        given = {"what": "", **self.options}
        row_id = self.arguments[0]
        try:
            drawn = _draw(row_id, given, None)
            page = "" if row_id == _UNKNOWN else page_of(row(row_id))
            if row_id != _UNKNOWN:
                self._one_denominator(given.get("of", 100))
        except EvidenceError as error:
            logger.warning("%s", error, location=self.get_location(), type="course", subtype="icons")
            return []
        node = icons("", nodes.paragraph("", drawn.words), row=row_id, given=given, page=page)
        self.set_source_info(node)
        return [node]

    def _one_denominator(self, of: int) -> None:
        first = self.env.temp_data.setdefault(_DENOMINATORS, of)
        if first != of:
            raise EvidenceError(
                f"icons of {of} on a page with icons of {first}: a page has one denominator, "
                "1000 where anything is under 1 %"
            )


def _draw(row_id: str, given: dict[str, Any], root: str | None) -> IconArray:
    known = ("why",) if row_id == _UNKNOWN else ("of", "otherwise", "who", "when")
    strange = set(given) - {"what", *known}
    if strange:
        raise EvidenceError(
            f"{row_id} takes no {', '.join(sorted(strange))}: it takes what, {', '.join(known)}"
        )
    if row_id == _UNKNOWN:
        return not_known(**given)
    return icon_array(row_id, **given, root=root)


def _visit_icons(self: HTML5Translator, node: nodes.Element) -> None:
    page, root = cast(str, node["page"]), None
    if page in self.builder.env.found_docs:
        here = self.builder.get_target_uri(self.builder.current_docname)
        address = relative_uri(here, self.builder.get_target_uri(page))
        root = address.removesuffix(f"{page}.html")
    self.body.append(_draw(node["row"], node["given"], root).markup + "\n")
    raise nodes.SkipNode


def _visit_words(self: nodes.NodeVisitor, node: nodes.Element) -> None:
    """Other formats print the words."""


def _style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if not _DRAWN.search(context.get("body", "")):
        return
    context.setdefault(BESIDE, []).append("icons")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    words = (_visit_words, _visit_words)
    STYLES_BESIDE["icons"] = STYLE
    app.add_node(icons, html=(_visit_icons, None), latex=words, text=words, man=words, texinfo=words)
    app.add_directive("icons", IconsDirective)
    app.connect("html-page-context", _style, priority=450)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
