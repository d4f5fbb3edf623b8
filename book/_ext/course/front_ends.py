"""Gathers the widgets' front ends for the published page.

Module scripts are refused on ``file://``, so each front end (one file that ends in
``export default { render };``) becomes an entry of one classic script beside a small host that stands in
for the notebook's kernel. Pages without a widget load neither the script nor the style.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError
from sphinx.util import logging

from course.weight import light_script, light_style

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
WIDGETS = Path(__file__).parents[3] / "widgets"
EXPORT = "export default { render };"
SCRIPT, STYLE, PAGE_STYLE = "widgets.js", "widgets.css", "course.css"
_MARK = "course-widget"


def front_ends() -> dict[str, Path]:
    """Each widget's name and its front-end file."""
    return {path.stem: path for path in sorted(WIDGETS.glob("*/*.js")) if path.stem == path.parent.name}


def script() -> str:
    """The one classic script: every front end, then the host that starts them."""
    entries = []
    for name, path in front_ends().items():
        source = path.read_text(encoding="utf-8").rstrip()
        if not source.endswith(EXPORT) or "\nimport " in source:
            raise ExtensionError(f"{path.parent.name}/{path.name} must import nothing and end in: {EXPORT}")
        body = source.removesuffix(EXPORT)
        entries.append(f'frontEnds["{name}"] = (() => {{\n{body}return {{ render }};\n}})();')
    host = (WIDGETS / "host.js").read_text(encoding="utf-8")
    return "\n".join(['"use strict";', "(() => {", "const frontEnds = {};", *entries, host, "})();", ""])


def style() -> str:
    """The styles of all widgets; the colour tokens are the page's own."""
    return "\n".join(path.with_suffix(".css").read_text(encoding="utf-8") for path in front_ends().values())


def _gather(app: Sphinx) -> None:
    """Gather the static files before Sphinx copies them, so that links to them carry their checksum."""
    if app.builder.format != "html":
        return
    folder = Path(app.doctreedir).parent / "static"
    shutil.rmtree(folder, ignore_errors=True)
    for entry in app.config.html_static_path:
        shutil.copytree(Path(app.srcdir) / entry, folder, dirs_exist_ok=True)
    app.config.html_static_path = [str(folder)]
    try:
        (folder / SCRIPT).write_text(light_script(script()), encoding="utf-8")
    except ExtensionError as error:
        # Raised further, Jupyter Book would bury it in two tracebacks.
        logger.warning("%s", error.message, type="course", subtype="front_end")
    (folder / STYLE).write_text(light_style(style()), encoding="utf-8")
    # One file for the page: the colour tokens of all widgets, then the page's own style.
    page_style = folder / PAGE_STYLE
    tokens = (WIDGETS / "tokens.css").read_text(encoding="utf-8")
    page_style.write_text(light_style(tokens + page_style.read_text(encoding="utf-8")), encoding="utf-8")


def _copy_plotly(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    import plotly

    plotly_js = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    target = Path(app.outdir) / "_static" / "plotly.min.js"
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.stat().st_size != plotly_js.stat().st_size:
        target.write_bytes(plotly_js.read_bytes())


def _load_where_used(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if _MARK in context.get("body", ""):
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", _gather)
    app.connect("html-page-context", _load_where_used)
    app.connect("build-finished", _copy_plotly)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
