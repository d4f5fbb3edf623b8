"""The record of what was read: ``chapters/signed.csv``, a line a place, sorted, so that two readers' work can be merged."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints, ValidationInfo, field_validator
from typing_extensions import override

from book.signing.places import ROOT, Key, Place
from evidence.errors import EvidenceError
from evidence.model import Entry
from evidence.tables import read_table

SIGNED = "chapters/signed.csv"
Said = Literal["right", "slip", "mended"]
#: What a sentence said otherwise than its row.
Kind = Literal["", "figure", "counted", "group", "time", "judge", "unit", "source", "certainty", "other"]
Reader = Literal["author", "reader", "clinician", "educator", "statistician"]
#: How a place stands: as a reader found it; changed since; not read yet.
Standing = Literal["right", "slip", "mended", "changed", "unread"]
_Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{12}$")]
_File = Annotated[str, StringConstraints(pattern=r"^chapters/\S+\.(md|yml)$")]
_Row = Annotated[str, StringConstraints(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]


class _Verdict(Entry):
    """A verdict and, where a sentence slipped, in what."""

    verdict: Literal["", Said]
    kind: Kind

    @field_validator("kind")
    @classmethod
    def _of_a_slip(cls, kind: Kind, info: ValidationInfo) -> Kind:
        verdict = info.data.get("verdict")
        if verdict in ("slip", "mended") and not kind:
            raise ValueError(f"a {verdict} place needs the kind of its slip")
        if verdict == "right" and kind:
            raise ValueError("a place that is right has no kind of slip; write slip or mended")
        return kind


class Signed(_Verdict):
    """What a reader found at a place; ``sentence`` and ``evidence`` are digests of what was read, never edited."""

    file: _File
    row: _Row
    sentence: _Digest
    evidence: _Digest
    verdict: Said
    read: datetime.date
    reader: Reader
    note: str

    @property
    def key(self) -> Key:
        """The place."""
        return Key(self.file, self.row, self.sentence)

    @property
    @override
    def known_by(self) -> str:
        return " ".join(self.key)


class Verdict(_Verdict):
    """A reader's line on one place, named by its mark; one without a verdict is not read yet."""

    place: str
    note: str

    @property
    @override
    def known_by(self) -> str:
        return self.place


#: The columns of the record, in order.
COLUMNS = ("file", "row", "sentence", "evidence", "verdict", "kind", "read", "reader", "note")


def read(root: Path = ROOT) -> dict[Key, Signed]:
    """The record, by place.

    Raises:
        EvidenceError: with file and line, when a line is malformed or a place stands twice.
    """
    return {line.key: line for line in read_table(root / SIGNED, Signed)}


def faults(root: Path = ROOT) -> Iterator[str]:
    """What keeps the record from being read, in one line; that something is not read yet is none."""
    try:
        read(root)
    except EvidenceError as error:
        yield str(error)


def write(lines: Iterable[Signed], root: Path = ROOT) -> None:
    """Write the record, sorted by place."""
    (root / SIGNED).write_text(
        table(COLUMNS, (line.model_dump() for line in sorted(lines, key=lambda line: line.key))),
        encoding="utf-8",
        newline="\n",
    )


def table(columns: Iterable[str], rows: Iterable[dict[str, object]]) -> str:
    """Rows as CSV text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def standing(places: Iterable[Place], record: dict[Key, Signed]) -> Iterator[tuple[Place, Standing]]:
    """How each place of one file stands; one whose sentence or row is not what was read has changed."""
    places = list(places)
    now = {place.key for place in places}
    before = {(key.file, key.row) for key in record.keys() - now}
    for place in places:
        line = record.get(place.key)
        if line is None:
            yield place, "changed" if place.key[:2] in before else "unread"
        else:
            yield place, line.verdict if line.evidence == place.evidence else "changed"
