"""The bibliography as a table, made from ``references.bib``, and its duplicates."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from evidence.bibliography import read_bibliography
from evidence.errors import EvidenceError
from evidence.model import Reference
from evidence.package.cells import Table
from evidence.package.fault import Fault

COLUMNS = ("key", "type", "authors", "title", "container", "year", "doi", "pmid", "url", "complete")

_MEND = "not in step with references.bib; run python -m evidence.package --write"


def references_csv(references: dict[str, Reference]) -> str:
    """The bibliography as CSV text, sorted by key."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key in sorted(references):
        entry = references[key]
        cells = {**entry.model_dump(), "authors": "; ".join(entry.authors)}
        cells["complete"] = "yes" if entry.complete else "no"
        writer.writerow([cells[column] for column in COLUMNS])
    return out.getvalue()


def write_references(folder: Path) -> None:
    """Make ``references.csv`` anew from ``references.bib``.

    Raises:
        EvidenceError: when the BibTeX file cannot be read.
    """
    text = references_csv(read_bibliography(folder / "references.bib"))
    (folder / "references.csv").write_text(text, encoding="utf-8", newline="\n")


def bibliography_faults(folder: Path, lookalikes: Table) -> Iterator[Fault]:
    """Whether the table is in step with the bibliography, and no source stands in it twice."""
    source, table = folder / "references.bib", folder / "references.csv"
    try:
        references = read_bibliography(source)
    except EvidenceError as error:
        yield Fault(source, 0, str(error).partition(": ")[2])
        return
    lines = table.read_text(encoding="utf-8").split("\n")
    wanted = references_csv(references).split("\n")
    for number, (have, want) in enumerate(zip(lines, wanted, strict=False), 1):
        if have != want:
            key = (have or want).partition(",")[0]
            yield Fault(table, number, f"{key}: {_MEND}")
            return
    if len(lines) != len(wanted):
        yield Fault(table, len(lines), _MEND)
    distinct = [set(line.cells["keys"].split(";")) for line in lookalikes.lines]
    yield from _twice(source, references, distinct)


def _twice(source: Path, references: dict[str, Reference], distinct: list[set[str]]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for key, entry in references.items():
        marks = {
            "DOI": entry.doi.lower(),
            "PubMed number": entry.pmid,
            "title": re.sub(r"[^a-z0-9]+", "", entry.title.lower()),
            "address": re.sub(r"^https?://(www\.)?|[/?]+$", "", entry.url.lower()),
        }
        for what, mark in marks.items():
            if not mark:
                continue
            first = seen.setdefault((what, mark), key)
            if first != key and not any({first, key} <= known for known in distinct):
                yield Fault(
                    source,
                    _line_of(source, key),
                    f"{key} has the {what} of {first}: one source, one entry; "
                    "if they are two, say why in lookalikes.csv",
                )
                break


def _line_of(source: Path, key: str) -> int:
    text = source.read_text(encoding="utf-8")
    return text.count("\n", 0, max(text.find(f"{{{key},"), 0)) + 1
