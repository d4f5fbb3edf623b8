"""The decision worksheet as people use it: with keys alone, on a phone, on paper, without scripts, without storage."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect
from pypdf import PdfReader

from book.kit.printing import MARGIN
from tests.book.browser.published import DESKTOP, ENLARGED, KEPT, PHONE, ROOT, Reader, come_near
from tests.book.browser.test_accessibility import expect_accessible
from tests.book.browser.test_keyboard import tab_to
from tests.book.browser.test_layout import expect_to_fit
from widgets.base.parts import module
from widgets.text.markdown import plain
from widgets.worksheet import load, worksheet
from widgets.worksheet.model import PARTS

pytestmark = pytest.mark.browser

NAME = "sessions/deciding-worksheet"
SHEET = load()
PREFIX = f"{KEPT}worksheet/{NAME}/"
STATEMENTS = [f"understand/{one.id}@{one.hash}" for one in SHEET.understand]


def come(page: Page) -> Page:
    """Scroll as far as the worksheet, which starts when a reader comes near."""
    come_near(page.locator("[data-widget=worksheet]"))
    return page


def opened(reader: Reader, context: BrowserContext | None = None, **settings: object) -> Page:
    return come(reader.open(f"{NAME}.html", context, **settings))


def asked(page: Page, key: str) -> Locator:
    return page.locator(f'.worksheet [data-key="{key}"]')


def choose(page: Page, key: str, value: str) -> None:
    asked(page, key).locator(f"input[value={value}]").check()


def line(page: Page, source: str) -> Locator:
    """What the sheet to take along says about a thing."""
    return page.locator(f'.sheet [data-from="{source}"]')


def button(page: Page, name: str) -> Locator:
    return page.locator(".worksheet").get_by_role("button", name=name, exact=True)


def notice(page: Page) -> Locator:
    return page.locator(".worksheet .toolbar .notice")


def kept(page: Page) -> dict[str, object]:
    found: dict[str, str] = page.evaluate("({ ...localStorage })")
    return {
        key.removeprefix(PREFIX): json.loads(value) for key, value in found.items() if key.startswith(PREFIX)
    }


def fill(page: Page) -> None:
    """A worksheet filled in by somebody who has half an hour."""
    choose(page, "view/toxin", "suits")
    choose(page, "view/lesion", "not")
    choose(page, "matters/pain", "most")
    choose(page, "matters/device", "little")
    asked(page, "own/gain").fill("To sing in the choir.")
    for key, one in zip(STATEMENTS, SHEET.understand, strict=True):
        choose(page, key, one.answer)
    choose(page, STATEMENTS[0], "yes")
    choose(page, "unsure", "risks")
    choose(page, "questions", "fails")
    asked(page, "own/questions").fill("Can I sing after it?\nWho sets the current?")
    choose(page, "ready", "lean")


def expect_filled(page: Page) -> None:
    expect(line(page, "view/toxin")).to_have_text("It may suit me")
    expect(line(page, "view/lesion")).to_have_text("It does not suit me")
    expect(line(page, "matters/").locator("p")).to_have_text(
        ["very much: Less pain", "a little: To live without a device in my body"]
    )
    expect(line(page, "own/gain")).to_have_text("To sing in the choir.")
    expect(line(page, "understand/")).to_have_text(SHEET.understand[0].statement)
    expect(line(page, "unsure own/unsure")).to_have_text("I am not sure about the risks")
    expect(line(page, "questions own/questions").locator("p")).to_have_count(2)
    expect(line(page, "ready own/ready")).to_have_text("I lean to one option, and want to talk first")
    expect(asked(page, "view/toxin").locator("input[value=suits]")).to_be_checked()
    expect(asked(page, "own/questions")).to_have_value("Can I sing after it?\nWho sets the current?")


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_what_was_written_is_kept_and_goes_to_the_sheet_and_nowhere_else(reader: Reader) -> None:
    page = opened(reader)
    fill(page)
    expect_filled(page)
    page.reload()
    expect_filled(come(page))
    assert set(kept(page)) == {
        *("view/toxin", "view/lesion", "matters/pain", "matters/device", "own/gain", "own/questions"),
        *(*STATEMENTS, "unsure", "questions", "ready"),
    }
    assert [url for url in reader.requests if not url.startswith((reader.address, "blob:", "data:"))] == []
    assert not any(re.search("choir|suits", url) for url in reader.requests)


def go_on_from(page: Page, anchor: str) -> None:
    """Follow a link to a part of the page: Tab goes on from there."""
    page.goto(f"{page.url.partition('#')[0]}#{anchor}")


def test_keys_alone_are_enough(stick_reader: Reader) -> None:
    page = opened(stick_reader)
    press = page.keyboard.press
    go_on_from(page, "ws-no-change")
    tab_to(page, page.locator("#ws-no-change > summary"))
    press("Enter")
    expect(page.locator("#ws-no-change dl")).to_be_visible()
    view = asked(page, "view/no-change").locator("input")
    tab_to(page, view.nth(0))
    expect(line(page, "view/no-change")).to_be_empty()
    press("Space")
    press("ArrowDown")
    expect(line(page, "view/no-change")).to_have_text("I am not sure")
    go_on_from(page, "ws-matters")
    tab_to(page, asked(page, "own/gain"))
    page.keyboard.type("To drive.")
    expect(line(page, "own/gain")).to_have_text("To drive.")
    # The arrow keys choose, and do no more: only the button checks.
    go_on_from(page, "ws-understand")
    tab_to(page, asked(page, STATEMENTS[0]).locator("input").nth(0))
    press("Space")
    press("ArrowDown")
    result = page.locator(".worksheet .result")
    expect(result).to_be_empty()
    region = result.element_handle()
    assert region is not None
    tab_to(page, button(page, "Check my answers"), most=60)
    press("Enter")
    expect(result).to_have_text("1 of 6 right. The rest stand on your sheet, to ask about.")
    assert region.evaluate("node => node.isConnected")
    expect(button(page, "Check my answers")).to_be_focused()
    go_on_from(page, "ws-questions")
    tab_to(page, asked(page, "questions").locator("input").nth(0))
    press("Space")
    expect(line(page, "questions own/questions")).to_have_text(SHEET.questions[0].text)
    go_on_from(page, "ws-sheet")
    tab_to(page, button(page, "Clear my answers"))
    press("Enter")
    expect(button(page, "Keep")).to_be_focused()
    press("Shift+Tab")
    press("Enter")
    expect(button(page, "Clear my answers")).to_be_focused()
    expect(notice(page)).to_have_text("Your answers were cleared.")
    expect(asked(page, "own/gain")).to_have_value("")
    assert kept(page) == {}


def test_each_answer_of_the_check_is_explained_by_word_and_mark(stick_reader: Reader) -> None:
    page = opened(stick_reader)
    button(page, "Check my answers").click()
    expect(page.locator(".worksheet .result")).to_have_text("Choose an answer first.")
    for key, one in zip(STATEMENTS, SHEET.understand, strict=True):
        choose(page, key, "yes" if one.id == "certain" else one.answer)
    choose(page, STATEMENTS[-1], "unsure")
    button(page, "Check my answers").click()
    expect(page.locator(".worksheet .result")).to_contain_text("4 of 6 right")
    for one, node in zip(SHEET.understand, page.locator(".statement").all(), strict=True):
        wrong = one.id == "certain" or one is SHEET.understand[-1]
        expect(node.locator("summary")).to_have_text(
            "Not right. The answer:" if wrong else "Right. The answer:"
        )
        expect(node.locator(".answer p")).to_contain_text(one.reason)
        expect(node.locator(".answer p")).to_be_visible()
    expect(line(page, "understand/").locator("p")).to_have_count(2)
    # A changed answer has to be checked anew.
    choose(page, STATEMENTS[0], "no")
    expect(page.locator(".worksheet .result")).to_be_empty()
    expect(page.locator(".statement[data-mark]")).to_have_count(0)


def test_answers_travel_as_a_file_as_those_of_the_quiz_do(stick_reader: Reader, tmp_path: Path) -> None:
    page = opened(stick_reader)
    fill(page)
    with page.expect_download() as download:
        button(page, "Save my answers").click()
    file = tmp_path / download.value.suggested_filename
    assert file.name == "progress-sessions-deciding-worksheet.json"
    download.value.save_as(file)
    saved = json.loads(file.read_text("utf-8"))
    assert (saved["format"], saved["name"]) == ("course-progress-1", NAME)
    elsewhere = opened(stick_reader)
    elsewhere.get_by_label("Load my answers").set_input_files(file)
    expect(notice(elsewhere)).to_have_text("Your answers were loaded.")
    expect_filled(elsewhere)

    before = kept(elsewhere)
    for content in (
        b"\x00\xff",
        b"null",
        b"[" * 100_000,
        b'{"format": "course-progress-1", "name": "procedures/other", "answers": {}}',
        b'{"format": "course-progress-1", "name": "sessions/deciding-worksheet", "answers": []}',
    ):
        bad: FilePayload = {"name": "progress.json", "mimeType": "application/json", "buffer": content}
        elsewhere.get_by_label("Load my answers").set_input_files(bad)
        expect(notice(elsewhere)).to_have_text(
            re.compile(
                r"^This file (holds no saved progress|belongs to another worksheet)\. Nothing was changed\.$"
            )
        )
        assert kept(elsewhere) == before

    saved["answers"] |= {
        "view/toxin": 3,
        "__proto__": {"checked": True},
        f"{STATEMENTS[0].split('@')[0]}@000000": "no",
    }
    mixed: FilePayload = {
        "name": "progress.json",
        "mimeType": "application/json",
        "buffer": json.dumps(saved).encode(),
    }
    elsewhere.get_by_label("Load my answers").set_input_files(mixed)
    expect(notice(elsewhere)).to_have_text(
        "Your answers were loaded. Some saved answers could not be read and were set aside."
    )
    expect_filled(elsewhere)


def test_what_is_broken_in_storage_is_set_aside_with_a_word(stick_reader: Reader) -> None:
    context = stick_reader.context()
    page = stick_reader.open("about.html", context)
    broken = {
        "view/toxin": '"maybe"',
        "view/lesion": "{not json",
        "questions": '["which", "which"]',
        "unsure": '{"risks": true}',
        "own/gain": json.dumps("x" * 501),
        "__proto__": "1",
        "checked": '"yes"',
    }
    page.evaluate(
        "([prefix, all]) => Object.entries(all).forEach(([key, value]) => localStorage.setItem(prefix + key, value))",
        [PREFIX, {**broken, "own/keep": '"My voice."'}],
    )
    page.goto(f"{stick_reader.address}{NAME}.html")
    come(page)
    expect(page.locator(".worksheet > .notice").first).to_contain_text("could not be read and were set aside")
    expect(line(page, "own/keep")).to_have_text("My voice.")
    assert kept(page) == {"own/keep": "My voice."}
    fill(page)
    expect_filled(page)


def test_an_answer_to_a_statement_that_has_changed_is_set_aside(stick_reader: Reader) -> None:
    context = stick_reader.context()
    page = stick_reader.open("about.html", context)
    stem = STATEMENTS[0].split("@")[0]
    page.evaluate("([key]) => localStorage.setItem(key, '\"no\"')", [f"{PREFIX}{stem}@000000"])
    page.goto(f"{stick_reader.address}{NAME}.html")
    come(page)
    expect(page.locator(".worksheet > .notice").first).to_contain_text("Some statements have changed")
    assert kept(page) == {}


def test_on_a_shared_computer_nothing_is_kept(reader: Reader) -> None:
    context = reader.context()
    page = opened(reader, context)
    fill(page)
    assert kept(page) != {}
    page.get_by_label("This is a shared computer").check()
    expect(page.locator(".worksheet .kept")).to_contain_text("Nothing is kept here")
    assert kept(page) == {}
    expect_filled(page)
    choose(page, "view/wait", "suits")
    expect(line(page, "view/wait")).to_have_text("It may suit me")
    assert kept(page) == {}
    # Whoever finds that it is their own computer after all goes on keeping.
    page.get_by_label("This is a shared computer").uncheck()
    assert kept(page)["view/wait"] == "suits"
    page.get_by_label("This is a shared computer").check()
    page.reload()
    come(page)
    expect(line(page, "view/wait")).to_be_empty()
    expect(asked(page, "own/gain")).to_have_value("")


def test_from_a_disk_it_says_who_else_may_read(reader: Reader) -> None:
    told = opened(reader).locator(".worksheet .kept")
    expect(told).to_contain_text("stay in this browser")
    assert ("let other files on it read" in told.inner_text()) == reader.address.startswith("file:")


def test_storage_refused_is_said_and_survived(stick_reader: Reader) -> None:
    context = stick_reader.context()
    context.add_init_script(
        """Object.defineProperty(window, "localStorage", {
             get() { throw new DOMException("The operation is insecure.", "SecurityError"); } });"""
    )
    page = opened(stick_reader, context)
    expect(page.locator(".worksheet .kept")).to_contain_text("refuses to keep answers")
    fill(page)
    expect_filled(page)


def test_without_scripts_all_is_read_and_no_control_is_dead(stick_reader: Reader) -> None:
    page = stick_reader.open(f"{NAME}.html", java_script_enabled=False)
    expect(page.locator(".worksheet :is(button, .toolbar, .kept):visible")).to_have_count(0)
    for option in SHEET.options:
        place = page.locator(f"#ws-{option.id}")
        place.locator("summary").click()
        for part, heading in PARTS.items():
            expect(place).to_contain_text(heading)
            expect(place).to_contain_text(plain(getattr(option, part)))
        expect(place.locator(".figure").last).to_be_visible()
    for one, node in zip(SHEET.understand, page.locator(".statement").all(), strict=True):
        node.locator("summary").click()
        expect(node.locator(".answer p")).to_contain_text(one.reason)
        expect(node.locator(".answer p")).to_be_visible()
    # There are lines to write on, and all eight options with room for a word.
    assert page.locator(".sheet [data-from]").evaluate_all(
        "all => all.every((one) => one.offsetHeight >= 20 && getComputedStyle(one).borderBottomStyle === 'solid')"
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_on_paper_the_page_is_a_form_of_four_pages_or_fewer(
    stick_reader: Reader, paper: str, scripts: bool
) -> None:
    """It was 28 pages, half of them nearly empty: ten people took 280 sheets."""
    page = stick_reader.open(f"{NAME}.html", java_script_enabled=scripts)
    if scripts:
        fill(come(page))
    printed = PdfReader(io.BytesIO(page.pdf(format=paper, margin=MARGIN)))  # type: ignore[arg-type]
    text = " ".join(
        " ".join(unicodedata.normalize("NFKC", one.extract_text()) for one in printed.pages).split()
    )
    assert len(printed.pages) <= 4
    assert "call your local emergency number now" in text
    for option in SHEET.options:
        assert f"{option.name}. {plain(option.what)}"[:60] in text, option.name
    asked_for = [one.text for one in (*SHEET.matters, *SHEET.unsure, *SHEET.questions, *SHEET.ready)]
    for words in [*asked_for, *(one.statement for one in SHEET.understand)]:
        assert plain(words) in text, words
    # Every option says in brief what its longer text says, gains and harms alike.
    assert text.count("Gain:") == text.count("Harm:") == 2 * len(SHEET.options)
    assert ("To sing in the choir." in text) == scripts
    for left_out in (
        "What is cervical dystonia?",
        "Who made this",
        "Where the numbers come from",
        "Print my sheet",
    ):
        assert left_out not in text


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_sheet_prints_alone_on_one_or_two_pages(stick_reader: Reader, paper: str) -> None:
    page = opened(stick_reader)
    # `print` would wait for a person.
    page.evaluate(
        "window.print = () => { document.body.dataset.printed = document.documentElement.className; }"
    )
    fill(page)
    button(page, "Print my sheet").click()
    assert "print-sheet" in str(page.evaluate("document.body.dataset.printed"))
    page.emulate_media(media="print")
    shown = page.evaluate("document.body.innerText")
    assert "To sing in the choir." in shown
    assert "Cut nerves" not in shown
    assert "What is cervical dystonia?" not in shown
    assert pages_of(page.pdf(format=paper)) == 1
    # After printing the page is whole again.
    assert "print-sheet" not in str(page.evaluate("document.documentElement.className"))
    # Everything chosen, and every field written full.
    page.emulate_media(media="screen")
    for box in page.locator(".worksheet input:is([type=checkbox], [type=radio])").all():
        box.check()
    for field in page.locator(".worksheet textarea").all():
        field.fill("Ein Satz, der lang ist, und noch einer. " * 12)
    button(page, "Print my sheet").click()
    page.emulate_media(media="print")
    assert pages_of(page.pdf(format=paper)) <= 2


@pytest.mark.parametrize(("screen", "theme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_a_worksheet_opened_and_filled(
    stick_reader: Reader, screen: dict[str, int], theme: str
) -> None:
    """The page as it opens is looked at with all the others."""
    page = opened(stick_reader, viewport=screen, color_scheme=theme)
    # One option of each kind: with shares, with a score, with what is not known.
    for option in ("medicines-physiotherapy", "pallidal-dbs"):
        page.locator(f"#ws-{option} > summary").click()
    fill(page)
    button(page, "Check my answers").click()
    button(page, "Clear my answers").click()
    expect_accessible(page, ".worksheet")


def test_it_fits_a_page_enlarged_four_times_and_a_finger(stick_reader: Reader) -> None:
    page = opened(stick_reader, viewport=ENLARGED, has_touch=True)
    for summary in page.locator(".option > summary").all():
        summary.click()
    fill(page)
    asked(page, "own/ready").fill("Donaudampfschifffahrtsgesellschaft" * 10)
    button(page, "Check my answers").click()
    expect_to_fit(page, ENLARGED["width"])
    small = page.evaluate(
        """[...document.querySelectorAll(".worksheet :is(button, summary, textarea, .ask label, .button)")]
          .filter((one) => one.checkVisibility())
          .filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < 24).map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_nothing_moves_and_forced_colours_keep_the_pictures(stick_reader: Reader) -> None:
    page = opened(stick_reader, forced_colors="active")
    page.locator("#ws-pallidal-dbs > summary").click()
    part, whole = page.evaluate(
        """[".part", ".whole"].map((one) =>
          getComputedStyle(document.querySelector(`#ws-pallidal-dbs ${one}`)).fill)"""
    )
    assert part != whole
    assert page.evaluate(
        """[...document.querySelectorAll(".worksheet *")].every((node) => {
          const { transitionDuration, animationName } = getComputedStyle(node);
          return !/[1-9]/.test(transitionDuration) && animationName === "none";
        })"""
    )


