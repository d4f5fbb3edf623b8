"""No sheet of a printed page ends with what heads the next one."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

from tests.book.browser.published import PAGES, Reader
from tests.places import first_of

pytestmark = pytest.mark.browser

#: The page with the most small titles, and the longest one.
FIRST = ("disorder/what-is-cervical-dystonia.html", "outcomes/risks.html")
WRITTEN = sorted(
    path.relative_to(PAGES).as_posix()
    for room in ("disorder", "procedures", "outcomes", "evaluation", "educators")
    for path in (PAGES / room).rglob("*.html")
)
HEADINGS = "article :is(h1, h2, h3, h4, .title, .admonition-title)"


def bare(text: str) -> str:
    """Text without spaces, signs and joined letters, as paper sets it where it likes."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("name", first_of(WRITTEN, FIRST))
def test_no_heading_stands_alone_at_the_end_of_a_sheet(stick_reader: Reader, name: str) -> None:
    page = stick_reader.open(name)
    told = page.locator(HEADINGS).evaluate_all("all => all.map(({ textContent }) => textContent)")
    headings = {bare(one) for one in told} - {""}
    assert headings
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    # By place: what is painted last need not stand last.
    sheets = [sheet.extract_text(extraction_mode="layout").split("\n") for sheet in paper.pages]
    last = [next((bare(line) for line in reversed(lines) if bare(line)), "") for lines in sheets]
    assert [(number, line) for number, line in enumerate(last[:-1], start=1) if line in headings] == []
