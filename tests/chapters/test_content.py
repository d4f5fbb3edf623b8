"""Promises of the text: a rhythm to set a clock by, objectives that are tested, words that are ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from evidence import references
from widgets.quiz import Bank, load
from widgets.quiz.linter import Report, lint
from widgets.quiz.linter.brands import BRANDS

pytestmark = pytest.mark.content

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
TOC = CHAPTERS.parent / "book" / "_toc.yml"
PAGES = {
    path.relative_to(CHAPTERS).with_suffix("").as_posix(): path for path in sorted(CHAPTERS.rglob("*.md"))
}
#: What lies beside a page and fills its widgets.
CONTENT_FILES = (".questions.yml", ".case.yml", ".options.yml", ".criteria.yml")
#: Sessions for patients and families: they have questions, and a rhythm of their own.
SESSIONS = sorted(
    name
    for name, path in PAGES.items()
    if name.startswith("sessions/") and path.with_suffix(".questions.yml").exists()
)
#: Pages that teach residents: those on a procedure, and any other that has objectives or questions.
TEACHING = sorted(
    name
    for name, path in PAGES.items()
    if name not in SESSIONS
    and (
        name.startswith("procedures/")
        or "{objective}`" in path.read_text(encoding="utf-8")
        or path.with_suffix(".questions.yml").exists()
    )
)
WITH_QUESTIONS = sorted([*TEACHING, *SESSIONS])
OPENING = ["Before you start", "A person in clinic"]
SESSION_CLOSING = [
    "What to do next",
    "Questions to ask",
    "When to get help fast",
    "Check yourself",
    "How sure are we?",
    "References",
]
CLOSING = ["In numbers", "What we do not know", "Key points", "Test yourself", "References"]

AMERICAN = re.compile(
    r"\b(tumors?|behaviors?|behavioral|colors?|colored|center(?:s|ed)?|fibers?|hemorrhag\w+|hematoma\w*|edema|anesthes\w+"
    r"|esophag\w+|pediatric\w*|orthopedic\w*|labeled|modeling|traveled|gray|favor\w*|humor|neighbor\w*|labored|caliber"
    r"|analyz\w+|paralyz\w+|ischemi\w+|anemi\w+|diarrhea|gynecolog\w+|leukemi\w+)\b",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"\b(TODO|TBD|TBA|FIXME|XXX|lorem|ipsum|placeholder|coming soon)\b", re.IGNORECASE)
EMPTY_CHANCE = re.compile(
    r"\b1 in \d+|\bone in (?:two|three|four|five|ten|twenty|a hundred)\b", re.IGNORECASE
)


def text_of(name: str) -> str:
    return PAGES[name].read_text(encoding="utf-8")


def prose_of(name: str) -> str:
    """A page without its front matter, its code and the names of roles, rows and files."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text_of(name), flags=re.DOTALL)
    text = re.sub(
        r"^(`{3,}|:{3,})\{(code-cell|footbibliography)\}.*?^\1\s*$", "", text, flags=re.DOTALL | re.MULTILINE
    )
    text = re.sub(r"\{footcite\w*\}`[^`]*`|\{objective\}`[^`]*`", "", text)
    return re.sub(r"\{est\}`([^`<]*)<[^`]*>`", r"\1", text)


def bank_of(name: str) -> Bank:
    return load(name)


def written_texts(bank: Bank) -> str:
    """Every word of a bank that a reader sees."""

    def words(part: Any) -> list[str]:
        if isinstance(part, dict):
            hidden = {"id", "objective", "sources", "type", "level", "audience", "waivers", "answer"}
            return [word for name, value in part.items() if name not in hidden for word in words(value)]
        if isinstance(part, (list, tuple)):
            return [word for value in part for word in words(value)]
        return [part] if isinstance(part, str) else []

    return "\n".join(words(bank.model_dump()))


def headings(name: str) -> list[str]:
    return re.findall(r"^## (.+?)\s*$", prose_of(name), flags=re.MULTILINE)


