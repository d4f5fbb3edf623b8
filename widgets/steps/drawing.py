"""One drawing that shows a step at a time: ``bertrand-steps.svg#s3``.

A group says when it is seen: ``data-step="3"`` from step 3 on, ``data-step="2-4"`` in steps 2 to 4, and
``data-pale="4"`` that it steps back from step 4 on. What says nothing is always seen. An address without a step
shows everything. It is one file for all steps, so that a reader waits once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WHEN = re.compile(r'data-(?P<how>step|pale)="(?P<first>\d)(?:-(?P<last>\d))?"')
_BOX = re.compile(r'viewBox="\S+ \S+ (\d+) (\d+)"')
#: What a group is that is not seen, and one that steps back.
_RULES = {"step": "display:none", "pale": "opacity:.35"}


def last_step(svg: str) -> int:
    """The number of the last step that a drawing knows."""
    return max((int(found["last"] or found["first"]) for found in _WHEN.finditer(svg)), default=0)


def size(svg: str) -> tuple[str, str]:
    """Width and height in its own units."""
    found = _BOX.search(svg)
    return (found[1], found[2]) if found else ("", "")


def stepped(svg: str) -> str:
    """The drawing with a target for each step and the style that obeys it."""
    steps = range(1, last_step(svg) + 1)
    places = "".join(f'<g id="s{step}"/>' for step in steps)
    style = "".join(rule for step in steps for rule in _rules(svg, step))
    start = svg.index(">", svg.index("<svg")) + 1
    end = svg.rindex("</svg>")
    return f"{svg[:start]}<style>{style}</style>{places}<g>{svg[start:end]}</g></svg>"


def _rules(svg: str, step: int) -> Iterator[str]:
    for how, rule in _RULES.items():
        marks = {
            found[0].removeprefix("data-")
            for found in _WHEN.finditer(svg)
            if found["how"] == how
            and (int(found["first"]) <= step <= int(found["last"] or 9)) == (how == "pale")
        }
        if marks:
            yield f"#s{step}:target~g :is({','.join(f'[data-{mark}]' for mark in sorted(marks))}){{{rule}}}"
