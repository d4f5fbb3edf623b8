"""Renders the worksheet as HTML that can be read, printed and filled in by hand without the front end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path

from markupsafe import Markup

from evidence import bound, references
from evidence.model import Derived
from widgets.base.front_end import template
from widgets.number import page_of
from widgets.text.markdown import render_inline
from widgets.worksheet.model import PARTS, Figure, Option, Worksheet

TEMPLATE = template(Path(__file__).parent / "worksheet.html")
WEIGHTS = {"not": "not at all", "little": "a little", "much": "much", "most": "very much"}
VIEWS = {"suits": "It may suit me", "unsure": "I am not sure", "not": "It does not suit me"}
_BOUND_SPAN = re.compile(r'<span class="est" data-row="([\w-]+)">(.*?)</span>')


@dataclass(frozen=True)
class Share:
    """A share of people, said with one denominator: of 100."""

    words: str
    #: How many of 100 icons are filled.
    filled: int


def share_of(figure: Figure) -> Share | None:
    """The figure as so many of 100 people; none for scores and for what is not known."""
    if not figure.counted or figure.counts != "people":
        return None
    if pair := re.fullmatch(r"(\d+) of (\d+)", figure.counted):
        share, exact = Decimal(100 * int(pair[1])) / int(pair[2]), int(pair[2]) == 100
    else:
        share, exact = Decimal(figure.counted.removesuffix("%").strip()), False
    if 0 < share < 1:
        return Share("fewer than 1 of 100", 1)
    filled = int(share.quantize(Decimal(1), ROUND_HALF_UP))
    return Share(f"{filled} of 100" if exact or share == 100 else f"about {filled} of 100", filled)


def sources_of(option: Option) -> list[str]:
    """Keys of all that the option rests on: the studies of its numbers, then its other sources."""
    entries = [bound(row) for row in _rows(option)]
    studies = [entry.source_key for entry in entries if not isinstance(entry, Derived)]
    return list(dict.fromkeys([*studies, *option.sources]))


def _rows(option: Option) -> list[str]:
    rows: list[str] = []
    for figure in option.numbers:
        rows += [figure.row] if figure.row else []
        for text in (figure.group, figure.time, figure.note):
            rows += re.findall(r"<([\w-]+)>`", text)
    return rows


def row_address(row: str, root: str) -> str:
    """Where the book shows a row of the evidence."""
    return f"{root}{page_of(bound(row))}.html#{row}"


def linked(text: str, root: str) -> Markup:
    """Markdown whose bound numbers lead to their rows."""

    def link(match: re.Match[str]) -> str:
        return f'<a class="est" href="{row_address(match[1], root)}">{match[2]}</a>'

    return Markup(_BOUND_SPAN.sub(link, render_inline(text)))


def render_worksheet(worksheet: Worksheet, root: str) -> str:
    """The markup of a worksheet: same content, same bytes. `root` is the book's, seen from the page."""
    return TEMPLATE.render(
        sheet=worksheet,
        parts=PARTS,
        weights=WEIGHTS,
        views=VIEWS,
        pairs=lambda entries: [(entry.id, entry.text) for entry in entries],
        share_of=share_of,
        sources_of=sources_of,
        references=references(),
        linked=partial(linked, root=root),
        row_address=partial(row_address, root=root),
    ).strip()
