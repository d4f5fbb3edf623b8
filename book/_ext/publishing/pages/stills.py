"""Gives the steps of an operation their drawing: a light and a dark file, each step a place in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from publishing.pages.drawings import FOLDER, DrawingError, coloured
from widgets.steps.drawing import stepped

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
_STILL = re.compile(r'<img data-still="(?P<name>[\w-]+)#(?P<step>s\d)"')


def _place(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    body = context.get("body", "")
    names = dict.fromkeys(found["name"] for found in _STILL.finditer(body))
    try:
        for name in names:
            _write(Path(app.srcdir) / "figures" / f"{name}.svg", Path(app.outdir) / FOLDER)
    except DrawingError as error:
        logger.warning("the drawing of the steps %s", error, location=pagename)
        return

    def both(found: re.Match[str]) -> str:
        address = context["pathto"](f"{FOLDER}/{found['name']}", 1)
        return "".join(
            f'<img class="only-{theme}" src="{address}.{theme}.svg#{found["step"]}"{found["rest"]}'
            for theme in ("light", "dark")
        )

    if names:
        context["body"] = re.sub(rf"{_STILL.pattern}(?P<rest>[^>]*>)", both, body)


def _write(drawing: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for theme in ("light", "dark"):
        (folder / f"{drawing.stem}.{theme}.svg").write_text(
            stepped(coloured(drawing, theme)), encoding="utf-8"
        )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("html-page-context", _place)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
