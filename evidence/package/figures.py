"""What no schema can say: whether counts, percentages, intervals and cross-references make sense together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from evidence.cells import Line, Table
from evidence.fault import Fault, shown
from evidence.package.schema import Resources

# What makes two rows the same figures; ids, locators and notes may differ.
_SAME_OUTCOME = [
    "study",
    "procedure",
    "target",
    "followup_months",
    "scale",
    "measure",
    "baseline_mean",
    "followup_mean",
    "change",
    "percent_improvement",
    "responders_n",
    "responders_of",
    "responder_definition",
]
_SAME_COMPLICATION = [
    "study",
    "procedure",
    "complication",
    "term_as_reported",
    "events_n",
    "at_risk_n",
    "percent",
    "timing",
]
_PRINTED = re.compile(r"[Pp]rinted (?:as )?(\d+(?:\.\d+)?) ?%")
_NOT_PEOPLE = re.compile(r"\bn counts (?:procedures|operations|sides|assessments)\b")
_POOLED = ("meta-analysis", "systematic-review")


def implausible(resources: Resources) -> Iterator[Fault]:
    """Every row whose figures contradict each other or another row."""
    tables = resources.tables
    excused = _excused(tables["conflicts"], "percentage")
    for table, events, people in (
        (tables["outcomes"], "responders_n", "responders_of"),
        (tables["complications"], "events_n", "at_risk_n"),
    ):
        for line in table.lines:
            yield from _counts(table, line, events, people)
            yield from _percentages(table, line, events, people, line.cells["id"] in excused)
            yield from _second_hand(table, line)
    unfollowed = _excused(tables["conflicts"], "followed")
    for line in tables["outcomes"].lines:
        yield from _followed(tables["outcomes"], line, line.cells["id"] in unfollowed)
    yield from _same_figures(tables["outcomes"], _SAME_OUTCOME)
    yield from _same_figures(tables["complications"], _SAME_COMPLICATION)
    for name, low, value, high in (
        ("outcomes", "change_ci_low", "change", "change_ci_high"),
        ("facts", "low", "value", "high"),
        ("scale-findings", "low", "value", "high"),
        ("scales", "minimum", "", "maximum"),
        ("scale-items", "minimum", "", "maximum"),
    ):
        for line in tables[name].lines:
            yield from _interval(tables[name], line, low, value, high)
    yield from _ids(resources)
    yield from _unused_studies(tables)
    yield from _cohorts(tables)
    yield from _conflict_rows(tables)


def _counts(table: Table, line: Line, events: str, people: str) -> Iterator[Fault]:
    over, under = line.cells[events], line.cells[people]
    if over and under and int(over) > int(under) and line.cells.get("denominator_kind") != "events":
        yield table.fault(line, f"{events} {over} is more than {people} {under}")


def _percentages(table: Table, line: Line, events: str, people: str, excused: bool) -> Iterator[Fault]:
    """A percentage must be its counts' ratio, rounded to the digits printed."""
    over, under = line.cells[events], line.cells[people]
    if not over or not under or line.cells.get("denominator_kind") == "events" or int(over) > int(under):
        return
    exact = Decimal(100 * int(over)) / Decimal(int(under))
    printed = [line.cells["percent"]] if line.cells.get("percent") else []
    for column in ("responder_definition", "note"):
        printed += _PRINTED.findall(line.cells.get(column, ""))
    wrong = [percent for percent in printed if not _borne_out(Decimal(percent), exact)]
    if wrong and not excused:
        told = f"{wrong[0]} % is not {over} of {under}, which is {exact:.2f} %"
        yield table.fault(line, f"{told}; a misprint of the source is excused in conflicts.csv")
    if excused and not wrong:
        yield table.fault(line, "conflicts.csv excuses this percentage, but the counts bear it out")


def _borne_out(printed: Decimal, exact: Decimal) -> bool:
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    return printed in {exact.quantize(step, way) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}


def _followed(table: Table, line: Line, excused: bool) -> Iterator[Fault]:
    """Nobody is followed who was not enrolled; a source that counts sides or operations may seem to say so."""
    enrolled, followed = line.cells["n_enrolled"], line.cells["n_followed"]
    more = bool(enrolled and followed) and int(followed) > int(enrolled)
    if more and not excused and not _NOT_PEOPLE.search(line.cells["note"]):
        yield table.fault(
            line,
            f"n_followed {followed} is more than n_enrolled {enrolled}: if procedures or sides are counted, "
            'write "n counts procedures" (or sides) under note; a misprint of the source is excused in '
            "conflicts.csv",
        )
    if excused and not more:
        yield table.fault(
            line, "conflicts.csv excuses that more are followed than enrolled, but they are not"
        )


