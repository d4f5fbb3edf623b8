"""Pages to print for a session: its plan, its before-and-after sheet with a key apart, and what all sessions share.

They are made from the sessions themselves and their question banks, beside the pages that people write.
``{session-materials}`` lists them, with the slides, on the page for educators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from publishing.output.front_ends import BESIDE, STYLES_BESIDE
from publishing.sessions.session import FOLDER, fill_in, notes, part_heading, plan, sessions, slide
from widgets.base.front_end import template
from widgets.quiz.bank import QuestionBankError, read
from widgets.quiz.markup import LETTERS
from widgets.quiz.model import Bank, SingleBestAnswer

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_TEMPLATES = Path(__file__).parent / "printed"
#: What all sessions share: pages by name, each with its title.
SHARED = {
    "before-the-session": "Before the session",
    "voting-cards": "Voting cards",
    "evaluation-form": "Evaluation form",
}
#: The worksheet is a page that people write; it prints as a sheet to fill in.
WORKSHEET = f"{FOLDER}/deciding-worksheet"
_ON_PAPER = re.compile(r'class="(?:printable|handout|materials)\b')
_STATEMENTS = (
    "I could hear and see well.",
    "The words were clear.",
    "The pictures helped me.",
    "I could ask what I wanted to ask.",
    "I know what I may gain and what I may lose.",
    "I know what is not known.",
    "Nobody pushed me one way.",
    "I know what to do next.",
)
_HELP = (
    "Emergency number here",
    "Help line for people in despair",
    "Whom I call in the team, now",
    "Who may be asked afterwards",
)
_PEOPLE = ("Second person in the room", "Interpreter, and the language", "Help with the computer")
_READY = (
    "Slides opened on this very machine, with the network off; stepped to the end with the clicker",
    "Notes open (key S), or the plan printed: a browser that blocks pop-ups shows no notes",
    "Before-and-after sheets (two a person), voting cards, handouts, evaluation forms: printed",
    "Decision worksheets (one a person), if people are to choose",
    "The key stays with me",
    "Screen straight ahead; room to stand, lean or lie; a seat outside; the way to the toilets said",
    "Afterwards: counts taken off the slides of a shared computer",
)
_OPEN_QUESTIONS = (
    "What was most useful?",
    "What was not clear, or was missing?",
    "What was hard to hear?",
)


class materials(nodes.General, nodes.Element):  # noqa: N801  (docutils names node classes in lower case)
    """The place of the list of what each session has."""


class SessionMaterials(SphinxDirective):
    """A table: each session with its page, slides, plan and sheet; and below it what all sessions share."""

    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """The place; the table is made when every session has been read."""
        return [materials()]


def _in_order(env: BuildEnvironment) -> list[str]:
    """The sessions, in the order of the contents."""
    order: list[str] = []

    def walk(name: str) -> None:
        for below in env.toctree_includes.get(name, []):
            order.append(below)
            walk(below)

    walk(env.config.root_doc)
    found = [name for name, _ in sessions(env)]
    return sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))


def deck_of(docname: str, here: str) -> str:
    """Where a session's slides lie, seen from a page: the decks lie in a folder beside the book."""
    return f"{'../' * (here.count('/') + 1)}slides/{docname}.html"


def _link(words: str, address: str) -> nodes.reference:
    return nodes.reference("", words, internal=True, refuri=address)


def _bank(env: BuildEnvironment, docname: str) -> Bank | None:
    path = Path(env.doc2path(docname)).with_suffix(".questions.yml")
    if not path.exists():
        return None
    try:
        return read(path)
    except QuestionBankError:
        return None  # the linter and the page itself say what is wrong, with its line


def _asked(bank: Bank) -> list[SingleBestAnswer]:
    return [one for one in bank.questions if isinstance(one, SingleBestAnswer)]


def _offers(env: BuildEnvironment, docname: str, here: str) -> list[nodes.reference]:
    """What a session has beside its page."""
    at = relative_uri(f"{here}.html", docname)
    offers = [_link("slides", deck_of(docname, here)), _link("plan and what to say", f"{at}-plan.html")]
    if _bank(env, docname):
        offers.append(_link("before-and-after sheet", f"{at}-check.html"))
        offers.append(_link("its key", f"{at}-key.html"))
    return offers


