"""Promises of the papers around the project: forms that a host can read, and notes that name what is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
#: By the kinds of field that GitHub's issue forms have: what each must say of itself.
NEEDED = {
    "markdown": {"value"},
    "input": {"label"},
    "textarea": {"label"},
    "dropdown": {"label", "options"},
    "checkboxes": {"label", "options"},
}
KNOWN = {"name", "description", "title", "labels", "assignees", "projects", "type", "body"}


def form(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_there_is_a_form_for_each_thing_to_report() -> None:
    assert {path.stem for path in FORMS} == {
        "config",
        "wrong-number",
        "propose-study",
        "review",
        "hard-sentence",
    }
    assert form(ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml") == {"blank_issues_enabled": True}


@pytest.mark.parametrize(
    "path", [path for path in FORMS if path.stem != "config"], ids=lambda path: path.stem
)
def test_a_form_is_one_that_the_host_can_read(path: Path) -> None:
    found = form(path)
    assert set(found) <= KNOWN
    assert isinstance(found["name"], str)
    assert isinstance(found["description"], str)
    assert all(isinstance(label, str) for label in found.get("labels", []))
    fields = found["body"]
    assert any(field["type"] != "markdown" for field in fields)
    ids = [field["id"] for field in fields if field["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", one) for one in ids)
    labels = [field["attributes"]["label"] for field in fields if field["type"] != "markdown"]
    assert len(labels) == len(set(labels))
    for field in fields:
        assert set(field) <= {"type", "id", "attributes", "validations"}
        attributes = field["attributes"]
        assert NEEDED[field["type"]] <= set(attributes)
        assert all(isinstance(attributes[key], str) for key in NEEDED[field["type"]] - {"options"})
        options = attributes.get("options", [])
        if field["type"] == "dropdown":
            assert all(isinstance(one, str) for one in options)
            assert len(options) == len(set(options))
        if field["type"] == "checkboxes":
            assert all(isinstance(one["label"], str) for one in options)
        assert set(field.get("validations", {})) <= {"required"}


@pytest.mark.parametrize(
    "name", ["SECURITY.md", "CODE_OF_CONDUCT.md", "RELEASE.md", ".github/PULL_REQUEST_TEMPLATE.md"]
)
def test_the_papers_are_there_and_invent_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(text) > 400
    assert re.findall(r"[\w.-]+@[\w-]+\.\w+", text) == []


def test_each_step_of_a_release_names_verbs_and_files_that_are_there() -> None:
    text = (ROOT / "RELEASE.md").read_text(encoding="utf-8")
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", text)) <= verbs
    files = re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:md|yml|cff|toml))`", text)
    assert len(files) > 5
    assert [name for name in files if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_who_is_asked_to_open_an_issue_is_told_where(name: str) -> None:
    text = " ".join((ROOT / name).read_text(encoding="utf-8").split())
    assert re.search(r"issue where the repository is hosted, or (?:write )?as \*About\*", text)


def test_nobody_types_the_state_of_review() -> None:
    typed = [
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("*.md"), *(ROOT / "chapters").rglob("*.md"), ROOT / "book" / "_config.yml"]
        if re.search(
            r"not (?:yet )?(?:been )?reviewed by clinicians", path.read_text(encoding="utf-8"), re.IGNORECASE
        )
    ]
    assert typed == []
