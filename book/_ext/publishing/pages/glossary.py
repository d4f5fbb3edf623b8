"""Leads from the first use of a term on each page to its entry in the glossary, with the meaning as a tooltip.

The glossary is a page of Markdown definition lists: a line of names with commas between them, then ``: `` and
the meaning, whose first line stands alone as the tooltip. ``C1–C3`` names each of C1, C2 and C3.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from publishing.numbers.bound import est
from publishing.pages.decisions import decision_table

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

PAGE = "glossary"
#: More marks than this on one page disturb the reading.
MOST = 25

_ENTRY = re.compile(r"^(?P<names>[^\s:#>|].*)\n: (?P<meaning>.+)$", re.MULTILINE)
_RANGE = re.compile(r"([A-Z])(\d)–\1(\d)")
_ABBREVIATION = re.compile(r"[A-Z]\w*[A-Z0-9]\w*(?:-\d+)?")
_GAP = re.compile(r"[\s–-]+")
#: Where a mark would be wrong (it is a link already, or stands for itself) or in the way.
_NOT_IN = (
    *(nodes.title, nodes.rubric, nodes.reference, nodes.footnote, nodes.footnote_reference, nodes.literal),
    *(nodes.FixedTextElement, nodes.figure, nodes.table, nodes.math, nodes.term, nodes.Invisible),
    *(est, decision_table),
)


@dataclass(frozen=True)
class Entry:
    """One entry of the glossary: its names, and the first line of its meaning."""

    names: tuple[str, ...]
    meaning: str

    @property
    def anchor(self) -> str:
        """The id of the entry in the glossary page: ``term-`` and its first name."""
        return f"term-{nodes.make_id(self.names[0])}"

    @property
    def is_abbreviation(self) -> bool:
        """Whether the first name is made of capitals and digits, and so tells nothing by itself."""
        return _ABBREVIATION.fullmatch(self.names[0]) is not None


def names_in(line: str) -> tuple[str, ...]:
    """The names on one line of the glossary, ranges spelt out."""
    found: list[str] = []
    for name in (part.strip() for part in line.split(",")):
        if span := _RANGE.fullmatch(name):
            letter, first, last = span.groups()
            found.extend(f"{letter}{number}" for number in range(int(first), int(last) + 1))
        else:
            found.append(name)
    return tuple(found)


def entries(text: str) -> list[Entry]:
    """The entries of a glossary page, in its order."""
    return [Entry(names_in(found["names"]), found["meaning"].strip()) for found in _ENTRY.finditer(text)]


class Lookup:
    """Finds the names of a glossary in running text, the longest first."""

    def __init__(self, known: Iterable[Entry]) -> None:
        self._by_name: dict[str, Entry] = {}
        self._folded: dict[str, Entry] = {}
        for entry in known:
            for name in entry.names:
                self._by_name[name] = entry
                if not _ABBREVIATION.fullmatch(name):
                    self._folded[_folded(name)] = entry
        parts = [_pattern_of(name) for name in sorted(self._by_name, key=len, reverse=True)]
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w|-\d)")

    def found_in(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Start, end and entry of each name in a text."""
        for match in self._pattern.finditer(text):
            word = match[0]
            entry = (
                self._by_name.get(word)
                or self._folded.get(_folded(word))
                or self._folded[_folded(word).removesuffix("s")]
            )
            yield match.start(), match.end(), entry


def _pattern_of(name: str) -> str:
    """Abbreviations as they are written; words in either case, in the plural, with hyphen or space."""
    if _ABBREVIATION.fullmatch(name):
        return re.escape(name)
    words = _GAP.pattern.join(map(re.escape, _GAP.split(name))).replace("'", "['’]")
    return f"(?i:{words})s?"


def _folded(name: str) -> str:
    return _GAP.sub(" ", name.casefold().replace("’", "'"))


class term_mark(nodes.inline):  # noqa: N801  (docutils names node classes in lower case)
    """A term at its first use on a page."""


class _Use(NamedTuple):
    text: nodes.Text
    start: int
    end: int
    entry: Entry


def mark(doctree: nodes.Element, lookup: Lookup, most: int = MOST) -> None:
    """Mark the first use of each term on a page: abbreviations before words, ``most`` marks in all."""
    first: dict[Entry, _Use] = {}
    for text in doctree.findall(nodes.Text):
        if not _is_running_text(text):
            continue
        for start, end, entry in lookup.found_in(text.astext()):
            first.setdefault(entry, _Use(text, start, end, entry))
    # Sorting keeps the order of the page among equals.
    chosen = sorted(first.values(), key=lambda use: not use.entry.is_abbreviation)[:most]
    by_text: dict[int, list[_Use]] = {}
    for use in chosen:
        by_text.setdefault(id(use.text), []).append(use)
    for uses in by_text.values():
        _replace(uses[0].text, sorted(uses, key=lambda use: use.start))


def _is_running_text(text: nodes.Text) -> bool:
    above: nodes.Node | None = text.parent
    while above is not None:
        # Outputs of code cells bring words of their own.
        if isinstance(above, _NOT_IN) or (isinstance(above, nodes.container) and "cell" in above["classes"]):
            return False
        above = above.parent
    return True


def _replace(text: nodes.Text, uses: list[_Use]) -> None:
    words, at = text.astext(), 0
    parts: list[nodes.Node] = []
    for use in uses:
        if use.start > at:
            parts.append(nodes.Text(words[at : use.start]))
        shown = words[use.start : use.end]
        parts.append(term_mark("", shown, anchor=use.entry.anchor, meaning=use.entry.meaning))
        at = use.end
    if at < len(words):
        parts.append(nodes.Text(words[at:]))
    text.parent.replace(text, parts)


@cache
def _lookup(text: str) -> Lookup:
    return Lookup(entries(text))


def _take_fingerprint(app: Sphinx, config: Config) -> None:
    # A meaning stands on every page that uses the term: when this value changes, Sphinx reads all pages anew.
    # (As a dependency of each page the glossary would lend it the date of its own last change.)
    source = Path(app.srcdir) / f"{PAGE}.md"
    config.course_glossary = hashlib.sha256(source.read_bytes()).hexdigest() if source.exists() else ""


def _give_anchors(app: Sphinx, doctree: nodes.document) -> None:
    if app.env.docname == PAGE:
        for term in doctree.findall(nodes.term):
            term["ids"] = [Entry(names_in(term.astext()), "").anchor]


def _mark_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html" or docname == PAGE or PAGE not in app.env.found_docs:
        return
    mark(doctree, _lookup((Path(app.srcdir) / f"{PAGE}.md").read_text(encoding="utf-8")))


def _visit_term_mark(self: HTML5Translator, node: nodes.Element) -> None:
    address = self.builder.get_relative_uri(self.builder.current_docname, PAGE)
    meaning = html.escape(node["meaning"])
    self.body.append(f'<a class="term" href="{address}#{node["anchor"]}" title="{meaning}">')


def _depart_term_mark(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</a>")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_node(term_mark, html=(_visit_term_mark, _depart_term_mark))
    app.add_config_value("course_glossary", "", "env")
    app.connect("config-inited", _take_fingerprint)
    app.connect("doctree-read", _give_anchors)
    app.connect("doctree-resolved", _mark_terms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
