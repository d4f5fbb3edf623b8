"""Markdown in content files (question stems, reasons, hints), turned into safe HTML.

Raw HTML is shown as text, pictures and headings are not read, links lead to https, http, mailto or within the book, and
nothing written is dropped. Two roles of the
chapters work here too: ``{est}`228 of 260 <row-id>``` names the evidence row that bears the number out, and
``{unbound}`25 <why>``` says why a number has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.myst_role import myst_role_plugin

from evidence import check_number

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):|//", re.IGNORECASE)
NUMBER_WITH_ROW = re.compile(r"(?P<text>[^<>]*[^<>\s])\s*<(?P<row>[^<>\s]+)>\s*")


NUMBER_WITH_REASON = re.compile(r"(?P<text>[^<>]*[^<>\s])\s*<(?P<why>[^<>]*[^<>\s][^<>]*)>\s*")


class MarkdownError(ValueError):
    """A role that cannot be read. The message is one line: what is wrong; what would be right."""


def render(text: str) -> str:
    """HTML of Markdown with paragraphs, lists and tables.

    Raises MarkdownError for an unknown or malformed role, evidence.EvidenceError for a number that its row
    does not bear out.
    """
    return str(_parser.render(text)).strip()


def render_inline(text: str) -> str:
    """HTML of one run of Markdown text, without a paragraph around it. Raises as `render` does."""
    return str(_parser.renderInline(text.strip()))


def plain(text: str) -> str:
    """The words of one run of Markdown, for places that take no markup (an `<option>`, a label)."""
    return "".join(_words(_parser.parseInline(text.strip()))).strip()


def _words(tokens: Sequence[Token]) -> Sequence[str]:
    words: list[str] = []
    for token in tokens:
        if token.children:
            words.extend(_words(token.children))
        elif token.type == "myst_role":
            words.append(_number_and_row(token)[0])
        elif token.type in {"softbreak", "hardbreak"}:
            words.append(" ")
        else:
            words.append(token.content)
    return words


def _number_and_row(token: Token) -> tuple[str, str]:
    name = token.meta.get("name")
    if name == "unbound":
        match = NUMBER_WITH_REASON.fullmatch(token.content)
        if match is None:
            raise MarkdownError(
                f"{{unbound}}`{token.content}` gives no reason; write {{unbound}}`number <why>`"
            )
        return match["text"].strip(), ""
    if name != "est":
        raise MarkdownError(
            f"unknown role {{{name}}}; the roles of content files are {{est}}`number <row-id>` and "
            "{unbound}`number <why it has no row>`"
        )
    match = NUMBER_WITH_ROW.fullmatch(token.content)
    if match is None:
        raise MarkdownError(f"{{est}}`{token.content}` names no row; write {{est}}`number <row-id>`")
    return match["text"].strip(), match["row"]


def _render_role(
    self: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    number, row = _number_and_row(tokens[index])
    if not row:
        return str(escapeHtml(number))
    check_number(number, row)
    return f'<span class="est" data-row="{escapeHtml(row)}">{escapeHtml(number)}</span>'


class _ContentMarkdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 (the parser's name)
        """Whether an address may be followed: a page of the web, a mail, or a place in the book.

        What may not is shown as it was written.
        """
        scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", url))
        return scheme is None or (scheme[1] or "").lower() in {"https", "http", "mailto"}


def _build() -> MarkdownIt:
    parser = _ContentMarkdown("commonmark", {"html": False, "linkify": False, "maxNesting": 100}).enable(
        "table"
    )
    # A picture would be a request, a heading would break the page's outline, and a link definition would
    # leave no trace.
    parser.disable(["image", "heading", "lheading", "reference", "html_block", "html_inline"])
    parser.use(myst_role_plugin)
    parser.add_render_rule("myst_role", _render_role)
    return parser


_parser = _build()
