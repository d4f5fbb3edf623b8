"""``python -m widgets.conference.linter``: a line for each finding, case by case; exit code 1 when there are errors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from widgets.conference.linter.cases import lint


def main(arguments: list[str] | None = None) -> int:
    """Check all cases, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m widgets.conference.linter", description=__doc__)
    parser.add_argument("cases", nargs="*", type=Path, help="….case.yml (all cases of the course when none)")
    parser.add_argument("--quiet", action="store_true", help="print errors alone")
    chosen = parser.parse_args(arguments)
    report = lint(chosen.cases or None)
    for finding in report.errors if chosen.quiet else report.findings:
        print(finding)
    read = [one.case for one in report.cases if one.case]
    steps = sum(len(case.steps) for case in read)
    choices = sum(len(step.choices) for case in read for step in case.steps)
    print(
        f"Cases: {len(report.cases)}. Steps: {steps}. Choices: {choices}. "
        f"Errors: {len(report.errors)}. Warnings: {len(report.warnings)}."
    )
    return 1 if report.errors else 0


if __name__ == "__main__":
    sys.exit(main())
