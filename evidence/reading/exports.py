"""Reads the records of a literature export: MEDLINE as PubMed saves it (.nbib, .txt), or RIS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.errors import EvidenceError
from evidence.fault import shown

#: An export is read whole: a larger one should be a narrower search.
LARGEST = 50_000_000
_MEDLINE = re.compile(r"^PMID- ", re.MULTILINE)
_RIS = re.compile(r"^TY {2}- ", re.MULTILINE)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# What no cell of a table may hold: control characters, marks that cannot be seen, and what a spreadsheet would run.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_LONGEST = 500


@dataclass(frozen=True)
class Record:
    """What an export says of one text; empty where it says nothing. ``authors``: family names, joined by "; "."""

    title: str
    authors: str = ""
    container: str = ""
    year: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""


def read_export(path: Path) -> list[Record]:
    """The records of a file, in its order; those without a title are left out.

    Raises:
        EvidenceError: one line, when the file cannot be read or is no such export.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EvidenceError(f"{path.name}: cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise EvidenceError(
            f"{path.name}: is larger than {LARGEST // 1_000_000} MB: export a narrower search"
        )
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise EvidenceError(f"{path.name}:{line}: is not UTF-8: export it as UTF-8") from None
    if _MEDLINE.search(text):
        kind, parse = "MEDLINE", _medline
    elif _RIS.search(text):
        kind, parse = "RIS", _ris
    else:
        raise EvidenceError(
            f"{path.name}: holds no record: export as PubMed (.nbib, MEDLINE) or RIS, not as a list or a summary"
        )
    try:
        return [record for record in parse(text) if record.title]
    except Exception as error:  # the parsers fail in many ways on odd input; to a reader they are one
        told = " ".join(str(error).split())[:120]
        raise EvidenceError(
            f"{path.name}: cannot be read as {kind}: {told or type(error).__name__}"
        ) from None


def _medline(text: str) -> Iterator[Record]:
    import nbib

    # The parser knows no LID, where newer records have their DOI; it loses a last record that no empty line ends.
    for source in re.split(r"\n{2,}", text.strip().replace("\nLID - ", "\nAID - ")):
        try:
            (entry,) = nbib.read(source + "\n\n")
        except Exception as error:
            raise ValueError(f"the record {shown(source.partition(chr(10))[0])}: {error!r}") from None
        names = [author.get("last_name") or author.get("author", "") for author in entry.get("authors", [])]
        names = names or [entry.get("corporate_author", "")]
        yield _record(
            title=entry.get("title", ""),
            names=names,
            container=entry.get("journal") or entry.get("journal_abbreviated", ""),
            year=entry.get("publication_date", ""),
            doi=entry.get("doi", ""),
            pmid=entry.get("pubmed_id", ""),
        )


def _ris(text: str) -> Iterator[Record]:
    import rispy

    for entry in rispy.loads(text):
        number = str(entry.get("accession_number", ""))
        yield _record(
            title=entry.get("title") or entry.get("primary_title", ""),
            names=[name.split(",")[0] for name in entry.get("authors") or entry.get("first_authors", [])],
            container=entry.get("secondary_title")
            or entry.get("journal_name")
            or entry.get("alternate_title3", ""),
            year=entry.get("year") or entry.get("publication_year", ""),
            doi=entry.get("doi", ""),
            # Other databases have letters in their numbers.
            pmid=number if re.fullmatch(r"\d{1,8}", number) else "",
            url=next((url for url in entry.get("urls", []) if re.fullmatch(r"https?://\S+", url)), ""),
        )


def _record(
    *, title: Any, names: list[Any], container: Any, year: Any, doi: Any, pmid: Any, url: str = ""
) -> Record:
    """A record in the form that the tables keep: every cell clean, no formula, no address around a DOI."""
    doi_found, year_found = _DOI.search(str(doi)), _YEAR.search(str(year))
    return Record(
        title=_cell(title).rstrip("."),
        authors="; ".join(filter(None, map(_cell, names)))[:_LONGEST].rstrip("; "),
        container=_cell(container),
        year=year_found[0] if year_found else "",
        doi=doi_found[0].rstrip(".,;") if doi_found else "",
        pmid=_cell(pmid) if str(pmid).isdigit() else "",
        url=_cell(url) if not doi_found and not pmid else "",
    )


def _cell(value: Any) -> str:
    return " ".join(_UNSEEN.sub(" ", str(value)).split()).lstrip("=+-@ ")[:_LONGEST].rstrip()
