"""Promises of freshness: what changed shows in the next build, and what did not is left alone.

The notebook cache knows a notebook by its code cells alone: an edit in the widgets, the evidence or a
question bank used to leave the old outputs in the page; later any such edit executed every notebook. The tests
run in order, on one book.
"""

from __future__ import annotations

import json
import re
import zlib

import pytest

from tests.book.tiny_book import Build, TinyBook

pytestmark = pytest.mark.everywhere


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> TinyBook:
    tiny = TinyBook(tmp_path_factory.mktemp("fresh") / "house", "fresh")
    built(tiny)
    return tiny


def built(book: TinyBook) -> Build:
    result = book.build()
    assert result.code == 0, result.log
    return result


def executed(build: Build) -> list[str]:
    found = re.search(r"Executing \d+ notebook\(s\): (.+)", build.log)
    return found[1].split(", ") if found else []


def linked_checksum(book: TinyBook, page: str, asset: str) -> str:
    found = re.search(rf'{re.escape(asset)}\?v=(\w+)(?:"|&#34;)', book.text(f"_build/html/{page}.html"))
    assert found, f"{page} does not load {asset}"
    return found[1]


def checksum(book: TinyBook, asset: str) -> str:
    return f"{zlib.crc32((book.html / '_static' / asset).read_bytes()):08x}"


def test_with_nothing_changed_nothing_is_read_executed_or_written(book: TinyBook) -> None:
    before = {path: path.stat().st_mtime_ns for path in book.html.rglob("*.html")}
    result = built(book)
    assert result.read == (0, 0, 0)
    assert "Executing" not in result.log
    assert {path: path.stat().st_mtime_ns for path in book.html.rglob("*.html")} == before


def test_an_edit_in_text_reads_that_page_alone_and_executes_nothing(book: TinyBook) -> None:
    book.edit("chapters/text.md", "nothing changes", "one word changes")
    result = built(book)
    assert result.read == (0, 1, 0)
    assert "Executing" not in result.log
    assert "one word changes" in book.page("text").text


def test_an_edit_in_a_code_cell_shows(book: TinyBook) -> None:
    book.edit("chapters/index.md", "print(row(", 'print("freshly", row(')
    assert "Executing 1 notebook(s): index" in built(book).log
    assert "freshly (228, 260)" in book.page("index").text


def test_an_edit_in_a_widgets_template_shows(book: TinyBook) -> None:
    template = book.text("widgets/quiz/quiz.html")
    (book.root / "widgets/quiz/quiz.html").write_text(template + "<p>Freshly added</p>\n", encoding="utf-8")
    assert executed(built(book)) == ["index"]
    assert "Freshly added" in book.page("index").text


def test_an_edit_in_a_front_end_shows_executes_nothing_and_its_link_tells_browsers(book: TinyBook) -> None:
    before = linked_checksum(book, "index", "quiz.widgets.js")
    front_end = book.text("widgets/quiz/quiz.js")
    (book.root / "widgets/quiz/quiz.js").write_text(
        f'const fresh = "freshly";\n{front_end}', encoding="utf-8"
    )
    result = built(book)
    assert executed(result) == []
    assert result.read == (0, 0, 0)
    assert '"freshly"' in book.text("_build/html/_static/quiz.widgets.js")
    assert linked_checksum(book, "index", "quiz.widgets.js") == checksum(book, "quiz.widgets.js") != before


def test_an_edit_in_the_questions_shows_and_executes_their_chapter_alone(book: TinyBook) -> None:
    book.edit("chapters/index.questions.yml", "Which number comes first?", "Which number stands first?")
    result = built(book)
    assert executed(result) == ["index"]
    assert result.read == (0, 1, 0)
    assert "Which number stands first?" in book.page("index").text


def test_an_edit_in_the_evidence_reaches_the_check_of_an_unchanged_page(book: TinyBook) -> None:
    book.edit("evidence/data/outcomes.csv", ",228,260,", ",227,260,")
    for result in (book.build(), book.build()):
        assert result.code != 0
        assert any("index.md:14: '228 of 260' is not what" in line for line in result.problems)


def test_an_edit_in_the_evidence_shows_in_the_outputs(book: TinyBook) -> None:
    book.edit("chapters/index.md", "228 of 260", "227 of 260")
    built(book)
    assert "freshly (227, 260)" in book.page("index").text


