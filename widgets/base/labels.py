"""How studies and procedures are named and coloured: the same in every widget."""

from __future__ import annotations

from evidence import procedures, references, studies

#: The colour token of a procedure, where it has one of its own.
_TONES = {
    "spd": "spd",
    "spd_taira": "spd",
    "spd_myotomy": "spd",
    "dbs_gpi": "dbs-gpi",
    "dbs_stn": "dbs-stn",
    "pallidothalamic_tractotomy": "lesion",
}
_LONGEST_LABEL = 30
_DESIGNS = {
    "comparison-non-randomised": "comparison, not randomised",
    "individual-patient-meta-analysis": "meta-analysis of individual patients",
    "meta-analysis": "meta-analysis",
    "network-meta-analysis": "network meta-analysis",
    "randomised-sham-controlled": "randomised, sham-controlled trial",
    "registry-or-national": "national records",
    "within-person": "comparison within each person",
}


def study_label(study: str) -> str:
    """First author and year; a title that stands in for an author is cut at a word."""
    reference = references().get(study)
    label = reference.label if reference else study
    if len(label) <= _LONGEST_LABEL:
        return label
    title, _, year = label.rpartition(" ")
    return f"{title[: _LONGEST_LABEL - 8].rpartition(' ')[0]}… {year}"


def procedure_label(procedure: str) -> str:
    """A procedure in words."""
    return procedures()[procedure].label


def tone(procedure: str) -> str:
    """The colour token's ending for a procedure, empty where it has none of its own."""
    return _TONES.get(procedure, "")


def design_label(study: str) -> str:
    """How a study was made, in words; empty where no table says."""
    known = studies().get(study)
    return _DESIGNS.get(known.design, known.design.replace("-", " ")) if known else ""
