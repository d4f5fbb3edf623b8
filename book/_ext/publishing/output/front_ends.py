"""Gathers the widgets' front ends for the published page.

Module scripts are refused on ``file://``, so each front end (one file that ends in
``export default { render };``) becomes a classic script with what it needs and a small host that stands in for the
notebook's kernel. A page loads one style, and the script of each kind of widget when the reader comes near one; a page
without a widget loads neither. What a widget needs only for some kinds of things makes a script of its own where a page
shows those: ``quiz.hotspot.widgets.js`` is ``quiz.widgets.js`` with one part more.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError
from sphinx.util import logging

from publishing.output.weight import light_script, light_style
from widgets.base.parts import EXPORT, classic, is_front_end, where_used, with_needs
from widgets.base.parts import style as style_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
WIDGETS = Path(__file__).parents[4] / "widgets"
TOKENS = WIDGETS / "base" / "tokens.css"
#: The styles of the book and of the decks, each with the colour tokens put before it.
PAGE_STYLES = ("page.css", "deck.css")
#: The styles that a page may need besides its widgets', by a name for each: other extensions add theirs at their setup,
#: and name those that a page needs in its context, under the same word.
STYLES_BESIDE: dict[str, Path] = {}
BESIDE = "styles_beside"
SHEET, SCRIPT = ".widgets.css", ".widgets.js"
_USED = re.compile(r'class="[^"]*course-widget[^"]*" data-widget="([\w-]+)"')


def front_ends() -> dict[str, Path]:
    """Each widget's name and its front-end file."""
    return {path.stem: path for path in sorted(WIDGETS.glob("*/*.js")) if is_front_end(path)}


def script(names: Collection[str], without: Collection[str] = ()) -> str:
    """One classic script: these front ends, what they need before them, then the host that starts them.

    Args:
        names: Kinds of widgets.
        without: Kinds of things that the page does not show, and whose parts stay out.

    Raises:
        ExtensionError: when a name has no front end, or a front end could not stand in a classic script.
    """
    known = front_ends()
    for name in names:
        if name not in known:
            raise ExtensionError(f"no widget is called {name!r}: there are {', '.join(known)}")
    paths = [known[name] for name in names]
    try:
        for path in filter(is_front_end, with_needs(paths, in_page=True, without=without)):
            source = path.read_text(encoding="utf-8").rstrip()
            if not source.endswith(EXPORT) or "\nimport " in source:
                raise ExtensionError(
                    f"{path.parent.name}/{path.name} must import nothing and end in: {EXPORT}"
                )
        return classic(paths, without)
    except LookupError as error:
        raise ExtensionError(error.args[0]) from error


def style(names: Collection[str], without: Collection[str] = ()) -> str:
    """The styles of these widgets and of what they need; the colour tokens are the page's own."""
    return style_of((front_ends()[name] for name in names), without)


def with_parts(kind: str, body: str) -> str:
    """The name of a widget's script for a page: ``quiz``, or ``quiz.hotspot`` where its body shows such a thing."""
    path = front_ends().get(kind)
    shown = [one for one in where_used(path) if f'data-type="{one}"' in body] if path else []
    return ".".join([kind, *shown])


def _left_out(kind: str, shown: Collection[str]) -> list[str]:
    path = front_ends().get(kind)
    return [one for one in where_used(path) if one not in shown] if path else []


def _gather(app: Sphinx) -> None:
    """Gather the static files before Sphinx copies them."""
    if app.builder.format != "html":
        return
    folder = _static_sources(app)
    shutil.rmtree(folder, ignore_errors=True)
    for entry in app.config.html_static_path:
        shutil.copytree(Path(app.srcdir) / entry, folder, dirs_exist_ok=True)
    app.config.html_static_path = [str(folder)]
    # One file for the page: the colour tokens of all widgets, then the page's own style.
    tokens = TOKENS.read_text(encoding="utf-8")
    for page_style in (folder / name for name in PAGE_STYLES if (folder / name).exists()):
        page_style.write_text(light_style(tokens + page_style.read_text(encoding="utf-8")), encoding="utf-8")