def section(name: str, heading: str) -> str:
    found = re.search(
        rf"^## {re.escape(heading)}\s*$(.*?)(?=^## |\Z)", text_of(name), flags=re.DOTALL | re.MULTILINE
    )
    assert found, f"{name} has no section {heading!r}"
    return found[1]


def objectives(name: str) -> list[str]:
    return re.findall(r"\{objective\}`([^`]+)`", text_of(name))


def cited(name: str) -> set[str]:
    return {
        key
        for keys in re.findall(r"\{footcite\w*\}`([^`]+)`", text_of(name))
        for key in re.split(r"[,\s]+", keys)
    }


def listed(entry: object) -> list[str]:
    if isinstance(entry, dict):
        own = [entry[name] for name in ("file", "root") if name in entry]
        return own + [found for value in entry.values() if isinstance(value, list) for found in listed(value)]
    return [found for one in entry for found in listed(one)] if isinstance(entry, list) else []


def test_there_is_something_to_teach() -> None:
    assert "procedures/selective-peripheral-denervation" in TEACHING


@pytest.mark.parametrize("name", TEACHING)
def test_a_chapter_keeps_the_rhythm(name: str) -> None:
    found = headings(name)
    assert found[: len(OPENING)] == OPENING
    assert found[-len(CLOSING) :] == CLOSING
    assert len(found) > len(OPENING) + len(CLOSING), "there is no lesson between the opening and the numbers"


@pytest.mark.parametrize("name", TEACHING)
def test_a_chapter_says_what_it_asks_and_gives(name: str) -> None:
    opening = section(name, "Before you start")
    assert "**Prerequisites.**" in opening
    assert re.search(r"\*\*Time\.\*\*.*\d+ minutes", opening)
    marked = re.findall(r"^- \{objective\}`[a-z0-9-]+` [A-Z].*\.$", opening, flags=re.MULTILINE)
    assert len(marked) == len(objectives(name)) >= 3, (
        "an objective is a line of the list, marked with its role"
    )
    assert len(set(objectives(name))) == len(objectives(name))


@pytest.mark.parametrize("name", TEACHING)
def test_the_person_in_clinic_is_said_to_be_composed(name: str) -> None:
    assert (
        section(name, "A person in clinic")
        .strip()
        .startswith(":::{admonition} Composed for teaching; not a real person.")
    )


@pytest.fixture(scope="module")
def report() -> Report:
    return lint()


@pytest.mark.parametrize("name", WITH_QUESTIONS)
def test_the_linter_finds_no_error_in_a_bank(report: Report, name: str) -> None:
    """Among its rules: every objective is tested twice, every number names its row, no brand is named."""
    assert f"chapters/{name}.questions.yml" in {bank.path for bank in report.banks}
    assert [str(one) for one in report.errors if one.path == f"chapters/{name}.questions.yml"] == []


def test_the_linter_finds_no_error_over_the_course(report: Report) -> None:
    assert [str(one) for one in report.errors if one.path == "chapters"] == []


@pytest.mark.parametrize("name", WITH_QUESTIONS)
def test_every_source_of_a_question_is_in_the_references_of_its_chapter(name: str) -> None:
    known = cited(name)
    missing = [(one.id, key) for one in bank_of(name).questions for key in one.sources if key not in known]
    assert missing == []


@pytest.mark.parametrize("name", TEACHING)
def test_a_chapter_has_questions_enough(name: str) -> None:
    assert len(bank_of(name).questions) >= 10


@pytest.mark.parametrize("name", TEACHING)
def test_the_quiz_stands_under_its_heading(name: str) -> None:
    assert f'quiz("{name}")' in section(name, "Test yourself")
    assert "{footbibliography}" in section(name, "References")


