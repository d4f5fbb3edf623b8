"""What stands behind a printed number: shown beside it on demand, and linked to its row in the evidence.

The chapters' role ``est`` prints a link; this front end opens a note at it, for mouse, keyboard and touch.
The notes of a page lie in a file of their own, which it asks for when a reader first points at a number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape

from evidence import (
    Complication,
    Derived,
    Fact,
    Muscle,
    Outcome,
    Row,
    Scale,
    ScaleFinding,
    ScaleItem,
    bound,
    conflicts,
    fact_topics,
    references,
    wilson,
)
from evidence.derived import figures
from evidence.source import kept
from widgets.number.reading import as_read

_PAGES: dict[type[Row | Derived], str] = {
    Outcome: "evidence/outcomes",
    Complication: "evidence/complications",
    Muscle: "evidence/muscles",
    Scale: "evidence/scales",
    ScaleItem: "evidence/scales",
    ScaleFinding: "evidence/scales",
    Derived: "evidence/derived",
}


def page_of(entry: Row | Derived) -> str:
    """The page of the book that shows a row.

    Raises:
        KeyError: when a fact's topic is not in ``fact_topics.csv``.
    """
    if isinstance(entry, Fact):
        return f"evidence/{fact_topics()[entry.topic].page}"
    return _PAGES[type(entry)]


def note(entry: Row | Derived) -> list[str]:
    """Lines for a reader: whose figure it is, of whom, its interval, where it was read, what to beware of."""
    if isinstance(entry, Derived):
        return [line for line in ("Worked out here", entry.statement, worked_out(entry), entry.note) if line]
    source = references().get(entry.source_key)
    second_hand = "second-hand" if getattr(entry, "second_hand", False) else ""
    read_in = _joined(getattr(entry, "locator", ""), second_hand)
    lines = [
        source.label if source else entry.source_key,
        *_about(entry),
        _interval(entry),
        f"Read in: {read_in}" if read_in else "",
        as_read(entry.id),
        entry.note,
        *(f"Sources disagree: {question}" for question in _disputed().get(entry.id, ())),
    ]
    return [line for line in lines if line]


def _about(entry: Row) -> list[str]:
    if isinstance(entry, Outcome):
        people = entry.n_followed or entry.n_enrolled
        months = entry.followup_months
        when = "follow-up not stated" if months is None else f"{months.normalize():f} months"
        return [
            _joined(entry.design, f"{people} people" if people else "", when),
            _joined(entry.scale, entry.measure, entry.responder_definition),
        ]
    if isinstance(entry, Complication):
        return [_joined(entry.term_as_reported, entry.timing, entry.denominator_kind)]
    if isinstance(entry, Fact):
        return [_joined(entry.statement, f"n = {entry.n}" if entry.n else "")]
    return []


def worked_out(entry: Derived) -> str:
    """The figures of a derived value, in words."""
    found = figures(entry)
    if entry.kind == "figures":
        return f"{found['value']:.3g} {entry.unit}"
    return (
        f"{found['estimate']:.3g} {entry.unit}, 95 % interval {found['ci_low']:.3g} to {found['ci_high']:.3g}; "
        f"a new study could lie between {found['prediction_low']:.3g} and {found['prediction_high']:.3g}; "
        f"{found['k']} studies, {found['people']} people"
    )


@kept
def _disputed() -> dict[str, tuple[str, ...]]:
    """The questions on which sources disagree, by the rows they bear on."""
    found: dict[str, tuple[str, ...]] = {}
    for conflict in conflicts():
        for row_id in conflict.rows:
            found[row_id] = (*found.get(row_id, ()), conflict.question)
    return found


def _interval(entry: Row) -> str:
    if isinstance(entry, Outcome) and entry.change_ci_low is not None:
        return f"Interval {entry.change_ci_low} to {entry.change_ci_high}"
    counts = entry.counts()
    if not counts or not counts[1] or getattr(entry, "denominator_kind", "patients") == "events":
        return ""
    low, high = wilson(*counts)
    return f"95 % interval (Wilson, computed here): {low:.0f} to {high:.0f} %"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def notes_script(row_ids: Iterable[str]) -> str:
    """A script that holds the notes of these rows."""
    notes = {row_id: note(bound(row_id)) for row_id in sorted(row_ids)}
    return f"globalThis.courseNotes={json.dumps(notes, ensure_ascii=False, separators=(',', ':'))};\n"


def front_end(notes: str, *, for_patients: bool = False) -> str:
    """The place on a page where its front end starts; ``notes`` is the address of the page's notes."""
    attributes = f'data-widget="number" data-name="notes" data-notes="{escape(notes)}"'
    attributes += ' data-for="patients"' if for_patients else ""
    return f'\n<div class="course-widget" {attributes} hidden></div>\n'
