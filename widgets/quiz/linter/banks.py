"""Holds banks to the rules, and the faults found against the waivers that authors gave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from widgets.quiz import CHAPTERS
from widgets.quiz.linter.chapter import read_glossary
from widgets.quiz.linter.finding import Fault, Finding
from widgets.quiz.linter.inspected import InspectedBank, inspect
from widgets.quiz.linter.rules import BY_ID, REPORTED, RULES, Rule

# A question's own id; those of options are indented further.
_ID = re.compile(r"(?: {2})?- id: [\"']?([a-z0-9-]+)")


@dataclass(frozen=True)
class Report:
    """The banks that were checked, and all that was found in them."""

    banks: Sequence[InspectedBank]
    findings: Sequence[Finding]

    @cached_property
    def errors(self) -> list[Finding]:
        """What fails the build."""
        return [one for one in self.findings if one.level == "E" and not one.waiver]

    @cached_property
    def warnings(self) -> list[Finding]:
        """What is reported."""
        return [one for one in self.findings if one.level == "W" and not one.waiver]

    @cached_property
    def waived(self) -> list[Finding]:
        """What stands with its author's reason."""
        return [one for one in self.findings if one.waiver]


def lint(
    paths: Sequence[Path] | None = None, glossary: frozenset[str] | None = None, root: Path = CHAPTERS
) -> Report:
    """Check the banks at `paths`, all banks below `root` when none are named.

    Args:
        paths: Files named `….questions.yml`; the chapter is looked for beside each.
        glossary: Abbreviations that need no explanation; those of `glossary.md` in `root` when not given.
        root: The folder of the chapters. Findings name files as seen from the folder around it.
    """
    found = sorted(root.rglob("*.questions.yml")) if paths is None else list(paths)
    banks = [inspect(path, _shown(path, root)) for path in found]
    known = read_glossary(root / "glossary.md") if glossary is None else glossary
    ids = _ids(sorted({*found, *root.rglob("*.questions.yml")}), root)
    for bank in banks:
        bank.course, bank.glossary = banks, known
        bank.elsewhere = {name: where for name, where in ids if not where.startswith(f"{bank.path}:")}
    findings = [finding for bank in banks for finding in _findings(bank)]
    for rule in RULES:
        if rule.over_course and len(banks) > 1:
            findings += [_finding(rule, fault, _shown(root, root), 0) for fault in rule.over_course(banks)]
    return Report(banks, sorted(findings))


def _ids(paths: Sequence[Path], root: Path) -> list[tuple[str, str]]:
    """Every question's id with its place, from the lines alone: one bank is checked without reading all others."""
    return [
        (found[1], f"{_shown(path, root)}:{number}")
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if (found := _ID.match(line))
    ]


def _shown(path: Path, root: Path) -> str:
    around = root.resolve().parent
    resolved = path.resolve()
    return resolved.relative_to(around).as_posix() if resolved.is_relative_to(around) else path.as_posix()


def _findings(bank: InspectedBank) -> Iterator[Finding]:
    needed: set[tuple[str, str]] = set()
    for rule in RULES:
        for fault in rule.check(bank):
            line = fault.line or bank.line(fault.question, fault.place)
            finding = _finding(rule, fault, bank.path, line, _waiver(bank, rule, fault))
            if finding.waiver:
                needed.add((fault.question, rule.id))
            yield finding
    yield from _idle_waivers(bank, needed)


def _finding(rule: Rule, fault: Fault, path: str, line: int, waiver: str = "") -> Finding:
    level = "W" if rule.id in REPORTED else fault.level or rule.level
    return Finding(path, line, rule.id, level, fault.question, fault.message, waiver)


def _waiver(bank: InspectedBank, rule: Rule, fault: Fault) -> str:
    if not fault.waivable:
        return ""
    return next(
        (one.question.waivers.get(rule.id, "") for one in bank.questions if one.id == fault.question), ""
    )


def _idle_waivers(bank: InspectedBank, needed: set[tuple[str, str]]) -> Iterator[Finding]:
    for one in bank.questions:
        for name in one.question.waivers:
            if (one.id, name) in needed:
                continue
            unknown = name not in BY_ID
            said = (
                f"there is no rule {name}; use one of Q01 to {RULES[-1].id}"
                if unknown
                else f"the waiver of {name} is not needed; take it out"
            )
            line = bank.line(one.id, ("waivers", name))
            yield Finding(bank.path, line, "Q00", "E" if unknown else "W", one.id, said)