def test_in_a_notebook_the_kernel_hears_what_is_chosen(browser: Browser, tmp_path: Path) -> None:
    """There the front end starts from an empty element, and a source leads to the study itself."""
    source = module(ROOT / "widgets" / "worksheet" / "worksheet.js")
    (tmp_path / "page.html").write_text('<!doctype html><div id="output"></div>', encoding="utf-8")
    someone = Reader(browser, f"{tmp_path.as_uri()}/")
    page = someone.open("page.html")
    page.add_script_tag(
        content=source.removesuffix("export default { render };\n") + ";globalThis.start = render;"
    )
    page.evaluate(
        """markup => {
          const state = { markup, name: "sample", answers: { "own/gain": "To sing." } };
          globalThis.saved = null;
          const model = { get: (key) => state[key], set: (key, value) => { state[key] = value; },
            save_changes: () => { saved = structuredClone(state); }, on() {}, off() {} };
          start({ model, el: document.querySelector("#output") });
        }""",
        worksheet().markup,
    )
    expect(page.locator(".kept")).to_contain_text("notebook")
    expect(line(page, "own/gain")).to_have_text("To sing.")
    choose(page, "view/wait", "suits")
    assert page.evaluate("saved.answers") == {"own/gain": "To sing.", "view/wait": "suits"}
    expect(page.locator("#ws-subthalamic-dbs .source").first).to_have_attribute(
        "href", re.compile("^https://")
    )
    someone.close()
    assert someone.troubles == []
