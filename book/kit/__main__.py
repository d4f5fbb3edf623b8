"""Packs the kit: ``python -m book.kit``, after the book and the slides are built.

The archive holds a start page, the book, the decks, and as PDF (where there is a Chromium) every sheet to print.
Same input, same bytes: entries stand in order, and carry the date of the release.
"""

from __future__ import annotations

import datetime
import re
import shutil
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from book.kit.printing import print_pages
from tests.chromium import find
from widgets.base.front_end import TOKENS, template
from widgets.quiz.linter.chapter import read_chapter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from publishing.pages.contact import read_contact  # noqa: E402  (the extensions are not an installed package)
from publishing.pages.review import status_of_course  # noqa: E402

BUILD = ROOT / "_build"
PAGES, DECKS = BUILD / "html", BUILD / "slides"
NAME = "cervical-dystonia-course-kit"
FOLDER = BUILD / "kit" / NAME
ARCHIVE = BUILD / "kit" / f"{NAME}.zip"
#: Where a PDF lies in the kit, and the page of the book that it is printed from.
SHARED = {
    "before-the-session": "sessions/before-the-session.html",
    "decision-worksheet": "sessions/deciding-worksheet.html",
    "voting-cards": "sessions/voting-cards.html",
    "evaluation-form": "sessions/evaluation-form.html",
}


@dataclass(frozen=True)
class Session:
    """One session, as the start page lists it."""

    name: str
    title: str
    minutes: int

    @property
    def prints(self) -> dict[str, str]:
        """Its sheets: the name of each PDF, and the page it is printed from."""
        page = f"sessions/{self.name}"
        sheets = {"handout": f"{page}.html"} | {
            sheet: f"{page}-{sheet}.html" for sheet in ("plan", "check", "key")
        }
        return {f"{self.name}-{sheet}": page for sheet, page in sheets.items() if (PAGES / page).exists()}


def sessions() -> list[Session]:
    """The sessions that have a deck, in the order of the contents."""
    contents = (ROOT / "book" / "_toc.yml").read_text(encoding="utf-8")
    found = []
    for name in re.findall(r"file: sessions/([\w-]+)", contents):
        deck, chapter = (
            DECKS / "sessions" / f"{name}.html",
            read_chapter(ROOT / "chapters" / "sessions" / f"{name}.md"),
        )
        if deck.exists() and chapter:
            seconds = sum(
                map(int, re.findall(r'<section [^>]*data-timing="(\d+)"', deck.read_text(encoding="utf-8")))
            )
            found.append(Session(name, chapter.title, round(seconds / 60)))
    return found


def _left_out(folder: str, names: list[str]) -> set[str]:
    """What no reader needs, and symbolic links: what they lead to is not of the book."""
    return {
        name for name in names if name in {".buildinfo", "objects.inv"} or (Path(folder) / name).is_symlink()
    }


def gather(folder: Path, chromium: str | None) -> list[Session]:
    """Lay the kit out in a folder: start page, book, decks, and PDFs when there is a Chromium to print them."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PAGES, folder / "book", ignore=_left_out)
    shutil.copytree(DECKS, folder / "slides", ignore=_left_out)
    for paper in ("LICENSE", "LICENSE-CONTENT"):
        shutil.copyfile(ROOT / paper, folder / f"{paper}.txt")
    found = sessions()
    if chromium:
        wanted = SHARED | {pdf: page for one in found for pdf, page in one.prints.items()}
        print_pages(chromium, folder / "book", folder / "print", wanted)
    markup = template(Path(__file__).parent / "start.html").render(
        sessions=found,
        shared=SHARED,
        printed=chromium is not None,
        kit_page=(PAGES / "educators" / "kit.html").exists(),
        status=status_of_course(),
        report=read_contact().markup,
        tokens=TOKENS.read_text(encoding="utf-8"),
    )
    (folder / "start.html").write_text(markup, encoding="utf-8")
    return found


def released() -> datetime.date:
    """The date of the release, from CITATION.cff."""
    date = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["date-released"]
    assert isinstance(date, datetime.date)
    return date


def pack(folder: Path, archive: Path) -> None:
    """Put a folder into an archive: same files, same bytes. What a symbolic link leads to is not packed."""
    date = released()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(
            one
            for one in folder.rglob("*")
            if one.is_file() and one.resolve() == folder.resolve() / one.relative_to(folder)
        ):
            entry = zipfile.ZipInfo(
                f"{folder.name}/{path.relative_to(folder).as_posix()}",
                (date.year, date.month, date.day, 12, 0, 0),
            )
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
            packed.writestr(entry, path.read_bytes())


def main() -> int:
    """Pack; returns the exit code."""
    started = time.monotonic()
    for folder, verb in ((PAGES, "make book"), (DECKS / "sessions", "make slides")):
        if not folder.exists():
            print(f"{folder} is not there: run {verb} first", file=sys.stderr)
            return 1
    chromium = find()
    found = gather(FOLDER, chromium)
    pack(FOLDER, ARCHIVE)
    if not chromium:
        print("No Chromium was found, so the kit holds no PDFs: its pages print by themselves.")
    size = ARCHIVE.stat().st_size / 1e6
    print(f"The kit ({len(found)} sessions, {size:.1f} MB, {time.monotonic() - started:.0f} s): {ARCHIVE}")
    print("Unzip it anywhere, a memory stick too, and open start.html with a double click.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
