"""The forest plot in a real browser: it pools as Python does, by hand and by key, and refuses as Python does."""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from evidence.pooling import pool, random_effects
from tests.book.browser.motion import what_was_put_off
from tests.book.browser.published import DESKTOP, PHONE, ROOT, Reader
from tests.places import first_of
from tests.sample import AGAIN, LATE, PRESETS, SEVERITY, SWALLOWING, TWSTRS
from widgets.base.front_end import TOKENS
from widgets.base.parts import module
from widgets.forest import Forest, forest
from widgets.forest.catalogue import Preset, Question, questions
from widgets.forest.markup import index_of
from widgets.forest.selection import Selection
from widgets.forest.wording import headline, how, may_conclude, may_not_conclude, without_one

# Sphinx finds the book's extensions in a folder of their own.
sys.path.insert(0, str(ROOT / "book" / "_ext"))
front_ends = importlib.import_module("publishing.output.front_ends")

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("sample")]
NUMBERS = ("estimate", "ci_low", "ci_high", "prediction_low", "prediction_high", "tau2", "i2", "q")
_POLICY = "default-src 'self' 'unsafe-inline'"


def write(folder: Path, widget: Forest, marked: tuple[str, str] = ("", "")) -> None:
    """The page with one forest plot; `marked` replaces a piece of its data."""
    page = widget.page_html()
    assert marked[0] in page
    sheet = TOKENS.read_text(encoding="utf-8") + front_ends.style(["forest"])
    (folder / "page.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Forest</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><style>{sheet}'
        "body { margin: 0; background: var(--course-page); color: var(--course-ink); }"
        f'main {{ max-width: 46rem; margin: auto; padding: 1rem; }}</style></head><body data-theme="auto">'
        f"<main><h1>Forest</h1>{page.replace(*marked) if marked[0] else page}</main>"
        '<script src="widgets.js"></script></body></html>',
        encoding="utf-8",
    )
    (folder / "widgets.js").write_text(front_ends.script(["forest"]), encoding="utf-8")


@pytest.fixture
def someone(browser: Any, tmp_path: Path, sample: Path) -> Iterator[Reader]:
    """A reader of a page with the forest plot of the sample as it opens; no page of theirs may have an error."""
    write(tmp_path, forest("sample"))
    reader = Reader(browser, f"{tmp_path.as_uri()}/")
    yield reader
    reader.close()
    assert reader.troubles == []


@pytest.fixture
def plot(someone: Reader) -> Page:
    return someone.open("page.html", viewport=DESKTOP)


