"""The case linter: rules for branching cases, told by file and line.

>>> from widgets.conference.linter import lint
>>> lint().errors
[]
"""

from __future__ import annotations

from widgets.conference.linter.cases import Report, lint
from widgets.conference.linter.finding import Finding
from widgets.conference.linter.rules import RULES, Rule

__all__ = ["RULES", "Finding", "Report", "Rule", "lint"]
