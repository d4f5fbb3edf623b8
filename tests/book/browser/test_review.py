"""A review as a clinician makes it: with keys, on a phone, on paper, from a file; and what the book makes of it.

The last tests run in order, on one tiny book: reviewed in a browser, added, shown, and edited.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.book.browser.published import PHONE, Reader, come_near
from tests.book.browser.test_accessibility import expect_accessible
from tests.book.browser.test_layout import expect_to_fit
from tests.book.tiny_book import TinyBook
from tests.places import first_of

pytestmark = pytest.mark.browser

PAGE = "outcomes/risks"
ADDRESS = f"review.html?page={PAGE}"


def come(page: Page) -> Page:
    """Wait for the form to be alive."""
    come_near(page.locator("[data-widget=review]"))
    return page


def mark(page: Page, title: str, how: str) -> None:
    page.locator(f'.section[data-section="{title}"]').get_by_label(how, exact=True).check()


def about_me(page: Page) -> None:
    page.get_by_label("Your role").fill("physiotherapist")
    page.get_by_label("Your interests").fill("none")
    page.get_by_label("not named: by my role alone").check()
    page.get_by_label("I agree that this review").check()


def saved(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the review as a file").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def told(page: Page) -> str:
    return page.locator(".review .told").inner_text()


def test_the_foot_of_a_page_leads_to_its_form(reader: Reader) -> None:
    page = reader.open(f"{PAGE}.html")
    page.get_by_role("link", name="Review this page").click()
    come(page)
    expect(page.locator(".page-name")).to_have_text("You review Risks. Keep it open beside this form.")
    titles = page.locator(".section legend").all_inner_texts()
    assert titles[-1] == "Questions"
    assert "What is not known" in titles


def test_the_file_is_saved_when_nothing_is_missing_and_asked_for_until_then(
    reader: Reader, tmp_path: Path
) -> None:
    page = come(reader.open(ADDRESS))
    save = page.get_by_role("button", name="Save the review as a file")
    save.click()
    assert told(page) == "Mark at least one section as right or to change."
    mark(page, "Key points", "right")
    mark(page, "What is not known", "to change")
    save.click()
    assert told(page) == "Say what is to change in “What is not known”."
    expect(page.locator('.section[data-section="What is not known"] textarea')).to_be_focused()
    page.keyboard.type("Name who counted.")
    page.locator('.section[data-section="What is not known"]').get_by_label("harms", exact=True).check()
    save.click()
    assert told(page) == "Give a verdict on the page."
    page.get_by_label("Sound, once what I noted is changed").check()
    save.click()
    assert told(page) == "Write your role."
    about_me(page)
    file = json.loads(saved(page, tmp_path).read_text(encoding="utf-8"))
    assert file["page"] == PAGE
    assert file["by"] == {"role": "physiotherapist", "interests": "none", "consent": "unnamed"}
    assert [(one["section"], one["mark"], one["about"], one["words"]) for one in file["sections"]] == [
        ("What is not known", "change", ["harms"], "Name who counted."),
        ("Key points", "right", [], ""),
    ]


def test_what_was_answered_is_there_again_and_stays_with_its_page(stick_reader: Reader) -> None:
    context = stick_reader.context()
    page = come(stick_reader.open(ADDRESS, context))
    mark(page, "Key points", "right")
    about_me(page)
    again = come(stick_reader.open(ADDRESS, context))
    expect(again.locator('.section[data-section="Key points"] [value=right]')).to_be_checked()
    other = come(stick_reader.open("review.html?page=outcomes/benefits", context))
    expect(other.locator('.section[data-section="Key points"] [value=right]')).not_to_be_checked()
    expect(other.get_by_label("Your role")).to_have_value("physiotherapist")
    again.get_by_role("button", name="Clear this page’s review").click()
    again.get_by_role("button", name="Yes, clear").click()
    expect(again.locator('.section[data-section="Key points"] [value=right]')).not_to_be_checked()


def test_a_section_that_changed_since_is_asked_for_again(stick_reader: Reader) -> None:
    context = stick_reader.context()
    page = come(stick_reader.open(ADDRESS, context))
    mark(page, "Key points", "right")
    page.evaluate(
        """() => {
          const key = Object.keys(localStorage).find((one) => one.endsWith("#Key points"));
          localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), digest: "0000000000" }));
        }"""
    )
    page.reload()
    come(page)
    expect(page.locator('.section[data-section="Key points"] [value=""]')).to_be_checked()


@pytest.mark.parametrize(
    "stored", ["null", "[]", '"x"', '{"mark":"right"}', '{"mark":{},"about":{},"words":[]}', "{"]
)
def test_stored_rubbish_does_no_harm(stick_reader: Reader, stored: str) -> None:
    context = stick_reader.context()
    page = come(stick_reader.open(ADDRESS, context))
    mark(page, "Key points", "right")
    page.evaluate(
        """(stored) => {
          for (const key of Object.keys(localStorage)) if (key.includes("review/")) localStorage.setItem(key, stored);
        }""",
        stored,
    )
    page.reload()
    come(page)
    expect(page.locator('.section[data-section="Key points"] [value=""]')).to_be_checked()


@pytest.mark.parametrize(
    "name", ["", "?page=nothing", "?page=__proto__", "?page=<img src=x onerror=alert(1)>"]
)
def test_without_a_page_of_the_book_there_is_a_list_to_choose_from(stick_reader: Reader, name: str) -> None:
    page = come(stick_reader.open(f"review.html{name}"))
    page.locator(".which").get_by_role("link", name="Risks", exact=True).click()
    come(page)
    expect(page.locator(".page-name a")).to_have_text("Risks")


def test_it_works_by_keyboard_alone(stick_reader: Reader) -> None:
    page = come(stick_reader.open(ADDRESS))
    page.locator(".section input").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".section").first.locator("[value=change]")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".section").first.get_by_label("numbers", exact=True)).to_be_checked()


@pytest.mark.parametrize("theme", first_of(["light", "dark"]))
def test_it_fits_a_phone_and_axe_finds_nothing(stick_reader: Reader, theme: str) -> None:
    page = come(stick_reader.open(ADDRESS, viewport=PHONE, has_touch=True, color_scheme=theme))
    mark(page, "Key points", "to change")
    about_me(page)
    expect_accessible(page)
    expect_to_fit(page, PHONE["width"])


def test_without_scripts_it_is_a_sheet_to_fill_in_on_paper(stick_reader: Reader) -> None:
    page = stick_reader.open(ADDRESS, java_script_enabled=False)
    expect(page.locator(".review table tbody tr")).to_have_count(8)
    expect(page.get_by_text("Is a harm missing, or made too small or too large?")).to_be_visible()
    expect(page.get_by_role("button", name="Save the review as a file")).to_have_count(0)


def test_a_refused_storage_is_told_and_the_file_still_saved(stick_reader: Reader, tmp_path: Path) -> None:
    context = stick_reader.context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"
    )
    page = come(stick_reader.open(ADDRESS, context))
    expect(page.locator(".review .kept")).to_contain_text("refuses to keep answers")
    mark(page, "Key points", "right")
    page.get_by_label("Sound as it stands").check()
    about_me(page)
    assert saved(page, tmp_path).exists()


# From here on: one tiny book, in order.


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> TinyBook:
    book = TinyBook(tmp_path_factory.mktemp("reviewed") / "house", "reviewed")
    built = book.build()
    assert built.code == 0, built.log
    return book


@pytest.fixture
def clinician(browser: Browser, tiny: TinyBook) -> Iterator[Reader]:
    someone = Reader(browser, f"{tiny.html.as_uri()}/")
    yield someone
    someone.close()
    assert someone.troubles == []


def status(book: TinyBook, name: str) -> str:
    (line,) = book.page(name).select(".review-status")
    return line.text


def sections(book: TinyBook) -> dict[str, str]:
    """What the table in About says, section by section."""
    return dict(line.text.split(": ", 1) for line in book.page("about").select(".reviews td:nth-child(4) li"))


def add(book: TinyBook, file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "book.review", "add", str(file)],
        cwd=book.root,
        env={**os.environ, "PYTHONPATH": str(book.root)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_at_first_every_page_says_that_nobody_has_reviewed_it(tiny: TinyBook) -> None:
    assert {status(tiny, name) for name in ("index", "harms", "about", "search", "404")} == {
        "Not yet reviewed by clinicians."
    }
    assert "Clinicians have reviewed 0 of 3 pages." in tiny.page("about").text


def test_a_review_made_in_the_browser_is_added_and_shown(
    tiny: TinyBook, clinician: Reader, tmp_path: Path
) -> None:
    page = come(clinician.open("review.html?page=harms"))
    for title in ("Opening", "Numbers", "Questions"):
        mark(page, title, "right")
    mark(page, "What can be lost", "to change")
    page.locator('.section[data-section="What can be lost"] textarea').fill("Say how large the patch is. <b>")
    page.get_by_label("Sound, once what I noted is changed").check()
    about_me(page)
    file = saved(page, tmp_path)
    done = add(tiny, file)
    assert done.returncode == 0, done.stderr
    assert "- [ ] What can be lost: Say how large the patch is. <b>" in done.stdout
    assert add(tiny, file).stderr == "chapters/reviews.yml: this review is entry 1 already\n"

    built = tiny.build()
    assert built.code == 0, built.log
    assert re.fullmatch(
        r"Reviewed by a clinician \(physiotherapist, name withheld\) on \d+ \w+ \d{4}: found sound once the points "
        r"noted are changed\. Unchanged since\. Not read: References\. One point is open\.",
        status(tiny, "harms"),
    )
    assert status(tiny, "index") == "Not yet reviewed by clinicians."
    assert "Clinicians have reviewed 1 of 3 pages." in tiny.page("about").text
    assert "Reviewed by clinicians: 1 of 3 pages." in tiny.page("about").text
    assert sections(tiny) == {
        **dict.fromkeys(("Opening", "Numbers", "What can be lost", "Questions"), "unchanged since"),
        "References": "not read",
    }
    assert "Say how large the patch is. <b>" in tiny.page("about").text


def test_an_edit_takes_its_section_back_and_no_other(tiny: TinyBook) -> None:
    tiny.edit("chapters/harms.md", "leaves a numb patch", "leaves a numb patch, as large as a hand")
    built = tiny.build()
    assert built.code == 0, built.log
    assert "Changed since: What can be lost." in status(tiny, "harms")
    assert sections(tiny) == {
        **dict.fromkeys(("Opening", "Numbers", "Questions"), "unchanged since"),
        "What can be lost": "changed since the review",
        "References": "not read",
    }


def test_a_heading_that_is_gone_stops_the_build_with_its_line(tiny: TinyBook) -> None:
    tiny.edit("chapters/harms.md", "## What can be lost", "## What may be lost")
    built = tiny.build()
    assert built.code != 0
    told = [line for line in built.log.splitlines() if "chapters/reviews.yml:" in line]
    # It was read, and a point is open on it.
    assert len(told) == 2, built.log
    for line in told:
        assert "has no section 'What can be lost'; did you mean 'What may be lost'?" in line
    assert "Traceback" not in built.log.split("build finished with problems")[0]
