"""The one error of this package: a fault in the data, or a number the data do not bear out."""


class EvidenceError(ValueError):
    """One line for the person who can mend it: where, what, and what would be right."""
