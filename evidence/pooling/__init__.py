"""Pools studies: random effects, with a refusal wherever one number would mislead.

Why no library does it: statsmodels, the best kept one in Python, has neither restricted maximum likelihood
nor prediction intervals, and no library can run in the reader's browser, where the forest plot pools again
and must agree to the last digit shown. The arithmetic is some eighty lines; the tests hold it against
published worked examples, against R's metafor, and against statsmodels where that can do the same.
"""

from evidence.pooling.estimate import pool
from evidence.pooling.overlaps import Overlap, overlaps, overlaps_among
from evidence.pooling.random_effects import RandomEffects, random_effects
from evidence.pooling.result import LeaveOneOut, Pooled, PoolingRefused, StudyEffect

__all__ = [
    "LeaveOneOut",
    "Overlap",
    "Pooled",
    "PoolingRefused",
    "RandomEffects",
    "StudyEffect",
    "overlaps",
    "overlaps_among",
    "pool",
    "random_effects",
]
