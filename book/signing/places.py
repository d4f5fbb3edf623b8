"""The places that print a bound number, each beside what its row says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from evidence import Derived, EvidenceError, bound, readings
from evidence.derived import figures
from widgets.number import note
from widgets.text.sentences import Sentence, sentences

ROOT = Path(__file__).resolve().parents[2]
#: Where a row was found, and how the risk explorer shows it, change nothing of what it says.
_NOT_SAID = {"id", "read_at", "link", "gain", "left_out", "best_copy", "read_first", "read_again", "settled"}
_LETTERS = "bcdfghjkmnpqrstvwxz"
_DIGEST = 12


class Key(NamedTuple):
    """What a verdict is given on: a file, a row, and the digest of a sentence."""

    file: str
    row: str
    sentence: str


class Place:
    """A sentence of a file beside one row that it is bound to."""

    def __init__(self, file: str, sentence: Sentence, row: str) -> None:
        self.sentence = sentence
        self.row = row
        self.key = Key(file, row, _digest(sentence.text))

    @cached_property
    def evidence(self) -> str:
        """The digest of what the row says today."""
        return _digest(_said(self.row))

    @cached_property
    def mark(self) -> str:
        """Six letters that name the sentence and the row as they are today; no spreadsheet takes them for a number."""
        number = int(_digest("\n".join([*self.key, self.evidence])), 16)
        letters = []
        for _ in range(6):
            number, rest = divmod(number, len(_LETTERS))
            letters.append(_LETTERS[rest])
        return "".join(letters)

    @property
    def told(self) -> list[str]:
        """What the row says, in lines for a reader."""
        lines = note(bound(self.row))
        cells = (
            f"{name} {value}"
            for name, value in _filled(self.row)
            if value not in " ".join(lines) or len(value) < 4
        )
        return [*lines, "; ".join(cells)]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]


def _filled(row_id: str) -> list[tuple[str, str]]:
    """The filled cells of a row that say something of the world, not of where it was found."""
    return [
        (name, str(value))
        for name, value in bound(row_id)
        if name not in _NOT_SAID and value not in (None, "", ())
    ]


def _said(row_id: str) -> str:
    """A row and its second reading; a column that is added changes nothing until it is filled."""
    entry = bound(row_id)
    cells = _filled(row_id)
    if isinstance(entry, Derived):
        cells += [(name, f"{value:.6g}") for name, value in figures(entry).items()]
    for name, value in readings().get(row_id, ()):
        if name not in _NOT_SAID and value not in (None, "", ()):
            cells.append((f"read {name}", str(value)))
    return "\n".join(f"{name}: {value}" for name, value in cells)


def files(root: Path = ROOT) -> list[str]:
    """Every file that may print a bound number, as seen from the root."""
    chapters = root / "chapters"
    return [
        path.relative_to(root).as_posix()
        for path in sorted(chapters.rglob("*"))
        if path.suffix in {".md", ".yml"} and ".ipynb_checkpoints" not in path.parts
    ]


def places(file: str, root: Path = ROOT) -> list[Place]:
    """The places of a file in its order; what it says twice in the same words is one place.

    Raises:
        EvidenceError: when the file cannot be read, or names a row that does not exist.
    """
    return list({place.key: place for place in _places(file, root)}.values())


def _places(file: str, root: Path) -> Iterator[Place]:
    for sentence in sentences(root / file):
        for row in sentence.figures:
            try:
                bound(row)
            except EvidenceError as error:
                raise EvidenceError(f"{file}:{sentence.line}: {error}") from None
            yield Place(file, sentence, row)
