"""Charts: a Plotly figure, alive in a notebook, light in the page.

Importing this package makes the course's renderer Plotly's default: a figure at the end of a cell becomes
Plotly's own format (for JupyterLab) and markup (for the page) that reserves the chart's place, carries its
JSON and the numbers behind it as a table, and loads Plotly only when the reader comes near.

A figure says what it shows in ``layout.meta``::

    figure.update_layout(meta={
        "alt": "what a person who cannot see it needs to know",
        "caption": "a caption that stands alone",
        "table": {"columns": ["Series", "Improved"], "rows": [["Bertrand 1993", "228 of 260"]]},
    })

Colours may be named by token (``"var(--course-spd)"``): the page follows its light or dark theme.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import plotly.io
from plotly.io.base_renderers import MimetypeRenderer

from widgets.base.front_end import template

_FOLDER = Path(__file__).parent
_TOKENS = _FOLDER.parent / "base" / "tokens.css"
_TOKEN = re.compile(r"var\((--course-[\w-]+)\)")
_DEFAULT_HEIGHT = 420
#: The folded-in fields a chart must carry, so that nobody is left without its content.
_REQUIRED = ("alt", "caption", "table")


class ChartError(ValueError):
    """A figure that would leave a reader out: one line that says what is missing."""


class ChartRenderer(MimetypeRenderer):  # type: ignore[misc]
    """Plotly's renderer for this course; it needs no other host and no require.js."""

    def to_mimebundle(self, fig_dict: dict[str, Any]) -> dict[str, Any]:
        """The figure for a notebook and for the page.

        Raises:
            ChartError: when ``layout.meta`` lacks the text alternative, the caption or the table.
        """
        layout = {name: value for name, value in fig_dict["layout"].items() if name != "template"}
        meta = layout.pop("meta", None) or {}
        for name in _REQUIRED:
            if not isinstance(meta, Mapping) or not meta.get(name):
                has = (
                    ", ".join(repr(one) for one in meta if one not in _REQUIRED)
                    if isinstance(meta, Mapping)
                    else ""
                )
                given = f", and has {has}" if has else ""
                raise ChartError(f"this chart needs layout.meta[{name!r}]{given}: see widgets/chart")
        figure = {"data": fig_dict["data"], "layout": layout}
        return {
            "application/vnd.plotly.v1+json": _with_light_colours(figure),
            "text/html": markup(figure, **{name: meta[name] for name in _REQUIRED}),
            "text/plain": meta["alt"],
        }


def markup(figure: dict[str, Any], *, alt: str, caption: str, table: dict[str, Any]) -> str:
    """The chart's place in the page, with its JSON and the table behind it."""
    height = figure["layout"].get("height", _DEFAULT_HEIGHT)
    # "<" must not end the script element that carries the JSON.
    data = json.dumps(figure, separators=(",", ":"), default=_plain).replace("<", "\\u003c")
    page = template(_FOLDER / "chart.html")
    return page.render(figure=data, alt=alt, caption=caption, table=table, height=height).strip() + "\n"


def _plain(value: object) -> object:
    """Decimals and arrays as Plotly's JSON wants them."""
    tolist = getattr(value, "tolist", None)
    return tolist() if tolist else float(str(value))


@cache
def _light_tokens() -> dict[str, str]:
    light = _TOKENS.read_text(encoding="utf-8").split("@media")[0]
    return dict(re.findall(r"(--course-[\w-]+):\s*([^;]+);", light))


def _with_light_colours(part: Any) -> Any:
    """A copy in which tokens are colours: a notebook's Plotly knows no custom properties."""
    if isinstance(part, dict):
        return {name: _with_light_colours(value) for name, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_with_light_colours(value) for value in part]
    token = _TOKEN.fullmatch(part) if isinstance(part, str) else None
    return _light_tokens()[token[1]] if token else part


plotly.io.renderers["course"] = ChartRenderer()
plotly.io.renderers.default = "course"
