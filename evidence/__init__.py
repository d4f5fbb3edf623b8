"""What is known: the evidence behind every number of the course.

The tables lie in ``evidence/data``; this package reads them once, typed, and checks the numbers that
chapters and questions print against their rows. It imports nothing of the course.
"""

from evidence.bibliography import references
from evidence.errors import EvidenceError
from evidence.intervals import wilson
from evidence.model import (
    Complication,
    ComplicationTerm,
    Conflict,
    Derived,
    Fact,
    FactTopic,
    Gap,
    Muscle,
    Outcome,
    Procedure,
    Reference,
    Row,
    Scale,
    ScaleFinding,
    ScaleItem,
    Study,
)
from evidence.numbers import bound, check_number
from evidence.package import validate
from evidence.pooling import Pooled, PoolingRefused, overlaps, pool
from evidence.tables import (
    complication_terms,
    complications,
    conflicts,
    derived,
    fact_topics,
    facts,
    gaps,
    muscles,
    outcomes,
    procedures,
    row,
    scale_findings,
    scale_items,
    scales,
    studies,
)

__all__ = [
    "Complication",
    "ComplicationTerm",
    "Conflict",
    "Derived",
    "EvidenceError",
    "Fact",
    "FactTopic",
    "Gap",
    "Muscle",
    "Outcome",
    "Pooled",
    "PoolingRefused",
    "Procedure",
    "Reference",
    "Row",
    "Scale",
    "ScaleFinding",
    "ScaleItem",
    "Study",
    "bound",
    "check_number",
    "complication_terms",
    "complications",
    "conflicts",
    "derived",
    "fact_topics",
    "facts",
    "gaps",
    "muscles",
    "outcomes",
    "overlaps",
    "pool",
    "procedures",
    "references",
    "row",
    "scale_findings",
    "scale_items",
    "scales",
    "studies",
    "validate",
    "wilson",
]
