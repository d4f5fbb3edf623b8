"""The bibliography as a table, made from ``references.bib``, and its duplicates."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from evidence.bibliography import read_bibliography
from evidence.cells import Table
from evidence.errors import EvidenceError
from evidence.fault import Fault, shown
from evidence.model import Reference

COLUMNS = ("key", "type", "authors", "title", "container", "year", "doi", "pmid", "url", "complete")

_MEND = "run python -m evidence.package --write, which makes this table anew"
_ADDRESS = re.compile(
    r"""^\s*(?P<field>url)\s*=\s*[{"]+(?P<address>[^}"\n]*)""", re.MULTILINE | re.IGNORECASE
)
_WEB = re.compile(r"https?://\S+")


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


def addresses(folder: Path) -> Iterator[Fault]:
    """Every address of the bibliography that is no web address: it would become a link that readers press.

    It is read without parsing BibTeX, so that every build can ask.
    """
    source = folder / "references.bib"
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return  # `read_bibliography` says so
    for found in _ADDRESS.finditer(text):
        address = found["address"].strip()
        if not _WEB.fullmatch(address):
            line = text.count("\n", 0, found.start("field")) + 1
            yield Fault(source, line, f"url is {shown(address)}, no web address: begin it with https://")


def bibliography_faults(folder: Path, table: Table, lookalikes: Table) -> Iterator[Fault]:
    """Whether the table is in step with the bibliography, and no source stands in it twice."""
    source = folder / "references.bib"
    try:
        references = read_bibliography(source)
    except EvidenceError as error:
        yield _placed(source, str(error))
        return
    if out_of_step := _out_of_step(source, references, table):
        yield out_of_step
        return
    distinct = [set(line.cells["keys"].split(";")) for line in lookalikes.lines]
    yield from _twice(source, references, distinct)


def _out_of_step(source: Path, references: dict[str, Reference], table: Table) -> Fault | None:
    """The first record that the table has not, has no more, or has otherwise."""
    have = {line.cells["key"]: line for line in table.lines}
    wanted = {
        cells["key"]: cells for cells in csv.DictReader(io.StringIO(references_csv(references), newline=""))
    }
    for key in wanted:
        if key not in have:
            at = _line_of(source, key)
            return Fault(table.path, 0, f"{key} of references.bib (line {at}) is not in it yet: {_MEND}")
    for key, line in have.items():
        if key not in wanted:
            return table.fault(line, f"{key} is not in references.bib any more: {_MEND}")
        changed = [column for column, cell in wanted[key].items() if line.cells[column] != cell]
        if changed:
            what = f"the {changed[0]} of {key} is another in references.bib (line {_line_of(source, key)})"
            return table.fault(line, f"{what}: {_MEND}")
    if list(have) != list(wanted):
        return Fault(table.path, 0, f"its rows are not sorted by key: {_MEND}")
    return None


def _placed(source: Path, told: str) -> Fault:
    """The fault that `read_bibliography` raised, in its line."""
    where, _, text = told.partition(": ")
    line = where.rpartition(":")[2]
    return Fault(source, int(line) if line.isdigit() else 0, text)


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
