"""What readers rely on, in Firefox and WebKit too: widgets start, keys answer, answers stay, decks step through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book.bench.readiness import kinds
from tests.book.browser.questions import of_type, right_keys
from tests.book.engines.conftest import ROOT, Visit
from tests.book.engines.visitor import ARROW_RIGHT, ENTER, SPACE, TAB, keep

pytestmark = [pytest.mark.browser, pytest.mark.everywhere]

CHAPTER = "procedures/selective-peripheral-denervation.html"
#: Pictures of each widget in each engine, for people to look at.
PICTURES = ROOT / "_build" / "engines"

_COME_NEAR = """const widget = document.querySelectorAll(`.course-widget[data-widget="${arguments[0]}"]`)[arguments[1]];
widget.closest("details:not([open])")?.setAttribute("open", "");
if (widget.hidden) dispatchEvent(new KeyboardEvent("keydown"));
else widget.scrollIntoView({ behavior: "instant" });"""
_COME_TO = """document.querySelector(arguments[0]).closest(".course-widget").scrollIntoView({ behavior: "instant" });"""
_STARTED = """const widget = document.querySelectorAll(`.course-widget[data-widget="${arguments[0]}"]`)[arguments[1]];
// What grows above it may take it away again.
if (!("alive" in widget.dataset) && !widget.hidden) widget.scrollIntoView({ behavior: "instant" });
// A chart has started when its drawing stands there.
return "alive" in widget.dataset && !widget.querySelector(".chart-box:not([data-drawn])");"""
_MARK = """const svg = document.querySelector(arguments[0]).querySelector(".spots");
const { x, y } = new DOMPoint(arguments[1], arguments[2]).matrixTransform(svg.getScreenCTM());
svg.dispatchEvent(new MouseEvent("click", { clientX: x, clientY: y, bubbles: true }));"""
#: The host says so when a front end throws.
_FAILED = """return [...document.querySelectorAll(".course-widget > [role=status]")]
  .map((one) => one.textContent).filter((said) => said.includes("could not start"));"""
_BRIGHTNESS = """const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g);
return Number(red) + Number(green) + Number(blue);"""


def test_every_kind_of_widget_starts(visit: Visit, html: Path) -> None:
    shown = kinds(html)
    assert shown
    for one in shown:
        visit.open(one.page)
        visit.visitor.run(_COME_NEAR, one.kind, one.place)
        visit.visitor.wait(_STARTED, one.kind, one.place)
        assert visit.visitor.run(_FAILED) == [], one
        keep(visit.visitor.picture(), PICTURES, f"{one.kind}-{visit.visitor.engine}-{visit.theme}")


def test_the_page_follows_the_theme(visit: Visit) -> None:
    visit.open(CHAPTER)
    brightness = visit.visitor.run(_BRIGHTNESS)
    assert brightness > 600 if visit.theme == "light" else brightness < 200


def test_a_question_answered_by_keys_is_kept_across_pages(visit: Visit) -> None:
    question = of_type("single-best-answer")
    (key,) = right_keys(question)
    form, option = f"#q-{question.id}", f'#q-{question.id} .options > li[data-key="{key}"] input'
    visitor = visit.visitor
    visit.open(CHAPTER)
    visitor.run(_COME_TO, form)
    visitor.wait(f'return document.querySelector("{form} [data-do=check]")')
    visitor.press(SPACE, option)
    for _ in range(8):
        if visitor.run(f'return document.activeElement.matches("{form} [data-do=check]")'):
            break
        visitor.press(TAB)
    visitor.press(ENTER)
    visitor.wait(f'return document.querySelector("{form} .result").textContent.includes("Right")')

    visit.open("about.html")
    visit.open(CHAPTER)
    visitor.run(_COME_TO, form)
    visitor.wait(f'return document.querySelector("{form} .result")?.textContent.includes("Right")')
    assert visitor.run("return document.querySelector(arguments[0]).checked", option)

    visit.open("course.html")
    visitor.run(_COME_NEAR, "progress", 0)
    visitor.wait(
        """return /\\b1 of \\d+ answered/.test(document.querySelector(".progress-page").textContent)"""
    )


def test_a_mark_on_a_drawing_finds_its_place(visit: Visit) -> None:
    """Which shape lies under a point is each engine's own geometry: an area, a line, and nothing."""
    visit.open("disorder/anatomy-and-postures.html")
    form = "#q-ap-spot-arm"
    visit.visitor.run(_COME_TO, form)
    visit.visitor.wait(f'return document.querySelector("{form} [data-do=check]")')
    # Beside the nerve to the shoulder, on the strand to the muscle, and beside the neck, in the drawing's units.
    for x, y, letter in ((174, 506, "C"), (261, 350, "A"), (600, 300, "A")):
        visit.visitor.run(_MARK, form, x, y)
        assert (
            visit.visitor.run(f'return document.querySelector("{form} .letter.chosen text").textContent')
            == letter
        )
    told = visit.visitor.run(f'return document.querySelector("{form} .result").textContent')
    assert told.startswith("No lettered place is here")


def test_a_link_into_folded_studies_opens_them(visit: Visit, html: Path) -> None:
    """Not every engine opens a fold for the place that an address names; here all do."""
    folded = re.compile(r'<details class="studies">.*?<section id="([\w-]+)">', re.DOTALL)
    for path in sorted(html.rglob("*.html")):
        found = folded.search(path.read_text(encoding="utf-8"))
        if found is None:
            continue
        visit.open(f"{path.relative_to(html).as_posix()}#{found[1]}")
        visit.visitor.wait('return document.querySelector(".studies").open')
        seen = "const { top } = document.getElementById(arguments[0]).getBoundingClientRect(); "
        visit.visitor.wait(f"{seen} return top > -5 && top < innerHeight", found[1])
        return


def test_a_deck_steps_through_by_key(visit: Visit) -> None:
    decks = ROOT / "_build" / "slides" / "sessions"
    assert decks.is_dir(), "the slides are not built: run make slides"
    for deck in sorted(decks.glob("*.html")):
        # A deck is opened from the kit's folder; over http it is the same file.
        visit.visitor.open(deck.as_uri())
        visit.visitor.wait("return globalThis.Reveal?.isReady()")
        last = visit.visitor.run("return Reveal.getTotalSlides()")
        for place in range(1, last):
            visit.visitor.press(ARROW_RIGHT, "body")
            visit.visitor.wait("return Reveal.getSlidePastCount() === arguments[0]", place)
        assert visit.visitor.run("return Reveal.isLastSlide()")
