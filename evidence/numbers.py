"""Holds a printed number against the row it is bound to.

A chapter prints ``228 of 260`` and names a row; the build fails unless the row bears the number out.
What counts as borne out:

- *A of B*: the row's numerator and denominator, or such a pair in its texts;
- *x of 100* or *x of 1000*, as patients are told: also a percentage of the row, put as so many people (a percentage of
  a score is no points);
- *x %*: a percentage the row prints, or its counts' ratio, rounded to the digits shown;
- *x years*: the follow-up in months, divided by twelve, rounded to the digits shown;
- any other number: one that stands in the row, rounded to the digits shown;
- a derived value (a pooled estimate, a difference): one that its recipe gives now, rounded to the digits shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache

from evidence.derived import figures
from evidence.errors import EvidenceError
from evidence.model import Derived, Row
from evidence.tables import derived_value, row

# A number that is not part of a name such as C2 or CD-24; a true minus sign counts, a hyphen joins a range.
# The comma is a thousands mark only before exactly three digits.
_NUMBER = re.compile(
    r"(?<![A-Za-z\d.])(?<![A-Za-z]-)(?P<sign>[\u2212])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![A-Za-z\d])(?P<percent>\s?%| percent\b)?"
)
_PAIR = re.compile(r"(\d[\d,]*) (?:of|out of|/) (\d[\d,]*)|(\d[\d,]*)/(\d[\d,]*)")
# The denominators that a page for patients keeps to.
_ROUND = {100, 1000}
# Where a figure was read is not a figure, and an id is only a name.
_NOT_FIGURES = {"id", "locator", "second_hand", "read_at", "link", "study", "source", "sources"}


def bound(row_id: str) -> Row | Derived:
    """The row, or the derived value, that a number is bound to.

    Raises:
        EvidenceError: when there is none; the line names the nearest ids.
    """
    return derived_value(row_id) or row(row_id)


def check_number(text: str, row_id: str) -> None:
    """Check that the row bears out every number in ``text``.

    Raises:
        EvidenceError: one line that says which number, and what the row says instead.
    """
    entry = bound(row_id)
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        raise EvidenceError(f"{text!r} is bound to {row_id} but holds no number")
    if isinstance(entry, Derived):
        _check_derived(text, numbers, entry)
        return
    shares = []
    for pair in _PAIR.finditer(text):
        events, people = (int(part.replace(",", "")) for part in pair.groups() if part)
        if (events, people) in _pairs(entry):
            continue
        in_points = text[pair.end() :].lstrip().startswith("point")
        if (
            people not in _ROUND
            or in_points
            or not any(_same(Decimal(events), percentage * people / 100) for percentage in _shares(entry))
        ):
            raise EvidenceError(f"{pair[0]!r} is not what {row_id} says: {_summary(entry)}")
        shares.append(pair.span())
    years = "year" in text
    for number in numbers:
        if any(start <= number.start() < end for start, end in shares):
            continue
        value = _decimal(number)
        if number["percent"]:
            known = _percentages(entry)
        else:
            known = _figures(entry) | (_years(entry) if years else frozenset())
        if not any(_same(value, figure) for figure in known):
            raise EvidenceError(f"{number[0]!r} in {text!r} is not what {row_id} says: {_summary(entry)}")


def _check_derived(text: str, numbers: list[re.Match[str]], entry: Derived) -> None:
    worked_out = figures(entry)
    for number in numbers:
        if not any(_same(_decimal(number), figure) for figure in worked_out.values()):
            known = "; ".join(f"{name} {figure:.4g}" for name, figure in worked_out.items())
            raise EvidenceError(f"{number[0]!r} in {text!r} is not what {entry.id} gives: {known}")


def _decimal(match: re.Match[str]) -> Decimal:
    value = Decimal(match["digits"].replace(",", ""))
    return -value if match["sign"] else value


def _same(shown: Decimal, figure: Decimal) -> bool:
    """Whether the figure, rounded to the digits shown, is the number shown (sources round both ways)."""
    step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    return shown in (figure.quantize(step, ROUND_HALF_UP), figure.quantize(step, ROUND_HALF_EVEN))


def _texts(entry: Row) -> Iterator[str]:
    for name, value in entry:
        if name not in _NOT_FIGURES and isinstance(value, str) and value:
            # Inside the data a hyphen may be a minus sign or join a range: both readings are kept below.
            yield value


@cache
def _figures(entry: Row) -> frozenset[Decimal]:
    figures = {
        Decimal(value)
        for name, value in entry
        if name not in _NOT_FIGURES and isinstance(value, (int, Decimal))
    }
    for text in _texts(entry):
        for match in _NUMBER.finditer(text):
            figures.add(_decimal(match))
            if text[match.start() - 1 : match.start()] == "-":
                figures.add(-_decimal(match))
    return frozenset(figures) | _percentages(entry)


@cache
def _percentages(entry: Row) -> frozenset[Decimal]:
    found = set()
    for name in ("percent", "percent_improvement"):
        value = getattr(entry, name, None)
        if value is not None:
            found.add(Decimal(value))
    counts = entry.counts()
    if counts and counts[1] and getattr(entry, "denominator_kind", "") != "events":
        found.add(Decimal(100 * counts[0]) / Decimal(counts[1]))
    in_percent = "percent" in getattr(entry, "unit", "")
    for name, value in entry:
        if isinstance(value, str) and name not in _NOT_FIGURES:
            for match in _NUMBER.finditer(value):
                # "13-15%" gives both ends their percent sign.
                ranged = re.match(r"(?:-| to |–| / )\d[\d.]*\s?(%|percent)", value[match.end() :])
                if match["percent"] or ranged or (in_percent and name in {"value", "low", "high"}):
                    found.add(_decimal(match))
    return frozenset(found)


@cache
def _shares(entry: Row) -> frozenset[Decimal]:
    """The percentages of a row, and those that its counts give."""
    if getattr(entry, "denominator_kind", "") == "events":
        return _percentages(entry)
    return _percentages(entry) | {Decimal(100 * some) / Decimal(all_) for some, all_ in _pairs(entry) if all_}


@cache
def _years(entry: Row) -> frozenset[Decimal]:
    months = getattr(entry, "followup_months", None)
    return frozenset() if months is None else frozenset({Decimal(months) / 12})


@cache
def _pairs(entry: Row) -> frozenset[tuple[int, int]]:
    pairs = set()
    counts = entry.counts()
    if counts:
        pairs.add(counts)
    for text in _texts(entry):
        for match in _PAIR.finditer(text):
            events, people = (int(part.replace(",", "")) for part in match.groups() if part)
            pairs.add((events, people))
    value, number = getattr(entry, "value", ""), getattr(entry, "n", "")
    if value.isdigit() and number.isdigit():
        pairs.add((int(value), int(number)))
    unit = re.match(r"of (\d+)", getattr(entry, "unit", ""))
    if unit and value.isdigit():
        pairs.add((int(value), int(unit[1])))
    return frozenset(pairs)


def _summary(entry: Row) -> str:
    """What the row holds, short enough for an error line."""
    said = []
    for name, value in entry:
        if name in _NOT_FIGURES or value in (None, ""):
            continue
        if isinstance(value, (int, Decimal)) or re.search(r"\d", str(value)):
            said.append(f"{name} {value}")
    return "; ".join(said) or "no figure at all"
