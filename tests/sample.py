"""A small, sound data package that never changes: tests that name rows read it, so that a new study breaks none.

``tests/evidence/sample`` holds some of the evidence as it stood on one day. The presets of the forest
plot, which name rows in code, are chosen here for the sample.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import widgets.forest
import widgets.forest.catalogue
import widgets.forest.markup
from evidence.source import reading
from widgets.forest.catalogue import Preset

SAMPLE = Path(__file__).parent / "evidence" / "sample"
TWSTRS = Preset("Gain", "TWSTRS, 6 to 24 months", "percent_improvement", "dbs_gpi", "TWSTRS total", (6, 24))
LATE = Preset(
    "Gain",
    "TWSTRS, 3 years or longer",
    "percent_improvement",
    "dbs_gpi",
    "TWSTRS total",
    (36, None),
    ("thieme2018cd-twstrs-improved",),
)
SEVERITY = Preset(
    "Gain",
    "Severity, 2 years or longer",
    "percent_improvement",
    "dbs_gpi",
    "TWSTRS severity",
    (24, None),
    ("walsh2013-severity",),
)
AGAIN = Preset("Harm", "Denervation: operated on again", "proportion", "spd", "reoperation")
SWALLOWING = Preset(
    "Harm",
    "Rhizotomy: trouble swallowing",
    "proportion",
    "intradural_rhizotomy",
    "dysphagia",
    leave_out=("kim1998-dysphagia-more",),
)
PRESETS = (TWSTRS, LATE, SEVERITY, AGAIN, SWALLOWING)


@contextmanager
def sample_read() -> Iterator[Path]:
    """Until the block ends, the sample is all the evidence there is."""
    with reading(SAMPLE), pytest.MonkeyPatch.context() as patch:
        for module in (widgets.forest, widgets.forest.catalogue, widgets.forest.markup):
            patch.setattr(module, "PRESETS", PRESETS)
        yield SAMPLE
