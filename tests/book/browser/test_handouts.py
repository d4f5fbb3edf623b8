"""What an educator takes along: handouts of two pages, sheets to print, and the kit on a memory stick."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from book.kit.__main__ import ARCHIVE, NAME, gather, pack, sessions
from book.kit.printing import MARGIN
from tests.book.browser.published import Reader
from tests.book.browser.test_accessibility import expect_accessible
from tests.places import first_of

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[3]
SESSIONS = [one.name for one in sessions()]


@pytest.fixture(scope="session")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit, unzipped by a person whose folders have spaces in their names."""
    assert ARCHIVE.exists(), "the kit is not packed: run make kit"
    folder = tmp_path_factory.mktemp("stick") / "My Documents (ward 7), 100 %"
    with zipfile.ZipFile(ARCHIVE) as packed:
        packed.extractall(folder)
    return folder / NAME


@pytest.fixture
def educator(browser: Browser, stick: Path) -> Iterator[Reader]:
    """An educator on a machine without a network."""
    someone = Reader(browser, f"{stick.as_uri()}/")
    yield someone
    someone.close()
    assert someone.troubles == []
    assert [url for url in someone.requests if not url.startswith((someone.address, "data:", "about:"))] == []


def pages_of(printed: bytes) -> list[str]:
    # A font may print "fi" as one sign.
    return [
        unicodedata.normalize("NFKC", page.extract_text()) for page in PdfReader(io.BytesIO(printed)).pages
    ]


def come_to_the_end(page: Page) -> int:
    """Go through a deck by keyboard; returns how many slides there were."""
    expect(page.locator(".reveal.ready")).to_be_attached()
    total = int(page.evaluate("Reveal.getTotalSlides()"))
    for _ in range(total - 1):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.isLastSlide()")
    return total


def test_there_are_five_sessions() -> None:
    assert SESSIONS == [
        "understanding",
        "operations",
        "benefits-and-risks",
        "deciding",
        "before-during-after",
    ]


@pytest.mark.parametrize("name", first_of(SESSIONS))
def test_a_printed_session_is_a_handout_of_two_pages(stick_reader: Reader, name: str) -> None:
    page = stick_reader.open(f"sessions/{name}.html", color_scheme="dark")
    title = page.locator("h1").inner_text().rstrip("#")
    for paper in ("A4", "Letter"):
        printed = pages_of(page.pdf(format=paper, margin=MARGIN))  # type: ignore[arg-type]
        assert len(printed) <= 2, f"{paper}: {len(printed)} pages"
        text = " ".join(" ".join(printed).split())
        for words in (title, "Questions to ask", "Read more", "The numbers come from"):
            assert words in text, words
    page.emulate_media(media="print", color_scheme="dark")
    seen = page.evaluate(
        """[...document.querySelectorAll(".printed :is(p, li, h1, td, figcaption)")]
          .filter((node) => node.checkVisibility()).map((node) => getComputedStyle(node).color)"""
    )
    # Dark letters on white paper, whatever the screen shows.
    assert all(max(map(int, colour[4:-1].split(","))) < 120 for colour in set(seen)), set(seen)


@pytest.mark.parametrize("name", first_of(SESSIONS))
def test_a_handout_says_in_a_frame_whom_to_call(stick_reader: Reader, name: str) -> None:
    page = stick_reader.open(f"sessions/{name}.html")
    page.emulate_media(media="print")
    frame = page.locator('.handout [data-piece="emergency"]')
    heading = page.locator('.handout h2:has(+ [data-piece="emergency"])')
    expect(heading).to_have_text(re.compile("help fast|Call at once"))
    for part, sides in ((heading, ("Top", "Left", "Right")), (frame, ("Bottom", "Left", "Right"))):
        widths = part.evaluate(
            "(node, sides) => sides.map((side) => getComputedStyle(node)[`border${side}Width`])", sides
        )
        assert widths == ["2px"] * 3
    assert "Call your emergency number now" in " ".join(frame.inner_text().split())


def on_paper(reader: Reader, page: str, paper: str = "A4") -> list[str]:
    return pages_of(reader.open(f"{page}.html").pdf(format=paper, margin=MARGIN))  # type: ignore[arg-type]


def expect_no_empty_page(printed: list[str]) -> None:
    """A page with a heading alone is paper for nothing: two of four were."""
    assert [number for number, text in enumerate(printed, start=1) if len(text.split()) < 25] == []


@pytest.mark.parametrize("paper", first_of(["A4", "Letter"]))
@pytest.mark.parametrize("name", first_of(SESSIONS))
def test_the_sheet_for_the_room_and_its_key_are_two_documents(
    stick_reader: Reader, name: str, paper: str
) -> None:
    """The answers were printed with the sheet, and went out to the room with it."""
    sheet = on_paper(stick_reader, f"sessions/{name}-check", paper)
    key = on_paper(stick_reader, f"sessions/{name}-key", paper)
    assert len(sheet) <= 2
    assert len(key) == 1
    expect_no_empty_page(sheet)
    assert "(right)" not in " ".join(sheet)
    assert "tally" not in " ".join(sheet).lower()
    assert "(right)" in key[0]


