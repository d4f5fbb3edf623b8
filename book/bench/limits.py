"""What is measured, what it may be at most or must be at least, and the table that shows both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: The numbers of one row, by the key of their column.
Measures = dict[str, float]


@dataclass(frozen=True)
class Column:
    """A column of the table; what it shows, rounded, is what is judged."""

    heading: str
    decimals: int


@dataclass(frozen=True)
class Limit:
    """The most that a number may be, or with ``at_least`` the least."""

    bound: float
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"

    def missed_by(self, value: float) -> float:
        """How far a value lies beyond the limit; zero or less when it is kept."""
        return self.bound - value if self.at_least else value - self.bound


COLUMNS = {
    "requests": Column("requests", 0),
    "kilobytes": Column("kB compressed", 1),
    "a_widget": Column("kB a widget", 1),
    "blocking": Column("yardsticks it blocks", 1),
    "shift": Column("CLS", 3),
    "largest_paint": Column("LCP s", 2),
    "of_empty": Column("of the empty page's LCP", 2),
    "performance": Column("performance", 2),
    "accessibility": Column("accessibility", 2),
    "best_practices": Column("best practices", 2),
    "seo": Column("SEO", 2),
    "clock": Column("s by the clock", 1),
    "processor": Column("processor s", 2),
    "of_plain": Column("of the plain book's", 2),
    "ratio": Column("times as long", 1),
    "cold": Column("s from nothing", 0),
    "cold_processor": Column("processor s from nothing", 0),
    "share": Column("of the plain build's", 2),
    "usable": Column("yardsticks until it can be used", 1),
    "first_result": Column("yardsticks until the first result", 1),
    "controls": Column("controls operated", 0),
    "answer": Column("yardsticks until the slowest answers", 2),
}

#: Lighthouse's score for performance and its times are shown, not judged: it reckons by the clock.
_RATED = {
    "blocking": Limit(0.2),
    "shift": Limit(0),
    "accessibility": Limit(1, at_least=True),
    "best_practices": Limit(1, at_least=True),
    "seo": Limit(1, at_least=True),
}
#: By the row's name.
LIMITS: dict[str, dict[str, Limit]] = {
    "our chapter": {"requests": Limit(14), "kilobytes": Limit(60), **_RATED},
    "our course page": {"requests": Limit(14), "kilobytes": Limit(60), **_RATED},
    "our text page": {"kilobytes": Limit(35), **_RATED},
    "our chapter, widgets started": {"requests": Limit(14), "kilobytes": Limit(60)},
    "all widgets in one script": {"kilobytes": Limit(45)},
    "heaviest script of one page": {"kilobytes": Limit(25)},
    # Two seconds of the slow phone: most of it is the way of the script.
    "search": {"kilobytes": Limit(120), "first_result": Limit(40)},
    "heaviest page with widgets": {"requests": Limit(14), "kilobytes": Limit(60)},
    "heaviest text page": {"requests": Limit(14), "kilobytes": Limit(35)},
    # The same chapter in a book of one chapter weighs the same, but for links to what is not there.
    "what the other chapters add to it": {"kilobytes": Limit(1)},
    "make book": {"of_plain": Limit(1)},
    "python book/build.py": {"of_plain": Limit(1), "share": Limit(1.5)},
    # No faster than linearly: ten times the rows, ten times the time, and some room for a busy machine.
    "100 times the rows": {"ratio": Limit(13)},
    # From save to page: 5, 10, 15, 40 and 5 seconds on two idle cores, where the plain book's prose takes ten.
    "a style": {"of_plain": Limit(0.5)},
    "a script": {"of_plain": Limit(0.5)},
    "prose": {"of_plain": Limit(1)},
    "a question": {"of_plain": Limit(1.5)},
    "a case": {"of_plain": Limit(1.5)},
    "an evidence row": {"of_plain": Limit(6)},
    "a slide": {"of_plain": Limit(0.5)},
}

#: For every kind of widget: a second of the slow phone, and the moment that is not felt.
WIDGET = {"usable": Limit(20), "answer": Limit(1)}


def limits_of(name: str, row: Measures) -> dict[str, Limit]:
    """The limits of a row of the table."""
    return WIDGET if "usable" in row else LIMITS.get(name, {})


def missed(rows: Mapping[str, Measures]) -> list[str]:
    """A line for each limit that is missed, with by how much."""
    lines = []
    for name, row in rows.items():
        for key, limit in limits_of(name, row).items():
            if key not in row:
                continue
            column = COLUMNS[key]
            value = round(row[key], column.decimals)
            if (by := limit.missed_by(value)) > 1e-9:
                shown = f"{value:.{column.decimals}f}, limit {limit}"
                lines.append(f"MISSED by {by:.{column.decimals}f}: {name}, {column.heading} ({shown})")
    return lines


def table(corner: str, rows: Mapping[str, Measures]) -> str:
    """A Markdown table of the columns that have a number, each limit in brackets behind its number."""
    used = {key: column for key, column in COLUMNS.items() if any(key in row for row in rows.values())}
    lines = [[corner, *(column.heading for column in used.values())]]
    for name, row in rows.items():
        cells = [name]
        for key, column in used.items():
            limit = limits_of(name, row).get(key)
            value = f"{row[key]:.{column.decimals}f}" if key in row else "–"
            cells.append(f"{value} ({limit})" if limit and key in row else value)
        lines.append(cells)
    widths = [max(len(line[index]) for line in lines) for index in range(len(lines[0]))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    )
