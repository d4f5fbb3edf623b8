"""The page about the whole course: ``{course-widget} progress`` and ``{course-widget} classroom``.

The questions of all chapters are too many to stand in one page, and ``file://`` refuses to fetch data. So each bank
becomes a classic script beside the page, written from the same file and by the same template as in its chapter.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from publishing.pages.drawings import taken_out
from publishing.pages.objectives import contents
from widgets.base.front_end import FrontEnd
from widgets.classroom import classroom
from widgets.progress import progress
from widgets.progress.contents import bank_markup, has_questions
from widgets.quiz import QuestionBankError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

WIDGETS: dict[str, Callable[..., FrontEnd]] = {"progress": progress, "classroom": classroom}
FOLDER = Path("_static/banks")
MARK = "course_widget"


class CourseWidget(SphinxDirective):
    """A widget about all chapters, in the order of the contents."""

    required_arguments = 1
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """The widget's markup, with the way from this page to each chapter."""
        name = self.arguments[0]
        if name not in WIDGETS:
            raise self.error(f"no widget {name!r}: choose from {', '.join(WIDGETS)}")
        self.env.metadata[self.env.docname][MARK] = "yes"
        parts = dict(contents(self.env))
        for page in _with_questions(self.env):
            self.env.note_dependency(self.env.doc2path(page))
            self.env.note_dependency(str(Path(self.env.doc2path(page)).with_suffix(".questions.yml")))
        try:
            widget = WIDGETS[name](parts, self._address)
        except (QuestionBankError, ValueError) as error:
            raise self.error(str(error)) from None
        return [nodes.raw("", widget.page_html(), format="html")]

    def _address(self, name: str) -> str:
        return self.env.app.builder.get_relative_uri(self.env.docname, name)


def _with_questions(env: BuildEnvironment) -> list[str]:
    return [name for _, names in contents(env) for name in names if has_questions(name)]


def bank_script(name: str, drawn: Callable[[str], str] = str) -> str:
    """A classic script that puts a chapter's questions where the page's host looks for them.

    Args:
        name: The chapter.
        drawn: What puts links for drawings into the questions' markup.
    """
    # "<\/" cannot end a script, should the text ever stand in a page.
    markup = json.dumps(drawn(bank_markup(name)), ensure_ascii=False).replace("</", r"<\/")
    return f"(globalThis.courseBanks ??= {{}})[{json.dumps(name)}] = {markup};\n"


def _write_banks(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    # Only when the page is written, which depends on every bank: a build without changes reads none.
    if app.builder.format != "html" or MARK not in app.env.metadata.get(pagename, {}):
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    scripts = {f"{name.replace('/', '.')}.js": name for name in _with_questions(app.env)}
    for path in folder.iterdir():
        if path.name not in scripts:
            path.unlink()

    def drawn(markup: str) -> str:
        linked: str = taken_out(markup, Path(app.outdir), lambda file: context["pathto"](file, 1))
        return linked

    for file, name in scripts.items():
        (folder / file).write_text(bank_script(name, drawn), encoding="utf-8")


def _read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The page, when a chapter came or went."""
    if not added and not removed:
        return []
    return [name for name, data in env.metadata.items() if MARK in data and name in env.found_docs]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("course-widget", CourseWidget)
    app.connect("env-get-outdated", _read_again)
    app.connect("html-page-context", _write_banks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
