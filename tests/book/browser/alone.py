"""One widget alone on a page of its own, with the styles and the script that the book would give it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.book.browser.published import ROOT
from widgets.base.front_end import TOKENS, FrontEnd

# Sphinx finds the book's extensions in a folder of their own.
sys.path.insert(0, str(ROOT / "book" / "_ext"))
front_ends = importlib.import_module("publishing.output.front_ends")
weight = importlib.import_module("publishing.output.weight")

#: As a browser that refuses to keep anything.
REFUSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("refused", "SecurityError"); } });"""
_POLICY = "default-src 'self' 'unsafe-inline'"


SMALL = """part => [...document.querySelectorAll(`${part} :is(button, input, select, summary)`)].filter((control) => {
  const box = control.getBoundingClientRect();
  return box.width > 0 && (box.width < 24 || box.height < 24);
}).map((control) => control.outerHTML)"""


def write(folder: Path, widget: FrontEnd) -> None:
    """Write ``page.html`` and its script, as light as the book makes it, into a folder."""
    sheet = TOKENS.read_text(encoding="utf-8") + front_ends.style([widget.kind])
    (folder / "page.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{widget.kind}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><style>{sheet}'
        "body { margin: 0; background: var(--course-page); color: var(--course-ink); }"
        'main { max-width: 46rem; margin: auto; padding: 1rem; }</style></head><body data-theme="auto">'
        f"<main><h1>{widget.kind}</h1>{widget.page_html()}</main>"
        '<script src="widgets.js"></script></body></html>',
        encoding="utf-8",
    )
    (folder / "widgets.js").write_text(weight.light_script(front_ends.script([widget.kind])), "utf-8")
