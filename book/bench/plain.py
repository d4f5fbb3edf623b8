"""The baseline: the same chapters in a plain Jupyter Book 1, with its own theme and its default settings."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "_build" / "bench" / "plain"
PAGES = SOURCE / "_build" / "html"
#: What a book with a bibliography cannot do without; everything else stays at its default.
CONFIG = "title: The same course in a plain Jupyter Book\nbibtex_bibfiles: [references.bib]\n"


def command() -> list[str]:
    """The plain build; our directives and roles are unknown to it and only warn."""
    return [str(Path(sys.executable).parent / "jupyter-book"), "build", str(SOURCE)]


def prepare() -> None:
    """Copy the chapters to a folder where nothing is built yet."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    shutil.copytree(ROOT / "chapters", SOURCE, ignore=shutil.ignore_patterns(".*", "README.md"))
    shutil.copy(ROOT / "evidence" / "data" / "references.bib", SOURCE)
    shutil.copy(ROOT / "book" / "_toc.yml", SOURCE)
    (SOURCE / "_config.yml").write_text(CONFIG, encoding="utf-8")


def check() -> None:
    """End the program when no page came of it, or one without its figures: too light to compare with."""
    if not (PAGES / "index.html").exists():
        sys.exit(f"The plain Jupyter Book in {SOURCE} was not built.")
    if failed := sorted(path.name for path in (PAGES / "reports").rglob("*.log")):
        sys.exit(f"In the plain Jupyter Book code failed ({', '.join(failed)}): see {PAGES / 'reports'}")
