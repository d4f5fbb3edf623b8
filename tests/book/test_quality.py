"""Promises of the page on the quality of questions: it tells what the linter found, and where it stands."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from publishing.pages.quality import PARTS, in_order, markup  # noqa: E402  (the extensions are not an installed package)

from book.new import SKELETONS  # noqa: E402
from widgets.quiz import CHAPTERS as COURSE  # noqa: E402
from widgets.quiz.linter import RULES, Report, lint  # noqa: E402
from widgets.quiz.linter.robots.fixed import ROBOTS  # noqa: E402
from widgets.quiz.linter.robots.sitting import LEARNED  # noqa: E402

PLANTED = ROOT / "tests" / "widgets" / "linter"
WAIVED = PLANTED / "flaws" / "q08.questions.yml"
CLEAN = SKELETONS / "skeleton.questions.yml"


def part(name: str, report: Report) -> BeautifulSoup:
    return BeautifulSoup(markup(name, report, lambda path: f"{Path(path).stem}.html"), "html.parser")


def rows(table: BeautifulSoup | Tag) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")
    ]


@pytest.fixture(scope="module")
def report() -> Report:
    return lint([WAIVED, CLEAN], frozenset({"TWSTRS"}))


def test_every_rule_has_a_row_with_its_counts(report: Report) -> None:
    told = {row[0]: row[1:] for row in rows(part("rules", report))}
    assert list(told) == [rule.id for rule in RULES]
    assert told["Q08"] == ["No negative question, unless waived and in capitals", "error", "6", "2"]


def test_a_finding_leads_to_its_question(report: Report) -> None:
    page = part("findings", report)
    (link,) = [one for one in page.select("a") if one["href"] == "q08.questions.html#q-error-except"]
    assert link.text.endswith("question 3")


def test_a_waiver_stands_with_its_reason(report: Report) -> None:
    waived = part("findings", report).select("table")[-1]
    reasons = {row[2] for row in rows(waived)}
    assert "What the operation cannot reach is the point." in reasons


def test_each_objective_tells_how_often_it_is_tested(report: Report) -> None:
    assert ["Plan an operation from a posture and its mapping.", "6: 2 recall, 3 apply, 1 analyse"] in rows(
        part("objectives", report)
    )


def test_the_spread_counts_every_question_once(report: Report) -> None:
    types, levels, places, lengths = part("spread", report).select("table")
    questions = sum(len(bank.questions) for bank in report.banks)
    assert sum(int(row[1]) for row in rows(types)) == questions
    assert sum(int(row[1]) for row in rows(levels)) == questions
    keyed = sum(len(bank.of_one_key()) for bank in report.banks)
    assert sum(int(row[1]) for row in rows(places)) == keyed
    assert [row[0] for row in rows(lengths)] == ["longest option", "shortest option"]


def test_bars_only_repeat_what_the_cells_say(report: Report) -> None:
    drawn = part("spread", report).select("svg")
    assert drawn
    assert all(bar["aria-hidden"] == "true" for bar in drawn)


def test_difficulty_tells_what_authors_expect_and_that_nobody_measured(report: Report) -> None:
    said = part("difficulty", report).get_text(" ", strip=True)
    assert said == "No question carries its author’s expected difficulty, and no class has been measured yet."
    bank = lint([COURSE / "procedures" / "landscape.questions.yml"])
    assert re.fullmatch(
        r"Of \d+ questions, \d+ carry their .*: \d+ easy \(80 to 100 of 100 residents right\), .*",
        part("difficulty", bank).get_text(" ", strip=True),
    )


@pytest.mark.parametrize("name", PARTS)
def test_a_course_without_questions_has_a_page_all_the_same(name: str) -> None:
    assert part(name, lint([])).get_text()


def test_banks_stand_in_the_order_of_the_book(report: Report) -> None:
    last_first = [bank.path.split("/", 1)[-1].removesuffix(".questions.yml") for bank in report.banks][::-1]
    assert [bank.path for bank in in_order(report, last_first).banks] == [bank.path for bank in report.banks][
        ::-1
    ]


def test_the_built_page_tells_of_every_rule_and_objective(html: Path) -> None:
    page = BeautifulSoup((html / "quality.html").read_text(encoding="utf-8"), "html.parser")
    assert {rule.id for rule in RULES} <= {cell.text for cell in page.select("th[scope=row]")}
    tables = [rows(one) for one in page.select("table") if "Keys of 100 found" in one.text]
    best, every = tables
    assert best[0][0] == every[0][0] == "by chance"
    assert 5 < len(best) < len(every) == len(ROBOTS) + len(LEARNED) + 1
    assert {name for name, *_ in best} >= set(LEARNED)
    for link in page.select("th a"):
        target, _, anchor = str(link["href"]).partition("#")
        text = (html / target).read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in text, link["href"]
