"""Makes what every page loads as light as it can be: no rule, comment or space that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import furo
import minify
import rcssmin
import tinycss2

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_WORD = re.compile(r"[\w-]+")
_ASKED = re.compile(r"var\(\s*(--[\w-]+)")
_NAME = re.compile(r"[.#]((?:[\w-]|\\.)+)")
#: What a page can be styled by: its classes and ids, and the words of the scripts within it.
_STYLED = re.compile(r'\b(?:class|id)="([^"]*)"|<script>(.*?)</script>|(<[a-z][a-z0-9]*)', re.DOTALL)
#: An element in a selector; what stands in brackets is none, and what a function asks for may be missing.
_ELEMENT = re.compile(r"(?:^|[\s>+~])([a-z][a-z0-9]*)")
_IN_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
#: A source in a question, which leads to its record where the page has no list of references, as in a notebook.
_TOLD_TWICE = re.compile(r' href="#(ref-[\w-]+)" data-link="[^"]*"')
#: A box of the theme, which a page is written with and no script makes, and its kind, as ".admonition.warning".
_BOX = re.compile(r"\.admonition\.([\w-]+)")
_BOXES = re.compile(r'class="([^"]*\badmonition\b[^"]*)"')
#: The scripts' folders that hold what pages say and draw, in markup that some page has too.
_PROSE = ("notes", "banks", "shared")
#: The theme's styles, which also serve kinds of page that this book does not have.
_THEME = Path("_static/styles/furo.css")
#: A page keeps what a reader of its source relies on: its tags, its quotes, and numbers as they were written.
minify.config(
    {
        "html-keep-default-attr-vals": True,
        "html-keep-document-tags": True,
        "html-keep-end-tags": True,
        "html-keep-quotes": True,
        "json-keep-numbers": True,
    }
)
_ORIGINAL = Path(furo.__file__).parent / "theme" / "furo" / "static" / "styles" / "furo.css"


def light_script(source: str) -> str:
    """A script without comments and spare space, the names within its functions shortened.

    Raises:
        minify.MinifyError: when it is not JavaScript.
    """
    return str(minify.string("application/javascript", source))


def light_page(page: str) -> str:
    """A page without comments and spare space."""
    return str(minify.string("text/html", page))


def light_body(body: str) -> str:
    """A page's body without the address of a record that its own list of references tells."""
    return _TOLD_TWICE.sub(
        lambda found: f' href="#{found[1]}"' if f' id="{found[1]}"' in body else found[0], body
    )


def light_style(source: str) -> str:
    """A style sheet without comments and spare space."""
    return str(rcssmin.cssmin(source))


def used_rules(sheet: str, words: set[str]) -> str:
    """The rules of a style sheet whose every class, id, element ("<h1") and kind of box is one of ``words``.

    Of custom properties those are kept that the sheet asks for, or that are among the words.
    """
    before = ""
    # A property that is gone may have been the only one to ask for another.
    while sheet != before:
        before, known = sheet, words | set(_ASKED.findall(sheet))
        rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        sheet = "".join(_kept(rules, known))
    return sheet


def _kept(rules: Iterable[Any], words: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [part for part in _split(tinycss2.serialize(rule.prelude)) if _names(part) <= words]
            if selectors:
                yield ",".join(selectors) + "{" + _declarations(rule.content, words) + "}"
        elif rule.type == "at-rule" and rule.content is not None and rule.at_keyword in {"media", "supports"}:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if kept := "".join(_kept(inner, words)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}"
        else:
            yield rule.serialize()


def _declarations(content: list[Any], words: set[str]) -> str:
    declared = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return ";".join(
        one.serialize()
        for one in declared
        if one.type != "declaration" or not one.name.startswith("--") or one.name in words
    )


def _names(selector: str) -> set[str]:
    plain = re.sub(r'"[^"]*"|\'[^\']*\'', "", selector)
    elements = _ELEMENT.findall(_IN_BRACKETS.sub("", plain))
    boxes = {f".admonition.{kind}" for kind in _BOX.findall(plain)}
    return (
        boxes | {name.replace("\\", "") for name in _NAME.findall(plain)} | {f"<{name}" for name in elements}
    )


def _split(prelude: str) -> list[str]:
    """The selectors of a list; a comma inside parentheses does not part them."""
    parts, depth, start = [], 0, 0
    for index, mark in enumerate(prelude):
        depth += (mark == "(") - (mark == ")")
        if mark == "," and depth == 0:
            parts.append(prelude[start:index])
            start = index + 1
    return [*parts, prelude[start:]]


def _boxes(page: str) -> Iterator[str]:
    for names in _BOXES.findall(page):
        yield from (f".admonition.{kind}" for kind in names.split())


def _styled(page: str) -> Iterator[str]:
    for names, script, element in _STYLED.findall(page):
        yield from [element] if element else _WORD.findall(names or script)


def _lighten_body(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    if "body" in context:
        context["body"] = light_body(context["body"])


def _lighten(app: Sphinx, exception: Exception | None) -> None:
    folder = Path(app.outdir)
    sheet = folder / _THEME
    if exception or app.builder.format != "html" or not sheet.exists():
        return
    pages = list(folder.rglob("*.html"))
    scripts = [path for path in folder.glob("_static/**/*.js") if path.name != "plotly.min.js"]
    own = list(folder.glob("_static/*.css"))
    # What was made light is newer than all that it was made for; a sheet that Sphinx has copied anew begins as the theme's.
    whole = _ORIGINAL.read_text(encoding="utf-8")
    known, since = sheet.read_text(encoding="utf-8"), sheet.stat().st_mtime_ns
    # The policy signs each script as it stands: were one of them changed here, no browser would run it.
    for page in pages if known == whole else [path for path in pages if path.stat().st_mtime_ns > since]:
        page.write_text(light_page(page.read_text(encoding="utf-8")), encoding="utf-8")
    if known != whole and all(path.stat().st_mtime_ns <= since for path in (*pages, *scripts, *own)):
        return
    # A class counts as used when its name stands anywhere in a script: rather too much is kept.
    code = [path for path in scripts if not {folder / "_static" / name for name in _PROSE} & {*path.parents}]
    words = set(_WORD.findall("\n".join(path.read_text(encoding="utf-8") for path in code)))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        words.update(_styled(text), _boxes(text))
    for path in own:
        words |= set(_ASKED.findall(path.read_text(encoding="utf-8")))
    sheet.write_text(light_style(used_rules(whole, words)), encoding="utf-8")


def _settle(app: Sphinx, exception: Exception | None) -> None:
    # Its checksum has been written into the pages since: they hold the same words still.
    sheet = Path(app.outdir) / _THEME
    if exception is None and app.builder.format == "html" and sheet.exists():
        sheet.touch()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("html-page-context", _lighten_body)
    app.connect("build-finished", _lighten, priority=850)
    app.connect("build-finished", _settle, priority=880)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
