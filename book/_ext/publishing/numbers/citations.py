"""How references are printed, and which may be cited: only those whose record is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style as UnsortedStyle
from pybtex.style.labels.number import LabelStyle as NumberedLabels
from pybtex.style.names.lastfirst import NameStyle as LastFirstNames
from pybtex.style.sorting.none import SortingStyle as Unsorted
from pybtex.style.template import (
    FieldIsMissing,
    field,
    first_of,
    href,
    join,
    node,
    optional,
    sentence,
    tag,
)
from sphinx.util import logging

from evidence import references

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)
#: Of more authors than this, so many are named.
MOST_AUTHORS, FEWER_AUTHORS = 6, 3
_TYPES = (
    "article",
    "book",
    "inbook",
    "incollection",
    "inproceedings",
    "misc",
    "online",
    "phdthesis",
    "techreport",
)


@node  # type: ignore[untyped-decorator]
def _record(children: Any, data: Any) -> Any:
    """The link to the record: the DOI, else PubMed's number, else the address."""
    fields = data["entry"].fields
    if "doi" in fields:
        link = href[join["https://doi.org/", field("doi", raw=True)], join["doi:", field("doi", raw=True)]]
    elif "pmid" in fields:
        link = href[
            join["https://pubmed.ncbi.nlm.nih.gov/", field("pmid", raw=True), "/"],
            join["PubMed ", field("pmid", raw=True)],
        ]
    elif "url" in fields:
        link = href[field("url", raw=True), "record"]
    else:
        raise FieldIsMissing("url", data["entry"])
    return link.format_data(data)


@node  # type: ignore[untyped-decorator]
def _authors(children: Any, data: Any) -> Any:
    """The authors, as far as the record shows them; of more than six the first three, as medical journals do."""
    people = list(data["entry"].persons.get("author", ()))
    if not people:
        raise FieldIsMissing("author", data["entry"])
    # BibTeX writes "and others" where the record names more people than it shows.
    if more := str(people[-1]) == "others":
        people.pop()
    if len(people) > MOST_AUTHORS:
        people, more = people[:FEWER_AUTHORS], True
    style = data["style"]
    named = join(sep=", ")[[style.format_name(person, style.abbreviate_names) for person in people]]
    return join[named, " et al" if more else ""].format_data(data)


_CONTAINER = first_of[
    optional[field("journal")],
    optional[field("booktitle")],
    optional[field("howpublished")],
    field("publisher"),
]
_PLACE = join[
    optional[field("year")],
    optional[join[";", field("volume"), optional[join["(", field("number"), ")"]]]],
    optional[join[":", field("pages")]],
]
_TEMPLATE = join(sep=" ")[
    optional[sentence[_authors]],
    sentence[field("title")],
    optional[sentence[join(sep=" ")[optional[tag("em")[_CONTAINER]], _PLACE]]],
    optional[sentence[_record]],
]


class CourseStyle(UnsortedStyle):  # type: ignore[misc]
    """One shape for every kind of source, in the order that medical journals use."""

    # Classes, not names: a style is made for every citation, and a name costs a search of all packages.
    default_name_style = LastFirstNames
    default_label_style = NumberedLabels
    default_sorting_style = Unsorted

    def __init__(self, **options: Any) -> None:
        super().__init__(abbreviate_names=True, **options)
        for kind in _TYPES:
            setattr(self, f"get_{kind}_template", lambda entry: _TEMPLATE)


def _refuse_incomplete(app: Sphinx, doctree: nodes.document) -> None:
    # An id is the key as docutils writes it: in lower case, with hyphens.
    known = {nodes.make_id(f"ref-{key}"): reference for key, reference in references().items()}
    for footnote in doctree.findall(nodes.footnote):
        for name in footnote["ids"]:
            if name in known and not known[name].complete:
                logger.warning(
                    "%s has no complete record in references.bib and cannot be cited yet",
                    known[name].key,
                    location=_first_citation(doctree, name) or app.env.docname,
                    type="course",
                    subtype="citation",
                )


def _first_citation(doctree: nodes.document, footnote_id: str) -> nodes.Element | None:
    for reference in doctree.findall(nodes.footnote_reference):
        if reference.get("refid") == footnote_id:
            return reference.parent
    return None


def _visit_citation(self: HTML5Translator, node: nodes.Element) -> None:
    # The style sheet adds the brackets.
    self.body.append(f'<a class="cite" href="#{node["refid"]}" role="doc-noteref">{node.astext()}</a>')
    raise nodes.SkipNode


def _visit_reference_entry(self: HTML5Translator, node: nodes.Element) -> None:
    number = node.pop(0).astext()
    self.body.append(f'<div class="cited" id="{node["ids"][0]}"><span>{number}</span>')


def _depart_reference_entry(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    register_plugin("pybtex.style.formatting", "course", CourseStyle)
    # A citation is a link to its entry and no more; docutils' own markup weighs three times that.
    app.add_node(nodes.footnote_reference, override=True, html=(_visit_citation, None))
    app.add_node(nodes.footnote, override=True, html=(_visit_reference_entry, _depart_reference_entry))
    app.connect("doctree-read", _refuse_incomplete)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
