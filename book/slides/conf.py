"""How the decks are built: Sphinx and sphinx-revealjs, on the sessions alone, with the book's own settings."""

import sys
from pathlib import Path

import yaml

_BOOK = Path(__file__).resolve().parents[1]
#: Beside them lie pages that are no session: the worksheet, the criteria.
_SESSIONS = [
    path
    for path in sorted((_BOOK.parent / "chapters" / "sessions").glob("*.md"))
    if any(part in path.read_text(encoding="utf-8") for part in ("{slide}", "{plan}"))
]
_written = yaml.safe_load((_BOOK / "_config.yml").read_text(encoding="utf-8"))
_config = _written["sphinx"]["config"]

sys.path.insert(0, str(_BOOK / "_ext"))

#: What only a whole book has: contents, search, dates, a glossary, downloads.
_NOT_IN_DECKS = {
    "jupyter_book",
    "sphinx_external_toc",
    "sphinx_last_updated_by_git",
    "notfound.extension",
    "publishing.numbers.evidence_pages",
    "publishing.pages.address",
    "publishing.pages.listed",
    "publishing.pages.glossary",
    "publishing.pages.objectives",
    "publishing.pages.quality",
    "publishing.pages.downloads",
    "publishing.sessions.printables",
    "publishing.output.weight",
}
extensions = [
    "sphinx_revealjs",
    *(one for one in _config["extensions"] if one not in _NOT_IN_DECKS),
    "publishing.sessions.decks",
]

project = _config["project"]
version = _config["version"]
language = _config["language"]
copyright = _written["copyright"]
repository = _config["repository"]
contact = _config["contact"]
include_patterns = [f"sessions/{path.name}" for path in _SESSIONS]
root_doc = f"sessions/{_SESSIONS[0].stem}"
templates_path = ["templates"]
template_bridge = _config["template_bridge"]
html_favicon = "../_static/favicon.svg"
html_copy_source = False
html_domain_indices = False
html_use_index = False

revealjs_static_path = [str(_BOOK / "slides" / "static")]
revealjs_script_plugins = [{"src": "revealjs/plugin/notes/notes.js", "name": "RevealNotes"}]
revealjs_script_conf = {
    "width": 1280,
    "height": 720,
    "margin": 0,
    "center": False,
    "hash": True,
    "slideNumber": "c/t",
    "transition": "none",
    "backgroundTransition": "none",
    "controlsTutorial": False,
    "pdfSeparateFragments": False,
    "pdfMaxPagesPerSlide": 1,
    "defaultTiming": 120,
    # A phone shows slides too, not reveal.js's scrolling view.
    "scrollActivationWidth": 0,
}

nb_execution_mode = "off"  # slides show pieces of pages; no code of theirs runs
nb_mime_priority_overrides = [("revealjs", "text/html", 0)]
myst_enable_extensions = _written["parse"]["myst_enable_extensions"]
myst_substitutions = _written["parse"]["myst_substitutions"]
myst_heading_anchors = _config["myst_heading_anchors"]
bibtex_bibfiles = [str(_BOOK.parent / "evidence" / "data" / "references.bib")]
for _name in (
    "bibtex_reference_style",
    "bibtex_footcite_id",
    "bibtex_default_style",
    "myst_footnote_transition",
):
    globals()[_name] = _config[_name]
suppress_warnings = [
    *_config["suppress_warnings"],
    "myst.xref_missing",  # the book's own build checks links; a slide has none
    "config.cache",
]