def parts(name: str, kind: str) -> list[str]:
    """The blocks of one kind in a session's source, such as its slides."""
    found = re.findall(rf"^(:{{3,}})\{{{kind}\}}(.*?)^\1\s*$", text_of(name), flags=re.DOTALL | re.MULTILINE)
    return [body for _, body in found]


def test_there_are_five_sessions() -> None:
    assert [name.removeprefix("sessions/") for name in SESSIONS] == [
        "before-during-after",
        "benefits-and-risks",
        "deciding",
        "operations",
        "understanding",
    ]


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_keeps_its_rhythm(name: str) -> None:
    page = re.sub(
        r"^(:{4,})\{(?:slide|handout|plan)\}.*?^\1\s*$", "", prose_of(name), flags=re.DOTALL | re.MULTILINE
    )
    found = re.findall(r"^## (.+?)\s*$", page, flags=re.MULTILINE)
    closing = [one for one in SESSION_CLOSING if one in found]
    assert found[-len(closing) :] == closing
    missing = {one for one in SESSION_CLOSING if one not in found}
    # Where help is the matter of the session itself, it stands where it belongs and not at the end.
    assert missing <= {"When to get help fast"}
    assert "emergency" in re.findall(r"\{piece\} (\S+)", page)
    assert f'quiz("{name}")' in section(name, "Check yourself")


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_fills_its_hour_and_no_more(name: str) -> None:
    slides = parts(name, "slide")
    minutes = [float(re.search(r"^:minutes: ([\d.]+)$", one, flags=re.MULTILINE)[1]) for one in slides]  # type: ignore[index]
    assert 12 <= len(slides) <= 18
    assert 45 <= sum(minutes) <= 60


@pytest.mark.parametrize("name", SESSIONS)
def test_a_slide_has_few_words_and_tells_the_speaker_the_rest(name: str) -> None:
    for one in parts(name, "slide"):
        shown, _, said = one.partition(":::{notes}")
        words = re.sub(
            r"^```.*$|^:\w+:.*$", "", re.sub(r"\{est\}`([^`<]*)<[^>]*>`", r"\1", shown), flags=re.MULTILINE
        )
        assert len(re.findall(r"[\w’-]+", words)) <= 30, f"too many words on a slide: {words.strip()}"
        for label in ("**Say.**", "**If asked**", "**Check.**"):
            assert label in said, f"the notes of {shown.splitlines()[0].strip()!r} lack {label}"


@pytest.mark.parametrize("name", SESSIONS)
def test_a_poll_is_taken_before_and_after(name: str) -> None:
    polls = re.findall(r"^```\{poll\} (\S+)$", text_of(name), flags=re.MULTILINE)
    assert polls, "no poll"
    assert all(polls.count(one) == 2 for one in polls)
    assert set(polls) <= {question.id for question in bank_of(name).questions}


@pytest.mark.parametrize("name", SESSIONS)
def test_the_questions_of_a_session_are_for_patients(name: str) -> None:
    questions = bank_of(name).questions
    assert 5 <= len(questions) <= 8
    assert {question.audience for question in questions} == {"patient"}


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_has_one_denominator(name: str) -> None:
    """Shares of people or points stand as so many of a hundred, on page, slides, handout and plan alike."""
    shares = re.findall(r"\{est\}`[^`<]*\bof (\d[\d,]*)[^`<]*<", text_of(name))
    assert set(shares) == {"100"}
    assert re.findall(r"\{est\}`[^`<]*%", text_of(name)) == []


def test_question_ids_are_unique_in_the_course() -> None:
    ids = [question.id for name in WITH_QUESTIONS for question in bank_of(name).questions]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_objective_ids_are_unique_in_the_course() -> None:
    ids = [objective for name in WITH_QUESTIONS for objective in objectives(name)]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_has_a_text_alternative_and_a_caption(name: str) -> None:
    figures = re.findall(
        r"^(:{3,}|`{3,})\{figure\}[ \t]+(\S+)\n(.*?)^\1\s*$", text_of(name), re.DOTALL | re.MULTILINE
    )
    for _, file, body in figures:
        alternative = re.search(r"^:alt:[ \t]*(.+)$", body, flags=re.MULTILINE)
        assert alternative, f"{file} has no :alt:"
        assert len(alternative[1]) >= 30, f"the text alternative of {file} says too little"
        caption = re.sub(r"^:[\w-]+:.*$", "", body, flags=re.MULTILINE).strip()
        assert len(caption) >= 30, f"{file} has no caption that can stand alone"
        assert caption != alternative[1]


