"""Reads the bibliography: who wrote what, and whether the record is complete enough to be cited."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import EvidenceError
from evidence.model import Reference
from evidence.tables import DATA

if TYPE_CHECKING:
    from pybtex.database import Entry

BIBLIOGRAPHY = DATA / "references.bib"


@cache
def references() -> dict[str, Reference]:
    """Every bibliography entry by its key.

    Raises:
        EvidenceError: when the BibTeX file cannot be read.
    """
    return read_bibliography(BIBLIOGRAPHY)


def read_bibliography(path: Path) -> dict[str, Reference]:
    """Every entry of one BibTeX file by its key.

    Raises:
        EvidenceError: when the file cannot be read.
    """
    # Parsing BibTeX takes longer than all tables together: only who asks for references pays for it.
    from pybtex.database import parse_file
    from pybtex.exceptions import PybtexError

    try:
        entries = parse_file(str(path), bib_format="bibtex", encoding="utf-8").entries
    except (PybtexError, OSError, UnicodeDecodeError) as error:
        raise EvidenceError(f"data/{path.name}: {error}") from None
    return {key: _reference(key, entry) for key, entry in entries.items()}


def _reference(key: str, entry: Entry) -> Reference:
    fields = {name.lower(): _plain(value) for name, value in entry.fields.items()}
    people = entry.persons.get("author", []) or entry.persons.get("editor", [])
    authors = tuple(_plain(" ".join([*person.prelast_names, *person.last_names])) for person in people)
    title = fields.get("title", "")
    container = next(
        (fields[name] for name in ("journal", "booktitle", "howpublished", "publisher") if fields.get(name)),
        "",
    )
    return Reference(
        key=key,
        type=entry.type,
        authors=tuple(name for name in authors if name != "others"),
        title=title,
        container=container,
        year=fields.get("year", ""),
        doi=fields.get("doi", ""),
        pmid=fields.get("pmid", ""),
        url=fields.get("url", ""),
        complete=_is_complete(entry.type, fields, bool(authors)),
    )


def _is_complete(kind: str, fields: dict[str, str], has_authors: bool) -> bool:
    """Whether a reader could find the source from what would be printed."""
    title = fields.get("title", "")
    # A title in square brackets is our description, not the source's own.
    if not title or title.startswith("["):
        return False
    in_print = all(fields.get(name) for name in ("journal", "volume", "pages"))
    if not (fields.get("doi") or fields.get("url") or in_print):
        return False
    return kind != "article" or (has_authors and all(fields.get(name) for name in ("journal", "year")))


def _plain(text: str) -> str:
    """BibTeX markup turned into plain text."""
    from pybtex.richtext import Text

    return str(Text.from_latex(text)) if any(mark in text for mark in "\\{}$~") else text
