"""What every widget shares: one folder of markup, style and front end, shown live or as plain HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import jinja2
import traitlets
from markupsafe import Markup

from widgets.base.parts import WIDGETS, module, style
from widgets.text.markdown import plain, render, render_inline

TOKENS = WIDGETS / "base" / "tokens.css"


def template(path: Path) -> jinja2.Template:
    """The Jinja2 template at `path`, autoescaped; an unknown variable in it is an error.

    Its filters `markdown`, `inline` and `plain` render the Markdown of content files.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([path.parent, WIDGETS]),  # the second for the markup of shared parts
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(
        markdown=lambda text: Markup(render(text)),
        inline=lambda text: Markup(render_inline(text)),
        plain=plain,
    )
    return environment.get_template(path.name)


class FrontEnd(anywidget.AnyWidget):
    """A widget with two faces: live in a kernel, and the same markup in a page without one.

    A subclass names its folder, `class Quiz(FrontEnd, folder=Path(__file__).parent)`; the folder `quiz` holds
    `quiz.js` and `quiz.css`, and its name is the kind that the page's host looks for.
    """

    kind = ""
    #: Where the page keeps `answers`, below the edition's name (edition.js); "<kind>/<name>/" unless a widget says otherwise.
    keeps: str | None = None

    name = traitlets.Unicode(help="What this widget shows, unique among widgets of its kind").tag(sync=True)
    markup = traitlets.Unicode(help="HTML, complete without the front end").tag(sync=True)

    def __init_subclass__(cls, *, folder: Path | None = None, **arguments: Any) -> None:
        if folder is not None:
            cls.kind = folder.name
            front_end = folder / f"{cls.kind}.js"
            cls._esm = module(front_end)
            # The book links tokens.css once a page; a live notebook gets it with the widget.
            cls._css = TOKENS.read_text("utf-8") + style([front_end])
        super().__init_subclass__(**arguments)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"

    def page_html(self) -> str:
        """The markup as the published page carries it: same input, same bytes."""
        frame = Markup(
            '<div class="course-widget" data-widget="{kind}" data-name="{name}"{keeps}>\n{markup}\n</div>'
        )
        keeps = "" if self.keeps is None else Markup(' data-keeps="{}"').format(self.keeps)
        return str(frame.format(kind=self.kind, name=self.name, keeps=keeps, markup=Markup(self.markup)))

    def _repr_mimebundle_(self, **arguments: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**arguments)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        # anywidget's own text/plain holds a memory address, which differs from run to run.
        return {**data, "text/plain": repr(self), "text/html": self.page_html()}, metadata
