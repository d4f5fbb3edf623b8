"""The examples that CONTRIBUTING gives: each fenced block that names a file is what the file gains."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"^```\w+ (?P<path>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def examples() -> dict[str, str]:
    """The text of every example by the path of its file."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return {found["path"]: found["text"] for found in _BLOCK.finditer(text)}
