"""Takes out of the pages the data of their widgets that nobody reads without them: of charts, and what pages have in common.

A template marks it, ``<script type="application/json" data-shared>``. In a notebook it stays where it is; a page names
a file instead, which the widget's host fetches when the reader comes near (see ``widgets/base/host.js``).
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

FOLDER = "_static/shared"
_WIDGET = re.compile(
    r'(?P<start><(?:div|figure) class="course-widget[^>]*data-widget="(?P<kind>[\w-]+)"[^>]*)>'
    r'(?P<before>(?:(?!class="course-widget).)*?)'
    r'<script type="application/json" data-shared>(?P<data>.*?)</script>',
    re.DOTALL,
)


def taken_out(body: str) -> tuple[str, dict[str, str]]:
    """The body with the name of a file in place of each marked script, and the files' contents by their names."""
    files: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        checksum = hashlib.sha256(found["data"].encode()).hexdigest()[:8]
        file = f"{found['kind']}-{checksum}.js"
        files[file] = f"globalThis.courseData={found['data']};\n"
        return f'{found["start"]} data-shared="{file}">{found["before"]}'

    return _WIDGET.sub(name, body), files


def _take_out(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    body, files = taken_out(context.get("body", ""))
    for file, content in files.items():
        path = Path(app.outdir) / FOLDER / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        body = body.replace(f'"{file}"', f'"{context["pathto"](f"{FOLDER}/{file}", 1)}"')
    if files:
        context["body"] = body


def _sweep(app: Sphinx, exception: Exception | None) -> None:
    folder = Path(app.outdir) / FOLDER
    if exception or app.builder.format != "html" or not folder.exists():
        return
    pages = [path.read_text(encoding="utf-8") for path in Path(app.outdir).rglob("*.html")]
    for path in folder.iterdir():
        if not any(path.name in page for page in pages):
            path.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("html-page-context", _take_out)
    app.connect("build-finished", _sweep, priority=750)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
