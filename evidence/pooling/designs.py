"""What kind of evidence a row is: a trial, a series, or a synthesis of other studies."""

from __future__ import annotations

from typing import Literal

from evidence.model import Complication, Outcome
from evidence.tables import studies

Design = Literal["trial", "series", "synthesis"]

_SYNTHESES = {
    "guidance",
    "individual-patient-meta-analysis",
    "meta-analysis",
    "network-meta-analysis",
    "systematic-review",
}


def design_of(row: Outcome | Complication) -> Design:
    """The kind of evidence behind a row.

    Everything without a randomised comparison is a series here, and so is a row from the open phase of a
    trial: by then nobody is compared.
    """
    study = studies().get(row.study)
    design = study.design if study else ""
    if design in _SYNTHESES:
        return "synthesis"
    compared = not isinstance(row, Outcome) or "open phase" not in row.design
    return "trial" if design.startswith("randomised") and compared else "series"