def _offer(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill in the lists, and end each session's page with what educators have of it."""
    if app.builder.name == "revealjs":
        return
    for place in list(doctree.findall(materials)):
        place.replace_self(_table(app.env, docname))
    if "course_part" in doctree or not app.env.metadata.get(docname, {}).get("course_session"):
        return
    line = nodes.paragraph("", "For educators: ", classes=["materials"])
    for index, link in enumerate(_offers(app.env, docname, docname)):
        line += [nodes.Text(", "), link] if index else [link]
    line += nodes.Text(". Printed, this page becomes its handout.")
    next(iter(doctree.findall(nodes.section)), doctree).append(line)


def _table(env: BuildEnvironment, here: str) -> list[nodes.Node]:
    table = nodes.table("", classes=["colwidths-auto"])
    group = nodes.tgroup("", nodes.colspec(colwidth=1), nodes.colspec(colwidth=1), cols=2)
    group += nodes.thead(
        "", _row([nodes.Text("Session (printed: its handout)")], [nodes.Text("For educators")])
    )
    body = nodes.tbody()
    for name in _in_order(env):
        page = _link(env.titles[name].astext(), relative_uri(f"{here}.html", f"{name}.html"))
        links: list[nodes.Node] = []
        for index, link in enumerate(_offers(env, name, here)):
            links += [nodes.Text(", "), link] if index else [link]
        body += _row([page], links)
    group += body
    table += group
    pages = {f"{FOLDER}/{name}": title for name, title in SHARED.items()}
    if WORKSHEET in env.titles:
        pages[WORKSHEET] = env.titles[WORKSHEET].astext()
    listed = nodes.bullet_list()
    for name, title in pages.items():
        listed += nodes.list_item(
            "", nodes.paragraph("", "", _link(title, relative_uri(f"{here}.html", f"{name}.html")))
        )
    return [table, nodes.paragraph("", "For all sessions:"), listed]


def _row(*cells: list[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The printed pages, as Sphinx asks for pages that nobody wrote."""
    if app.builder.name == "revealjs" or not any(sessions(app.env)):
        return
    for name in _in_order(app.env):
        title = app.env.titles[name].astext()
        yield f"{name}-plan", {"title": f"Plan: {title}", "body": _plan(app, name, title)}, "page.html"
        if bank := _bank(app.env, name):
            for sheet, words in (("check", "Before and after"), ("key", "Key and tally")):
                body = _sheet(sheet, session=title, questions=_asked(bank), lettered=_lettered)
                yield f"{name}-{sheet}", {"title": f"{words}: {title}", "body": body}, "page.html"
    for name, title in SHARED.items():
        body = _sheet(
            name,
            statements=_STATEMENTS,
            open_questions=_OPEN_QUESTIONS,
            help=_HELP,
            people=_PEOPLE,
            ready=_READY,
        )
        yield f"{FOLDER}/{name}", {"title": title, "body": body}, "page.html"


def _sheet(name: str, **values: Any) -> str:
    body = template(_TEMPLATES / f"{name}.html").render(**values)
    return f'<section class="printable {name}">\n{body}\n</section>'


def _lettered(question: SingleBestAnswer) -> list[tuple[str, Any]]:
    return list(zip(LETTERS, question.options, strict=False))


def _plan(app: Sphinx, docname: str, title: str) -> str:
    """The plan, then every slide with its time and its notes, for a speaker with one screen or none."""
    tree = app.env.get_doctree(docname)
    parts = [child for one in tree.findall(plan) for child in one.children]
    slides = list(tree.findall(slide))
    minutes = sum(one["minutes"] for one in slides)
    parts.append(
        part_heading("", f"What to say, slide by slide: {minutes:g} minutes", level=2, ids=["what-to-say"])
    )
    for number, one in enumerate(slides, start=1):
        words = f"{number}. {one[0].astext()} ({one['minutes']:g} min)"
        parts.append(part_heading("", words, level=3, ids=[f"slide-{number}"]))
        parts += [child for said in one.findall(notes) for child in said.children]
    whole = nodes.container("", *parts, classes=["plan"])
    tree.children = []
    tree += whole
    tree["course_part"] = "plan"
    fill_in(app.env, tree)
    app.env.resolve_references(tree, docname, app.builder)
    for note in list(tree.findall(nodes.footnote_reference)):
        words, address = note.astext(), f"{docname.rpartition('/')[2]}.html#{note.get('refid', '')}"
        link = nodes.reference("", words, internal=True, refuri=address, classes=["cite"])
        note.replace_self(link)
    builder: Any = app.builder  # that of HTML pages: it alone collects pages
    builder.current_docname = docname
    body = builder.render_partial(whole)["fragment"]
    back = f'<p class="screen-only"><a href="{docname.rpartition("/")[2]}.html">The session’s page</a>, <a href="{deck_of(docname, docname)}">its slides</a>. Printed, this plan stands by itself.</p>'
    return f'<section class="printable"><h1>Plan: {title}</h1>\n{back}\n{body}</section>'


def _style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Only pages made for paper, or partly, load what they need for it."""
    if _ON_PAPER.search(context.get("body", "")) is None:
        return
    context.setdefault(BESIDE, []).append("printed")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    STYLES_BESIDE["printed"] = _TEMPLATES / "printed.css"
    app.add_node(materials)
    app.add_directive("session-materials", SessionMaterials)
    # After the page has lost its slides, before links and terms are marked.
    app.connect("doctree-resolved", _offer, priority=110)
    app.connect("html-collect-pages", _pages)
    app.connect("html-page-context", _style, priority=450)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
