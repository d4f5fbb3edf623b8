"""The path through a case is kept, cleared, saved and loaded; whatever lies in storage, the case goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.book.browser.cases import KEY, NAME, PAGE, PREFIX, SHORT, come_to_cases, kept, open_case
from tests.book.browser.published import Reader

pytestmark = pytest.mark.browser


def test_a_reload_keeps_path_and_place(reader: Reader) -> None:
    on = open_case(reader)
    on.choose("aims", "mood")
    on.go_on()
    on.choice("film").check()
    on.page.reload()
    on = come_to_cases(on.page)
    on.expect_at("The neck and the rest")
    expect(on.choice("film")).to_be_checked()
    on.button("Back").click()
    expect(on.now.locator(".taken")).to_have_count(2)
    assert list(kept(on.page)) == [KEY]
    assert json.loads(kept(on.page)[KEY])["chosen"]["history"] == ["aims", "mood"]


def test_clearing_asks_first_and_begins_anew(stick_reader: Reader) -> None:
    on = open_case(stick_reader)
    on.choose("aims")
    on.go_on()
    on.button("Clear my answers").click()
    on.button("Keep").click()
    on.expect_at("The neck and the rest")
    on.button("Clear my answers").click()
    on.button("Clear").click()
    on.expect_at("What the letter does not say")
    expect(on.root.locator("input:checked")).to_have_count(0)
    expect(on.button("Clear my answers")).to_be_focused()
    assert kept(on.page) == {}


def test_a_path_goes_to_another_device_as_a_file(stick_reader: Reader, tmp_path: Path) -> None:
    on = open_case(stick_reader)
    on.choose("aims", "mood")
    on.go_on()
    with on.page.expect_download() as download:
        on.button("Save progress").click()
    assert download.value.suggested_filename == f"progress-{NAME.replace('/', '-')}.json"
    file = tmp_path / "progress.json"
    download.value.save_as(file)
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert (saved["format"], saved["name"]) == ("course-progress-1", NAME)

    there = open_case(stick_reader)
    loaded = there.root.get_by_label("Load progress")
    notice = there.root.locator(".toolbar .notice")
    bad = {
        "no JSON {": "This file holds no saved progress. Nothing was changed.",
        json.dumps({**saved, "name": "another"}): "This file belongs to another case. Nothing was changed.",
        json.dumps(
            {**saved, "answers": {KEY: {"at": "nowhere"}}}
        ): "Some saved answers could not be read and were set aside.",
        json.dumps({**saved, "answers": {}}): "This file holds no answers. Nothing was changed.",
    }
    for text, said in bad.items():
        loaded.set_input_files({"name": "x.json", "mimeType": "application/json", "buffer": text.encode()})
        expect(notice).to_have_text(said)
        there.expect_at("What the letter does not say")
    loaded.set_input_files(file)
    expect(notice).to_have_text("Your path was loaded.")
    there.expect_at("The neck and the rest")


BROKEN = [
    "not JSON {",
    "null",
    "[]",
    '"x"',
    '{"at": 1}',
    '{"at": "nowhere"}',
    '{"at": "history", "done": ["history"]}',
    '{"at": "history", "done": ["nowhere"]}',
    '{"at": "history", "done": "history"}',
    '{"chosen": {"__proto__": ["aims"]}}',
    '{"chosen": {"history": ["aims", "aims"]}}',
    '{"chosen": {"history": ["constructor"]}}',
    '{"chosen": {"verdict": ["two-options", "both-sides"]}}',
    '{"backs": -1}',
    '{"backs": "1"}',
    "x" * 1_000_000,
]


def test_broken_entries_are_set_aside_with_a_message(stick_reader: Reader) -> None:
    context = stick_reader.context()
    other = stick_reader.open("about.html", context)
    other.evaluate("([key, value]) => localStorage.setItem(key, value)", [PREFIX + KEY, BROKEN[0]])
    on = open_case(stick_reader, context)
    notice = on.root.locator("> .notice")
    expect(notice).to_have_text("Some saved answers could not be read and were set aside.")
    # Another tab writes the rest, one by one; each is found out by itself.
    for value in BROKEN[1:]:
        on.button("Clear my answers").click()
        on.button("Clear").click()
        expect(notice).to_be_empty()
        other.evaluate("([key, value]) => localStorage.setItem(key, value)", [PREFIX + KEY, value])
        expect(notice).to_have_text("Some saved answers could not be read and were set aside.")
        on.expect_at("What the letter does not say")
        assert kept(on.page) == {}
    on.choose("aims")
    expect(on.now.locator(".taken")).to_have_count(1)


def test_a_path_through_an_older_text_is_set_aside_with_a_message(stick_reader: Reader) -> None:
    context = stick_reader.context()
    page = stick_reader.open("about.html", context)
    page.evaluate("key => localStorage.setItem(key, '{}')", f"{PREFIX}{SHORT}@0123456789")
    page.goto(stick_reader.address + PAGE)
    on = come_to_cases(page)
    expect(on.root.locator("> .notice")).to_contain_text("This case has changed since you worked on it")
    assert kept(page) == {}


def test_a_place_that_is_not_on_the_path_falls_back_to_its_end(stick_reader: Reader) -> None:
    context = stick_reader.context()
    page = stick_reader.open("about.html", context)
    for place in ('"year"', '""'):
        entry = f'{{"at": {place}, "chosen": {{"history": ["aims"]}}, "done": ["history"], "backs": 0}}'
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [PREFIX + KEY, entry])
        page.goto(stick_reader.address + PAGE)
        come_to_cases(page).expect_at("The neck and the rest")


def test_a_browser_that_keeps_nothing_says_so_and_works(stick_reader: Reader) -> None:
    context = stick_reader.context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"
    )
    on = open_case(stick_reader, context)
    expect(on.root.locator(".kept")).to_contain_text("This browser refuses to keep answers")
    on.choose("aims")
    on.go_on()
    on.expect_at("The neck and the rest")
