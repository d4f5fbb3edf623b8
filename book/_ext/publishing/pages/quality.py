"""What the question linter found, as pages of the book: ``{question-quality} rules``.

Parts: ``rules`` (rule by rule), ``findings`` (what stands, with its reasons), ``objectives`` (who tests what),
``spread`` (types, levels, key positions and lengths), ``robots`` (what candidates without medicine find),
``difficulty`` (what authors expect). All are counted when the page is built.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from widgets.base.front_end import template
from widgets.quiz.linter import RULES, Finding, Report, lint
from widgets.quiz.linter.length import shares_longest
from widgets.quiz.linter.position import chi_square, positions
from widgets.quiz.linter.robots import LIMIT, Score, sit
from widgets.quiz.linter.robots.fixed import ROBOTS
from widgets.quiz.linter.robots.sitting import LEARNED
from widgets.quiz.model import DIFFICULTIES
from widgets.quiz.wording import QUESTION_TYPES
from widgets.text.markdown import plain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

TEMPLATE = template(Path(__file__).with_suffix(".html"))
_BEST_RULES = 3
LEVELS = ("recall", "understand", "apply", "analyse")


class Bar(NamedTuple):
    """A line of a small chart: a name, a count, its share in per cent and what chance would give."""

    name: str
    number: int
    share: float
    expected: float | None = None
    expected_share: float | None = None


@dataclass(frozen=True)
class Place:
    """Where a finding stands, for readers: chapter, question and the way there."""

    chapter: str
    question: str
    address: str


Address = Callable[[str], str]


def rules(report: Report) -> dict[str, Any]:
    """Each rule with its findings and waivers, counted."""
    open_ones = Counter(one.rule for one in [*report.errors, *report.warnings])
    waived = Counter(one.rule for one in report.waived)
    return {"rules": [(rule, open_ones[rule.id], waived[rule.id]) for rule in RULES]}


def findings(report: Report, address: Address) -> dict[str, Any]:
    """What was found and stands: open findings, and waivers with their reasons."""

    def placed(found: Iterable[Finding]) -> list[tuple[Finding, Place]]:
        return [(one, _place(report, one, address)) for one in found]

    return {"open": placed([*report.errors, *report.warnings]), "waived": placed(report.waived)}


def objectives(report: Report, address: Address) -> dict[str, Any]:
    """Each chapter's objectives, how many questions test them, and at which levels."""
    chapters = []
    for bank in report.banks:
        if bank.chapter is None:
            continue
        rows = []
        for objective, text in bank.chapter.objectives.items():
            levels: Counter[str] = Counter(
                one.question.level for one in bank.questions if one.question.objective == objective
            )
            told = ", ".join(f"{levels[level]} {level}" for level in LEVELS if levels[level])
            rows.append((plain(text), levels.total(), told))
        chapters.append((bank.chapter.title, address(bank.path), rows))
    return {"chapters": chapters}


def spread(report: Report) -> dict[str, Any]:
    """Types and levels of all questions, places and lengths of the keys."""
    questions = [one for bank in report.banks for one in bank.questions]
    of_one_key = [one for bank in report.banks for one in bank.of_one_key()]
    places = positions(of_one_key)
    longest, shortest, chance = shares_longest(of_one_key)
    keyed = len(of_one_key)
    statistic, degrees, p = chi_square(places)
    return {
        "questions": len(questions),
        "keyed": keyed,
        "types": _bars([one.question.type.replace("-", " ") for one in questions], _types()),
        "levels": _bars([one.question.level for one in questions], LEVELS),
        "places": [
            Bar(letter, count, _share(count, keyed), expected, _share(expected, keyed))
            for letter, count, expected in places
        ],
        "lengths": [
            Bar("longest option", longest, _share(longest, keyed), chance, _share(chance, keyed)),
            Bar("shortest option", shortest, _share(shortest, keyed), chance, _share(chance, keyed)),
        ],
        "chi_square": f"{statistic:.1f}",
        "degrees": degrees,
        "p": f"{p:.2f}",
    }


def robots(report: Report) -> dict[str, Any]:
    """What candidates without medicine find: the best rules of each measure, those that learn, and all."""
    sat = sit(report.banks)
    measures = list(dict.fromkeys((one.measure, one.questions, one.chance) for one in sat))
    by_robot: dict[str, list[Score]] = {}
    for measure, _, _ in measures:
        for one in sat:
            if one.measure == measure:
                by_robot.setdefault(one.robot, []).append(one)
    rows = sorted(by_robot.items(), key=lambda row: (row[0] not in LEARNED, -max(one.gain for one in row[1])))
    told = set(LEARNED)
    for measure, _, _ in measures:
        own = [one for one in sat if one.measure == measure and one.robot not in LEARNED]
        told |= {one.robot for one in own[:_BEST_RULES]}
    return {
        "limit": f"{LIMIT:g}",
        "fixed": len(ROBOTS),
        "measures": measures,
        "all": rows,
        "best": [row for row in rows if row[0] in told],
    }