@pytest.mark.parametrize("paper", first_of(["A4", "Letter"]))
@pytest.mark.parametrize("name", ["evaluation-form", "before-the-session"])
def test_what_all_sessions_share_fits_on_one_page(stick_reader: Reader, name: str, paper: str) -> None:
    assert len(on_paper(stick_reader, f"sessions/{name}", paper)) == 1


def test_the_sheet_before_the_session_asks_for_what_may_be_needed_at_once(stick_reader: Reader) -> None:
    (printed,) = on_paper(stick_reader, "sessions/before-the-session")
    for words in (
        "Emergency number",
        "Help line",
        "team",
        "Interpreter",
        "Room",
        "pop-ups",
        "Decision worksheets",
    ):
        assert words in printed, words


def test_voting_cards_are_four_pages_and_a_plan_holds_what_to_say(stick_reader: Reader) -> None:
    assert [text.strip() for text in on_paper(stick_reader, "sessions/voting-cards")] == ["A", "B", "C", "D"]
    assert "What to say, slide by slide" in " ".join(on_paper(stick_reader, "sessions/understanding-plan"))


@pytest.mark.parametrize("name", first_of(SESSIONS))
def test_a_session_runs_from_the_kit_from_the_first_slide_to_the_handout(
    educator: Reader, stick: Path, name: str
) -> None:
    context = educator.context(viewport={"width": 1280, "height": 720}, offline=True)
    page = educator.open("start.html", context)
    entry = page.locator(".sessions > li").nth(SESSIONS.index(name))
    entry.get_by_role("link", name="Slides", exact=True).click()
    assert come_to_the_end(page) > 10
    page.go_back()
    page.goto(educator.address + "start.html")
    handout = stick / str(entry.get_by_role("link", name="Handout").get_attribute("href"))
    assert len(pages_of(handout.read_bytes())) <= 2
    entry.get_by_role("link", name="Page to read").click()
    expect(page.locator("h1")).to_be_visible()
    page.get_by_role("link", name="slides", exact=True).click()
    expect(page.locator(".reveal.ready")).to_be_attached()


def test_every_link_of_the_start_page_leads_somewhere(educator: Reader, stick: Path) -> None:
    page = educator.open("start.html", offline=True)
    links = page.locator("a[href]").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert len(links) > 25
    assert [link for link in links if not (stick / link).exists()] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_start_page_is_accessible(educator: Reader, theme: str) -> None:
    expect_accessible(educator.open("start.html", color_scheme=theme))


def test_the_start_page_leads_to_all_that_a_session_needs(educator: Reader, stick: Path) -> None:
    page = educator.open("start.html", offline=True)
    shared = page.get_by_role("heading", name="For every session").locator("+ ul")
    for words in ("Before the session", "Decision worksheet", "Voting cards", "Evaluation form"):
        pdf = shared.locator("li", has_text=words).get_by_role("link", name="PDF").get_attribute("href")
        assert pages_of((stick / str(pdf)).read_bytes())
    for entry in page.locator(".sessions > li").all():
        hrefs = [str(link.get_attribute("href")) for link in entry.get_by_role("link", name="(PDF)").all()]
        assert [href.rpartition("-")[2] for href in hrefs] == [
            "handout.pdf",
            "plan.pdf",
            "check.pdf",
            "key.pdf",
        ]


def test_what_a_link_in_the_build_leads_to_is_not_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "elsewhere" / "letter.txt"
    secret.parent.mkdir()
    secret.write_text("Dear doctor", encoding="utf-8")
    pages = tmp_path / "html"
    shutil.copytree(ROOT / "_build" / "html" / "educators", pages / "educators")
    (pages / "letter.txt").symlink_to(secret)
    (pages / "folder").symlink_to(secret.parent)
    monkeypatch.setattr("book.kit.__main__.PAGES", pages)
    gather(tmp_path / NAME, chromium=None)
    (tmp_path / NAME / "again.txt").symlink_to(secret)
    pack(tmp_path / NAME, tmp_path / "kit.zip")
    with zipfile.ZipFile(tmp_path / "kit.zip") as packed:
        names = packed.namelist()
    assert f"{NAME}/book/educators/kit.html" in names
    assert [name for name in names if "letter" in name or "again" in name] == []


def test_a_kit_packed_twice_is_the_same_kit(tmp_path: Path) -> None:
    # Without PDFs: Chromium numbers the parts of a PDF as it goes.
    archives = []
    for time in ("first", "second"):
        gather(tmp_path / time / NAME, chromium=None)
        pack(tmp_path / time / NAME, archives_path := tmp_path / f"{time}.zip")
        archives.append(archives_path.read_bytes())
    assert archives[0] == archives[1]
