"""Decks: each session's slides, in the builder of sphinx-revealjs. Only its build loads this."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging
from sphinx_revealjs.utils import get_revealjs_path

from publishing.numbers.icons import icons
from publishing.output.front_ends import WIDGETS
from publishing.sessions.session import fill_in, notes, slide, slide_title, sources_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
#: What the decks use of all that sphinx-revealjs brings along.
_REVEAL = ("dist/reveal.css", "dist/reveal.js", "plugin/notes/notes.js", "LICENSE")
#: What fills a slide beside words.
_FILLING = (nodes.figure, nodes.image, nodes.table, nodes.raw, icons)
FEWEST_WORDS, FEW_WORDS, MOST_ITEMS = 20, 50, 5
_EDITION = re.compile(r'^const EDITION = "([^"]+)";$', re.MULTILINE)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def _forget_contents(app: Sphinx, doctree: nodes.document) -> None:
    # A deck stands by itself: no page lists it.
    app.env.metadata[app.env.docname]["orphan"] = "yes"


def _make_deck(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep the slides alone, whole and without links."""
    if app.builder.name != "revealjs":
        return
    slides = list(doctree.findall(slide))
    if not slides:
        logger.warning("the session has no slides", location=docname, type="course", subtype="session")
    doctree.children = []
    doctree.extend(slides)
    fill_in(app.env, doctree)
    for index, one in enumerate(slides):
        one["first"] = index == 0
        said = list(one.findall(notes))
        for part in said:
            part.parent.remove(part)
        minutes = f"{one['minutes']:g} minute{'' if one['minutes'] == 1 else 's'}"
        time = nodes.paragraph("", "", nodes.strong("", minutes))
        told = notes("", time, *(child for part in said for child in part.children))
        if labels := sources_of(one):
            told += nodes.paragraph("", f"Numbers from: {'; '.join(labels)}.")
        one["look"] = one["look"] or _look(one)
        title = one.pop(0)
        one.children = [title, told, nodes.container("", *one.children, classes=["shown"])]
        one.setup_child(told)
        one.setup_child(one.children[2])
    _take_off_links(doctree)


def _look(one: nodes.Element) -> str:
    """How large a slide's words stand: few words are large ones."""
    if one["first"]:
        return "opening"
    if len(list(one.findall(icons))) > 1:
        return "pair"
    items = len(list(one.findall(nodes.list_item)))
    if items > MOST_ITEMS or any(isinstance(part, _FILLING) for part in one.findall()):
        return ""
    words = sum(len(part.astext().split()) for part in one[1:])
    return "statement" if words <= FEWEST_WORDS else "few" if words <= FEW_WORDS else ""


def _take_off_links(doctree: nodes.document) -> None:
    """A slide cites in its notes, and leads nowhere."""
    for note in list(doctree.findall(nodes.footnote_reference)):
        before = note.previous_sibling()
        if isinstance(before, nodes.Text):
            note.parent.replace(before, nodes.Text(before.astext().rstrip()))
        note.parent.remove(note)
    for link in list(doctree.findall(nodes.reference)):
        link.replace_self(nodes.inline("", "", *link.children))
    for raw in list(doctree.findall(nodes.raw)):
        # To reveal.js every section is a slide.
        markup = re.sub(r"<(/?)section\b", r"<\1div", raw.astext())
        raw.replace_self(nodes.raw("", markup, format=raw["format"]))


def _visit_slide(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f'<section class="{node["look"]}" data-timing="{round(node["minutes"] * 60)}">\n')


def _depart_slide(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</section>\n")


def _visit_title(self: HTML5Translator, node: nodes.Element) -> None:
    level = 1 if node.parent["first"] else 2
    self.body.append(f"<h{level}>")
    self.context.append(f"</h{level}>\n")


def _depart_title(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.context.pop())


def _visit_notes(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append('<aside class="notes">\n')


def _depart_notes(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</aside>\n")


def _complete_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    # sphinx-revealjs copied the list of styles before widgets and pictures added theirs.
    added = [getattr(style, "filename", "") for style in getattr(app.builder, "_css_files", [])]
    context["sheets"] = [
        str(name).removeprefix("_static/") for name in added if str(name).endswith(".widgets.css")
    ]
    context["edition"] = _EDITION.search((WIDGETS / "base" / "edition.js").read_text("utf-8"))[1]  # type: ignore[index]
    # The window that the notes plug-in opens keeps to the policy of the deck that opened it.
    view = get_revealjs_path() / "plugin" / "notes" / "speaker-view.html"
    context["opened_scripts"] = _SCRIPT.findall(view.read_text(encoding="utf-8"))


def _sweep(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "revealjs":
        return
    static = Path(app.outdir) / "_static"
    for path in sorted(static.rglob("*"), reverse=True):
        name = path.relative_to(static).as_posix()
        ours = name.startswith(("deck", "favicon")) or name.endswith((".widgets.js", ".widgets.css"))
        if path.is_file() and not ours and name.removeprefix("revealjs/") not in _REVEAL:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name in ("search.html", "searchindex.js", "genindex.html", "objects.inv", ".buildinfo"):
        (Path(app.outdir) / name).unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    handlers = {"html": (_visit_slide, _depart_slide), "revealjs": (_visit_slide, _depart_slide)}
    app.add_node(slide, override=True, **handlers)
    app.add_node(slide_title, override=True, html=(_visit_title, _depart_title))
    app.add_node(notes, override=True, html=(_visit_notes, _depart_notes))
    app.connect("doctree-read", _forget_contents)
    app.connect("doctree-resolved", _make_deck, priority=100)
    app.connect("html-page-context", _complete_page, priority=900)
    app.connect("build-finished", _sweep, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
