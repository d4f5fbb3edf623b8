"""Tells the records that are known from those that are new: by DOI, by PubMed number, else by title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from evidence.bibliography import references
from evidence.reading.exports import Record
from evidence.tables import reading_queue

# A shorter title is shared by many texts.
_FEWEST_WORDS = 4


class Found(NamedTuple):
    """A record, and what it is known as: a bibliography key or an entry of the queue; both empty when it is new.

    ``by``: DOI, PubMed number or title.
    """

    record: Record
    known: str = ""
    by: str = ""


class _Known:
    """Names by what tells a text from others."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._dois: dict[str, str] = {}

    def add(self, name: str, doi: str, pmid: str, title: str) -> None:
        for mark in _marks(doi, pmid, title):
            self._names.setdefault(mark, name)
        self._dois.setdefault(name, doi.casefold())

    def find(self, record: Record) -> Found:
        for by, mark in _marks(record.doi, record.pmid, record.title):
            name = self._names.get((by, mark), "")
            # One title with two DOIs is a reply, an erratum or a preprint: another text.
            if name and not (
                by == "title" and record.doi and self._dois[name] not in ("", record.doi.casefold())
            ):
                return Found(record, name, by)
        return Found(record)


def _marks(doi: str, pmid: str, title: str) -> list[tuple[str, str]]:
    words = re.findall(r"\w+", title.casefold())
    told = "" if title.startswith("[") and title.endswith("]") else " ".join(words)
    marks = [("DOI", doi.casefold()), ("PubMed number", pmid), ("title", told)]
    return [(by, mark) for by, mark in marks if mark and (by != "title" or len(words) >= _FEWEST_WORDS)]


def sort(records: Iterable[Record]) -> tuple[list[Found], list[Record]]:
    """The records that are known, and the new ones, each once."""
    known = _Known()
    for key, source in references().items():
        known.add(key, source.doi, source.pmid, source.title)
    for entry in reading_queue():
        known.add(entry.id, entry.doi, entry.pmid, entry.title)
    old: list[Found] = []
    new: list[Record] = []
    for record in records:
        found = known.find(record)
        if found.known:
            old.append(found)
        else:
            new.append(record)
            known.add("this export", record.doi, record.pmid, record.title)
    return old, new