def shown(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate('document.querySelector(".course-widget").courseForest.estimate()')
    return found


def lines(page: Page, part: str) -> list[str]:
    what_was_put_off(page)  # the plot is drawn first, the words after it
    # What is told follows the plot, after the next frame.
    page.evaluate("new Promise((told) => requestAnimationFrame(() => setTimeout(() => setTimeout(told))))")
    return page.locator(f".forest .{part} {'p' if part == 'headline' else 'li'}").all_text_contents()


def tick(page: Page, study: str) -> Locator:
    return page.get_by_label(f"Count {study}")


def close(one: float, other: float, size: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, size)


# The arithmetic.


def random_cases(count: int) -> list[dict[str, Any]]:
    """Random rows of one question, random assumption, random method: what any reader could ask, and more."""
    drawn = random.Random(20261122)
    large = [question for question in questions() if len(question.rows) >= 3]
    cases = []
    for _ in range(count):
        question = drawn.choice(large)
        chosen = Selection(question, assumed_sd=drawn.randint(10, 40))
        rows = drawn.sample(question.rows, drawn.randint(3, len(question.rows)))
        effects = [chosen.effect(row) for row in rows]
        cases.append(
            {
                "effects": [effect.value for effect in effects],
                "variances": [effect.variance for effect in effects],
                "tau2": drawn.choice(["REML", "PM"]),
                "interval": drawn.choice(["mKH", "HK", "Wald"]),
            }
        )
    return cases


def test_a_thousand_random_subsets_agree_with_python(plot: Page) -> None:
    cases = random_cases(1000)
    answers = plot.evaluate(
        """cases => {
          const { randomEffects } = document.querySelector(".course-widget").courseForest;
          return cases.map((one) => randomEffects(one.effects, one.variances, one));
        }""",
        cases,
    )
    worst = 0.0
    for case, answer in zip(cases, answers, strict=True):
        fit = random_effects(**case)
        size = max(abs(fit.prediction_low or 0), abs(fit.prediction_high or 0), fit.tau2, fit.q)
        for number in NUMBERS:
            mine, theirs = getattr(fit, number), answer[number]
            worst = max(worst, abs(mine - theirs) / max(1.0, size))
            assert close(mine, theirs, size), (number, mine, theirs, case)
        assert answer["weights"] == pytest.approx(fit.weights, abs=1e-9)
    print(f"\nlargest difference: {worst:.1e}")


@pytest.mark.parametrize("one", PRESETS, ids=lambda preset: preset.label)
def test_every_preset_says_what_python_says(plot: Page, one: Preset) -> None:
    plot.get_by_label("Question").select_option(label=one.label)
    chosen = Selection(_question(one), one.months, leave_out=one.leave_out)
    assert chosen.pooled
    answer = shown(plot)
    assert answer["rows"] == list(chosen.pooled.rows)
    for number in NUMBERS:
        assert answer[number] == pytest.approx(getattr(chosen.pooled, number), rel=1e-9, abs=1e-9)
    assert lines(plot, "headline") == headline(chosen)
    assert lines(plot, "may") == may_conclude(chosen, chosen.pooled)
    assert lines(plot, "may-not") == may_not_conclude(chosen, chosen.pooled)
    assert lines(plot, "without") == without_one(chosen, chosen.pooled)
    assert lines(plot, "how") == how(chosen, chosen.pooled)


def _question(preset: Any) -> Question:
    return questions()[index_of(preset.measure, preset.procedure, preset.topic)]


@pytest.mark.parametrize("one", [TWSTRS, SEVERITY, AGAIN, SWALLOWING], ids=lambda preset: preset.label)
def test_the_page_draws_what_python_drew(browser: Any, tmp_path: Path, one: Preset) -> None:
    """What stands there without JavaScript is what stands there with it, but for the boxes to tick."""
    topic = {"complication" if one.measure == "proportion" else "scale": one.topic}
    write(
        tmp_path,
        forest("sample", procedure=one.procedure, months=one.months, leave_out=one.leave_out, **topic),  # type: ignore[arg-type]
    )
    reader = Reader(browser, f"{tmp_path.as_uri()}/")
    table = """() => [...document.querySelectorAll(".forest table tr, .forest .headline, .forest .reading")].map((part) =>
      [part.className, part.textContent.replace(/\\s+/g, " "), ...[...part.querySelectorAll("svg, line, path, rect")].map((drawn) =>
        ["x", "x1", "x2", "width", "viewBox", "d"].map((name) => drawn.getAttribute(name)
          ?.replace(/-?\\d+(\\.\\d+)?/g, (number) => `${Math.round(number * 10) / 10}`)))])"""
    still = reader.open("page.html", java_script_enabled=False).evaluate(table)
    alive = reader.open("page.html").evaluate(table)
    reader.close()
    assert alive == still


# What a reader does.


def test_a_study_left_out_is_not_counted_and_the_focus_stays(plot: Page) -> None:
    tick(plot, "Kim 2012").focus()
    plot.keyboard.press("Space")
    expect(tick(plot, "Kim 2012")).to_be_focused()
    expect(tick(plot, "Kim 2012")).not_to_be_checked()
    rows = ["calheiros2014-twstrs", "jeong2009-twstrs-18-7m", "kiss2004-twstrs"]
    assert shown(plot)["rows"] == rows
    expected = pool(rows, measure="percent_improvement", assumed_sd=25)
    assert shown(plot)["estimate"] == pytest.approx(expected.estimate, abs=1e-9)
    expect(plot.get_by_role("status")).to_contain_text("3 studies, 13 people")
    expect(plot.get_by_label("Question")).to_have_value("")
    expect(plot.locator("tr", has_text="Kim 2012")).to_contain_text("Not counted.")
    plot.keyboard.press("Space")
    assert len(shown(plot)["rows"]) == 4


def test_the_assumed_spread_moves_the_interval(plot: Page) -> None:
    slider = plot.get_by_label("Assumed spread")
    slider.focus()
    for _ in range(15):
        plot.keyboard.press("ArrowRight")
    expected = pool(shown(plot)["rows"], measure="percent_improvement", assumed_sd=40)
    assert shown(plot)["ci_low"] == pytest.approx(expected.ci_low, abs=1e-9)
    expect(plot.locator(".spread")).to_have_text("40 points")


def test_filters_pool_again(plot: Page) -> None:
    plot.get_by_text("Choose for yourself").click()
    plot.get_by_label("Months from").fill("0")
    plot.get_by_label("Months to").fill("12")
    plot.get_by_label("Months to").press("Enter")
    rows = ["calheiros2014-twstrs", "jeong2009-twstrs-12m", "kiss2004-twstrs"]
    assert shown(plot)["rows"] == rows
    expect(plot.locator("caption")).to_contain_text("0 to 12 months")
    plot.get_by_label("Spread between studies").select_option("PM")
    plot.locator("[data-set=interval]").select_option("HK")
    expected = pool(rows, measure="percent_improvement", assumed_sd=25, tau2="PM", interval="HK")
    for number in NUMBERS:
        assert shown(plot)[number] == pytest.approx(getattr(expected, number), abs=1e-9)
    plot.get_by_label("People, at least").fill("4")
    plot.get_by_label("People, at least").press("Enter")
    expect(plot.get_by_role("status")).to_contain_text("Not pooled: 2 of the three studies")
    expect(plot.get_by_role("row", name="Together")).to_be_hidden()
    expect(plot.locator("tbody tr")).to_have_count(2)


def test_an_operation_with_one_study_shows_it_and_pools_nothing(plot: Page) -> None:
    plot.get_by_text("Choose for yourself").click()
    measures = plot.get_by_label("Operation and measure")
    denervation = measures.locator("optgroup[label='Selective peripheral denervation']")
    assert denervation.locator("option").first.text_content() == "TWSTRS total, in percent"
    measures.select_option(denervation.locator("option").first.get_attribute("value"))
    expect(plot.get_by_role("status")).to_contain_text("Not pooled: 1 of the three studies")
    expect(plot.locator("tbody tr")).to_have_count(1)


# What must not be pooled.


def test_shared_people_are_named_and_one_study_can_be_dropped(plot: Page) -> None:
    plot.get_by_label("Question").select_option(label=SEVERITY.label)
    tick(plot, "Walsh 2013").check()
    status = plot.get_by_role("status")
    expect(status).to_contain_text("Hung 2007 and Walsh 2013 probably share people. Count only one of them.")
    assert "refused" in shown(plot)
    tick(plot, "Hung 2007").uncheck()
    expect(status).to_contain_text("4 studies")
    expect(plot.locator("tr", has_text="Hung 2007").first).to_contain_text("shares people with Walsh 2013")


def test_possible_overlap_is_pooled_only_when_asked(plot: Page) -> None:
    plot.get_by_label("Question").select_option(label=LATE.label)
    tick(plot, "Outcomes following").check()
    status = plot.get_by_role("status")
    expect(status).to_contain_text("may share people")
    consent = plot.get_by_label("Count people twice if need be, knowing it")
    consent.check()
    expect(consent).to_be_focused()
    expect(status).to_contain_text("4 studies, 45 people")
    expect(plot.locator(".may-not")).to_contain_text("because you asked for it")


def test_trials_join_series_only_when_asked(browser: Any, tmp_path: Path) -> None:
    marked = ('12.0,4,74.25,"","mean reduction"]', '12.0,4,74.25,"t","mean reduction"]')
    write(tmp_path, forest("sample"), marked)
    reader = Reader(browser, f"{tmp_path.as_uri()}/")
    page = reader.open("page.html")
    status = page.get_by_role("status")
    expect(status).to_contain_text("Not pooled: trials and series")
    page.get_by_label("Count trials and series together, knowing it").check()
    expect(status).to_contain_text("4 studies")
    expect(page.locator(".may-not")).to_contain_text("arms of trials are taken alone")
    page.get_by_text("Choose for yourself").click()
    page.get_by_label("Design").select_option("series")
    expect(status).to_contain_text("3 studies")
    reader.close()


def test_several_rows_of_one_study_are_refused_until_one_is_dropped(plot: Page) -> None:
    plot.get_by_label("Question").select_option(label=SWALLOWING.label)
    rows = plot.get_by_label("Count Kim 1998")
    expect(rows).to_have_count(2)
    rows.nth(1).check()
    expect(plot.get_by_role("status")).to_contain_text("several rows of Kim 1998")


# Everybody's access.


def test_all_of_it_is_reached_by_key(plot: Page) -> None:
    reached = set()
    for _ in range(40):
        plot.keyboard.press("Tab")
        reached.add(plot.evaluate("document.activeElement.dataset.set || document.activeElement.type || ''"))
        if plot.evaluate(
            "document.activeElement.matches('summary') && !document.activeElement.parentNode.open"
        ):
            plot.keyboard.press("Enter")
    names = "preset assumed_sd question from to minimum_people tau2 interval checkbox"
    assert set(names.split()) <= reached


@pytest.mark.parametrize("scheme", first_of(["light", "dark"]))
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing(someone: Reader, scheme: str, size: dict[str, int]) -> None:
    page = someone.open("page.html", viewport=size, color_scheme=scheme)
    for preset in ("0", "2", "3"):
        page.get_by_label("Question").select_option(preset)
        page.evaluate("document.querySelectorAll('.forest details').forEach((part) => { part.open = true; })")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_needs_no_sideways_scrolling(someone: Reader, width: int) -> None:
    page = someone.open("page.html", viewport={"width": width, "height": 800})
    for preset in range(len(PRESETS)):
        page.get_by_label("Question").select_option(f"{preset}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        drawn = page.locator("tbody td.drawn svg").first.bounding_box()
        assert drawn
        assert drawn["width"] >= 240
    small = page.evaluate(
        """() => [...document.querySelectorAll(".forest :is(input, select, summary)")].filter((control) => {
          const box = control.getBoundingClientRect();
          return box.width > 0 && (box.width < 24 || box.height < 24);
        }).length"""
    )
    assert small == 0


def test_without_javascript_it_reads_whole(someone: Reader) -> None:
    page = someone.open("page.html", java_script_enabled=False)
    expect(page.get_by_role("row", name="Together")).to_contain_text("74 % (58 to 89)")
    expect(page.locator(".controls")).to_be_hidden()
    expect(page.locator("tbody input").first).to_be_hidden()
    expect(page.locator(".may-not")).to_contain_text("regression to the mean")


def test_nothing_is_kept_in_the_browser(plot: Page) -> None:
    tick(plot, "Kim 2012").uncheck()
    assert plot.evaluate("localStorage.length") == 0
    plot.reload()
    expect(tick(plot, "Kim 2012")).to_be_checked()


def test_in_a_notebook_the_kernel_hears_what_is_chosen(browser: Any, tmp_path: Path) -> None:
    """There the front end starts from an empty element, and a study's link leads to the study itself."""
    widget = forest("sample")
    source = module(ROOT / "widgets" / "forest" / "forest.js")
    (tmp_path / "page.html").write_text('<!doctype html><div id="output"></div>', encoding="utf-8")
    reader = Reader(browser, f"{tmp_path.as_uri()}/")
    page = reader.open("page.html")
    page.add_script_tag(
        content=source.removesuffix("export default { render };\n") + ";globalThis.start = render;"
    )
    page.evaluate(
        """state => {
          globalThis.saved = null;
          const model = { get: (key) => state[key], set: (key, value) => { state[key] = value; },
            save_changes: () => { saved = structuredClone(state); }, on() {}, off() {} };
          start({ model, el: document.querySelector("#output") });
        }""",
        {name: getattr(widget, name) for name in ("markup", "selection", "estimate", "links")},
    )
    expect(page.get_by_role("link", name="Kim 2012")).to_have_attribute("href", widget.links["kim2012"])
    page.get_by_label("Count Kim 2012").uncheck()
    saved = page.evaluate("saved")
    reader.close()
    assert saved["selection"]["leave_out"] == ["kim2012-twstrs"]
    assert "kim2012-twstrs" not in saved["estimate"]["rows"]
    assert set(saved["selection"]) == set(widget.selection)
    assert set(saved["estimate"]) == set(widget.estimate)
    assert reader.troubles == []
