"""Prints pages of the book as PDF, with the Chromium at hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import ARGUMENTS, SANDBOX

MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
#: Chromium writes the hour of printing; a kit made twice should be the same kit.
_HOUR = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")


def print_pages(chromium: str, book: Path, folder: Path, wanted: Mapping[str, str]) -> None:
    """Print each page of ``wanted`` (name of the PDF, address in the book), on A4, without a network."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(ARGUMENTS), chromium_sandbox=SANDBOX
        )
        page = browser.new_context(offline=True).new_page()
        for name, address in wanted.items():
            page.goto((book / address).as_uri())
            printed = page.pdf(format="A4", margin=MARGIN)  # type: ignore[arg-type]
            (folder / f"{name}.pdf").write_bytes(_HOUR.sub(rb"\g<1>20260101000000", printed))
        browser.close()
