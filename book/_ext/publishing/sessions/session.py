"""Sessions for patients: one source that gives a page, slides, a handout and a plan.

Ordinary prose is the page. ``:::{piece} name`` is shown at its place and can be shown again, on a slide or
elsewhere, by ``{show} name`` (``{show} other-session/name`` for another session's). ``:::{slide} Title`` is a
slide, ``:::{notes}`` in it what the speaker says, ``{poll} id`` a question to the room. ``:::{handout}`` is
printed only: a printed page keeps its title, the pieces marked ``:handout:`` and the handout blocks. ``:::{plan}``
is the educator's plan, a page of its own. Nothing is written twice, so a number has one place to change.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from evidence import Derived, bound, references
from widgets.poll import poll
from widgets.quiz import QuestionBankError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
FOLDER = "sessions"


class piece(nodes.General, nodes.Element):  # noqa: N801  (docutils names node classes in lower case)
    """What a page shows at its place, and other parts of the session show again."""


class slide(nodes.General, nodes.Element):  # noqa: N801
    """One slide: its title, what it shows, and its notes."""


class slide_title(nodes.General, nodes.TextElement):  # noqa: N801
    """The title of a slide."""


class notes(nodes.General, nodes.Element):  # noqa: N801
    """What the speaker says."""


class handout(nodes.General, nodes.Element):  # noqa: N801
    """What stands on paper only."""


class plan(nodes.General, nodes.Element):  # noqa: N801
    """How an educator runs the session."""


class show(nodes.General, nodes.Element):  # noqa: N801
    """The place where a piece is shown again."""


class part_heading(nodes.General, nodes.TextElement):  # noqa: N801
    """A heading within one of these parts; it opens no section of the page."""


class _Part(SphinxDirective):
    """What all these blocks share: they hold Markdown."""

    has_content = True
    option_spec: ClassVar = {}

    def warn(self, message: str, *arguments: object) -> None:
        """Say what is wrong, with file and line."""
        logger.warning(message, *arguments, location=self.get_location(), type="course", subtype="session")

    def filled(self, part: nodes.Element) -> nodes.Element:
        """The part with its content parsed; headings in it open no sections."""
        self.set_source_info(part)
        self.state.nested_parse(self.content, self.content_offset, part)
        for rubric in list(part.findall(nodes.rubric)):
            if "level" in rubric:
                rubric.replace_self(
                    part_heading(
                        rubric.rawsource, "", *rubric.children, level=rubric["level"], ids=rubric["ids"]
                    )
                )
        return part


class PieceDirective(_Part):
    """``:::{piece} name``, with ``:handout:`` when it belongs on paper."""

    required_arguments = 1
    option_spec: ClassVar = {"handout": directives.flag}

    def run(self) -> list[nodes.Node]:
        """The piece, under a name that is given once on its page."""
        name = self.arguments[0]
        names = self.env.temp_data.setdefault("course_pieces", set())
        if name in names:
            self.warn("the piece %r stands twice on this page: give each a name of its own", name)
        names.add(name)
        return [self.filled(piece("", name=name, handout="handout" in self.options))]


class ShowDirective(_Part):
    """``{show} name``: a piece again."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """The place; the piece is put there when every page has been read."""
        session, _, name = self.arguments[0].rpartition("/")
        here = PurePosixPath(self.env.docname)
        page = (here.parent / session).as_posix() if session else here.as_posix()
        if session:
            self.env.note_dependency(f"{self.env.srcdir}/{page}.md")
        wanted = show("", page=page, name=name)
        self.set_source_info(wanted)
        return [wanted]


class SlideDirective(_Part):
    """``::::{slide} Title`` with ``:minutes:``, and ``:look:`` for one that is mostly picture."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {
        "minutes": float,
        "look": lambda value: directives.choice(value, ("opening", "picture", "statement")),
    }

    def run(self) -> list[nodes.Node]:
        """The slide, with its notes and its time."""
        if not self.options.get("minutes"):
            self.warn("the slide %r has no time: give it one, as in :minutes: 3", self.arguments[0])
        shown, messages = self.parse_inline(self.arguments[0])
        one = slide("", minutes=self.options.get("minutes", 0.0), look=self.options.get("look", ""))
        one += slide_title(self.arguments[0], "", *shown)
        self.filled(one)
        if not list(one.findall(notes)):
            self.warn("the slide %r has no notes: say what the speaker says", self.arguments[0])
        return [one, *messages]


class PollDirective(_Part):
    """``{poll} question-id``: a question of the session's bank, with the hands counted before and after."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar = {"bank": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """The poll's markup, as its widget gives it."""
        bank = self.options.get("bank", self.env.docname)
        path = Path(self.env.srcdir) / f"{bank}.questions.yml"
        self.env.note_dependency(str(path))
        try:
            markup = poll(bank, self.arguments[0], path=path).page_html()
        except QuestionBankError as error:
            self.warn("%s", error)
            return []
        return [nodes.raw("", markup, format="html")]


class NotesDirective(_Part):
    """``:::{notes}``: what the speaker says."""

    def run(self) -> list[nodes.Node]:
        """The notes."""
        return [self.filled(notes())]


class HandoutDirective(_Part):
    """``:::{handout}``: what stands on paper only."""

    def run(self) -> list[nodes.Node]:
        """The block."""
        return [self.filled(handout())]


