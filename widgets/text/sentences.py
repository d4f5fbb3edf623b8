"""The sentences of a chapter or content file, as its readers see them, each with the rows that it is bound to.

What stands in a list or a table is read with what introduces it: the words before the list, the headings of the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evidence import EvidenceError
from widgets.text.document import Document, UnreadableError, read_document
from widgets.text.wording import Location

_ROLE = re.compile(r"\{([\w:-]+)\}`([^`]+)`")
_BOUND = re.compile(r"\{est\}`([^`]*?)\s*<([a-z0-9-]+)>`")
_TARGET = re.compile(r"\s*<[^<>]*>$")
_UNSEEN = ("footcite", "objective")
_END = re.compile(r"(?<=[.?!])[\"”’*_)]*\s+(?=[A-Z{“\"*_\[(‘])")
_FENCE = re.compile(r"(?P<fence>`{3,}|:{3,})(?:\{(?P<name>[\w-]+)\}[ \t]*(?P<argument>.*))?$")
_ITEM = re.compile(r"\s*(?:[-*]|\d+\.)\s+")
_IN_CODE = re.compile(r"\brow\([\"']([a-z0-9-]+)[\"']\)")


class Sentence(NamedTuple):
    """A sentence as readers see it, what stands before it, and the figures it prints by the row they are bound to.

    ``asserted``: the course says so; a wrong option of a question only offers it.
    """

    line: int
    text: str
    before: str
    figures: dict[str, tuple[str, ...]]
    asserted: bool = True


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a file that print a bound number, in its order.

    Raises:
        EvidenceError: when a content file is no YAML.
    """
    if path.suffix == ".md":
        yield from _of_page(path.read_text(encoding="utf-8"))
        return
    try:
        document = read_document(path.read_bytes())
    except UnreadableError as error:
        raise EvidenceError(f"{path.name}:{error.line}: {error}") from None
    yield from _of_content(document, document.value, ())


def _bound(line: int, source: str, before: str, *, lead: str = "") -> Iterator[Sentence]:
    """The sentence in a piece of source, if a number in it is bound."""
    figures: dict[str, tuple[str, ...]] = {}
    for figure, row in _BOUND.findall(source):
        figures[row] = (*figures.get(row, ()), figure)
    if figures:
        yield Sentence(line, " ".join([lead, seen(source)]).strip(), before, figures)


def seen(source: str) -> str:
    """A piece of source in the words that readers see: no names of rows and sources, one space between words."""
    text = _ROLE.sub(
        lambda found: "" if found[1].startswith(_UNSEEN) else _TARGET.sub("", found[2]),
        source,
    )
    return re.sub(r"\s+([.,;:?!)])", r"\1", " ".join(text.split()))


def _of_page(text: str) -> Iterator[Sentence]:
    """The sentences of a page in MyST."""
    heading = lead = last = ""
    titles: list[str] = []
    for kind, line, source in _blocks(text.splitlines()):
        if kind == "heading":
            heading, lead, last = seen(source), "", ""
        elif kind == "row":
            cells = [cell.strip() for cell in source.strip().strip("|").split("|")]
            if not titles:
                titles = [seen(cell) for cell in cells]
            told = "; ".join(f"{title}: {cell}" if title else cell for title, cell in zip(titles, cells))  # noqa: B905
            yield from _bound(line, told, heading)
        elif kind == "picture":
            row, *options = source.split("\n")
            words = seen("; ".join(option.lstrip(":") for option in options))
            yield Sentence(line, words, heading, {row: ("icons",)})
        elif kind == "code":
            rows: dict[str, tuple[str, ...]] = dict.fromkeys(_IN_CODE.findall(source), ("chart",))
            if rows:
                yield Sentence(line, " ".join(source.split()), heading, rows)
        else:
            opening = lead if kind == "item" and not lead.endswith((".", "?", "!")) else ""
            for at, sentence in _split(source):
                yield from _bound(line + at, sentence, heading if opening else last or heading, lead=opening)
                opening, last = "", seen(sentence)
            if kind == "text":
                lead = last
        if kind != "row":
            titles = []


