"""Renders a share, or the lack of one, as a figure that reads, prints and needs no script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from evidence import Complication, EvidenceError, Outcome, Row, check_number
from widgets.base.front_end import template
from widgets.base.labels import design_label, procedure_label, study_label, tone
from widgets.icons import drawing
from widgets.icons.share import Of, Share, share_of
from widgets.number import page_of

TEMPLATE = template(Path(__file__).parent / "icons.html")
STYLE = Path(__file__).parent / "icons.css"
_NOBODY_COUNTED = "No study that we read counted it. That is not the same as none."


@dataclass(frozen=True)
class IconArray:
    """A picture of icons with its words. In a notebook cell it shows itself.

    ``markup``: HTML for any page; ``words``: the same for a reader who sees no picture.
    """

    markup: str
    words: str

    def _repr_html_(self) -> str:
        return self.markup

    def __repr__(self) -> str:
        return f"IconArray({self.words!r})"


def icon_array(
    row_id: str,
    *,
    what: str,
    of: Of = 100,
    otherwise: str = "did not",
    who: str = "",
    when: str = "",
    root: str | None = "../",
) -> IconArray:
    """The icons of one row, with its count, interval, group, time and study.

    Args:
        row_id: an outcome with responders, a complication of people, operations or leads with counts or a
            percentage, or a fact whose ``n`` says so many of so many.
        what: what happened to the people counted, as the end of a sentence: "had new trouble swallowing".
        of: 100, or 1000 where anything on the page is under 1 %; never both on a page.
        otherwise: what happened to the others.
        who: the group; the operation in words unless given.
        when: the time; as the row says it unless given.
        root: address of the book's root, seen from the page; ``None`` for no link to the row.

    Raises:
        EvidenceError: when the row holds no share, cannot be drawn in whole icons, names no group or time, or
            does not bear out a number in these words.
    """
    if of not in drawing.GRIDS:
        raise EvidenceError(f"of {of}: 100 or 1000 is needed")
    if not what.strip():
        raise EvidenceError(f"{row_id}: say in words what happened to the people (what)")
    share = share_of(row_id)
    for words in (what, otherwise, who, when):
        if re.search(r"\d", words):
            check_number(words, row_id)
    filled = share.icons(of)
    shown = {
        "share": share,
        "of": of,
        "filled": filled,
        "what": what,
        "otherwise": otherwise,
        "bar": drawing.interval(share, of),
        "words": words_of(share, of, what, otherwise),
    }
    markup = TEMPLATE.module.array(  # type: ignore[attr-defined]
        shown,
        box=drawing.view_box(of),
        full=drawing.icons(0, filled, of),
        hollow=drawing.icons(filled, of, of),
        key=key(of),
        tone=tone(getattr(share.row, "procedure", "")),
        href="" if root is None else f"{root}{page_of(share.row)}.html#{row_id}",
        about=about(share, who, when),
    )
    return IconArray(str(markup).strip(), str(shown["words"]))


def not_known(*, what: str, why: str = _NOBODY_COUNTED) -> IconArray:
    """The icon of its own for what nobody counted: a blank is not a zero.

    Args:
        what: as for `icon_array`: "had to be operated on again".
        why: why it is not known, a sentence or two.
    """
    if re.search(r"\d", what + why):
        raise EvidenceError("what is not known has no number: write it without one")
    markup = TEMPLATE.module.unknown(what, why)  # type: ignore[attr-defined]
    return IconArray(str(markup).strip(), f"We do not know how many {what}. {why}")


def words_of(share: Share, of: Of, what: str, otherwise: str) -> str:
    """The picture for a reader who does not see it."""
    filled, unit = share.icons(of), share.unit
    words = f"{of} {unit} drawn as icons. {filled} are filled: {what}. {of - filled} are hollow: {otherwise}."
    bar = drawing.interval(share, of)
    return (
        words if bar is None else f"{words} A bar at the side runs from {bar.low_words} to {bar.high_words}."
    )


def about(share: Share, who: str = "", when: str = "") -> str:
    """Who was counted, when, by whom and how: one line.

    Raises:
        EvidenceError: when neither the row nor the caller names the group and the time.
    """
    entry = share.row
    group = who or _group(entry)
    time = when or _time(entry)
    if not (group and time):
        raise EvidenceError(f"{entry.id} names no group and no time: give both (who, when)")
    number = (
        f"{share.out_of} {share.unit}" if share.out_of else f"how many {share.unit} is not in the text read"
    )
    study = [study_label(entry.source_key), design_label(entry.source_key), number]
    if getattr(entry, "second_hand", False):
        study.append("second-hand, read in another text")
    group = group[0].upper() + group[1:]
    return f"{group}. Time: {time}. One source: {', '.join(part for part in study if part)}."


def _group(entry: Row) -> str:
    return procedure_label(entry.procedure) if isinstance(entry, (Complication, Outcome)) else ""


def _time(entry: Row) -> str:
    if isinstance(entry, Complication):
        return {"": "not in the text read", "any": "at any time"}.get(entry.timing, entry.timing)
    if isinstance(entry, Outcome):
        months = entry.followup_months
        return "not in the text read" if months is None else f"{months.normalize():f} months"
    return ""


def key(of: Of) -> tuple[str, str]:
    """One icon, for the key, and its frame."""
    grid = drawing.GRIDS[of]
    return f"M{grid.start[0]:g} {grid.start[1]:g}{grid.icon}", f"0 0 {grid.width} {grid.height}"
