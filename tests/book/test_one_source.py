"""One source, four things: a session's page, slides, handout and plan never differ. On a tiny book."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.book import policy
from tests.book.tiny_book import TinyBook

pytestmark = pytest.mark.everywhere

NECK = "chapters/sessions/neck.md"


def build_decks(book: TinyBook) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "book/decks.py"],
        cwd=book.root,
        env={**os.environ, "PYTHONPATH": str(book.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout


def deck(book: TinyBook, name: str) -> BeautifulSoup:
    path = book.root / "_build" / "slides" / "sessions" / f"{name}.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def only(found: list[Tag]) -> Tag:
    (one,) = found
    return one


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> TinyBook:
    tiny = TinyBook(tmp_path_factory.mktemp("session") / "house", "session")
    built = tiny.build()
    assert built.code == 0, built.log
    assert built.problems == []
    code, log = build_decks(tiny)
    assert code == 0, log
    return tiny


def test_the_page_shows_prose_and_pieces_and_no_slide(book: TinyBook) -> None:
    page = book.page("sessions/neck")
    assert page.select_one("article .piece[data-piece=relief] .est")
    text = page.get_text(" ")
    for hidden in ("Ask what people hope to hear", "Timetable", "What do you think?"):
        assert hidden not in text


def test_a_piece_of_another_session_is_shown_again(book: TinyBook) -> None:
    first = only(book.page("sessions/neck").select(".piece[data-piece=relief] .est"))
    again = only(book.page("sessions/nerve").select(".piece[data-piece=relief] .est"))
    assert again.get_text() == first.get_text() == "228 of 260"
    ids = [str(one["id"]) for one in book.page("sessions/neck").find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_a_deck_has_each_slide_with_its_time_and_its_notes(book: TinyBook) -> None:
    slides = deck(book, "neck").select(".slides > section")
    assert [str(slide["data-timing"]) for slide in slides] == ["60", "150", "120", "180"]
    assert [slide.find(["h1", "h2"]).get_text() for slide in slides] == [  # type: ignore[union-attr]
        "The neck",
        "How many felt better",
        "A nerve",
        "What do you think?",
    ]
    notes = only(slides[1].select("aside.notes")).get_text(" ")
    assert "2.5 minutes" in notes
    assert "It is a series." in notes
    assert "Numbers from: Bertrand 1993." in notes


def test_a_slide_leads_nowhere_and_cites_in_its_notes(book: TinyBook) -> None:
    tree = deck(book, "neck")
    assert tree.select(".slides a") == []
    assert "260 people. See the nerve." in " ".join(tree.get_text().split())
    assert not tree.select(".slides section section"), "to reveal.js each section is a slide"


def test_a_deck_keeps_to_a_policy_and_asks_no_other_host(book: TinyBook) -> None:
    tree = deck(book, "neck")
    rules = policy.directives(tree)
    assert rules["default-src"] == ["'self'"]
    assert not [source for source in rules["script-src"] if not source.startswith(("'self'", "'sha256-"))]
    # A deck has no script in the page; the window with its notes has one, which is known by its hash.
    assert tree.select("script:not([src])") == []
    assert len(rules["script-src"]) == 2
    folder = book.root / "_build" / "slides"
    for element in tree.select("[src], link[href]"):
        address = str(element.get("src") or element.get("href")).split("?")[0]
        assert (folder / "sessions" / address).resolve().is_file(), address


def test_a_deck_brings_no_more_than_it_uses(book: TinyBook) -> None:
    folder = book.root / "_build" / "slides"
    brought = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert not [
        name for name in brought if name.endswith((".map", ".ttf", ".woff", ".scss", ".esm.js", ".csv"))
    ]
    assert sum((folder / name).stat().st_size for name in brought) < 400_000


def test_the_handout_is_marked_for_paper(book: TinyBook) -> None:
    page = book.page("sessions/neck")
    assert only(page.select(".handout:not(.origin)")).get_text(" ", strip=True).startswith("Questions to ask")
    assert page.select(".piece.in-handout[data-piece=relief]")
    assert "Bertrand 1993" in only(page.select(".handout.origin")).get_text()
    assert {"printed"} <= set(only(page.select("article section#the-neck"))["class"])


def test_the_plan_is_a_page_with_all_that_is_said(book: TinyBook) -> None:
    plan = book.page("sessions/neck-plan")
    text = plan.get_text(" ")
    assert "Plan: The neck" in text
    for told in ("Aims", "Timetable", "8.5 minutes", "2. How many felt better (2.5 min)", "It is a series."):
        assert told in text
    assert only(plan.select("a[href$='slides/sessions/neck.html']"))


def test_the_sheet_asks_all_and_tells_answers_only_to_the_educator(book: TinyBook) -> None:
    sheet, key = (book.page(f"sessions/neck-{part}").select_one("article") for part in ("check", "key"))
    assert sheet
    assert key
    assert len(sheet.select("ol.asked > li")) == len(key.select(".tally tbody th")) == 2
    assert "(right)" not in sheet.get_text()
    assert [cell.get_text() for cell in key.select("td strong")] == ["A (right)", "B (right)"]
    assert "No name" in sheet.get_text()


def test_a_number_changed_in_the_data_must_change_everywhere_and_does(book: TinyBook) -> None:
    """The last test of this book: it changes its data."""
    data = (book.root / "evidence" / "data" / "outcomes.csv").read_text(encoding="utf-8").splitlines()
    old = only_line(data, "bertrand1993-global-clinical-rating")
    book.edit("evidence/data/outcomes.csv", old, old.replace("228", "229").replace("87.7", "88.1"))
    assert book.build().code == 1, "the page prints what the data no longer say"
    code, log = build_decks(book)
    assert code == 1
    assert "228 of 260" in log
    assert "neck.md:" in log
    # One place to change: the piece.
    book.edit(NECK, "228 of 260", "229 of 260")
    built = book.build()
    assert built.code == 0, built.log
    code, log = build_decks(book)
    assert code == 0, log
    for tree in (book.page("sessions/neck"), book.page("sessions/nerve"), book.page("sessions/neck-plan")):
        assert [one.get_text() for one in tree.select(".piece .est")] == ["229 of 260"]
    for name in ("neck", "nerve"):
        assert [one.get_text() for one in deck(book, name).select(".est")] == ["229 of 260"]
    assert only(book.page("sessions/neck").select(".in-handout .est")).get_text() == "229 of 260"


def only_line(lines: list[str], start: str) -> str:
    (line,) = [one for one in lines if one.startswith(f"{start},")]
    return line


FAULTS = {
    "picture": ("```{show} picture", "```{show} pictur", "no piece 'pictur': did you mean 'picture'?"),
    "poll": (
        "{poll} neck-moves",
        "{poll} neck-move",
        "question 'neck-move' of chapters/sessions/neck.questions.yml does not exist; choose",
    ),
    "time": (":minutes: 2.5\n", "", "the slide 'How many felt better' has no time"),
    "notes": (":::{notes}\nPoint along the line.\n:::", "Point.", "the slide 'A nerve' has no notes"),
    "twice": (
        ":::{handout}\n",
        ":::{piece} relief\nAgain.\n:::\n\n:::{handout}\n",
        "the piece 'relief' stands twice",
    ),
}


def test_faults_are_told_with_file_and_line(tmp_path: Path) -> None:
    tiny = TinyBook(tmp_path / "house", "session")
    for old, new, _ in FAULTS.values():
        tiny.edit(NECK, old, new)
    code, log = build_decks(tiny)
    assert code == 1
    for _, _, told in FAULTS.values():
        (line,) = [one for one in log.splitlines() if told in one]
        assert "neck.md:" in line
