"""The sections of a page as a reviewer reads them, each with a digest that changes when what is read changes.

A digest covers a section's source, the rows of the evidence that its numbers and icons name, its figures, the tables it
prints whole, the pieces it shows of another page, and the cases that its cells call. A content file beside the page
(its questions, its options) is a section by itself. Where lines break and how wide gaps are is not read. What a
cell or directive works out from the whole evidence or from other pages (a chart, a map) is covered by its source alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from evidence import EvidenceError, bound
from evidence.source import DATA
from widgets.text.markdown import plain

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
#: The name of what stands above the first heading.
OPENING = "Opening"
_FENCE = re.compile(r"^(?P<fence>:{3,}|`{3,})(?P<name>.*)$")
_HEADING = re.compile(r"^## +(?P<title>.+?)\s*#*$")
_PAGE_TITLE = re.compile(r"^# +(?P<title>.+?)\s*$")
_FIGURE = re.compile(r"(?:\{(?:figure|image)\} +|!\[[^\]]*\]\()(?P<path>[^\s)]+)")
_ROW = re.compile(
    r"<(?P<bound>[\w-]+)>`|\{icons\} +(?P<icons>[\w-]+)|^\s*row: *(?P<named>[\w-]+)\s*$", re.MULTILINE
)
_TABLE = re.compile(r"\{evidence-table\} +(?P<name>[\w-]+)")
_SHOWN = re.compile(r"\{show\} +(?P<page>[\w/-]+)/(?P<piece>[\w-]+)")
_CALLED = re.compile(r"^\w+\(\"(?P<name>[\w/-]+)\"", re.MULTILINE)


class Section(NamedTuple):
    """A section: its title in plain words, unlike any other of its page, and ten hexadecimal digits of its content."""

    title: str
    digest: str


class Page(NamedTuple):
    """A page as a reviewer meets it."""

    title: str
    sections: tuple[Section, ...]

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each section, by its title."""
        return dict(self.sections)


def read_page(name: str, chapters: Path = CHAPTERS) -> Page:
    """The page `name` (its path below `chapters`, without suffix) and its sections, in order.

    Raises:
        OSError: when there is no such page.
    """
    path = chapters / f"{name}.md"
    title, parts = _parts(path.read_text(encoding="utf-8"))
    found = [(heading, _digest(text, name, chapters)) for heading, text in parts]
    for beside in sorted(path.parent.glob(f"{path.stem}.*.yml")):
        heading = beside.name.removeprefix(f"{path.stem}.").removesuffix(".yml").capitalize()
        found.append((heading, _digest(beside.read_text(encoding="utf-8"), name, chapters)))
    return Page(title or path.stem, tuple(_unlike(found)))


def _parts(source: str) -> tuple[str, list[tuple[str, str]]]:
    """The page's title, and each section's heading with its text."""
    lines = source.splitlines()
    start = lines.index("---", 1) + 1 if lines and lines[0] == "---" and "---" in lines[1:] else 0
    title, heading, text = "", OPENING, list[str]()
    parts: list[tuple[str, str]] = []
    fences: list[str] = []
    for line in lines[start:]:
        if fence := _FENCE.match(line.strip()):
            inside_code = bool(fences) and fences[-1].startswith("`")
            if fences and fence["fence"] == fences[-1] and not fence["name"].strip():
                fences.pop()
            elif not inside_code:
                fences.append(fence["fence"])
        elif not fences and (found := _HEADING.match(line)):
            parts.append((heading, "\n".join(text)))
            heading, text = plain(found["title"]), []
            continue
        elif not fences and not title and (found := _PAGE_TITLE.match(line)):
            title = plain(found["title"])
        text.append(line)
    parts.append((heading, "\n".join(text)))
    # A title alone is nothing to read.
    return title, [
        (name, body) for name, body in parts if name != OPENING or re.search(r"^[^#\s]", body, re.MULTILINE)
    ]


def _unlike(found: list[tuple[str, str]]) -> Iterator[Section]:
    times: dict[str, int] = {}
    for heading, digest in found:
        times[heading] = times.get(heading, 0) + 1
        yield Section(f"{heading} ({times[heading]})" if times[heading] > 1 else heading, digest)


def _digest(text: str, name: str, chapters: Path) -> str:
    read = [text, *_shown(text, name, chapters)]
    digest = hashlib.sha256()
    for part in read:
        digest.update(" ".join(part.split()).encode())
        for content in _leaned_on(part, name, chapters):
            digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:10]


def _shown(text: str, name: str, chapters: Path) -> Iterator[str]:
    """The pieces of other pages that a section shows."""
    for shown in _SHOWN.finditer(text):
        path = chapters / PurePosixPath(name).parent / f"{shown['page']}.md"
        if path.is_file():
            source = path.read_text(encoding="utf-8")
            piece = re.search(
                rf"^(?P<fence>:{{3,}})\{{piece\}} +{re.escape(shown['piece'])}\s*$.*?^(?P=fence)\s*$",
                source,
                re.MULTILINE | re.DOTALL,
            )
            yield piece[0] if piece else ""


def _leaned_on(text: str, name: str, chapters: Path) -> Iterator[bytes]:
    """What a text brings in by name: rows, figures, tables, cases."""
    for row_id in dict.fromkeys(filter(None, (row for found in _ROW.findall(text) for row in found))):
        try:
            # A column that comes to be and holds nothing changes nothing that was read.
            yield repr(
                [value for value in vars(bound(row_id)).items() if value[1] not in (None, "")]
            ).encode()
        except EvidenceError:
            continue  # a reason in angle brackets, or a mistake that the build tells
    files = [(chapters / name).parent / found["path"] for found in _FIGURE.finditer(text)]
    for found in _TABLE.finditer(text):
        # "facts-care" is a page of facts.csv, "scale-items" the whole of scale_items.csv.
        table = found["name"].replace("-", "_")
        files += [DATA / f"{one}.csv" for one in (table, table.partition("_")[0])]
    for found in _CALLED.finditer(text):
        called = chapters / found["name"]
        files += [
            one
            for one in sorted(called.parent.glob(f"{called.name}.*.yml"))
            if _is_its_own(one, name, chapters)
        ]
    for path in files:
        if path.is_file():
            yield path.read_bytes()


def _is_its_own(content: Path, name: str, chapters: Path) -> bool:
    # What lies beside the page is a section by itself.
    return not content.name.startswith(f"{(chapters / name).name}.")
