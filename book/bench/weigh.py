"""Counts what a page loads in Chromium, compressed as it travels, from a server on this machine."""

from __future__ import annotations

import asyncio
import gzip
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from book.serve import application
from tests.chromium import ARGUMENTS, SANDBOX

HERE = "127.0.0.1"
#: The phone that Lighthouse's mobile preset stands for.
PHONE: dict[str, Any] = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
}
#: After the page's load event, for what its scripts ask for later.
SETTLE_MS = 2000


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder compressed on a free port; gives its address, with a slash at the end."""
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    (socket,) = bind_sockets(0, HERE)
    loop = asyncio.new_event_loop()

    def run() -> None:
        asyncio.set_event_loop(loop)
        HTTPServer(application(folder)).add_sockets([socket])
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://{HERE}:{socket.getsockname()[1]}/"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


@dataclass
class Weight:
    """What one page load asked for, and what came."""

    asked: dict[str, str] = field(default_factory=dict)  # request id -> address
    received: dict[str, int] = field(default_factory=dict)  # request id -> bytes, head and body, compressed

    @property
    def requests(self) -> int:
        """How many requests left the page, ``data:`` addresses not counted."""
        return len(self.asked)

    @property
    def kilobytes(self) -> float:
        """Thousands of bytes received."""
        return sum(self.received.get(request, 0) for request in self.asked) / 1000

    @property
    def elsewhere(self) -> int:
        """How many requests went to other hosts."""
        return sum(urlsplit(url).hostname != HERE for url in self.asked.values())

    @property
    def unanswered(self) -> int:
        """How many requests never ended well."""
        return len(self.asked.keys() - self.received.keys())


def script_of_all_widgets() -> tuple[float, float]:
    """Kilobytes, compressed, of the script that would serve every widget there is, and how many that is a widget.

    What a widget loads only where it is used, such as a rare type of question, is a script of its own and counts as one.
    """
    sys.path.insert(0, str(Path(__file__).parents[1] / "_ext"))
    from publishing.output.front_ends import front_ends, script
    from publishing.output.weight import light_script

    from widgets.base.parts import where_used

    kilobytes = len(gzip.compress(light_script(script(front_ends())).encode(), 6)) / 1000
    scripts = sum(1 + len(where_used(path)) for path in front_ends().values())
    return kilobytes, kilobytes / scripts


def heaviest_script_of_a_page(pages: Path) -> float:
    """Kilobytes, compressed, of the largest script of widgets that any page loads."""
    scripts = (pages / "_static").glob("*.widgets.js")
    return max(len(gzip.compress(script.read_bytes(), 6)) for script in scripts) / 1000


def listen(page: Page, weight: Weight) -> None:
    """Count what a page asks for from now on, and what comes."""

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            weight.asked[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        weight.received[event["requestId"]] = int(event["encodedDataLength"])

    session = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")


def weigh(chromium: str, url: str, *, touched: bool = False) -> Weight:
    """Load a page once with an empty cache, without scrolling, and count.

    With ``touched`` the reader moves, and what starts then is counted too.
    """
    weight = Weight()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(ARGUMENTS), chromium_sandbox=SANDBOX
        )
        page = browser.new_page(**PHONE)
        listen(page, weight)
        page.goto(url, wait_until="load", timeout=60_000)
        page.wait_for_timeout(SETTLE_MS)
        if touched:
            page.keyboard.press("Tab")
            page.wait_for_timeout(SETTLE_MS)
        browser.close()
    return weight
