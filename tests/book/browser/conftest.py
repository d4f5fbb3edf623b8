"""Fixtures of the browser tests: a copy of the built book, a host for it, and a reader."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.book.browser.published import PAGES, Reader, served
from tests.places import first_of


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built book, in a folder whose name a web address must escape."""
    assert (PAGES / "index.html").exists(), "the book is not built yet: run make book"
    copy = tmp_path_factory.mktemp("stick") / "memory stick, 100 % für alle"
    shutil.copytree(PAGES, copy)
    return copy


@pytest.fixture(scope="session")
def host(book: Path) -> Iterator[str]:
    with served(book) as address:
        yield address


@pytest.fixture(params=first_of(["file", "http"]))
def address(request: pytest.FixtureRequest, book: Path, host: str) -> str:
    return host if request.param == "http" else f"{book.as_uri()}/"


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader over http and from a file; a test passes only if its pages had no error and asked no other host."""
    yield from untroubled(Reader(browser, address))


@pytest.fixture
def online_reader(browser: Browser, host: str) -> Iterator[Reader]:
    """A reader over http alone, for what has to do with the network."""
    yield from untroubled(Reader(browser, host))


@pytest.fixture
def stick_reader(browser: Browser, book: Path) -> Iterator[Reader]:
    """A reader from a file alone, for what is the same over http."""
    yield from untroubled(Reader(browser, f"{book.as_uri()}/"))


def untroubled(someone: Reader) -> Iterator[Reader]:
    """A reader whose pages may have no error and ask no other host, whatever the test does with them."""
    yield someone
    someone.close()
    assert someone.troubles == []
    assert someone.strangers == []


@pytest.fixture
def page(stick_reader: Reader) -> Page:
    """The chapter with its quiz, opened from a file, on a desktop."""
    return stick_reader.open_quiz()
