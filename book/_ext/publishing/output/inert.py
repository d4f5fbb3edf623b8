"""What people write is inert: nothing in a page runs, or is loaded from elsewhere, but what the book itself put there.

A finished page is read as a browser reads it. Scripts of the book are those that the policy names; every other script,
handler, script address or strange load is a fault, told with the file and line that hold it, where they can be found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

#: Types of a script that no browser runs.
_DATA = frozenset({"application/json", "application/ld+json"})
_FRAMES = frozenset({"iframe", "frame", "object", "embed", "applet", "portal", "base"})
#: Attributes from which a browser loads at once, and those that a reader or a form follows.
_LOADS = frozenset({"src", "srcset", "poster", "data", "background", "imagesrcset"})
_FOLLOWED = frozenset({"href", "xlink:href", "action", "formaction", "ping", "to", "values"})
_LOADING_LINKS = frozenset(
    {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest", "import", "preconnect"}
)
_REFERENCES = frozenset({"use", "image", "feimage", "script"})
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_STYLE_LOAD = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"'])\s*((?:[a-z]+:)?//[^\"')\s]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """What a page holds and should not: in words, and as it may stand in the source."""

    what: str
    needle: str


def scheme_of(address: str) -> str:
    """The scheme of an address as a browser reads it, ``//`` for one that names only a host, or nothing."""
    # Browsers skip what nobody sees, at the start and, of tabs and line ends, anywhere.
    plain = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33)))).replace("\\", "/")
    if plain.startswith("//"):
        return "//"
    match = _SCHEME.match(plain)
    return match[1].lower() if match else ""


@dataclass
class _Reader(HTMLParser):
    signed: Collection[str]
    files: Collection[str]
    faults: list[Fault] = field(default_factory=list)
    scripts: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._inside: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script":
            self.scripts += 1
            runs = given.get("type", "").strip().lower() not in _DATA
            self._inside = ("script" if runs and "src" not in given else "", [])
            if runs and "src" in given and not given["src"].partition("?")[0].endswith(tuple(self.files)):
                self._fault(
                    f"<script> asks for {given['src'][:60]!r}, which is none of the book's own", "<script"
                )
        elif tag == "style":
            self._inside = ("style", [])
        if tag in _FRAMES:
            self._fault(f"<{tag}> takes other pages in", f"<{tag}")
        if tag == "meta" and given.get("http-equiv", "").strip().lower() == "refresh":
            self._fault("<meta> leads elsewhere by itself", "http-equiv")
        rel = set(given.get("rel", "").lower().split())
        for name, value in given.items():
            if name.startswith("on"):
                self._fault(f"<{tag}> has a handler, {name}", name)
            elif name == "srcdoc":
                self._fault(f"<{tag}> holds a page, {name}", name)
            elif name == "style":
                self._style(value)
            elif name in _LOADS or (
                name in {"href", "xlink:href"} and (tag in _REFERENCES or rel & _LOADING_LINKS)
            ):
                self._loads(tag, name, value)
            elif name in _FOLLOWED and scheme_of(value) not in _SCHEMES:
                self._fault(
                    f"<{tag}> leads to {value.strip()[:60]!r}, which is no address of a page",
                    value.strip()[:40],
                )

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._inside[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag in {"script", "style"}:
            self._end()

    def close(self) -> None:
        super().close()
        if self._inside:
            self._end()

    def _end(self) -> None:
        assert self._inside
        kind, parts = self._inside
        self._inside = None
        text = "".join(parts)
        if kind == "style":
            self._style(text)
        elif kind == "script" and text not in self.signed:
            self._fault(f"<script> is none of the book's own: {' '.join(text.split())[:60]!r}", "<script")

    def _loads(self, tag: str, name: str, value: str) -> None:
        addresses = (
            [part.split()[0] for part in value.split(",") if part.strip()] if "srcset" in name else [value]
        )
        picture = tag in {"img", "source", "image", "feimage", "video"}
        for address in addresses:
            scheme = scheme_of(address)
            if scheme == "" or (picture and re.match(r"\s*data:image/", address, re.IGNORECASE)):
                continue
            self._fault(
                f"<{tag}> loads {address.strip()[:60]!r}, which is not of this book", address.strip()[:40]
            )

    def _style(self, text: str) -> None:
        for found in _STYLE_LOAD.findall(text):
            self._fault(f"a style loads {found[:60]!r}, which is not of this book", found[:40])

    def _fault(self, what: str, needle: str) -> None:
        self.faults.append(Fault(what, needle))


def faults(page: str, signed: Collection[str] = (), files: Collection[str] = ()) -> list[Fault]:
    """What a finished page holds that runs or loads and is not the book's.

    ``signed`` are the texts of the book's own scripts, ``files`` the ends of the addresses of its script files.
    """
    reader = _Reader(signed, files)
    reader.feed(page)
    reader.close()
    if len(re.findall(r"<script", page, re.IGNORECASE)) != reader.scripts:
        # In a comment that ends elsewhere for a browser, or in an attribute: no page of ours has one.
        reader.faults.append(Fault("<script> stands where it is no element", "<script"))
    return list(dict.fromkeys(reader.faults))


def place_of(needle: str, sources: Sequence[Path]) -> tuple[Path, int] | None:
    """The file and line in which ``needle`` stands first, of the files that a page is made of."""
    for path in sources:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if needle.lower() in line.lower():
                return path, number
    return None


def sources_of(chapter: Path) -> Iterator[Path]:
    """A chapter, and the content files beside it that its page shows: its questions, its cases."""
    if chapter.is_file():
        yield chapter
    yield from sorted(chapter.parent.glob(f"{chapter.stem}.*.yml"))
