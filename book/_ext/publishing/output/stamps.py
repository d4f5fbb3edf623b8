"""Writes the checksum of each script and style into the links to it, so that a browser that kept an old one asks anew.

Sphinx does so when it writes a page. An edit of a script concerns no page but for its links: they alone are mended here.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LINK = re.compile(r"(?P<file>_static/[\w./-]+\.(?:css|js))(?:\?v=[0-9a-f]+)?(?=[\"'&])")


def checksum(content: bytes) -> str:
    """Eight hexadecimal digits, as Sphinx makes them."""
    crc = zlib.crc32(content.translate(None, b"\r"))
    return f"{crc:08x}"


def stamp(folder: Path) -> None:
    """Mend the links of every page of a built book."""

    @cache
    def stamped(name: str) -> str:
        path = folder / name
        return f"{name}?v={checksum(path.read_bytes())}" if path.is_file() else name

    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        mended = _LINK.sub(lambda found: stamped(found["file"]), text)
        if mended != text:
            page.write_text(mended, encoding="utf-8")


def _stamp(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        stamp(Path(app.outdir))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    # After the theme's sheet has been made lighter, the last change of any.
    app.connect("build-finished", _stamp, priority=870)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
