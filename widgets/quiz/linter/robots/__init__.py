"""Candidates without medicine sit the bank: what they find, the wording gives away (Q26).

Three measures, as three types let one choose. *Single best answer*: the share of keys that are picked; chance is one over the number of
options. *Multiple response*: the robot is told how many options are right and picks as many; the share of keys among them. Whether it
could also tell how many are right is left out, since readers are marked option by option. *Matching*: the share of lines that find
their option, whole lists being counted once. In ordering and numeric questions there are no options to choose among.
"""

from __future__ import annotations

from widgets.quiz.linter.robots.sitting import LIMIT, Score, robots, sit

__all__ = ["LIMIT", "Score", "robots", "sit"]
