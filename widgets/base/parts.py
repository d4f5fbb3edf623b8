"""What front ends lean on: a front end imports nothing, so what it needs is put before it, as text.

A front end asks in a line of its own, ``// Needs: head/drawing.js``: a file below ``widgets/`` whose names it then
finds, or another front end, which it finds as ``frontEnds.quiz``. A style of the same name goes with it. What a kernel
does in a notebook, a script does in the page: ``// Needs in the page: progress/banks.js``. What serves a kind of thing
that few pages show, ``// Needs where used: quiz/hotspot.js``, stays out of the script of a page that shows no
``data-type="hotspot"``. In a notebook each widget carries what it needs; a page gets it once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

WIDGETS = Path(__file__).parents[1]
#: Where front ends enter themselves, and what starts them in the page.
REGISTRY, HOST = "base/registry.js", "base/host.js"
#: How every front end ends.
EXPORT = "export default { render };"
_NEEDS = re.compile(
    r"^// Needs(?P<in_page> in the page)?(?P<where_used> where used)?: (?P<name>.+)$", re.MULTILINE
)


def is_front_end(path: Path) -> bool:
    """Whether a script is a widget's front end, ``quiz/quiz.js``, and no part."""
    return path.stem == path.parent.name


def where_used(path: Path) -> list[str]:
    """The kinds of things for which a front end needs a part of its own, as its ``data-type`` names them."""
    needs = _NEEDS.finditer(path.read_text(encoding="utf-8"))
    return [Path(need["name"]).stem for need in needs if need["where_used"]]


def with_needs(
    scripts: Iterable[Path], *, in_page: bool = False, without: Collection[str] = ()
) -> list[Path]:
    """These scripts and all that they need, each once, what is needed first.

    Args:
        scripts: Front ends and parts.
        in_page: Whether they are for a page, not for a notebook.
        without: Kinds of things that the page does not show, of those that need a part where they are used.

    Raises:
        LookupError: when there is no such file; the message names the front end and the line that would be right.
    """
    found: list[Path] = []
    for path in scripts:
        for need in _NEEDS.finditer(path.read_text(encoding="utf-8")):
            if need["in_page"] and not in_page:
                continue
            if need["where_used"] and Path(need["name"]).stem in without:
                continue
            needed = WIDGETS / need["name"]
            if needed.suffix != ".js" or not needed.is_file():
                told = f"{path.parent.name}/{path.name}: there is no part {need['name']!r}"
                raise LookupError(f"{told}; write a file below widgets/, as in: // Needs: head/drawing.js")
            if is_front_end(needed):
                found.append(WIDGETS / REGISTRY)
            found += with_needs([needed], in_page=in_page, without=without)
        found.append(path)
    return list(dict.fromkeys(found))


def as_entry(path: Path) -> str:
    """A script as it stands before those that need it: a part as it is, a front end as an entry of ``frontEnds``."""
    source = path.read_text(encoding="utf-8").rstrip()
    if not is_front_end(path):
        return source
    return f'frontEnds["{path.stem}"] = (() => {{\n{source.removesuffix(EXPORT)}return {{ render }};\n}})();'


def module(path: Path) -> str:
    """A front end as a module for a notebook, with all that it needs before it."""
    *needed, _ = with_needs([path])
    return "\n".join([*map(as_entry, needed), path.read_text(encoding="utf-8")])


def classic(front_ends: Iterable[Path], without: Collection[str] = ()) -> str:
    """A classic script for the page: these front ends with what they need there, then the host that starts them."""
    scripts = [WIDGETS / REGISTRY, *front_ends, WIDGETS / HOST]
    entries = map(as_entry, with_needs(scripts, in_page=True, without=without))
    return "\n".join(['"use strict";', "(() => {", *entries, "})();", ""])


def style(scripts: Iterable[Path], without: Collection[str] = ()) -> str:
    """The styles that stand beside these scripts and beside what they need."""
    sheets = [sheet for path in with_needs(scripts, without=without) if (sheet := path.with_suffix(".css")).is_file()]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
