"""``python -m widgets.quiz.linter``: a line for each finding, bank by bank; exit code 1 when there are errors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from widgets.quiz.linter.banks import lint


def main(arguments: list[str] | None = None) -> int:
    """Check all banks, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m widgets.quiz.linter", description=__doc__)
    parser.add_argument(
        "banks", nargs="*", type=Path, help="….questions.yml (all banks of the course when none)"
    )
    parser.add_argument("--quiet", action="store_true", help="print errors alone")
    chosen = parser.parse_args(arguments)
    report = lint(chosen.banks or None)
    for finding in report.errors if chosen.quiet else report.findings:
        print(finding)
    questions = sum(len(bank.questions) for bank in report.banks)
    print(
        f"Banks: {len(report.banks)}. Questions: {questions}. Errors: {len(report.errors)}. "
        f"Warnings: {len(report.warnings)}. Waived: {len(report.waived)}."
    )
    return 1 if report.errors else 0


if __name__ == "__main__":
    sys.exit(main())