def _blocks(lines: list[str]) -> Iterator[tuple[str, int, str]]:
    """Kind, first line and source of each part of a page: heading, text, item, row, picture (of icons), code."""
    number = lines.index("---", 1) + 1 if lines[:1] == ["---"] and "---" in lines[1:] else 0
    kind, first, held = "", 0, list[str]()

    def close() -> Iterator[tuple[str, int, str]]:
        if held:
            yield kind, first, "\n".join(held)
            held.clear()

    while number < len(lines):
        line = lines[number]
        number += 1
        fence = _FENCE.match(line.strip())
        if fence and fence["name"] in ("code-cell", "icons"):
            yield from close()
            begun = number
            while number < len(lines) and lines[number].strip() != fence["fence"]:
                number += 1
            within = lines[begun:number]
            number += 1
            if fence["name"] == "code-cell":
                yield "code", begun, "\n".join(within)
            elif fence["argument"] != "not-known":
                yield "picture", begun, "\n".join([fence["argument"].strip(), *within])
        elif fence:
            yield from close()
            if fence["argument"]:
                yield "heading", number, f"{fence['name']} {fence['argument']}"
        elif line.startswith("#"):
            yield from close()
            yield "heading", number, line.lstrip("# ")
        elif line.startswith("|"):
            yield from close()
            if set(line) - set("|-: "):
                yield "row", number, line
        elif not line.strip():
            yield from close()
        else:
            if (item := _ITEM.match(line)) or not held:
                yield from close()
                kind, first = ("item" if item else "text"), number
                line = line[item.end() :] if item else line
            held.append(line)
    yield from close()


def _split(source: str) -> Iterator[tuple[int, str]]:
    """The sentences of a paragraph, each with the line of it on which it begins."""
    start = 0
    for end in [*(found.end() for found in _END.finditer(source)), len(source)]:
        yield source.count("\n", 0, start), source[start:end]
        start = end


def _of_content(document: Document, value: Any, place: Location) -> Iterator[Sentence]:
    """The sentences of a content file; a figure that names its row is read with all that is said of it."""
    if isinstance(value, dict) and isinstance(value.get("row"), str):
        words = {name: word for name, word in value.items() if name != "row" and isinstance(word, str)}
        told = "; ".join(f"{name}: {word}" for name, word in words.items())
        shown = f"{{est}}`{value.get('shown', 'shown')} <{value['row']}>`"
        told = told.replace(f"shown: {value.get('shown')}", f"shown: {shown}") if "shown" in value else shown
        yield from _bound(document.line(place), told, _where(document, place))
    elif isinstance(value, (dict, list)):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for name, part in parts:
            yield from _of_content(document, part, (*place, name))
    elif isinstance(value, str) and _BOUND.search(value):
        before = _where(document, place)
        offered = _offered(document.value, place)
        for _, sentence in _split(value):
            for found in _bound(document.line(place), sentence, before):
                yield found._replace(asserted=not offered)
            before = seen(sentence)


def _offered(value: Any, place: Location) -> bool:
    """Whether a text is that of a wrong option."""
    for part in place[:-1]:
        value = value[part]
    return place[-1] == "text" and "options" in place and isinstance(value, dict) and not value.get("correct")


def _where(document: Document, place: Location) -> str:
    """Where in a content file something stands, and the text that it is said of."""
    names = []
    value, beside = document.value, ""
    for part in place:
        if isinstance(value, dict):
            beside = next(
                (seen(value[name]) for name in ("text", "stem", "what") if name in value and name != part), ""
            )
        value = value[part]
        if isinstance(value, dict) and "id" in value:
            names.append(str(value["id"]))
        elif isinstance(part, str):
            names.append(part)
    return ", ".join(names) + (f": {beside}" if beside else "")