@pytest.mark.parametrize("name", PAGES)
def test_only_complete_records_are_cited(name: str) -> None:
    known = references()
    assert sorted(key for key in cited(name) if key not in known or not known[key].complete) == []


@pytest.mark.parametrize("name", ["index", "about"])
def test_the_state_of_review_is_said_from_one_place(name: str) -> None:
    assert re.search(r"\*\*Review status\.\*\* \{\{ ?review_status ?\}\}", text_of(name))


@pytest.mark.parametrize("name", PAGES)
def test_no_brand_is_named(name: str) -> None:
    assert [brand for brand in BRANDS if re.search(rf"\b{re.escape(brand)}\b", prose_of(name))] == []


@pytest.mark.parametrize("name", PAGES)
def test_spelling_is_british(name: str) -> None:
    text = prose_of(name) + (written_texts(bank_of(name)) if name in WITH_QUESTIONS else "")
    assert sorted({found[0] for found in AMERICAN.finditer(text)}) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_left_to_fill_in(name: str) -> None:
    text = prose_of(name) + (written_texts(bank_of(name)) if name in WITH_QUESTIONS else "")
    assert sorted({found[0] for found in PLACEHOLDER.finditer(text)}) == []


@pytest.mark.parametrize("name", PAGES)
def test_chances_have_one_denominator(name: str) -> None:
    """People compare "1 in 20" and "1 in 8" by the second number, and get it wrong."""
    text = prose_of(name) + (written_texts(bank_of(name)) if name in WITH_QUESTIONS else "")
    assert sorted({found[0] for found in EMPTY_CHANCE.finditer(text)}) == []


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
    assert [match[0] for match in AMERICAN.finditer(text)] == found


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_description_of_its_own(name: str) -> None:
    front = yaml.safe_load(text_of(name).split("\n---\n")[0])
    description = front["myst"]["html_meta"]["description"]
    assert 50 <= len(description) <= 160


def test_every_page_is_in_the_contents_and_only_once() -> None:
    names = listed(yaml.safe_load(TOC.read_text(encoding="utf-8")))
    assert sorted(names) == sorted(PAGES)


def test_every_figure_is_used_and_no_two_share_a_name() -> None:
    figures = [
        path for path in CHAPTERS.rglob("*") if path.suffix in {".svg", ".png", ".jpg", ".jpeg", ".webp"}
    ]
    text = "\n".join(text_of(name) for name in PAGES)
    assert [path.name for path in figures if not re.search(rf"[/ (]{re.escape(path.name)}\b", text)] == []
    names = [path.stem for path in figures]
    assert len(set(names)) == len(names), "the published drawings lie in one folder"


def test_every_question_bank_lies_beside_a_page_that_shows_it() -> None:
    banks = [path.relative_to(CHAPTERS).as_posix() for path in CHAPTERS.rglob("*.questions.yml")]
    assert [bank for bank in banks if bank.removesuffix(".questions.yml") not in WITH_QUESTIONS] == []


def test_nothing_else_lies_among_the_chapters() -> None:
    known = {".md", ".svg", ".png", ".jpg", ".jpeg", ".webp"}
    odd = [
        path.relative_to(CHAPTERS).as_posix()
        for path in CHAPTERS.rglob("*")
        if path.is_file() and path.suffix not in known and not path.name.endswith(CONTENT_FILES)
        if ".ipynb_checkpoints" not in path.parts
    ]
    assert odd == []
