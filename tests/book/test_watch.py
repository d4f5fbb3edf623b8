"""The promise of `make watch`: save a chapter, and the open page shows the new words; no published page knows of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.book.tiny_book import TinyBook

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.browser, pytest.mark.everywhere]


@contextmanager
def watched(book: TinyBook) -> Iterator[str]:
    """The address of a book that is built again at each save."""
    process = subprocess.Popen(
        [sys.executable, "-u", "book/watch.py", "8700"],
        cwd=book.root,
        env={**os.environ, "PYTHONPATH": str(book.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout
        address = ""
        for line in process.stdout:
            if found := re.search(r"The book is at (http://\S+?),? ", line):
                address = found[1]
            if "The book is built" in line:
                break
        yield address
    finally:
        process.terminate()
        process.wait()


def test_a_saved_chapter_is_shown_in_the_open_page(tmp_path: Path, browser: Browser) -> None:
    book = TinyBook(tmp_path / "house", "terms")
    with watched(book) as address:
        page = browser.new_page()
        page.goto(f"{address}text.html")
        chapter = book.root / "chapters" / "text.md"
        chapter.write_text(chapter.read_text("utf-8") + "\nThese words are new.\n", encoding="utf-8")
        # Without a reload asked for here.
        expect(page.get_by_text("These words are new.")).to_be_visible(timeout=240_000)
        page.close()
    for built in book.html.rglob("*.html"):
        assert "_watch" not in built.read_text(encoding="utf-8")


def test_what_a_build_forks_from_has_started_no_thread() -> None:
    """A build once waited for ever: a library written in Go had started its threads before the fork."""
    count = "import importlib, os; from book import watch; "
    count += (
        "[importlib.import_module(name) for name in watch.HEAVY]; print(len(os.listdir('/proc/self/task')))"
    )
    run = subprocess.run([sys.executable, "-c", count], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["1"]
