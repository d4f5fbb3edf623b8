"""Says of every page whether clinicians have reviewed it, and lets them: the line under a title, the table, the form.

The record lies in ``chapters/reviews.yml``. What is told of it is worked out from digests of what was read, section by
section, so that nobody has to remember to take a review back. ``{reviews}`` is the table, ``{{ review_status }}`` the
sentence on the whole course, and ``review.html?page=…`` the form, which finds the sections in a script beside it.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from markupsafe import Markup
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx_external_toc.parsing import parse_toc_yaml

from publishing.pages.contact import Contact, ContactError
from publishing.pages.downloads import UNDER_TITLE
from publishing.sessions.session import handout
from widgets.base.front_end import template
from widgets.review import as_data, review
from widgets.review.model import VERDICTS
from widgets.review.model import Review as Reviewed
from widgets.review.record import RECORD, read_reviews, state_of
from widgets.review.sections import CHAPTERS, Page, read_page
from widgets.review.status import course_count, course_status, day, page_status
from widgets.text.held import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)
TEMPLATE = template(Path(__file__).with_suffix(".html"))
TOC = Path(__file__).parents[3] / "_toc.yml"
FORM, SECTIONS = "review", "_static/review-sections.js"
STATES = {"unchanged": "unchanged since", "changed": "changed since the review", "unread": "not read"}
#: Pages made of a session bear its status.
_OF_SESSION = re.compile(r"-(?:plan|check)$")


@cache
def course_pages(toc: Path = TOC) -> tuple[str, ...]:
    """The pages that people wrote, in the order of the contents."""
    return tuple(name.removesuffix(".md") for name in parse_toc_yaml(toc))


@cache
def _pages() -> dict[str, Page]:
    return {name: read_page(name) for name in course_pages() if (CHAPTERS / f"{name}.md").exists()}


@cache
def _reviews() -> tuple[Reviewed, ...]:
    try:
        return read_reviews(course_pages())
    except ContentError:
        return ()  # the build says why, and fails


def status_of_course() -> str:
    """Whether clinicians have reviewed the course, in a sentence."""
    return course_status(_reviews(), course_pages())


def status_of(pagename: str) -> str:
    """What stands under the title of a page; of one that no chapter stands behind, the state of the course."""
    name = _OF_SESSION.sub("", pagename)
    if name not in course_pages():
        return status_of_course()
    return page_status([one for one in _reviews() if one.page == name], _pages()[name])


def _contact(app: Sphinx) -> Contact:
    return Contact.of({name: app.config[name] for name in Contact._fields})


class review_table(nodes.General, nodes.Element):  # noqa: N801  (docutils names node classes in lower case)
    """The place of the table of reviews, which depends on every page."""


class ReviewTable(SphinxDirective):
    """``{reviews}``: how many pages were reviewed, and each review section by section."""

    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """The place; it is filled when the page is written."""
        return [review_table()]


def _fill_in(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(review_table)):
        pages = _pages()
        rows = [
            {
                "address": app.builder.get_relative_uri(docname, one.page),
                "title": pages[one.page].title,
                "day": day(one),
                "verdict": VERDICTS[one.verdict][1],
                "state": state_of(one, pages[one.page]),
                "review": one,
            }
            for one in _reviews()
        ]
        markup = TEMPLATE.render(
            part="table", count=course_count(_reviews(), pages), rows=rows, states=STATES
        )
        place.replace_self(nodes.raw("", markup, format="html"))


def _end_handout(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for end in doctree.findall(handout):
        if "origin" in end["classes"]:
            end += nodes.paragraph("", f"Found an error? {_contact(app).words}")


def _first_slide(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.name != "revealjs":
        return
    for shown in doctree.findall(nodes.container):
        if "shown" in shown["classes"]:
            shown += nodes.raw("", TEMPLATE.render(part="line", status=status_of(docname)), format="html")
            return


def _take_settings(app: Sphinx, config: Config) -> None:
    """Read the record and the address before any page is read: both stand in texts."""
    # Raised, a mistake would be buried in Jupyter Book's tracebacks; a warning fails the build as well.
    try:
        Contact.of({name: config[name] for name in Contact._fields})
    except ContactError as error:
        logger.warning("%s", error, type="course", subtype="contact")
        config.repository = config.contact = ""
    try:
        read_reviews(course_pages())
    except ContentError as error:
        for line in str(error).splitlines():
            logger.warning("%s", line, type="course", subtype="review")
    texts = {"review_status": status_of_course(), "report_an_error": _contact(app).markdown}
    config.myst_substitutions = {**config.myst_substitutions, **texts}
    # A page is written anew when what it says of its review changes, though its text did not.
    told = [page_status([one], _pages()[one.page]) for one in _reviews()]
    record = CHAPTERS / RECORD
    written = record.read_bytes() if record.exists() else b""
    config.course_reviews = hashlib.sha256(json.dumps(told).encode() + written).hexdigest()[:10]


def _tell(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if app.builder.name == "revealjs":
        return
    context["contact"] = _contact(app)
    if pagename != FORM:
        context["review_line"] = TEMPLATE.render(part="line", status=status_of(pagename))
        body = context.get("body", "").replace("</h1>", f"</h1>\n{context['review_line']}", 1)
        if _OF_SESSION.search(pagename):
            body += TEMPLATE.render(part="report", report=_contact(app).markup)
        context["body"] = body
    if pagename in app.env.found_docs:
        context["review_form"] = f"{context['pathto'](f'{FORM}.html', 1)}?page={pagename}"


def _form(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The form, and beside it the script with the sections of all pages: ``file://`` refuses to fetch data."""
    if app.builder.name == "revealjs":
        return
    data = json.dumps(as_data(_pages()), ensure_ascii=False, separators=(",", ":"))
    script = f"globalThis.coursePages={data};\n"
    (path := Path(app.outdir) / SECTIONS).parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    checksum = hashlib.sha256(script.encode()).hexdigest()[:8]
    form = review(hand_in=_contact(app).markup).page_html()
    body = TEMPLATE.render(part="form", script=f"{SECTIONS}?v={checksum}", form=Markup(form))
    yield FORM, {"title": "Review a page", "body": body}, "page.html"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    for name in Contact._fields:
        app.add_config_value(name, "", "env")
    app.add_config_value("course_reviews", "", "html")
    app.add_node(review_table)
    app.add_directive("reviews", ReviewTable)
    app.connect("config-inited", _take_settings)
    app.connect("doctree-resolved", _fill_in)
    # After handouts and decks were made of their sessions.
    app.connect("doctree-resolved", _end_handout, priority=150)
    app.connect("doctree-resolved", _first_slide, priority=150)
    app.connect("html-collect-pages", _form)
    # Before widgets and styles are looked for.
    app.connect("html-page-context", _tell, priority=300)
    UNDER_TITLE.append(status_of)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
