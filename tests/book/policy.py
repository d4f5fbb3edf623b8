"""Reads a page's Content-Security-Policy the way a browser does."""

from __future__ import annotations

import base64
import hashlib

from bs4 import BeautifulSoup

_RUN_BY_BROWSERS = {None, "", "text/javascript", "application/javascript", "module"}


def directives(page: BeautifulSoup) -> dict[str, list[str]]:
    """The policy's directives and their sources."""
    (meta,) = page.select('meta[http-equiv="Content-Security-Policy"]')
    parts = [part.split() for part in str(meta["content"]).split(";")]
    return {name: sources for name, *sources in parts}


def faults(page: BeautifulSoup) -> list[str]:
    """What of a page its policy would refuse, or should refuse and would not."""
    policy = directives(page)
    scripts = policy["script-src"]
    found = [f"default-src is {policy['default-src']}"] if policy["default-src"] != ["'self'"] else []
    found += [
        f"scripts from {source}" for source in scripts if source != "'self'" and "'sha256-" not in source
    ]
    found += [
        f"{name}: {source}" for name, sources in policy.items() for source in sources if "://" in source
    ]
    for script in page.find_all("script"):
        if script.get("src") or script.get("type") not in _RUN_BY_BROWSERS:
            continue
        digest = base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in scripts:
            found.append(f"this script has no hash: {script.string.strip()[:60]}")
    for element in page.find_all(True):
        found += [f"<{element.name}> has {name}" for name in element.attrs if name.startswith("on")]
        for name in ("href", "src", "action"):
            if str(element.get(name, "")).strip().lower().startswith("javascript:"):
                found.append(f"<{element.name}> runs a script by its {name}")
    # What stands before the policy is not under it.
    head = page.head
    assert head
    before = [str(element.name) for element in head.find_all(True)][:2]
    if before != ["meta", "meta"] or head.find_all(True)[0].get("charset") is None:
        found.append(f"the head begins with {before}")
    return found
