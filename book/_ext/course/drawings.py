"""Publishes drawn figures in two versions, for the light and the dark page, loaded when the reader comes near.

Authors write an ordinary figure with one SVG file whose colours are tokens with a fallback,
``fill="var(--course-muscle, #e3b7a9)"``; in a raw notebook it stays one. An ``<img>`` cannot see the page's
tokens, and a drawing inside the page would weigh on readers who never scroll to it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree

from docutils import nodes
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
TOKENS = Path(__file__).parents[3] / "widgets" / "tokens.css"
FOLDER = "_drawings"
_TOKEN = re.compile(r"var\(\s*(--course-[\w-]+)\s*(?:,[^)]*)?\)")
_SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", _SVG)


@cache
def colours(theme: str) -> dict[str, str]:
    """The colour tokens of a theme, ``light`` or ``dark``."""
    css = TOKENS.read_text(encoding="utf-8")
    blocks = {"light": css.split("@media")[0], "dark": css[css.index('body[data-theme="dark"]') :]}
    return dict(re.findall(r"(--course-[\w-]+):\s*([^;]+);", blocks[theme]))


def coloured(path: Path, theme: str) -> str:
    """The drawing with its tokens replaced by a theme's colours, without white space between elements.

    Raises:
        KeyError: when the drawing names a token that does not exist.
    """
    drawing = ElementTree.parse(path).getroot()
    markup = ElementTree.tostring(drawing, encoding="unicode")
    markup = re.sub(r">\s+<", "><", markup)
    return _TOKEN.sub(lambda match: colours(theme)[match[1]], markup)


def size(path: Path) -> tuple[str, str]:
    """Width and height of a drawing, in its own units, from its ``viewBox``."""
    width, height = ElementTree.parse(path).getroot().attrib["viewBox"].split()[2:]
    return width, height


class _Drawing(nodes.Element):
    """An SVG to be written into the page in two versions."""


def _replace_images(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html":
        return
    for image in list(doctree.findall(nodes.image)):
        if not image["uri"].endswith(".svg"):
            continue
        if not image.get("alt"):
            logger.warning("the figure %s has no text alternative", image["uri"], location=image)
        image.replace_self(_Drawing(uri=image["uri"], alt=image.get("alt", "")))


def _visit_drawing(self: HTML5Translator, node: nodes.Element) -> None:
    source = Path(self.builder.srcdir) / cast(str, node["uri"])
    width, height = size(source)
    page = self.builder.get_target_uri(self.builder.current_docname)
    for theme in ("light", "dark"):
        target = Path(self.builder.outdir) / FOLDER / f"{source.stem}.{theme}.svg"
        target.parent.mkdir(exist_ok=True)
        try:
            target.write_text(coloured(source, theme), encoding="utf-8")
        except KeyError as error:
            logger.warning("the drawing %s names the unknown token %s", node["uri"], error, location=node)
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
    return {"parallel_read_safe": True, "parallel_write_safe": True}
