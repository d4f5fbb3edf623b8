"""Finds a Chromium for the browser tests, or gets one: run ``python tests/chromium.py``.

In this order: the one named in ``CHROMIUM``, the one on the machine, Playwright's own. Nothing is installed unasked:
where there is none, it says what it would run, and runs it once somebody agrees (at the terminal, or ``CI=true``).
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
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _sandbox_is_possible() -> bool:
    """Whether Chromium can start with its sandbox: it refuses to for root, and where the kernel allows no namespaces."""
    if not hasattr(os, "geteuid"):
        return True
    if os.geteuid() == 0:
        return False
    for name in ("/proc/sys/kernel/unprivileged_userns_clone", "/proc/sys/user/max_user_namespaces"):
        if Path(name).exists() and Path(name).read_text(encoding="ascii").strip() == "0":
            return False
    restricted = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
    return not (restricted.exists() and restricted.read_text(encoding="ascii").strip() == "1")


#: Playwright starts Chromium without its sandbox unless it is told otherwise.
SANDBOX = _sandbox_is_possible()
ARGUMENTS = _QUIET if SANDBOX else ("--no-sandbox", *_QUIET)
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


def agreed(lacking: str, commands: list[list[str]]) -> bool:
    """Say what would be installed, and ask; a machine that only tests agrees by ``CI=true``."""
    print(f"There is no {lacking} for the browser tests. To get it, this would run:")
    print(*(f"  {' '.join(command)}" for command in commands), sep="\n", flush=True)
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        return True
    return sys.stdin.isatty() and input("Run it? [y/N] ").strip().lower() in {"y", "yes"}


def tried(command: list[str]) -> bool:
    """Run a command, shown first; whether it did what it should."""
    print("$", " ".join(command), flush=True)
    try:
        return subprocess.run(command, check=False, timeout=900).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {error}", flush=True)
        return False


def packages(*names: str) -> list[list[str]]:
    """The commands that install packages of the system; none where that is not ours to do."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return []
    return [["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", *names]]


def get() -> str:
    """A Chromium, installed if need be and agreed to; exits with advice where none can be had."""
    if found := find():
        return found
    ways = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if commands := packages("chromium"):
        ways.append(commands)
    for commands in ways:
        if agreed("Chromium", commands) and all(map(tried, commands)) and (found := find()):
            return found
    sys.exit(ADVICE)


if __name__ == "__main__":
    print(f"Chromium for the tests: {get()}")
