"""What a notebook's outputs lean on beside its own cells, and whether that has changed since.

The inputs are a mapping from a name to a digest. The name is a path below the root: of a file its content counts, of a
folder (with a slash at its end) the names of the files in it. Or it is ``row <id>``, a row of the evidence, or
``cells <path>``, a page of which the code cells alone count. The lock and the version of Python stand for everything outside
the root.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from evidence import Derived, EvidenceError, bound
from evidence.derived import figures
from widgets.text.cells import cells

LOCK, TABLES = "requirements.txt", "evidence/data"
_ROW, _CELLS = "row ", "cells "
#: Folders whose files come from a build or an installation.
_MADE = {"_build", ".venv", "__pycache__", ".git", ".ipynb_checkpoints"}
_PASSING = re.compile(r"\..*|.*~|#.*#").fullmatch
_GONE = "gone"


def inputs(root: Path, record: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The digests of what a record names (see `recorder`), as far as it belongs to the project, and of the lock."""
    root = root.resolve()
    names = {
        LOCK,
        *_below(root, record["files"]),
        *(f"{name}/" for name in _below(root, record["folders"])),
        *(f"{TABLES}/{table}" for table in record["tables"]),
        *(f"{_ROW}{row}" for row in record["rows"]),
        *(f"{_CELLS}{name}" for name in _below(root, record["cells"])),
    }
    return {name: digest(root, name) for name in sorted(names)}


def _below(root: Path, paths: Iterable[str]) -> set[str]:
    relative = (Path(path).relative_to(root) for path in paths if Path(path).is_relative_to(root))
    return {path.as_posix() for path in relative if not _MADE & set(path.parts)}


def changed(root: Path, known: Mapping[str, str]) -> list[str]:
    """The names of the inputs that are no longer what they were."""
    return [name for name, was in known.items() if digest(root, name) != was]


def digest(root: Path, name: str) -> str:
    """Ten hexadecimal digits of one input as it is now."""
    if name.startswith(_ROW):
        return _row(name.removeprefix(_ROW))
    if name.startswith(_CELLS):
        return _cells(root / name.removeprefix(_CELLS))
    path = root / name
    if name.endswith("/"):
        return _folder(path, path.stat().st_mtime_ns) if path.is_dir() else _GONE
    if not path.is_file():
        return _GONE
    seen = path.stat()
    return _file(path, seen.st_mtime_ns, seen.st_size, sys.version_info[:2] if name == LOCK else None)


@cache
def _file(path: Path, changed_at: int, size: int, python: tuple[int, ...] | None) -> str:
    return hashlib.sha256(path.read_bytes() + repr(python or "").encode()).hexdigest()[:10]


@cache
def _row(row_id: str) -> str:
    try:
        entry = bound(row_id)
        said = repr((entry, figures(entry)) if isinstance(entry, Derived) else entry)
        return hashlib.sha256(said.encode()).hexdigest()[:10]
    except EvidenceError:
        return _GONE


def _cells(path: Path) -> str:
    if not path.is_file():
        return _GONE
    code = "\n".join(cell.code for cell in cells(path.read_text(encoding="utf-8")))
    return hashlib.sha256(code.encode()).hexdigest()[:10]


@cache
def _folder(path: Path, changed_at: int) -> str:
    # What Python, editors and desktops leave beside the content is none.
    names = sorted(name for one in path.iterdir() if (name := one.name) not in _MADE and not _PASSING(name))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:10]
