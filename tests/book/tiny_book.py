"""Builds tiny books with the real command: a copy of the house around a few chapters of their own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).parent / "books"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Build:
    """How one build ended, and all that it printed."""

    code: int
    log: str

    @property
    def problems(self) -> list[str]:
        """The lines that name a fault: the last ones, after what says that the book was not built."""
        _, failed, told = self.log.partition("The book was not built. To be mended (")
        return told.splitlines()[1:] if failed else []

    @property
    def read(self) -> tuple[int, int, int]:
        """How many pages Sphinx found added, changed and removed."""
        found = re.search(r"(\d+) added, (\d+) changed, (\d+) removed", self.log)
        assert found, self.log
        return int(found[1]), int(found[2]), int(found[3])


class TinyBook:
    """A book in ``folder`` with the chapters of ``tests/book/books/<case>``, and our own everything else."""

    def __init__(self, folder: Path, case: str) -> None:
        self.root = folder
        self.html = folder / "_build" / "html"
        for tree in ("book", "evidence", "widgets"):
            shutil.copytree(ROOT / tree, folder / tree, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "requirements.txt", folder)
        shutil.copytree(CASES / case, folder / "chapters")
        self.list_chapters()

    def list_chapters(self) -> None:
        """Write the table of contents: the index, then every other page."""
        chapters = self.root / "chapters"
        names = (path.relative_to(chapters).with_suffix("").as_posix() for path in chapters.rglob("*.md"))
        pages = sorted(name for name in names if name != "index" and not name.startswith("unlisted"))
        lines = [
            "format: jb-book",
            "root: index",
            *(["chapters:"] if pages else []),
            *(f"- file: {p}" for p in pages),
        ]
        (self.root / "book" / "_toc.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def build(self, settings: Mapping[str, str] | None = None, umask: int = -1) -> Build:
        """Run ``python book/build.py``, with the copy's own evidence and widgets, and these settings besides."""
        return self._run([sys.executable, "book/build.py"], settings or {}, umask)

    def jupyter_book(self) -> Build:
        """Run the raw command, as the README gives it."""
        tool = str(Path(sys.executable).parent / "jupyter-book")
        toc = str(self.root / "book" / "_toc.yml")
        return self._run(
            [
                *(tool, "build", "chapters", "--path-output", ".", "--config", "book/_config.yml"),
                *("--toc", toc, "-W", "-n", "--keep-going"),
            ]
        )

    def _run(
        self, command: list[str], settings: Mapping[str, str] = MappingProxyType({}), umask: int = -1
    ) -> Build:
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root), **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
            umask=umask,
        )
        return Build(done.returncode, _ANSI.sub("", done.stdout))

    def page(self, name: str) -> BeautifulSoup:
        """A built page."""
        return BeautifulSoup((self.html / f"{name}.html").read_text(encoding="utf-8"), "html.parser")

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace text in one file of the copy; the text must stand there."""
        before = self.text(file)
        assert old in before, f"{file} does not hold {old!r}"
        (self.root / file).write_text(before.replace(old, new), encoding="utf-8")

    def text(self, file: str) -> str:
        """The text of one file of the copy."""
        return (self.root / file).read_text(encoding="utf-8")