class PlanDirective(_Part):
    """``:::{plan}``: how an educator runs the session."""

    def run(self) -> list[nodes.Node]:
        """The plan."""
        return [self.filled(plan())]


def fill_in(env: BuildEnvironment, tree: nodes.Element) -> None:
    """Put each piece where it is shown again, under ids of its own: the first place keeps the others."""
    for time, wanted in enumerate(list(tree.findall(show)), start=1):
        known = (
            {one["name"]: one for one in env.get_doctree(wanted["page"]).findall(piece)}
            if wanted["page"] in env.found_docs
            else {}
        )
        found = known.get(wanted["name"])
        if found is None:
            near = difflib.get_close_matches(wanted["name"], known, n=1)
            advice = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(known) or 'none'}"
            logger.warning(
                "%s has no piece %r: %s",
                wanted["page"],
                wanted["name"],
                advice,
                location=wanted,
                type="course",
                subtype="session",
            )
            wanted.parent.remove(wanted)
            continue
        again = found.deepcopy()
        for node in again.findall(nodes.Element):
            node["ids"], node["names"] = [f"{one}-again-{time}" for one in node["ids"]], []
        # What leads elsewhere leads there from the piece's own page.
        for link in list(again.findall(addnodes.pending_xref)):
            link.replace_self(nodes.inline("", "", *link.children))
        again["handout"] = False
        wanted.replace_self(again)


def sources_of(tree: nodes.Element) -> list[str]:
    """Whose figures a part shows, each source once, in the order of its numbers."""
    labels: dict[str, None] = {}
    for number in tree.findall(nodes.Element):
        # Printed numbers and pictures of icons alike name their row.
        row_id = number.get("row")
        if not isinstance(row_id, str) or row_id == "not-known":
            continue
        entry = bound(row_id)
        if isinstance(entry, Derived):
            labels["worked out in this course"] = None
        else:
            source = references().get(entry.source_key)
            labels[source.label if source else entry.source_key] = None
    return list(labels)


def sessions(env: BuildEnvironment) -> Iterator[tuple[str, nodes.document]]:
    """Each page that holds slides or a plan: its name, and what was read."""
    for name in sorted(env.found_docs):
        if env.metadata.get(name, {}).get("course_session"):
            yield name, env.get_doctree(name)


def _note_session(app: Sphinx, doctree: nodes.document) -> None:
    if [*doctree.findall(slide), *doctree.findall(plan)]:
        app.env.metadata[app.env.docname]["course_session"] = "yes"


def _make_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """The page: without slides and plan, and with a mark on all that paper keeps."""
    if app.builder.name == "revealjs" or "course_part" in doctree:
        return
    # Before slides go: a piece that is not there is a fault of the book too.
    fill_in(app.env, doctree)
    hidden_parts: list[nodes.Element] = [*doctree.findall(slide), *doctree.findall(plan)]
    for hidden in hidden_parts:
        hidden.parent.remove(hidden)
    printed = [one for one in doctree.findall(piece) if one["handout"]]
    kept: list[nodes.Element] = [*printed, *doctree.findall(handout)]
    for part in kept:
        above: nodes.Node | None = part.parent
        while isinstance(above, nodes.section):
            above["classes"] = list(dict.fromkeys([*above["classes"], "printed"]))
            above = above.parent
    if kept and (last := list(doctree.findall(nodes.section))):
        last[0] += _origin(kept)


def _origin(kept: Iterable[nodes.Element]) -> handout:
    """The last lines of a handout: whose figures it prints."""
    labels = list(dict.fromkeys(label for part in kept for label in sources_of(part)))
    said = f"The numbers come from: {'; '.join(labels)}. " if labels else ""
    return handout("", nodes.paragraph("", f"{said}The course says where each was read."), classes=["origin"])


def _visit_piece(self: HTML5Translator, node: nodes.Element) -> None:
    classes = ["piece", *(["in-handout"] if node["handout"] else [])]
    self.body.append(f'<div class="{" ".join(classes)}" data-piece="{node["name"]}">\n')


def _visit_handout(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f'<div class="{" ".join(["handout", *node["classes"]])}">\n')


def _visit_plain(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("<div>\n")


def _depart_block(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _visit_heading(self: HTML5Translator, node: nodes.Element) -> None:
    ids = f' id="{node["ids"][0]}"' if node["ids"] else ""
    self.body.append(f"<h{node['level']}{ids}>")


def _depart_heading(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f"</h{node['level']}>\n")


def _skip(self: HTML5Translator, node: nodes.Element) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_node(piece, html=(_visit_piece, _depart_block))
    app.add_node(handout, html=(_visit_handout, _depart_block))
    app.add_node(plan, html=(_visit_plain, _depart_block))
    app.add_node(notes, html=(_visit_plain, _depart_block))
    app.add_node(part_heading, html=(_visit_heading, _depart_heading))
    for name in (slide, slide_title, show):
        app.add_node(name, html=(_skip, None))
    app.add_directive("piece", PieceDirective)
    app.add_directive("show", ShowDirective)
    app.add_directive("slide", SlideDirective)
    app.add_directive("notes", NotesDirective)
    app.add_directive("poll", PollDirective)
    app.add_directive("handout", HandoutDirective)
    app.add_directive("plan", PlanDirective)
    app.connect("doctree-read", _note_session)
    # Before the glossary marks the first use of each term, and before drawings are replaced.
    app.connect("doctree-resolved", _make_page, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
