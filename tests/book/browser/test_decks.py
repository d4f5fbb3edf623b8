"""The slides of the sessions: readable from the back row, worked by keyboard, without a network, with notes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Frame, Locator, Page, expect
from sphinx_revealjs.utils import get_revealjs_path

from tests.book import policy
from tests.book.browser.published import KEPT, Reader, served
from tests.book.browser.test_accessibility import expect_accessible
from tests.places import first_of

pytestmark = pytest.mark.browser

DECKS = Path(__file__).resolve().parents[3] / "_build" / "slides"
NAMES = sorted(path.relative_to(DECKS).as_posix() for path in DECKS.glob("sessions/*.html"))
STAGE = {"width": 1280, "height": 720}
TABLET = {"width": 1024, "height": 768}
SMALLEST = 24

#: What a person in the back row cannot read, and what leaves the slide.
UNREADABLE = """(smallest) => {
  const slide = Reveal.getCurrentSlide(), found = [];
  for (const node of slide.querySelectorAll("*")) {
    if (node.closest("aside.notes") || !node.checkVisibility()) continue;
    if (![...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim())) continue;
    const scale = node.ownerSVGElement ? node.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(node).fontSize) * scale;
    const box = node.getBoundingClientRect(), words = node.textContent.trim().slice(0, 40);
    if (size < smallest - 0.1) found.push(`${size.toFixed(1)} px: ${words}`);
    if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
      found.push(`outside: ${words}`);
  }
  if (slide.scrollHeight > slide.clientHeight + 1) found.push(`${slide.scrollHeight} px high`);
  return found;
}"""
DRAWINGS = """() => [...Reveal.getCurrentSlide().querySelectorAll("img.drawing")]
  .filter((image) => image.checkVisibility())
  .map((image) => ({ name: decodeURI(image.src).split("/").at(-1), width: image.clientWidth, height: image.clientHeight }))"""


@pytest.fixture(scope="session")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the slides, in a folder whose name a web address must escape."""
    assert NAMES, "the slides are not built: run make slides"
    copy = tmp_path_factory.mktemp("stick") / "memory stick, 100 % für alle"
    shutil.copytree(DECKS, copy)
    return copy


@pytest.fixture
def speaker(browser: Browser, decks: Path) -> Iterator[Reader]:
    """A speaker with the slides on a memory stick; a test passes only if none of them had an error."""
    someone = Reader(browser, f"{decks.as_uri()}/")
    yield someone
    someone.close()
    assert someone.troubles == []
    assert [url for url in someone.requests if not url.startswith((someone.address, "data:", "about:"))] == []


def open_deck(speaker: Reader, name: str, **settings: object) -> Page:
    page = speaker.open(name, speaker.context(viewport=STAGE, **settings))
    expect(page.locator(".reveal.ready")).to_be_attached()
    return page


def steps(page: Page) -> Iterator[int]:
    """Go through a deck by keyboard alone, slide after slide, to its end."""
    total = page.evaluate("Reveal.getTotalSlides()")
    for number in range(1, total + 1):
        expect(page.locator(".slide-number")).to_have_text(re.compile(rf"{number}\s*/\s*{total}"))
        yield number
        page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.isLastSlide()")


def small_words(decks: Path, drawing: dict[str, object]) -> list[str]:
    """The words of a drawing that its place on the slide makes too small."""
    root = ElementTree.parse(decks / "_drawings" / str(drawing["name"])).getroot()
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    scale = min(float(str(drawing["width"])) / width, float(str(drawing["height"])) / height)
    found = []
    parents = {child: parent for parent in root.iter() for child in parent}
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        above, size = text, None
        while above is not None and size is None:
            size, above = above.get("font-size"), parents.get(above)  # type: ignore[assignment]
        if float(size or 16) * scale < SMALLEST - 0.5:
            found.append(
                f"{drawing['name']}: {''.join(text.itertext())[:40]} at {float(size or 16) * scale:.1f} px"
            )
    return found


@pytest.mark.parametrize("name", first_of(NAMES))
def test_every_slide_can_be_read_from_the_back_row_and_reached_by_keyboard(
    speaker: Reader, decks: Path, name: str
) -> None:
    page = open_deck(speaker, name)
    found: list[str] = []
    for number in steps(page):
        found += [f"slide {number}: {one}" for one in page.evaluate(UNREADABLE, SMALLEST)]
        for drawing in page.evaluate(DRAWINGS):
            found += [f"slide {number}: {one}" for one in small_words(decks, drawing)]
        for summary in page.locator("section.present summary:visible").all():
            summary.click()
            found += [f"slide {number}, opened: {one}" for one in page.evaluate(UNREADABLE, SMALLEST)]
            page.locator("body").click(position={"x": 2, "y": 2})
    assert found == []


