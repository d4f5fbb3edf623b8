"""The examples in docstrings run, and give what they say."""

from __future__ import annotations

import doctest
import importlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXTENSIONS = ROOT / "book" / "_ext"
# The extensions are not an installed package.
sys.path.insert(0, str(EXTENSIONS))
WITH_EXAMPLES = [
    path
    for room in ("evidence", "widgets", "book")
    for path in sorted((ROOT / room).rglob("*.py"))
    if re.search(r"^\s*>>> ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_example_gives_what_it_says(path: Path) -> None:
    within = EXTENSIONS if path.is_relative_to(EXTENSIONS) else ROOT
    name = ".".join(path.relative_to(within).with_suffix("").parts).removesuffix(".__init__")
    tried = doctest.testmod(importlib.import_module(name))
    assert tried.attempted
    assert tried.failed == 0
