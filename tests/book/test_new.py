"""A skeleton is sound from the first minute: nothing that an author adds has to be red before it is written."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

import pytest

from book.content.page import Page
from book.content.rules import of_page
from book.new import KINDS, NewError, make
from book.reading import PAGE_GRADE, PARAGRAPH_GRADE, grade, paragraphs
from widgets.conference.linter import lint as lint_cases
from widgets.quiz.linter import lint

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The chapters, and nothing else."""
    shutil.copytree(CHAPTERS, tmp_path / "chapters")
    (tmp_path / "widgets").mkdir()
    return tmp_path


def test_a_chapter_passes_every_rule_for_its_questions(root: Path) -> None:
    (page, bank, _), then = make("chapter", "outcomes/second-operations", root)
    assert page == root / "chapters" / "outcomes" / "second-operations.md"
    report = lint([bank], root=root / "chapters")
    assert [str(one) for one in report.errors + report.warnings] == []
    assert "book/_toc.yml" in then


@pytest.mark.parametrize(
    ("kind", "name"), [("chapter", "outcomes/second-operations"), ("session", "sessions/living-with-it")]
)
def test_a_page_keeps_every_rule_of_the_text(root: Path, kind: str, name: str) -> None:
    (written, *_), _ = make(kind, name.removeprefix("sessions/"), root)
    page = Page(name, written.read_text(encoding="utf-8"), root / "chapters")
    assert page.teaches or page.is_session
    assert [str(fault) for fault in of_page(page)] == []


def test_a_case_passes_every_rule(root: Path) -> None:
    (case,), _ = make("case", "second-opinion", root)
    report = lint_cases([case], root=root / "chapters")
    assert [str(one) for one in report.errors + report.warnings] == []


def test_a_session_passes_every_rule_and_is_read_by_a_child_of_twelve(root: Path) -> None:
    (page, bank), _ = make("session", "living-with-it", root)
    report = lint([bank], root=root / "chapters")
    assert [str(one) for one in report.errors + report.warnings] == []
    found = paragraphs(page.read_text(encoding="utf-8"))
    assert len(found) > 10
    assert grade(" ".join(one.text for one in found)) <= PAGE_GRADE
    assert [one.text for one in found if one.grade > PARAGRAPH_GRADE] == []


def test_a_widget_has_two_faces_and_keeps_what_is_done(root: Path) -> None:
    written, _ = make("widget", "visits", root)
    assert {path.name for path in written} == {"__init__.py", "visits.html", "visits.js", "visits.css"}
    assert not any("ally" in path.read_text(encoding="utf-8") for path in written)
    name = "widgets.visits"
    spec = importlib.util.spec_from_file_location(name, root / "widgets" / "visits" / "__init__.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    widget = module.visits("clinic", "Visits <to> the clinic")
    assert widget.kind == "visits"
    assert "Visits &lt;to&gt; the clinic: <output>0</output>" in widget.page_html()
    assert "export default { render };" in widget._esm


@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_is_written_over(root: Path, kind: str) -> None:
    name = {"chapter": "outcomes/second", "bank": "outcomes/second"}.get(kind, "second")
    make(kind, name, root)
    with pytest.raises(NewError, match="is there already: choose another name"):
        make(kind, name, root)


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        (
            "poem",
            "outcomes/ode",
            "there is no skeleton of a poem: write chapter, bank, case, session, widget",
        ),
        ("chapter", "outcomes/Second Operations", "is no name: lower-case letters, digits and hyphens"),
        ("chapter", "../outside", "is no name"),
        (
            "chapter",
            "nowhere/second",
            "there is no folder chapters/nowhere: choose one of disorder, educators",
        ),
    ],
)
def test_what_cannot_be_is_one_line(root: Path, kind: str, name: str, told: str) -> None:
    with pytest.raises(NewError, match=re.escape(told)):
        make(kind, name, root)
