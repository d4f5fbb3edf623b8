"""The map of the course: each chapter's objectives, and the questions that test them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from widgets.quiz.bank import QuestionBankError, read
from widgets.quiz.linter.chapter import Chapter, read_chapter
from widgets.quiz.model import Bank, Question

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
#: An objective is tested by no fewer questions than these.
FEWEST = 2


@dataclass(frozen=True)
class Mapped:
    """A page with objectives, and its questions."""

    name: str
    chapter: Chapter
    bank: Bank

    def tested(self, objective: str) -> list[tuple[int, Question]]:
        """The questions on an objective, each with its number in the bank, counted from 1."""
        return [
            (number, one) for number, one in enumerate(self.bank.questions, 1) if one.objective == objective
        ]

    def faults(self) -> list[str]:
        """One line for each objective with too few questions, and for each question of an unknown one."""
        known = self.chapter.objectives
        counts = {objective: len(self.tested(objective)) for objective in known}
        return [
            *(
                f"the objective '{objective}' has {_count(count, 'question')}; write {FEWEST} or more"
                for objective, count in counts.items()
                if count < FEWEST
            ),
            *(
                f"question '{one.id}' tests '{one.objective}', which the chapter does not list; "
                f"use one of {', '.join(known)}"
                for one in self.bank.questions
                if one.objective not in known
            ),
        ]


class ObjectiveMap(SphinxDirective):
    """A table for every chapter, in the order of the contents: objective, and links to its questions."""

    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """The sum in a sentence, then a section for each part of the book that has objectives."""
        self.env.metadata[self.env.docname]["objective_map"] = "yes"
        parts = {
            caption: pages
            for caption, names in contents(self.env)
            if (pages := [page for name in names if (page := self._mapped(name))])
        }
        return [self._sum(parts), *(self._part(caption, pages) for caption, pages in parts.items())]

    def _mapped(self, name: str) -> Mapped | None:
        path = Path(self.env.doc2path(name))
        bank = path.with_suffix(".questions.yml")
        chapter = read_chapter(path)
        if chapter is None or not (chapter.objectives or bank.exists()):
            return None
        self.env.note_dependency(str(path))
        self.env.note_dependency(str(bank))
        try:
            page = Mapped(name, chapter, read(bank, shown_as=f"{name}.questions.yml"))
        except QuestionBankError as error:
            raise self.error(str(error)) from None
        for fault in page.faults():
            logger.warning("%s", fault, location=name, type="course", subtype="objective")
        return page

    def _sum(self, parts: dict[str, list[Mapped]]) -> nodes.paragraph:
        pages = [page for one in parts.values() for page in one]
        objectives = sum(len(page.chapter.objectives) for page in pages)
        questions = sum(len(page.bank.questions) for page in pages)
        words = (
            _count(len(pages), "chapter"),
            _count(objectives, "objective"),
            _count(questions, "question"),
        )
        return nodes.paragraph("", f"{', '.join(words)}.")

    def _part(self, caption: str, pages: list[Mapped]) -> nodes.section:
        section = nodes.section("", nodes.title("", caption), ids=[nodes.make_id(f"map {caption}")])
        section += [self._section(page) for page in pages]
        return section

    def _section(self, page: Mapped) -> nodes.section:
        link = nodes.reference("", page.chapter.title, internal=True, refuri=self._address(page))
        section = nodes.section("", nodes.title("", "", link), ids=[nodes.make_id(f"map {page.name}")])
        # docutils would give every column the same width.
        table = nodes.table("", classes=["objective-map", "colwidths-auto"])
        group = nodes.tgroup("", nodes.colspec(colwidth=1), nodes.colspec(colwidth=1), cols=2)
        group += nodes.thead("", _row(_cell(nodes.Text("Objective")), _cell(nodes.Text("Questions"))))
        group += nodes.tbody(
            "", *(self._row(page, *objective) for objective in page.chapter.objectives.items())
        )
        table += group
        section += table
        return section

    def _row(self, page: Mapped, objective: str, text: str) -> nodes.row:
        shown, messages = self.parse_inline(text)
        found = page.tested(objective)
        links: list[nodes.Node] = [nodes.Text(f"{len(found)} in all:")]
        for number, question in found:
            link = nodes.reference(
                "",
                str(number),
                internal=True,
                refuri=f"{self._address(page)}#q-{question.id}",
                reftitle=f"{question.type.replace('-', ' ').capitalize()}, {question.level}",
            )
            links += [nodes.Text(" "), link]
        return _row(_cell(*shown, *messages), _cell(*links))

    def _address(self, page: Mapped) -> str:
        return self.env.app.builder.get_relative_uri(self.env.docname, page.name)


def contents(env: BuildEnvironment) -> Iterator[tuple[str, list[str]]]:
    """Each part of the table of contents: its caption, and the pages below it in order."""
    site = env.config.external_site_map
    for part in site.root.subtrees:
        yield part.caption or env.config.project, list(_below(env, part.files()))


def _below(env: BuildEnvironment, names: list[str]) -> Iterator[str]:
    site = env.config.external_site_map
    for item in names:
        name = str(item).removesuffix(".md")
        if name in env.found_docs:
            yield name
        if name in site:
            for part in site[name].subtrees:
                yield from _below(env, part.files())


def _cell(*content: nodes.Node) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", *content))


def _row(*cells: nodes.entry) -> nodes.row:
    return nodes.row("", *cells)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The pages with a map, when a chapter came or went: the map depends on the list of chapters too."""
    if not added and not removed:
        return []
    return [name for name, data in env.metadata.items() if "objective_map" in data and name in env.found_docs]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("objective-map", ObjectiveMap)
    app.connect("env-get-outdated", _read_again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
