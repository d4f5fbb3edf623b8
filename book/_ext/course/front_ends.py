"""Gathers the widgets' front ends for the published page.

Module scripts are refused on ``file://``, so each front end (one file that ends in
``export default { render };``) becomes an entry of one classic script beside a small host that stands in
for the notebook's kernel. A page loads one style, and at the reader's first move one script, with just the
front ends that it uses; a page without a widget loads neither.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError
from sphinx.util import logging

from course.weight import light_script, light_style
from widgets.parts import parts_of, source_of, styles_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
WIDGETS = Path(__file__).parents[3] / "widgets"
EXPORT = "export default { render };"
PAGE_STYLE = "course.css"
_USED = re.compile(r'class="[^"]*course-widget[^"]*" data-widget="([\w-]+)"')


def front_ends() -> dict[str, Path]:
    """Each widget's name and its front-end file."""
    return {path.stem: path for path in sorted(WIDGETS.glob("*/*.js")) if path.stem == path.parent.name}


def script(names: Iterable[str]) -> str:
    """One classic script: the parts that these front ends share, the front ends, then the host that starts them.

    Raises:
        ExtensionError: when a name has no front end, or a front end could not stand in a classic script.
    """
    entries = []
    paths = []
    for name in names:
        path = front_ends().get(name)
        if path is None:
            raise ExtensionError(f"no widget is called {name!r}: there are {', '.join(front_ends())}")
        paths.append(path)
        source = path.read_text(encoding="utf-8").rstrip()
        if not source.endswith(EXPORT) or "\nimport " in source:
            raise ExtensionError(f"{path.parent.name}/{path.name} must import nothing and end in: {EXPORT}")
        body = source.removesuffix(EXPORT)
        entries.append(f'frontEnds["{name}"] = (() => {{\n{body}return {{ render }};\n}})();')
    try:
        shared = source_of(parts_of(paths))
    except LookupError as error:
        raise ExtensionError(error.args[0]) from error
    host = (WIDGETS / "host.js").read_text(encoding="utf-8")
    return "\n".join(
        ['"use strict";', "(() => {", shared, "const frontEnds = {};", *entries, host, "})();", ""]
    )


def style(names: Iterable[str]) -> str:
    """The styles of these widgets and their parts; the colour tokens are the page's own."""
    scripts = [front_ends()[name] for name in names]
    return source_of(styles_of([*parts_of(scripts), *scripts]))


def _gather(app: Sphinx) -> None:
    """Gather the static files before Sphinx copies them, so that links to them carry their checksum."""
    if app.builder.format != "html":
        return
    folder = Path(app.doctreedir).parent / "static"
    shutil.rmtree(folder, ignore_errors=True)
    for entry in app.config.html_static_path:
        shutil.copytree(Path(app.srcdir) / entry, folder, dirs_exist_ok=True)
    app.config.html_static_path = [str(folder)]
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
    used = sorted(set(_USED.findall(context.get("body", ""))))
    if not used:
        return
    # Sphinx has copied its static files by now, and takes a style's checksum when it writes the link.
    stem, static = "-".join(used), Path(app.outdir) / "_static"
    try:
        light = light_script(script(used))
        (static / f"{stem}.widgets.js").write_text(light, encoding="utf-8")
        (static / f"{stem}.widgets.css").write_text(light_style(style(used)), encoding="utf-8")
    except ExtensionError as error:
        # Raised further, Jupyter Book would bury it in two tracebacks.
        logger.warning("%s", error.message, location=pagename, type="course", subtype="front_end")
        return
    app.add_css_file(f"{stem}.widgets.css")
    # The page asks for the script itself, at the reader's first move: see the page template.
    checksum = hashlib.sha256(light.encode()).hexdigest()[:8]
    context["widgets_script"] = f"{context['pathto'](f'_static/{stem}.widgets.js', 1)}?v={checksum}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", _gather)
    app.connect("html-page-context", _load_where_used)
    app.connect("build-finished", _copy_plotly)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
