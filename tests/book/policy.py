"""Reads a page's Content-Security-Policy the way a browser does, and holds the page to what the book itself wrote.

That the policy signs a script proves nothing: it might sign whatever it finds. So the book's own scripts are read here
from where they are written, and no other may stand in a page, signed or not.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import minify
from bs4 import BeautifulSoup

_SCRIPTS = Path(__file__).resolve().parents[2] / "book" / "_templates" / "scripts"
#: Files of scripts that a page may ask for.
_FILES = re.compile(
    r"(^|/)(_static/scripts/furo|_static/deck|_static/poll\.widgets|_static/review-sections|_static/revealjs/(dist/reveal|plugin/notes/notes))\.js(\?v=\w+)?$"
)
#: Schemes of what a page may lead to, and of what it may take in.
_LED_TO, _TAKEN_IN = {"", "http", "https", "mailto", "tel"}, {""}
_RUN_BY_BROWSERS = {None, "", "text/javascript", "application/javascript", "module"}


@cache
def own_scripts() -> frozenset[str]:
    """The scripts that our templates put into pages, as they stand there."""
    texts = (path.read_text(encoding="utf-8").strip() for path in sorted(_SCRIPTS.glob("*.js")))
    return frozenset(minify.string("application/javascript", text) for text in texts)


def hash_of(script: str) -> str:
    """As a policy names a script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _scheme(address: object) -> str:
    plain = re.sub(r"[\x00-\x20]", "", str(address)).lower()
    match = re.match(r"//|[a-z][a-z0-9+.-]*(?=:)", plain)
    return match[0] if match else ""


def directives(page: BeautifulSoup) -> dict[str, list[str]]:
    """The policy's directives and their sources."""
    (meta,) = page.select('meta[http-equiv="Content-Security-Policy"]')
    parts = [part.split() for part in str(meta["content"]).split(";")]
    return {name: sources for name, *sources in parts}


def faults(page: BeautifulSoup, opened: frozenset[str] = frozenset()) -> list[str]:
    """What of a page its policy would refuse, or should refuse and would not; `opened` are scripts of its windows."""
    policy = directives(page)
    scripts = policy["script-src"]
    found = [f"default-src is {policy['default-src']}"] if policy["default-src"] != ["'self'"] else []
    found += [
        f"scripts from {source}" for source in scripts if source != "'self'" and "'sha256-" not in source
    ]
    found += [
        f"{name}: {source}" for name, sources in policy.items() for source in sources if "://" in source
    ]
    known = {hash_of(script) for script in own_scripts() | opened}
    found += [f"{source} signs no script of ours" for source in scripts if source not in {"'self'", *known}]
    for script in page.find_all("script"):
        if script.get("type") not in _RUN_BY_BROWSERS:
            continue
        if script.get("src"):
            if not _FILES.search(str(script["src"])):
                found.append(f"this script file is not ours: {script['src']}")
            continue
        text = script.string or ""
        if text not in own_scripts():
            found.append(f"this script is not ours: {text.strip()[:60]}")
        elif hash_of(text) not in scripts:
            found.append(f"this script has no hash: {text.strip()[:60]}")
    for element in page.find_all(True):
        found += [f"<{element.name}> has {name}" for name in element.attrs if name.startswith("on")]
        for name in ("href", "xlink:href", "action", "formaction"):
            if _scheme(element.get(name, "")) not in _LED_TO:
                found.append(f"<{element.name}> leads to {element[name]}")
        for name in ("src", "poster", "data", "background"):
            taken_in = str(element.get(name, ""))
            if _scheme(taken_in) not in _TAKEN_IN and not taken_in.startswith("data:image/"):
                found.append(f"<{element.name}> takes in {taken_in}")
    # What stands before the policy is not under it.
    head = page.head
    assert head
    before = [str(element.name) for element in head.find_all(True)][:2]
    if before != ["meta", "meta"] or head.find_all(True)[0].get("charset") is None:
        found.append(f"the head begins with {before}")
    return found
