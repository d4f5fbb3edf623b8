"""The risk explorer in a real browser: first the guess, then the counts of the evidence, and no word before."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from evidence import EvidenceError
from tests.book.browser.published import DESKTOP, ENLARGED, KEPT, PHONE, ROOT, Reader
from tests.places import first_of
from widgets.base.front_end import TOKENS
from widgets.base.parts import module
from widgets.icons import Share, drawing
from widgets.icons.markup import STYLE
from widgets.risk import Risk, risk
from widgets.risk.catalogue import OPERATIONS, case, cases

# Sphinx finds the book's extensions in a folder of their own.
sys.path.insert(0, str(ROOT / "book" / "_ext"))
front_ends = importlib.import_module("publishing.output.front_ends")
weight = importlib.import_module("publishing.output.weight")

pytestmark = pytest.mark.browser
CHAPTER = "outcomes/risks.html"
_POLICY = "default-src 'self' 'unsafe-inline'"


def write(folder: Path, widget: Risk) -> None:
    """A page with one explorer, as the book makes it."""
    sheet = TOKENS.read_text("utf-8") + STYLE.read_text("utf-8") + front_ends.style(["risk"])
    (folder / "page.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Risk</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><style>{sheet}'
        "body { margin: 0; background: var(--course-page); color: var(--course-ink); }"
        f'main {{ max-width: 46rem; margin: auto; padding: 1rem; }}</style></head><body data-theme="auto">'
        f'<main><h1>Risk</h1>{widget.page_html()}</main><script src="widgets.js"></script></body></html>',
        encoding="utf-8",
    )
    # As the book ships it: a minifier can eat a space that a sentence needs.
    light = weight.light_script(front_ends.script(["risk"]))
    (folder / "widgets.js").write_text(light, encoding="utf-8")


@pytest.fixture
def someone(browser: Any, tmp_path: Path, sample: Path) -> Iterator[Reader]:
    """A reader of a page with the explorer of the sample; no page of theirs may have an error."""
    write(tmp_path, risk("sample"))
    reader = Reader(browser, f"{tmp_path.as_uri()}/")
    yield reader
    reader.close()
    assert reader.troubles == []


@pytest.fixture
def explorer(someone: Reader) -> Page:
    page = someone.open("page.html", viewport=DESKTOP)
    expect(page.locator(".tile")).to_have_count(2)
    return page


def tile(page: Page, key: str) -> Locator:
    return page.locator(f'.tile[data-key="{key}"]')


def choose(page: Page, **wanted: str) -> None:
    for name, value in wanted.items():
        page.locator(f"[data-set={name}]").select_option(value)


def guess(page: Page, key: str, number: str) -> Locator:
    """Guess, and give the line that answers."""
    tile(page, key).get_by_label("Your guess").fill(number)
    tile(page, key).get_by_role("button", name="See what was counted").click()
    return tile(page, key).locator(".result")


def kept(page: Page) -> dict[str, Any]:
    stored: dict[str, str] = page.evaluate(
        "kept => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith(`${kept}risk/`)))",
        KEPT,
    )
    return {key.split("/", 3)[3]: json.loads(value) for key, value in stored.items()}


def test_keys_alone_guess_and_see_in_the_chapter(reader: Reader) -> None:
    """Over http and from a memory stick; the result is announced and takes the focus."""
    page = reader.open(CHAPTER)
    page.locator(".risk").evaluate("node => node.scrollIntoView()")
    expect(page.locator(".risk .tile")).to_have_count(2)
    page.locator("[data-set=operation]").focus()
    page.keyboard.press("Tab")
    expect(page.locator("[data-set=beside]")).to_be_focused()
    page.keyboard.type("pall")
    expect(page.locator(".risk .tile")).to_have_count(4)
    field = tile(page, "spd/death").get_by_label("Your guess")
    for _ in range(20):
        page.keyboard.press("Tab")
        if field.evaluate("node => node === document.activeElement"):
            break
    expect(field).to_be_focused()
    page.keyboard.type("5")
    expect(tile(page, "spd/death").locator("figure")).to_have_count(0)
    page.keyboard.press("Enter")
    result = tile(page, "spd/death").locator(".result")
    expect(result).to_be_focused()
    expect(result).to_have_attribute("role", "status")
    expect(result).to_have_text(re.compile(r"You said 5\. Counted: .* of 100"))
    shown = [share.row.id for share in case("spd/death").shares]
    links = tile(page, "spd/death").locator("a.est")
    assert [str(link.get_attribute("href")).split("#")[1] for link in links.all()] == shown


def test_nothing_is_told_before_the_guess(explorer: Page) -> None:
    expect(explorer.locator(".tile figure")).to_have_count(0)
    expect(explorer.locator(".all li").first).to_be_hidden()
    field = tile(explorer, "spd/swallowing").get_by_label("Your guess")
    field.fill("30")
    for key in ("ArrowUp", "ArrowDown", "Tab"):
        field.press(key)
    expect(explorer.locator(".tile figure")).to_have_count(0)
    assert kept(explorer) == {}


def test_every_count_is_drawn_as_python_draws_it(explorer: Page) -> None:
    """All operations and topics: the same icons, the same bar, the same words at its ends."""
    drawn = 0
    for one in cases():
        choose(explorer, operation=one.operation.key, **{one.topic.kind: one.topic.key})
        place = tile(explorer, one.key)
        place.get_by_role("button", name="See without a guess").click()
        found = place.locator("figure").evaluate_all(
            """figures => figures.map((figure) => {
              const said = (part) => figure.querySelector(part)?.textContent ?? "";
              const path = (part) => figure.querySelector(part)?.getAttribute("d") ?? "";
              return { full: path(".full"), hollow: path(".hollow"), reach: path(".reach"), few: said(".few"),
                ends: [said(".foot"), said(".top")], printed: said("a.est") };
            })"""
        )
        assert len(found) == len(one.shares)
        expect(place.locator(".blank")).to_have_count(0 if one.shares else 1)
        for picture, share in zip(found, one.shares, strict=True):
            check(picture, share)
            drawn += 1
    assert drawn


def check(picture: dict[str, Any], share: Share) -> None:
    assert picture["printed"] == share.printed
    try:
        filled = share.icons(100)
    except EvidenceError:
        assert picture["few"] in {"<1", ">99"}
        assert picture["full"] == picture["hollow"] == ""
    else:
        assert picture["full"] == drawing.icons(0, filled, 100)
        assert picture["hollow"] == drawing.icons(filled, 100, 100)
        assert picture["few"] == ""
    bar = drawing.interval(share, 100)
    if bar is None:
        assert picture["reach"] == ""
        return
    assert picture["ends"] == [bar.low_words, bar.high_words]
    top = float(picture["reach"].removeprefix("M111 ").split("V")[0])
    assert abs(top - bar.high) <= 1.2 / 2 + 0.1  # the page draws whole people


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("10", "you were 9 too low, and chance alone could explain it."),
        ("22,5", "your guess lies among the studies."),
        ("90 %", "you were 65 too high."),
        (".5", "you were 19 too low."),
    ],
)
def test_a_guess_is_held_against_the_studies(explorer: Page, number: str, answer: str) -> None:
    expect(guess(explorer, "spd/swallowing", number)).to_contain_text(
        f"Counted: 19 to 25 of 100, study by study: {answer}"
    )
    expect(tile(explorer, "spd/swallowing")).to_contain_text("Some of these people stand in more than one")
    expect(tile(explorer, "spd/swallowing").get_by_label("Your guess")).to_be_hidden()


@pytest.mark.parametrize("number", ["", "many", "101", "-3", "1e1"])
def test_what_is_no_guess_is_asked_for_again(explorer: Page, number: str) -> None:
    expect(guess(explorer, "spd/swallowing", number)).to_contain_text("Write a number from 0 to 100.")
    expect(tile(explorer, "spd/swallowing").get_by_label("Your guess")).to_be_focused()
    assert kept(explorer) == {}
    expect(guess(explorer, "spd/swallowing", "10")).to_contain_text("You said 10.")


def test_what_nobody_counted_is_a_question_mark_and_not_scored(explorer: Page) -> None:
    choose(explorer, harm="speech")
    result = guess(explorer, "spd/speech", "0")
    expect(result).to_contain_text("We do not know. No text that we read counts it.")
    expect(result).to_contain_text("Your guess of 0 is neither right nor wrong.")
    expect(tile(explorer, "spd/speech").locator(".blank")).to_have_text("?")
    expect(explorer.locator(".calibration")).to_have_text("No guess so far that can be held against a count.")


def test_guesses_add_up_to_a_calibration_that_a_reload_keeps(someone: Reader) -> None:
    context = someone.context(viewport=DESKTOP)
    page = someone.open("page.html", context)
    guess(page, "spd/overall", "98")  # the highest study counts 88
    guess(page, "spd/swallowing", "9")  # the lowest counts 19
    choose(page, operation="dbs-gpi")
    guess(page, "dbs-gpi/swallowing", "5")  # the only one counts 11
    expected = (
        "Guesses so far where somebody counted: 3. On average you were 9 of 100 off. "
        "Of gains you guessed 10 too high on average (1). Of harms you guessed 8 too low on average (2)."
    )
    expect(page.locator(".calibration")).to_have_text(expected)
    assert kept(page) == {
        "spd/overall": {"guess": 98},
        "spd/swallowing": {"guess": 9},
        "dbs-gpi/swallowing": {"guess": 5},
    }
    page.reload()
    expect(page.locator(".calibration")).to_have_text(expected)
    expect(tile(page, "spd/swallowing").locator("figure")).to_have_count(2)
    page.get_by_text("Each guess").click()
    expect(page.locator(".so-far li")).to_have_count(3)
    expect(page.locator(".so-far li").nth(2)).to_contain_text(
        "Pallidal stimulation (GPi DBS), trouble swallowing"
    )


def test_clearing_asks_first_and_then_asks_every_question_anew(explorer: Page) -> None:
    guess(explorer, "spd/swallowing", "9")
    explorer.get_by_role("button", name="Clear my guesses").click()
    expect(explorer.get_by_role("button", name="Keep")).to_be_focused()
    explorer.keyboard.press("Enter")
    assert kept(explorer)
    explorer.get_by_role("button", name="Clear my guesses").click()
    explorer.get_by_role("button", name="Clear", exact=True).click()
    assert kept(explorer) == {}
    expect(explorer.locator(".tile figure")).to_have_count(0)
    expect(tile(explorer, "spd/swallowing").get_by_label("Your guess")).to_have_value("")
    expect(explorer.locator(".notice")).to_have_text("Your guesses were cleared.")


def test_a_second_operation_stands_below_the_first_with_the_same_questions(explorer: Page) -> None:
    choose(explorer, beside="dbs-gpi", harm="infection")
    keys = explorer.locator(".tile").evaluate_all("tiles => tiles.map((tile) => tile.dataset.key)")
    assert keys == ["spd/overall", "spd/infection", "dbs-gpi/overall", "dbs-gpi/infection"]
    choose(explorer, harm="numbness")
    expect(tile(explorer, "dbs-gpi/numbness")).to_contain_text("This is not asked of this operation.")
    # Gain and harm stand side by side, on a phone too.
    explorer.set_viewport_size({"width": 390, "height": 844})
    left, right = (tile(explorer, f"spd/{topic}").bounding_box() for topic in ("overall", "numbness"))
    assert left
    assert right
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]


def test_a_harm_that_is_not_asked_of_an_operation_is_not_offered(explorer: Page) -> None:
    choose(explorer, harm="numbness")
    choose(explorer, operation="dbs-stn")
    offered = explorer.locator("[data-set=harm] option").evaluate_all("all => all.map((one) => one.value)")
    assert "numbness" not in offered
    assert "hardware" in offered
    expect(tile(explorer, "dbs-stn/any")).to_be_visible()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("spd/swallowing", "{"),
        ("spd/swallowing", '"30"'),
        ("spd/swallowing", '{"guess": "30"}'),
        ("spd/swallowing", '{"guess": 101}'),
        ("spd/swallowing", '{"guess": [3]}'),
        ("spd/swallowing", "{}"),
        ("gone/topic", '{"guess": 3}'),
        ("__proto__", '{"guess": 3}'),
    ],
)
def test_what_cannot_be_a_guess_is_set_aside_with_a_message(someone: Reader, key: str, value: str) -> None:
    context = someone.context()
    page = someone.open("page.html", context)
    # Once it has started it reads no more by itself: what is stored now is met by the next page.
    expect(page.locator("[data-widget=risk]")).to_have_attribute("data-alive", "")
    sound = '{"guess":12}'
    page.evaluate(
        "([kept, all]) => all.forEach(([key, value]) => localStorage.setItem(`${kept}risk/sample/${key}`, value))",
        [KEPT, [[key, value], ["spd/overall", sound]]],
    )
    page.reload()
    expect(page.locator(".notice")).to_contain_text("were set aside")
    assert kept(page) == {"spd/overall": json.loads(sound)}
    expect(tile(page, "spd/overall").locator(".result")).to_contain_text("You said 12.")
    expect(guess(page, "spd/swallowing", "10")).to_contain_text("You said 10.")


def test_storage_refused_is_said_and_survived(someone: Reader) -> None:
    context = someone.context()
    context.add_init_script(
        """Object.defineProperty(window, "localStorage", {
             get() { throw new DOMException("The operation is insecure.", "SecurityError"); } });"""
    )
    page = someone.open("page.html", context)
    expect(page.locator(".kept")).to_contain_text("refuses to keep guesses")
    expect(guess(page, "spd/swallowing", "10")).to_contain_text("You said 10.")


def test_two_tabs_tell_each_other(someone: Reader) -> None:
    context = someone.context()
    first, second = someone.open("page.html", context), someone.open("page.html", context)
    guess(first, "spd/swallowing", "10")
    expect(tile(second, "spd/swallowing").locator(".result")).to_contain_text("You said 10.")
    guess(second, "spd/overall", "10")
    assert set(kept(first)) == {"spd/swallowing", "spd/overall"}


def test_without_scripts_every_count_is_read_and_no_control_is_dead(someone: Reader) -> None:
    page = someone.open("page.html", java_script_enabled=False)
    expect(page.locator(".risk :is(select, input, button):visible")).to_have_count(0)
    page.get_by_text("All counts as a list").click()
    listed = page.locator(".all")
    for operation in OPERATIONS:
        expect(listed.get_by_text(operation.label, exact=True)).to_be_visible()
    item = listed.locator('[data-operation=spd] [data-topic="swallowing"]')
    expect(item).to_contain_text("3 of 12 new subjective dysphagia after surgery. 25 of 100 (9 to 53)")
    expect(listed.locator("[data-operation=ultrasound]")).to_contain_text("We do not know")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_paper_carries_every_count_and_no_control(someone: Reader, scripts: bool) -> None:
    page = someone.open("page.html", java_script_enabled=scripts)
    page.emulate_media(media="print")
    for control in ("select", "button", "input", ".kept"):
        expect(page.locator(f".risk {control}:visible")).to_have_count(0)
    assert page.locator(".all [data-topic] li").last.evaluate("item => item.checkVisibility()")


@pytest.mark.parametrize("scheme", first_of(["light", "dark"]))
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_before_and_after(someone: Reader, scheme: str, size: dict[str, int]) -> None:
    page = someone.open("page.html", viewport=size, color_scheme=scheme)
    expect(page.locator(".tile")).to_have_count(2)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    choose(page, beside="dbs-gpi", harm="death")
    for key in ("spd/overall", "spd/death", "dbs-gpi/death"):
        guess(page, key, "10")
    page.evaluate("document.querySelectorAll('.risk details').forEach((part) => { part.open = true; })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", [PHONE, ENLARGED], ids=["phone", "four times enlarged"])
def test_nothing_scrolls_sideways_and_every_target_is_large_enough(
    someone: Reader, size: dict[str, int]
) -> None:
    page = someone.open("page.html", viewport=size)
    choose(page, beside="dbs-gpi", harm="again")
    for key in ("spd/again", "dbs-gpi/again"):
        guess(page, key, "10")
    page.evaluate("document.querySelectorAll('.risk details').forEach((part) => { part.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    small = page.locator(".risk :is(button, input, select, summary):visible").evaluate_all(
        "nodes => nodes.map((node) => node.getBoundingClientRect()).filter((box) => box.width < 24 || box.height < 24)"
    )
    assert small == []


def test_in_forced_colours_the_icons_stand_out(someone: Reader) -> None:
    page = someone.open("page.html", forced_colors="active")
    guess(page, "spd/swallowing", "10")
    colours = page.locator(".tile figure").first.evaluate(
        """figure => [".full", ".hollow", ".bar"].map((part) => getComputedStyle(figure.querySelector(part)).color)"""
    )
    assert len(set(colours)) == 1
    assert colours[0] != page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_in_a_notebook_the_kernel_hears_the_guess(browser: Any, tmp_path: Path, sample: Path) -> None:
    """There the front end starts from an empty element, and a count's link leads to the study itself."""
    widget = risk("sample")
    source = module(ROOT / "widgets" / "risk" / "risk.js")
    (tmp_path / "page.html").write_text('<!doctype html><div id="output"></div>', encoding="utf-8")
    reader = Reader(browser, f"{tmp_path.as_uri()}/")
    page = reader.open("page.html")
    page.add_script_tag(
        content=source.rstrip().removesuffix("export default { render };") + ";globalThis.start = render;"
    )
    page.evaluate(
        """state => {
          globalThis.saved = null;
          const model = { get: (key) => state[key], set: (key, value) => { state[key] = value; },
            save_changes: () => { saved = structuredClone(state); }, on() {}, off() {} };
          start({ model, el: document.querySelector("#output") });
        }""",
        {name: getattr(widget, name) for name in ("markup", "answers", "links")},
    )
    expect(page.locator(".kept")).to_contain_text("in this notebook’s kernel")
    guess(page, "spd/swallowing", "10")
    saved = page.evaluate("saved")
    link = tile(page, "spd/swallowing").locator("a.est").last
    expect(link).to_have_attribute("href", widget.links["munchau2001swallow-dysphagia"])
    reader.close()
    assert saved["answers"] == {"spd/swallowing": {"guess": 10}}
    assert reader.troubles == []
