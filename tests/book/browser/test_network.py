"""The book needs nothing but itself: no other host, ever; little before the reader scrolls; no network at all."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from book.bench.readiness import kinds
from tests.book.browser.published import CHAPTER, DESKTOP, MAIN_PAGES, PAGES, PHONE, Reader, come_to_quiz
from tests.book.browser.questions import ASKED, TYPES, all_on, first_on, score

pytestmark = pytest.mark.browser

MOST_REQUESTS = 14
HEAVY = "plotly.min.js"


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_before_scrolling_little_is_asked_for(online_reader: Reader, screen: dict[str, int]) -> None:
    page = online_reader.open(viewport=screen)
    page.wait_for_load_state("networkidle")
    assert CHAPTER in online_reader.requests[0]
    assert len(online_reader.requests) <= MOST_REQUESTS, online_reader.requests
    assert len(set(online_reader.requests)) == len(online_reader.requests)
    assert not any(HEAVY in url for url in online_reader.requests)
    assert not any(".widgets.js" in url for url in online_reader.requests), (
        "a page that nobody moves starts nothing"
    )


def test_a_walk_through_pages_asks_for_what_they_need_and_no_other_host(reader: Reader) -> None:
    """Every page, with each of its widgets in use, is held to the same where it is looked at with axe."""
    # A tall window comes near everything in a few steps.
    context = reader.context(viewport={"width": 1280, "height": 6000})
    for name in sorted({*MAIN_PAGES, *(one.page for one in kinds(PAGES))}):
        page = reader.open(name, context)
        page.evaluate("document.querySelectorAll('details.studies').forEach((one) => { one.open = true; })")
        # Walk through the page, so that everything that waits for the reader is asked for.
        page.evaluate(
            """async () => { for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
                 scrollTo(0, y);
                 await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
               } }"""
        )
        # A widget's script may arrive when the walk has passed it: charts are waited for, one by one.
        for chart in page.locator(".chart-box").all():
            chart.scroll_into_view_if_needed()
            expect(chart).to_have_attribute("data-drawn", "")
        page.wait_for_load_state("networkidle")
        page.close()
    assert any(HEAVY in url for url in reader.requests)
    assert any(".svg" in url for url in reader.requests)


def test_plotly_comes_only_with_its_figure(reader: Reader) -> None:
    page = reader.open()
    page.wait_for_load_state("networkidle")
    assert not any(HEAVY in url for url in reader.requests)
    page.locator(".chart-box").scroll_into_view_if_needed()
    expect(page.locator(".chart-box[data-drawn]")).to_be_attached()
    assert len([url for url in reader.requests if HEAVY in url]) == 1


def test_the_policy_refuses_what_a_stranger_would_load(online_reader: Reader) -> None:
    page = online_reader.open("about.html")
    page.evaluate(
        """() => {
          document.head.append(Object.assign(document.createElement("script"), { textContent: "window.got = 1" }));
          document.body.append(Object.assign(document.createElement("img"), { src: "https://example.org/x.png" }));
        }"""
    )
    assert page.evaluate("window.got") is None
    page.wait_for_function("document.querySelector('img[src*=example]').complete")
    refused = [trouble for trouble in online_reader.troubles if "refused by the page's policy" in trouble]
    assert any("script-src" in trouble for trouble in refused)
    assert any("img-src" in trouble for trouble in refused)
    # Told here, and refused before it went out.
    online_reader.troubles.clear()
    online_reader.requests.clear()


def test_the_quiz_goes_on_when_the_network_goes(online_reader: Reader) -> None:
    context = online_reader.context()
    page = online_reader.open_quiz(context=context)
    page.wait_for_load_state("networkidle")
    asked_for = len(online_reader.requests)
    context.set_offline(True)
    for kind in TYPES:
        asked = first_on(page, kind)
        asked.give_right()
        asked.check()
        asked.expect_right()
    assert score(page) == f"5 of {ASKED} points; 5 of {ASKED} answered"
    # Pictures that had not come near may be asked for; nothing that the quiz needs.
    later = [
        url for url in online_reader.requests[asked_for:] if not url.endswith(".svg") and HEAVY not in url
    ]
    assert later == []
    online_reader.troubles.clear()


def test_a_page_that_lost_its_network_reads_as_without_scripts_until_it_is_back(
    online_reader: Reader,
) -> None:
    context = online_reader.context()
    page = online_reader.open(context=context)
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.locator(".course-chart figcaption").scroll_into_view_if_needed()
    expect(page.locator(".chart-box")).to_be_hidden()
    expect(page.locator(".course-chart table")).to_be_visible()
    online_reader.troubles.clear()
    context.set_offline(False)
    expect(page.locator(".chart-box[data-drawn]")).to_be_visible()
    come_to_quiz(page)
    online_reader.troubles.clear()


def test_a_chart_that_cannot_be_drawn_gives_its_place_to_the_table(online_reader: Reader) -> None:
    context = online_reader.context()
    context.route(f"**/{HEAVY}", lambda route: route.abort())
    page = online_reader.open(context=context)
    page.locator(".chart-box").scroll_into_view_if_needed()
    expect(page.locator(".course-chart")).to_contain_text("The chart could not be drawn here.")
    expect(page.locator(".course-chart table")).to_be_visible()
    online_reader.troubles.clear()


def test_from_a_memory_stick_everything_works(stick_reader: Reader) -> None:
    context = stick_reader.context()
    context.route(
        "**", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort()
    )
    page = stick_reader.open("index.html", context)
    page.locator(".sidebar-drawer").get_by_role("link", name="Selective peripheral denervation").click()
    come_to_quiz(page)
    for asked in all_on(page)[:3]:
        asked.give_right()
        asked.check()
        asked.expect_right()
    page.locator(".chart-box").scroll_into_view_if_needed()
    expect(page.locator(".chart-box[data-drawn]")).to_be_attached()

    page.locator(".search-side input").fill("denervation")
    page.locator(".search-side input").press("Enter")
    page.locator(".search-list a[href*=selective-peripheral]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Selective peripheral denervation")
    assert urlsplit(page.url).scheme == "file"
    assert {urlsplit(url).scheme for url in stick_reader.requests} <= {"file", "data", "blob"}
