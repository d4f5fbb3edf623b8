"""Whether every count of people who gained is shown in the risk explorer, or left out with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.fault import Fault, shown
from evidence.package.schema import Resources
from evidence.pooling.scales import is_global_rating


def undecided(resources: Resources) -> Iterator[Fault]:
    """Every outcome whose counts fit the explorer and that says neither what was gained nor why it is left out.

    Authors count different things as success, so that nothing but a reader can tell which row answers what.
    """
    tables = resources.tables
    operations = {line.cells["term"]: line.cells["operation"] for line in tables["procedures"].lines}
    complete = {line.cells["key"] for line in tables["references"].lines if line.cells["complete"] == "yes"}
    studies = {line.cells["key"]: line.cells for line in tables["studies"].lines}
    drawn: dict[tuple[str, str, str], int] = {}
    for line in tables["outcomes"].lines:
        cells = line.cells
        operation = operations[cells["procedure"]]
        fits = operation and cells["study"] in complete and _counted(cells)
        if cells["gain"]:
            told = _unfit(cells, operation, cells["study"] in complete)
            people = (operation, cells["gain"], studies[cells["study"]]["cohort"])
            first = drawn.setdefault(people, line.number)
            if not told and first != line.number:
                told = (
                    f"line {first} shows the same people's gain already: leave gain empty "
                    "and say so under left_out"
                )
        elif fits and not cells["left_out"] and studies[cells["study"]]["design"] != "case-report":
            told = (
                "counts people who gained: write overall, scale or pain under gain to show it in the risk "
                "explorer, or under left_out why it is not shown"
            )
        else:
            told = ""
        if told:
            yield tables["outcomes"].fault(line, told)


def _counted(cells: dict[str, str]) -> bool:
    return bool(cells["responders_n"] and cells["responders_of"])


def _unfit(cells: dict[str, str], operation: str, complete: bool) -> str:
    """Why this row cannot be shown as the gain that it names, or nothing."""
    gain, scale = cells["gain"], cells["scale"]
    if cells["left_out"]:
        return f"gain is {gain} and left_out gives a reason: a row is shown or left out, so empty one of them"
    if not _counted(cells):
        return f"gain is {gain}, but responders_n or responders_of is empty: there is no count to show"
    if not operation:
        return (
            f"gain is {gain}, but procedures.csv gives {cells['procedure']} no operation of the risk "
            "explorer: leave gain empty"
        )
    if not complete:
        return (
            f"gain is {gain}, but the record of {cells['study']} in references.bib is not complete "
            "enough to be cited: leave gain empty and say so under left_out"
        )
    if gain != "pain" and is_global_rating(scale) != (gain == "overall"):
        right, kind = (
            ("overall", "a judgement as a whole") if gain == "scale" else ("scale", "a rating scale")
        )
        return f"gain is {gain}, but {shown(scale)} is {kind}: write {right}"
    return ""
