"""What a page may load and run, said in the page itself.

Every page carries a strict Content-Security-Policy: nothing from another host, scripts only from the site, or inline
those of our own templates, each named here and signed by the hash of its text. Whatever else would run or load stops the
build (see inert.py). Scripts and styles that a page does not use are taken off it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util import logging

from publishing.output.inert import faults, place_of, sources_of
from publishing.output.weight import light_script

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.theming import Theme

logger = logging.getLogger(__name__)
ROOT = Path(__file__).parents[4]
TEMPLATES = ROOT / "book" / "_templates"
#: The scripts that templates put into a page: files beside them, and the only ones that are signed.
SIGNED = ("scripts/opening.js", "scripts/page.js", "scripts/widgets.js")
#: The script files that templates ask for, by the ends of their addresses: of the theme and the decks.
FILES = (
    "_static/scripts/furo.js",
    *(f"_static/revealjs/{name}.js" for name in ("dist/reveal", "plugin/notes/notes")),
    *("_static/deck.js", "_static/poll.widgets.js", "_static/review-sections.js"),
)
_INLINE_SCRIPT = re.compile(r"(<script(?: data-[\w-]+=\"[^\"]*\")?>)(.*?)(</script>)", re.DOTALL)
#: Of the scripts that Sphinx and the theme add, those that a page uses.
_SCRIPTS = ("scripts/furo.js",)
_STYLES = ("styles/furo.css", "page.css", ".widgets.css")
_CODE_STYLE, _CODE = "pygments.css", 'class="highlight'


@cache
def own_scripts() -> dict[str, str]:
    """The scripts of our templates: their text as it is written, to the text that stands in a finished page."""
    written = ((TEMPLATES / name).read_text(encoding="utf-8").strip() for name in SIGNED)
    return {text: light_script(text) for text in written}


def content_security_policy(signed: Iterable[str]) -> str:
    """The policy for one page, with a hash for each of these scripts: its own, and those of a window it opens."""
    hashes = []
    for body in signed:
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        hashes.append(f"'sha256-{digest}'")
    scripts = " ".join(["'self'", *dict.fromkeys(hashes)])
    # Styles may stand in the page: charts set them on their elements, and a style can load nothing here.
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'"
    )


def _lighter(found: re.Match[str]) -> str:
    """One of our scripts without spare space; any other as it stands, for inert.py to find."""
    return f"{found[1]}{own_scripts().get(found[2].strip(), found[2])}{found[3]}"


class PolicyTemplates(BuiltinTemplateLoader):
    """Sphinx's templates, with the policy added to every page they make."""

    def init(self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None) -> None:
        """Remember whose pages they are, to say where a fault stands."""
        super().init(builder, theme, dirs)
        self.builder = builder

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """Render, then add the policy and mend what the theme leaves unnamed."""
        page = super().render(template, context)
        head = '<meta charset="utf-8">'
        if head not in page:
            return page
        # Furo gives the captions of its navigation the role of a heading without a level.
        page = page.replace('class="caption" role="heading"', 'class="caption" role="heading" aria-level="2"')
        # It has two landmarks of one kind, and gives neither a name.
        page = page.replace('<aside class="sidebar-', '<aside aria-label="The book" class="sidebar-')
        page = page.replace('<aside class="toc-', '<aside aria-label="On this page" class="toc-')
        # A table wider than a phone scrolls: by keyboard too, with a name, and no landmark for each table.
        page = page.replace(
            '<div class="table-wrapper',
            '<div tabindex="0" role="group" aria-label="Table" class="table-wrapper',
        )
        page = _INLINE_SCRIPT.sub(_lighter, page)
        self._refuse_what_is_not_ours(page, str(context.get("pagename", template)))
        signed = [script for script in own_scripts().values() if script in page]
        policy = content_security_policy([*signed, *context.get("opened_scripts", ())])
        return page.replace(
            head, f'{head}\n    <meta http-equiv="Content-Security-Policy" content="{policy}">', 1
        )

    def _refuse_what_is_not_ours(self, page: str, pagename: str) -> None:
        chapter = Path(self.builder.srcdir) / f"{pagename}.md"
        for fault in faults(page, own_scripts().values(), FILES):
            place = place_of(fault.needle, list(sources_of(chapter)))
            location = f"{place[0]}:{place[1]}" if place else pagename
            logger.warning(
                "%s; pages hold text, and links to https, http, mailto or another page: take it out",
                fault.what,
                location=location,
                type="course",
                subtype="policy",
            )


def _name(asset: Any) -> str:
    filename = getattr(asset, "filename", None) or ""
    return str(filename).removeprefix("_static/")


def _take_off_unused(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if app.builder.format != "html":
        return
    styles = (*_STYLES, _CODE_STYLE) if _CODE in context.get("body", "") else _STYLES
    context["css_files"] = [css for css in context["css_files"] if _name(css).endswith(styles)]
    context["script_files"] = [js for js in context["script_files"] if _name(js).endswith(_SCRIPTS)]


#: Files the tools leave in the book that no page of it asks for.
_LEFT_OVER = (
    "*.map",
    "*.LICENSE.txt.map",
    "basic.css",
    "alabaster.css",
    "skeleton.css",
    "debug.css",
    "mystnb.*.css",
    "furo-extensions.*",
    "plus.png",
    "minus.png",
    "file.png",
)


def _sweep(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    for pattern in _LEFT_OVER:
        for path in (Path(app.outdir) / "_static").rglob(pattern):
            path.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    # Jupyter Book sets this for an extension that this book leaves out.
    app.add_config_value("comments_config", {}, "html")
    # After every extension has added what it wants to add.
    app.connect("html-page-context", _take_off_unused, priority=900)
    app.connect("build-finished", _sweep, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
