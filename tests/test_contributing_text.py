"""What CONTRIBUTING tells an author to do can be done, to the letter."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from book.new import KINDS
from evidence import validate
from evidence.package import write_references
from evidence.source import DATA
from tests.examples import ROOT, examples
from widgets.conference.linter import RULES as CASE_RULES
from widgets.quiz.linter import RULES as QUESTION_RULES

pytestmark = pytest.mark.content

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_example_study_is_welcome_in_the_evidence(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    for path, text in examples().items():
        file = folder / Path(path).name
        assert (ROOT / path).is_file()
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    write_references(folder)
    assert [str(fault) for fault in validate(folder)] == []


def test_every_skeleton_is_told_and_can_be_made() -> None:
    assert set(re.findall(r"python -m book\.new (\w+)", TEXT)) == set(KINDS)


def test_the_rules_are_counted_right() -> None:
    for first, last, rules in (("Q01", "Q32", QUESTION_RULES), ("C00", "C16", CASE_RULES)):
        assert f"{first} to {last}" in " ".join(TEXT.split())
        assert rules[-1].id == last


def test_every_link_and_file_that_is_named_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    named = re.findall(r"`((?:evidence|widgets|chapters|book)/[\w./-]+)`", TEXT)
    asked_for = {"chapters/evaluation/cases/second-opinion.case.yml"}
    assert [path for path in {*links, *named} - asked_for if not (ROOT / path).exists()] == []


def test_every_column_of_a_gain_is_told_where_a_study_is_added() -> None:
    section = TEXT.split("## Add a study")[1].split("\n## ")[0]
    assert "`gain`" in section
    assert "`left_out`" in section
