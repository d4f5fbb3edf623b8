"""The evidence as tables for readers: one row a figure, one anchor a row, every row with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from evidence import (
    Complication,
    Fact,
    Outcome,
    QueueEntry,
    Reference,
    Scale,
    ScaleFinding,
    ScaleItem,
    agreements,
    complication_terms,
    complications,
    conflicts,
    derived,
    fact_topics,
    facts,
    gaps,
    muscles,
    outcomes,
    procedures,
    reading_queue,
    readings,
    references,
    scale_findings,
    scale_items,
    scales,
    studies,
)
from evidence.agreement import FIELDS
from evidence.reading.flow import REASONS
from widgets.number import worked_out
from widgets.number.reading import as_read
from widgets.table import Cell, Column, Table, table

#: Where the book keeps the package's files, seen from the evidence pages.
FILES = "../_data"
Cells = Mapping[str, str | Cell]


def outcomes_table() -> Table:
    """What was measured after an operation."""
    columns = [
        Column("study", "Study"),
        Column("procedure", "Procedure", choose=True),
        Column("scale", "Scale", choose=True),
        Column("result", "Result"),
        Column("people", "People", number=True),
        Column("months", "Months", number=True),
        Column("design", "Design"),
        Column("read", "Read in", choose=True),
        Column("again", "How it was read", wide=True),
        Column("note", "Note"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "study": _study(entry.study),
            "procedure": procedures()[entry.procedure].label,
            "scale": entry.scale,
            "result": outcome_result(entry),
            "people": _number(entry.n_followed or entry.n_enrolled),
            "months": f"{entry.followup_months.normalize():f}" if entry.followup_months is not None else "",
            "design": entry.design,
            "read": f"{entry.locator}{' (second-hand)' if entry.second_hand else ''}",
            "again": as_read(entry.id),
            "note": entry.note,
        }
        for entry in outcomes()
    ]
    return table("evidence/outcomes", columns, rows, caption="Outcomes", file=f"{FILES}/outcomes.csv")


def outcome_result(entry: Outcome) -> str:
    """What a row of the outcomes says, in words: before and after, change, share of people."""
    parts = [entry.measure]
    if entry.baseline_mean is not None and entry.followup_mean is not None:
        parts.append(f"{entry.baseline_mean} before, {entry.followup_mean} after")
    if entry.change is not None:
        interval = ""
        if entry.change_ci_low is not None:
            interval = f" (interval {entry.change_ci_low} to {entry.change_ci_high})"
        parts.append(f"change {entry.change}{interval}")
    if entry.percent_improvement is not None:
        parts.append(f"{entry.percent_improvement} % better")
    if counts := entry.counts():
        parts.append(f"{counts[0]} of {counts[1]}")
    parts.append(entry.responder_definition)
    if entry.p_value:
        parts.append(f"p {entry.p_value}")
    return "; ".join(part for part in parts if part)


def complications_table() -> Table:
    """What went wrong."""
    columns = [
        Column("study", "Study"),
        Column("procedure", "Procedure", choose=True),
        Column("complication", "Complication", choose=True),
        Column("reported", "As reported"),
        Column("count", "Count", number=True),
        Column("percent", "Printed %", number=True),
        Column("of", "Counted are", choose=True),
        Column("timing", "When"),
        Column("read", "Read in"),
        Column("again", "How it was read", wide=True),
        Column("note", "Note"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "study": _study(entry.study),
            "procedure": procedures()[entry.procedure].label,
            "complication": complication_terms()[entry.complication].label,
            "reported": "; ".join(part for part in (entry.term_as_reported, entry.severity) if part),
            "count": _count(entry),
            "percent": "" if entry.percent is None else f"{entry.percent}",
            "of": entry.denominator_kind,
            "timing": entry.timing,
            "read": f"{entry.locator}{' (second-hand)' if entry.second_hand else ''}",
            "again": as_read(entry.id),
            "note": entry.note,
        }
        for entry in complications()
    ]
    return table(
        "evidence/complications", columns, rows, caption="Complications", file=f"{FILES}/complications.csv"
    )


def facts_table(page: str) -> Table:
    """The statements that a page of the book shows, each with the value it rests on."""
    columns = [
        Column("source", "Source"),
        Column("topic", "Topic", choose=True),
        Column("statement", "Statement"),
        Column("value", "Value"),
        Column("read", "Read in"),
        Column("again", "How it was read", wide=True),
        Column("note", "Note"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "source": _study(entry.source),
            "topic": entry.topic,
            "statement": entry.statement,
            "value": _value(entry),
            "read": entry.locator,
            "again": as_read(entry.id),
            "note": entry.note,
        }
        for entry in facts()
        if fact_topics()[entry.topic].page == page
    ]
    return table(f"evidence/{page}", columns, rows, caption="Facts", file=f"{FILES}/facts.csv")


def muscles_table() -> Table:
    """Muscles of the neck: side, movement, nerve, and what an operation can reach."""
    columns = [
        Column("muscle", "Muscle", choose=True),
        Column("side", "Side"),
        Column("movement", "Movement"),
        Column("nerve", "Nerve supply"),
        Column("target", "Surgical target"),
        Column("sources", "Sources"),
        Column("note", "Note"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "muscle": entry.muscle,
            "side": entry.side_rule,
            "movement": entry.movement,
            "nerve": entry.nerve_supply,
            "target": entry.surgical_target,
            "sources": ", ".join(_label(key) for key in entry.source.split(";")),
            "note": entry.note,
        }
        for entry in muscles()
    ]
    return table("evidence/muscles", columns, rows, caption="Muscles", file=f"{FILES}/muscles.csv")


def studies_table() -> Table:
    """Who was studied, and how."""
    columns = [
        Column("study", "Study"),
        Column("design", "Design", choose=True),
        Column("prospective", "Prospective", choose=True),
        Column("blinded", "Blinded rating", choose=True),
        Column("control", "Control"),
        Column("country", "Country", choose=True),
        Column("people", "People", number=True),
        Column("cohort", "Cohort"),
        Column("read", "Read in", choose=True),
        Column("note", "Note"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.key,
            "study": _study(entry.key),
            "design": entry.design.replace("-", " "),
            "prospective": entry.prospective,
            "blinded": entry.blinded_rating,
            "control": entry.control.replace("-", " "),
            "country": entry.country,
            "people": _number(entry.people),
            "cohort": entry.cohort,
            "read": entry.read_in.replace("-", " "),
            "note": entry.note,
        }
        for entry in studies().values()
    ]
    return table("evidence/studies", columns, rows, caption="Studies", file=f"{FILES}/studies.csv")


def conflicts_table() -> Table:
    """Where sources disagree, and what the course makes of it."""
    columns = [
        Column("question", "Question"),
        Column("kind", "Kind", choose=True),
        Column("sides", "What the sources say"),
        Column("handling", "How the course handles it"),
        Column("studies", "Sources"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "question": entry.question,
            "kind": entry.kind,
            "sides": entry.sides,
            "handling": entry.handling,
            "studies": ", ".join(_label(key) for key in entry.studies),
        }
        for entry in conflicts()
    ]
    return table("evidence/conflicts", columns, rows, caption="Conflicts", file=f"{FILES}/conflicts.csv")


def gaps_table() -> Table:
    """What is missing, and whose gap it is."""
    columns = [
        Column("topic", "Topic"),
        Column("missing", "What is missing"),
        Column("consequence", "What that means for a reader"),
        Column("whose", "Whose gap", choose=True),
        Column("said_by", "Who says so"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "topic": entry.topic,
            "missing": entry.missing,
            "consequence": entry.consequence,
            "whose": "the field’s" if entry.whose == "field" else "ours",
            "said_by": ", ".join(map(_label, entry.said_by)),
        }
        for entry in gaps()
    ]
    return table("evidence/gaps", columns, rows, caption="Gaps", file=f"{FILES}/gaps.csv")


def reading_queue_table() -> Table:
    """What should be read next, and what was looked at and left out."""
    columns = [
        Column("text", "Text", wide=True),
        Column("part", "What of it"),
        Column("why", "Why", wide=True),
        Column("settles", "What it would settle", wide=True),
        Column("changes", "Where the text could change"),
        Column("state", "State", choose=True),
        Column("found", "Found in", choose=True),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "text": _to_read(entry),
            "part": entry.part,
            "why": entry.why,
            "settles": entry.settles,
            "changes": ", ".join(page.rpartition("/")[2].replace("-", " ") for page in entry.changes),
            "state": f"left out: {REASONS[entry.reason]}" if entry.reason else entry.state.replace("-", " "),
            "found": entry.found,
        }
        for entry in reading_queue()
    ]
    return table("evidence/to-read", columns, rows, caption="To read", file=f"{FILES}/reading_queue.csv")


def _to_read(entry: QueueEntry) -> Cell:
    """The title, which a library needs, with the way to the text."""
    source = references().get(entry.source) or Reference(
        key=entry.id,
        type="",
        authors=tuple(filter(None, entry.authors.split("; "))),
        **entry.model_dump(include={"title", "container", "year", "doi", "pmid", "url"}),
        complete=False,
    )
    told = ". ".join(part for part in (source.label, source.title, source.container) if part)
    return Cell(told, link=source.link)


def scales_table() -> Table:
    """Rating scales with their ranges."""
    columns = [
        Column("name", "Scale"),
        Column("rater", "Rated by", choose=True),
        Column("range", "Range"),
        Column("direction", "Direction"),
        Column("weaknesses", "Weaknesses"),
        Column("licence", "Rights"),
        Column("note", "Note"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "name": entry.name,
            "rater": entry.rater,
            "range": _span(entry),
            "direction": entry.direction.replace("-", " "),
            "weaknesses": entry.weaknesses,
            "licence": entry.licence,
            "note": entry.note,
        }
        for entry in scales()
    ]
    return table("evidence/scales", columns, rows, caption="Rating scales", file=f"{FILES}/scales.csv")


def scale_items_table() -> Table:
    """Parts and items of the scales: structure and ranges, not the protected wording."""
    columns = [
        Column("scale", "Scale", choose=True),
        Column("part", "Part"),
        Column("item", "Item"),
        Column("range", "Range"),
        Column("anchors", "What the ends mean, paraphrased"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "scale": entry.scale,
            "part": entry.part,
            "item": entry.item,
            "range": _span(entry),
            "anchors": entry.anchors,
        }
        for entry in scale_items()
    ]
    return table("evidence/scale-items", columns, rows, caption="Items", file=f"{FILES}/scale_items.csv")


def scale_findings_table() -> Table:
    """How reliable the scales are, and which change on them matters."""
    columns = [
        Column("scale", "Scale", choose=True),
        Column("kind", "Kind", choose=True),
        Column("measure", "Measure"),
        Column("value", "Value"),
        Column("source", "Source"),
        Column("again", "How it was read", wide=True),
        Column("note", "Note"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "scale": entry.scale,
            "kind": entry.kind.replace("-", " "),
            "measure": entry.measure,
            "value": _value(entry),
            "source": _study(entry.source),
            "again": as_read(entry.id),
            "note": entry.note,
        }
        for entry in scale_findings()
    ]
    file = f"{FILES}/scale_findings.csv"
    return table("evidence/scale-findings", columns, rows, caption="Findings", file=file)


def derived_table() -> Table:
    """Values worked out from rows."""
    columns = [
        Column("statement", "What it is"),
        Column("value", "Value"),
        Column("recipe", "Worked out from"),
        Column("note", "Note"),
    ]
    rows: list[Cells] = [
        {
            "id": entry.id,
            "statement": entry.statement,
            "value": worked_out(entry),
            "recipe": entry.recipe,
            "note": entry.note,
        }
        for entry in derived().values()
    ]
    return table("evidence/derived", columns, rows, caption="Derived values", file=f"{FILES}/derived.csv")


def _study(key: str) -> Cell:
    reference = references().get(key)
    return Cell(_label(key), link=reference.link if reference else "")


def _label(key: str) -> str:
    reference = references().get(key)
    return reference.label if reference else key


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _count(entry: Complication) -> Cell:
    counts = entry.counts()
    if counts is None:
        return Cell("" if entry.events_n is None else f"{entry.events_n}")
    share = counts[0] / counts[1] if counts[1] else 0
    return Cell(f"{counts[0]} of {counts[1]}", sort=f"{share:.6f}")


def _value(entry: Fact | ScaleFinding) -> str:
    bounds = f"({entry.low} to {entry.high})" if entry.low and entry.high else ""
    figure = " ".join(str(part) for part in (entry.value, bounds, entry.unit) if part)
    return "; ".join(part for part in (figure, f"n = {entry.n}" if entry.n else "") if part)


def _span(entry: Scale | ScaleItem) -> str:
    return "" if entry.maximum is None else f"{entry.minimum} to {entry.maximum}"


#: The tables by the name of their page.
TABLES: dict[str, Callable[[], Table]] = {
    "studies": studies_table,
    "outcomes": outcomes_table,
    "complications": complications_table,
    "muscles": muscles_table,
    "conflicts": conflicts_table,
    "gaps": gaps_table,
    "to-read": reading_queue_table,
    "scales": scales_table,
    "scale-items": scale_items_table,
    "scale-findings": scale_findings_table,
    "derived": derived_table,
    **{
        page: partial(facts_table, page)
        for page in ("facts-surgery", "facts-results", "facts-disorder", "facts-care")
    },
}


def summary() -> str:
    """How much there is, in one sentence."""
    return (
        f"The package holds {len(outcomes())} outcome rows, {len(complications())} complication rows, "
        f"{len(facts())} facts and {len(muscles())} rows on muscles, from {len(references())} sources."
    )


def reading_summary() -> str:
    """What a second reading made of the rows, in a sentence or two."""
    made = Counter(entry.figures for entry in readings().values())
    settled = sum(entry.settled for entry in readings().values())
    return (
        f"Of {len(readings())} rows read twice, the figures of {made['confirmed']} were confirmed and "
        f"{made['corrected']} had a cell corrected; of {made['in part']} the texts bear only a part, and "
        f"{made['not found']} could not be found again. A third reader settled {settled} rows."
    )


def reading_agreement() -> str:
    """How far the two readers agreed, as a Markdown table: a line a field."""
    lines = ["| Described | Rows | Same | Kappa |", "|---|--:|--:|--:|"]
    for field, found in agreements().items():
        kappa = "not defined" if found.kappa is None else f"{found.kappa:.2f}"
        lines.append(f"| {FIELDS[field]} | {found.n} | {found.percent:.0f} % | {kappa} |")
    return "\n".join(lines)