def _static_sources(app: Sphinx) -> Path:
    return Path(app.doctreedir).parent / "static"


def _load_where_used(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    body: str = context.get("body", "")
    used = {kind: with_parts(kind, body) for kind in sorted(set(_USED.findall(body)))}
    beside: list[str] = context.get(BESIDE, [])
    if not (used or beside):
        return
    # One script a kind, the same for every page: the page asks for each when the reader comes near (see its template).
    sheet = f"{'-'.join([*beside, *map(_styled, used.values())])}{SHEET}"
    static = Path(app.outdir) / "_static"
    try:
        for name in (sheet, *(f"{name}{SCRIPT}" for name in used.values())):
            if not (static / name).exists():
                (static / name).write_text(made(name), encoding="utf-8")
    except ExtensionError as error:
        # Raised further, Jupyter Book would bury it in two tracebacks.
        logger.warning("%s", error.message, location=pagename, type="course", subtype="front_end")
        return
    # The checksums follow when all files stand (see `stamps`).
    context["widgets_scripts"] = {
        kind: context["pathto"](f"_static/{name}{SCRIPT}", 1) for kind, name in used.items()
    }
    app.add_css_file(sheet)


def made(name: str) -> str:
    """A style sheet or script of widgets as the book carries it, by the name of its file.

    Raises:
        ExtensionError: when a front end could not stand in a classic script.
    """
    if name.endswith(SCRIPT):
        kind, *shown = name.removesuffix(SCRIPT).split(".")
        return str(light_script(script([kind], _left_out(kind, shown))))
    parts = name.removesuffix(SHEET).split("-")
    beside = [STYLES_BESIDE[part].read_text(encoding="utf-8") for part in parts if part in STYLES_BESIDE]
    kinds = {part.split(".")[0]: part.split(".")[1:] for part in parts if part not in STYLES_BESIDE}
    without = [one for kind, shown in kinds.items() for one in _left_out(kind, shown)]
    return str(light_style("".join([*beside, style(list(kinds), without)])))


def _styled(name: str) -> str:
    """The same name with those parts alone that have a style."""
    kind, *shown = name.split(".")
    return ".".join([kind, *(one for one in shown if (WIDGETS / kind / f"{one}.css").is_file())])


def _renew(app: Sphinx, env: BuildEnvironment) -> None:
    """Scripts and styles as they are now, also where no page has to be written."""
    if app.builder.format != "html":
        return
    static, sources = Path(app.outdir) / "_static", _static_sources(app)
    known = {*front_ends(), *STYLES_BESIDE}
    parts = [path for path in WIDGETS.rglob("*") if path.suffix in {".js", ".css"}]
    newest = max(path.stat().st_mtime_ns for path in [*parts, *STYLES_BESIDE.values(), Path(__file__)])
    for path in [*static.glob(f"*{SHEET}"), *static.glob(f"*{SCRIPT}")]:
        if not _kinds(path.name) <= known:
            path.unlink()  # of a widget that is no more
        if not path.exists() or path.stat().st_mtime_ns > newest:
            continue
        try:
            _write(path, made(path.name))
        except ExtensionError as error:
            logger.warning("%s", error.message, type="course", subtype="front_end")
    for source in sources.rglob("*"):
        if source.is_file() and source.suffix in {".css", ".js"}:
            _write(static / source.relative_to(sources), source.read_text(encoding="utf-8"))


def _kinds(name: str) -> set[str]:
    """The widgets (and styles beside them) whose script or style a file of that name is."""
    if name.endswith(SCRIPT):
        return {name.split(".")[0]}
    return {part.split(".")[0] for part in name.removesuffix(SHEET).split("-")}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _copy_plotly(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.format != "html":
        return
    import plotly

    plotly_js = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    target = Path(app.outdir) / "_static" / "plotly.min.js"
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.stat().st_size != plotly_js.stat().st_size:
        target.write_bytes(plotly_js.read_bytes())


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", _gather)
    app.connect("html-page-context", _load_where_used)
    app.connect("build-finished", _copy_plotly)
    app.connect("env-updated", _renew)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
