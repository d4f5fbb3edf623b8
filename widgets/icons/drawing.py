"""The picture: a hundred small people, or a thousand squares, filled from the bottom, and the interval at their side.

``risk.js`` draws the same in the page. One path holds all icons of a kind, so that a picture weighs little.
"""

from __future__ import annotations

from typing import NamedTuple

from widgets.icons.share import Of, Share

#: A head and shoulders, from the top of the head; then the way to the next one in the row.
_PERSON = "a2 2 0 1 0 .1 0zm-3.4 10v-2q0-2.6 2.6-2.6h1.6q2.6 0 2.6 2.6v2z"
_SQUARE = "h3.6v3.6h-3.6z"
_BAR = 22
_MARGIN = 11


class Grid(NamedTuple):
    """How the icons of one denominator stand: columns, rows, the cell's size, and where the first stroke begins."""

    columns: int
    rows: int
    width: int
    height: int
    start: tuple[float, float]
    icon: str
    step: str


GRIDS: dict[Of, Grid] = {
    100: Grid(10, 10, 10, 12, (5, 1), _PERSON, "m13.4-10"),
    1000: Grid(40, 25, 5, 5, (0.7, 0.7), _SQUARE, "m5 0"),
}


class Drawn(NamedTuple):
    """An interval as it is drawn: two ends and the share, as heights in the picture, and the ends in words."""

    x: float
    low: float
    at: float
    high: float
    low_words: str
    high_words: str


def icons(first: int, last: int, of: Of) -> str:
    """The path of the icons from number ``first`` up to, not with, ``last``; they are numbered from the bottom left."""
    grid = GRIDS[of]
    parts = []
    for row in range(grid.rows):
        begin = max(first - row * grid.columns, 0)
        count = min(last - row * grid.columns, grid.columns) - begin
        if count < 1:
            continue
        x = begin * grid.width + grid.start[0]
        y = (grid.rows - 1 - row) * grid.height + grid.start[1]
        parts.append(f"M{x:g} {y:g}" + grid.step.join([grid.icon] * count))
    return "".join(parts)


def view_box(of: Of) -> str:
    """The picture's frame: the icons, and the bar at their right."""
    width, height = _size(of)
    return f"0 {-_MARGIN} {width + _BAR} {height + 2 * _MARGIN}"


def interval(share: Share, of: Of) -> Drawn | None:
    """The bar at the side, on the scale that the icons fill; nothing where no interval is known."""
    if share.low is None or share.high is None:
        return None
    width, height = _size(of)
    low, at, high = (round(height * (1 - value / 100), 1) for value in (share.low, share.percent, share.high))
    words = share.bound(share.low, of), share.bound(share.high, of)
    return Drawn(width + _BAR / 2, low, at, high, *words)


def _size(of: Of) -> tuple[int, int]:
    grid = GRIDS[of]
    return grid.columns * grid.width, grid.rows * grid.height
