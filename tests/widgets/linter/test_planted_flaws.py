"""The linter is proved on planted flaws and on clean questions.

Each file in flaws/ is a bank whose name begins with the rule that it tests. What must be found in it stands in
the ids: ``error-…``, ``warning-…`` and ``both-…`` must be found by that rule at that level, ``fine-…`` resemble
a flaw and must pass. A title that begins with ``Error`` is a fault of the whole bank.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from book.new import SKELETONS
from widgets.quiz.linter import RULES, Finding, lint
from widgets.quiz.linter.__main__ import main

HERE = Path(__file__).parent
FLAWS = sorted((HERE / "flaws").glob("*.questions.yml"))
CLEAN = SKELETONS / "skeleton.questions.yml"
GLOSSARY = frozenset({"TWSTRS"})
_LEVELS = {"error": {"E"}, "warning": {"W"}, "both": {"E", "W"}, "fine": set[str]()}


def rule_of(path: Path) -> str:
    return path.name[:3].upper()


def planted(path: Path) -> set[tuple[str, str]]:
    """Level and question of each flaw that the file announces."""
    text = path.read_text(encoding="utf-8")
    names = re.findall(r"^  - id: ((error|warning|both|fine)-\S+)$", text, flags=re.MULTILINE)
    found = {(level, name) for name, kind in names for level in _LEVELS[kind]}
    return found | ({("E", "")} if re.search(r"^title: .?Error", text) else set())


def found_in(path: Path) -> list[Finding]:
    return list(lint([path], GLOSSARY).findings)


@pytest.fixture(autouse=True)
def _every_rule_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the banks of the course break today is only reported there; here each rule has its own level."""
    monkeypatch.setattr("widgets.quiz.linter.banks.REPORTED", frozenset())


@pytest.mark.parametrize("path", FLAWS, ids=lambda path: path.name.removesuffix(".questions.yml"))
def test_planted_flaws_are_found_and_their_likes_pass(path: Path) -> None:
    found = {
        (one.level, one.question) for one in found_in(path) if one.rule == rule_of(path) and not one.waiver
    }
    assert found == planted(path)


def test_every_rule_has_two_flaws_or_more_and_something_that_resembles_them() -> None:
    flaws, likes = Counter[str](), Counter[str]()
    for path in FLAWS:
        text = path.read_text(encoding="utf-8")
        flaws[rule_of(path)] += len({name for _, name in planted(path)})
        likes[rule_of(path)] += len(re.findall(r"^  - id: fine-", text, flags=re.MULTILINE))
    # Q25's bank lacks two questions for two objectives, which are two findings of one bank.
    flaws["Q25"] += 1
    # What shows in many questions alone is proved on banks that tests make: test_robots.py, test_over_the_course.py.
    for rule in ("Q26", "Q27", "Q30"):
        flaws[rule], likes[rule] = 2, 1
    assert {rule.id for rule in RULES if flaws[rule.id] < 2} == set()
    assert {rule.id for rule in RULES if likes[rule.id] < 1} == set()


def test_both_untested_objectives_are_named() -> None:
    (path,) = [path for path in FLAWS if "q25-untested" in path.name]
    said = "\n".join(one.message for one in found_in(path) if one.rule == "Q25")
    assert re.findall(r"'(\w+)' has (\d)", said) == [("harms", "0"), ("muscles", "1")]


def test_clean_questions_pass_every_rule() -> None:
    report = lint([CLEAN], GLOSSARY)
    assert [str(one) for one in [*report.errors, *report.warnings]] == []
    assert [one.rule for one in report.waived] == ["Q08", "Q28"]
    (bank,) = report.banks
    assert len(bank.questions) >= 10
    assert len({one.question.type for one in bank.questions}) == 7


def test_a_finding_names_its_line() -> None:
    for path in FLAWS:
        lines = path.read_text(encoding="utf-8").splitlines()
        for one in found_in(path):
            before = [line for line in lines[: one.line] if line.startswith("  - id: ")]
            assert not one.question or before[-1] == f"  - id: {one.question}", str(one)


def test_a_finding_says_what_would_be_right() -> None:
    assert [str(one) for path in FLAWS for one in found_in(path) if "; " not in one.message] == []


def test_a_waived_flaw_counts_no_more_and_keeps_its_reason() -> None:
    (path,) = [path for path in FLAWS if path.name.startswith("q08")]
    (waived,) = lint([path], GLOSSARY).waived
    assert (waived.question, waived.rule) == ("fine-waived", "Q08")
    assert waived.waiver == "What the operation cannot reach is the point."


def test_what_no_single_bank_shows_is_seen_over_the_course() -> None:
    banks = sorted((HERE / "course").glob("*.questions.yml"))
    assert [one.rule for bank in banks for one in found_in(bank) if one.rule == "Q12"] == []
    (found,) = [one for one in lint(banks, GLOSSARY).findings if one.rule == "Q12"]
    assert "in the course" in found.message


def test_the_chi_square_of_a_textbook() -> None:
    """Upper 5 % points of chi-square for 1 to 4 degrees of freedom, as any table prints them."""
    from widgets.quiz.linter.position import _upper_tail

    for degrees, point in enumerate((3.841, 5.991, 7.815, 9.488), start=1):
        assert _upper_tail(point, degrees) == pytest.approx(0.05, abs=1e-4)


def test_the_command_prints_findings_and_fails_on_errors(capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = [path for path in FLAWS if path.name.startswith("q07")]
    assert main([str(path)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert re.match(r".*q07\.questions\.yml:\d+: E Q07 question 'error-all-of-the-above': ", printed[0])
    assert printed[-1].startswith("Banks: 1. Questions: 5. Errors: 4.")
    assert main([str(CLEAN)]) == 0
