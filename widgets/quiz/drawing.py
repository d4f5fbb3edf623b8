"""A drawing of the course as a question asks about it: without its labels, with a letter at each place.

An author marks the SVG in chapters/figures. ``data-place="accessory"`` on a shape makes it (or several of one name) a
place; ``data-at="x y"``, on one of them, says where its letter stands, in the drawing's units, and ``data-to="x y"`` where
a line leads from there. ``data-named`` goes while a question asks, as all text does but what is marked ``data-stays``;
``data-asked`` on the root is the part that is shown then, written as a ``viewBox``. Nothing of that changes the figure of a chapter.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

FIGURES = Path(__file__).resolve().parents[2] / "chapters" / "figures"
_SVG = "{http://www.w3.org/2000/svg}"
_GEOMETRY = ("d", "x", "y", "cx", "cy", "r", "rx", "ry", "width", "height", "points")
_OURS = ("data-place", "data-at", "data-to", "data-stays")
ElementTree.register_namespace("", _SVG[1:-1])


class DrawingError(ValueError):
    """A drawing that cannot be asked about: what is wrong; what would be right."""


class Point(NamedTuple):
    """A point in the drawing's units."""

    x: float
    y: float


@dataclass
class Spot:
    """A place of a drawing: its shapes, lines among them, and where its letter stands."""

    at: Point | None = None
    to: Point | None = None
    #: Each shape as SVG, with nothing but its geometry.
    shapes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Drawing:
    """A drawing without its labels, and its places in the order in which they are drawn."""

    #: Left, top, width and height of what is shown.
    box: tuple[str, str, str, str]
    #: SVG whose colours are tokens, as in the chapters' figures.
    picture: str
    spots: dict[str, Spot]
    #: The text that stays in it.
    words: tuple[str, ...]


def read_drawing(name: str) -> Drawing:
    """The drawing of that name in chapters/figures. Raises DrawingError."""
    path = FIGURES / f"{name}.svg"
    if not path.is_file():
        raise DrawingError(f"there is no chapters/figures/{name}.svg; name a drawing that is there")
    return _drawing(path.read_text(encoding="utf-8"), name)


def spot_of(drawing: Drawing, place: str) -> Spot:
    """A place of a drawing. Raises DrawingError when it cannot be asked about."""
    spot = drawing.spots.get(place)
    if spot is None:
        known = ", ".join(drawing.spots) or "none yet"
        raise DrawingError(f'no shape is marked data-place="{place}"; use one of {known}, or mark it')
    if spot.at is None:
        raise DrawingError(f'the place \'{place}\' has no letter; say where it stands with data-at="x y"')
    return spot


@lru_cache(maxsize=32)
def _drawing(text: str, name: str) -> Drawing:
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise DrawingError(f"chapters/figures/{name}.svg cannot be read: {error}; mend the SVG") from None
    box = (root.get("data-asked") or root.get("viewBox") or "").split()
    if len(box) != 4:
        raise DrawingError(f"chapters/figures/{name}.svg has no viewBox; give it one")
    spots: dict[str, Spot] = {}
    for element, transform, is_line in _walk(root, "", root.get("fill") == "none"):
        if place := element.get("data-place"):
            spot = spots.setdefault(place, Spot())
            spot.at, spot.to = _point(element, "data-at") or spot.at, _point(element, "data-to") or spot.to
            spot.shapes.append(_shape(element, transform, is_line=is_line))
    asked = copy.deepcopy(root)
    _unname(asked)
    words = tuple(one.text or "" for one in asked.iter(f"{_SVG}text"))
    for attribute in ("role", "data-asked"):
        asked.attrib.pop(attribute, None)
    asked.set("viewBox", " ".join(box))
    picture = re.sub(r">\s+<", "><", ElementTree.tostring(asked, encoding="unicode")).strip()
    return Drawing((box[0], box[1], box[2], box[3]), picture, spots, words)


def _walk(
    element: ElementTree.Element, transform: str, is_line: bool
) -> Iterator[tuple[ElementTree.Element, str, bool]]:
    """Every element in the order of drawing, with its transform from the root, and whether it has no area."""
    for child in element:
        own = f"{transform} {child.get('transform', '')}".strip()
        line = child.get("fill", "none" if is_line else "") == "none"
        yield child, own, line
        yield from _walk(child, own, line)


def _point(element: ElementTree.Element, name: str) -> Point | None:
    written = element.get(name)
    if written is None:
        return None
    try:
        x, y = map(float, written.split())
    except ValueError:
        raise DrawingError(
            f'{name}="{written}" is no point; write two numbers, as in {name}="320 140"'
        ) from None
    return Point(x, y)


def _shape(element: ElementTree.Element, transform: str, *, is_line: bool) -> str:
    shape = ElementTree.Element(element.tag.removeprefix(_SVG))
    for name in _GEOMETRY:
        if (value := element.get(name)) is not None:
            shape.set(name, value)
    if transform:
        shape.set("transform", transform)
    if is_line:
        shape.set("data-line", "")
    return ElementTree.tostring(shape, encoding="unicode")


def _unname(element: ElementTree.Element) -> None:
    """Takes out what would name a place: labels, lines that lead to them, and the words for a screen reader."""
    for child in list(element):
        is_text = child.tag in {f"{_SVG}text", f"{_SVG}title", f"{_SVG}desc"}
        if "data-named" in child.attrib or (is_text and "data-stays" not in child.attrib):
            element.remove(child)
            continue
        for attribute in _OURS:
            child.attrib.pop(attribute, None)
        _unname(child)
        if child.tag == f"{_SVG}g" and not len(child):
            element.remove(child)
