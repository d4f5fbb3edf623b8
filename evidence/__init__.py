"""What is known: the evidence behind every number of the course.

The tables lie in ``evidence/data``; this package reads them once, typed, and checks the numbers that
chapters and questions print against their rows. It imports nothing of the course.
"""

from evidence.agreement import Agreement, agreement, agreements
from evidence.bibliography import references
from evidence.errors import EvidenceError
from evidence.intervals import wilson
from evidence.model import (
    BlindReading,
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
    Reading,
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
    blind_readings,
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
    readings,
    row,
    scale_findings,
    scale_items,
    scales,
    studies,
)

__all__ = [
    "Agreement",
    "BlindReading",
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
    "Reading",
    "Reference",
    "Row",
    "Scale",
    "ScaleFinding",
    "ScaleItem",
    "Study",
    "agreement",
    "agreements",
    "blind_readings",
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
    "readings",
    "references",
    "row",
    "scale_findings",
    "scale_items",
    "scales",
    "studies",
    "validate",
    "wilson",
]
