"""Runs in the kernel of a notebook, before its first cell: notes what the notebook leans on.

An audit hook sees every file that is opened, every folder that is listed, which pages are looked at for their code cells
alone, and which rows of the evidence are used; the modules are those that Python knows in the end. Scripts and styles that are read while a module is imported are the front ends of widgets: they stand in no
output (a downloaded notebook is given the present ones), so that an edit of theirs leaves the outputs good.

Run with `runpy.run_path`, which leaves no name in the notebook; it needs nothing but the standard library.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

#: The event by which the process that executes the notebook asks for the record; its argument is the file to write.
DONE = "notebook.done"
_FRONT_END = (".js", ".css")

#: Python's own look for modules and packages: not what a notebook asks for.
_PYTHONS_OWN = ("<frozen importlib._bootstrap", "importlib/metadata", "importlib_metadata", "pkgutil.py")
_PASSED_ON_BY = ("pathlib", "zipfile", "<frozen os>", "os.py", "contextlib.py", "<frozen zipimport>")

_opened: set[str] = set()
_listed: set[str] = set()
_cells: set[str] = set()
_rows: set[str] = set()
_tables: set[str] = set()
_indexing = False


def _frames(frame: FrameType | None) -> Iterator[str]:
    """The files of the code that led here, the nearest first."""
    while frame is not None:
        yield frame.f_code.co_filename.replace("\\", "/")
        frame = frame.f_back


def _is_pythons_own(frame: FrameType) -> bool:
    asks = next((file for file in _frames(frame) if not any(part in file for part in _PASSED_ON_BY)), "")
    return any(part in asks for part in _PYTHONS_OWN)


def _importing(frame: FrameType) -> bool:
    return any(file.startswith("<frozen importlib._bootstrap") for file in _frames(frame))


def _noted(event: str, arguments: tuple[Any, ...]) -> None:
    global _indexing
    if event == "open":
        name, _, flags = arguments
        if isinstance(name, int) or not isinstance(flags, int) or flags & (os.O_WRONLY | os.O_RDWR):
            return
        caller = sys._getframe(1)
        path = os.path.realpath(os.fsdecode(name))
        front_end = path.endswith(_FRONT_END) and _importing(caller)
        if not (_indexing or front_end or _is_pythons_own(caller)):
            _opened.add(path)
    elif event in {"os.listdir", "os.scandir"}:
        folder = "." if arguments[0] is None else arguments[0]
        if not (isinstance(folder, int) or _is_pythons_own(sys._getframe(1))):
            _listed.add(os.path.realpath(os.fsdecode(folder)))
    elif event == "evidence.indexing":
        _indexing = arguments[0]
    elif event == "evidence.table" and not _indexing:
        _tables.add(arguments[0])
    elif event == "evidence.row":
        _rows.add(arguments[0])
    elif event == "page.cells":
        _cells.add(os.path.realpath(arguments[0]))
    elif event == DONE:
        modules = {
            os.path.realpath(file)
            for module in list(sys.modules.values())
            if (file := getattr(module, "__file__", None))
        }
        record = {
            "files": sorted((_opened | modules) - _cells),
            "cells": sorted(_cells),
            "folders": sorted(_listed),
            "tables": sorted(_tables),
            "rows": sorted(_rows),
        }
        Path(arguments[0]).write_text(json.dumps(record), encoding="utf-8")


# A hook cannot be taken out again: only the kernel has one, not who imports this module for its names.
if __name__ == "<run_path>":
    sys.addaudithook(_noted)
    # A stream that is closed while a message is on its way, as a kernel ends, is nothing that a reader could mend.
    logging.getLogger("tornado.general").setLevel(logging.CRITICAL)
