"""Fixtures of the tests in other engines: the built book, and a visitor in each engine and theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.book.browser.published import served
from tests.book.engines.visitor import Theme, Visitor, firefox, webkit

ROOT = Path(__file__).resolve().parents[3]
STARTED = {"Firefox": firefox, "WebKit": webkit}
#: A memory stick by day, a web host by night: each engine meets both addresses and both themes.
WAYS: tuple[tuple[str, Theme], ...] = (("file", "light"), ("http", "dark"))


@dataclass(frozen=True)
class Visit:
    """Somebody who visits with one engine: where the book lies for them, and the theme they have set."""

    visitor: Visitor
    address: str
    way: str
    theme: Theme

    def open(self, page: str) -> None:
        """Go to a page of the book, and wait until what is out of sight has followed."""
        self.visitor.open(self.address + page)
        self.visitor.wait("return document.documentElement.matches('[data-opened]')")


@pytest.fixture(
    scope="module",
    params=[(engine, *way) for engine in STARTED for way in WAYS],
    ids=lambda param: "-".join(param),
)
def visit(request: pytest.FixtureRequest, html: Path) -> Iterator[Visit]:
    engine, way, theme = request.param
    try:
        with STARTED[engine](theme) as visitor, served(html) as host:
            yield Visit(visitor, host if way == "http" else f"{html.as_uri()}/", way, theme)
    except LookupError as missing:
        pytest.fail(str(missing.args[0]), pytrace=False)
