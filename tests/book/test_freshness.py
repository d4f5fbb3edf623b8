"""Promises of freshness: what changed shows in the next build, and what did not is left alone.

The notebook cache knows a notebook by its code cells alone: an edit in the widgets, the evidence or a
question bank used to leave the old outputs in the page. The tests run in order, on one book.
"""

from __future__ import annotations

import hashlib
import re
import sys
import zlib
from pathlib import Path

import pytest

from tests.book.tiny_book import ROOT, Build, TinyBook

sys.path.insert(0, str(ROOT / "book" / "_ext"))

from publishing.output.freshness import fingerprint


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> TinyBook:
    tiny = TinyBook(tmp_path_factory.mktemp("fresh") / "house", "fresh")
    built(tiny)
    return tiny


def built(book: TinyBook) -> Build:
    result = book.build()
    assert result.code == 0, result.log
    return result


@pytest.mark.parametrize(
    "file", ["chapter.questions.yml", "cases/one.case.yml", "sessions/deciding.options.yml"]
)
def test_every_content_file_of_the_chapters_counts_among_the_inputs(tmp_path: Path, file: str) -> None:
    """Cases came after questions, and their pages showed the old text until the fingerprint knew them."""
    (tmp_path / "requirements.txt").touch()
    content = tmp_path / "chapters" / file
    content.parent.mkdir(parents=True)
    seen = [fingerprint(tmp_path)]
    for text in ("title: one", "title: two"):
        content.write_text(text, encoding="utf-8")
        seen.append(fingerprint(tmp_path))
    assert len(set(seen)) == 3


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
    built(book)
    assert "Freshly added" in book.page("index").text


def test_an_edit_in_a_front_end_shows_and_its_link_tells_browsers(book: TinyBook) -> None:
    before = linked_checksum(book, "index", "quiz.widgets.js")
    front_end = book.text("widgets/quiz/quiz.js")
    (book.root / "widgets/quiz/quiz.js").write_text(
        f'const fresh = "freshly";\n{front_end}', encoding="utf-8"
    )
    built(book)
    assert '"freshly"' in book.text("_build/html/_static/quiz.widgets.js")
    script = book.text("_build/html/_static/quiz.widgets.js")
    after = linked_checksum(book, "index", "quiz.widgets.js")
    assert after != before
    assert hashlib.sha256(script.encode()).hexdigest().startswith(after)


def test_an_edit_in_the_questions_shows(book: TinyBook) -> None:
    book.edit("chapters/index.questions.yml", "Which number comes first?", "Which number stands first?")
    built(book)
    assert "Which number stands first?" in book.page("index").text


def test_an_edit_in_the_evidence_reaches_the_check_of_an_unchanged_page(book: TinyBook) -> None:
    book.edit("evidence/data/outcomes.csv", ",228,260,", ",227,260,")
    for result in (book.build(), book.build()):
        assert result.code != 0
        assert any("index.md:14: WARNING: '228 of 260' is not what" in line for line in result.problems)


def test_an_edit_in_the_evidence_shows_in_the_outputs(book: TinyBook) -> None:
    book.edit("chapters/index.md", "228 of 260", "227 of 260")
    built(book)
    assert "freshly (227, 260)" in book.page("index").text


def test_an_edit_of_a_colour_shows_in_pages_and_drawings(book: TinyBook) -> None:
    before = linked_checksum(book, "text", "page.css")
    tokens = book.text("widgets/base/tokens.css")
    (old,) = re.findall(r"--course-nerve: (#\w+);", tokens)[:1]
    book.edit("widgets/base/tokens.css", f"--course-nerve: {old};", "--course-nerve: #123456;")
    built(book)
    assert "#123456" in book.text("_build/html/_static/course.css")
    assert 'stroke="#123456"' in book.text("_build/html/_drawings/nerve.light.svg")
    assert linked_checksum(book, "text", "page.css") == checksum(book, "page.css") != before


def test_an_edit_of_a_drawing_shows(book: TinyBook) -> None:
    book.edit("chapters/figures/nerve.svg", "M10 100 H310", "M10 100 H222")
    built(book)
    for theme in ("light", "dark"):
        assert "M10 100 H222" in book.text(f"_build/html/_drawings/nerve.{theme}.svg")


def test_an_edit_of_the_page_style_shows_and_every_link_tells_browsers(book: TinyBook) -> None:
    style = book.text("book/_static/course.css")
    (book.root / "book/_static/course.css").write_text(
        f"{style}\n.fresh {{ color: red; }}\n", encoding="utf-8"
    )
    built(book)
    assert ".fresh" in book.text("_build/html/_static/course.css")
    for page in ("index", "text", "404"):
        assert linked_checksum(book, page, "page.css") == checksum(book, "page.css")


def test_an_edit_of_an_extension_shows_on_every_page(book: TinyBook) -> None:
    book.edit("book/_ext/course/policy.py", "form-action 'self'", "form-action 'none'")
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
    assert "No code stands here" not in book.text("_build/html/searchindex.js")
    assert '"text"' not in book.text("_build/html/searchindex.js").partition("docnames")[2][:60]
