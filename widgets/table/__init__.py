"""A table to search, filter and sort in the page, readable and printable without JavaScript.

>>> from widgets.table import Column, table
>>> table("procedures", [Column("term", "Term")], [{"id": "spd", "term": "spd"}])  # doctest: +SKIP
Table('procedures')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from widgets.base.front_end import FrontEnd, template

__all__ = ["Cell", "Column", "Table", "table"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Cell:
    """What one cell shows, the address it links to, and the value it sorts by where that is another."""

    text: str
    link: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Column:
    """One column: the key of its cells in a row, its heading, and what a reader may do with it."""

    key: str
    label: str
    #: Whether a reader may choose among its values.
    choose: bool = False
    #: Numbers stand right and sort as numbers.
    number: bool = False
    #: Sentences, which a narrow column would draw out.
    wide: bool = False


class Table(FrontEnd, folder=_FOLDER):
    """A table as a widget: the markup is complete, the front end adds search, choice and order."""


def table(
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, str | Cell]],
    *,
    caption: str = "",
    file: str = "",
) -> Table:
    """A table of rows; a row's ``id`` becomes its anchor.

    Args:
        name: unique among the tables of the book.
        columns: what to show, in order; the first names the row.
        rows: a mapping from column keys to cells for each row, and ``id``.
        caption: one line above the table.
        file: address of the same rows as a CSV file, below the book's root.

    Raises:
        KeyError: when a row lacks a column.
    """
    cells = [(str(row["id"]), [_cell(row[column.key]) for column in columns]) for row in rows]
    markup = template(_FOLDER / "table.html").render(
        name=name.replace("/", "-"), columns=columns, rows=cells, caption=caption, file=file
    )
    return Table(name=name, markup=markup)


def _cell(value: str | Cell) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)
