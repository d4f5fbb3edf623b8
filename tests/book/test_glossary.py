"""Promises of the glossary and the map of objectives: one quiet mark a term and page, and nothing untested."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docutils import nodes

from tests.book.tiny_book import ROOT, TinyBook

sys.path.insert(0, str(ROOT / "book" / "_ext"))

from publishing.pages.glossary import MOST, Entry, Lookup, entries, mark, term_mark
from publishing.pages.objectives import FEWEST

CHAPTERS = ROOT / "chapters"
GLOSSARY = CHAPTERS / "glossary.md"
TEXTS = [*CHAPTERS.rglob("*.md"), *CHAPTERS.rglob("*.questions.yml")]
#: Roman numerals, countries, licences, file formats and names of journals stand for themselves.
PLAIN = re.compile(r"[IVX]+|US|CC|BY|MIT|HTML|CSS|ID|BMC")


def a_page(*paragraphs: str | nodes.Element) -> nodes.section:
    page = nodes.section("", nodes.title("", "DBS"))
    page += [nodes.paragraph("", one) if isinstance(one, str) else one for one in paragraphs]
    return page


def marked(page: nodes.section, *known: Entry, most: int = MOST) -> list[str]:
    mark(page, Lookup(known), most)
    return [node.astext() for node in page.findall(term_mark)]


WRONG = "objective: tiny-second\n    level: apply"
DBS = Entry(("DBS",), "Deep brain stimulation.")
DURA = Entry(("Dura",), "A sheet.")
EMG = Entry(("EMG",), "Electromyography.")
FIELD = Entry(("Forel's field",), "A narrow place.")
RAMUS = Entry(("Posterior ramus", "posterior rami"), "A branch.")


def test_only_the_first_use_is_marked_and_no_word_is_lost() -> None:
    page = a_page("Of DBS: DBS helps.", "DBS again.")
    assert marked(page, DBS) == ["DBS"]
    assert page.astext().split() == ["DBS", "Of", "DBS:", "DBS", "helps.", "DBS", "again."]
    assert page[1].astext() == "Of DBS: DBS helps."
    assert isinstance(page[1].children[1], term_mark)


@pytest.mark.parametrize(
    "inside",
    [
        nodes.title("", "DBS"),
        nodes.paragraph("", "", nodes.reference("", "DBS", refuri="x.html")),
        nodes.paragraph("", "", nodes.literal("", "DBS")),
        nodes.literal_block("", "DBS"),
        nodes.figure("", nodes.caption("", "DBS")),
        nodes.table("", nodes.paragraph("", "DBS")),
        nodes.container("", nodes.paragraph("", "DBS"), classes=["cell"]),
        nodes.footnote("", nodes.paragraph("", "DBS")),
        nodes.raw("", "DBS", format="html"),
        nodes.comment("", "DBS"),
    ],
    ids=lambda node: type(node[0] if isinstance(node, nodes.paragraph) else node).__name__,
)
def test_headings_links_code_figures_and_tables_are_left_alone(inside: nodes.Element) -> None:
    assert marked(a_page(inside.deepcopy()), DBS) == []
    after = a_page(inside.deepcopy(), "Then DBS.")
    assert marked(after, DBS) == ["DBS"]
    assert isinstance(after[-1].children[1], term_mark)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the dbs and DBSX, a-DBS, DBS-2", []),
        ("DBS-related", ["DBS"]),
        ("(DBS)", ["DBS"]),
        ("two posterior-rami", ["posterior-rami"]),
        ("Posterior ramus", ["Posterior ramus"]),
        ("durable, epidural", []),
        ("the dura.", ["dura"]),
        ("Duras", ["Duras"]),
        ("Forel’s field", ["Forel’s field"]),
    ],
)
def test_names_are_found_as_people_write_them(text: str, found: list[str]) -> None:
    assert marked(a_page(text), DBS, DURA, FIELD, RAMUS) == found


def test_a_page_has_few_marks_and_abbreviations_come_first() -> None:
    page = a_page("The dura, posterior rami, EMG and DBS.")
    assert marked(page, DBS, DURA, RAMUS, EMG, most=3) == ["dura", "EMG", "DBS"]


def test_a_glossary_is_read_with_its_names_and_the_first_line_of_each_meaning() -> None:
    text = "# Glossary\n\nC1–C3, nerves\n: Three nerves.\n  More.\n\nDBS\n: Pulses.\n"
    assert entries(text) == [Entry(("C1", "C2", "C3", "nerves"), "Three nerves."), Entry(("DBS",), "Pulses.")]


# The built tiny book


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> TinyBook:
    tiny = TinyBook(tmp_path_factory.mktemp("terms") / "house", "terms")
    built = tiny.build()
    assert built.code == 0, built.log
    assert built.problems == []
    return tiny


def test_a_term_leads_to_its_entry_and_tells_its_meaning(book: TinyBook) -> None:
    links = book.page("text").select("a.term")
    assert [" ".join(link.text.split()) for link in links] == [
        *("DBS", "TWSTRS-2", "C2", "posterior rami", "TWSTRS"),
    ]
    assert links[0]["title"] == 'Deep brain stimulation: "pulses" & current.'
    for link in links:
        page, anchor = str(link["href"]).split("#")
        assert page == "glossary.html"
        assert book.page("glossary").select_one(f"dt#{anchor}"), anchor


def test_the_glossary_does_not_mark_itself(book: TinyBook) -> None:
    assert book.page("glossary").select("a.term") == []


def test_the_map_lists_objectives_with_links_to_their_questions(book: TinyBook) -> None:
    page = book.page("map")
    assert "1 chapter, 1 objective, 2 questions." in page.text
    (row,) = page.select(".objective-map tbody tr")
    assert row.select("td")[0].text.strip() == "Read a number with its denominator."
    assert [str(link["href"]) for link in row.select("a")] == [
        *("exercise.html#q-tiny-one", "exercise.html#q-tiny-two"),
    ]
    assert row.select("a")[1]["title"] == "Single best answer, apply"


@pytest.mark.everywhere
def test_edits_show_and_faults_fail_the_build(book: TinyBook) -> None:
    """One after the other, on the same copy: each build is an incremental one."""
    book.edit("chapters/glossary.md", ': Deep brain stimulation: "pulses" & current.', ": Current.")
    assert book.build().code == 0
    assert book.page("text").select("a.term")[0]["title"] == "Current."
    book.edit("chapters/exercise.questions.yml", "objective: tiny-first\n    level: apply", WRONG)
    built = book.build()
    assert built.code != 0
    told = "\n".join(built.problems)
    assert "the objective 'tiny-first' has 1 question; write 2 or more" in told
    assert "question 'tiny-two' tests 'tiny-second', which the chapter does not list" in told
    assert all("exercise.md" in line for line in built.problems)


# The glossary of the course


@pytest.fixture(scope="module")
def glossary() -> list[Entry]:
    found: list[Entry] = entries(GLOSSARY.read_text(encoding="utf-8"))
    return found


@pytest.mark.content
def test_the_glossary_is_sorted_and_every_name_is_its_own(glossary: list[Entry]) -> None:
    first = [re.sub(r"[\W_]", "", entry.names[0]).casefold() for entry in glossary]
    assert first == sorted(first)
    names = [name.casefold() for entry in glossary for name in entry.names]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    anchors = [entry.anchor for entry in glossary]
    assert len(set(anchors)) == len(anchors)


@pytest.mark.content
def test_a_meaning_is_a_short_line_that_a_tooltip_can_show(glossary: list[Entry]) -> None:
    assert 60 <= len(glossary) <= 130
    for entry in glossary:
        assert len(entry.meaning) <= 100, entry.names
        assert entry.meaning.endswith("."), entry.names
        assert not re.search(r"[`*_\[{<]", entry.meaning), f"{entry.names}: markup in the first line"


@pytest.mark.content
def test_every_abbreviation_of_the_course_is_in_the_glossary(glossary: list[Entry]) -> None:
    known = {name for entry in glossary for name in entry.names}
    missing = set()
    for path in TEXTS:
        text = re.sub(
            r"\A---\n.*?\n---\n|^```\{code-cell\}.*?^```",
            "",
            path.read_text("utf-8"),
            flags=re.DOTALL | re.MULTILINE,
        )
        text = re.sub(r"`[^`]*`|\]\([^)]*\)|https?://\S+|[\w-]*\.\w+\b", "", text)
        for short in re.findall(r"\b[A-Z]{2,}[a-z]?\b(?:-\d+)?|\b[A-Z]{2}-\d+\b", text):
            if short not in known and not PLAIN.fullmatch(short):
                missing.add(f"{path.name}: {short}")
    assert sorted(missing) == []


# The built book


def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_marks_are_few_and_each_term_has_one_on_a_page(html: Path) -> None:
    marks = 0
    for path in CHAPTERS.rglob("*.md"):
        page = parsed(html / path.relative_to(CHAPTERS).with_suffix(".html"))
        targets = [str(link["href"]).split("#")[1] for link in page.select("a.term")]
        assert len(targets) == len(set(targets)) <= MOST, path.name
        assert page.select(":is(h1, h2, h3, h4, a, code, pre, figure, table) a.term") == [], path.name
        marks += len(targets)
    assert marks > MOST


@pytest.mark.content
def test_the_map_of_the_course_leaves_nothing_out(html: Path) -> None:
    page = parsed(html / "objectives.html")
    linked = [str(link["href"]) for link in page.select(".objective-map td a")]
    assert len(linked) == len(set(linked))
    asked = []
    for bank in CHAPTERS.rglob("*.questions.yml"):
        name = bank.relative_to(CHAPTERS).as_posix().removesuffix(".questions.yml")
        ids = re.findall(r"^\s*- id: (\S+)\n\s+type:", bank.read_text("utf-8"), flags=re.MULTILINE)
        asked += [f"{name}.html#q-{one}" for one in ids]
    assert sorted(linked) == sorted(asked)
    rows = page.select(".objective-map tbody tr")
    listed = sum(
        len(re.findall(r"^- \{objective\}`", path.read_text("utf-8"), flags=re.MULTILINE))
        for path in CHAPTERS.rglob("*.md")
    )
    assert len(rows) == listed
    for row in rows:
        assert int(row.select("td")[1].text.split()[0]) == len(row.select("a")) >= FEWEST
