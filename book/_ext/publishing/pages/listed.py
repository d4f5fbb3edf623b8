"""Holds the pages that lie in ``chapters`` against the table of contents: none is forgotten, and no stray copy gets in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
#: How clouds and desktops name a second copy of a file.
_COPY = re.compile(r"conflict|\bcop(y|ie)\b|\bkopie\b|\(\d+\)$", re.IGNORECASE)


def _look(app: Sphinx) -> None:
    known = set(getattr(app.config, "external_site_map", ()))
    root = Path(app.srcdir)
    for path in sorted(root.rglob("*.md")):
        name = path.relative_to(root).with_suffix("").as_posix()
        if name in known or path.name == "README.md" or {"_build", ".ipynb_checkpoints"} & set(path.parts):
            continue
        if _COPY.search(path.stem):
            logger.info("Left out, since it is a copy: chapters/%s.md", name)
        else:
            message = "this page is not in book/_toc.yml: list it there as %s, or take it away"
            logger.warning(message, name, location=f"{path}:1", type="course", subtype="contents")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", _look)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
