"""A digest says whether what a reviewer read is still what stands there, and nothing else changes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evidence import bound
from widgets.review import sections
from widgets.review.sections import CHAPTERS, read_page

BOOK = Path(__file__).resolve().parents[1] / "book" / "books" / "reviewed"


@pytest.fixture
def chapters(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BOOK, tmp_path / "chapters"))


def changed(chapters: Path, file: str, old: str, new: str, page: str = "harms") -> list[str]:
    """The sections of a page whose digest is another after an edit."""
    before = read_page(page, chapters).digests
    path = chapters / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    after = read_page(page, chapters).digests
    return [title for title in {**before, **after} if before.get(title) != after.get(title)]


def test_a_page_has_its_opening_its_headings_and_its_questions(chapters: Path) -> None:
    page = read_page("harms", chapters)
    assert page.title == "Harms"
    assert list(page.digests) == ["Opening", "Numbers", "What can be lost", "References", "Questions"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("leaves a numb patch", "leaves\na numb   patch"),
        ("A nerve that is", "\n\n\nA nerve that is"),
        ("# Harms\n", "---\norphan: true\n---\n# Harms\n"),
    ],
)
def test_a_new_wrap_of_the_lines_is_no_change(chapters: Path, old: str, new: str) -> None:
    assert changed(chapters, "harms.md", old, new) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "section"),
    [
        ("harms.md", "Two operations", "Three operations", "Opening"),
        ("harms.md", "a numb patch", "a small numb patch", "What can be lost"),
        ("harms.md", "drawn as one line", "drawn", "What can be lost"),
        ("figures/nerve.svg", "<svg", "<svg data-redrawn='yes'", "What can be lost"),
        ("harms.questions.yml", "It follows one.", "It comes after one.", "Questions"),
    ],
)
def test_a_change_is_told_of_its_own_section_alone(
    chapters: Path, file: str, old: str, new: str, section: str
) -> None:
    assert changed(chapters, file, old, new) == [section]


def test_a_row_that_changes_changes_the_section_that_prints_it(
    chapters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_page("harms", chapters).digests
    row = bound("bertrand1993-global-clinical-rating")
    monkeypatch.setattr(sections, "bound", lambda row_id: row.model_copy(update={"note": "another note"}))
    after = read_page("harms", chapters).digests
    assert [title for title in before if before[title] != after[title]] == ["Numbers"]


def test_a_heading_in_code_or_in_a_block_opens_no_section(chapters: Path) -> None:
    text = "# Page\n\nOne.\n\n```python\n## a comment\n```\n\n::::{slide} Two\n:::{notes}\n## Three\n:::\n::::\n\n## Four\n\nFive.\n"
    (chapters / "blocks.md").write_text(text, encoding="utf-8")
    assert list(read_page("blocks", chapters).digests) == ["Opening", "Four"]


def test_two_sections_of_one_name_are_told_apart(chapters: Path) -> None:
    (chapters / "twins.md").write_text(
        "# Page\n\n## Results\n\nOne.\n\n## Results\n\nTwo.\n", encoding="utf-8"
    )
    page = read_page("twins", chapters)
    assert list(page.digests) == ["Results", "Results (2)"]
    assert len(set(page.digests.values())) == 2


def test_a_piece_of_another_page_counts_where_it_is_shown(chapters: Path) -> None:
    (chapters / "source.md").write_text("# Source\n\n:::{piece} patch\nIt is numb.\n:::\n", encoding="utf-8")
    (chapters / "user.md").write_text("# User\n\n## Again\n\n```{show} source/patch\n```\n", encoding="utf-8")
    assert changed(chapters, "source.md", "It is numb.", "It feels numb.", page="user") == ["Again"]


def test_a_case_counts_in_the_section_that_calls_it(chapters: Path) -> None:
    (chapters / "numb.case.yml").write_text("title: Numb\n", encoding="utf-8")
    (chapters / "cases.md").write_text(
        '# Cases\n\nOne.\n\n## Numb\n\n```{code-cell} python3\nconference("numb")\n```\n', encoding="utf-8"
    )
    assert changed(chapters, "numb.case.yml", "Numb", "Not numb", page="cases") == ["Numb"]


@pytest.mark.content
def test_every_page_of_the_course_has_a_section_to_review() -> None:
    for path in sorted(CHAPTERS.rglob("*.md")):
        name = path.relative_to(CHAPTERS).with_suffix("").as_posix()
        assert read_page(name).sections, name
