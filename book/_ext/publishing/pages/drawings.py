"""Publishes drawn figures in two versions, for the light and the dark page, loaded as the reader comes near.

Authors write an ordinary figure with one SVG file whose colours are tokens with a fallback,
``fill="var(--course-muscle, #e3b7a9)"``; in a raw notebook it stays one. An ``<img>`` cannot see the page's
tokens, and a drawing inside the page would weigh on readers who never scroll to it. So a drawing that a question asks
about, which stands in the widget's markup for a live notebook, is taken out of the page in the same two versions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree

from docutils import nodes
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
TOKENS = Path(__file__).parents[4] / "widgets" / "base" / "tokens.css"
FOLDER = "_drawings"
#: A drawing in the markup of a question: its own name, and what it shows in words.
_ASKED = re.compile(
    r'<svg class="asked-drawing" role="img" data-figure="(?P<name>[\w-]+)" aria-label="(?P<alt>[^"]*)"(?P<rest>.*?</svg>)',
    re.DOTALL,
)
_BOX = re.compile(r'viewBox="\S+ \S+ (?P<width>\S+) (?P<height>\S+)"')
_TOKEN = re.compile(r"var\(\s*(--course-[\w-]+)\s*(?:,[^)]*)?\)")
_SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", _SVG)


@cache
def colours(theme: str) -> dict[str, str]:
    """The colour tokens of a theme, ``light`` or ``dark``."""
    css = TOKENS.read_text(encoding="utf-8")
    blocks = {"light": css.split("@media")[0], "dark": css[css.index('body[data-theme="dark"]') :]}
    return dict(re.findall(r"(--course-[\w-]+):\s*([^;]+);", blocks[theme]))


class DrawingError(ValueError):
    """A drawing that cannot be published: one line that says why."""


def coloured(path: Path, theme: str) -> str:
    """The drawing with its tokens replaced by a theme's colours, without white space between elements.

    Raises:
        DrawingError: when it is no SVG, or names a token that does not exist.
    """
    return painted(ElementTree.tostring(_parsed(path), encoding="unicode"), theme)


def painted(markup: str, theme: str) -> str:
    """The markup of a drawing with its tokens replaced by a theme's colours, without white space between elements.

    Raises:
        DrawingError: when it names a token that does not exist.
    """
    markup = re.sub(r">\s+<", "><", markup)
    known = colours(theme)
    for token in _TOKEN.findall(markup):
        if token not in known:
            raise DrawingError(f"names the unknown token {token}")
    return _TOKEN.sub(lambda match: known[match[1]], markup)


def size(path: Path) -> tuple[str, str]:
    """Width and height of a drawing, in its own units, from its ``viewBox``.

    Raises:
        DrawingError: when it is no SVG, or has no ``viewBox``.
    """
    box = _parsed(path).get("viewBox", "").split()
    if len(box) != 4:
        raise DrawingError("has no viewBox, so its place in the page cannot be kept")
    return box[2], box[3]


def _parsed(path: Path) -> ElementTree.Element:
    try:
        return ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise DrawingError(f"cannot be read as SVG: {error}") from None


def taken_out(markup: str, folder: Path, address: Callable[[str], str]) -> str:
    """The markup of questions with links to their drawings, which are written to the book's folder.

    Args:
        markup: HTML, with drawings as :func:`widgets.quiz.markup.picture` makes them.
        folder: The folder of the built book.
        address: The way from the page to a file of the book.
    """

    def link(found: re.Match[str]) -> str:
        drawing = f"<svg{found['rest']}"
        box = _BOX.search(drawing)
        assert box, "a drawing that was read has a viewBox"
        images = []
        for theme in ("light", "dark"):
            target = folder / FOLDER / f"{found['name']}-asked.{theme}.svg"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(painted(drawing, theme), encoding="utf-8")
            images.append(
                f'<img class="only-{theme}" src="{escape(address(f"{FOLDER}/{target.name}"))}" '
                f'alt="{escape(unescape(found["alt"]))}" width="{box["width"]}" height="{box["height"]}" loading="lazy">'
            )
        return "".join(images)

    return _ASKED.sub(link, markup)


def _take_out(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    if app.builder.format == "html" and "asked-drawing" in context.get("body", ""):
        context["body"] = taken_out(
            context["body"], Path(app.outdir), lambda name: context["pathto"](name, 1)
        )


class _Drawing(nodes.Element):
    """An SVG to be written into the page in two versions."""


def _replace_images(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    for image in list(doctree.findall(nodes.image)):
        if not image.get("alt"):
            # A picture within a line may not know its place; what it stands in does.
            place = image if image.line else image.parent
            logger.warning("the figure %s has no text alternative", image["uri"], location=place)
        if image["uri"].endswith(".svg"):
            drawing = _Drawing(uri=image["uri"], alt=image.get("alt", ""))
            drawing.source, drawing.line = image.source, image.line
            image.replace_self(drawing)


def _visit_drawing(self: HTML5Translator, node: nodes.Element) -> None:
    source = Path(self.builder.srcdir) / cast(str, node["uri"])
    try:
        width, height = size(source)
        versions = {theme: coloured(source, theme) for theme in ("light", "dark")}
    except DrawingError as error:
        logger.warning("the drawing %s %s", node["uri"], error, location=node)
        raise nodes.SkipNode from None
    page = self.builder.get_target_uri(self.builder.current_docname)
    for theme, drawing in versions.items():
        target = Path(self.builder.outdir) / FOLDER / f"{source.stem}.{theme}.svg"
        target.parent.mkdir(exist_ok=True)
        target.write_text(drawing, encoding="utf-8")
        address = relative_uri(page, f"{FOLDER}/{target.name}")
        self.body.append(
            self.emptytag(
                node,
                "img",
                "",
                src=address,
                alt=cast(str, node["alt"]),
                width=width,
                height=height,
                loading="lazy",
                CLASS=f"drawing only-{theme}",
            )
        )
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_node(_Drawing, html=(_visit_drawing, None))
    app.connect("doctree-resolved", _replace_images)
    app.connect("html-page-context", _take_out)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
