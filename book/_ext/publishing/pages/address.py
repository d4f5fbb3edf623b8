"""Where the published book stands, one setting: the page for wrong addresses is shown at any depth, and leads on by it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def prefix(address: str) -> str:
    """The path below which the book stands, with a slash at both ends.

    >>> prefix("https://example.org/a/b"), prefix("")
    ('/a/b/', '/')
    """
    path = urlsplit(address).path.strip("/")
    return f"/{path}/" if path else "/"


def _take(app: Sphinx, config: Config) -> None:
    config.notfound_urls_prefix = prefix(config.address)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_config_value("address", "", "html")
    app.connect("config-inited", _take)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