@pytest.mark.parametrize("name", first_of(NAMES))
def test_the_notes_view_shows_the_notes_and_the_time_of_each_slide(speaker: Reader, name: str) -> None:
    page = open_deck(speaker, name)
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    view = opened.value
    notes = page.evaluate(
        "[...document.querySelectorAll('.slides aside.notes')].map((note) => note.textContent.trim().split(/\\s+/))"
    )
    assert len(notes) == page.evaluate("Reveal.getTotalSlides()")
    assert all(len(words) > 10 for words in notes), "a slide without notes"
    shown = view.locator(".speaker-controls-notes .value")
    for number, words in enumerate(notes[:3]):
        if number:
            page.keyboard.press("ArrowRight")
        expect(shown).to_contain_text(" ".join(words[-5:]))
        assert shown.inner_text().split() == words
        assert re.match(r"[\d.]+ minutes?\b", shown.inner_text())
    # The notes view turns the slides too, and tells the time.
    expect(view.locator(".timer")).to_be_visible()
    expect(view.get_by_text("Time to finish current slide")).to_be_visible()
    view.keyboard.press("ArrowRight")
    expect(page.locator(".slide-number")).to_have_text(re.compile(r"\b4\s*/"))
    assert [frame.url for frame in view.frames if "receiver" in frame.url]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", first_of(NAMES))
def test_slides_are_accessible(speaker: Reader, name: str, theme: str) -> None:
    page = open_deck(speaker, f"{name}?print-pdf", color_scheme=theme)
    expect(page.locator(".pdf-page").first).to_be_attached()
    expect_accessible(page)


@pytest.mark.parametrize("name", first_of(NAMES))
def test_a_deck_runs_its_own_scripts_and_those_of_its_notes(name: str) -> None:
    view = (get_revealjs_path() / "plugin" / "notes" / "speaker-view.html").read_text(encoding="utf-8")
    page = BeautifulSoup((DECKS / name).read_text(encoding="utf-8"), "html.parser")
    assert policy.faults(page, frozenset(re.findall(r"<script>(.*?)</script>", view, re.DOTALL))) == []


def test_slides_work_on_the_web_too(browser: Browser, decks: Path) -> None:
    with served(decks) as address:
        someone = Reader(browser, address)
        for name in NAMES[:1]:
            page = open_deck(someone, name)
            assert len(list(steps(page))) > 5
        someone.close()
        assert someone.troubles == []


def test_a_deck_prints_one_page_a_slide(speaker: Reader) -> None:
    page = open_deck(speaker, f"{NAMES[0]}?print-pdf")
    expect(page.locator(".pdf-page").first).to_be_attached()
    slides = page.evaluate("Reveal.getTotalSlides()")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == slides


