"""Finds a Chromium for the browser tests, or gets one: run ``python tests/chromium.py``.

In this order: the one named in ``CHROMIUM``, the one on the machine, Playwright's own, and the system's
package manager where it may install. Where none can be had, it says what to run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
#: Quiet start: no look-ups of its own, so that a test sees only the page's requests.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ADVICE = (
    "No Chromium for the browser tests. Install one and try again, for example:\n"
    "  sudo apt-get install chromium        (Debian, Ubuntu)\n"
    f"  {sys.executable} -m playwright install --with-deps chromium\n"
    "or name the one you have: CHROMIUM=/path/to/chromium make test"
)


def find() -> str | None:
    """The path of a Chromium on this machine, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    return MAC if Path(MAC).exists() else _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _tried(command: list[str]) -> bool:
    print("$", " ".join(command), flush=True)
    try:
        return subprocess.run(command, check=False, timeout=900).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {error}", flush=True)
        return False


def get() -> str:
    """A Chromium, installed if need be; exits with advice where none can be had."""
    if found := find():
        return found
    _tried([sys.executable, "-m", "playwright", "install", "chromium"])
    if found := find():
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        _tried(["apt-get", "update"])
        _tried(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"])
        if found := find():
            return found
    sys.exit(ADVICE)


if __name__ == "__main__":
    print(f"Chromium for the tests: {get()}")
