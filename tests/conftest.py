"""What tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.sample import sample_read

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]

# Browsers and builds run beside the tests: how long one example takes says nothing about the code.
settings.register_profile("course", deadline=None)
settings.load_profile("course")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what builds books: begun last, it would keep one core busy while the other has nothing left to do."""
    items.sort(key=_promptness)


def _promptness(item: pytest.Item) -> int:
    folders = item.path.relative_to(ROOT).parent.as_posix()
    if item.path.name == "test_contributing.py":
        return 0
    return {"tests/book": 1, "tests/live": 1}.get(folders, 2 if folders.startswith("tests/book/") else 3)


@pytest.fixture(scope="session")
def html() -> Path:
    """The folder of the built book."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").exists():
        pytest.fail("the book is not built: run `make book` (or python book/build.py) first")
    return folder


@pytest.fixture
def sample() -> Iterator[Path]:
    """The folder of the sample, which is all the evidence while the test runs."""
    with sample_read() as folder:
        yield folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker; each test has profiles of its own in it."""
    # Imported here: most tests need no browser.
    from tests.book.browser.published import chromium

    with chromium() as started:
        yield started
