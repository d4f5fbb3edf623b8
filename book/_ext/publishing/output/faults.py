"""Says what is wrong with a chapter in words of the matter: one line a fault, with file, line, and what would be right.

The tools say it in words of their own, some of it several times; `told` gathers what they said in one build.
"""

from __future__ import annotations

import difflib
import logging as std_logging
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives, roles
from sphinx.util import logging

from evidence import references

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
#: Directives that authors write and the registry knows by another name, if at all.
_BOXES = (
    "admonition",
    "attention",
    "caution",
    "danger",
    "error",
    "hint",
    "important",
    "note",
    "seealso",
    "tip",
)
_OTHERS = ("warning", "figure", "image", "table", "code-cell", "footbibliography", "math", "list-table")
_FENCE = re.compile(r"^\s*(?P<marks>:{3,}|`{3,}|~{3,})(?P<rest>.*)$")


class Fault(NamedTuple):
    """One fault: a path below the root, a line (0 where none is known) and what is wrong."""

    path: str
    line: int
    said: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.said}" if where else self.said


_gathered: list[tuple[str, str]] = []


class _Gathering(std_logging.Handler):
    """Keeps each warning of the build that is running."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(level=std_logging.WARNING)
        self.app = app
        self.addFilter(logging.WarningSuppressor(app))

    def emit(self, record: std_logging.LogRecord) -> None:
        """Keep its place and its text."""
        place = getattr(record, "location", None)
        if isinstance(place, nodes.Node):
            place = logging.get_node_location(place)
        elif isinstance(place, tuple):
            docname, line = place
            place = f"{self.app.env.doc2path(docname)}:{line or ''}"
        # Sphinx's own records put place and kind before what they say.
        _gathered.append((str(place or ""), std_logging.LogRecord.getMessage(record)))


def told(root: Path) -> list[Fault]:
    """The faults of the last build, each once, in the order of their places."""
    faults = {fault for place, said in _gathered if (fault := _fault(root, place, said))}
    unclosed = {fault.path for fault in faults if "is never closed" in fault.said}
    missing = {(fault.path, name[1]) for fault in faults if (name := _NO_PICTURE.search(fault.said))}
    return sorted(
        fault
        for fault in faults
        # What follows from another fault only hides it.
        if not _ALSO_TOLD.search(fault.said)
        and not (fault.path in unclosed and _FOLLOWS_UNCLOSED.search(fault.said))
        and not ((drawn := _DRAWN.search(fault.said)) and (fault.path, drawn[1]) in missing)
    )


#: What only hides a fault that is told besides.
_ALSO_TOLD = re.compile(r"^Dependency file .* doesn't exist")
_FOLLOWS_UNCLOSED = re.compile(r"unexpected `?code-cell|never shown|is nested")
#: A page, or a content file whose texts are read as a page's are.
_PLACE = re.compile(r"(.+?\.(?:md|yml))(?=:|$)(?::(\d+))?")
_NO_PICTURE = re.compile(r"^the picture (\S+) is not there")
_DRAWN = re.compile(r"^the drawing (\S+) cannot be read")


def _fault(root: Path, place: str, said: str) -> Fault | None:
    path, line = (place, 0) if (found := _PLACE.match(place)) is None else (found[1], int(found[2] or 0))
    said = _ANSI.sub("", said).replace(f"{root}/", "")
    below = path.removeprefix(f"{root}/").rstrip(":")
    source = root / below
    # A page that is built is named by Sphinx without its folder and suffix.
    if below and not source.suffix and (root / "chapters" / f"{below}.md").is_file():
        below = f"chapters/{below}.md"
        source = root / below
    # A fault of another file says its own place.
    if own := re.match(
        r"(?P<path>[\w./() -]+\.(?:ya?ml|csv|bib)):(?P<line>\d+): (?P<said>.*)", said, re.DOTALL
    ):
        return Fault(own["path"], int(own["line"]), _one_line(own["said"]))
    for pattern, translate in _TRANSLATIONS:
        if match := pattern.search(said):
            said, found_line = translate(match, source)
            line = found_line or line
            break
    return Fault(below, line, _one_line(said)) if said else None


def _one_line(said: str) -> str:
    return " ".join(said.split())


def near(name: str, known: Iterable[str]) -> str:
    """Advice towards the known name that looks most like this one; empty where none does."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _line_of(source: Path, text: str) -> int:
    if not source.is_file():
        return 0
    lines = source.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if text in line), 0)


