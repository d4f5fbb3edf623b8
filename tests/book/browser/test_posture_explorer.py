"""The posture explorer in a real browser: what is set is drawn, told in words, explained and scored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.book.browser.alone import REFUSED, SMALL, write
from tests.book.browser.motion import comes_to_rest, moves, what_was_put_off
from tests.book.browser.published import DESKTOP, ENLARGED, KEPT, PHONE, ROOT, Reader
from tests.book.browser.test_accessibility import expect_accessible
from widgets.posture import posture

pytestmark = pytest.mark.browser
CHAPTER = "disorder/anatomy-and-postures.html"
KEY = f"{KEPT}posture/sample/#posture"
#: Where the hair is: the mean column of the dark pixels in the upper half, as a share of the width.
_HAIR = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height / 2);
  let [sum, count] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] && data[at] + data[at + 1] + data[at + 2] < 240) { sum += (at / 4) % width; count += 1; }
  }
  return count > 50 ? sum / count / width : null;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("posture")
    write(place, posture("sample"))
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


def hair(page: Page) -> float:
    """Where the head is, once it is drawn."""
    page.wait_for_function(f"({_HAIR})(document.querySelector('canvas')) !== null")
    comes_to_rest(page)
    return float(page.locator("canvas").evaluate(_HAIR))


def rows(page: Page, table: str) -> list[str]:
    what_was_put_off(page)  # the head is drawn first, the tables after it
    return [" ".join(row.split()) for row in page.locator(f".{table} tbody tr").all_inner_texts()]


def set_posture(page: Page, **values: int | str) -> None:
    for key, value in values.items():
        control = page.locator(f"[data-set={key}]")
        control.select_option(str(value)) if key.endswith("At") else control.fill(str(value))


def test_a_posture_is_drawn_named_explained_and_scored(page: Page) -> None:
    middle = hair(page)
    set_posture(page, tilt=30)
    assert hair(page) < middle - 0.05, (
        "a tilt to the person's right goes to the left of who looks at the face"
    )
    set_posture(page, tilt=-30)
    assert hair(page) > middle + 0.05
    set_posture(page, turn=46)
    expect(page.locator(".told")).to_contain_text("The head is turned 46° to the right, on the neck.")
    expect(page.locator(".told")).to_contain_text("The larynx is in the midline.")
    expect(page.get_by_role("status")).to_have_text(
        "Torticaput to the right and laterocaput to the left. These items: 5 of 15 points."
    )
    table = rows(page, "suspects")
    assert any(row.startswith("Right splenius capitis") and "posterior rami C3-C6" in row for row in table)
    scm = next(row for row in table if row.startswith("Left sternocleidomastoid"))
    assert "Turns; tilts" in scm
    assert "spinal accessory nerve" in scm
    assert not any(row.startswith("Right sternocleidomastoid") and "Turns" in row for row in table)
    earned = rows(page, "earned")
    assert earned[0].startswith("Rotation 3 of 4")
    assert earned[1].startswith("Laterocollis 2 of 3")
    set_posture(page, turnAt="neck")
    expect(page.locator(".told")).to_contain_text("The larynx has moved to the right.")


def test_turn_and_tilt_to_one_side_name_the_muscle_that_spoils_one_of_them(page: Page) -> None:
    set_posture(page, turn=40, tilt=20)
    scm = next(row for row in rows(page, "suspects") if row.startswith("Left sternocleidomastoid"))
    assert "But it tilts the other way." in scm


def test_the_tailors_shift_gets_the_chapters_answer(page: Page) -> None:
    set_posture(page, lateral=-25)
    expect(page.get_by_role("status")).to_contain_text("lateral shift to the left")
    earned = rows(page, "earned")
    assert earned[1].startswith("Laterocollis 0 of 3")
    assert earned[3].startswith("Lateral shift 1 of 1")
    table = rows(page, "suspects")
    for muscle in ("Left scalenes", "Left levator", "Right splenius capitis", "Right sternocleidomastoid"):
        assert any(row.startswith(muscle) for row in table), muscle
    reach = page.locator(".reach li").all_inner_texts()
    other = next(line for line in reach if line.startswith("Another route"))
    assert "left levator scapulae" in other
    assert "left scalenes" in other


def test_a_disputed_side_is_told_and_neither_drawn_nor_ranked_first(page: Page) -> None:
    set_posture(page, turn=40)
    table = rows(page, "suspects")
    first = next(index for index, row in enumerate(table) if "side disputed" in row)
    assert all("side disputed" in row for row in table[first:])
    assert any(row.startswith("Right or left semispinalis capitis") for row in table)
    page.get_by_label("muscles that overact").check()
    for box in page.locator("[data-muscle='right Longus colli and capitis']").all():
        box.check()
    expect(page.locator(".told")).to_have_text("The head is straight and the shoulders are level.")
    assert "side disputed" in rows(page, "suspects")[0]


def test_muscles_make_a_posture(page: Page) -> None:
    page.get_by_label("muscles that overact").check()
    expect(page.locator(".by-posture")).to_be_hidden()
    page.locator("[data-muscle='left Sternocleidomastoid']").check()
    expect(page.get_by_role("status")).to_contain_text("Torticaput to the right and laterocaput to the left")
    assert "Turns to the right; tilts to the left" in rows(page, "suspects")[0]
    page.locator("[data-muscle='right Splenius capitis']").check()
    expect(page.locator(".told")).to_contain_text("The head is turned 27° to the right")
    # Bending needs both sides.
    expect(page.locator(".told")).not_to_contain_text("bent back")
    page.locator("[data-muscle='left Splenius capitis']").check()
    expect(page.locator(".told")).to_contain_text("bent back")
    page.get_by_role("button", name="Straighten up").click()
    expect(page.get_by_role("status")).to_contain_text("No deviation")
    expect(page.locator(".suspects")).to_be_hidden()


def test_it_is_seen_from_every_side_by_key(page: Page) -> None:
    assert abs(hair(page) - 0.5) < 0.02
    page.get_by_role("button", name="right", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".end").first).to_have_text("back")
    assert hair(page) < 0.49, "from the right the face is on the right, the hair on the left"
    walk = page.get_by_label("Walk round")
    walk.focus()
    page.keyboard.press("End")
    assert walk.get_attribute("aria-valuetext") == "359 degrees, from the front"


def test_all_of_it_is_reached_and_moved_by_key(page: Page) -> None:
    reached: set[str] = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.dataset.set || document.activeElement.dataset.do || ''")
        )
    whole = "begin turn turnAt tilt tiltAt bend bendAt lateral sagittal right left tremor clear"
    assert set(whole.split()) <= reached
    page.locator("[data-set=turn]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".told")).to_contain_text("turned 1° to the right")
    expect(page.locator("[data-set=turn]")).to_be_focused()
    assert page.locator("[data-set=turn]").get_attribute("aria-valuetext") == "1° right"


def test_tremor_moves_until_it_is_stopped(someone: Reader) -> None:
    page = someone.open("page.html", reduced_motion="no-preference")
    expect(page.get_by_role("button", name="Stop the movement")).to_be_hidden()
    set_posture(page, tremor=8)
    moves(page)
    page.get_by_role("button", name="Stop the movement").click()
    comes_to_rest(page)
    expect(page.locator(".told")).to_contain_text("the movement is stopped")


def test_who_wants_no_motion_starts_it_alone(page: Page) -> None:
    set_posture(page, tremor=8)
    comes_to_rest(page)
    page.get_by_role("button", name="Start the movement").click()
    moves(page)


def test_nothing_is_drawn_out_of_sight(someone: Reader) -> None:
    page = someone.open("page.html", viewport=PHONE, reduced_motion="no-preference")
    set_posture(page, tremor=8)
    page.evaluate(
        """() => { globalThis.drawn = 0; const put = CanvasRenderingContext2D.prototype.putImageData;
          CanvasRenderingContext2D.prototype.putImageData = function (...all) { drawn += 1; return put.apply(this, all); };
          scrollTo(0, document.body.scrollHeight); }"""
    )
    comes_to_rest(page)
    before = page.evaluate("drawn")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function("before => drawn > before", arg=before)


def test_what_was_set_is_there_after_a_reload(page: Page) -> None:
    set_posture(page, turn=33, turnAt="both")
    page.locator("[data-set=turn]").blur()
    page.reload()
    expect(page.locator("[data-set=turn]")).to_have_value("33")
    expect(page.locator("[data-set=turnAt]")).to_have_value("both")
    expect(page.locator(".told")).to_contain_text("turned 17° to the right")


@pytest.mark.parametrize(
    "stored",
    [
        "not json {",
        "[1, 2]",
        '"text"',
        "null",
        json.dumps({"turn": "far", "turnAt": "knee", "tilt": 1e9, "begin": 7, "muscles": "all"}),
        json.dumps({"muscles": [None, "right Splenius capitis"], "begin": "muscles"}),
    ],
)
def test_broken_storage_is_set_aside(page: Page, stored: str) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, stored])
    page.reload()
    expect(page.locator(".controls")).to_be_visible()
    if "right Splenius" in stored:
        expect(page.get_by_role("status")).to_contain_text("Torticaput")
    else:
        expect(page.get_by_role("status")).to_contain_text("could not be read and was set aside")
        set_posture(page, turn=10, turnAt="head")
        expect(page.locator(".told")).to_contain_text("turned 10° to the right, on the neck")


def test_it_works_where_storage_is_refused(someone: Reader) -> None:
    context = someone.context()
    context.add_init_script(REFUSED)
    page = someone.open("page.html", context)
    set_posture(page, turn=25)
    expect(page.locator(".told")).to_contain_text("turned 25°")


def test_without_javascript_the_table_is_open_and_no_control_is_dead(someone: Reader) -> None:
    page = someone.open("page.html", java_script_enabled=False)
    expect(page.get_by_text("Torticaput to the right: the head turns on the neck")).to_be_visible()
    expect(page.locator(".all")).to_contain_text("accessory-nerve branches to the muscle cut")
    expect(page.locator("button:visible, input:visible, select:visible, canvas:visible")).to_have_count(0)


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone-dark", "desktop-light"]
)
def test_axe_finds_nothing(someone: Reader, size: dict[str, int], scheme: str) -> None:
    page = someone.open("page.html", viewport=size, color_scheme=scheme)
    expect_accessible(page)
    set_posture(page, turn=40, tilt=-20, lateral=20, left=50, tremor=4)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    expect_accessible(page)
    page.get_by_label("muscles that overact").check()
    page.locator("[data-muscle]").nth(3).check()
    expect_accessible(page)


@pytest.mark.parametrize("size", [ENLARGED, PHONE], ids=["enlarged", "phone"])
def test_nothing_is_cut_off_and_every_target_is_large_enough(someone: Reader, size: dict[str, int]) -> None:
    page = someone.open("page.html", viewport=size)
    set_posture(page, turn=40, tilt=-20, tremor=4)
    for begin in ("muscles that overact", "a posture"):
        page.get_by_label(begin, exact=True).check()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert page.evaluate(SMALL, ".posture") == []


def test_on_paper_the_posture_the_table_and_no_control(page: Page) -> None:
    set_posture(page, turn=40)
    page.emulate_media(media="print")
    expect(page.locator(".posture :is(button, input, select):visible")).to_have_count(0)
    expect(page.locator(".suspects")).to_be_visible()
    assert page.locator(".all tbody th").first.evaluate(
        "cell => cell.checkVisibility() && cell.offsetHeight > 0"
    )


def test_in_a_notebook_sources_lead_to_the_source_and_the_kernel_hears(browser: Any, tmp_path: Path) -> None:
    widget = posture("sample")
    (tmp_path / "page.html").write_text('<!doctype html><div id="output"></div>', encoding="utf-8")
    reader = Reader(browser, f"{tmp_path.as_uri()}/")
    page = reader.open("page.html")
    source = str(widget._esm).removesuffix("export default { render };\n")
    page.add_script_tag(content=f"(() => {{ {source}; globalThis.start = render; }})()")
    page.evaluate(
        """state => {
          globalThis.saved = null;
          const model = { get: (key) => state[key], set: (key, value) => { state[key] = value; },
            save_changes: () => { saved = structuredClone(state); }, on() {}, off() {} };
          globalThis.end = start({ model, el: document.querySelector("#output") });
        }""",
        {"markup": widget.markup, "answers": {}},
    )
    set_posture(page, turn=20)
    page.locator("[data-set=turn]").blur()
    assert page.evaluate("saved.answers['#posture'].turn") == 20
    assert str(page.locator(".suspects a").first.get_attribute("href")).startswith("http")
    page.evaluate("end()")
    reader.close()
    assert reader.troubles == []


def test_the_chapter_has_it(reader: Reader) -> None:
    page = reader.open(CHAPTER)
    page.locator("[data-widget=posture]").scroll_into_view_if_needed()
    page.mouse.wheel(0, 10)
    expect(page.locator(".posture .controls")).to_be_visible()
    page.locator("[data-set=turn]").fill("30")
    link = page.locator(".suspects a").first
    href = str(link.get_attribute("href"))
    assert href.startswith("../evidence/muscles.html#")
    built = (ROOT / "_build" / "html" / "evidence" / "muscles.html").read_text(encoding="utf-8")
    assert f'id="{href.partition("#")[2]}"' in built
