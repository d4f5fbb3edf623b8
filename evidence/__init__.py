"""What is known: the evidence behind every number of the course.

The tables lie in ``evidence/data``; this package reads them once, typed, and checks the numbers that
chapters and questions print against their rows. It imports nothing of the course.
"""

from evidence.bibliography import references
from evidence.errors import EvidenceError
from evidence.intervals import wilson
from evidence.model import Complication, Fact, Muscle, Outcome, Reference, Row
from evidence.numbers import check_number
from evidence.tables import complications, facts, muscles, outcomes, row

__all__ = [
    "Complication",
    "EvidenceError",
    "Fact",
    "Muscle",
    "Outcome",
    "Reference",
    "Row",
    "check_number",
    "complications",
    "facts",
    "muscles",
    "outcomes",
    "references",
    "row",
    "wilson",
]
