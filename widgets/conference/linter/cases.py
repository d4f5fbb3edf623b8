"""Holds the cases of the course to the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from widgets.conference import CHAPTERS
from widgets.conference.linter.finding import Fault, Finding
from widgets.conference.linter.inspected import InspectedCase, inspect
from widgets.conference.linter.rules import REPORTED, RULES, Rule
from widgets.quiz.linter.chapter import read_glossary


@dataclass(frozen=True)
class Report:
    """The cases that were checked, and all that was found in them."""

    cases: Sequence[InspectedCase]
    findings: Sequence[Finding]

    @cached_property
    def errors(self) -> list[Finding]:
        """What fails the build."""
        return [one for one in self.findings if one.level == "E"]

    @cached_property
    def warnings(self) -> list[Finding]:
        """What is reported."""
        return [one for one in self.findings if one.level == "W"]


def lint(
    paths: Sequence[Path] | None = None, glossary: frozenset[str] | None = None, root: Path = CHAPTERS
) -> Report:
    """Check the cases at `paths`, all cases below `root` when none are named.

    Args:
        paths: Files named `….case.yml`.
        glossary: Abbreviations that need no explanation; those of `glossary.md` in `root` when not given.
        root: The folder of the chapters. Findings name files as seen from the folder around it.
    """
    known = read_glossary(root / "glossary.md") if glossary is None else glossary
    found = sorted(root.rglob("*.case.yml")) if paths is None else list(paths)
    cases = [inspect(path, _shown(path, root), known) for path in found]
    findings = [finding for case in cases for finding in _findings(case)]
    for rule in RULES:
        if rule.over_all and len(cases) > 1:
            findings += [_finding(rule, fault, _shown(root, root), 0) for fault in rule.over_all(cases)]
    return Report(cases, sorted(findings))


def _shown(path: Path, root: Path) -> str:
    around, resolved = root.resolve().parent, path.resolve()
    return resolved.relative_to(around).as_posix() if resolved.is_relative_to(around) else path.as_posix()


def _findings(case: InspectedCase) -> Iterator[Finding]:
    for rule in RULES:
        for fault in rule.check(case):
            yield _finding(rule, fault, case.path, fault.line or case.line(fault.place))


def _finding(rule: Rule, fault: Fault, path: str, line: int) -> Finding:
    level = "W" if rule.id in REPORTED else fault.level or rule.level
    return Finding(path, line, rule.id, level, fault.step, fault.message)