def test_the_speaker_turns_the_slides_dark(speaker: Reader) -> None:
    page = open_deck(speaker, NAMES[0], color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("t")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-theme", "dark")


def test_a_tablet_reaches_the_notes_and_the_theme(speaker: Reader) -> None:
    """Story: both hung on keys alone, and a tablet has none."""
    page = speaker.open(NAMES[0], speaker.context(viewport=TABLET, has_touch=True, color_scheme="light"))
    expect(page.locator(".reveal.ready")).to_be_attached()
    buttons = page.locator(".deck-touch button")
    shown, first = page.locator("section.present .shown").bounding_box(), buttons.first.bounding_box()
    assert shown
    assert first
    assert shown["y"] + shown["height"] <= first["y"]
    buttons.filter(has_text="dark").tap()
    expect(page.locator("body")).to_have_attribute("data-theme", "dark")
    with page.expect_popup() as opened:
        buttons.filter(has_text="Notes").tap()
    expect(opened.value.locator(".speaker-controls-notes .value")).to_contain_text("minute")
    expect(opened.value.frame_locator("#current-slide iframe").locator(".deck-touch")).to_be_hidden()


def polls(page: Page) -> list[int]:
    """The slides that put a question to the room, counted from 0."""
    found = page.evaluate("Reveal.getSlides().map((slide, at) => slide.querySelector('.poll') ? at : -1)")
    return [at for at in found if at >= 0]


def voted(page: Page) -> list[str]:
    return page.locator("section.present .poll td .share").all_inner_texts()


@pytest.mark.parametrize("storage", ["kept", "refused"])
def test_hands_are_typed_and_drawn_before_and_after(speaker: Reader, storage: str) -> None:
    name = next(name for name in NAMES if 'data-widget="poll"' in (DECKS / name).read_text(encoding="utf-8"))
    context = speaker.context(viewport=STAGE)
    if storage == "refused":
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
        )
    page = speaker.open(name, context)
    expect(page.locator(".reveal.ready")).to_be_attached()
    first, *_, last = polls(page)
    for _ in range(first):
        page.keyboard.press("ArrowRight")
    poll = page.locator("section.present .poll")
    expect(poll.locator("input").first).to_be_visible()
    # By keyboard: into the fields with the tabulator, digits, and on. Digits turn no slide.
    for hands in ("12", "3"):
        poll.get_by_label("Hands for A, before" if hands == "12" else "Hands for B, before").focus()
        page.keyboard.type(hands)
    assert page.evaluate("Reveal.getIndices().h") == first
    expect(poll.get_by_role("status")).to_have_text("Before: 15 hands. After: not counted yet.")
    widths = poll.locator("[data-round=before] .bar i").evaluate_all(
        "bars => bars.map((bar) => bar.style.width)"
    )
    assert widths[:2] == ["80%", "20%"]
    drawn = poll.locator("[data-round=before] .bar i").evaluate_all(
        "bars => bars.map((bar) => bar.clientWidth)"
    )
    assert drawn[0] > 150, "the bars cannot be seen"
    assert abs(drawn[0] - 4 * drawn[1]) < 6
    assert voted(page)[0] == "12 of 15"
    # The same question at the end shows what was counted at the start.
    page.locator("body").click(position={"x": 2, "y": 2})
    for _ in range(last - first):
        page.keyboard.press("ArrowRight")
    expect(poll.get_by_label("Hands for A, before")).to_have_value("12")
    poll.get_by_label("Hands for B, after").fill("15")
    expect(poll.get_by_role("status")).to_have_text("Before: 15 hands. After: 15 hands.")
    assert page.evaluate(UNREADABLE, SMALLEST) == []
    poll.get_by_label("Hands for C, after").fill("-2")
    expect(poll.get_by_role("status")).to_contain_text("whole number")
    poll.get_by_label("Hands for C, after").fill("")
    poll.get_by_text("Clear the hands").click()
    expect(poll.get_by_role("status")).to_have_text("Before: not counted yet. After: not counted yet.")
    expect(poll.get_by_label("Hands for A, before")).to_be_focused()


def open_poll(speaker: Reader) -> tuple[Page, int, Locator]:
    """A deck at its first question to the room: its page, the number of the slide, and the first field."""
    name = next(name for name in NAMES if 'data-widget="poll"' in (DECKS / name).read_text(encoding="utf-8"))
    page = open_deck(speaker, name)
    first = polls(page)[0]
    for _ in range(first):
        page.keyboard.press("ArrowRight")
    field = page.locator("section.present .poll").get_by_label("Hands for A, before")
    field.focus()
    return page, first, field


def at(page: Page) -> int:
    return int(page.evaluate("Reveal.getIndices().h"))


@pytest.mark.parametrize(
    ("key", "step"),
    [("ArrowRight", 1), ("Space", 1), ("PageDown", 1), ("ArrowLeft", -1), ("PageUp", -1), ("Escape", 0)],
)
def test_a_clicker_turns_the_slide_when_hands_have_been_typed(speaker: Reader, key: str, step: int) -> None:
    """The cursor used to stay in the field, and every key of a clicker with it, before a full room."""
    page, first, field = open_poll(speaker)
    page.keyboard.type("12")
    page.keyboard.press("ArrowUp")
    assert at(page) == first
    page.keyboard.press(key)
    assert page.evaluate("document.activeElement.matches('input')") is False
    assert at(page) == first + step
    assert page.evaluate("Reveal.isOverview()") is False
    page.keyboard.press("ArrowLeft" if step > 0 else "ArrowRight")
    if step:
        expect(field).to_have_value("13")
    assert at(page) == (first if step else first + 1)


def test_the_answer_is_shown_by_a_key_from_the_field_too(speaker: Reader) -> None:
    page, _, field = open_poll(speaker)
    page.keyboard.type("7")
    answer = page.locator("section.present .poll details")
    page.keyboard.press("a")
    expect(answer).to_have_attribute("open", "")
    expect(field).not_to_be_focused()
    page.keyboard.press("a")
    expect(answer).not_to_have_attribute("open", "")
    expect(field).to_have_value("7")


