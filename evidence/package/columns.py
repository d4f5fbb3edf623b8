"""The columns of every table and the words that may stand in them, for a reader, made from the schema."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from evidence.package.schema import FORMS
from evidence.source import DATA

COLUMNS = Path(__file__).parents[1] / "COLUMNS.md"
_TOP = """# The columns of the evidence

Made from `data/datapackage.json` by `python -m evidence.package --write`; never edited by hand. A column in bold
must be filled. An empty cell elsewhere means "not in the text read".
"""


def describe(folder: Path = DATA) -> str:
    """Markdown: a section a table, a line a column."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {one["name"]: one for one in package["resources"] if "schema" in one}
    sections = [_section(resource, schemas, folder) for resource in schemas.values()]
    return "\n".join([_TOP, *sections])


def _section(resource: dict[str, Any], schemas: dict[str, dict[str, Any]], folder: Path) -> str:
    keys = {key["fields"]: key["reference"] for key in resource["schema"].get("foreignKeys", [])}
    lines = [f"## {resource['path']}", "", resource["description"], "", "| column | holds |", "|---|---|"]
    for field in resource["schema"]["fields"]:
        limits = field.get("constraints", {})
        name = f"**{field['name']}**" if limits.get("required") else field["name"]
        told = [field.get("description", ""), _allowed(field, keys, schemas, folder)]
        lines.append(f"| {name} | {' '.join(part for part in told if part).replace('|', '/')} |")
    return "\n".join([*lines, ""])


def _allowed(
    field: dict[str, Any],
    keys: dict[str, dict[str, str]],
    schemas: dict[str, dict[str, Any]],
    folder: Path,
) -> str:
    """What may stand in a cell, in words."""
    limits = field.get("constraints", {})
    if "enum" in limits:
        return f"One of: {_words(limits['enum'])}."
    if field["type"] == "boolean":
        return "yes or no."
    reference = keys.get(field["name"])
    if reference:
        path = schemas[reference["resource"]]["path"]
        if reference["fields"] == "key":
            return f"A key of {path}."
        with (folder / path).open(encoding="utf-8", newline="") as file:
            terms = [row[reference["fields"]] for row in csv.DictReader(file)]
        return f"A term of {path}: {_words(terms)}."
    if field["type"] in ("integer", "number"):
        whole = "A whole number" if field["type"] == "integer" else "A number, with a point (10.5)"
        ends = [
            f"{word} {limits[end]}" for end, word in (("minimum", "from"), ("maximum", "to")) if end in limits
        ]
        return " ".join([whole, *ends]) + "."
    if limits.get("pattern") in FORMS:
        return f"{FORMS[limits['pattern']].asks}."
    return ""


def _words(terms: list[str]) -> str:
    return ", ".join(f"`{term}`" for term in terms)
