"""Reads the bibliography: who wrote what, and whether the record is complete enough to be cited."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import EvidenceError
from evidence.model import Reference
from evidence.source import folder, kept

# An entry from its @ to the next one at the beginning of a line.
_ENTRY = re.compile(r"^@\w+\s*\{(?P<key>[^,\n}]*).*?(?=^@|\Z)", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"\s*\w+\s*=")

if TYPE_CHECKING:
    from pybtex.database import Entry


@kept
def references() -> dict[str, Reference]:
    """Every bibliography entry by its key.

    Raises:
        EvidenceError: when the BibTeX file cannot be read.
    """
    return read_bibliography(folder() / "references.bib")


def read_bibliography(path: Path) -> dict[str, Reference]:
    """Every entry of one BibTeX file by its key.

    Raises:
        EvidenceError: when the file cannot be read.
    """
    # Parsing BibTeX takes longer than all tables together: only who asks for references pays for it.
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    where = f"data/{path.name}"
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise EvidenceError(f"{where}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise EvidenceError(f"{where}:{line}: is not UTF-8: save it as UTF-8") from None
    try:
        entries = parse_string(text, bib_format="bibtex").entries
    except PybtexError as error:
        raise EvidenceError(f"{where}{_broken(text, str(error))}") from None
    if told := _unbalanced(text):
        raise EvidenceError(f"{where}{told}")
    return {key: _reference(key, entry) for key, entry in entries.items()}


def _broken(text: str, told: str) -> str:
    """Line, entry and cure of what pybtex could not read: it names the place where it gave up, far below."""
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    first: dict[str, int] = {}
    for found in _ENTRY.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        key = found["key"].strip()
        if key.lower() in first:
            return f":{line}: the key {key} stands in line {first[key.lower()]} already: give this record its own"
        first[key.lower()] = line
        try:
            parse_string(found[0], "bibtex")
        except PybtexError as error:
            return f":{line}: the entry {key or 'without a key'} cannot be read: {_cure(found[0], str(error), line)}"
    return f": {told}"


def _unbalanced(text: str) -> str:
    """An entry with a brace too many, which BibTeX reads as its end: what follows would be lost without a word."""
    for found in _ENTRY.finditer(text):
        if found[0].count("{") != found[0].count("}"):
            line = text.count("\n", 0, found.start()) + 1
            return f":{line}: the entry {found['key'].strip()} cannot be read: {_cure(found[0], '', line)}"
    return ""


def _cure(entry: str, told: str, line: int) -> str:
    """What is probably wrong in an entry that pybtex cannot read."""
    if missing := entry.count("{") - entry.count("}"):
        what = "opening" if missing < 0 else "closing"
        return f"{abs(missing)} {what} brace{'s' if abs(missing) > 1 else ''} missing"
    lines = entry.split("\n")
    for number, (this, following) in enumerate(pairwise(lines)):
        if _FIELD.match(following) and number and not this.rstrip().endswith((",", "{")):
            return f"a comma is missing at the end of line {line + number}, {this.strip()[:60]!r}"
    if re.fullmatch(r"@\w+\s*\{[^,]*", lines[0].strip()):
        return "a comma is missing after its key"
    if found := re.match(r"syntax error in line (\d+): (.*)", told):
        at = int(found[1])
        return f"{found[2]} in line {line + at - 1}, {lines[at - 1].strip()[:60]!r}"
    return told.partition("\n")[0]


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
