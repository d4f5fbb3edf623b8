"""The question linter: rules for question banks, told by file and line.

>>> from widgets.quiz.linter import lint
>>> lint().errors
[]
"""

from __future__ import annotations

from widgets.quiz.linter.banks import Report, lint
from widgets.quiz.linter.finding import Finding
from widgets.quiz.linter.rules import RULES, Rule

__all__ = ["RULES", "Finding", "Report", "Rule", "lint"]
