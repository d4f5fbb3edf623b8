"""The evidence as a Frictionless data package, checked from its bytes to what its figures say.

``evidence/data/datapackage.json`` describes every table: types, units, vocabularies, foreign keys. `validate`
holds the files against it, and against what no schema can say; ``python -m evidence.package`` does so from
the command line and then asks Frictionless itself. Nothing here changes a table, save ``--write``, which
makes the table of references anew.
"""

from evidence.fault import Fault
from evidence.package.references import write_references
from evidence.package.validation import tidy_tables, validate

__all__ = ["Fault", "tidy_tables", "validate", "write_references"]