def _excused(conflicts: Table, check: str) -> set[str]:
    lines = (line.cells for line in conflicts.lines if line.cells["excuses"] == check)
    return {row for cells in lines for row in cells["rows"].split(";")}


def _second_hand(table: Table, line: Line) -> Iterator[Fault]:
    """A note that names another paper's table must not contradict the column."""
    quoted = (
        line.cells["note"].startswith("Secondary source") and "own series" not in line.cells["note"].lower()
    )
    if quoted and line.cells["second_hand"] != "yes":
        yield table.fault(line, "was read in another paper's table, says its note: second_hand must be yes")


def _same_figures(table: Table, columns: list[str]) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], int] = {}
    for line in table.lines:
        figures = tuple(line.cells[column] for column in columns)
        first = seen.setdefault(figures, line.number)
        if first != line.number:
            yield table.fault(line, f"says of {line.cells['study']} what line {first} says already")


def _interval(table: Table, line: Line, low: str, value: str, high: str) -> Iterator[Fault]:
    bottom, top = _number(line.cells[low]), _number(line.cells[high])
    middle = _number(line.cells[value]) if value else None
    if bottom is None or top is None:
        return
    if bottom > top:
        yield table.fault(line, f"{low} {bottom} is above {high} {top}")
    elif middle is not None and not bottom <= middle <= top:
        yield table.fault(line, f"{value} {middle} lies outside {low} {bottom} to {high} {top}")


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if re.fullmatch(r"-?\d+(?:\.\d+)?", cell) else None


def _ids(resources: Resources) -> Iterator[Fault]:
    """One id is one row, whichever table it stands in."""
    seen: dict[str, str] = {}
    for table in resources.tables.values():
        for line in table.lines:
            name = line.cells.get("id", "")
            if name and seen.setdefault(name, table.path.name) != table.path.name:
                yield table.fault(line, f"the id {shown(name)} stands in {seen[name]} already")


def _unused_studies(tables: dict[str, Table]) -> Iterator[Fault]:
    used = {line.cells["study"] for name in ("outcomes", "complications") for line in tables[name].lines}
    for line in tables["studies"].lines:
        if line.cells["key"] not in used:
            yield tables["studies"].fault(line, f"no outcome or complication is from {line.cells['key']}")


def _cohorts(tables: dict[str, Table]) -> Iterator[Fault]:
    """Studies that certainly or likely share people must name the same cohort."""
    table = tables["overlaps"]
    studies = {line.cells["key"]: line.cells for line in tables["studies"].lines}
    pairs: set[frozenset[str]] = set()
    for line in table.lines:
        one, other = line.cells["study_a"], line.cells["study_b"]
        pair = frozenset((one, other))
        if len(pair) == 1 or pair in pairs:
            yield table.fault(line, f"{one} and {other} must be two studies, named once")
        pairs.add(pair)
        both = [studies[key] for key in (one, other) if key in studies]
        # A pooled analysis holds many cohorts and belongs to none.
        if any(study["design"].endswith(_POOLED) for study in both) or line.cells["certainty"] == "possible":
            continue
        if len({study["cohort"] for study in both}) == 2:
            yield table.fault(line, f"{one} and {other} share people, but have two cohorts in studies.csv")


def _conflict_rows(tables: dict[str, Table]) -> Iterator[Fault]:
    """A conflict bears only on rows of the studies it names."""
    sources: dict[str, set[str]] = {}
    for table in tables.values():
        for line in table.lines:
            if "id" in line.cells:
                cells = (line.cells.get(column, "") for column in ("study", "source", "sources"))
                sources[line.cells["id"]] = {key for cell in cells for key in cell.split(";")}
    conflicts = tables["conflicts"]
    for line in conflicts.lines:
        named = set(line.cells["studies"].split(";"))
        for row in filter(None, line.cells["rows"].split(";")):
            if not named & sources[row]:
                yield conflicts.fault(line, f"names the row {row} but none of its sources")
