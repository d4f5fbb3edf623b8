"""Promises of the text: the rules of `book.content` find nothing in it, and find what is planted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from book.content import chapters, contents, sessions, words
from book.content.page import Fault, Page, pages
from book.content.rules import EVERY_PAGE, SESSION, TEACHING, WHOLE
from book.new import SKELETONS
from evidence import references
from widgets.quiz.linter import Report, lint
from widgets.quiz.linter.chapter import read_chapter

pytestmark = pytest.mark.content

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
PAGES = {page.name: page for page in pages()}
#: What lies beside a page and fills its widgets.
CONTENT_FILES = (
    ".questions.yml",
    ".decisions.yml",
    ".steps.yml",
    ".case.yml",
    ".options.yml",
    ".finder.yml",
    ".criteria.yml",
    "reviews.yml",
    "signed.csv",
)

RULES = [
    *((rule, list(PAGES.values())) for rule in EVERY_PAGE),
    *((rule, [page for page in PAGES.values() if page.teaches]) for rule in TEACHING),
    *((rule, [page for page in PAGES.values() if page.is_session]) for rule in SESSION),
]


def cited(page: Page) -> set[str]:
    """The sources that a page lists, those of its decisions among them."""
    read = read_chapter(page.chapters / f"{page.name}.md")
    return set(read.cited) if read else set()


@pytest.mark.parametrize(("rule", "where"), RULES, ids=lambda one: getattr(one, "__name__", ""))
def test_no_page_has_a_fault(rule: Callable[[Page], Iterable[Fault]], where: list[Page]) -> None:
    assert where
    assert [str(fault) for page in where for fault in rule(page)] == []


@pytest.mark.parametrize("rule", WHOLE, ids=lambda rule: rule.__name__)
def test_the_pages_together_have_no_fault(rule: Callable[[list[Page]], Iterable[Fault]]) -> None:
    assert [str(fault) for fault in rule(list(PAGES.values()))] == []


@pytest.fixture(scope="module")
def report() -> Report:
    return lint()


def test_the_linter_finds_no_error(report: Report) -> None:
    """Among its rules: every objective is tested twice, every number names its row, no brand is named."""
    assert {bank.path for bank in report.banks} >= {
        f"chapters/{page.name}.questions.yml" for page in PAGES.values() if page.bank
    }
    assert [str(one) for one in report.errors] == []


def test_every_source_of_a_question_is_in_the_references_of_its_chapter() -> None:
    missing = [
        f"chapters/{name}.questions.yml: {one.id}: {key} is not cited in {name}.md"
        for name, page in PAGES.items()
        for one in (page.bank.questions if page.bank else ())
        for key in one.sources
        if key not in cited(page)
    ]
    assert missing == []


def test_only_complete_records_are_cited() -> None:
    known = references()
    assert [
        f"{page.file}: {key}"
        for page in PAGES.values()
        for key in sorted(cited(page))
        if key not in known or not known[key].complete
    ] == []


def test_about_has_the_table_of_reviews() -> None:
    assert "{reviews}" in PAGES["about"].text


# What the rules find, where something is planted.

#: A chapter as it is begun: the skeleton, which keeps every rule.
CHAPTER = Page("skeleton", (SKELETONS / "skeleton.md").read_text(encoding="utf-8"), SKELETONS)
TALK = next(page for page in PAGES.values() if page.is_session)


def planted(page: Page, old: str, new: str) -> tuple[Page, int]:
    """The page with one change, and the line of that change."""
    assert old in page.text
    return Page(page.name, page.text.replace(old, new, 1), page.chapters), page.text.count(
        "\n", 0, page.text.index(old)
    ) + 1


@pytest.mark.parametrize(
    ("rule", "page", "old", "new", "told"),
    [
        (words.spelling, CHAPTER, "## Key points", "## Key colors", "“colors” is not British"),
        (
            words.left_to_fill_in,
            CHAPTER,
            "## Key points",
            "## Placeholder",
            "something is still to be written",
        ),
        (words.empty_chances, CHAPTER, "## Key points", "## 1 in 20", "say how many of 100 people"),
        (chapters.rhythm, CHAPTER, "## Key points", "## Points", "end with “What you find, what you do”"),
        (chapters.rhythm, CHAPTER, "## Your first guess", "## Guess", "begin with “Two minutes”"),
        (chapters.opening, CHAPTER, "**Time.**", "**Hours.**", "add a line such as **Time.**"),
        (chapters.opening, CHAPTER, "- {objective}`", "{objective}`", "write each as - {objective}`its-id`"),
        (chapters.composed_person, CHAPTER, "Composed for teaching", "A person", "does not begin with"),
        (
            sessions.an_hour,
            TALK,
            ":minutes: ",
            ":minutes: 60",
            "change the :minutes: of some, or leave one out",
        ),
        (sessions.few_words, TALK, "**Say.**", "**Tell.**", "the notes of this slide lack **Say.**"),
        (sessions.polls, TALK, "```{poll} ", "```{poll} no", "take it before and after"),
        (sessions.rhythm, TALK, "## What to do next", "## Next", "does not end with the headings"),
        (contents.description, CHAPTER, "description: ", "descriptor: ", "write 50 to 160"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_fault_is_one_line_with_its_cure(
    rule: Callable[[Page], Iterable[Fault]], page: Page, old: str, new: str, told: str
) -> None:
    spoilt, line = planted(page, old, new)
    found = [fault for fault in rule(spoilt) if told in fault.text]
    assert found
    assert all("\n" not in str(fault) for fault in found)
    if rule in (words.spelling, words.left_to_fill_in, words.empty_chances):
        assert [fault.line for fault in found] == [line]


#: A piece's last cell, and a word more than a chapter may have.
CHECKPOINT = 'checkpoint("skeleton", "skeleton-week")'
PIECE = "Say what is looked for after a week"
NUMBER = "{est}`228 of 260 <bertrand1993-global-clinical-rating>`"


@pytest.mark.parametrize(
    ("rule", "old", "new", "told"),
    [
        (chapters.pieces, "## See them again", "### See them again", "2 pieces: write 3 to 5"),
        (chapters.pieces, CHECKPOINT, "1", "“See them again” ends without a checkpoint"),
        (chapters.pieces, CHECKPOINT, f'{CHECKPOINT}\n```\n\nMore.\n\n```python', "goes on after its checkpoint"),
        (chapters.pieces, '"skeleton-week")', '"skeleton-week", "a", "b")', "3 questions in a checkpoint: ask 1 to 2"),
        (chapters.parts, '"skeleton-week")', '"skeleton-weak")', "called 'skeleton-weak'; did you mean 'skeleton-week'?"),
        (chapters.parts, '"skeleton-week")', '"skeleton-guide")', "stands in the checkpoint on line 70 too"),
        (chapters.parts, 'checkpoint("skeleton", "skeleton-w', 'checkpoint("other", "skeleton-w', "show those of 'skeleton'"),
        (chapters.parts, ', "skeleton-relief")', ")", "1 questions to guess at: ask 2 to 3"),
        (chapters.parts, '"skeleton-relief")', '"skeleton-rest")', "'skeleton-rest' is a question of numeric"),
        (chapters.parts, '"skeleton-relief")', '"skeleton-guide")', "a first guess is told in the closing set"),
        (chapters.parts, "pretest(", "closing(", "0 pretests: call pretest('skeleton', …) once"),
        (chapters.decisions, "```{decisions}", "```{note}", "shows no table: write ```{decisions}"),
        (chapters.to_take_away, "- What to avoid", "- One.\n- Two.\n- Three.\n- What to avoid", "7 items: leave at most 6"),
        (chapters.to_take_away, ":::{figure}", ":::{note}", "“Two minutes” has 0 figures"),
        (chapters.to_take_away, "- In the same series", "In the same series", "has 4 items: write exactly five"),
        (chapters.to_take_away, "{est}`3 of 50 <braun1994-reinnervation>`", "3 of 50", "an item without a bound number"),
        (chapters.questions, 'closing("skeleton")', 'quiz("skeleton")', 'call closing("skeleton") in a code cell'),
        (chapters.budgets, PIECE, "word " * 2400 + PIECE, "of at most 2300 words: shorten"),
        (chapters.budgets, PIECE, "word " * 500 + PIECE, "“See them again” has 5"),
        (chapters.budgets, PIECE, f"{NUMBER}\n" * 45 + PIECE, "50 of at most 45 bound numbers"),
        (chapters.budgets, PIECE, "| a | b |\n|---|---|\n| c | d |\n\n" * 3 + PIECE, "4 of at most 3 tables"),
        (chapters.budgets, PIECE, "It is not in the text we read, nor among our sources.\nNot in its abstract.\n" + PIECE, "3 of at most 2 remarks"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)  # fmt: skip
def test_a_chapter_is_held_to_its_rhythm_and_its_budget(
    rule: Callable[[Page], Iterable[Fault]], old: str, new: str, told: str
) -> None:
    assert [str(fault) for fault in rule(CHAPTER)] == []
    spoilt, _ = planted(CHAPTER, old, new)
    found = [fault for fault in rule(spoilt) if told in fault.text]
    assert len(found) == 1, [str(fault) for fault in rule(spoilt)]
    assert found[0].line > 0
    assert found[0].file == "chapters/skeleton.md"


def test_what_stands_among_the_studies_costs_nothing() -> None:
    more = f"Not in the text we read. {NUMBER}\n\n| a | b |\n|---|---|\n| c | d |\n\n" * 60
    spoilt, _ = planted(CHAPTER, "A scale measures something else", f"{more} A scale measures something else")
    assert [
        fault.text for fault in chapters.budgets(spoilt) if not fault.text.startswith("“The studies”")
    ] == []


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("    basis: guideline\n", "    basis: guide\n", 22, "'basis' of decisions 3 is 'guide'"),
        ("[takahashi1998]", "[takahashi1989]", 17, "did you mean 'takahashi1998'?"),
        ("    sources: [albanese2011]", "    sources: []", 18, "a guideline without its source"),
        ("  - id: skeleton-sign", "  - id: skeleton-nerve", 25, "the id 'skeleton-nerve' stands twice"),
        ("  - id: skeleton-sign", "  - name: skeleton-sign", 25, "'id' of decisions 4 is missing"),
    ],
)
def test_a_fault_of_the_decisions_has_its_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    text = (SKELETONS / "skeleton.decisions.yml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "skeleton.decisions.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    found = list(chapters.decisions(Page("skeleton", CHAPTER.text, tmp_path)))
    assert [(one.file, one.line) for one in found if told in one.text] == [
        ("chapters/skeleton.decisions.yml", line)
    ]


def test_a_decision_is_one_chapters(tmp_path: Path) -> None:
    for name in ("one", "two"):
        text = (SKELETONS / "skeleton.decisions.yml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.decisions.yml").write_text(text, encoding="utf-8")
    both = [Page(name, "# A page", tmp_path) for name in ("one", "two")]
    found = [str(fault) for fault in contents.one_id_one_thing(both)]
    assert len(found) == 6
    assert found[0] == (
        "chapters/two.decisions.yml:4: the decision 'skeleton-emergency' stands in chapters/one.decisions.yml already: "
        "choose another id"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a tumor in the center", ["tumor", "center"]),
        ("the colour of the centre, a centred tumour", []),
        ("color", ["color"]),
        ("anesthesia and anaesthesia", ["anesthesia"]),
        ("analyzed", ["analyzed"]),
        ("a rigorous programme; a manometer", []),
    ],
)
def test_the_list_of_american_spellings_finds_them(text: str, found: list[str]) -> None:
    assert [match[0] for match in words.AMERICAN.finditer(text)] == found


def test_a_page_that_is_in_no_list_is_named() -> None:
    extra = Page("procedures/new-one", "# New")
    (fault,) = contents.in_the_contents([*PAGES.values(), extra])
    assert str(fault) == (
        "book/_toc.yml: chapters/procedures/new-one.md is not in the contents: add a line - file: procedures/new-one"
    )


def test_nothing_else_lies_among_the_chapters() -> None:
    known = {".md", ".svg", ".png", ".jpg", ".jpeg", ".webp"}
    odd = [
        path.relative_to(CHAPTERS).as_posix()
        for path in CHAPTERS.rglob("*")
        if path.is_file() and path.suffix not in known and not path.name.endswith(CONTENT_FILES)
        if ".ipynb_checkpoints" not in path.parts
    ]
    assert odd == []