_MESSAGES = """(deck) => { for (const message of [
    { method: "togglePause", args: [true] }, { method: "slide", args: [3] }, { method: "next" },
    { method: "configure", args: [{ controls: false }] }, { method: "toggleHelp", args: [true] },
    { namespace: "reveal-notes", type: "heartbeat" },
    { namespace: "reveal-notes", type: "call", methodName: "next", arguments: [] },
  ]) deck.postMessage(JSON.stringify(message), "*"); }"""
_UNMOVED = """() => new Promise((done) => {
    addEventListener("message", () => done([Reveal.getIndices().h, Reveal.isPaused(), Reveal.getConfig().controls]));
    postMessage("the last", "*");
  })"""


@pytest.mark.parametrize("way", ["frame", "preview", "window"])
@pytest.mark.parametrize("where", ["web", "disk"])
def test_a_strangers_messages_turn_no_slide(
    browser: Browser, decks: Path, tmp_path: Path, where: str, way: str
) -> None:
    """reveal.js obeys whoever sends it a message: a page that frames a deck could turn, pause and cover it."""
    (tmp_path / "stranger.html").write_text("<!doctype html><title>A stranger</title>", encoding="utf-8")
    with ExitStack() as servers:
        if where == "web":
            deck, stranger = (servers.enter_context(served(folder)) for folder in (decks, tmp_path))
        else:
            deck, stranger = f"{decks.as_uri()}/", f"{tmp_path.as_uri()}/"
        someone = Reader(browser, stranger)
        page = someone.open("stranger.html")
        address = f"{deck}{NAMES[0]}{'?receiver' if way == 'preview' else ''}"
        if way == "window":
            with page.expect_popup() as opened:
                page.evaluate("(address) => { globalThis.deck = open(address); }", address)
            shown: Page | Frame = opened.value
        else:
            page.evaluate(
                """(src) => document.body.append(Object.assign(document.createElement("iframe"), { src }))""",
                address,
            )
            page.wait_for_function("frames[0]")
            shown = page.frames[1]
        expect(shown.locator(".reveal.ready")).to_be_attached()
        page.evaluate(f"({_MESSAGES})({'globalThis.deck' if way == 'window' else 'frames[0]'})")
        assert shown.evaluate(_UNMOVED) == [0, False, True]
        someone.close()


def test_the_label_in_the_notes_view_covers_no_heading(speaker: Reader) -> None:
    page = open_deck(speaker, NAMES[0])
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    view = opened.value
    view.set_viewport_size({"width": 1200, "height": 700})
    label = view.locator("#upcoming-slide .label")
    expect(label).to_be_visible()
    box, slide = label.bounding_box(), view.locator("#upcoming-slide").bounding_box()
    assert box
    assert slide
    assert box["y"] > slide["y"] + 0.75 * slide["height"]


def test_a_blocked_notes_window_is_told_with_the_way_out(speaker: Reader) -> None:
    page = open_deck(speaker, NAMES[0])
    page.evaluate("window.open = () => null")
    page.keyboard.press("s")
    expect(page.locator(".deck-notice")).to_contain_text("Allow pop-ups")
    expect(page.locator(".deck-notice")).to_contain_text("printed plan")


def test_broken_counts_are_set_aside(speaker: Reader) -> None:
    name = next(name for name in NAMES if 'data-widget="poll"' in (DECKS / name).read_text(encoding="utf-8"))
    context = speaker.context(viewport=STAGE)
    page = speaker.open(name, context)
    key = page.evaluate(
        """kept => { const poll = document.querySelector(".poll"), widget = poll.closest(".course-widget");
             return `${kept}poll/${widget.dataset.name}/${poll.dataset.entry}`; }""",
        KEPT,
    )
    for broken in ("{", '{"before": "x"}', '{"before": [1.5, -3, 1e9, "2"], "after": {}}', "null"):
        page.evaluate("([key, broken]) => localStorage.setItem(key, broken)", [key, broken])
        page.reload()
        expect(page.locator(".reveal.ready")).to_be_attached()
        for _ in range(polls(page)[0]):
            page.keyboard.press("ArrowRight")
        expect(page.locator("section.present .poll [role=status]")).to_have_text(
            "Before: not counted yet. After: not counted yet."
        )
        page.keyboard.press("Home")


def test_without_scripts_every_slide_is_read(speaker: Reader) -> None:
    page = speaker.open(NAMES[0], viewport=STAGE, java_script_enabled=False)
    headings = page.locator(".slides :is(h1, h2)")
    assert headings.count() > 5
    for heading in headings.all():
        expect(heading).to_be_visible()