def difficulty(report: Report) -> dict[str, Any]:
    """How hard authors expect their questions to be."""
    said = [one.question.expected for bank in report.banks for one in bank.questions]
    counts: Counter[str] = Counter(one for one in said if one)
    return {
        "questions": len(said),
        "carried": counts.total(),
        "steps": [(name, counts[name], low, high) for name, (low, high) in DIFFICULTIES.items()],
    }


def in_order(report: Report, pages: Sequence[str]) -> Report:
    """The report with its banks in the order of the book; banks that no page shows come last."""
    known = {page: index for index, page in enumerate(pages)}
    banks = sorted(report.banks, key=lambda bank: known.get(_page(bank.path), len(known)))
    return Report(banks, report.findings)


def markup(part: str, report: Report, address: Address) -> str:
    """The HTML of one part; `address` gives the page that shows a bank, or nothing.

    Raises:
        KeyError: for a part that is not in PARTS.
    """
    return TEMPLATE.render(part=part, **PARTS[part](report, address))


PARTS: dict[str, Callable[[Report, Address], dict[str, Any]]] = {
    "rules": lambda report, _: rules(report),
    "findings": findings,
    "objectives": objectives,
    "spread": lambda report, _: spread(report),
    "robots": lambda report, _: robots(report),
    "difficulty": lambda report, _: difficulty(report),
}


def _types() -> Sequence[str]:
    return [name.replace("-", " ") for name in QUESTION_TYPES]


def _bars(values: Sequence[str], names: Sequence[str]) -> list[Bar]:
    counts = Counter(values)
    return [Bar(name, counts[name], _share(counts[name], len(values))) for name in names]


def _share(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _place(report: Report, finding: Finding, address: Address) -> Place:
    bank = next((bank for bank in report.banks if bank.path == finding.path), None)
    if bank is None:
        return Place("All chapters", "", "")
    title = bank.chapter.title if bank.chapter else bank.path
    numbers = {one.id: number for number, one in enumerate(bank.questions, start=1)}
    page = address(bank.path)
    if finding.question not in numbers:
        return Place(title, "", page)
    question = f"question {numbers[finding.question]}"
    return Place(title, question, f"{page}#q-{finding.question}" if page else "")


class QuestionQuality(SphinxDirective):
    """One part of the report on the question banks."""

    required_arguments = 1
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """The part as markup, counted now."""
        part = self.arguments[0]
        if part not in PARTS:
            raise self.error(f"no part {part!r}: choose from {', '.join(PARTS)}")
        self.env.metadata[self.env.docname]["question_quality"] = "yes"
        report = _report_of(self.env)
        return [nodes.raw("", markup(part, report, partial(_address, self.env)), format="html")]


def _report_of(env: BuildEnvironment) -> Report:
    root = Path(env.srcdir)
    banks = list(root.rglob("*.questions.yml"))
    chapters = [bank.with_name(bank.name.removesuffix(".questions.yml") + ".md") for bank in banks]
    for path in [*banks, *chapters, root / "glossary.md"]:
        if path.exists():  # Sphinx warns of a dependency that is not there
            env.note_dependency(str(path))
    if "course_quality" not in env.temp_data:  # of the page that is being read: its parts share one report
        env.temp_data["course_quality"] = in_order(lint(root=root), list(env.config.external_site_map))
    report: Report = env.temp_data["course_quality"]
    return report


def _address(env: BuildEnvironment, path: str) -> str:
    name = _page(path)
    return env.app.builder.get_relative_uri(env.docname, name) if name in env.found_docs else ""


def _page(path: str) -> str:
    """The page that shows a bank: its path below the folder of the chapters, without suffix."""
    return path.split("/", 1)[-1].removesuffix(".questions.yml")


def _read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The pages with a report, when a chapter came or went: the report depends on the list of chapters too."""
    if not added and not removed:
        return []
    return [
        name for name, data in env.metadata.items() if "question_quality" in data and name in env.found_docs
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("question-quality", QuestionQuality)
    app.connect("env-get-outdated", _read_again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
