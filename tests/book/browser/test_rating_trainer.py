"""The rating trainer in a real browser: cases and agreement are Python's, a seed repeats them, and all can rate."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.book.browser.alone import REFUSED, SMALL, write
from tests.book.browser.motion import comes_to_rest, moves
from tests.book.browser.published import DESKTOP, ENLARGED, KEPT, PHONE, Reader
from tests.book.browser.test_accessibility import expect_accessible
from widgets.head.severity import items
from widgets.rating import rating
from widgets.rating.agreement import bias, weighted_kappa
from widgets.rating.cases import CASES, case_of, key_of, words_of
from widgets.rating.markup import FIRST_SEED, severity

pytestmark = pytest.mark.browser
CHAPTER = "disorder/measuring-severity.html"
PREFIX = f"{KEPT}rating/sample/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rating")
    write(place, rating("sample"))
    return place


@pytest.fixture
def someone(browser: Any, folder: Path) -> Iterator[Reader]:
    reader = Reader(browser, f"{folder.as_uri()}/")
    yield reader
    reader.close()
    assert reader.troubles == []


@pytest.fixture
def page(someone: Reader) -> Page:
    return someone.open("page.html", viewport=DESKTOP)


def key(place: int, seed: str = FIRST_SEED) -> list[int]:
    points = key_of(case_of(seed, place))
    return [points[item.key] for item in items()]


def rate(page: Page, points: list[int]) -> None:
    for item, value in zip(items(), points, strict=True):
        page.locator(f"[data-item={item.key}]").get_by_label(str(value), exact=True).check()
    page.get_by_role("button", name="Compare with the key").click()


def rows(page: Page, table: str) -> list[list[str]]:
    found: list[list[str]] = page.locator(f".{table} tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    return found


def test_cases_keys_and_words_are_pythons(page: Page) -> None:
    """Also for a seed of letters that no keyboard here has."""
    seeds = [FIRST_SEED, "", "Zürich ward 4", "学", "🙂", *(f"class {number}" for number in range(60))]
    told = page.evaluate(
        """([seeds, count]) => {
          const { caseOf, keyOf, wordsOf } = document.querySelector(".course-widget").courseRating;
          return seeds.map((seed) => Array.from({ length: count }, (_, index) => {
            const one = caseOf(seed, index + 1);
            return [one, keyOf(one), wordsOf(one)];
          }));
        }""",
        [seeds, CASES],
    )
    for seed, series in zip(seeds, told, strict=True):
        for place, (one, points, words) in enumerate(series, start=1):
            case = case_of(seed, place)
            assert one == asdict(case), (seed, place)
            assert points == key_of(case)
            assert words == words_of(case)


def test_kappa_and_bias_are_pythons(page: Page) -> None:
    drawn = random.Random(20261124)
    series = []
    for _ in range(1000):
        most, length = drawn.choice([1, 2, 3, 4, 5]), drawn.randint(1, 10)
        series.append([[drawn.randint(0, most) for _ in range(length)] for _ in range(2)])
    told = page.evaluate(
        """series => {
          const { weightedKappa, bias } = document.querySelector(".course-widget").courseRating;
          return series.map((pair) => [weightedKappa(...pair), bias(...pair)]);
        }""",
        series,
    )
    undefined = 0
    for (yours, keys), (kappa, drift) in zip(series, told, strict=True):
        expected = weighted_kappa(yours, keys)
        undefined += expected is None
        assert kappa == (None if expected is None else pytest.approx(expected, abs=1e-9))
        assert drift == pytest.approx(bias(yours, keys), abs=1e-9)
    assert undefined > 10


def test_a_case_is_rated_and_the_key_told_item_by_item(page: Page) -> None:
    status = page.get_by_role("status")
    page.get_by_role("button", name="Compare with the key").click()
    expect(status).to_have_text("Rate every item first (10 left).")
    expect(page.locator("[data-item=rotation] input").first).to_be_focused()
    expect(page.locator(".key")).to_be_hidden()
    mine = key(1)
    mine[5] = mine[5] - 1
    rate(page, mine)
    whole = severity(key_of(case_of(FIRST_SEED, 1)))
    expect(status).to_have_text(f"9 of 10 items as the key. Severity: you {whole - 2}, key {whole}.")
    words = words_of(case_of(FIRST_SEED, 1))
    told = rows(page, "key")
    assert len(told) == 11
    for item, row, points in zip(items(), told, key(1), strict=False):
        assert row[2] == f"{points} {'✗ differs' if item.key == 'duration' else '✓ same'}"
        assert row[3] == f"{words[item.key]} Steps: {item.rule}."
    assert told[-1][1:3] == [str(whole - 2), str(whole)]


def test_agreement_over_a_series_is_what_python_makes_of_it(page: Page) -> None:
    drawn = random.Random(7)
    mine = []
    for place in range(1, 5):
        points = [
            min(item.most, max(0, value + drawn.randint(-1, 1)))
            for item, value in zip(items(), key(place), strict=True)
        ]
        mine.append(points)
        rate(page, points)
        page.get_by_role("button", name="Next case").click()
    expect(page.locator(".place")).to_contain_text("Case 5 of 10")
    expect(page.locator(".agreement caption")).to_have_text("Your agreement over 4 of 10 cases")
    for index, row in enumerate(rows(page, "agreement")[:-1]):
        yours, keys = [points[index] for points in mine], [key(place)[index] for place in range(1, 5)]
        kappa = weighted_kappa(yours, keys)
        shown = "not defined: always the same points" if kappa is None else f"{kappa:.2f}".replace("-", "−")
        assert row[1] == f"{sum(a == b for a, b in zip(yours, keys, strict=True))} of 4"
        assert row[2].replace("−0.00", "0.00") == shown.replace("−0.00", "0.00")
        assert row[3] == f"{bias(yours, keys):.2f}".replace("-", "−")


def test_an_educator_gives_a_class_the_same_ten(someone: Reader) -> None:
    page = someone.open("page.html?cases=Monday%20class#rating-trainer")
    expect(page.get_by_label("Name of the series")).to_have_value("Monday class")
    rate(page, key(1, "Monday class"))
    expect(page.get_by_role("status")).to_contain_text("10 of 10 items as the key")
    page.get_by_label("Name of the series").fill("Tuesday & 100 %")
    page.get_by_label("Name of the series").press("Enter")
    expect(page.locator(".place")).to_contain_text("Case 1 of 10 in “Tuesday & 100 %”")
    link = page.get_by_role("link", name="link to this series")
    page.goto(link.evaluate("link => link.href"))
    expect(page.get_by_label("Name of the series")).to_have_value("Tuesday & 100 %")
    page.get_by_role("button", name="Draw a new series").click()
    expect(page.get_by_label("Name of the series")).not_to_have_value("Tuesday & 100 %")


def test_films_show_the_case_and_stop(someone: Reader) -> None:
    page = someone.open("page.html", reduced_motion="no-preference")
    page.get_by_role("button", name="Going the other way").click()
    page.get_by_role("button", name="Play", exact=True).click()
    moves(page)
    page.get_by_role("button", name="Stop", exact=True).click()
    comes_to_rest(page)
    # A film ends by itself.
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator(".clock")).to_contain_text("12 s of 12")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_who_wants_no_motion_gets_stills_with_their_times(page: Page) -> None:
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Touch at the chin").click()
    expect(page.locator(".clock")).to_have_text("Touch at the chin: 0 s of 20 · the hand is away")
    page.get_by_role("button", name="Later still").focus()
    for _ in range(4):
        page.keyboard.press("Enter")
    expect(page.locator(".clock")).to_have_text("Touch at the chin: 8 s of 20 · the hand is at the chin")
    expect(page.get_by_role("button", name="Later still")).to_be_focused()
    page.get_by_role("button", name="Earlier still").click()
    expect(page.locator(".clock")).to_contain_text("6 s of 20")


def test_the_angles_can_be_told_in_words_and_this_is_remembered(page: Page) -> None:
    expect(page.locator(".words")).to_be_hidden()
    page.get_by_label("Tell me the angles in words").check()
    lines = page.locator(".words li").all_inner_texts()
    words = words_of(case_of(FIRST_SEED, 1))
    assert lines == [f"{item.label}: {words[item.key]}" for item in items()]
    rate(page, key(1))
    expect(page.locator(".agreement caption")).to_contain_text("1 of them told in words, which trains no eye")
    page.get_by_role("button", name="Next case").click()
    expect(page.locator(".words")).to_be_hidden()


def test_all_of_it_is_done_by_key(page: Page) -> None:
    page.locator("[data-item=rotation] input").first.focus()
    for points in key(1):
        page.keyboard.press("Space")
        for _ in range(points):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Compare with the key")).to_be_focused()
    expect(page.locator(".key")).to_be_hidden()  # no arrow key has sent anything
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("10 of 10 items as the key")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".place")).to_contain_text("Case 2 of 10")
    expect(page.locator(".sheet input:checked")).to_have_count(0)
    expect(page.get_by_role("button", name="Next case")).to_be_focused()


def test_ratings_are_there_after_a_reload_until_they_are_cleared(page: Page) -> None:
    rate(page, key(1))
    page.get_by_role("button", name="Next case").click()
    rate(page, [0] * 10)
    page.reload()
    expect(page.locator(".place")).to_contain_text("Case 2 of 10")
    expect(page.locator(".agreement caption")).to_have_text("Your agreement over 2 of 10 cases")
    expect(page.locator("[data-item=rotation] input").first).to_be_checked()
    page.get_by_role("button", name="Clear my ratings of this series").click()
    expect(page.locator(".agreement")).to_be_hidden()
    page.reload()
    expect(page.locator(".agreement")).to_be_hidden()


@pytest.mark.parametrize(
    "stored",
    ["not json {", "[1]", "null", json.dumps({"points": [9] * 10}), json.dumps({"points": [1, 2]}), '"text"'],
)
def test_broken_ratings_are_set_aside(page: Page, stored: str) -> None:
    page.evaluate(
        "all => Object.entries(all).forEach(([key, text]) => localStorage.setItem(key, text))",
        {f"{PREFIX}{FIRST_SEED}/1": stored, f"{PREFIX}#place": stored},
    )
    page.reload()
    expect(page.get_by_role("status")).to_have_text(
        "Some saved ratings could not be read and were set aside."
    )
    rate(page, key(1))
    expect(page.get_by_role("status")).to_contain_text("10 of 10")


def test_it_works_where_storage_is_refused(someone: Reader) -> None:
    context = someone.context()
    context.add_init_script(REFUSED)
    page = someone.open("page.html", context)
    expect(page.locator(".kept")).to_contain_text("refuses to keep ratings")
    rate(page, key(1))
    expect(page.locator(".agreement caption")).to_contain_text("over 1 of 10")


def test_without_javascript_cases_are_read_and_their_keys_opened(someone: Reader) -> None:
    page = someone.open("page.html", java_script_enabled=False)
    expect(page.locator("button:visible, input:visible, canvas:visible")).to_have_count(0)
    words = words_of(case_of(FIRST_SEED, 1))
    expect(page.locator(".printed")).to_contain_text(words["duration"])
    whole = f"Severity: {severity(key_of(case_of(FIRST_SEED, 1)))} of 35."
    expect(page.get_by_text(whole).first).to_be_hidden()
    page.get_by_text("Key of case 1").click()
    expect(page.get_by_text(whole).first).to_be_visible()


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone-dark", "desktop-light"]
)
def test_axe_finds_nothing(someone: Reader, size: dict[str, int], scheme: str) -> None:
    page = someone.open("page.html", viewport=size, color_scheme=scheme)
    expect_accessible(page)
    page.get_by_label("Tell me the angles in words").check()
    rate(page, [1] * 10)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    expect_accessible(page)


@pytest.mark.parametrize("size", [ENLARGED, PHONE], ids=["enlarged", "phone"])
def test_nothing_is_cut_off_and_every_target_is_large_enough(someone: Reader, size: dict[str, int]) -> None:
    page = someone.open("page.html", viewport=size)
    rate(page, [1] * 10)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.evaluate(SMALL, ".rating") == []


def test_the_chapter_has_it_from_a_stick_and_from_a_host(reader: Reader) -> None:
    page = reader.open(CHAPTER + "?cases=ward#rating-trainer")
    page.mouse.move(10, 10)
    page.mouse.wheel(0, 10)
    expect(page.get_by_label("Name of the series")).to_have_value("ward")
    rate(page, key(1, "ward"))
    expect(page.locator(".rating .result")).to_contain_text("10 of 10 items as the key")


#: The 40th letter is an emoji, of two halves to a browser; and half of one, which is no letter at all.
HALVED = ("x" * 39 + "\N{NECKTIE}" + "y", "\ud800", "a\udc00b")


@pytest.mark.parametrize("name", HALVED, ids=["cut", "half", "within"])
@pytest.mark.parametrize("way", ["link", "storage", "field"])
def test_half_a_letter_in_a_series_name_stops_nothing(someone: Reader, name: str, way: str) -> None:
    """A link alone stopped the trainer; kept in the browser it stopped it at each visit."""
    context = someone.context()
    page = someone.open("page.html", context)
    if way == "link":
        page.goto(
            page.url + "?cases=" + "".join(f"%{byte:02X}" for byte in name.encode("utf-8", "surrogatepass"))
        )
    elif way == "storage":
        page.evaluate(
            '([key, seed]) => localStorage.setItem(key, `{"seed":"${seed}","place":1}`)',
            [PREFIX + "#place", name.encode("unicode_escape").decode() if len(name) < 10 else name],
        )
        page.reload()
    else:
        field = page.get_by_label("Name of the series")
        field.evaluate("(field, name) => { field.value = name; }", name)
        field.press("Enter")
    expect(page.locator(".rating .place").first).to_contain_text("Case 1 of")
    rate(page, key(1))
    expect(page.locator(".result")).to_contain_text("items as the key")
