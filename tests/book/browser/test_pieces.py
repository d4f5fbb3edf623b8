"""A chapter that teaches by pieces, in a tiny book of its own: guesses, checkpoints, decisions, and the folded studies."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from book.new import make
from tests.book.browser.published import DESKTOP, KEPT, PHONE, Reader, wait_until_drawn
from tests.book.browser.test_accessibility import expect_accessible
from tests.book.tiny_book import ROOT, TinyBook

pytestmark = pytest.mark.browser

NAME = "outcomes/pieces"
CHAPTER = f"{NAME}.html"
GUESSED, IN_CHECKPOINT = "pieces-unreached", "pieces-guide"
FIGURE = "figures/anatomy-postures-grid.svg"
ASKED_ABOUT = "figures/nerve-supply-of-rotation.svg"
IN_THE_STUDIES = """
### How it was counted

A scale is no verdict.

```{code-cell} python3
:tags: [remove-input]

from widgets.posture import posture

posture()
```
"""


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> TinyBook:
    """The skeleton of a chapter, with something more among its studies."""
    tiny = TinyBook(tmp_path_factory.mktemp("pieces") / "house", "pieces")
    chapters = tiny.root / "chapters"
    (chapters / "figures").mkdir()
    (chapters / "outcomes").mkdir()
    for figure in (FIGURE, ASKED_ABOUT):
        shutil.copy(ROOT / "chapters" / figure, chapters / figure)
    make("chapter", NAME, tiny.root)
    tiny.edit(f"chapters/{NAME}.md", "## What is not known", f"{IN_THE_STUDIES}\n## What is not known")
    tiny.list_chapters()
    built = tiny.build()
    assert built.code == 0, built.problems
    return tiny


@pytest.fixture
def reader(browser: Browser, pieces: TinyBook) -> Iterator[Reader]:
    someone = Reader(browser, f"{pieces.html.as_uri()}/")
    yield someone
    someone.close()
    assert someone.troubles == []


def come_to_every_quiz(page: Page) -> None:
    for quiz in page.locator("[data-widget=quiz]").all():
        quiz.evaluate("quiz => quiz.scrollIntoView()")
        expect(quiz).to_have_attribute("data-alive", "")


def answer_right(page: Page, question: str) -> None:
    form = page.locator(f"#q-{question}")
    key = form.locator(".why > li[data-right]").first.get_attribute("data-key")
    form.locator(f".options > li[data-key={key}] input").check()
    form.get_by_role("button", name="Check", exact=True).click()
    expect(form.locator(".result")).to_have_attribute("data-result", "right")


def test_a_guess_is_kept_at_once_and_told_when_the_question_is_answered(reader: Reader) -> None:
    page = reader.open(CHAPTER)
    come_to_every_quiz(page)
    guess = page.locator(f"#g-{GUESSED}")
    expect(guess.get_by_role("button")).to_have_count(0)
    guess.locator(".options > li[data-key=a] input").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(guess.locator(".result")).to_have_text("Noted. You meet this question again at the end.")
    page.reload()
    wait_until_drawn(page)
    come_to_every_quiz(page)
    expect(guess.locator(".options > li[data-key=b] input")).to_be_checked()
    asked = page.locator(f"#q-{GUESSED}")
    expect(asked.locator(".guessed")).to_be_empty()
    expect(asked.locator("input:checked")).to_have_count(0)
    answer_right(page, GUESSED)
    expect(asked.locator(".guessed")).to_have_text("Before reading you chose B.")
    kept = json.loads(str(page.evaluate(f"localStorage['{KEPT}quiz/{NAME}/#guess']")))
    assert [(key.split("@")[0], guessed) for key, guessed in kept.items()] == [(GUESSED, "b")]


def test_a_guess_reaches_the_closing_set_where_nothing_can_be_kept(reader: Reader) -> None:
    page = reader.context().new_page()
    page.add_init_script(
        'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused"); } });'
    )
    page.goto(reader.address + CHAPTER)
    wait_until_drawn(page)
    come_to_every_quiz(page)
    page.locator(f"#g-{GUESSED} .options > li[data-key=c] input").check()
    answer_right(page, GUESSED)
    expect(page.locator(f"#q-{GUESSED} .guessed")).to_have_text("Before reading you chose C.")


def test_a_checkpoint_is_quiet_and_counts_in_the_course(reader: Reader) -> None:
    page = reader.open(CHAPTER)
    come_to_every_quiz(page)
    checkpoint = page.locator(".quiz", has=page.locator(f"#q-{IN_CHECKPOINT}"))
    expect(checkpoint.locator(".title")).to_have_text("Checkpoint")
    expect(checkpoint.locator("h3")).to_have_text("Question")
    for hidden in (".toolbar", ".kept"):
        expect(checkpoint.locator(hidden)).to_be_hidden()
    closing = page.locator(".quiz:not([data-part])")
    expect(closing).to_have_count(1)
    expect(closing.locator(f"#q-{IN_CHECKPOINT}")).to_have_count(0)
    answer_right(page, IN_CHECKPOINT)
    expect(closing.locator(".score")).to_have_text("0 of 12 points; 0 of 12 answered")
    page.goto(f"{reader.address}course.html")
    expect(page.locator(f"tr[data-chapter='{NAME}']")).to_contain_text("1 of 15")


def test_what_is_cleared_below_leaves_a_checkpoint_as_it_is(reader: Reader) -> None:
    page = reader.open(CHAPTER)
    come_to_every_quiz(page)
    page.locator(f"#g-{GUESSED} .options > li[data-key=c] input").check()
    answer_right(page, IN_CHECKPOINT)
    toolbar = page.locator(".quiz:not([data-part]) .toolbar")
    toolbar.get_by_role("button", name="Clear my answers").click()
    toolbar.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator(f"#g-{GUESSED} input:checked")).to_have_count(0)
    expect(page.locator(f"#q-{IN_CHECKPOINT} .result")).to_have_attribute("data-result", "right")


def test_the_fold_opens_by_key_and_by_a_link_into_it(reader: Reader) -> None:
    page = reader.open(CHAPTER)
    fold = page.locator("details.studies")
    expect(fold).not_to_have_attribute("open", "")
    fold.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("open", "")
    widget = fold.locator(".course-widget")
    widget.scroll_into_view_if_needed()
    expect(widget).to_have_attribute("data-alive", "")
    page.goto(f"{reader.address}index.html")
    page.get_by_role("link", name="A number within its studies").click()
    expect(fold).to_have_attribute("open", "")
    expect(
        page.locator("#how-it-was-counted h3, h3:has-text('How it was counted')").first
    ).to_be_in_viewport()
    fold.locator("> summary").click()
    page.locator(".toc-tree a[href='#how-it-was-counted']").evaluate("link => link.click()")
    expect(fold).to_have_attribute("open", "")


def test_the_studies_are_printed_when_asked_for(reader: Reader) -> None:
    page = reader.open(CHAPTER)
    come_to_every_quiz(page)
    inside = page.locator("#how-it-was-counted")
    page.emulate_media(media="print")
    # In a fold there is no room to draw in: what is not printed waits.
    page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".studies .course-widget")).not_to_have_attribute("data-alive", "")
    expect(inside).to_be_hidden()
    expect(page.locator(".studies-left")).to_be_visible()
    page.emulate_media(media="screen")
    expect(page.locator(".studies-left")).to_be_hidden()
    page.get_by_label("Print the studies too").check()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(inside).to_be_visible()
    expect(page.locator(".studies .course-widget")).to_have_attribute("data-alive", "")
    expect(page.locator(".studies-left")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details.studies")).not_to_have_attribute("open", "")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_decisions_are_a_table_for_everybody(reader: Reader, viewport: dict[str, int]) -> None:
    page = reader.open(CHAPTER, viewport=viewport)
    come_to_every_quiz(page)
    page.locator("details.studies > summary").click()
    table = page.get_by_role("table").filter(has_text="You find")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["You find", "You do", "Why", "How sure, and whose practice"]
    )
    expect(table.get_by_role("rowheader")).to_have_count(6)
    expect(table.get_by_role("row").nth(3)).to_contain_text("guideline, high")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect_accessible(page)


def test_without_scripts_guesses_are_questions_to_think_about(reader: Reader) -> None:
    page = reader.open(CHAPTER, java_script_enabled=False)
    guess = page.locator(f"#g-{GUESSED}")
    expect(guess.locator(".options > li")).to_have_count(3)
    expect(guess.get_by_text("Posterior rami supply it")).to_have_count(0)
    page.locator("details.studies > summary").click()
    expect(page.locator("#how-it-was-counted")).to_be_visible()


def test_the_chapter_holds_every_question_once_and_its_contents_lead_to_the_studies(pieces: TinyBook) -> None:
    page = BeautifulSoup((pieces.html / CHAPTER).read_text(encoding="utf-8"), "html.parser")
    ids = [str(form["data-id"]) for form in page.select("form[id^=q-]")]
    assert len(ids) == len(set(ids)) == 15
    everything = [tag["id"] for tag in page.select("[id]")]
    assert len(everything) == len(set(everything))
    assert {"#the-studies", "#how-it-was-counted"} <= {link["href"] for link in page.select(".toc-tree a")}
    assert page.select_one("#ref-takahashi1998")
    assert page.select_one("#decision-pieces-nerve .cite")


def test_only_code_cells_of_a_chapter_make_its_questions_anew(pieces: TinyBook, tmp_path: Path) -> None:
    """The closing set reads its chapter; a word in the text changes nothing of it."""
    pieces.edit(f"chapters/{NAME}.md", "Answer the teacher of fifty.", "Answer the teacher.")
    assert "Executing" not in pieces.build().log
    pieces.edit(
        f"chapters/{NAME}.md",
        'checkpoint("outcomes/pieces", "pieces-week")',
        'checkpoint("outcomes/pieces", "pieces-scale")',
    )
    built = pieces.build()
    assert built.code == 0, built.log
    page = pieces.page(NAME)
    assert [form["data-id"] for form in page.select("[data-part=checkpoint] form")][-1] == "pieces-scale"
    assert page.select_one(".quiz:not([data-part]) #q-pieces-week")