def test_an_edit_of_one_row_executes_what_used_it_alone(book: TinyBook) -> None:
    line = next(
        line
        for line in book.text("evidence/data/outcomes.csv").splitlines()
        if "volkmann2014-severity-3m-sham" in line
    )
    book.edit("evidence/data/outcomes.csv", line, line.replace(",30,", ",31,", 1))
    assert executed(built(book)) == ["second"]
    assert "31" in book.page("second").text


def test_a_file_that_came_or_went_executes_what_had_listed_its_folder(book: TinyBook) -> None:
    (book.root / "chapters/notes/two.txt").write_text("Two\n", encoding="utf-8")
    assert executed(built(book)) == ["second"]
    assert "two.txt" in book.page("second").text
    (book.root / "chapters/notes/two.txt").unlink()
    assert executed(built(book)) == ["second"]
    assert "two.txt" not in book.page("second").text


def test_an_edit_in_a_module_executes_what_imported_it(book: TinyBook) -> None:
    module = book.root / "evidence/newly.py"
    module.write_text('SAID = "said first"\n', encoding="utf-8")
    book.edit("chapters/second.md", "from evidence import row", "from evidence import newly, row")
    book.edit("chapters/second.md", 'print("notes:"', 'print(newly.SAID)\nprint("notes:"')
    assert executed(built(book)) == ["second"]
    module.write_text('SAID = "said later"\n', encoding="utf-8")
    assert executed(built(book)) == ["second"]
    assert "said later" in book.page("second").text


def test_the_command_of_jupyter_book_itself_shows_no_stale_output(book: TinyBook) -> None:
    book.edit("chapters/index.questions.yml", "Which number stands first?", "Which number leads?")
    assert book.jupyter_book().code == 0
    assert "Which number leads?" in book.page("index").text


def test_an_edit_of_a_colour_shows_in_pages_and_drawings(book: TinyBook) -> None:
    before = linked_checksum(book, "text", "page.css")
    tokens = book.text("widgets/base/tokens.css")
    (old,) = re.findall(r"--course-nerve: (#\w+);", tokens)[:1]
    book.edit("widgets/base/tokens.css", f"--course-nerve: {old};", "--course-nerve: #123456;")
    built(book)
    assert "#123456" in book.text("_build/html/_static/page.css")
    assert 'stroke="#123456"' in book.text("_build/html/_drawings/nerve.light.svg")
    assert linked_checksum(book, "text", "page.css") == checksum(book, "page.css") != before


def test_an_edit_of_a_drawing_shows(book: TinyBook) -> None:
    book.edit("chapters/figures/nerve.svg", "M10 100 H310", "M10 100 H222")
    built(book)
    for theme in ("light", "dark"):
        assert "M10 100 H222" in book.text(f"_build/html/_drawings/nerve.{theme}.svg")


def test_an_edit_of_the_page_style_shows_and_every_link_tells_browsers(book: TinyBook) -> None:
    style = book.text("book/_static/page.css")
    (book.root / "book/_static/page.css").write_text(f"{style}\n.fresh {{ color: red; }}\n", encoding="utf-8")
    result = built(book)
    assert executed(result) == []
    assert result.read == (0, 0, 0)
    assert ".fresh" in book.text("_build/html/_static/page.css")
    for page in ("index", "text", "404"):
        assert linked_checksum(book, page, "page.css") == checksum(book, "page.css")


def test_an_edit_of_an_extension_shows_on_every_page(book: TinyBook) -> None:
    book.edit("book/_ext/publishing/output/policy.py", "form-action 'self'", "form-action 'none'")
    built(book)
    for page in ("index", "text"):
        assert "form-action 'none'" in book.text(f"_build/html/{page}.html")


def test_a_renamed_chapter_leaves_nothing_behind(book: TinyBook) -> None:
    (book.root / "chapters/text.md").rename(book.root / "chapters/words.md")
    book.list_chapters()
    built(book)
    assert (book.html / "words.html").exists()
    assert not (book.html / "text.html").exists()
    for page in book.html.rglob("*.html"):
        assert 'href="text.html"' not in page.read_text(encoding="utf-8"), page.name
    index = json.loads(book.text("_build/.doctrees/search.json"))
    assert {"words.html"} == set(index) & {"words.html", "text.html"}
