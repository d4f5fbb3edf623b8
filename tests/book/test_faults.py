"""Promises to authors: a fault stops the build, every time, with one line that says where and what.

Sphinx reports a warning when it reads a page, and does not read an unchanged page again: a strict build
used to fail once and pass the second time. So every fault is looked for in two builds, one after the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.book.tiny_book import Build, TinyBook

pytestmark = pytest.mark.everywhere


@dataclass(frozen=True)
class Twice:
    book: TinyBook
    builds: tuple[Build, Build]


FAULTS = {
    "wrong-number.md:3": (
        "'229 of 260' is not what bertrand1993-global-clinical-rating says",
        "responders_n 228; responders_of 260",
    ),
    "unknown-row.md:3": (
        "no row of the evidence has the id 'bertrand1993-global-rating'",
        "did you mean ",
        "bertrand1993-global-clinical-rating",
    ),
    "no-row.md:3": ("'228 of 260' names no row: write the number, then <the row's id>",),
    "no-alternative.md:3": ("the figure figures/plain.svg has no text alternative",),
    "unknown-token.md:3": ("the drawing figures/unknown-token.svg names the unknown token --course-nerv",),
    "broken-drawing.md:3": ("the drawing figures/broken.svg cannot be read as SVG: mismatched tag",),
    "no-size.md:3": ("the drawing figures/no-size.svg has no viewBox",),
    "incomplete-record.md:3": ("abcd2016 has no complete record in references.bib and cannot be cited yet",),
    "unknown-source.md:3": ("nobody1900",),
    "broken-link.md:3": ("the link leads to nowhere.md, which is not there",),
    "near-source.md:3": ("references.bib has no source 'bertrand1939'; did you mean bertrand1993?",),
    "near-link.md:3": ("the link leads to near-suorce.md, which is not there; did you mean near-source.md?",),
    "unknown-box.md:3": ("there is no box or directive {waring}; did you mean warning?",),
    "unknown-role.md:3": ("there is no role {footcit}; did you mean footcite?",),
    "unclosed.md:3": (":::{note} is never closed: write ::: in a line of its own where it ends",),
    "unclosed-code.md:14": (":::{note} is never closed",),
    "no-picture.md:3": ("the picture figures/plian.svg is not there; did you mean plain.svg?",),
    "unlisted.md:1": ("this page is not in book/_toc.yml: list it there as unlisted, or take it away",),
    "unknown-piece.md:10": ("unknown-piece has no piece 'numb-pacth': did you mean 'numb-patch'?",),
    "icons-no-share.md:3": ("charite2020-dysphagia holds no share of people",),
    "icons-mixed.md:7": ("icons of 1000 on a page with icons of 100: a page has one denominator",),
    "icons-unknown-row.md:3": (
        "no row of the evidence has the id 'munchau2001swallow-dysphagias'",
        "did you mean munchau2001swallow-dysphagia",
    ),
    "icons-strange-number.md:3": ("'7' in 'within 7 years' is not what munchau2001swallow-dysphagia says",),
    "script.md:3": ("<script> is none of the book's own: 'alert(1)'; pages hold text",),
    "handler.md:3": ("<img> has a handler, onerror",),
    "script-link.md:3": ("<a> leads to 'data:text/html,hello', which is no address of a page",),
    "stranger.md:3": ("<img> loads 'https://example.org/x.png', which is not of this book",),
    "output.md:17": ("<script> is none of the book's own: 'alert(1)'",),
    "decided.decisions.yml:4": ("'229 of 260' is not what bertrand1993-global-clinical-rating says",),
    "decided.decisions.yml:5": (
        "the source 'bertrand1939' is not in the bibliography; did you mean 'bertrand1993'?",
    ),
    "decided.decisions.yml:8": (
        "the source 'albanese201' is not in the bibliography; did you mean 'albanese20",
    ),
    "decided-role.decisions.yml:6": ("there is no role {nonsuch}",),
    "decided-fields.decisions.yml:5": ("the field 'whi' is unknown; did you mean 'why'?",),
    "decided-fields.decisions.yml:7": ("'basis' of decisions 1 is 'guidelines'; use 'guideline', 'review'",),
    "complaint.md:16": ("stderr was found in the cell outputs",),
    "claims.md:3": ("“130 people” is not what ipg2016-dystonia says: it counts generators",),
    "claims.md:8": (
        "“surgeons judged” is not what bertrand1993-global-clinical-rating says: who judged is not stated",
    ),
    "claims.questions.yml:4": (
        "“At one year” is not what bertrand1993-global-clinical-rating says: it prints no time",
    ),
    "claims.questions.yml:6": (
        "“Masked raters” is not what bertrand1993-global-clinical-rating says: who judged is not stated",
    ),
    "claims.case.yml:2": ("“after denervation” is not what volkmann2014-severity-3m-dbs-gpi says",),
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    book = TinyBook(tmp_path_factory.mktemp("faulty") / "house", "faulty")
    return Twice(book, (book.build(), book.build()))


@pytest.mark.parametrize("build", [0, 1], ids=["first", "again"])
@pytest.mark.parametrize("place", FAULTS)
def test_a_fault_fails_every_build_and_names_file_and_line(faulty: Twice, place: str, build: int) -> None:
    built = faulty.builds[build]
    assert built.code != 0
    lines = [line for line in built.problems if f"chapters/{place}" in line]
    assert len(lines) == 1, built.problems
    assert all(part in lines[0] for part in FAULTS[place]), lines


@pytest.mark.parametrize("build", [0, 1], ids=["first", "again"])
def test_nothing_else_is_complained_of(faulty: Twice, build: int) -> None:
    built = faulty.builds[build]
    assert [line for line in built.problems if not any(f"/{place}" in line for place in FAULTS)] == []
    assert "Traceback" not in built.log


@pytest.mark.parametrize("build", [0, 1], ids=["first", "again"])
def test_the_faults_stand_last_sorted_and_plain(faulty: Twice, build: int) -> None:
    built = faulty.builds[build]
    assert f"To be mended ({len(built.problems)}):" in built.log
    assert built.problems == sorted(built.problems)
    assert all(line.startswith("chapters/") and "WARNING" not in line for line in built.problems)
    assert "\x1b" not in "".join(built.problems)


def test_a_copy_that_a_cloud_made_is_left_out_with_a_line(faulty: Twice) -> None:
    wanted = "Left out, since it is a copy: chapters/unlisted (conflicted copy).md"
    assert wanted in faulty.builds[0].log


def test_once_mended_the_book_is_built(faulty: Twice) -> None:
    for page in (faulty.book.root / "chapters").glob("*.md"):
        if page.stem != "index":
            page.unlink()
    faulty.book.list_chapters()
    mended = faulty.book.build()
    assert mended.code == 0, mended.log
    assert mended.problems == []


@pytest.fixture(scope="module")
def raising(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    book = TinyBook(tmp_path_factory.mktemp("raising") / "house", "raising")
    return Twice(book, (book.build(), book.build()))


@pytest.mark.parametrize("build", [0, 1], ids=["first", "again"])
def test_a_notebook_that_raises_fails_every_build_with_one_line(raising: Twice, build: int) -> None:
    built = raising.builds[build]
    assert built.code == 1
    (line,) = [line for line in built.problems if line.startswith("chapters/code.md:")]
    said, _, near = line.partition("; did you mean ")
    assert re.fullmatch(
        r"chapters/code\.md:\d+: no row of the evidence has the id 'bertrand1993-global-clinical-ratings'",
        said,
    )
    assert near.startswith("bertrand1993-global-clinical-rating")


RAISED = {
    "chart.md:21": "this chart needs layout.meta['caption'], and has 'captoin': see widgets/chart",
    "name.md:17": "there is no chapters/questoins.questions.yml; did you mean 'questions'?",
    "killed.md:15": "the kernel died (out of memory?); run make book again",
}


@pytest.mark.parametrize("place", RAISED)
def test_what_stopped_a_notebook_is_told_with_the_line_of_its_cell(raising: Twice, place: str) -> None:
    assert f"chapters/{place}: {RAISED[place]}" in raising.builds[0].problems


@pytest.mark.parametrize("build", [0, 1], ids=["first", "again"])
def test_every_mistake_in_a_question_bank_has_its_line(raising: Twice, build: int) -> None:
    log = raising.builds[build].log
    for line, name, kind in ((3, "first", "single-choice"), (5, "second", "multiple-choice")):
        wanted = f"chapters/questions.questions.yml:{line}: question '{name}': the type '{kind}' is unknown"
        assert wanted in log


@pytest.mark.parametrize("build", [0, 1], ids=["first", "again"])
def test_no_traceback_for_a_mistake_in_content(raising: Twice, build: int) -> None:
    log = raising.builds[build].log
    assert "Traceback" not in log
    assert 'File "' not in log
    assert "----> " not in log


def test_nothing_is_published_from_notebooks_that_fail(raising: Twice) -> None:
    assert not (raising.book.html / "index.html").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("export default { render };", "export { render };"),
        ("export default { render };", "\nimport other from './other.js';\nexport default { render };"),
    ],
    ids=["other export", "import"],
)
def test_a_front_end_that_the_page_could_not_load_fails_with_one_line(
    tmp_path: Path, old: str, new: str
) -> None:
    book = TinyBook(tmp_path / "house", "sound")
    book.edit("widgets/quiz/quiz.js", old, new)
    for built in (book.build(), book.build()):
        assert built.code != 0
        (line,) = [line for line in built.log.splitlines() if "quiz/quiz.js" in line]
        assert line.endswith("quiz/quiz.js must import nothing and end in: export default { render };")
        assert "Traceback" not in built.log