def _directive(match: re.Match[str], source: Path) -> tuple[str, int]:
    known = {*directives._directives, *directives._directive_registry, *_BOXES, *_OTHERS}  # type: ignore[attr-defined]
    return f"there is no box or directive {{{match[1]}}}{near(match[1], known)}", 0


def _role(match: re.Match[str], source: Path) -> tuple[str, int]:
    known = {*roles._roles, *roles._role_registry, "footcite"}  # type: ignore[attr-defined]
    return f"there is no role {{{match[1]}}}{near(match[1], known)}", _line_of(source, f"{{{match[1]}}}`")


def _citation(match: re.Match[str], source: Path) -> tuple[str, int]:
    return f"references.bib has no source {match[1]!r}{near(match[1], references())}", _line_of(
        source, match[1]
    )


def _link(match: re.Match[str], source: Path) -> tuple[str, int]:
    target = match[1]
    chapters = next((one for one in source.parents if one.name == "chapters"), source.parent)
    pages = {
        ("" if up == 0 else "../" * up) + path.relative_to(base).as_posix()
        for up, base in enumerate([source.parent, *source.parent.parents])
        if base.is_relative_to(chapters)
        for path in base.rglob("*.md")
    }
    return f"the link leads to {target}, which is not there{near(target, pages)}", _line_of(source, target)


def _picture(match: re.Match[str], source: Path) -> tuple[str, int]:
    name = Path(match[1])
    folder = source.parent / name.parent if not str(name).startswith("chapters/") else name.parent
    there = [one.name for one in folder.glob("*")] if folder.is_dir() else []
    said = str(name).removeprefix("chapters/")
    return f"the picture {said} is not there{near(name.name, there)}", _line_of(source, name.name)


def _objective(match: re.Match[str], source: Path) -> tuple[str, int]:
    return match[0], _line_of(source, f"{{objective}}`{match[1]}`")


def _as_written(match: re.Match[str], source: Path) -> tuple[str, int]:
    return match[1], 0


_TRANSLATIONS: list[tuple[re.Pattern[str], Callable[[re.Match[str], Path], tuple[str, int]]]] = [
    (re.compile(r"Unknown directive type:? ['\"]([^'\"]+)['\"]"), _directive),
    (re.compile(r"Unknown interpreted text role ['\"]([^'\"]+)['\"]"), _role),
    (re.compile(r"could not find bibtex key ['\"]([^'\"]+)['\"]"), _citation),
    (re.compile(r"'myst' cross-reference target not found: '([^']+)'"), _link),
    (re.compile(r"unknown document: ['\"]?([^'\"\s]+)"), _link),
    (re.compile(r"image file not readable: (\S+)"), _picture),
    (re.compile(r"the objective '([^']+)' has \d+ question.*"), _objective),
    (re.compile(r"^(.*?) \[[\w.-]+\]$", re.DOTALL), _as_written),
]


def unclosed_fences(text: str) -> list[tuple[int, str]]:
    """The line and the first words of each ``:::`` or ``` fence of a page that is opened and never closed."""
    opened: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        found = _FENCE.match(line)
        if not found:
            continue
        marks, rest = found["marks"], found["rest"].strip()
        inside = opened[-1][1] if opened else ""
        if inside and inside[0] != ":":
            # Within code only its own end counts.
            if not rest and marks[0] == inside[0] and len(marks) >= len(inside):
                opened.pop()
        elif rest:
            opened.append((number, marks, line.strip()))
        elif any(len(marks) >= len(one) and marks[0] == one[0] for _, one, _ in opened):
            # A fence ends the outermost that it is long enough for: those within were left open.
            index = next(
                i for i, (_, one, _) in enumerate(opened) if marks[0] == one[0] and len(marks) >= len(one)
            )
            exact = [i for i, (_, one, _) in enumerate(opened) if one == marks]
            del opened[exact[-1] if exact else index]
    return [(number, words) for number, _, words in opened]


def _look_for_unclosed(app: Sphinx, docname: str, source: list[str]) -> None:
    for line, words in unclosed_fences(source[0]):
        marks = words[: len(words) - len(words.lstrip(":`~"))]
        message = "%s is never closed: write %s in a line of its own where it ends"
        logger.warning(message, words, marks, location=(docname, line), type="course", subtype="fence")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    _gathered.clear()
    std_logging.getLogger("sphinx").addHandler(_Gathering(app))
    app.connect("source-read", _look_for_unclosed)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
