"""The built book as readers meet it: from a web host, and from a memory stick; in a real Chromium."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from book.serve import application
from tests.chromium import ADVICE, ARGUMENTS, SANDBOX, find

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "_build" / "html"
NAME = "procedures/selective-peripheral-denervation"
CHAPTER = f"{NAME}.html"
#: What the book keeps in a browser stands below its edition's name.
KEPT = re.findall('"(.+)"', (ROOT / "widgets" / "base" / "edition.js").read_text("utf-8"))[-1] + "/"
MAIN_PAGES = ("index.html", "about.html", "search.html", CHAPTER)
#: Every page, but the one for wrong addresses.
ALL_PAGES = sorted(
    path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*.html") if path.name != "404.html"
)
#: The one patience of the browser tests, in milliseconds: a state that comes is waited for as long as a busy machine
#: may need, and only a test that fails pays for it. Who mends one may set PATIENCE, in seconds.
PATIENCE = 1000 * int(os.environ.get("PATIENCE", "120"))
expect.set_options(timeout=PATIENCE)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
#: A page of 1280 pixels, enlarged four times (WCAG 1.4.10).
ENLARGED = {"width": 320, "height": 256}

_WATCH_POLICY = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused by the page's policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium, started afresh; one at a time, since it keeps an event loop running."""
    path = find()
    assert path, ADVICE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=list(ARGUMENTS), chromium_sandbox=SANDBOX
        )
        yield browser
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder served as `make serve` does it, on a free port."""
    address: Future[str] = Future()
    ended: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        sockets = bind_sockets(0, "127.0.0.1")
        server = HTTPServer(application(folder))
        server.add_sockets(sockets)
        end = asyncio.Event()
        ended.set_result((asyncio.get_running_loop(), end))
        address.set_result(f"http://127.0.0.1:{sockets[0].getsockname()[1]}/")
        await end.wait()
        server.stop()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    try:
        yield address.result()
    finally:
        loop, end = ended.result()
        loop.call_soon_threadsafe(end.set)
        thread.join()


def wait_until_drawn(page: Page) -> None:
    """Wait for what is out of sight: in a page of the book it follows bit by bit, a widget alone is there at once."""
    page.locator("html:not(.js), html[data-opened]").wait_for(state="attached")


def come_near(widget: Locator) -> Locator:
    """Unfold and scroll as far as a widget, and again where what grows above it takes it away, until it has started."""
    widget.evaluate("widget => widget.closest('details:not([open])')?.setAttribute('open', '')")
    widget.page.wait_for_function(
        "widget => 'alive' in widget.dataset || void widget.scrollIntoView({ behavior: 'instant' })",
        arg=widget.element_handle(),
    )
    return widget


def come_to_quiz(page: Page, question: str = "") -> None:
    """Scroll as far as the quiz that holds a question, by its id, or else to every quiz of the page, the closing set last.

    A quiz starts when a reader comes near.
    """
    wait_until_drawn(page)
    holds = f":has(#q-{question})" if question else ""
    found = page.locator(f"[data-widget=quiz]{holds}")
    # After a click on a link the page of before may still be there, which has none.
    found.first.wait_for(state="attached")
    wait_until_drawn(page)
    for quiz in found.all():
        come_near(quiz)


def reload(page: Page) -> None:
    """Load the chapter anew, and come back to its quizzes."""
    page.reload()
    come_to_quiz(page)


class Reader:
    """Opens pages at one address, and remembers what went wrong on them."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.requests: list[str] = []
        self.troubles: list[str] = []
        self._contexts: list[BrowserContext] = []

    def context(self, **settings: object) -> BrowserContext:
        """A fresh profile, as of a reader who comes for the first time; motion is off unless asked for."""
        given = {"viewport": DESKTOP, "reduced_motion": "reduce", "accept_downloads": True, **settings}
        context = self.browser.new_context(**given)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        context.add_init_script(_WATCH_POLICY)
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("requestfailed", self._miss)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.troubles.append(f"error: {error.error}"))
        self._contexts.append(context)
        return context

    def _miss(self, request: Request) -> None:
        # A page that is closed or left gives up what was still under way (its icon, most often): nobody missed it.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"failed: {request.url} ({request.failure})")

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.troubles.append(f"console: {said.text}")

    def open(self, page: str = CHAPTER, context: BrowserContext | None = None, **settings: object) -> Page:
        """A page of the book, in a new profile unless one is given."""
        opened = (context or self.context(**settings)).new_page()
        go = opened.goto

        def go_and_wait(url: str, **arguments: Any) -> Response | None:
            answer = go(url, **arguments)
            wait_until_drawn(opened)
            return answer

        # Whoever goes on from here, too, looks at a page that is all there.
        opened.goto = go_and_wait  # type: ignore[method-assign]
        opened.goto(self.address + page)
        return opened

    def open_quiz(
        self, fragment: str = "", context: BrowserContext | None = None, **settings: object
    ) -> Page:
        """The chapter, with its quizzes alive; `fragment` is a link to a part of it."""
        page = self.open(CHAPTER + fragment, context, **settings)
        come_to_quiz(page)
        return page

    @property
    def strangers(self) -> list[str]:
        """What was asked for from elsewhere than the book."""
        return [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))]

    def close(self) -> None:
        """Close what was opened."""
        for context in self._contexts:
            context.close()
